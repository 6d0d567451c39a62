"""Which rows are passed over, and which are an error because their key is blank. Nothing is lost in silence."""

import pytest

from tests.workbooks import TASKS, problems, progress, register

REPORTED = "2.1.1 | 2024 | | Đang thực hiện"


def tasks(*rows):
    return TASKS.rstrip("\n") + "\n" + "\n".join(rows) + "\n"


def between(row):
    """A `Tiến độ` sheet with `row` between two ordinary ones."""
    return progress(REPORTED, row, "2.1.2 | 2024 | | Đang thực hiện")


def below(row):
    """A `Tiến độ` sheet with `row` below the last ordinary one."""
    return progress(REPORTED, row)


@pytest.mark.parametrize(
    "row",
    [
        "",
        "PHẦN II. CÔNG TÁC NĂM",
        " | | | | | | | | xem phụ lục | gửi kèm",
        "Tổng hợp chung",
    ],
)
def test_blank_rows_bands_and_lone_notes_are_passed_over(row):
    assert problems(between(row)) == []
    assert len(register(between(row)).progress) == 2


@pytest.mark.parametrize("row", ["1 | 2 | 3 | 4 | 5 | 6", "1! | 2! | 3! | 4! | 5! | 6!", "(1) | (2) | (3)"])
def test_the_numbering_directly_under_the_header_is_passed_over(row):
    assert problems(progress(row, REPORTED)) == []


def test_numbering_further_down_is_data():
    assert ("bad-year", "Tiến độ!B3") in problems(between("1 | 2 | 3 | 4"))


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (" | 2024 | | Đang thực hiện", ["Tiến độ!A3"]),
        ("2.1.1 | | | Đang thực hiện", ["Tiến độ!B3"]),
        (" | | | Đang thực hiện", ["Tiến độ!A3", "Tiến độ!B3"]),
        (" | | | | | 05/12/2024", ["Tiến độ!A3", "Tiến độ!B3"]),
        (" | | | | 50%", ["Tiến độ!A3", "Tiến độ!B3"]),
        (" | 2025", ["Tiến độ!A3"]),
        (" | | | | | | Đã họp | BC 1", ["Tiến độ!A3", "Tiến độ!B3"]),
        (" | | | #REF!", ["Tiến độ!A3", "Tiến độ!B3"]),
    ],
)
def test_any_other_row_with_a_blank_key_is_an_error(row, cells):
    found = problems(between(row))
    assert [cell for rule, cell in found if rule == "blank-key"] == cells


@pytest.mark.parametrize(
    "row",
    [
        "Nơi nhận: | | | KT. TRƯỞNG BAN",
        "Người lập biểu | | | | | | | | Thủ trưởng",
        " | | | | | | Quảng Ngãi, ngày 12 tháng 12 năm 2022",
        "Tổng cộng | | | | 65",
        "Người lập | Trưởng ban",
    ],
)
def test_footers_and_signatures_below_the_last_row_are_passed_over(row):
    assert problems(below(row)) == []


@pytest.mark.parametrize(
    "row",
    [
        " | 2025 | | Tạm hoãn | | | | QĐ 1",
        " | | | Đang thực hiện | | | Đã họp",
        "Nơi nhận | | | | | 05/12/2024",
    ],
)
def test_a_last_row_with_a_date_year_or_status_is_still_data(row):
    assert "blank-key" in [rule for rule, _ in problems(below(row))]


def test_headings_among_the_tasks_are_passed_over():
    text = "\n".join(TASKS.strip().split("\n")[:2]) + "\n"
    text += "2.1 | | Nhiệm vụ chung | | |\n2.1.1 | 2.1 | Tuyên truyền | | VP | thường xuyên\n"
    assert register(text).tasks["task"].tolist() == ["2.1.1"]


@pytest.mark.parametrize(
    "row", ["2.1.9 | | Việc mới | | |", "2.1 | | Việc | | VP |", "2.1 | | Việc | | | thường xuyên"]
)
def test_a_task_without_its_section_is_no_heading(row):
    assert ("blank-section", "Nhiệm vụ!B5") in problems(tasks(row))


def test_the_last_task_without_its_code_is_not_lost():
    assert ("blank-key", "Nhiệm vụ!A5") in problems(tasks(" | 2.1 | Việc cuối | | VP | thường xuyên"))
    assert ("blank-key", "Nhiệm vụ!A5") in problems(tasks(" | | Việc cuối | | VP | thường xuyên"))


def test_the_last_model_without_its_year_is_not_lost():
    text = "# Mô hình\nTên mô hình | Năm | Lĩnh vực\nBản sạch | 2024 | Kinh tế\nNhà đẹp | | Kinh tế\n"
    assert ("blank-key", "Mô hình!B3") in problems(text)


def test_a_name_alone_is_a_unit():
    text = "# Đơn vị\nTên đơn vị | Viết tắt\nThanh tra Ban | TTB\nVăn phòng |\nLãnh đạo Ban |\nCông đoàn |\n"
    assert register(text).units["unit"].tolist() == ["Thanh tra Ban", "Văn phòng", "Lãnh đạo Ban", "Công đoàn"]


@pytest.mark.parametrize("code", ["2.2!", "01/02/2004!"])
def test_a_last_code_that_the_spreadsheet_spoilt_is_not_taken_for_a_footer(code):
    assert problems(f"# Mục\nMã mục | Tên mục\n1 | Một\n2.1 | Hai\n{code} | Ba\n") == [("code-not-text", "Mục!A4")]


@pytest.mark.parametrize("code", ["IV.b", "Phần I", "A", "NV7"])
def test_a_last_section_keeps_an_unusual_code(code):
    found = register(f"# Mục\nMã mục | Tên mục\n1 | Một\n2.1 | Hai\n{code} | Ba\nNgười lập | Trưởng ban\n").sections
    assert found["section"].tolist() == ["1", "2.1", code]


@pytest.mark.parametrize("row", ["2.1.2 | | | | | | Đã họp | BC 1", "2.1.2 | | | | | | | BC 1", "2.9.9 | | | Đang làm"])
def test_a_last_row_that_names_a_task_is_not_taken_for_a_footer(row):
    assert ("blank-key", "Tiến độ!B3") in problems(below(row))
