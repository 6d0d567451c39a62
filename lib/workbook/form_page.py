"""A sheet of the workbook: how it prints, its header's notes, and rows as tall as their text."""

import textwrap

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lib import theme
from lib.schema import MODELS, PROGRESS
from lib.text import shorten
from lib.workbook.form_rows import text
from lib.workbook.form_styles import FONT
from lib.workbook.plan import Plan

_LINE_POINTS = 15
_HEADER_POINTS = 36
_TALLEST_POINTS = 409  # Excel's own limit
_LETTERS_PER_DIGIT = 1.1
_A4 = 9
_UNSCALED = {"scale_with_doc": False}


class Page(Worksheet):
    """A worksheet whose row heights are estimates, which Excel fits again whenever a row is edited.

    LibreOffice and WPS do not fit rows on opening, so the file has to say a height; marked as set by hand, as
    XlsxWriter marks every height, Excel would never change it.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]] = ()) -> None:
        kept = [pair for pair in attributes if tag != "row" or pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)

    def fit_row(self, row: int, texts: list[tuple[str, int]]) -> None:
        """Make `row` as tall as the longest of `texts`, each with the width of its column in characters."""
        lines = max((_lines(words, width) for words, width in texts), default=1)
        self.set_row(row, min(_TALLEST_POINTS, _LINE_POINTS * lines + 3))

    def set_columns(self, widths: list[int], formats: list[Format | None]) -> None:
        """Width of every column, and the form of what is typed in it however far below the last row."""
        for column, (width, form) in enumerate(zip(widths, formats, strict=True)):
            self.set_column(column, column, width, form)

    def keep_header(self, columns: int) -> None:
        """Keep the first row and so many columns in sight, and print that row on every page."""
        self.freeze_panes(1, columns)
        self.repeat_rows(0)
        self.set_row(0, _HEADER_POINTS)

    def add_note(self, row: int, column: int, words: str) -> None:
        """A note that is hidden until the pointer is on the cell, as tall as its words need."""
        size = {"width": 230, "height": 16 + 20 * _lines(words, 30)}
        self.write_comment(row, column, words, size | {"font_name": FONT["font_name"], "font_size": 11})


def _lines(words: str, width: int) -> int:
    """How many lines `words` take in a column `width` digits wide; letters are a little narrower than digits."""
    letters = round(width * _LETTERS_PER_DIGIT)
    return sum(1 if len(line) <= letters else len(textwrap.wrap(line, letters)) for line in words.split("\n"))


def add_page(book: Workbook, name: str, plan: Plan) -> Page:
    """A new sheet that prints on A4 across, one page wide."""
    page = book.add_worksheet(name, Page)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.set_header(f"&L&9{printed_title(plan).replace('&', '&&')}&R&9{name}", _UNSCALED)
    page.set_footer("&C&9Trang &P/&N", _UNSCALED)
    page.set_tab_color(theme.ACCENT if name in (PROGRESS.title, MODELS.title) else theme.SUSPENDED)
    return page


def printed_title(plan: Plan) -> str:
    """The plan's title on one short line."""
    return shorten(text(plan.title), 110)
