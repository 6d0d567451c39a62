"""How long reading and checking a workbook takes, as a ratio to python-calamine's own reading of the same file.

    python -m benchmarks.reading [--rows 100000] [--rounds 5]

The aim is at most 2 at 100 000 rows of `Tiến độ`. What is measured is `reader.read` as a page calls it: the guards,
the child process with its start, the scan, the checks and the tables on their way back. Calamine is measured twice:
in this process, and in a fresh process that does nothing else, since a file from outside is never opened in the server.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import workbooks
from benchmarks.calamine_alone import read_with_calamine
from benchmarks.measuring import by_turns, ratio
from lib.workbook import reader

ROOT = Path(__file__).resolve().parents[1]


def read_with_calamine_apart(data: bytes) -> None:
    """The same in a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.calamine_alone"], input=data, cwd=ROOT, check=True)


def read_and_check(data: bytes) -> None:
    """The same file as the product reads it; it must be without problems, or something else would be measured."""
    if problems := reader.read(data).problems:
        raise SystemExit(f"The measured workbook has problems: {problems[:3]}")


def main() -> None:
    """Print the two times and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        workbooks.write(path, options.rows // 5)
        data = path.read_bytes()
    times = by_turns(
        options.rounds,
        calamine=lambda: read_with_calamine(data),
        apart=lambda: read_with_calamine_apart(data),
        product=lambda: read_and_check(data),
    )
    print(f"{options.rows} rows, {len(data) / 2**20:.1f} MB, {options.rounds} rounds")
    print(f"calamine, in this process    {times['calamine']}")
    print(f"calamine, in a fresh process {times['apart']}")
    print(f"read and checked             {times['product']}")
    print(f"ratio to the first           {ratio(times['product'], times['calamine'])}")
    print(f"ratio to the second          {ratio(times['product'], times['apart'])}")


if __name__ == "__main__":
    main()
