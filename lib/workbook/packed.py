"""A column as bytes between processes: what the reading process writes without numpy, and the server reads with it.

Text is joined and dates are numbers, so that neither side makes an object of each cell once more.
"""

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lib.workbook.shape import DAY, LIST, NUMBER, TEXT, WHOLE

END = "\0"
"""Stands after every text."""
NO_DAY = -(2**63)
"""The number that numpy takes for a day that is not there."""
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Packed:
    """A column of `rows` values; `data` holds texts or numbers, one after another.

    `values`, where there are any, are what the numbers choose from; without `data` they are the column itself.
    """

    rows: int
    data: bytes | memoryview = b""
    values: list[Any] | None = None


def pack_column(values: Sequence, kind: str) -> Packed:
    """The column, in the shortest form that its kind and values allow."""
    if kind == TEXT:
        return _texts(values)
    if kind == DAY:
        return Packed(len(values), _coded(values, {day: _number_of(day) for day in set(values)}))
    if kind == NUMBER:
        return Packed(len(values), array("d", [float("nan") if value is None else value for value in values]).tobytes())
    if kind == WHOLE:
        return Packed(len(values), array("q", values).tobytes())
    return _lists(values) if kind == LIST else Packed(len(values), values=list(values))


def _texts(values: Sequence) -> Packed:
    """Joined, unless one is missing or holds the end mark itself."""
    try:
        joined = END.join((*values, ""))
    except TypeError:
        return Packed(len(values), values=list(values))
    if joined.count(END) != len(values):
        return Packed(len(values), values=list(values))
    return Packed(len(values), joined.encode())


def _number_of(day: dt.date | None) -> int:
    return NO_DAY if day is None else day.toordinal() - _EPOCH


def _coded(values: Sequence, numbers: dict[Any, int]) -> bytes:
    return array("q", map(numbers.__getitem__, values)).tobytes()


def _lists(values: Sequence[list]) -> Packed:
    """Rows mostly share their lists: each is sent once."""
    distinct = {id(value): value for value in values}
    numbers = {identity: number for number, identity in enumerate(distinct)}
    return Packed(len(values), _coded(list(map(id, values)), numbers), list(distinct.values()))
