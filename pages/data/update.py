"""Cập nhật số liệu: the inspectorate checks a workbook, sees what it would change, and publishes it."""

from lib import ui
from lib.panels import address

with ui.data_page("Cập nhật số liệu", address.UPDATE) as published:
    if ui.inspector_only():
        ui.draw_update(published)
