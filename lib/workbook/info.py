"""Sheet `Thông tin`: key and value -> the plan's own facts.

The rules are in docs/quy-tac-tinh.md, "Trang Thông tin".
"""

import re
from collections.abc import Iterator

from lib import schema
from lib.calendar_days import DayMonth
from lib.schedule import day_of_year
from lib.schema import InfoKey, InfoKind
from lib.text import fold, one_line, suggest
from lib.workbook import cells, sheet_titles
from lib.workbook.addresses import address
from lib.workbook.cells import CellFault, Value
from lib.workbook.plan import Plan
from lib.workbook.problems import Problems
from lib.workbook.sheets import Sheet
from lib.workbook.tables import broken_cell

_KEY_COLUMNS = 3
_LEADING_NUMBER = re.compile(r"(\d{1,6})(?![\d.,/])")


def read(sheets: list[Sheet], problems: Problems) -> Plan | None:
    """The plan, or None where its years cannot be told; after an error it only serves to find the other problems."""
    chosen = sheet_titles.select(schema.INFO_SHEET, sheets, problems)
    if not chosen:
        return None
    facts = _facts(chosen[0], problems)
    if facts["first_year"] is None or facts["last_year"] is None:
        return None
    return Plan(sample=facts.pop("nature") == schema.SAMPLE, **facts)


def _facts(sheet: Sheet, problems: Problems) -> dict[str, object]:
    """Every key's value, None after reporting what is wrong with it; `nature` as its listed word."""
    places = _places(sheet, problems)
    facts = {key.name: _fact(sheet, key, places.get(key.name), problems) for key in schema.INFO_KEYS}
    first, last = facts["first_year"], facts["last_year"]
    if isinstance(first, int) and isinstance(last, int) and first > last:
        message = f"Năm bắt đầu {first} sau Năm kết thúc {last}. Sửa lại hai năm của kế hoạch."
        problems.error("reversed-years", sheet.name, address(*places["first_year"]), message)
        return facts | {"first_year": None, "last_year": None}
    return facts


def _places(sheet: Sheet, problems: Problems) -> dict[str, tuple[int, int]]:
    """Key name -> the cell of its value: the first filled one to the right, else the one beside the key."""
    by_fold = {fold(key.key): key for key in schema.INFO_KEYS}
    places: dict[str, tuple[int, int]] = {}
    for row, column, label in _labels(sheet):
        key = by_fold.get(fold(label))
        if key is None:
            _report_misspelt(sheet, row, column, label, problems)
        elif key.name in places:
            message = f"Khóa “{key.key}” có hai lần. Giữ lại một dòng."
            problems.error("duplicate-key", sheet.name, address(row, column), message)
        else:
            places[key.name] = _value_place(sheet, row, column)
    return places


def _labels(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """The first filled text among the first three columns of each row that has something beside it or is a key."""
    for row, values in enumerate(sheet.rows):
        known = {fold(key.key) for key in schema.INFO_KEYS}
        texts = [(column, value) for column, value in enumerate(values[:_KEY_COLUMNS]) if not cells.is_blank(value)]
        keys = [(column, value) for column, value in texts if isinstance(value, str) and fold(value) in known]
        for column, value in keys[:1] or texts[:1]:
            if isinstance(value, str):
                yield row, column, one_line(value)


def _report_misspelt(sheet: Sheet, row: int, column: int, label: str, problems: Problems) -> None:
    meant = suggest(label, [key.key for key in schema.INFO_KEYS])
    if meant and len(label) < 60:
        message = f"Không có khóa “{label}”. Có phải “{meant}”? Sửa lại tên khóa."
        problems.warning("misspelt-key", sheet.name, address(row, column), message)


def _value_place(sheet: Sheet, row: int, column: int) -> tuple[int, int]:
    values = sheet.rows[row]
    filled = (
        right
        for right in range(column + 1, len(values))
        if not cells.is_blank(values[right]) or (row, right) in sheet.errors or (row, right) in sheet.uncalculated
    )
    return row, next(filled, column + 1)


def _fact(sheet: Sheet, key: InfoKey, place: tuple[int, int] | None, problems: Problems) -> object:
    """The value of one key, its default where it is blank; None after reporting what is wrong."""
    if place in sheet.errors or place in sheet.uncalculated:
        rule, message = broken_cell(sheet, place, key.key)
        problems.error(rule, sheet.name, address(*place), message)
        return None
    value = _value(sheet, place)
    if cells.is_blank(value.raw):
        return _default(sheet, key, place, problems)
    try:
        return _READERS[key.kind](value)
    except CellFault as fault:
        problems.error(fault.rule, sheet.name, address(*place), f"{key.key}: {fault.message}")
        return None


def _value(sheet: Sheet, place: tuple[int, int] | None) -> Value:
    if place is None or place[1] >= len(sheet.rows[place[0]]):
        return Value("")
    row, column = place
    return Value(sheet.rows[row][column], row in sheet.percent.get(column, ()), row in sheet.yearless.get(column, ()))


def _default(sheet: Sheet, key: InfoKey, place: tuple[int, int] | None, problems: Problems) -> object:
    if key.required:
        where = address(*place) if place else ""
        message = f"Thiếu “{key.key}”. Ghi khóa này ở trang {schema.INFO_SHEET}, giá trị ở ô bên phải."
        problems.error("missing-fact", sheet.name, where, message)
        return None
    return cells.due(Value(key.default)) if key.kind == InfoKind.DAY_MONTH else key.default


def _count(value: Value) -> int:
    raw = value.raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and float(raw).is_integer() and raw >= 0:
        return int(raw)
    match = _LEADING_NUMBER.match(one_line(raw)) if isinstance(raw, str) else None
    if match:
        return int(match[1])
    raise CellFault("bad-count", f"“{cells.shown(raw)}” không phải là số đếm. Ghi một số nguyên, ví dụ: 30.")


def _day_month(value: Value) -> DayMonth:
    """`31/3`, `trước ngày 31 tháng 3 hằng năm`, or a date cell that shows no year."""
    try:
        found = day_of_year(value.raw) if isinstance(value.raw, str) else None
    except ValueError:
        found = None
    found = found or cells.due(value)
    if isinstance(found, DayMonth):
        return found
    raise CellFault("bad-day-month", f"“{cells.shown(value.raw)}” có năm. Chỉ ghi ngày/tháng, ví dụ: 31/3.")


def _nature(value: Value) -> str:
    for word in (schema.OFFICIAL, schema.SAMPLE):
        if fold(cells.text(value)) == fold(word):
            return word
    raise CellFault(
        "bad-nature",
        f"“{cells.shown(value.raw)}” không hợp lệ. Ghi “{schema.OFFICIAL}” hoặc “{schema.SAMPLE}”.",
    )


_READERS = {
    InfoKind.TEXT: cells.text,
    InfoKind.DATE: cells.date,
    InfoKind.YEAR: cells.year,
    InfoKind.COUNT: _count,
    InfoKind.DAY_MONTH: _day_month,
    InfoKind.NATURE: _nature,
}
