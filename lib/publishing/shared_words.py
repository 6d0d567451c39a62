"""How the shared workbook stands, in words for the line over every page."""

from collections.abc import Sequence
from enum import StrEnum

from lib.compare import Alarm
from lib.store import SharedState, Version
from lib.store.shared_state import WRITING
from lib.words import number, office_time
from lib.workbook.problems import Problem

TOLD = 3
"""So many errors or alarms are told in full; the page that an inspector opens has them all."""


class State(StrEnum):
    """How the shared file stands."""

    IN_STEP = "in-step"
    LOCKED = "locked"
    FAULTY = "faulty"
    HELD = "held"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CONFLICT = "conflict"
    WRITING = WRITING


BOTH_CHANGED = "Tệp đã được sửa, trong khi Thanh tra công bố bản khác trên trang."
NOT_COMPARED = "Không đọc lại được phiên bản đang công bố nên không tự so sánh được."
TOO_SHORT = "Tệp trống hoặc chưa chép xong."
OUR_FAULT = "Chương trình gặp trục trặc khi đọc tệp; chi tiết đã ghi trong nhật ký."


def old_version(version: Version) -> str:
    """That the file holds an older version, byte for byte."""
    return f"Tệp là bản cũ, giống hệt phiên bản {version.number}."


def first_errors(errors: Sequence[Problem]) -> str:
    """How many errors there are, and the first of them."""
    told = (f"{_place(problem)}: {problem.message}" for problem in errors[:TOLD])
    return " ".join([f"Có {number(len(errors))} lỗi.", *told])


def _place(problem: Problem) -> str:
    return f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet


def held_words(alarms: Sequence[Alarm]) -> str:
    """How many changes must be confirmed, and the first of them."""
    told = (alarm.sentence for alarm in alarms[:TOLD])
    return " ".join([f"Có {number(len(alarms))} thay đổi cần Thanh tra xác nhận.", *told])


_HEADINGS = {
    State.LOCKED: "Tệp dùng chung đang mở ở {who}, có thay đổi chưa công bố từ {since}.",
    State.FAULTY: "Tệp dùng chung có lỗi từ {since}.",
    State.HELD: "Tệp dùng chung có thay đổi chờ xác nhận từ {since}.",
    State.MISSING: "Không thấy tệp dùng chung từ {since}.",
    State.UNREADABLE: "Tệp dùng chung không đọc được từ {since}.",
    State.CONFLICT: "Tệp dùng chung và bản công bố trên trang khác nhau từ {since}.",
    State.WRITING: "Chưa ghi được bản công bố lúc {since} vào tệp dùng chung.",
}
_WHAT_TO_DO = {
    State.LOCKED: "Số liệu vừa lưu được lấy khi tệp được đóng, hoặc sau 10 phút không lưu thêm.",
    State.FAULTY: "Sửa trong tệp rồi lưu lại.",
    State.HELD: "Thanh tra bấm “Kiểm tra tệp dùng chung” ở trang Cập nhật số liệu, xem so sánh rồi xác nhận.",
    State.MISSING: "Kiểm tra ổ mạng và tên tệp; có lại thì số liệu tự cập nhật.",
    State.UNREADABLE: "Mở tệp bằng Excel và lưu lại, hoặc chép lại bản tốt.",
    State.CONFLICT: (
        "Thanh tra bấm “Kiểm tra tệp dùng chung” ở trang Cập nhật số liệu rồi công bố; hoặc tải bản đang dùng về, "
        "chép đè lên tệp dùng chung."
    ),
    State.WRITING: "Đóng tệp ở các máy khác và kiểm tra ổ mạng; chương trình tự ghi lại.",
}


def describe(state: SharedState, shown: Version | None = None) -> tuple[str, list[str]] | None:
    """A heading with since when; what is wrong, which version the screens have meanwhile, what to do.

    None while there is nothing that anybody must know. shown: the latest version.
    """
    kind = State(state.state)
    if kind == State.IN_STEP or (kind == State.WRITING and not state.detail):
        return None
    heading = _HEADINGS[kind].format(since=office_time(state.since), who=state.detail)
    detail = [] if kind == State.LOCKED or not state.detail else [state.detail]
    return heading, [*detail, _meanwhile(shown), _WHAT_TO_DO[kind]]


def _meanwhile(shown: Version | None) -> str:
    if shown is None:
        return "Màn hình giữ phiên bản đã công bố gần nhất."
    when = f", công bố lúc {office_time(shown.published_at)}" if shown.published_at else ""
    return f"Màn hình đang hiển thị phiên bản {shown.number}{when}."
