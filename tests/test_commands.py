"""The commands: what they print and their exit codes."""

import datetime as dt
import json

import pytest

from lib import clock, commands, store, summary
from lib.store import Draft, Source, Store
from lib.workbook import reader
from tests.workbooks import progress, workbook, xlsx

GOOD = workbook(progress("2.1.1 | 2024 | | Hoàn thành | 100 | 05/12/2024!"))
FAULTY = workbook(progress("2.1.1 | 2024 | | Hoàn thành | 100 | 31/02/2024"))
WARNED = workbook(progress("2.1.1 | 2024 | | Tạm hoãn"))


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run a command on a workbook given as text or bytes; its exit code, what it printed, and its errors."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    def run_command(command, content=None, *options):
        path = tmp_path / "sổ theo dõi.xlsx"
        if content is not None:
            path.write_bytes(xlsx(content) if isinstance(content, str) else content)
        arguments = [command, *([str(path)] if content is not None else []), *options]
        code = commands.guarded(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_command


def test_a_workbook_without_problems(run):
    assert run("check", GOOD) == (0, "0 lỗi, 0 cảnh báo.\n", "")
    code, out, _ = run("check", GOOD, "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "problems": []})


def test_warnings_do_not_block(run):
    code, out, _ = run("check", WARNED, "--json")
    printed = json.loads(out)
    assert (code, printed["ok"]) == (0, True)
    assert printed["problems"] == [
        {
            "severity": "warning",
            "rule": "suspended-without-document",
            "sheet": "Tiến độ",
            "cell": "H2",
            "message": "Tạm hoãn nhưng chưa ghi Văn bản minh chứng. Ghi số, ngày văn bản cho phép tạm hoãn.",
        }
    ]


@pytest.mark.parametrize("command", ["check", "summary"])
def test_errors_are_printed_instead_of_figures(run, command):
    code, out, _ = run(command, FAULTY)
    assert code == 1
    assert out.startswith("LỖI  Tiến độ!F2  ")
    code, out, _ = run(command, FAULTY, "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)
    assert [problem["cell"] for problem in json.loads(out)["problems"]] == ["F2"]


@pytest.mark.parametrize("command", ["check", "summary", "template"])
def test_what_is_no_workbook_has_its_own_exit_code(run, command):
    options = ["--out", "mau.xlsx"] if command == "template" else []
    code, out, err = run(command, b"%PDF-1.7 not a workbook", *options)
    assert (code, out) == (2, "")
    assert err


def test_a_missing_file_has_the_same_exit_code_and_stays_json(run, tmp_path, capsys):
    assert commands.guarded(["check", str(tmp_path / "không có.xlsx"), "--json"]) == 2
    printed = json.loads(capsys.readouterr().out)
    assert printed["ok"] is False
    assert "không có.xlsx" in printed["problems"][0]["message"]


def test_the_figures_are_those_of_summary(run):
    code, out, _ = run("summary", GOOD, "--as-of", "2025-06-30", "--json")
    register = reader.parse(xlsx(GOOD)).register
    assert code == 0
    assert json.loads(out) == summary.figures(register, dt.date(2025, 6, 30))


def test_the_printed_table_shows_the_same_figures(run):
    _, out, _ = run("summary", GOOD, "--as-of", "2025-06-30")
    lines = out.splitlines()
    assert lines[0] == "Ban Dân tộc - số liệu chốt đến ngày 30/06/2025"
    assert lines[2].split() == ["Toàn", "kế", "hoạch", "11", "1", "0", "2", "0", "6", "0", "2", "8", "14,3%", "912"]


def test_without_a_file_the_workbook_in_force_is_counted_today(run, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))
    code, out, _ = run("summary", None, "--json")
    printed = json.loads(out)
    assert (code, printed["as_of"], printed["plan"]["sample"]) == (0, "2026-11-22", True)


@pytest.mark.parametrize("as_of", ["22/11/2026", "2026-02-30", "hôm nay"])
def test_a_day_that_is_none_is_refused(run, as_of, capsys):
    with pytest.raises(SystemExit) as stopped:
        commands.main(["summary", "--as-of", as_of])
    assert stopped.value.code == 2
    assert as_of in capsys.readouterr().err


def test_a_blank_template_keeps_the_plan_and_nothing_reported(run, tmp_path):
    target = tmp_path / "mẫu.xlsx"
    assert run("template", GOOD, "--out", str(target)) == (0, f"{target}\n", "")
    register = reader.parse(target.read_bytes()).register
    assert register.tasks["task"].tolist() == ["1", "2.1.1", "2.1.2"]
    assert register.progress["status"].unique().tolist() == [""]


def test_a_template_with_data_keeps_the_figures(run, tmp_path):
    target = tmp_path / "đủ.xlsx"
    run("template", GOOD, "--with-data", "--out", str(target))
    day = dt.date(2025, 6, 30)
    before, after = (reader.parse(data).register for data in (xlsx(GOOD), target.read_bytes()))
    assert summary.figures(before, day) == summary.figures(after, day)


def test_a_template_that_cannot_be_written_is_said_calmly(run, tmp_path):
    code, _, err = run("template", GOOD, "--out", str(tmp_path / "không có" / "mẫu.xlsx"))
    assert code == 2
    assert err.startswith("Không ghi được")


def test_a_bug_is_logged_in_full_and_is_not_taken_for_a_faulty_workbook(run, monkeypatch, caplog):
    monkeypatch.setattr(summary, "figures", lambda *_: 1 / 0)
    code, _, err = run("summary", GOOD)
    assert code == 3
    assert "ZeroDivisionError" in caplog.text
    assert "ngoài dự kiến" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "thiếu TỆP"),
        (["check", "a.xlsx", "--lạ"], "không có tùy chọn --lạ"),
        (["summary", "--as-of"], "--as-of thiếu giá trị"),
        (["summary", "--as-of", "mai"], "--as-of: “mai” không phải ngày"),
        (["template"], "thiếu --out"),
    ],
)
def test_wrong_arguments_are_told_in_vietnamese(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        commands.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "summary", "template"])
def test_the_help_has_no_english(command, capsys):
    with pytest.raises(SystemExit):
        commands.main([command, "--help"])
    printed = capsys.readouterr().out
    assert printed.startswith("Cách dùng: ")
    assert not any(word in printed for word in ("usage", "optional", "options", "positional", "show this help"))


