"""One scene for each department: its composition, what is late, what comes due next, what it owes a report on."""

import pandas as pd

from lib import summary, words
from lib.panels.bars import Bar, department_bars
from lib.scenes.material import Material
from lib.scenes.parts import Bars, Scene
from lib.scenes.rows import due_cell, joined, remark_cell, standing_cell, table, task_cell
from lib.schema import UNASSIGNED
from lib.words import State

_COLUMNS = (("Nhiệm vụ", 40), ("Hạn", 12), ("Tình trạng", 19), ("Vướng mắc, kiến nghị", 29))
NEXT = 3
"""Beside what is late and what comes due soon, so many of the next deadlines."""


def department(material: Material, unit: str, code: str) -> Scene:
    """The scene of a unit that leads at least one occurrence of the view."""
    row = material.departments.loc[unit]
    bars = _bars(material, unit)
    led = summary.select(material.occurrences, units={unit})
    owed = _owed(led)
    rows = [(task_cell(each), due_cell(each), standing_cell(each), remark_cell(each)) for each in owed.itertuples()]
    blocks = (bars, table(_COLUMNS, rows)) if rows else (bars,)
    return Scene(code, unit, _finding(unit, row), blocks)


def _bars(material: Material, unit: str) -> Bars:
    """The whole of the unit's work in one bar."""
    table = material.departments.loc[[unit]]
    (bar,) = department_bars(table, material.view)
    return Bars((Bar("Tất cả các lượt", bar.beside, bar.link, bar.rate, bar.pieces),))


def _owed(led: pd.DataFrame) -> pd.DataFrame:
    """Overdue, due soon, not reported; then the next deadlines."""
    found = summary.attention(led)
    coming = led[led["state"] == State.WITHIN].sort_values("due_on", kind="stable").head(NEXT)
    return joined([found.overdue, found.due_soon, found.no_report, coming])


def _finding(unit: str, row: pd.Series) -> str:
    """The unit and the one thing to know of it."""
    who = "Chưa giao phòng nào" if unit == UNASSIGNED else unit
    if row["overdue"]:
        days = words.number(row["longest_overdue_days"])
        return f"{who}: {words.number(row['overdue'])} lượt quá hạn, lâu nhất {days} ngày"
    if pd.isna(row["completion_rate"]):
        return f"{who}: chưa có lượt nào đến hạn"
    return f"{who}: hoàn thành {words.rate(row['completion_rate'])} số đến hạn, không có lượt nào quá hạn"
