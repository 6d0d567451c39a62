"""How the shared workbook stands, in words for the line over every page."""

from collections.abc import Sequence
from enum import StrEnum

from lib.compare import Alarm
from lib.store import SharedState
from lib.store.shared_state import WRITING
from lib.words import number, office_time
from lib.workbook.problems import Problem

ERRORS_TOLD = 3


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


def first_errors(errors: Sequence[Problem]) -> str:
    """How many errors there are, and the first of them."""
    told = " ".join(f"{problem.sheet}!{problem.cell}: {problem.message}" for problem in errors[:ERRORS_TOLD])
    return f"Có {number(len(errors))} lỗi. {told}"


def held_words(alarms: Sequence[Alarm]) -> str:
    """How many changes must be confirmed, and the first of them."""
    told = " ".join(alarm.sentence for alarm in alarms[:ERRORS_TOLD])
    return f"Có {number(len(alarms))} thay đổi cần Thanh tra xác nhận. {told}"


_KEPT = "Màn hình giữ phiên bản tốt gần nhất."
_HEADINGS = {
    State.FAULTY: "Tệp dùng chung có lỗi từ {since}.",
    State.HELD: "Tệp dùng chung có thay đổi chờ xác nhận từ {since}.",
    State.MISSING: "Không thấy tệp dùng chung từ {since}.",
    State.UNREADABLE: "Tệp dùng chung không đọc được từ {since}.",
    State.CONFLICT: "Tệp dùng chung và bản công bố trên trang khác nhau từ {since}.",
    State.WRITING: "Chưa ghi được bản công bố lúc {since} vào tệp dùng chung.",
    State.LOCKED: "Tệp dùng chung đang mở ở {who}.",
}
_WHAT_TO_DO = {
    State.FAULTY: "Sửa trong tệp rồi lưu lại.",
    State.HELD: "Thanh tra tải tệp này lên trang Cập nhật số liệu, xem so sánh rồi xác nhận.",
    State.MISSING: "Kiểm tra ổ mạng và tên tệp; có lại thì số liệu tự cập nhật.",
    State.UNREADABLE: "Mở tệp bằng Excel và lưu lại, hoặc chép lại bản tốt.",
    State.CONFLICT: "Thanh tra tải tệp dùng chung lên trang Cập nhật số liệu, xem so sánh rồi quyết định.",
    State.WRITING: "Đóng tệp ở các máy khác và kiểm tra ổ mạng; chương trình tự ghi lại.",
    State.LOCKED: "Số liệu vừa lưu được lấy khi tệp được đóng, hoặc sau 10 phút không lưu thêm.",
}


def describe(state: SharedState) -> tuple[str, list[str]] | None:
    """A heading with since when, and what is wrong and what to do; None while all is well."""
    kind = State(state.state)
    if kind == State.IN_STEP:
        return None
    heading = _HEADINGS[kind].format(since=office_time(state.since), who=state.detail)
    detail = [] if kind == State.LOCKED or not state.detail else [state.detail]
    return heading, [*detail, _KEPT, _WHAT_TO_DO[kind]]
