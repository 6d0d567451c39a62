"""What stands around a problem, so that a person knows the row again without opening the file."""

import pytest

from lib.workbook import context
from lib.workbook.problems import Beside, Problem, Severity
from lib.workbook.reader import received
from lib.workbook.reading import check
from lib.workbook.transfer import pack
from tests.workbooks import INFO, models, progress, read, sheets, without, workbook


def only(rule: str, *changed: str) -> Problem:
    """The only problem with a rule in the ordinary workbook with `changed` sheets."""
    (found,) = [problem for problem in read(*changed).problems if problem.rule == rule]
    return found


def strip(problem: Problem) -> list[str]:
    """The cells around a problem as `header: text`, the faulty one with a star."""
    return [f"{'*' if each.here else ''}{each.header}: {each.text}" for each in problem.around]


def test_a_problem_has_its_header_its_keys_and_the_filled_cells_nearest_to_it():
    row = progress("2.1.1 | 2024! | | Hoàn thành | 100! | | Đã tập huấn 12 xã | 15/BC-TTB | | Xin thêm kinh phí | |")
    problem = only("done-without-date", row)
    assert problem.header == "Ngày hoàn thành"
    assert strip(problem) == [
        "Mã nhiệm vụ: 2.1.1",
        "Năm: 2024",
        "Trạng thái: Hoàn thành",
        "Tỷ lệ (%): 100",
        "*Ngày hoàn thành: ",
        "Kết quả, sản phẩm: Đã tập huấn 12 xã",
    ]


def test_what_stands_in_the_faulty_cell():
    assert only("unknown-choice", progress("2.1.1 | 2024! | | Hoàn thàn")).found == "Hoàn thàn"


def test_each_cell_around_has_its_own_address():
    problem = only("unknown-choice", progress("2.1.1 | 2024! | | Hoàn thàn"))
    assert [each.cell for each in problem.around] == ["A2", "B2", "D2"]


@pytest.mark.parametrize(
    ("rule", "row", "shown"),
    [
        ("bad-percent", "2.1.1 | 2024! | | Đang thực hiện | 150%!", "150%"),
        ("date-without-year", "2.1.1 | 2024! | | Hoàn thành | | 31/3!", "31/03"),
        ("cell-error", "2.1.1 | 2024! | | #REF!", "#REF!"),
        ("not-calculated", "2.1.1 | 2024! | | =!", context.NOT_CALCULATED),
        ("year-as-date", "2.1.1 | 05/12/2024! | | Đang thực hiện", "05/12/2024"),
    ],
)
def test_a_cell_is_shown_as_in_the_sheet(rule, row, shown):
    assert only(rule, progress(row)).found == shown


def test_a_merged_key_is_told_for_every_row_it_spans():
    problem = only("unknown-choice", progress("2.1.1 | 2024! | | Đang thực hiện", "^ | 2025! | | Sắp xong"))
    assert strip(problem)[0] == "Mã nhiệm vụ: 2.1.1"


def test_a_column_the_form_does_not_know_is_named_by_what_stands_above_it():
    text = "# Tiến độ\nSTT | Mã nhiệm vụ | Năm | Trạng thái | Tên việc\n1! | 2.1.1 | 2024! | Sắp xong | Tuyên truyền\n"
    assert strip(only("unknown-choice", text))[-1] == "Tên việc: Tuyên truyền"
    assert strip(only("unknown-choice", text))[0] == "STT: 1"


def test_a_column_without_a_header_is_named_by_its_letters():
    text = "# Tiến độ\nMã nhiệm vụ | Năm | Trạng thái |\n2.1.1 | 2024! | Sắp xong | Tuyên truyền\n"
    assert strip(only("unknown-choice", text))[-1] == "Cột D: Tuyên truyền"


def test_a_long_text_is_cut_at_a_word():
    problem = only("unknown-choice", progress(f"2.1.1 | 2024! | | {'đang chờ ý kiến ' * 20}"))
    assert len(problem.found) < 60
    assert problem.found.endswith("…")


def test_a_fact_of_the_plan_is_named_by_its_key():
    problem = only("bad-year", INFO.replace("2026", "năm sau"))
    assert problem.header == "Năm kết thúc"
    assert strip(problem)[-1] == "*Năm kết thúc: năm sau"


def test_a_header_is_shown_among_its_neighbours():
    text = "# Tiến độ\nMã nhiệm vụ | Năm | Trạng thai | Tỷ lệ (%)\n2.1.1 | 2024! | Xong | 100!\n"
    (problem,) = [each for each in read(text).problems if "“Trạng thái”" in each.message]
    assert (problem.header, problem.found) == (context.HEADER_ROW, "Trạng thai")
    assert [each.text for each in problem.around] == ["Mã nhiệm vụ", "Năm", "Trạng thai", "Tỷ lệ (%)"]


def test_a_problem_of_a_whole_sheet_has_nothing_around_it():
    (problem,) = received(pack(check(sheets(without("Mô hình"))))).problems
    assert (problem.rule, problem.header, problem.around) == ("missing-sheet", "", ())


def test_a_sheet_in_which_no_table_was_found_shows_its_beginning():
    problem = only("no-header", "# Mục\nsố | tên\n1 | Triển khai\n")
    assert [each.text for each in problem.around] == ["số", "tên"]


def test_the_commands_print_the_five_keys_of_old():
    problem = only("unknown-choice", progress("2.1.1 | 2024! | | Hoàn thàn"))
    assert list(problem.as_dict()) == ["severity", "rule", "sheet", "cell", "message"]


def test_what_stands_around_does_not_tell_problems_apart():
    plain = Problem(Severity.ERROR, "bad-year", "Tiến độ", "B2", "Sai năm.")
    told = Problem(Severity.ERROR, "bad-year", "Tiến độ", "B2", "Sai năm.", "Năm", (Beside("B2", "Năm", "x", True),))
    assert (plain, hash(plain)) == (told, hash(told))


def test_many_problems_of_one_kind_leave_room_for_the_others():
    rows = [f"2.1.1 | {2022 + at % 5}! | | Sắp xong {at}" for at in range(context.MOST_OF_A_KIND + 20)]
    found = read(progress(*rows), models("Mô hình A | 2024! | Kinh tế | Nhân rộng | Thanh tra Ban")).problems
    of_states = [problem for problem in found if problem.rule == "unknown-choice"]
    assert len(of_states) == context.MOST_OF_A_KIND + 20
    assert sum(bool(problem.around) for problem in of_states) == context.MOST_OF_A_KIND
    assert all(problem.around for problem in found if problem.rule == "model-not-registered")


def test_errors_come_before_warnings_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(context, "MOST", 1)
    row = "2.1.1 | 2024! | | Tạm hoãn"  # a warning, found before the error below it
    found = read(progress(row, "2.1.2 | 2024! | | Sắp xong")).problems
    assert [problem.rule for problem in found if problem.around] == ["unknown-choice"]


def test_a_workbook_without_problems_is_left_alone(monkeypatch):
    monkeypatch.setattr(context, "fill", None)
    assert check(sheets(workbook())).problems == ()
