"""The script of a meeting before it begins: which scenes, in which order, as links that change the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.scenes import Known, Scene, expanded

NOTHING_TO_SAY = "Chưa có gì để nói, sẽ được bỏ qua"


@dataclass(frozen=True)
class Line:
    """A scene of the script; a link is "" where it leads nowhere."""

    name: str
    title: str
    silent: bool
    up: str
    down: str
    off: str


@dataclass(frozen=True)
class Left:
    """A scene that is left out, and the link that adds it."""

    name: str
    on: str


def script(
    known: Sequence[Known],
    found: Mapping[str, Scene],
    chosen: Sequence[str],
    view: View,
    local: Mapping[str, str],
) -> str:
    """The chosen scenes of `known` (all where none is chosen) with what they say; `found` are those that say something.

    `local` are the page's other choices, which every link keeps.
    """
    names = {each.code: each.name for each in known}
    codes = chosen_codes(names, chosen)
    links = _Links(view, local)
    return render(
        "meeting_script",
        lines=[_line(place, codes, names, found, links) for place in range(len(codes))],
        left=[Left(name, links.to([*codes, code])) for code, name in names.items() if code not in codes],
        start=links.start(codes if chosen else []),
        usual=links.to([]) if chosen else "",
    )


def chosen_codes(names: Mapping[str, str], chosen: Sequence[str]) -> list[str]:
    """The codes of an address that this plan knows, in order, each once; all where it names none."""
    return expanded(chosen, names) or list(names)


class _Links:
    """Addresses of this page and of the projected screen with the same choices."""

    def __init__(self, view: View, local: Mapping[str, str]) -> None:
        self.view, self.local = view, local

    def to(self, codes: Sequence[str]) -> str:
        """This page with those scenes."""
        return address.href(address.PREPARE, self.view, canh=",".join(codes), **self.local)

    def start(self, codes: Sequence[str]) -> str:
        """The projected screen."""
        return address.href(address.MEETING, self.view, canh=",".join(codes), **self.local)


def _line(place: int, codes: list[str], names: Mapping[str, str], found: Mapping[str, Scene], links: _Links) -> Line:
    code = codes[place]
    return Line(
        name=names[code],
        title=found[code].title if code in found else NOTHING_TO_SAY,
        silent=code not in found,
        up=links.to(_swapped(codes, place - 1)) if place else "",
        down=links.to(_swapped(codes, place)) if place + 1 < len(codes) else "",
        off=links.to([other for other in codes if other != code]) if len(codes) > 1 else "",
    )


def _swapped(codes: list[str], place: int) -> list[str]:
    """The codes with those at `place` and after it changed over."""
    return [*codes[:place], codes[place + 1], codes[place], *codes[place + 2 :]]
