"""Links inside the dashboard: real addresses that, on a plain click, open without reloading the program."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from lib.panels import address
from lib.panels.address import View
from lib.ui.choices import remember

_PAGES = "pages_by_path"
_clicks = st.components.v2.component("links", js=(Path(__file__).parent / "links.js").read_text(encoding="utf-8"))


def follow_clicks(pages: Iterable[Any]) -> None:
    """Answer clicks on `a[data-go]` without a reload; `pages` are those of st.navigation, for `open_tasks`."""
    st.session_state[_PAGES] = {page.url_path: page for page in pages}
    _clicks(key="links")


def open_page(path: str, **parameters: str) -> NoReturn:
    """Leave for the page at `path`."""
    remember(path, parameters)
    st.switch_page(st.session_state[_PAGES][path], query_params=parameters)


def open_tasks(view: View, **local: str) -> NoReturn:
    """Leave for the list of tasks of `view`; `local` are that list's parameters, as in `panels.address.href`."""
    query = urlsplit(address.href(address.TASKS, view, **local)).query
    open_page(address.TASKS, **dict(parse_qsl(query)))
