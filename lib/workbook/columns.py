"""A whole column read at once: each distinct cell is understood once, each fault is reported at every cell it is in."""

from collections.abc import Callable, Iterable
from typing import Any

from lib.workbook import cells
from lib.workbook.cells import CellFault, Value
from lib.workbook.problems import Problems
from lib.workbook.tables import UNKNOWABLE, Table

Reader = Callable[[Value], Any]


def read(table: Table, name: str, kept: list[int], reader: Reader, problems: Problems, blank: Any = None) -> list[Any]:
    """`reader`'s value for each kept row, in order; `blank` where the cell is empty or cannot be read."""
    column = table.columns.get(name)
    if column is None:
        return [blank] * len(kept)
    memo: dict[tuple, Any] = {}
    results = []
    for position in kept:
        raw = column.values[position]
        percent, yearless = position in column.percent, position in column.yearless
        key = (type(raw), raw, percent, yearless)
        if key not in memo:
            memo[key] = _understand(reader, Value(raw, percent, yearless), blank)
        result = memo[key]
        if isinstance(result, CellFault):
            problems.error(result.rule, table.title, table.cell(name, position), _at(column.column.header, result))
            result = blank
        results.append(result)
    return results


def _at(header: str, fault: CellFault) -> str:
    return f"Cột {header}: {fault.message}"


def _understand(reader: Reader, value: Value, blank: Any) -> Any:
    if value.raw is UNKNOWABLE or cells.is_blank(value.raw):
        return blank
    try:
        return reader(value)
    except CellFault as fault:
        return fault


def texts(table: Table, name: str, kept: list[int]) -> list[str]:
    """A column of free text, "" where blank."""
    column = table.columns.get(name)
    if column is None:
        return [""] * len(kept)
    values = column.values
    return [_text(values[position]) for position in kept]


def _text(raw: object) -> str:
    return "" if raw is UNKNOWABLE else cells.text(Value(raw))


def swapped_days(table: Table, name: str, kept: Iterable[int]) -> int | None:
    """The first real date of a column in which an American Excel has probably swapped day and month, else None.

    Such an Excel makes a date of `05/12/2026` (the 12th of May) and leaves `25/12/2026` as text.
    """
    column = table.columns.get(name)
    if column is None:
        return None
    first_real, late_text = None, False
    for position in kept:
        raw = column.values[position]
        if isinstance(raw, cells.dt.date):
            if raw.day > 12:
                return None
            first_real = position if first_real is None else first_real
        elif isinstance(raw, str) and not late_text and raw:
            late_text = _has_late_day(raw)
    return first_real if late_text else None


def _has_late_day(raw: str) -> bool:
    try:
        found = cells.due(Value(raw))
    except CellFault:
        return False
    return found.day > 12
