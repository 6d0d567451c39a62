"""The meeting's scenes as slides: each says its finding in its title, its charts can be edited in PowerPoint, and the
notes hold the sentences for whoever speaks. A list that is long goes on to further slides.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pptx import Presentation
from pptx.util import Inches

from lib import theme
from lib.reports import slide_blocks
from lib.reports.fields import SAMPLE_LINE
from lib.reports.slide_notes import notes
from lib.reports.slide_parts import HEIGHT, INNER, MARGIN, WIDTH, Box, Run, height_of, text_box, write
from lib.scenes import Scene
from lib.text import one_line, shorten
from lib.workbook.form_rows import text as printable
from lib.workbook.plan import Plan

_TITLE_ONLY = 5
_TITLE_SIZE = 24
_TITLE_TOP, _FOOT = 0.35, 0.42
_LONGEST_TITLE = 220


@dataclass(frozen=True)
class Facts:
    """What every slide carries: whose figures, and of which day and version."""

    plan: Plan
    data_line: str


class Deck:
    """A presentation while it is made; `top` is where the next block of the slide stands."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made = Presentation()
        self._made.slide_width, self._made.slide_height = Inches(WIDTH), Inches(HEIGHT)
        properties = self._made.core_properties
        properties.title, properties.author = shorten(facts.plan.title, 200), shorten(facts.plan.agency, 200)
        self.slide = self._title = None
        self.top = 0.0

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return HEIGHT - _FOOT - 0.1

    def begin(self, title: str, said: str) -> None:
        """A slide with its title, its notes and its foot."""
        self._title = one_line(title)
        self._open(self._title, said)

    def go_on(self) -> None:
        """Another slide under the same title."""
        self._open(f"{self._title} (tiếp)", "")

    def _open(self, title: str, said: str) -> None:
        self.slide = self._made.slides.add_slide(self._made.slide_layouts[_TITLE_ONLY])
        title = shorten(title, _LONGEST_TITLE)
        size = _TITLE_SIZE if len(title) < 120 else 18
        height = height_of(title, INNER, size) + 0.1
        place = self.slide.shapes.title
        place.left, place.top, place.width, place.height = Box(MARGIN, _TITLE_TOP, INNER, height).inches()
        frame = place.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        write(frame, [Run(title, bold=True)], size)
        self._foot()
        if said:
            self.slide.notes_slide.notes_text_frame.text = printable(said)
        self.top = _TITLE_TOP + height + 0.15

    def _foot(self) -> None:
        """Day, version and, where they are, that the figures are samples; the number of the slide."""
        top = HEIGHT - _FOOT
        sample = f"{SAMPLE_LINE}. " if self._facts.plan.sample else ""
        left = Box(MARGIN, top, INNER - 1, 0.3)
        text_box(self.slide, left, [Run(sample, bold=True), Run(self._facts.data_line, theme.MUTED)], 11)
        number = Box(WIDTH - MARGIN - 0.8, top, 0.8, 0.3)
        text_box(self.slide, number, [Run(str(len(self._made.slides)), theme.MUTED)], 11)

    def room(self) -> float:
        """How much height is left on the slide."""
        return self.bottom - self.top

    def place(self, height: float) -> Box:
        """Room for a block of that height over the whole width, on a new slide where this one has too little."""
        if height > self.room() and self.top > 1.6:
            self.go_on()
        box = Box(MARGIN, self.top, INNER, min(height, self.room()))
        self.top += height + 0.2
        return box

    def save(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self._made.save(buffer)
        return buffer.getvalue()


def write_slides(scenes: Sequence[Scene], facts: Facts) -> bytes:
    """A cover, then every scene."""
    deck = Deck(facts)
    _cover(deck, facts)
    for scene in scenes:
        deck.begin(scene.title, notes(scene, facts.data_line))
        for block in scene.blocks:
            slide_blocks.draw(deck, block)
    return deck.save()


def _cover(deck: Deck, facts: Facts) -> None:
    """Whose plan it is, and of which day the figures are."""
    plan = facts.plan
    deck.begin(f"Kết quả thực hiện kế hoạch giai đoạn {plan.first_year} - {plan.last_year}", facts.data_line)
    agency = [one_line(plan.parent_agency).upper(), one_line(plan.agency).upper()]
    deck.top = 2.0
    for line in filter(None, agency):
        text_box(deck.slide, deck.place(0.4), [Run(line, theme.MUTED, bold=line == agency[-1])], 18)
    title = shorten(plan.title, 400)
    text_box(deck.slide, deck.place(height_of(title, INNER, 22)), [Run(title, bold=True)], 22)
    text_box(deck.slide, deck.place(0.4), [Run(facts.data_line, theme.MUTED)], 16)
    if plan.sample:
        text_box(deck.slide, deck.place(0.4), [Run(SAMPLE_LINE, bold=True)], 16)
