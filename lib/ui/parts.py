"""Parts of pages that need widgets: a chart that can be clicked, the detail of a choice."""

import logging
from typing import Any

import streamlit as st

from lib import figures
from lib.errors import DashboardError
from lib.panels import address, frame
from lib.ui import drawn, first_view
from lib.ui.board import Board
from lib.ui.choices import local_choice
from lib.ui.drawn import Chart

_log = logging.getLogger(__name__)


def draw(html: str) -> None:
    """Put a panel on the page."""
    first_view.note(html)
    st.html(html)


def refuse(heading: str, error: DashboardError) -> None:
    """Say in its own words why something was not done; what lies behind it, which people must not read, is logged."""
    if error.__cause__ is not None:
        _log.warning("%s", heading, exc_info=error)
    draw(frame.message(heading, [str(error)], alarm=True))


def chart(shown: Chart, key: str, clickable: bool = True) -> list[str] | None:
    """Draw a figure under its heading and over its table; the clicked piece's `customdata`, None while none was.

    What a click opens must be a link in the table as well: a chart has no keyboard.
    """
    options: dict[str, Any] = {"key": key, "alt": shown.alt, "config": figures.CONFIG, "theme": None}
    with st.container(key=f"card-{key}", gap="xsmall"):
        draw(shown.heading)
        if not clickable:
            st.plotly_chart(shown.figure, **options)
            draw(shown.beneath)
            return None
        event = st.plotly_chart(shown.figure, on_select="rerun", selection_mode="points", **options)
        draw(shown.beneath)
    points = event.selection.points
    return list(points[0]["customdata"]) if points else None


def draw_nothing(board: Board, here: str) -> None:
    """That there is nothing in view, and the way out."""
    draw(frame.nothing(board.view, here, board.register))


def draw_detail(board: Board, here: str) -> None:
    """The chosen department or section: a sentence, its composition, its years, its occurrences."""
    if board.occurrences.empty:
        draw_nothing(board, here)
        return
    draw(drawn.headline(board))
    draw(drawn.whole_bar(board))
    draw(drawn.occurrence_list(board, here, local_choice(address.PAGE)))
