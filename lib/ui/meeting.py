"""The projected screen and the page that prepares it: the chosen scenes, in the chosen order, since the chosen day."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from lib import scenes, store, words
from lib.clock import now, today
from lib.errors import DashboardError
from lib.panels import address, meeting, meeting_script, rendering
from lib.panels.meeting import Standing
from lib.scenes import Material, Scene, Since
from lib.ui import source
from lib.ui.board import Board, Then, board, occurrences_then
from lib.ui.choices import address_in_force, bound, local_choice
from lib.ui.kept import PANELS, Kept
from lib.ui.parts import draw

_HERE = Path(__file__).parent
_CHOICES = (address.SCENES, address.FROM, address.PACE)
_LAST = "meeting_last_deck"
_log = logging.getLogger(__name__)


def _script(*names: str) -> str:
    return "\n".join((_HERE / f"meeting_{name}.js").read_text(encoding="utf-8") for name in names)


_deck = st.components.v2.component("meeting", js=_script("pages", "choice", "drive"))
_prepare = st.components.v2.component("meeting_prepare", js=_script("choice", "prepare"))


def draw_meeting() -> None:
    """The deck over everything else. Once it stands, nothing that goes wrong afterwards takes it from the screen."""
    asked = address_in_force(address.MEETING)
    kept_for, kept = st.session_state.get(_LAST, (None, {}))
    try:
        data = _data(asked)
        st.session_state[_LAST] = asked, data
    except Exception as error:
        if kept_for != asked:
            raise
        if not isinstance(error, DashboardError):
            _log.exception("Không dựng được cảnh trình chiếu mới, màn hình giữ bản trước")
        at = words.office_time(now())
        data = kept | {"trouble": f"Lúc {at} chưa dựng được số liệu mới. Màn hình giữ số liệu {kept['said']}."}
    _deck(key="meeting", data=data)


def _data(asked: Mapping[str, str]) -> dict[str, Any]:
    """What the browser needs for an address: the deck, and what to say when it changes."""
    shown = board(asked)
    return {
        "html": _deck_of(shown, address.read_scenes(local_choice(address.SCENES))),
        "style": rendering.meeting_style_sheet(),
        "stamp": f"{shown.version.digest} {shown.as_of}",
        "said": _said(shown),
        "kept": f"Màn hình giữ số liệu {_said(shown)}. Bấm Esc để tải lại hoặc đăng nhập lại.",
        "paces": address.PACES,
        "pace": address.read_pace(local_choice(address.PACE)),
        "leave": address.href(address.OVERVIEW, shown.view),
        "choice": _choice(),
    }


def _deck_of(shown: Board, chosen: tuple[str, ...]) -> str:
    """The chosen scenes, made once for each choice, day and remark."""
    since, remarks = _since(shown), _remarks(shown)
    standing = Standing(shown.plan, shown.version, shown.as_of, shown.view, remarks)
    key = (meeting.deck, shown.standing, since.key, chosen, remarks)
    return PANELS.get(key, lambda: meeting.deck(scenes.arranged(_scenes(shown, since), chosen), standing))


def _said(shown: Board) -> str:
    """Which figures these are."""
    return f"phiên bản {shown.version.label}, chốt đến {words.day(shown.as_of)}"


def _choice() -> dict[str, Any]:
    """What the browser keeps of an address, and the day of the last meeting, which outdates an earlier choice."""
    return {"names": _CHOICES, "since": address.FROM, "met": _last_met()}


def _remarks(shown: Board) -> tuple[str, ...]:
    """What people must know of the data, in a few words."""
    said = []
    if shown.view.data:
        said.append("Không phải số liệu mới nhất")
    if shown.out_of_reach_since:
        said.append(f"Kho số liệu không trả lời từ {words.office_time(shown.out_of_reach_since)}")
    return tuple(said)


@dataclass(frozen=True)
class _Since:
    """The day of the meeting that is compared with, and how it stood then; None for neither."""

    day: dt.date | None
    then: Then | None

    @property
    def key(self) -> tuple:
        """What tells it from others."""
        return self.day, self.then.digest if self.then else ""


def _since(shown: Board) -> _Since:
    day = _since_day(shown)
    return _Since(day, occurrences_then(shown, day) if day else None)


def _scenes(shown: Board, since: _Since) -> list[Scene]:
    """Every scene of the view, since the chosen day."""
    then = Since(since.day, since.then.occurrences) if since.day and since.then else None
    key = (*shown.standing, *since.key)
    return _made.get(
        key,
        lambda: scenes.scenes(Material(shown.register, shown.occurrences, shown.as_of, shown.view, then)),
    )


_made = Kept(16)


def _since_day(shown: Board) -> dt.date | None:
    """The day that the address names, else that of the last recorded meeting; None unless before the as-of date."""
    raw = local_choice(address.FROM) or _last_met()
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        return None
    return day if day < shown.as_of else None


def _last_met() -> str:
    """The last meeting before today as written in an address; "" where none is recorded or nobody can say."""
    try:
        held = source.meetings()
    except store.StoreUnavailable:
        return ""
    return next((held_on.isoformat() for held_on in held if held_on < today()), "")


def draw_preparation(shown: Board) -> None:
    """The day to compare with and the pace; the scenes, each with what it says; the way to the projector."""
    with st.container(key="prepare", horizontal=True, vertical_alignment="bottom", gap="small"):
        _day(shown)
        _pace()
    chosen = address.read_scenes(local_choice(address.SCENES))
    local = {name: local_choice(name) for name in (address.FROM, address.PACE)}
    since = _since(shown)
    key = (meeting_script.script, shown.standing, since.key, chosen, tuple(local.items()))
    draw(PANELS.get(key, lambda: _script_of(shown, since, chosen, local)))
    _prepare(key="meeting_prepare", data={"choice": _choice(), "address": dict(st.query_params)})


def _script_of(shown: Board, since: _Since, chosen: tuple[str, ...], local: Mapping[str, str]) -> str:
    found = {scene.code: scene for scene in _scenes(shown, since)}
    everything = scenes.known(shown.narrowed_to(year=None, section=None).departments().index)
    return meeting_script.script(everything, found, chosen, shown.view, local)


def _day(shown: Board) -> None:
    st.date_input(
        "So với cuộc họp ngày",
        max_value=shown.as_of - dt.timedelta(days=1),
        min_value=dt.date(shown.plan.first_year - 1, 1, 1),
        format="DD/MM/YYYY",
        width=220,
        help="Cảnh Thay đổi so tình hình hôm nay với tình hình của ngày này, theo đúng số liệu của ngày ấy.",
        **bound(address.FROM, _since_day(shown), lambda day: day.isoformat() if day else ""),
    )


def _pace() -> None:
    st.selectbox(
        "Khi tự chạy, mỗi cảnh",
        address.PACES,
        format_func=lambda seconds: f"{seconds} giây",
        width=190,
        **bound(address.PACE, address.read_pace(local_choice(address.PACE)), str),
    )
