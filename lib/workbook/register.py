"""What a workbook says once it has been read without error: typed tables, every name resolved."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.workbook.arrays import array_of
from lib.workbook.packed import Packed
from lib.workbook.plan import Plan
from lib.workbook.shape import TABLES
from lib.workbook.transfer import PackedTables


@dataclass(frozen=True)
class Register:
    """A workbook's tables, their columns and types as `shape.TABLES` says. Text is "" and a date NaT where blank.

    sections: in sheet order.
    units: other_names, abbreviation as typed; successor is a unit's name or ""; members, the units a group stands for.
    tasks: in sheet order; label is the short name, or the words cut at a word; executing_text, lead_text, schedule and
        due as typed; executing_units, lead_units are unit names, each once, groups as their members.
    timings: the years and due days that tasks share, by the number in their column timing.
    planned: the plan's own occurrences before any row of `Tiến độ`: task, year, due_on, basis (in words, why they
        are due then); in sheet order of tasks, then by year.
    progress: a row per task and year reported; due_on only where the row overrides the plan; status is a
        `schema.Report`; percent from 0 to 100; completed_on also where `Ngày cập nhật` stands for it.
    models: only those of the plan's years.
    """

    plan: Plan
    sections: pd.DataFrame
    units: pd.DataFrame
    tasks: pd.DataFrame
    timings: pd.DataFrame
    progress: pd.DataFrame
    models: pd.DataFrame

    @cached_property
    def planned(self) -> pd.DataFrame:
        """The plan's own occurrences; not to be changed."""
        occurrences = self.tasks[["task", "timing"]].merge(self.timings, on="timing", how="inner")
        return occurrences[["task", "year", "due_on", "basis"]]


def build(plan: Plan, tables: PackedTables) -> Register:
    """The register of tables that came from the reading process."""
    return Register(plan, **{name: _frame(name, tables[name]) for name in TABLES})


def _frame(name: str, columns: dict[str, Packed]) -> pd.DataFrame:
    return pd.DataFrame({column: array_of(columns[column], kind) for column, kind in TABLES[name].items()})
