"""Workbooks made to harm get a sentence, and harmless ones that look alike are read."""

from dataclasses import replace

import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook.isolation import call
from lib.workbook.limits import Limits
from tests.hostile.files import (
    binary_cell,
    binary_row,
    giant_dimension,
    lying_zip,
    ods,
    repeated_giant_string,
    xlsb,
    xlsx,
)
from tests.intake import FILES, number, only, read, row, written


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read(data, **limits)
    return str(caught.value)


def test_cells_at_opposite_ends_of_the_sheet():
    assert refused(giant_dimension()).startswith("Trang tính “Tiến độ” trải rộng tới ô XFD1048576")


def test_cells_at_opposite_ends_of_an_oddly_written_sheet():
    cells = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576' t='str'><v></v></c></row>"
    assert "XFD1048576" in refused(xlsx(cells))


def test_a_formatted_blank_cell_far_away_does_no_harm():
    cells = row(1, number("A1", 1)) + row(1048576, '<c r="XFD1048576" s="1"/>')
    assert only(xlsx(cells, formats=[9])).rows == [[1.0]]


def test_rows_far_down_within_the_limit_are_read():
    assert len(only(xlsx(row(1, number("A1", 1)) + row(200_000, number("A200000", 1)))).rows) == 200_000


def test_a_long_text_repeated_thousands_of_times():
    assert "dài 1.000.000 ký tự (mức tối đa của Excel là 32.767)" in refused(repeated_giant_string())


def test_texts_of_legal_length_repeated_too_often():
    rows = "".join(row(at, f'<c r="A{at}" t="s"><v>{at % 2}</v></c>') for at in range(1, 101))
    data = xlsx(rows, strings=["a" * 30_000, "b"])
    assert len(only(data).rows) == 100
    assert "lặp lại những đoạn văn bản dài" in refused(data, text_bytes=100_000)


def test_a_text_whose_markup_is_long_is_not_a_long_text():
    text = "&amp;" * 20_000
    assert only(xlsx(row(1, '<c r="A1" t="s"><v>0</v></c>'), strings=[text])).rows == [["&" * 20_000]]


def test_a_merge_of_a_million_cells():
    merges = '<mergeCells><mergeCell ref="A1:N100000"/></mergeCells>'
    assert "gộp quá nhiều ô (đến vùng A1:N100000" in refused(xlsx(row(1, number("A1", 1)), after=merges))


def test_too_many_merges():
    merges = "<mergeCells>" + "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 12)) + "</mergeCells>"
    assert "gộp quá nhiều ô" in refused(xlsx(row(1, number("A1", 1)), after=merges), merges=10)


def test_too_many_cells():
    assert "quá nhiều ô" in refused(xlsx(row(1, *[number(f"{letter}1", 1) for letter in "ABCDEF"])), cells=5)


def test_a_part_that_inflates_beyond_its_promise():
    assert "giải nén quá lớn" in refused(lying_zip())


def test_text_in_a_form_that_the_reader_would_lose():
    """The cell reader gives a blank for CDATA: better no workbook than one with cells missing."""
    assert "khai báo lạ" in refused(xlsx(row(1, '<c r="A1"><v><![CDATA[5]]></v></c>')))
    data = xlsx(row(1, '<c r="A1" t="s"><v>0</v></c>'), strings=["<![CDATA[x]]>"])
    assert "khai báo lạ" in refused(data)


def test_a_document_type_behind_a_long_comment():
    sheet = f"<!--{'x' * 70_000}--><!DOCTYPE x [<!ENTITY a 'b'>]><worksheet><sheetData/></worksheet>"
    assert "khai báo lạ" in refused(xlsx(sheet=sheet))


def test_rows_of_ods_that_repeat_without_end():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert "trải rộng tới ô XFD1048576" in refused(ods(rows))


def test_blank_rows_of_ods_that_repeat_to_the_end_do_no_harm():
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert only(ods(f"<table:table-row>{cell}</table:table-row>{blank}")).rows == [[1.0]]


def test_cells_at_opposite_ends_of_xlsb():
    cells = binary_row(0, binary_cell(5, 0, bytes(8))) + binary_row(1_048_575, binary_cell(5, 16_383, bytes(8)))
    assert "XFD1048576" in refused(xlsb(cells))


@pytest.mark.parametrize("name", ["hidden-facts.xls", "hidden-facts.ods"])
def test_truncated_files_of_other_formats(name):
    data = FILES.joinpath(name).read_bytes()
    assert "bị hỏng" in refused(data[: len(data) // 2])


def test_an_xlsb_part_that_ends_inside_a_record():
    assert "bị hỏng" in refused(xlsb(b"\x05\xff\xff\x7f"))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(
            {"xl/styles.xml": '<styleSheet xmlns="x"><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'}, id="style"
        ),
        pytest.param({"xl/styles.xml": "<styleSheet>"}, id="unclosed"),
        pytest.param({"xl/_rels/workbook.xml.rels": ""}, id="no relations"),
        pytest.param({"xl/styles.xml": '<?xml version="1.0" encoding="UIF-8"?><a/>'}, id="unknown encoding"),
    ],
)
def test_parts_that_make_no_sense(parts):
    assert "bị hỏng" in refused(xlsx(row(1, number("A1", 1)), extra=parts))


@pytest.mark.parametrize("reference", ["A0", "1", "A", "A1:", "A-1", "Á1"])
def test_addresses_that_make_no_sense(reference):
    merges = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert "bị hỏng" in refused(xlsx(row(1, number("A1", 1)), after=merges))


def test_a_part_that_the_workbook_names_and_does_not_have():
    data = xlsx(row(1, number("A1", 1))).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml")
    assert "bị hỏng" in refused(data)


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "'; DROP TABLE", "\u202eđảo", "a\x0bb"]
)
def test_hostile_text_is_only_text(text):
    def build(book):
        book.add_worksheet("Tiến độ").write_string(0, 0, text)

    assert only(written(build)).rows == [[text]]


@pytest.mark.parametrize("make", [giant_dimension, repeated_giant_string])
def test_the_caller_survives_what_the_guards_would_let_pass(make):
    with pytest.raises(UnreadableWorkbook):
        call("tests.unguarded_child", make(), replace(Limits(), child_bytes=400 * 2**20))


def test_the_caller_survives_an_old_workbook_that_aborts_the_cell_reader():
    """One byte of a length has changed, and the reader asks for 100 GB: nothing in Python can catch that."""
    data = bytearray(FILES.joinpath("hidden-facts.xls").read_bytes())
    data[4609] = 96
    with pytest.raises(UnreadableWorkbook, match="tệp bị hỏng"):
        call("tests.reading_child", bytes(data), Limits())
