"""Reminders that were sent: which unit of which occurrence, when, by whom. Rows are only ever added."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lib.errors import DashboardError
from lib.store.audit import AuditEntry, add
from lib.store.database import WORKBOOK, Store, has
from lib.store.instants import read, written
from lib.store.tables import REMINDERS
from lib.words import OFFICE_ZONE


class AlreadyReminded(DashboardError):
    """Somebody else marked the same reminder as sent."""


@dataclass(frozen=True)
class Reminder:
    """One occurrence in one letter; `number` says which reminder of it to `unit` it was, `sample` whether the workbook
    said `Minh họa`."""

    unit: str
    task: str
    year: int
    number: int
    due_on: dt.date
    as_of: dt.date
    answer_by: dt.date
    sent_at: dt.datetime
    sent_by: str
    sample: bool


@dataclass(frozen=True)
class Reminded:
    """How often, and the office's day of the last time."""

    times: int
    last_on: dt.date


def add_reminders(store: Store, found: Sequence[Reminder], entry: AuditEntry, workbook: str = WORKBOOK) -> None:
    """Add them and a line of the log, all or nothing; AlreadyReminded where one of them is there."""
    rows = [{**vars(one), "workbook": workbook, "sent_at": written(one.sent_at)} for one in found]
    try:
        with store.writing() as connection:
            connection.execute(REMINDERS.insert(), rows)
            add(connection, entry)
    except IntegrityError as error:
        raise AlreadyReminded(
            "Trong lúc đó đã có người ghi văn bản này là đã gửi. Tải lại trang để xem lần đôn đốc mới nhất."
        ) from error


def reminders(store: Store, sample: bool, task: str | None = None, workbook: str = WORKBOOK) -> list[Reminder]:
    """All of them, or those of one task, oldest first; official data do not count what was sent for samples."""
    if not store.exists():
        return []
    chosen = select(REMINDERS).where(REMINDERS.c.workbook == workbook, REMINDERS.c.sample == sample)
    if task is not None:
        chosen = chosen.where(REMINDERS.c.task == task)
    with store.reading() as connection:
        if not has(connection, REMINDERS):
            return []
        rows = connection.execute(chosen.order_by(REMINDERS.c.sent_at)).mappings().all()
    return [_reminder(row) for row in rows]


def _reminder(row: dict) -> Reminder:
    facts = {name: value for name, value in row.items() if name != "workbook"}
    return Reminder(**facts | {"sent_at": read(row["sent_at"])})


def reminded(store: Store, sample: bool, workbook: str = WORKBOOK) -> dict[tuple[str, str, int], Reminded]:
    """(unit, task, year) -> how often it was reminded and when last."""
    found: dict[tuple[str, str, int], Reminded] = {}
    for one in reminders(store, sample, workbook=workbook):
        last_on = one.sent_at.astimezone(OFFICE_ZONE).date()
        found[one.unit, one.task, one.year] = Reminded(one.number, last_on)
    return found
