"""Limits that a test sets lower, what harmless workbooks that look alike hold, and what is left without any guard.

What each hostile file must get stands in `tests/hostile/cases.py`.
"""

from dataclasses import replace

import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook.isolation import call
from lib.workbook.limits import Limits
from tests.hostile.cases import CASES
from tests.hostile.files import giant_dimension, ods, repeated_giant_string, xlsx
from tests.intake import number, only, read, row, written


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read(data, **limits)
    return str(caught.value)


def test_a_formatted_blank_cell_far_away_does_no_harm():
    cells = row(1, number("A1", 1)) + row(1048576, '<c r="XFD1048576" s="1"/>')
    assert only(xlsx(cells, formats=[9])).rows == [[1.0]]


def test_rows_far_down_within_the_limit_are_read():
    assert len(only(xlsx(row(1, number("A1", 1)) + row(200_000, number("A200000", 1)))).rows) == 200_000


def test_texts_of_legal_length_repeated_too_often():
    rows = "".join(row(at, f'<c r="A{at}" t="s"><v>{at % 2}</v></c>') for at in range(1, 101))
    data = xlsx(rows, strings=["a" * 30_000, "b"])
    assert len(only(data).rows) == 100
    assert "lặp lại những đoạn văn bản dài" in refused(data, text_bytes=100_000)


def test_a_text_whose_markup_is_long_is_not_a_long_text():
    text = "&amp;" * 20_000
    assert only(xlsx(row(1, '<c r="A1" t="s"><v>0</v></c>'), strings=[text])).rows == [["&" * 20_000]]


def test_too_many_merges():
    merges = "<mergeCells>" + "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 12)) + "</mergeCells>"
    assert "gộp quá nhiều ô" in refused(xlsx(row(1, number("A1", 1)), after=merges), merges=10)


def test_too_many_cells():
    assert "quá nhiều ô" in refused(xlsx(row(1, *[number(f"{letter}1", 1) for letter in "ABCDEF"])), cells=5)


def test_blank_rows_of_ods_that_repeat_to_the_end_do_no_harm():
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert only(ods(f"<table:table-row>{cell}</table:table-row>{blank}")).rows == [[1.0]]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "'; DROP TABLE", "\u202eđảo", "a\x0bb"]
)
def test_hostile_text_is_only_text(text):
    def build(book):
        book.add_worksheet("Tiến độ").write_string(0, 0, text)

    assert only(written(build)).rows == [[text]]


@pytest.mark.parametrize(
    "make", [giant_dimension, repeated_giant_string, CASES["an .xls of four thousand million rows"].make]
)
def test_the_caller_survives_what_the_guards_would_let_pass(make):
    with pytest.raises(UnreadableWorkbook):
        call("tests.unguarded_child", make(), replace(Limits(), child_bytes=400 * 2**20))
