"""`python -m tests.hostile.fuzz --minutes N [--seed S] [--kinds xlsx,ods] [--keep FOLDER]`

Reads mutated workbooks (`mutations`) until the time is up: each must be accepted, told what is wrong in it, or refused
in Vietnamese. Every other one is a failure, told with its format and number, and kept in FOLDER. The same numbers give
the same bytes. Exit code 1 after any failure.
"""

import argparse
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from lib.workbook import child_side, isolation
from lib.workbook.limits import Limits
from tests.hostile import seeds
from tests.hostile.mutations import mutated
from tests.hostile.oracle import Failure, Outcome, Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
SILENCE = 20.0
"""Seconds for one input, whose seed takes a few thousandths."""
MEMORY = Limits().child_bytes
BATCH = 200


@dataclass
class Tally:
    """What came of a run: how many of each verdict, and every failure by format and number."""

    verdicts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, int, Outcome]] = field(default_factory=list)

    def add(self, kind: str, number: int, outcome: Outcome) -> None:
        """Count one outcome."""
        self.verdicts[outcome.verdict] += 1
        if outcome.verdict == Verdict.FAILED:
            self.failures.append((kind, number, outcome))


def run(kind: str, first: int, last: int, silence: float = SILENCE) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each mutation `first` to `last` - 1; the process that reads them is begun anew when it ends."""
    while first < last:
        for number, outcome in _until_it_ends(_Child(kind, first, last), silence):
            if outcome is None or outcome.failure == Failure.TRACEBACK:
                # The process died or fell silent, or a library gave up in its own way: what would people be told?
                outcome = judge(mutated(kind, number))
            yield number, outcome
            first = number + 1


def _until_it_ends(child: "_Child", silence: float) -> Iterator[tuple[int, Outcome | None]]:
    """Each number and its outcome; None for one at which the process ended or fell silent, and no more after it."""
    try:
        while (number := child.line(silence)) is not None:
            told = child.line(silence)
            yield int(number), Outcome(*_typed(json.loads(told))) if told else None
            if told is None:
                return
    finally:
        child.end()


def _typed(told: list) -> tuple[Verdict, str, Failure | None]:
    verdict, failure, reason = told
    return Verdict(verdict), reason, Failure(failure) if failure else None


class _Child:
    """One `fuzz_child`, whose lines come through a queue so that waiting for them can end."""

    def __init__(self, kind: str, first: int, last: int) -> None:
        environment = os.environ | {child_side.MEMORY_LIMIT_VARIABLE: str(MEMORY + isolation.ADDRESS_SPACE_ROOM)}
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "tests.hostile.fuzz_child", kind, str(first), str(last)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def line(self, silence: float) -> str | None:
        """The next line; None when there is none for too long, or the process has ended or takes too much memory."""
        deadline = time.monotonic() + silence
        while time.monotonic() < deadline and self._memory() < MEMORY:
            try:
                return self._lines.get(timeout=0.5)
            except queue.Empty:
                continue
        return None

    def _memory(self) -> int:
        try:
            return psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:  # it ended just now
            return 0

    def end(self) -> None:
        """End the process if it has not ended."""
        self._process.kill()
        self._process.wait()


def fuzz(kinds: list[str], seed: int, minutes: float, told: Callable[[str, int, Outcome], None]) -> Tally:
    """Read batches of each format by turns until the time is up; `told` hears of every failure."""
    tally, end, first = Tally(), time.monotonic() + 60 * minutes, seed * 1_000_000
    while time.monotonic() < end:
        for kind in kinds:
            for number, outcome in run(kind, first, first + BATCH):
                tally.add(kind, number, outcome)
                if outcome.verdict == Verdict.FAILED:
                    told(kind, number, outcome)
        first += BATCH
    return tally


def main(arguments: list[str]) -> int:
    """Run the command; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="where the numbers begin, in millions")
    parser.add_argument("--kinds", default=",".join(seeds.KINDS))
    parser.add_argument("--keep", type=Path, help="a folder for inputs that fail")
    options = parser.parse_args(arguments)

    def told(kind: str, number: int, outcome: Outcome) -> None:
        print(f"{kind} {number}: {outcome.failure}: {outcome.reason[-600:]}", flush=True)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            options.keep.joinpath(f"{kind}-{number}.{kind}").write_bytes(mutated(kind, number))

    tally = fuzz(options.kinds.split(","), options.seed, options.minutes, told)
    print(", ".join(f"{verdict} {count}" for verdict, count in sorted(tally.verdicts.items())))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
