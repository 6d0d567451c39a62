"""One database, in a file of its own or on the office's PostgreSQL: connections, transactions, making the tables."""

import os
import sqlite3
import threading
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Table, create_engine, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from lib.store.tables import FORM, METADATA, SCHEMA
from lib.store.troubles import ADDRESS, GONE, NEWER, OUT_OF_SIGHT, StoreUnavailable, told

WORKBOOK = "ke-hoach"
"""The one workbook there is today; several stand side by side under other names."""
FILE_NAME = "kho-so-lieu.sqlite3"
BUSY_SECONDS = 10
"""How long to wait for another writer, or for a server to answer."""
READING_SECONDS = 3
"""How long a look waits for a file that is being written: people wait meanwhile, and a page looks several times."""
WRITING = 7_412_026
"""PostgreSQL's advisory lock for writers: one after the other, as SQLite has it anyway."""

_making_engine = threading.Lock()


@dataclass(frozen=True)
class Store:
    """Where published versions are kept: the SQLite file `name` in `data_dir`, or the database of `url`.

    url: postgresql://user:password@host/database, or sqlite:///path.
    """

    data_dir: Path
    url: str = field(default="", repr=False)
    """May hold a password."""
    name: str = FILE_NAME
    _met: threading.Event = field(default_factory=threading.Event, init=False, repr=False, compare=False)
    """Set once the file was seen with its tables: from then on a missing file is a trouble, no new beginning."""

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        if not self.url:
            return self.data_dir / self.name
        address = _address(self.url)
        return Path(address.database) if address.get_backend_name() == "sqlite" else None

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, the same for all threads."""
        with _making_engine:
            return self._engine

    @cached_property
    def _engine(self) -> Engine:
        return _sqlite(self.file) if self.file is not None else _postgresql(_address(self.url))

    def exists(self) -> bool:
        """Whether anything was ever written. Asking makes neither a file nor a folder.

        StoreUnavailable where a file that was there has gone: the share is away, and what the product ships must not
        take the place of the office's figures.
        """
        if self.file is not None and not self._is_there(self.file):
            return False
        # A file may be there without tables: the first writer was stopped half-way.
        with told(), self.engine.connect() as connection:
            self._wait_shortly(connection)
            found = inspect(connection).has_table(SCHEMA.name)
        if found:
            self._met.set()
        return found

    def mark(self) -> Hashable:
        """What stays the same as long as nothing was written, a small part of the price of asking; never the same
        twice where only asking can tell. StoreUnavailable where the database does not answer.

        SQLite counts the transactions that changed its file, in its first page.
        """
        if self.file is None:
            return object()
        if not self._is_there(self.file):
            return None
        found = _counted(self.file)
        # The file can be read while another program holds it; whether the database answers, it must say itself.
        with told(), closing(_opened(self.file, min(BUSY_SECONDS, READING_SECONDS))) as made:
            made.execute("PRAGMA schema_version").fetchone()
        return found

    def _is_there(self, file: Path) -> bool:
        try:
            found = file.is_file()
        except OSError as error:
            raise StoreUnavailable(OUT_OF_SIGHT) from error
        if not found and self._met.is_set():
            raise StoreUnavailable(GONE)
        return found

    def _wait_shortly(self, connection: Connection) -> None:
        if self.file is not None:
            seconds = min(BUSY_SECONDS, READING_SECONDS)
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at what is kept; StoreUnavailable where there is nothing to look at."""
        with told(), self.engine.connect() as connection:
            self._wait_shortly(connection)
            if self.file is not None:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            _check_form(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all that is done in the block, or nothing. The tables are made where there are none.

        Writers wait for one another, so that what a block reads stays true until its end.
        """
        if self.file is not None and not self._is_there(self.file):
            _make_file(self.file)
        with told(), self.engine.connect() as connection:
            if self.file is not None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execution_options(isolation_level="READ COMMITTED")
                connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITING})"))
            _make_tables(connection)
            yield connection
            connection.commit()
        self._met.set()


def _address(url: str) -> URL:
    """The parts of `url`; StoreUnavailable, without a word of it, where it cannot be an address of ours."""
    parsed = _parsed(url.replace("postgres://", "postgresql://", 1))
    backend = parsed.get_backend_name() if parsed is not None else ""
    # "@" or "/" in a password, not written as %40 or %2F, put the rest of it into the names of host or database.
    if backend == "postgresql" and "@" not in f"{parsed.host}{parsed.database}":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and not parsed.host and parsed.database not in (None, "", ":memory:"):
        return parsed
    raise StoreUnavailable(ADDRESS)


def _parsed(url: str) -> URL | None:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # both may quote a part of the password: neither is chained
        return None


HEADER_BYTES = 100
"""Of an SQLite file: https://www.sqlite.org/fileformat.html#the_database_header"""


def _counted(file: Path) -> Hashable:
    """SQLite's own count of changes, with the file's identity, time and size for files that were put in its place."""
    try:
        with file.open("rb", buffering=0) as opened:
            facts, header = os.fstat(opened.fileno()), opened.read(HEADER_BYTES)
    except OSError as error:
        raise StoreUnavailable(OUT_OF_SIGHT) from error
    # 18, 19: above 1 a log is written beside the file, and the count stands still; 24 to 27: the count.
    if len(header) < HEADER_BYTES or max(header[18:20]) > 1:
        return object()
    return header[24:28], facts.st_dev, facts.st_ino, facts.st_mtime_ns, facts.st_size


def _opened(file: Path, patience: float) -> sqlite3.Connection:
    """Without a file this fails, instead of making one. isolation_level=None: our own BEGIN decides."""
    uri = sqlite_uri(file, "rw")
    return sqlite3.connect(uri, patience, uri=True, isolation_level=None, check_same_thread=False)


def _sqlite(file: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        made = _opened(file, BUSY_SECONDS)
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA synchronous = FULL")
        return made

    # A file is opened for each look: nothing holds it while the server waits, and a file that was replaced is seen.
    return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)


def sqlite_uri(file: Path, mode: str) -> str:
    """How SQLite is told to open `file`: `mode` is ro (only read) or rw; neither makes a file."""
    path = file.absolute().as_posix()
    return f"file://{'' if path.startswith('/') else '/'}{quote(path, '/:')}?mode={mode}"


def _postgresql(address: URL) -> Engine:
    # A server that vanished is noticed after seconds, not when the system gives up on the connection.
    patience = {"connect_timeout": str(BUSY_SECONDS), "tcp_user_timeout": str(BUSY_SECONDS * 1000)}
    address = address.set(query=patience | dict(address.query))
    return create_engine(address, pool_pre_ping=True, hide_parameters=True)


def _make_file(file: Path) -> None:
    """An empty file is an empty database. It will hold hashes of passwords: only its owner may read it."""
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
    except OSError as error:
        raise StoreUnavailable(OUT_OF_SIGHT) from error


def _check_form(connection: Connection) -> int:
    """The form of the tables; StoreUnavailable where it is later than ours."""
    found = connection.execute(select(SCHEMA.c.number)).scalar()
    if found is not None and found > FORM:
        raise StoreUnavailable(NEWER)
    return FORM if found is None else found


def has(connection: Connection, table: Table) -> bool:
    """Whether the database has a table that came with a later form: nobody may have written to it since."""
    return inspect(connection).has_table(table.name)


def _make_tables(connection: Connection) -> None:
    if not has(connection, SCHEMA):
        METADATA.create_all(connection)
        connection.execute(SCHEMA.insert().values(number=FORM))
    elif _check_form(connection) < FORM:
        METADATA.create_all(connection)
        connection.execute(SCHEMA.update().values(number=FORM))
