"""The check of an uploaded workbook: the steps, every problem grouped by its kind, and what publishing came to."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.panels.rendering import render
from lib.store import Version
from lib.workbook.context import MOST_OF_A_KIND
from lib.workbook.problems import Problem, Severity, verdict
from lib.workbook.rules import RULES

STEPS = ("Chọn tệp", "Kiểm tra", "So sánh", "Công bố")
OPEN_AT_FIRST = 8
"""Groups of errors stay open until so many problems are in view; the rest are folded under their titles."""

_ADVICE = {
    Severity.ERROR: "Sửa hết lỗi rồi tải tệp lên lần nữa thì mới công bố được. Số liệu đang công bố không thay đổi.",
    Severity.WARNING: "Có thể công bố; hãy xem lại các điều dưới đây trước.",
}
_CLEAN = "Tệp đọc được trọn vẹn. Xem các thay đổi so với bản đang công bố rồi công bố."


@dataclass(frozen=True)
class _Group:
    """The problems of one kind: its title, whether they block publishing, the ones shown and how many there are."""

    title: str
    error: bool
    shown: list[Problem]
    count: int
    opened: bool

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def steps(current: int) -> str:
    """The way from file to publication, with the step that one is at, counted from 1."""
    return render("check_steps", steps=list(enumerate(STEPS, 1)), current=current)


def headline(file_name: str, problems: Sequence[Problem]) -> str:
    """What came of the check in one line of words, not of HTML."""
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    return f"{file_name}: {verdict(errors, len(problems) - errors)}"


def result(file_name: str, problems: Sequence[Problem]) -> str:
    """Every problem of a file that was read: its cell, what stands there beside its neighbours, what to write."""
    found = {problem.severity for problem in problems}
    gravest = next((severity for severity in _ADVICE if severity in found), None)
    return render(
        "check",
        heading=headline(file_name, problems),
        advice=_ADVICE.get(gravest, _CLEAN),
        look=gravest or "clean",
        groups=_groups(problems),
    )


def published(version: Version, overview: str, history: str) -> str:
    """That a version is in force now; `overview` and `history` are addresses."""
    return render("check_published", version=version, overview=overview, history=history)


def _groups(problems: Sequence[Problem]) -> list[_Group]:
    """Errors first, then in the order in which each kind was first found."""
    kinds: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.severity != Severity.ERROR):
        kinds.setdefault((problem.severity, problem.rule), []).append(problem)
    groups, before = [], 0
    for (severity, rule), found in kinds.items():
        error, shown = severity == Severity.ERROR, found[:MOST_OF_A_KIND]
        groups.append(_Group(RULES[rule], error, shown, len(found), opened=error and before < OPEN_AT_FIRST))
        before += len(shown)
    return groups
