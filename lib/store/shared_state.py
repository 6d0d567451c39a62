"""How the shared file of a workbook stands, so that "since when" outlives a restart; and the write still to be done."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lib.store.database import WORKBOOK, Store
from lib.store.instants import read, written
from lib.store.tables import SHARED

WRITING = "writing"
"""The state while an inspector's version still has to be put in the place of the shared file."""


@dataclass(frozen=True)
class SharedState:
    """As in `tables.SHARED`: state, the digest it is about, since when, what is to be said; the pending write."""

    workbook: str
    state: str
    digest: str
    since: dt.datetime
    detail: str = ""
    synced: str = ""
    writing: str = ""
    replacing: str = ""


def shared(store: Store, workbook: str = WORKBOOK) -> SharedState | None:
    """How the shared file stands; None where none was ever followed."""
    if not store.exists():
        return None
    with store.reading() as connection:
        return _shared(connection, workbook)


def _shared(connection: Connection, workbook: str) -> SharedState | None:
    row = connection.execute(select(SHARED).where(SHARED.c.workbook == workbook)).one_or_none()
    return SharedState(**row._asdict() | {"since": read(row.since)}) if row else None


def keep_shared(store: Store, state: SharedState) -> None:
    """Put `state` in the place of what was known."""
    with store.writing() as connection:
        _keep(connection, state)


def keep_pending(connection: Connection, workbook: str, writing: str, replacing: str, at: dt.datetime) -> None:
    """Note within a publication that the shared file `replacing` must become `writing`."""
    before = _shared(connection, workbook)
    synced = before.synced if before else ""
    _keep(connection, SharedState(workbook, WRITING, writing, at, "", synced, writing, replacing))


def _keep(connection: Connection, state: SharedState) -> None:
    connection.execute(SHARED.delete().where(SHARED.c.workbook == state.workbook))
    connection.execute(SHARED.insert().values(**vars(state) | {"since": written(state.since)}))
