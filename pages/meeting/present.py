"""Trình chiếu: the projected screen that a meeting is led from."""

from lib import ui

ui.draw_meeting()
