"""The tables of a report: every figure by year, section and department; every task with its years."""

from dataclasses import dataclass

import pandas as pd

from lib import summary, words
from lib.reports.results import known
from lib.reports.scope import Scope
from lib.schema import UNASSIGNED
from lib.text import one_line
from lib.words import Look, State, day

FIGURE_HEADERS = {
    "total": "Tổng số",
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "within": "Trong hạn",
    "overdue": "Quá hạn",
    "suspended": "Tạm hoãn",
    "upcoming": "Chưa đến kỳ",
    "no_report": "Chưa có báo cáo",
    "completion_rate": "Tỷ lệ trên số đến hạn",
    "longest_overdue_days": "Quá hạn lâu nhất (ngày)",
}
"""The figures of the table and their headers."""


@dataclass(frozen=True)
class FigureRow:
    """One line of the table of figures: a `band` is a heading over the lines that follow, without figures."""

    name: str
    figures: dict | None = None

    @property
    def band(self) -> bool:
        """Whether it is a heading."""
        return self.figures is None

    def cells(self) -> list[str]:
        """The figures in words, in the order of `FIGURE_HEADERS`."""
        shown = {key: self.figures[key] for key in FIGURE_HEADERS} if self.figures else {}
        return [words.rate(value) if key == "completion_rate" else words.number(value) for key, value in shown.items()]


@dataclass(frozen=True)
class TaskRow:
    """One line of the table of tasks: a section's or a task's heading, or one year of a task."""

    section: str = ""
    task: str = ""
    year: str = ""
    lead: str = ""
    due: str = ""
    completed: str = ""
    state: str = ""
    result: str = ""
    document: str = ""


def figure_rows(scope: Scope) -> list[FigureRow]:
    """The whole, then by year where there are several, by section, by department; only groups with occurrences."""
    rows = [FigureRow("Toàn bộ", scope.counts)]
    if scope.period.several_years:
        rows += _group("Theo năm", summary.by_year(scope.occurrences, scope.register), "Năm {}")
    by_section = summary.by_section(scope.occurrences, scope.register)
    rows += _group("Theo mục của kế hoạch", by_section, "{}", dict(by_section["name"]))
    rows += _group("Theo phòng tham mưu", summary.by_department(scope.occurrences, scope.register), "{}")
    return rows


def _group(title: str, table: pd.DataFrame, form: str, names: dict | None = None) -> list[FigureRow]:
    present = table[table["total"] > 0].to_dict("index")
    if not present:
        return []
    named = {key: form.format(key) + (f". {one_line(names[key])}" if names else "") for key in present}
    return [FigureRow(title), *(FigureRow(named[key], row) for key, row in present.items())]


def task_rows(scope: Scope) -> list[TaskRow]:
    """Every occurrence of the period's years under its task, every task under its section, in the plan's order."""
    rows: list[TaskRow] = []
    table = scope.occurrences.assign(told=known(scope.occurrences, scope))
    order = {section: place for place, section in enumerate(scope.register.sections["section"])}
    table = table.sort_values("section", key=lambda column: column.map(order), kind="stable")
    section = task = None
    for row in table.itertuples():
        if row.section != section:
            section, name = row.section, one_line(row.section_name)
            rows.append(TaskRow(section=f"{row.section}. {name}" if name else row.section))
        if row.task != task:
            task = row.task
            rows.append(TaskRow(task=f"{row.task}. {row.content or row.label}"))
        rows.append(_year(row))
    return rows


def _year(row: object) -> TaskRow:
    finished = row.state in (State.DONE_ON_TIME, State.DONE_LATE)
    return TaskRow(
        year=str(row.year),
        lead="; ".join(row.lead_units) or UNASSIGNED,
        due=day(row.due_on),
        completed=day(row.completed_on) if finished else "",
        state=state_words(row),
        result=row.result if row.told else "",
        document=row.document if row.told else "",
    )


def state_words(row: object) -> str:
    """An occurrence's look in words, with the days it is late by."""
    label = words.LOOK_LABELS[Look(row.look)]
    late = row.days_overdue if row.state == State.OVERDUE else row.late_days
    return f"{label} {words.number(late)} ngày" if late else label
