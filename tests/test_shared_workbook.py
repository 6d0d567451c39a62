"""The shared workbook is followed: each way it can stand, with real files and a real store. Time is told, two seconds a
round; the bytes are read in this process, for the reading process has tests of its own."""

import datetime as dt
import os
from pathlib import Path

import pytest

from lib import publishing, store
from lib.errors import DashboardError, UnreadableWorkbook
from lib.publishing import State, shared_file, shared_workbook, write_back
from lib.publishing.shared_words import describe, first_errors
from lib.store import Action, SharedState, Source, Store
from lib.workbook import reader
from lib.workbook.isolation import BUSY, ReaderBug
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity
from tests.publications import AT, MINUTE, ROUND, Share, begun, book, faulty, publish, put_first, read

BY_ITSELF = "Tệp dùng chung"


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))


@pytest.fixture(name="share")
def a_share(tmp_path) -> Share:
    """A share whose file was published as version 2."""
    return begun(Store(tmp_path / "kho"), tmp_path)


@pytest.fixture(name="reads")
def count_reads(monkeypatch) -> list[Path]:
    """The paths whose bytes were read."""
    seen = []
    original = shared_file.read
    monkeypatch.setattr(shared_file, "read", lambda path, most: seen.append(path) or original(path, most))
    return seen


# In step


def test_the_first_content_is_published_without_asking(tmp_path):
    kept = Store(tmp_path)
    put_first(kept, book(60, due="31/12/2026"))
    share = Share(kept, tmp_path / "so-chung.xlsx")
    assert share.settle(book(60, due="31/12/2028")) == State.IN_STEP
    assert share.shown == share.path.read_bytes()
    assert store.moved_dues(kept, 2, sample=False)["task"].tolist() == ["2.1.1"]


def test_a_sound_change_is_published_by_itself(share):
    assert share.settle(book(70)) == State.IN_STEP
    version = store.current(share.kept).version
    assert (version.number, version.parent, version.published_by, version.source) == (3, 2, BY_ITSELF, Source.SHARED)
    assert (version.reason, version.file_name) == ("Cập nhật từ tệp dùng chung so.xlsx", "so.xlsx")
    assert (version.published_at, version.figures["as_of"]) == (share.at, "2026-11-24")
    assert store.entries(share.kept)[0].action == Action.PUBLISHED


def test_the_same_works_on_either_database(kept, tmp_path):
    share = begun(kept, tmp_path)
    assert share.settle(book(70)) == State.IN_STEP
    assert share.settle(faulty()) == State.FAULTY
    publish(kept, book(80), share.path, seen=publishing.digest_at(share.path))
    assert share.rounds(2) == State.IN_STEP
    assert share.path.read_bytes() == share.shown == book(80)


def test_a_file_that_rests_is_read_once_a_minute(share, reads):
    share.rounds(2)
    reads.clear()
    share.rounds(10)
    assert reads == []
    for _ in range(3):
        share.wait(MINUTE)
        share.rounds(5)
    assert len(reads) == 3 and share.numbers == [2, 1]


def test_saved_again_with_nothing_changed_is_no_new_version(share):
    assert share.settle(book(60, note="đã xem")) == State.IN_STEP
    assert share.numbers == [2, 1]
    assert share.settle(book(70)) == State.IN_STEP and share.shown == book(70)


def test_publishing_on_the_page_replaces_a_file_that_was_only_saved_again(share):
    share.settle(book(60, note="đã xem"))
    publish(share.kept, book(70), share.path)
    assert share.path.read_bytes() == book(70)
    assert share.rounds(2) == State.IN_STEP


def test_a_file_that_was_only_saved_again_after_a_publication_on_the_page_goes_on_being_followed(share):
    publish(share.kept, book(70), share.path)
    assert share.settle(book(70, note="đã xem")) == State.IN_STEP
    assert share.settle(book(75)) == State.IN_STEP and share.shown == book(75)


def test_the_file_is_opened_in_a_process_of_its_own(share, monkeypatch):
    monkeypatch.undo()
    assert share.settle(book(70)) == State.IN_STEP and share.shown == book(70)
    assert share.settle(faulty()) == State.FAULTY


