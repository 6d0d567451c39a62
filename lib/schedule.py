"""The plan's words for time -> the years a task runs and the day each year's work is due.

The rules are in docs/quy-tac-tinh.md, "Thời gian thực hiện".
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from lib.calendar_days import YEAR_END, DayMonth, month_end, parse_date
from lib.text import clean, one_line, plain, roman


@dataclass(frozen=True)
class Timing:
    """What a clause says: the years it names (None: every plan year; `last` None: to the plan's end) and the day."""

    day: DayMonth = YEAR_END
    first: int | None = None
    last: int | None = None
    dated: bool = True


EVERY_YEAR = Timing(dated=False)


@dataclass(frozen=True)
class Finding:
    """Something the plan's time leaves to mend: `column` is the name in `schema.TASKS` of the cell it is about."""

    blocks: bool
    rule: str
    column: str
    message: str


@dataclass(frozen=True)
class Overrides:
    """The columns `Từ năm`, `Đến năm` and `Hạn` of a task."""

    from_year: int | None = None
    to_year: int | None = None
    due: DayMonth | dt.date | None = None

    @property
    def sets_years(self) -> bool:
        """Whether the years no longer rest on the words alone."""
        return self.from_year is not None or self.to_year is not None or isinstance(self.due, dt.date)


@dataclass(frozen=True)
class Schedule:
    """A task's occurrences as (year, due day) in order, why they are due then, and what was found on the way."""

    occurrences: tuple[tuple[int, dt.date], ...]
    basis: str
    findings: tuple[Finding, ...]


_YEAR = r"((?:19|20|21)\d\d)"
_DAY_MONTH = r"(?:truoc )?(?:ngay )?(\d{1,2})(?: thang |[/.-])(\d{1,2})"
_DATE = r"(?:truoc )?(?:ngay )?(\d{1,2})(?: thang |[/.-])(\d{1,2})(?: nam |[/.-])" + _YEAR
_QUARTER = r"(?:trong )?quy (iv|i{1,3}|[1-4])"
_MONTH = r"(?:trong )?thang (\d{1,2})"
_OF_YEAR = r"(?: nam |[/ -])" + _YEAR
_RECURRING = (
    "thuong xuyen|hang nam|thuong xuyen hang nam|phoi hop theo giai doan hoac thuong xuyen hang nam|hang thang|"
    "hang quy|dinh k[yi]|dot xuat|khi co yeu cau"
)
_PREFIX = re.compile(r"(?:(?:hoan thanh|bao cao|thoi gian(?: thuc hien)?) )+")


def _single(day: DayMonth, year: str) -> Timing:
    return Timing(day, int(year), int(year))


def _quarter_end(quarter: str) -> DayMonth:
    return month_end(3 * (roman(quarter) or int(quarter)))


def _full_date(day: str, month: str, year: str) -> Timing:
    due = dt.date(int(year), int(month), int(day))
    return Timing(DayMonth(due.day, due.month), due.year, due.year)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Timing]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (_RECURRING, lambda: EVERY_YEAR),
        (rf"(?:(?:trong )?nam )?{_YEAR}", lambda year: _single(YEAR_END, year)),
        (rf"(?:trong )?nam {_YEAR} va (?:nhung|cac) nam tiep theo", lambda year: Timing(first=int(year))),
        (rf"{_DAY_MONTH} hang nam", lambda day, month: Timing(DayMonth(int(day), int(month)))),
        (_DATE, _full_date),
        (rf"{_QUARTER}{_OF_YEAR}", lambda quarter, year: _single(_quarter_end(quarter), year)),
        (rf"{_QUARTER} hang nam", lambda quarter: Timing(_quarter_end(quarter))),
        (rf"{_MONTH}{_OF_YEAR}", lambda month, year: _single(month_end(int(month)), year)),
        (rf"{_MONTH} hang nam", lambda month: Timing(month_end(int(month)))),
        (rf"(?:trong )?6 thang dau nam {_YEAR}", lambda year: _single(month_end(6), year)),
        (r"(?:trong )?6 thang dau(?: nam)? hang nam", lambda: Timing(month_end(6))),
        (
            rf"(?:giai doan )?(?:{_YEAR}-{_YEAR}|tu (?:nam )?{_YEAR} den (?:nam )?{_YEAR})",
            lambda *years: Timing(YEAR_END, *(int(year) for year in years if year)),
        ),
    )
)
_NAMES_A_TIME = re.compile(
    rf"\b{_YEAR}\b|\d{{1,2}}[/.-]\d{{1,2}}|\d{{1,2}} thang \d{{1,2}}|"
    r"\bquy (?:iv|i{1,3}|v|\d)\b|\bthang \d|\b6 thang\b"
)


