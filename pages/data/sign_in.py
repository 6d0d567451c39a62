"""Đăng nhập: an inspector signs in here, or sees who is signed in."""

from lib import ui
from lib.panels import address

with ui.data_page("Đăng nhập", address.SIGN_IN):
    ui.draw_sign_in()
