"""The filters that screens change while they are measured, and what the page must then say."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator

from benchmarks.bare import plan
from lib import explain, status, summary
from lib.clock import today
from lib.store import starting
from lib.workbook import reader

YEAR, UNIT = "Năm", "Phòng tham mưu"
YEARS = [plan.EVERY_YEAR, "2022", "2023", "2024", "2025", "2026"]
UNITS = [plan.EVERY_DEPARTMENT, "Phòng Chính sách dân tộc", "Thanh tra Ban", "Văn phòng"]
View = tuple[str, str]
"""A year and a department, as they stand in the widgets."""


def changes(number: int) -> Iterator[tuple[str, str, View]]:
    """What the screen of this number chooses, one after another: the widget, its option, and the view this leads to.

    The same at every run; no two screens go the same way.
    """
    chance = random.Random(number)
    view = {YEAR: YEARS[0], UNIT: UNITS[0]}
    while True:
        label = chance.choice([YEAR, UNIT])
        options = YEARS if label == YEAR else UNITS
        view[label] = chance.choice([option for option in options if option != view[label]])
        yield label, view[label], (view[YEAR], view[UNIT])


def said_by_us() -> dict[View, list[str]]:
    """The sentence over the overview in each view, and the words of the view, from the shipped workbook of today."""
    register = reader.parse(starting.SHIPPED.read_bytes()).register
    day = today()
    everything = status.occurrences(register, day)
    return {view: _ours(view, everything, day) for view in itertools.product(YEARS, UNITS)}


def _ours(view: View, everything, day: dt.date) -> list[str]:
    year, unit = view
    chosen = {} if year == plan.EVERY_YEAR else {"years": {int(year)}}
    chosen |= {} if unit == plan.EVERY_DEPARTMENT else {"units": {unit}}
    rows = summary.select(everything, **chosen)
    said = [explain.sentence(explain.headline(summary.counts(rows), day, len(summary.unassigned(rows))))]
    names = [f"năm {year}"] * ("years" in chosen) + [unit] * ("units" in chosen)
    return [*said, f"Đang xem: {' · '.join(names)} Bỏ lọc"] if names else said


def said_by_default_streamlit() -> dict[View, list[str]]:
    """The tiles of the plain overview in each view."""
    tasks = plan.tasks(dt.date.today())
    views = itertools.product(YEARS, UNITS)
    return {view: _tiles(tasks, *view) for view in views}


def _tiles(tasks, year: str, unit: str) -> list[str]:
    rows = plan.chosen(tasks, year if year == plan.EVERY_YEAR else int(year), unit)
    return [f"{label}: {figure}" for label, figure in plan.tiles(rows).items()]
