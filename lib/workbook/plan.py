"""The plan's own facts, from sheet `Thông tin`."""

import datetime as dt
from dataclasses import dataclass

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
