"""The calendar of deadlines: its address and its file; links that can be revoked where viewing is closed."""

from collections.abc import Callable
from urllib.parse import quote

import streamlit as st

from lib import settings, store, summary
from lib.errors import DashboardError
from lib.panels import address, documents, frame
from lib.reports import calendar_access, deadlines, making
from lib.reports.making import Material
from lib.reports.scope import Scope
from lib.ui import sign_in, source
from lib.ui.kept import PANELS, once
from lib.ui.letters import asking
from lib.ui.parts import draw, refuse
from lib.ui.subject import Subject

_MADE = "calendar_link_made"
WHOLE = "Cả kế hoạch"


def draw_calendar(subject: Subject, material: Material) -> None:
    """Whose deadlines, then the address or, where viewing is closed, the links that were given out."""
    scope = subject.scope
    with st.container(key="card-calendar", gap="small"):
        hint = "Đăng ký trong Outlook, Google hoặc điện thoại; tự cập nhật khi hạn đổi"
        draw(once(frame.finding, "Lịch thời hạn", hint))
        units = PANELS.get((_units, subject.key), lambda: _units(scope))
        unit = st.selectbox(
            "Lịch của", units, format_func=lambda name: name or WHOLE, width=320, key=f"calendar_of_{scope.mark}"
        )
        if source.settings_in_force().viewing == settings.OPEN:
            st.code(_address(**{address.UNIT: unit}), language=None)
        base = _base()  # asked now: the file is made where there is no browser to ask
        name = f"lich-{making.slug(unit)}.ics" if unit else "lich.ics"
        st.download_button(
            "Tải tệp lịch", lambda: _file(scope, material, unit, base), name, "text/calendar", on_click="ignore"
        )
        _draw_links(unit)


def _units(scope: Scope) -> list[str]:
    return ["", *summary.by_department(scope.everything, scope.register).index]


def _file(scope: Scope, material: Material, unit: str, base: str) -> bytes:
    feed = deadlines.Feed(scope.register, scope.as_of, material.stamp, material.number, scope.source, unit, base)
    return deadlines.calendar(feed)


def _base() -> str:
    """Where this dashboard is served, as the browser sees it; "" without a browser."""
    seen = st.context.url
    return seen.rsplit("/", 1)[0] if isinstance(seen, str) and "://" in seen else ""


def _address(**parameters: str) -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in parameters.items() if value)
    return f"{_base()}/{address.CALENDAR}{'?' if query else ''}{query}"


def _draw_links(unit: str) -> None:
    """For inspectors: a link of its own for everybody who subscribes while viewing is closed, and the end of each."""
    person = sign_in.person()
    if not (person and person.is_inspector):
        if source.settings_in_force().viewing == settings.SIGNED_IN:
            draw(frame.notes(["Thanh tra cấp liên kết đăng ký lịch."]))
        return
    if source.settings_in_force().viewing == settings.SIGNED_IN:
        _draw_form(unit)
    if secret := st.session_state.pop(_MADE, None):
        draw(frame.notes(["Sao chép liên kết này ngay: chỉ hiện một lần."]))
        st.code(_address(**{address.SECRET: secret}), language=None)
    for link in source.asked(source.current_store(), ("calendar links",), store.calendar_links):
        with st.container(
            key=f"link_{link.secret_hash[:12]}", horizontal=True, vertical_alignment="center", gap="small"
        ):
            draw(documents.calendar_link(link, WHOLE))
            if link.revoked_at is None and st.button("Thu hồi", key=f"revoke_{link.secret_hash[:12]}"):
                _act(lambda link=link: calendar_access.revoke(source.current_store(), link, asking()))


def _draw_form(unit: str) -> None:
    with st.form("calendar_link", border=False, clear_on_submit=True):
        name = st.text_input("Cấp liên kết cho", placeholder="Tên người hoặc phòng", max_chars=100)
        if st.form_submit_button("Cấp liên kết"):
            _act(lambda: _make(unit, name))


def _make(unit: str, name: str) -> None:
    st.session_state[_MADE] = calendar_access.make_link(source.current_store(), unit, name, asking())


def _act(action: Callable[[], None]) -> None:
    try:
        action()
    except DashboardError as error:
        refuse("Chưa làm được", error)
        return
    st.rerun()
