"""Tài khoản: who may publish or look; for inspectors."""

from lib import ui
from lib.panels import address

with ui.data_page("Tài khoản", address.ACCOUNTS):
    if ui.inspector_only():
        ui.draw_accounts()
