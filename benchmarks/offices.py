"""An office as it is after a while: a data folder with two published versions, a meeting, an inspector signed in."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from benchmarks import workbooks
from lib import accounts, publishing, store
from lib.clock import now, today
from lib.compare import AlarmKind
from lib.publishing import Request
from lib.store import Store
from lib.workbook import reader

MINUTES = 600
MODELS = 10


@dataclass(frozen=True)
class Office:
    """Where its data lie, how many tasks its plan has, the token of its inspector's session."""

    folder: Path
    tasks: int
    token: str


def made(folder: Path, tasks: int) -> Office:
    """An office whose last publication added one task in fifty; its last meeting was before that."""
    folder.mkdir(parents=True)
    workbooks.write(folder / f"{store.PUBLISHED_STEM}.xlsx", tasks - max(tasks // 50, 1), MODELS)
    kept = Store(folder)
    token = accounts.sign_in_single(kept, "bench@example.vn", "Nguyễn Thị Đo", ["bench@example.vn"], "", now())
    publish(kept, token, workbooks.made(tasks, MODELS))
    store.record_meeting(kept, today() - dt.timedelta(days=14), "Nguyễn Thị Đo", now())
    return Office(folder, tasks, token)


def publish(kept: Store, token: str, data: bytes) -> None:
    """All that an inspector does on the page."""
    before = store.current(kept)
    candidate = publishing.examine(reader.parse(data), data, "so.xlsx", before, reader.parse(before.data), today(), "")
    request = Request(token, now(), MINUTES, "báo cáo hằng tháng", tuple(AlarmKind))
    publishing.publish(kept, candidate, request)
