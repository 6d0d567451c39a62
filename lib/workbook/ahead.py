"""Starting the process that opens one untrusted file; in the server ahead of the file, so that nobody waits for it.

A process that waits is like any other: limited before it is given a byte, used for one file, then over. When the server
is gone, however that came, its input ends and it leaves.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lib.workbook.child_side import MEMORY_LIMIT_VARIABLE
from lib.workbook.limits import Limits

PROJECT = Path(__file__).resolve().parents[2]
ADDRESS_SPACE_ROOM = 2 * 2**30  # addresses that libraries reserve and never touch
# What Python needs to start: Windows finds its system libraries by SYSTEMROOT.
KEPT_ENVIRONMENT = ("SYSTEMROOT", "WINDIR", "PATH", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "TZ")

Kind = tuple[str, int]
"""Which module, with how much memory: all that tells one such process from another before its file comes."""

_waiting: dict[Kind, subprocess.Popen | None] = {}
_waiting_lock = threading.Lock()


@contextmanager
def kept(module: str, limits: Limits) -> Iterator[None]:
    """While the block runs, one process waits for the next file that is read by `module` within `limits`."""
    kind = _kind(module, limits)
    _waiting[kind] = None
    refill(module, limits)
    try:
        yield
    finally:
        with _waiting_lock:
            process = _waiting.pop(kind)
        if process:
            _dismiss(process)


def take(module: str, limits: Limits) -> subprocess.Popen:
    """A process for one file: the one that waits, or else one that is only starting."""
    kind = _kind(module, limits)
    with _waiting_lock:
        process = _waiting.get(kind)
        if process:
            _waiting[kind] = None
    if process and process.poll() is None:
        return process
    if process:
        _dismiss(process)
    return _start(*kind)


def refill(module: str, limits: Limits) -> None:
    """Have the next process wait where one is to be kept."""
    kind = _kind(module, limits)
    with _waiting_lock, suppress(OSError):  # no room for one more process now: the next file starts its own
        if kind in _waiting and _waiting[kind] is None:
            _waiting[kind] = _start(*kind)


def _kind(module: str, limits: Limits) -> Kind:
    return module, limits.child_bytes


def _start(module: str, child_bytes: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", module],
        cwd=PROJECT,
        env=_environment(child_bytes),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment(child_bytes: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    memory = str(child_bytes + ADDRESS_SPACE_ROOM)
    return kept | {MEMORY_LIMIT_VARIABLE: memory, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _dismiss(process: subprocess.Popen) -> None:
    process.kill()
    with process:  # closes its pipes and waits for its end
        pass
