"""Problems found in a workbook: what, where, how grave, and one sentence that says how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lib.words import number
from lib.workbook.rules import RULES


class Severity(StrEnum):
    """`error` blocks publishing, `warning` does not."""

    ERROR = "error"
    WARNING = "warning"


def verdict(errors: int, warnings: int) -> str:
    """How many there are, in words: `3 lỗi cần sửa, 2 điều cần lưu ý`."""
    to_mend, to_heed = f"{number(errors)} lỗi cần sửa", f"{number(warnings)} điều cần lưu ý"
    if errors:
        return f"{to_mend}, {to_heed}" if warnings else to_mend
    return f"không có lỗi, {to_heed}" if warnings else "không có lỗi nào"


@dataclass(frozen=True)
class Beside:
    """A cell of the row a problem is in, for people: its address, header and text; `here` is the faulty one."""

    cell: str
    header: str
    text: str
    here: bool = False


@dataclass(frozen=True)
class Problem:
    """One finding: `rule` is a stable kebab-case name, `cell` such as `D7` ("" where it is about a whole sheet).

    `header` and `around` (from left to right) serve to recognise the row; `context.fill` gives them to the problems
    that will be shown. They are no part of what tells two problems apart.
    """

    severity: Severity
    rule: str
    sheet: str
    cell: str
    message: str
    header: str = field(default="", compare=False)
    around: tuple[Beside, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise KeyError(f"{self.rule} is not a rule of lib/workbook/rules.py")

    @property
    def found(self) -> str:
        """What stands in the cell, "" where it is blank or `around` was not filled."""
        return next((beside.text for beside in self.around if beside.here), "")

    def as_dict(self) -> dict[str, str]:
        """The form in which the commands print it."""
        return {name: getattr(self, name) for name in ("severity", "rule", "sheet", "cell", "message")}


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
