"""Where the figures come from: the store of the settings, the version in view, the last good one while out of reach."""

import datetime as dt
import logging
import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from lib import accounts, settings, store
from lib.accounts import Person, Session, session_of, token_hash
from lib.clock import now
from lib.settings import Settings
from lib.store import Published, SharedState, Store, StoreUnavailable
from lib.ui.kept import Kept
from lib.words import OFFICE_ZONE


@dataclass
class _Look:
    """What one run of a page has asked already: it shows one moment, and asks once."""

    settings: Settings | None = None
    marks: dict[Store, Hashable | StoreUnavailable] = field(default_factory=dict)
    revisions: dict[Store, tuple] = field(default_factory=dict)


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within the block settings and stores are asked once whether anything is new. Whoever writes within it runs the
    page again before showing what was written."""
    token = _look.set(_Look())
    try:
        yield
    finally:
        _look.reset(token)


def settings_in_force() -> Settings:
    """The settings, read anew for each run."""
    look = _look.get()
    if look is None:
        return settings.load(os.environ)
    if look.settings is None:
        look.settings = settings.load(os.environ)
    return look.settings


@lru_cache(maxsize=8)
def _store(data_dir: Path, url: str) -> Store:
    return Store(data_dir, url)


def store_of(chosen: Settings) -> Store:
    """The one store object of these settings in this process."""
    return _store(chosen.data_dir, chosen.database_url)


def current_store() -> Store:
    """The store of the settings in force."""
    return store_of(settings_in_force())


def _mark(the_store: Store) -> Hashable:
    """`Store.mark` of this run; what it raised once, it raises again without another wait."""
    look = _look.get()
    if look is None:
        return the_store.mark()
    if the_store not in look.marks:
        try:
            look.marks[the_store] = the_store.mark()
        except StoreUnavailable as error:
            look.marks[the_store] = error
    found = look.marks[the_store]
    if isinstance(found, StoreUnavailable):
        raise found
    return found


@dataclass(frozen=True)
class Source:
    """A version and how it came to be the one in view.

    out_of_reach_since: when the database stopped answering; what is shown was the last that it gave.
    """

    published: Published
    out_of_reach_since: dt.datetime | None = None


@dataclass
class _Kept:
    """The last answers of a store, for as long as the process runs; each with what held when it was given."""

    latest: tuple[tuple, Published] | None = None
    """Revision and version in one, never those of two threads."""
    out_of_reach_since: dt.datetime | None = None
    answers: dict[tuple, tuple[Hashable, Any]] = field(default_factory=dict)
    sessions: dict[str, tuple[Hashable, Session | None]] = field(default_factory=dict)
    """Apart from the rest: made-up tokens must not push out what stands in for a database that is away."""

    def reached(self) -> None:
        """The store has answered."""
        self.out_of_reach_since = None

    def missed(self, error: StoreUnavailable) -> None:
        """It has not; told to the log when that begins, for every screen asks again and again."""
        if self.out_of_reach_since is None:
            self.out_of_reach_since = now()
            _log.warning("Kho số liệu không trả lời", exc_info=error)


def _keep(among: dict, question: Hashable, standing: Hashable, found: Any) -> None:
    """Of many questions the last `_ANSWERS` stay."""
    with _keeping:
        among.pop(question, None)
        among[question] = standing, found
        while len(among) > _ANSWERS:
            among.pop(next(iter(among)))


_Found = TypeVar("_Found")
_ANSWERS = 200
_keeping = threading.Lock()
_log = logging.getLogger(__name__)


@lru_cache(maxsize=8)
def _kept(_the_store: Store) -> _Kept:
    return _Kept()


def revision_of(the_store: Store) -> tuple:
    """`store.revision`, asked again only after something was written. Raises StoreUnavailable."""
    mark, look = _mark(the_store), _look.get()
    if look is not None and the_store in look.revisions:
        return look.revisions[the_store]
    kept, question = _kept(the_store), ("newest",)
    known = kept.answers.get(question)
    if known is None or known[0] != mark:
        known = mark, store.newest(the_store)
        _keep(kept.answers, question, *known)
    found = known[1] or store.stamp(the_store.data_dir)
    if look is not None:
        look.revisions[the_store] = found
    return found


def asked(the_store: Store, question: tuple, ask: Callable[[Store], _Found]) -> _Found:
    """What the store says; the last answer to the same question while nothing was written since, and the starting
    workbook, where it is still the one in force, is the same. Raises StoreUnavailable."""
    standing, kept = (_mark(the_store), revision_of(the_store)), _kept(the_store)
    known = kept.answers.get(question)
    if known is None or known[0] != standing:
        known = standing, ask(the_store)
        _keep(kept.answers, question, *known)
    return known[1]


def session(token: str) -> Session | None:
    """`accounts.session_of`, asked again only after something was written: whoever was signed out is out. Raises
    StoreUnavailable; what was known before stands for nobody."""
    the_store = current_store()
    mark, among, shown = _mark(the_store), _kept(the_store).sessions, token_hash(token)
    known = among.get(shown)
    if known is None or known[0] != mark:
        known = mark, session_of(the_store, token)
        _keep(among, shown, *known)
    return known[1]


def latest() -> Source:
    """What is published; the last that was, where the database does not answer. Raises what opening it raises where
    nothing was ever read."""
    the_store = current_store()
    kept = _kept(the_store)
    try:
        revision = revision_of(the_store)
        if kept.latest is None or kept.latest[0] != revision:
            kept.latest = revision, store.current(the_store)
        kept.reached()
    except StoreUnavailable as error:
        if kept.latest is None:
            raise
        kept.missed(error)
    return Source(kept.latest[1], kept.out_of_reach_since)


def answer(question: tuple, ask: Callable[[Store], _Found]) -> _Found:
    """What the store says, as `asked`; while it does not answer, what it said to the same question last. Raises
    StoreUnavailable where it was never asked that."""
    the_store = current_store()
    kept = _kept(the_store)
    try:
        found = asked(the_store, question, ask)
    except StoreUnavailable as error:
        if question not in kept.answers:
            raise
        kept.missed(error)
        return kept.answers[question][1]
    kept.reached()
    return found


def history() -> list[store.Version]:
    """Every version, newest first."""
    return answer(("history",), store.history)


def history_stamp(found: list[store.Version]) -> tuple:
    """What tells one list of versions from another: they are only ever added, and never change."""
    return current_store(), len(found), found[0]


def meetings() -> list[dt.date]:
    """The recorded days of meetings, newest first."""
    return answer(("meetings",), store.meetings)


def people() -> list[Person]:
    """Every account, by name."""
    return asked(current_store(), ("people",), accounts.people)


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


_contents = Kept(8)


def _content(digest: str, version: store.Version) -> bytes:
    the_store = current_store()
    return _contents.get((the_store, digest), lambda: store.content(the_store, version))


def shared_of(the_store: Store) -> SharedState | None:
    """`store.shared`, asked again only after something was written. Raises StoreUnavailable."""
    return asked(the_store, ("shared",), store.shared)


def shared_state() -> SharedState | None:
    """How the shared workbook stands; None where there is none or nobody can say."""
    chosen = settings_in_force()
    if chosen.shared_workbook is None:
        return None
    try:
        return shared_of(store_of(chosen))
    except StoreUnavailable:
        return None
