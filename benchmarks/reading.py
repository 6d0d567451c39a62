"""Reading and checking a workbook, beside python-calamine's reading of the same file and `pandas.read_excel`'s.

What is measured is `reader.read` as it is called: the guards, the process of its own, the scan, the checks, the tables
on their way back. Pages find a process waiting for the next file, commands start theirs; both are told. A round begins
when that process sleeps, so its start disturbs no yardstick. Calamine is measured in this process, and in a fresh one
that does nothing else, since a file from outside is never opened in the server. The aim is twice calamine in this
process. Pandas takes a quarter of a minute for the largest file: three rounds of the middle one, one of the largest.

Memory is what a fresh process and its children hold together at their most (looked at every few milliseconds), beyond
what the process held before it read, its libraries imported; the product's children count from their first byte.
"""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import psutil

from benchmarks import workbooks
from benchmarks.calamine_alone import read_with_calamine
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples, by_turns, wall
from benchmarks.reading_apart import KINDS
from lib.workbook import reader
from lib.workbook.limits import Limits

ROOT = Path(__file__).resolve().parents[1]
SIZES = {1_000: 99, 10_000: 3, 100_000: 1}
"""Rows of `Tiến độ`, and at most how many rounds of pandas."""
LIMITS = Limits()
# A process that waits takes only a file that may use as much memory as it was started for.
OTHER_LIMITS = replace(LIMITS, child_bytes=LIMITS.child_bytes + 2**20)
LOOK_SECONDS = 0.003


def measure(effort: Effort) -> Findings:
    """The times, ratios and memory at each size."""
    files = {rows: workbooks.made(rows // 5) for rows in SIZES}
    with reader.kept_ready(LIMITS):
        times = {rows: _times(data, effort.rounds) for rows, data in files.items()}
        pandas = {rows: _beside_pandas(files[rows], min(effort.rounds, most)) for rows, most in SIZES.items()}
    memory = {rows: {kind: _memory(kind, data) for kind in KINDS} for rows, data in files.items()}
    aims = tuple(
        Aim(f"reading {written} rows as {who} do, to calamine", 2, times[rows][how].over(times[rows]["calamine"]))
        for rows, written in ((100_000, "100 000"), (10_000, "10 000"), (1_000, "1 000"))
        for how, who in (("ready", "pages"), ("started", "commands"))
    )
    return Findings((_time_table(times), _ratio_table(times, pandas), _memory_table(memory)), aims)


def _times(data: bytes, rounds: int) -> dict[str, Samples]:
    return by_turns(
        rounds,
        _clock,
        calamine=lambda: read_with_calamine(data),
        apart=lambda: _read_with_calamine_apart(data),
        ready=lambda: _read_and_check(data, LIMITS),
        started=lambda: _read_and_check(data, OTHER_LIMITS),
    )


def _beside_pandas(data: bytes, rounds: int) -> dict[str, Samples]:
    return by_turns(
        rounds,
        _clock,
        pandas=lambda: pd.read_excel(BytesIO(data), sheet_name=None, engine="openpyxl"),
        ready=lambda: _read_and_check(data, LIMITS),
    )


def _clock(run: Callable[[], object]) -> float:
    """Seconds that `run` takes, from when the process that waits for a file has started and sleeps."""
    last = -1.0
    while last != (last := _worked()):
        threading.Event().wait(0.1)
    return wall(run)


def _worked() -> float:
    """Processor seconds of all children so far."""
    return sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())


def _read_with_calamine_apart(data: bytes) -> None:
    """The yardstick in a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.calamine_alone"], input=data, cwd=ROOT, check=True)


def _read_and_check(data: bytes, limits: Limits) -> None:
    """The file must be without problems, or something else would be measured."""
    if problems := reader.read(data, limits).problems:
        raise SystemExit(f"The measured workbook has problems: {problems[:3]}")


def _memory(kind: str, data: bytes) -> int:
    """Bytes at the most while a fresh process reads, beyond those it held before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        path.write_bytes(data)
        command = [sys.executable, "-m", "benchmarks.reading_apart", kind, str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            before = _held(process.pid)
            most = _most_held(process)
            process.communicate(b"\n")
    return most - before


def _most_held(process: subprocess.Popen) -> int:
    """Let the process read, and look at what it holds until it says that it has."""
    said = threading.Thread(target=process.stdout.readline)
    said.start()
    process.stdin.write(b"\n")
    process.stdin.flush()
    most = 0
    while said.is_alive():
        most = max(most, _held(process.pid))
        said.join(LOOK_SECONDS)
    return max(most, _held(process.pid))


def _held(pid: int) -> int:
    """Bytes of memory of a process and its children."""
    process, held = psutil.Process(pid), 0
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.Error):  # it ended just now
            held += each.memory_info().rss
    return held


def _time_table(times: dict[int, dict[str, Samples]]) -> Table:
    head = ("rows", "calamine here", "calamine in a fresh process", "read and checked by pages", "by commands")
    return Table(
        "Seconds", (head, *((_rows(rows), *(each.written() for each in of.values())) for rows, of in times.items()))
    )


def _ratio_table(times: dict[int, dict[str, Samples]], pandas: dict[int, dict[str, Samples]]) -> Table:
    head = (
        "rows",
        "pages to calamine",
        "to calamine, fresh",
        "commands to calamine",
        "to calamine, fresh",
        "pages to pandas",
        "pandas, s",
    )
    rows = []
    for size, of in times.items():
        ratios = [of[mine].over(of[theirs]) for mine in ("ready", "started") for theirs in ("calamine", "apart")]
        beside = pandas[size]
        written = [*(ratio.written(".2f") for ratio in ratios), beside["ready"].over(beside["pandas"]).written(".3f")]
        rows.append((_rows(size), *written, beside["pandas"].written(".2f")))
    return Table("Ratios", (head, *rows))


def _memory_table(memory: dict[int, dict[str, int]]) -> Table:
    head = ("rows", "calamine, MB", "pandas with openpyxl, MB", "read and checked, MB", "to calamine", "to pandas")
    rows = [
        (
            _rows(size),
            *(f"{of[kind] / 2**20:.0f}" for kind in KINDS),
            f"{of['product'] / of['calamine']:.2f}",
            f"{of['product'] / of['pandas']:.2f}",
        )
        for size, of in memory.items()
    ]
    return Table("Memory at the most, beyond what was held before", (head, *rows))


def _rows(number: int) -> str:
    return f"{number:,}".replace(",", " ")
