"""The closing list: who owes what by when."""

import pandas as pd

from lib import summary, words
from lib.scenes.decisions import unfinished
from lib.scenes.material import Material
from lib.scenes.parts import Cell, Scene
from lib.scenes.rows import due_cell, joined, table, task_cell, unit_cell
from lib.words import Look

CODE, NAME = "ket-thuc", "Ai làm gì, bao giờ"
_COLUMNS = (("Phòng", 17), ("Nhiệm vụ", 38), ("Phải làm", 21), ("Hạn", 24))


def closing(material: Material) -> Scene | None:
    """What is overdue, comes due soon, lacks a report or a department, by department; None where nothing is owed."""
    found = material.attention
    owed = joined([found.overdue, found.due_soon, found.no_report, unfinished(found.unassigned)])
    if owed.empty:
        return None
    rows = [_row(unit, row) for unit in material.departments.index for row in _of(owed, unit).itertuples()]
    return Scene(CODE, NAME, _finding(owed), (table(_COLUMNS, rows),))


def _of(owed: pd.DataFrame, unit: str) -> pd.DataFrame:
    """A unit's part, in the order of the due days."""
    return summary.select(owed, units={unit}).sort_values("due_on", kind="stable")


def _row(unit: str, row: object) -> tuple[Cell, ...]:
    return unit_cell(unit), task_cell(row), _duty(row), _until(row)


def _until(row: object) -> Cell:
    """By when; what is late says by how much."""
    if row.look == Look.OVERDUE:
        return Cell(f"{words.day(row.due_on)}, quá {words.number(row.days_overdue)} ngày", tone="alarm")
    return due_cell(row)


def _duty(row: object) -> Cell:
    """What has to be done, as its state asks."""
    look = Look(row.look)
    if not row.lead_units:
        return Cell("Giao phòng tham mưu", look=look, tone="alarm" if look == Look.OVERDUE else "")
    if look == Look.OVERDUE:
        return Cell("Hoàn thành ngay", look=look, tone="alarm")
    if look == Look.DUE_SOON:
        return Cell("Hoàn thành đúng hạn", look=look, tone="soon")
    return Cell("Báo cáo tiến độ", look=look)


def _finding(owed: pd.DataFrame) -> str:
    """How much is owed; work of several departments counts once."""
    late = int((owed["look"] == Look.OVERDUE).sum())
    nobodys = int((owed["lead_units"].map(len) == 0).sum())
    said = [f"{words.number(len(owed))} việc phải làm"]
    said.append(f"{words.number(late)} việc đã quá hạn" if late else "chưa việc nào quá hạn")
    return ", ".join(said) + (f"; {words.number(nobodys)} việc chưa giao phòng nào" if nobodys else "")
