"""Days on which the figures were discussed."""

import datetime as dt

from sqlalchemy import select

from lib.store.database import WORKBOOK, Store
from lib.store.instants import written
from lib.store.tables import MEETINGS


def meetings(store: Store, workbook: str = WORKBOOK) -> list[dt.date]:
    """The days, newest first."""
    if not store.exists():
        return []
    chosen = select(MEETINGS.c.held_on).where(MEETINGS.c.workbook == workbook).order_by(MEETINGS.c.held_on.desc())
    with store.reading() as connection:
        return list(connection.execute(chosen).scalars())


def record_meeting(store: Store, held_on: dt.date, by: str, at: dt.datetime, workbook: str = WORKBOOK) -> None:
    """Add a day; one that is there already stays as it is."""
    with store.writing() as connection:
        known = select(MEETINGS.c.held_on).where(MEETINGS.c.workbook == workbook, MEETINGS.c.held_on == held_on)
        if connection.execute(known).one_or_none() is None:
            row = {"workbook": workbook, "held_on": held_on, "recorded_by": by, "recorded_at": written(at)}
            connection.execute(MEETINGS.insert().values(**row))
