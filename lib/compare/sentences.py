"""Changes in words: the fields by the headers of the workbook, one sentence for each change, one headline for all."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from lib import schema, words
from lib.calendar_days import DayMonth
from lib.compare.changes import Change, ChangeKind, Comparison, FieldChange
from lib.compare.excerpts import cut, excerpts
from lib.compare.snapshot import Subject
from lib.schema import Report


class Spoken(NamedTuple):
    """One field's change in words; "" on the side where there was nothing."""

    title: str
    old: str
    new: str


BLANK = "để trống"
NOBODY = "chưa giao"

_SHEETS = {
    Subject.SECTION: schema.SECTIONS,
    Subject.UNIT: schema.UNITS,
    Subject.TASK: schema.TASKS,
    Subject.OCCURRENCE: schema.PROGRESS,
    Subject.MODEL: schema.MODELS,
}
_DUE, _LEAD = schema.PROGRESS.column("due").header, schema.PROGRESS.column("lead_units").header
_OCCURRENCE_TITLES = {
    "due_on": _DUE,
    "lead_units": _LEAD,
    "planned_due_on": "Hạn theo kế hoạch",
    "own_due_on": f"{_DUE} ghi ở {schema.PROGRESS.title}",
    "own_lead_units": f"{_LEAD} ghi ở {schema.PROGRESS.title}",
}
_TITLES: dict[Subject, dict[str, str]] = {
    subject: {column.name: column.header for column in sheet.columns} for subject, sheet in _SHEETS.items()
}
_TITLES[Subject.OCCURRENCE] |= _OCCURRENCE_TITLES
_TITLES[Subject.PLAN] = {key.name: key.key for key in schema.INFO_KEYS}
_TITLES[Subject.PLAN]["sample"] = _TITLES[Subject.PLAN]["nature"]

_SAID_BY = {"own_due_on": "due_on", "planned_due_on": "due_on", "own_lead_units": "lead_units"}
"""Fields that need no words of their own where the one that counts differs too."""
_IN_THE_DESIGNATION = {"model", "unit"}
"""Names that a sentence about the whole record begins with."""
_LEADS = {"lead_units", "own_lead_units"}
NOUNS = {
    Subject.PLAN: "thông tin kế hoạch",
    Subject.SECTION: "mục",
    Subject.UNIT: "đơn vị",
    Subject.TASK: "nhiệm vụ",
    Subject.OCCURRENCE: "lượt",
    Subject.MODEL: "mô hình",
}


def title(subject: Subject, field: str) -> str:
    """The header that people know a field by."""
    return _TITLES[subject][field]


def sheet_title(subject: Subject) -> str:
    """The sheet that holds a subject's records."""
    return _SHEETS[subject].title


def designation(change: Change) -> str:
    """What a change is about: `2.1.1 năm 2026`, `Nhiệm vụ 2.1.1`, `Mô hình “Bản sạch” năm 2026`."""
    subject, key = change.subject, change.key
    if subject == Subject.OCCURRENCE:
        return f"{key[0]} năm {key[1]}"
    if subject == Subject.MODEL:
        return f"Mô hình “{cut(change.label)}” năm {key[1]}"
    if subject == Subject.UNIT:
        return f"Đơn vị “{cut(change.label)}”"
    return schema.INFO_SHEET if subject == Subject.PLAN else f"{NOUNS[subject].capitalize()} {key}"


def spoken(change: Change) -> list[Spoken]:
    """The fields that differ, in words, long texts shortened around what differs.

    Of an added or removed record what it held; of a reordering the keys from the first to the last that moved.
    """
    if change.kind == ChangeKind.REORDERED:
        old, new = _moved_keys(change)
        return [Spoken("Thứ tự", old, new)]
    differing = {each.field for each in change.fields}
    counted = [each for each in change.fields if _SAID_BY.get(each.field) not in differing]
    if change.kind == ChangeKind.CHANGED:
        return [_spoken(change.subject, each) for each in counted]
    said = [_spoken_once(change, each) for each in counted if each.field not in _IN_THE_DESIGNATION]
    return [each for each in said if each.old or each.new]


