"""What a workbook says once it has been read without error: typed tables, every name resolved."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from lib.workbook.plan import Plan
from lib.workbook.shape import DAY, TABLES, Columns


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


def build(plan: Plan, tables: dict[str, Columns]) -> Register:
    """The register of tables that came from the reading process, days as `2026-12-31`."""
    return Register(plan, **{name: _frame(name, tables[name]) for name in TABLES})


def _frame(name: str, columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({column: _series(columns[column], kind) for column, kind in TABLES[name].items()})


def _series(values: list, kind: str) -> pd.Series:
    # numpy reads a hundred thousand written days in a fifth of the time that pandas takes.
    return pd.Series(np.array(values, dtype="datetime64[D]") if kind == DAY else values, dtype=kind)
