"""The due day of every occurrence through all versions: the first one stays, each move is kept beside it.

See docs/quy-tac-tinh.md, "Hạn công bố lần đầu".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from lib.store.database import WORKBOOK, Store
from lib.store.instants import read
from lib.store.tables import DUES, VERSIONS

COLUMNS = ("task", "year", "first_due_on", "due_on", "moves", "number", "published_by", "published_at", "reason")


@dataclass(frozen=True)
class Due:
    """The due day of an occurrence; `sample` where the workbook says `Minh họa`."""

    task: str
    year: int
    due_on: dt.date
    sample: bool


def keep_dues(connection: Connection, workbook: str, number: int, dues: Sequence[Due]) -> None:
    """Add a row for each due day that is new or differs from the last one kept."""
    if not dues:
        return
    chosen = select(DUES).where(DUES.c.workbook == workbook).order_by(DUES.c.number)
    last = {(row.sample, row.task, row.year): row.due_on for row in connection.execute(chosen)}
    rows = [
        {"workbook": workbook, "number": number, **vars(due)}
        for due in dues
        if last.get((due.sample, due.task, due.year)) != due.due_on
    ]
    if rows:
        connection.execute(DUES.insert(), rows)


def moved_dues(store: Store, upto: int, sample: bool, workbook: str = WORKBOOK) -> pd.DataFrame:
    """The occurrences whose due day at version `upto` is not the first that was published.

    task, year, first_due_on, due_on (days), moves (how often it was changed); number, published_by, published_at and
    reason of the version that changed it last. Official data count from the first official version.
    """
    if not store.exists():
        return _frame([])
    with store.reading() as connection:
        rows = connection.execute(_changed(upto, sample, workbook)).all()
    courses: dict[tuple[str, int], list] = {}
    for row in rows:
        courses.setdefault((row.task, row.year), []).append(row)
    return _frame([_move(course) for course in courses.values() if course[0].due_on != course[-1].due_on])


def _changed(upto: int, sample: bool, workbook: str) -> Select:
    """The course of every due day that has more than one: few of thousands."""
    kept = (DUES.c.workbook == workbook, DUES.c.sample == sample, DUES.c.number <= upto)
    several = select(DUES.c.task, DUES.c.year).where(*kept).group_by(DUES.c.task, DUES.c.year)
    several = several.having(func.count() > 1).subquery()
    return (
        select(DUES, VERSIONS.c.published_by, VERSIONS.c.published_at, VERSIONS.c.reason)
        .join(VERSIONS, (VERSIONS.c.workbook == DUES.c.workbook) & (VERSIONS.c.number == DUES.c.number))
        .join(several, (several.c.task == DUES.c.task) & (several.c.year == DUES.c.year))
        .where(*kept)
        .order_by(DUES.c.task, DUES.c.year, DUES.c.number)
    )


def _move(course: list) -> tuple:
    first, last = course[0], course[-1]
    moves = len(course) - 1
    by = (last.number, last.published_by, read(last.published_at), last.reason)
    return (first.task, first.year, first.due_on, last.due_on, moves, *by)


def _frame(rows: list[tuple]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    kinds = dict.fromkeys(("task", "published_by", "reason"), "str") | dict.fromkeys(
        ("year", "moves", "number"), "int64"
    )
    kinds |= dict.fromkeys(("first_due_on", "due_on"), "datetime64[s]")
    return frame.astype(kinds | {"published_at": "datetime64[us, UTC]"})
