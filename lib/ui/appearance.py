"""Sáng, tối hoặc theo máy: the reader's choice. The same script says aloud what has changed.

The browser keeps the choice; `EARLY`, which `lib.shell` puts before Streamlit's own script, obeys it.
"""

from pathlib import Path

import streamlit as st

from lib.panels.rendering import render

_HERE = Path(__file__).parent
EARLY = (_HERE / "appearance_early.js").read_text(encoding="utf-8")

_choices = st.components.v2.component(
    "appearance",
    html=render("appearance"),
    js=(_HERE / "appearance.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_appearance() -> None:
    """The choices, for the foot of the sidebar."""
    _choices(key="appearance")
