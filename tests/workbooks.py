"""Workbooks written as text in the test that needs them.

One text holds all sheets. `# Tiến độ` begins a sheet; the first line below it is the header, each line after it a row;
`|` stands between cells. A cell is text unless a mark says otherwise:

    2024!            the number 2024              31/12/2024!    a real date
    50%!             0.5 shown as a percentage     31/3!          a real date whose format shows no year
    #REF!            an Excel error               =!             a formula that was never calculated
    ^                merged with the cell above
"""

import datetime as dt
import io
import re
from collections.abc import Iterator

import openpyxl

from lib.workbook.reader import Reading, received
from lib.workbook.reading import check
from lib.workbook.sheets import Sheet
from lib.workbook.transfer import pack

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})!")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})!")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)!")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%!")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?")

INFO = """
# Thông tin
Tên cơ quan | Ban Dân tộc
Tên kế hoạch | Kế hoạch dân vận
Năm bắt đầu | 2022
Năm kết thúc | 2026
"""
SECTIONS = """
# Mục
Mã mục | Tên mục
1 | Triển khai
2.1 | Nhiệm vụ chung
"""
UNITS = """
# Đơn vị
Tên đơn vị | Tên gọi khác | Viết tắt | Đơn vị kế thừa | Gồm các đơn vị
Thanh tra Ban | | TTB | |
Văn phòng | | VP | |
Phòng Chính sách dân tộc | Phòng Chính sách | CSDT | |
Lãnh đạo Ban | lãnh đạo cơ quan | | |
Công đoàn | | CĐ | |
Các phòng thuộc Ban | | | | Thanh tra Ban; Văn phòng; Phòng Chính sách dân tộc
"""
TASKS = """
# Nhiệm vụ
Mã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện
1 | 1 | Quán triệt Đề án | Lãnh đạo Ban | | Trong năm 2022
2.1.1 | 2.1 | Tuyên truyền | Lãnh đạo Ban, Công đoàn | Thanh tra Ban | thường xuyên
2.1.2 | 2.1 | Đào tạo cán bộ | Lãnh đạo Ban, Công đoàn | Văn phòng | thường xuyên
"""
PROGRESS_HEADER = (
    "Mã nhiệm vụ | Năm | Hạn hoàn thành | Trạng thái | Tỷ lệ (%) | Ngày hoàn thành | Kết quả, sản phẩm | "
    "Văn bản minh chứng | Khó khăn, vướng mắc | Kiến nghị | Ngày cập nhật | Phòng tham mưu"
)
MODELS_HEADER = (
    "Tên mô hình | Năm | Lĩnh vực | Hình thức | Đơn vị phụ trách | Địa bàn | Ngày đăng ký | Ngày đánh giá | "
    "Kết quả đánh giá | Cấp công nhận | Ghi chú"
)
PROGRESS = f"# Tiến độ\n{PROGRESS_HEADER}\n"
MODELS = f"# Mô hình\n{MODELS_HEADER}\n"


def progress(*rows: str) -> str:
    """Sheet `Tiến độ` with all its columns; a row gives its first cells, the rest are blank."""
    return PROGRESS + "\n".join(rows) + "\n"


def models(*rows: str) -> str:
    """Sheet `Mô hình` with all its columns; a row gives its first cells, the rest are blank."""
    return MODELS + "\n".join(rows) + "\n"


def workbook(*changed: str) -> str:
    """An ordinary workbook whose sheets give way to those of `changed` that bear their name."""
    sheets = {name: text for part in (INFO, SECTIONS, UNITS, TASKS, PROGRESS, MODELS) for name, text in _split(part)}
    return "\n".join((sheets | dict(pair for part in changed for pair in _split(part))).values())


def without(title: str, text: str | None = None) -> str:
    """`text` (the ordinary workbook) without one of its sheets."""
    return "\n".join(part for name, part in _split(text or workbook()) if name != title)


def _split(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"(?m)^(?=# )", text):
        if part.strip():
            yield part.split("\n", 1)[0][2:].strip(), part.strip() + "\n"


def sheets(text: str) -> list[Sheet]:
    """The sheets of `text` as the reader would give them."""
    return [_sheet(name, part) for name, part in _split(text)]


def read(*changed: str) -> Reading:
    """What reading the ordinary workbook with `changed` sheets gives."""
    return received(pack(check(sheets(workbook(*changed)))))


def register(*changed: str):
    """The register of the ordinary workbook with `changed` sheets; fails with the problems where there are errors."""
    reading = read(*changed)
    assert reading.register is not None, [problem.message for problem in reading.errors]
    return reading.register


def problems(*changed: str) -> list[tuple[str, str]]:
    """(rule, `Sheet!cell`) of each problem of the ordinary workbook with `changed` sheets."""
    return [(problem.rule, f"{problem.sheet}!{problem.cell}") for problem in read(*changed).problems]


def _cells(part: str) -> list[list[str]]:
    lines = part.rstrip("\n").split("\n")[1:]
    rows = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in lines]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _sheet(name: str, part: str) -> Sheet:
    written = _cells(part)
    errors, uncalculated, percent, yearless = {}, set(), {}, {}
    for row, cells in enumerate(written):
        for column, cell in enumerate(cells):
            if _ERROR.fullmatch(cell):
                errors[row, column] = cell
            elif cell == "=!":
                uncalculated.add((row, column))
            elif _PERCENT.fullmatch(cell):
                percent.setdefault(column, set()).add(row)
            elif _DAY.fullmatch(cell):
                yearless.setdefault(column, set()).add(row)
    values = [[_value(cell) for cell in cells] for cells in written]
    return Sheet(name, values, _merges(written), errors, uncalculated, percent, yearless)


def _value(cell: str) -> object:
    if match := _DATE.fullmatch(cell):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY.fullmatch(cell):
        return dt.date(2026, int(match[2]), int(match[1]))
    if match := _PERCENT.fullmatch(cell):
        return float(match[1]) / 100
    if match := _NUMBER.fullmatch(cell):
        return float(match[1])
    return "" if cell in ("^", "=!") or _ERROR.fullmatch(cell) else cell


def _merges(written: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """A merge for every run of `^` below a cell."""
    merges = []
    for column in range(len(written[0]) if written else 0):
        for row in range(len(written)):
            bottom = row
            while bottom + 1 < len(written) and written[bottom + 1][column] == "^":
                bottom += 1
            if bottom > row and written[row][column] != "^":
                merges.append((row, column, bottom, column))
    return merges


def xlsx(text: str) -> bytes:
    """The workbook of `text` as an .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, part in _split(text):
        target = book.create_sheet(name)
        written = _cells(part)
        for row, cells in enumerate(written, 1):
            for column, cell in enumerate(cells, 1):
                _write(target.cell(row, column), cell)
        for top, left, bottom, right in _merges(written):
            target.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(target, cell: str) -> None:
    if cell in ("", "^"):
        return
    if cell == "=!":
        target.value = "=1+1"
    elif _ERROR.fullmatch(cell):
        target.value, target.data_type = cell, "e"
    else:
        target.value = _value(cell)
        if isinstance(target.value, str):
            target.data_type = "s"
        elif _PERCENT.fullmatch(cell):
            target.number_format = "0%"
        elif isinstance(target.value, dt.date):
            target.number_format = "d/m" if _DAY.fullmatch(cell) else "dd/mm/yyyy"
