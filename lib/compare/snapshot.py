"""Everything a register says, as plain frozen data under natural keys: what two versions are compared by.

Left out is what only repeats the rest: row numbers, the words in which a unit or a state was typed (the unit and the
state stand instead), short labels, and the reasons of due days.
"""

import datetime as dt
from collections import Counter, namedtuple
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from lib.schema import Report
from lib.status import plan_leads
from lib.text import fold
from lib.workbook.plan import Plan
from lib.workbook.register import Register


class Subject(StrEnum):
    """What a change is about."""

    PLAN = "plan"
    SECTION = "section"
    UNIT = "unit"
    TASK = "task"
    OCCURRENCE = "occurrence"
    MODEL = "model"


PlanFacts = namedtuple("PlanFacts", [each.name for each in fields(Plan)])
"""Sheet `Thông tin`, fields as in `Plan`; its key is ""."""


class Section(NamedTuple):
    """One section, under its code."""

    name: str


class Unit(NamedTuple):
    """One unit, under its folded name; successor and members are unit names."""

    unit: str
    other_names: str
    abbreviation: str
    successor: str
    members: tuple[str, ...]


class Task(NamedTuple):
    """One task, under its code; schedule and due as typed, units by their names."""

    section: str
    content: str
    short_name: str
    executing_units: tuple[str, ...]
    lead_units: tuple[str, ...]
    schedule: str
    due: str
    from_year: int | None
    to_year: int | None


class _OccurrenceFields(NamedTuple):
    planned_due_on: dt.date
    own_due_on: dt.date | None = None
    due_on: dt.date = dt.date.max
    status: Report = Report.NONE
    percent: float | None = None
    completed_on: dt.date | None = None
    result: str = ""
    document: str = ""
    difficulty: str = ""
    proposal: str = ""
    updated_on: dt.date | None = None
    own_lead_units: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()


class Occurrence(_OccurrenceFields):
    """One task in one year, under (task, year), reported or not; a field answers to `.due_on` and to `["due_on"]`.

    planned_due_on is the plan's; own_due_on and own_lead_units what the row of `Tiến độ` sets for itself; due_on and
    lead_units what counts. percent from 0 to 100.
    """

    __slots__ = ()

    def __getitem__(self, place: int | str) -> object:
        return getattr(self, place) if isinstance(place, str) else tuple.__getitem__(self, place)


class Model(NamedTuple):
    """One "Dân vận khéo" model, under (folded name, year)."""

    model: str
    field: str
    form: str
    units: tuple[str, ...]
    place: str
    registered_on: dt.date | None
    evaluated_on: dt.date | None
    evaluation: str
    recognition: str
    note: str


Key = str | tuple[str, int]
Record = tuple
"""One of the named tuples above."""

RECORDS: dict[Subject, type] = {
    Subject.PLAN: PlanFacts,
    Subject.SECTION: Section,
    Subject.UNIT: Unit,
    Subject.TASK: Task,
    Subject.OCCURRENCE: Occurrence,
    Subject.MODEL: Model,
}

ORDERED = (Subject.SECTION, Subject.UNIT, Subject.TASK)
"""Subjects whose order in the sheet is shown to people."""


