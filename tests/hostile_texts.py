"""The shipped workbook with texts that try to be something else in every column that holds text."""

import io
from itertools import cycle

import openpyxl
from openpyxl.cell import Cell

from lib import store

TEXTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "[mở](javascript:alert(1)) ![x](http://la.example/x.png)",
    '<a href="javascript:alert(1)">mở</a> <a href="http://la.example/">xem</a>',
    "</style></textarea></template><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '=HYPERLINK("javascript:alert(1)";"mở") =cmd|\' /C calc\'!A0',
    '" onmouseover="alert(1)" autofocus onfocus=\'alert(1)',
    "{{ 7*7 }} {% raw %} ${7*7} $\\href{javascript:alert(1)}{x}$ :material/home: :red[đỏ]",
    # As a workbook writes the control characters 7, 27 and 13, and a sign that turns the direction of writing.
    "_x0007__x001b_[31m _x000D_ \u202egnad",
]
COLUMNS = {
    "Mục": ["Tên mục"],
    "Nhiệm vụ": ["Tên ngắn", "Nội dung nhiệm vụ"],
    "Tiến độ": ["Kết quả, sản phẩm", "Văn bản minh chứng", "Khó khăn, vướng mắc", "Kiến nghị"],
    "Mô hình": ["Tên mô hình", "Địa bàn", "Kết quả đánh giá", "Cấp công nhận", "Ghi chú"],
}
"""Columns of free text. Names of departments are cells of several sheets and change in all of them."""
ALONE = ["Tên ngắn", "Kiến nghị", "Ghi chú"]
"""Here a text begins the cell."""
FACTS = ["Cơ quan chủ quản", "Tên cơ quan", "Địa danh", "Tên kế hoạch", "Số kế hoạch", "Cơ quan nhận báo cáo"]
FACTS += ["Chức vụ người ký", "Người ký"]
UNIT, HOSTILE_UNIT = "Thanh tra Ban", 'Thanh tra Ban <a href="javascript:alert(1)"><b>TTB</b></a>'


def workbook(**wrong: str) -> bytes:
    """The workbook: texts as they were, then one of `TEXTS`, and in columns of `ALONE` nothing else.

    wrong: columns of `Tiến độ` whose first reported cells say that instead.
    """
    book = openpyxl.load_workbook(store.SHIPPED)
    texts = cycle(TEXTS)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            cell.value = cell.value.replace(UNIT, HOSTILE_UNIT) if sheet.title != "Hướng dẫn" else cell.value
    for title, names in COLUMNS.items():
        columns = {head.value: head.column - 1 for head in book[title][1]}
        # What was not reported stays so: a result without a status is an error.
        told = columns["Trạng thái"] if title == "Tiến độ" else 0
        for row in (row for row in book[title].iter_rows(min_row=2) if row[told].value):
            for name in names:
                _put(row[columns[name]], next(texts), alone=name in ALONE)
    heads = {head.value: head.column for head in book["Tiến độ"][1]}
    for name, text in wrong.items():
        _put(book["Tiến độ"].cell(2, heads[name]), text, alone=True)
    for name, value in book["Thông tin"].iter_rows(max_col=2):
        if name.value in FACTS:
            _put(value, next(texts))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _put(cell: Cell, text: str, alone: bool = False) -> None:
    """Add the text to what the cell says, or put it in its place; it stays text, whatever it begins with."""
    cell.value = text if alone or not cell.value else f"{cell.value} {text}"
    cell.data_type = "s"
