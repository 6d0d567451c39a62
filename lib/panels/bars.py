"""Composition bars: how many occurrences of each look, drawn with HTML alone."""

from dataclasses import dataclass
from itertools import takewhile

import pandas as pd

from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.schema import UNASSIGNED
from lib.words import Look

SHOWN = 12
"""Of a longer comparison the overview shows the first so many, and a link to all."""


CLICK_HINT = "Tỷ lệ hoàn thành trên số đến hạn; cuối thanh là số lượt. Bấm vào một phần của thanh để mở các lượt đó."

FEW_WORDS = 4
"""Fewer shared words than this are left standing."""


@dataclass(frozen=True)
class Piece:
    """One look's part of a bar, and the link to its occurrences."""

    look: Look
    count: int
    link: str


@dataclass(frozen=True)
class Bar:
    """One bar: its name, what stands beside the name, where it leads, its rate and its pieces."""

    name: str
    beside: str
    link: str
    rate: float | None
    pieces: tuple[Piece, ...]
    title: str = ""


def bars(title: str, subtitle: str, rows: list[Bar], hidden: int = 0, more: str = "") -> str:
    """Bars under a title that says the finding; `hidden` rows are left out and found behind the link `more`."""
    return render("bars", title=title, subtitle=subtitle, rows=rows, hidden=hidden, more=more)


def departments_panel(title: str, table: pd.DataFrame, view: View) -> str:
    """The first rows of `summary.by_department` as bars."""
    rows = department_bars(table, view)
    more = address.href(address.DEPARTMENTS, view)
    return bars(
        title, "Lượt theo phòng tham mưu · tỷ lệ hoàn thành trên số đến hạn", rows, len(table) - len(rows), more
    )


def sections_panel(title: str, table: pd.DataFrame, view: View) -> str:
    """The first rows of `summary.by_section` that have an occurrence as bars."""
    filled = table[table["total"] > 0]
    rows = section_bars(filled, view)
    more = address.href(address.SECTIONS, view)
    return bars(title, "Lượt theo mục · tỷ lệ hoàn thành trên số đến hạn", rows, len(filled) - len(rows), more)


def department_names(table: pd.DataFrame) -> list[str]:
    """What stands beside each bar of a chart of `summary.by_department`."""
    pairs = zip(table.index, table["successor"], strict=True)
    return [f"{unit} (nay: {successor})" if successor else str(unit) for unit, successor in pairs]


def section_names(table: pd.DataFrame) -> list[str]:
    """What stands beside each bar of a chart of `summary.by_section`."""
    return [f"{code} {end}" for code, end in zip(table.index, telling_ends(table["name"].tolist()), strict=True)]


def looks_in(table: pd.DataFrame) -> list[Look]:
    """The looks that occur in a comparison, for its legend."""
    return [look for look in Look if table[f"look_{look}"].any()]


def most_overdue(table: pd.DataFrame) -> str:
    """The row of a comparison with most overdue, one that somebody answers for if there is any."""
    answered = table.drop(index=UNASSIGNED, errors="ignore")
    return str((answered if len(answered) else table)["overdue"].idxmax())


def successor_words(table: pd.DataFrame, unit: str) -> str:
    """Who took a unit's work over, "" where nobody did or the unit leads nothing."""
    successor = table["successor"].get(unit, "")
    return f"nay: {successor}" if successor else ""


def department_bars(table: pd.DataFrame, view: View, limit: int = SHOWN) -> list[Bar]:
    """A bar for each of the first rows of `summary.by_department`; a unit's successor stands beside its name."""
    return [
        _bar(row, f"nay: {row.successor}" if row.successor else "", address.DEPARTMENTS, view.but(unit=str(row.Index)))
        for row in table.head(limit).itertuples()
    ]


def section_bars(table: pd.DataFrame, view: View, limit: int = SHOWN) -> list[Bar]:
    """A bar for each of the first rows of `summary.by_section`; the section's name stands beside its code."""
    ends = telling_ends(table["name"].tolist())
    return [
        _bar(row, end, address.SECTIONS, view.but(section=str(row.Index)), row.name)
        for row, end in zip(table.head(limit).itertuples(), ends[:limit], strict=True)
    ]


def year_bars(table: pd.DataFrame, view: View) -> list[Bar]:
    """A bar for each row of `summary.by_year` with an occurrence."""
    filled = table[table["total"] > 0]
    return [_bar(row, "", address.TASKS, view.but(year=int(row.Index))) for row in filled.itertuples()]


def whole_bar(counts: dict, looks: dict[Look, int], view: View) -> list[Bar]:
    """One bar for everything in `view`: `summary.counts` and `summary.looks` of it."""
    link = address.href(address.TASKS, view)
    return [Bar("Tất cả", "", link, counts["completion_rate"], _pieces(looks, view))]


def _bar(row: object, beside: str, page: str, view: View, title: str = "") -> Bar:
    looks = {look: int(getattr(row, f"look_{look}")) for look in Look}
    return Bar(str(row.Index), beside, address.href(page, view), row.completion_rate, _pieces(looks, view), title)


def telling_ends(names: list[str]) -> list[str]:
    """Names for a narrow column: the words that a name begins with like another one give way to an ellipsis."""
    split = [name.split() for name in names]
    shared = [max((_alike(words, other) for other in split if other is not words), default=0) for words in split]
    return [
        "… " + " ".join(words[count:]) if FEW_WORDS <= count < len(words) else name
        for name, words, count in zip(names, split, shared, strict=True)
    ]


def _alike(words: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(words, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pieces(looks: dict[Look, int], view: View) -> tuple[Piece, ...]:
    """The looks that occur, in the order of the legend."""
    return tuple(
        Piece(look, looks[look], address.href(address.TASKS, view, trang_thai=address.LOOK_NAMES[look]))
        for look in Look
        if looks[look]
    )
