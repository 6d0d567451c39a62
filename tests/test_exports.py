"""Files to take away hold text, dates and numbers; never a formula."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from lib import exports
from lib.status import occurrences
from tests.workbooks import register

AS_OF = dt.date(2026, 6, 30)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")']


@pytest.fixture(name="table", params=FORMULAS)
def with_a_formula(request):
    plan = register(
        f"""
# Tiến độ
Mã nhiệm vụ | Năm | Trạng thái | Tỷ lệ (%) | Ngày hoàn thành | Kết quả, sản phẩm | Ngày cập nhật
2.1.1 | 2024 | Hoàn thành | 100 | 20/11/2024 | {request.param} | 21/11/2024
"""
    )
    return occurrences(plan, AS_OF).query("task == '2.1.1'"), request.param


def column(name: str) -> int:
    return list(exports.COLUMNS).index(name)


def sheet_of(table):
    return openpyxl.load_workbook(io.BytesIO(exports.xlsx(table))).active


def test_a_formula_stays_text_in_the_workbook(table):
    rows, formula = table
    cells = [row[column("result")] for row in sheet_of(rows).iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells if cell.value] == [(formula, "s")]


def test_a_formula_is_disarmed_in_csv(table):
    rows, formula = table
    text = exports.csv(rows).decode("utf-8-sig")
    results = [row[column("result")] for row in csv.reader(io.StringIO(text))][1:]
    assert [result for result in results if result] == [f"'{formula}"]


@pytest.fixture(name="plain")
def ordinary():
    return occurrences(register(), AS_OF)


def test_every_occurrence_is_a_row(plain):
    assert sheet_of(plain).max_row == len(plain) + 1


def test_dates_are_dates(plain):
    assert isinstance(sheet_of(plain).cell(2, column("due_on") + 1).value, dt.datetime)


def test_csv_opens_in_excel_with_accents(plain):
    assert exports.csv(plain).startswith("\ufeffMã nhiệm vụ".encode())


def test_nothing_gives_a_file_of_headers(plain):
    assert sheet_of(plain.head(0)).max_row == 1
    assert len(exports.csv(plain.head(0)).splitlines()) == 1
