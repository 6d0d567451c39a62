"""A register's tables -> what stands in the cells of the workbook, sheet by sheet."""

import datetime as dt
import re

import pandas as pd

from lib.calendar_days import DayMonth
from lib.schema import INFO_KEYS, MODELS, OFFICIAL, PROGRESS, SAMPLE, Absent, Column, Kind, Sheet
from lib.words import day
from lib.workbook.plan import Plan
from lib.workbook.register import Register

Cell = str | int | float | dt.date | None
"""What one cell holds; None is an empty cell."""

TASK_NAME = Column("task_name", "Tên nhiệm vụ", Kind.TEXT, Absent.OPTIONAL, "Tự hiện theo mã nhiệm vụ; không cần ghi")
"""The grey column of `Tiến độ`: it looks the task's name up, and the reader passes over it."""

_TYPED = {
    ("tasks", "executing_units"): "executing_text",
    ("tasks", "lead_units"): "lead_text",
    ("progress", "due"): "due_on",
    ("progress", "status"): "status_text",
    ("progress", "lead_units"): "lead_text",
    ("models", "units"): "units_text",
}
"""Columns whose typed form stands under another name in the register."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text(value: str) -> str:
    """`value` as a cell can hold it: line breaks as Excel writes them, no control characters."""
    return _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def layout(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of `sheet` from left to right, the grey one second in `Tiến độ`."""
    return (sheet.columns[0], TASK_NAME, *sheet.columns[1:]) if sheet is PROGRESS else sheet.columns


def rows(register: Register, sheet: Sheet, *, blank: bool) -> list[list[Cell]]:
    """The rows of `sheet`, a cell for each column of its `layout`.

    blank: of `Tiến độ` only code and year of every occurrence the plan makes, of `Mô hình` nothing; the plan itself
        (sections, units, tasks) is always whole.
    """
    table = _blank_table(register, sheet) if blank else getattr(register, sheet.name)
    if sheet is PROGRESS:
        table = table.assign(**{TASK_NAME.name: table["task"].map(_task_names(register)).astype(object)})
    columns = layout(sheet)
    present = table.reindex(columns=[_TYPED.get((sheet.name, column.name), column.name) for column in columns])
    return [
        [_cell(value, column.kind) for value, column in zip(row, columns, strict=True)]
        for row in present.astype(object).itertuples(index=False, name=None)
    ]


def _blank_table(register: Register, sheet: Sheet) -> pd.DataFrame:
    if sheet is PROGRESS:
        return register.planned[["task", "year"]]
    return register.models.head(0) if sheet is MODELS else getattr(register, sheet.name)


def _cell(value: object, kind: Kind) -> Cell:
    """One value of a table as its cell: lists of units are joined, what is missing is empty, due days are text."""
    if isinstance(value, (list, tuple)):
        return "; ".join(value)
    if isinstance(value, str):
        return text(value)
    if pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return day(value) if kind is Kind.DUE else value.date()
    return float(value) if isinstance(value, float) else int(value)


def _task_names(register: Register) -> dict[str, str]:
    """Code -> what the grey column shows: the short name, else the words cut where the formula cuts them."""
    tasks = register.tasks
    return {
        code: text(short_name) or text(content)[:60]
        for code, short_name, content in zip(tasks["task"], tasks["short_name"], tasks["content"], strict=True)
    }


def info(plan: Plan, *, blank: bool) -> list[Cell]:
    """The values of `Thông tin` in the order of `schema.INFO_KEYS`; a blank form holds real figures, never samples."""
    nature = SAMPLE if plan.sample and not blank else OFFICIAL
    return [nature if key.name == "nature" else _info_cell(getattr(plan, key.name)) for key in INFO_KEYS]


def _info_cell(value: str | int | dt.date | DayMonth | None) -> Cell:
    if isinstance(value, DayMonth):
        return f"{value.day}/{value.month}"
    return text(value) if isinstance(value, str) else value
