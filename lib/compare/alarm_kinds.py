"""The kinds of change that need a second look before they are published, and how they are called."""

from dataclasses import dataclass
from enum import StrEnum

from lib.compare.changes import Change
from lib.compare.sentences import Spoken, arrows
from lib.words import number


class AlarmKind(StrEnum):
    """Each kind is confirmed by itself (docs/quy-tac-tinh.md, "Những thay đổi cần xác nhận")."""

    TASK_VANISHED = "task-vanished"
    SORTED_ALONE = "sorted-alone"
    DEADLINE_LATER = "deadline-later"
    STATUS_BACKWARDS = "status-backwards"
    DONE_WITHOUT_DOCUMENT = "done-without-document"
    COMPLETED_EARLIER = "completed-earlier"
    SUSPENDED_OVERDUE = "suspended-overdue"
    LEAD_CHANGED = "lead-changed"
    TARGET_LOWERED = "target-lowered"


NAMES = {
    AlarmKind.TASK_VANISHED: "nhiệm vụ, lượt hoặc mô hình bị mất",
    AlarmKind.SORTED_ALONE: "cột có thể bị sắp xếp riêng",
    AlarmKind.DEADLINE_LATER: "hạn bị lùi",
    AlarmKind.STATUS_BACKWARDS: "trạng thái lùi lại",
    AlarmKind.DONE_WITHOUT_DOCUMENT: "lượt hoàn thành thiếu văn bản minh chứng",
    AlarmKind.COMPLETED_EARLIER: "ngày hoàn thành bị sửa sớm lại",
    AlarmKind.SUSPENDED_OVERDUE: "lượt quá hạn chuyển sang tạm hoãn",
    AlarmKind.LEAD_CHANGED: "lần đổi phòng tham mưu",
    AlarmKind.TARGET_LOWERED: "chỉ tiêu mô hình bị hạ",
}


@dataclass(frozen=True)
class Alarm:
    """One thing to look at again.

    where: the task and the year, or the sheet and the column. spoken: what stood before and now; may be empty.
    remark: sentences that say what it does to the states on the as-of day. changes: those it rests on.
    """

    kind: AlarmKind
    where: str
    spoken: tuple[Spoken, ...]
    remark: str
    changes: tuple[Change, ...]

    @property
    def sentence(self) -> str:
        """The whole alarm as plain text."""
        said = f": {arrows(self.spoken)}." if self.spoken else ":"
        return f"{self.where}{said} {self.remark}".strip()


def counted(kind: AlarmKind, count: int) -> str:
    """How many of a kind, in words: `1 hạn bị lùi`."""
    return f"{number(count)} {NAMES[kind]}"


def confirmation(kind: AlarmKind, count: int) -> str:
    """What is confirmed before publishing: `Tôi đã xem 1 hạn bị lùi`."""
    return f"Tôi đã xem {counted(kind, count)}"
