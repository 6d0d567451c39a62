"""Parts of pages that need widgets: a chart that can be clicked, the detail of a choice."""

import logging
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from lib import explain, figures
from lib.errors import DashboardError
from lib.panels import address, bars, frame, tasks
from lib.ui import first_view
from lib.ui.board import Board
from lib.ui.choices import local_choice

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


def chart(
    heading: str, figure: go.Figure, key: str, alt: str, beneath: str, clickable: bool = True
) -> list[str] | None:
    """Draw a figure under its heading and over its table; the clicked piece's `customdata`, None while none was.

    `alt` says the figures in words; what a click opens must be a link in `beneath` as well: a chart has no keyboard.
    """
    options: dict[str, Any] = {"key": key, "alt": alt, "config": figures.CONFIG, "theme": None}
    with st.container(key=f"card-{key}", gap="xsmall"):
        draw(heading)
        if not clickable:
            st.plotly_chart(figure, **options)
            draw(beneath)
            return None
        event = st.plotly_chart(figure, on_select="rerun", selection_mode="points", **options)
        draw(beneath)
    points = event.selection.points
    return list(points[0]["customdata"]) if points else None


def draw_detail(board: Board, here: str) -> None:
    """The chosen department or section: a sentence, its composition, its years, its occurrences."""
    counts, occurrences = board.figure("counts"), board.occurrences
    if occurrences.empty:
        draw(frame.nothing(board.view, here, board.register))
        return
    draw(frame.headline(explain.headline(counts, board.as_of, board.figure("unassigned"))))
    held = explain.list_finding(board.figure("looks"))
    rows, years = bars.whole_bar(counts, board.figure("looks"), board.view), board.figure("by_year")
    rows += bars.year_bars(years, board.view) if board.view.year is None else []
    finding = f"Năm {board.view.year}: {held}" if board.view.year else explain.year_finding(years)
    draw(bars.bars(finding, "Lượt theo trạng thái · tỷ lệ hoàn thành trên số đến hạn", rows))
    page = address.read_page(local_choice(address.PAGE), tasks.page_count(occurrences))
    draw(tasks.task_table(occurrences, board.moved, board.view, page, here, {}, title=held))
