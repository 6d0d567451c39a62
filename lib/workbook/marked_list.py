"""The first sheet of a marked copy: every problem with a link to its cell, readable on screen and on paper."""

import math

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from lib import theme
from lib.text import fold
from lib.words import number
from lib.workbook.addresses import position
from lib.workbook.cell_text import write_text
from lib.workbook.marked_cells import AUTHOR, fill
from lib.workbook.problems import Problem, Severity, verdict

TITLE = "Lỗi cần sửa"
SEVERITIES = {Severity.ERROR: "Lỗi", Severity.WARNING: "Lưu ý"}
BLANK = "(ô trống)"
HIDDEN = "đang ẩn"

_COLUMNS = {"STT": 6, "Mức": 9, "Trang": 17, "Ô": 9, "Tiêu đề cột": 21, "Đang ghi": 30, "Cần sửa": 72}
_CENTRED = ("STT", "Mức", "Ô")
_HOW_TO = (
    "Bấm vào ô ở cột “Ô” để đến chỗ cần sửa; ghi chú tại ô nói cần ghi gì. Ô đỏ là lỗi, phải sửa thì mới công bố được. "
    "Ô vàng là điều cần xem lại, không chặn việc công bố. Sửa xong, lưu lại rồi tải tệp lên lần nữa; trang này, màu và "
    "ghi chú không ảnh hưởng đến số liệu."
)
_A4 = 9
_FONT = "Times New Roman"
_LINE_POINTS, _TALLEST_POINTS = 15.5, 409
_LETTERS_PER_WIDTH = 1.15
_THIN = Side("thin", color=theme.SUSPENDED.removeprefix("#"))
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)


def is_ours(title: str, first_row: list[object]) -> bool:
    """Whether a sheet is the list that an earlier copy was given, by its title and its first cell."""
    beginning = next(iter(first_row), "")
    return fold(title).startswith(fold(TITLE)) and isinstance(beginning, str) and beginning.startswith(AUTHOR)


def remove(book: Workbook) -> None:
    """Take the list of an earlier copy out."""
    named = [sheet for sheet in book.worksheets if fold(sheet.title).startswith(fold(TITLE))]
    for sheet in named:
        if is_ours(sheet.title, [str(sheet["A1"].value)]):
            book.remove(sheet)


def add(book: Workbook, problems: list[Problem], counts: tuple[int, int], remarks: list[str]) -> None:
    """Put the list in front; `counts` are all errors and warnings, of which `problems` may be the first."""
    sheet = book.create_sheet(_free_title(book), 0)
    header = _write_head(sheet, counts, [*_too_many(problems, counts), *_hidden(book, problems), *remarks])
    for row, problem in enumerate(_in_order(book, problems), 1):
        _write_row(sheet, header + row, row, problem, book)
    _set_page(sheet, header)
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet  # two selected sheets would be edited together
    book.active = sheet


def _free_title(book: Workbook) -> str:
    taken = {fold(title) for title in book.sheetnames}
    names = [TITLE, *(f"{TITLE} ({copy})" for copy in range(2, len(taken) + 3))]
    return next(name for name in names if fold(name) not in taken)


def _too_many(problems: list[Problem], counts: tuple[int, int]) -> list[str]:
    total = sum(counts)
    if total == len(problems):
        return []
    return [
        f"Chỉ liệt kê và đánh dấu {number(len(problems))} điều đầu tiên trong {number(total)} điều, lỗi trước. "
        "Sửa xong, tải lên để xem phần còn lại."
    ]


def _hidden(book: Workbook, problems: list[Problem]) -> list[str]:
    named = {problem.sheet for problem in problems}
    hidden = [sheet.title for sheet in book.worksheets if sheet.title in named and sheet.sheet_state != "visible"]
    return [
        f"Trang “{title}” đang ẩn: bấm chuột phải vào tên một trang, chọn Bỏ ẩn (Unhide) để thấy các ô cần sửa."
        for title in hidden
    ]


