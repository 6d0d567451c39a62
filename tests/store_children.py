"""Processes that publish beside a test: one that stops at every step, to be killed there, and some that race; and how
to see that nothing of a version is missing."""

import datetime as dt
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import event

from lib import store
from lib.store import Action, AuditEntry, Draft, Due, PublishedMeanwhile, Source, Store

AT = dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC)
DONE = "done"
# A server that forks has imported everything once; Windows has none and starts each process anew.
_method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_processes = multiprocessing.get_context(_method)
if _method == "forkserver":
    _processes.set_forkserver_preload(["pytest", "psycopg", "sqlalchemy.dialects.postgresql", "tests.store_children"])


def draft(number: int, by: str = "A") -> Draft:
    """What becomes version `number`: bytes that say so, a deadline moved, a line for the log, a pending write."""
    due = Due("2.1.1", 2025, dt.date(2025, 1, 1) + dt.timedelta(days=number), False)
    entry = AuditEntry(AT, by, "", Action.PUBLISHED, str(number))
    data = f"{number} {by} ".encode() * 40_000
    return Draft(data, "so.xlsx", by, AT, "báo cáo", Source.UPLOAD, dues=[due], replaces="old", audit=entry)


def check_whole(kept: Store) -> int:
    """Everything of every version is there and nothing of any other; the latest number."""
    versions = store.history(kept)
    numbers = [version.number for version in versions]
    assert numbers == list(range(len(numbers), 0, -1))
    assert [store.content(kept, version) for version in versions[:-1]] == [draft(n).data for n in numbers[:-1]]
    assert store.content(kept, versions[-1]) == store.SHIPPED.read_bytes()
    assert [entry.detail for entry in store.entries(kept)] == [str(number) for number in numbers[:-1]]
    assert list(store.moved_dues(kept, 9999, False)["moves"]) == ([len(numbers) - 2] if len(numbers) > 2 else [])
    pending = store.shared(kept)
    assert (pending.writing if pending else None) == (versions[0].digest if len(numbers) > 1 else None)
    return numbers[0]


def _start(child: Any) -> None:
    """Start a process that is not led to the main module: a page's test leaves the dashboard there, which a new process
    would run first."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        child.start()
    finally:
        sys.modules["__main__"] = main


@contextmanager
def beside(work: Any, kept: Store, *arguments: object) -> Iterator[tuple[Any, Connection]]:
    """A process that does `work(pipe, folder, url, *arguments)`, and this end of its pipe; killed at the end."""
    here, there = _processes.Pipe()
    child = _processes.Process(target=work, args=(there, kept.data_dir, kept.url, *arguments))
    _start(child)
    there.close()
    try:
        yield child, here
    finally:
        child.kill()
        child.join()
        here.close()


def publish_by_steps(pipe: Connection, folder: Path, url: str, number: int) -> None:
    """Publish version `number`; before and after each statement and around the commit, wait to be told to go on."""
    kept = Store(folder, url)
    for target, name in [
        (kept.engine, "before_cursor_execute"),
        (kept.engine, "after_cursor_execute"),
        (kept.engine, "commit"),
        (kept.engine.pool, "connect"),
        (kept.engine.pool, "checkin"),
    ]:
        event.listen(target, name, lambda *_ignored, _name=name: _pause(pipe, _name))
    _write_early(kept)
    store.publish(kept, draft(number), number - 1)
    pipe.send(DONE)


def _pause(pipe: Connection, name: str) -> None:
    pipe.send(name)
    pipe.recv()


def _write_early(kept: Store) -> None:
    """SQLite writes to its file long before the commit when it may keep next to nothing in memory."""
    if kept.file is not None:
        event.listen(kept.engine, "connect", lambda made, _record: made.execute("PRAGMA cache_size = 1"))


def publish_on_and_on(pipe: Connection, folder: Path, url: str, pause: float) -> None:
    """One version after another until killed, with so many seconds between."""
    kept = Store(folder, url)
    _write_early(kept)
    number = store.current(kept).version.number
    pipe.send("ready")
    while True:
        number += 1
        store.publish(kept, draft(number), number - 1)
        time.sleep(pause)


def publish_when_told(pipe: Connection, folder: Path, url: str, by: str) -> None:
    """For each number that comes, try to publish that version; answer with the version that became of it."""
    kept = Store(folder, url)
    while number := pipe.recv():
        try:
            pipe.send(("won", store.publish(kept, draft(number, by), number - 1)))
        except PublishedMeanwhile as error:
            pipe.send(("lost", error.version))
