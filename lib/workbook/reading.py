"""Bytes -> a register, or every problem at once. Untrusted bytes come here only in the child process."""

from dataclasses import dataclass, field

from lib import schema
from lib.workbook import context, guards, info, models, plan_sheets, progress, sheet_titles, tables, unit_sheet
from lib.workbook.limits import Limits
from lib.workbook.plan import Plan
from lib.workbook.problems import Problem, Problems
from lib.workbook.shape import TABLES, Columns
from lib.workbook.sheets import Sheet, coming_sheets
from lib.workbook.tables import Table


@dataclass(frozen=True)
class Findings:
    """The plan and every table of a workbook, or neither where any of the problems is an error."""

    plan: Plan | None
    tables: dict[str, Columns]
    problems: tuple[Problem, ...]


def parse(data: bytes, limits: Limits) -> Findings:
    """Read `data`; UnreadableWorkbook where it is no workbook that can be opened."""
    sheets = coming_sheets(data, guards.inspect(data, limits), limits)
    findings = check(sheets)
    for sheet in sheets:
        len(sheet.rows)  # waits: a sheet that holds no table must be readable too
    return findings


def check(sheets: list[Sheet]) -> Findings:
    """The tables that `sheets` hold, and every problem in them."""
    problems = Problems()
    book = _Book(sheets, problems)
    plan = info.read(sheets, problems)
    sections = plan_sheets.read_sections(book.single(schema.SECTIONS), problems)
    units, names = unit_sheet.read(book.single(schema.UNITS), problems)
    tasks, timings, promises = plan_sheets.read_tasks(
        book.single(schema.TASKS), plan, sections["section"], names, problems
    )
    reports = progress.read(book.copies(schema.PROGRESS), promises, names, problems)
    dan_van_kheo = models.read(book.copies(schema.MODELS), plan, names, problems)
    told = context.fill(list(problems), sheets, book.tables) if problems.found else ()
    if plan is None or problems.has_errors():
        return Findings(None, {}, told)
    found = zip(TABLES, (sections, units, tasks, timings, reports, dan_van_kheo), strict=True)
    return Findings(plan, dict(found), told)


def find_tables(sheets: list[Sheet]) -> list[Table]:
    """Where the tables stand in `sheets`, whatever is wrong with them."""
    book = _Book(sheets, Problems())
    for form in schema.SHEETS:
        book.copies(form)
    return book.tables


@dataclass
class _Book:
    """The sheets of a workbook, and the tables found in them so far."""

    sheets: list[Sheet]
    problems: Problems
    tables: list[Table] = field(default_factory=list)

    def single(self, form: schema.Sheet) -> Table | None:
        """The table of a form that has one sheet; None where there is none."""
        return next(iter(self._find(form)), None)

    def copies(self, form: schema.Sheet) -> list[Table]:
        """The tables of all copies of a sheet; one without a key column cannot be joined and is left to its error."""
        return [table for table in self._find(form) if form.keys[0] in table.columns]

    def _find(self, form: schema.Sheet) -> list[Table]:
        chosen = sheet_titles.select(form.title, self.sheets, self.problems, repeats=form.repeats)
        years = [sheet_titles.title_year(sheet.name) if form.repeats else None for sheet in chosen]
        found = [tables.find(form, sheet, year, self.problems) for sheet, year in zip(chosen, years, strict=True)]
        self.tables += [table for table in found if table is not None]
        return [table for table in found if table is not None]
