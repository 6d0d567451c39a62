"""Theo phòng: who leads how much and how it stands; then the chosen department, its years and its tasks."""

from lib import ui
from lib.panels import address
from lib.ui import drawn

with ui.page("Theo phòng", address.DEPARTMENTS) as board:
    everyone = board.narrowed_to(unit=None)
    if everyone.figure("by_department").empty:
        ui.draw_nothing(board, address.DEPARTMENTS)
    else:
        clicked = ui.chart(drawn.departments_chart(everyone), "departments")
        if clicked:
            ui.open_tasks(board.view.but(unit=clicked[0]), trang_thai=address.LOOK_NAMES[clicked[1]])
        unit = board.view.unit or drawn.most_overdue_department(everyone)
        ui.draw(drawn.chosen_department(everyone, unit, not board.view.unit))
        ui.draw_detail(board.narrowed_to(unit=unit), address.DEPARTMENTS)
