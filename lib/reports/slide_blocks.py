"""Each kind of a scene's blocks on a slide."""

from collections.abc import Callable, Sequence
from typing import Protocol

from lib import theme, words
from lib.reports.slide_parts import (
    INNER,
    MARGIN,
    Box,
    Filled,
    Run,
    Series,
    chart,
    height_of,
    panel,
    row_height,
    table,
    text_box,
    write,
)
from lib.scenes import Bars, Block, Cell, Figures, Grid, Lead, ModelCards, Proposal, Table
from lib.text import shorten
from lib.words import SHORT_LOOKS, SIGNS, Look

TABLE_SIZE, GRID_SIZE, LEAD_SIZE = 13, 11, 20
_MOST_BARS = 12
_NAME_LETTERS = 60
_TONES = {"alarm": theme.OVERDUE, "alert": theme.OVERDUE, "soon": "#7A4E00", "nobody": theme.MUTED}


class Deck(Protocol):
    """What a block needs of the presentation it stands in."""

    slide: object
    top: float

    def place(self, height: float) -> Box:
        """Room for a block."""

    def room(self) -> float:
        """The height that is left."""

    def go_on(self) -> None:
        """Another slide under the same title."""


def draw(deck: Deck, block: Block) -> None:
    """Put a block where the deck has room for it."""
    _DRAWN[type(block)](deck, block)


def _lead(deck: Deck, block: Lead) -> None:
    runs = [Run(part.text, _TONES.get(part.tone, theme.INK), bool(part.tone)) for part in block.parts]
    height = height_of("".join(run.text for run in runs), INNER, LEAD_SIZE)
    text_box(deck.slide, deck.place(height), runs, LEAD_SIZE)


def _figures(deck: Deck, block: Figures) -> None:
    """Tiles side by side: the figure large, its name over it, what it rests on below."""
    count, gap = len(block.items), 0.2
    if not count:
        return
    row = deck.place(2.2)
    width = (INNER - gap * (count - 1)) / count
    for number, figure in enumerate(block.items):
        left = MARGIN + number * (width + gap)
        panel(deck.slide, Box(left, row.top, width, row.height), theme.SURFACE, theme.LINE)
        shade = _TONES.get(figure.tone, theme.INK)
        inner = width - 0.2
        for offset, run, size in (
            (0.15, Run(figure.label, theme.MUTED), 14),
            (0.7, Run(figure.value, shade, bold=True), 36),
            (1.5, Run(figure.beside, shade if figure.tone else theme.MUTED), 14),
        ):
            text_box(deck.slide, Box(left + 0.1, row.top + offset, inner, 0.6), [run], size, centred=True)


def _proposal(deck: Deck, block: Proposal) -> None:
    height = height_of(block.text, INNER - 0.4, 18) + 0.3
    shape = panel(deck.slide, deck.place(height), "#EAF1F9", theme.ACCENT)
    write(shape.text_frame, [Run(block.text, bold=True)], 18)


def _bars(deck: Deck, block: Bars) -> None:
    """A chart of so many bars as can be read; more of them go on."""
    looks = block.looks
    for start in range(0, len(block.rows), _MOST_BARS):
        rows = block.rows[start : start + _MOST_BARS]
        names = [_bar_name(row.name, row.beside, row.rate) for row in rows]
        series = [_series(look, [_count(row.pieces, look) for row in rows]) for look in looks]
        if series:
            height = min(5.4, 0.9 + 0.55 * len(rows))
            box = deck.place(height)
            chart(deck.slide, box, names, series, stacked_bars=True)


def _bar_name(name: str, beside: str, rate: float | None) -> str:
    full = shorten(f"{name} {beside}".strip(), _NAME_LETTERS)
    return full if rate is None or rate != rate else f"{full} ({words.rate(rate)})"


def _count(pieces: Sequence[object], look: Look) -> int:
    return sum(piece.count for piece in pieces if piece.look == look)


def _series(look: Look, values: list[int]) -> Series:
    paint = theme.PAINTS[look]
    return Series(SHORT_LOOKS[look], tuple(values), paint.fill, paint.text, paint.outline)


def _models(deck: Deck, block: ModelCards) -> None:
    """A chart of what was registered and evaluated beside the target, and each year's state below it."""
    years = block.years
    if not years:
        return
    figures = {
        f"Chỉ tiêu ({block.target})": ([year.target for year in years], theme.SUSPENDED),
        "Đã đăng ký": ([year.registered for year in years], theme.IN_PROGRESS),
        f"Đăng ký đúng hạn {block.deadline}": ([year.registered_on_time for year in years], theme.NOT_STARTED),
        "Đã đánh giá": ([year.evaluated for year in years], theme.DONE_ON_TIME),
    }
    series = [Series(name, tuple(values), fill) for name, (values, fill) in figures.items()]
    names = [f"Năm {year.year}: {year.label.lower()}" for year in years]
    chart(deck.slide, deck.place(3.2), names, series, stacked_bars=False)


