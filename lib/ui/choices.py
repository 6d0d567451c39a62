"""What a person has chosen, kept in the address and from page to page.

The address is the truth: every widget shows what it says, and a changed widget changes it. A page opened from the
sidebar has an empty address; it goes on with the year, department, section and day of the page before.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.panels import address

_ADDRESS = "address"
_PAGE = "address_page"
KNOWN = frozenset(address.HELD + address.LOCAL)


def address_in_force(page: str) -> Mapping[str, str]:
    """The parameters that hold on `page` in this run; the browser's address is made to say the same."""
    now = {name: value for name, value in st.query_params.to_dict().items() if name in KNOWN}
    before = st.session_state.get(_ADDRESS, {})
    if not now and page != st.session_state.get(_PAGE, page) and not _went_back():
        now = {name: before[name] for name in address.HELD if name in before}
        if now:
            st.query_params.from_dict(now)
    st.session_state[_PAGE] = page
    st.session_state[_ADDRESS] = now
    return now


def _went_back() -> bool:
    """Whether this run answers the browser's back or forward button, which asks for that very address."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def remember(page: str, parameters: Mapping[str, str]) -> None:
    """Make `parameters` the address of `page`, which is about to be opened with them."""
    st.session_state[_PAGE] = page
    st.session_state[_ADDRESS] = dict(parameters)


def local_choice(name: str) -> str:
    """A parameter of the list on this page, "" where the address has none."""
    return st.session_state.get(_ADDRESS, {}).get(name, "")


def bound(name: str, shown: Any, written: Callable[[Any], str]) -> dict[str, Any]:
    """The arguments that tie a widget to parameter `name`.

    `shown` is the value the widget has to show now; `written` turns a value of the widget into the address, "" for the
    default.
    """
    key = f"choice_{name}"
    st.session_state[key] = shown
    return {"key": key, "on_change": _changed, "args": (name, key, written)}


def _changed(name: str, key: str, written: Callable[[Any], str]) -> None:
    """Write a widget's new value into the address; a list starts again at its first page."""
    value = written(st.session_state[key])
    dropped = {name, address.PAGE, *([address.TASK] if name in address.HELD else [])}
    kept = {other: text for other, text in st.session_state.get(_ADDRESS, {}).items() if other not in dropped}
    st.session_state[_ADDRESS] = kept | ({name: value} if value else {})
    st.query_params.from_dict(st.session_state[_ADDRESS])
