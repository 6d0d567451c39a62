"""Reading made-up workbooks in tests, and writing their cells."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import xlsxwriter

from lib.workbook.guards import inspect
from lib.workbook.limits import Limits
from lib.workbook.sheets import Sheet, read_sheets

FILES = Path(__file__).with_name("files")


def read(data: bytes, **limits: int) -> list[Sheet]:
    """Read all sheets of a workbook, in this process."""
    every = replace(Limits(), **limits)
    return read_sheets(data, inspect(data, every), every)


def only(data: bytes, **limits: int) -> Sheet:
    """Read the only sheet of a workbook."""
    (sheet,) = read(data, **limits)
    return sheet


def row(number: int, *cells: str) -> str:
    """Write a row of xlsx."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def number(address: str, value: object, style: int = 0) -> str:
    """Write a cell of xlsx that holds a number."""
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def written(build: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """Give the bytes of a workbook that XlsxWriter makes as `build` says."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        build(book)
    return target.getvalue()