@lru_cache(maxsize=50_000)
def schedule(words: str | dt.date, first_year: int, last_year: int, overrides: Overrides) -> Schedule:
    """The occurrences of a task inside the plan's years.

    `words` are the cell `Thời gian thực hiện` (text, or a date where the cell is one).
    """
    timing, findings = _understand(words, overrides)
    if timing is None:
        return Schedule((), "", tuple(findings))
    years, year_findings = _years(timing, first_year, last_year, overrides)
    findings += year_findings
    occurrences = tuple((year, _due(year, timing, overrides)) for year in years)
    if not occurrences and not any(finding.blocks for finding in findings):
        findings.append(_no_year_left(first_year, last_year))
    return Schedule(occurrences, _basis(words, overrides), tuple(findings))


def _no_year_left(first_year: int, last_year: int) -> Finding:
    message = (
        f"Nhiệm vụ không còn năm nào trong giai đoạn {first_year}-{last_year} của kế hoạch. "
        "Sửa Thời gian thực hiện, hoặc ghi Từ năm, Đến năm trong giai đoạn."
    )
    return Finding(True, "no-occurrence", "schedule", message)


def _understand(words: str | dt.date, overrides: Overrides) -> tuple[Timing | None, list[Finding]]:
    """What all clauses say together, or None with the finding that says why that cannot be told."""
    if isinstance(words, dt.date):
        return _single(DayMonth(words.day, words.month), str(words.year)), []
    clauses = [clause for part in re.split(r"[;,\n\r]", words) if (clause := clean(part)) and _bare(clause)]
    if not clauses:
        message = "Kế hoạch không ghi thời gian; đang tính mỗi năm một lượt, hạn 31/12. Ghi thời gian nếu có."
        return EVERY_YEAR, [Finding(False, "no-schedule", "schedule", message)]
    read = [_read_clause(clause, overrides) for clause in clauses]
    findings = [finding for _, finding in read if finding]
    if any(finding.blocks for finding in findings):
        return None, findings
    dated = [timing for timing, _ in read if timing.dated]
    if len(dated) > 1:
        return None, [*findings, _conflict(words)]
    return (dated or [EVERY_YEAR])[0], findings


def _conflict(words: str) -> Finding:
    message = (
        f"Thời gian “{one_line(words)}” nêu nhiều thời điểm nên không rõ hạn nào. "
        "Giữ lại một thời điểm, hoặc tách thành nhiều nhiệm vụ."
    )
    return Finding(True, "schedule-conflict", "schedule", message)


def _bare(clause: str) -> str:
    """A clause without case, accents, quotation marks and loose punctuation."""
    spaced = re.sub(r"[\"“”'‘’()\[\]:*!?…\s]+", " ", plain(clause))
    tight = re.sub(r"\s*([/\-\u2010-\u2015])\s*", lambda dash: "/" if dash[1] == "/" else "-", spaced)
    return re.sub(r"\s+", " ", tight).strip(" .-+/")


def _read_clause(clause: str, overrides: Overrides) -> tuple[Timing, Finding | None]:
    bare = _bare(clause)
    bare = _PREFIX.sub("", bare, count=1) if _PREFIX.match(bare) else bare
    try:
        timing = _match(bare)
    except ValueError:
        message = f"Thời gian “{clause}” nêu một ngày không có trong lịch. Ghi lại ngày đúng, ví dụ: trước 30/6/2024."
        return EVERY_YEAR, Finding(True, "bad-schedule-date", "schedule", message)
    return (timing, None) if timing else (EVERY_YEAR, _not_understood(clause, bare, overrides))


def _match(bare: str) -> Timing | None:
    if due := parse_date(bare):
        return _single(DayMonth(due.day, due.month), str(due.year))
    for pattern, reading in _FORMS:
        if match := pattern.fullmatch(bare):
            return reading(*match.groups())
    return None


def day_of_year(words: str) -> DayMonth | None:
    """The day in `31/3`, `trước ngày 31 tháng 3 hằng năm`; None for other words, ValueError for a day that is none."""
    match = re.fullmatch(rf"{_DAY_MONTH}(?: hang nam)?", _bare(words))
    return DayMonth(int(match[1]), int(match[2])) if match else None


