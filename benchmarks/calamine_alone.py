"""The yardstick of `benchmarks.reading`: a process that reads a workbook from its standard input and does no more."""

import sys
from io import BytesIO

from python_calamine import CalamineWorkbook


def read_with_calamine(data: bytes) -> None:
    """Every cell of every sheet as a Python value."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


if __name__ == "__main__":
    read_with_calamine(sys.stdin.buffer.read())
