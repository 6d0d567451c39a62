"""Cần chú ý: what somebody has to decide or ask about, in the order of urgency."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.panels import address
from lib.panels.address import View
from lib.panels.rendering import render
from lib.schema import UNASSIGNED
from lib.words import Look

_TOLD = ["look", "task", "label", "year", "lead_units", "due_on", "updated_on", "days_left", "days_overdue"]
SHOWN, SHOWN_OVERDUE = 3, 5
"""Lines of each group, and of the overdue; the rest behind the group's link."""

GROUP_NAMES = {
    "overdue": "qua-han",
    "due_soon": "sap-den-han",
    "no_report": "chua-bao-cao",
    "stale": "lau-chua-cap-nhat",
    "unassigned": "chua-giao",
}
"""Each group of `summary.attention` as it is written in an address."""
GROUP_OF_NAME = {name: group for group, name in GROUP_NAMES.items()}


def group_labels(reminder_days: int) -> dict[str, str]:
    """Each group's heading."""
    return {
        "overdue": "Quá hạn, lâu nhất trước",
        "due_soon": "Sắp đến hạn",
        "no_report": "Chưa có báo cáo",
        "stale": f"Quá {reminder_days} ngày chưa cập nhật",
        "unassigned": "Chưa giao phòng nào",
    }


@dataclass(frozen=True)
class Item:
    """One line: the occurrence, how long, who; `tone` is `alarm`, `soon` or ``."""

    look: Look
    task: str
    label: str
    year: int
    how_long: str
    tone: str
    lead: str
    link: str


@dataclass(frozen=True)
class Group:
    """One heading with its count, its first lines and the link to all of them."""

    label: str
    count: int
    items: tuple[Item, ...]
    link: str


def attention(groups: Mapping[str, pd.DataFrame], reminder_days: int, view: View) -> str:
    """The panel; `groups` are the tables of `summary.attention` by name. Groups with nothing in them are left out."""
    labels = group_labels(reminder_days)
    shown = [_group(name, labels[name], table, view) for name, table in groups.items() if len(table)]
    return render("attention", groups=shown)


def _group(name: str, label: str, table: pd.DataFrame, view: View) -> Group:
    shown = SHOWN_OVERDUE if name == "overdue" else SHOWN
    items = tuple(_item(name, row, view) for row in table.head(shown)[_TOLD].itertuples(index=False))
    return Group(label, len(table), items, address.href(address.TASKS, view, nhom=GROUP_NAMES[name]))


def _item(group: str, row: object, view: View) -> Item:
    how_long, tone = _how_long(group, row)
    nobody = "" if group == "unassigned" else UNASSIGNED.lower()
    link = address.href(address.TASKS, view, ma=row.task) + f"#nam-{row.year}"
    return Item(row.look, row.task, row.label, row.year, how_long, tone, ", ".join(row.lead_units) or nobody, link)


def _how_long(group: str, row: object) -> tuple[str, str]:
    """The days that matter in this group, and the tone they are said in."""
    if group == "overdue":
        return f"{words.number(row.days_overdue)} ngày", "alarm"
    if group == "due_soon":
        return _until(row), "soon"
    if group == "stale":
        return f"từ {words.day(row.updated_on)}", ""
    if group == "no_report":
        return f"hạn {words.day(row.due_on)}", ""
    return "", ""


def _until(row: object) -> str:
    """How long until the due day; an occurrence of a coming year may be due before its year begins."""
    if row.days_left > 0:
        return f"còn {words.number(row.days_left)} ngày"
    return "đến hạn hôm nay" if row.days_left == 0 else f"hạn {words.day(row.due_on)}"
