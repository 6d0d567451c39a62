"""The same workbook back with every problem marked at its cell, as xlsx; untrusted bytes are opened in a child process.

Reading the marked copy gives the same problems as reading the original.
"""

from collections.abc import Sequence

import orjson

from lib.workbook import isolation
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity

MOST_MARKED = 5_000
"""Problems that are marked; a workbook with more is mended in several rounds."""


def mark(data: bytes, problems: Sequence[Problem], limits: Limits | None = None) -> bytes:
    """`data` as xlsx: a first sheet that lists `problems`, each cell in colour with a note. Errors before warnings.

    Marks of an earlier copy are taken off first; with no problems nothing else is done.
    Raises UnreadableWorkbook where `data` is no workbook that can be opened, DashboardError when the machine is busy.
    """
    limits = limits or Limits()
    errors = [problem for problem in problems if problem.severity == Severity.ERROR]
    warnings = [problem for problem in problems if problem.severity != Severity.ERROR]
    asked = {
        "limits": limits,
        "problems": [problem.as_dict() for problem in (errors + warnings)[:MOST_MARKED]],
        "errors": len(errors),
        "warnings": len(warnings),
    }
    return bytes(isolation.call("lib.workbook.marking_child", orjson.dumps(asked) + b"\n" + data, limits))
