"""Signing in and out: who sits before this screen. What they may do is asked again by every action itself."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lib import accounts, settings
from lib.accounts import Person
from lib.clock import now
from lib.errors import DashboardError
from lib.panels import frame, rendering
from lib.session_route import COOKIE, ticket_for
from lib.store import StoreUnavailable
from lib.ui import browsers, source, uploading
from lib.ui.kept import once
from lib.ui.parts import draw, refuse

_TOKEN = "session_token"
_TICKET = "session_ticket"
_LAST_KNOWN = "session_last_known"
JUST_NOW = dt.timedelta(minutes=5)
"""So long after the office's own sign-in sent somebody back here they are not asked to press the button again."""
_cookie = st.components.v2.component("session", js=(Path(__file__).parent / "session.js").read_text(encoding="utf-8"))


def token() -> str | None:
    """What this browser shows to say who it is; None where it says nothing."""
    shown = st.session_state.get(_TOKEN) or st.context.cookies.get(COOKIE)
    return shown if isinstance(shown, str) else None  # without a browser (AppTest) the cookie is a stand-in


def person() -> Person | None:
    """Who is signed in here; None for nobody, or where the session has ended.

    While the database does not answer, whoever was signed in last on this screen: it goes on showing the last good
    figures, and nothing can be published meanwhile.
    """
    shown = token()
    if not shown:
        return None
    try:
        minutes = source.settings_in_force().session_minutes
        found = accounts.holder(source.current_store(), source.session(shown), now(), minutes)
    except StoreUnavailable:
        known_by, found = st.session_state.get(_LAST_KNOWN, (None, None))
        return found if known_by == shown else None
    st.session_state[_LAST_KNOWN] = shown, found
    if found is not None:
        browsers.remember()
    return found


def address() -> str:
    """Where the browser is, for the log and for locking; "" where it cannot be told."""
    found = st.context.ip_address
    return found if isinstance(found, str) else ""  # as with the cookie


def closed() -> bool:
    """Whether figures are for people with an account alone, and nobody is signed in."""
    return source.settings_in_force().viewing == settings.SIGNED_IN and person() is None


def bring_cookie() -> None:
    """Let the browser fetch or drop its cookie once after signing in or out; the office's own sign-in ends here too."""
    if _TOKEN not in st.session_state and _single_sign_on() and _just_vouched_for() and person() is None:
        _begin(_single())
    if ticket := st.session_state.pop(_TICKET, None):
        _cookie(key="session", data={"ticket": ticket})


def _begin(session: str) -> None:
    st.session_state.pop(_LAST_KNOWN, None)
    st.session_state[_TOKEN] = session
    st.session_state[_TICKET] = ticket_for(session, now())
    st.rerun()


def draw_person() -> None:
    """Who is signed in, and the way out; nothing where nobody is."""
    someone = person()
    if someone is None:
        return
    draw(once(_person_panel, someone))
    if st.button("Đăng xuất", key="sign_out"):
        accounts.sign_out(source.current_store(), token(), now())
        if _single_sign_on() and st.user.is_logged_in:
            st.logout()
        st.session_state.pop("update_check", None)
        uploading.let_go()
        _begin("")


def _person_panel(someone: Person) -> str:
    return rendering.render("sign_in_person", person=someone, role=accounts.ROLE_NAMES[someone.role])


def draw_sign_in() -> None:
    """The page of signing in: the form, or that it is done already."""
    someone = person()
    if someone is None:
        sign_in_form()
        return
    draw(frame.message(f"Bạn đã đăng nhập: {someone.shown_name}", ["Chọn trang ở cột bên trái để làm việc."]))


def sign_in_form() -> None:
    """Name and password; the office's own sign-in where there is one; the first account where there is none."""
    the_store = source.current_store()
    first = accounts.first_code.awaited(the_store)
    if first:
        _first_form()
    if not first or source.people():
        _local_form()
    if _single_sign_on() and st.button("Đăng nhập bằng tài khoản cơ quan"):
        if st.user.is_logged_in:
            _try(_single)
        else:
            st.login()


def _local_form() -> None:
    with st.form("sign_in", width=440):
        draw(once(frame.finding, "Đăng nhập"))
        name = st.text_input("Họ tên", autocomplete="username", max_chars=100)
        password = st.text_input("Mật khẩu", type="password", autocomplete="current-password", max_chars=200)
        if st.form_submit_button("Đăng nhập", type="primary"):
            _try(lambda: accounts.sign_in(source.current_store(), name, password, address(), now()))


def _try(action: Callable[[], str]) -> None:
    try:
        session = action()
    except DashboardError as error:
        refuse("Chưa đăng nhập được", error)
        return
    _begin(session)


def _first_form() -> None:
    with st.form("first_account", width=440):
        draw(
            once(frame.finding, "Tạo tài khoản Thanh tra đầu tiên", "Mã dùng một lần hiện trên cửa sổ lệnh của máy chủ")
        )
        code = st.text_input("Mã dùng một lần", max_chars=30)
        name = st.text_input("Họ tên", autocomplete="username", max_chars=60)
        password = st.text_input("Mật khẩu", type="password", autocomplete="new-password", max_chars=200)
        again = st.text_input("Gõ lại mật khẩu", type="password", autocomplete="new-password", max_chars=200)
        if st.form_submit_button("Tạo tài khoản", type="primary"):
            _try(lambda: _first(code, name, password, again))


def _first(code: str, name: str, password: str, again: str) -> str:
    if password != again:
        raise DashboardError("Hai lần gõ mật khẩu không giống nhau. Gõ lại.")
    the_store = source.current_store()
    accounts.first_code.add_first(the_store, code, name, password, address(), now())
    return accounts.sign_in(the_store, name, password, address(), now())


def _single_sign_on() -> bool:
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _just_vouched_for() -> bool:
    """Whether the office's own sign-in has just sent this browser back."""
    issued = st.user.get("iat") if st.user.is_logged_in else None
    return isinstance(issued, int | float) and abs(now().timestamp() - issued) < JUST_NOW.total_seconds()


def _single() -> str:
    """A session for whoever the office's own sign-in vouches for. The list of inspectors is one of e-mail addresses, so
    it counts only for an address that was verified: some services let people write any address they like."""
    verified = str(st.user.get("email_verified")).lower() == "true"
    account = st.user.get("email") or st.user["sub"]
    listed = source.settings_in_force().inspectors if verified else ()
    shown_name = st.user.get("name") or account
    return accounts.sign_in_single(source.current_store(), account, shown_name, listed, address(), now())
