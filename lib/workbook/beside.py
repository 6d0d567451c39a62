"""The hidden facts of a large workbook, found by a second process while the first reads its values.

Both work on the same hostile bytes and neither is trusted by the server, so what passes between them may be a pickle.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.child_side import BROKEN, BUG_EXIT, UNREADABLE_EXIT
from lib.workbook.facts import hidden_facts
from lib.workbook.hidden import Hidden
from lib.workbook.limits import Limits

WORTH_A_PROCESS = 2**20
PROJECT = Path(__file__).resolve().parents[2]
Facts = dict[str, Hidden]


def begin(data: bytes, kind: str, limits: Limits, *, first: bool) -> Callable[[], Facts]:
    """Begin to look for the hidden facts; what is returned waits for them, or raises UnreadableWorkbook.

    With `first` they are found before this returns, whatever the size of the file.
    """
    if len(data) >= WORTH_A_PROCESS and not first:
        with suppress(OSError):  # no room for a temporary file, or for a process: then one after the other
            return _Scan(data, kind, limits).facts
    facts = hidden_facts(data, kind, Budget(limits))
    return lambda: facts


class _Scan:
    """One run of `scan_child`. Its input and output are files: a pipe would wait for a reader that is busy."""

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        self._output = TemporaryFile()  # noqa: SIM115 - `facts` closes it, once the process has written it
        with TemporaryFile() as request:
            pickle.dump((kind, limits), request)
            request.write(data)
            request.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "lib.workbook.scan_child"],
                cwd=PROJECT,
                stdin=request,
                stdout=self._output,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def facts(self) -> Facts:
        """Wait for the answer; whatever else ends the process says nothing good of the file."""
        code = self._process.wait()
        self._output.seek(0)
        with self._output as output:
            answer = output.read()
        if code == 0:
            return pickle.loads(answer)
        if code == UNREADABLE_EXIT and answer:
            raise UnreadableWorkbook(answer.decode())
        if code == BUG_EXIT:
            raise RuntimeError("The scanning process failed; its traceback is above.")
        raise UnreadableWorkbook(BROKEN)
