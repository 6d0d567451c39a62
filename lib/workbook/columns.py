"""A whole column read at once: each distinct cell is understood once, each fault is reported at every cell it is in."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from lib.text import clean_all
from lib.workbook import cells
from lib.workbook.cells import CellFault, Value
from lib.workbook.problems import Problems
from lib.workbook.tables import UNKNOWABLE, RawColumn, Table

Reader = Callable[[Value], Any]


def read(table: Table, name: str, kept: list[int], reader: Reader, problems: Problems, blank: Any = None) -> list[Any]:
    """`reader`'s value for each kept row, in order; `blank` where the cell is empty or cannot be read."""
    column = table.columns.get(name)
    if column is None:
        return [blank] * len(kept)
    keys, value_of = _distinct(column, kept)
    memo = {key: _understand(reader, value_of(key), blank) for key in set(keys)}
    faults = {key for key, result in memo.items() if isinstance(result, CellFault)}
    if not faults:
        return [memo[key] for key in keys]
    for position, key in zip(kept, keys, strict=True):
        if key in faults:
            message = f"Cột {column.column.header}: {memo[key].message}"
            problems.error(memo[key].rule, table.title, table.cell(name, position), message)
    return [blank if key in faults else memo[key] for key in keys]


def _distinct(column: RawColumn, kept: list[int]) -> tuple[list, Callable[[Any], Value]]:
    """For each kept cell a key that equal cells share, and what makes a cell of a key.

    The value itself will do, unless number formats tell equal values apart, or True stands beside 1.
    """
    values = [column.values[position] for position in kept]
    if not column.percent and not column.yearless and bool not in set(map(type, values)):
        return values, Value
    formats = [
        (value, position in column.percent, position in column.yearless, type(value) is bool)
        for position, value in zip((column.merged.get(position, position) for position in kept), values, strict=True)
    ]
    return formats, lambda key: Value(*key[:3])


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
    values = [column.values[position] for position in kept]
    if values.count("") == len(values):
        return values
    if set(map(type, values)) <= {str}:
        return clean_all(values)
    return [_text(value) for value in values]


def _text(raw: object) -> str:
    return "" if raw is UNKNOWABLE else cells.text(Value(raw))


def swapped_days(table: Table, name: str, kept: Iterable[int]) -> int | None:
    """The first real date of a column in which an American Excel may have swapped day and month, else None.

    Such an Excel makes a date of `05/12/2026` (the 12th of May) and leaves `25/12/2026` as text.
    """
    column = table.columns.get(name)
    if column is None:
        return None
    first_real, late_text = None, False
    for position in kept:
        raw = column.values[position]
        if isinstance(raw, dt.date):
            if first_real is None and raw.day <= 12:
                first_real = position
        elif isinstance(raw, str) and not late_text and raw:
            late_text = _has_late_day(raw)
    return first_real if late_text else None


def _has_late_day(raw: str) -> bool:
    try:
        found = cells.due(Value(raw))
    except CellFault:
        return False
    return found.day > 12
