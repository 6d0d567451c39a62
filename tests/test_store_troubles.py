"""A database that cannot be reached, read or written: a calm sentence with what to do, and nothing lost."""

import datetime as dt
import sqlite3
import traceback

import pytest
from sqlalchemy import Connection, event, text

from lib import store
from lib.store import AuditEntry, Store, StoreUnavailable, database
from lib.store.audit import Action
from tests.store_children import draft

ENTRY = AuditEntry(dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC), "A", "", Action.SIGN_IN, "")
SECRET = "bi-mat"


def sqlite_store(tmp_path) -> Store:
    """A store on SQLite with version 2."""
    kept = Store(tmp_path)
    store.publish(kept, draft(2), 1)
    return kept


def at_each_opening(kept: Store, statement: str) -> None:
    event.listen(kept.engine, "connect", lambda made, _record: made.execute(statement))


def test_a_full_disk_is_said_and_the_old_version_stays(tmp_path):
    kept = sqlite_store(tmp_path)
    full = Store(tmp_path)
    at_each_opening(full, "PRAGMA max_page_count = 1")
    with pytest.raises(StoreUnavailable, match=r"ổ đĩa đã đầy.*Giải phóng chỗ trống"):
        store.publish(full, draft(3), 2)
    assert store.current(kept).data == draft(2).data
    assert len(store.history(kept)) == 2


def test_a_file_that_may_only_be_read_still_shows_what_is_published(tmp_path):
    sqlite_store(tmp_path)
    kept = Store(tmp_path)
    at_each_opening(kept, "PRAGMA query_only = ON")
    assert store.current(kept).data == draft(2).data
    with pytest.raises(StoreUnavailable, match=r"không cho ghi.*quyền đọc và ghi"):
        store.publish(kept, draft(3), 2)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnavailable, match=r"không mở được tệp.*quyền đọc và ghi"):
        store.record(Store(tmp_path / "file" / "data"), ENTRY)


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path):
    (tmp_path / database.FILE_NAME).mkdir()
    with pytest.raises(StoreUnavailable, match="không mở được tệp"):
        store.record(Store(tmp_path), ENTRY)


