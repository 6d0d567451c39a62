"""Sound workbooks in every format, all of one register: what the fuzzer mutates and the cases spoil."""

import datetime as dt
import struct
from functools import cache
from pathlib import Path

from lib.workbook.sheets import Sheet
from tests import workbooks
from tests.hostile import files

KEPT = Path(__file__).parents[1] / "files"
TEXT = workbooks.workbook(
    workbooks.INFO + "Ngày ban hành | 12/12/2022!\nHạn đăng ký mô hình | 31/3\n",
    workbooks.progress(
        "2.1.1 | 2022 | | Hoàn thành | 100! | 05/12/2022! | Đã xong | 12/BC-BDT | | | 06/12/2022!",
        "2.1.1 | 2023 | 30/11 | Đang thực hiện | 50%! | | | | Thiếu người | Thêm người | 01/06/2023! | VP",
        "2.1.2 | 2022 | | Hoàn thành | 100 | 30/12/2022! | Mở lớp | 15/BC-BDT | | | 31/12/2022!",
        "1 | 2022 | | Tạm hoãn | | | | 20/QĐ-BDT | | | 20/10/2022!",
    ),
    workbooks.models(
        "Mô hình A | 2022! | Kinh tế | Xây dựng mới | TTB | Xã Ba Tơ | 15/02/2022! | 01/12/2022! | Tốt | Tỉnh |",
        "Mô hình B | 2023 | Văn hóa - xã hội | Nhân rộng | VP | Xã Trà Bồng | 20/03/2023! | | | | ghi chú",
    ),
)
"""The workbook of the seeds, as `tests.workbooks` writes it. It has neither errors nor warnings."""

DATE_STYLE, PERCENT_STYLE = 1, 2


@cache
def seed(kind: str) -> bytes:
    """The workbook as `xlsx`, `xlsm`, `xlsb`, `xls` or `ods`; the last two were written by LibreOffice from xlsx."""
    if kind in ("xls", "ods"):
        return KEPT.joinpath(f"so-theo-doi.{kind}").read_bytes()
    if kind == "xlsb":
        return _binary(workbooks.sheets(TEXT))
    data = workbooks.xlsx(TEXT)
    if kind == "xlsm":
        return files.rezipped(data, {"[Content_Types].xml": lambda xml: xml.replace(_type("xlsx"), _type("xlsm"))})
    return data


KINDS = ("xlsx", "xlsm", "xlsb", "xls", "ods")


def _type(kind: str) -> bytes:
    return {"xlsx": files.XLSX_TYPE, "xlsm": files.XLSM_TYPE}[kind].encode()


def _binary(sheets: list[Sheet]) -> bytes:
    strings: dict[str, int] = {}
    records = {sheet.name: _binary_rows(sheet, strings) for sheet in sheets}
    return files.xlsb_book(records, strings=strings, formats=["dd/mm/yyyy", 9])


def _binary_rows(sheet: Sheet, strings: dict[str, int]) -> bytes:
    rows = []
    for at, values in enumerate(sheet.rows):
        filled = [(column, value) for column, value in enumerate(values) if value != ""]
        cells = [_binary_cell(sheet, at, column, value, strings) for column, value in filled]
        rows.append(files.binary_row(at, *cells))
    return b"".join(rows)


def _binary_cell(sheet: Sheet, row: int, column: int, value: object, strings: dict[str, int]) -> bytes:
    if isinstance(value, str):
        number = strings.setdefault(value, len(strings))
        return files.binary_cell(7, column, struct.pack("<I", number))
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return files.binary_cell(5, column, struct.pack("<d", days), DATE_STYLE)
    style = PERCENT_STYLE if row in sheet.percent.get(column, ()) else 0
    return files.binary_cell(5, column, struct.pack("<d", value), style)
