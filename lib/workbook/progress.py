"""Sheets `Tiến độ` -> what was reported of each task and year, and every rule about such a row.

The rules are in docs/quy-tac-tinh.md, "Tiến độ".
"""

import datetime as dt

import pandas as pd

from lib import schema
from lib.calendar_days import DayMonth
from lib.schema import Report
from lib.text import fold, suggest
from lib.workbook import cells, columns, rows
from lib.workbook.cells import CellFault, Value
from lib.workbook.kept_rows import Promises, Rows
from lib.workbook.problems import Problems, Severity
from lib.workbook.progress_rules import ALLOWED, RULES
from lib.workbook.register import TABLES
from lib.workbook.tables import Table
from lib.workbook.unit_column import read_units
from lib.workbook.units import UnitNames

TEXTS = ("result", "document", "difficulty", "proposal")
COLUMNS = list(TABLES["progress"])
_STATUS_BY_FOLD = {fold(word): report for report, words in schema.STATUS_WORDS.items() for word in words}


def read(tables: list[Table], promises: Promises, names: UnitNames, problems: Problems) -> pd.DataFrame:
    """All rows of all `Tiến độ` sheets, joined."""
    parts = []
    first_seen: dict[tuple[str, int], str] = {}
    for table in tables:
        read_rows = _read_rows(table, promises, names, problems)
        _check(read_rows, problems)
        _check_unique(read_rows, first_seen, problems)
        parts.append(_frame(read_rows))
    return pd.concat(parts, ignore_index=True) if parts else _frame_of({name: [] for name in COLUMNS})


def status(value: Value) -> Report:
    """A listed or accepted spelling of `Trạng thái`."""
    found = _STATUS_BY_FOLD.get(fold(cells.text(value)))
    if found is None:
        shown = cells.shown(value.raw)
        meant = suggest(shown, [word for words in schema.STATUS_WORDS.values() for word in words])
        advice = f" Có phải “{meant}”?" if meant else ""
        message = f"“{shown}” không phải trạng thái.{advice} Ghi một trong: {ALLOWED}; hoặc để trống."
        raise CellFault("unknown-choice", message)
    return found


def _read_rows(table: Table, promises: Promises, names: UnitNames, problems: Problems) -> Rows:
    kept = rows.counted(table, set(), problems)
    readers = {
        "task": cells.code,
        "year": cells.year,
        "due": cells.due,
        "status": status,
        "percent": cells.percent,
        "completed_on": cells.date,
        "updated_on": cells.date,
    }
    values = {name: columns.read(table, name, kept, reader, problems) for name, reader in readers.items()}
    values |= {name: columns.texts(table, name, kept) for name in TEXTS}
    values["status_text"] = columns.texts(table, "status", kept)
    values["lead_text"] = columns.texts(table, "lead_units", kept)
    values["lead_units"] = read_units(table, "lead_units", kept, names, problems)
    if "year" not in table.columns:
        values["year"] = [table.year] * len(kept)
    values["due_on"] = [_due_in(due, year) for due, year in zip(values.pop("due"), values["year"], strict=True)]
    return Rows(table, kept, values, promises)


def _due_in(due: dt.date | DayMonth | None, year: int | None) -> dt.date | None:
    if isinstance(due, DayMonth):
        return due.of(year) if year else None
    return due


def _frame(read_rows: Rows) -> pd.DataFrame:
    """The rows as a table; `completed_on` is filled from `updated_on` where a done row has no date of its own."""
    values = dict(read_rows.values)
    values["completed_on"] = [
        completed or (updated if report == Report.DONE else None)
        for _, completed, updated, report in read_rows.of("completed_on", "updated_on", "status")
    ]
    return _frame_of(values)


def _frame_of(values: dict[str, list]) -> pd.DataFrame:
    values = values | {"status": [report or Report.NONE for report in values["status"]]}
    frame = pd.DataFrame({name: pd.Series(values[name], dtype=object) for name in COLUMNS})
    dates = dict.fromkeys(("due_on", "completed_on", "updated_on"), "datetime64[s]")
    return frame.astype(dates | {"percent": "float64"})


def _check(read_rows: Rows, problems: Problems) -> None:
    for rule in RULES:
        for severity, name, column, position, message in rule(read_rows):
            report = problems.error if severity == Severity.ERROR else problems.warning
            report(name, read_rows.table.title, read_rows.table.cell(column, position), message)


def _check_unique(read_rows: Rows, first_seen: dict[tuple[str, int], str], problems: Problems) -> None:
    """A task and year may have one row over all `Tiến độ` sheets."""
    table = read_rows.table
    for position, task, year in read_rows.of("task", "year"):
        if not task or year is None:
            continue
        where = table.cell("task", position)
        if (task, year) in first_seen:
            message = (
                f"Nhiệm vụ {task} năm {year} đã có ở {first_seen[task, year]}. "
                "Mỗi nhiệm vụ mỗi năm một dòng; giữ lại dòng đúng."
            )
            problems.error("duplicate-progress", table.title, where, message)
        else:
            first_seen[task, year] = f"{table.title}!{where}"
