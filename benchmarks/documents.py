"""How long documents of a plan of 300 tasks take, in processor time, beside reading that plan's workbook.

The aim is at most 3 seconds for the report of the whole period, and that another visitor waits no longer than for one
page: the longest pause of a thread that only wants to look at the clock is told too.
"""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import workbooks
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples, by_turns, processor
from lib.reports import making, periods
from lib.reports.making import DocumentKind, Material
from lib.reports.scope import Scope
from lib.workbook import reader

DAY = dt.date(2026, 11, 25)
TICK = 0.005
TASKS = 300
MATERIAL = Material({}, {}, DAY + dt.timedelta(days=10), dt.datetime(2026, 11, 25, tzinfo=dt.UTC), 1)


@contextmanager
def watched(pauses: list[float]) -> Iterator[None]:
    """While the block runs, a thread beside it notes how late it is each time it wakes."""
    over = threading.Event()

    def wake() -> None:
        last = time.perf_counter()
        while not over.wait(TICK):
            now = time.perf_counter()
            pauses.append(now - last - TICK)
            last = now

    thread = threading.Thread(target=wake)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def measure(effort: Effort) -> Findings:
    """Each kind's processor time, its ratio to reading the workbook, and the longest pause beside it."""
    data = workbooks.made(TASKS)
    register = reader.parse(data).register
    pauses: dict[DocumentKind, list[float]] = {kind: [] for kind in DocumentKind}

    def make(kind: DocumentKind) -> None:
        scope = Scope(register, DAY, periods.whole(register.plan), "phiên bản 1", "pb1")
        with watched(pauses[kind]):
            making.make(kind, scope, MATERIAL)

    kinds = {kind.value: (lambda kind=kind: make(kind)) for kind in DocumentKind}
    times = by_turns(effort.rounds, processor, reading=lambda: reader.parse(data), **kinds)
    head = ("document", "processor time, s", "readings of the workbook", "longest pause, s")
    rows = [(kind.value, *_cells(times[kind.value], times["reading"]), f"{max(pauses[kind]):.2f}") for kind in pauses]
    aim = Aim("report of the whole period, 300 tasks", 3, times[DocumentKind.REPORT.value], "s")
    return Findings((Table(f"{TASKS} tasks; reading: {times['reading'].written()} s", (head, *rows)),), (aim,))


def _cells(times: Samples, reading: Samples) -> tuple[str, str]:
    return times.written(".2f"), times.over(reading).written(".1f")
