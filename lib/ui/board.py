"""What is published and the view of it that is shown; its figures are those of `worked_out`."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from lib import store
from lib.clock import today
from lib.errors import DashboardError, UnreadableWorkbook
from lib.panels import address as addresses
from lib.panels.address import View, read_view
from lib.panels.attention import GROUP_NAMES
from lib.panels.tiles import ModelYear
from lib.store import Published, Reminder, StoreUnavailable, Version
from lib.ui import source, worked_out
from lib.ui.kept import Kept
from lib.ui.source import Source
from lib.workbook import reader
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem
from lib.workbook.reader import Reading
from lib.workbook.register import Plan, Register


class BrokenWorkbook(DashboardError):
    """The published workbook has errors, so no figure can be trusted; `problems` says where."""

    def __init__(self, version: Version, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"Tệp {version.file_name} có lỗi nên chưa tính được số liệu.")
        self.problems = problems


@st.cache_resource(max_entries=4, show_spinner="Đang đọc sổ theo dõi…")
def _reading(_data: bytes, digest: str) -> Reading:  # noqa: ARG001
    chosen = source.settings_in_force()
    limits = Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)
    return reader.read(_data, limits)


_readings = Kept(4)


@dataclass(frozen=True)
class Board:
    """What is published, and the view of it that is shown.

    `as_of` is the day on which states are taken: the chosen one, else today, the same through a whole run.
    `out_of_reach_since`: when the database stopped answering, None while it does.
    """

    version: Version
    register: Register
    problems: tuple[Problem, ...]
    view: View
    notes: tuple[str, ...]
    as_of: dt.date
    out_of_reach_since: dt.datetime | None = None

    @property
    def plan(self) -> Plan:
        """Who and which plan."""
        return self.register.plan

    def narrowed_to(self, **changes: object) -> "Board":
        """The same data in a view with some of its parts changed."""
        return replace(self, view=self.view.but(**changes))

    @cached_property
    def standing(self) -> tuple:
        """All that the panels of this view depend on: whose database, which version, which day, which choices."""
        version = self.version
        told = (version.file_name, version.published_at, version.published_by, version.reason, version.restored_from)
        return (source.current_store(), version.workbook, version.number, version.digest, *told, self.as_of, self.view)

    @property
    def key(self) -> tuple:
        """What the figures of this view are cached by."""
        return (self.version.digest, self.as_of, (self.view.year, self.view.unit, self.view.section))

    @property
    def occurrences(self) -> pd.DataFrame:
        """The view's rows of `status.occurrences`; shared, not to be changed."""
        return worked_out.selected(*self.key, self.register)

    def found(self, looks: tuple[str, ...], group: str, words: str) -> pd.DataFrame:
        """The occurrences of the view with one of `looks`, in a group of `attention`, with all of `words`."""
        return worked_out.found(self.key, looks, group, words, self.register)

    def years_of(self, task: str) -> pd.DataFrame:
        """Every year of a task, whatever the view leaves out."""
        everything = self.narrowed_to(year=None, unit=None, section=None).occurrences
        return everything[everything["task"] == task]

    def figure(self, name: str) -> Any:
        """One of `worked_out.FIGURES` for this view; shared, not to be changed."""
        return worked_out.figure(name, *self.key, self.register)

    @property
    def unassigned(self) -> int:
        """How many of the view's tasks nobody leads."""
        return len(self.figure("attention").unassigned)

    def departments(self) -> pd.DataFrame:
        """`summary.by_department` of the view. Of a chosen unit's occurrences, others lead a few as well: those few
        say nothing of the others, so they are left out."""
        table = self.figure("by_department")
        return table[table.index == self.view.unit] if self.view.unit else table

    @property
    def attention(self) -> Mapping[str, pd.DataFrame]:
        """The tables of `summary.attention` by the group's name."""
        found = self.figure("attention")
        return {name: getattr(found, name) for name in GROUP_NAMES}

    def models_table(self) -> pd.DataFrame:
        """`summary.dan_van_kheo` of the years in view."""
        table = worked_out.models_table(self.version.digest, self.as_of, self.register)
        return table.loc[[self.view.year]] if self.view.year else table

    def models(self) -> pd.DataFrame:
        """The models of the years in view."""
        table = self.register.models
        return table[table["year"] == self.view.year] if self.view.year else table

    @property
    def without_models(self) -> bool:
        """Whether there are none in view."""
        return self.models().empty

    def registered_models(self) -> pd.DataFrame:
        """Those of them that are registered by the as-of date, which are the ones that count."""
        table = self.models()
        return table[table["registered_on"] <= pd.Timestamp(self.as_of)]

    def model_years(self) -> list[ModelYear]:
        """Each year in view with its models' days."""
        digest, year = self.version.digest, self.view.year
        return worked_out.model_years(digest, self.as_of, year, self.models_table(), self.register)

    def current_model_year(self) -> ModelYear | None:
        """The chosen year, else the one that the as-of date is in, else the plan's nearest."""
        years = {item.year: item for item in self.model_years()}
        return years.get(min(max(self.as_of.year, min(years)), max(years))) if years else None

    def reminders_of(self, task: str) -> list[Reminder]:
        """The reminders that were sent about a task, oldest first; none while the database does not answer."""
        sample, workbook = self.plan.sample, self.version.workbook
        try:
            return source.asked(
                source.current_store(),
                ("reminders of", sample, task, workbook),
                lambda kept: store.reminders(kept, sample, task, workbook),
            )
        except StoreUnavailable:
            return []

    @property
    def moved(self) -> pd.DataFrame:
        """`store.moved_dues` up to the version in view: the occurrences whose deadline is no longer the first."""
        the_store, version, sample = source.current_store(), self.version, self.plan.sample
        return _moved.get(
            (the_store, version.workbook, version.number, version.digest, sample),
            lambda: store.moved_dues(the_store, version.number, sample, version.workbook),
        )


