"""A process for tests that publishes, or follows the shared file, and is killed at a step of it.

It reads a line of JSON for each job, does it in a copy of itself, and answers with the number of steps done, or with
"killed". A step is each statement and commit of the database, and each write, flush, rename and removal of a file: the
process ends right before it, and for files right after it as well.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from lib import publishing
from lib.publishing import SharedWorkbook
from lib.store import Store
from lib.workbook import reader
from lib.workbook.limits import Limits
from tests.publications import AT, ROUND, candidate, read, request, token

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


class Steps:
    """Counts the steps, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.done, self.last, self.counting = 0, last, False

    def step(self, *_ignored: object, **_too: object) -> None:
        self.done += self.counting
        if self.counting and self.done == self.last:
            os.kill(os.getpid(), KILL)

    def around(self, owner: object, name: str) -> None:
        original = getattr(owner, name)

        def stepping(*args: object, **more: object) -> object:
            self.step()
            result = original(*args, **more)
            self.step()
            return result

        setattr(owner, name, stepping)

    def in_the_midst_of_writing(self) -> None:
        original = Path.open

        def opened(path: Path, mode: str = "r", *args: object, **more: object) -> object:
            file = original(path, mode, *args, **more)
            return HalfWritten(file, self.step) if "x" in mode else file

        Path.open = opened

    def in_the_database(self, kept: Store) -> None:
        for name in ("before_cursor_execute", "commit"):
            event.listen(kept.engine, name, self.step)


class HalfWritten:
    """A file that writes its first half, then the rest."""

    def __init__(self, file: object, step: Callable[[], None]) -> None:
        self._file, self._step = file, step

    def __enter__(self) -> "HalfWritten":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def write(self, data: bytes) -> None:
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            self._file.write(part)
            self._file.flush()
            self._step()


def work(job: dict) -> int:
    """Do a job; how many steps it had."""
    kept, path, steps = Store(Path(job["folder"]), job["url"]), Path(job["path"]), Steps(job["step"])
    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink")):
        steps.around(owner, name)
    steps.in_the_midst_of_writing()
    steps.in_the_database(kept)
    if job["deed"] == "follow":
        follower = SharedWorkbook(kept, path, Limits())
        steps.counting = True
        for number in range(3):
            follower.tick(AT + number * ROUND)
        return steps.done
    found, asked = candidate(kept, Path(job["data"]).read_bytes()), request(token(kept))
    steps.counting = True
    publishing.publish(kept, found, asked, path)
    return steps.done


def in_a_copy(job: dict) -> str:
    """Do a job in a copy of this process, which may be killed."""
    own, answer = os.pipe()
    number = os.fork()
    if number == 0:
        os.write(answer, str(work(job)).encode())
        os._exit(0)
    os.close(answer)
    with os.fdopen(own, "rb") as pipe:
        said = pipe.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    return said if status == 0 else "killed" if status == -KILL else f"failed with {status}"


if __name__ == "__main__":
    reader.read = lambda data, _limits=None: read(data)
    for name in sys.argv[1:]:
        read(Path(name).read_bytes())  # once, before the copies are made
    for line in sys.stdin:
        print(in_a_copy(json.loads(line)), flush=True)