def test_a_share_that_lies_about_when_a_file_was_saved_is_found_out_within_a_minute(share):
    padding = len(faulty()) - len(book(70))
    share.save(faulty() + bytes(max(-padding, 0)))
    share.rounds(2)
    facts = share.path.stat()
    share.path.write_bytes(book(70) + bytes(max(padding, 0)))
    os.utime(share.path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert share.rounds(5) == State.FAULTY
    share.wait(MINUTE)
    assert share.rounds() != State.FAULTY


# Still on its way


def test_a_file_that_is_still_growing_is_waited_for(share, reads):
    for size in range(1000, 5000, 1000):
        share.save(book(70)[:size])
        assert share.rounds() == State.IN_STEP
    assert reads == []


@pytest.mark.parametrize("part", [0, len(book(70)) // 2, len(book(70)) - 10])
def test_a_half_written_file_has_a_minute_to_arrive(share, part):
    share.save(book(70)[:part])
    assert share.rounds(20) == State.IN_STEP
    assert share.settle(book(70)) == State.IN_STEP and share.shown == book(70)


def test_a_file_that_stays_half_written_is_told(share, reads):
    share.save(book(70)[:3000])
    share.rounds(2)
    share.wait(MINUTE)
    assert share.rounds() == State.UNREADABLE
    reads.clear()
    share.rounds(10)
    assert reads == [] and share.shown == book(60)
    assert share.settle(book(70)) == State.IN_STEP


# Faults and alarms


def test_a_faulty_file_is_told_and_the_last_good_version_stays(share):
    since = share.at + 2 * ROUND
    assert share.settle(faulty()) == State.FAULTY
    share.rounds(5)
    assert (share.state.since, share.shown) == (since, book(60))
    assert "Có 2 lỗi." in share.state.detail and "Tiến độ!" in share.state.detail
    assert store.entries(share.kept)[0].action == Action.SHARED_HELD


def test_since_when_outlives_a_restart(share):
    share.settle(faulty())
    since = share.state.since
    share.restart()
    share.wait(dt.timedelta(hours=9))
    assert share.rounds(3) == State.FAULTY and share.state.since == since
    assert [entry.action for entry in store.entries(share.kept)].count(Action.SHARED_HELD) == 1


def test_a_faulty_file_is_judged_once(share, reads):
    share.settle(faulty())
    reads.clear()
    share.rounds(20)
    assert reads == []


def test_a_mended_file_is_published(share):
    share.settle(faulty())
    assert share.settle(book(70)) == State.IN_STEP and share.shown == book(70)


def test_an_alarming_change_waits_for_an_inspector(share):
    assert share.settle(book(60, due="31/12/2028")) == State.HELD
    assert "1 thay đổi" in share.state.detail and "31/12/2028" in share.state.detail
    assert share.shown == book(60)


def test_an_inspector_confirms_what_waits_and_the_file_is_left_as_it_is(share):
    share.settle(book(60, due="31/12/2028"))
    before = share.path.stat()
    share.open_in_excel()
    publish(share.kept, share.path.read_bytes(), share.path, seen=publishing.digest_at(share.path))
    assert share.rounds(2) == State.IN_STEP
    assert (share.path.stat().st_mtime_ns, share.path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_what_waits_is_judged_anew_when_another_version_is_published(tmp_path):
    kept = Store(tmp_path)
    put_first(kept, book(50))
    publish(kept, book(60))
    share = Share(kept, tmp_path / "so-chung.xlsx")
    assert share.settle(book(70, due="31/12/2028")) == State.HELD
    publish(kept, book(60, due="31/12/2028"))
    assert share.rounds() == State.IN_STEP and share.shown == book(70, due="31/12/2028")


def test_a_file_that_cannot_be_compared_waits_for_an_inspector(share, monkeypatch):
    def only_the_file(data, _limits=None):
        if data == book(60):
            raise UnreadableWorkbook("too slow")
        return read(data)

    monkeypatch.setattr(reader, "read", only_the_file)
    assert share.settle(book(70)) == State.HELD and share.shown == book(60)


# Not readable


def test_what_is_no_workbook_is_told_in_the_readers_words(share, monkeypatch):
    assert share.settle(b"%PDF-1.7 words") == State.UNREADABLE
    assert "PDF" in share.state.detail and share.shown == book(60)


def test_a_huge_file_is_not_taken_into_memory(share, monkeypatch):
    share.restart(Limits(file_bytes=1000))
    monkeypatch.setattr(reader, "read", lambda data, _limits: refuse(f"{len(data)} bytes"))
    assert share.settle(book(70)[:900] + bytes(10**6)) == State.IN_STEP
    share.wait(MINUTE)
    share.save(b"x" * 10**6)
    assert share.rounds(2) == State.UNREADABLE and share.state.detail == "1001 bytes"


def refuse(words: str):
    raise UnreadableWorkbook(words)


def test_a_fault_of_the_reader_is_told_and_kept_for_the_log(share, monkeypatch, caplog):
    def fail(*_):
        raise ReaderBug("traceback")

    monkeypatch.setattr(reader, "read", fail)
    assert share.settle(book(70)) == State.UNREADABLE
    assert "nhật ký" in share.state.detail and "Không đọc được" in caplog.text


def test_a_file_without_the_right_to_read_it_is_told_when_it_lasts(share, monkeypatch):
    def forbid(*_):
        raise shared_file.ShareRefuses("Máy chủ chưa có quyền đọc tệp.")

    with monkeypatch.context() as patch:
        patch.setattr(shared_file, "look", forbid)
        assert share.rounds() == State.IN_STEP
        assert share.rounds() == State.UNREADABLE and "quyền" in share.state.detail
    assert share.rounds(2) == State.IN_STEP


# Open in an office program


def test_a_change_in_an_open_file_waits_until_it_is_closed(share):
    lock = share.open_in_excel()
    assert share.settle(book(70)) == State.LOCKED
    assert share.state.detail == "Hoa" and share.shown == book(60)
    lock.unlink()
    assert share.rounds() == State.IN_STEP and share.shown == book(70)


def test_an_open_file_without_changes_is_in_step(share):
    share.open_in_excel()
    assert share.rounds(3) == State.IN_STEP
    share.restart()
    assert share.rounds(3) == State.IN_STEP


def test_an_open_file_that_rests_for_ten_minutes_is_taken(share):
    share.open_in_excel()
    share.settle(book(70))
    share.wait(dt.timedelta(minutes=9))
    assert share.rounds() == State.LOCKED
    share.wait(MINUTE)
    assert share.rounds() == State.IN_STEP and share.shown == book(70)


def test_each_save_begins_the_ten_minutes_anew(share):
    share.open_in_excel()
    for percent in (70, 71, 72):
        assert share.settle(book(percent)) == State.LOCKED
        share.wait(dt.timedelta(minutes=9))
    assert share.rounds() == State.LOCKED and share.shown == book(60)


def test_a_file_that_stays_open_is_read_once_a_minute(share, reads):
    share.open_in_excel()
    share.settle(book(70))
    reads.clear()
    share.rounds(25)
    assert reads == []


def test_a_faulty_file_that_is_opened_to_be_mended_stays_faulty(share):
    share.settle(faulty())
    share.open_in_excel()
    assert share.rounds(3) == State.FAULTY


# Away


def test_a_share_that_goes_and_comes_back(share):
    away = share.path.parent.rename(share.path.parent.with_name("away"))
    assert share.rounds() == State.IN_STEP, "a program that saves takes the file away for a moment"
    assert share.rounds() == State.MISSING
    since = share.state.since
    share.rounds(5)
    assert share.state.since == since and share.shown == book(60)
    away.rename(share.path.parent)
    assert share.rounds(2) == State.IN_STEP


@pytest.mark.parametrize("meanwhile", [book(70), faulty()], ids=["sound", "faulty"])
def test_what_was_saved_while_the_share_was_away_counts_when_it_is_back(share, meanwhile):
    away = share.path.parent.rename(share.path.parent.with_name("away"))
    share.rounds(3)
    (away / "so.xlsx").write_bytes(meanwhile)
    away.rename(share.path.parent)
    assert share.rounds(2) == (State.IN_STEP if meanwhile == book(70) else State.FAULTY)
    assert share.shown == book(70) if meanwhile == book(70) else book(60)


def test_a_faulty_file_that_was_away_is_faulty_again(share):
    share.settle(faulty())
    away = share.path.rename(share.path.with_name("away"))
    assert share.rounds(2) == State.MISSING
    away.rename(share.path)
    assert share.rounds(2) == State.FAULTY


def test_a_file_that_never_was_is_missing(tmp_path):
    share = Share(Store(tmp_path), tmp_path / "so-chung.xlsx")
    assert share.rounds(2) == State.MISSING


# Both sides


def test_a_file_changed_while_another_version_is_published_is_not_overwritten(share, monkeypatch):
    def save_first(*arguments):
        share.save(book(65))
        return original(*arguments)

    original = write_back.finish_write
    monkeypatch.setattr(write_back, "finish_write", save_first)
    publish(share.kept, book(70), share.path)
    assert share.rounds(3) == State.CONFLICT
    assert (share.shown, share.path.read_bytes()) == (book(70), book(65))
    assert store.entries(share.kept)[0].action == Action.SHARED_HELD


@pytest.fixture(name="divided")
def a_share_in_conflict(share, monkeypatch) -> Share:
    """Version 3 was published on the page while the file changed otherwise."""
    test_a_file_changed_while_another_version_is_published_is_not_overwritten(share, monkeypatch)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))
    return share


def test_a_conflict_outlives_restarts_further_saves_and_a_share_that_was_away(divided):
    divided.restart()
    assert divided.rounds(3) == State.CONFLICT
    assert divided.settle(book(66)) == State.CONFLICT
    away = divided.path.rename(divided.path.with_name("away"))
    assert divided.rounds(2) == State.MISSING
    away.rename(divided.path)
    assert divided.rounds(2) == State.CONFLICT and divided.shown == book(70)


def test_an_inspector_ends_a_conflict_by_publishing_the_file(divided):
    publish(divided.kept, book(65), divided.path, seen=publishing.digest_at(divided.path))
    assert divided.rounds(2) == State.IN_STEP
    assert divided.settle(book(75)) == State.IN_STEP and divided.shown == book(75)


def test_a_conflict_ends_when_the_published_workbook_is_copied_over_the_file(divided):
    assert divided.settle(book(70)) == State.IN_STEP
    assert divided.settle(book(75)) == State.IN_STEP and divided.shown == book(75)


def test_an_older_version_that_comes_back_is_not_published_by_itself(share):
    share.settle(book(70))
    assert share.settle(book(60)) == State.CONFLICT
    assert "phiên bản 2" in share.state.detail and share.shown == book(70)


def test_a_file_that_was_not_followed_for_a_while_is_not_taken_for_news(share):
    publish(share.kept, book(70))  # while SHARED_WORKBOOK was not set
    assert share.rounds(2) == State.CONFLICT
    assert share.shown == book(70)


# Writing back


def test_a_publication_while_the_file_is_being_read_is_not_forgotten(share, monkeypatch):
    """The follower has read the old state when the page notes its write: that note must stand."""

    def publish_meanwhile(data, _limits=None):
        monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))
        monkeypatch.setattr(publishing.actions, "_write_shared", lambda *_: None)  # the process is slow, or was killed
        publish(share.kept, book(70), share.path, seen=publishing.digest_at(share.path))
        return read(data)

    monkeypatch.setattr(reader, "read", publish_meanwhile)
    share.save(faulty())
    share.rounds(2)
    assert share.state.writing
    assert share.rounds() == State.IN_STEP
    assert share.path.read_bytes() == share.shown == book(70)


