"""What scenes are made of: the view's occurrences and what `summary` gives of them, each worked out once."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib import summary
from lib.panels.address import View
from lib.scenes.since import Since
from lib.summary import Attention
from lib.workbook.register import Register


@dataclass(frozen=True)
class Material:
    """occurrences: the view's rows of `status.occurrences` on `as_of`. since: how it stood at the last meeting."""

    register: Register
    occurrences: pd.DataFrame
    as_of: dt.date
    view: View
    since: Since | None = None

    @cached_property
    def counts(self) -> dict:
        """`summary.counts` of the view."""
        return summary.counts(self.occurrences)

    @cached_property
    def attention(self) -> Attention:
        """`summary.attention` of the view."""
        return summary.attention(self.occurrences)

    @cached_property
    def departments(self) -> pd.DataFrame:
        """`summary.by_department` of the view; of a chosen unit's occurrences that unit alone."""
        table = summary.by_department(self.occurrences, self.register)
        return table[table.index == self.view.unit] if self.view.unit else table

    @cached_property
    def sections(self) -> pd.DataFrame:
        """`summary.by_section` of the view."""
        return summary.by_section(self.occurrences, self.register)

    @cached_property
    def years(self) -> pd.DataFrame:
        """`summary.by_year` of the view."""
        return summary.by_year(self.occurrences, self.register)

    @cached_property
    def models(self) -> pd.DataFrame:
        """`summary.dan_van_kheo` of the plan."""
        return summary.dan_van_kheo(self.register, self.as_of)
