"""The state of an occurrence on a day, at its edges. All tasks but 1 run every year to 31/12."""

import datetime as dt

import pytest

from lib.status import occurrences
from tests.workbooks import INFO, TASKS, progress, register


def day(text):
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def on(as_of, *rows, task="2.1.1", year=2024, sheets=()):
    """The occurrence of `task` in `year` on a day."""
    frame = occurrences(register(progress(*rows), *sheets), day(as_of))
    return frame[(frame["task"] == task) & (frame["year"] == year)].iloc[0]


DONE = "2.1.1 | 2024 | | Hoàn thành | 100 | {}"


@pytest.mark.parametrize(
    ("as_of", "row", "state"),
    [
        ("31/12/2023", DONE.format("05/12/2023"), "upcoming"),
        ("01/01/2024", "", "within"),
        ("31/12/2024", "", "within"),
        ("01/01/2025", "", "overdue"),
        ("01/06/2024", DONE.format("01/06/2024"), "done_on_time"),
        ("31/05/2024", DONE.format("01/06/2024"), "within"),
        ("31/12/2024", DONE.format("31/12/2024"), "done_on_time"),
        ("01/01/2025", DONE.format("01/01/2025"), "done_late"),
        ("01/01/2025", DONE.format("02/01/2025"), "overdue"),
        ("01/06/2024", "2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 1", "suspended"),
        ("01/06/2030", "2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 1", "suspended"),
        ("31/12/2023", "2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 1", "upcoming"),
        ("01/06/2024", "2.1.1 | 2024 | | Chưa thực hiện", "within"),
    ],
)
def test_the_first_state_that_holds(as_of, row, state):
    assert on(as_of, row)["state"] == state


def test_a_reported_deadline_overrides_the_plans():
    row = "2.1.1 | 2024 | 30/6/2025 | Đang thực hiện | | | | QĐ 1"
    assert on("30/06/2025", row)["state"] == "within"
    assert on("01/07/2025", row)["days_overdue"] == 1
    assert on("01/07/2025", row)["planned_due_on"].date() == day("31/12/2024")


@pytest.mark.parametrize(
    ("as_of", "row", "year", "soon"),
    [
        ("30/11/2024", "", 2024, False),
        ("01/12/2024", "", 2024, True),
        ("31/12/2024", "", 2024, True),
        ("01/01/2025", "", 2024, False),
        ("15/12/2023", "2.1.1 | 2024 | 10/1 | Đang thực hiện", 2024, True),
        ("15/12/2023", "2.1.1 | 2024 | 10/12/2023 | Đang thực hiện", 2024, True),
        ("15/12/2023", "2.1.1 | 2024 | 10/1 | Tạm hoãn | | | | QĐ 1", 2024, False),
        ("15/12/2023", "2.1.1 | 2024 | 10/1 | Hoàn thành | | 05/01/2024", 2024, False),
        ("15/12/2024", "2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 1", 2024, False),
        ("15/12/2024", DONE.format("05/12/2024"), 2024, False),
        ("15/12/2024", DONE.format("20/12/2024"), 2024, True),
    ],
)
def test_due_soon(as_of, row, year, soon):
    assert on(as_of, row, year=year)["due_soon"] == soon


def test_the_plan_sets_how_soon_is_soon():
    assert on("01/12/2024", sheets=[INFO + "Số ngày báo trước | 29\n"])["due_soon"] == False  # noqa: E712 - numpy's


@pytest.mark.parametrize(
    ("as_of", "row", "missing"),
    [
        ("01/06/2024", "", True),
        ("01/06/2025", "", True),
        ("01/06/2023", "", False),
        ("01/06/2024", "2.1.1 | 2024 | | | 40", True),
        ("01/06/2024", "2.1.1 | 2024 | | Chưa thực hiện", False),
    ],
)
def test_no_report_is_not_the_same_as_not_started(as_of, row, missing):
    assert on(as_of, row)["no_report"] == missing


@pytest.mark.parametrize(
    ("updated", "stale"), [("01/03/2024", False), ("29/02/2024", True), ("", True), ("01/07/2024", False)]
)
def test_an_open_task_not_updated_for_ninety_days_is_stale(updated, stale):
    row = f"2.1.1 | 2024 | | Đang thực hiện | | | | | | | {updated}"
    assert on("30/05/2024", row)["stale"] == stale


@pytest.mark.parametrize(
    ("as_of", "row", "look"),
    [
        ("01/06/2024", "2.1.1 | 2024 | | Đang thực hiện", "in_progress"),
        ("01/06/2024", "2.1.1 | 2024 | | Chưa thực hiện", "not_started"),
        ("01/06/2024", "", "no_report"),
        ("15/12/2024", "", "due_soon"),
        ("15/12/2024", "2.1.1 | 2024 | | Chưa thực hiện", "due_soon"),
        ("01/01/2025", "", "overdue"),
        ("01/06/2023", "", "upcoming"),
        ("15/12/2023", "2.1.1 | 2024 | 10/1 | Đang thực hiện", "due_soon"),
        ("01/06/2024", DONE.format("05/12/2024"), "in_progress"),
    ],
)
def test_every_occurrence_has_one_look(as_of, row, look):
    assert on(as_of, row)["look"] == look


def test_lead_units_come_from_the_report_else_the_plan_else_the_only_executing_unit():
    row = "2.1.1 | 2024 | | Đang thực hiện | | | | | | | | VP; CSDT"
    assert on("01/06/2024", row)["lead_units"] == ["Văn phòng", "Phòng Chính sách dân tộc"]
    assert on("01/06/2024", row)["lead_moved"]
    assert on("01/06/2024", row, year=2025)["lead_units"] == ["Thanh tra Ban"]
    assert on("01/06/2024", task="1", year=2022)["lead_units"] == ["Lãnh đạo Ban"]
    nobody = TASKS.replace("| Lãnh đạo Ban, Công đoàn | Văn phòng |", "| Lãnh đạo Ban, Công đoàn | |")
    assert on("01/06/2024", task="2.1.2", sheets=[nobody])["lead_units"] == []
