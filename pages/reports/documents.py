"""Báo cáo, văn bản: the report, reminder letters, workbook and calendar, to take away and sign."""

from lib import ui
from lib.panels import address

with ui.data_page("Báo cáo, văn bản", address.REPORTS) as published:
    ui.draw_documents(published)
