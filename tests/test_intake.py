"""From bytes to sheets: every value at its own address, and every fact that the cell reader hides."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook import package
from lib.workbook import xlsx as xlsx_parts
from lib.workbook.xlsx_quick import UnusualXml
from tests.hostile.files import STRICT_MAIN, XLSM_TYPE, xlsx
from tests.intake import number, only, read, row, written

MARCH_31 = date(2024, 3, 31)
MARCH_31_SERIAL = 45382

# Values and addresses


def test_rows_are_absolute_whatever_lies_blank_above_and_left():
    assert only(xlsx(row(3, number("C3", 7)))).rows == [["", "", ""], ["", "", ""], ["", "", 7.0]]


def test_hidden_sheets_are_read_and_chart_sheets_are_not():
    def build(book):
        book.add_worksheet("Mục").write(0, 0, "x")
        hidden = book.add_worksheet("Ẩn")
        hidden.write(0, 0, 1)
        hidden.hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Ẩn'!$A$1:$A$2"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)

    assert [(sheet.name, sheet.rows) for sheet in read(written(build))] == [("Mục", [["x"]]), ("Ẩn", [[1.0]])]


def test_dates_of_the_1904_system_are_the_days_people_see():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = MARCH_31
    target = BytesIO()
    book.save(target)
    assert only(target.getvalue()).rows == [[MARCH_31]]


def test_a_strict_workbook_is_read():
    strict = xlsx(row(1, number("A1", 0.5, 1)), formats=[9], main=STRICT_MAIN)
    assert (only(strict).rows, only(strict).percent) == ([[0.5]], {0: {0}})


def test_a_wrong_dimension_loses_no_cell():
    sheet = f'<worksheet xmlns="x"><dimension ref="A1"/><sheetData>{row(2, number("B2", 1))}</sheetData></worksheet>'
    assert only(xlsx(sheet=sheet)).rows == [["", ""], ["", 1.0]]


def test_macros_are_passed_over():
    data = xlsx(row(1, number("A1", 1)), content_type=XLSM_TYPE, extra={"xl/vbaProject.bin": b"macro"})
    assert only(data).rows == [[1.0]]


# Hidden facts, xlsx


def test_error_cells_are_found():
    cells = row(1, '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '<c r="B1" s="0" t="e"><v>#REF!</v></c>')
    assert only(xlsx(cells)).errors == {(0, 0): "#DIV/0!", (0, 1): "#REF!"}


def test_an_error_that_the_reader_cannot_pass_over_names_its_cell():
    with pytest.raises(UnreadableWorkbook, match="^Ô B1 có lỗi công thức “#SPILL!”"):
        read(xlsx(row(1, '<c r="B1" t="e"><v>#SPILL!</v></c>')))


@pytest.mark.parametrize(
    "formula",
    [
        "<f>1+1</f>",
        "<f>1+1</f><v></v>",
        "<f>1+1</f><v/>",
        "<f>1+1</f><v />",
        "\n <f>1+1</f>\n <v></v>\n",
        '<f t="shared" si="0"/>',
        '<f t="array" ref="A1:A2">B1:B2</f><v/>',
    ],
)
def test_a_formula_without_a_saved_value_is_uncalculated(formula):
    cells = row(1, f'<c r="A1">{formula}</c>', number("B1", 1))
    assert only(xlsx(cells)).uncalculated == {(0, 0)}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f t="shared" si="0"/><v>2</v></c>',
        '<c r="A1" t="str"><f>""</f><v></v></c>',
        '<c r="A1" s="0" t="str"><f>""</f><v/></c>',
    ],
)
def test_a_formula_with_its_value_saved_is_calculated_even_when_the_value_is_empty(cell):
    assert only(xlsx(row(1, cell, number("B1", 1)))).uncalculated == set()


def test_percent_formats_are_found():
    cells = row(1, number("A1", 0.5, 1), number("B1", 0.5, 2), number("C1", 50, 3)) + row(2, number("B2", 0.5, 2))
    assert only(xlsx(cells, formats=[9, "0,0%", '0"%"'])).percent == {0: {0}, 1: {0, 1}}


def test_dates_without_a_year_are_found():
    cells = row(1, *[number(f"{letter}1", MARCH_31_SERIAL, at) for at, letter in enumerate("ABCD", start=1)])
    sheet = only(xlsx(cells, formats=[14, 16, "dd/mm", "dd/mm/yyyy"]))
    assert (sheet.rows, sheet.yearless) == ([[MARCH_31] * 4], {1: {0}, 2: {0}})


def test_a_style_is_found_wherever_it_stands_in_the_cell_and_not_on_the_row():
    cells = '<row r="1" s="1" customFormat="1"><c r="A1" t="n" s="1"><v>0.5</v></c><c r="B1" s="0"><v>1</v></c></row>'
    assert only(xlsx(cells, formats=[9])).percent == {0: {0}}


def test_a_blank_cell_with_a_format_is_no_fact():
    assert only(xlsx(row(1, '<c r="A1" s="1"/>', number("B1", 1)), formats=[9])).percent == {}


def test_a_workbook_whose_plain_style_is_a_percentage_is_understood():
    styles = '<styleSheet xmlns="x"><cellXfs><xf numFmtId="9"/></cellXfs></styleSheet>'
    data = xlsx(row(1, '<c r="A1"><v>0.5</v></c>'), extra={"xl/styles.xml": styles})
    assert only(data).percent == {0: {0}}


def test_merges_are_zero_based_and_inclusive():
    merges = '<mergeCells count="2"><mergeCell ref="A1:C2"/><mergeCell ref="E5"/></mergeCells>'
    assert only(xlsx(row(1, number("A1", 1)), after=merges)).merges == [(0, 0, 1, 2), (4, 4, 4, 4)]


ODD_SHEETS = {
    "prefixed": '<x:worksheet xmlns:x="M"><x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>0.5</x:v></x:c>'
    '<x:c r="B1" t="e"><x:v>#N/A</x:v></x:c><x:c r="C1"><x:f>1</x:f></x:c></x:row></x:sheetData>'
    '<x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>',
    "without addresses": '<worksheet xmlns="M"><sheetData><row><c s="1"><v>0.5</v></c><c t="e"><v>#N/A</v></c>'
    '<c><f>1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
    "single quotes": "<worksheet xmlns='M'><sheetData><row r='1'><c r='A1' s='1'><v>0.5</v></c>"
    "<c r='B1' t='e'><v>#N/A</v></c><c r='C1'><f>1</f></c></row></sheetData>"
    "<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>",
    "mixed quotes": "<worksheet xmlns='M'><sheetData><row r='1'><c r=\"A1\" s='1'><v>0.5</v></c>"
    "<c r=\"B1\" t='e'><v>#N/A</v></c><c r='C1'><f>1</f></c></row></sheetData>"
    "<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>",
    "a comment": '<worksheet xmlns="M"><sheetData><row r="1"><!-- <c r="A9" s="1"><v>1</v></c> --><c r="A1" s="1">'
    '<v>0.5</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><f>1</f></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
    "other order": '<worksheet xmlns="M"><sheetData><row r="1"><c s="1" r="A1"><v>0.5</v></c>'
    '<c t="e" r="B1"><v>#N/A</v></c><c r="C1"><f>1</f></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell x="1" ref="A1:B2"/></mergeCells></worksheet>',
    "pretty": '<worksheet xmlns="M">\n<sheetData>\n<row r="1">\n<c r="A1" s="1">\n<v>0.5</v>\n</c>\n'
    '<c r="B1" t="e">\n<v>#N/A</v>\n</c>\n<c r="C1">\n<f>1</f>\n</c>\n</row>\n</sheetData>\n'
    '<mergeCells>\n<mergeCell ref="A1:B2"/>\n</mergeCells>\n</worksheet>',
}


@pytest.mark.parametrize("name", ODD_SHEETS)
def test_odd_but_legal_xml_gives_the_same_facts(name):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = only(xlsx(sheet=ODD_SHEETS[name].replace("M", main, 1), formats=[9]))
    assert sheet.rows[0][0] == 0.5
    assert (sheet.percent, sheet.errors) == ({0: {0}}, {(0, 1): "#N/A"})
    assert (sheet.uncalculated, sheet.merges) == ({(0, 2)}, [(0, 0, 1, 1)])


def test_the_quick_scan_and_the_exact_one_agree(monkeypatch):
    cells = "".join(
        row(
            at,
            number(f"A{at}", 0.5, at % 4),
            f'<c r="B{at}" s="{at % 4}"/>',
            f'<c r="C{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>' if at % 3 else f'<c r="C{at}" s="2"><f>1</f></c>',
            f'<c r="AB{at}" t="inlineStr" s="3"><is><r><rPr><color rgb="0"/></rPr><t>x</t></r></is></c>',
        )
        for at in range(1, 40)
    )
    data = xlsx(cells, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', formats=[9, "dd/mm", "0.0%"])
    quick = only(data)

    def unusual(*_):
        raise UnusualXml

    monkeypatch.setattr(xlsx_parts, "scan_quickly", unusual)
    assert only(data) == quick
    assert len(quick.percent) == 2


def test_facts_do_not_depend_on_where_the_file_is_cut_into_pieces(monkeypatch):
    def build(book):
        sheet = book.add_worksheet("Tiến độ")
        percent, short = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "d/m"})
        for at in range(400):
            sheet.write_number(at, 0, at / 400, percent)
            sheet.write_datetime(at, at % 30 + 1, MARCH_31, short)
            sheet.write_formula(at, 40, "=A1", None, "#N/A" if at % 3 else at + 1)
            sheet.write_string(at, 41, f"Nhiệm vụ số {at}")
        sheet.merge_range("AR1:AS3", "gộp")

    data = written(build)
    whole = only(data)
    monkeypatch.setattr(package, "PIECE", 7)
    assert only(data) == whole
    assert len(whole.percent[0]) == 400
    assert len(whole.errors) == 266
