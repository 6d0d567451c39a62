"""What is published, on SQLite and on PostgreSQL: one transaction, one winner, nothing lost."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from lib import store
from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Draft, Due, PublishedMeanwhile, SharedState, Source, Store, StoreUnavailable

ROOT = Path(__file__).resolve().parent.parent
AT = dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC)
FIRST, LATER = dt.date(2025, 12, 31), dt.date(2027, 6, 30)


def draft(data: bytes = b"bytes", at: dt.datetime = AT, by: str = "Nguyễn Văn A", **more: object) -> Draft:
    return Draft(data, "so.xlsx", by, at, "báo cáo tháng 6", more.pop("source", Source.UPLOAD), **more)


def publish(kept: Store, *drafts: Draft) -> None:
    for one in drafts:
        store.publish(kept, one, store.current(kept).version.number)


def test_reading_an_empty_store_gives_the_starting_workbook_and_writes_nothing(kept, tmp_path):
    found = store.current(kept)
    assert (found.version.number, found.version.source, found.version.published_at) == (1, Source.STARTING, None)
    assert found.data == store.SHIPPED.read_bytes()
    assert (store.entries(kept), store.meetings(kept), store.shared(kept)) == ([], [], None)
    assert list(tmp_path.iterdir()) == [] and not kept.exists()


def test_the_first_publication_keeps_what_was_shown_before_as_version_1(kept):
    publish(kept, draft())
    newest, oldest = store.history(kept)
    assert (newest.number, newest.parent, newest.published_by, newest.reason) == (
        2,
        1,
        "Nguyễn Văn A",
        "báo cáo tháng 6",
    )
    assert (oldest.number, oldest.published_at) == (1, None)
    assert store.content(kept, oldest) == store.SHIPPED.read_bytes()


@pytest.mark.filterwarnings("error")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(data=st.binary(max_size=2000))
def test_publishing_then_restoring_gives_the_same_bytes(kept, data):
    publish(kept, draft(data))
    old = store.current(kept).version
    publish(kept, draft(data + b"!"), draft(data, source=Source.RESTORE, restored_from=old.number))
    found = store.current(kept)
    assert (found.data, found.version.restored_from) == (data, old.number)
    assert store.content(kept, old) == data


def test_whoever_is_late_is_told_who_published_what_and_when(kept):
    publish(kept, draft(by="Trần Thị Bình"))
    with pytest.raises(PublishedMeanwhile, match=r"Trần Thị Bình .*phiên bản 2 lúc 10:00 28/06/2026"):
        store.publish(kept, draft(b"other"), 1)
    assert [version.number for version in store.history(kept)] == [2, 1]


def test_of_two_at_once_one_wins_each_time_and_nothing_is_lost(kept):
    publish(kept, draft())
    for turn in range(20):
        number = store.current(kept).version.number
        drafts = [draft(f"{turn} {name}".encode(), by=name) for name in ("A", "B")]
        with ThreadPoolExecutor() as pool:
            answers = list(pool.map(lambda one: attempt(kept, one, number), drafts))  # noqa: B023
        refused = [answer for answer in answers if isinstance(answer, PublishedMeanwhile)]
        (won,) = [answer for answer in answers if not isinstance(answer, PublishedMeanwhile)]
        assert len(refused) == 1 and refused[0].version == won
        assert store.current(kept).data.decode() == f"{turn} {won.published_by}"
    assert [version.number for version in store.history(kept)] == list(range(22, 0, -1))


def attempt(kept: Store, one: Draft, parent: int) -> store.Version | PublishedMeanwhile:
    try:
        return store.publish(kept, one, parent)
    except PublishedMeanwhile as error:
        return error


MOST_STEPS = 200
KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from sqlalchemy import event
sys.path.insert(0, {root!r})
from lib import store
from lib.store import Draft, Due, Source, Store
kept = Store(Path({folder!r}), {url!r})
count = 0
def step(*_ignored, **_too):
    global count
    count += 1
    if count == {step}:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
    event.listen(kept.engine, name, step)
dues = [Due(str(task), 2025, dt.date(2025, 12, 31), False) for task in range(50)]
at = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
draft = Draft(b"new" * 100_000, "so.xlsx", "B", at, "thang bay", Source.UPLOAD, dues=dues, replaces="old")
store.publish(kept, draft, {parent})
"""


def killed_at(kept: Store, step: int, parent: int) -> bool:
    """Publish in a process that is killed at a step; whether it was killed before its end."""
    script = KILLED.format(root=str(ROOT), folder=str(kept.data_dir), url=kept.url, step=step, parent=parent)
    return subprocess.run([sys.executable, "-c", script], capture_output=True).returncode != 0


