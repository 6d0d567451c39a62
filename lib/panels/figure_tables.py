"""The figures of a chart as a table under it: to be read aloud, copied, printed, and opened by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.panels import address
from lib.panels.address import View
from lib.panels.bars import Bar, department_bars, section_bars
from lib.panels.rendering import render
from lib.words import LOOK_LABELS, Look


@dataclass(frozen=True)
class Cell:
    """One figure in words, and what it opens, "" for nothing."""

    text: str
    link: str = ""


def figure_table(headers: list[str], rows: list[list[Cell]], on_paper: Sequence[Bar] = ()) -> str:
    """A folded table; the first cell of each row says what the row is about. `on_paper` are printed for the chart."""
    return render("figure_table", headers=headers, lines=rows, bars=on_paper)


def departments(table: pd.DataFrame, names: list[str], view: View) -> str:
    """Every row of `summary.by_department`: each look's count opens its occurrences."""
    views = [view.but(unit=str(unit)) for unit in table.index]
    return _comparison("Phòng", table, names, views, address.DEPARTMENTS, department_bars(table, view, len(table)))


def sections(table: pd.DataFrame, names: list[str], view: View) -> str:
    """Every row of `summary.by_section`, likewise."""
    views = [view.but(section=str(code)) for code in table.index]
    return _comparison("Mục", table, names, views, address.SECTIONS, section_bars(table, view, len(table)))


def _comparison(
    kind: str, table: pd.DataFrame, names: list[str], views: list[View], page: str, on_paper: list[Bar]
) -> str:
    looks = [look for look in Look if table[f"look_{look}"].any()]
    headers = [kind, "Số lượt", *(LOOK_LABELS[look] for look in looks), "Tỷ lệ hoàn thành"]
    rows = [
        [
            Cell(name, address.href(page, view)),
            Cell(words.number(row.total), address.href(address.TASKS, view)),
            *(_count(int(getattr(row, f"look_{look}")), look, view) for look in looks),
            Cell(words.rate(row.completion_rate)),
        ]
        for row, name, view in zip(table.itertuples(), names, views, strict=True)
    ]
    return figure_table(headers, rows, on_paper)


def _count(count: int, look: Look, view: View) -> Cell:
    link = address.href(address.TASKS, view, trang_thai=address.LOOK_NAMES[look]) if count else ""
    return Cell(words.number(count), link)


def models(table: pd.DataFrame) -> str:
    """Every year of `summary.dan_van_kheo`."""
    headers = ["Năm", "Chỉ tiêu", "Đăng ký đúng hạn", "Đăng ký muộn", "Đã đánh giá"]
    late = table["registered"] - table["registered_on_time"]
    counts = zip(table["target"], table["registered_on_time"], late, table["evaluated"], strict=True)
    rows = [[str(year), *map(words.number, row)] for year, row in zip(table.index, counts, strict=True)]
    return figure_table(headers, [list(map(Cell, row)) for row in rows])


def course(table: pd.DataFrame) -> str:
    """Every version of `history.course`."""
    headers = ["Phiên bản", "Công bố lúc", "Tỷ lệ hoàn thành", "Quá hạn"]
    rows = [
        (str(row.number), words.office_time(row.at), words.rate(row.rate), words.number(row.overdue))
        for row in table.itertuples()
    ]
    return figure_table(headers, [list(map(Cell, row)) for row in rows])
