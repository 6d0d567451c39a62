"""A report as data: what it is called, its four parts, its tables. Writers of documents draw from here alone."""

from dataclasses import dataclass

from lib.reports.ahead import proposals, shortcomings, tasks_ahead
from lib.reports.blocks import Block, BlockKind
from lib.reports.results import results
from lib.reports.scope import Scope
from lib.reports.tables import FigureRow, TaskRow, figure_rows, task_rows
from lib.text import one_line

PARTS = {
    "I. KẾT QUẢ THỰC HIỆN": results,
    "II. HẠN CHẾ, NGUYÊN NHÂN": shortcomings,
    "III. PHƯƠNG HƯỚNG, NHIỆM VỤ": tasks_ahead,
    "IV. KIẾN NGHỊ, ĐỀ XUẤT": proposals,
}
"""Each part's title and what gives its blocks; none is ever empty."""


@dataclass(frozen=True)
class Outline:
    """summary: what the report is about, below its type. opening, closing: its first and last sentence."""

    scope: Scope
    summary: str
    opening: str
    blocks: list[Block]
    closing: str
    figures: list[FigureRow]
    tasks: list[TaskRow]


def outline(scope: Scope) -> Outline:
    """The report of a scope."""
    title, agency = one_line(scope.plan.title), one_line(scope.plan.agency)
    return Outline(
        scope,
        f"Kết quả thực hiện {title}, {scope.period.words}",
        f"Thực hiện {scope.plan_words}, {agency} báo cáo kết quả thực hiện {scope.period.words} như sau:",
        [block for part, blocks in PARTS.items() for block in (Block(BlockKind.PART, part), *blocks(scope))],
        f"Trên đây là báo cáo kết quả thực hiện {scope.period.words} của {agency}./.",
        figure_rows(scope),
        task_rows(scope),
    )
