"""What changed since the last meeting: how each occurrence stood then, on the data of then, and how it stands now."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.schema import Report
from lib.words import State

DONE = (State.DONE_ON_TIME, State.DONE_LATE)


@dataclass(frozen=True)
class Since:
    """How it stood: the view's occurrences of the data in force at the end of `day`, on that day."""

    day: dt.date
    occurrences: pd.DataFrame


@dataclass(frozen=True)
class Moves:
    """Pairs of rows (then, now) by what happened, the gravest first; None on the side that has no such occurrence.

    An occurrence stands once, under the first that holds.
    """

    newly_overdue: list[tuple]
    reopened: list[tuple]
    postponed: list[tuple]
    suspended: list[tuple]
    removed: list[tuple]
    done: list[tuple]
    added: list[tuple]
    others: list[tuple]

    def __iter__(self):
        return iter(pair for kind in vars(self).values() for pair in kind)


def moves(then: pd.DataFrame, now: pd.DataFrame) -> Moves:
    """What became of each occurrence; both tables as `status.occurrences` gives them.

    That a coming year has begun is no news, nor is a day less to go.
    """
    earlier, later = _by_key(then), _by_key(now)
    found = Moves([], [], [], [], [], [], [], [])
    for key in later.keys() | earlier.keys():
        pair = (earlier.get(key), later.get(key))
        if name := _kind(*pair):
            getattr(found, name).append(pair)
    for name, pairs in vars(found).items():
        pairs.sort(key=_order if name != "newly_overdue" else lambda pair: (-pair[1].days_overdue, *_order(pair)))
    return found


def _by_key(occurrences: pd.DataFrame) -> dict[tuple[str, int], object]:
    return {(row.task, row.year): row for row in occurrences.itertuples()}


def _order(pair: tuple) -> tuple:
    row = pair[1] or pair[0]
    return row.Index, row.year


def _kind(then: object | None, now: object | None) -> str:
    """What happened to an occurrence, "" where nothing did."""
    if then is None or now is None:
        return "added" if then is None else "removed"
    if now.state == State.OVERDUE and then.state != State.OVERDUE:
        return "newly_overdue"
    if then.state in DONE and now.state not in DONE:
        return "reopened"
    if now.due_on > then.due_on:
        return "postponed"
    if now.state == State.SUSPENDED and then.state != State.SUSPENDED:
        return "suspended"
    if now.state in DONE and then.state not in DONE:
        return "done"
    return "others" if _differs(then, now) else ""


def _differs(then: object, now: object) -> bool:
    return (then.report, then.due_on, then.lead_units) != (now.report, now.due_on, now.lead_units)


def told(row: object | None) -> str:
    """How an occurrence stands in words, on one side of a move."""
    if row is None:
        return "không có trong kế hoạch"
    if row.state == State.OVERDUE:
        return f"quá hạn {words.number(row.days_overdue)} ngày"
    if row.state in DONE:
        late = "" if row.state == State.DONE_ON_TIME else f", muộn {words.number(row.late_days)} ngày"
        return f"hoàn thành {words.day(row.completed_on)}{late}"
    if row.state == State.SUSPENDED:
        return "tạm hoãn"
    # Reported as done on a day that had not come yet.
    report = "chưa hoàn thành" if row.report == Report.DONE else words.REPORT_LABELS[row.report].lower()
    return f"{report}, hạn {words.day(row.due_on)}"
