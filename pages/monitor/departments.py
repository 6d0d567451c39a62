"""Theo phòng: who leads how much and how it stands; then the chosen department, its years and its tasks."""

from lib import explain, figures, ui
from lib.panels import address, bars, figure_tables, frame

with ui.page("Theo phòng", address.DEPARTMENTS) as board:
    everyone = board.narrowed_to(unit=None)
    table = everyone.figure("by_department")
    if table.empty:
        ui.draw(frame.nothing(board.view, address.DEPARTMENTS, board.register))
    else:
        names = bars.department_names(table)
        heading = frame.finding(explain.department_finding(table), bars.CLICK_HINT, bars.looks_in(table))
        drawn, said = figures.composition(table, names), figures.composition_alt(table)
        beneath = figure_tables.departments(table, names, everyone.view)
        clicked = ui.chart(heading, drawn, "departments", said, beneath)
        if clicked:
            ui.open_tasks(board.view.but(unit=clicked[0]), trang_thai=address.LOOK_NAMES[clicked[1]])
        unit = board.view.unit or bars.most_overdue(table)
        ui.draw(frame.chosen(unit, bars.successor_words(table, unit), assumed=not board.view.unit, kind="phòng"))
        ui.draw_detail(board.narrowed_to(unit=unit), address.DEPARTMENTS)
