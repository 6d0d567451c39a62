"""Where the figures come from: the store of the settings, the version in view, the last good one while out of reach."""

import datetime as dt
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
        kept.out_of_reach_since = None
    except StoreUnavailable:
        if kept.published is None:
            raise
        kept.out_of_reach_since = kept.out_of_reach_since or now()
    return Source(kept.published, kept.out_of_reach_since)


def version_of(number: int) -> Source:
    """A version by its number; DashboardError where there is none."""
    return _source(store.find(current_store(), number))


def version_on(day: dt.date) -> Source:
    """The version in force at the end of `day`, by the office's clock."""
    end = dt.datetime.combine(day, dt.time.max, OFFICE_ZONE)
    return _source(store.in_force_at(current_store(), end))


def _source(version: store.Version) -> Source:
    return Source(Published(version, _content(version.digest, version)))


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
