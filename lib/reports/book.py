"""The workbook to take away: every figure with charts that Excel can edit, then the tables in the form that is
uploaded, so that the file can be edited and published without loss.

The sheet of figures is no sheet of the form: whoever reads the workbook back passes over it.
"""

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from lib import summary, theme
from lib.reports.fields import SAMPLE_LINE
from lib.reports.scope import Scope
from lib.reports.tables import FIGURE_HEADERS, FigureRow, figure_rows
from lib.text import shorten
from lib.words import MODEL_STATE_LABELS, Look, ModelState
from lib.workbook import form
from lib.workbook.form_page import Page, add_page
from lib.workbook.form_rows import text
from lib.workbook.form_styles import FONT

SHEET, CHARTS = "Tổng hợp số liệu", "Biểu đồ"
NOTE = "Hai trang này chỉ để xem: sửa số liệu ở các trang sau; khi tải lên lại, chương trình không đọc hai trang này."
STATES = {
    "done_on_time": Look.DONE_ON_TIME,
    "done_late": Look.DONE_LATE,
    "within": Look.IN_PROGRESS,
    "overdue": Look.OVERDUE,
    "suspended": Look.SUSPENDED,
    "upcoming": Look.UPCOMING,
}
"""The states of a composition in their order; together they are the total."""
_MODEL_HEADERS = ("Dân vận khéo", "Chỉ tiêu", "Đã đăng ký", "Đăng ký đúng hạn", "Đã đánh giá", "Trạng thái")
_HEADER_ROW = 4
_HEADER_POINTS = 48
_LABEL_WIDTH, _FIGURE_WIDTH = 60, 12


@dataclass(frozen=True)
class _Group:
    """Rows of the sheet of figures that one chart shows: first and last, zero-based."""

    title: str
    first: int
    last: int


def write(scope: Scope) -> bytes:
    """The workbook of a scope. Raises DashboardError for text too long for a cell of Excel."""
    return form.write(scope.register, blank=False, first=lambda book: _figures_first(book, scope))


def _figures_first(book: Workbook, scope: Scope) -> None:
    sheet, charts = add_page(book, SHEET, scope.plan), add_page(book, CHARTS, scope.plan)
    formats = _formats(book)
    for page in (sheet, charts):
        _heading(page, scope, formats)
    groups = _figures(sheet, figure_rows(scope), formats)
    models = _models(sheet, scope, formats)
    _draw(book, charts, groups, models)


def _formats(book: Workbook) -> dict[str, Format]:
    box = {"border": 1, "border_color": theme.SUSPENDED, "valign": "vcenter"}
    kinds = {
        "title": {"bold": True, "font_size": 14},
        "sample": {"bold": True},
        "note": {"italic": True, "font_color": theme.MUTED},
        "header": box | {"bold": True, "bg_color": theme.LINE, "align": "center", "text_wrap": True},
        "label": box | {"text_wrap": True},
        "band": box | {"bold": True, "bg_color": theme.UPCOMING},
        "count": box | {"num_format": "#,##0"},
        "rate": box | {"num_format": "0.0%"},
    }
    return {name: book.add_format(dict(FONT) | form_) for name, form_ in kinds.items()}


def _heading(page: Page, scope: Scope, formats: dict[str, Format]) -> None:
    """What the figures are of: plan and period, day and version, whether they are samples."""
    _words(page, 0, 0, f"Kết quả thực hiện {scope.period.words}: {shorten(scope.plan.title, 110)}", formats["title"])
    _words(page, 1, 0, scope.data_line, formats["note"])
    _words(page, 2, 0, SAMPLE_LINE if scope.plan.sample else "", formats["sample"])
    _words(page, 3, 0, NOTE, formats["note"])


def _words(page: Page, row: int, column: int, words_: str, style: Format) -> None:
    """Text as text: never a formula, a number or a link."""
    page.write_string(row, column, text(words_), style)


def _figures(sheet: Page, rows: list[FigureRow], formats: dict[str, Format]) -> list[_Group]:
    """The table of figures as numbers; the groups of its rows."""
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, len(FIGURE_HEADERS), _FIGURE_WIDTH)
    for column, header in enumerate(("Nội dung", *FIGURE_HEADERS.values())):
        _words(sheet, _HEADER_ROW, column, header, formats["header"])
    starts: list[tuple[str, int]] = []
    for number, row in enumerate(rows, _HEADER_ROW + 1):
        if row.figures is None:
            starts.append((row.name, number + 1))
        _figure_row(sheet, number, row, formats)
    sheet.set_row(_HEADER_ROW, _HEADER_POINTS)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    ends = [*(first - 2 for _, first in starts[1:]), _HEADER_ROW + len(rows)][: len(starts)]
    return [_Group(title, first, last) for (title, first), last in zip(starts, ends, strict=True)]


