"""A process that reads one input after the other, telling each number before it begins and what came of it after.

Started by `line`. When it dies or falls silent, the last number it told is the input that did it.

    fuzz KIND FIRST LAST     mutations of a format
    files LIST FIRST         the files named in LIST, a line each, from number FIRST on
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lib.workbook import child_side, reader
from tests.hostile.mutations import mutated
from tests.hostile.oracle import Failure, Outcome, Verdict, judge
from tests.hostile.unnoticed import unnoticed

LINE = os.dup(sys.stdout.fileno())
"""The real standard output, kept for the outcomes alone: whatever a library prints goes to standard error."""
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def of_mutation(data: bytes, kind: str) -> Outcome:
    """What becomes of the bytes in this process; what is accepted must hold all that others read."""
    found = judge(data, read=reader.parse)
    if found.verdict == Verdict.ACCEPTED and (said := unnoticed(data, kind)):
        return Outcome(Verdict.FAILED, said, Failure.UNNOTICED)
    return found


def outcomes(arguments: list[str]) -> Iterator[tuple[int, Outcome]]:
    """The numbers and outcomes that were asked for; each number is told before its outcome is known."""
    match arguments:
        case ["fuzz", kind, first, last]:
            for number in range(int(first), int(last)):
                tell(number)
                yield number, of_mutation(mutated(kind, number), kind)
        case ["files", names, first]:
            paths = Path(names).read_text(encoding="utf-8").splitlines()
            for number in range(int(first), len(paths)):
                tell(number)
                yield number, judge(Path(paths[number]).read_bytes(), read=reader.parse)


def tell(what: object) -> None:
    """Write a line of JSON that the parent reads at once."""
    os.write(LINE, f"{json.dumps(what)}\n".encode())


if __name__ == "__main__":
    child_side.limit_memory()
    for _, found in outcomes(sys.argv[1:]):
        tell([found.verdict, found.reason, found.failure, found.seconds, found.sentences])
