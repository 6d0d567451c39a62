"""Open screens learn of new data: one thread asks once a second, and sessions run again only when something is new.

A screen that waits costs nothing. Streamlit has no public call for this; what is used here is what it does itself when
a source file changes (checked on 1.67, which is pinned; a browser test holds it).
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from streamlit.runtime import Runtime

from lib.clock import now, today
from lib.errors import DashboardError
from lib.publishing import SharedWorkbook
from lib.settings import Settings
from lib.store import Store
from lib.ui import source
from lib.workbook.limits import Limits

SCREENS_SECONDS = 1
SHARED_SECONDS = 2

_log = logging.getLogger(__name__)


@contextmanager
def watch(chosen: Settings) -> Iterator[None]:
    """Follow the store and the shared workbook until the end of the block."""
    over = threading.Event()
    the_store = source.store_of(chosen)
    jobs = [(SCREENS_SECONDS, _screens(the_store))]
    if chosen.shared_workbook is not None:
        limits = Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)
        shared = SharedWorkbook(the_store, chosen.shared_workbook, limits)
        jobs.append((SHARED_SECONDS, lambda: shared.tick(now())))
    threads = [threading.Thread(target=_repeat, args=(over, *job), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()


def _repeat(over: threading.Event, seconds: float, job: Callable[[], object]) -> None:
    while not over.wait(seconds):
        try:
            job()
        except Exception:  # noqa: BLE001 - a bug, kept whole in the log; the next round must go on
            _log.exception("Một vòng theo dõi số liệu không chạy được")


def _screens(the_store: Store) -> Callable[[], None]:
    """A job that tells the open screens when what they show has changed since its last run."""
    seen = signature(the_store)

    def job() -> None:
        nonlocal seen
        with source.one_look():
            found = signature(the_store)
        if found != seen:
            seen = found
            refresh()

    return job


def signature(the_store: Store) -> tuple[object, object, dt.date]:
    """What every screen depends on beside its own choices: the version, the shared workbook, the day."""
    try:
        shared = source.shared_of(the_store)
        return source.revision_of(the_store), shared and (shared.state, shared.digest, shared.detail), today()
    except DashboardError:
        return None, None, today()


def refresh() -> None:
    """Let every open screen run again with the choices it has."""
    runtime = Runtime.instance()
    loop = runtime._get_async_objs().eventloop

    def ask() -> None:
        for info in runtime._session_mgr.list_active_sessions():
            info.session.request_rerun(info.session._client_state)

    loop.call_soon_threadsafe(ask)
