"""Finding the table in a sheet: its header, its columns, its merged cells."""

import pytest

from lib.workbook.reader import received
from lib.workbook.reading import check
from lib.workbook.transfer import pack
from tests.workbooks import PROGRESS_HEADER, problems, progress, read, register, sheets, without, workbook


def sections(text):
    return register(text).sections["section"].tolist()


def test_the_header_may_stand_below_title_rows():
    assert sections("# Mục\nUBND TỈNH |\nDanh sách các mục |\n|\nMã mục | Tên mục\n1 | Một\n2.1 | Hai") == ["1", "2.1"]


def test_the_header_is_sought_in_the_first_sixty_rows():
    titles = "Tiêu đề |\n"
    rows = "Mã mục | Tên mục\n1 | Một\n2.1 | Hai"
    assert sections(f"# Mục\n{titles * 59}{rows}") == ["1", "2.1"]
    assert ("no-header", "Mục!A1") in problems(f"# Mục\n{titles * 60}{rows}")


def test_columns_are_found_by_name_wherever_they_stand():
    assert sections("# Mục\nGhi chú | TÊN MỤC. | stt | mã  mục\n | Một | 1 | 1\n | Hai | 2 | 2.1") == ["1", "2.1"]


def test_the_header_is_the_row_that_names_most_columns():
    text = "# Mục\nMã mục | theo kế hoạch\n|\nMã mục | Tên mục\n1 | Một\n2.1 | Hai"
    assert sections(text) == ["1", "2.1"]


TWO_ROW_HEADER = """
# Tiến độ
Mã nhiệm vụ | Năm | Trạng thái | Thời hạn |                | Tỷ lệ (%)
^           | ^   | ^          | Hạn hoàn thành | Ngày hoàn thành | ^
2.1.1 | 2024 | Hoàn thành | | 05/12/2024 | 100
"""


def test_a_header_of_two_merged_rows_is_read_as_one():
    reading = read_with_wide_merge(TWO_ROW_HEADER)
    assert reading.register.progress[["task", "year", "percent"]].values.tolist() == [["2.1.1", 2024, 100]]


def read_with_wide_merge(text):
    """The ordinary workbook with a `Tiến độ` whose header cell D1 spans D1:E1."""
    made = sheets(workbook(text))
    for sheet in made:
        if sheet.name == "Tiến độ":
            sheet.merges.append((0, 3, 0, 4))
    return received(pack(check(made)))


def test_a_doubled_header_is_an_error_at_the_second():
    assert ("duplicate-column", "Mục!C1") in problems("# Mục\nMã mục | Tên mục | Mã mục\n1 | Một | 1\n2.1 | Hai | 2.1")


@pytest.mark.parametrize(
    ("header", "severity"),
    [
        ("Mã nhiệm vụ", "error"),
        ("Năm", "error"),
        ("Trạng thái", "error"),
        ("Ngày hoàn thành", "error"),
        ("Kết quả, sản phẩm", "warning"),
        ("Ngày cập nhật", "warning"),
        ("Hạn hoàn thành", None),
        ("Phòng tham mưu", None),
    ],
)
def test_what_the_absence_of_a_column_means(header, severity):
    columns = [name for name in PROGRESS_HEADER.split(" | ") if name != header]
    found = read("# Tiến độ\n" + " | ".join(columns)).problems
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    assert all(f"“{header}”" in problem.message for problem in found)


def test_a_misspelt_header_gets_a_suggestion_at_its_cell():
    reading = read(progress().replace("Trạng thái", "Trạng thai"))
    assert [(problem.rule, problem.cell) for problem in reading.problems] == [("missing-column", "D1")]
    assert "“Trạng thai”" in reading.problems[0].message


def test_a_misspelt_optional_header_is_a_warning():
    assert problems(progress().replace("Hạn hoàn thành", "Hạn hoàn thàn")) == [("misspelt-column", "Tiến độ!C1")]


