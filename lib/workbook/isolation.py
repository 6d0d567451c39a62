"""Work on untrusted bytes in a process of its own, so that a hostile file can only end that process.

The protocol: the bytes on standard input; the answer on standard output with exit code 0, or with exit code 3 a
sentence in Vietnamese that says why the workbook cannot be read. Whatever else ends the process, `call` tells apart.
"""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from lib.errors import DashboardError, UnreadableWorkbook
from lib.workbook.child_side import BROKEN, BUG_EXIT, MEMORY_LIMIT_VARIABLE, TOO_BIG, UNREADABLE_EXIT
from lib.workbook.limits import Limits

PROJECT = Path(__file__).resolve().parents[2]
WATCH_SECONDS = 0.05
STDERR_KEPT = 64 * 1024
CHUNK = 64 * 1024
ADDRESS_SPACE_ROOM = 2 * 2**30  # addresses that libraries reserve and never touch
CHILDREN_AT_ONCE = 2
# What Python needs to start: Windows finds its system libraries by SYSTEMROOT.
KEPT_ENVIRONMENT = ("SYSTEMROOT", "WINDIR", "PATH", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "TZ")

TOO_SLOW = (
    "Không đọc được tệp này trong thời gian cho phép. Hãy xóa các trang tính, hàng và cột thừa, lưu thành tệp mới "
    "(*.xlsx) rồi chọn tệp mới đó."
)
STOPPED = (
    "Việc đọc tệp bị ngắt giữa chừng. Chọn lại tệp; nếu vẫn vậy, mở tệp bằng Excel, lưu thành tệp mới (*.xlsx) rồi "
    "chọn tệp mới đó."
)
STOPPED_CODES = (-9, -15, 15)
"""Ended from outside: SIGKILL, SIGTERM, what psutil leaves on Windows. That says little about the file."""
BUSY = "Máy chủ đang đọc các tệp khác. Xin chờ khoảng một phút rồi thử lại."

_turns = threading.BoundedSemaphore(CHILDREN_AT_ONCE)


class ProcessDied(UnreadableWorkbook):
    """The reading process ended of itself, at bytes that a library could not bear."""


class ReaderBug(RuntimeError):
    """The reading process failed by a fault of ours; the text is its traceback, for the log."""


def call(module: str, data: bytes, limits: Limits) -> bytes:
    """Run `python -m module` on the bytes and return its answer.

    Raises UnreadableWorkbook when the process says so, dies (ProcessDied), or takes more time, memory or output than
    allowed; DashboardError when too many files are being read already; ReaderBug for a Python error, which is a fault
    of ours.
    """
    if not _turns.acquire(timeout=limits.queue_seconds):
        raise DashboardError(BUSY)
    try:
        return _Child(module, limits).answer(data)
    finally:
        _turns.release()


class _Child:
    """One run of the reading process, with a thread for each of its pipes and this one to watch it."""

    def __init__(self, module: str, limits: Limits):
        self._limits = limits
        self._output, self._errors = bytearray(), bytearray()
        self._too_much_output = False
        self._seen: set[psutil.Process] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", module],
            cwd=PROJECT,
            env=_environment(limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            close_fds=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def answer(self, data: bytes) -> bytes:
        threads = [
            threading.Thread(target=self._feed, args=(data,), daemon=True),
            threading.Thread(target=self._collect_output, daemon=True),
            threading.Thread(target=self._collect_errors, daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            verdict = self._watch()
        finally:
            self._end()
            for thread in threads:
                thread.join()
        return self._judge(verdict)

    def _feed(self, data: bytes) -> None:
        with suppress(OSError), self._process.stdin as stdin:  # a child that died early reads no more
            stdin.write(data)

    def _collect_output(self) -> None:
        with self._process.stdout as stdout:
            while chunk := stdout.read1(CHUNK):
                self._output += chunk
                if len(self._output) > self._limits.answer_bytes:
                    self._too_much_output = True
                    return

    def _collect_errors(self) -> None:
        with self._process.stderr as stderr:
            while chunk := stderr.read1(CHUNK):
                self._errors += chunk
                del self._errors[:-STDERR_KEPT]

    def _watch(self) -> str | None:
        """Wait for the end; give the sentence of the limit that was broken, if one was."""
        deadline = time.monotonic() + self._limits.child_seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(WATCH_SECONDS)
                return None
            if time.monotonic() > deadline:
                return TOO_SLOW
            if self._too_much_output or self._memory() > self._limits.child_bytes:
                return TOO_BIG

    def _memory(self) -> int:
        return sum(_resident(process) for process in self._family())

    def _family(self) -> list[psutil.Process]:
        """The process and the one it starts for a large file."""
        try:
            process = psutil.Process(self._process.pid)
            family = [process, *process.children(recursive=True)]
        except psutil.Error:  # it ended just now
            return []
        self._seen.update(family)
        return family

    def _end(self) -> None:
        """End what has not ended; what a process that died had started is nobody's child any more."""
        self._family()
        for process in self._seen:
            with suppress(psutil.Error):
                process.kill()
        self._process.wait()

    def _judge(self, verdict: str | None) -> bytes:
        """Turn the end of the process into an answer or an error."""
        if verdict or self._too_much_output:
            raise UnreadableWorkbook(verdict or TOO_BIG)
        code, errors = self._process.returncode, self._errors.decode(errors="replace")
        if code == 0:
            return bytes(self._output)
        if code == UNREADABLE_EXIT and self._output:  # without a sentence it is Windows' own code for an abort
            raise UnreadableWorkbook(self._output.decode())
        if code == BUG_EXIT:
            raise ReaderBug(errors)
        died = UnreadableWorkbook(STOPPED) if code in STOPPED_CODES else ProcessDied(BROKEN)
        raise died from ChildProcessError(f"exit code {code}\n{errors}")


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:  # it ended just now
        return 0


def _environment(limits: Limits) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    memory = str(limits.child_bytes + ADDRESS_SPACE_ROOM)
    return kept | {MEMORY_LIMIT_VARIABLE: memory, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
