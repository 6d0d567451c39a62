"""Backups: one whole file while others publish, which fills an empty store of either database."""

import datetime as dt
import importlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from lib import store
from lib.errors import DashboardError
from lib.store import AuditEntry, Store
from lib.store.audit import Action
from lib.store.tables import FAILURES, SESSIONS
from tests.store_children import beside, check_whole, publish_on_and_on
from tests.store_children import draft as small
from tests.test_store import AT, FIRST, LATER, draft, dues, moved, publish

PAUSE = 0.02
"""Seconds between two publications of the other process: on SQLite whoever reads waits for whoever commits."""


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


def test_a_backup_made_while_another_process_publishes_is_of_one_moment(kept, postgres_store, tmp_path):
    others = [Store(tmp_path / "other"), Store(tmp_path / "another")] if kept.url else [postgres_store]
    latest = 1
    with beside(publish_on_and_on, kept, PAUSE) as (_, pipe):
        pipe.recv()
        for turn, other in enumerate(others):
            while store.history(kept, limit=1)[0].number == latest:
                time.sleep(PAUSE)
            store.backup(kept, tmp_path / f"{turn}.sqlite3")
            store.restore_backup(other, tmp_path / f"{turn}.sqlite3")
            latest = check_whole(other)
    assert check_whole(kept) >= latest > 1


def test_whoever_publishes_need_not_wait_for_a_backup(kept, tmp_path, monkeypatch):
    """The moment of a backup is its beginning; while it reads the bytes of one version after another, others write."""
    module = importlib.import_module("lib.store.backup")
    monkeypatch.setattr(module, "_content", publishing_before(kept, module._content))
    store.publish(kept, small(2), 1)
    store.backup(kept, tmp_path / "x.sqlite3")
    copy = Store(tmp_path, name="x.sqlite3")
    assert [version.number for version in store.history(copy)] == [2, 1]
    assert store.current(kept).version.number == 4


def publishing_before(kept: Store, read: Callable) -> Callable:
    """`read`, with a publication before each call."""

    def publish_and_read(*arguments: object) -> object:
        number = store.current(kept).version.number + 1
        store.publish(kept, small(number), number - 1)
        return read(*arguments)

    return publish_and_read


def test_nobody_is_signed_in_by_a_backup(kept, tmp_path):
    publish(kept, draft())
    with kept.writing() as connection:
        connection.execute(SESSIONS.insert(), [dict.fromkeys(SESSIONS.columns.keys(), "x") | {"single_sign_on": False}])
        connection.execute(FAILURES.insert(), [{"account": "x", "address": "x", "at": "x"}])
    store.backup(kept, tmp_path / "x.sqlite3")
    with Store(tmp_path, name="x.sqlite3").reading() as connection:
        assert [connection.execute(table.select()).all() for table in (SESSIONS, FAILURES)] == [[], []]


def test_an_existing_file_is_never_touched(tmp_path):
    kept, path = filled(Store(tmp_path / "data")), tmp_path / "x.sqlite3"
    path.write_bytes(b"mine")
    with pytest.raises(DashboardError, match="Đã có tệp"):
        store.backup(kept, path)
    assert path.read_bytes() == b"mine"


def test_a_backup_that_cannot_be_finished_leaves_nothing(tmp_path, monkeypatch):
    kept, folder = filled(Store(tmp_path / "data")), tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(DashboardError, match=r"Không ghi được bản sao lưu.*chỗ trống"):
        store.backup(kept, folder / "x.sqlite3")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_and_not_made(tmp_path):
    kept = filled(Store(tmp_path / "data"))
    with pytest.raises(DashboardError, match="Không có thư mục"):
        store.backup(kept, tmp_path / "gone" / "x.sqlite3")
    assert not (tmp_path / "gone").exists()


def test_where_nothing_was_published_there_is_nothing_to_back_up(kept, tmp_path):
    with pytest.raises(DashboardError, match="chưa có gì để sao lưu"):
        store.backup(kept, tmp_path / "x.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_store_with_damaged_bytes_gives_no_backup_that_could_not_be_restored(kept, tmp_path):
    publish(kept, draft())
    with kept.writing() as connection:
        connection.execute(text("UPDATE contents SET data = :data WHERE size = 5"), {"data": b"other"})
    with pytest.raises(DashboardError, match=r"đã hỏng.*Giữ các bản sao lưu cũ"):
        store.backup(kept, tmp_path / "x.sqlite3")
    assert not (tmp_path / "x.sqlite3").exists()


def test_a_store_with_anything_in_it_stays_as_it_is(kept, tmp_path):
    store.backup(filled(Store(tmp_path / "data")), tmp_path / "x.sqlite3")
    store.record(kept, AuditEntry(AT, "B", "", Action.SIGN_IN, ""))
    with pytest.raises(DashboardError, match="đã có dữ liệu"):
        store.restore_backup(kept, tmp_path / "x.sqlite3")
    assert (len(store.entries(kept)), len(store.history(kept))) == (1, 1)


def test_a_restoring_that_breaks_off_leaves_the_store_empty(kept, tmp_path):
    store.backup(filled(Store(tmp_path / "data")), tmp_path / "x.sqlite3")
    event.listen(kept.engine, "before_cursor_execute", break_off)
    with pytest.raises(InterruptedError):
        store.restore_backup(kept, tmp_path / "x.sqlite3")
    event.remove(kept.engine, "before_cursor_execute", break_off)
    assert not kept.exists()
    store.restore_backup(kept, tmp_path / "x.sqlite3")
    assert store.current(kept).data == b"two"


def break_off(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    if statement.startswith("INSERT INTO meetings"):
        raise InterruptedError


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE contents SET data = 'bad' WHERE size = 3", "nguyên vẹn"),
        ("UPDATE contents SET data = CAST('bad' AS BLOB) WHERE size = 3", "nguyên vẹn"),
        ("DELETE FROM contents WHERE size = 3", "nguyên vẹn"),
        ("DROP TABLE audit", "nguyên vẹn"),
        ("DELETE FROM schema_versions", "nguyên vẹn"),
        ("UPDATE schema_versions SET number = 99", "mới hơn"),
    ],
)
def test_a_backup_that_is_not_whole_or_too_new_is_refused_before_anything_is_written(tmp_path, change, said):
    path = tmp_path / "x.sqlite3"
    store.backup(filled(Store(tmp_path / "data")), path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(change)
    with pytest.raises(DashboardError, match=said):
        store.restore_backup(Store(tmp_path / "other"), path)
    assert not (tmp_path / "other").exists()


def test_a_backup_that_was_cut_off_is_refused(tmp_path):
    path = tmp_path / "x.sqlite3"
    store.backup(filled(Store(tmp_path / "data")), path)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(DashboardError, match="nguyên vẹn"):
        store.restore_backup(Store(tmp_path / "other"), path)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    with pytest.raises(DashboardError, match="không phải bản sao lưu nguyên vẹn"):
        store.restore_backup(Store(tmp_path / "data"), path)
    assert not Store(tmp_path / "data").exists()
