"""Links to the calendar of deadlines, for programs that cannot sign in. Only the hash of a link's secret is kept."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from lib.store.audit import AuditEntry, add
from lib.store.database import WORKBOOK, Store, has
from lib.store.instants import read, written
from lib.store.tables import CALENDAR_LINKS


@dataclass(frozen=True)
class CalendarLink:
    """One link: the hash of its secret, whose deadlines ("" for all), for whom, who made it; `revoked_at` once it no
    longer opens anything."""

    secret_hash: str
    unit: str
    given_to: str
    made_by: str
    made_at: dt.datetime
    revoked_at: dt.datetime | None = None


def calendar_links(store: Store, workbook: str = WORKBOOK) -> list[CalendarLink]:
    """Every link, newest first, revoked ones too."""
    if not store.exists():
        return []
    chosen = select(CALENDAR_LINKS).where(CALENDAR_LINKS.c.workbook == workbook)
    with store.reading() as connection:
        if not has(connection, CALENDAR_LINKS):
            return []
        rows = connection.execute(chosen.order_by(CALENDAR_LINKS.c.made_at.desc())).mappings().all()
    return [_link(row) for row in rows]


def find_link(store: Store, secret_hash: str, workbook: str = WORKBOOK) -> CalendarLink | None:
    """The link of that secret that still opens; None for a wrong or revoked one."""
    found = (link for link in calendar_links(store, workbook) if link.secret_hash == secret_hash)
    return next((link for link in found if link.revoked_at is None), None)


def add_link(store: Store, link: CalendarLink, entry: AuditEntry, workbook: str = WORKBOOK) -> None:
    """Add a link and a line of the log."""
    row = {**vars(link), "workbook": workbook, "made_at": written(link.made_at)}
    with store.writing() as connection:
        connection.execute(CALENDAR_LINKS.insert().values(**row))
        add(connection, entry)


def end_link(store: Store, secret_hash: str, entry: AuditEntry, workbook: str = WORKBOOK) -> None:
    """Make a link open nothing any more, at the instant of `entry`; nothing where there is none, or it was revoked."""
    alive = (CALENDAR_LINKS.c.secret_hash == secret_hash) & (CALENDAR_LINKS.c.workbook == workbook)
    alive &= CALENDAR_LINKS.c.revoked_at.is_(None)
    with store.writing() as connection:
        if connection.execute(CALENDAR_LINKS.update().where(alive).values(revoked_at=written(entry.at))).rowcount:
            add(connection, entry)


def _link(row: dict) -> CalendarLink:
    facts = {name: value for name, value in row.items() if name != "workbook"}
    return CalendarLink(**facts | {"made_at": read(row["made_at"]), "revoked_at": read(row["revoked_at"])})
