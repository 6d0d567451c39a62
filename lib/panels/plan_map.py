"""The map of the plan: every task by every year, one cell each, readable without colour."""

from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.words import Look
from lib.workbook.register import Register

ROWS = 60
"""Tasks on one page of the map; a plan with more is paged."""
COLUMNS = (
    "task",
    "label",
    "section",
    "section_name",
    "year",
    "look",
    "days_overdue",
    "due_on",
    "lead_units",
)
"""What the map needs of `status.occurrences`."""


@dataclass(frozen=True)
class Cell:
    """One occurrence on the map: its look, what it says aloud, where it leads."""

    look: Look
    words: str
    link: str


@dataclass(frozen=True)
class Line:
    """One task's line: code, name, who leads it, a cell or None for each year."""

    task: str
    label: str
    lead: str
    lead_names: str
    link: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Band:
    """A section's heading over its lines."""

    section: str
    name: str
    lines: tuple[Line, ...]


def plan_map(title: str, occurrences: pd.DataFrame, register: Register, view: View, page: int) -> str:
    """The map of `occurrences` (of `status.occurrences`, filtered or not), one page of at most `ROWS` tasks."""
    tasks = occurrences["task"].drop_duplicates()
    shown = tasks.iloc[(page - 1) * ROWS : page * ROWS]
    years = years_shown(register, view)
    return render(
        "plan_map",
        title=title,
        years=years,
        bands=bands(occurrences[occurrences["task"].isin(shown)], register, view, years),
        looks=list(Look),
        view=view,
        pages=_pages(tasks),
        page=page,
        total=len(tasks),
        unit="nhiệm vụ",
        here=address.OVERVIEW,
        local={},
    )


def read_page(raw: str, occurrences: pd.DataFrame) -> int:
    """The page of the map that an address asks for."""
    return address.read_page(raw, _pages(occurrences["task"].drop_duplicates()))


def _pages(tasks: pd.Series) -> int:
    return max(-(-len(tasks) // ROWS), 1)


def years_shown(register: Register, view: View) -> list[int]:
    """The map's columns."""
    return [view.year] if view.year else list(register.plan.years)


def bands(occurrences: pd.DataFrame, register: Register, view: View, years: list[int]) -> list[Band]:
    """Sections in the order in which their tasks stand, each with its lines."""
    short = abbreviations(register)
    of_task: dict[str, list] = {}
    for row in occurrences[list(COLUMNS)].itertuples(index=False):
        of_task.setdefault(row.task, []).append(row)
    lines_of: dict[tuple[str, str], list[Line]] = {}
    for rows in of_task.values():
        lines_of.setdefault((rows[-1].section, rows[-1].section_name), []).append(_line(rows, short, view, years))
    return [Band(section, name, tuple(lines)) for (section, name), lines in lines_of.items()]


def _line(rows: list, short: dict[str, str], view: View, years: list[int]) -> Line:
    """One task's line from its occurrences; who leads it is said as of its last year."""
    of_year, last = {row.year: row for row in rows}, rows[-1]
    return Line(
        last.task,
        last.label,
        lead_words(last.lead_units, short),
        "; ".join(last.lead_units),
        address.href(address.TASKS, view, ma=last.task),
        tuple(_cell(of_year[year], view) if year in of_year else None for year in years),
    )


def _cell(row: object, view: View) -> Cell:
    return Cell(row.look, cell_words(row), address.href(address.TASKS, view, ma=row.task) + f"#nam-{row.year}")


def cell_words(row: object) -> str:
    """What a cell says aloud: "2.1.5 năm 2024: Quá hạn 691 ngày"."""
    said = words.LOOK_LABELS[row.look]
    if row.look == Look.OVERDUE:
        said = f"Quá hạn {words.number(row.days_overdue)} ngày"
    elif row.look == Look.DUE_SOON:
        said = f"Sắp đến hạn {words.day(row.due_on)}"
    return f"{row.task} năm {row.year}: {said}"


def abbreviations(register: Register) -> dict[str, str]:
    """Each unit's short form for narrow columns: its first abbreviation, else its name."""
    pairs = register.units[["unit", "abbreviation"]].itertuples(index=False)
    return {unit: (abbreviation.split(";")[0].strip() or unit) for unit, abbreviation in pairs}


def lead_words(leads: list[str], short: dict[str, str]) -> str:
    """Who leads, for a narrow column; "" where nobody does."""
    return ", ".join(short.get(unit, unit) for unit in leads) if len(leads) < 3 else f"{len(leads)} đơn vị"
