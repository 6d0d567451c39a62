"""How long reading and checking a workbook takes, as a ratio to python-calamine's own reading of the same file.

    python benchmarks/reading.py [--rows 100000] [--rounds 5]

The aim is at most 2 at 100 000 rows of `Tiến độ`. What is measured is `reader.read` as a page calls it: the guards,
the child process with its start, the scan, the checks and the tables on their way back.
"""

import argparse
import sys
import tempfile
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from python_calamine import CalamineWorkbook

from benchmarks import workbooks
from benchmarks.measuring import by_turns, ratio
from lib.workbook import reader


def read_with_calamine(data: bytes) -> None:
    """Every cell of every sheet as a Python value."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


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
        options.rounds, calamine=lambda: read_with_calamine(data), product=lambda: read_and_check(data)
    )
    print(f"{options.rows} rows, {len(data) / 2**20:.1f} MB, {options.rounds} rounds")
    print(f"calamine alone     {times['calamine']}")
    print(f"read and checked   {times['product']}")
    print(f"ratio              {ratio(times['product'], times['calamine'])}")


if __name__ == "__main__":
    main()
