"""Sheets `Mục` and `Nhiệm vụ`."""

import pytest

from tests.workbooks import problems, read, register

HEADER = (
    "# Nhiệm vụ\n"
    "Mã | Mã mục | Nội dung nhiệm vụ | Tên ngắn | Phòng tham mưu | Thời gian thực hiện | Hạn | Từ năm | Đến năm\n"
    "2.1.1 | 2.1 | Tuyên truyền | | TTB | thường xuyên\n"
)


def tasks(*rows):
    return HEADER + "\n".join(rows) + "\n"


def planned(row):
    frame = register(without_executing(tasks(row))).planned
    frame = frame[frame["task"] == "9"]
    return [f"{due:%d/%m/%Y}" for due in frame["due_on"]]


def without_executing(text):
    """The sheet with a blank column for the executing units, so that only what a test is about is found."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join([lines[0], lines[1] + " | Cơ quan, đơn vị thực hiện", *lines[2:]]) + "\n"


def found(*rows):
    return problems(without_executing(tasks(*rows)))


def test_overrides_of_the_day_and_the_years():
    assert planned("9 | 2.1 | Việc | | VP | thường xuyên | 15/6 | 2023! | Năm 2024") == ["15/06/2023", "15/06/2024"]
    assert planned("9 | 2.1 | Việc | | VP | thường xuyên | 15/6! | 2026") == ["15/06/2026"]
    assert planned("9 | 2.1 | Việc | | VP | thường xuyên | 15/06/2024!") == ["15/06/2024"]


def test_the_time_may_be_a_date_or_a_number():
    assert planned("9 | 2.1 | Việc | | VP | 30/06/2024!") == ["30/06/2024"]
    assert planned("9 | 2.1 | Việc | | VP | 2023!") == ["31/12/2023"]
    assert found("9 | 2.1 | Việc | | VP | 30/6!") == [("unknown-schedule", "Nhiệm vụ!F3")]


def test_a_short_name_stands_for_the_words_else_they_are_cut():
    long = "Quán triệt và tổ chức thực hiện có hiệu quả các chủ trương, nghị quyết của Đảng về công tác dân vận"
    text = tasks(f"9 | 2.1 | {long} | | VP | thường xuyên", f"10 | 2.1 | {long} | Quán triệt | VP | thường xuyên")
    labels = register(without_executing(text)).tasks["label"].tolist()
    assert labels == ["Tuyên truyền", "Quán triệt và tổ chức thực hiện có hiệu quả các chủ…", "Quán triệt"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2.1.1 | 2.1 | Việc | | VP | thường xuyên", ("duplicate-task", "Nhiệm vụ!A3")),
        ("2.1.1. | 2.1 | Việc | | VP | thường xuyên", ("duplicate-task", "Nhiệm vụ!A3")),
        ("2.1! | 2.1 | Việc | | VP | thường xuyên", ("code-not-text", "Nhiệm vụ!A3")),
        ("01/02/2004! | 2.1 | Việc | | VP | thường xuyên", ("code-not-text", "Nhiệm vụ!A3")),
        ("9 | 2.7 | Việc | | VP | thường xuyên", ("unknown-section", "Nhiệm vụ!B3")),
        ("9 | 2.1! | Việc | | VP | thường xuyên", ("code-not-text", "Nhiệm vụ!B3")),
        ("9 | 2.1 | | | VP | thường xuyên", ("blank-content", "Nhiệm vụ!C3")),
        ("9 | 2.1 | Việc | " + "x" * 60 + " | VP | thường xuyên", ("long-short-name", "Nhiệm vụ!D3")),
        ("9 | 2.1 | Việc | | VP | năm 2030", ("year-outside-plan", "Nhiệm vụ!F3")),
        ("9 | 2.1 | Việc | | VP | sau năm 2023", ("unknown-schedule", "Nhiệm vụ!F3")),
        ("9 | 2.1 | Việc | | VP | thường xuyên | 31/2", ("no-such-day", "Nhiệm vụ!G3")),
        ("9 | 2.1 | Việc | | VP | thường xuyên | 15/6/2030", ("year-outside-plan", "Nhiệm vụ!G3")),
        ("9 | 2.1 | Việc | | VP | thường xuyên | | 2025 | 2023", ("reversed-years", "Nhiệm vụ!H3")),
        ("9 | 2.1 | Việc | | VP | thường xuyên | | 2020", ("year-outside-plan", "Nhiệm vụ!H3")),
        ("9 | 2.1 | Việc | | VP | thường xuyên | | | năm sau", ("bad-year", "Nhiệm vụ!I3")),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(row, expected):
    assert expected in found(row)


def test_an_unknown_section_gets_a_suggestion():
    text = without_executing(tasks("9 | 2.1.0 | Việc | | VP | thường xuyên"))
    assert "Có phải “2.1”?" in read(text).errors[0].message


def test_a_section_may_stand_once():
    text = "# Mục\nMã mục | Tên mục\n1 | Một\n2.1 | Hai\n2.1. | Ba"
    assert problems(text) == [("duplicate-section", "Mục!A4")]


def test_a_plan_without_tasks_is_a_warning():
    assert problems(without_executing(HEADER.split("\n2.1.1")[0])) == [("no-tasks", "Nhiệm vụ!A2")]
