"""Publishing and restoring: every condition is checked here, whatever the page that asks has checked already."""

import datetime as dt
import logging
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lib import accounts
from lib import store as stores
from lib.accounts import NotAllowed, Person
from lib.compare import NAMES, AlarmKind
from lib.errors import DashboardError
from lib.publishing import write_back
from lib.publishing.candidate import Candidate
from lib.publishing.lock_files import opened_by
from lib.publishing.shared_file import digest_at
from lib.publishing.shared_words import State
from lib.store import Action, AuditEntry, Draft, PublishedMeanwhile, SharedState, Source, Store, Version, digest_of
from lib.text import one_line

SHORTEST_REASON, LONGEST_REASON = 5, 500
"""In letters and digits; in characters."""

_log = logging.getLogger(__name__)


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
    workbook = candidate.parent.workbook
    try:
        _check(store, candidate, request)
        _check_parent(store, candidate)
        replaces = _check_shared(store, candidate, shared) if shared else None
        draft = _draft(candidate, request, person, replaces)
        version = write_back.publish(store, draft, candidate.parent.number, workbook)
    except (PublishRefused, PublishedMeanwhile) as error:
        _refuse(store, request, person.shown_name, error)
        raise
    if shared:
        _write_shared(store, shared, request.at, workbook)
    return version


def _write_shared(store: Store, path: Path, at: dt.datetime, workbook: str) -> None:
    """Put the version in the place of the shared file. It is published whatever happens here: what goes wrong is told
    by the state of the file, and whoever follows it tries again."""
    try:
        state = stores.shared(store, workbook)
        if state and state.writing:
            write_back.finish_write(store, path, state, at)
    except DashboardError as error:
        _log.warning("Chưa ghi được tệp dùng chung", exc_info=error)


def _inspector(store: Store, request: Request) -> Person:
    try:
        return accounts.require_inspector(store, request.token, request.at, request.idle_minutes)
    except NotAllowed as error:
        person = accounts.who(store, request.token, request.at, request.idle_minutes)
        _refuse(store, request, person.shown_name if person else "", error)
        raise


def _refuse(store: Store, request: Request, who: str, error: DashboardError) -> None:
    stores.record(store, AuditEntry(request.at, who, request.address, Action.PUBLISH_REFUSED, str(error)))


def _check(store: Store, candidate: Candidate, request: Request) -> None:
    """PublishRefused unless bytes, reason and confirmations are in order."""
    if not candidate.ok or digest_of(candidate.data) != candidate.digest:
        raise PublishRefused("Tệp có lỗi nên chưa công bố được. Sửa các lỗi đã nêu rồi tải lên lại.")
    if sum(letter.isalnum() for letter in request.reason) < SHORTEST_REASON:
        raise PublishRefused("Chưa ghi lý do cập nhật. Ghi một câu ngắn, ví dụ: báo cáo tháng 11/2026.")
    unseen = [NAMES[kind] for kind in AlarmKind if kind in _alarming(candidate) - set(request.confirmed)]
    if unseen:
        raise PublishRefused(f"Chưa xác nhận: {', '.join(unseen)}. Xem từng thay đổi rồi đánh dấu đã xem.")
    if request.restored_from is not None:
        old = stores.find(store, request.restored_from, candidate.parent.workbook)
        if old.digest != candidate.digest:
            raise PublishRefused(f"Tệp này không phải của phiên bản {old.number}. Mở lại phiên bản đó trong Lịch sử.")
    if candidate.digest == candidate.parent.digest:
        raise PublishRefused("Tệp này giống hệt tệp đang dùng nên không có gì để công bố.")


def _alarming(candidate: Candidate) -> set[AlarmKind]:
    return {alarm.kind for alarm in candidate.alarms}


def _check_parent(store: Store, candidate: Candidate) -> None:
    """That what the candidate was compared with is still the latest. The store asks again when it publishes; but who
    and what comes before any word about the shared file, which that other publication has changed as well."""
    parent = candidate.parent
    latest = stores.history(store, parent.workbook)[0]
    if latest.number != parent.number:
        raise PublishedMeanwhile(latest)
    if latest.digest != parent.digest:  # the file in the data folder, before the first publication
        raise PublishRefused("Sổ đang dùng vừa được thay bằng tệp khác. Xem lại so sánh với sổ đó rồi công bố.")


def _check_shared(store: Store, candidate: Candidate, path: Path) -> str:
    """The digest of the shared file that may be replaced, "" for none; PublishRefused where it may not be."""
    if Path(candidate.file_name).suffix.lower() != path.suffix.lower():
        raise PublishRefused(
            f"Tệp dùng chung là tệp {path.suffix}, tệp này là loại khác. Lưu tệp này thành {path.suffix} rồi tải lên "
            "lại, hoặc đổi SHARED_WORKBOOK trong thiết lập."
        )
    try:
        found = digest_at(path)
        # A file that is there already need not be written.
        owner = opened_by(path) if found != candidate.digest else ""
    except OSError as error:
        raise PublishRefused("Không đọc được tệp dùng chung. Kiểm tra ổ mạng rồi công bố lại.") from error
    if owner:
        raise PublishRefused(
            f"Tệp dùng chung đang mở ở {owner}. Đóng tệp đó rồi công bố lại; nếu không còn ai mở, xóa tệp khóa (tên "
            "bắt đầu bằng ~$ hoặc .~lock) ở cùng thư mục."
        )
    state = stores.shared(store, candidate.parent.workbook)
    if found and found not in _replaceable(candidate, state):
        raise PublishRefused(
            "Tệp dùng chung đã thay đổi từ lúc bạn xem so sánh. Mở tệp dùng chung xem đã sửa gì, gộp vào tệp của bạn "
            "rồi tải lên lại."
        )
    return found or (state.replacing or state.synced if state else "")


def _replaceable(candidate: Candidate, state: SharedState | None) -> set[str]:
    """The digests of the shared file that the inspector knows of: what is published or being published, what an
    earlier publication has yet to replace, what was there when the comparison was made."""
    known = {candidate.digest, candidate.parent.digest, candidate.shared_seen}
    if state:
        known |= {state.replacing, state.digest if state.state == State.IN_STEP else ""}
    return known


def _draft(candidate: Candidate, request: Request, person: Person, replaces: str | None) -> Draft:
    number, restored = candidate.parent.number + 1, request.restored_from
    action = Action.PUBLISHED if restored is None else Action.RESTORED
    reason = one_line(request.reason)[:LONGEST_REASON]
    said = f"Phiên bản {number}: {reason}"
    entry = AuditEntry(request.at, person.shown_name, request.address, action, said)
    return Draft(
        candidate.data,
        candidate.file_name,
        person.shown_name,
        request.at,
        reason,
        Source.UPLOAD if restored is None else Source.RESTORE,
        restored,
        candidate.after,
        candidate.dues,
        candidate.starting_dues,
        replaces,
        entry,
    )
