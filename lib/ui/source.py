"""Where the figures come from: the store of the settings, the version in view, the last good one while out of reach."""

import datetime as dt
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from lib import settings, store
from lib.clock import now
from lib.settings import Settings
from lib.store import Published, SharedState, Store, StoreUnavailable
from lib.words import OFFICE_ZONE


@lru_cache(maxsize=8)
def _store(data_dir: Path, url: str) -> Store:
    return Store(data_dir, url)


def store_of(chosen: Settings) -> Store:
    """The one store object of these settings in this process."""
    return _store(chosen.data_dir, chosen.database_url)


def current_store() -> Store:
    """The store of the settings in force."""
    return store_of(settings.load(os.environ))


@dataclass(frozen=True)
class Source:
    """A version and how it came to be the one in view.

    out_of_reach_since: when the database stopped answering; what is shown was the last that it gave.
    """

    published: Published
    out_of_reach_since: dt.datetime | None = None


@dataclass
class _Kept:
    """The last answer of a store, for as long as the process runs."""

    published: Published | None = None
    revision: tuple = ()
    out_of_reach_since: dt.datetime | None = None
    answers: dict[tuple, Any] = field(default_factory=dict)

    def reached(self) -> None:
        """The store has answered."""
        self.out_of_reach_since = None

    def missed(self, error: StoreUnavailable) -> None:
        """It has not; told to the log when that begins, for every screen asks again and again."""
        if self.out_of_reach_since is None:
            self.out_of_reach_since = now()
            _log.warning("Kho số liệu không trả lời", exc_info=error)


_Found = TypeVar("_Found")
_ANSWERS = 200
_log = logging.getLogger(__name__)


@lru_cache(maxsize=8)
def _kept(_the_store: Store) -> _Kept:
    return _Kept()


def latest() -> Source:
    """What is published; the last that was, where the database does not answer. Raises what opening it raises where
    nothing was ever read."""
    the_store = current_store()
    kept = _kept(the_store)
    try:
        revision = store.revision(the_store)
        if kept.published is None or kept.revision != revision:
            kept.published, kept.revision = store.current(the_store), revision
        kept.reached()
    except StoreUnavailable as error:
        if kept.published is None:
            raise
        kept.missed(error)
    return Source(kept.published, kept.out_of_reach_since)


def answer(question: tuple, ask: Callable[[Store], _Found]) -> _Found:
    """What the store says; while it does not answer, what it said to the same question last. Raises StoreUnavailable
    where it was never asked that."""
    the_store = current_store()
    kept = _kept(the_store)
    try:
        found = ask(the_store)
    except StoreUnavailable as error:
        if question not in kept.answers:
            raise
        kept.missed(error)
        return kept.answers[question]
    kept.reached()
    kept.answers.pop(question, None)
    kept.answers[question] = found
    while len(kept.answers) > _ANSWERS:
        kept.answers.pop(next(iter(kept.answers)), None)
    return found


def history() -> list[store.Version]:
    """Every version, newest first."""
    return answer(("history",), store.history)


def meetings() -> list[dt.date]:
    """The recorded days of meetings, newest first."""
    return answer(("meetings",), store.meetings)


def version_of(number: int) -> Source:
    """A version by its number; DashboardError where there is none."""
    return _source(answer(("number", number), lambda kept: store.find(kept, number)))


def version_on(day: dt.date) -> Source:
    """The version in force at the end of `day`, by the office's clock."""
    end = dt.datetime.combine(day, dt.time.max, OFFICE_ZONE)
    return _source(answer(("day", day), lambda kept: store.in_force_at(kept, end)))


def _source(version: store.Version) -> Source:
    published = Published(version, _content(version.digest, version))
    return Source(published, _kept(current_store()).out_of_reach_since)


@st.cache_resource(max_entries=8, show_spinner=False)
def _content(digest: str, _version: store.Version) -> bytes:  # noqa: ARG001
    return store.content(current_store(), _version)


def shared_state() -> SharedState | None:
    """How the shared workbook stands; None where there is none or nobody can say."""
    chosen = settings.load(os.environ)
    if chosen.shared_workbook is None:
        return None
    try:
        return store.shared(store_of(chosen))
    except StoreUnavailable:
        return None
