"""The shared workbook is followed: a sound change is published by itself, anything else waits for an inspector.

`SharedWorkbook.tick` is called every few seconds by a thread of the server; it says how the file stands and keeps that
in the store, so that "since when" outlives a restart. The last good version stays on the screens whatever happens here.
"""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from lib import store as stores
from lib.errors import DashboardError, UnreadableWorkbook
from lib.publishing import shared_file
from lib.publishing.candidate import Candidate, examine
from lib.publishing.shared_file import Look, SharedChanged
from lib.publishing.shared_words import State, first_errors, held_words
from lib.store import Action, AuditEntry, Draft, Published, SharedState, Source, Store, StoreUnavailable
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.limits import Limits

AUTHOR = "Tệp dùng chung"
QUIET = dt.timedelta(minutes=10)
"""A file that is open somewhere but has not been saved for so long is taken as it is."""
READ_ANYWAY = dt.timedelta(minutes=1)
"""Network shares may lie about when a file was changed: so often its bytes are looked at in any case."""

_log = logging.getLogger(__name__)


@dataclass
class _Memory:
    """What this process knows of the file: its last look, and the bytes that were judged against a version."""

    look: Look | None = None
    judged: tuple[str, tuple] | None = None
    read_at: dt.datetime | None = None


class SharedWorkbook:
    """One workbook's file on the share; `tick` is for one thread alone."""

    def __init__(self, store: Store, path: Path, limits: Limits, workbook: str = stores.WORKBOOK) -> None:
        self._store, self._path, self._limits, self._workbook = store, path, limits, workbook
        self._memory = _Memory()

    def tick(self, at: dt.datetime) -> SharedState | None:
        """Look at the file once; how it stands, None while that cannot be kept."""
        try:
            known = stores.shared(self._store, self._workbook)
            if known and known.writing:
                return finish_write(self._store, self._path, known, at)
            return self._follow(known, at)
        except StoreUnavailable as error:
            _log.warning("Chưa ghi được trạng thái tệp dùng chung: %s", error, exc_info=error)
            return None

    def _follow(self, known: SharedState | None, at: dt.datetime) -> SharedState | None:
        try:
            found = shared_file.look(self._path)
            if found is None:
                return self._become(known, State.MISSING, "", at)
            if self._waits(found, at):
                return known
            data = self._path.read_bytes()
            settled = shared_file.look(self._path) == found
        except OSError as error:
            return self._become(known, State.UNREADABLE, "", at, f"Không mở được tệp ({error.strerror}).")
        if not settled:
            return known
        self._memory.read_at = at
        return self._judge(known, data, found, at)

    def _waits(self, found: Look, at: dt.datetime) -> bool:
        """Whether the file is still being written, or nothing has happened since it was last judged."""
        moving = self._memory.look is None or replace(self._memory.look, opened_by=found.opened_by) != found
        same_lock = self._memory.look is not None and self._memory.look.opened_by == found.opened_by
        self._memory.look = found
        if moving:
            self._memory.judged = None
            return True
        if self._memory.judged is None or not same_lock:
            return False
        unread = self._memory.read_at is not None and at - self._memory.read_at < READ_ANYWAY
        return unread and self._memory.judged[1] == stores.revision(self._store, self._workbook)

    def _judge(self, known: SharedState | None, data: bytes, found: Look, at: dt.datetime) -> SharedState:
        digest = hashlib.sha256(data).hexdigest()
        before, self._memory.judged = self._memory.judged, (digest, stores.revision(self._store, self._workbook))
        if known and before == self._memory.judged:
            return known
        published = stores.current(self._store, self._workbook)
        if digest == published.version.digest and published.version.source != Source.STARTING:
            return self._become(known, State.IN_STEP, digest, at, synced=digest)
        saved = dt.datetime.fromtimestamp(found.changed_ns / 1e9, dt.UTC)
        if found.opened_by and at - saved < QUIET:
            self._memory.judged = None
            return self._become(known, State.LOCKED, digest, at, found.opened_by)
        if known and known.state == State.CONFLICT:
            return self._become(known, State.CONFLICT, digest, at, known.detail)
        return self._read(known, data, digest, published, at)

    def _read(
        self, known: SharedState | None, data: bytes, digest: str, published: Published, at: dt.datetime
    ) -> SharedState:
        try:
            reading = reader.read(data, self._limits)
        except UnreadableWorkbook as error:
            return self._become(known, State.UNREADABLE, digest, at, str(error))
        except DashboardError:  # too many files are being read: the next round tries again
            self._memory.judged = None
            return known
        if not reading.ok:
            return self._become(known, State.FAULTY, digest, at, first_errors(reading.errors))
        old = self._reading_of(published)
        day = at.astimezone(OFFICE_ZONE).date()
        candidate = examine(reading, data, self._path.name, published, old, day)
        if candidate.comparison.empty:  # saved again, but it says the same
            return self._become(known, State.IN_STEP, digest, at, synced=digest)
        # Before the first publication there is nothing published that a change could be alarming against.
        if candidate.alarms and published.version.source != Source.STARTING:
            return self._become(known, State.HELD, digest, at, held_words(candidate.alarms))
        return self._publish(known, candidate, at)

    def _reading_of(self, published: Published) -> reader.Reading | None:
        try:
            return reader.read(published.data, self._limits)
        except UnreadableWorkbook:
            return None

    def _publish(self, known: SharedState | None, candidate: Candidate, at: dt.datetime) -> SharedState | None:
        reason = f"Cập nhật từ tệp dùng chung {self._path.name}"
        entry = AuditEntry(at, AUTHOR, "", Action.PUBLISHED, f"Phiên bản {candidate.parent.number + 1}: {reason}")
        draft = Draft(
            candidate.data, candidate.file_name, AUTHOR, at, reason, Source.SHARED, figures=candidate.after,
            dues=candidate.dues, starting_dues=candidate.starting_dues, audit=entry,
        )  # fmt: skip
        try:
            stores.publish(self._store, draft, candidate.parent.number, self._workbook)
        except stores.PublishedMeanwhile:  # the next round compares with that version
            self._memory.judged = None
            return known
        return self._become(known, State.IN_STEP, candidate.digest, at, synced=candidate.digest)

    def _become(
        self,
        known: SharedState | None,
        state: State,
        digest: str,
        at: dt.datetime,
        detail: str = "",
        synced: str | None = None,
    ) -> SharedState:
        """Keep a new state; one that goes on keeps its beginning."""
        kept = synced if synced is not None else known.synced if known else ""
        goes_on = known is not None and (known.state, known.digest) == (state, digest)
        since = known.since if goes_on else at
        found = SharedState(self._workbook, state, digest, since, detail, kept)
        if found != known:
            stores.keep_shared(self._store, found)
            if state in (State.FAULTY, State.HELD, State.CONFLICT) and not goes_on:
                stores.record(self._store, AuditEntry(at, AUTHOR, "", Action.SHARED_HELD, detail))
        return found


