"""(previous, current) -> what was added, removed and changed, by key and never by row; and the way back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lib.compare.renaming import renamed_units, with_names
from lib.compare.snapshot import ORDERED, RECORDS, Key, Record, Snapshot, Subject, Task
from lib.text import shorten


class ChangeKind(StrEnum):
    """What happened to a record; `REORDERED` to the order of a sheet's records."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


class FieldChange(NamedTuple):
    """One field's value before and now; None on the side where there was no record."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record, or to the order of a subject's records (then key is "").

    label: the name people know it by. fields: those that differ; all of an added or removed record; of a reordering
    the one field `order`, with the keys that both have. after: of an added section, unit or task the key that stands
    before it in the sheet, None for the first. record: the whole record now, before where it was removed.
    """

    kind: ChangeKind
    subject: Subject
    key: Key
    label: str
    fields: tuple[FieldChange, ...]
    after: str | None = None
    record: Record | None = field(default=None, compare=False, repr=False)

    def difference(self, name: str) -> FieldChange | None:
        """What became of one field; None where it is as it was."""
        return next((each for each in self.fields if each.field == name), None)


@dataclass(frozen=True)
class Comparison:
    """All changes: tasks, occurrences in the plan's order, models, then the plan's facts, sections and units.

    renamed: names that units bore before and the units that bear them now; a unit under its new name is no change of
    what it leads.
    """

    changes: tuple[Change, ...]
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes

    def of(self, subject: Subject, *kinds: ChangeKind) -> list[Change]:
        """The changes of one subject, of the given kinds or of all."""
        return [each for each in self.changes if each.subject == subject and (not kinds or each.kind in kinds)]


_READING_ORDER = (Subject.TASK, Subject.OCCURRENCE, Subject.MODEL, Subject.PLAN, Subject.SECTION, Subject.UNIT)
_KIND_ORDER = {ChangeKind.REMOVED: 0, ChangeKind.ADDED: 1, ChangeKind.CHANGED: 2, ChangeKind.REORDERED: 3}


def compare(previous: Snapshot, current: Snapshot) -> Comparison:
    """What differs. Of one thing with itself nothing; `apply` leads from `previous` to `current`."""
    renamed = renamed_units(previous, current)
    before = with_names(previous, renamed)
    changes: list[Change] = []
    for subject in _READING_ORDER:
        found = [*_record_changes(subject, before, current), *_reordering(subject, before, current)]
        ranks = _ranks(subject, before, current)
        changes += sorted(found, key=lambda change: _place(change, ranks))
    return Comparison(tuple(changes), tuple(renamed.items()))


def _place(change: Change, ranks: dict[Key, tuple]) -> tuple:
    # Vanished and added tasks are read first; elsewhere what belongs together stays together.
    kind = _KIND_ORDER[change.kind] if change.subject in ORDERED else 0
    return kind, ranks.get(change.key, ())


def _ranks(subject: Subject, previous: Snapshot, current: Snapshot) -> dict[Key, tuple]:
    """Where a key is read: tasks and occurrences by section, then by sheet order; what vanished, where it stood."""
    if subject in (Subject.SECTION, Subject.UNIT):
        return _positions(subject, previous, current)
    if subject in (Subject.TASK, Subject.OCCURRENCE):
        tasks = _task_ranks(previous, current)
        if subject == Subject.TASK:
            return tasks
        keys = previous.occurrences.keys() | current.occurrences.keys()
        return {key: (*tasks.get(key[0], ()), key[1]) for key in keys}
    return {key: (index,) for index, key in enumerate({**current.records[subject], **previous.records[subject]})}


def _positions(subject: Subject, previous: Snapshot, current: Snapshot) -> dict[Key, tuple]:
    orders = (previous.orders[subject], current.orders[subject])
    return {key: (index,) for order in orders for index, key in enumerate(order)}


def _task_ranks(previous: Snapshot, current: Snapshot) -> dict[Key, tuple]:
    sections = _positions(Subject.SECTION, previous, current)
    tasks = {**previous.tasks, **current.tasks}
    unplaced = (len(sections),)
    return {
        key: (*sections.get(tasks[key].section, unplaced), *position)
        for key, position in _positions(Subject.TASK, previous, current).items()
    }


