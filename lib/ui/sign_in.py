"""Signing in and out: who sits before this screen. What they may do is asked again by every action itself."""

import os
from pathlib import Path

import streamlit as st

from lib import accounts, settings
from lib.accounts import Person
from lib.clock import now
from lib.errors import DashboardError
from lib.panels import frame, rendering
from lib.session_route import COOKIE, ticket_for
from lib.ui import source
from lib.ui.parts import draw

_TOKEN = "session_token"
_TICKET = "session_ticket"
_cookie = st.components.v2.component("session", js=(Path(__file__).parent / "session.js").read_text(encoding="utf-8"))


def token() -> str | None:
    """What this browser shows to say who it is; None where it says nothing."""
    shown = st.session_state.get(_TOKEN) or st.context.cookies.get(COOKIE)
    return shown if isinstance(shown, str) else None  # without a browser (AppTest) the cookie is a stand-in


def person() -> Person | None:
    """Who is signed in here; None for nobody, or where the session has ended."""
    shown = token()
    if not shown:
        return None
    return accounts.who(source.current_store(), shown, now(), settings.load(os.environ).session_minutes)


def address() -> str:
    """Where the browser is, for the log and for locking; "" where it cannot be told."""
    return st.context.ip_address or ""


def closed() -> bool:
    """Whether figures are for people with an account alone, and nobody is signed in."""
    return settings.load(os.environ).viewing == settings.SIGNED_IN and person() is None


def bring_cookie() -> None:
    """Let the browser fetch or drop its cookie once after signing in or out."""
    if ticket := st.session_state.pop(_TICKET, None):
        _cookie(key="session", data={"ticket": ticket})


def _begin(session: str) -> None:
    st.session_state[_TOKEN] = session
    st.session_state[_TICKET] = ticket_for(session, now())
    st.rerun()


def draw_person() -> None:
    """Who is signed in, and the way out; nothing where nobody is."""
    someone = person()
    if someone is None:
        return
    draw(rendering.render("sign_in_person", person=someone, role=accounts.ROLE_NAMES[someone.role]))
    if st.button("Đăng xuất", key="sign_out"):
        accounts.sign_out(source.current_store(), token(), now())
        if _single_sign_on() and st.user.is_logged_in:
            st.logout()
        st.session_state.pop("update_check", None)
        _begin("")


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
    if accounts.first_code.awaited(the_store):
        _first_form()
        return
    with st.form("sign_in", width=440):
        draw(frame.finding("Đăng nhập"))
        name = st.text_input("Họ tên", autocomplete="username", max_chars=100)
        password = st.text_input("Mật khẩu", type="password", autocomplete="current-password", max_chars=200)
        if st.form_submit_button("Đăng nhập", type="primary"):
            _try(lambda: accounts.sign_in(the_store, name, password, address(), now()))
    if _single_sign_on() and st.button("Đăng nhập bằng tài khoản cơ quan"):
        _single()


def _try(action) -> None:
    try:
        session = action()
    except DashboardError as error:
        draw(frame.message("Chưa đăng nhập được", [str(error)], alarm=True))
        return
    _begin(session)


def _first_form() -> None:
    with st.form("first_account", width=440):
        draw(frame.finding("Tạo tài khoản Thanh tra đầu tiên", "Mã dùng một lần hiện trên cửa sổ lệnh của máy chủ"))
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


def _single() -> None:
    if not st.user.is_logged_in:
        st.login()
        return
    if not st.user.get("email") or st.user.get("email_verified") is False:
        draw(
            frame.message(
                "Chưa đăng nhập được", ["Tài khoản cơ quan không cho biết địa chỉ thư đã xác nhận."], alarm=True
            )
        )
        return
    email, name = st.user["email"], st.user.get("name") or st.user["email"]
    listed = settings.load(os.environ).inspectors
    _try(lambda: accounts.sign_in_single(source.current_store(), email, name, listed, address(), now()))
