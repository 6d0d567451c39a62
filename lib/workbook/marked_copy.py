"""Bytes and their problems -> the marked copy: with all its form where that can be kept, else the values alone.

The copy must read exactly as the original does, so what was written is read again before it is handed out.
"""

import datetime as dt
import math
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl import Workbook

from lib.errors import UnreadableWorkbook
from lib.workbook import context, guards, kept_book, marked_cells, marked_list, plain_book, reading
from lib.workbook.cells import is_blank
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem
from lib.workbook.sheets import Sheet, read_sheets

MOST_CELLS = 300_000
"""Cells, merged ones too, of a workbook whose form is kept: a larger one would take longer than anyone waits."""
SAME = 1e-12
"""Relative difference of numbers that count as equal: they are written with 16 digits."""

OLD_FORM = "Tệp gốc không phải kiểu *.xlsx nên bản này chỉ giữ số liệu, không giữ định dạng, công thức, ghi chú cũ."
TOO_LARGE = "Tệp gốc rất lớn nên bản này chỉ giữ số liệu, không giữ định dạng, công thức, ghi chú cũ."
UNUSUAL = "Tệp gốc có cấu trúc lạ nên bản này chỉ giữ số liệu, không giữ định dạng, công thức, ghi chú cũ."


@dataclass(frozen=True)
class Order:
    """What to mark: the problems in question, and how many errors and warnings the workbook has in all."""

    problems: list[Problem]
    errors: int
    warnings: int


def marked(data: bytes, order: Order, limits: Limits) -> bytes:
    """The marked copy of a workbook. Raises UnreadableWorkbook. In the child process only: `data` is hostile."""
    kind = guards.inspect(data, limits)
    sheets = _sheets(data, kind, limits)
    surroundings = context.Surroundings(sheets, reading.find_tables(sheets))
    order = Order([surroundings.of(problem) for problem in order.problems], order.errors, order.warnings)
    if kind not in ("xlsx", "xlsm"):
        return _plain(sheets, order, OLD_FORM)
    if _size(sheets) > MOST_CELLS:
        return _plain(sheets, order, TOO_LARGE)
    return _with_form(data, sheets, order, limits) or _plain(sheets, order, UNUSUAL)


def _sheets(data: bytes, kind: str, limits: Limits) -> list[Sheet]:
    """The workbook's own sheets: without the list that an earlier copy was given."""
    sheets = read_sheets(data, kind, limits)
    return [sheet for sheet in sheets if not marked_list.is_ours(sheet.name, sheet.rows[0] if sheet.rows else [])]


def _size(sheets: list[Sheet]) -> int:
    merges = [merge for sheet in sheets for merge in sheet.merges]
    merged = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges)
    return merged + sum(len(row) for sheet in sheets for row in sheet.rows)


def _plain(sheets: list[Sheet], order: Order, why: str) -> bytes:
    book = plain_book.build(sheets)
    _mark(book, order, [why])
    return plain_book.written(book)


def _with_form(data: bytes, sheets: list[Sheet], order: Order, limits: Limits) -> bytes | None:
    """The copy with its form; None where it cannot be kept, or would read differently."""
    try:
        kept = kept_book.load(data)
        _mark(kept.book, order, kept.losses())
        made = kept.written()
        again = _sheets(made, guards.inspect(made, limits), limits)
    except (kept_book.FormNotKept, UnreadableWorkbook):
        return None
    return made if len(again) == len(sheets) and all(map(_same, sheets, again)) else None


def _mark(book: Workbook, order: Order, remarks: list[str]) -> None:
    marked_list.remove(book)
    marked_cells.clean(book)
    if order.problems:
        marked_cells.mark(book, order.problems)
        marked_list.add(book, order.problems, (order.errors, order.warnings), remarks)


def _same(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets read the same; which sort of blank a blank cell is does not count."""
    if _facts(one) != _facts(other):
        return False
    rows = zip_longest(one.rows, other.rows, fillvalue=())
    return all(
        a == b or _close(a, b) or (is_blank(a) and is_blank(b))
        for pair in rows
        for a, b in zip_longest(*pair, fillvalue="")
    )


def _facts(sheet: Sheet) -> tuple:
    """What is known of a sheet besides its values; the format of a blank cell says nothing."""
    percent, yearless = (
        {
            (row, column)
            for column, rows in formats.items()
            for row in rows
            if row < len(sheet.rows) and column < len(sheet.rows[row]) and not is_blank(sheet.rows[row][column])
        }
        for formats in (sheet.percent, sheet.yearless)
    )
    return sheet.name, set(sheet.merges), sheet.errors, sheet.uncalculated, percent, yearless


def _close(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=SAME)
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return abs(one - other) < dt.timedelta(seconds=1)
    return False
