"""Bytes -> a register, or every problem at once. Untrusted bytes come here only in the child process."""

from dataclasses import dataclass

from lib import schema
from lib.workbook import guards, info, models, plan_sheets, progress, sheet_titles, tables, unit_sheet
from lib.workbook.limits import Limits
from lib.workbook.plan import Plan
from lib.workbook.problems import Problem, Problems
from lib.workbook.shape import TABLES, Columns
from lib.workbook.sheets import Sheet, read_sheets
from lib.workbook.tables import Table


@dataclass(frozen=True)
class Findings:
    """The plan and every table of a workbook, or neither where any of the problems is an error."""

    plan: Plan | None
    tables: dict[str, Columns]
    problems: tuple[Problem, ...]


def parse(data: bytes, limits: Limits) -> Findings:
    """Read `data`; UnreadableWorkbook where it is no workbook that can be opened."""
    return check(read_sheets(data, guards.inspect(data, limits), limits))


def check(sheets: list[Sheet]) -> Findings:
    """The tables that `sheets` hold, and every problem in them."""
    problems = Problems()
    plan = info.read(sheets, problems)
    sections = plan_sheets.read_sections(_single(schema.SECTIONS, sheets, problems), problems)
    units, names = unit_sheet.read(_single(schema.UNITS, sheets, problems), problems)
    tasks, timings, promises = plan_sheets.read_tasks(
        _single(schema.TASKS, sheets, problems), plan, sections["section"], names, problems
    )
    reports = progress.read(_tables(schema.PROGRESS, sheets, problems), promises, names, problems)
    dan_van_kheo = models.read(_tables(schema.MODELS, sheets, problems), plan, names, problems)
    if plan is None or problems.has_errors():
        return Findings(None, {}, tuple(problems))
    found = zip(TABLES, (sections, units, tasks, timings, reports, dan_van_kheo), strict=True)
    return Findings(plan, dict(found), tuple(problems))


def _single(form: schema.Sheet, sheets: list[Sheet], problems: Problems) -> Table | None:
    chosen = sheet_titles.select(form.title, sheets, problems)
    return tables.find(form, chosen[0], None, problems) if chosen else None


def _tables(form: schema.Sheet, sheets: list[Sheet], problems: Problems) -> list[Table]:
    """The tables of all copies of a sheet; one without a key column cannot be joined and is left to its error."""
    chosen = sheet_titles.select(form.title, sheets, problems, repeats=form.repeats)
    found = [tables.find(form, sheet, sheet_titles.title_year(sheet.name), problems) for sheet in chosen]
    return [table for table in found if table is not None and form.keys[0] in table.columns]
