"""A workbook that could be published: what was found in it and what it would change."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lib import compare, summary
from lib.compare import EMPTY, Alarm, Comparison, Snapshot, Subject, snapshot
from lib.store import Due, Published, Source, Version, digest_of
from lib.workbook.reader import Reading


@dataclass(frozen=True)
class Candidate:
    """What `examine` found.

    parent: the version it was compared with. before, after: `summary.figures` of both on the same day; before is None
    where the published workbook cannot be read any more. shared_seen: the digest of the shared file when the
    comparison was made, "" where there was none.
    """

    data: bytes
    digest: str
    file_name: str
    ok: bool
    parent: Version
    comparison: Comparison
    alarms: tuple[Alarm, ...]
    before: Mapping | None
    after: Mapping
    dues: tuple[Due, ...]
    starting_dues: tuple[Due, ...]
    shared_seen: str = ""

    @property
    def same(self) -> bool:
        """Whether publishing it would change nothing that anybody could see."""
        return self.digest == self.parent.digest or self.comparison.empty


def examine(
    reading: Reading,
    data: bytes,
    file_name: str,
    published: Published,
    published_reading: Reading | None,
    as_of: dt.date,
    shared_seen: str = "",
) -> Candidate:
    """Compare a workbook that has no errors with what is published, on `as_of`.

    A published workbook that cannot be read any more (`published_reading` None or with errors) counts as empty.
    """
    register = reading.register
    old = published_reading.register if published_reading else None
    current, previous = snapshot(register, as_of), snapshot(old, as_of) if old else EMPTY
    found = compare.compare(previous, current)
    starting = old is not None and published.version.source == Source.STARTING
    return Candidate(
        data=data,
        digest=digest_of(data),
        file_name=file_name,
        ok=reading.ok,
        parent=published.version,
        comparison=found,
        alarms=compare.alarms(previous, current, found) if old else (),
        before=summary.figures(old, as_of) if old else None,
        after=summary.figures(register, as_of),
        dues=_dues(current, register.plan.sample),
        starting_dues=_dues(previous, old.plan.sample) if starting else (),
        shared_seen=shared_seen,
    )


def _dues(found: Snapshot, sample: bool) -> tuple[Due, ...]:
    """The due day of every occurrence, as it counts."""
    occurrences = found.records[Subject.OCCURRENCE]
    return tuple(Due(task, year, record["due_on"], sample) for (task, year), record in occurrences.items())
