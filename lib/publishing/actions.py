"""Publishing and restoring: every condition is checked here, whatever the page that asks has checked already."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lib import accounts
from lib import store as stores
from lib.accounts import NotAllowed, Person
from lib.compare import NAMES, AlarmKind
from lib.errors import DashboardError
from lib.publishing import shared_file
from lib.publishing.candidate import Candidate
from lib.publishing.shared_words import State
from lib.publishing.shared_workbook import finish_write
from lib.store import Action, AuditEntry, Draft, PublishedMeanwhile, Source, Store, Version, digest_of

SHORTEST_REASON = 5


class PublishRefused(DashboardError):
    """A condition of publishing does not hold; the message says which and what to do."""


@dataclass(frozen=True)
class Request:
    """Who asks for a publication, when, from where, and why.

    confirmed: the kinds of alarm that were confirmed. restored_from: the version whose bytes are published again.
    """

    token: str | None
    at: dt.datetime
    idle_minutes: int
    reason: str
    confirmed: Collection[AlarmKind] = ()
    address: str = ""
    restored_from: int | None = None


def publish(store: Store, candidate: Candidate, request: Request, shared: Path | None = None) -> Version:
    """Publish `candidate` as the version after the one it was compared with, and put it in the place of `shared`.

    NotAllowed without an inspector's session; PublishRefused where a condition does not hold; PublishedMeanwhile where
    somebody else was quicker. Nothing has changed then, and it is logged.
    """
    person = _inspector(store, request)
    try:
        _check(store, candidate, request)
        replaces = _check_shared(store, candidate, shared) if shared else None
        version = stores.publish(store, _draft(candidate, request, person, replaces), candidate.parent.number)
    except (PublishRefused, PublishedMeanwhile) as error:
        _log(store, request, person.shown_name, Action.PUBLISH_REFUSED, str(error))
        raise
    if shared and (pending := stores.shared(store)) and pending.writing:
        finish_write(store, shared, pending, request.at)
    return version


def _inspector(store: Store, request: Request) -> Person:
    try:
        return accounts.require_inspector(store, request.token, request.at, request.idle_minutes)
    except NotAllowed as error:
        _log(store, request, "", Action.PUBLISH_REFUSED, str(error))
        raise


def _log(store: Store, request: Request, who: str, action: Action, detail: str) -> None:
    stores.record(store, AuditEntry(request.at, who, request.address, action, detail))


def _check(store: Store, candidate: Candidate, request: Request) -> None:
    """PublishRefused unless bytes, reason and confirmations are in order."""
    if not candidate.ok or digest_of(candidate.data) != candidate.digest:
        raise PublishRefused("Tệp có lỗi nên chưa công bố được. Sửa các lỗi đã nêu rồi tải lên lại.")
    if len(request.reason.strip()) < SHORTEST_REASON:
        raise PublishRefused("Chưa ghi lý do cập nhật. Ghi một câu ngắn, ví dụ: báo cáo tháng 11/2026.")
    unseen = [NAMES[kind] for kind in AlarmKind if kind in _alarming(candidate) - set(request.confirmed)]
    if unseen:
        raise PublishRefused(f"Chưa xác nhận: {', '.join(unseen)}. Xem từng thay đổi rồi đánh dấu đã xem.")
    if request.restored_from is not None:
        old = stores.find(store, request.restored_from)
        if old.digest != candidate.digest:
            raise PublishRefused(f"Tệp này không phải của phiên bản {old.number}. Mở lại phiên bản đó trong Lịch sử.")
    if candidate.digest == candidate.parent.digest:
        raise PublishRefused("Tệp này giống hệt tệp đang dùng nên không có gì để công bố.")


def _alarming(candidate: Candidate) -> set[AlarmKind]:
    return {alarm.kind for alarm in candidate.alarms}


def _check_shared(store: Store, candidate: Candidate, path: Path) -> str:
    """The digest of the shared file that may be replaced; PublishRefused where it may not be."""
    if Path(candidate.file_name).suffix.lower() != path.suffix.lower():
        raise PublishRefused(
            f"Tệp dùng chung là tệp {path.suffix}, tệp tải lên là loại khác. Lưu tệp tải lên thành {path.suffix} rồi "
            "tải lên lại."
        )
    if (state := stores.shared(store)) and state.writing:
        raise PublishRefused(
            "Bản công bố trước chưa ghi xong vào tệp dùng chung. Kiểm tra ổ mạng, thử lại sau ít phút."
        )
    try:
        if owner := shared_file.opened_by(path):
            raise PublishRefused(f"Tệp dùng chung đang mở ở {owner}. Đóng tệp đó rồi công bố lại.")
        found = shared_file.digest_at(path)
    except OSError as error:
        raise PublishRefused("Không đọc được tệp dùng chung. Kiểm tra ổ mạng rồi công bố lại.") from error
    if not found:
        return state.synced if state else ""
    in_step = state.synced if state and state.state == State.IN_STEP else ""
    if found not in (candidate.shared_seen, candidate.parent.digest, in_step):
        raise PublishRefused(
            "Tệp dùng chung đã thay đổi từ lúc bạn xem so sánh. Mở tệp dùng chung xem đã sửa gì, gộp vào tệp của bạn "
            "rồi tải lên lại."
        )
    return found


def _draft(candidate: Candidate, request: Request, person: Person, replaces: str | None) -> Draft:
    number, restored = candidate.parent.number + 1, request.restored_from
    action = Action.PUBLISHED if restored is None else Action.RESTORED
    said = f"Phiên bản {number}: {request.reason.strip()}"
    entry = AuditEntry(request.at, person.shown_name, request.address, action, said)
    return Draft(
        candidate.data,
        candidate.file_name,
        person.shown_name,
        request.at,
        request.reason.strip(),
        Source.UPLOAD if restored is None else Source.RESTORE,
        restored,
        candidate.after,
        candidate.dues,
        candidate.starting_dues,
        replaces,
        entry,
    )
