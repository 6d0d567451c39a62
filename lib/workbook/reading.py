"""Bytes -> a register, or every problem at once. Untrusted bytes come here only in the child process."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib import schema
from lib.workbook import guards, info, models, plan_sheets, progress, tables, unit_sheet
from lib.workbook.kept_rows import Promises
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Problems, Severity
from lib.workbook.register import TABLES, Register, typed
from lib.workbook.sheets import Sheet, read_sheets
from lib.workbook.tables import Table


@dataclass(frozen=True)
class Reading:
    """What came of reading a workbook: `register` is None when any problem is an error."""

    register: Register | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing blocks publishing."""
        return self.register is not None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that block publishing."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not block publishing."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.WARNING)


def parse(data: bytes, limits: Limits) -> Reading:
    """Read `data` in this process; UnreadableWorkbook where it is no workbook that can be opened."""
    return check(read_sheets(data, guards.inspect(data, limits), limits))


def check(sheets: list[Sheet]) -> Reading:
    """The register that `sheets` hold, and every problem in them."""
    problems = Problems()
    plan = info.read(sheets, problems)
    sections = plan_sheets.read_sections(_single(schema.SECTIONS, sheets, problems), problems)
    units, names = unit_sheet.read(_single(schema.UNITS, sheets, problems), problems)
    tasks, planned = plan_sheets.read_tasks(
        _single(schema.TASKS, sheets, problems), plan, sections["section"].tolist(), names, problems
    )
    reports = progress.read(_tables(schema.PROGRESS, sheets, problems), _promises(tasks, planned), names, problems)
    dan_van_kheo = models.read(_tables(schema.MODELS, sheets, problems), plan, names, problems)
    register = None
    if plan is not None and not problems.has_errors():
        frames = dict(zip(TABLES, (sections, units, tasks, planned, reports, dan_van_kheo), strict=True))
        register = Register(plan, **{name: typed(name, frame) for name, frame in frames.items()})
    return Reading(register, tuple(problems))


def _single(form: schema.Sheet, sheets: list[Sheet], problems: Problems) -> Table | None:
    chosen = tables.select(form, sheets, problems)
    return tables.find(form, chosen[0], None, problems) if chosen else None


def _tables(form: schema.Sheet, sheets: list[Sheet], problems: Problems) -> list[Table]:
    """The tables of all copies of a sheet; one without a key column cannot be joined and is left to its error."""
    chosen = tables.select(form, sheets, problems)
    found = [tables.find(form, sheet, tables.title_year(sheet.name), problems) for sheet in chosen]
    return [table for table in found if table is not None and form.keys[0] in table.columns]


def _promises(tasks: pd.DataFrame, planned: pd.DataFrame) -> Promises:
    due_on: dict[tuple[str, int], dt.date] = {
        (task, year): due.date()
        for task, year, due in zip(planned["task"], planned["year"].tolist(), planned["due_on"], strict=True)
    }
    years: dict[str, list[int]] = {}
    for task, year in due_on:
        years.setdefault(task, []).append(year)
    return Promises(frozenset(tasks["task"]), due_on, years)
