"""What is kept between looks is never another's: of another version, day, choice or data folder, or for other eyes."""

import sqlite3
import threading
from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from lib import accounts, clock, settings, store
from lib.accounts import Role
from lib.store import Store, StoreUnavailable, database
from lib.ui import board, kept, source
from lib.ui.kept import PANELS, Kept
from tests.test_data_pages import BACK, DONE, PASSWORD, START, a_store, button  # noqa: F401
from tests.test_data_pages import open_page as open_data_page
from tests.test_data_pages import publish as publish_version
from tests.test_pages import ENTRY, PAGES, REPORTED, WORKBOOKS, open_page, shown
from tests.workbooks import progress, workbook, xlsx

# The shelf


def test_the_same_is_made_once_and_another_key_is_another_thing():
    shelf, made = Kept(10), []
    for key in ("a", "b", "a"):
        assert shelf.get(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b"]


def test_nothing_is_a_thing_too():
    shelf, made = Kept(10), []
    for _ in range(2):
        assert shelf.get("a", lambda: made.append(1)) is None
    assert made == [1]


def test_what_was_not_asked_for_longest_gives_way():
    shelf = Kept(10, len)
    for key in ("aaaa", "bbbb"):
        shelf.get(key, lambda key=key: key)
    shelf.get("aaaa", lambda: "made again")
    shelf.get("cccc", lambda: "cccc")
    assert [shelf.known(key) for key in ("aaaa", "bbbb", "cccc")] == ["aaaa", None, "cccc"]


def test_what_is_too_large_is_given_and_not_kept():
    shelf = Kept(10, len)
    assert shelf.get("a", lambda: "a" * 11) == "a" * 11
    assert shelf.known("a") is None


def test_an_error_is_kept_for_nobody():
    shelf = Kept(10)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 / 0)
    assert shelf.get("a", lambda: 2) == 2


def test_however_many_ask_at_once_it_is_made_once():
    shelf, made, all_here = Kept(10), [], threading.Barrier(8)

    def slow() -> str:
        made.append(threading.get_ident())
        threading.Event().wait(0.05)
        return "made"

    def ask() -> None:
        all_here.wait()
        assert shelf.get("a", slow) == "made"

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_panels_weigh_what_their_texts_do():
    assert kept.text_weight(("a" * 1000, {"b": "c" * 1000})) > 2000
    assert kept.text_weight(None) < 100


# Whether anything was written


def test_the_mark_of_a_file_changes_with_every_write_and_only_then(tmp_path):
    the_store = Store(tmp_path)
    marks = [the_store.mark(), the_store.mark()]
    for name in ("A", "B"):
        accounts.add(the_store, f"Nguyễn Văn {name}", PASSWORD, Role.VIEWER, clock.now(), "kiểm thử")
        marks += [the_store.mark(), the_store.mark()]
    assert marks[0] == marks[1] and marks[2] == marks[3] and marks[4] == marks[5]
    assert len(set(marks)) == 3


def test_the_mark_changes_with_what_another_program_writes(kept):
    before = kept.mark()
    with closing(sqlite3.connect(kept.file)) as other:
        other.execute("UPDATE accounts SET active = 0")
        other.commit()
    assert kept.mark() != before


def test_a_database_that_can_only_be_asked_has_no_mark_twice(postgres_store):
    assert postgres_store.mark() != postgres_store.mark()


