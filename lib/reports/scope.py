"""What a report is about and the figures it may say: one register on one day, narrowed to one period."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib import status, summary
from lib.errors import DashboardError
from lib.reports.periods import Period
from lib.text import one_line
from lib.words import State, day
from lib.workbook.plan import Plan
from lib.workbook.register import Register

DONE = (State.DONE_ON_TIME, State.DONE_LATE)
OPEN = (State.WITHIN, State.OVERDUE)


@dataclass(frozen=True)
class Scope:
    """One register, the day its figures are taken on, the period, and the version it came from.

    source: which data, in words (`phiên bản 14 (3F9A-21C7)`); mark: the same in file names (`pb14`).
    DashboardError where the period begins after the day: nothing of it can be reported yet.
    """

    register: Register
    as_of: dt.date
    period: Period
    source: str
    mark: str = ""

    def __post_init__(self) -> None:
        if self.as_of < self.period.first:
            raise DashboardError(
                f"Kỳ báo cáo ({self.period.words}) bắt đầu từ ngày {day(self.period.first)}, sau ngày chốt số liệu "
                f"{day(self.as_of)}. Chọn kỳ khác hoặc ngày chốt khác."
            )

    @property
    def plan(self) -> Plan:
        """Who and which plan."""
        return self.register.plan

    @cached_property
    def everything(self) -> pd.DataFrame:
        """`status.occurrences` of the whole plan."""
        return status.occurrences(self.register, self.as_of)

    @cached_property
    def occurrences(self) -> pd.DataFrame:
        """Those of the years the period lies in: what the figures of the report count."""
        return summary.select(self.everything, years=self.period.years)

    @cached_property
    def earlier(self) -> pd.DataFrame:
        """Those of the plan's years before the period."""
        return self.everything[self.everything["year"] < self.period.first.year]

    @cached_property
    def counts(self) -> dict:
        """`summary.counts` of the period's years."""
        return summary.counts(self.occurrences)

    @cached_property
    def unassigned(self) -> int:
        """How many of the period's tasks nobody leads."""
        return len(summary.unassigned(self.occurrences))

    @property
    def unit(self) -> str:
        """What is counted: within one year a task has one occurrence, so people count tasks."""
        return "lượt" if self.period.several_years else "nhiệm vụ"

    @property
    def data_line(self) -> str:
        """Which day and version the figures are of."""
        return f"Số liệu chốt đến ngày {day(self.as_of)}; {self.source}."

    @property
    def plan_words(self) -> str:
        """The plan with its number and day, as documents cite it."""
        number = f" số {self.plan.number}" if self.plan.number else ""
        issued = f" ngày {day(self.plan.issued_on)}" if self.plan.issued_on else ""
        cited = f" (Kế hoạch{number}{issued})" if number or issued else ""
        return f"{one_line(self.plan.title)}{cited}"
