"""Many inputs read in one process, which is begun anew behind whatever ends it or silences it.

That is some thirty times as quick as a process for each, and no input can hide behind another one.
"""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from lib.workbook import ahead, child_side
from lib.workbook.limits import Limits
from tests.hostile.oracle import Failure, Outcome, Verdict

ROOT = Path(__file__).resolve().parents[2]
SILENCE = 20.0
"""Seconds for one input. A small one takes a few thousandths."""
START = 120.0
MEMORY = Limits().child_bytes


def outcomes(
    command: Callable[[int], list[str]],
    first: int,
    last: int,
    again: Callable[[int], Outcome],
    silence: float = SILENCE,
) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each input `first` to `last` - 1, in order.

    `command` gives the arguments of `line_child` that begin at a number. `again` judges an input as the product does:
    one at which the process died or fell silent, or at which a library gave up in a way that only a process of its
    own turns into a sentence.
    """
    while first < last:
        for number, outcome in _until_it_ends(_Process(command(first)), silence):
            yield number, outcome if outcome and outcome.failure != Failure.TRACEBACK else again(number)
            first = number + 1
            if first == last:
                return


def _until_it_ends(process: "_Process", silence: float) -> Iterator[tuple[int, Outcome | None]]:
    """Each number and its outcome; None for one at which the process ended or fell silent, and no more after it."""
    try:
        # The first line waits for all that is imported, on a busy machine too.
        while (number := process.line(max(silence, START))) is not None:
            told = process.line(silence)
            yield number, _outcome(told) if told else None
            if told is None:
                return
        raise RuntimeError(f"the reading line did not begin: {process.last_words()}")
    finally:
        process.end()


def _outcome(told: list) -> Outcome:
    verdict, reason, failure, seconds, sentences = told
    return Outcome(Verdict(verdict), reason, Failure(failure) if failure else None, seconds, tuple(sentences))


class _Process:
    """One `line_child`, whose lines come through a queue so that waiting for them can end."""

    def __init__(self, arguments: list[str]) -> None:
        limit = {child_side.MEMORY_LIMIT_VARIABLE: str(MEMORY + ahead.ADDRESS_SPACE_ROOM)}
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "tests.hostile.line_child", *arguments],
            cwd=ROOT,
            env=os.environ | limit,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._words: list[str] = []
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._collect, self._listen)]
        for thread in self._threads:
            thread.start()

    def _collect(self) -> None:
        with self._process.stdout as stdout:
            for line in stdout:
                self._lines.put(line)
        self._lines.put(None)

    def _listen(self) -> None:
        with self._process.stderr as stderr:
            for line in stderr:
                self._words = [*self._words[-20:], line]

    def line(self, silence: float) -> object:
        """What the next line says; None when none comes, or the process takes too much memory."""
        deadline = time.monotonic() + silence
        while time.monotonic() < deadline and self._memory() < MEMORY:
            try:
                line = self._lines.get(timeout=0.5)
            except queue.Empty:
                continue
            return json.loads(line) if line else None
        return None

    def _memory(self) -> int:
        try:
            return psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:  # it ended just now
            return 0

    def last_words(self) -> str:
        """What it wrote to standard error at the end."""
        return "".join(self._words)

    def end(self) -> None:
        """End the process if it has not ended."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