_moved = Kept(8)


def source_in_view(address: Mapping[str, str]) -> Source:
    """The version that an address asks for: the latest, one by its number, or that of a day."""
    data, day = addresses.read_data(address), addresses.read_any_day(address)
    if data == addresses.OF_THE_DAY and day is not None and day < today():
        return source.version_on(day)
    return source.version_of(int(data)) if data.isdigit() else source.latest()


def reading_of(published: Published) -> Reading:
    """What a version's workbook says; UnreadableWorkbook where it cannot be opened any more."""
    digest = published.version.digest
    if (known := _readings.known(digest)) is not None:
        return known
    try:
        found = _reading(published.data, digest)
        return _readings.get(digest, lambda: found)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"Tệp {published.version.file_name} không đọc được. {error}") from error


@dataclass(frozen=True)
class Then:
    """How a view stood: its occurrences on a day, by the data in force at the end of it."""

    digest: str
    occurrences: pd.DataFrame


def occurrences_then(shown: Board, day: dt.date) -> Then | None:
    """The view of `shown` as it stood at the end of `day`; None where that version's workbook has errors."""
    published = source.version_on(day).published
    register = reading_of(published).register
    if register is None:
        return None
    digest = published.version.digest
    return Then(digest, worked_out.selected(digest, day, shown.key[2], register))


def board(address: Mapping[str, str]) -> Board:
    """The figures in the view of `address`. Raises BrokenWorkbook and what reading raises."""
    found = source_in_view(address)
    version = found.published.version
    reading = reading_of(found.published)
    if reading.register is None:
        raise BrokenWorkbook(version, reading.problems)
    view, notes = _view(address, version.digest, reading.register)
    as_of = view.as_of or today()
    if view.data == addresses.OF_THE_DAY and as_of >= today():
        view = view.but(data="")
    shown = Board(version, reading.register, reading.problems, view, notes, as_of, found.out_of_reach_since)
    _hold_moved(shown)
    return shown


_views = Kept(400)


def _view(address: Mapping[str, str], digest: str, register: Register) -> tuple[View, tuple[str, ...]]:
    """`read_view`, once for each address."""
    held = {name: address[name] for name in addresses.HELD if name in address}
    return _views.get((digest, *held.items()), lambda: read_view(held, register))


def _hold_moved(shown: Board) -> None:
    """Ask for the moved deadlines while the database answers, so that every page stands when it no longer does."""
    with suppress(StoreUnavailable):
        shown.moved  # noqa: B018 - asked for its place in the cache
