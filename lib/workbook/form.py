"""Writes the plan's workbook: the filled one, and the blank form of the same make.

The form is docs/quy-tac-tinh.md, "Sổ theo dõi". All text is written as text, so nothing in it can become a formula or
a link, and the same register always gives the same bytes.
"""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from lib.errors import DashboardError
from lib.schema import INFO_KEYS, INFO_SHEET, PROGRESS, SHEETS, TASKS, Column, InfoKind, Kind, Sheet
from lib.workbook import form_guide
from lib.workbook.form_page import Page, add_page, printed_title
from lib.workbook.form_rows import TASK_NAME, Cell, info, layout, rows
from lib.workbook.form_rules import MOST_ROWS, cell_rule, info_rule, key_range
from lib.workbook.form_styles import FONT, Styles
from lib.workbook.form_widths import WIDTHS
from lib.workbook.register import Register

_MADE_ON = dt.datetime(2022, 12, 12)
"""Stands in the file's properties instead of the clock, so that equal registers give equal bytes."""

_INFO_WIDTHS = (28, 90)
_FROZEN_COLUMNS = {PROGRESS.name: 3}
_INFO_KINDS = {InfoKind.DATE: Kind.DATE, InfoKind.YEAR: Kind.YEAR, InfoKind.COUNT: Kind.YEAR}


def write(register: Register, *, blank: bool, first: Callable[[Workbook], None] | None = None) -> bytes:
    """The workbook of `register` as xlsx.

    blank: the form to fill in: the plan (`Thông tin` as `Chính thức`, `Mục`, `Đơn vị`, `Nhiệm vụ`), in `Tiến độ` the
        code and year of every occurrence and nothing else, `Mô hình` empty. Otherwise everything, so that reading the
        bytes gives the same register.
    first: adds sheets of its own before those of the form; a reader passes over them as long as no sheet of the form
        bears their name.
    Raises DashboardError for text too long for a cell of Excel.
    """
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "default_format_properties": dict(FONT)}) as book:
        book.set_properties({"title": printed_title(register.plan), "created": _MADE_ON})
        if first:
            first(book)
        styles = Styles(book)
        _write_info(add_page(book, INFO_SHEET, register.plan), info(register.plan, blank=blank), styles)
        for sheet in SHEETS:
            table = rows(register, sheet, blank=blank)
            _write_table(add_page(book, sheet.title, register.plan), sheet, table, styles)
        form_guide.write_guide(add_page(book, form_guide.TITLE, register.plan), styles)
    return buffer.getvalue()


def _write_info(page: Page, values: list[Cell], styles: Styles) -> None:
    page.set_columns(list(_INFO_WIDTHS), [None, None])
    page.keep_header(0)
    for column, header in enumerate(("Nội dung", "Giá trị")):
        page.write_string(0, column, header, styles.header)
    for row, (key, value) in enumerate(zip(INFO_KEYS, values, strict=True), 1):
        page.write_string(row, 0, key.key, styles.label)
        _write_cell(page, row, 1, value, styles.value(_INFO_KINDS.get(key.kind, Kind.TEXT)))
        page.data_validation(row, 1, row, 1, info_rule(key))
        page.fit_row(row, [(str(value), _INFO_WIDTHS[1])])


def _write_table(page: Page, sheet: Sheet, table: list[list[Cell]], styles: Styles) -> None:
    """One sheet: header with notes, the rows, and what is checked below it while typing."""
    columns = layout(sheet)
    widths = [WIDTHS[sheet.name][column.name] for column in columns]
    page.set_columns(widths, [styles.column(column.kind) for column in columns])
    page.keep_header(_FROZEN_COLUMNS.get(sheet.name, 1))
    page.ignore_errors({"number_stored_as_text": f"A1:Z{MOST_ROWS}"})
    _add_table(page, sheet, max(1, len(table)), styles)
    for row, cells in enumerate(table or [[None] * len(columns)], 1):
        _write_row(page, row, columns, cells, styles)
        page.fit_row(row, [(str(value), width) for value, width in zip(cells, widths, strict=True)])
    for position, column in enumerate(columns):
        _add_column_help(page, sheet, position, column, styles)


def _add_table(page: Page, sheet: Sheet, count: int, styles: Styles) -> None:
    """Header and rows as an Excel table: it can be filtered, and it grows, formula and all, as rows are added."""
    columns = [{"header": column.header, "header_format": styles.header} for column in layout(sheet)]
    if sheet is PROGRESS:
        columns[layout(sheet).index(TASK_NAME)]["formula"] = _task_name_formula()
    options = {"name": _table_name(sheet), "style": None, "columns": columns}
    page.add_table(0, 0, count, len(columns) - 1, options)


def _write_row(page: Page, row: int, columns: tuple[Column, ...], cells: list[Cell], styles: Styles) -> None:
    for position, (column, value) in enumerate(zip(columns, cells, strict=True)):
        if column is TASK_NAME:
            # The saved value is there for whoever reads the file without calculating it.
            page.write_formula(row, position, _task_name_formula(), styles.looked_up, value or "")
        else:
            _write_cell(page, row, position, value, styles.cell(column.kind))


def _add_column_help(page: Page, sheet: Sheet, position: int, column: Column, styles: Styles) -> None:
    """The note on the header, the check of what is typed, and the light tints of `Trạng thái`."""
    if column.help:
        page.add_note(0, position, column.help)
    if rule := cell_rule(sheet, column):
        page.data_validation(1, position, MOST_ROWS - 1, position, rule)
    if sheet is PROGRESS and column.kind is Kind.CHOICE:
        for word, tint in styles.status_tints():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": tint}
            page.conditional_format(1, position, MOST_ROWS - 1, position, rule)


def _table_name(sheet: Sheet) -> str:
    return f"so_{sheet.name}"


def _task_name_formula() -> str:
    """The task's short name, else the first 60 characters of its words; nothing for a row without a known code.

    TRIM makes text of a code that was typed as a number. INDEX and MATCH are in every version of every office suite.
    """
    code = f"{_table_name(PROGRESS)}[[#This Row],[{PROGRESS.column('task').header}]]"
    row = f"MATCH(TRIM({code}),{key_range(TASKS, 'task')},0)"
    short_name, words = (f"INDEX({key_range(TASKS, column)},{row})" for column in ("short_name", "content"))
    return f'=IFERROR(IF({short_name}="",LEFT({words},60),{short_name}),"")'


def _write_cell(page: Page, row: int, column: int, value: Cell, style: Format) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        if page.write_string(row, column, value, style):
            raise DashboardError(f"Một ô của trang {page.get_name()} dài quá 32.767 ký tự. Rút ngắn lại rồi ghi tệp.")
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, value, style)
    else:
        page.write_number(row, column, value, style)
