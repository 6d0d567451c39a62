"""Which of the changes need a second look before they are published."""

import datetime as dt

from lib.compare import occurrence_alarms, plan_alarms
from lib.compare.alarm_kinds import Alarm, AlarmKind
from lib.compare.changes import Comparison
from lib.compare.occurrence_alarms import Situation
from lib.compare.renaming import with_names
from lib.compare.snapshot import Snapshot

_RULES = (*plan_alarms.RULES, *occurrence_alarms.RULES)
_ORDER = {kind: place for place, kind in enumerate(AlarmKind)}


def alarms(
    previous: Snapshot, current: Snapshot, comparison: Comparison, as_of: dt.date | None = None
) -> tuple[Alarm, ...]:
    """Everything to be looked at again, kind by kind; nothing where nothing was published before.

    `comparison` is that of `previous` and `current`; states are those of `as_of`, else of the day that `current` was
    made for. ValueError where neither names a day.
    """
    if previous.plan is None or current.plan is None or comparison.empty:
        return ()
    as_of = as_of or current.as_of
    if as_of is None:
        raise ValueError("states need a day: give as_of here or to snapshot()")
    before = with_names(previous, dict(comparison.renamed))
    situation = Situation(before, current, comparison, as_of)
    found = [alarm for rule in _RULES for alarm in rule(situation)]
    return tuple(sorted(found, key=lambda alarm: _ORDER[alarm.kind]))


def by_kind(found: tuple[Alarm, ...]) -> dict[AlarmKind, list[Alarm]]:
    """The alarms of each kind that there is."""
    kinds: dict[AlarmKind, list[Alarm]] = {}
    for alarm in found:
        kinds.setdefault(alarm.kind, []).append(alarm)
    return kinds
