"""Tổng quan: how much of what has come due is done, who is late, what needs a decision, are models on target."""

import streamlit as st

from lib import explain, ui
from lib.panels import address, attention, bars, frame, models, plan_map, tiles
from lib.ui import Board


def left(board: Board) -> None:
    """The whole plan in one map, and its sections."""
    sections = board.figure("by_section")
    finding = explain.map_finding(sections, board.figure("by_year"))
    page = plan_map.read_page(ui.local_choice(address.PAGE), board.occurrences)
    ui.draw(plan_map.plan_map(finding, board.occurrences, board.register, board.view, page))
    ui.draw(bars.sections_panel(explain.section_finding(sections), sections, board.view))


def right(board: Board) -> None:
    """Departments, models, what needs attention."""
    departments = board.departments()
    ui.draw(bars.departments_panel(explain.department_finding(departments), departments, board.view))
    finding = explain.models_finding(board.models_table())
    ui.draw(models.models_strip(finding, board.model_years(), board.register))
    ui.draw(attention.attention(board.attention, board.plan.reminder_days, board.view))


def whole(board: Board) -> None:
    """The sentence and the tiles over two columns."""
    counts = board.figure("counts")
    ui.draw(frame.headline(explain.headline(counts, board.as_of, board.figure("unassigned"))))
    ui.draw(tiles.tiles(counts, board.attention, board.current_model_year(), board.plan, board.view))
    columns = st.columns([1.22, 1])
    with columns[0], ui.column("left"):
        left(board)
    with columns[1], ui.column("right"):
        right(board)


with ui.page("Tổng quan", address.OVERVIEW) as board:
    if board.occurrences.empty:
        ui.draw(frame.nothing(board.view, address.OVERVIEW, board.register))
    else:
        whole(board)
