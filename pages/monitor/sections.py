"""Theo mục: how each section of the plan stands; then the chosen section, its years and its tasks."""

from lib import explain, figures, ui
from lib.panels import address, bars, figure_tables, frame

with ui.page("Theo mục", address.SECTIONS) as board:
    everything = board.narrowed_to(section=None)
    whole = everything.figure("by_section")
    table = whole[whole["total"] > 0]
    if table.empty:
        ui.draw(frame.nothing(board.view, address.SECTIONS, board.register))
    else:
        names = bars.section_names(table)
        heading = frame.finding(explain.section_finding(table), bars.CLICK_HINT, bars.looks_in(table))
        drawn, said = figures.composition(table, names), figures.composition_alt(table)
        beneath = figure_tables.sections(table, names, everything.view)
        clicked = ui.chart(heading, drawn, "sections", said, beneath)
        if clicked:
            ui.open_tasks(board.view.but(section=clicked[0]), trang_thai=address.LOOK_NAMES[clicked[1]])
        section = board.view.section or bars.most_overdue(table)
        ui.draw(frame.chosen(f"Mục {section}", whole["name"][section], assumed=not board.view.section, kind="mục"))
        ui.draw_detail(board.narrowed_to(section=section), address.SECTIONS)
