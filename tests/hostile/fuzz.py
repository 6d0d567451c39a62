"""`python -m tests.hostile.fuzz --minutes N [--seed S] [--kinds xlsx,ods] [--keep FOLDER]`

Reads mutated workbooks (`mutations`) until the time is up: each must be accepted, told what is wrong in it, or refused
in Vietnamese. Every other one is a failure, told with its format and number, and kept in FOLDER. The same numbers give
the same bytes. Exit code 1 after any failure.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile import line, seeds
from tests.hostile.mutations import mutated
from tests.hostile.oracle import Outcome, Verdict, judge

BATCH = 500


@dataclass
class Tally:
    """What came of a run: how many of each verdict, and every failure by format and number."""

    verdicts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, int, Outcome]] = field(default_factory=list)

    def add(self, kind: str, number: int, outcome: Outcome) -> None:
        """Count one outcome."""
        self.verdicts[outcome.verdict] += 1
        if outcome.verdict == Verdict.FAILED:
            self.failures.append((kind, number, outcome))


def run(kind: str, first: int, last: int) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each mutation `first` to `last` - 1 of a format."""
    return line.outcomes(
        lambda number: ["fuzz", kind, str(number), str(last)], first, last, lambda number: judge(mutated(kind, number))
    )


def fuzz(kinds: list[str], seed: int, minutes: float, told: Callable[[str, int, Outcome], None]) -> Tally:
    """Read batches of each format by turns until the time is up; `told` hears of every failure."""
    tally, end, first = Tally(), time.monotonic() + 60 * minutes, seed * 1_000_000
    while time.monotonic() < end:
        for kind in kinds:
            for number, outcome in run(kind, first, first + BATCH):
                tally.add(kind, number, outcome)
                if outcome.verdict == Verdict.FAILED:
                    told(kind, number, outcome)
                if time.monotonic() > end:
                    return tally
        first += BATCH
    return tally


def main(arguments: list[str]) -> int:
    """Run the command; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="where the numbers begin, in millions")
    parser.add_argument("--kinds", default=",".join(seeds.KINDS))
    parser.add_argument("--keep", type=Path, help="a folder for inputs that fail")
    options = parser.parse_args(arguments)

    def told(kind: str, number: int, outcome: Outcome) -> None:
        print(f"{kind} {number}: {outcome.failure}: {outcome.reason[-600:]}", flush=True)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            options.keep.joinpath(f"{kind}-{number}.{kind}").write_bytes(mutated(kind, number))

    tally = fuzz(options.kinds.split(","), options.seed, options.minutes, told)
    print(", ".join(f"{verdict} {count}" for verdict, count in sorted(tally.verdicts.items())))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
