"""Báo cáo, văn bản through `dashboard.py`: choices, previews, marking letters as sent, links to the calendar."""

import datetime as dt

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from lib import accounts, store
from lib.accounts import Role
from lib.clock import now
from lib.reports.templates import REPORT_FILE
from lib.store import Draft, Source, Store
from lib.ui import sign_in
from lib.workbook import reader
from tests.test_pages import ENTRY, WORKBOOKS, shown
from tests.test_report_outline import REPORTED
from tests.workbooks import progress, workbook, xlsx

PASSWORD = "sông trà khúc 2026"


@pytest.fixture(name="kept")
def a_store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(reader, "read", reader.parse)
    (tmp_path / "so-theo-doi.xlsx").write_bytes(xlsx(workbook(REPORTED)))
    kept = Store(tmp_path)
    accounts.add(kept, "Nguyễn Thị Bình", PASSWORD, Role.INSPECTOR, now(), "kiểm thử")
    accounts.add(kept, "Lê Văn Xem", PASSWORD, Role.VIEWER, now(), "kiểm thử")
    return kept


def open_page(kept: Store | None = None, name: str = "Nguyễn Thị Bình", **address: str) -> AppTest:
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if kept:
        app.session_state[sign_in._TOKEN] = accounts.sign_in(kept, name, PASSWORD, "", now())
    app.run().switch_page("pages/reports/documents.py")
    for key, value in address.items():
        app.query_params[key.replace("_", "-")] = value
    return app.run()


def buttons(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def downloads(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_the_page_opens_with_any_workbook(kept, kind):
    (kept.data_dir / "so-theo-doi.xlsx").write_bytes(xlsx(WORKBOOKS[kind]))
    app = open_page()
    assert not app.exception
    assert {"Tải báo cáo", "Tải sổ số liệu", "Tải tệp lịch"} <= set(downloads(app))
    assert ("SỐ LIỆU MINH HỌA" in shown(app)) == (kind == "sample")


def test_a_workbook_with_errors_is_told(kept):
    (kept.data_dir / "so-theo-doi.xlsx").write_bytes(xlsx(workbook(progress("2.1.1 | 2025! | | Lạ"))))
    assert "có lỗi nên chưa tính được số liệu" in shown(open_page())


def test_period_and_day_are_in_the_address(kept):
    app = open_page(ky="2025-Q4", ngay="2025-12-31")
    app.toggle[0].set_value(True).run()
    assert "Riêng quý IV năm 2025" in shown(app)
    app.selectbox[0].set_value("2025").run()
    assert app.query_params["ky"] == "2025" and "Riêng quý" not in shown(app)


def test_a_period_that_has_not_begun_is_told(kept):
    assert "sau ngày chốt số liệu" in shown(open_page(ky="2026", ngay="2025-06-30"))


def test_an_unknown_period_is_the_whole_plan(kept):
    assert open_page(ky="2031").selectbox[0].value == "2022-2026"


def test_an_older_version_can_be_reported_on_but_not_marked(kept):
    data = xlsx(workbook(progress("2.1.1 | 2025! | | Hoàn thành | | 01/12/2025! | Bản sau")))
    draft = Draft(data, "so.xlsx", "Cung", now() - dt.timedelta(days=1), "báo cáo tháng", Source.UPLOAD)
    store.publish(kept, draft, 1)
    app = open_page(kept, so_lieu="1")
    app.toggle[0].set_value(True).run()
    assert "Đang viết bài" in shown(app) and "Bản sau" not in shown(app)
    assert "Ghi là đã gửi" not in buttons(app)
    assert "Ghi là đã gửi" in buttons(open_page(kept))


@pytest.mark.parametrize("name", [None, "Lê Văn Xem"])
def test_whoever_is_no_inspector_takes_documents_away_and_marks_nothing(kept, name):
    app = open_page(kept, name) if name else open_page()
    assert "Ghi là đã gửi" not in buttons(app)
    assert "Tải 2 công văn (.zip)" in downloads(app)


def test_a_letter_is_marked_counted_and_shown_on_its_task(kept):
    app = open_page(kept)
    app.multiselect[0].set_value(["Văn phòng"]).run()
    assert "Tải công văn" in downloads(app)
    next(one for one in app.button if one.label == "Ghi là đã gửi").click().run()
    assert "Đã ghi 1 công văn là đã gửi" in shown(app)
    assert {one.unit for one in store.reminders(kept, sample=False)} == {"Văn phòng"}
    assert "Văn phòng: 4 việc, lần 2" in app.multiselect[0].options
    task = AppTest.from_file(ENTRY, default_timeout=60).run().switch_page("pages/monitor/tasks.py")
    task.query_params["ma"] = "2.1.2"
    assert "Đã đôn đốc lần 1:" in shown(task.run())


def test_a_session_that_ended_meanwhile_marks_nothing(kept):
    app = open_page(kept)
    accounts.set_active(kept, "Nguyễn Thị Bình", active=True, at=now(), by="kiểm thử")
    next(one for one in app.button if one.label == "Ghi là đã gửi").click().run()
    assert store.reminders(kept, sample=False) == []


def test_choices_that_no_longer_fit_another_day_give_way(kept):
    app = open_page(kept)
    app.multiselect[0].set_value(["Văn phòng"]).run()
    next(one for one in app.selectbox if one.label == "Xem trước").set_value("Văn phòng").run()
    app.date_input[1].set_value(now().date() + dt.timedelta(days=90)).run()
    app.date_input[0].set_value(dt.date(2023, 6, 30)).run()
    assert not app.exception and "Chưa xem được" not in shown(app)
    assert set(app.multiselect[0].value) <= {"Thanh tra Ban", "Văn phòng"}
    app.date_input[0].set_value(now().date() + dt.timedelta(days=2)).run()
    assert not app.exception and "Ghi là đã gửi" not in buttons(app)


def test_a_letter_can_be_seen_before_it_is_taken(kept):
    app = open_page()
    next(one for one in app.selectbox if one.label == "Xem trước").set_value("Văn phòng").run()
    assert "V/v đôn đốc thực hiện nhiệm vụ quá hạn" in shown(app)


def test_a_broken_template_is_told_on_the_page(kept):
    (kept.data_dir / "templates").mkdir()
    own = Document()
    own.add_paragraph("{{ ten_phong }}")
    own.save(kept.data_dir / "templates" / REPORT_FILE)
    assert "có trường lạ “ten_phong”" in shown(open_page())


def test_where_viewing_is_closed_an_inspector_gives_out_links_and_revokes_them(kept, monkeypatch):
    assert "lich.ics" in "".join(code.value for code in open_page().code)
    monkeypatch.setenv("VIEWING", "dang-nhap")
    viewer = open_page(kept, "Lê Văn Xem")
    assert not viewer.code and "Thanh tra cấp liên kết" in shown(viewer)
    app = open_page(kept)
    next(one for one in app.text_input if one.label == "Cấp liên kết cho").set_value("Trần Văn Cung")
    next(one for one in app.button if one.label == "Cấp liên kết").click().run()
    assert "?khoa=" in app.code[0].value
    assert "Trần Văn Cung" in shown(app)
    app.run()
    assert not app.code  # shown once
    next(one for one in app.button if one.label == "Thu hồi").click().run()
    assert store.calendar_links(kept)[0].revoked_at is not None and "đã thu hồi" in shown(app)
