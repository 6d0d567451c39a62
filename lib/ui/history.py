"""Lịch sử: the list of versions, one of them opened, the line of completion, meetings, the log."""

import streamlit as st

from lib import accounts, explain, figures, store
from lib.clock import now, today
from lib.errors import DashboardError
from lib.panels import address, figure_tables, frame, history
from lib.store import Version
from lib.ui import sign_in, source
from lib.ui.choices import local_choice
from lib.ui.drawn import Chart
from lib.ui.kept import PANELS, once
from lib.ui.links import open_page
from lib.ui.parts import chart, draw, refuse
from lib.ui.update import prepare_restore
from lib.words import day

LOG_ROWS = 300


def draw_history() -> None:
    """The opened version, the list, the line; for an inspector the meetings and the log too."""
    found = source.history()
    chosen = _chosen(found)
    if chosen:
        _draw_version(chosen, found[0].number)
    page = address.read_page(local_choice(address.PAGE), history.page_count(found))
    number, all_of_them = chosen and chosen.number, source.history_stamp(found)
    draw(PANELS.get((history.versions, all_of_them, number, page), lambda: history.versions(found, number, page)))
    if shown := PANELS.get((_course, all_of_them), lambda: _course(found)):
        chart(shown, "course", clickable=False)
    person = sign_in.person()
    if person and person.is_inspector:
        _draw_meetings()
        with st.expander("Nhật ký: ai đã làm gì"):
            _draw_log()


def _draw_log() -> None:
    the_store = source.current_store()
    entries = source.asked(the_store, ("log",), lambda kept: store.entries(kept, LOG_ROWS))
    # Lines are only ever added.
    key = (history.audit, the_store, len(entries), *entries[:1], *entries[-1:])
    draw(PANELS.get(key, lambda: history.audit(entries)))


def _chosen(found: list[Version]) -> Version | None:
    raw = local_choice(address.VERSION)
    return next((version for version in found if str(version.number) == raw), None)


def _draw_version(version: Version, latest: int) -> None:
    draw(once(history.version_card, version, latest))
    with st.container(key="version_actions", horizontal=True, gap="small"):
        st.download_button(
            "Tải tệp này",
            lambda: store.content(source.current_store(), version),
            f"phien-ban-{version.number}-{version.file_name}",
            on_click="ignore",
        )
        person = sign_in.person()
        if person and person.is_inspector and version.number != latest and st.button("Khôi phục bản này"):
            prepare_restore(version)
            open_page(address.UPDATE)


def _course(found: list[Version]) -> Chart | None:
    """The line of completion; None before the second version that has figures."""
    course = history.course(found)
    if len(course) < 2:
        return None
    heading = frame.finding(explain.course_finding(course["rate"]), "Trên số đến hạn, vào ngày công bố")
    return Chart(heading, figures.course(course), figures.course_alt(course), figure_tables.course(course))


def _draw_meetings() -> None:
    """The days of meetings: what “since the last meeting” means on the page of changes."""
    held = source.meetings()
    with st.expander("Ngày họp"):
        st.write("Các ngày đã ghi: " + ("; ".join(map(day, held)) or "chưa có"))
        with st.form("meeting", border=False):
            chosen = st.date_input("Ngày đã họp", today(), max_value=today(), format="DD/MM/YYYY", width=220)
            if st.form_submit_button("Ghi ngày họp"):
                _record_meeting(chosen)


def _record_meeting(held_on: object) -> None:
    """Checks the right itself: a form can be sent by whoever has the page."""
    try:
        minutes = source.settings_in_force().session_minutes
        person = accounts.require_inspector(source.current_store(), sign_in.token(), now(), minutes)
        store.record_meeting(source.current_store(), held_on, person.shown_name, now())
    except DashboardError as error:
        refuse("Chưa ghi được ngày họp", error)
        return
    st.rerun()
