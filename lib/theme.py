"""Colours, type and the style sheet's variables; screens and documents share them.

The palette keeps its order in grey and for colour-blind eyes, and every colour comes with a sign (`words.SIGNS`): red
stands for overdue and nothing else. In the dark the states keep their colours where white letters stand on them; what
says less lies nearer to the ground there too.
"""

from collections.abc import Iterator
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
STRIPES = "#B4BBC7"


@dataclass(frozen=True)
class Shade:
    """One colour by day and in the dark."""

    light: str
    dark: str


SHADES = {
    "ink": Shade(INK, "#E9EEF6"),
    "muted": Shade(MUTED, "#A9B5C8"),
    "line": Shade(LINE, "#2F3D55"),
    "hair": Shade("#F0F2F6", "#26334A"),
    "background": Shade(BACKGROUND, "#0D1522"),
    "surface": Shade(SURFACE, "#162033"),
    "accent": Shade(ACCENT, "#8DBBF2"),
    "control": Shade("#7D8899", "#7D8AA0"),
    "quiet": Shade("#EEF1F5", "#26334A"),
    "chosen": Shade("#E8EEF8", "#22355A"),
    "done-on-time": Shade(DONE_ON_TIME, DONE_ON_TIME),
    "done-late": Shade(DONE_LATE, DONE_LATE),
    "in-progress": Shade(IN_PROGRESS, IN_PROGRESS),
    "not-started": Shade(NOT_STARTED, "#28476F"),
    "due-soon": Shade(DUE_SOON, DUE_SOON),
    "overdue": Shade(OVERDUE, OVERDUE),
    "stripes": Shade(STRIPES, "#55647D"),
    # Words in a state's colour: what fills an area is too dark to be read on a dark ground.
    "good": Shade(DONE_ON_TIME, "#5FD0B2"),
    "late": Shade("#8A5800", "#F2BD66"),
    "alarm": Shade(OVERDUE, "#FF9C8E"),
    # Grounds of remarks.
    "soon-ground": Shade("#FFF6E5", "#38301C"),
    "soon-mark": Shade("#FFF3D6", "#4A3C18"),
    "soon-words": Shade("#5E3D00", "#FFE0A3"),
    "alarm-ground": Shade("#FEF4F2", "#3A2228"),
    "alarm-mark": Shade("#FCE3DF", "#55262A"),
    "alarm-words": Shade("#9E2413", "#FFC2B8"),
}
"""Each variable of the style sheet."""


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
    Look.UPCOMING: Paint(UPCOMING, MUTED),
}

DARK_PAINTS = {
    Look.DONE_ON_TIME: Paint(DONE_ON_TIME, "#FFFFFF"),
    Look.DONE_LATE: Paint("#162033", "#F2BD66", outline=DONE_LATE),
    Look.IN_PROGRESS: Paint(IN_PROGRESS, "#FFFFFF"),
    Look.NOT_STARTED: Paint("#28476F", "#D3E4FA"),
    Look.DUE_SOON: Paint("#4A3C18", "#FFE0A3", outline=DUE_SOON),
    Look.NO_REPORT: Paint("#35435C", "#D5DCE8", "/"),
    Look.OVERDUE: Paint(OVERDUE, "#FFFFFF"),
    Look.SUSPENDED: Paint("#4A576D", "#F0F3F8"),
    Look.UPCOMING: Paint("#222E43", "#A9B5C8"),
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
    """The palette for style sheets: a variable for each shade and look, a rule for each look, charts repainted.

    A variable takes its light or dark value by the `color-scheme` of where it is used, which Streamlit sets; on paper
    it is light. A browser too old for `light-dark()` shows everything as by day.
    """
    shades = SHADES | _look_shades()
    by_day = "".join(f"--{name}:{shade.light};" for name, shade in shades.items())
    either = "".join(f"--{name}:light-dark({shade.light},{shade.dark});" for name, shade in shades.items())
    variables = f":root{{{by_day}}}@supports (color:light-dark(red,red)){{:root{{{either}}}}}"
    rules = "".join(f".kh .s.{look},.kh .seg.{look}{{{_declarations(look)}}}" for look in PAINTS)
    names = {shade.light: name for name, shade in reversed(shades.items())}
    years = "".join(
        f".kh .y.{state}{{--state:var(--{names[colour]})}}" for state, colour in MODEL_STATE_COLOURS.items()
    )
    return variables + rules + years + "".join(_repainted())


def _look_shades() -> dict[str, Shade]:
    """The variables of each look: `look-overdue` fills, `on-overdue` is written on it, `edge-overdue` goes round it."""
    found = {}
    for look, paint in PAINTS.items():
        dark = DARK_PAINTS[look]
        found[f"look-{look}"] = Shade(paint.fill, dark.fill)
        found[f"on-{look}"] = Shade(paint.text, dark.text)
        if paint.outline:
            found[f"edge-{look}"] = Shade(paint.outline, dark.outline)
    return found


def _declarations(look: Look) -> str:
    """A look's fill, text and outline as CSS."""
    fill, paint = f"var(--look-{look})", PAINTS[look]
    stripes = f"repeating-linear-gradient(45deg,{fill} 0 5px,var(--background) 5px 10px)"
    outline = f"box-shadow:inset 0 0 0 2px var(--edge-{look});" if paint.outline else ""
    return f"background:{stripes if paint.pattern else fill};color:var(--on-{look});{outline}"


def _repainted() -> Iterator[str]:
    """Rules that give charts the colours of the page around them, in the dark and on paper.

    Plotly writes the light colours of `PAINTS` and of the template into each shape; these rules find them there.
    """
    areas = {paint.fill: f"look-{look}" for look, paint in PAINTS.items()} | {SURFACE: "surface", MUTED: "muted"}
    letters = {paint.text: f"on-{look}" for look, paint in PAINTS.items()} | {INK: "ink", MUTED: "muted"}
    lines = {LINE: "line", SURFACE: "surface", ACCENT: "accent", INK: "ink", STRIPES: "stripes", MUTED: "muted"}
    lines |= {paint.outline: f"edge-{look}" for look, paint in PAINTS.items() if paint.outline}
    for colour, name in areas.items():
        yield f'.js-plotly-plot :not(text)[style*="fill: {_rgb(colour)}"]{{fill:var(--{name})!important}}'
    for colour, name in letters.items():
        yield f'.js-plotly-plot text[style*="fill: {_rgb(colour)}"]{{fill:var(--{name})!important}}'
    for colour, name in lines.items():
        yield f'.js-plotly-plot [style*="stroke: {_rgb(colour)}"]{{stroke:var(--{name})!important}}'


def _rgb(colour: str) -> str:
    """A colour as a browser writes it back."""
    return "rgb({}, {}, {})".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
