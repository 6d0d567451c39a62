"""The frame around every page, and the places where something that went wrong becomes a message."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from jinja2 import TemplateError

from lib.errors import DashboardError
from lib.panels import frame as panels
from lib.panels import rendering
from lib.panels.address import UPDATE, View, href
from lib.publishing import describe
from lib.store import Version
from lib.ui import drawn, first_view, sign_in, source
from lib.ui.appearance import draw_appearance
from lib.ui.board import Board, BrokenWorkbook, board
from lib.ui.choices import address_in_force
from lib.ui.filters import draw_filters
from lib.ui.kept import once
from lib.ui.parts import draw, refuse
from lib.words import office_time
from lib.workbook.register import Plan


def admitted() -> bool:
    """Whether whoever looks may see figures; where viewing is closed and nobody has signed in, asks for it instead."""
    if not sign_in.closed():
        return True
    sign_in.sign_in_form()
    return False


def style() -> None:
    """The style sheet of everything drawn with HTML."""
    st.html(once(rendering.style_element))


@contextmanager
def page(title: str, path: str) -> Iterator[Board]:
    """The frame of the page at `path`: title, filters, banner, remarks above; where the figures come from below.

    Gives the board of the chosen view. A plan without tasks gets a page that says what to do instead.
    """
    asked = address_in_force(path)
    before = first_view.standing(path, asked)
    shown = board(asked)
    sidebar(shown.plan, shown.version)
    with first_view.taken(before, asked):
        with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
            draw(once(panels.title, title, shown.plan))
            draw_filters(shown)
        _remarks(shown, path)
        yield shown
    _warnings(shown)
    draw(drawn.caption(shown))


def sidebar(plan: Plan | None, version: Version) -> None:
    """Whose figures these are, over the navigation; under it who is signed in, and the version on the screen."""
    with st.sidebar:
        with st.container(key="brand"):
            if plan:
                draw(once(panels.brand, plan))
        with st.container(key="foot", gap="small"):
            sign_in.draw_person()
            draw_appearance()
            draw(once(panels.published_by, version))


def _remarks(shown: Board, path: str) -> None:
    """What a reader must know before the figures."""
    if shown.view.data:
        draw(drawn.past(shown, path))
    troubles(shown)
    if shown.plan.sample:
        draw(once(panels.sample_banner))
    if shown.notes:
        draw(panels.notes(shown.notes))
    if shown.view.narrowed:
        draw(once(panels.narrowed, shown.view, path))


def troubles(shown: Board) -> None:
    """What does not work while the last good figures stay: the database, the shared workbook."""
    show_out_of_reach(shown.out_of_reach_since)
    state = source.shared_state()
    if state and (said := describe(state, shown.version)):
        draw(panels.trouble(*said, link=href(UPDATE, View()), link_text="Thanh tra xử lý"))


def show_out_of_reach(since: dt.datetime | None) -> None:
    """That the database has not answered since then, where it does not."""
    if since:
        draw(panels.trouble(f"Kho số liệu không trả lời từ {office_time(since)}.", [_LAST_GOOD]))


_LAST_GOOD = "Màn hình vẫn hiển thị phiên bản đọc được gần nhất; số liệu mới sẽ tự hiện khi kho hoạt động lại."


def _warnings(shown: Board) -> None:
    """The workbook's warnings, folded away under their number."""
    if shown.problems:
        with st.expander(panels.warning_count(len(shown.problems))):
            draw(drawn.warnings(shown))


def show_error(error: DashboardError) -> None:
    """An error a person can mend, in its own words; a workbook's problems as a table."""
    if isinstance(error, BrokenWorkbook):
        draw(panels.message(str(error), _HOW_TO_MEND, alarm=True))
        draw(panels.problems(error.problems))
        return
    refuse("Chưa xem được số liệu", error)


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
    heading = "Trang này chưa hiển thị được"
    try:
        draw(panels.message(heading, sentences, alarm=True))
    except TemplateError:  # the very template of messages is missing; the fault itself is in the log already
        st.error("\n\n".join((heading, *sentences)))
