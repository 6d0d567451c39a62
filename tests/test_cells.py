"""What one cell may hold in a column of each kind."""

import datetime as dt

import pytest

from lib.calendar_days import DayMonth
from lib.workbook import cells
from lib.workbook.cells import CellFault, Value


def rule(reader, raw, **formats):
    with pytest.raises(CellFault) as fault:
        reader(Value(raw, **formats))
    assert fault.value.message
    return fault.value.rule


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2026, 2, 5),
        dt.datetime(2026, 2, 5, 8, 30),
        "5/2/2026",
        "05-02-2026",
        "05.02.2026",
        "2026-02-05",
        " 05/02/2026 ",
    ],
)
def test_a_date_is_read_day_first(raw):
    assert cells.date(Value(raw)) == dt.date(2026, 2, 5)


@pytest.mark.parametrize("raw", ["31/02/2026", "32/1/2026", "29/2/2025", "5/13/2026", "2026-02-30"])
def test_a_day_that_is_in_no_calendar_is_a_fault(raw):
    assert rule(cells.date, raw) == "no-such-day"


@pytest.mark.parametrize("raw", ["hôm qua", "5/2/26", "05/02-2026", 45000.0, True, dt.time(8, 0), "Q1/2026"])
def test_what_is_no_date_is_a_fault(raw):
    assert rule(cells.date, raw) == "bad-date"


def test_a_full_date_needs_its_year():
    assert rule(cells.date, "31/3") == "date-without-year"
    assert rule(cells.date, dt.date(2026, 3, 31), yearless=True) == "date-without-year"


def test_a_due_day_may_be_of_each_year():
    assert cells.due(Value("31/3")) == DayMonth(31, 3)
    assert cells.due(Value("29/2")) == DayMonth(29, 2)
    assert cells.due(Value(dt.date(2026, 3, 31), yearless=True)) == DayMonth(31, 3)
    assert cells.due(Value(dt.date(2026, 3, 31))) == dt.date(2026, 3, 31)


@pytest.mark.parametrize("raw", [2022.0, "2022", "Năm 2022", " năm 2022 ", 2022])
def test_a_year(raw):
    assert cells.year(Value(raw)) == 2022


def test_a_year_shown_as_a_date_is_a_fault():
    assert rule(cells.year, dt.date(2022, 1, 1)) == "year-as-date"


@pytest.mark.parametrize("raw", ["22", 22.0, 2022.5, "2022-2023", "năm nay", True, 45000.0])
def test_what_is_no_year_is_a_fault(raw):
    assert rule(cells.year, raw) == "bad-year"


@pytest.mark.parametrize(
    ("raw", "percent_format", "expected"),
    [
        (50.0, False, 50),
        ("50", False, 50),
        ("50%", False, 50),
        ("50,5%", False, 50.5),
        ("50.5 %", False, 50.5),
        (0.5, True, 50),
        (0.57, True, 57),
        (0.5, False, 0.5),
        (0.0, False, 0),
        (100.0, False, 100),
    ],
)
def test_a_percent(raw, percent_format, expected):
    assert cells.percent(Value(raw, percent=percent_format)) == expected


@pytest.mark.parametrize("raw", [101.0, -1.0, "-5%", "150%", "một nửa", True, dt.date(2026, 1, 1)])
def test_what_is_no_percent_is_a_fault(raw):
    assert rule(cells.percent, raw) == "bad-percent"


def test_a_percent_cell_over_the_whole_is_a_fault_shown_as_it_stands():
    with pytest.raises(CellFault) as fault:
        cells.percent(Value(1.5, percent=True))
    assert "“150%”" in fault.value.message


@pytest.mark.parametrize(("raw", "expected"), [("2.1.4", "2.1.4"), (1.0, "1"), ("III.", "III"), (" 2.3.2b ", "2.3.2b")])
def test_a_code_is_text_without_a_final_dot(raw, expected):
    assert cells.code(Value(raw)) == expected


@pytest.mark.parametrize("raw", [2.1, dt.date(2004, 1, 2), True])
def test_a_code_the_spreadsheet_turned_into_something_else_is_a_fault(raw):
    assert rule(cells.code, raw) == "code-not-text"


def test_numbers_and_dates_in_a_text_column_are_its_text():
    assert cells.text(Value(12.0)) == "12"
    assert cells.text(Value(dt.date(2026, 2, 5))) == "05/02/2026"