def _figure_row(sheet: Page, number: int, row: FigureRow, formats: dict[str, Format]) -> None:
    _words(sheet, number, 0, row.name, formats["band" if row.band else "label"])
    sheet.fit_row(number, [(row.name, _LABEL_WIDTH)])
    for column, key in enumerate(FIGURE_HEADERS, 1):
        if row.figures is None:
            sheet.write_blank(number, column, None, formats["band"])
            continue
        style = formats["rate" if key == "completion_rate" else "count"]
        value = row.figures[key]
        if value is None or value != value:
            _words(sheet, number, column, "—", style)
        else:
            sheet.write_number(number, column, value, style)


def _models(sheet: Page, scope: Scope, formats: dict[str, Format]) -> _Group:
    """The table of models below the figures: target, registered, evaluated, year by year."""
    table = summary.dan_van_kheo(scope.register, scope.as_of)
    table = table[table.index.isin(scope.period.years)]
    top = _HEADER_ROW + 2 + len(figure_rows(scope))
    sheet.set_row(top, _HEADER_POINTS)
    for column, header in enumerate(_MODEL_HEADERS):
        _words(sheet, top, column, header, formats["header"])
    for number, (year, row) in enumerate(table.iterrows(), top + 1):
        _words(sheet, number, 0, f"Năm {year}", formats["label"])
        for column, key in enumerate(("target", "registered", "registered_on_time", "evaluated"), 1):
            sheet.write_number(number, column, row[key], formats["count"])
        _words(sheet, number, 5, MODEL_STATE_LABELS[ModelState(row["state"])], formats["label"])
    return _Group("Mô hình “Dân vận khéo”: đăng ký, đánh giá so với chỉ tiêu", top + 1, top + len(table))


def _draw(book: Workbook, charts: Page, groups: list[_Group], models: _Group) -> None:
    """A composition chart for each group of figures, one of the models, below one another."""
    row = _HEADER_ROW
    for group in groups:
        height = 150 + 40 * (group.last - group.first + 1)
        charts.insert_chart(row, 0, _composition(book, group), {"object_position": 3} | _size(height))
        row += height // 20 + 2
    charts.insert_chart(row, 0, _columns(book, models), {"object_position": 3})


def _size(height: int) -> dict[str, float]:
    """XlsxWriter takes a chart's size as a scale of its own 480 by 288 points."""
    return {"x_scale": 960 / 480, "y_scale": height / 288}


def _composition(book: Workbook, group: _Group) -> object:
    """Bars of states that add up to the total, in the colours of the screens."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    keys = list(FIGURE_HEADERS)
    for key, look in STATES.items():
        column = keys.index(key) + 1
        paint = theme.PAINTS[look]
        chart.add_series(
            {
                "name": [SHEET, _HEADER_ROW, column],
                "categories": [SHEET, group.first, 0, group.last, 0],
                "values": [SHEET, group.first, column, group.last, column],
                "fill": {"color": paint.fill},
                "border": {"color": paint.outline or paint.fill},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "#,##0;;", "font": {"color": paint.text, "size": 9}},
            }
        )
    chart.set_title({"name": f"{group.title}: số lượt theo trạng thái", "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    return chart


def _columns(book: Workbook, group: _Group) -> object:
    """Columns of registered and evaluated models beside the target."""
    chart = book.add_chart({"type": "column"})
    colours = (theme.SUSPENDED, theme.IN_PROGRESS, theme.NOT_STARTED, theme.DONE_ON_TIME)
    for column, colour in enumerate(colours, 1):
        chart.add_series(
            {
                "name": [SHEET, group.first - 1, column],
                "categories": [SHEET, group.first, 0, group.last, 0],
                "values": [SHEET, group.first, column, group.last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True},
            }
        )
    chart.set_title({"name": group.title, "name_font": {"size": 13}})
    chart.set_y_axis({"min": 0, "major_unit": 1, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 960, "height": 360})
    return chart
