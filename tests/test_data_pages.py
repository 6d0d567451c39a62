"""The inspectorate's pages through `dashboard.py`: who gets in, what is checked, compared, published and restored."""

import datetime as dt
from html import escape

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from lib import accounts, store, text
from lib.accounts import Role
from lib.clock import now
from lib.store import Draft, Source, Store
from lib.ui import sign_in
from lib.workbook import reader
from tests.test_pages import BROKEN, ENTRY, WORKBOOKS, shown
from tests.workbooks import progress, workbook, xlsx

PAGES = {
    "Thay đổi": "pages/monitor/changes.py",
    "Cập nhật số liệu": "pages/data/update.py",
    "Lịch sử": "pages/data/history.py",
    "Tài khoản": "pages/data/accounts.py",
    "Đăng nhập": "pages/data/sign_in.py",
}
PASSWORD = "sông trà khúc 2026"
START = workbook(progress("2.1.1 | 2025 | | Đang thực hiện | 60"))
DONE = workbook(progress("2.1.1 | 2025 | | Hoàn thành | 100 | 20/12/2025 | Xong | Báo cáo 12"))
BACK = workbook(progress("2.1.1 | 2025 | | Chưa thực hiện"))


@pytest.fixture(name="kept")
def a_store(tmp_path, monkeypatch):
    """A store with a starting workbook, an inspector and a viewer; files are read in this process, which is quicker."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(reader, "read", reader.parse)
    (tmp_path / "so-theo-doi.xlsx").write_bytes(xlsx(START))
    kept = Store(tmp_path)
    accounts.add(kept, "Nguyễn Thị Bình", PASSWORD, Role.INSPECTOR, now(), "kiểm thử")
    accounts.add(kept, "Lê Văn Xem", PASSWORD, Role.VIEWER, now(), "kiểm thử")
    return kept


def open_page(page: str, kept: Store | None = None, name: str = "Nguyễn Thị Bình", **address: str) -> AppTest:
    """A page opened by a link, signed in where a store is given."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if kept:
        app.session_state[sign_in._TOKEN] = accounts.sign_in(kept, name, PASSWORD, "", now())
    app.run().switch_page(PAGES[page])
    for key, value in address.items():
        app.query_params[key.replace("_", "-")] = value
    return app.run()


def upload(app: AppTest, text: str, name: str = "thang-6.xlsx") -> AppTest:
    app.file_uploader[0].upload(name, xlsx(text))
    return app.run()


def button(app: AppTest, words: str):
    return next(one for one in app.button if words in one.label)


def publish(kept: Store, text: str, days_ago: int = 0) -> None:
    at = now() - dt.timedelta(days=days_ago)
    draft = Draft(xlsx(text), "so.xlsx", "Trần Văn Cung", at, "báo cáo tháng", Source.UPLOAD)
    store.publish(kept, draft, store.current(kept).version.number)


# --- who gets in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["Cập nhật số liệu", "Tài khoản"])
def test_without_signing_in_there_is_nothing_but_the_form(kept, page):
    app = open_page(page)
    assert [one.label for one in app.button] == ["Đăng nhập"]
    assert not app.get("file_uploader") and "Lê Văn Xem" not in shown(app)


@pytest.mark.parametrize("page", ["Cập nhật số liệu", "Tài khoản"])
def test_a_viewer_is_told_that_it_is_for_inspectors(kept, page):
    app = open_page(page, kept, "Lê Văn Xem")
    assert "dành cho Thanh tra" in shown(app)
    assert not app.get("file_uploader")


def test_without_signing_in_the_history_neither_restores_nor_shows_the_log(kept):
    publish(kept, DONE)
    app = open_page("Lịch sử", ban="1")
    assert "Phiên bản 1 (" in shown(app)
    assert list(app.button) == [] and list(app.expander) == []


def test_a_session_that_is_ended_while_the_page_is_open_publishes_nothing(kept):
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    app.text_input[0].input("báo cáo tháng 6")
    accounts.set_active(kept, "Nguyễn Thị Bình", active=True, at=now(), by="kiểm thử")
    app = button(app, "Công bố").click().run()
    assert store.current(kept).version.number == 1
    assert [one.label for one in app.button] == ["Đăng nhập"]


@pytest.mark.parametrize("last", ["Công bố", "Đăng xuất"])
def test_a_file_is_not_kept_beyond_its_publication_or_its_senders_session(kept, monkeypatch, last):
    forgotten = []
    forget = MemoryUploadedFileManager.remove_session_files
    monkeypatch.setattr(
        MemoryUploadedFileManager,
        "remove_session_files",
        lambda self, session: (forgotten.append(len(self.file_storage[session])), forget(self, session)),
    )
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    app.text_input[0].input("báo cáo tháng 6")
    assert forgotten == []
    button(app, last).click().run()
    assert forgotten == [1]


