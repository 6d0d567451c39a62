"""Sheets `Tiến độ`: each rule about a reported row. All tasks but 1 run every year to 31/12."""

import pytest

from tests.workbooks import PROGRESS_HEADER, problems, progress, read, register


@pytest.mark.parametrize(
    ("written", "report"),
    [
        ("Chưa thực hiện", "not_started"),
        ("Chưa triển khai", "not_started"),
        ("chưa bắt đầu", "not_started"),
        ("Đang thực hiện", "in_progress"),
        ("Đang triển khai", "in_progress"),
        ("Chưa hoàn thành", "in_progress"),
        ("HOÀN THÀNH.", "done"),
        ("Đã hoàn thành", "done"),
        ("Xong", "done"),
        ("Hoàn thành đúng hạn", "done"),
        ("Hoàn thành trước hạn", "done"),
        ("Tạm hoãn", "suspended"),
        ("Tạm dừng", "suspended"),
        ("", ""),
    ],
)
def test_accepted_spellings_of_a_state(written, report):
    date = "05/12/2024" if report == "done" else ""
    frame = register(progress(f"2.1.1 | 2024 | | {written} | | {date} | | QĐ 1")).progress
    assert frame["status"].tolist() == [report]


def test_any_other_state_is_an_error_that_names_the_allowed_words():
    found = read(progress("2.1.1 | 2024 | | Hoàn thàn")).errors
    assert [(problem.rule, problem.cell) for problem in found] == [("unknown-choice", "D2")]
    assert "Có phải “Hoàn thành”?" in found[0].message
    assert "Chưa thực hiện, Đang thực hiện, Hoàn thành, Tạm hoãn" in found[0].message


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2.1.9 | 2024 | | Đang thực hiện", [("unknown-task", "Tiến độ!A2")]),
        ("1 | 2024 | | Đang thực hiện", [("year-without-occurrence", "Tiến độ!B2")]),
        ("2.1.1 | 2030 | | Đang thực hiện", [("year-without-occurrence", "Tiến độ!B2")]),
        ("2.1.1 | 01/01/2024! | | Đang thực hiện", [("year-as-date", "Tiến độ!B2")]),
        ("2.1.1 | 2024 | 31/2 | Đang thực hiện", [("no-such-day", "Tiến độ!C2")]),
        ("2.1.1 | 2024 | | Đang thực hiện | 120", [("bad-percent", "Tiến độ!E2")]),
        ("2.1.1 | 2024 | | Đang thực hiện | 0.5!", [("percent-below-one", "Tiến độ!E2")]),
        ("2.1.1 | 2024 | | Hoàn thành | 100", [("done-without-date", "Tiến độ!F2")]),
        ("2.1.1 | 2024 | | Hoàn thành | 100 | 31/02/2024", [("no-such-day", "Tiến độ!F2")]),
        ("2.1.1 | 2024 | | Hoàn thành | 100 | 5/12!", [("date-without-year", "Tiến độ!F2")]),
        ("2.1.1 | 2024 | | | 100", [("blank-status", "Tiến độ!D2")]),
        ("2.1.1 | 2024 | | | | 05/12/2024", [("blank-status", "Tiến độ!D2")]),
        ("2.1.1 | 2024 | | | | | Đã họp", [("blank-status", "Tiến độ!D2")]),
        ("2.1.1 | 2024 | | | 60", []),
        ("2.1.1 | 2024 | | Đang thực hiện | 60 | 05/12/2024", [("completed-but-open", "Tiến độ!F2")]),
        ("2.1.1 | 2024 | | Tạm hoãn", [("suspended-without-document", "Tiến độ!H2")]),
        ("2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 12/QĐ-BDT", []),
        ("2.1.1 | 2024 | 30/6/2025 | Đang thực hiện", [("moved-without-document", "Tiến độ!C2")]),
        ("2.1.1 | 2024 | 30/6/2025 | Đang thực hiện | | | | QĐ 12/QĐ-BDT", []),
        ("2.1.1 | 2024 | 30/6 | Đang thực hiện", []),
        ("2.1.1 | 2024 | | Đang thực hiện | | | | | | | hôm qua", [("bad-date", "Tiến độ!K2")]),
        ("2.1.1 | 2024 | | Đang thực hiện | | | | | | | | Phòng lạ", [("unknown-unit", "Tiến độ!L2")]),
    ],
)
def test_each_rule_at_its_cell(row, expected):
    assert problems(progress(row)) == expected


