"""Tài khoản: the list, a new account, a new password, locking. Every action asks for the right itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import streamlit as st

from lib import accounts
from lib.accounts import Person, Role
from lib.clock import now
from lib.errors import DashboardError
from lib.panels import frame, rendering
from lib.ui import sign_in, source
from lib.ui.kept import once
from lib.ui.parts import draw, refuse

_DONE = "accounts_done"
_ROUND = "accounts_round"


def draw_accounts() -> None:
    """The list and the three forms, for an inspector alone."""
    _reader()
    if said := st.session_state.pop(_DONE, None):
        draw(frame.notes([said]))
    found = source.people()
    draw(once(_list, tuple(found)))
    left, middle, right = st.columns(3)
    with left:
        _add_form()
    with middle:
        _password_form(found)
    with right:
        _lock_form(found)


def _list(found: tuple[Person, ...]) -> str:
    return rendering.render("accounts", people=found, roles=accounts.ROLE_NAMES)


def _reader() -> Person:
    """Who reads the list, asked by their session itself, whatever was found before."""
    shown, minutes = sign_in.token(), source.settings_in_force().session_minutes
    found = source.session(shown) if shown else None
    return accounts.inspector(accounts.holder(source.current_store(), found, now(), minutes))


def _inspector() -> Person:
    minutes = source.settings_in_force().session_minutes
    return accounts.require_inspector(source.current_store(), sign_in.token(), now(), minutes)


def _act(action: Callable[[Person], None], said: str) -> None:
    """Do `action` as the inspector who is signed in, who is looked up anew."""
    try:
        action(_inspector())
    except DashboardError as error:
        refuse("Chưa làm được", error)
        return
    st.session_state[_DONE] = said
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _form(name: str) -> AbstractContextManager:
    """A form that is empty again once something was done: a password must not stay in it."""
    return st.form(f"{name}_{st.session_state.get(_ROUND, 0)}")


def _add_form() -> None:
    with _form("add_account"):
        draw(once(frame.finding, "Thêm tài khoản"))
        name = st.text_input("Họ tên", max_chars=60, autocomplete="off")
        role = st.selectbox("Vai trò", list(Role)[::-1], format_func=accounts.ROLE_NAMES.get)
        password = st.text_input("Mật khẩu", type="password", autocomplete="new-password", max_chars=200)
        if st.form_submit_button("Thêm"):
            _act(lambda by: _add(name, password, role, by), f"Đã thêm tài khoản {name}.")


def _add(name: str, password: str, role: Role, by: Person) -> None:
    accounts.add(source.current_store(), name, password, role, now(), by.shown_name, sign_in.address())


def _password_form(found: list[Person]) -> None:
    with _form("set_password"):
        draw(once(frame.finding, "Đặt mật khẩu mới"))
        name = st.selectbox("Tài khoản", [person.shown_name for person in found], placeholder=NOBODY)
        password = st.text_input("Mật khẩu mới", type="password", autocomplete="new-password", max_chars=200)
        if st.form_submit_button("Đặt mật khẩu") and name:
            _act(lambda by: _set_password(name, password, by), f"Đã đặt mật khẩu mới cho {name}.")


def _set_password(name: str, password: str, by: Person) -> None:
    accounts.set_password(source.current_store(), name, password, now(), by.shown_name, sign_in.address())


def _lock_form(found: list[Person]) -> None:
    with _form("lock_account"):
        draw(once(frame.finding, "Khóa, mở khóa"))
        name = st.selectbox("Tài khoản cần khóa hoặc mở", [person.shown_name for person in found], placeholder=NOBODY)
        active = st.radio("Việc cần làm", [False, True], format_func=_LOCKING.get, horizontal=True)
        if st.form_submit_button("Thực hiện") and name:
            _act(lambda by: _set_active(name, active, by), f"Đã {_LOCKING[active].lower()} tài khoản {name}.")


NOBODY = "Chưa có tài khoản nào"
_LOCKING = {False: "Khóa", True: "Mở khóa"}


def _set_active(name: str, active: bool, by: Person) -> None:
    accounts.set_active(source.current_store(), name, active, now(), by.shown_name, sign_in.address())