def refuse_replacing(patch: pytest.MonkeyPatch, error: type[OSError] = PermissionError) -> None:
    def refuse(*_):
        raise error("share")

    patch.setattr(shared_file, "replace", refuse)


@pytest.mark.parametrize(("error", "said"), [(PermissionError, "máy khác"), (OSError, "ổ mạng")])
def test_a_write_that_fails_is_told_and_tried_again(share, monkeypatch, error, said):
    with monkeypatch.context() as patch:
        refuse_replacing(patch, error)
        version = publish(share.kept, book(70), share.path)
        assert share.rounds(3) == State.WRITING
    assert (version.number, share.path.read_bytes()) == (3, book(60))
    assert said in share.state.detail
    share.wait(shared_workbook.WRITE_AGAIN)
    assert share.rounds() == State.IN_STEP
    assert share.path.read_bytes() == share.shown == book(70)


def test_a_write_that_fails_is_not_tried_every_round(share, monkeypatch):
    tries = []

    def refuse(*_):
        tries.append(share.at)
        raise PermissionError("share")

    monkeypatch.setattr(shared_file, "replace", refuse)
    publish(share.kept, book(70), share.path)
    share.rounds(16)
    assert len(tries) <= 5


def test_an_open_file_is_not_written_over(share, monkeypatch):
    monkeypatch.setattr(publishing.actions, "_write_shared", lambda *_: None)
    publish(share.kept, book(70), share.path)
    lock = share.open_in_excel()
    assert share.rounds() == State.WRITING
    assert "Hoa" in share.state.detail and share.path.read_bytes() == book(60)
    lock.unlink()
    share.wait(shared_workbook.WRITE_AGAIN)
    assert share.rounds() == State.IN_STEP and share.path.read_bytes() == book(70)


