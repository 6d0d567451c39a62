"""(previous, current) -> changes as data, the sentences for them, and the alarms that need a second look."""

from lib.compare.alarm_kinds import NAMES, Alarm, AlarmKind, confirmation, counted
from lib.compare.alarms import alarms, by_kind
from lib.compare.changes import Change, ChangeKind, Comparison, FieldChange, apply, compare
from lib.compare.sentences import Spoken, designation, headline, sentence, spoken
from lib.compare.snapshot import EMPTY, Occurrence, Snapshot, Subject, snapshot

__all__ = [
    "EMPTY",
    "NAMES",
    "Alarm",
    "AlarmKind",
    "Change",
    "ChangeKind",
    "Comparison",
    "FieldChange",
    "Occurrence",
    "Snapshot",
    "Spoken",
    "Subject",
    "alarms",
    "apply",
    "by_kind",
    "compare",
    "confirmation",
    "counted",
    "designation",
    "headline",
    "sentence",
    "snapshot",
    "spoken",
]
