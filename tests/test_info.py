"""Sheet `Thông tin`."""

import datetime as dt

import pytest

from lib.calendar_days import DayMonth
from tests.workbooks import INFO, problems, read, register


def info(*rows):
    return INFO.rstrip("\n") + "\n" + "\n".join(rows) + "\n"


def plan(*rows):
    return register(info(*rows)).plan


def test_what_is_not_given_has_its_default():
    facts = plan()
    assert (facts.model_target, facts.due_soon_days, facts.reminder_days) == (1, 30, 90)
    assert facts.registration_deadline == DayMonth(31, 3)
    assert facts.sample is False
    assert list(facts.years) == [2022, 2023, 2024, 2025, 2026]


def test_every_key_is_read():
    facts = plan(
        "Cơ quan chủ quản | UBND tỉnh",
        "Ngày ban hành | 12/12/2022",
        "Chỉ tiêu mô hình mỗi năm | 02 mô hình",
        "Hạn đăng ký mô hình | 15/4!",
        "Số ngày báo trước | 45 ngày",
        "Số ngày nhắc cập nhật | 60!",
        "Tính chất số liệu | MINH HOẠ.",
    )
    assert (facts.parent_agency, facts.issued_on) == ("UBND tỉnh", dt.date(2022, 12, 12))
    assert (facts.model_target, facts.due_soon_days, facts.reminder_days) == (2, 45, 60)
    assert facts.registration_deadline == DayMonth(15, 4)
    assert facts.sample is True


@pytest.mark.parametrize("written", ["31/3", "31-3", "trước 31/3 hằng năm", "Trước ngày 31 tháng 3"])
def test_the_registration_deadline_is_a_day_of_each_year(written):
    assert plan(f"Hạn đăng ký mô hình | {written}").registration_due(2024) == dt.date(2024, 3, 31)


def test_a_deadline_on_29_february_is_the_28th_where_there_is_none():
    facts = plan("Hạn đăng ký mô hình | 29/2")
    assert [facts.registration_due(year).day for year in (2023, 2024)] == [28, 29]


def test_a_key_may_stand_in_the_first_three_columns_and_its_value_right_of_it():
    text = """
# Thông tin
THÔNG TIN CHUNG
1 | Tên cơ quan: | Ban Dân tộc
2 | | Tên kế hoạch | | Kế hoạch
3 | Năm bắt đầu | Năm 2022
4 | Năm kết thúc | 2026!
"""
    facts = register(text).plan
    assert (facts.agency, facts.title, facts.first_year, facts.last_year) == ("Ban Dân tộc", "Kế hoạch", 2022, 2026)


@pytest.mark.parametrize("key", ["Tên cơ quan", "Tên kế hoạch", "Năm bắt đầu", "Năm kết thúc"])
def test_what_is_required_may_be_neither_absent_nor_blank(key):
    lines = INFO.split("\n")
    absent = "\n".join(line for line in lines if not line.startswith(key))
    blank = "\n".join(f"{key} |" if line.startswith(key) else line for line in lines)
    for text in (absent, blank):
        assert [(problem.rule, f"“{key}”" in problem.message) for problem in read(text).errors] == [
            ("missing-fact", True)
        ]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Tính chất số liệu | Tạm tính", "bad-nature"),
        ("Chỉ tiêu mô hình mỗi năm | một", "bad-count"),
        ("Số ngày báo trước | 1.5!", "bad-count"),
        ("Hạn đăng ký mô hình | 31/3/2026", "bad-day-month"),
        ("Hạn đăng ký mô hình | 31/4", "no-such-day"),
        ("Ngày ban hành | 31/02/2022", "no-such-day"),
        ("Người ký | #REF!", "cell-error"),
        ("Tên cơ quan | Ban khác", "duplicate-key"),
    ],
)
def test_what_cannot_be_read_is_an_error(row, rule):
    assert [problem.rule for problem in read(info(row)).errors] == [rule]


def test_reversed_years_are_an_error():
    assert ("reversed-years", "Thông tin!B3") in problems(INFO.replace("2022", "2027"))


def test_a_misspelt_key_gets_a_suggestion():
    found = read(info("Số ngày báo truoc | 10")).problems
    assert [problem.rule for problem in found] == ["misspelt-key"]
    assert "“Số ngày báo trước”" in found[0].message


def test_a_fault_here_hides_none_elsewhere():
    text = "# Nhiệm vụ\nMã | Mã mục | Thời gian thực hiện\n9 | 1 | sau năm 2023\n"
    for row in ("Tính chất số liệu | Tạm tính", "Năm bắt đầu | 2022"):
        found = [problem.rule for problem in read(info(row), text).errors]
        assert "unknown-schedule" in found
        assert len(found) == 2