def _not_understood(clause: str, bare: str, overrides: Overrides) -> Finding:
    if _NAMES_A_TIME.search(bare) and not overrides.sets_years:
        message = (
            f"Không hiểu thời gian “{one_line(clause)}”. Ghi theo một dạng quen dùng (ví dụ: thường xuyên; trước "
            "31/3 hằng năm; trước 30/6/2024; quý II/2023; 2023 - 2025), hoặc ghi thêm Từ năm, Đến năm hay Hạn."
        )
        return Finding(True, "unknown-schedule", "schedule", message)
    how = "theo Từ năm, Đến năm, Hạn" if overrides.sets_years else "mỗi năm một lượt, hạn 31/12"
    message = f"Thời gian “{one_line(clause)}” không nêu thời điểm nào đọc được; đang tính {how}."
    return Finding(False, "vague-schedule", "schedule", message)


def _years(timing: Timing, first_year: int, last_year: int, overrides: Overrides) -> tuple[list[int], list[Finding]]:
    """The years that fall inside the plan, and a finding for every year named outside it or the wrong way round."""
    first, last, named = _span(timing, first_year, last_year, overrides)
    if first > last:
        column = "from_year" if overrides.from_year is not None else "to_year" if overrides.to_year else "schedule"
        message = f"Năm bắt đầu {first} sau năm kết thúc {last}. Sửa Từ năm, Đến năm hoặc Thời gian thực hiện."
        return [], [Finding(True, "reversed-years", column, message)]
    findings = [
        _outside(year, column, first_year, last_year) for year, column in named if not first_year <= year <= last_year
    ]
    years = list(range(max(first, first_year), min(last, last_year) + 1))
    return years, [*findings, *_due_without_year(years, first_year, last_year, overrides)]


def _span(
    timing: Timing, first_year: int, last_year: int, overrides: Overrides
) -> tuple[int, int, list[tuple[int, str]]]:
    """First and last year, and the years somebody named with the column that names them."""
    start, end = overrides.from_year, overrides.to_year
    if isinstance(overrides.due, dt.date) and start is None and end is None:
        return overrides.due.year, overrides.due.year, [(overrides.due.year, "due")]
    starts = [(start, "from_year"), (timing.first, "schedule"), (first_year, "")]
    ends = [(end, "to_year"), (timing.last, "schedule"), (last_year, "")]
    first, last = (next(pair for pair in pairs if pair[0] is not None) for pairs in (starts, ends))
    named = [pair for pair in dict.fromkeys((first, last)) if pair[1]]
    return first[0], last[0], named


def _outside(year: int, column: str, first_year: int, last_year: int) -> Finding:
    message = (
        f"Năm {year} nằm ngoài giai đoạn {first_year}-{last_year} của kế hoạch nên không tính lượt nào cho năm đó. "
        "Kiểm tra lại năm, hoặc sửa Năm bắt đầu, Năm kết thúc ở trang Thông tin."
    )
    return Finding(False, "year-outside-plan", column, message)


def _due_without_year(years: list[int], first_year: int, last_year: int, overrides: Overrides) -> list[Finding]:
    """A full date in `Hạn` beside `Từ năm`, `Đến năm` holds for its own year, which must be one of the task's."""
    due = overrides.due
    if not isinstance(due, dt.date) or (overrides.from_year is None and overrides.to_year is None):
        return []
    if due.year in years:
        return []
    if not first_year <= due.year <= last_year:
        return [_outside(due.year, "due", first_year, last_year)]
    message = (
        f"Hạn {due:%d/%m/%Y} thuộc năm {due.year}, là năm nhiệm vụ không có lượt nào, nên không có tác dụng. "
        "Sửa Hạn, hoặc sửa Từ năm, Đến năm."
    )
    return [Finding(False, "due-without-occurrence", "due", message)]


def _due(year: int, timing: Timing, overrides: Overrides) -> dt.date:
    due = overrides.due
    if isinstance(due, DayMonth):
        return due.of(year)
    if isinstance(due, dt.date) and due.year == year:
        return due
    return timing.day.of(year)


def _basis(words: str | dt.date, overrides: Overrides) -> str:
    if overrides.due is not None:
        return "theo cột Hạn của kế hoạch"
    if isinstance(words, dt.date):
        return f"theo kế hoạch: {words:%d/%m/%Y}"
    line = one_line(words)
    return f"theo “{line}”" if line else "vì kế hoạch không ghi thời gian"
