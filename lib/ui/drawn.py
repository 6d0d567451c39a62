"""The panels of a view, each made once for everybody who looks at that view of that version on that day.

What is made here depends on the board and on the choices that are given beside it, on nothing else: neither on who
looks nor on the clock. A panel that does is not made here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import plotly.graph_objects as go

from lib import explain, figures, summary
from lib.panels import address, attention, bars, figure_tables, frame, models, plan_map, tasks, tiles
from lib.store import Reminder
from lib.text import shorten
from lib.ui.board import Board
from lib.ui.kept import PANELS

_Choices = ParamSpec("_Choices")
_Made = TypeVar("_Made")


def of_view(make: Callable[Concatenate[Board, _Choices], _Made]) -> Callable[Concatenate[Board, _Choices], _Made]:
    """`make`, called once for each board and choices; these are part of the key, and can therefore be hashed."""

    @wraps(make)
    def made(board: Board, *choices: Any) -> _Made:
        return PANELS.get((make, board.standing, choices), lambda: make(board, *choices))

    return made


class Chart(NamedTuple):
    """A figure, its heading, what it says in words, and the table beneath it."""

    heading: str
    figure: go.Figure
    alt: str
    beneath: str


SECTION_LETTERS = 60


@of_view
def section_labels(board: Board) -> dict[str, str]:
    """What the sections are called in a list of them; "" is all of them."""
    names = board.register.sections[["section", "name"]].itertuples(index=False)
    return {"": "Tất cả mục"} | {code: f"{code} {shorten(name, SECTION_LETTERS)}" for code, name in names}


@of_view
def leading_units(board: Board) -> tuple[str, ...]:
    """The units that lead something in the view, in sheet order."""
    return tuple(map(str, board.figure("by_department").index))


@of_view
def headline(board: Board) -> str:
    """The sentence over everything."""
    return frame.headline(explain.headline(board.figure("counts"), board.as_of, board.unassigned))


@of_view
def tile_row(board: Board) -> str:
    """The figures answered first."""
    counts = board.figure("counts")
    return tiles.tiles(counts, board.attention, board.current_model_year(), board.plan, board.view)


@of_view
def whole_map(board: Board, page: str) -> str:
    """The plan in one map; `page` as an address says it."""
    finding = explain.map_finding(board.figure("by_section"), board.figure("by_year"))
    number = plan_map.read_page(page, board.occurrences)
    return plan_map.plan_map(finding, board.occurrences, board.register, board.view, number)


@of_view
def sections_panel(board: Board) -> str:
    """The sections as bars."""
    sections = board.figure("by_section")
    return bars.sections_panel(explain.section_finding(sections), sections, board.view)


@of_view
def departments_panel(board: Board) -> str:
    """The departments as bars."""
    departments = board.departments()
    return bars.departments_panel(explain.department_finding(departments), departments, board.view)


@of_view
def models_strip(board: Board) -> str:
    """Each year's models against the target."""
    finding = explain.models_finding(board.models_table())
    return models.models_strip(finding, board.model_years(), board.register)


@of_view
def attention_panel(board: Board) -> str:
    """What somebody has to decide or ask about."""
    return attention.attention(board.attention, board.plan.reminder_days, board.view)


@of_view
def departments_chart(board: Board) -> Chart:
    """Every department of the view compared."""
    table = board.figure("by_department")
    names = bars.department_names(table)
    heading = frame.finding(explain.department_finding(table), bars.CLICK_HINT, bars.looks_in(table))
    beneath = figure_tables.departments(table, names, board.view)
    return Chart(heading, figures.composition(table, names), figures.composition_alt(table), beneath)


@of_view
def most_overdue_department(board: Board) -> str:
    """The department with most overdue."""
    return bars.most_overdue(board.figure("by_department"))


@of_view
def chosen_department(board: Board, unit: str, assumed: bool) -> str:
    """The heading over one department of the view."""
    beside = bars.successor_words(board.figure("by_department"), unit)
    return frame.chosen(unit, beside, assumed=assumed, kind="phòng")


@of_view
def sections_chart(board: Board) -> Chart:
    """Every section of the view compared."""
    table = _filled(board)
    names = bars.section_names(table)
    heading = frame.finding(explain.section_finding(table), bars.CLICK_HINT, bars.looks_in(table))
    beneath = figure_tables.sections(table, names, board.view)
    return Chart(heading, figures.composition(table, names), figures.composition_alt(table), beneath)


def _filled(board: Board) -> Any:
    table = board.figure("by_section")
    return table[table["total"] > 0]


@of_view
def most_overdue_section(board: Board) -> str:
    """The section with most overdue."""
    return bars.most_overdue(_filled(board))


@of_view
def chosen_section(board: Board, section: str, assumed: bool) -> str:
    """The heading over one section of the view."""
    name = board.figure("by_section")["name"][section]
    return frame.chosen(f"Mục {section}", name, assumed=assumed, kind="mục")


@of_view
def whole_bar(board: Board) -> str:
    """The view in one bar, and a bar for each of its years."""
    looks, years = board.figure("looks"), board.figure("by_year")
    rows = bars.whole_bar(board.figure("counts"), looks, board.view)
    rows += bars.year_bars(years, board.view) if board.view.year is None else []
    held = explain.list_finding(looks)
    finding = f"Năm {board.view.year}: {held}" if board.view.year else explain.year_finding(years)
    return bars.bars(finding, "Lượt theo trạng thái · tỷ lệ hoàn thành trên số đến hạn", rows)


@of_view
def occurrence_list(board: Board, here: str, page: str) -> str:
    """Every occurrence of the view on the page `here`."""
    rows, finding = board.occurrences, explain.list_finding(board.figure("looks"))
    number = address.read_page(page, tasks.page_count(rows))
    return tasks.task_table(rows, board.moved, board.view, number, here, {}, title=finding)


@of_view
def found_list(board: Board, looks: tuple, group: str, words: str, page: str, local: tuple) -> str:
    """The occurrences that `board.found` gives; `local` are the pairs of `search_choices`."""
    rows = board.found(looks, group, words)
    number = address.read_page(page, tasks.page_count(rows))
    finding = explain.list_finding(summary.looks(rows))
    return tasks.task_table(rows, board.moved, board.view, number, address.TASKS, dict(local), finding)


@of_view
def task_card(board: Board, task: str, reminders: tuple[Reminder, ...]) -> str:
    """The plan's words, every year and why it has its state; "" for a task that the plan does not have."""
    years = board.years_of(task)
    if years.empty:
        return ""
    return tasks.task_card(years, board.moved, board.register, task, board.view, explain.why, reminders)


@of_view
def models_chart(board: Board) -> Chart:
    """The models of each year in view."""
    table = board.models_table()
    heading = models.chart_heading(explain.registered_finding(table))
    return Chart(heading, figures.model_counts(table), figures.model_counts_alt(table), figure_tables.models(table))


@of_view
def models_by(board: Board, name: str, kind: str) -> str:
    """How many models have each value of a column."""
    counted = board.registered_models()[name]
    return models.breakdown(explain.share_finding(counted, kind), counted, kind)


@of_view
def every_model(board: Board) -> str:
    """The models in view with all their columns."""
    return models.models_table(board.models(), board.register)


@of_view
def caption(board: Board) -> str:
    """Which data these are."""
    return frame.caption(board.version, board.as_of, board.plan.sample)


@of_view
def past(board: Board, path: str) -> str:
    """That the figures are not those of now."""
    return frame.past(board.version, board.as_of, board.view, path)


@of_view
def warnings(board: Board) -> str:
    """The workbook's warnings."""
    return frame.problems(board.problems)
