"""The drop-down lists of the workbook, and what it says when a cell is typed otherwise.

A value the reader would refuse in any spelling is stopped; where it accepts more forms than Excel can test (dates as
text, several units in a cell) the message only reminds.
"""

import datetime as dt

from xlsxwriter.utility import xl_col_to_name

from lib.calendar_days import EARLIEST_YEAR, LATEST_YEAR
from lib.schema import INFO_KEYS, INFO_SHEET, PROGRESS, SECTIONS, TASKS, UNITS, Column, InfoKey, InfoKind, Kind, Sheet
from lib.workbook.form_guide import choice_range

MOST_ROWS = 10_000
"""How far down lists reach and cells are checked; the reader itself has no such limit."""

Rule = dict[str, object]
"""The options of one data validation, as XlsxWriter takes them."""


def key_range(sheet: Sheet, column: str) -> str:
    """All cells of a column, below its header, as formulas on other sheets name them."""
    letter = xl_col_to_name([known.name for known in sheet.columns].index(column))
    return f"'{sheet.title}'!${letter}$2:${letter}${MOST_ROWS}"


def info_cell(name: str) -> str:
    """The value cell of a key in `Thông tin`, as formulas name it."""
    row = [key.name for key in INFO_KEYS].index(name) + 2
    return f"'{INFO_SHEET}'!$B${row}"


def cell_rule(sheet: Sheet, column: Column) -> Rule | None:
    """What a column's cells are checked against while typing, or None where any text will do."""
    if column.kind is Kind.CHOICE:
        return _one_of(choice_range(column.header), column.header)
    if column.kind is Kind.SECTION:
        return _one_of(_filled(key_range(SECTIONS, "section")), column.header)
    if column.kind is Kind.CODE and sheet is PROGRESS:
        return _one_of(_filled(key_range(TASKS, "task")), column.header)
    return _REMINDERS.get(column.kind)


def info_rule(key: InfoKey) -> Rule:
    """The note shown beside a value of `Thông tin`, with its list where it has one."""
    rule = _one_of(choice_range(key.key), key.key) if key.kind is InfoKind.NATURE else {"validate": "any"}
    return rule | {"input_title": key.key, "input_message": key.help}


def _filled(cells: str) -> str:
    """The filled part of `cells`, so that a list grows with its sheet and ends without empty lines."""
    first = cells.split(":")[0]
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({cells})),1)"


def _one_of(source: str, header: str) -> Rule:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Không có trong danh sách",
        "error_message": f"{header}: chọn một dòng trong danh sách ở ô này.",
    }


_REMINDERS: dict[Kind, Rule] = {
    Kind.UNITS: {
        "validate": "list",
        "source": _filled(key_range(UNITS, "unit")),
        "error_type": "information",
        "error_title": "Xem lại tên đơn vị",
        "error_message": "Không phải một tên trong trang Đơn vị. Nếu ghi nhiều đơn vị cách nhau bằng dấu chấm phẩy (;) "
        "hoặc ghi tên gọi khác, tên viết tắt thì bấm OK.",
    },
    Kind.YEAR: {
        "validate": "integer",
        "criteria": "between",
        "minimum": f"={info_cell('first_year')}",
        "maximum": f"={info_cell('last_year')}",
        "error_type": "warning",
        "error_title": "Xem lại năm",
        "error_message": "Năm gồm bốn chữ số và nằm trong các năm của kế hoạch (trang Thông tin).",
    },
    Kind.PERCENT: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 100,
        "error_type": "warning",
        "error_title": "Xem lại tỷ lệ",
        "error_message": "Ghi số từ 0 đến 100; ghi 50 là 50%.",
    },
    Kind.DATE: {
        "validate": "date",
        "criteria": "between",
        "minimum": dt.date(EARLIEST_YEAR, 1, 1),
        "maximum": dt.date(LATEST_YEAR, 12, 31),
        "error_type": "information",
        "error_title": "Xem lại ngày",
        "error_message": "Ô này chưa được nhận là ngày. Nếu đã ghi đúng ngày/tháng/năm, ví dụ: 05/12/2026, thì bấm OK.",
    },
}
