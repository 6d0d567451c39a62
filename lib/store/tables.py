"""The database's tables. Times are UTC, as text in ISO 8601, so that both databases keep and order them alike."""

import re
from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL keeps no NUL, neither keeps halves of characters; whoever types them must not stop anything."""


class Words(TypeDecorator):
    """Text that people or files give, of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        """Without what no database keeps, when it is stored and when it is looked for."""
        return value if value is None else _NOT_KEPT.sub("", value)


METADATA = MetaData()

SCHEMA = Table(
    "schema_versions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
)
"""Which form the tables have; one row."""

CONTENTS = Table(
    "contents",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
)
"""Bytes by their SHA-256, each kept once and never changed."""

VERSIONS = Table(
    "versions",
    METADATA,
    Column("workbook", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", ForeignKey(CONTENTS.c.digest), nullable=False),
    Column("file_name", Words, nullable=False),
    Column("published_at", String(32)),
    Column("published_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("source", String(20), nullable=False),
    Column("parent", Integer),
    Column("restored_from", Integer),
    Column("figures", Words, nullable=False),
)
"""What was published. `published_at` is NULL for the workbook that was there from the start. The primary key makes one
of two publishers who start from the same version fail."""

DUES = Table(
    "dues",
    METADATA,
    Column("workbook", Words, primary_key=True),
    Column("sample", Boolean, primary_key=True),
    Column("task", Words, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("due_on", Date, nullable=False),
)
"""The due day of an occurrence, a row for the version that first set it and for each that moved it."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("who", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("action", String(40), nullable=False),
    Column("detail", Words, nullable=False),
    Index("audit_at", "at"),
)
"""Who did or tried what."""

SHARED = Table(
    "shared_workbooks",
    METADATA,
    Column("workbook", Words, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("since", String(32), nullable=False),
    Column("detail", Words, nullable=False),
    Column("synced", String(64), nullable=False),
    Column("writing", String(64), nullable=False),
    Column("replacing", String(64), nullable=False),
)
"""The shared file of a workbook: how it stands, the digest that was last in step with what is published, and a write
that must still be finished (`writing` is the digest to put there, `replacing` the one it may replace)."""

MEETINGS = Table(
    "meetings",
    METADATA,
    Column("workbook", Words, primary_key=True),
    Column("held_on", Date, primary_key=True),
    Column("recorded_by", Words, nullable=False),
    Column("recorded_at", String(32), nullable=False),
)
"""Days on which the figures were discussed."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("shown_name", Words, nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)
"""Local accounts; `name` is folded, so that two spellings are one account."""

REMINDERS = Table(
    "reminders",
    METADATA,
    Column("workbook", Words, primary_key=True),
    Column("sample", Boolean, primary_key=True),
    Column("unit", Words, primary_key=True),
    Column("task", Words, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("due_on", Date, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("sent_at", String(32), nullable=False),
    Column("sent_by", Words, nullable=False),
)
"""Which unit was reminded of which occurrence: a row for each time, `number` counting them. The primary key lets one of
two people who mark the same letter as sent do so."""

CALENDAR_LINKS = Table(
    "calendar_links",
    METADATA,
    Column("secret_hash", String(64), primary_key=True),
    Column("workbook", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("given_to", Words, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("revoked_at", String(32)),
)
"""Links to the calendar where viewing is closed; `unit` is "" for the whole plan. A secret itself is kept nowhere."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("account", Words, nullable=False),
    Column("shown_name", Words, nullable=False),
    Column("role", String(20), nullable=False),
    Column("single_sign_on", Boolean, nullable=False),
    Column("address", Words, nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
)
"""Who is signed in. A token itself is kept nowhere."""

FAILURES = Table(
    "sign_in_failures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("at", String(32), nullable=False),
    Index("failures_of_account", "account", "at"),
    Index("failures_of_address", "address", "at"),
)
"""Wrong passwords, for slowing down and locking."""

FORM = 2
"""Of the tables: a database of a later form is refused, one of an earlier form gets what it lacks when written."""

_SINCE = {REMINDERS: 2, CALENDAR_LINKS: 2}


def of_form(number: int) -> list[Table]:
    """The tables that a database of that form has, what others refer to first."""
    return [table for table in METADATA.sorted_tables if _SINCE.get(table, 1) <= number]
