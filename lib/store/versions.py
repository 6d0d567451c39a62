"""Published versions: added one after another, never changed, never deleted.

What was there before the first publication (`starting`) is version 1; it is stored when the second one is.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Row, Select, select

from lib.errors import DashboardError
from lib.store import starting
from lib.store.database import WORKBOOK, Store
from lib.store.instants import read, written
from lib.store.tables import CONTENTS, VERSIONS

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
        return code_of(self.digest)

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


def digest_of(data: bytes) -> str:
    """The SHA-256 by which bytes are known."""
    return hashlib.sha256(data).hexdigest()


def code_of(digest: str) -> str:
    """The first digits of a digest, as people read them out."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def current(store: Store, workbook: str = WORKBOOK) -> Published:
    """The latest version; the starting workbook where none was ever published."""
    stored = _stored(store, of_workbook(workbook).limit(1))
    if stored:
        return Published(stored[0], content(store, stored[0]))
    found = starting.current(store.data_dir)
    return Published(as_version(found, workbook), found.data)


def revision(store: Store, workbook: str = WORKBOOK) -> tuple:
    """What changes, cheaply asked, whenever `current` may have changed."""
    return newest(store, workbook) or starting.stamp(store.data_dir)


def newest(store: Store, workbook: str = WORKBOOK) -> tuple[int, str] | None:
    """Number and digest of the last published version; None where none was ever published."""
    latest = _rows(store, of_workbook(workbook).with_only_columns(VERSIONS.c.number, VERSIONS.c.digest).limit(1))
    return tuple(latest[0]) if latest else None


def history(store: Store, workbook: str = WORKBOOK, limit: int | None = None) -> list[Version]:
    """The last `limit` versions, or every one, newest first; the starting workbook where none was ever published."""
    return _stored(store, of_workbook(workbook).limit(limit)) or [_first(store, workbook)]


def find(store: Store, number: int, workbook: str = WORKBOOK) -> Version:
    """A version by its number; DashboardError where there is none."""
    found = _stored(store, of_workbook(workbook).where(VERSIONS.c.number == number))
    if found:
        return found[0]
    if number == 1 and not _stored(store, of_workbook(workbook).limit(1)):
        return _first(store, workbook)
    raise DashboardError(f"Chưa có phiên bản {number}. Chọn phiên bản trong trang Lịch sử.")


def in_force_at(store: Store, instant: dt.datetime, workbook: str = WORKBOOK) -> Version:
    """The version that was shown at an instant; the first one for the time before."""
    before = _stored(store, of_workbook(workbook).where(VERSIONS.c.published_at <= written(instant)).limit(1))
    return before[0] if before else find(store, 1, workbook)


def content(store: Store, version: Version) -> bytes:
    """The bytes of a version; DashboardError where they are no longer what was published."""
    rows = _rows(store, select(CONTENTS.c.data).where(CONTENTS.c.digest == version.digest))
    if rows:
        return whole(rows[0].data, version)
    found = starting.current(store.data_dir).data if version.source == Source.STARTING else b""
    return whole(found, version)


def whole(data: bytes, version: Version) -> bytes:
    """`data`; DashboardError where they are not what `version` published."""
    if digest_of(data) != version.digest:
        raise DashboardError(
            f"Tệp của phiên bản {version.number} trong kho số liệu đã hỏng hoặc vừa được thay. Tải lại trang; nếu vẫn "
            "vậy, dựng lại kho từ bản sao lưu."
        )
    return data


def of_workbook(workbook: str) -> Select:
    """The versions of a workbook, newest first."""
    return select(VERSIONS).where(VERSIONS.c.workbook == workbook).order_by(VERSIONS.c.number.desc())


def version_of(row: Row) -> Version:
    """A row of `tables.VERSIONS` as a version."""
    facts = row._asdict()
    facts |= {
        "published_at": read(row.published_at),
        "source": Source(row.source),
        "figures": json.loads(row.figures),
    }
    return Version(**facts)


def as_version(found: starting.Starting, workbook: str) -> Version:
    """The starting workbook as version 1."""
    digest = digest_of(found.data)
    return Version(
        workbook, 1, digest, found.file_name, None, STARTING_AUTHOR, STARTING_REASON, Source.STARTING, None, None, {}
    )


def _stored(store: Store, chosen: Select) -> list[Version]:
    return [version_of(row) for row in _rows(store, chosen)]


def _rows(store: Store, chosen: Select) -> Sequence[Row]:
    if not store.exists():
        return []
    with store.reading() as connection:
        return connection.execute(chosen).all()


def _first(store: Store, workbook: str) -> Version:
    return as_version(starting.current(store.data_dir), workbook)
