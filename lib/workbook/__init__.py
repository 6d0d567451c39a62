"""The workbook: bytes -> a register, or every problem at its cell."""

import json
from dataclasses import asdict

from lib.workbook import isolation
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity
from lib.workbook.reading import Reading
from lib.workbook.register import Plan, Register
from lib.workbook.transfer import unpack

__all__ = ["Limits", "Plan", "Problem", "Reading", "Register", "Severity", "read"]


def read(data: bytes, limits: Limits | None = None) -> Reading:
    """Read bytes from anywhere: a child process opens them, within `limits`.

    Raises UnreadableWorkbook where they are no workbook that can be opened.
    """
    limits = limits or Limits()
    request = json.dumps(asdict(limits)).encode() + b"\n" + data
    return unpack(isolation.call("lib.workbook.child", request, limits))
