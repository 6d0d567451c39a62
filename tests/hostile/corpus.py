"""`python -m tests.hostile.corpus FOLDER [--out REPORT] [--one-process]`

Reads every file of a folder, and of the folders in it, as the product does: in a process of its own, within its limits.
Says of each whether it was accepted, opened with problems, refused with which reason, or is a failure: the reading
process crashed, hung or took too much memory; something else was raised than a sentence; a sentence has English in it
or no Vietnamese. Exit code 1 after any failure, 2 where there is nothing to read.

With --one-process a single process reads all, much quicker; only what ends it is read again in one of its own.
"""

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from lib.workbook import reader
from lib.workbook.limits import Limits
from tests.hostile import line
from tests.hostile.oracle import Failure, Outcome, Read, Verdict, judge

GRACE = 30.0
"""Seconds beyond what the limits give the reading process, after which the reader itself is said to hang."""
Found = tuple[Path, Outcome]


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder and the folders in it, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def each_alone(
    paths: list[Path], read: Read = reader.read, limits: Limits | None = None, grace: float = GRACE
) -> Iterator[Found]:
    """What becomes of each file, read one by one by `read`."""
    limits = limits or Limits()
    for path in paths:
        # A large file that ends its process is read a second time.
        yield path, _in_time(path, read, limits, 2 * limits.child_seconds + grace)


def _in_time(path: Path, read: Read, limits: Limits, seconds: float) -> Outcome:
    """Judge a file in a thread of its own: a reader that never comes back must not stop the run."""
    found: list[Outcome] = []
    thread = threading.Thread(target=lambda: found.append(judge(path.read_bytes(), limits, read)), daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else Outcome(Verdict.FAILED, "the reader does not come back", Failure.HUNG, seconds)


def in_one_process(paths: list[Path]) -> Iterator[Found]:
    """The same as the product's reader gives, by one process for all files."""
    with TemporaryDirectory() as folder:
        names = Path(folder, "names.txt")
        names.write_text("\n".join(str(path.resolve()) for path in paths), encoding="utf-8")
        again = line.outcomes(
            lambda number: ["files", str(names), str(number)],
            0,
            len(paths),
            lambda number: _in_time(paths[number], reader.read, Limits(), 2 * Limits().child_seconds + GRACE),
        )
        for number, outcome in again:
            yield paths[number], outcome


def told(found: Found, folder: Path) -> str:
    """A line of the report."""
    path, outcome = found
    verdict = f"FAILED ({outcome.failure})" if outcome.failure else str(outcome.verdict)
    reason = " ".join(outcome.reason[-2_000:].split())
    return f"{verdict}\t{outcome.seconds:.2f} s\t{path.relative_to(folder).as_posix()}\t{reason}"


def summary(found: list[Found]) -> str:
    """How many files of each kind came to which end."""
    counts: dict[str, Counter[str]] = {}
    for path, outcome in found:
        counts.setdefault(path.suffix.lower() or "(none)", Counter())[outcome.verdict] += 1
    rows = [f"{suffix}\t" + "\t".join(str(of[verdict]) for verdict in Verdict) for suffix, of in sorted(counts.items())]
    return "\n".join(["\t".join(["kind", *Verdict]), *rows])


def main(arguments: list[str], read: Read | None = None, limits: Limits | None = None, grace: float = GRACE) -> int:
    """Run the command; 1 where anything failed. `read` stands in for the product's reader."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="write the whole report here, a line for each file")
    parser.add_argument("--one-process", action="store_true")
    options = parser.parse_args(arguments)
    paths = files_in(options.folder)
    if not paths:
        print(f"no file in {options.folder}")
        return 2
    reading = in_one_process(paths) if options.one_process else each_alone(paths, read or reader.read, limits, grace)
    found, lines = [], []
    for one in reading:
        found.append(one)
        lines.append(told(one, options.folder))
        if options.out is None or one[1].failure:
            print(lines[-1], flush=True)
    if options.out:
        options.out.write_text("\n".join([*lines, "", summary(found), ""]), encoding="utf-8")
    print(summary(found))
    return 1 if any(outcome.failure for _, outcome in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
