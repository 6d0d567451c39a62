"""Published versions: added one after another, never changed, never deleted.

What was there before the first publication (`starting`) is version 1; it is stored when the second one is.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from lib.errors import DashboardError
from lib.store import starting
from lib.store.audit import AuditEntry, add
from lib.store.database import WORKBOOK, Store
from lib.store.dues import Due, keep_dues
from lib.store.instants import read, written
from lib.store.shared_state import keep_pending
from lib.store.tables import CONTENTS, VERSIONS
from lib.words import office_time

STARTING_REASON = "Sổ có từ trước lần công bố đầu tiên"
STARTING_AUTHOR = "Chương trình"


class Source(StrEnum):
    """How a version came to be."""

    STARTING = "starting"
    UPLOAD = "upload"
    SHARED = "shared"
    RESTORE = "restore"


@dataclass(frozen=True)
class Version:
    """One published workbook.

    published_at: None for the workbook that was there from the start. figures: `summary.figures` of the day of
    publishing, {} where there are none.
    """

    workbook: str
    number: int
    digest: str
    file_name: str
    published_at: dt.datetime | None
    published_by: str
    reason: str
    source: Source
    parent: int | None
    restored_from: int | None
    figures: Mapping = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        """The first digits of the digest, as people read them out."""
        return f"{self.digest[:4]}-{self.digest[4:8]}".upper()

    @property
    def label(self) -> str:
        """Number and code."""
        return f"{self.number} ({self.code})"

    @property
    def shipped(self) -> bool:
        """Whether these are the bytes that the product ships."""
        return self.source == Source.STARTING and self.file_name == starting.SHIPPED.name


@dataclass(frozen=True)
class Published:
    """A version with its bytes."""

    version: Version
    data: bytes


class PublishedMeanwhile(DashboardError):
    """Somebody else published since the comparison was made; `version` is theirs."""

    def __init__(self, version: Version) -> None:
        when = f" lúc {office_time(version.published_at)}" if version.published_at else ""
        super().__init__(
            f"Trong lúc đó {version.published_by} đã công bố phiên bản {version.number}{when} "
            f"(lý do: {version.reason}). Chưa có gì của bạn bị mất: hãy xem lại so sánh với phiên bản đó rồi công bố."
        )
        self.version = version


@dataclass(frozen=True)
class Draft:
    """What is to be published: bytes, who, when and why.

    dues: the due day of every occurrence; starting_dues: those of the starting workbook, kept when it becomes version
    1. replaces: the digest of the shared file that these bytes may replace; the write is noted in the same transaction.
    """

    data: bytes
    file_name: str
    by: str
    at: dt.datetime
    reason: str
    source: Source
    restored_from: int | None = None
    figures: Mapping = field(default_factory=dict)
    dues: Sequence[Due] = ()
    starting_dues: Sequence[Due] = ()
    replaces: str | None = None
    audit: AuditEntry | None = None


def digest_of(data: bytes) -> str:
    """The SHA-256 by which bytes are known."""
    return hashlib.sha256(data).hexdigest()


def current(store: Store, workbook: str = WORKBOOK) -> Published:
    """The latest version; the starting workbook where none was ever published."""
    version = history(store, workbook, limit=1)[0]
    return Published(version, content(store, version))


def revision(store: Store, workbook: str = WORKBOOK) -> tuple:
    """What changes, cheaply asked, whenever `current` may have changed."""
    if not store.exists():
        return starting.stamp(store.data_dir)
    with store.reading() as connection:
        number = _latest_number(connection, workbook)
    return (number,) if number else starting.stamp(store.data_dir)


def history(store: Store, workbook: str = WORKBOOK, limit: int | None = None) -> list[Version]:
    """Every version, newest first; the starting workbook alone where none was ever published."""
    if store.exists():
        chosen = select(VERSIONS).where(VERSIONS.c.workbook == workbook).order_by(VERSIONS.c.number.desc()).limit(limit)
        with store.reading() as connection:
            rows = connection.execute(chosen).all()
        if rows:
            return [_version(row) for row in rows]
    return [_starting(starting.current(store.data_dir), workbook)]


def find(store: Store, number: int, workbook: str = WORKBOOK) -> Version:
    """A version by its number; DashboardError where there is none."""
    found = next((version for version in history(store, workbook) if version.number == number), None)
    if found is None:
        raise DashboardError(f"Chưa có phiên bản {number}. Chọn phiên bản trong trang Lịch sử.")
    return found


def in_force_at(store: Store, instant: dt.datetime, workbook: str = WORKBOOK) -> Version:
    """The version that was shown at an instant; the first one for the time before."""
    found = history(store, workbook)
    before = (version for version in found if version.published_at and version.published_at <= instant)
    return next(before, found[-1])


def content(store: Store, version: Version) -> bytes:
    """The bytes of a version; DashboardError where they are no longer what was published."""
    data = _stored(store, version.digest)
    if data is None and version.source == Source.STARTING:
        data = starting.current(store.data_dir).data
    if data is None or digest_of(data) != version.digest:
        raise DashboardError(
            f"Tệp của phiên bản {version.number} trong kho số liệu đã hỏng hoặc vừa được thay. Tải lại trang; nếu vẫn "
            "vậy, dựng lại kho từ bản sao lưu."
        )
    return data


def _stored(store: Store, digest: str) -> bytes | None:
    if not store.exists():
        return None
    with store.reading() as connection:
        return connection.execute(select(CONTENTS.c.data).where(CONTENTS.c.digest == digest)).scalar()


def publish(store: Store, draft: Draft, parent: int, workbook: str = WORKBOOK) -> Version:
    """Add a version after `parent` in one transaction.

    PublishedMeanwhile where `parent` is no longer the latest. The clock may have been set back: a version is never
    recorded as older than the one before it, so that the past stays what it was.
    """
    try:
        with store.writing() as connection:
            _keep_starting(connection, store, draft, workbook)
            latest = _latest(connection, workbook)
            if latest.number != parent:
                raise PublishedMeanwhile(latest)
            version = _draft_version(draft, latest, workbook)
            _insert(connection, version, draft.data)
            keep_dues(connection, workbook, version.number, draft.dues)
            if draft.replaces is not None:
                keep_pending(connection, workbook, version.digest, draft.replaces, draft.at)
            if draft.audit:
                add(connection, draft.audit)
    except IntegrityError as error:
        raise PublishedMeanwhile(history(store, workbook, limit=1)[0]) from error
    return version


def _keep_starting(connection: Connection, store: Store, draft: Draft, workbook: str) -> None:
    """Store what was shown before the first publication as version 1."""
    if _latest_number(connection, workbook):
        return
    found = starting.current(store.data_dir)
    version = _starting(found, workbook)
    _insert(connection, version, found.data)
    keep_dues(connection, workbook, version.number, draft.starting_dues)


def _draft_version(draft: Draft, latest: Version, workbook: str) -> Version:
    at = max(draft.at, latest.published_at) if latest.published_at else draft.at
    return Version(
        workbook, latest.number + 1, digest_of(draft.data), draft.file_name, at, draft.by, draft.reason, draft.source,
        latest.number, draft.restored_from, draft.figures,
    )  # fmt: skip


def _insert(connection: Connection, version: Version, data: bytes) -> None:
    known = connection.execute(select(CONTENTS.c.size).where(CONTENTS.c.digest == version.digest)).scalar()
    if known is None:
        connection.execute(CONTENTS.insert().values(digest=version.digest, data=data, size=len(data)))
    row = {column.name: getattr(version, column.name) for column in VERSIONS.columns}
    row |= {
        "published_at": written(version.published_at) if version.published_at else None,
        "source": version.source.value,
        "figures": json.dumps(version.figures, ensure_ascii=False),
    }
    connection.execute(VERSIONS.insert().values(**row))


def _latest_number(connection: Connection, workbook: str) -> int | None:
    chosen = select(VERSIONS.c.number).where(VERSIONS.c.workbook == workbook).order_by(VERSIONS.c.number.desc())
    return connection.execute(chosen.limit(1)).scalar()


def _latest(connection: Connection, workbook: str) -> Version:
    chosen = select(VERSIONS).where(VERSIONS.c.workbook == workbook).order_by(VERSIONS.c.number.desc()).limit(1)
    return _version(connection.execute(chosen).one())


def _version(row: Row) -> Version:
    facts = row._asdict()
    facts |= {
        "published_at": read(row.published_at),
        "source": Source(row.source),
        "figures": json.loads(row.figures),
    }
    return Version(**facts)


def _starting(found: starting.Starting, workbook: str) -> Version:
    digest = digest_of(found.data)
    return Version(
        workbook, 1, digest, found.file_name, None, STARTING_AUTHOR, STARTING_REASON, Source.STARTING, None, None, {}
    )
