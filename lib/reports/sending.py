"""Marking reminder letters as sent: a row of the log for every task in them, counted the next time."""

from collections.abc import Sequence

from lib import store as stores
from lib.errors import DashboardError
from lib.reports.asking import Asking
from lib.reports.letters import Letter
from lib.reports.phrases import amount, listed
from lib.reports.scope import Scope
from lib.store import Action, AuditEntry, Reminder, Store
from lib.words import OFFICE_ZONE


def mark_sent(store: Store, letters: Sequence[Letter], scope: Scope, asking: Asking) -> None:
    """Log that all of `letters` were sent, or nothing.

    NotAllowed without an inspector's session; DashboardError for figures of a day to come, and where a unit was written
    to on this very day, which would be the same letter marked twice; AlreadyReminded where somebody else marked one of
    them.
    """
    person = asking.inspector(store)
    if not letters:
        raise DashboardError("Chưa chọn công văn nào. Chọn phòng cần ghi là đã gửi rồi bấm lại.")
    today = asking.at.astimezone(OFFICE_ZONE).date()
    if scope.as_of > today:
        raise DashboardError("Số liệu chốt ở một ngày chưa đến nên chưa có công văn nào đã gửi. Chọn lại ngày chốt.")
    if twice := [letter.unit for letter in letters if letter.last_sent_on == today]:
        raise DashboardError(
            f"Hôm nay đã ghi gửi công văn cho {listed(twice)}. Bỏ chọn phòng đó, hoặc ghi lần tiếp theo vào ngày khác."
        )
    found = [
        Reminder(
            letter.unit, task.task, task.year, task.reminder, task.due_on, scope.as_of, letter.answer_by, asking.at,
            person.shown_name, scope.plan.sample,
        )
        for letter in letters
        for task in letter.tasks
    ]  # fmt: skip
    stores.add_reminders(
        store, found, AuditEntry(asking.at, person.shown_name, asking.address, Action.REMINDED, _said(letters))
    )


def _said(letters: Sequence[Letter]) -> str:
    each = "; ".join(
        f"{letter.unit} (lần {letter.reminder}): {', '.join(f'{task.task}/{task.year}' for task in letter.tasks)}"
        for letter in letters
    )
    return f"Gửi {amount(len(letters))} công văn đôn đốc: {each}"
