"""What stands around every page: its title, the sentence, what it was narrowed to, where the figures come from."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from lib import words
from lib.explain import Part
from lib.panels.address import View
from lib.panels.rendering import render
from lib.store import Version
from lib.words import Look
from lib.workbook.problems import Problem
from lib.workbook.register import Plan, Register

PROBLEMS_SHOWN = 200
"""Of each sheet; a workbook with more is mended in several rounds."""


HOW_TO_BEGIN = [
    "Ghi mỗi nhiệm vụ của kế hoạch một dòng trong trang Nhiệm vụ: mã, mã mục, nội dung, phòng tham mưu, thời gian.",
    "Lưu tệp rồi tải lại trang này; mỗi nhiệm vụ mỗi năm sẽ thành một lượt cần theo dõi.",
]


def brand(plan: Plan) -> str:
    """The agency's name, for the top of the sidebar."""
    return render("brand", plan=plan)


def title(text: str, plan: Plan) -> str:
    """The page's heading over the plan's title and period."""
    return render("title", text=text, plan=plan)


def data_title(text: str, version: Version) -> str:
    """The heading of a page about the versions themselves, over what is published now."""
    return render("data_title", text=text, version=version)


def sample_banner() -> str:
    """The line that stands on every page while the workbook says `Minh họa`."""
    return render("sample_banner")


def headline(parts: Iterable[Part]) -> str:
    """The generated sentence of `explain.headline`, its figures standing out."""
    return render("headline", parts=list(parts))


def narrowed(view: View, page: str) -> str:
    """What the page was narrowed to, with a link that shows everything again."""
    return render("narrowed", chosen=view.narrowing, view=view, page=page)


def notes(sentences: Iterable[str]) -> str:
    """Quiet remarks: a part of the address that this plan does not have."""
    return render("notes", sentences=list(sentences))


def message(heading: str, sentences: Iterable[str], alarm: bool = False) -> str:
    """A page's place taken by what happened and what to do."""
    return render("message", heading=heading, sentences=list(sentences), alarm=alarm)


def finding(text: str, hint: str = "", looks: Iterable[Look] = ()) -> str:
    """A heading that says what the chart below it shows, and the legend of the chart's looks."""
    return render("finding", text=text, hint=hint, looks=list(looks))


def chosen(name: str, beside: str, assumed: bool, kind: str) -> str:
    """The heading over the chosen department or section; `assumed` where nobody chose one."""
    return render("chosen", name=name, beside=beside, assumed=assumed, kind=kind)


def nothing(view: View, page: str, register: Register) -> str:
    """A page's place when nothing is left to show: the choices are too narrow, or the plan has no task yet."""
    if register.tasks.empty:
        return message("Sổ chưa có nhiệm vụ nào", HOW_TO_BEGIN)
    return render("nothing", view=view, page=page)


def caption(version: Version, as_of: dt.date, sample: bool) -> str:
    """Which data the page shows: as-of date, version, who published it and when, file."""
    return render("caption", version=version, as_of=as_of, sample=sample)


def past(version: Version, as_of: dt.date, view: View, page: str) -> str:
    """The line over figures that are not those of now: which data, which day, and the way back."""
    return render("past", version=version, as_of=as_of, view=view, page=page)


def trouble(heading: str, sentences: Iterable[str], link: str = "", link_text: str = "") -> str:
    """A line over figures that still stand although something does not work: what, since when, who mends it."""
    return render("trouble", heading=heading, sentences=list(sentences), link=link, link_text=link_text)


def published_by(version: Version) -> str:
    """The foot of the sidebar: which version is shown, when it was published and by whom."""
    return render("published_by", version=version)


def problems(found: Iterable[Problem]) -> str:
    """Problems of a workbook, grouped by sheet, each with its cell and what to write instead."""
    by_sheet: dict[str, list[Problem]] = {}
    for problem in found:
        by_sheet.setdefault(problem.sheet, []).append(problem)
    groups = [
        {"sheet": sheet or "Cả tệp", "count": len(items), "shown": list(islice(items, PROBLEMS_SHOWN))}
        for sheet, items in by_sheet.items()
    ]
    return render("problems", groups=groups)


def warning_count(count: int) -> str:
    """The heading over a workbook's warnings, for an expander's label."""
    return f"Sổ có {words.number(count)} điểm cần xem lại"
