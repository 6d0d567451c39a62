"""Marks at the cells: a colour and a note that says what to write; and taking off those of an earlier copy."""

import math
from collections.abc import Collection, Iterator
from copy import copy
from itertools import product

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from lib.workbook.addresses import position
from lib.workbook.cell_text import escaped
from lib.workbook.problems import Problem, Severity

AUTHOR = "Kiểm tra số liệu"
HEADINGS = {Severity.ERROR: f"{AUTHOR} – lỗi cần sửa:", Severity.WARNING: f"{AUTHOR} – điều cần lưu ý:"}
COLOURS = {Severity.ERROR: "FFFFB3A8", Severity.WARNING: "FFFFE39A"}
"""Light enough to read black type on; no spreadsheet offers exactly these, so they are known again."""

_BLACK, _WHITES = "FF000000", ("FFFFFFFF", "00FFFFFF")
_WHITE_THEME = 0
_NOTE_WIDTH, _NOTE_LINE, _LETTERS_IN_LINE, _TALLEST_NOTE = 300, 18, 40, 600

Place = tuple[int, int]
"""Row and column of a cell, both from 1, as openpyxl counts."""


def fill(severity: Severity) -> PatternFill:
    """The colour of a mark."""
    return PatternFill("solid", fgColor=COLOURS[severity])


def gravest(problems: Collection[Problem]) -> Severity:
    """`error` where any of the problems is one."""
    return Severity.ERROR if any(each.severity == Severity.ERROR for each in problems) else Severity.WARNING


def mark(book: Workbook, problems: list[Problem]) -> None:
    """Colour every cell that `problems` name and write one note to it."""
    for sheet in book.worksheets:
        for place, found in _by_place(sheet, problems).items():
            cell, severity = sheet.cell(*place), gravest(found)
            cell.fill = fill(severity)
            _darken(cell)
            _add_note(cell, "\n".join([HEADINGS[severity], *(f"• {each.message}" for each in found)]))


def clean(book: Workbook) -> None:
    """Take off the colours and notes of an earlier copy; other notes, and what others wrote in one, stay."""
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if cell.has_style and cell.fill.fgColor.rgb in COLOURS.values():
                cell.fill = PatternFill()
            if cell.comment:
                _remove_ours(cell)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """The cells there are: walking the rows would make one at every place."""
    return (cell for cell in list(sheet._cells.values()) if not isinstance(cell, MergedCell))


def _by_place(sheet: Worksheet, problems: list[Problem]) -> dict[Place, list[Problem]]:
    """The problems at each cell of `sheet`; those of a spanned cell at the one that spans it."""
    named = {problem.cell for problem in problems if problem.sheet == sheet.title and problem.cell}
    places = {cell: tuple(number + 1 for number in position(cell)) for cell in named}
    origins = _origins(sheet, set(places.values()))
    found: dict[Place, list[Problem]] = {}
    for problem in problems:
        if problem.sheet == sheet.title and problem.cell:
            place = places[problem.cell]
            found.setdefault(origins.get(place, place), []).append(problem)
    return found


def _origins(sheet: Worksheet, places: set[Place]) -> dict[Place, Place]:
    """Where those of `places` that a merged cell spans begin."""
    origins = {}
    for merge in sheet.merged_cells.ranges if places else ():
        rows, columns = range(merge.min_row, merge.max_row + 1), range(merge.min_col, merge.max_col + 1)
        few = len(rows) * len(columns) < len(places)
        spanned = product(rows, columns) if few else places
        inside = [place for place in spanned if place in places and place[0] in rows and place[1] in columns]
        origins |= dict.fromkeys(inside, (merge.min_row, merge.min_col))
    return origins


def _darken(cell: Cell) -> None:
    """White type, usual in a dark header, cannot be read on a mark."""
    colour = cell.font.color
    if colour is None:
        return
    if (colour.type == "theme" and colour.theme == _WHITE_THEME) or (colour.type == "rgb" and colour.rgb in _WHITES):
        font = copy(cell.font)
        font.color = Color(_BLACK)
        cell.font = font


def _add_note(cell: Cell, words: str) -> None:
    """One note: ours, below what somebody else wrote to the cell."""
    before = cell.comment
    text = f"{before.text.rstrip()}\n\n{escaped(words)}" if before else escaped(words)
    cell.comment = _note(text, before.author if before else AUTHOR)


def _remove_ours(cell: Cell) -> None:
    note = cell.comment
    starts = [at for heading in HEADINGS.values() if (at := note.text.find(heading)) >= 0]
    if not starts and note.author != AUTHOR:
        return
    others = note.text[: min(starts)].rstrip() if starts else ""
    cell.comment = _note(others, note.author) if others else None


def _note(text: str, author: str) -> Comment:
    lines = sum(max(1, math.ceil(len(line) / _LETTERS_IN_LINE)) for line in text.split("\n"))
    return Comment(text, author, height=min(_TALLEST_NOTE, _NOTE_LINE * lines + 12), width=_NOTE_WIDTH)
