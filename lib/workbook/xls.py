"""The facts hidden in an old .xls workbook, found with xlrd: errors, number formats, merges.

Old workbooks always save a value with a formula, so that none is found uncalculated.
"""

import struct
from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError

from lib.errors import UnreadableWorkbook
from lib.workbook import xls_sizes
from lib.workbook.budget import Budget
from lib.workbook.formats import CellStyles, cell_styles
from lib.workbook.hidden import Hidden
from lib.workbook.package import DAMAGED, PROTECTED

# What xlrd raises on bytes that do not follow the format: it trusts every offset and length in the file.
BROKEN_FILE = (
    xlrd.XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError,
    OverflowError, RecursionError,
)  # fmt: skip


def hidden_facts(data: bytes, budget: Budget) -> dict[str, Hidden]:
    """Find what the cell reader hides, by sheet name. Raises UnreadableWorkbook."""
    try:
        with xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True, ragged_rows=True) as book:
            styles = _styles(book)
            return {sheet.name: _scan(sheet, styles, budget) for sheet in book.sheets()}
    except BROKEN_FILE as error:
        protected = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableWorkbook(PROTECTED if protected else DAMAGED) from error


def check_sizes(data: bytes) -> None:
    """What must be known before the cell reader sees the file: see `xls_sizes`. Raises UnreadableWorkbook."""
    try:
        xls_sizes.check(data)
    except BROKEN_FILE as error:
        raise UnreadableWorkbook(DAMAGED) from error


def _styles(book: xlrd.Book) -> CellStyles:
    codes = {key: each.format_str for key, each in book.format_map.items()}
    return cell_styles((style.format_key for style in book.xf_list), codes)


def _scan(sheet: xlrd.sheet.Sheet, styles: CellStyles, budget: Budget) -> Hidden:
    budget.add_area(sheet.name, sheet.nrows, sheet.ncols)
    hidden = Hidden()
    for row in range(sheet.nrows):
        budget.add_cells(sheet.name, sheet.row_len(row))
        _scan_row(sheet, row, styles, hidden)
    for top, bottom, left, right in sheet.merged_cells:
        merge = (top, left, bottom - 1, right - 1)
        budget.add_merge(sheet.name, merge)
        hidden.merges.append(merge)
    return hidden


def _scan_row(sheet: xlrd.sheet.Sheet, row: int, styles: CellStyles, hidden: Hidden) -> None:
    for column, kind in enumerate(sheet.row_types(row)):
        if kind == xlrd.XL_CELL_ERROR:
            hidden.errors[row, column] = error_text_from_code.get(sheet.cell_value(row, column), "#VALUE!")
        if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            hidden.note_style(row, column, sheet.cell_xf_index(row, column), styles)