def _record_changes(subject: Subject, previous: Snapshot, current: Snapshot) -> Iterator[Change]:
    before, now = previous.records[subject], current.records[subject]
    names = RECORDS[subject]._fields
    tasks = {**previous.tasks, **current.tasks}
    standing_before = _predecessors(current.orders.get(subject, ()))
    for key, old in before.items():
        new = now.get(key)
        if new is None:
            fields = tuple(FieldChange(name, value, None) for name, value in zip(names, old, strict=True))
            yield Change(ChangeKind.REMOVED, subject, key, _label(subject, key, old, tasks), fields, record=old)
        elif new != old:
            values = zip(names, old, new, strict=True)
            fields = tuple(FieldChange(*value) for value in values if value[1] != value[2])
            yield Change(ChangeKind.CHANGED, subject, key, _label(subject, key, new, tasks), fields, record=new)
    for key, new in now.items():
        if key not in before:
            fields = tuple(FieldChange(name, None, value) for name, value in zip(names, new, strict=True))
            label, after = _label(subject, key, new, tasks), standing_before.get(key)
            yield Change(ChangeKind.ADDED, subject, key, label, fields, after, new)


def _predecessors(order: tuple[str, ...]) -> dict[Key, str]:
    return dict(zip(order[1:], order, strict=False))


_LABELS = {Subject.PLAN: "title", Subject.SECTION: "name", Subject.UNIT: "unit", Subject.MODEL: "model"}


def _label(subject: Subject, key: Key, record: Record, tasks: dict[str, Task]) -> str:
    if subject in (Subject.TASK, Subject.OCCURRENCE):
        task = record if subject == Subject.TASK else tasks.get(key[0])
        return task.short_name or shorten(task.content) if task else ""
    return getattr(record, _LABELS[subject])


def _reordering(subject: Subject, previous: Snapshot, current: Snapshot) -> Iterator[Change]:
    """The change of order among the keys that both have, if there is one."""
    if subject not in ORDERED:
        return
    before, now = previous.orders[subject], current.orders[subject]
    old, new = _among(before, set(now)), _among(now, set(before))
    if old != new:
        yield Change(ChangeKind.REORDERED, subject, "", "", (FieldChange("order", old, new),))


def _among(order: Iterable[str], keys: set[str]) -> tuple[str, ...]:
    return tuple(key for key in order if key in keys)


def apply(previous: Snapshot, comparison: Comparison) -> Snapshot:
    """The snapshot that `compare` was given as current, from the other and the changes alone."""
    before = with_names(previous, dict(comparison.renamed))
    records = {subject: dict(before.records[subject]) for subject in Subject}
    for change in comparison.changes:
        kept, values = records[change.subject], {each.field: each.new for each in change.fields}
        if change.kind == ChangeKind.REMOVED:
            del kept[change.key]
        elif change.kind == ChangeKind.ADDED:
            kept[change.key] = RECORDS[change.subject](**values)
        elif change.kind == ChangeKind.CHANGED:
            kept[change.key] = kept[change.key]._replace(**values)
    return Snapshot(records, {subject: _order(before, comparison.of(subject), subject) for subject in ORDERED})


def _order(before: Snapshot, changes: list[Change], subject: Subject) -> tuple[str, ...]:
    """The new order: what stayed in its new order, each added key after the one it stands behind."""
    removed = {change.key for change in changes if change.kind == ChangeKind.REMOVED}
    following = {change.after: change.key for change in changes if change.kind == ChangeKind.ADDED}
    moved = next((change.fields[0].new for change in changes if change.kind == ChangeKind.REORDERED), None)
    stayed = moved if moved is not None else [key for key in before.orders[subject] if key not in removed]
    order: list[str] = []
    for head in (None, *stayed):
        if head is not None:
            order.append(head)
        while head in following:
            head = following[head]
            order.append(head)
    return tuple(order)
