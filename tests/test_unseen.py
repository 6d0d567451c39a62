"""Characters that nobody sees: told at their cell, and left out of everything that is shown or compared."""

import pytest

from lib import commands
from lib.compare.changes import compare
from lib.compare.snapshot import snapshot
from tests.workbooks import INFO, problems, progress, read, register, workbook, xlsx

TURNED = "2.1.1 | 2024 | | Đang thực hiện | 50 | | Đã họp \u202egnạx\u202c xong"
PLAIN = "2.1.1 | 2024 | | Đang thực hiện | 50 | | Đã họp gnạx xong"


def test_a_text_is_told_of_and_read_without_them():
    assert problems(progress(TURNED)) == [("unseen-character", "Tiến độ!G2")]
    assert list(register(progress(TURNED)).progress["result"]) == ["Đã họp gnạx xong"]


@pytest.mark.parametrize(
    ("row", "cell"),
    [("2.1.1\u200f | 2024 | | Xong | | 5/12/2024", "A2"), ("2.1.1 | 2024 | | \u202aXong\u202c | | 5/12/2024", "D2")],
)
def test_a_code_or_a_listed_word_means_the_same_with_them(row, cell):
    assert problems(progress(row)) == [("unseen-character", f"Tiến độ!{cell}")]


def test_a_fact_of_the_plan_is_told_of_too():
    info = INFO.replace("Tên cơ quan | Ban", "Tên cơ quan | \u202eBan")
    assert info != INFO
    assert [rule for rule, _ in problems(info)] == ["unseen-character"]
    assert "\u202e" not in read(info).register.plan.agency


def test_they_are_no_change():
    plain, turned = (snapshot(register(progress(row))) for row in (PLAIN, TURNED))
    assert compare(plain, turned).empty


def test_a_terminal_is_told_without_them(tmp_path, capsys):
    file = tmp_path / "so.xlsx"
    file.write_bytes(xlsx(workbook(progress("2.1.1 | 2024 | | _x001B_]0;doan_x0007_"))))
    assert commands.main(["check", str(file)]) != 0
    printed = capsys.readouterr()
    assert "]0;doan" in printed.out and not set("\x1b\x07") & set(printed.out + printed.err)