def test_made_up_widget_state_and_session_state_publish_nothing(kept):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.session_state[sign_in._TOKEN] = "made up"
    app.session_state["update_done"] = store.current(kept).version
    app.run().switch_page(PAGES["Cập nhật số liệu"])
    app.run()
    assert [one.label for one in app.button] == ["Đăng nhập"]
    assert not (kept.data_dir / "x").exists() and store.current(kept).version.number == 1


def test_where_viewing_is_closed_every_page_asks_for_an_account(kept, monkeypatch):
    monkeypatch.setenv("VIEWING", "dang-nhap")
    app = AppTest.from_file(ENTRY, default_timeout=60).run()
    assert [one.label for one in app.button] == ["Đăng nhập"]
    assert "2.1.1" not in shown(app)
    assert "2.1.1" in shown(signed_in_overview(kept))


def signed_in_overview(kept: Store) -> AppTest:
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.session_state[sign_in._TOKEN] = accounts.sign_in(kept, "Lê Văn Xem", PASSWORD, "", now())
    return app.run()


def test_signing_in_by_the_form_opens_the_page_and_a_wrong_password_does_not(kept):
    app = open_page("Cập nhật số liệu")
    app.text_input[0].input("nguyễn thị bình")
    app.text_input[1].input("sai mật khẩu")
    app = button(app, "Đăng nhập").click().run()
    assert "Tên hoặc mật khẩu chưa đúng" in shown(app)
    assert not app.get("file_uploader")


# --- the check and the comparison ------------------------------------------------------------------------------------


def test_a_faulty_workbook_is_shown_with_its_cells_and_cannot_be_published(kept):
    app = upload(open_page("Cập nhật số liệu", kept), BROKEN)
    html = shown(app)
    assert "Tiến độ!D2" in html and "không phải trạng thái" in html
    assert not [one for one in app.button if "Công bố" in one.label]
    assert "Tải tệp đã đánh dấu" in [one.label for one in app.get("download_button")]


def test_what_is_no_workbook_is_refused_in_words(kept):
    app = open_page("Cập nhật số liệu", kept)
    app.file_uploader[0].upload("ảnh.xlsx", b"\x89PNG not a workbook")
    assert "Không kiểm tra được tệp ảnh.xlsx" in shown(app.run())


def test_the_result_of_a_check_stays_when_one_comes_back_to_the_page(kept):
    app = upload(open_page("Cập nhật số liệu", kept), BROKEN)
    app = app.switch_page(PAGES["Lịch sử"]).run()
    app = app.switch_page(PAGES["Cập nhật số liệu"]).run()
    assert "Tiến độ!D2" in shown(app)


def test_the_comparison_is_by_task_and_year_with_the_old_value_struck_through(kept):
    html = shown(upload(open_page("Cập nhật số liệu", kept), DONE))
    assert "1 lượt đổi" in html
    assert "<s>Đang thực hiện</s>" in html and "<b>Hoàn thành</b>" in html


def test_the_same_content_has_nothing_to_publish(kept):
    app = upload(open_page("Cập nhật số liệu", kept), START)
    assert "không có gì thay đổi" in shown(app)
    assert not [one for one in app.button if "Công bố" in one.label]


def test_publishing_asks_for_a_reason_and_for_each_alarm(kept):
    app = upload(open_page("Cập nhật số liệu", kept), BACK)
    app = button(app, "Công bố").click().run()
    assert "Chưa ghi lý do" in shown(app)
    app.text_input[0].input("sửa theo biên bản")
    app = button(app, "Công bố").click().run()
    assert "Chưa xác nhận: trạng thái lùi lại" in shown(app)
    app.checkbox[0].check()
    app = button(app, "Công bố").click().run()
    assert "Đã công bố phiên bản 2" in shown(app)
    version = store.current(kept).version
    assert (version.published_by, version.reason) == ("Nguyễn Thị Bình", "sửa theo biên bản")
    assert version.figures["overall"]["total"] == 11


def test_somebody_elses_publication_is_told_and_compared_anew(kept):
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    publish(kept, BACK)
    app.text_input[0].input("báo cáo tháng 6")
    app = button(app, "Công bố").click().run()
    assert store.current(kept).version.published_by == "Trần Văn Cung"
    html = shown(app.run())
    assert "Trần Văn Cung đã công bố phiên bản 2" in html and "phiên bản 2" in html


