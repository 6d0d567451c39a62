"""One reading in a process of its own, whose memory `benchmarks.reading` watches: `calamine`, `pandas` or `product`.

    python -m benchmarks.reading_apart product FILE

It says when it is ready and when it has read, still holding what it read, and goes on with the next line it is given.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

KINDS = ("calamine", "pandas", "product")


def reader_of(kind: str) -> Callable[[bytes], object]:
    """What reads bytes; its libraries are imported then, which is no cost of the file."""
    if kind == "calamine":
        from python_calamine import CalamineWorkbook

        return lambda data: _rows(CalamineWorkbook.from_filelike(BytesIO(data)))
    if kind == "pandas":
        import openpyxl  # noqa: F401
        import pandas as pd

        return lambda data: pd.read_excel(BytesIO(data), sheet_name=None, engine="openpyxl")
    from lib.workbook import reader

    return reader.read


def _rows(book) -> list[list]:
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def main() -> None:
    """Read once, between two lines."""
    kind, path = sys.argv[1:]
    data, read = Path(path).read_bytes(), reader_of(kind)
    print("ready", flush=True)
    input()
    held = read(data)
    print("read", flush=True)
    input()
    del held


if __name__ == "__main__":
    main()
