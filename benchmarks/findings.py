"""What a section of the benchmarks finds: tables for people, and aims that are met or missed by so much."""

from dataclasses import dataclass

from benchmarks.measuring import Samples


@dataclass(frozen=True)
class Aim:
    """A figure that should be at most, or at least, `limit`."""

    what: str
    limit: float
    found: Samples
    unit: str = "×"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the median keeps to it."""
        return self.found.median >= self.limit if self.at_least else self.found.median <= self.limit


@dataclass(frozen=True)
class Table:
    """Rows as they are written; the first row is the head."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Findings:
    """All that one section found."""

    tables: tuple[Table, ...]
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True)
class Effort:
    """How much to measure: rounds of each thing, and the browser to look with."""

    rounds: int
    browser: str
