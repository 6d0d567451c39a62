"""The log: who did or tried what. Rows are only ever added."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from lib.store.database import Store
from lib.store.instants import read, written
from lib.store.tables import AUDIT


class Action(StrEnum):
    """What is logged."""

    SIGN_IN = "sign-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    LOCKED = "locked"
    SIGN_OUT = "sign-out"
    PUBLISHED = "published"
    PUBLISH_REFUSED = "publish-refused"
    RESTORED = "restored"
    ACCOUNT_ADDED = "account-added"
    ACCOUNT_CHANGED = "account-changed"
    SHARED_HELD = "shared-held"
    SHARED_WRITTEN = "shared-written"
    FIRST_CODE = "first-code"
    BACKUP = "backup"
    REMINDED = "reminded"
    CALENDAR_LINK = "calendar-link"


@dataclass(frozen=True)
class AuditEntry:
    """One line: `who` and `address` may be blank, `detail` is a Vietnamese sentence without secrets."""

    at: dt.datetime
    who: str
    address: str
    action: Action
    detail: str


def record(store: Store, entry: AuditEntry) -> None:
    """Add a line."""
    with store.writing() as connection:
        add(connection, entry)


def add(connection: Connection, entry: AuditEntry) -> None:
    """Add a line within a transaction that does more."""
    row = {"at": written(entry.at), "who": entry.who, "address": entry.address}
    connection.execute(AUDIT.insert().values(**row, action=entry.action.value, detail=entry.detail))


def entries(store: Store, limit: int = 500) -> list[AuditEntry]:
    """The latest lines, newest first."""
    if not store.exists():
        return []
    chosen = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
    with store.reading() as connection:
        rows = connection.execute(chosen).all()
    return [AuditEntry(read(row.at), row.who, row.address, Action(row.action), row.detail) for row in rows]
