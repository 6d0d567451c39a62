"""What changed between two versions: the finding, what needs a second look, each change with the old struck through."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib import words
from lib.compare import (
    Alarm,
    AlarmKind,
    Change,
    ChangeKind,
    Comparison,
    Spoken,
    Subject,
    by_kind,
    confirmation,
    counted,
    designation,
    headline,
    spoken,
)
from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.schema import Report

CHANGES_SHOWN = 200
ALARMS_SHOWN = 12
"""Of each kind; the rest stand among the changes."""

FIGURES = (("completion_rate", "Tỷ lệ hoàn thành"), ("overdue", "Quá hạn"), ("no_report", "Chưa có báo cáo"))

_NOTES = {
    AlarmKind.TASK_VANISHED: "bị mất",
    AlarmKind.SORTED_ALONE: "cột bị xếp riêng?",
    AlarmKind.DEADLINE_LATER: "lùi hạn",
    AlarmKind.STATUS_BACKWARDS: "trạng thái lùi",
    AlarmKind.DONE_WITHOUT_DOCUMENT: "thiếu văn bản",
    AlarmKind.COMPLETED_EARLIER: "sửa ngày hoàn thành",
    AlarmKind.SUSPENDED_OVERDUE: "quá hạn thành tạm hoãn",
    AlarmKind.LEAD_CHANGED: "đổi phòng",
    AlarmKind.TARGET_LOWERED: "hạ chỉ tiêu",
}
"""Each kind of alarm beside a change it rests on."""

_TOO_LATE, _IN_TIME = ("late", "quá hạn"), ("kept", "đúng hạn")
"""How finished work ended: its look and its words."""


@dataclass(frozen=True)
class _Row:
    """One change; `beside` says what else goes with it, `outcome` how it ended where it was finished."""

    what: str
    label: str
    link: str
    kind: ChangeKind
    fields: Sequence[Spoken]
    beside: str
    notes: Sequence[str]
    outcome: tuple[str, str] | None


@dataclass(frozen=True)
class _Group:
    """Alarms of one kind."""

    heading: str
    shown: Sequence[Alarm]
    hidden: int


def comparison(
    found: Comparison,
    alarms: Sequence[Alarm],
    earlier: str,
    later: str,
    before: Mapping | None,
    after: Mapping | None,
    view: View,
    confirming: bool = False,
) -> str:
    """The whole comparison; `before` and `after` are `summary.figures` of both sides on the same day.

    `earlier` and `later` name the sides (`phiên bản 14`, `tệp này`); `confirming` where the alarms must be confirmed
    before publishing, rather than being told afterwards.
    """
    shown, folded = _folded(found)
    notes = _notes(alarms)
    return render(
        "comparison",
        heading=f"{later} so với {earlier}",
        said=headline(found),
        figures=_figures(before, after),
        groups=_groups(tuple(alarms)),
        confirming=confirming,
        rows=[_row(change, view, folded, notes) for change in shown[:CHANGES_SHOWN]],
        hidden=max(len(shown) - CHANGES_SHOWN, 0),
        kinds=ChangeKind,
    )


def confirmations(alarms: Sequence[Alarm]) -> dict[AlarmKind, str]:
    """For each kind of alarm the words of the box that confirms it was seen."""
    return {kind: confirmation(kind, len(found)) for kind, found in by_kind(tuple(alarms)).items()}


def _groups(alarms: tuple[Alarm, ...]) -> list[_Group]:
    return [
        _Group(counted(kind, len(found)), found[:ALARMS_SHOWN], max(len(found) - ALARMS_SHOWN, 0))
        for kind, found in by_kind(alarms).items()
    ]


def _figures(before: Mapping | None, after: Mapping | None) -> list[tuple[str, str, str]]:
    """Name, figure before, figure now; of those that changed, the rate in any case."""
    old, new = ((side or {}).get("overall", {}) for side in (before, after))
    rows = [(title, _figure(key, old.get(key)), _figure(key, new.get(key))) for key, title in FIGURES]
    return [row for place, row in enumerate(rows) if place == 0 or row[1] != row[2]]


def _figure(key: str, found: float | None) -> str:
    if key == "completion_rate":
        return words.rate(found)
    return "—" if found is None else words.number(found)


def _folded(found: Comparison) -> tuple[list[Change], Counter]:
    """The changes that get a row, and how many years without a report go with each task that came or went."""
    whole = {
        (kind, change.key) for kind in (ChangeKind.ADDED, ChangeKind.REMOVED) for change in found.of(Subject.TASK, kind)
    }
    shown, folded = [], Counter()
    for change in found.changes:
        owner = (change.kind, change.key[0]) if change.subject == Subject.OCCURRENCE else None
        if owner in whole and change.record.status == Report.NONE:
            folded[owner] += 1
        else:
            shown.append(change)
    return shown, folded


def _notes(alarms: Sequence[Alarm]) -> dict[tuple, list[str]]:
    """The kinds of alarm that rest on each change, in words, each once."""
    notes: dict[tuple, dict[str, None]] = defaultdict(dict)
    for alarm in alarms:
        for change in alarm.changes:
            notes[change.subject, change.key, change.kind][_NOTES[alarm.kind]] = None
    return {place: list(said) for place, said in notes.items()}


def _row(change: Change, view: View, folded: Counter, notes: Mapping[tuple, list[str]]) -> _Row:
    years = folded[change.kind, change.key] if change.subject == Subject.TASK else 0
    return _Row(
        what=_what(change),
        label=change.label if change.subject in (Subject.TASK, Subject.OCCURRENCE) else "",
        link=_link(change, view),
        kind=change.kind,
        fields=spoken(change),
        beside=f"cùng {words.number(years)} lượt chưa có báo cáo" if years else "",
        notes=notes.get((change.subject, change.key, change.kind), ()),
        outcome=_outcome(change),
    )


def _what(change: Change) -> str:
    if change.kind == ChangeKind.REORDERED:
        return "Thứ tự trong sổ"
    if change.subject == Subject.OCCURRENCE:
        return f"{change.key[0]} · {change.key[1]}"
    return designation(change)


def _link(change: Change, view: View) -> str:
    """To the task as it is published; what came with this comparison or went is not there."""
    if change.kind != ChangeKind.CHANGED or change.subject not in (Subject.TASK, Subject.OCCURRENCE):
        return ""
    if change.subject == Subject.TASK:
        return address.href(address.TASKS, view, ma=change.key)
    return address.href(address.TASKS, view, ma=change.key[0]) + f"#nam-{change.key[1]}"


def _outcome(change: Change) -> tuple[str, str] | None:
    """How an occurrence that was finished now has ended."""
    if change.subject != Subject.OCCURRENCE or change.kind == ChangeKind.REMOVED or not change.difference("status"):
        return None
    now = change.record
    if now.status != Report.DONE or not now.completed_on:
        return None
    return _TOO_LATE if now.completed_on > now.due_on else _IN_TIME
