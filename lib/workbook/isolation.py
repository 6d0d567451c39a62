"""Work on untrusted bytes in a process of its own, so that a hostile file can only end that process.

The protocol: the bytes on standard input; the answer on standard output with exit code 0, or with exit code 3 a
sentence in Vietnamese that says why the workbook cannot be read. Whatever else ends the process, `call` tells apart.
"""

import subprocess
import threading
import time
from contextlib import suppress

import psutil

from lib.errors import DashboardError, UnreadableWorkbook
from lib.workbook import ahead
from lib.workbook.child_side import BROKEN, BUG_EXIT, TOO_BIG, UNREADABLE_EXIT
from lib.workbook.limits import Limits

WATCH_SECONDS = 0.05
STDERR_KEPT = 64 * 1024
CHUNK = 64 * 1024
CHILDREN_AT_ONCE = 2

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


class ReaderBug(RuntimeError):
    """The reading process failed by a fault of ours; the text is its traceback, for the log."""


def call(module: str, data: bytes, limits: Limits) -> bytearray:
    """Run `python -m module` on the bytes and return its answer.

    Raises UnreadableWorkbook when the process says so, dies, or takes more time, memory or output than allowed;
    DashboardError when too many files are being read already; ReaderBug for a Python error, which is a fault of ours.
    """
    if not _turns.acquire(timeout=limits.queue_seconds):
        raise DashboardError(BUSY)
    try:
        return _Child(ahead.take(module, limits), limits).answer(data)
    finally:
        _turns.release()
        ahead.refill(module, limits)


class _Child:
    """One run of the reading process, with a thread for each of its pipes and this one to watch it."""

    def __init__(self, process: subprocess.Popen, limits: Limits):
        self._process, self._limits = process, limits
        self._output, self._errors = bytearray(), bytearray()
        self._too_much_output = False

    def answer(self, data: bytes) -> bytearray:
        collecting = threading.Thread(target=self._collect_output, daemon=True)
        feeding = threading.Thread(target=self._feed, args=(data,), daemon=True)
        threads = [collecting, feeding, threading.Thread(target=self._collect_errors, daemon=True)]
        for thread in threads:
            thread.start()
        try:
            verdict = self._watch(collecting)
        finally:
            self._end()
            for thread in threads:
                thread.join()
        return self._judge(verdict)

    def _feed(self, data: bytes) -> None:
        with suppress(OSError), self._process.stdin as stdin:  # a child that died early reads no more
            stdin.write(data)

    def _collect_output(self) -> None:
        """Until the end of the process: a thread that waits for it sees it at once."""
        with self._process.stdout as stdout:
            while chunk := stdout.read1(CHUNK):
                self._output += chunk
                if len(self._output) > self._limits.answer_bytes:
                    self._too_much_output = True
                    return
        self._process.wait()

    def _collect_errors(self) -> None:
        with self._process.stderr as stderr:
            while chunk := stderr.read1(CHUNK):
                self._errors += chunk
                del self._errors[:-STDERR_KEPT]

    def _watch(self, collecting: threading.Thread) -> str | None:
        """Wait for the end; give the sentence of the limit that was broken, if one was."""
        deadline = time.monotonic() + self._limits.child_seconds
        while True:
            collecting.join(WATCH_SECONDS)
            if not collecting.is_alive():
                return None
            if time.monotonic() > deadline:
                return TOO_SLOW
            if self._memory() > self._limits.child_bytes:
                return TOO_BIG

    def _memory(self) -> int:
        return sum(_resident(process) for process in self._family())

    def _family(self) -> list[psutil.Process]:
        """The process and whatever it may have started."""
        try:
            process = psutil.Process(self._process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.Error:  # it ended just now
            return []

    def _end(self) -> None:
        if self._process.poll() is None:
            for process in self._family():
                with suppress(psutil.Error):
                    process.kill()
        self._process.wait()

    def _judge(self, verdict: str | None) -> bytearray:
        """Turn the end of the process into an answer or an error."""
        if verdict or self._too_much_output:
            raise UnreadableWorkbook(verdict or TOO_BIG)
        code, errors = self._process.returncode, self._errors.decode(errors="replace")
        if code == 0:
            return self._output
        if code == UNREADABLE_EXIT and self._output:  # without a sentence it is Windows' own code for an abort
            raise UnreadableWorkbook(self._output.decode())
        if code == BUG_EXIT:
            raise ReaderBug(errors)
        said = STOPPED if code in STOPPED_CODES else BROKEN
        raise UnreadableWorkbook(said) from ChildProcessError(f"exit code {code}\n{errors}")


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:  # it ended just now
        return 0
