"""Vietnamese words and number forms that several places must agree on."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from lib.schema import Report


class State(StrEnum):
    """The state of an occurrence on a day (docs/quy-tac-tinh.md, "Trạng thái của một lượt")."""

    UPCOMING = "upcoming"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    WITHIN = "within"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"


class Look(StrEnum):
    """How an occurrence is drawn. Every occurrence has exactly one look, so looks add up like states do."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    DUE_SOON = "due_soon"
    NO_REPORT = "no_report"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    UPCOMING = "upcoming"


class ModelState(StrEnum):
    """The state of a year's "Dân vận khéo" target (docs/quy-tac-tinh.md, "Mô hình Dân vận khéo")."""

    UPCOMING = "upcoming"
    MET = "met"
    AWAITING_EVALUATION = "awaiting_evaluation"
    NOT_EVALUATED = "not_evaluated"
    REGISTERED_LATE = "registered_late"
    NOT_DUE = "not_due"
    MISSED = "missed"


STATE_LABELS = {
    State.UPCOMING: "Chưa đến kỳ",
    State.DONE_ON_TIME: "Hoàn thành đúng hạn",
    State.DONE_LATE: "Hoàn thành quá hạn",
    State.WITHIN: "Trong hạn",
    State.OVERDUE: "Quá hạn",
    State.SUSPENDED: "Tạm hoãn",
}

LOOK_LABELS = {
    Look.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Look.DONE_LATE: "Hoàn thành quá hạn",
    Look.IN_PROGRESS: "Đang thực hiện, trong hạn",
    Look.NOT_STARTED: "Chưa thực hiện, trong hạn",
    Look.DUE_SOON: "Sắp đến hạn",
    Look.NO_REPORT: "Chưa có báo cáo, trong hạn",
    Look.OVERDUE: "Quá hạn",
    Look.SUSPENDED: "Tạm hoãn",
    Look.UPCOMING: "Chưa đến kỳ",
}

SHORT_LOOKS = LOOK_LABELS | {
    Look.DONE_ON_TIME: "Xong đúng hạn",
    Look.DONE_LATE: "Xong muộn",
    Look.IN_PROGRESS: "Đang thực hiện",
    Look.NOT_STARTED: "Chưa thực hiện",
    Look.NO_REPORT: "Chưa báo cáo",
}
"""The same where there is little room, as on a projected screen."""

MODEL_STATE_LABELS = {
    ModelState.UPCOMING: "Chưa đến kỳ",
    ModelState.MET: "Đạt",
    ModelState.AWAITING_EVALUATION: "Chờ đánh giá",
    ModelState.NOT_EVALUATED: "Chưa đánh giá",
    ModelState.REGISTERED_LATE: "Đăng ký muộn",
    ModelState.NOT_DUE: "Chưa đến hạn đăng ký",
    ModelState.MISSED: "Không đạt",
}

REPORT_LABELS = {
    Report.NONE: "Chưa có báo cáo",
    Report.NOT_STARTED: "Chưa thực hiện",
    Report.IN_PROGRESS: "Đang thực hiện",
    Report.DONE: "Hoàn thành",
    Report.SUSPENDED: "Tạm hoãn",
}


@dataclass(frozen=True)
class Sign:
    """The mark that says a look without its colour."""

    mark: str
    label: str


SIGNS = {
    look: Sign(mark, LOOK_LABELS[look])
    for look, mark in {
        Look.DONE_ON_TIME: "✓",
        Look.DONE_LATE: "✓",
        Look.IN_PROGRESS: "●",
        Look.NOT_STARTED: "○",
        Look.DUE_SOON: "◔",
        Look.NO_REPORT: "?",
        Look.OVERDUE: "▲",
        Look.SUSPENDED: "❚❚",
        Look.UPCOMING: "·",
    }.items()
}


def number(value: float, decimals: int = 0) -> str:
    """`1234.5` as `1.234,5`: dots between thousands, a comma before decimals."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def rate(value: float | None) -> str:
    """A rate from 0 to 1 as `89,5%`; whole per cents without decimals; `—` where there is no value.

    A rate short of one is never rounded up to 100%, nor one above nothing down to 0%.
    """
    if value is None or value != value:
        return "—"
    percent = round(value * 100, 1)
    percent = min(percent, 99.9) if value < 1 else percent
    percent = max(percent, 0.1) if value > 0 else percent
    return number(percent, 0 if percent == int(percent) else 1) + "%"


def day(value: dt.date | None) -> str:
    """A date as `05/12/2026`; `—` where there is none."""
    return value.strftime("%d/%m/%Y") if value is not None and value == value else "—"


OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def office_time(instant: dt.datetime) -> str:
    """An instant as people in the office read it: `08:42 20/11/2026`."""
    return instant.astimezone(OFFICE_ZONE).strftime("%H:%M %d/%m/%Y")


def day_month(value: dt.date | None) -> str:
    """A date within a year that is already named, as `05/12`; `—` where there is none."""
    return value.strftime("%d/%m") if value is not None and value == value else "—"