def test_a_file_that_keeps_a_log_beside_it_has_no_mark_twice(kept):
    with closing(sqlite3.connect(kept.file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        assert kept.mark() != kept.mark()


def test_a_file_that_was_locked_gone_or_spoilt_has_no_mark(kept, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    assert kept.exists()
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="đang bận"):
            kept.mark()
        other.execute("ROLLBACK")
    good = kept.file.read_bytes()
    kept.file.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreUnavailable, match="đã hỏng"):
        kept.mark()
    kept.file.write_bytes(good)
    kept.mark()
    kept.file.unlink()
    with pytest.raises(StoreUnavailable, match="không còn ở chỗ cũ"):
        kept.mark()


def test_within_one_look_the_database_is_asked_once_and_outside_each_time(kept, monkeypatch):
    asked = []
    mark = Store.mark
    monkeypatch.setattr(Store, "mark", lambda self: asked.append(1) or mark(self))
    with source.one_look():
        for _ in range(3):
            source.latest(), source.history(), source.meetings()
    assert len(asked) == 1
    source.latest(), source.latest()
    assert len(asked) == 3


def test_answers_are_asked_again_after_a_write(kept):
    with source.one_look():
        assert source.meetings() == []
    store.record_meeting(kept, clock.today(), "A", clock.now())
    with source.one_look():
        assert source.meetings() == [clock.today()]


def test_settings_that_were_changed_hold_from_the_next_run_on(tmp_path, monkeypatch):
    monkeypatch.setenv("SESSION_MINUTES", "7")
    assert source.settings_in_force().session_minutes == 7
    monkeypatch.setenv("SESSION_MINUTES", "8")
    assert source.settings_in_force().session_minutes == 8
    file = tmp_path / settings.FILE_NAME
    for port in (9001, 9002):  # as long, and at once
        file.write_text(f"PORT = {port}", encoding="utf-8")
        assert settings.load({}, tmp_path).port == port
    file.unlink()
    assert settings.load({}, tmp_path).port == settings.Settings().port


# Pages

VIEWS = [{}, {"nam": "2024"}, {"phong": "Thanh tra Ban"}, {"muc": "2.1"}, {"ngay": "2024-06-30"}, {"trang": "2"}]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_drawn_again_is_what_was_drawn_first_for_every_choice(publish, page):
    publish(xlsx(workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện | 40"))))
    app = open_page(page)

    def look(view: dict) -> str:
        app.query_params.clear()
        for name, value in view.items():
            app.query_params[name] = value
        return shown(app.run())

    warm = [look(view) for view in (*VIEWS, *VIEWS)]
    cold = []
    for view in VIEWS:
        PANELS.forget()
        cold.append(look(view))
    assert warm == [*cold, *cold]
    assert len(set(cold[:-1])) == len(VIEWS) - 1


@pytest.mark.parametrize("page", PAGES)
def test_a_publication_is_on_every_page_with_the_next_run_and_what_is_put_back_as_well(publish, page):
    first, second = xlsx(WORKBOOKS["ordinary"]), xlsx(workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện")))
    publish(first)
    app = open_page(page)
    before = shown(app)
    publish(second)
    assert shown(app.run()) != before
    publish(first)
    assert shown(app.run()) == before


def test_tomorrow_the_figures_are_of_tomorrow(publish, monkeypatch):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page()
    today = clock.today()
    assert f"{today:%d/%m/%Y}" in shown(app)
    tomorrow = today.replace(year=today.year + 1)
    monkeypatch.setattr(board, "today", lambda: tomorrow)
    assert f"{tomorrow:%d/%m/%Y}" in shown(app.run())


def test_the_same_bytes_in_another_data_folder_have_their_own_deadlines(kept, tmp_path, monkeypatch):
    later = workbook(progress("2.1.1 | 2025 | 30/06/2027 | Đang thực hiện | 60"))
    publish_version(kept, later)
    elsewhere = tmp_path / "khac"
    elsewhere.mkdir()
    (elsewhere / "so-theo-doi.xlsx").write_bytes(xlsx(START))
    other = Store(elsewhere)
    publish_version(other, START.replace("| 60", "| 61"))
    publish_version(other, later)
    pages = []
    for folder in (tmp_path, elsewhere):
        monkeypatch.setenv("DATA_DIR", str(folder))
        pages.append(shown(AppTest.from_file(ENTRY, default_timeout=60).run()))
    assert "phiên bản 2 " in pages[0].lower() and "phiên bản 3 " in pages[1].lower()


def test_a_comparison_is_of_the_versions_that_were_chosen(kept):
    publish_version(kept, DONE)
    publish_version(kept, BACK)
    found = {
        (start, end): shown(open_data_page("Thay đổi", tu=start, den=end))
        for start, end in (("1", "2"), ("2", "3"), ("1", "3"), ("1", "2"))
    }
    assert len(set(found.values())) == 3
    assert "phiên bản 2 so với phiên bản 1" in found["1", "2"].lower()


# For whose eyes


def test_who_signs_out_elsewhere_or_is_locked_is_out_with_the_next_run(kept):
    app = open_data_page("Tài khoản", kept)
    assert "Lê Văn Xem" in shown(app)
    accounts.set_active(kept, "Lê Văn Xem", False, clock.now(), "kiểm thử")
    assert shown(app.run()) != "" and "Lê Văn Xem" in shown(app)
    accounts.add(kept, "Trần Thị Hai", PASSWORD, Role.INSPECTOR, clock.now(), "kiểm thử")
    accounts.set_active(kept, "Nguyễn Thị Bình", False, clock.now(), "kiểm thử")
    assert "Lê Văn Xem" not in shown(app.run())


def test_panels_that_were_drawn_for_one_are_not_shown_to_another_where_viewing_is_closed(kept, monkeypatch):
    monkeypatch.setenv("VIEWING", "dang-nhap")
    inside = AppTest.from_file(ENTRY, default_timeout=60)
    token = accounts.sign_in(kept, "Lê Văn Xem", PASSWORD, "", clock.now())
    inside.session_state["session_token"] = token
    assert 'class="kh lead' in shown(inside.run())
    assert 'class="kh lead' not in shown(AppTest.from_file(ENTRY, default_timeout=60).run())
    accounts.sign_out(kept, token, clock.now())
    assert 'class="kh lead' not in shown(inside.run())


def test_a_session_that_has_idled_is_over_though_nothing_was_written(kept, monkeypatch):
    token = accounts.sign_in(kept, "Lê Văn Xem", PASSWORD, "", clock.now())
    assert accounts.holder(kept, source.session(token), clock.now(), 30).shown_name == "Lê Văn Xem"
    later = clock.now() + accounts.sessions.LONGEST
    assert accounts.holder(kept, source.session(token), later, 30) is None


def test_made_up_tokens_push_out_nothing_that_stands_in_for_a_database_that_is_away(kept, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    source.history()
    for number in range(source._ANSWERS + 10):
        assert source.session(f"made up {number}") is None
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert [version.number for version in source.history()] == [1]
        other.execute("ROLLBACK")
