"""Cập nhật số liệu: choose a file, see every fault and every change, publish. Nothing changes before the last step."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import streamlit as st

from lib import publishing, store
from lib.clock import now, today
from lib.errors import DashboardError
from lib.panels import check, comparison, frame
from lib.panels.address import HISTORY, OVERVIEW, View, href
from lib.publishing import Candidate, Request
from lib.store import FORMATS, Published, Version
from lib.ui import sign_in, source
from lib.ui.data_page import reading_or_none
from lib.ui.kept import once
from lib.ui.parts import draw, refuse
from lib.words import office_time
from lib.workbook import form, marking, reader
from lib.workbook.limits import Limits
from lib.workbook.reader import Reading

_log = logging.getLogger(__name__)
_CHECK = "update_check"
_DONE = "update_done"
_TAKEN = "update_taken"
_SEEN = "update_shared_seen"
_AGAINST = "update_against"


@dataclass(frozen=True)
class Check:
    """What came of the last file that was chosen; it stays until the next one.

    reading is None where the file cannot be opened; `refusal` says why then.
    """

    data: bytes
    digest: str
    file_name: str
    reading: Reading | None
    refusal: str = ""
    restored_from: int | None = None


def limits() -> Limits:
    """How much a workbook may ask of the machine, by the settings."""
    chosen = source.settings_in_force()
    return Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)


def draw_update(published: Published) -> None:
    """The four steps, over what belongs to the one that is being done."""
    place = st.container()
    _draw_files(published)
    # A new widget after each publication: the file that was published is no longer the one chosen.
    done = st.session_state.get(_DONE)
    endings = [form.removeprefix(".") for form in FORMATS]
    key = f"update_file_{done.number if done else 0}"
    uploaded = st.file_uploader("Chọn sổ theo dõi đã cập nhật", type=endings, key=key)
    shared = source.settings_in_force().shared_workbook
    if shared is not None and st.button("Kiểm tra tệp dùng chung", help=f"Xem {shared.name} như một tệp vừa tải lên."):
        _take_shared(shared)
    # The widget goes on holding its file: it is taken when it comes, not again after another was looked at.
    if uploaded is not None and st.session_state.get(_TAKEN) != uploaded.file_id:
        st.session_state[_TAKEN] = uploaded.file_id
        _take(uploaded.getvalue(), uploaded.name)
    found = st.session_state.get(_CHECK)
    step = 1 if found is None else 3 if found.reading and found.reading.ok else 2
    with place:
        draw(once(check.steps, step))
    if found is not None:
        _draw_check(found, published)
    elif done is not None:
        draw(check.published(done, href(OVERVIEW, View()), href(HISTORY, View())))


def _draw_files(published: Published) -> None:
    """What can be taken away beside the uploader: the blank form and what is published."""
    reading = reading_or_none(published)
    with st.container(key="update_files", horizontal=True, gap="small"):
        if reading and reading.register:
            register = reading.register
            blank = "so-mau.xlsx"
            st.download_button("Tải mẫu trống", lambda: form.write(register, blank=True), blank, on_click="ignore")
        version = published.version
        name = f"phien-ban-{version.number}-{version.file_name}"
        st.download_button("Tải bản đang dùng", published.data, name, on_click="ignore")


def _take(data: bytes, file_name: str) -> None:
    """Read a newly chosen file; one that was read already keeps its result, unless it could not be read then."""
    digest = sha256(data).hexdigest()
    before = st.session_state.get(_CHECK)
    if before is None or before.reading is None or (before.digest, before.file_name) != (digest, file_name):
        _forget()
        st.session_state[_CHECK] = _read(data, digest, file_name)


def _take_shared(path: Path) -> None:
    """Read the shared file itself, so that what was held can be looked through and confirmed without a copy."""
    try:
        _take(path.read_bytes(), path.name)
    except OSError as error:
        _log.warning("Không mở được tệp dùng chung", exc_info=error)
        draw(frame.message("Không mở được tệp dùng chung", ["Kiểm tra ổ mạng rồi thử lại."], alarm=True))


def _forget() -> None:
    """What belonged to the file before."""
    for name in (_CHECK, _AGAINST):
        st.session_state.pop(name, None)


def prepare_restore(version: Version) -> None:
    """Put an old version's bytes in the place of a chosen file: it is checked and compared like any other."""
    _forget()
    data = store.content(source.current_store(), version)
    name = version.file_name
    st.session_state[_CHECK] = _read(data, version.digest, name, restored_from=version.number)