@dataclass(frozen=True)
class Snapshot:
    """Records of every subject by key, and the order of the keys of `ORDERED` subjects. Not to be changed.

    as_of: the day of which states are told beside it; no part of what a workbook says, so it is not compared.
    """

    records: Mapping[Subject, Mapping[Key, Record]]
    orders: Mapping[Subject, tuple[str, ...]]
    as_of: dt.date | None = field(default=None, compare=False)

    @property
    def plan(self) -> PlanFacts | None:
        """The plan's own facts; None where nothing was ever recorded."""
        return self.records[Subject.PLAN].get("")

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Tasks by code."""
        return self.records[Subject.TASK]

    @property
    def occurrences(self) -> Mapping[tuple[str, int], Occurrence]:
        """Occurrences by (task, year)."""
        return self.records[Subject.OCCURRENCE]

    @property
    def models(self) -> Mapping[tuple[str, int], Model]:
        """Models by (folded name, year)."""
        return self.records[Subject.MODEL]


EMPTY = Snapshot({subject: {} for subject in Subject}, dict.fromkeys(ORDERED, ()))
"""Before anything was published."""


def snapshot(register: Register, as_of: dt.date | None = None) -> Snapshot:
    """Everything `register` says; `as_of` is the day whose states the alarms tell of."""
    unit_keys = _distinct([fold(unit) or unit for unit in register.units["unit"]])
    tasks = dict(_keyed(register.tasks["task"], _rows(Task, register.tasks)))
    records = {
        Subject.PLAN: {"": PlanFacts(*(getattr(register.plan, name) for name in PlanFacts._fields))},
        Subject.SECTION: dict(_keyed(register.sections["section"], _rows(Section, register.sections))),
        Subject.UNIT: dict(_keyed(unit_keys, _rows(Unit, register.units))),
        Subject.TASK: tasks,
        Subject.OCCURRENCE: dict(_occurrences(register, tasks)),
        Subject.MODEL: dict(_models(register.models)),
    }
    return Snapshot(records, {subject: tuple(records[subject]) for subject in ORDERED}, as_of)


def _rows(record: type, table: pd.DataFrame) -> Iterator[Record]:
    return map(record, *(_plain(table[name]) for name in record._fields))


def _plain(column: pd.Series) -> list:
    """A column's values as Python's own: days as dates, lists as tuples, None where there is nothing."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(object).where(column.notna(), None).tolist()
    if column.dtype == object:
        return [tuple(value) for value in column]
    return column.tolist()


def _keyed(keys: Iterable[Key], records: Iterable[Record]) -> Iterator[tuple[Key, Record]]:
    """Pairs for a dict; two records with one key would be one silently lost, which checking has ruled out."""
    seen: set[Key] = set()
    for key, record in zip(keys, records, strict=True):
        if key in seen:
            raise ValueError(f"two records under one key: {key!r}")
        seen.add(key)
        yield key, record


def _distinct(keys: list[str]) -> list[str]:
    """The same keys, repeated ones numbered: names of punctuation alone are no names, and may stand twice."""
    counts = Counter(keys)
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append(key if counts[key] == 1 else f"{key}\n{seen[key]}")
    return numbered


_REPORTED = tuple(name for name in Occurrence._fields if name not in ("planned_due_on", "due_on", "lead_units"))
_SOURCE = {"own_due_on": "due_on", "own_lead_units": "lead_units"}
_UNREPORTED = tuple(Occurrence._field_defaults[name] for name in _REPORTED)
_REPORTS = {report.value: report for report in Report}


def _occurrences(register: Register, tasks: Mapping[str, Task]) -> Iterator[tuple[Key, Occurrence]]:
    """Every occurrence of the plan with what was reported of it."""
    progress, planned = register.progress, register.planned
    columns = [_plain(progress[_SOURCE.get(name, name)]) for name in _REPORTED]
    columns[_REPORTED.index("status")] = [_REPORTS[status] for status in progress["status"]]
    keys = zip(_plain(progress["task"]), _plain(progress["year"]), strict=True)
    reports = dict(_keyed(keys, zip(*columns, strict=True)))
    leads = {code: tuple(plan_leads(list(task.lead_units), list(task.executing_units))) for code, task in tasks.items()}
    keys = zip(_plain(planned["task"]), _plain(planned["year"]), strict=True)
    for key, due_on in _keyed(keys, _plain(planned["due_on"])):
        yield key, _occurrence(due_on, leads[key[0]], reports.get(key, _UNREPORTED))


def _occurrence(planned_due_on: dt.date, plan_lead: tuple[str, ...], reported: tuple) -> Occurrence:
    own_due_on, *said, own_lead_units = reported
    due_on, lead_units = own_due_on or planned_due_on, own_lead_units or plan_lead
    return Occurrence(planned_due_on, own_due_on, due_on, *said, own_lead_units, lead_units)


def _models(models: pd.DataFrame) -> Iterator[tuple[Key, Model]]:
    keys = zip(map(fold, models["model"]), _plain(models["year"]), strict=True)
    return _keyed(keys, _rows(Model, models))
