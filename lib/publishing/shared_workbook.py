"""The shared workbook is followed: a sound change is published by itself, anything else waits for an inspector.

`SharedWorkbook.tick` is called every few seconds by a thread of the server; it says how the file stands and keeps that
in the store, so that "since when" outlives a restart. The last good version stays on the screens whatever happens here.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lib import store as stores
from lib.errors import DashboardError, UnreadableWorkbook
from lib.publishing import shared_file, write_back
from lib.publishing.candidate import Candidate, examine
from lib.publishing.shared_file import Look, ShareGone, ShareRefuses
from lib.publishing.shared_words import (
    BOTH_CHANGED,
    NOT_COMPARED,
    OUR_FAULT,
    TOO_SHORT,
    State,
    first_errors,
    held_words,
    old_version,
)
from lib.publishing.write_back import AUTHOR
from lib.store import Action, AuditEntry, Draft, Published, SharedState, Source, Store, Version
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.isolation import ReaderBug
from lib.workbook.limits import Limits
from lib.workbook.reader import Reading

QUIET = dt.timedelta(minutes=10)
"""A file that is open somewhere but has not been saved for so long is taken as it is."""
READ_ANYWAY = dt.timedelta(minutes=1)
"""Network shares may lie about when a file was changed: so often its bytes are looked at in any case."""
ARRIVING = dt.timedelta(minutes=1)
"""So long a file without its end may still be on its way."""
WRITE_AGAIN = dt.timedelta(seconds=10)
"""A write that failed is tried again so often."""

_log = logging.getLogger(__name__)


@dataclass
class _Memory:
    """What this process knows of the file: its last look, since when it looks like that, when its bytes were read and
    against what (digest, revision of the store) they were judged; the trouble of the last round."""

    look: Look | None = None
    since: dt.datetime | None = None
    read_at: dt.datetime | None = None
    judged: tuple[str, tuple] | None = None
    trouble: State | None = None


class SharedWorkbook:
    """One workbook's file on the share; `tick` is for one thread alone."""

    def __init__(self, store: Store, path: Path, limits: Limits, workbook: str = stores.WORKBOOK) -> None:
        self._store, self._path, self._limits, self._workbook = store, path, limits, workbook
        self._memory = _Memory()
        self._written_at: dt.datetime | None = None
        self._told = ""

    def tick(self, at: dt.datetime) -> SharedState | None:
        """Look at the file once, at the instant `at`; how it stands, None where nobody can say yet."""
        try:
            known = stores.shared(self._store, self._workbook)
            found = self._finish_write(known, at) if known and known.writing else self._follow(known, at)
        except DashboardError as error:  # the database does not answer, or too many files are being read
            self._memory.judged = None
            if str(error) != self._told:
                _log.warning("Tạm dừng theo dõi tệp dùng chung", exc_info=error)
            self._told = str(error)
            return None
        self._told = ""
        return found

    def _finish_write(self, known: SharedState, at: dt.datetime) -> SharedState | None:
        if known.detail and self._written_at and not _past(self._written_at, WRITE_AGAIN, at):
            return known
        self._written_at = at
        return write_back.finish_write(self._store, self._path, known, at)

    def _follow(self, known: SharedState | None, at: dt.datetime) -> SharedState | None:
        try:
            found = shared_file.look(self._path)
            if self._waits(known, found, at):
                return known
            data = shared_file.read(self._path, self._limits.file_bytes)
            if shared_file.look(self._path) != found:
                return known
        except ShareGone:
            return self._in_trouble(known, State.MISSING, "", at)
        except ShareRefuses as error:
            return self._in_trouble(known, State.UNREADABLE, str(error), at)
        return self._judge(known, data, found, at)

    def _in_trouble(self, known: SharedState | None, state: State, detail: str, at: dt.datetime) -> SharedState | None:
        """Told when it is met twice: a program that saves puts a new file in the place of the old one."""
        lasting = self._memory.trouble == state
        self._memory = _Memory(trouble=state)
        return self._become(known, state, "", at, detail) if lasting else known

    def _waits(self, known: SharedState | None, found: Look, at: dt.datetime) -> bool:
        """Whether the file is still being written, or nothing has happened since its bytes were last read."""
        before, self._memory.look = self._memory.look, found
        if before is None or (before.changed_ns, before.size) != (found.changed_ns, found.size):
            self._memory = _Memory(found, at)
            return True
        if self._memory.read_at is None or _past(self._memory.read_at, READ_ANYWAY, at):
            return False
        if known and known.state == State.LOCKED:
            return self._in_use(found, at)
        judged = self._memory.judged
        return judged is not None and judged[1] == stores.revision(self._store, self._workbook)

    def _in_use(self, found: Look, at: dt.datetime) -> bool:
        return bool(found.opened_by) and not _past(self._memory.since, QUIET, at)

    def _judge(self, known: SharedState | None, data: bytes, found: Look, at: dt.datetime) -> SharedState | None:
        self._memory.read_at = at
        digest = hashlib.sha256(data).hexdigest()
        against = digest, stores.revision(self._store, self._workbook)
        if known and self._memory.judged == against:
            return known
        versions = stores.history(self._store, self._workbook)
        version = versions[0]
        if digest == version.digest and version.source != Source.STARTING:
            self._memory.judged = against
            return self._become(known, State.IN_STEP, digest, at, synced=digest)
        if self._in_use(found, at):
            return self._become(known, State.LOCKED, digest, at, found.opened_by)
        whole = shared_file.whole(data)
        if not whole and not _past(self._memory.since, ARRIVING, at):
            return known
        self._memory.judged = against
        if not whole:
            return self._become(known, State.UNREADABLE, digest, at, TOO_SHORT)
        if detail := _against_the_page(known, digest, versions):
            return self._become(known, State.CONFLICT, digest, at, detail)
        return self._read(known, data, digest, version, at)

    def _read(
        self, known: SharedState | None, data: bytes, digest: str, version: Version, at: dt.datetime
    ) -> SharedState | None:
        try:
            reading = reader.read(data, self._limits)
        except UnreadableWorkbook as error:
            return self._become(known, State.UNREADABLE, digest, at, str(error))
        except ReaderBug:
            _log.exception("Không đọc được tệp dùng chung")
            return self._become(known, State.UNREADABLE, digest, at, OUR_FAULT)
        if not reading.ok:
            return self._become(known, State.FAULTY, digest, at, first_errors(reading.errors))
        return self._compare(known, reading, data, version, at)

    def _compare(
        self, known: SharedState | None, reading: Reading, data: bytes, version: Version, at: dt.datetime
    ) -> SharedState | None:
        published = Published(version, stores.content(self._store, version))
        old = self._published_reading(published)
        day = at.astimezone(OFFICE_ZONE).date()
        candidate = examine(reading, data, self._path.name, published, old, day)
        # Before the first publication there is nothing published that a change could be alarming against.
        if version.source != Source.STARTING:
            if candidate.comparison.empty:  # saved again, but it says the same
                return self._become(known, State.IN_STEP, candidate.digest, at, synced=version.digest)
            if candidate.before is None:
                return self._become(known, State.HELD, candidate.digest, at, NOT_COMPARED)
            if candidate.alarms:
                return self._become(known, State.HELD, candidate.digest, at, held_words(candidate.alarms))
        return self._publish(known, candidate, at)

    def _published_reading(self, published: Published) -> Reading | None:
        try:
            return reader.read(published.data, self._limits)
        except (UnreadableWorkbook, ReaderBug):
            return None

    def _publish(self, known: SharedState | None, candidate: Candidate, at: dt.datetime) -> SharedState | None:
        reason = f"Cập nhật từ tệp dùng chung {self._path.name}"
        entry = AuditEntry(at, AUTHOR, "", Action.PUBLISHED, f"Phiên bản {candidate.parent.number + 1}: {reason}")
        draft = Draft(
            candidate.data, candidate.file_name, AUTHOR, at, reason, Source.SHARED, figures=candidate.after,
            dues=candidate.dues, starting_dues=candidate.starting_dues, audit=entry,
        )  # fmt: skip
        try:
            write_back.publish(self._store, draft, candidate.parent.number, self._workbook)
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
    ) -> SharedState | None:
        """Keep a new state; one that goes on keeps its beginning.

        synced: the digest of the version that the file agrees with now; without it the last one stands.
        """
        base = synced if synced is not None else known.synced if known else ""
        goes_on = known is not None and (known.state, known.digest) == (state, digest)
        since = known.since if goes_on else at
        found = SharedState(self._workbook, state, digest, since, detail, base)
        kept = write_back.keep(self._store, found, known)
        if kept == found and not goes_on and state in (State.FAULTY, State.HELD, State.CONFLICT):
            stores.record(self._store, AuditEntry(at, AUTHOR, "", Action.SHARED_HELD, detail))
        return kept


def _against_the_page(known: SharedState | None, digest: str, versions: Sequence[Version]) -> str:
    """Why the file may not follow upon the latest version, "" where it may: it is an older version, or was made from
    one while another was published on the page."""
    latest = versions[0]
    if latest.source == Source.STARTING:
        return ""
    older = next((version for version in versions if version.digest == digest), None)
    if older:
        return old_version(older)
    on_page = latest.source in (Source.UPLOAD, Source.RESTORE)
    return BOTH_CHANGED if on_page and known and known.synced not in ("", latest.digest) else ""


def _past(start: dt.datetime, span: dt.timedelta, at: dt.datetime) -> bool:
    """Whether `span` has gone by; a clock that was set back counts as if it had."""
    return not dt.timedelta() <= at - start < span
