"""What an accepted workbook holds and the product does not see, or sees as something else.

What only the product sees (it forgives more than other libraries do) is no loss.
"""

import datetime as dt
from collections.abc import Iterator

from lib.text import clean
from lib.workbook.guards import inspect
from lib.workbook.limits import Limits
from lib.workbook.sheets import Sheet, read_sheets
from tests.hostile import independent


def unnoticed(data: bytes, kind: str) -> str:
    """The first difference in words, "" where there is none or no other library can read the bytes."""
    theirs = independent.sheets(data, kind)
    if theirs is None:
        return ""
    ours = {sheet.name: sheet for sheet in read_sheets(data, inspect(data), Limits())}
    return next((said for sheet in theirs for said in _of_sheet(ours.get(sheet.name), sheet)), "")


def _of_sheet(ours: Sheet | None, theirs: Sheet) -> Iterator[str]:
    filled = list(_filled(theirs))
    if ours is None:
        yield from [f"sheet {theirs.name} is not seen"] if filled else []
        return
    for row, column, value in filled:
        place = (row, column)
        told = place in ours.errors or place in ours.uncalculated
        if not told and not _holds(_at(ours, row, column), value):
            yield f"{theirs.name} {place}: {_at(ours, row, column)!r}, elsewhere {value!r}"
        if isinstance(value, float | dt.date):
            yield from _formats(ours, theirs, row, column)
    broken = theirs.errors.keys() | theirs.uncalculated
    if lost := [place for place in broken - ours.errors.keys() - ours.uncalculated if _at(ours, *place) == ""]:
        yield f"{theirs.name}: not told of {sorted(lost)[:3]}"
    if theirs.merges and set(ours.merges) != set(theirs.merges):
        yield f"{theirs.name}: merges {ours.merges}, elsewhere {theirs.merges}"


def _filled(sheet: Sheet) -> Iterator[tuple[int, int, object]]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if value != "" and not (isinstance(value, str) and not clean(value)):
                yield row, column, value


def _at(sheet: Sheet, row: int, column: int) -> object:
    return sheet.rows[row][column] if row < len(sheet.rows) and column < len(sheet.rows[row]) else ""


def _holds(ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return clean(theirs) in clean(ours)
    if isinstance(ours, float) and isinstance(theirs, dt.date):
        return True  # where a day was wanted, a number is an error, and the workbook was not accepted
    return _plain(ours) == _plain(theirs) and isinstance(ours, bool) == isinstance(theirs, bool)


def _plain(value: object) -> object:
    """A day as a day with a time; what has no day (a length of time) is compared by neither library alike."""
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return value


def _formats(ours: Sheet, theirs: Sheet, row: int, column: int) -> Iterator[str]:
    for name in ("percent", "yearless"):
        one, other = (row in getattr(sheet, name).get(column, ()) for sheet in (ours, theirs))
        if one != other:
            yield f"{theirs.name} {(row, column)}: {name} {one}, elsewhere {other}"
