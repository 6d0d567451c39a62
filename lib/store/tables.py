"""The database's tables. Times are UTC, as text in ISO 8601, so that both databases keep and order them alike."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

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
    Column("workbook", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", ForeignKey(CONTENTS.c.digest), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("published_at", String(32)),
    Column("published_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", String(20), nullable=False),
    Column("parent", Integer),
    Column("restored_from", Integer),
    Column("figures", Text, nullable=False),
)
"""What was published. `published_at` is NULL for the workbook that was there from the start. The primary key makes one
of two publishers who start from the same version fail."""

DUES = Table(
    "dues",
    METADATA,
    Column("workbook", String(100), primary_key=True),
    Column("sample", Boolean, primary_key=True),
    Column("task", String(100), primary_key=True),
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
    Column("who", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Index("audit_at", "at"),
)
"""Who did or tried what."""

SHARED = Table(
    "shared_workbooks",
    METADATA,
    Column("workbook", String(100), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("since", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("synced", String(64), nullable=False),
    Column("writing", String(64), nullable=False),
    Column("replacing", String(64), nullable=False),
)
"""The shared file of a workbook: how it stands, the digest that was last in step with what is published, and a write
that must still be finished (`writing` is the digest to put there, `replacing` the one it may replace)."""

MEETINGS = Table(
    "meetings",
    METADATA,
    Column("workbook", String(100), primary_key=True),
    Column("held_on", Date, primary_key=True),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", String(32), nullable=False),
)
"""Days on which the figures were discussed."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("shown_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)
"""Local accounts; `name` is folded, so that two spellings are one account."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("account", String(200), nullable=False),
    Column("shown_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("single_sign_on", Boolean, nullable=False),
    Column("address", Text, nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
)
"""Who is signed in. A token itself is kept nowhere."""

FAILURES = Table(
    "sign_in_failures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), nullable=False),
    Column("address", String(100), nullable=False),
    Column("at", String(32), nullable=False),
    Index("failures_of_account", "account", "at"),
    Index("failures_of_address", "address", "at"),
)
"""Wrong passwords, for slowing down and locking."""
