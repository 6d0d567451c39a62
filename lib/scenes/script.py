"""The script of a meeting: every scene with something to say, or those that were chosen, in the chosen order."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lib.scenes import changes, closing, dan_van_kheo, decisions, departments, opening, plan
from lib.scenes.material import Material
from lib.scenes.parts import Scene
from lib.text import plain

ALL_DEPARTMENTS = "phong"
"""The code that stands for the scenes of all departments, in their order."""


@dataclass(frozen=True)
class Known:
    """A scene that a script may have: its code and name."""

    code: str
    name: str


def scenes(material: Material) -> list[Scene]:
    """Every scene that has something to say, in the usual order. The opening always has."""
    return list(_built(material))


def _built(material: Material) -> Iterator[Scene]:
    yield opening.opening(material)
    yield from filter(None, (make(material) for make in (changes.changes, decisions.decisions)))
    for unit, code in _codes(material.departments.index).items():
        yield departments.department(material, unit, code)
    last = (plan.sections, plan.plan, dan_van_kheo.dan_van_kheo, closing.closing)
    yield from filter(None, (make(material) for make in last))


def known(units: Iterable[str]) -> list[Known]:
    """All that a script may have, in the usual order; `units` lead something."""
    return [
        Known(opening.CODE, opening.NAME),
        Known(changes.CODE, changes.NAME),
        Known(decisions.CODE, decisions.NAME),
        *(Known(code, unit) for unit, code in _codes(units).items()),
        Known(plan.SECTIONS, plan.SECTIONS_NAME),
        Known(plan.MAP, plan.MAP_NAME),
        Known(dan_van_kheo.CODE, dan_van_kheo.NAME),
        Known(closing.CODE, closing.NAME),
    ]


def _codes(units: Iterable[str]) -> dict[str, str]:
    """A code for each unit, as it can stand in an address; two that would be the same get a number."""
    codes: dict[str, str] = {}
    for unit in units:
        code = f"{ALL_DEPARTMENTS}-{re.sub(r'[^a-z0-9]+', '-', plain(unit)).strip('-')}"
        same = sum(1 for other in codes.values() if re.fullmatch(rf"{re.escape(code)}(-\d+)?", other))
        codes[unit] = f"{code}-{same + 1}" if same else code
    return codes


def arranged(found: Sequence[Scene], codes: Sequence[str]) -> list[Scene]:
    """The scenes named by `codes`, in that order, each once; all where none is named.

    A code whose scene has nothing to say is passed over; where that leaves none, the first scene of all stands.
    """
    if not codes:
        return list(found)
    by_code = {scene.code: scene for scene in found}
    return [by_code[code] for code in expanded(codes, by_code)] or list(found[:1])


def expanded(codes: Iterable[str], there: Collection[str]) -> list[str]:
    """Those of `codes` that are among `there`, each once; `phong` gives way to the departments' codes."""
    departments = [code for code in there if code.startswith(f"{ALL_DEPARTMENTS}-")]
    wanted = [each for code in codes for each in (departments if code == ALL_DEPARTMENTS else [code])]
    return [code for code in dict.fromkeys(wanted) if code in there]
