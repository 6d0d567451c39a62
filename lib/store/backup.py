"""Everything that is kept, in one file: an SQLite database of the same tables, whatever the store itself is."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Integer, Table, func, select, text

from lib.errors import DashboardError
from lib.store.database import FORM, Store
from lib.store.tables import CONTENTS, FAILURES, METADATA, SCHEMA, SESSIONS

TEMPORARY = (SESSIONS, FAILURES)
"""Of the running server alone: who is signed in now, who mistyped lately."""
ROWS_AT_ONCE = 500

NOTHING_YET = "Chưa có gì được công bố trên trang nên chưa có gì để sao lưu."
NOT_EMPTY = (
    "Kho số liệu này đã có dữ liệu nên không dựng lại đè lên. Đặt DATA_DIR (hoặc DATABASE_URL) là nơi còn trống rồi "
    "chạy lại."
)


def backup(store: Store, path: Path) -> None:
    """Write the file at `path`, as of one instant, while others read and write; an existing file is never touched."""
    if path.exists():
        raise DashboardError(f"Đã có tệp {path}. Chọn tên tệp khác.")
    if not store.exists():
        raise DashboardError(NOTHING_YET)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tam")
    try:
        with store.reading() as source:
            copy = Store(path.parent, _url(draft))
            with copy.writing() as target:
                _copy(source, target)
        draft.replace(path)
    except OSError as error:
        raise DashboardError(f"Không ghi được {path}. Kiểm tra thư mục, quyền ghi và chỗ trống trên ổ đĩa.") from error
    finally:
        draft.unlink(missing_ok=True)


def restore_backup(store: Store, path: Path) -> None:
    """Fill an empty store from such a file, all of it or nothing."""
    _check(path)
    if store.exists() and not _empty(store):
        raise DashboardError(NOT_EMPTY)
    with Store(path.parent, _url(path)).reading() as source, store.writing() as target:
        _copy(source, target)
        if store.file is None:
            _count_on(target)


def _url(path: Path) -> str:
    return f"sqlite:///{path.resolve().as_posix()}"


def _copy(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        if table is SCHEMA or table in TEMPORARY:
            continue
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
        while some := rows.fetchmany(ROWS_AT_ONCE if table is not CONTENTS else 1):
            target.execute(table.insert(), [dict(row) for row in some])


def _empty(store: Store) -> bool:
    with store.reading() as connection:
        kept = [table for table in METADATA.sorted_tables if table is not SCHEMA]
        return not any(connection.execute(select(func.count()).select_from(table)).scalar() for table in kept)


def _count_on(target: Connection) -> None:
    """PostgreSQL gives out numbers of its own: they must go on behind those that were copied."""
    for table in METADATA.sorted_tables:
        if _counts(table):
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            target.execute(
                text(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)")
            )


def _counts(table: Table) -> bool:
    return "id" in table.c and isinstance(table.c.id.type, Integer)


def _check(path: Path) -> None:
    """DashboardError unless the file is a whole backup of a form we know."""
    if not path.is_file():
        raise DashboardError(f"Không có tệp {path}. Kiểm tra tên tệp và thư mục.")
    broken = DashboardError(f"Tệp {path} không phải bản sao lưu nguyên vẹn của bảng theo dõi. Chọn bản sao lưu khác.")
    try:
        with closing(sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True)) as file:
            if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise broken
            if file.execute("SELECT number FROM schema_versions").fetchone() > (FORM,):
                raise DashboardError(f"Tệp {path} do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình.")
            if any(
                hashlib.sha256(data).hexdigest() != digest
                for digest, data in file.execute("SELECT digest, data FROM contents")
            ):
                raise broken
    except (sqlite3.Error, TypeError) as error:
        raise broken from error
