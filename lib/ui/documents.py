"""Báo cáo, văn bản: which period, day and data; then each kind of document with its preview and its file."""

import datetime as dt

import streamlit as st

from lib import store
from lib.clock import today
from lib.panels import address, documents, frame
from lib.reports import checking, making, periods
from lib.reports.last_meeting import last_meeting
from lib.reports.letters import ANSWER_DAYS
from lib.reports.making import Material
from lib.reports.outline import outline
from lib.reports.periods import Period
from lib.reports.scope import Scope
from lib.store import Published, Version
from lib.ui import calendar_links, letters, source
from lib.ui.board import BrokenWorkbook, reading_of
from lib.ui.choices import bound, local_choice
from lib.ui.kept import PANELS, Kept, once
from lib.ui.parts import draw
from lib.ui.subject import Subject, subject_of
from lib.ui.update import limits
from lib.words import OFFICE_ZONE, office_time
from lib.workbook.register import Plan, Register


def draw_documents(latest: Published) -> None:
    """The choices, then the documents of the chosen version, day and period."""
    found = source.history()
    published = _version_in_view(latest)
    register = _register(published)
    subject = _subject(published.version, register, found, latest.version.number)
    scope, whole = subject.scope, _of_the_plan(subject)
    if register.plan.sample:
        draw(once(frame.sample_banner))
    material = _material(scope, published.version)
    left, right = st.columns(2)
    with left:
        _draw_report(subject, material)
        letters.draw_letters(whole, material, published.version.number == latest.version.number)
    with right:
        _draw_slides(scope, material)
        _draw_workbook(scope, material)
        calendar_links.draw_calendar(whole, material)
        _draw_templates(material, scope)


def _version_in_view(latest: Published) -> Published:
    number = local_choice(address.DATA)
    return source.version_of(int(number)).published if number.isdigit() and len(number) < 9 else latest


def _register(published: Published) -> Register:
    reading = reading_of(published)
    if reading.register is None:
        raise BrokenWorkbook(published.version, reading.problems)
    return reading.register


def _subject(version: Version, register: Register, found: list[Version], latest: int) -> Subject:
    """The three choices, each kept in the address."""
    plan = register.plan
    as_of = address.read_any_day({address.DAY: local_choice(address.DAY)}) or today()
    offered, names = _periods.get((plan, as_of), lambda: _named(_offered(plan, as_of)))
    wanted = local_choice(address.PERIOD)
    chosen = wanted if wanted in offered else periods.whole(plan).code
    with st.container(key="documents", horizontal=True, vertical_alignment="bottom", gap="small"):
        _period_choice(chosen, names)
        _day_choice(as_of)
        _version_choice(version, found, latest)
    source_words = f"phiên bản {version.label}"
    return subject_of(version.digest, Scope(register, as_of, offered[chosen], source_words, f"pb{version.number}"))


_periods = Kept(16)


def _offered(plan: Plan, as_of: dt.date) -> dict[str, Period]:
    """Every period by its code: the whole plan, then each year with its parts, the year of the day first."""
    found = [period for some in periods.choices(plan).values() for period in some]
    whole, parts = found[0], found[1:]
    parts.sort(key=lambda period: (period.first.year > as_of.year, -period.first.year, -len(period.code) < -4))
    return {period.code: period for period in (whole, *parts)}


def _named(offered: dict[str, Period]) -> tuple[dict[str, Period], dict[str, str]]:
    """The periods, and what they are called in a list."""
    return offered, {code: documents.period_name(period) for code, period in offered.items()}


def _period_choice(chosen: str, names: dict[str, str]) -> None:
    st.selectbox(
        "Kỳ báo cáo",
        list(names),
        format_func=lambda code: names.get(code, code),
        width=300,
        **bound(address.PERIOD, chosen, str),
    )


def _day_choice(as_of: dt.date) -> None:
    st.date_input(
        "Số liệu chốt đến ngày",
        format="DD/MM/YYYY",
        width=190,
        **bound(address.DAY, as_of, lambda day: "" if day in (None, today()) else day.isoformat()),
    )


