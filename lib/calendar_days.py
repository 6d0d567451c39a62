"""Days as people write them: `31/3` of any year, `30/6/2024`. Always day first; never guessed."""

import datetime as dt
import re
from dataclasses import dataclass

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_FULL = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class DayMonth:
    """A day of every year; 29/2 is 28/2 in a year that has none."""

    day: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.day <= _LONGEST_MONTHS[self.month - 1]):
            raise ValueError(f"no such day: {self.day}/{self.month}")

    def of(self, year: int) -> dt.date:
        """That day of `year`."""
        if (self.day, self.month) == (29, 2):
            return dt.date(year, 3, 1) - dt.timedelta(days=1)
        return dt.date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.day:02d}/{self.month:02d}"


YEAR_END = DayMonth(31, 12)


def month_end(month: int) -> DayMonth:
    """The last day of `month` in every year; ValueError where there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(f"no such month: {month}")
    return DayMonth(_LONGEST_MONTHS[month - 1], month)


def parse_date(text: str) -> dt.date | None:
    """`d/m/yyyy`, `dd-mm-yyyy`, `dd.mm.yyyy` or `yyyy-mm-dd`; None for other text, ValueError for no day."""
    if match := _FULL.fullmatch(text):
        return _in_range(dt.date(int(match[4]), int(match[3]), int(match[1])))
    if match := _ISO.fullmatch(text):
        return _in_range(dt.date(int(match[1]), int(match[2]), int(match[3])))
    return None


def _in_range(value: dt.date) -> dt.date:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValueError(f"year out of range: {value.year}")
    return value


def parse_day_month(text: str) -> DayMonth | None:
    """`d/m`, `dd-mm` or `dd.mm`; None for other text, ValueError for a day that no year has."""
    match = _SHORT.fullmatch(text)
    return DayMonth(int(match[1]), int(match[2])) if match else None
