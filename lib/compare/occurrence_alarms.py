"""Changes of single occurrences that need a second look: each rule one function."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lib.compare.alarm_kinds import Alarm, AlarmKind
from lib.compare.changes import Change, ChangeKind, Comparison
from lib.compare.sentences import NOBODY, Spoken, spoken, title
from lib.compare.snapshot import Occurrence, Snapshot, Subject
from lib.compare.standing import effect, state
from lib.schema import Report
from lib.words import REPORT_LABELS, State, day, number


@dataclass(frozen=True)
class Situation:
    """What is compared: `previous` under the unit names of today."""

    previous: Snapshot
    current: Snapshot
    comparison: Comparison
    as_of: dt.date

    def changed(self) -> Iterator[tuple[Change, Occurrence, Occurrence]]:
        """Every changed occurrence with what it was and what it is."""
        for change in self.comparison.of(Subject.OCCURRENCE, ChangeKind.CHANGED):
            yield change, self.previous.occurrences[change.key], self.current.occurrences[change.key]

    def alarm(self, kind: AlarmKind, change: Change, old: Occurrence, new: Occurrence, *fields: str) -> Alarm:
        """An alarm that names the changed ones of `fields` and what becomes of the state."""
        said = _said(change, *fields)
        return Alarm(kind, where(change), said, effect(old, new, change.key[1], self.as_of), (change,))


def where(change: Change) -> str:
    """The task and the year: `2.3.2, năm 2025`."""
    return f"{change.key[0]}, năm {change.key[1]}"


def _said(change: Change, *fields: str) -> tuple[Spoken, ...]:
    titles = {title(change.subject, name) for name in fields}
    return tuple(each for each in spoken(change) if each.title in titles)


_BACKWARDS = {(Report.IN_PROGRESS, Report.NOT_STARTED)}


def status_backwards(situation: Situation) -> Iterator[Alarm]:
    """`Hoàn thành` taken back, work under way that was never begun, or a report that is blank again."""
    for change, old, new in situation.changed():
        taken_back = old.status != new.status and (old.status == Report.DONE or new.status == Report.NONE)
        if taken_back or (old.status, new.status) in _BACKWARDS:
            yield situation.alarm(AlarmKind.STATUS_BACKWARDS, change, old, new, "status")


def done_without_document(situation: Situation) -> Iterator[Alarm]:
    """Newly `Hoàn thành` without `Văn bản minh chứng`, or the document of what is done taken away."""
    for change, old, new in situation.changed():
        if new.status == Report.DONE and not new.document and (old.status != Report.DONE or old.document):
            yield situation.alarm(AlarmKind.DONE_WITHOUT_DOCUMENT, change, old, new, "status", "document")
    for change in situation.comparison.of(Subject.OCCURRENCE, ChangeKind.ADDED):
        new = situation.current.occurrences[change.key]
        if new.status == Report.DONE and not new.document:
            said = (Spoken(title(Subject.OCCURRENCE, "status"), "", REPORT_LABELS[new.status]),)
            remark = f"Lượt mới, chưa ghi {title(Subject.OCCURRENCE, 'document')}."
            yield Alarm(AlarmKind.DONE_WITHOUT_DOCUMENT, where(change), said, remark, (change,))


def deadline_later(situation: Situation) -> Iterator[Alarm]:
    """A due day that is later now, whichever column moved it; a year's work that became a later year's too."""
    for change, old, new in situation.changed():
        if new.due_on > old.due_on:
            said = _said(change, "due_on")
            remark = f"{_plan_clause(old, new)} {effect(old, new, change.key[1], situation.as_of)}"
            yield Alarm(AlarmKind.DEADLINE_LATER, where(change), said, remark, (change,))
    yield from _moved_to_later_years(situation)


def _plan_clause(old: Occurrence, new: Occurrence) -> str:
    if old.planned_due_on != new.planned_due_on:
        return f"Hạn theo trang Nhiệm vụ: {day(old.planned_due_on)} → {day(new.planned_due_on)}."
    return f"Hạn theo kế hoạch: {day(new.planned_due_on)}."


def _moved_to_later_years(situation: Situation) -> Iterator[Alarm]:
    """An unfinished occurrence that is gone while the same task has got a later one."""
    added: dict[str, list[Change]] = defaultdict(list)
    for change in situation.comparison.of(Subject.OCCURRENCE, ChangeKind.ADDED):
        added[change.key[0]].append(change)
    for change in situation.comparison.of(Subject.OCCURRENCE, ChangeKind.REMOVED):
        old = situation.previous.occurrences[change.key]
        later = [each for each in added[change.key[0]] if each.record.due_on > old.due_on]
        if later and old.status != Report.DONE and change.key[0] in situation.previous.tasks:
            new = min(later, key=lambda each: each.record.due_on)
            said = (Spoken(title(Subject.OCCURRENCE, "due_on"), day(old.due_on), day(new.record.due_on)),)
            was = _standing_alone(old, change.key[1], situation.as_of)
            remark = f"Lượt năm {change.key[1]}{was} không còn, thay bằng lượt năm {new.key[1]}."
            yield Alarm(AlarmKind.DEADLINE_LATER, where(change), said, remark, (change, new))


def _standing_alone(old: Occurrence, year: int, as_of: dt.date) -> str:
    late = state(old, year, as_of) == State.OVERDUE
    return f" đang quá hạn {number((as_of - old.due_on).days)} ngày" if late else ""


def completed_earlier(situation: Situation) -> Iterator[Alarm]:
    """`Ngày hoàn thành` already published moved earlier, so that what was late is on time."""
    for change, old, new in situation.changed():
        if old.status != Report.DONE or new.status != Report.DONE or not old.completed_on or not new.completed_on:
            continue
        was_late, is_late = old.completed_on > old.due_on, new.completed_on > new.due_on
        if new.completed_on < old.completed_on and was_late and not is_late:
            yield situation.alarm(AlarmKind.COMPLETED_EARLIER, change, old, new, "completed_on")


def suspended_overdue(situation: Situation) -> Iterator[Alarm]:
    """`Tạm hoãn` for what is overdue on the as-of day."""
    for change, old, new in situation.changed():
        suspended = new.status == Report.SUSPENDED and old.status != Report.SUSPENDED
        if suspended and state(old, change.key[1], situation.as_of) == State.OVERDUE:
            yield situation.alarm(AlarmKind.SUSPENDED_OVERDUE, change, old, new, "status")


def lead_changed(situation: Situation) -> Iterator[Alarm]:
    """Another lead for what somebody led; the years of a task that change alike are told together."""
    alike: dict[tuple, list[tuple[Change, Occurrence]]] = defaultdict(list)
    for change, old, new in situation.changed():
        if old.lead_units and set(old.lead_units) != set(new.lead_units):
            alike[change.key[0], old.lead_units, new.lead_units].append((change, new))
    for (task, _, new_leads), found in alike.items():
        changes = tuple(change for change, _ in found)
        said = _said(changes[0], "lead_units")
        years = ", ".join(str(change.key[1]) for change in changes)
        remark = _lead_remark(found, "; ".join(new_leads) or NOBODY, situation.as_of)
        yield Alarm(AlarmKind.LEAD_CHANGED, f"{task}, năm {years}", said, remark, changes)


def _lead_remark(found: list[tuple[Change, Occurrence]], lead: str, as_of: dt.date) -> str:
    overdue = sum(state(new, change.key[1], as_of) == State.OVERDUE for change, new in found)
    if overdue:
        return f"{number(overdue)} lượt đang quá hạn sẽ tính cho: {lead}."
    return f"Không lượt nào trong đó đang quá hạn; từ nay tính cho: {lead}."


def occurrence_vanished(situation: Situation) -> Iterator[Alarm]:
    """An occurrence that had a report, or overdue work that nothing took the place of, gone from a task that stays."""
    replaced = {change.changes[0].key for change in _moved_to_later_years(situation)}
    for change in situation.comparison.of(Subject.OCCURRENCE, ChangeKind.REMOVED):
        old, (task, year) = situation.previous.occurrences[change.key], change.key
        overdue = state(old, year, situation.as_of) == State.OVERDUE and change.key not in replaced
        if task in situation.current.tasks and (old.status != Report.NONE or overdue):
            report = f"{title(Subject.OCCURRENCE, 'status')}: {REPORT_LABELS[old.status]}."
            late = _standing_alone(old, year, situation.as_of)
            remark = f"Lượt{late} không còn trong sổ. {report}"
            yield Alarm(AlarmKind.TASK_VANISHED, where(change), (), remark, (change,))


RULES = (
    occurrence_vanished,
    deadline_later,
    status_backwards,
    done_without_document,
    completed_earlier,
    suspended_overdue,
    lead_changed,
)
