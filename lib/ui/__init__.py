"""What pages share: the frame around them, the chosen view, the figures of that view, links that do not reload."""

from lib.ui.board import Board, BrokenWorkbook
from lib.ui.choices import local_choice, remember
from lib.ui.frame import page, show_bug, show_error, style
from lib.ui.links import follow_clicks, open_tasks
from lib.ui.parts import chart, draw, draw_detail
from lib.ui.search import draw_downloads, draw_search, search_choices

__all__ = [
    "Board",
    "BrokenWorkbook",
    "chart",
    "draw",
    "draw_detail",
    "draw_downloads",
    "draw_search",
    "follow_clicks",
    "local_choice",
    "open_tasks",
    "page",
    "remember",
    "search_choices",
    "show_bug",
    "show_error",
    "style",
]
