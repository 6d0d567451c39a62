"""The palette: every word can be read on its ground, by day and in the dark; what matters more stands out more."""

import re
from itertools import pairwise

import pytest

from lib import theme
from lib.words import Look

MODES = ("light", "dark")
READABLE, SEEN = 4.5, 3.0
WORDS = ("ink", "muted", "accent", "good", "late", "alarm")
GROUNDS = ("surface", "background", "quiet", "soon-ground", "alarm-ground")
MARKED = [("soon-words", "soon-mark"), ("soon-words", "soon-ground"), ("alarm-words", "alarm-mark"), ("ink", "chosen")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def shade(name: str, mode: str) -> str:
    return getattr(theme.SHADES[name], mode)


def paints(mode: str) -> dict[Look, theme.Paint]:
    return theme.PAINTS if mode == "light" else theme.DARK_PAINTS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("words", "ground"), [(words, ground) for words in WORDS for ground in GROUNDS if words != "good"] + MARKED
)
def test_words_can_be_read_on_every_ground(mode, words, ground):
    assert contrast(shade(words, mode), shade(ground, mode)) >= READABLE


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("look", Look)
def test_a_sign_can_be_read_on_its_colour(mode, look):
    paint = paints(mode)[look]
    grounds = [paint.fill, *([shade("background", mode)] if paint.pattern else [])]
    assert min(contrast(paint.text, ground) for ground in grounds) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_what_matters_stands_out_from_the_card_and_what_does_not_lies_near_it(mode):
    surface = shade("surface", mode)
    strength = {look: contrast(paint.fill, surface) for look, paint in paints(mode).items()}
    assert min(strength[look] for look in (Look.OVERDUE, Look.DONE_ON_TIME, Look.IN_PROGRESS)) >= SEEN
    descending = [Look.IN_PROGRESS, Look.NOT_STARTED, Look.NO_REPORT, Look.UPCOMING]
    assert all(strength[more] > strength[less] for more, less in pairwise(descending))


@pytest.mark.parametrize("mode", MODES)
def test_the_edges_of_controls_are_seen(mode):
    assert min(contrast(shade("control", mode), shade(ground, mode)) for ground in ("surface", "background")) >= SEEN


def test_every_look_has_both_paints():
    assert set(theme.PAINTS) == set(theme.DARK_PAINTS) == set(Look)


def test_only_paper_has_colours_of_its_own(root):
    sheets = {sheet.stem: sheet.read_text(encoding="utf-8") for sheet in (root / "lib" / "panels").glob("*.css")}
    # The margin of a sheet knows no variable of the theme, and its white is the paper's.
    assert [name for name, text in sheets.items() if re.search("#[0-9A-Fa-f]{3,6}", text)] == ["print"]
