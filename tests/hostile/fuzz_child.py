"""A process that reads mutated workbooks one after the other, telling each number before it begins.

Started by `fuzz`: when it dies or falls silent, the last number it told is the input that did it.
"""

import json
import sys

from lib.workbook import child_side, reader
from tests.hostile.mutations import mutated
from tests.hostile.oracle import Failure, Outcome, Verdict, judge
from tests.hostile.unnoticed import unnoticed


def outcome(data: bytes, kind: str) -> Outcome:
    """What becomes of the bytes in this process; what is accepted must hold all that others read."""
    found = judge(data, read=reader.parse)
    if found.verdict == Verdict.ACCEPTED and (said := unnoticed(data, kind)):
        return Outcome(Verdict.FAILED, said, Failure.UNNOTICED)
    return found


def main(kind: str, first: int, last: int) -> None:
    """Read the mutations `first` to `last` - 1 of a format."""
    child_side.limit_memory()
    for number in range(first, last):
        print(number, flush=True)
        found = outcome(mutated(kind, number), kind)
        print(json.dumps([found.verdict, found.failure, found.reason]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
