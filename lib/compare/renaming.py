"""Units that bear another name now: what they lead is still theirs, so it is compared under the name of today."""

from collections.abc import Mapping
from dataclasses import replace

from lib.compare.snapshot import Record, Snapshot, Subject, Unit
from lib.text import fold
from lib.workbook.units import split_names

_REFERENCES = {
    Subject.UNIT: ("successor", "members"),
    Subject.TASK: ("executing_units", "lead_units"),
    Subject.OCCURRENCE: ("own_lead_units", "lead_units"),
    Subject.MODEL: ("units",),
}


def renamed_units(previous: Snapshot, current: Snapshot) -> dict[str, str]:
    """Names of units of before that are no unit's own name any more -> the unit that bears them now.

    Renamed, written otherwise, or merged into another: in each case the current workbook says whose name it is.
    """
    units: list[Unit] = list(current.records[Subject.UNIT].values())
    own = {unit.unit for unit in units}
    bearer: dict[str, str] = {fold(unit.unit): unit.unit for unit in units if fold(unit.unit)}
    for unit in units:
        for name in split_names(f"{unit.other_names};{unit.abbreviation}"):
            bearer.setdefault(fold(name), unit.unit)
    names = {unit.unit for unit in previous.records[Subject.UNIT].values()} - own
    return {name: bearer[fold(name)] for name in sorted(names) if fold(name) in bearer}


def with_names(snapshot: Snapshot, renamed: Mapping[str, str]) -> Snapshot:
    """`snapshot` with every mention of a unit under its name of today; the units' own records keep their names."""
    if not renamed:
        return snapshot
    records = dict(snapshot.records)
    for subject, names in _REFERENCES.items():
        records[subject] = {key: _rewritten(record, names, renamed) for key, record in records[subject].items()}
    return replace(snapshot, records=records)


def _rewritten(record: Record, names: tuple[str, ...], renamed: Mapping[str, str]) -> Record:
    fresh = {name: _renamed(getattr(record, name), renamed) for name in names}
    return record._replace(**fresh)


def _renamed(value: str | tuple[str, ...], renamed: Mapping[str, str]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return renamed.get(value, value)
    return tuple(dict.fromkeys(renamed.get(name, name) for name in value))
