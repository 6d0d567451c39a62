"""What pages share: the frame around them, the chosen view, the figures of that view, links that do not reload."""

from lib.ui.accounts_page import draw_accounts
from lib.ui.board import Board, BrokenWorkbook
from lib.ui.changes import draw_changes
from lib.ui.choices import local_choice, remember
from lib.ui.data_page import data_page, inspector_only
from lib.ui.documents import draw_documents
from lib.ui.first_view import column
from lib.ui.frame import admitted, page, show_bug, show_error, style
from lib.ui.history import draw_history
from lib.ui.links import follow_clicks, open_tasks
from lib.ui.meeting import draw_meeting, draw_preparation
from lib.ui.navigation import offered
from lib.ui.parts import chart, draw, draw_detail, draw_nothing
from lib.ui.search import draw_downloads, draw_search, search_choices
from lib.ui.sign_in import bring_cookie, draw_sign_in
from lib.ui.source import one_look
from lib.ui.update import draw_update

__all__ = [
    "Board",
    "BrokenWorkbook",
    "admitted",
    "bring_cookie",
    "chart",
    "column",
    "data_page",
    "draw",
    "draw_accounts",
    "draw_changes",
    "draw_detail",
    "draw_documents",
    "draw_downloads",
    "draw_history",
    "draw_meeting",
    "draw_nothing",
    "draw_preparation",
    "draw_search",
    "draw_sign_in",
    "draw_update",
    "follow_clicks",
    "inspector_only",
    "local_choice",
    "offered",
    "one_look",
    "open_tasks",
    "page",
    "remember",
    "search_choices",
    "show_bug",
    "show_error",
    "style",
]
