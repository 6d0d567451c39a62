"""What a workbook says once it has been read without error: typed tables, every name resolved."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib.calendar_days import DayMonth


@dataclass(frozen=True)
class Plan:
    """Sheet `Thông tin`: who, which plan, which years, which limits (docs/quy-tac-tinh.md, "Trang Thông tin")."""

    agency: str
    title: str
    first_year: int
    last_year: int
    parent_agency: str = ""
    former_agency: str = ""
    place: str = ""
    number: str = ""
    issued_on: dt.date | None = None
    model_target: int = 1
    registration_deadline: DayMonth = DayMonth(31, 3)
    due_soon_days: int = 30
    reminder_days: int = 90
    recipient: str = ""
    coordinator: str = ""
    signer_title: str = ""
    signer: str = ""
    sample: bool = False

    @property
    def years(self) -> range:
        """Every plan year in order."""
        return range(self.first_year, self.last_year + 1)

    def registration_due(self, year: int) -> dt.date:
        """The last day on which a model of `year` is registered on time."""
        return self.registration_deadline.of(year)


TEXT, LIST, DAY, NUMBER, YEAR, OPTIONAL_YEAR = "str", "object", "datetime64[s]", "float64", "int64", "Int64"

TABLES: dict[str, dict[str, str]] = {
    "sections": {"section": TEXT, "name": TEXT},
    "units": {"unit": TEXT, "other_names": TEXT, "abbreviation": TEXT, "successor": TEXT, "members": LIST},
    "tasks": {
        "task": TEXT,
        "section": TEXT,
        "content": TEXT,
        "short_name": TEXT,
        "label": TEXT,
        "executing_text": TEXT,
        "lead_text": TEXT,
        "executing_units": LIST,
        "lead_units": LIST,
        "schedule": TEXT,
        "due": TEXT,
        "from_year": OPTIONAL_YEAR,
        "to_year": OPTIONAL_YEAR,
    },
    "planned": {"task": TEXT, "year": YEAR, "due_on": DAY, "basis": TEXT},
    "progress": {
        "task": TEXT,
        "year": YEAR,
        "due_on": DAY,
        "status": TEXT,
        "status_text": TEXT,
        "percent": NUMBER,
        "completed_on": DAY,
        "result": TEXT,
        "document": TEXT,
        "difficulty": TEXT,
        "proposal": TEXT,
        "updated_on": DAY,
        "lead_text": TEXT,
        "lead_units": LIST,
    },
    "models": {
        "model": TEXT,
        "year": YEAR,
        "field": TEXT,
        "form": TEXT,
        "units_text": TEXT,
        "units": LIST,
        "place": TEXT,
        "registered_on": DAY,
        "evaluated_on": DAY,
        "evaluation": TEXT,
        "recognition": TEXT,
        "note": TEXT,
    },
}
"""Every table of a register: its columns in order and their types."""


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with exactly the columns and types of the table called `name`."""
    columns = TABLES[name]
    return frame[list(columns)].astype(columns).reset_index(drop=True)


@dataclass(frozen=True)
class Register:
    """A workbook's tables, their columns and types as `TABLES` says. Text is "" and a date NaT where blank.

    sections: in sheet order.
    units: other_names, abbreviation as typed; successor is a unit's name or ""; members, the units a group stands for.
    tasks: in sheet order; label is the short name, or the words cut at a word; executing_text, lead_text, schedule and
        due as typed; executing_units, lead_units are unit names, each once, groups as their members.
    planned: the plan's own occurrences before any row of `Tiến độ`; basis says in words why they are due then.
    progress: a row per task and year reported; due_on only where the row overrides the plan; status is a
        `schema.Report`; percent from 0 to 100; completed_on also where `Ngày cập nhật` stands for it.
    models: only those of the plan's years.
    """

    plan: Plan
    sections: pd.DataFrame
    units: pd.DataFrame
    tasks: pd.DataFrame
    planned: pd.DataFrame
    progress: pd.DataFrame
    models: pd.DataFrame
