"""Everything that is kept, in one file: an SQLite database of the same tables, whatever the store itself is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Integer, RowMapping, Table, select, text

from lib.errors import DashboardError
from lib.store.database import Store, has, sqlite_uri
from lib.store.tables import CONTENTS, FAILURES, FORM, METADATA, SCHEMA, SESSIONS, VERSIONS, of_form
from lib.store.troubles import StoreUnavailable
from lib.store.versions import digest_of

TEMPORARY = (SESSIONS, FAILURES)
"""Of the running server alone: who is signed in now, who mistyped lately."""
ROWS_AT_ONCE = 500

NOTHING_YET = "Chưa có gì được công bố trên trang nên chưa có gì để sao lưu."
NOT_EMPTY = (
    "Kho số liệu này đã có dữ liệu nên không dựng lại đè lên. Đặt DATA_DIR (hoặc DATABASE_URL) là nơi còn trống rồi "
    "chạy lại."
)


def backup(store: Store, path: Path) -> None:
    """Write the file at `path`, as of one instant, while others read and write.

    DashboardError where that cannot be; an existing file is never touched, and `path` is never half a file.
    """
    if path.exists():
        raise DashboardError(f"Đã có tệp {path}. Chọn tên tệp khác.")
    if not path.parent.is_dir():
        raise DashboardError(f"Không có thư mục {path.parent}. Tạo thư mục đó hoặc chọn thư mục khác.")
    if not store.exists():
        raise DashboardError(NOTHING_YET)
    rows = _all_but_contents(store)
    try:
        with TemporaryDirectory(prefix=".sao-luu-", dir=path.parent) as folder:
            draft = Path(folder) / path.name
            _write(store, rows, Store(draft.parent, name=draft.name))
            draft.rename(path)
    except (OSError, StoreUnavailable) as error:
        raise DashboardError(
            f"Không ghi được bản sao lưu {path}. Kiểm tra quyền ghi thư mục và chỗ trống trên ổ đĩa rồi chạy lại."
        ) from error


def restore_backup(store: Store, path: Path) -> None:
    """Fill an empty store from such a file, all of it or nothing; DashboardError where it is not empty, or the file is
    not a whole backup."""
    _check(path)
    with Store(path.parent, name=path.name).reading() as source, store.writing() as target:
        if not _empty(target):
            raise DashboardError(NOT_EMPTY)
        for table in filter(lambda table: has(source, table), _kept_tables()):
            found = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
            while some := found.fetchmany(1 if table is CONTENTS else ROWS_AT_ONCE):
                _add(target, table, some)
        if store.file is None:
            _count_on(target)


def _kept_tables() -> Iterator[Table]:
    """What a backup holds, what others refer to first."""
    return (table for table in METADATA.sorted_tables if table is not SCHEMA and table not in TEMPORARY)


def _all_but_contents(store: Store) -> dict[Table, list[RowMapping]]:
    """The small tables as of one instant. Bytes are never changed nor deleted, so they may be read afterwards, one at a
    time: nobody who publishes has to wait for the whole."""
    with store.reading() as connection:
        tables = [table for table in _kept_tables() if table is not CONTENTS and has(connection, table)]
        return {table: list(connection.execute(select(table)).mappings()) for table in tables}


def _write(store: Store, rows: dict[Table, list[RowMapping]], copy: Store) -> None:
    with copy.writing() as target:
        for digest in sorted({row["digest"] for row in rows[VERSIONS]}):
            _add(target, CONTENTS, [_content(store, digest)])
        for table, some in rows.items():
            _add(target, table, some)


def _content(store: Store, digest: str) -> RowMapping:
    with store.reading() as connection:
        row = connection.execute(select(CONTENTS).where(CONTENTS.c.digest == digest)).mappings().one()
    if digest_of(row["data"]) != digest:
        raise DashboardError(
            f"Tệp số liệu có mã {digest[:8]} trong kho đã hỏng nên không sao lưu được trọn vẹn. Giữ các bản sao lưu "
            "cũ, kiểm tra ổ đĩa và dựng lại kho từ bản gần nhất."
        )
    return row


def _add(target: Connection, table: Table, rows: list[RowMapping]) -> None:
    if rows:
        target.execute(table.insert(), [dict(row) for row in rows])


def _empty(target: Connection) -> bool:
    tables = (table for table in METADATA.sorted_tables if table is not SCHEMA)
    return not any(target.execute(select(table).limit(1)).first() for table in tables)


def _count_on(target: Connection) -> None:
    """PostgreSQL gives out numbers of its own: they must go on behind those that were copied."""
    for table in METADATA.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            target.execute(
                text(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)")
            )


def _check(path: Path) -> None:
    """DashboardError unless the file is a whole backup of a form we know."""
    if not path.is_file():
        raise DashboardError(f"Không có tệp {path}. Kiểm tra tên tệp và thư mục.")
    broken = f"Tệp {path} không phải bản sao lưu nguyên vẹn của bảng theo dõi. Chọn bản sao lưu khác."
    try:
        with closing(sqlite3.connect(sqlite_uri(path, "ro"), uri=True)) as file:
            (form,) = file.execute("SELECT max(number) FROM schema_versions").fetchone()
            if form is not None and form > FORM:
                raise DashboardError(f"Tệp {path} do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình.")
            if form is None or form < 1 or not _is_whole(file, form):
                raise DashboardError(broken)
    except (sqlite3.Error, TypeError) as error:
        raise DashboardError(broken) from error


def _is_whole(file: sqlite3.Connection, form: int) -> bool:
    """Whether nothing is damaged, missing from its form or other than its digest says."""
    for table in of_form(form):
        file.execute(f"SELECT {', '.join(table.columns.keys())} FROM {table.name} LIMIT 0")
    damaged = file.execute("PRAGMA integrity_check").fetchone() != ("ok",)
    if damaged or file.execute("PRAGMA foreign_key_check").fetchone():
        return False
    contents = file.execute("SELECT digest, data FROM contents")
    return all(digest_of(data) == digest for digest, data in contents)
