"""Stores for tests, on both kinds of database: SQLite, and a real PostgreSQL started for the run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lib.store import Store
from tests.postgres import Server, running

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this run."""
    with running() as server:
        yield server


@pytest.fixture
def postgres_store(postgres: Server, tmp_path: Path) -> Iterator[Store]:
    """An empty database on it."""
    made = Store(tmp_path, postgres.new_database())
    yield made
    made.engine.dispose()


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store, of each kind."""
    return Store(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_store")


@pytest.fixture(params=KINDS)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Gives one empty store after another, of each kind."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made: list[Store] = []

    def new() -> Store:
        made.append(Store(tmp_path / str(len(made)), server.new_database() if server else ""))
        return made[-1]

    yield new
    for store in made:
        store.engine.dispose()