def test_a_store_that_somebody_else_is_writing_is_busy_after_a_while(kept, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    store.publish(kept, draft(2), 1)
    other = Store(kept.data_dir, kept.url)
    with kept.writing(), pytest.raises(StoreUnavailable, match=r"đang bận.*thử lại"):
        store.publish(other, draft(3), 2)
    store.publish(other, draft(3), 2)
    other.engine.dispose()


def test_reading_goes_on_while_somebody_writes(kept):
    store.publish(kept, draft(2), 1)
    with kept.writing() as connection:
        connection.execute(text("UPDATE versions SET reason = 'x'"))
        assert store.history(kept)[0].reason == "báo cáo"


def test_one_look_is_of_one_moment(postgres_store):
    """On SQLite whoever writes waits for it; PostgreSQL lets them go on."""
    store.publish(postgres_store, draft(2), 1)
    with postgres_store.reading() as connection:
        chosen = text("SELECT max(number) FROM versions")
        before = connection.execute(chosen).scalar()
        store.publish(postgres_store, draft(3), 2)
        assert connection.execute(chosen).scalar() == before == 2


@pytest.mark.parametrize("damage", [b"not a database at all" * 500, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path, damage):
    file = tmp_path / database.FILE_NAME
    file.write_bytes(damage)
    for work in (store.current, lambda kept: store.record(kept, ENTRY)):
        with pytest.raises(StoreUnavailable, match=r"đã hỏng.*sao lưu gần nhất bằng lệnh restore-backup"):
            work(Store(tmp_path))
    assert file.read_bytes() == damage


def test_pages_that_were_damaged_within_the_file_are_said(tmp_path):
    kept = sqlite_store(tmp_path)
    data = bytearray(kept.file.read_bytes())
    data[4096 : len(data)] = b"\xff" * (len(data) - 4096)
    kept.file.write_bytes(data)
    with pytest.raises(StoreUnavailable, match="đã hỏng"):
        store.current(kept)


def test_a_file_without_tables_is_as_good_as_none(tmp_path):
    kept = Store(tmp_path)
    kept.file.write_bytes(b"")
    assert store.current(kept).version.number == 1
    assert not kept.exists()
    store.publish(kept, draft(2), 1)
    assert store.current(kept).data == draft(2).data


def test_a_database_of_a_later_form_is_not_written_either(kept):
    store.publish(kept, draft(2), 1)
    with kept.writing() as connection:
        connection.execute(text("UPDATE schema_versions SET number = 99"))
    with pytest.raises(StoreUnavailable, match="mới hơn"):
        store.publish(kept, draft(3), 2)


def test_looking_for_what_is_not_there_makes_neither_file_nor_folder(tmp_path):
    kept = Store(tmp_path / "data")
    store.current(kept), store.revision(kept), store.entries(kept)
    with pytest.raises(StoreUnavailable), kept.reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_reads_the_file_with_the_passwords_hashes(tmp_path):
    mode = sqlite_store(tmp_path).file.stat().st_mode & 0o777
    assert mode in (0o600, 0o666), "Windows has no such rights"


def test_a_wrong_statement_stays_a_bug(kept):
    store.publish(kept, draft(2), 1)
    with pytest.raises(Exception, match="no_such_table") as caught, kept.reading() as connection:
        connection.execute(text("SELECT 1 FROM no_such_table"))
    assert not isinstance(caught.value, StoreUnavailable)


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_way_to_write_an_address_of_postgresql_is_understood(tmp_path, prefix):
    address = Store(tmp_path, f"{prefix}://ai:{SECRET}%40@may:5433/kho?connect_timeout=3").engine.url
    assert (address.drivername, address.password, address.port) == ("postgresql+psycopg", f"{SECRET}@", 5433)
    assert address.query["connect_timeout"] == "3"


def test_an_address_of_a_file_is_that_file(tmp_path):
    path = tmp_path / "thư mục" / "kho #1 100%.db"
    kept = Store(tmp_path, f"sqlite:///{path.as_posix()}")
    store.publish(kept, draft(2), 1)
    assert path.is_file() and store.current(kept).data == draft(2).data
    with sqlite3.connect(path) as direct:
        assert direct.execute("SELECT count(*) FROM versions").fetchone() == (2,)
    direct.close()


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ai:{SECRET}@x@127.0.0.1/kho",
        f"postgresql://ai:x@{SECRET}/y@127.0.0.1/kho",
        f"postgresql://ai:{SECRET}@127.0.0.1:cong/kho",
        f"mysql://ai:{SECRET}@127.0.0.1/kho",
        f"postgresql:/ai:{SECRET}@127.0.0.1/kho",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://thu-muc/kho.db",
    ],
)
def test_an_address_that_cannot_be_one_is_refused_without_repeating_it(tmp_path, url):
    kept = Store(tmp_path, url)
    with pytest.raises(StoreUnavailable, match=r"DATABASE_URL.*postgresql://.*sqlite:///") as caught:
        store.current(kept)
    told = "".join(traceback.format_exception(caught.value)) + repr(kept)
    assert SECRET not in told.replace(repr(url), "")
    assert caught.value.__context__ is None
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_said_without_the_password_in_the_log_either(tmp_path, caplog):
    away = Store(tmp_path, f"postgresql://ai:{SECRET}@127.0.0.1:1/kho")
    with pytest.raises(StoreUnavailable, match=r"không trả lời.*DATABASE_URL") as caught:
        store.current(away)
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_a_server_that_went_away_is_said_and_comes_back(postgres_store):
    store.publish(postgres_store, draft(2), 1)
    with pytest.raises(StoreUnavailable, match="không trả lời"), postgres_store.reading() as connection:
        cut_off(connection, postgres_store)
    assert store.current(postgres_store).data == draft(2).data


def cut_off(connection: Connection, kept: Store) -> None:
    """End the server's side of a connection, and ask it something."""
    own = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    with kept.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
    connection.execute(text("SELECT 1"))


def test_an_account_without_rights_is_said(postgres_store):
    with postgres_store.engine.begin() as connection:
        connection.execute(text("CREATE ROLE only_a_guest"))
    event.listen(
        postgres_store.engine, "begin", lambda connection: connection.execute(text("SET LOCAL ROLE only_a_guest"))
    )
    with pytest.raises(StoreUnavailable, match=r"không đủ quyền.*quyền tạo bảng"):
        store.record(postgres_store, ENTRY)
