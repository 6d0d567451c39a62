"""What the cell reader hides in xls, xlsb and ods workbooks."""

import struct
from datetime import date, datetime, time

import pytest

from tests.hostile.files import binary_cell, binary_row, ods, record, xlsb
from tests.intake import FILES, only, read

MARCH_31 = date(2024, 3, 31)
MARCH_31_SERIAL = 45382


@pytest.mark.parametrize("name", ["hidden-facts.xls", "hidden-facts.ods"])
def test_hidden_facts_of_files_written_by_an_office_program(name):
    """C4:C5 and G4 are percentages, D4:D5 dates without a year, E4 and E7 errors, B8:C10 is merged."""
    sheet = read(FILES.joinpath(name).read_bytes())[0]
    assert sheet.percent == {2: {3, 4}, 6: {3}}
    assert sheet.yearless == {3: {3, 4}}
    assert sheet.errors == {(3, 4): "#DIV/0!", (6, 4): "#N/A"}
    assert (sheet.merges, sheet.uncalculated) == ([(7, 1, 9, 2)], set())


@pytest.mark.parametrize("name", ["hidden-facts.xls", "hidden-facts.ods"])
def test_values_of_files_written_by_an_office_program(name):
    rows = read(FILES.joinpath(name).read_bytes())[0].rows
    assert rows[3][2:4] == [0.5, MARCH_31]
    assert [type(rows[5][2]), rows[5][2]] == [float, 50.0]
    assert rows[10][3:5] == [datetime(2024, 3, 31, 10, 30), time(10, 30)]


def test_hidden_facts_of_xlsb():
    cells = binary_row(
        2,
        binary_cell(5, 1, struct.pack("<d", 0.5), style=1),
        binary_cell(5, 2, struct.pack("<d", MARCH_31_SERIAL), style=2),
        binary_cell(11, 3, b"\x17" + bytes(8)),
        binary_cell(3, 4, b"\x2a"),
        binary_cell(7, 5, struct.pack("<I", 0)),
    )
    merge = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 2, 4, 0, 1)) + record(178)
    sheet = only(xlsb(cells + merge, strings=["Hoàn thành"], formats=[10, "dd/mm"]))
    assert sheet.rows[2] == ["", 0.5, MARCH_31, "", "", "Hoàn thành"]
    assert (sheet.percent, sheet.yearless) == ({1: {2}}, {2: {2}})
    assert (sheet.errors, sheet.merges) == ({(2, 3): "#REF!", (2, 4): "#N/A"}, [(2, 0, 4, 1)])


def test_hidden_facts_of_ods_repeat_with_their_cells():
    cell = '<table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-repeated="2"/>'
    sheet = only(ods(f'<table:table-row table:number-rows-repeated="3">{cell}</table:table-row>'))
    assert sheet.rows == [[0.5, 0.5]] * 3
    assert sheet.percent == {0: {0, 1, 2}, 1: {0, 1, 2}}


def test_a_formula_of_ods_that_was_never_calculated_is_found():
    formula = '<table:table-cell table:formula="of:=1+1"/><table:table-cell table:formula="of:=&quot;&quot;"><text:p/>'
    other = '</table:table-cell><table:table-cell office:value-type="float" office:value="1"/>'
    assert only(ods(f"<table:table-row>{formula}{other}</table:table-row>")).uncalculated == {(0, 0)}


def test_a_date_of_ods_takes_the_format_of_its_column():
    styles = (
        '<number:date-style style:name="N1"><number:day/><number:month/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    cell = '<table:table-cell office:value-type="date" office:date-value="2024-03-31"/>'
    assert only(ods(f"{columns}<table:table-row>{cell}{cell}</table:table-row>", styles=styles)).yearless == {1: {0}}
