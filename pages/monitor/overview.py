"""Tổng quan: how much of what has come due is done, who is late, what needs a decision, are models on target."""

import streamlit as st

from lib import ui
from lib.panels import address
from lib.ui import Board, drawn


def left(board: Board) -> None:
    """The whole plan in one map, and its sections."""
    ui.draw(drawn.whole_map(board, ui.local_choice(address.PAGE)))
    ui.draw(drawn.sections_panel(board))


def right(board: Board) -> None:
    """Departments, models, what needs attention."""
    ui.draw(drawn.departments_panel(board))
    ui.draw(drawn.models_strip(board))
    ui.draw(drawn.attention_panel(board))


def whole(board: Board) -> None:
    """The sentence and the tiles over two columns."""
    ui.draw(drawn.headline(board))
    ui.draw(drawn.tile_row(board))
    columns = st.columns([1.22, 1])
    with columns[0], ui.column("left"):
        left(board)
    with columns[1], ui.column("right"):
        right(board)


with ui.page("Tổng quan", address.OVERVIEW) as board:
    if board.occurrences.empty:
        ui.draw_nothing(board, address.OVERVIEW)
    else:
        whole(board)
