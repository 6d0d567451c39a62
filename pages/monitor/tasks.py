"""Nhiệm vụ: every occurrence, searched, filtered and taken away; or one task with all its years."""

from lib import ui
from lib.panels import address, frame
from lib.ui import drawn


def one_task(board: ui.Board, task: str) -> None:
    """The plan's words, every year and why it has its state."""
    card = drawn.task_card(board, task, tuple(board.reminders_of(task)))
    unknown = frame.message(f"Kế hoạch không có nhiệm vụ “{task}”", ["Chọn lại trong danh sách nhiệm vụ."])
    ui.draw(card or unknown)


def task_list(board: ui.Board) -> None:
    """Search and filters, the files, the list."""
    chosen = ui.draw_search(board)
    found = board.found(*chosen)
    if found.empty:
        ui.draw_nothing(board, address.TASKS)
        return
    ui.draw_downloads(board, found)
    local = tuple(ui.search_choices().items())
    ui.draw(drawn.found_list(board, *chosen, ui.local_choice(address.PAGE), local))


with ui.page("Nhiệm vụ", address.TASKS) as board:
    if code := ui.local_choice(address.TASK):
        one_task(board, code)
    else:
        task_list(board)
