"""Departments and units: every name ever written resolves to one unit.

The rules are in docs/quy-tac-tinh.md, "Đơn vị".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lib.schema import UNASSIGNED
from lib.text import clean, fold, one_line, suggest

_SEPARATORS = (
    re.compile(r";"),
    re.compile(r"[\r\n]+"),
    re.compile(r","),
    re.compile(r"(?<!\s)\s+và\s+", re.IGNORECASE),
)
_NOBODY = {"", fold(UNASSIGNED)}


@dataclass
class UnitNames:
    """Every accepted name, folded, with the unit it stands for; and the members of each group."""

    names: dict[str, str] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    _expanded: dict[str, list[str]] = field(default_factory=dict)

    def resolve(self, cell: str) -> tuple[list[str], list[str]]:
        """The units a cell names, each once and groups as their members; and the pieces that name none."""
        units, unknown = self.named(cell)
        return list(dict.fromkeys(member for unit in units for member in self.expand(unit))), unknown

    def named(self, cell: str) -> tuple[list[str], list[str]]:
        """The units a cell names, groups as such; and the pieces that name none."""
        units: list[str] = []
        unknown: list[str] = []
        self._name(clean(cell), _SEPARATORS, units, unknown)
        return list(dict.fromkeys(units)), unknown

    def _name(self, piece: str, separators: tuple[re.Pattern[str], ...], units: list[str], unknown: list[str]) -> None:
        """Try a piece as a name before it is split further."""
        folded = fold(piece)
        if folded in _NOBODY:
            return
        if folded in self.names:
            units.append(self.names[folded])
        elif not separators:
            unknown.append(one_line(piece))
        else:
            for part in separators[0].split(piece):
                self._name(part, separators[1:], units, unknown)

    def expand(self, unit: str) -> list[str]:
        """A group's members, members of its groups too, each once; any other unit is itself."""
        if unit not in self.members:
            return [unit]
        if unit not in self._expanded:
            self._expanded[unit] = self._members_of(unit)
        return self._expanded[unit]

    def _members_of(self, group: str) -> list[str]:
        """In order, without calling itself: groups may be nested as deeply as there are rows."""
        met: dict[str, None] = {}
        waiting = [group]
        while waiting:
            unit = waiting.pop()
            if unit not in met:
                met[unit] = None
                waiting += reversed(self.members.get(unit, ()))
        return [unit for unit in met if unit not in self.members]

    def suggestion(self, piece: str) -> str:
        """` Có phải “...”?` where a known name is close, else nothing."""
        meant = suggest(piece, [*self.units, *self.names])
        return f" Có phải “{self.names.get(fold(meant), meant)}”?" if meant else ""


def split_names(cell: str) -> list[str]:
    """The names in a cell of `Tên gọi khác` or `Viết tắt`, split at `;` and line breaks."""
    return [name for part in re.split(r"[;\r\n]", cell) if (name := clean(part)) and fold(name)]


def circles(links: dict[str, Iterable[str]]) -> list[list[str]]:
    """Every circle that following `links` runs into, each once, from its first unit in order."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in links:
        _walk(start, links, done, found)
    return found


def _walk(start: str, links: dict[str, Iterable[str]], done: set[str], found: list[list[str]]) -> None:
    """Follow the links from one unit, without calling itself: a row of them may be as long as the sheet."""
    path: dict[str, int] = {}
    branches = [iter((start,))]
    while branches:
        unit = next(branches[-1], None)
        if unit is None:
            branches.pop()
            if path:
                done.add(path.popitem()[0])
        elif unit in path:
            found.append(list(path)[path[unit] :])
        elif unit not in done:
            path[unit] = len(path)
            branches.append(iter(links.get(unit, ())))
