"""Reminder letters: who is late, whom to write to, by when to answer; what was sent."""

import os

import streamlit as st

from lib import settings, store
from lib.clock import now
from lib.errors import DashboardError
from lib.panels import documents, frame
from lib.reports import making, sending
from lib.reports.asking import Asking
from lib.reports.letters import Letter, letters, nobodys
from lib.reports.making import Material
from lib.reports.scope import Scope
from lib.ui import sign_in, source
from lib.ui.parts import draw

_DONE = "letters_done"


def asking() -> Asking:
    """Who asks from this screen, now."""
    return Asking(sign_in.token(), now(), settings.load(os.environ).session_minutes, sign_in.address())


def draw_letters(scope: Scope, material: Material, latest: bool) -> None:
    """The letters of the day; only those from the data in force can be marked as sent."""
    with st.container(key="card-letters", gap="small"):
        draw(frame.finding("Công văn đôn đốc", "Mỗi phòng có nhiệm vụ quá hạn một công văn; tính cho cả giai đoạn"))
        if said := st.session_state.pop(_DONE, None):
            draw(frame.notes([said]))
        answer_by = st.date_input(
            "Đề nghị trả lời chậm nhất ngày", material.answer_by, format="DD/MM/YYYY", width=220, key="answer_by"
        )
        _draw_chosen(letters(scope, material.sent, answer_by or material.answer_by), scope, material, latest)
        if len(nobody := nobodys(scope)):
            draw(documents.unreached(nobody))
        with st.expander("Các lần đã đôn đốc"):
            draw(documents.sent_list(store.reminders(source.current_store(), scope.plan.sample)[::-1]))


def _draw_chosen(found: list[Letter], scope: Scope, material: Material, latest: bool) -> None:
    if not found:
        draw(frame.notes(["Không có phòng nào có nhiệm vụ quá hạn."]))
        return
    names = {letter.unit: documents.letter_name(letter) for letter in found}
    units = st.multiselect(
        "Gửi đến",
        list(names),
        list(names),
        format_func=lambda unit: names.get(unit, unit),
        placeholder="Chọn phòng",
        key="letters_to",
    )
    chosen = [letter for letter in found if letter.unit in units]
    _draw_actions(chosen, scope, material, latest)
    seen = st.selectbox(
        "Xem trước", ["", *units], format_func=lambda unit: unit or "Chọn phòng để xem", key="letter_preview", width=320
    )
    for letter in chosen:
        if letter.unit == seen:
            draw(documents.letter_preview(letter, scope))


def _draw_actions(chosen: list[Letter], scope: Scope, material: Material, latest: bool) -> None:
    with st.container(key="letter_actions", horizontal=True, vertical_alignment="center", gap="small"):
        if len(chosen) == 1:
            name = making.letter_files(chosen, scope, material).files[0].name
            st.download_button("Tải công văn", lambda: _one(chosen, scope, material), name, on_click="ignore")
        elif chosen:
            name = making.file_name("don-doc", scope, "zip")
            words = f"Tải {len(chosen)} công văn (.zip)"
            st.download_button(words, lambda: _zip(chosen, scope, material), name, on_click="ignore")
        person = sign_in.person()
        if chosen and latest and person and person.is_inspector and st.button("Ghi là đã gửi"):
            _mark(chosen, scope)


def _one(chosen: list[Letter], scope: Scope, material: Material) -> bytes:
    return making.letter_files(chosen, scope, material).files[0].data


def _zip(chosen: list[Letter], scope: Scope, material: Material) -> bytes:
    return making.zipped(making.letter_files(chosen, scope, material).files)


def _mark(chosen: list[Letter], scope: Scope) -> None:
    try:
        sending.mark_sent(source.current_store(), chosen, scope, asking())
    except DashboardError as error:
        draw(frame.message("Chưa ghi được", [str(error)], alarm=True))
        return
    st.session_state[_DONE] = f"Đã ghi {len(chosen)} công văn là đã gửi; lần sau sẽ ghi lần tiếp theo."
    st.rerun()