def test_the_day_of_updating_stands_for_a_missing_day_of_completion_with_a_warning():
    text = progress("2.1.1 | 2024 | | Hoàn thành | 100 | | | | | | 10/12/2024")
    assert problems(text) == [("done-date-assumed", "Tiến độ!F2")]
    assert f"{register(text).progress['completed_on'].iloc[0]:%d/%m/%Y}" == "10/12/2024"


@pytest.mark.parametrize(
    ("status", "completed", "warned"),
    [
        ("Hoàn thành đúng hạn", "31/12/2024", False),
        ("Hoàn thành đúng hạn", "01/01/2025", True),
        ("Hoàn thành trước hạn", "01/01/2025", True),
        ("Hoàn thành quá hạn", "31/12/2024", True),
        ("Hoàn thành quá hạn", "01/01/2025", False),
        ("Hoàn thành", "01/01/2025", False),
    ],
)
def test_the_dates_decide_and_a_state_that_says_otherwise_is_a_warning(status, completed, warned):
    found = problems(progress(f"2.1.1 | 2024 | | {status} | 100 | {completed}"))
    assert found == ([("status-against-dates", "Tiến độ!D2")] if warned else [])


def test_a_day_of_han_hoan_thanh_takes_the_rows_year():
    due = register(progress("2.1.1 | 2024 | 29/2 | Đang thực hiện", "2.1.1 | 2025 | 29/2 | Đang thực hiện")).progress[
        "due_on"
    ]
    assert [f"{day:%d/%m/%Y}" for day in due] == ["29/02/2024", "28/02/2025"]


def test_a_task_and_year_may_have_one_row_over_all_sheets():
    row = "2.1.1 | 2024 | | Đang thực hiện"
    assert problems(progress(row, row)) == [("duplicate-progress", "Tiến độ!A3")]
    copy = f"# Tiến độ 2024\n{PROGRESS_HEADER}\n{row}\n"
    assert problems(progress(row) + copy) == [("duplicate-progress", "Tiến độ 2024!A2")]


@pytest.mark.parametrize(
    ("dates", "warned"),
    [
        (["05/03/2024!", "25/03/2024"], True),
        (["05/03/2024!", "25/03/2024!"], False),
        (["05/03/2024", "25/03/2024"], False),
        (["05/03/2024!", "11/03/2024"], False),
        (["25/03/2024!", "26/03/2024"], False),
    ],
)
def test_real_dates_up_to_the_12th_beside_written_ones_above_it_are_suspicious(dates, warned):
    rows = [f"2.1.1 | {2022 + index} | | Đang thực hiện | | | | | | | {date}" for index, date in enumerate(dates)]
    assert problems(progress(*rows)) == ([("swapped-days", "Tiến độ!K2")] if warned else [])


def test_all_problems_are_found_in_one_pass():
    text = progress("2.1.9 | 2024 | | Xog | 120 | 31/02/2024", "2.1.1 | 2024 | | Hoàn thành")
    assert sorted(problems(text)) == [
        ("bad-percent", "Tiến độ!E2"),
        ("done-without-date", "Tiến độ!F3"),
        ("no-such-day", "Tiến độ!F2"),
        ("unknown-choice", "Tiến độ!D2"),
        ("unknown-task", "Tiến độ!A2"),
    ]
