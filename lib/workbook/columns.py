"""A whole column read at once: each distinct cell is understood once, each fault is reported at every cell it is in."""

import datetime as dt
from collections.abc import Callable, Sequence
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
        return list(map(memo.__getitem__, keys))
    for position, key in zip(kept, keys, strict=True):
        if key in faults:
            message = f"Cột {column.column.header}: {memo[key].message}"
            problems.error(memo[key].rule, table.title, table.cell(name, position), message)
    return [blank if key in faults else memo[key] for key in keys]


def _kept(column: RawColumn, kept: list[int]) -> Sequence[object]:
    """The values of the kept rows, which nearly always follow one another."""
    if kept and kept[-1] - kept[0] + 1 == len(kept):
        return column.values[kept[0] : kept[-1] + 1]
    return [column.values[position] for position in kept]


def _distinct(column: RawColumn, kept: list[int]) -> tuple[Sequence, Callable[[Any], Value]]:
    """For each kept cell a key that equal cells share, and what makes a cell of a key.

    The value itself will do, unless number formats tell equal values apart, or True stands beside 1.
    """
    values = _kept(column, kept)
    if bool not in set(map(type, values)):
        if not column.percent and not column.yearless:
            return values, Value
        if not column.yearless and _all_percent(column, kept):
            return values, lambda value: Value(value, percent=True)
    formats = [
        (value, position in column.percent, position in column.yearless, type(value) is bool)
        for position, value in zip((column.merged.get(position, position) for position in kept), values, strict=True)
    ]
    return formats, lambda key: Value(*key[:3])


def _all_percent(column: RawColumn, kept: list[int]) -> bool:
    """Whether every filled cell shows a percentage, as in a column that was formatted as a whole."""
    others = [position for position in kept if position not in column.percent]
    return not column.merged and all(column.values[position] == "" for position in others)


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
    values = _kept(column, kept)
    if values.count("") == len(values):
        return [""] * len(values)
    if set(map(type, values)) <= {str}:
        return clean_all(values)
    return [_text(value) for value in values]


def _text(raw: object) -> str:
    return "" if raw is UNKNOWABLE else cells.text(Value(raw))


def swapped_days(table: Table, name: str, kept: list[int]) -> int | None:
    """The first real date of a column in which an American Excel may have swapped day and month, else None.

    Such an Excel makes a date of `05/12/2026` (the 12th of May) and leaves `25/12/2026` as text.
    """
    column = table.columns.get(name)
    if column is None:
        return None
    if not any(map(_has_late_day, set(_kept(column, kept)))):
        return None
    early = (position for position in kept if _is_early(column.values[position]))
    return next(early, None)


def _is_early(raw: object) -> bool:
    return isinstance(raw, dt.date) and raw.day <= 12


def _has_late_day(raw: object) -> bool:
    if not isinstance(raw, str) or not raw:
        return False
    try:
        found = cells.due(Value(raw))
    except CellFault:
        return False
    return found.day > 12
