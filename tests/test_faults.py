"""Faults while people watch, through `dashboard.py`: what they read then, which figures stay, what the log has."""

import asyncio
import datetime as dt
import errno
import json
import logging
import os
import re
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path

import psutil
import pytest
from jinja2 import Environment, TemplateNotFound
from sqlalchemy import event
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.testing.v1 import AppTest

from lib import accounts, clock, server, store
from lib.accounts import Role, SignInRefused
from lib.accounts.sign_in import PATIENCE, attempt
from lib.panels import rendering
from lib.publishing import SharedWorkbook
from lib.shell import Compressed
from lib.store import Store, StoreUnavailable, database, starting
from lib.ui import first_view, source
from lib.workbook import reader
from lib.workbook.limits import Limits
from tests import screens
from tests.english import english_in
from tests.serving import serving
from tests.test_data_pages import (
    BACK,
    DONE,
    PASSWORD,
    START,
    a_store,  # noqa: F401
    button,
    open_page,
    publish,
    upload,
)
from tests.test_meeting_pages import PRESENT, deck
from tests.test_pages import ENTRY, shown
from tests.workbooks import xlsx

OUT = "Kho số liệu không trả lời từ"
LAST_GOOD = "Màn hình vẫn hiển thị phiên bản đọc được gần nhất"
PATHS = re.compile(r"/tmp\S*|[A-Z]:\\\S*|[\w-]+\.(?:xlsx|docx|ods|sqlite3)|DATABASE_URL|restore-backup")


def words(app: AppTest) -> str:
    """What stands on the screen, which is calm and Vietnamese whatever happened."""
    html = shown(app)
    assert [one.value for one in app.error] == []
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    assert "Traceback" not in text and "Error" not in text
    assert english_in(PATHS.sub("", text)) == []
    return html


def overview() -> AppTest:
    return AppTest.from_file(ENTRY, default_timeout=60).run()


def figures(app: AppTest) -> list[str]:
    """The tiles, as they stand on the overview."""
    found = re.findall(r'<[^>]*class="v[^"]*"[^>]*>.*?</', words(app), flags=re.DOTALL)
    assert found
    return found


@contextmanager
def locked(kept: Store) -> Iterator[None]:
    """Another process that writes and does not come to an end: nobody can even read."""
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def at_each_opening(statement: str) -> Iterator[None]:
    """The store of the pages with `statement` said to each new connection."""
    engine = source.current_store().engine

    def say(made, _record):
        made.execute(statement)

    event.listen(engine, "connect", say)
    yield
    event.remove(engine, "connect", say)


IN_A_PROCESS = reader.read
FULL, READ_ONLY = "PRAGMA max_page_count = 1", "PRAGMA query_only = ON"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)


# The database locked


def test_while_the_database_is_locked_the_overview_keeps_its_figures_and_says_since_when(kept, caplog):
    publish(kept, DONE)
    app = overview()
    before = figures(app)
    with locked(kept):
        again = app.run()
        assert figures(again) == before
        assert OUT in words(again) and LAST_GOOD in words(again)
        assert figures(overview()) == before, "whoever comes now sees them too"
    assert caplog.text.count("database is locked") > 0
    assert OUT not in words(app.run())


def test_a_lock_is_told_to_the_log_once_however_many_look(kept, caplog):
    publish(kept, DONE)
    overview()
    with locked(kept), caplog.at_level(logging.WARNING, "lib.ui.source"):
        for _ in range(3):
            overview()
    assert caplog.text.count("Kho số liệu không trả lời") == 1


@pytest.mark.parametrize("page", ["Lịch sử", "Thay đổi"])
def test_pages_of_earlier_versions_stand_while_the_database_is_locked(kept, page):
    publish(kept, DONE)
    app = open_page(page)
    before = words(app).count("<tr")
    with locked(kept):
        html = words(app.run())
    assert OUT in html and html.count("<tr") == before


def test_an_older_version_in_view_stays_with_its_figures(kept):
    publish(kept, DONE)
    app = overview()
    app.query_params["so-lieu"] = "1"
    before = figures(app.run())
    with locked(kept):
        assert figures(app.run()) == before
        assert OUT in words(app)


@pytest.mark.parametrize("page", ["pages/monitor/tasks.py", "pages/monitor/departments.py"])
def test_a_page_that_was_not_opened_before_opens_while_the_database_is_locked(kept, page):
    publish(kept, DONE)
    app = overview()
    with locked(kept):
        html = words(app.switch_page(page).run())
    assert OUT in html and "Chưa xem được" not in html


