"""The list of occurrences: search, filters of its own, files to take away."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lib import exports, words
from lib.panels import address, attention
from lib.ui.board import Board
from lib.ui.choices import bound, local_choice

CHOICES = (address.WORDS, address.LOOK, address.GROUP)


def search_choices() -> Mapping[str, str]:
    """The list's own choices as address parameters."""
    return {name: local_choice(name) for name in CHOICES}


def draw_search(board: Board) -> tuple[tuple[words.Look, ...], str, str]:
    """The widgets, and what they say, as `Board.found` is told it."""
    looks = address.read_looks(local_choice(address.LOOK))
    group = attention.GROUP_OF_NAME.get(local_choice(address.GROUP), "")
    with st.container(key="search", horizontal=True, vertical_alignment="bottom", gap="small"):
        _words()
        _looks(looks)
        _group(group, board.plan.reminder_days)
    return looks, group, local_choice(address.WORDS)


def _words() -> None:
    st.text_input(
        "Tìm trong nhiệm vụ",
        placeholder="Gõ từ cần tìm, không cần dấu",
        **bound(address.WORDS, local_choice(address.WORDS), str.strip),
    )


def _looks(chosen: tuple[words.Look, ...]) -> None:
    st.multiselect(
        "Trạng thái",
        list(words.Look),
        format_func=lambda look: f"{words.SIGNS[look].mark} {words.LOOK_LABELS[look]}",
        placeholder="Mọi trạng thái",
        **bound(address.LOOK, list(chosen), lambda looks: ",".join(address.LOOK_NAMES[look] for look in looks)),
    )


def _group(chosen: str, reminder_days: int) -> None:
    labels = attention.group_labels(reminder_days)
    st.selectbox(
        "Cần chú ý",
        ["", *labels],
        format_func=lambda group: labels.get(group, "Tất cả"),
        width=250,
        **bound(address.GROUP, chosen, lambda group: attention.GROUP_NAMES.get(group, "")),
    )


def draw_downloads(board: Board, found: pd.DataFrame) -> None:
    """How many were found, and the two files; each is made when it is asked for."""
    name = f"nhiem-vu-{board.as_of:%Y%m%d}-pb{board.version.number}"
    with st.container(key="downloads", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="kh found"><b>{words.number(len(found))}</b> lượt</p>')
        st.download_button("Tải Excel", lambda: exports.xlsx(found), f"{name}.xlsx", on_click="ignore")
        st.download_button("Tải CSV", lambda: exports.csv(found), f"{name}.csv", "text/csv", on_click="ignore")
