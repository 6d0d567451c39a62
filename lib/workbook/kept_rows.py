"""The kept rows of one table as columns, and what the plan promises about each task and year."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from lib.workbook.tables import Table


@dataclass(frozen=True)
class Promises:
    """What the plan says about each task and year: the known tasks, the due day of each occurrence, their years."""

    tasks: frozenset[str] = frozenset()
    due_on: dict[tuple[str, int], dt.date] = field(default_factory=dict)
    years: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Rows:
    """The kept rows of one table as columns of equal length, None or "" where blank or unreadable."""

    table: Table
    kept: list[int]
    values: dict[str, list]
    promises: Promises = field(default_factory=Promises)

    def of(self, *names: str) -> Iterator[tuple]:
        """(position, value, value, ...) for each row."""
        return zip(self.kept, *(self.values[name] for name in names), strict=True)
