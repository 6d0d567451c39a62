"""A version that was published on the page is put in the place of the shared file, however often that is interrupted.

What must be written is noted in the transaction that publishes; `finish_write` may then be called by anybody, again and
again, until it is done. The page's thread and the one that follows the file meet here and nowhere else.
"""

import datetime as dt
import logging
import threading
from dataclasses import replace
from pathlib import Path

from lib import store as stores
from lib.publishing import shared_file
from lib.publishing.lock_files import opened_by
from lib.publishing.shared_file import SharedChanged
from lib.publishing.shared_words import BOTH_CHANGED, State
from lib.store import Action, AuditEntry, Draft, SharedState, Store, Version

AUTHOR = "Tệp dùng chung"
KEPT_FOLDER = "tep-dung-chung-da-thay"
"""In the data folder: what stood in the shared file, was in no version, and was replaced."""
IN_USE = "Tệp đang mở ở {}."
REFUSED = "Tệp đang mở ở máy khác, hoặc máy chủ chưa có quyền ghi vào thư mục."
AWAY = "Không thấy thư mục của tệp, hoặc ổ mạng báo lỗi."

_noting = threading.Lock()
"""Held while the state of a shared file is read and changed, so that a note just made is never lost."""
_writing = threading.Lock()
"""Held by the one thread that is at the file."""
_log = logging.getLogger(__name__)


def publish(store: Store, draft: Draft, parent: int, workbook: str) -> Version:
    """`store.publish`, with no other change of the shared file's state in between."""
    with _noting:
        return stores.publish(store, draft, parent, workbook)


def keep(store: Store, state: SharedState, before: SharedState | None) -> SharedState | None:
    """Keep `state` where `before` is still what is known; gives what is known then."""
    with _noting:
        known = stores.shared(store, state.workbook)
        if known != before or known == state:
            return known
        stores.keep_shared(store, state)
        return state


def finish_write(store: Store, path: Path, known: SharedState, at: dt.datetime) -> SharedState | None:
    """Do the write that is noted, if one is; how the file stands then.

    A file that somebody changed is never replaced: both stay, and an inspector must decide. Trouble with the share is
    told by the state. Raises what the store raises.
    """
    if not _writing.acquire(blocking=False):  # another thread is at it
        return known
    try:
        noted = stores.shared(store, known.workbook)
        return _finish(store, path, noted, at) if noted and noted.writing else noted
    finally:
        _writing.release()


def _finish(store: Store, path: Path, noted: SharedState, at: dt.datetime) -> SharedState | None:
    shared_file.clear_drafts(path)
    try:
        found = shared_file.digest_at(path)
        if found != noted.writing:
            versions = {version.digest: version for version in stores.history(store, noted.workbook)}
            if found not in ("", noted.replacing, *versions):
                return _conflict(store, noted, found, at)
            if owner := opened_by(path):
                return keep(store, replace(noted, detail=IN_USE.format(owner)), noted)
            _write(store, path, stores.content(store, versions[noted.writing]), found, found in versions, at)
    except SharedChanged:  # the next round sees what it is now
        return noted
    except OSError as error:
        return _wait(store, noted, error)
    done = replace(noted, state=State.IN_STEP, digest=noted.writing, since=at, detail="", synced=noted.writing)
    return keep(store, replace(done, writing="", replacing=""), noted)


def _write(store: Store, path: Path, data: bytes, found: str, ours: bool, at: dt.datetime) -> None:
    """Replace the file; what stands in it and is no version of ours is put aside first, for nothing may be lost."""
    said = f"Đã ghi {path.name}."
    if found and not ours:
        said += f" Nội dung trước đó được giữ ở {KEPT_FOLDER}/"
        said += shared_file.keep_copy(path, found, store.data_dir / KEPT_FOLDER)
    shared_file.replace(path, data, found)
    stores.record(store, AuditEntry(at, AUTHOR, "", Action.SHARED_WRITTEN, said))


def _wait(store: Store, noted: SharedState, error: OSError) -> SharedState | None:
    detail = REFUSED if isinstance(error, PermissionError) else AWAY
    if noted.detail != detail:
        _log.warning("Chưa ghi được tệp dùng chung", exc_info=error)
    return keep(store, replace(noted, detail=detail), noted)


def _conflict(store: Store, noted: SharedState, found: str, at: dt.datetime) -> SharedState | None:
    state = replace(noted, state=State.CONFLICT, digest=found, since=at, detail=BOTH_CHANGED, writing="", replacing="")
    kept = keep(store, state, noted)
    if kept == state:
        stores.record(store, AuditEntry(at, AUTHOR, "", Action.SHARED_HELD, BOTH_CHANGED))
    return kept
