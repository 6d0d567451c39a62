"""Thay đổi: what differs between two versions, from the last meeting to now unless others are chosen."""

import datetime as dt

import streamlit as st

from lib import compare, summary
from lib.clock import today
from lib.panels import address, comparison, frame
from lib.store import Published, Version
from lib.ui import source
from lib.ui.board import BrokenWorkbook, reading_of
from lib.ui.choices import bound, local_choice
from lib.ui.kept import PANELS
from lib.ui.parts import draw
from lib.words import day as day_words
from lib.words import office_time
from lib.workbook.register import Register


def draw_changes(latest: Published) -> None:
    """The two choices and what changed between them."""
    found = source.history()
    held = source.meetings()
    # A copy: a day that an address names joins it.
    places = dict(PANELS.get((_places, source.history_stamp(found), tuple(held)), lambda: _places(found, held)))
    chosen_from = _read(local_choice(address.FROM), places) or _usual_start(found, held)
    chosen_to = _read(local_choice(address.TO), places) or str(latest.version.number)
    with st.container(key="compared", horizontal=True, gap="small"):
        _choice("Từ", address.FROM, chosen_from, places)
        _choice("Đến", address.TO, chosen_to, places)
    earlier, later = _version(chosen_from, found), _version(chosen_to, found)
    if earlier.number == later.number:
        draw(frame.message("Không có thay đổi", ["Hai lựa chọn là cùng một phiên bản. Chọn phiên bản hoặc ngày khác."]))
        return
    _draw_difference(earlier, later)


def _places(found: list[Version], held: list[dt.date]) -> dict[str, str]:
    """Each choice as it is written in an address, and as people read it: versions, newest first, then meetings."""
    versions = {str(version.number): _version_words(version) for version in found}
    return versions | {held_on.isoformat(): f"Cuộc họp ngày {day_words(held_on)}" for held_on in held}


def _version_words(version: Version) -> str:
    published = office_time(version.published_at) if version.published_at else "sổ ban đầu"
    return f"Phiên bản {version.number} · {published}"


def _read(raw: str, places: dict[str, str]) -> str:
    """A choice that an address makes; any day may be named, an unknown version is none. A new day joins `places`."""
    if raw in places:
        return raw
    try:
        named = dt.date.fromisoformat(raw)
    except ValueError:
        return ""
    places[raw] = f"Ngày {day_words(named)}"
    return raw


def _usual_start(found: list[Version], held: list[dt.date]) -> str:
    """The last meeting before today, else the version before the last."""
    past = [held_on.isoformat() for held_on in held if held_on < today()]
    return past[0] if past else str(found[min(1, len(found) - 1)].number)


def _choice(label: str, name: str, chosen: str, places: dict[str, str]) -> None:
    st.selectbox(label, list(places), format_func=places.get, width=340, **bound(name, chosen, str))


def _version(chosen: str, found: list[Version]) -> Version:
    if chosen.isdigit():
        return next(version for version in found if str(version.number) == chosen)
    return source.version_on(dt.date.fromisoformat(chosen)).published.version


def _draw_difference(earlier: Version, later: Version) -> None:
    """Of the same two versions the same was changed; how it stands is told as of today."""
    before, after = (_register(version) for version in (earlier, later))
    sides = (earlier.number, earlier.digest, later.number, later.digest)
    draw(PANELS.get((_difference, sides, today()), lambda: _difference(before, after, earlier, later, today())))


def _difference(before: Register, after: Register, earlier: Version, later: Version, day: dt.date) -> str:
    previous, current = compare.snapshot(before, day), compare.snapshot(after, day)
    found = compare.compare(previous, current)
    alarms = compare.alarms(previous, current, found)
    names = (f"phiên bản {earlier.number}", f"phiên bản {later.number}")
    figures = tuple(summary.figures(register, day) for register in (before, after))
    return comparison.comparison(found, alarms, *names, *figures, view=address.View())


def _register(version: Version) -> Register:
    reading = reading_of(source.version_of(version.number).published)
    if reading.register is None:
        raise BrokenWorkbook(version, reading.problems)
    return reading.register
