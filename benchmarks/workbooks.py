"""Large workbooks for measuring: as many tasks as wanted, each reported in each of five years."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import xlsxwriter

FIRST_YEAR, LAST_YEAR = 2022, 2026
_UNITS = ["Thanh tra Ban", "Văn phòng", "Phòng Chính sách dân tộc", ""]
_STATES = ["Hoàn thành", "Đang thực hiện", "Hoàn thành", "Hoàn thành"]
_SECTIONS = 6


def made(tasks: int) -> bytes:
    """The bytes of such a workbook."""
    target = BytesIO()
    write(target, tasks)
    return target.getvalue()


def write(path: Path | BytesIO, tasks: int) -> None:
    """A workbook of the contract's form with `tasks` tasks and five `Tiến độ` rows for each."""
    with xlsxwriter.Workbook(path) as book:
        formats = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "percent": book.add_format({"num_format": "0%"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for title, rows in _sheets(tasks).items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                _write_row(sheet, row, cells, formats)


def _write_row(sheet, row: int, cells: list, formats: dict) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), formats["date"])
        elif isinstance(value, float):
            sheet.write_number(row, column, value, formats["percent"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif value:
            sheet.write_string(row, column, value, formats["text"] if column == 0 else None)


def _sheets(tasks: int) -> dict[str, list[list]]:
    sections = [[f"{number}", f"Mục {number}"] for number in range(1, _SECTIONS + 1)]
    units = [["Thanh tra Ban", "", "TTB"], ["Văn phòng", "", "VP"], ["Phòng Chính sách dân tộc", "", "CSDT"]]
    return {
        "Thông tin": [
            ["Tên cơ quan", "Ban Dân tộc"],
            ["Tên kế hoạch", "Kế hoạch dùng để đo"],
            ["Năm bắt đầu", FIRST_YEAR],
            ["Năm kết thúc", LAST_YEAR],
            ["Tính chất số liệu", "Minh họa"],
        ],
        "Mục": [["Mã mục", "Tên mục"], *sections],
        "Đơn vị": [_UNIT_HEADER, *units],
        "Nhiệm vụ": [_TASK_HEADER, *(_task(number) for number in range(tasks))],
        "Tiến độ": [_PROGRESS_HEADER, *(_report(number, year) for number in range(tasks) for year in _years())],
        "Mô hình": [_MODEL_HEADER],
    }


def _years() -> range:
    return range(FIRST_YEAR, LAST_YEAR + 1)


_UNIT_HEADER = ["Tên đơn vị", "Tên gọi khác", "Viết tắt", "Đơn vị kế thừa", "Gồm các đơn vị"]
_MODEL_HEADER = [
    "Tên mô hình",
    "Năm",
    "Lĩnh vực",
    "Hình thức",
    "Đơn vị phụ trách",
    "Địa bàn",
    "Ngày đăng ký",
    "Ngày đánh giá",
    "Kết quả đánh giá",
    "Cấp công nhận",
    "Ghi chú",
]
_TASK_HEADER = [
    "Mã",
    "Mã mục",
    "Nội dung nhiệm vụ",
    "Tên ngắn",
    "Cơ quan, đơn vị thực hiện",
    "Phòng tham mưu",
    "Thời gian thực hiện",
]
_PROGRESS_HEADER = [
    "Mã nhiệm vụ",
    "Năm",
    "Hạn hoàn thành",
    "Trạng thái",
    "Tỷ lệ (%)",
    "Ngày hoàn thành",
    "Kết quả, sản phẩm",
    "Văn bản minh chứng",
    "Khó khăn, vướng mắc",
    "Kiến nghị",
    "Ngày cập nhật",
    "Phòng tham mưu",
]


def _code(number: int) -> str:
    return f"{number % _SECTIONS + 1}.{number}"


def _task(number: int) -> list:
    words = f"Nội dung nhiệm vụ số {number} về công tác dân vận ở vùng đồng bào dân tộc thiểu số"
    executing = "Văn phòng; Thanh tra Ban"
    section = str(number % _SECTIONS + 1)
    return [_code(number), section, words, f"Việc {number}", executing, _UNITS[number % 4], "thường xuyên"]


def _report(number: int, year: int) -> list:
    """A row as full as those of the plan's own workbook: most have a result and a document, few a difficulty."""
    state = _STATES[(number + year) % 4]
    done = state == "Hoàn thành"
    day = dt.date(year, 1 + number % 12, 1 + number % 28)
    return [
        _code(number),
        year,
        "",
        state,
        1.0 if done else 0.5,
        day if done else "",
        f"Tổ chức {number} buổi tuyên truyền năm {year} tại các thôn vùng đồng bào dân tộc thiểu số",
        f"Báo cáo số {number}/BC-BDT ngày 10/12/{year}",
        f"Chưa bố trí được kinh phí cho {number} lớp tập huấn" if number % 5 == 0 else "",
        f"Đề nghị bố trí {number} triệu đồng trong dự toán năm sau" if number % 12 == 0 else "",
        day,
        "",
    ]
