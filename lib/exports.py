"""Occurrences as files to take away: xlsx and CSV, every text a text, never a formula."""

import csv as csv_module
import io
import re

import pandas as pd
import xlsxwriter

from lib import words
from lib.schema import UNASSIGNED, Report

COLUMNS = {
    "task": ("Mã nhiệm vụ", 12),
    "section": ("Mục", 8),
    "content": ("Nội dung nhiệm vụ", 60),
    "year": ("Năm", 8),
    "lead": ("Phòng tham mưu", 26),
    "state": ("Trạng thái", 26),
    "report": ("Đã báo cáo", 16),
    "due_on": ("Hạn", 12),
    "completed_on": ("Ngày hoàn thành", 14),
    "days_overdue": ("Số ngày quá hạn", 10),
    "percent": ("Tỷ lệ (%)", 9),
    "result": ("Kết quả, sản phẩm", 40),
    "document": ("Văn bản minh chứng", 26),
    "difficulty": ("Khó khăn, vướng mắc", 30),
    "proposal": ("Kiến nghị", 30),
    "updated_on": ("Ngày cập nhật", 13),
}
"""Each column of the file: its header and its width."""

FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Where Windows separates by another sign than the comma, a cell is cut at `;` and lines begin rows. Lists of lines with
# dashes are what offices write, so those are left alone unless they call something.
_FORMULA_INSIDE = re.compile(r"(?<=[;\t\r\n])([^\S\r\n]*)(?=[=@＝＠]|[-+－＋][^;\r\n]*(?:\||\w\())")
DATES = ("due_on", "completed_on", "updated_on")


def _table(occurrences: pd.DataFrame) -> pd.DataFrame:
    """The columns of the file from rows of `status.occurrences`, codes of the program in words."""
    table = occurrences.assign(
        lead=["; ".join(units) or UNASSIGNED for units in occurrences["lead_units"]],
        state=[words.LOOK_LABELS[words.Look(look)] for look in occurrences["look"]],
        report=[words.REPORT_LABELS[Report(report)] for report in occurrences["report"]],
    )
    return table[list(COLUMNS)]


def xlsx(occurrences: pd.DataFrame) -> bytes:
    """Rows of `status.occurrences` as a workbook of one sheet, with real dates and filters."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Nhiệm vụ")
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        }
        for column, (header, width) in enumerate(COLUMNS.values()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, head)
        _write_rows(sheet, _table(occurrences), formats)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(occurrences), len(COLUMNS) - 1)
    return buffer.getvalue()


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, table: pd.DataFrame, formats: dict) -> None:
    """Every value by its kind; text always through `write_string`, which never makes a formula or a link."""
    for row, values in enumerate(table.itertuples(index=False), 1):
        for column, (name, value) in enumerate(zip(COLUMNS, values, strict=True)):
            if pd.isna(value):
                continue
            if name in DATES:
                sheet.write_datetime(row, column, value.to_pydatetime(), formats["date"])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, formats["text"])
            else:
                sheet.write_number(row, column, value, formats["text"])


def csv(occurrences: pd.DataFrame) -> bytes:
    """Rows of `status.occurrences` as CSV that Excel opens in Vietnamese (UTF-8 with its mark)."""
    buffer = io.StringIO(newline="")
    writer = csv_module.writer(buffer)
    writer.writerow(header for header, _ in COLUMNS.values())
    for values in _table(occurrences).itertuples(index=False):
        writer.writerow(_csv_cell(value) for value in values)
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(value: object) -> str:
    """A value as a spreadsheet may safely open it: what would begin a formula gets an apostrophe."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return words.day(value)
    if isinstance(value, str):
        inside = _FORMULA_INSIDE.sub(r"\1'", value)
        return f"'{inside}" if value.startswith(FORMULA_BEGINNINGS) else inside
    return words.number(value, 0 if float(value).is_integer() else 1).replace(".", "")
