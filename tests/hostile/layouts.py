"""The ordinary workbook's sheets laid out otherwise: what people do to a table that leaves it the same table."""

import unicodedata
from dataclasses import replace

from lib.workbook.sheets import Sheet
from tests import workbooks
from tests.hostile import seeds

Line = int | list[object]
"""A row or column of the result: that one of the sheet, or cells of its own."""


def ordinary() -> list[Sheet]:
    """The sheets of the seeds."""
    return workbooks.sheets(seeds.TEXT)


def arranged(sheet: Sheet, rows: list[Line], columns: list[Line]) -> Sheet:
    """The sheet with its rows and columns in another order, and others between them. Formats go with their cells."""
    places = {
        (row, column): (new_row, new_column)
        for new_row, row in enumerate(rows)
        for new_column, column in enumerate(columns)
        if isinstance(row, int) and isinstance(column, int)
    }
    formats = {}
    for name in ("percent", "yearless"):
        formats[name] = {}
        for place in ((row, column) for column, marked in getattr(sheet, name).items() for row in marked):
            if place in places:
                new_row, new_column = places[place]
                formats[name].setdefault(new_column, set()).add(new_row)
    return replace(sheet, rows=[_row(sheet, row, columns) for row in rows], **formats)


def _row(sheet: Sheet, row: Line, columns: list[Line]) -> list[object]:
    if not isinstance(row, int):
        return (row + [""] * len(columns))[: len(columns)]
    # A column of its own has a header and blank cells.
    return [
        sheet.rows[row][column] if isinstance(column, int) else (column[0] if row == 0 else "") for column in columns
    ]


def with_header(sheet: Sheet, change: dict[int, str]) -> Sheet:
    """The sheet with other words in some columns of its header."""
    header = [change.get(column, name) for column, name in enumerate(sheet.rows[0])]
    return replace(sheet, rows=[header, *sheet.rows[1:]])


SPELLINGS = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "small letters": str.lower,
    "NFD": lambda name: unicodedata.normalize("NFD", name),
    "line breaks": lambda name: name.replace(" ", "\n"),
    "wide": lambda name: f"  {name.replace(' ', '   ')}\u00a0",
    "a colon": lambda name: f"{name}:",
    "signs nobody sees": lambda name: f"\ufeff{name}\u200b",
}
"""Ways of writing a name that are the same name."""