def test_the_meeting_goes_on_with_the_same_scenes_while_the_database_is_locked(kept):
    store.record_meeting(kept, dt.date(2026, 1, 20), "A", clock.now())
    publish(kept, DONE)
    app = AppTest.from_file(ENTRY, default_timeout=60).run().switch_page(PRESENT).run()
    scenes = re.findall('data-code="([^"]+)"', deck(app)["html"])
    with locked(kept):
        during = deck(app.run())["html"]
    assert re.findall('data-code="([^"]+)"', during) == scenes
    assert "Từ 20/01/2026" in during and OUT in during


def test_publishing_into_a_locked_database_is_told_and_can_be_done_again(kept, caplog):
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    app.text_input[0].input("báo cáo tháng 6")
    with locked(kept):
        app = button(app, "Công bố").click().run()
        assert re.search(r"Chưa công bố.*đang bận.*thử lại", words(app), re.DOTALL)
    assert "database is locked" in caplog.text
    assert "Đã công bố phiên bản 2" in words(button(app.run(), "Công bố").click().run())


# A full disk, a folder that may only be read


@pytest.mark.parametrize(
    ("statement", "said", "logged"),
    [(FULL, "ổ đĩa đã đầy", "database or disk is full"), (READ_ONLY, "không cho ghi", "readonly database")],
)
def test_what_cannot_be_written_is_told_and_what_is_published_stays(kept, caplog, statement, said, logged):
    publish(kept, START)
    before = figures(overview())
    app = upload(open_page("Cập nhật số liệu", kept), DONE)
    app.text_input[0].input("báo cáo tháng 6")
    with at_each_opening(statement):
        app = button(app, "Công bố").click().run()
        assert "Chưa công bố" in words(app) and said in words(app)
        assert figures(overview()) == before
    assert logged in caplog.text
    assert store.current(kept).version.number == 2


def test_signing_in_where_nothing_can_be_written_is_told(kept):
    publish(kept, DONE)
    app = open_page("Đăng nhập")
    app.text_input[0].input("Nguyễn Thị Bình")
    app.text_input[1].input(PASSWORD)
    with at_each_opening(READ_ONLY):
        html = words(button(app, "Đăng nhập").click().run())
    assert "Chưa đăng nhập được" in html and "không cho ghi" in html


def test_whoever_is_signed_in_stays_so_where_nothing_can_be_written(kept):
    token = accounts.sign_in(kept, "Nguyễn Thị Bình", PASSWORD, "", clock.now())
    later = clock.now() + dt.timedelta(minutes=10)
    event.listen(kept.engine, "connect", lambda made, _record: made.execute(READ_ONLY))
    assert accounts.who(kept, token, later, 30).role == Role.INSPECTOR
    assert accounts.who(kept, token, later + dt.timedelta(minutes=21), 30) is None, "and no longer than it may"


def test_the_server_starts_where_the_database_does_not_answer(kept, capsys):
    with locked(kept):
        assert server._first_code(kept) is None
    assert "đang bận" in capsys.readouterr().out


def test_a_full_disk_leaves_static_files_uncompressed_and_nothing_half_written(tmp_path, monkeypatch):
    (tmp_path / "from").mkdir()
    script = tmp_path / "from" / "script.js"
    script.write_text("let figures = 1;\n" * 100)
    compressed = Compressed(tmp_path / "from", [tmp_path / "kept"])

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.copyfileobj", full)
    assert compressed.of(script) is None
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_document_or_marked_copy_that_a_full_disk_keeps_from_being_made_is_told_in_vietnamese(caplog):
    """What Streamlit says beside the button is a fixed sentence; it must be one that is translated."""

    class Full:
        def execute_deferred(self, _file):
            raise OSError(errno.ENOSPC, "No space left on device")

    asked = BackendOperationRequest(request_id="1")
    asked.deferred_file.file_id = "x"
    answer = asyncio.run(DeferredFileHandler(Full).handle(asked, "session"))
    words = json.loads((ENTRY.parent / "lib" / "shell" / "vietnamese.json").read_text(encoding="utf-8"))
    assert f'"{answer.error_msg}"' in json.dumps(words)
    assert "No space left on device" in caplog.text


def test_the_first_view_needs_no_disk_and_is_not_sent_while_nobody_can_say_that_it_is_of_now(kept):
    publish(kept, DONE)
    with at_each_opening(READ_ONLY):
        overview()
        assert first_view.kept("", "") != ""
    with locked(kept):
        assert first_view.kept("", "") == ""


