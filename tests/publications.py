"""What tests of publishing share: workbooks, inspectors, the steps to a publication."""

import datetime as dt
from functools import cache

from lib import accounts, publishing, store
from lib.compare import AlarmKind
from lib.publishing import Candidate, Request
from lib.store import Published, Store, Version
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.reader import Reading
from tests.workbooks import progress, workbook, xlsx

AT = dt.datetime(2026, 11, 24, 2, 12, tzinfo=dt.UTC)  # 09:12 in the office
IDLE = 30
NAME, OTHER = "Nguyễn Thị Bình", "Trần Văn Cường"


@cache
def book(percent: int = 60, state: str = "Đang thực hiện", due: str = "31/12/2027", more: str = "") -> bytes:
    """A workbook with one report for 2.1.1 in 2025: a higher percentage alarms nobody, a later due day does."""
    return xlsx(workbook(progress(f"2.1.1 | 2025 | {due} | {state} | {percent} | | | Công văn số 5", more)))


@cache
def faulty() -> bytes:
    """A workbook with two errors."""
    return xlsx(workbook(progress("2.1.1 | 2025 | | Đang làm | 60", "2.1.2 | 2025 | 31/02/2026 | Đang thực hiện | 60")))


@cache
def read(data: bytes) -> Reading:
    return reader.parse(data)


def token(kept: Store, name: str = NAME, inspects: bool = True, at: dt.datetime = AT) -> str:
    """Somebody signed in, without the price of a password's hash."""
    mail = f"{name}@example.vn"
    return accounts.sign_in_single(kept, mail, name, [mail] if inspects else [], "10.0.0.7", at)


def candidate(
    kept: Store, data: bytes, seen: str = "", name: str = "so.xlsx", against: Published | None = None
) -> Candidate:
    """`data` examined against what is published, or against an earlier look at it."""
    published = against or store.current(kept)
    return publishing.examine(
        read(data), data, name, published, read(published.data), AT.astimezone(OFFICE_ZONE).date(), seen
    )


def request(who: str | None, reason: str = "báo cáo tháng 11", confirmed=tuple(AlarmKind), at=AT, **more) -> Request:
    return Request(who, at, IDLE, reason, confirmed, "10.0.0.7", **more)


def publish(kept: Store, data: bytes, shared=None, who: str | None = None, seen: str = "", at=AT) -> Version:
    """All that an inspector does on the page."""
    who = who or token(kept, at=at)
    return publishing.publish(kept, candidate(kept, data, seen), request(who, at=at), shared)


def put_first(kept: Store, data: bytes) -> None:
    """`data` as the workbook from before the first publication."""
    (kept.data_dir / "so-theo-doi.xlsx").write_bytes(data)
