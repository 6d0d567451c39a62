"""The figures of a version on a day, worked out once for each view and shared by all sessions.

Kept by the digest of the published bytes, never by a table; what is kept must not be changed.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from lib import status as states
from lib import summary
from lib.panels import models
from lib.panels.tiles import ModelYear
from lib.summary import Attention
from lib.ui.kept import Kept
from lib.workbook.register import Register

_occurrences = Kept(12)
_selections = Kept(1_000_000, lambda rows: len(rows) + 1_000)
"""By their rows: forty views of 25 000 occurrences, a thousand of an ordinary plan."""


def occurrences(digest: str, as_of: dt.date, register: Register) -> pd.DataFrame:
    """The plan's occurrences on a day."""
    return _occurrences.get((digest, as_of), lambda: states.occurrences(register, as_of))


def selected(digest: str, as_of: dt.date, view: tuple, register: Register) -> pd.DataFrame:
    """The occurrences of a view; `view` is (year, unit, section)."""
    if view == (None, None, None):
        return occurrences(digest, as_of, register)
    return _selections.get((digest, as_of, view), lambda: _select(occurrences(digest, as_of, register), view))


def _select(everything: pd.DataFrame, view: tuple) -> pd.DataFrame:
    chosen = dict(zip(("years", "units", "sections"), view, strict=True))
    return summary.select(everything, **{name: {value} for name, value in chosen.items() if value})


FIGURES: dict[str, Callable[[pd.DataFrame, Register], Any]] = {
    "counts": lambda rows, _: summary.counts(rows),
    "looks": lambda rows, _: summary.looks(rows),
    "by_year": summary.by_year,
    "by_section": summary.by_section,
    "by_department": summary.by_department,
    "attention": lambda rows, _: summary.attention(rows),
}
"""Every figure that is worked out of a view's occurrences."""


def _weight(figure: Any) -> int:
    """A small table is one; what holds occurrences themselves counts for more."""
    rows = sum(map(len, vars(figure).values())) if isinstance(figure, Attention) else 0
    return 1 + rows // 2_500


_figures = Kept(400, _weight)
_searchables = Kept(2)
_finds = Kept(500_000, lambda rows: len(rows) + 1_000)
_models = Kept(12)
_model_years = Kept(72)


def figure(name: str, digest: str, as_of: dt.date, view: tuple, register: Register) -> Any:
    """One of `FIGURES` for a view."""
    make = FIGURES[name]
    return _figures.get((name, digest, as_of, view), lambda: make(selected(digest, as_of, view, register), register))


def _searchable(digest: str, as_of: dt.date, register: Register) -> pd.Series:
    return _searchables.get((digest, as_of), lambda: summary.searchable(occurrences(digest, as_of, register)))


def found(board: tuple, looks: tuple[str, ...], group: str, words: str, register: Register) -> pd.DataFrame:
    """The occurrences of a list's own choices; `board` is a board's key."""
    if not (looks or group or words.strip()):
        return selected(*board, register)
    return _finds.get((board, looks, group, words), lambda: _find(board, looks, group, words, register))


def _find(board: tuple, looks: tuple[str, ...], group: str, words: str, register: Register) -> pd.DataFrame:
    rows = getattr(figure("attention", *board, register), group) if group else selected(*board, register)
    texts = _searchable(*board[:2], register) if words.strip() else None
    return summary.select(rows, looks=looks, words=words, texts=texts)


def models_table(digest: str, as_of: dt.date, register: Register) -> pd.DataFrame:
    """`summary.dan_van_kheo` on a day."""
    return _models.get((digest, as_of), lambda: summary.dan_van_kheo(register, as_of))


def model_years(
    digest: str, as_of: dt.date, year: int | None, table: pd.DataFrame, register: Register
) -> list[ModelYear]:
    """The rows of `table`, those of `year` or all, with the days of their models."""
    return _model_years.get((digest, as_of, year), lambda: models.model_years(table, register.models, as_of))