# The folder gone: the workbook that the product ships must not stand in for the office's figures


def test_a_data_folder_that_goes_leaves_the_last_figures_and_makes_no_new_store(kept, tmp_path):
    publish(kept, DONE)
    app = open_page("Cập nhật số liệu", kept)
    screen = overview()
    before = figures(screen)
    away = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name}-away"))
    assert figures(screen.run()) == before and OUT in words(screen)
    assert figures(overview()) == before
    app = upload(app, BACK)
    assert OUT in words(app)
    with pytest.raises(StoreUnavailable, match="không còn ở chỗ cũ.*khởi động lại"):
        store.record_meeting(source.current_store(), dt.date(2026, 1, 1), "A", clock.now())
    assert not tmp_path.exists()
    away.rename(tmp_path)
    assert OUT not in words(screen.run()) and figures(screen) == before


def test_a_starting_workbook_that_goes_leaves_the_last_figures(kept, tmp_path):
    screen = overview()
    before = figures(screen)
    file = tmp_path / "so-theo-doi.xlsx"
    away = file.rename(tmp_path / "away")
    assert figures(screen.run()) == before
    html = words(screen)
    assert OUT in html and starting.SHIPPED.name not in html
    away.rename(file)
    assert OUT not in words(screen.run())


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_share_that_answers_with_an_error_is_out_of_reach(kept, monkeypatch, number):
    publish(kept, DONE)
    screen = overview()
    before = figures(screen)

    original = Path.is_file

    def refuse(path):
        if path.parent == kept.data_dir:
            raise OSError(number, os.strerror(number))
        return original(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", refuse)
        assert figures(screen.run()) == before
        assert OUT in words(screen)
    assert OUT not in words(screen.run())


def test_a_shared_workbook_whose_share_goes_is_told_on_the_page_until_it_is_back(kept, tmp_path, monkeypatch):
    publish(kept, DONE)
    before = figures(overview())
    share = tmp_path / "share"
    share.mkdir()
    path = share / "chung.xlsx"
    path.write_bytes(store.current(kept).data)
    monkeypatch.setenv("SHARED_WORKBOOK", str(path))
    follow = SharedWorkbook(kept, path, Limits())

    def rounds() -> str:
        for seconds in range(3):
            follow.tick(clock.now() + dt.timedelta(seconds=seconds))
        return words(overview())

    assert "tệp dùng chung" not in rounds()
    away = share.rename(tmp_path / "away")
    html = rounds()
    assert "Không thấy tệp dùng chung từ" in html and "Màn hình đang hiển thị phiên bản 2" in html
    assert figures(overview()) == before
    away.rename(share)
    assert "tệp dùng chung" not in rounds()


# The clock set back


@pytest.mark.parametrize("back", [dt.timedelta(hours=1), dt.timedelta(days=1)])
def test_a_publication_after_the_clock_was_set_back_is_the_latest(kept, back):
    publish(kept, DONE)
    later = clock.now() - back
    draft = store.Draft(xlsx(BACK), "so.xlsx", "Cung", later, "báo cáo tháng", store.Source.UPLOAD)
    store.publish(kept, draft, 2)
    assert store.current(kept).version.number == 3
    assert [one.number for one in store.history(kept)] == [3, 2, 1]
    html = words(open_page("Lịch sử"))
    assert html.index("ban=3") < html.index("ban=2") < html.index("ban=1")


@pytest.mark.parametrize("back", [dt.timedelta(hours=1), dt.timedelta(days=1)])
def test_a_session_outlasts_a_clock_set_back_but_no_longer_than_it_may(kept, back):
    start = clock.now()
    token = accounts.sign_in(kept, "Nguyễn Thị Bình", PASSWORD, "", start)
    assert accounts.who(kept, token, start - back, 30)
    assert accounts.who(kept, token, start - back + dt.timedelta(minutes=31), 30) is None


def test_whoever_must_wait_does_not_wait_until_the_clock_has_caught_up(kept):
    start = clock.now()
    for _ in range(PATIENCE.pair):
        attempt(kept, "nguyen thi binh", "", start)
        start += dt.timedelta(minutes=1)
    back = start - dt.timedelta(days=1)
    with pytest.raises(SignInRefused, match="15 phút"):
        attempt(kept, "nguyen thi binh", "", back)
    attempt(kept, "nguyen thi binh", "", back + PATIENCE.window)


# The reading process killed


def test_a_reading_process_that_is_killed_is_told_and_the_next_file_is_read(kept, monkeypatch, caplog):
    app = open_page("Cập nhật số liệu", kept)
    with monkeypatch.context() as patch:
        patch.setattr(reader, "read", IN_A_PROCESS)
        killer = threading.Thread(target=_kill_the_next_child, daemon=True)
        killer.start()
        app = upload(app, DONE)
        killer.join()
        html = words(app)
        assert "Không kiểm tra được tệp thang-6.xlsx" in html and "bị ngắt giữa chừng. Chọn lại tệp" in html
        assert "exit code" in caplog.text
        assert "1 lượt đổi" in words(upload(app, DONE)), "the same file, chosen again, is read again"
    assert figures(overview())


def _kill_the_next_child() -> None:
    """SIGKILL, on Windows TerminateProcess, for the next reading process that this one starts."""
    while not (found := [child for child in psutil.Process().children() if _reads(child)]):
        threading.Event().wait(0.005)
    found[0].kill()


def _reads(child: psutil.Process) -> bool:
    """Whether it is a reading process, and no server that other tests have started."""
    try:
        return "lib.workbook.child" in child.cmdline()
    except psutil.Error:
        return False


# Templates that are missing


def test_a_panel_whose_template_is_missing_is_said_calmly_and_the_log_has_its_name(kept, monkeypatch, caplog):
    original = Environment.get_template

    def missing(self, name, *rest, **more):
        if name == "tiles.html":
            raise TemplateNotFound(name)
        return original(self, name, *rest, **more)

    monkeypatch.setattr(Environment, "get_template", missing)
    html = words(overview())
    assert "Trang này chưa hiển thị được" in html and "tiles" not in html
    assert "tiles.html" in caplog.text


def test_without_any_template_at_all_the_fault_is_still_said(kept, monkeypatch, caplog):
    def missing(_self, name, *_rest, **_more):
        raise TemplateNotFound(name)

    monkeypatch.setattr(Environment, "get_template", missing)
    app = overview()
    assert not app.exception
    assert "Trang này chưa hiển thị được" in app.error[0].value
    assert "TemplateNotFound" in caplog.text


def test_a_panel_that_was_drawn_once_needs_its_template_no_more(tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    file = tmp_path / "templates" / "said.html"
    file.write_text("{{ text }}", encoding="utf-8")
    monkeypatch.setattr(rendering, "__file__", str(tmp_path / "rendering.py"))
    monkeypatch.setattr(rendering, "_ENVIRONMENT", rendering._environment())
    assert rendering.render("said", text="một") == "một"
    file.unlink()
    assert rendering.render("said", text="hai") == "hai"


def test_an_offices_template_that_is_deleted_gives_way_to_the_built_in_one(kept, tmp_path):
    own = tmp_path / "templates" / "bao-cao.docx"
    own.parent.mkdir()
    own.write_bytes(b"not a document")
    app = AppTest.from_file(ENTRY, default_timeout=60).run().switch_page("pages/reports/documents.py").run()
    assert "chưa dùng được" in words(app)
    own.unlink()
    html = words(app.run())
    assert "chưa dùng được" not in html
    assert "Tải báo cáo" in [one.proto.label for one in app.get("download_button")]


# An upload that breaks off


def test_an_upload_that_breaks_off_leaves_nothing_and_the_next_one_is_whole(tmp_path):
    folder, scratch = tmp_path / "kho", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    kept = Store(folder)
    accounts.add(kept, "Nguyễn Thị Bình", PASSWORD, Role.INSPECTOR, clock.now(), "kiểm thử")
    token = accounts.sign_in(kept, "Nguyễn Thị Bình", PASSWORD, "", clock.now())
    kept.engine.dispose()
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    with serving(folder, **places) as address:
        host, port = address.removeprefix("http://").strip("/").split(":")
        before = sorted(path.name for path in folder.iterdir())
        with screens.screen(address, token) as session:
            with socket.create_connection((host, int(port))) as half:
                half.sendall(screens.upload(address, session, xlsx(DONE) + bytes(3_000_000))[:2_000_000])
            whole = screens.upload(address, session, xlsx(DONE))
            assert screens.answer(address, whole) == 204
        with screens.screen(address, token) as another:
            assert another != session, "the next one begins anew"
        assert screens.answer(address, whole) == 400, "nobody is there to take it any more"
        assert sorted(path.name for path in folder.iterdir()) == before
        assert list(scratch.iterdir()) == []
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log
