"""Chuẩn bị cuộc họp: which scenes, in which order, since which meeting; the way to the projected screen."""

from lib import ui
from lib.panels import address

with ui.page("Chuẩn bị cuộc họp", address.PREPARE) as board:
    ui.draw_preparation(board)
