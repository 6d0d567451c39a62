"""Lists of occurrences, and one task with all its years."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from lib import words
from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.schema import UNASSIGNED
from lib.store import Reminder
from lib.words import Look, State
from lib.workbook.register import Register

ROWS = 50
"""Occurrences on one page of a list."""


@dataclass(frozen=True)
class Row:
    """One occurrence in a list, in words."""

    task: str
    label: str
    year: int
    look: Look
    state: str
    due_on: str
    first_due_on: str
    completed_on: str
    lead: str
    link: str


def page_count(occurrences: pd.DataFrame) -> int:
    """How many pages a list of them takes, at least one."""
    return max(-(-len(occurrences) // ROWS), 1)


def task_table(
    occurrences: pd.DataFrame,
    moved: pd.DataFrame,
    view: View,
    page: int,
    here: str,
    local: Mapping[str, str],
    title: str = "",
) -> str:
    """One page of a list of occurrences; `here` and `local` are the page and parameters its pager leads to.

    Rows of one task that follow each other stand together under its name.
    `moved` as `store.moved_dues` gives it: a deadline that is no longer the first shows the first beside it.
    """
    shown = occurrences.iloc[(page - 1) * ROWS : page * ROWS]
    shown = shown.merge(moved[["task", "year", "first_due_on"]], on=["task", "year"], how="left")
    rows = [_row(row, view) for row in shown.itertuples()]
    return render(
        "task_table",
        title=title,
        groups=[list(group) for _, group in groupby(rows, lambda row: row.task)],
        page=page,
        pages=page_count(occurrences),
        total=len(occurrences),
        unit="lượt",
        here=here,
        view=view,
        local=local,
    )


def _row(row: object, view: View) -> Row:
    return Row(
        task=row.task,
        label=row.label,
        year=row.year,
        look=row.look,
        state=state_words(row),
        due_on=words.day(row.due_on),
        first_due_on=words.day(row.first_due_on) if row.first_due_on < row.due_on else "",
        completed_on=words.day(row.completed_on),
        lead="; ".join(row.lead_units) or UNASSIGNED,
        link=address.href(address.TASKS, view, ma=row.task) + f"#nam-{row.year}",
    )


def state_words(row: object) -> str:
    """An occurrence's state in words, with the days that it is late by."""
    label = words.LOOK_LABELS[row.look]
    if row.state == State.OVERDUE:
        return f"{label} {words.number(row.days_overdue)} ngày"
    if row.state == State.DONE_LATE:
        return f"{label} {words.number(row.late_days)} ngày"
    return (
        f"{label} (còn {words.number(row.days_left)} ngày)"
        if row.look == Look.DUE_SOON and row.days_left > 0
        else label
    )


def task_card(
    occurrences: pd.DataFrame,
    moved: pd.DataFrame,
    register: Register,
    task: str,
    view: View,
    why: Callable[[pd.Series], str],
    reminders: Iterable[Reminder] = (),
) -> str:
    """One task opened: the plan's words, each of its years and why it has its state.

    `occurrences` are all of the task's years; `moved` as `store.moved_dues` gives it; `why` gives the sentence of an
    occurrence (`explain.why`); `reminders` are those of this task, oldest first.
    """
    plan_row = next(register.tasks[register.tasks["task"] == task].itertuples())
    section = occurrences.iloc[0]
    years = [
        (row, state_words(row), why(row), "; ".join(row["lead_units"]) or UNASSIGNED)
        for _, row in occurrences.iterrows()
    ]
    return render(
        "task_card",
        plan_row=plan_row,
        section=section["section"],
        section_name=section["section_name"],
        years=years,
        reminders=_by_year(reminders),
        moves={move.year: move for move in moved[moved["task"] == task].itertuples()},
        view=view,
        back=address.href(address.TASKS, view),
    )


def _by_year(reminders: Iterable[Reminder]) -> dict[int, list[Reminder]]:
    found: dict[int, list[Reminder]] = {}
    for reminder in reminders:
        found.setdefault(reminder.year, []).append(reminder)
    return found
