"""Sáng, tối hoặc theo máy: the reader's choice. The same script says aloud what has changed.

The browser keeps the choice; `lib/shell/appearance.js` obeys it before the page is drawn.
"""

from pathlib import Path

import streamlit as st

from lib.panels.rendering import render

_choices = st.components.v2.component(
    "appearance",
    html=render("appearance"),
    js=(Path(__file__).parent / "appearance.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_appearance() -> None:
    """The choices, for the foot of the sidebar."""
    _choices(key="appearance")
