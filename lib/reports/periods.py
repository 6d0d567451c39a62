"""The time a report is about: a month, a quarter, six months, a year or several years of the plan."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from lib.calendar_days import month_end
from lib.errors import DashboardError
from lib.workbook.plan import Plan


class Span(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YEARS = "years"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}
_QUARTERS, _HALVES = ("I", "II", "III", "IV"), ("đầu", "cuối")
_FORMS = re.compile(r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; `words` as they stand in a sentence: `quý II năm 2025`."""

    code: str
    span: Span
    first: dt.date
    last: dt.date
    words: str

    @property
    def years(self) -> range:
        """The years whose occurrences a report of this period counts."""
        return range(self.first.year, self.last.year + 1)

    @property
    def partial(self) -> bool:
        """Whether it is only a part of a year."""
        return self.span in (Span.MONTH, Span.QUARTER, Span.HALF)

    @property
    def several_years(self) -> bool:
        """Whether a task may have more than one occurrence in it."""
        return len(self.years) > 1

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last


def parse(code: str, plan: Plan) -> Period:
    """The period written `2025`, `2025-H1`, `2025-Q2`, `2025-06` or `2022-2026`; DashboardError where it is none of
    these, or outside the plan's years."""
    written = code.strip().upper()
    if found := _YEARS.fullmatch(written):
        period = years(int(found[1]), int(found[2])) if found[1] <= found[2] else None
    elif found := _FORMS.fullmatch(written):
        period = _of_parts(written, found)
    else:
        period = None
    if period is None:
        raise DashboardError(
            f"“{code}” không phải kỳ báo cáo. Ghi dạng 2025, 2025-H1, 2025-Q2, 2025-06 hoặc 2022-2026."
        )
    if period.first.year < plan.first_year or period.last.year > plan.last_year:
        raise DashboardError(
            f"Kế hoạch thực hiện từ năm {plan.first_year} đến năm {plan.last_year}; kỳ “{code}” nằm ngoài các năm đó."
        )
    return period


def _of_parts(code: str, found: re.Match[str]) -> Period | None:
    year = int(found["year"])
    if year == 0:
        return None
    if found["half"]:
        return _months(code, Span.HALF, year, int(found["half"]))
    if found["quarter"]:
        return _months(code, Span.QUARTER, year, int(found["quarter"]))
    if found["month"]:
        return _months(code, Span.MONTH, year, int(found["month"]))
    return _months(code, Span.YEAR, year, 1)


def _months(code: str, span: Span, year: int, number: int) -> Period:
    """The `number`-th month, quarter or half of a year, or the year."""
    length = MONTHS[span]
    first, last = (number - 1) * length + 1, number * length
    words = {
        Span.MONTH: f"tháng {month_words(number)} năm {year}",
        Span.QUARTER: f"quý {_QUARTERS[(number - 1) % 4]} năm {year}",
        Span.HALF: f"6 tháng {_HALVES[(number - 1) % 2]} năm {year}",
        Span.YEAR: f"năm {year}",
    }[span]
    return Period(code, span, dt.date(year, first, 1), month_end(last).of(year), words)


def month_words(month: int) -> str:
    """A month as documents write it: `01` and `02`, but `3`."""
    return f"{month:02d}" if month < 3 else str(month)


def years(first: int, last: int) -> Period:
    """Whole years from `first` to `last`."""
    if first == last:
        return _months(str(first), Span.YEAR, first, 1)
    words = f"giai đoạn {first} - {last}"
    return Period(f"{first}-{last}", Span.YEARS, dt.date(first, 1, 1), dt.date(last, 12, 31), words)


def whole(plan: Plan) -> Period:
    """Every year of the plan."""
    return years(plan.first_year, plan.last_year)


def choices(plan: Plan) -> dict[Span, list[Period]]:
    """Every period of the plan, by how long it is."""
    found = {Span.YEARS: [whole(plan)]}
    for span, form in _CODES.items():
        numbers = range(1, 12 // MONTHS[span] + 1)
        found[span] = [parse(form.format(year, number), plan) for year in plan.years for number in numbers]
    return found


_CODES = {Span.YEAR: "{}", Span.HALF: "{}-H{}", Span.QUARTER: "{}-Q{}", Span.MONTH: "{}-{:02}"}


def current(span: Span, plan: Plan, today: dt.date) -> Period:
    """The period of that length which `today` is in; the plan's first or last where it is in none."""
    offered = choices(plan)[span]
    return next((period for period in offered if today <= period.last), offered[-1])


def end_of_next(period: Period, day: dt.date, plan: Plan) -> dt.date:
    """The last day of the period of the same length that follows the one `day` is in, at most the plan's last day."""
    end = dt.date(plan.last_year, 12, 31)
    if period.span is Span.YEARS:
        return end
    length = MONTHS[period.span]
    # Months counted from the year 0: the first one of the period `day` is in, and two periods on.
    this = (day.year * 12 + day.month - 1) // length * length
    year, month = divmod(this + 2 * length - 1, 12)
    return min(month_end(month + 1).of(year), end)
