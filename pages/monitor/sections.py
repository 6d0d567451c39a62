"""Theo mục: how each section of the plan stands; then the chosen section, its years and its tasks."""

from lib import ui
from lib.panels import address
from lib.ui import drawn

with ui.page("Theo mục", address.SECTIONS) as board:
    everything = board.narrowed_to(section=None)
    if everything.occurrences.empty:
        ui.draw_nothing(board, address.SECTIONS)
    else:
        clicked = ui.chart(drawn.sections_chart(everything), "sections")
        if clicked:
            ui.open_tasks(board.view.but(section=clicked[0]), trang_thai=address.LOOK_NAMES[clicked[1]])
        section = board.view.section or drawn.most_overdue_section(everything)
        ui.draw(drawn.chosen_section(everything, section, not board.view.section))
        ui.draw_detail(board.narrowed_to(section=section), address.SECTIONS)
