"""Publishing: one transaction, one winner, and never a change to what was there."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from lib.errors import DashboardError
from lib.store import starting
from lib.store.audit import AuditEntry, add
from lib.store.database import WORKBOOK, Store
from lib.store.dues import Due, keep_dues
from lib.store.instants import written
from lib.store.shared_state import keep_pending
from lib.store.tables import CONTENTS, VERSIONS
from lib.store.versions import Source, Version, as_version, digest_of, history, of_workbook, version_of, whole
from lib.words import office_time


class PublishedMeanwhile(DashboardError):
    """Somebody else published since the comparison was made; `version` is theirs."""

    def __init__(self, version: Version) -> None:
        when = f" lúc {office_time(version.published_at)}" if version.published_at else ""
        restored = f", khôi phục phiên bản {version.restored_from}" if version.restored_from else ""
        super().__init__(
            f"Trong lúc đó {version.published_by} đã công bố phiên bản {version.number}{when} (tệp {version.file_name}"
            f"{restored}, lý do: {version.reason}). Chưa có gì của bạn bị mất: hãy xem lại so sánh với phiên bản đó "
            "rồi công bố."
        )
        self.version = version


@dataclass(frozen=True)
class Draft:
    """What is to be published: bytes, who, when and why.

    dues: the due day of every occurrence; starting_dues: those of the starting workbook, kept when it becomes version
    1. replaces: the digest of the shared file that these bytes may replace; the write is noted in the same transaction.
    """

    data: bytes
    file_name: str
    by: str
    at: dt.datetime
    reason: str
    source: Source
    restored_from: int | None = None
    figures: Mapping = field(default_factory=dict)
    dues: Sequence[Due] = ()
    starting_dues: Sequence[Due] = ()
    replaces: str | None = None
    audit: AuditEntry | None = None


def publish(store: Store, draft: Draft, parent: int, workbook: str = WORKBOOK) -> Version:
    """Add a version after `parent` in one transaction.

    PublishedMeanwhile where `parent` is no longer the latest. The clock may have been set back: a version is recorded
    at the instant of the one before it rather than earlier, so that `in_force_at` finds versions in their order.
    """
    try:
        with store.writing() as connection:
            _keep_starting(connection, store, draft, workbook)
            latest = _latest(connection, workbook)
            if latest.number != parent:
                raise PublishedMeanwhile(latest)
            version = _draft_version(draft, latest, workbook)
            _keep(connection, version, draft)
    except IntegrityError as error:  # the key of `versions` lets only one of two through, should they not have waited
        latest = history(store, workbook, limit=1)[0]
        if latest.number == parent:
            raise
        raise PublishedMeanwhile(latest) from error
    return version


def _keep(connection: Connection, version: Version, draft: Draft) -> None:
    _insert(connection, version, draft.data)
    keep_dues(connection, version.workbook, version.number, draft.dues)
    if draft.replaces is not None:
        keep_pending(connection, version.workbook, version.digest, draft.replaces, draft.at)
    if draft.audit:
        add(connection, draft.audit)


def _keep_starting(connection: Connection, store: Store, draft: Draft, workbook: str) -> None:
    """Store what was shown before the first publication as version 1."""
    if connection.execute(of_workbook(workbook).limit(1)).first():
        return
    found = starting.current(store.data_dir)
    version = as_version(found, workbook)
    _insert(connection, version, found.data)
    keep_dues(connection, workbook, version.number, draft.starting_dues)


def _draft_version(draft: Draft, latest: Version, workbook: str) -> Version:
    at = max(draft.at, latest.published_at) if latest.published_at else draft.at
    return Version(
        workbook, latest.number + 1, digest_of(draft.data), draft.file_name, at, draft.by, draft.reason, draft.source,
        latest.number, draft.restored_from, draft.figures,
    )  # fmt: skip


def _insert(connection: Connection, version: Version, data: bytes) -> None:
    known = connection.execute(select(CONTENTS.c.data).where(CONTENTS.c.digest == version.digest)).scalar()
    if known is None:
        connection.execute(CONTENTS.insert().values(digest=version.digest, data=data, size=len(data)))
    else:
        whole(known, version)
    row = {column.name: getattr(version, column.name) for column in VERSIONS.columns}
    row |= {
        "published_at": written(version.published_at) if version.published_at else None,
        "source": version.source.value,
        "figures": json.dumps(version.figures, ensure_ascii=False),
    }
    connection.execute(VERSIONS.insert().values(**row))


def _latest(connection: Connection, workbook: str) -> Version:
    return version_of(connection.execute(of_workbook(workbook).limit(1)).one())
