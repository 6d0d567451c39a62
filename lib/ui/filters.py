"""The choices at the top of every page: year, department, section, as-of date and whose data."""

import datetime as dt

import streamlit as st

from lib.clock import today
from lib.panels import address
from lib.ui import drawn
from lib.ui.board import Board
from lib.ui.choices import bound


def draw_filters(board: Board) -> None:
    """The widgets, showing the board's view."""
    _year(board)
    _unit(board)
    _section(board)
    _day(board)
    if board.as_of < today() and not board.view.data.isdigit():
        _data(board)


def _whole(board: Board) -> Board:
    """The same day and data, nothing left out."""
    return board.narrowed_to(year=None, unit=None, section=None)


def _year(board: Board) -> None:
    st.segmented_control(
        "Năm",
        ["", *map(str, board.plan.years)],
        format_func=lambda year: year or "Cả giai đoạn",
        required=True,
        wrap=True,
        label_visibility="collapsed",
        **bound(address.YEAR, str(board.view.year or ""), str),
    )


def _unit(board: Board) -> None:
    """Units that lead something, in sheet order; the chosen one in any case."""
    leading = drawn.leading_units(_whole(board))
    chosen = board.view.unit or ""
    st.selectbox(
        "Phòng tham mưu",
        ["", *leading] if chosen in ("", *leading) else ["", *leading, chosen],
        format_func=lambda unit: unit or "Tất cả phòng",
        label_visibility="collapsed",
        width=200,
        **bound(address.UNIT, chosen, str),
    )


def _section(board: Board) -> None:
    labels = drawn.section_labels(_whole(board))
    st.selectbox(
        "Mục",
        list(labels),
        format_func=labels.get,
        label_visibility="collapsed",
        width=150,
        **bound(address.SECTION, board.view.section or "", str),
    )


def _day(board: Board) -> None:
    first, last = address.days_allowed(board.register)
    st.date_input(
        "Tính đến ngày",
        min_value=min(first, today()),
        max_value=max(last, today()),
        format="DD/MM/YYYY",
        label_visibility="collapsed",
        width=215,
        **bound(address.DAY, board.as_of, _written_day),
    )


def _data(board: Board) -> None:
    """On a day that has passed: the data that were published then instead of those of now."""
    st.checkbox(
        "Số liệu của ngày đó",
        help="Xem đúng bảng theo dõi như đã hiện vào cuối ngày đã chọn: số liệu của ngày đó, trạng thái của ngày đó.",
        **bound(address.DATA, bool(board.view.data), lambda chosen: address.OF_THE_DAY if chosen else ""),
    )


def _written_day(day: dt.date | None) -> str:
    """Today is the default: a view of today goes on being of today when it is opened tomorrow."""
    return "" if day is None or day == today() else day.isoformat()
