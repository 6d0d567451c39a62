"""What is published, on SQLite and on PostgreSQL: one transaction, one winner, nothing lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from lib import store
from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Draft, Due, PublishedMeanwhile, SharedState, Source, Store, publication

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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(data=st.binary(max_size=2000))
def test_publishing_then_restoring_gives_the_same_bytes(kept, data):
    publish(kept, draft(data))
    old = store.current(kept).version
    publish(kept, draft(data + b"!"), draft(data, source=Source.RESTORE, restored_from=old.number))
    found = store.current(kept)
    assert (found.data, found.version.restored_from) == (data, old.number)
    assert store.content(kept, old) == data


def test_whoever_is_late_is_told_who_published_what_when_and_why(kept):
    publish(kept, draft(by="Trần Thị Bình"))
    said = r"Trần Thị Bình .*phiên bản 2 lúc 10:00 28/06/2026 \(tệp so.xlsx, lý do: báo cáo tháng 6\)"
    with pytest.raises(PublishedMeanwhile, match=said):
        store.publish(kept, draft(b"other"), 1)
    assert [version.number for version in store.history(kept)] == [2, 1]


def test_whoever_is_late_for_a_restoring_is_told_what_was_restored(kept):
    publish(kept, draft(), draft(store.SHIPPED.read_bytes(), source=Source.RESTORE, restored_from=1))
    with pytest.raises(PublishedMeanwhile, match="phiên bản 3 .*khôi phục phiên bản 1"):
        store.publish(kept, draft(b"other"), 2)


def test_the_key_of_the_versions_lets_one_through_even_if_nobody_waited(kept, monkeypatch):
    publish(kept, draft(), draft(b"quicker", by="Trần Thị Bình"))
    as_it_was = store.find(kept, 2)
    monkeypatch.setattr(publication, "_latest", lambda *_: as_it_was)
    with pytest.raises(PublishedMeanwhile) as refused:
        store.publish(kept, draft(b"slower"), 2)
    assert refused.value.version == store.find(kept, 3)
    assert store.current(kept).data == b"quicker"


def test_a_doubled_deadline_is_a_bug_and_not_somebody_elses_publication(kept):
    publish(kept, draft())
    with pytest.raises(IntegrityError):
        publish(kept, draft(b"2", dues=dues(FIRST) + dues(LATER)))
    assert len(store.history(kept)) == 2


def test_nothing_stored_is_ever_changed_or_deleted(kept):
    """All that a publication, a restoring and a refusal say to the tables that only grow is SELECT and INSERT."""
    said = []
    event.listen(kept.engine, "before_cursor_execute", lambda *call: said.append(call[2].split()))
    publish(kept, draft(dues=dues(FIRST), replaces="old"), draft(b"2", dues=dues(LATER), replaces="old"))
    publish(kept, draft(source=Source.RESTORE, restored_from=2))
    changed = {words[2 if words[0] == "DELETE" else 1] for words in said if words[0] in ("UPDATE", "DELETE")}
    assert changed <= {"shared_workbooks"} and ["INSERT", "INTO", "versions"] in [words[:3] for words in said]


def test_publishing_bytes_whose_stored_copy_was_damaged_is_refused(kept):
    publish(kept, draft(), draft(b"other"))
    damage(kept)
    with pytest.raises(DashboardError, match="đã hỏng"):
        publish(kept, draft())
    assert len(store.history(kept)) == 3


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
    damage(kept)
    with pytest.raises(DashboardError, match="đã hỏng"):
        store.current(kept)


def damage(kept: Store) -> None:
    with kept.writing() as connection:
        connection.execute(
            text("UPDATE contents SET data = :data WHERE digest = :digest"),
            {"data": b"spoilt", "digest": store.digest_of(b"bytes")},
        )


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b"])
def test_what_no_database_can_keep_is_left_out_of_what_people_typed(kept, typed):
    publish(kept, draft(by=typed))
    store.record(kept, AuditEntry(AT, typed, "", Action.SIGN_IN, ""))
    assert (store.history(kept)[0].published_by, store.entries(kept)[0].who) == ("ab", "ab")


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


def test_the_last_move_is_told_with_who_when_and_why(kept):
    publish(kept, draft(dues=dues(FIRST)), draft(b"2", AT, "Trần Thị Bình", dues=dues(LATER)))
    (row,) = store.moved_dues(kept, 3, False).itertuples()
    assert (row.task, row.year, row.published_by, row.published_at) == ("2.1.1", 2025, "Trần Thị Bình", AT)
    assert row.reason == "báo cáo tháng 6"


def test_twenty_thousand_deadlines_are_kept_and_only_the_moved_ones_are_told(kept):
    first = [Due(f"{task}", year, FIRST, False) for task in range(4000) for year in range(2022, 2027)]
    moved_one = [Due("77", 2024, LATER, False)]
    publish(kept, draft(dues=first), draft(b"2", dues=[due for due in first if due != first[77 * 5 + 2]] + moved_one))
    assert moved(kept) == [(FIRST, LATER, 1, 3)]
    with kept.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM dues")).scalar() == 20_001


def test_where_nothing_moved_the_table_has_the_same_kinds_of_columns(kept):
    before = store.moved_dues(kept, 9, False).dtypes
    publish(kept, draft(dues=dues(FIRST)), draft(b"2", dues=dues(LATER)))
    assert (store.moved_dues(kept, 9, False).dtypes == before).all()


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


def test_two_programs_that_start_at_once_make_the_tables_once(kept):
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda turn: store.record(kept, AuditEntry(AT, str(turn), "", Action.SIGN_IN, "")), range(8)))
    assert len(store.entries(kept)) == 8
