"""The frame around every page, and the places where something that went wrong becomes a message."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.errors import DashboardError
from lib.panels import frame as panels
from lib.panels import rendering
from lib.ui.board import Board, BrokenWorkbook, board
from lib.ui.choices import address_in_force
from lib.ui.filters import draw_filters
from lib.ui.parts import draw


def style() -> None:
    """The style sheet of everything drawn with HTML."""
    st.html(f"<style>{rendering.style_sheet()}</style>")


@contextmanager
def page(title: str, path: str) -> Iterator[Board]:
    """The frame of the page at `path`: title, filters, banner, remarks above; where the figures come from below.

    Gives the board of the chosen view. A plan without tasks gets a page that says what to do instead.
    """
    shown = board(address_in_force(path))
    with st.sidebar:
        draw(panels.brand(shown.plan))
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
        draw(panels.title(title, shown.plan))
        draw_filters(shown)
    _remarks(shown, path)
    yield shown
    _warnings(shown)
    draw(panels.caption(shown.version, shown.saved_at, shown.as_of, shown.plan.sample))


def _remarks(shown: Board, path: str) -> None:
    """What a reader must know before the figures."""
    if shown.plan.sample:
        draw(panels.sample_banner())
    if shown.notes:
        draw(panels.notes(shown.notes))
    if shown.view.narrowed:
        draw(panels.narrowed(shown.view, path))


def _warnings(shown: Board) -> None:
    """The workbook's warnings, folded away under their number."""
    if shown.problems:
        with st.expander(panels.warning_count(len(shown.problems))):
            draw(panels.problems(shown.problems))


def show_error(error: DashboardError) -> None:
    """An error a person can mend, in its own words; a workbook's problems as a table."""
    if isinstance(error, BrokenWorkbook):
        draw(panels.message(str(error), _HOW_TO_MEND, alarm=True))
        draw(panels.problems(error.problems))
        return
    draw(panels.message("Chưa xem được số liệu", [str(error)], alarm=True))


_HOW_TO_MEND = [
    "Mỗi dòng dưới đây chỉ rõ trang, ô và điều cần ghi lại.",
    "Sửa trong tệp Excel, lưu lại rồi mở lại trang này.",
]


def show_bug() -> None:
    """A fault of the program: calm words, the rest is in the log."""
    sentences = [
        "Chương trình gặp trục trặc khi dựng trang này; số liệu đã lưu không bị ảnh hưởng.",
        "Hãy tải lại trang. Nếu vẫn vậy, báo người phụ trách kèm thời điểm gặp lỗi: chi tiết đã ghi trong nhật ký.",
    ]
    draw(panels.message("Trang này chưa hiển thị được", sentences, alarm=True))