def finish_write(store: Store, path: Path, known: SharedState, at: dt.datetime) -> SharedState:
    """Put the version that was published on the page in the place of the shared file, if that is still the file it may
    replace; otherwise both stay, and an inspector must decide."""
    shared_file.clear_drafts(path)
    done = replace(known, state=State.IN_STEP, digest=known.writing, since=at, synced=known.writing, detail="")
    done = replace(done, writing="", replacing="")
    try:
        if shared_file.digest_at(path) == known.writing:
            return _kept(store, done)
        if not path.parent.is_dir():
            return known
        shared_file.replace(path, _bytes(store, known), known.replacing)
    except SharedChanged:
        detail = "Tệp đã được sửa trong lúc Thanh tra công bố trên trang."
        return _kept(
            store, replace(done, state=State.CONFLICT, digest=known.replacing, synced=known.synced, detail=detail)
        )
    except OSError as error:
        _log.warning("Chưa ghi được tệp dùng chung", exc_info=error)
        return known
    stores.record(store, AuditEntry(at, AUTHOR, "", Action.SHARED_WRITTEN, f"Đã ghi {path.name}"))
    return _kept(store, done)


def _bytes(store: Store, known: SharedState) -> bytes:
    found = stores.history(store, known.workbook)
    return stores.content(store, next(version for version in found if version.digest == known.writing))


def _kept(store: Store, state: SharedState) -> SharedState:
    stores.keep_shared(store, state)
    return state
