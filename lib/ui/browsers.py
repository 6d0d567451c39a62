"""Which browser a session of somebody signed in belongs to, told by the token that Streamlit gives each browser."""

from collections.abc import Mapping

import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from lib.ui.of_sessions import OfSessions

_browsers: OfSessions[bytes] = OfSessions()


def remember() -> None:
    """Somebody is signed in here: from now on this session is this browser's alone. One without cookies stays free."""
    _browsers.remember(_token(st.context.cookies))


def same(session: str, cookies: Mapping[str, str]) -> bool:
    """Whether a browser with these cookies may go on with the session of this name."""
    mine = _browsers.known(session)
    return mine is None or mine == _token(cookies)


def _token(cookies: Mapping[str, str]) -> bytes | None:
    """What stays the same in a cookie that is masked anew each time."""
    said = cookies.get(XSRF_COOKIE_NAME)
    return decode_xsrf_token_string(said)[0] if isinstance(said, str) else None