def test_a_process_killed_at_any_step_leaves_the_old_or_the_new_version_whole(kept):
    publish(kept, draft(b"old"))
    for step in range(1, MOST_STEPS):
        before = store.current(kept)
        killed = killed_at(kept, step, before.version.number)
        found = store.current(kept)
        assert found == before or found.data == b"new" * 100_000
        assert (found == before) == (store.shared(kept) is None or found.version.number == before.version.number)
        assert [version.number for version in store.history(kept)] == list(range(found.version.number, 0, -1))
        if not killed:
            break
    assert 10 < step < MOST_STEPS - 1 and found.version.number > 2, "from the first statement to the end"


def test_a_clock_set_back_does_not_put_a_version_before_its_parent(kept):
    publish(kept, draft(), draft(b"next", at=AT - dt.timedelta(days=400)))
    newest, parent, _ = store.history(kept)
    assert newest.published_at == parent.published_at
    assert store.in_force_at(kept, AT) == newest


def test_what_was_in_force_on_a_day(kept):
    publish(kept, draft(), draft(b"next", at=AT + dt.timedelta(days=30)))
    numbers = [store.in_force_at(kept, AT + dt.timedelta(days=days)).number for days in (-1, 0, 29, 30)]
    assert numbers == [1, 2, 2, 3]


def test_a_number_that_never_was_is_refused(kept):
    with pytest.raises(DashboardError, match="Chưa có phiên bản 9"):
        store.find(kept, 9)


def test_the_revision_changes_with_every_publication_and_with_nothing_else(kept):
    seen = [store.revision(kept)]
    store.record(kept, AuditEntry(AT, "A", "", Action.SIGN_IN, ""))
    assert store.revision(kept) == seen[0]
    for data in (b"one", b"two"):
        publish(kept, draft(data))
        seen.append(store.revision(kept))
    assert len(set(seen)) == 3


def test_bytes_that_were_damaged_are_not_shown(kept):
    publish(kept, draft())
    with kept.writing() as connection:
        connection.execute(text("UPDATE contents SET data = :data WHERE size = 5"), {"data": b"other"})
    with pytest.raises(DashboardError, match="đã hỏng"):
        store.current(kept)


def test_workbooks_of_other_names_stand_beside(kept):
    publish(kept, draft())
    store.publish(kept, draft(b"another"), 1, "xa-ba-vinh")
    assert store.current(kept, "xa-ba-vinh").data == b"another"
    assert store.current(kept).data == b"bytes"


# --- deadlines -----------------------------------------------------------------------------------------------------


def dues(due_on: dt.date, sample: bool = False) -> list[Due]:
    return [Due("2.1.1", 2025, due_on, sample)]


def moved(kept: Store, upto: int = 99, sample: bool = False) -> list[tuple]:
    frame = store.moved_dues(kept, upto, sample)
    return [(row.first_due_on.date(), row.due_on.date(), row.moves, row.number) for row in frame.itertuples()]


def test_a_deadline_moved_since_it_was_first_published_is_known_with_every_move(kept):
    publish(kept, draft(dues=dues(FIRST)), draft(b"2", dues=dues(dt.date(2026, 6, 30))), draft(b"3", dues=dues(LATER)))
    assert moved(kept) == [(FIRST, LATER, 2, 4)]
    assert moved(kept, upto=3) == [(FIRST, dt.date(2026, 6, 30), 1, 3)]
    assert moved(kept, upto=2) == []


def test_a_deadline_that_went_back_to_the_first_is_not_moved(kept):
    publish(kept, draft(dues=dues(FIRST)), draft(b"2", dues=dues(LATER)), draft(b"3", dues=dues(FIRST)))
    assert moved(kept) == []


def test_a_task_that_was_away_for_a_version_keeps_its_first_deadline(kept):
    publish(kept, draft(dues=dues(FIRST)), draft(b"2"), draft(b"3", dues=dues(LATER)))
    assert moved(kept) == [(FIRST, LATER, 1, 4)]


def test_the_starting_workbook_is_the_first_to_set_deadlines(kept):
    publish(kept, draft(dues=dues(LATER), starting_dues=dues(FIRST)))
    assert moved(kept) == [(FIRST, LATER, 1, 2)]


def test_official_deadlines_do_not_count_from_an_illustration(kept):
    publish(kept, draft(dues=dues(LATER), starting_dues=dues(FIRST, sample=True)))
    assert moved(kept) == [] and moved(kept, sample=True) == []


# --- the rest of what is kept ----------------------------------------------------------------------------------------


def test_the_log_is_newest_first_and_only_as_long_as_asked(kept):
    for number in range(3):
        store.record(kept, AuditEntry(AT, f"A{number}", "10.0.0.1", Action.SIGN_IN, "…"))
    assert [entry.who for entry in store.entries(kept, 2)] == ["A2", "A1"]


