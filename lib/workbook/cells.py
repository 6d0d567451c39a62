"""One cell's value -> what the column wants, or the fault that says what to write instead.

The rules are in docs/quy-tac-tinh.md, "Cách đọc từng ô".
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import NamedTuple

from lib.calendar_days import EARLIEST_YEAR, LATEST_YEAR, DayMonth, parse_date, parse_day_month
from lib.text import clean, one_line, plain


class CellFault(Exception):
    """A value that cannot be what its column holds: the rule it breaks and the sentence for it."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


class Value(NamedTuple):
    """A cell as it was read: its value and what its number format adds to it."""

    raw: object
    percent: bool = False
    yearless: bool = False


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing a person would see."""
    return raw == "" or raw is None or (isinstance(raw, str) and not clean(raw))


def shown(raw: object) -> str:
    """A value as people know it from the sheet, on one line."""
    if isinstance(raw, dt.date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return one_line(str(raw))


def text(value: Value) -> str:
    """Any value as text: NFC, trimmed, line breaks inside kept; numbers and dates as they are shown."""
    return clean(value.raw) if isinstance(value.raw, str) else shown(value.raw)


def code(value: Value) -> str:
    """A code as text without a final dot; a whole number is its digits."""
    raw = value.raw
    if isinstance(raw, str):
        return one_line(raw).rstrip(". ")
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and float(raw).is_integer():
        return str(int(raw))
    raise CellFault(
        "code-not-text",
        f"Mã “{shown(raw)}” đã bị bảng tính đổi thành {'ngày' if isinstance(raw, dt.date) else 'số'}. Chọn cả cột, "
        "định dạng Văn bản (Text), rồi gõ lại mã như trong kế hoạch, ví dụ: 2.1.4.",
    )


_YEAR = re.compile(r"(?:nam )?(\d{4})")


def year(value: Value) -> int:
    """A year as `2022`, `"2022"` or `Năm 2022`."""
    raw = value.raw
    number = None
    if isinstance(raw, str):
        match = _YEAR.fullmatch(plain(clean(raw)).rstrip(". "))
        number = int(match[1]) if match else None
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool) and float(raw).is_integer():
        number = int(raw)
    if number is not None and EARLIEST_YEAR <= number <= LATEST_YEAR:
        return number
    if isinstance(raw, dt.date):
        raise CellFault(
            "year-as-date",
            f"Ô năm đang hiện là ngày {shown(raw)}. Định dạng lại ô là Số (Number), rồi gõ năm gồm bốn chữ số.",
        )
    raise CellFault("bad-year", f"“{shown(raw)}” không phải là năm. Ghi năm gồm bốn chữ số, ví dụ: 2024.")


_DATE_HELP = "Ghi ngày/tháng/năm, ví dụ: 05/12/2026."


def date(value: Value) -> dt.date:
    """A full date: a real one, or text with the day first."""
    found = _date_or_day(value)
    if isinstance(found, dt.date):
        return found
    how = "ô chỉ hiện ngày và tháng" if value.yearless else "thiếu năm"
    written = one_line(value.raw) if isinstance(value.raw, str) else str(found)
    raise CellFault("date-without-year", f"“{written}” chưa đủ ngày/tháng/năm ({how}). {_DATE_HELP}")


def due(value: Value) -> dt.date | DayMonth:
    """A due day: `dd/mm` for each year, or a full date."""
    return _date_or_day(value)


def _date_or_day(value: Value) -> dt.date | DayMonth:
    raw = value.raw
    if isinstance(raw, dt.date):
        return _real_date(raw, value.yearless)
    if isinstance(raw, str):
        written = one_line(raw).rstrip(".,; ")
        try:
            found = parse_date(written) or parse_day_month(written)
        except ValueError:
            raise CellFault("no-such-day", f"Không có ngày “{written}” trong lịch. {_DATE_HELP}") from None
        if found:
            return found
    raise CellFault("bad-date", f"“{shown(raw)}” không đọc được là ngày. {_DATE_HELP}")


def _real_date(raw: dt.date, yearless: bool) -> dt.date | DayMonth:
    if yearless:
        return DayMonth(raw.day, raw.month)
    if not EARLIEST_YEAR <= raw.year <= LATEST_YEAR:
        raise CellFault("bad-date", f"Ngày {shown(raw)} có năm không hợp lý. {_DATE_HELP}")
    return raw.date() if isinstance(raw, dt.datetime) else raw


def time_words(value: Value) -> str | dt.date:
    """The plan's words for time; a date cell stays a date, unless it shows day and month alone."""
    if isinstance(value.raw, dt.date):
        found = _real_date(value.raw, value.yearless)
        return str(found) if isinstance(found, DayMonth) else found
    return text(value)


_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")


def percent(value: Value) -> float:
    """A share of work done, from 0 to 100."""
    raw = value.raw
    number = math.nan
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        number = round(raw * 100, 9) if value.percent else float(raw)
    elif isinstance(raw, str) and (match := _PERCENT.fullmatch(clean(raw))):
        number = float(match[1].replace(",", "."))
    if 0 <= number <= 100:
        return number
    written = f"{number:g}%" if value.percent else shown(raw)
    raise CellFault("bad-percent", f"Tỷ lệ “{written}” không hợp lệ. Ghi số từ 0 đến 100, ví dụ: 50 hoặc 50%.")


def looks_like_half(value: Value) -> bool:
    """Whether a percent was typed as a fraction of one in an ordinary cell (`0,5`, which is half a percent)."""
    if isinstance(value.raw, str) and "%" in value.raw:
        return False
    return not value.percent and 0 < percent(value) < 1


def reads_as(reader: Callable[[Value], object], value: Value) -> bool:
    """Whether `reader` understands `value`."""
    try:
        reader(value)
    except CellFault:
        return False
    return True
