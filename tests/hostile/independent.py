"""Workbooks read by other libraries than the product's, to see whether a workbook it accepts says what it takes it for.

Only values and number formats come from elsewhere; what they count for is then found by the product's own rules.
"""

import datetime as dt
import warnings
from collections.abc import Iterator
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import xlrd

from lib.workbook import formats
from lib.workbook.sheets import Sheet

# Broken files make these libraries raise anything: then there is nothing to compare with.
TABLE, TEXT, OFFICE = (
    "{urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0}" for name in ("table", "text", "office")
)


def sheets(data: bytes, kind: str) -> list[Sheet] | None:
    """The sheets as another library reads them; None where it cannot, or where there is none for the format."""
    reader = {"xlsx": _openpyxl, "xlsm": _openpyxl, "xls": _xlrd, "ods": _ods}.get(kind)
    if reader is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return reader(data)
    except Exception:  # noqa: BLE001 - see above
        return None


def _openpyxl(data: bytes) -> list[Sheet]:
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(BytesIO(data))
    return [_sheet_of_openpyxl(sheet, formulas[sheet.title]) for sheet in values.worksheets]


def _sheet_of_openpyxl(sheet: openpyxl.worksheet.worksheet.Worksheet, formulas: object) -> Sheet:
    merges = [(each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1) for each in sheet.merged_cells]
    found = Sheet(sheet.title, [], merges, {}, set(), {}, {})
    for row in sheet.iter_rows():
        found.rows.append([_plain(cell.value) for cell in row])
        for cell in row:
            place = (cell.row - 1, cell.column - 1)
            if cell.data_type == "e":
                found.errors[place] = str(cell.value)
            elif cell.value is None and formulas.cell(cell.row, cell.column).data_type == "f":
                found.uncalculated.add(place)
            elif cell.value is not None:
                _note_format(found, place, cell.number_format)
    return found


def _plain(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        return "" if value is None else value
    return float(value)


def _note_format(sheet: Sheet, place: tuple[int, int], code: str) -> None:
    row, column = place
    if formats.is_percent(code):
        sheet.percent.setdefault(column, set()).add(row)
    if formats.is_yearless(code):
        sheet.yearless.setdefault(column, set()).add(row)


def _xlrd(data: bytes) -> list[Sheet]:
    with xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True) as book:
        return [_sheet_of_xlrd(book, sheet) for sheet in book.sheets()]


def _sheet_of_xlrd(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    found = Sheet(sheet.name, [], merges, {}, set(), {}, {})
    for row in range(sheet.nrows):
        found.rows.append([_xlrd_value(cell, book.datemode) for cell in sheet.row(row)])
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                found.errors[row, column] = "#N/A"
            elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                _note_format(found, (row, column), book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
    return found


def _xlrd_value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value


def _ods(data: bytes) -> list[Sheet]:
    with ZipFile(BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    return [_sheet_of_ods(table) for table in root.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")]


def _sheet_of_ods(table: ElementTree.Element) -> Sheet:
    found = Sheet(table.get(f"{TABLE}name", ""), [], [], {}, set(), {}, {})
    for row in table.iter(f"{TABLE}table-row"):
        values = list(_ods_cells(row, found))
        while values and values[-1] == "":
            values.pop()
        for _ in range(min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 1_000)):
            found.rows.append(values)
    width = max(map(len, found.rows), default=0)
    return Sheet(found.name, [row + [""] * (width - len(row)) for row in found.rows], [], {}, set(), found.percent, {})


def _ods_cells(row: ElementTree.Element, sheet: Sheet) -> Iterator[object]:
    column = 0
    for cell in row:
        value = _ods_value(cell)
        for _ in range(min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 1_000)):
            if cell.get(f"{OFFICE}value-type") == "percentage":
                sheet.percent.setdefault(column, set()).add(len(sheet.rows))
            column += 1
            yield value


def _ods_value(cell: ElementTree.Element) -> object:
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{OFFICE}value", ""))
    if kind == "date":
        return dt.datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    return "\n".join("".join(each.itertext()) for each in cell.iterfind(f"{TEXT}p"))