def _table(deck: Deck, block: Table) -> None:
    """Rows as many as fit, the others on further slides under the same head."""
    widths = [INNER * column.share / 100 for column in block.columns]
    head = [_head(column.header) for column in block.columns]
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    if block.hidden:
        more = f"và {words.number(block.hidden)} việc nữa, xem ở trang Nhiệm vụ"
        rows.append(_across(Run(more, theme.MUTED), len(widths)))
    _flow(deck, head, rows, widths, _fitting(deck, head, rows, widths))


def _across(run: Run, columns: int, ground: str = "") -> list[Filled]:
    """A row that is one cell."""
    return [Filled((run,), ground, span=columns), *[Filled((), ground)] * (columns - 1)]


def _fitting(deck: Deck, head: list[Filled], rows: list[list[Filled]], widths: list[float]) -> float:
    """The largest type in which the whole table fits on this slide; the smallest where it goes on anyway."""
    sizes = (18, 16, 14)
    return next((size for size in sizes if _height(head, rows, widths, size) <= deck.room()), TABLE_SIZE)


def _height(head: list[Filled], rows: list[list[Filled]], widths: list[float], size: float) -> float:
    return sum(row_height(row, widths, size) for row in (head, *rows))


def _flow(deck: Deck, head: list[Filled], rows: list[list[Filled]], widths: list[float], size: float) -> None:
    """A table over as many slides as it needs; a row stands whole."""
    heights = [row_height(row, widths, size) for row in rows]
    head_height = row_height(head, widths, size)
    while rows:
        if head_height + heights[0] > deck.room() and deck.top > 1.6:
            deck.go_on()
        taken, height = 0, head_height
        while taken < len(rows) and (not taken or height + heights[taken] <= deck.room()):
            height += heights[taken]
            taken += 1
        table(deck.slide, deck.place(min(height, deck.room())), [head, *rows[:taken]], widths, size)
        rows, heights = rows[taken:], heights[taken:]


def _head(header: str) -> Filled:
    return Filled((Run(header, bold=True),), theme.LINE)


def _cell(cell: Cell) -> Filled:
    """A cell with its sign and code before its text."""
    shade = _TONES.get(cell.tone, theme.INK)
    sign = f"{SIGNS[Look(cell.look)].mark} " if cell.look else ""
    code = (Run(f"{cell.code}  ", theme.ACCENT, bold=True),) if cell.code else ()
    return Filled((*code, Run(f"{sign}{cell.text}", shade, bold=cell.tone == "alarm")))


def _grid(deck: Deck, block: Grid) -> None:
    """The map of the plan: a line for each task, a sign in its colour for each year; then what the signs mean."""
    widths = [INNER - 1.5 - 0.9 * len(block.years), 1.5, *[0.9] * len(block.years)]
    head = [_head("Nhiệm vụ"), _head("Phòng"), *(_head(str(year)) for year in block.years)]
    rows: list[list[Filled]] = []
    for band in block.bands:
        name = shorten(f"{band.section} {band.name}", 80)
        rows.append(_across(Run(name, bold=True), len(widths), theme.UPCOMING))
        rows += [_line(line) for line in band.lines]
    if block.hidden:
        more = f"và {words.number(block.hidden)} nhiệm vụ nữa"
        rows.append(_across(Run(more, theme.MUTED), len(widths)))
    _flow(deck, head, rows, widths, GRID_SIZE)
    legend = "   ".join(f"{SIGNS[look].mark} {SHORT_LOOKS[look]}" for look in block.looks)
    text_box(deck.slide, deck.place(height_of(legend, INNER, 12)), [Run(legend, theme.MUTED)], 12)


def _line(line: object) -> list[Filled]:
    task = Filled((Run(f"{line.task}  ", theme.ACCENT, bold=True), Run(shorten(line.label, 70))))
    return [task, Filled((Run(shorten(line.lead, 24)),)), *map(_square, line.cells)]


def _square(cell: object | None) -> Filled:
    if cell is None:
        return Filled(())
    paint = theme.PAINTS[Look(cell.look)]
    return Filled((Run(SIGNS[Look(cell.look)].mark, paint.text, bold=True),), paint.fill, centred=True)


_DRAWN: dict[type, Callable] = {
    Lead: _lead,
    Figures: _figures,
    Table: _table,
    Bars: _bars,
    Grid: _grid,
    ModelCards: _models,
    Proposal: _proposal,
}
