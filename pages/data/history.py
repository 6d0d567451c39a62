"""Lịch sử: every version that was ever published, as it was, compared, taken away or published again."""

from lib import ui
from lib.panels import address

with ui.data_page("Lịch sử", address.HISTORY):
    ui.draw_history()
