"""Reminder letters: who is late, whom to write to, by when to answer; what was sent."""

import datetime as dt

import streamlit as st

from lib import store
from lib.clock import now, today
from lib.errors import DashboardError
from lib.panels import documents, frame
from lib.reports import making, sending
from lib.reports.asking import Asking
from lib.reports.letters import Letter, Sent, letters, nobodys
from lib.reports.making import Material
from lib.reports.scope import Scope
from lib.ui import sign_in, source
from lib.ui.kept import PANELS, Kept, once
from lib.ui.parts import draw, refuse
from lib.ui.subject import Subject

_DONE = "letters_done"


def asking() -> Asking:
    """Who asks from this screen, now."""
    return Asking(sign_in.token(), now(), source.settings_in_force().session_minutes, sign_in.address())


def draw_letters(subject: Subject, material: Material, latest: bool) -> None:
    """The letters of the day; only those from the data in force can be marked as sent."""
    scope = subject.scope
    with st.container(key="card-letters", gap="small"):
        draw(
            once(frame.finding, "Công văn đôn đốc", "Mỗi phòng có nhiệm vụ quá hạn một công văn; tính cho cả giai đoạn")
        )
        if said := st.session_state.pop(_DONE, None):
            draw(frame.notes([said]))
        answer_by = _answer_by(scope, material)
        _draw_chosen(_letters(subject, material.sent, answer_by), scope, material, latest)
        if said := PANELS.get((_unreached, subject.key), lambda: _unreached(scope)):
            draw(said)
        with st.expander("Các lần đã đôn đốc"):
            sample = scope.plan.sample
            sent = source.answer(("reminders", sample), lambda kept: store.reminders(kept, sample))
            # Lines are only ever added.
            key = (documents.sent_list, source.current_store(), sample, len(sent), *sent[-1:])
            draw(PANELS.get(key, lambda: documents.sent_list(sent[::-1])))


_kept = Kept(8)


def _letters(subject: Subject, sent: Sent, answer_by: dt.date) -> list[Letter]:
    key = (subject.key, frozenset(sent.items()), answer_by)
    return _kept.get(key, lambda: letters(subject.scope, sent, answer_by))


def _unreached(scope: Scope) -> str:
    """The overdue that no letter reaches; "" where there are none."""
    nobody = nobodys(scope)
    return documents.unreached(nobody) if len(nobody) else ""


def _answer_by(scope: Scope, material: Material) -> dt.date:
    """The day to answer by, after the day of the figures; a choice of its own for each such day."""
    earliest = scope.as_of + dt.timedelta(days=1)
    chosen = st.date_input(
        "Đề nghị trả lời chậm nhất ngày",
        max(material.answer_by, earliest),
        min_value=earliest,
        format="DD/MM/YYYY",
        width=220,
        key=f"answer_by_{scope.as_of}",
    )
    return chosen or max(material.answer_by, earliest)


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
        key=f"letters_to_{'_'.join(names)}",
    )
    chosen = [letter for letter in found if letter.unit in units]
    _draw_actions(chosen, scope, material, latest)
    seen = st.selectbox(
        "Xem trước",
        ["", *units],
        format_func=lambda unit: unit or "Chọn phòng để xem",
        key=f"letter_preview_{'_'.join(units)}",
        width=320,
    )
    for letter in chosen:
        if letter.unit == seen:
            draw(documents.letter_preview(letter, scope))


def _draw_actions(chosen: list[Letter], scope: Scope, material: Material, latest: bool) -> None:
    with st.container(key="letter_actions", horizontal=True, vertical_alignment="center", gap="small"):
        if len(chosen) == 1:
            name = making.file_name(f"don-doc-{making.slug(chosen[0].unit)}", scope, "docx")
            st.download_button("Tải công văn", lambda: _one(chosen, scope, material), name, on_click="ignore")
        elif chosen:
            name = making.file_name("don-doc", scope, "zip")
            words = f"Tải {len(chosen)} công văn (.zip)"
            st.download_button(words, lambda: _zip(chosen, scope, material), name, on_click="ignore")
        if chosen and latest and _may_mark(scope) and st.button("Ghi là đã gửi"):
            _mark(chosen, scope)


def _may_mark(scope: Scope) -> bool:
    """Whether the button is of any use: whoever presses it is asked again."""
    person = sign_in.person()
    return person is not None and person.is_inspector and scope.as_of <= today()


def _one(chosen: list[Letter], scope: Scope, material: Material) -> bytes:
    return making.letter_files(chosen, scope, material).files[0].data


def _zip(chosen: list[Letter], scope: Scope, material: Material) -> bytes:
    return making.zipped(making.letter_files(chosen, scope, material).files)


def _mark(chosen: list[Letter], scope: Scope) -> None:
    try:
        sending.mark_sent(source.current_store(), chosen, scope, asking())
    except DashboardError as error:
        refuse("Chưa ghi được", error)
        return
    st.session_state[_DONE] = f"Đã ghi {len(chosen)} công văn là đã gửi; lần sau sẽ ghi lần tiếp theo."
    st.rerun()
