"""What is wrong with an office's own templates, found with one of everything instead of a whole report."""

import datetime as dt
from collections.abc import Mapping

from lib.reports import word
from lib.reports.blocks import Block, BlockKind
from lib.reports.fields import Fields, letter_fields, report_fields
from lib.reports.letters import LateTask, Letter
from lib.reports.outline import Outline
from lib.reports.scope import Scope
from lib.reports.tables import FigureRow, TaskRow
from lib.reports.templates import LETTER_FILE, REPORT_FILE


def troubles(templates: Mapping[str, bytes], scope: Scope) -> dict[str, str]:
    """File name -> why that template cannot be used; nothing for those that can."""
    examples = {REPORT_FILE: _report, LETTER_FILE: _letter}
    said = {name: word.fill(name, examples[name](scope), own).complaint for name, own in templates.items()}
    return {name: complaint for name, complaint in said.items() if complaint}


def _report(scope: Scope) -> Fields:
    blocks = [Block(kind, "…") for kind in BlockKind]
    figures = [FigureRow("…"), FigureRow("…", scope.counts)]
    tasks = [TaskRow(section="…"), TaskRow(task="…"), TaskRow(year="…")]
    return report_fields(Outline(scope, "…", "…", blocks, "…", figures, tasks))


def _letter(scope: Scope) -> Fields:
    task = LateTask("…", scope.as_of.year, "…", scope.as_of, 1, 1, "…")
    return letter_fields(Letter("…", "…", (task,), scope.as_of + dt.timedelta(days=1), None), scope)
