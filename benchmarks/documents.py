"""How long documents of a plan of 300 tasks take, in processor time, beside reading that plan's workbook.

    python -m benchmarks.documents [--tasks 300] [--rounds 5]

The aim is at most 3 seconds for the report of the whole period, and that another visitor waits no longer than for one
page: the longest pause of a thread that only wants to look at the clock is printed too.
"""

import argparse
import datetime as dt
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import workbooks
from benchmarks.measuring import Times
from lib.reports import making, periods
from lib.reports.making import DocumentKind, Material
from lib.reports.scope import Scope
from lib.workbook import reader

DAY = dt.date(2026, 11, 25)
TICK = 0.005


def processor_time(run: Callable[[], object]) -> float:
    """Seconds that the processor worked on `run`."""
    start = time.process_time()
    run()
    return time.process_time() - start


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


def main() -> None:
    """Print each kind's time, its ratio to reading the workbook, and the longest pause beside it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "so.xlsx"
        workbooks.write(path, options.tasks)
        data = path.read_bytes()
    register = reader.parse(data).register
    reading = Times(tuple(processor_time(lambda: reader.parse(data)) for _ in range(options.rounds)))
    print(f"{options.tasks} tasks; reading their workbook {reading}")
    material = Material({}, {}, DAY + dt.timedelta(days=10), dt.datetime(2026, 11, 25, tzinfo=dt.UTC), 1)
    for kind in DocumentKind:
        pauses: list[float] = []
        seconds = []
        for _ in range(options.rounds):
            scope = Scope(register, DAY, periods.whole(register.plan), "phiên bản 1", "pb1")
            with watched(pauses):
                seconds.append(processor_time(lambda scope=scope, kind=kind: making.make(kind, scope, material)))
        times = Times(tuple(seconds))
        share = times.median / reading.median
        print(f"{kind.value:10} {times}   {share:.1f} readings   longest pause {max(pauses):.3f} s")


if __name__ == "__main__":
    main()