def _read(data: bytes, digest: str, file_name: str, restored_from: int | None = None) -> Check:
    with st.spinner("Đang kiểm tra tệp…"):
        try:
            return Check(data, digest, file_name, reader.read(data, limits()), restored_from=restored_from)
        except DashboardError as error:
            if error.__cause__ is not None:
                _log.warning("Không kiểm tra được một tệp tải lên", exc_info=error)
            return Check(data, digest, file_name, None, str(error), restored_from)


def _draw_check(found: Check, published: Published) -> None:
    if found.reading is None:
        draw(frame.message(f"Không kiểm tra được tệp {found.file_name}", [found.refusal], alarm=True))
        return
    left, right = st.columns([1, 2.2]) if found.reading.ok else (st.container(), st.container())
    with left:
        draw(check.result(found.file_name, found.reading.problems))
        if found.reading.problems:
            _draw_marked(found)
    if found.reading.ok:
        with right:
            _draw_comparison(found, published)


def _draw_marked(found: Check) -> None:
    name = f"{found.file_name.rsplit('.', 1)[0]}-da-danh-dau.xlsx"
    problems = found.reading.problems
    st.download_button(
        "Tải tệp đã đánh dấu", lambda: marking.mark(found.data, problems, limits()), name, on_click="ignore"
    )


def _draw_comparison(found: Check, published: Published) -> None:
    """What would change, what needs a second look, and the form that publishes."""
    reading = reading_or_none(published)
    candidate = publishing.examine(
        found.reading, found.data, found.file_name, published, reading, today(), _shared_seen(found, published)
    )
    _tell_meanwhile(published)
    draw(
        comparison.comparison(
            candidate.comparison,
            candidate.alarms,
            f"phiên bản {published.version.number}",
            "tệp này",
            candidate.before,
            candidate.after,
            view=View(),
            confirming=True,
        )
    )
    if not candidate.same:
        _draw_form(candidate, found)


def _shared_seen(found: Check, published: Published) -> str:
    """The shared file as it was when this comparison was first shown; what is saved later must not be overwritten."""
    path = source.settings_in_force().shared_workbook
    if path is None:
        return ""
    key = (found.digest, published.version.number)
    seen = st.session_state.setdefault(_SEEN, {})
    if key not in seen:
        try:
            seen[key] = publishing.digest_at(path)
        except OSError:
            return ""
    return seen[key]


def _tell_meanwhile(published: Published) -> None:
    """Say so when somebody published since this comparison was first shown: it is made anew against theirs."""
    before = st.session_state.setdefault(_AGAINST, published.version.number)
    if before != published.version.number:
        version = published.version
        when = office_time(version.published_at) if version.published_at else ""
        said = (
            f"{version.published_by} đã công bố phiên bản {version.number} lúc {when}; so sánh dưới đây là với bản đó."
        )
        draw(frame.notes([said]))


def _draw_form(candidate: Candidate, found: Check) -> None:
    number = candidate.parent.number + 1
    with st.form("publish", border=False):
        reason = st.text_input("Lý do cập nhật", placeholder="Ví dụ: báo cáo tháng 11/2026", max_chars=300)
        kinds = comparison.confirmations(candidate.alarms)
        seen = [kind for kind, words in kinds.items() if st.checkbox(words, key=f"seen_{found.digest}_{kind}")]
        said = "Công bố" if found.restored_from is None else f"Khôi phục bản {found.restored_from} thành"
        if st.form_submit_button(f"{said} phiên bản {number}", type="primary"):
            _publish(candidate, reason, seen, found)


def _publish(candidate: Candidate, reason: str, seen: list, found: Check) -> None:
    chosen = source.settings_in_force()
    request = Request(
        sign_in.token(), now(), chosen.session_minutes, reason, seen, sign_in.address(), found.restored_from
    )
    try:
        done = publishing.publish(source.current_store(), candidate, request, chosen.shared_workbook)
    except DashboardError as error:
        refuse("Chưa công bố", error)
        return
    st.session_state[_DONE] = done
    _forget()
    st.rerun()
