"""What a number format shows: a percentage, or a date without its year."""

import pytest

from lib.workbook.formats import is_percent, is_yearless


@pytest.mark.parametrize("code", ["0%", "0.0%", "0,0 %", "[Red]0%;-0%", "#,##0.00%;@"])
def test_percent_formats(code):
    assert is_percent(code)


@pytest.mark.parametrize("code", ['0"%"', "0\\%", "0.00", "General", "[$%]0"])
def test_formats_that_only_write_the_sign(code):
    assert not is_percent(code)


@pytest.mark.parametrize(
    "code",
    ["d-mmm", "dd/mm", "m/d;@", "[$-42A]dd/mm;@", '"ngày "dd" tháng "mm', "dd\\/mm", "d/m h:mm", 'd/m" y"', "mmmm"],
)
def test_dates_that_show_no_year(code):
    assert is_yearless(code)


@pytest.mark.parametrize(
    "code",
    [
        "dd/mm/yyyy", "mmm-yy", "[$-42A]d mmmm yyyy", "e/m/d", "h:mm", "mm:ss", "[h]:mm:ss", "[mm]:ss", "h:mm AM/PM",
        "General", "0.00", '0 "d"', "@", '"dd/mm"', "[Red]0", "", "#,##0.00\\ \"đ\"", "0.00E+00", "[$d/m-42A]0",
    ],
)  # fmt: skip
def test_formats_with_a_year_or_without_a_date(code):
    assert not is_yearless(code)