def test_a_merged_cell_counts_for_every_row_it_spans():
    text = progress("2.1.1 | 2023 | | Đang thực hiện", "^ | 2024 | | ^", "^ | 2025 | | Tạm hoãn")
    rows = register(text).progress[["task", "year", "status"]].values.tolist()
    assert rows == [["2.1.1", 2023, "in_progress"], ["2.1.1", 2024, "in_progress"], ["2.1.1", 2025, "suspended"]]


def test_an_excel_error_and_a_formula_never_calculated_are_errors_at_their_cells():
    text = progress("2.1.1 | 2024 | | #REF!", "2.1.2 | 2024 | | Đang thực hiện | =!")
    assert problems(text) == [("cell-error", "Tiến độ!D2"), ("not-calculated", "Tiến độ!E3")]


def test_errors_outside_the_known_columns_do_not_matter():
    text = "# Mục\nMã mục | Tên mục | Tra cứu\n1 | Một | #N/A\n2.1 | Hai | =!"
    assert problems(text) == []


@pytest.mark.parametrize("title", ["Thông tin", "Mục", "Đơn vị", "Nhiệm vụ", "Tiến độ", "Mô hình"])
def test_every_sheet_is_required(title):
    found = received(pack(check(sheets(without(title))))).errors
    assert ("missing-sheet", title) in [(problem.rule, problem.sheet) for problem in found]


def test_a_misspelt_sheet_gets_a_suggestion():
    text = workbook().replace("# Nhiệm vụ", "# Nhiem vu")
    found = received(pack(check(sheets(text)))).errors
    assert "“Nhiem vu”" in next(problem.message for problem in found if problem.rule == "missing-sheet")


def test_a_misspelt_copy_of_a_sheet_is_suggested_with_its_year():
    found = received(pack(check(sheets(workbook().replace("# Tiến độ", "# Tien do 2024"))))).problems
    (message,) = [problem.message for problem in found if problem.rule == "missing-sheet"]
    assert message == "Thiếu trang “Tiến độ”. Có phải trang “Tien do 2024”? Đổi tên trang đó thành “Tiến độ 2024”."


def test_a_sheets_name_matches_whatever_its_case_and_other_sheets_are_ignored():
    text = workbook().replace("# Nhiệm vụ", "# NHIỆM VỤ ") + "\n# Nháp\nMã | Mã mục\n9 | 9"
    assert received(pack(check(sheets(text)))).problems == ()


def test_a_sheet_that_may_stand_once_may_not_stand_twice():
    text = workbook() + "\n# MỤC\nMã mục | Tên mục\n1 | Một"
    assert [problem.rule for problem in received(pack(check(sheets(text)))).problems] == ["duplicate-sheet"]


def test_copies_of_tien_do_are_joined_and_give_their_year():
    header = PROGRESS_HEADER.replace("Năm | ", "")
    text = progress("2.1.1 | 2022 | | Đang thực hiện")
    text += f"# Tiến độ 2023\n{header}\n2.1.1 | | Tạm hoãn | | | | QĐ 1\n"
    text += f"# tiến độ năm 2024\n{header}\n2.1.1 | | Đang thực hiện\n"
    rows = register(text).progress[["year", "status"]].values.tolist()
    assert rows == [[2022, "in_progress"], [2023, "suspended"], [2024, "in_progress"]]


def test_a_copy_without_a_year_of_its_own_is_an_error():
    header = PROGRESS_HEADER.replace("Năm | ", "")
    assert ("missing-column", "Tiến độ mới!A1") in problems(f"# Tiến độ mới\n{header}\n2.1.1 | | Đang thực hiện")


def test_empty_sheets_of_reports_and_models_are_no_fault():
    assert problems("# Tiến độ\n", "# Mô hình\n") == []


def test_a_fault_in_a_merged_cell_is_told_once_at_the_cell_people_see():
    text = progress("2.1.9 | 2023 | | Xog", "^ | 2024 | | ^")
    assert problems(text) == [("unknown-choice", "Tiến độ!D2"), ("unknown-task", "Tiến độ!A2")]


def test_an_absent_state_column_is_told_once():
    text = progress("2.1.1 | 2024 | | | 100").replace("Trạng thái", "Tình hình")
    assert problems(text) == [("missing-column", "Tiến độ!A1")]
