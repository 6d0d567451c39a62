"""What tests of publishing share: workbooks, inspectors, the steps to a publication."""

import datetime as dt
import os
from functools import cache
from pathlib import Path

from lib import accounts, publishing, store
from lib.compare import AlarmKind
from lib.publishing import Candidate, Request, SharedWorkbook, State
from lib.store import Published, SharedState, Store, Version
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.limits import Limits
from lib.workbook.reader import Reading
from tests.workbooks import progress, workbook, xlsx

AT = dt.datetime(2026, 11, 24, 2, 12, tzinfo=dt.UTC)  # 09:12 in the office
IDLE = 30
ROUND, MINUTE = dt.timedelta(seconds=2), dt.timedelta(minutes=1)
NAME, OTHER = "Nguyễn Thị Bình", "Trần Văn Cường"


@cache
def book(percent: int = 60, due: str = "31/12/2027", more: str = "", note: str = "") -> bytes:
    """A workbook with one report for 2.1.1 in 2025: another percentage alarms nobody, a later due day does.

    more: another row. note: what stands on a sheet of its own, which says nothing to the program.
    """
    rows = progress(f"2.1.1 | 2025 | {due} | Đang thực hiện | {percent} | | | Công văn số 5", more)
    return xlsx(workbook(rows, f"# Nháp\nGhi chú\n{note}"))


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


class Share:
    """A shared file, the store beside it, and the one who follows the file."""

    def __init__(self, kept: Store, path: Path) -> None:
        self.kept, self.path, self.at = kept, path, AT
        self._saves = 0
        self.restart()

    def restart(self, limits: Limits | None = None) -> None:
        """The server begins anew."""
        self.follower = SharedWorkbook(self.kept, self.path, limits or Limits())

    def save(self, data: bytes) -> None:
        """Somebody saves the file."""
        self.path.write_bytes(data)
        self._saves += 1
        os.utime(self.path, ns=(0, self._saves * 10**9))

    def rounds(self, number: int = 1) -> State | None:
        """So many rounds go by; how the file stands then."""
        for _ in range(number):
            self.at += ROUND
            found = self.follower.tick(self.at)
        assert found is None or found == store.shared(self.kept), "what is said is kept"
        return State(found.state) if found else None

    def settle(self, data: bytes) -> State | None:
        """Somebody saves the file and enough rounds go by."""
        self.save(data)
        return self.rounds(2)

    def wait(self, span: dt.timedelta) -> None:
        self.at += span

    def open_in_excel(self) -> Path:
        lock = self.path.with_name(f"~${self.path.name}")
        lock.write_bytes(b"\x03Hoa")
        return lock

    @property
    def state(self) -> SharedState:
        return store.shared(self.kept)

    @property
    def numbers(self) -> list[int]:
        return [version.number for version in store.history(self.kept)]

    @property
    def shown(self) -> bytes:
        return store.current(self.kept).data


def begun(kept: Store, folder: Path) -> Share:
    """A share whose file was published as version 2."""
    kept.data_dir.mkdir(exist_ok=True)
    put_first(kept, book(50))
    path = folder / "chung" / "so.xlsx"
    path.parent.mkdir()
    made = Share(kept, path)
    made.settle(book(60))
    return made
