"""What the page of documents shows: previews, what was sent, the templates."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.panels.rendering import render
from lib.reports.blocks import Block, codes
from lib.reports.letters import Letter, opening, requests, subject
from lib.reports.periods import Period, Span
from lib.reports.phrases import amount
from lib.reports.scope import Scope
from lib.reports.templates import LETTER_FILE, REPORT_FILE
from lib.store import CalendarLink, Reminder

TEMPLATE_NAMES = {REPORT_FILE: "báo cáo", LETTER_FILE: "công văn"}
SENT_SHOWN = 200


def period_name(period: Period) -> str:
    """A period in a list of them."""
    return f"Cả {period.words}" if period.span is Span.YEARS else f"{period.words[:1].upper()}{period.words[1:]}"


def report_preview(blocks: Sequence[Block]) -> str:
    """The four parts of a report as they will stand in the document."""
    return render("report_preview", blocks=blocks)


def letter_name(letter: Letter) -> str:
    """A letter in a list: to whom, how many tasks, which reminder."""
    return f"{letter.unit}: {len(letter.tasks)} việc, lần {letter.reminder}"


def letter_preview(letter: Letter, scope: Scope) -> str:
    """A letter as it will stand in the document."""
    return render(
        "letter_preview",
        letter=letter,
        subject=subject(letter),
        opening=opening(letter, scope),
        agency=scope.plan.agency,
        requests=requests(letter, scope),
    )


def unreached(rows: pd.DataFrame) -> str:
    """The overdue tasks nobody leads: nobody gets a letter about them."""
    said = f"{amount(len(rows))} lượt quá hạn chưa giao phòng nào nên không có nơi để đôn đốc: {codes(rows, True)}."
    return render("notes", sentences=[said])


def sent_list(found: Sequence[Reminder]) -> str:
    """What was sent, newest first."""
    return render("sent_list", found=found[:SENT_SHOWN], total=len(found))


def template_list(troubles: Mapping[str, str], own: Mapping[str, bytes]) -> str:
    """Which template each document is made with, and what is wrong with it."""
    rows = [(name, words, name in own, troubles.get(name, "")) for name, words in TEMPLATE_NAMES.items()]
    return render("template_list", rows=rows)


def calendar_link(link: CalendarLink, whole: str) -> str:
    """A link that was given out: to whom, whose deadlines, by whom and when, whether it still opens."""
    return render("calendar_link", link=link, whole=whole)
