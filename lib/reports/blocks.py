"""The pieces a report's text is made of, and how people name tasks, years and figures in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from lib import words
from lib.reports.phrases import amount, capital, clauses, listed
from lib.words import State


class BlockKind(StrEnum):
    """How a block is set; the words stand in the Word templates, so they are Vietnamese."""

    PART = "phan"
    HEADING = "muc"
    SUBHEADING = "tieu_muc"
    TEXT = "doan"
    LEAD = "y_dau"
    POINT = "y"
    SUBPOINT = "y_nho"


@dataclass(frozen=True)
class Block:
    """One paragraph: how it is set, and its words."""

    kind: BlockKind
    text: str


def text(words_: str) -> Block:
    """An ordinary paragraph."""
    return Block(BlockKind.TEXT, words_)


def point(words_: str) -> Block:
    """A paragraph after a dash."""
    return Block(BlockKind.POINT, f"- {words_}")


def heading(words_: str) -> Block:
    """A heading within a part."""
    return Block(BlockKind.HEADING, words_)


def lead(words_: str) -> Block:
    """A paragraph after a dash, whose own points follow on lines of their own."""
    return Block(BlockKind.LEAD, f"- {words_}:")


def enumerated(title: str, count: str, items: list[str]) -> list[Block]:
    """One item in the line of its title; several counted, each on a line of its own."""
    if len(items) == 1:
        return [point(f"{title}: {items[0]}.")]
    ends = [";"] * (len(items) - 1) + ["."]
    below = [Block(BlockKind.SUBPOINT, f"+ {capital(item)}{end}") for item, end in zip(items, ends, strict=True)]
    return [lead(f"{title}: {count}"), *below]


def state_phrases(figures: dict, unit: str) -> list[str]:
    """What occurrences have come to, only what there is: `71 lượt đã hoàn thành (60 đúng hạn, 11 quá hạn)`."""
    said = [_done_phrase(figures, unit)]
    said += [f"{amount(figures[key])} {unit} {words_}" if figures[key] else "" for key, words_ in _OTHERS.items()]
    return [phrase for phrase in said if phrase]


_OTHERS = {
    "within": "đang trong hạn",
    "overdue": "quá hạn, chưa hoàn thành",
    "suspended": "tạm hoãn",
    "upcoming": "chưa đến kỳ",
}


def _done_phrase(figures: dict, unit: str) -> str:
    """The done ones, and how: on time, late, or both; "" where there is none."""
    on_time, late = figures["done_on_time"], figures["done_late"]
    if not on_time + late:
        return ""
    said = f"{amount(on_time + late)} {unit} đã hoàn thành"
    if on_time and late:
        return f"{said} ({amount(on_time)} đúng hạn, {amount(late)} quá hạn)"
    return f"{said} {'đúng' if on_time else 'quá'} hạn"


def rate_phrase(figures: dict) -> str:
    """The completion rate with what it is of; "" where nothing has come due."""
    done = figures["done_on_time"] + figures["done_late"]
    come_due = done + figures["overdue"]
    if not come_due:
        return ""
    rate = words.rate(figures["completion_rate"])
    return f"tỷ lệ hoàn thành trên số đến hạn đạt {rate} ({words.number(done)}/{words.number(come_due)})"


def in_short(figures: dict, unit: str) -> str:
    """All figures of a group in one sentence."""
    return f"Có {amount(figures['total'])} {unit}: " + clauses([*state_phrases(figures, unit), rate_phrase(figures)])


def leads(row: object) -> str:
    """Who leads an occurrence."""
    return listed(row.lead_units) or "chưa giao phòng nào"


def task_year(row: object, several_years: bool) -> str:
    """`nhiệm vụ 2.1.2 năm 2025 (tên)`; the year only where the report is about several."""
    year = f" năm {row.year}" if several_years else ""
    return f"nhiệm vụ {row.task}{year} ({row.label})"


def codes(rows: pd.DataFrame, several_years: bool) -> str:
    """The tasks of occurrences by their codes: `2.1.2 (năm 2025, 2026), 2.3.1 (năm 2026)`."""
    years: dict[str, list[str]] = {}
    for row in rows.itertuples():
        years.setdefault(row.task, []).append(str(row.year))
    named = [f"{task} (năm {', '.join(found)})" if several_years else task for task, found in years.items()]
    return ", ".join(named)


def done(rows: pd.DataFrame) -> pd.Series:
    """Which occurrences are done."""
    return rows["state"].isin([State.DONE_ON_TIME, State.DONE_LATE])


def numbered(parts: Iterable[tuple[str, list[Block]]]) -> list[Block]:
    """Titles and what stands below them, those without anything left out, as `1. Title`, `2. Title`."""
    kept = [(title, blocks) for title, blocks in parts if blocks]
    return [
        block for number, (title, blocks) in enumerate(kept, 1) for block in (heading(f"{number}. {title}"), *blocks)
    ]
