"""One database, in a file of its own or on the office's PostgreSQL: connections, transactions, making the tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from lib.errors import DashboardError
from lib.store.tables import METADATA, SCHEMA

WORKBOOK = "ke-hoach"
"""The one workbook there is today; several stand side by side under other names."""
FILE_NAME = "kho-so-lieu.sqlite3"
FORM = 1
"""Of the tables; a database of a later form is refused."""
BUSY_SECONDS = 10
MAKING = 7_412_026
"""The advisory lock under which two programs that start at once make the tables one after the other."""


class StoreUnavailable(DashboardError):
    """The database does not answer, or cannot be read or written."""


UNREACHABLE = (
    "Kho số liệu hiện không đọc hoặc ghi được. Kiểm tra ổ đĩa còn chỗ, thư mục số liệu còn quyền đọc và ghi, "
    "máy chủ cơ sở dữ liệu (nếu dùng) đang chạy, rồi thử lại."
)
NEWER = "Kho số liệu do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình rồi mở lại."


@dataclass(frozen=True)
class Store:
    """Where published versions are kept: an SQLite file in `data_dir`, or the database of `url`."""

    data_dir: Path
    url: str = field(default="", repr=False)
    """May hold a password."""

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        if not self.url:
            return self.data_dir / FILE_NAME
        parsed = make_url(self.url)
        return Path(parsed.database) if parsed.get_backend_name() == "sqlite" else None

    @cached_property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, shared by all threads."""
        if self.file is not None:
            return _sqlite(self.file)
        url = make_url(self.url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)

    def exists(self) -> bool:
        """Whether anything was ever written."""
        if self.file is not None:
            return self.file.is_file()
        with told():
            return inspect(self.engine).has_table(SCHEMA.name)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at what is kept; StoreUnavailable where there is nothing to look at."""
        with told(), self.engine.connect() as connection:
            if self.file is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                connection.exec_driver_sql("BEGIN")
            _check_form(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all that is done in the block, or nothing. The tables are made where there are none."""
        with told(), self.engine.connect() as connection:
            if self.file is not None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            _make_tables(connection, locking=self.file is None)
            yield connection
            connection.commit()


@contextmanager
def told() -> Iterator[None]:
    """A database's own complaint becomes a sentence; the cause stays for the log. Double keys are the caller's."""
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreUnavailable(UNREACHABLE) from error


def _sqlite(file: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        file.parent.mkdir(parents=True, exist_ok=True)
        # autocommit as in the C library: our own BEGIN decides, not the module's guess.
        made = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA synchronous = FULL")
        return made

    # A file is opened for each look: nothing holds it while the server waits, and a file that was replaced is seen.
    return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)


def _check_form(connection: Connection) -> None:
    found = connection.execute(select(SCHEMA.c.number)).scalar()
    if found is not None and found > FORM:
        raise StoreUnavailable(NEWER)


def _make_tables(connection: Connection, locking: bool) -> None:
    if locking:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MAKING})"))
    if inspect(connection).has_table(SCHEMA.name):
        _check_form(connection)
        return
    METADATA.create_all(connection)
    connection.execute(SCHEMA.insert().values(number=FORM))
