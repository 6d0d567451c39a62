"""Problems found in a workbook: what, where, how grave, and one sentence that says how to mend it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from lib.workbook.rules import RULES


class Severity(StrEnum):
    """`error` blocks publishing, `warning` does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One finding: `rule` is a stable kebab-case name, `cell` such as `D7` ("" where it is about a whole sheet)."""

    severity: Severity
    rule: str
    sheet: str
    cell: str
    message: str

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise KeyError(f"{self.rule} is not a rule of lib/workbook/rules.py")

    def as_dict(self) -> dict[str, str]:
        """The form in which the commands print it."""
        return asdict(self)


@dataclass
class Problems:
    """The findings of one pass, in the order they were made; a merged cell that spans many rows is told of once."""

    found: dict[Problem, None] = field(default_factory=dict)

    def error(self, rule: str, sheet: str, cell: str, message: str) -> None:
        """Record a finding that blocks publishing."""
        self.found[Problem(Severity.ERROR, rule, sheet, cell, message)] = None

    def warning(self, rule: str, sheet: str, cell: str, message: str) -> None:
        """Record a finding that does not block publishing."""
        self.found[Problem(Severity.WARNING, rule, sheet, cell, message)] = None

    def has_errors(self) -> bool:
        """Whether anything blocks publishing."""
        return any(problem.severity == Severity.ERROR for problem in self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)
