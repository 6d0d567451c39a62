"""The figures answered first, one tile each."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.panels.address import View
from lib.panels.rendering import render
from lib.words import ModelState
from lib.workbook.register import Plan

CODES_NAMED = 3
_TOLD = ["task", "year", "due_on", "days_overdue"]


@dataclass(frozen=True)
class ModelYear:
    """One year's "Dân vận khéo" target: a row of `summary.dan_van_kheo` and the days of its models."""

    year: int
    target: int
    registered: int
    registered_on_time: int
    evaluated: int
    state: ModelState
    registered_days: str
    evaluated_days: str

    @property
    def label(self) -> str:
        """The year's state in words."""
        return words.MODEL_STATE_LABELS[self.state]


def tiles(
    counts: Mapping[str, float], attention: Mapping[str, pd.DataFrame], models: ModelYear | None, plan: Plan, view: View
) -> str:
    """Rate of what came due, overdue, due soon, without report, models of the year in question.

    `counts` as `summary.counts` gives them, `attention` the tables of `summary.attention` by group.
    """
    return render(
        "tiles",
        counts=counts,
        done=counts["done_on_time"] + counts["done_late"],
        came_due=counts["done_on_time"] + counts["done_late"] + counts["overdue"],
        worst=first_row(attention["overdue"]),
        nearest=first_row(attention["due_soon"]),
        silent=_codes(attention["no_report"]),
        models=models,
        plan=plan,
        view=view,
    )


def first_row(table: pd.DataFrame) -> object | None:
    """The table's first row as a tuple with the names of `_TOLD`, None where it has none."""
    return next(table.head(1)[_TOLD].itertuples(index=False), None)


def _codes(table: pd.DataFrame) -> str:
    """The first few task codes of a table, with an ellipsis where there are more."""
    codes = table["task"].drop_duplicates()
    return ", ".join(codes.head(CODES_NAMED)) + (", …" if len(codes) > CODES_NAMED else "")
