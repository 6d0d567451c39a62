"""Cells that several scenes share: the task, who leads it, how it stands, what hinders it."""

from collections.abc import Iterable

import pandas as pd

from lib import words
from lib.scenes.parts import Cell, Column, Table
from lib.schema import UNASSIGNED
from lib.text import one_line, shorten
from lib.words import Look

ROWS = 120
"""A list shows so many; a meeting does not read more, and the page Nhiệm vụ has them all."""

REMARK_LETTERS = 90


def task_cell(row: object) -> Cell:
    """A task in one of its years."""
    return Cell(f"{row.label} ({row.year})", code=row.task)


def lead_cell(row: object) -> Cell:
    """Who leads it."""
    return unit_cell("; ".join(row.lead_units) or UNASSIGNED)


def unit_cell(unit: str) -> Cell:
    """A unit; nobody stands out."""
    return Cell("chưa giao", tone="nobody") if unit == UNASSIGNED else Cell(unit)


def due_cell(row: object) -> Cell:
    """Until when."""
    return Cell(words.day(row.due_on))


def standing_cell(row: object) -> Cell:
    """How it stands, in as few words as can be said aloud."""
    if row.look == Look.OVERDUE:
        return Cell(f"Quá hạn {words.number(row.days_overdue)} ngày", look=Look.OVERDUE, tone="alarm")
    if row.look == Look.DUE_SOON:
        return Cell(until_words(row), look=Look.DUE_SOON, tone="soon")
    return Cell(words.SHORT_LOOKS[Look(row.look)], look=Look(row.look))


def until_words(row: object) -> str:
    """How long until the due day; of a coming year's occurrence it may be past already."""
    if row.days_left > 0:
        return f"Còn {words.number(row.days_left)} ngày"
    return "Đến hạn hôm nay" if row.days_left == 0 else "Sắp đến hạn"


def remark_cell(row: object) -> Cell:
    """What hinders it and what is asked for, as reported."""
    said = [one_line(text) for text in (row.difficulty, row.proposal) if text]
    return Cell(shorten(". ".join(text.rstrip(". ") for text in said), REMARK_LETTERS) if said else "—")


def table(columns: Iterable[tuple[str, int]], rows: list[tuple[Cell, ...]]) -> Table:
    """The first `ROWS` of the rows; the rest are counted."""
    heads = tuple(Column(*each) for each in columns)
    return Table(heads, tuple(rows[:ROWS]), max(len(rows) - ROWS, 0))


def joined(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Occurrences of several tables in their order, each once."""
    together = pd.concat(list(tables))
    return together[~together.index.duplicated()]
