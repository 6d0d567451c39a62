"""The values of a workbook's sheets, and nothing of its form, as a workbook that reads the same."""

import datetime as dt
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from lib.workbook.addresses import column_letters
from lib.workbook.cell_text import write_text
from lib.workbook.cells import shown
from lib.workbook.sheets import Sheet

NOT_CALCULATED = "=NA()"
"""Stands for a formula that has no value: without one it reads as never calculated, and a spreadsheet shows #N/A."""

_FIRST_DAY = dt.date(1900, 3, 1)  # Excel counts a 29/2/1900 that never was
_FORMATS = {dt.datetime: "dd/mm/yyyy hh:mm", dt.date: "dd/mm/yyyy", dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}
_WIDEST, _NARROWEST, _ROWS_MEASURED = 60, 8, 200
_WRAPPED_CELLS = 50_000


def build(sheets: list[Sheet]) -> Workbook:
    """A workbook with the same sheets, whose cells keep their types: texts, numbers, days, errors, merges."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    return book


def written(book: Workbook) -> bytes:
    """The workbook as xlsx."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(target: Worksheet, sheet: Sheet) -> None:
    wrap = sum(map(len, sheet.rows)) <= _WRAPPED_CELLS
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if value != "":
                _write(target.cell(row + 1, column + 1), value, wrap=wrap)
    _write_hidden(target, sheet)
    # Not merge_cells: it makes a cell of each one spanned, and forgets what stands in them.
    target.merged_cells = MultiCellRange([CellRange(None, *_from_one(merge)) for merge in sheet.merges])
    for column in range(max(map(len, sheet.rows), default=0)):
        target.column_dimensions[column_letters(column)].width = _width(sheet, column)


def _write(cell: Cell, value: object, *, wrap: bool) -> None:
    if isinstance(value, str) or (isinstance(value, dt.date) and _day(value) < _FIRST_DAY):
        write_text(cell, value if isinstance(value, str) else shown(value))
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        if type(value) in _FORMATS:
            cell.number_format = _FORMATS[type(value)]


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _write_hidden(target: Worksheet, sheet: Sheet) -> None:
    """What the values alone do not say."""
    for row, column in sheet.uncalculated:
        target.cell(row + 1, column + 1).value = NOT_CALCULATED
    for (row, column), error in sheet.errors.items():
        cell = target.cell(row + 1, column + 1)
        cell.value, cell.data_type = error, "e"
    for column, rows in sheet.percent.items():
        for row in rows:
            target.cell(row + 1, column + 1).number_format = "0.##%"
    for column, rows in sheet.yearless.items():
        for row in rows:
            target.cell(row + 1, column + 1).number_format = "d/m"


def _from_one(merge: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom as openpyxl counts them."""
    top, left, bottom, right = merge
    return left + 1, top + 1, right + 1, bottom + 1


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for the first rows' texts, within reason."""
    lengths = (len(shown(row[column])) for row in sheet.rows[:_ROWS_MEASURED] if column < len(row))
    return min(max(_NARROWEST, *lengths, 0) + 2, _WIDEST)
