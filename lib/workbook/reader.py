"""Bytes -> a register, or every problem at its cell."""

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import orjson

from lib.workbook import ahead, isolation, reading, register
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity
from lib.workbook.register import Register
from lib.workbook.transfer import pack, unpack

CHILD = "lib.workbook.child"


@dataclass(frozen=True)
class Reading:
    """What came of reading a workbook: `register` is None when any problem is an error."""

    register: Register | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing blocks publishing."""
        return self.register is not None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that block publishing."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not block publishing."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.WARNING)


def read(data: bytes, limits: Limits | None = None) -> Reading:
    """Read bytes from anywhere: a child process opens them, within `limits`.

    Raises UnreadableWorkbook where they are no workbook that can be opened.
    """
    limits = limits or Limits()
    request = orjson.dumps(limits) + b"\n" + data
    return received(isolation.call(CHILD, request, limits))


def kept_ready(limits: Limits) -> AbstractContextManager[None]:
    """While the block runs, `read` need not wait for the start of its process: one is ready for the next file."""
    return ahead.kept(CHILD, limits)


def parse(data: bytes, limits: Limits | None = None) -> Reading:
    """The same in this process, for bytes this program made itself."""
    return received(pack(reading.parse(data, limits or Limits())))


def received(answer: bytes | bytearray) -> Reading:
    """The reading that `transfer.pack` wrote."""
    with _without_collecting():
        plan, tables, problems = unpack(answer)
        return Reading(register.build(plan, tables) if plan else None, problems)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A million new cells look like garbage to be searched again and again: that search doubled the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