def test_a_refused_publication_leaves_no_trace_of_itself(kept):
    publish(kept, draft())
    entry = AuditEntry(AT, "B", "", Action.PUBLISHED, "…")
    with pytest.raises(PublishedMeanwhile):
        store.publish(kept, draft(b"late", audit=entry, dues=dues(LATER), replaces="abc"), 1)
    assert (store.entries(kept), store.shared(kept), moved(kept)) == ([], None, [])


def test_the_write_of_the_shared_file_is_noted_in_the_same_transaction(kept):
    store.keep_shared(kept, SharedState(store.WORKBOOK, "in-step", "old", AT, synced="old"))
    publish(kept, draft(replaces="old"))
    found = store.shared(kept)
    assert (found.writing, found.replacing, found.synced) == (store.digest_of(b"bytes"), "old", "old")


def test_meetings_are_newest_first_and_each_once(kept):
    for day in (dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 3, 1)):
        store.record_meeting(kept, day, "A", AT)
    assert store.meetings(kept) == [dt.date(2026, 6, 1), dt.date(2026, 3, 1)]


# --- backup ----------------------------------------------------------------------------------------------------------


def filled(kept: Store) -> Store:
    publish(kept, draft(dues=dues(FIRST)), draft(b"two", dues=dues(LATER)))
    store.record(kept, AuditEntry(AT, "A", "", Action.SIGN_IN, ""))
    store.record_meeting(kept, dt.date(2026, 6, 1), "A", AT)
    return kept


def everything(kept: Store) -> tuple:
    versions = store.history(kept)
    contents = [store.content(kept, version) for version in versions]
    return versions, contents, store.entries(kept), store.meetings(kept), moved(kept)


def test_a_backup_of_either_database_fills_the_other(kept, postgres_store, tmp_path):
    path = tmp_path / "sao lưu.sqlite3"
    store.backup(filled(kept), path)
    other = Store(tmp_path / "other") if kept.url else postgres_store
    store.restore_backup(other, path)
    assert everything(other) == everything(kept)
    publish(other, draft(b"goes on"))
    store.record(other, AuditEntry(AT, "B", "", Action.SIGN_IN, ""))
    assert (store.current(other).version.number, len(store.entries(other))) == (4, 2)


def test_a_backup_made_while_others_publish_is_of_one_moment(kept, tmp_path):
    publish(kept, draft())
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(lambda: [publish(kept, draft(bytes([turn]) * 5000)) for turn in range(15)])
        for turn in range(3):
            path = tmp_path / f"{turn}.sqlite3"
            store.backup(kept, path)
            copy = Store(tmp_path / f"copy {turn}")
            store.restore_backup(copy, path)
            numbers = [version.number for version in store.history(copy)]
            assert numbers == list(range(numbers[0], 0, -1))
            assert all(store.content(copy, version) for version in store.history(copy))
        busy.result()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    with pytest.raises(DashboardError, match="không phải bản sao lưu nguyên vẹn"):
        store.restore_backup(Store(tmp_path / "data"), path)
    assert not Store(tmp_path / "data").exists()


def test_a_backup_with_damaged_bytes_is_refused(tmp_path):
    kept, path = filled(Store(tmp_path / "data")), tmp_path / "x.sqlite3"
    store.backup(kept, path)
    with Store(tmp_path, f"sqlite:///{path.as_posix()}").writing() as connection:
        connection.execute(text("UPDATE contents SET data = :data WHERE size = 3"), {"data": b"bad"})
    with pytest.raises(DashboardError, match="nguyên vẹn"):
        store.restore_backup(Store(tmp_path / "other"), path)


# --- a database that does not answer ---------------------------------------------------------------------------------


def test_a_database_of_a_later_form_is_refused(kept):
    publish(kept, draft())
    with kept.writing() as connection:
        connection.execute(text("UPDATE schema_versions SET number = 99"))
    with pytest.raises(StoreUnavailable, match="mới hơn"):
        store.current(kept)


def test_a_file_that_is_no_database_is_said_calmly(tmp_path):
    Store(tmp_path).file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreUnavailable, match="không đọc hoặc ghi được"):
        store.current(Store(tmp_path))


def test_a_server_that_is_away_is_said_calmly_and_without_its_password(tmp_path):
    away = Store(tmp_path, "postgresql://ai:bi-mat@127.0.0.1:1/kho")
    with pytest.raises(StoreUnavailable, match="không đọc hoặc ghi được") as caught:
        store.current(away)
    assert "bi-mat" not in str(caught.value) + repr(away)


def test_two_programs_that_start_at_once_make_the_tables_once(kept):
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda turn: store.record(kept, AuditEntry(AT, str(turn), "", Action.SIGN_IN, "")), range(8)))
    assert len(store.entries(kept)) == 8
