"""`run.py report`: documents without the page, for a scheduled job."""

import datetime as dt
import io

import pytest
from docx import Document

from lib import clock, commands, store
from lib.reports.making import DocumentKind
from lib.reports.templates import REPORT_FILE, built_in
from lib.store import Action, AuditEntry, Reminder, Store
from lib.workbook import reader
from tests.reporting import DAY
from tests.test_report_outline import REPORTED
from tests.workbooks import progress, workbook, xlsx

GOOD = workbook(REPORTED)
NAMES = {
    "report": ["bao-cao-2022-2026-20261125-pb1.docx"],
    "reminders": [
        "don-doc-thanh-tra-ban-2022-2026-20261125-pb1.docx",
        "don-doc-van-phong-2022-2026-20261125-pb1.docx",
    ],
    "slides": ["trinh-chieu-2022-2026-20261125-pb1.pptx"],
    "workbook": ["so-lieu-2022-2026-20261125-pb1.xlsx"],
    "calendar": ["lich.ics", "lich-thanh-tra-ban.ics", "lich-van-phong.ics", "lich-lanh-dao-ban.ics"],
}


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run the command on the published workbook; its exit code, the paths it printed, and its errors."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(reader, "read", reader.parse)
    monkeypatch.setattr(commands, "read", reader.parse)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "so-theo-doi.xlsx").write_bytes(xlsx(GOOD))

    def run_command(*options: str, out: str = "ra/văn bản"):
        code = commands.guarded(["report", *options, "--out", str(tmp_path / out)])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err

    return run_command


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_is_written_and_its_paths_are_printed(run, tmp_path, kind):
    code, paths, errors = run("--kind", kind)
    assert (code, errors) == (0, "")
    assert paths == [str(tmp_path / "ra" / "văn bản" / name) for name in NAMES[kind]]
    assert all((tmp_path / path).stat().st_size for path in paths)


def test_every_kind_there_is_can_be_asked_for():
    assert set(NAMES) == {kind.value for kind in DocumentKind}


def text_of(path: str) -> str:
    return "\n".join(one.text for one in Document(path).paragraphs)


def test_period_and_day_are_those_asked_for(run):
    _, (path,), _ = run("--kind", "report", "--period", "2025-Q4", "--as-of", "2025-12-31")
    assert path.endswith("bao-cao-2025-Q4-20251231-pb1.docx")
    assert "Riêng quý IV năm 2025" in text_of(path)
    assert "Số liệu chốt đến ngày 31/12/2025; phiên bản 1 (" in text_of(path)


def test_a_file_that_was_never_published_is_named_as_what_it_is(run, tmp_path):
    data = xlsx(workbook(progress("2.1.1 | 2025! | | Hoàn thành | | 01/12/2025! | Riêng của tệp này")))
    (tmp_path / "tháng 6.xlsx").write_bytes(data)
    code = store.code_of(store.digest_of(data))
    _, (path,), _ = run("--kind", "report", "--file", str(tmp_path / "tháng 6.xlsx"))
    assert path.endswith(f"bao-cao-2022-2026-20261125-{code}.docx")
    assert "Riêng của tệp này" in text_of(path)
    assert f"tệp tháng 6.xlsx, mã {code}." in text_of(path)


def test_the_day_to_answer_by_is_ten_days_on_or_the_one_asked_for(run):
    _, paths, _ = run("--kind", "reminders")
    assert "chậm nhất ngày 05/12/2026" in text_of(paths[0])
    _, paths, _ = run("--kind", "reminders", "--answer-by", "2026-12-20")
    assert "chậm nhất ngày 20/12/2026" in text_of(paths[0])


def test_what_was_sent_is_counted(run, tmp_path):
    kept = Store(tmp_path / "data")
    at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    one = Reminder("Văn phòng", "2.1.2", 2022, 1, DAY, DAY, DAY, at, "Bình", sample=False)
    store.add_reminders(kept, [one], AuditEntry(at, "Bình", "", Action.REMINDED, ""))
    _, paths, _ = run("--kind", "reminders")
    cells = [cell.text for row in Document(paths[1]).tables[0].rows for cell in row.cells]
    assert any("(lần 2)" in text for text in cells)


def test_where_nobody_is_late_nothing_is_written_and_that_is_said(run, tmp_path):
    code, paths, errors = run("--kind", "reminders", "--period", "2022", "--as-of", "2022-06-30")
    assert (code, paths) == (0, [])
    assert "Không có phòng nào" in errors


def test_the_offices_template_is_used_and_a_broken_one_is_told(run, tmp_path):
    folder = tmp_path / "data" / "templates"
    folder.mkdir()
    own = Document(io.BytesIO(built_in(REPORT_FILE)))
    own.add_paragraph("Của cơ quan: {{ ty_le }}")
    own.save(folder / REPORT_FILE)
    _, (path,), errors = run("--kind", "report")
    assert "Của cơ quan:" in text_of(path) and not errors
    own.add_paragraph("{{ ten_phong }}")
    own.save(folder / REPORT_FILE)
    code, (path,), errors = run("--kind", "report")
    assert code == 0 and "Của cơ quan:" not in text_of(path)
    assert "Mẫu bao-cao.docx chưa dùng được: có trường lạ “ten_phong”" in errors


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "report", "--period", "2025-Q9"], "không phải kỳ báo cáo"),
        (["--kind", "report", "--period", "2030"], "từ năm 2022 đến năm 2026"),
        (["--kind", "report", "--period", "2026", "--as-of", "2025-01-01"], "sau ngày chốt số liệu"),
        (["--kind", "reminders", "--answer-by", "2026-01-01"], "phải sau ngày chốt"),
        (["--kind", "report", "--file", "không có.xlsx"], "Không mở được tệp"),
    ],
)
def test_what_cannot_be_made_is_said(run, options, said):
    code, paths, errors = run(*options)
    assert (code, paths) == (2, [])
    assert said in errors


def test_a_folder_that_cannot_be_written_is_said(run, tmp_path):
    (tmp_path / "ra").write_text("một tệp")
    code, _, errors = run("--kind", "report")
    assert code == 2 and "Không ghi được vào" in errors


def test_a_workbook_with_errors_gives_its_problems_and_no_document(run, tmp_path):
    (tmp_path / "data" / "so-theo-doi.xlsx").write_bytes(xlsx(workbook(progress("2.1.1 | 2025! | | Lạ"))))
    code, lines, _ = run("--kind", "report")
    assert code == 1 and lines[0].startswith("LỖI  Tiến độ!D2")
    assert not (tmp_path / "ra").exists()


@pytest.mark.parametrize("options", [[], ["--kind", "bao-cao"], ["--kind", "report", "--as-of", "hôm qua"]])
def test_wrong_arguments_are_said_in_vietnamese(run, capsys, options):
    with pytest.raises(SystemExit) as ended:
        run(*options)
    assert ended.value.code == 2
    assert "Lệnh chưa đúng" in capsys.readouterr().err
