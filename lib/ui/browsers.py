"""Which browser a session of somebody signed in belongs to, told by the token that Streamlit gives each browser."""

import threading
from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

MOST = 1000
"""So many sessions are known at once; the one that was seen longest ago is forgotten first."""

_lock = threading.Lock()
_browsers: dict[str, bytes] = {}


def remember() -> None:
    """Somebody is signed in here: from now on this session is this browser's alone. One without cookies stays free."""
    context, token = get_script_run_ctx(), _token(st.context.cookies)
    if context is None or token is None:
        return
    with _lock:
        _browsers.pop(context.session_id, None)
        _browsers[context.session_id] = token
        while len(_browsers) > MOST:
            del _browsers[next(iter(_browsers))]


def same(session: str, cookies: Mapping[str, str]) -> bool:
    """Whether a browser with these cookies may go on with the session of this name."""
    with _lock:
        mine = _browsers.get(session)
    return mine is None or mine == _token(cookies)


def _token(cookies: Mapping[str, str]) -> bytes | None:
    """What stays the same in a cookie that is masked anew each time."""
    said = cookies.get(XSRF_COOKIE_NAME)
    return decode_xsrf_token_string(said)[0] if isinstance(said, str) else None
