"""Colours, type and the one Plotly template; screens and documents share them.

The palette keeps its order in grey and for colour-blind eyes, and every colour comes with a sign (`words.SIGNS`): red
stands for overdue and nothing else.
"""

from dataclasses import dataclass

from lib.words import Look, ModelState

INK = "#16233B"
MUTED = "#5A6579"
LINE = "#E3E7EE"
BACKGROUND = "#F5F7FA"
SURFACE = "#FFFFFF"
ACCENT = "#2E6CB8"
FONT = "Be Vietnam Pro"

DONE_ON_TIME = "#0E7C66"
DONE_LATE = "#D98A00"
IN_PROGRESS = "#2E6CB8"
NOT_STARTED = "#9DBBE0"
DUE_SOON = "#E0A526"
OVERDUE = "#C8341F"
NO_REPORT = "#DDE1E8"
SUSPENDED = "#B9C0CB"
UPCOMING = "#EEF1F5"


@dataclass(frozen=True)
class Paint:
    """A look's fill, the text that can be read on it, Plotly's pattern and the outline where it has them."""

    fill: str
    text: str
    pattern: str = ""
    outline: str = ""


PAINTS = {
    Look.DONE_ON_TIME: Paint(DONE_ON_TIME, "#FFFFFF"),
    Look.DONE_LATE: Paint(SURFACE, "#8A5800", outline=DONE_LATE),
    Look.IN_PROGRESS: Paint(IN_PROGRESS, "#FFFFFF"),
    Look.NOT_STARTED: Paint(NOT_STARTED, "#12315A"),
    Look.DUE_SOON: Paint("#FFF3D6", "#7A4E00", outline=DUE_SOON),
    Look.NO_REPORT: Paint(NO_REPORT, "#454E5E", "/"),
    Look.OVERDUE: Paint(OVERDUE, "#FFFFFF"),
    Look.SUSPENDED: Paint(SUSPENDED, "#333333"),
    Look.UPCOMING: Paint(UPCOMING, "#5A6579"),
}

MODEL_STATE_COLOURS = {
    ModelState.UPCOMING: SUSPENDED,
    ModelState.MET: DONE_ON_TIME,
    ModelState.AWAITING_EVALUATION: IN_PROGRESS,
    ModelState.NOT_EVALUATED: DONE_LATE,
    ModelState.REGISTERED_LATE: DONE_LATE,
    ModelState.NOT_DUE: NOT_STARTED,
    ModelState.MISSED: INK,
}


def css() -> str:
    """The palette for style sheets: a variable for each colour above, a rule for each look."""
    colours = {
        "ink": INK,
        "muted": MUTED,
        "line": LINE,
        "background": BACKGROUND,
        "surface": SURFACE,
        "accent": ACCENT,
        "done-on-time": DONE_ON_TIME,
        "done-late": DONE_LATE,
        "in-progress": IN_PROGRESS,
        "not-started": NOT_STARTED,
        "due-soon": DUE_SOON,
        "overdue": OVERDUE,
    }
    variables = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    rules = "".join(f".kh .s.{look},.kh .seg.{look}{{{_declarations(paint)}}}" for look, paint in PAINTS.items())
    years = "".join(f".kh .y.{state}{{border-top-color:{colour}}}" for state, colour in MODEL_STATE_COLOURS.items())
    return f":root{{{variables}}}{rules}{years}"


def _declarations(paint: Paint) -> str:
    """A look's fill, text and outline as CSS."""
    stripes = f"repeating-linear-gradient(45deg,{paint.fill} 0 5px,{BACKGROUND} 5px 10px)"
    outline = f"box-shadow:inset 0 0 0 2px {paint.outline};" if paint.outline else ""
    return f"background:{stripes if paint.pattern else paint.fill};color:{paint.text};{outline}"
