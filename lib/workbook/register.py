"""What a workbook says once it has been read without error: typed tables, every name resolved."""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from lib.workbook.plan import Plan
from lib.workbook.shape import LIST, TABLES


@dataclass(frozen=True)
class Register:
    """A workbook's tables, their columns and types as `shape.TABLES` says. Text is "" and a date NaT where blank.

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


def build(plan: Plan, tables: dict[str, pa.Table]) -> Register:
    """The register of tables that came from the reading process."""
    return Register(plan, **{name: _frame(name, tables[name]) for name in TABLES})


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    columns = TABLES[name]
    lists = [column for column, kind in columns.items() if kind == LIST]
    frame = table.drop_columns(lists).to_pandas()
    frame = frame.assign(**{column: pd.Series(table[column].to_pylist(), dtype=object) for column in lists})
    return frame[list(columns)].astype(columns)
