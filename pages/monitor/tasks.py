"""Nhiệm vụ: every occurrence, searched, filtered and taken away; or one task with all its years."""

from lib import explain, summary, ui
from lib.panels import address, frame, tasks


def one_task(board: ui.Board, task: str) -> None:
    """The plan's words, every year and why it has its state."""
    years = board.years_of(task)
    if years.empty:
        ui.draw(frame.message(f"Kế hoạch không có nhiệm vụ “{task}”", ["Chọn lại trong danh sách nhiệm vụ."]))
        return
    reminders = board.reminders_of(task)
    ui.draw(tasks.task_card(years, board.moved, board.register, task, board.view, explain.why, reminders))


def task_list(board: ui.Board) -> None:
    """Search and filters, the files, the list."""
    found = ui.draw_search(board)
    if found.empty:
        ui.draw(frame.nothing(board.view, address.TASKS, board.register))
        return
    ui.draw_downloads(board, found)
    page = address.read_page(ui.local_choice(address.PAGE), tasks.page_count(found))
    title = explain.list_finding(summary.looks(found))
    ui.draw(tasks.task_table(found, board.moved, board.view, page, address.TASKS, ui.search_choices(), title))


with ui.page("Nhiệm vụ", address.TASKS) as board:
    if code := ui.local_choice(address.TASK):
        one_task(board, code)
    else:
        task_list(board)