@pytest.mark.parametrize("meanwhile", [book(60), book(65)], ids=["as it was", "changed"])
def test_a_version_published_while_the_share_is_away_is_written_when_it_is_back(share, meanwhile):
    away = share.path.parent.rename(share.path.parent.with_name("away"))
    share.rounds(2)
    assert publish(share.kept, book(70), share.path).number == 3
    assert share.rounds() == State.WRITING
    (away / "so.xlsx").write_bytes(meanwhile)
    away.rename(share.path.parent)
    share.wait(MINUTE)
    changed = meanwhile != book(60)
    assert share.rounds(3) == (State.CONFLICT if changed else State.IN_STEP)
    assert share.shown == book(70)
    assert share.path.read_bytes() == (meanwhile if changed else book(70))


def test_another_version_may_be_published_before_the_last_is_written(share, monkeypatch):
    with monkeypatch.context() as patch:
        refuse_replacing(patch)
        publish(share.kept, book(70), share.path)
        publish(share.kept, book(80), share.path)
    share.wait(MINUTE)
    assert share.rounds() == State.IN_STEP
    assert share.path.read_bytes() == share.shown == book(80)


def test_a_file_that_was_deleted_is_made_again_by_the_next_publication(share):
    share.path.unlink()
    share.rounds(2)
    publish(share.kept, book(70), share.path)
    assert share.path.read_bytes() == book(70) and share.rounds(2) == State.IN_STEP


