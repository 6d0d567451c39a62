"""Thay đổi: what changed since the last meeting, or between any two versions."""

from lib import ui
from lib.panels import address

with ui.data_page("Thay đổi", address.CHANGES) as latest:
    ui.draw_changes(latest)