def _version_choice(version: Version, found: list[Version], latest: int) -> None:
    names = PANELS.get((_version_names, source.history_stamp(found)), lambda: _version_names(found))
    st.selectbox(
        "Số liệu",
        list(names),
        format_func=lambda number: names.get(number, number),
        width=300,
        **bound(address.DATA, str(version.number), lambda number: "" if number == str(latest) else number),
    )


def _version_names(found: list[Version]) -> dict[str, str]:
    return {
        str(one.number): f"Phiên bản {one.number} · "
        + (office_time(one.published_at) if one.published_at else "sổ ban đầu")
        for one in found
    }


def _of_the_plan(subject: Subject) -> Subject:
    """Letters and calendars are about every year, whatever period the report is of."""
    scope = subject.scope
    period = periods.whole(scope.plan)
    as_of = max(scope.as_of, period.first)
    return subject_of(subject.digest, Scope(scope.register, as_of, period, scope.source, scope.mark))


def _material(scope: Scope, version: Version) -> Material:
    kept, sample = source.current_store(), scope.plan.sample
    return Material(
        store.own_templates(kept, making.TEMPLATE_FILES),
        source.answer(("reminded", sample), lambda the_store: store.reminded(the_store, sample)),
        scope.as_of + dt.timedelta(days=ANSWER_DAYS),
        version.published_at or dt.datetime.combine(scope.as_of, dt.time(), OFFICE_ZONE),
        version.number,
        lambda: last_meeting(kept, scope, limits()),
    )


def _draw_report(subject: Subject, material: Material) -> None:
    scope = subject.scope
    with st.container(key="card-report", gap="small"):
        draw(once(frame.finding, "Báo cáo", f"Văn bản Word gửi cơ quan nhận báo cáo; {scope.period.words}"))
        with st.container(key="report_actions", horizontal=True, vertical_alignment="center", gap="small"):
            name = making.file_name("bao-cao", scope, "docx")
            st.download_button(
                "Tải báo cáo", lambda: making.report(scope, material).files[0].data, name, on_click="ignore"
            )
            seen = st.toggle("Xem trước", key="report_preview")
        if seen:
            key = (documents.report_preview, subject.key)
            draw(PANELS.get(key, lambda: documents.report_preview(outline(scope).blocks)))


def _draw_slides(scope: Scope, material: Material) -> None:
    with st.container(key="card-slides", gap="small"):
        draw(once(frame.finding, "Trình chiếu", "PowerPoint: các cảnh của cuộc họp, biểu đồ sửa được, có lời dẫn"))
        name = making.file_name("trinh-chieu", scope, "pptx")
        st.download_button(
            "Tải trình chiếu", lambda: making.slides(scope, material).files[0].data, name, on_click="ignore"
        )


def _draw_workbook(scope: Scope, material: Material) -> None:
    with st.container(key="card-workbook", gap="small"):
        draw(once(frame.finding, "Sổ số liệu", "Excel: biểu đồ sửa được, các bảng đúng mẫu để sửa và tải lên lại"))
        name = making.file_name("so-lieu", scope, "xlsx")
        st.download_button(
            "Tải sổ số liệu", lambda: making.workbook(scope, material).files[0].data, name, on_click="ignore"
        )


def _troubles(material: Material, scope: Scope) -> dict[str, str]:
    """What is wrong with the office's templates, asked once for each change of one."""
    digests = tuple((name, store.digest_of(data)) for name, data in sorted(material.templates.items()))
    return _checked.get(digests, lambda: checking.troubles(material.templates, scope))


_checked = Kept(2)


def _draw_templates(material: Material, scope: Scope) -> None:
    """The Word templates: the office's own where there are any, and what is wrong with them."""
    with st.container(key="card-templates", gap="small"):
        draw(once(frame.finding, "Mẫu văn bản", "Sửa trong Word; cách làm ở Hướng dẫn sử dụng"))
        found = _troubles(material, scope)
        key = (documents.template_list, tuple(found.items()), tuple(material.templates))
        draw(PANELS.get(key, lambda: documents.template_list(found, material.templates)))
        with st.container(key="template_actions", horizontal=True, gap="small"):
            for name, words in documents.TEMPLATE_NAMES.items():
                st.download_button(
                    f"Tải mẫu {words}", making.template(name, material.templates), name, on_click="ignore"
                )
