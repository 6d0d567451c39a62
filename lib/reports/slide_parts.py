"""Pieces of a slide: text, tables, charts that PowerPoint can edit. Lengths in inches, type in points.

A chart's figures stand in a workbook inside the slide. Its texts are texts there too: the library itself would make a
formula of a name that begins with `=`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from lib import theme
from lib.workbook.form_rows import text as printable

FONT = "Arial"
_GRID_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""PowerPoint's own style of thin lines on no ground."""
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.5
INNER = WIDTH - 2 * MARGIN
_LETTER = 0.0078
"""The width of a letter in inches, for each point of its size."""
_LINE = 1.25 / 72
"""The height of a line in inches, for each point."""
_CELL = 0.13
"""What a table's cell adds to its lines."""


@dataclass(frozen=True)
class Run:
    """A piece of text: its colour and whether it is bold."""

    text: str
    colour: str = theme.INK
    bold: bool = False


@dataclass(frozen=True)
class Filled:
    """A table's cell: its text in runs, its ground ("" for none), whether it is centred; `span` columns are one."""

    runs: tuple[Run, ...]
    ground: str = ""
    centred: bool = False
    span: int = 1

    @property
    def text(self) -> str:
        """All of its runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Box:
    """Where something stands on a slide."""

    left: float
    top: float
    width: float
    height: float

    def inches(self) -> tuple[int, int, int, int]:
        """The same as the library measures."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def lines(text: str, width: float, size: float) -> int:
    """How many lines `text` takes in `width` inches at `size` points, on the safe side."""
    letters = max(1, int(width / (_LETTER * size)))
    return sum(max(1, -(-len(line) // letters)) for line in printable(text).split("\n"))


def height_of(text: str, width: float, size: float) -> float:
    """How high such a text is."""
    return lines(text, width, size) * size * _LINE


def write(frame: object, runs: Sequence[Run], size: float, centred: bool = False) -> None:
    """Fill a text frame's first paragraph."""
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
    for piece in runs:
        run = paragraph.add_run()
        run.text = printable(piece.text)
        font = run.font
        font.name, font.size, font.bold = FONT, Pt(size), piece.bold
        font.color.rgb = colour(piece.colour)


def colour(written: str) -> RGBColor:
    """`#C8341F` as the library wants it."""
    return RGBColor.from_string(written.lstrip("#"))


def text_box(slide: object, box: Box, runs: Sequence[Run], size: float, centred: bool = False) -> object:
    """Text on a slide."""
    shape = slide.shapes.add_textbox(*box.inches())
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, runs, size, centred)
    return shape


def panel(slide: object, box: Box, ground: str, line: str) -> object:
    """A rectangle to put text on."""
    shape = slide.shapes.add_shape(1, *box.inches())
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(ground)
    shape.line.color.rgb = colour(line)
    shape.line.width = Pt(1)
    shape.shadow.inherit = False
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return shape


def row_height(cells: Sequence[Filled], widths: Sequence[float], size: float) -> float:
    """How high a row of a table becomes."""
    most = max(lines(cell.text, sum(widths[place : place + cell.span]) - 0.2, size) for place, cell in enumerate(cells))
    return most * size * _LINE + _CELL


def table(slide: object, box: Box, rows: Sequence[Sequence[Filled]], widths: Sequence[float], size: float) -> None:
    """A table whose first row is its head; what is in it is text."""
    shape = slide.shapes.add_table(len(rows), len(widths), *box.inches())
    made = shape.table
    made.horz_banding = False
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _GRID_STYLE
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for row, cells in zip(made.rows, rows, strict=True):
        row.height = Inches(row_height(cells, widths, size))
        targets = list(row.cells)
        for place, (target, cell) in enumerate(zip(targets, cells, strict=True)):
            if cell.span > 1:
                target.merge(targets[place + cell.span - 1])
            _fill(target, cell, size)


def _fill(target: object, cell: Filled, size: float) -> None:
    target.margin_left = target.margin_right = Inches(0.08)
    target.margin_top = target.margin_bottom = Inches(0.04)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    target.fill.solid()
    target.fill.fore_color.rgb = colour(cell.ground or theme.SURFACE)
    write(target.text_frame, cell.runs, size, cell.centred)


@dataclass(frozen=True)
class Series:
    """A row of figures of a chart: its name, fill, outline and the text on it."""

    name: str
    values: tuple[float, ...]
    fill: str
    text: str = "#FFFFFF"
    outline: str = ""


def chart(slide: object, box: Box, names: Sequence[str], series: Sequence[Series], stacked_bars: bool) -> None:
    """A chart with its figures on it: bars that add up, or columns side by side."""
    data = _Figures()
    data.categories = [printable(name) for name in names]
    for one in series:
        data.add_series(printable(one.name), one.values, "#,##0;;")
    kind = XL_CHART_TYPE.BAR_STACKED if stacked_bars else XL_CHART_TYPE.COLUMN_CLUSTERED
    made = slide.shapes.add_chart(kind, *box.inches(), data).chart
    made.font.name, made.font.size = FONT, Pt(13)
    made.has_legend = True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.has_title = False
    made.value_axis.visible = made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale = 0
    made.category_axis.reverse_order = stacked_bars
    made.category_axis.format.line.color.rgb = colour(theme.LINE)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = (45, 100) if stacked_bars else (80, 0)
    for shown, one in zip(plot.series, series, strict=True):
        _paint(shown, one, inside=stacked_bars)


def _paint(shown: object, series: Series, inside: bool) -> None:
    shown.format.fill.solid()
    shown.format.fill.fore_color.rgb = colour(series.fill)
    if series.outline:
        shown.format.line.color.rgb = colour(series.outline)
    labels = shown.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0;;", False
    labels.font.size, labels.font.name = Pt(13), FONT
    labels.font.color.rgb = colour(series.text if inside else theme.INK)


class _Figures(CategoryChartData):
    """A chart's figures, in a workbook where text stays text."""

    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _Book(self)


class _Book(CategoryWorkbookWriter):
    @contextmanager
    def _open_worksheet(self, xlsx_file: object) -> Iterator[tuple]:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(xlsx_file, {"in_memory": True} | plain) as book:
            yield book, book.add_worksheet()
