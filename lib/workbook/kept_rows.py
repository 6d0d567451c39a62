"""The kept rows of one table as columns, and what the plan promises about each task and year."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from lib.workbook.tables import Table


@dataclass(frozen=True)
class Promises:
    """What the plan says about each task: its years, each with its due day; none where they cannot be told."""

    due_on: dict[str, dict[int, dt.date]] = field(default_factory=dict)

    def due(self, task: str | None, year: int | None) -> dt.date | None:
        """The day an occurrence is due, None where there is no such occurrence."""
        return self.due_on.get(task, {}).get(year)


@dataclass
class Rows:
    """The kept rows of one table as columns of equal length, None or "" where blank or unreadable."""

    table: Table
    kept: list[int]
    values: dict[str, list]
    promises: Promises = field(default_factory=Promises)
    _distinct: dict[str, set] = field(default_factory=dict)

    def distinct(self, name: str) -> set:
        """The values of a column, each once: a rule that none of them breaks need not look at the rows."""
        if name not in self._distinct:
            self._distinct[name] = set(self.values[name])
        return self._distinct[name]

    def of(self, *names: str) -> Iterator[tuple]:
        """(position, value, value, ...) for each row."""
        return zip(self.kept, *(self.values[name] for name in names), strict=True)
