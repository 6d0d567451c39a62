"""Columns that were probably sorted alone: values moved to other codes while their set stayed the same.

An honest month moves states, shares and days forward and writes new texts. Sorting one column takes nothing away and
adds nothing: what leaves one code appears at another, forward here and backward there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lib.compare.changes import Change, ChangeKind, Comparison
from lib.compare.snapshot import Key, Record, Snapshot, Subject
from lib.schema import Report

FEWEST = 3
"""Fewer moved values may be an honest correction."""
FEWEST_PLAN_WORDS = 2
"""Of the plan's own words: a signed plan is not rewritten, so two that changed places are enough."""
FEWEST_MIXED, SAME_SHARE, BACKWARD_SHARE, FRESH_SHARE = 6, 0.75, 0.25, 0.5
"""Among honest edits: so many changed values at least, and of them so many the same as before, and so many moved
backward where there is an order. In any case at most so many in rows that say they were updated."""

_PLAN_WORDS = {(Subject.SECTION, "name"), (Subject.TASK, "content"), (Subject.TASK, "short_name")}
_PROGRESS = {Report.NONE: 0, Report.NOT_STARTED: 1, Report.IN_PROGRESS: 2, Report.SUSPENDED: 2, Report.DONE: 3}
_ORDER: dict[str, Callable[..., float]] = {
    "status": _PROGRESS.__getitem__,
    "percent": lambda value: -1 if value is None else value,
    **dict.fromkeys(
        ("own_due_on", "completed_on", "updated_on", "registered_on", "evaluated_on"),
        lambda value: (value or dt.date.min).toordinal(),
    ),
}
"""Fields that honest work moves forward only, and what they are ordered by."""
_COLUMNS = {
    Subject.SECTION: ("name",),
    Subject.TASK: ("section", "content", "short_name", "executing_units", "lead_units", "schedule", "due"),
    Subject.OCCURRENCE: (
        "own_due_on",
        "status",
        "percent",
        "completed_on",
        "result",
        "document",
        "difficulty",
        "proposal",
        "updated_on",
        "own_lead_units",
    ),
    Subject.MODEL: (
        "field",
        "form",
        "units",
        "place",
        "registered_on",
        "evaluated_on",
        "evaluation",
        "recognition",
        "note",
    ),
}


@dataclass(frozen=True)
class MovedColumn:
    """A column whose values stand at other codes now; `changes` are those in which it differs."""

    subject: Subject
    field: str
    changes: tuple[Change, ...]


def moved_columns(previous: Snapshot, comparison: Comparison) -> list[MovedColumn]:
    """The columns that look sorted alone. `previous` under the unit names of today (`renaming.with_names`)."""
    found = []
    for subject, names in _COLUMNS.items():
        changed = comparison.of(subject, ChangeKind.CHANGED)
        for name in names:
            changes = tuple(change for change in changed if change.difference(name))
            if len(changes) >= FEWEST_PLAN_WORDS and _moved(subject, name, changes, previous.records[subject]):
                found.append(MovedColumn(subject, name, changes))
    return found


def _moved(subject: Subject, name: str, changes: tuple[Change, ...], previous: Mapping[Key, Record]) -> bool:
    pairs = [(each.old, each.new) for change in changes if (each := change.difference(name))]
    same = (Counter(old for old, _ in pairs) & Counter(new for _, new in pairs)).total()
    if not same:
        return False
    if order := _ORDER.get(name):
        backward = sum(order(new) < order(old) for old, new in pairs)
        return backward > 0 and _permuted(name, changes, same, backward >= BACKWARD_SHARE * len(pairs))
    fewest = FEWEST_PLAN_WORDS if (subject, name) in _PLAN_WORDS else FEWEST
    if _moved_alone(pairs, [getattr(record, name) for record in previous.values()]) >= fewest:
        return True
    different = len({old for old, _ in pairs if old} & {new for _, new in pairs if new})
    return different > 1 and _permuted(name, changes, same, different >= FEWEST)


def _permuted(name: str, changes: tuple[Change, ...], same: int, convincing: bool) -> bool:
    """Whether all that changed, or nearly all beside a few honest edits, only changed places."""
    count = len(changes)
    if name != "updated_on" and sum(map(_said_updated, changes)) > FRESH_SHARE * count:
        return False
    return (same == count >= FEWEST) or (convincing and count >= FEWEST_MIXED and same >= SAME_SHARE * count)


def _said_updated(change: Change) -> bool:
    """Whether somebody wrote a later `Ngày cập nhật` beside the change, as honest work does and sorting does not."""
    day = change.difference("updated_on")
    return day is not None and day.new is not None and (day.old is None or day.new > day.old)


def _moved_alone(pairs: list[tuple], column: list) -> int:
    """How many values that stood at one code alone stand at one other code alone."""
    before = Counter(column)
    gone, come = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return sum(bool(value) and before[value] == 1 and come[value] == 1 for value in gone)