def test_what_the_shared_file_holds_back_is_looked_through_and_confirmed_here(kept, tmp_path, monkeypatch):
    shared = tmp_path / "chung.xlsx"
    shared.write_bytes(xlsx(BACK))
    monkeypatch.setenv("SHARED_WORKBOOK", str(shared))
    app = upload(open_page("Cập nhật số liệu", kept), BROKEN)
    app = button(app, "Kiểm tra tệp dùng chung").click().run()
    assert "trạng thái lùi lại" in shown(app)
    app.text_input[0].input("sửa theo biên bản")
    app.checkbox[0].check()
    assert "Đã công bố phiên bản 2" in shown(button(app, "Công bố").click().run())
    assert store.current(kept).data == shared.read_bytes()
    assert store.shared(kept).writing == ""


def test_a_shared_file_that_changed_since_is_not_overwritten(kept, tmp_path, monkeypatch):
    shared = tmp_path / "chung.xlsx"
    shared.write_bytes(xlsx(START))
    monkeypatch.setenv("SHARED_WORKBOOK", str(shared))
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    others = xlsx(BACK)
    shared.write_bytes(others)
    app.text_input[0].input("báo cáo tháng 6")
    app = button(app, "Công bố").click().run()
    assert "Tệp dùng chung đã thay đổi" in shown(app)
    assert shared.read_bytes() == others and store.current(kept).version.number == 1


def test_the_page_works_while_the_published_workbook_has_errors(kept):
    publish(kept, BROKEN)
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    app.text_input[0].input("chữa sổ bị lỗi")
    assert "Đã công bố phiên bản 3" in shown(button(app, "Công bố").click().run())


# --- history and changes ---------------------------------------------------------------------------------------------


def test_the_history_lists_every_version_with_who_when_and_why(kept):
    publish(kept, DONE, days_ago=3)
    html = shown(open_page("Lịch sử"))
    assert "2 phiên bản" in html and "Trần Văn Cung" in html and "báo cáo tháng" in html


def test_an_old_version_is_restored_as_a_new_one_with_its_own_bytes(kept):
    old = store.current(kept).data
    publish(kept, DONE)
    app = button(open_page("Lịch sử", kept, ban="1"), "Khôi phục").click().run()
    # The button leads there; Streamlit's test forgets that on its next run.
    app = app.switch_page(PAGES["Cập nhật số liệu"]).run()
    app.text_input[0].input("công bố nhầm")
    for box in app.checkbox:
        box.check()
    app = button(app, "Khôi phục bản 1 thành phiên bản 3").click().run()
    assert "Đã công bố phiên bản 3" in shown(app)
    found = store.current(kept)
    assert (found.data, found.version.source, found.version.restored_from) == (old, Source.RESTORE, 1)


def test_an_inspector_sees_the_log_and_records_a_meeting(kept):
    app = open_page("Lịch sử", kept)
    assert "Đăng nhập" in shown(app)
    day = dt.date(2026, 6, 1)
    app.date_input[0].set_value(day)
    app = button(app, "Ghi ngày họp").click().run()
    assert store.meetings(kept) == [day]
    assert "01/06/2026" in " ".join(one.value for one in app.markdown)


def test_changes_are_told_since_the_last_meeting_or_between_any_two_versions(kept):
    publish(kept, DONE, days_ago=30)
    publish(kept, BACK)
    assert "Phiên bản 3 so với phiên bản 2" in shown(open_page("Thay đổi"))
    store.record_meeting(kept, now().date() - dt.timedelta(days=60), "A", now())
    assert "Phiên bản 3 so với phiên bản 1" in shown(open_page("Thay đổi"))
    assert "Phiên bản 2 so với phiên bản 1" in shown(open_page("Thay đổi", tu="1", den="2"))


def test_the_same_version_on_both_sides_is_said(kept):
    assert "cùng một phiên bản" in shown(open_page("Thay đổi"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", WORKBOOKS)
def test_every_page_of_the_inspectorate_with_every_kind_of_workbook(kept, page, kind):
    publish(kept, WORKBOOKS[kind])
    html = shown(open_page(page, kept))
    assert f"<h1>{page}</h1>" in html and "trục trặc" not in html


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_inspectorate_with_a_broken_workbook(kept, page):
    publish(kept, BROKEN)
    assert "trục trặc" not in shown(open_page(page, kept))


@pytest.mark.parametrize("name", ["../../<b>so</b>.xlsx", "C:\\so\\\u202exslx.xlsx"])
def test_a_tricky_name_of_a_file_is_a_plain_one_wherever_it_goes(kept, name):
    plain = text.file_name(name, "")
    app = upload(open_page("Cập nhật số liệu", kept), DONE, name)
    assert escape(plain) in shown(app)
    app.text_input[0].input("báo cáo tháng 6")
    app = button(app, "Công bố").click().run()
    assert store.current(kept).version.file_name == plain
    assert "\u202e" not in shown(app) and "../" not in shown(app) and "<b>so" not in shown(app)
