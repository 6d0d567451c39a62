"""Sáng, tối hoặc theo máy: the reader's choice, kept in the browser. The same script says aloud what has changed."""

from pathlib import Path

import streamlit as st

from lib.panels.rendering import render

_HERE = Path(__file__).parent
EARLY = (_HERE / "appearance_early.js").read_text(encoding="utf-8")
"""To be run before Streamlit's own script where the page can; it does nothing the second time."""

_choices = st.components.v2.component(
    "appearance",
    html=render("appearance"),
    js=EARLY + (_HERE / "appearance.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_appearance() -> None:
    """The choices, for the foot of the sidebar."""
    _choices(key="appearance")