def test_only_one_thread_is_at_the_file(share, monkeypatch):
    monkeypatch.setattr(publishing.actions, "_write_shared", lambda *_: None)
    publish(share.kept, book(70), share.path)
    with write_back._writing:
        assert share.rounds() == State.WRITING
    assert share.path.read_bytes() == book(60)
    assert share.rounds() == State.IN_STEP


# Trouble beside the file


def test_a_database_that_does_not_answer_is_waited_for_and_told_once(share, caplog):
    share.save(book(70))
    file = share.kept.file
    kept = file.rename(file.with_name("kept"))
    file.write_bytes(b"no database" * 1000)
    assert share.rounds(5) is None
    assert caplog.text.count("Tạm dừng theo dõi") == 1
    kept.replace(file)
    assert share.rounds(2) == State.IN_STEP and share.shown == book(70)


def test_a_busy_reader_is_asked_again(share, monkeypatch):
    def busy(*_):
        raise DashboardError(BUSY)

    with monkeypatch.context() as patch:
        patch.setattr(reader, "read", busy)
        assert share.settle(book(70)) is None
    assert share.rounds() == State.IN_STEP and share.shown == book(70)


def test_a_version_published_at_the_same_moment_is_compared_with_first(share, monkeypatch):
    def publish_meanwhile(data, _limits=None):
        monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))
        publish(share.kept, book(55), seen="")
        return read(data)

    monkeypatch.setattr(reader, "read", publish_meanwhile)
    assert share.settle(book(70)) == State.IN_STEP
    assert share.numbers == [3, 2, 1]
    assert share.rounds() == State.CONFLICT, "the page's version was never in the file"


# In words


def state_of(kind: State, detail: str = "") -> SharedState:
    return SharedState("ke-hoach", kind, "", AT, detail)


@pytest.mark.parametrize("kind", [kind for kind in State if kind != State.IN_STEP])
def test_every_state_says_since_when_what_is_shown_and_what_to_do(share, kind):
    heading, sentences = describe(state_of(kind, "Chi tiết."), store.current(share.kept).version)
    assert "09:12 24/11/2026" in heading and heading.endswith(".")
    assert any("phiên bản 2, công bố lúc 09:12 24/11/2026" in sentence for sentence in sentences)
    assert "Chi tiết." in f"{heading} {sentences}"
    assert all(sentence.endswith(".") for sentence in sentences) and len(sentences) >= 2


@pytest.mark.parametrize("kind", [State.IN_STEP, State.WRITING])
def test_nothing_is_said_while_all_is_well(kind):
    assert describe(state_of(kind)) is None


def test_an_error_of_a_whole_sheet_names_no_cell():
    problem = Problem(Severity.ERROR, "missing-sheet", "Mục", "", "Thiếu trang này.")
    assert first_errors([problem]) == "Có 1 lỗi. Mục: Thiếu trang này."
