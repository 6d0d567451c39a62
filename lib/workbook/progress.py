"""Sheets `Tiến độ` -> what was reported of each task and year, and every rule about such a row.

The rules are in docs/quy-tac-tinh.md, "Tiến độ".
"""

import datetime as dt

from lib import schema
from lib.calendar_days import DayMonth
from lib.schema import Report
from lib.text import fold, suggest
from lib.workbook import cells, columns, rows
from lib.workbook.cells import CellFault, Value
from lib.workbook.kept_rows import Promises, Rows
from lib.workbook.problems import Problems, Severity
from lib.workbook.progress_rules import ALLOWED, RULES
from lib.workbook.shape import Columns, joined
from lib.workbook.tables import Table
from lib.workbook.unit_column import read_units
from lib.workbook.units import UnitNames

TEXTS = ("result", "document", "difficulty", "proposal")
Places = dict[tuple[str | None, int | None], int]
"""The first row of each task and year."""
_STATUS_BY_FOLD = {fold(word): report for report, words in schema.STATUS_WORDS.items() for word in words}


def read(tables: list[Table], promises: Promises, names: UnitNames, problems: Problems) -> Columns:
    """All rows of all `Tiến độ` sheets, joined."""
    parts = []
    seen: list[tuple[Table, Places]] = []
    for table in tables:
        read_rows = _read_rows(table, promises, names, problems)
        _check(read_rows, problems)
        _check_unique(read_rows, seen, problems)
        parts.append(_completed(read_rows))
    return joined("progress", parts)


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
    kept = rows.counted(table, promises.due_on, problems)
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
    values["lead_units"] = read_units(table, "lead_units", kept, values["lead_text"], names, problems)
    if "year" not in table.columns:
        values["year"] = [table.year] * len(kept)
    values["due_on"] = _due_in_years(values.pop("due"), values["year"])
    return Rows(table, kept, values, promises)


def _due_in_years(dues: list[dt.date | DayMonth | None], years: list[int | None]) -> list[dt.date | None]:
    if not any(dues):
        return dues
    return [
        (due.of(year) if year else None) if isinstance(due, DayMonth) else due
        for due, year in zip(dues, years, strict=True)
    ]


def _completed(read_rows: Rows) -> Columns:
    """The rows' columns; `completed_on` is filled from `updated_on` where a done row has no date of its own."""
    done = Report.DONE
    completed_on = [
        completed or (updated if report == done else None)
        for _, completed, updated, report in read_rows.of("completed_on", "updated_on", "status")
    ]
    reported = [report or Report.NONE for report in read_rows.values["status"]]
    return read_rows.values | {"completed_on": completed_on, "status": reported}


def _check(read_rows: Rows, problems: Problems) -> None:
    for rule in RULES:
        for severity, name, column, position, message in rule(read_rows):
            report = problems.error if severity == Severity.ERROR else problems.warning
            report(name, read_rows.table.title, read_rows.table.cell(column, position), message)


def _check_unique(read_rows: Rows, seen: list[tuple[Table, Places]], problems: Problems) -> None:
    """A task and year may have one row over all `Tiến độ` sheets; `seen` are the rows of the sheets before."""
    table = read_rows.table
    keys = list(zip(read_rows.values["task"], read_rows.values["year"], strict=True))
    places = dict(zip(reversed(keys), reversed(read_rows.kept), strict=True))
    seen.append((table, places))
    if len(places) == len(keys) and all(places.keys().isdisjoint(other) for _, other in seen[:-1]):
        return
    for position, (task, year) in zip(read_rows.kept, keys, strict=True):
        if not task or year is None:
            continue
        other, first = next((other, found[task, year]) for other, found in seen if (task, year) in found)
        if (other, first) == (table, position):
            continue
        message = (
            f"Nhiệm vụ {task} năm {year} đã có ở {other.title}!{other.cell('task', first)}. "
            "Mỗi nhiệm vụ mỗi năm một dòng; giữ lại dòng đúng."
        )
        problems.error("duplicate-progress", table.title, table.cell("task", position), message)