def _spoken(subject: Subject, each: FieldChange) -> Spoken:
    old, new = (value_words(each.field, value) for value in (each.old, each.new))
    shortened = excerpts(old, new)
    if each.field in _LEADS:
        shortened = tuple(side or NOBODY for side in shortened)
    return Spoken(title(subject, each.field), shortened[0], shortened[1] or BLANK)


def _spoken_once(change: Change, each: FieldChange) -> Spoken:
    """A field of a record that has only one side; what is blank, not reported or the plan's usual is left out."""
    there = each.new if change.kind == ChangeKind.ADDED else each.old
    said = "" if there == Report.NONE else cut(" ".join(value_words(each.field, there).split()))
    old, new = ("", said) if change.kind == ChangeKind.ADDED else (said, "")
    return Spoken(title(change.subject, each.field), old, new)


def value_words(field: str, value: object) -> str:
    """A field's value as people write it; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, Report):
        return words.REPORT_LABELS[value]
    for kind, worded in _WORDED.items():
        if isinstance(value, kind):
            return worded(value)
    return f"{value:g}".replace(".", ",") + "%" if field == "percent" else str(value)


_WORDED: dict[type, Callable[..., str]] = {
    bool: lambda value: schema.SAMPLE if value else schema.OFFICIAL,
    dt.date: words.day,
    DayMonth: str,
    tuple: "; ".join,
}


def _moved_keys(change: Change) -> tuple[str, str]:
    """Both orders without what is the same at the beginning and at the end."""
    _, old, new = change.fields[0]
    moved = [index for index, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    return tuple(cut(", ".join(order[moved[0] : moved[-1] + 1])) for order in (old, new))


def sentence(change: Change) -> str:
    """One change in one sentence."""
    if change.kind == ChangeKind.REORDERED:
        return f"Thứ tự {NOUNS[change.subject]} ở trang {_SHEETS[change.subject].title}: {arrows(spoken(change))}."
    if change.kind == ChangeKind.CHANGED:
        return f"{designation(change)}: {arrows(spoken(change))}."
    verb = "Thêm" if change.kind == ChangeKind.ADDED else "Không còn"
    held = "; ".join(f"{each.title} {each.new or each.old}" for each in spoken(change))
    return f"{verb} {_named(change)}{': ' if held else ''}{held}."


def _named(change: Change) -> str:
    what = designation(change)
    return f"lượt {what}" if change.subject == Subject.OCCURRENCE else what[0].lower() + what[1:]


def arrows(fields: Iterable[Spoken]) -> str:
    """`Trạng thái Đang thực hiện → Hoàn thành; Ngày hoàn thành → 15/11/2026`."""
    return "; ".join(
        f"{'' if each.title == 'Thứ tự' else each.title} {f'{each.old} ' if each.old else ''}→ {each.new}".strip()
        for each in fields
    )


def headline(comparison: Comparison) -> str:
    """The whole comparison in a line: `6 lượt đổi, 1 mô hình thêm, không mất nhiệm vụ nào`."""
    if comparison.empty:
        return "không có gì thay đổi"
    counted = [part for subject in _HEADLINE_ORDER for part in _counted(subject, comparison)]
    lost = len(comparison.of(Subject.TASK, ChangeKind.REMOVED))
    ending = f"mất {words.number(lost)} nhiệm vụ" if lost else "không mất nhiệm vụ nào"
    return ", ".join([*counted, ending])


_HEADLINE_ORDER = (Subject.OCCURRENCE, Subject.TASK, Subject.MODEL, Subject.PLAN, Subject.SECTION, Subject.UNIT)
_VERBS = {ChangeKind.CHANGED: "đổi", ChangeKind.ADDED: "thêm", ChangeKind.REMOVED: "mất"}


def _counted(subject: Subject, comparison: Comparison) -> list[str]:
    """How many of one subject were changed, added and lost; lost tasks are told last of all."""
    parts = []
    for kind, verb in _VERBS.items():
        found = comparison.of(subject, kind)
        count = sum(len(change.fields) for change in found) if subject == Subject.PLAN else len(found)
        if count and (subject, kind) != (Subject.TASK, ChangeKind.REMOVED):
            parts.append(f"{words.number(count)} {NOUNS[subject]} {verb}")
    reordered = comparison.of(subject, ChangeKind.REORDERED)
    return [*parts, f"đổi thứ tự {NOUNS[subject]}"] if reordered else parts