def _in_order(book: Workbook, problems: list[Problem]) -> list[Problem]:
    """Errors first, then as one goes through the workbook."""
    places = {title: place for place, title in enumerate(book.sheetnames)}

    def place(problem: Problem) -> tuple:
        cell = position(problem.cell) if problem.cell else (-1, -1)
        return problem.severity != Severity.ERROR, places.get(problem.sheet, -1), cell

    return sorted(problems, key=place)


def _write_head(sheet: Worksheet, counts: tuple[int, int], remarks: list[str]) -> int:
    """The sentences above the list, then its header; gives the header's row."""
    _write(sheet.cell(1, 1), f"{AUTHOR}: {verdict(*counts)}", Font(_FONT, 15, bold=True))
    sheet.row_dimensions[1].height = 24
    for row, words in enumerate([_HOW_TO, *remarks], 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
        _write(sheet.cell(row, 1), words, Font(_FONT, 11, italic=row > 2), wrap=True)
        _fit(sheet, row, [(words, sum(_COLUMNS.values()))])
    header = len(remarks) + 3
    for column, title in enumerate(_COLUMNS, 1):
        cell = sheet.cell(header, column)
        _write(cell, title, Font(_FONT, 11, bold=True), wrap=True)
        cell.fill = PatternFill("solid", fgColor=theme.LINE.removeprefix("#"))
        cell.alignment, cell.border = Alignment("center", "center", wrap_text=True), _BORDER
    sheet.row_dimensions[header].height = 24
    return header


def _write_row(sheet: Worksheet, row: int, count: int, problem: Problem, book: Workbook) -> None:
    words = [
        str(count),
        SEVERITIES[problem.severity],
        problem.sheet,
        problem.cell or "—",
        problem.header,
        problem.found or (BLANK if problem.cell else ""),
        problem.message,
    ]
    for column, (title, text) in enumerate(zip(_COLUMNS, words, strict=True), 1):
        cell = sheet.cell(row, column)
        _write(cell, text, Font(_FONT, 11), wrap=True)
        cell.border = _BORDER
        if title in _CENTRED:
            cell.alignment = Alignment("center", "top", wrap_text=True)
    sheet.cell(row, 1).value = count
    sheet.cell(row, 2).fill = fill(problem.severity)
    _link(sheet.cell(row, 4), problem, book)
    _fit(sheet, row, list(zip(words, _COLUMNS.values(), strict=True)))


def _write(cell: Cell, words: str, font: Font, *, wrap: bool = False) -> None:
    write_text(cell, words)
    cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _link(cell: Cell, problem: Problem, book: Workbook) -> None:
    """To the problem's cell, or to its sheet; to nothing where the sheet is what is missing."""
    if problem.sheet not in book.sheetnames:
        return
    place = f"{quote_sheetname(problem.sheet)}!{problem.cell or 'A1'}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, tooltip=f"Đến ô {problem.cell or 'A1'}")
    cell.font = Font(_FONT, 11, underline="single", color=theme.ACCENT.removeprefix("#"))
    if not problem.cell:
        write_text(cell, "mở trang")
    elif _out_of_sight(book[problem.sheet], problem.cell):
        write_text(cell, f"{problem.cell} ({HIDDEN})")


def _out_of_sight(sheet: Worksheet, cell: str) -> bool:
    row, column = (number + 1 for number in position(cell))
    if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden:
        return True
    hidden = (each for each in sheet.column_dimensions.values() if each.hidden and each.min)
    return any(each.min <= column <= each.max for each in hidden)


def _fit(sheet: Worksheet, row: int, texts: list[tuple[str, int]]) -> None:
    """A height for the longest text: not every program works one out on opening."""
    lines = max(
        sum(max(1, math.ceil(len(line) / (width * _LETTERS_PER_WIDTH))) for line in words.split("\n"))
        for words, width in texts
    )
    sheet.row_dimensions[row].height = min(_TALLEST_POINTS, _LINE_POINTS * lines + 3)


def _set_page(sheet: Worksheet, header: int) -> None:
    """Widths, the header in sight and on every page, A4 across."""
    for letter, width in zip("ABCDEFG", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:G{sheet.max_row}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.oddFooter.center.text = "Trang &P/&N"
    sheet.sheet_properties.tabColor = fill(Severity.ERROR).fgColor.rgb
    sheet.sheet_view.showGridLines = False
