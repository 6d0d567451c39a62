"""Open screens learn of new data: one thread asks once a second, and sessions run again only when something is new.

A screen that waits costs nothing. Streamlit has no public call for this; what is used here is what it does itself when
a source file changes (checked on 1.67, which is pinned; a browser test holds it). Whatever is new, the server looks at
by itself too, from its start on: so nobody is the first who has to wait for the figures.
"""

import asyncio
import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession

from lib import settings
from lib.clock import now, today
from lib.errors import DashboardError
from lib.publishing import SharedWorkbook
from lib.settings import Settings
from lib.store import Store
from lib.ui import source
from lib.workbook.limits import Limits

FIRST_SECONDS = 0.1
"""After the start; by then the server answers."""
SCREENS_SECONDS = 1
SHARED_SECONDS = 2
LOOK_SECONDS = 60
"""Screens wait no longer for the server's own look at what is new."""
AT_ONCE = 4
"""So many screens draw what is new at a time."""
PAUSE_SECONDS = 0.005
PLACE_SECONDS = 0.5
"""A screen waits no longer for its place: some pages take long, and they must not hold up the others."""
BUSY_SECONDS = 30
"""A screen that is at work when something new comes is asked after that, or at the latest then."""

_log = logging.getLogger(__name__)


@contextmanager
def watch(chosen: Settings) -> Iterator[None]:
    """Follow the store and the shared workbook until the end of the block."""
    over = threading.Event()
    the_store = source.store_of(chosen)
    jobs = [(SCREENS_SECONDS, _screens(the_store, chosen.viewing == settings.OPEN))]
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
    wait = FIRST_SECONDS
    while not over.wait(wait):
        wait = seconds
        try:
            job()
        except Exception:  # noqa: BLE001 - a bug, kept whole in the log; the next round must go on
            _log.exception("Một vòng theo dõi số liệu không chạy được")


def _screens(the_store: Store, for_everybody: bool) -> Callable[[], None]:
    """A job that tells the open screens when what they show has changed since its last run.

    for_everybody: whether figures are, so that they may be drawn before somebody asks.
    """
    seen, looked = signature(the_store), False

    def job() -> None:
        nonlocal seen, looked
        with source.one_look():
            found = signature(the_store)
        before, seen = seen, found
        try:
            if for_everybody and found[0] is not None and not (looked and found == before):
                looked = True
                look()
        finally:
            if found != before:
                refresh()

    return job


def signature(the_store: Store) -> tuple[object, object, dt.date]:
    """What every screen depends on beside its own choices: the version, the shared workbook, the day."""
    try:
        shared = source.shared_of(the_store)
        return source.revision_of(the_store), shared and (shared.state, shared.digest, shared.detail), today()
    except DashboardError:
        return None, None, today()


def look() -> None:
    """Draw the overview once for nobody: its figures are worked out, and its first view is kept (lib/ui/first_view.py).

    No request: the entry runs as for a visitor without an address, in a session that nobody is connected to. Until it
    is drawn, which for a large workbook takes a while, open screens keep what they show.
    """
    runtime = Runtime.instance()
    run = runtime.does_script_run_without_error()
    drawn = asyncio.run_coroutine_threadsafe(run, runtime._get_async_objs().eventloop)
    with suppress(TimeoutError):
        drawn.result(LOOK_SECONDS)


def refresh() -> None:
    """Let every open screen run again with the choices it has; over when the last one was asked to."""
    runtime = Runtime.instance()
    asking = _one_after_another(runtime)
    asyncio.run_coroutine_threadsafe(asking, runtime._get_async_objs().eventloop).result()


async def _one_after_another(runtime: Runtime) -> None:
    """A few at a time. All at once they would all be ready at the end, and whoever clicks meanwhile would wait too."""
    running: list[AppSession] = []
    waiting = [info.session for info in runtime._session_mgr.list_active_sessions()]
    patience = time.monotonic() + BUSY_SECONDS
    while waiting:
        running = await _with_a_place(running)
        # A run that is broken off takes with it what somebody has just chosen: those at work are asked when it is over.
        free = (session for session in waiting if session._scriptrunner is None or time.monotonic() > patience)
        session = next(free, None)
        if session is None:
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        waiting.remove(session)
        if runtime.is_active_session(session.id):
            session.request_rerun(session._client_state)
            running.append(session)


async def _with_a_place(running: list[AppSession]) -> list[AppSession]:
    """Those that still run, once one more may; where that takes long they are no longer counted."""
    patience = time.monotonic() + PLACE_SECONDS
    while len(running) >= AT_ONCE:
        if time.monotonic() > patience:
            return []
        await asyncio.sleep(PAUSE_SECONDS)
        running = [session for session in running if session._scriptrunner is not None]
    return running