def publish(folder, text: str) -> Store:
    """A store in `folder` with one publication."""
    kept = Store(folder)
    at = dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC)
    store.publish(kept, Draft(xlsx(text), "so.xlsx", "Nguyễn Văn A", at, "tháng sáu", Source.UPLOAD), 1)
    return kept


def test_the_figures_of_the_published_workbook_are_printed_without_a_file(run, tmp_path):
    publish(tmp_path / "data", GOOD)
    code, out, _ = run("summary", None, "--json", "--as-of", "2026-06-30")
    assert (code, json.loads(out)["overall"]["done_on_time"]) == (0, 1)


def test_asking_for_figures_writes_nothing(run, tmp_path):
    assert run("summary", None, "--json")[0] == 0
    assert not (tmp_path / "data").exists()


def test_a_backup_fills_an_empty_store(run, tmp_path, monkeypatch):
    kept = publish(tmp_path / "data", GOOD)
    path = tmp_path / "sao lưu.sqlite3"
    assert run("backup", None, str(path)) == (0, f"{path}\n", "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "other"))
    code, out, _ = run("restore-backup", None, str(path))
    assert code == 0 and store.current(kept).version.label in out
    assert store.current(Store(tmp_path / "other")) == store.current(kept)


def test_a_backup_never_replaces_a_file_nor_a_filled_store(run, tmp_path):
    publish(tmp_path / "data", GOOD)
    path = tmp_path / "sao lưu.sqlite3"
    assert run("backup", None, str(path))[0] == 0
    code, _, err = run("backup", None, str(path))
    assert (code, "Đã có tệp" in err) == (2, True)
    code, _, err = run("restore-backup", None, str(path))
    assert (code, "đã có dữ liệu" in err) == (2, True)
