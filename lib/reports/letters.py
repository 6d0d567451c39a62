"""Reminder letters: one for each department that is late, with its tasks and which reminder this is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib import summary, words
from lib.errors import DashboardError
from lib.reports.phrases import amount, ended
from lib.reports.scope import Scope
from lib.schema import UNASSIGNED, Report
from lib.store import Reminded
from lib.text import fold, one_line
from lib.words import State, day

ANSWER_DAYS = 10
"""So long a department has to answer where nobody picks a day."""

Sent = Mapping[tuple[str, str, int], Reminded]
"""What `store.reminded` gives: how often each unit was reminded of each task and year."""


@dataclass(frozen=True)
class LateTask:
    """A task in a letter; `reminder` counts this letter too."""

    task: str
    year: int
    name: str
    due_on: dt.date
    days: int
    reminder: int
    reported: str


@dataclass(frozen=True)
class Letter:
    """What one department is reminded of.

    addressee: the department, or the one that took its work over. reminder: the highest among its tasks. last_sent_on:
    the day of the reminder before this one.
    """

    unit: str
    addressee: str
    tasks: tuple[LateTask, ...]
    answer_by: dt.date
    last_sent_on: dt.date | None

    @property
    def reminder(self) -> int:
        """Which reminder this is."""
        return max(task.reminder for task in self.tasks)

    @property
    def longest(self) -> int:
        """The days of the task that is late longest."""
        return max(task.days for task in self.tasks)


def letters(scope: Scope, sent: Sent, answer_by: dt.date) -> list[Letter]:
    """A letter for each unit with overdue occurrences, in the workbook's order; what nobody leads has no addressee.

    DashboardError where the answer is asked for before the day of the figures.
    """
    if answer_by <= scope.as_of:
        raise DashboardError(
            f"Hạn trả lời {day(answer_by)} phải sau ngày chốt số liệu {day(scope.as_of)}. Chọn lại hạn trả lời."
        )
    table = summary.by_department(scope.occurrences, scope.register)
    late = table[table["overdue"] > 0].drop(index=UNASSIGNED, errors="ignore")
    known = _under_todays_names(sent, scope)
    return [_letter(unit, scope, known, answer_by) for unit in late.index]


def _under_todays_names(sent: Sent, scope: Scope) -> Sent:
    """What was sent to a unit under another of its names counts for it."""
    units = scope.register.units
    names = {
        fold(name): unit
        for unit, others in zip(units["unit"], units["other_names"], strict=True)
        for name in (unit, *others.split(";"))
        if name.strip()
    }
    found: dict[tuple[str, str, int], Reminded] = {}
    for (unit, task, year), one in sent.items():
        key = (names.get(fold(unit), unit), task, year)
        before = found.get(key, one)
        found[key] = Reminded(max(one.times, before.times), max(one.last_on, before.last_on))
    return found


def nobodys(scope: Scope) -> pd.DataFrame:
    """The overdue occurrences that no letter reaches, because nobody leads them."""
    return summary.select(scope.occurrences, units=[UNASSIGNED], states=[State.OVERDUE])


def _letter(unit: str, scope: Scope, sent: Sent, answer_by: dt.date) -> Letter:
    rows = summary.select(scope.occurrences, units=[unit], states=[State.OVERDUE]).sort_values("due_on", kind="stable")
    before = [found for row in rows.itertuples() if (found := sent.get((unit, row.task, row.year)))]
    last = max((found.last_on for found in before), default=None)
    return Letter(
        unit, successor(unit, scope), tuple(_late(unit, row, sent) for row in rows.itertuples()), answer_by, last
    )


def _late(unit: str, row: object, sent: Sent) -> LateTask:
    before = sent.get((unit, row.task, row.year))
    return LateTask(
        row.task,
        int(row.year),
        one_line(row.content) or row.label,
        row.due_on.date(),
        int(row.days_overdue),
        1 + (before.times if before else 0),
        _reported(row),
    )


def _reported(row: object) -> str:
    """What the department has said of it, and when."""
    if row.report == Report.NONE:
        return "Chưa có báo cáo"
    when = f", cập nhật ngày {day(row.updated_on)}" if not pd.isna(row.updated_on) else ""
    trouble = f" Khó khăn: {ended(row.difficulty)}" if row.difficulty else ""
    return f"{words.REPORT_LABELS[Report(row.report)]}{when}.{trouble}"


def successor(unit: str, scope: Scope) -> str:
    """Who does the work of `unit` today; a chain of successors ends, for the workbook may hold no circle of them."""
    units = scope.register.units
    after = dict(zip(units["unit"], units["successor"], strict=True))
    while after.get(unit):
        unit = after[unit]
    return unit


def subject(letter: Letter) -> str:
    """What the letter is about, as it stands under its number."""
    which = f" (lần {letter.reminder})" if letter.reminder > 1 else ""
    return f"V/v đôn đốc thực hiện nhiệm vụ quá hạn{which}"


def opening(letter: Letter, scope: Scope) -> str:
    """What is late, by how much, and that it was asked for before."""
    whose = letter.unit if letter.unit == letter.addressee else f"{letter.unit} (nay: {letter.addressee})"
    before = ""
    if letter.last_sent_on:
        before = (
            f" {one_line(scope.plan.agency)} đã có văn bản đôn đốc, lần gần nhất ngày {day(letter.last_sent_on)}, "
            "nhưng đến nay các nhiệm vụ đã được đôn đốc vẫn chưa hoàn thành."
        )
    return (
        f"Qua theo dõi việc thực hiện {scope.plan_words}, đến ngày {day(scope.as_of)}, {whose} còn "
        f"{amount(len(letter.tasks))} lượt nhiệm vụ quá hạn, lâu nhất {words.number(letter.longest)} ngày."
        f"{before} Cụ thể:"
    )


def requests(letter: Letter, scope: Scope) -> list[str]:
    """What the department is asked to do, and by when to whom it answers."""
    agency, coordinator = one_line(scope.plan.agency), one_line(scope.plan.coordinator)
    receiver = coordinator if coordinator and coordinator != letter.addressee else agency
    return [
        "1. Khẩn trương hoàn thành các nhiệm vụ nêu trên; nhiệm vụ chưa hoàn thành được ngay thì xác định rõ thời gian "
        "hoàn thành.",
        "2. Báo cáo bằng văn bản kết quả thực hiện, nguyên nhân chậm, kiến nghị (nếu có) gửi "
        f"{receiver} chậm nhất ngày {day(letter.answer_by)} để tổng hợp.",
    ]
