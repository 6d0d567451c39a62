"""Counts and rates. Expected values are written as sums of the rows they come from."""

import datetime as dt

import pytest

from lib import summary
from lib.status import occurrences
from lib.summary import COUNT_KEYS
from lib.text import plain
from tests.workbooks import INFO, TASKS, models, progress, register

# On 01/06/2024: tasks 2.1.1 and 2.1.2 have 2022 to 2026, task 1 has 2022 alone: 11 occurrences.
REPORTS = progress(
    "1 | 2022 | | Hoàn thành | 100 | 20/12/2022",
    "2.1.1 | 2022 | | Hoàn thành | 100 | 15/12/2022",
    "2.1.1 | 2023 | | Hoàn thành | 100 | 10/01/2024",
    "2.1.1 | 2024 | | Đang thực hiện | 40 | | | | | | 20/05/2024",
    "2.1.2 | 2022 | | Đang thực hiện | 60 | | | | | | 20/05/2024",
    "2.1.2 | 2023 | | Tạm hoãn | | | | QĐ 1",
)
AS_OF = dt.date(2024, 6, 1)


def figures(*changed, as_of=AS_OF):
    return summary.figures(register(*changed), as_of)


def test_the_whole_plan():
    assert figures(REPORTS)["overall"] == {
        "total": 1 + 5 + 5,
        "upcoming": 2 + 2,
        "done_on_time": 1 + 1,
        "done_late": 1,
        "within": 1 + 1,
        "due_soon": 0,
        "overdue": 1,
        "suspended": 1,
        "no_report": 1,
        "completion_rate": (2 + 1) / (2 + 1 + 1),
        "longest_overdue_days": (AS_OF - dt.date(2022, 12, 31)).days,
    }


def test_by_year_has_every_plan_year_in_order():
    by_year = figures(REPORTS)["by_year"]
    assert list(by_year) == ["2022", "2023", "2024", "2025", "2026"]
    assert [row["total"] for row in by_year.values()] == [3, 2, 2, 2, 2]
    assert [row["completion_rate"] for row in by_year.values()] == [2 / 3, 1.0, None, None, None]


def test_by_section_has_every_section_in_sheet_order():
    by_section = figures(REPORTS, "# Mục\nMã mục | Tên mục\n2.1 | Hai\n9 | Trống\n1 | Một\n")["by_section"]
    assert {code: row["total"] for code, row in by_section.items()} == {"2.1": 10, "9": 0, "1": 1}
    assert by_section["9"] == {key: None if key == "completion_rate" else 0 for key in COUNT_KEYS}


def test_by_department_has_every_unit_with_an_occurrence():
    by_department = figures(REPORTS)["by_department"]
    assert {unit: row["total"] for unit, row in by_department.items()} == {
        "Thanh tra Ban": 5,
        "Văn phòng": 5,
        "Lãnh đạo Ban": 1,
    }
    assert by_department["Văn phòng"]["completion_rate"] == 0 / (0 + 1)


def test_an_occurrence_with_several_leads_counts_once_in_each_and_once_overall():
    tasks = TASKS.replace("| Thanh tra Ban | thường xuyên", "| Các phòng thuộc Ban; TTB | thường xuyên")
    result = figures(REPORTS, tasks)
    assert result["overall"]["total"] == 11
    assert [result["by_department"][unit]["total"] for unit in ("Thanh tra Ban", "Văn phòng")] == [5, 5 + 5]
    assert result["by_department"]["Phòng Chính sách dân tộc"]["total"] == 5


def test_what_nobody_leads_is_a_group_of_its_own_at_the_end():
    result = figures(TASKS.replace("| Lãnh đạo Ban, Công đoàn | Văn phòng |", "| Lãnh đạo Ban, Công đoàn | |"))
    assert list(result["by_department"]) == ["Thanh tra Ban", "Lãnh đạo Ban", "Chưa phân công"]
    assert result["by_department"]["Chưa phân công"]["total"] == 5


def test_a_plan_without_tasks_has_zeros_and_no_rate():
    result = figures("\n".join(TASKS.strip().split("\n")[:2]) + "\n")
    assert result["overall"] == {key: None if key == "completion_rate" else 0 for key in COUNT_KEYS}
    assert result["by_department"] == {}


MODELS_2024 = "Bản sạch | 2024 | | | | | {} | {}"


@pytest.mark.parametrize(
    ("as_of", "registered", "evaluated", "state"),
    [
        ("2023-12-31", "28/03/2024", "", "upcoming"),
        ("2024-03-31", "", "", "not_due"),
        ("2024-04-01", "", "", "missed"),
        ("2024-03-31", "31/03/2024", "", "awaiting_evaluation"),
        ("2024-03-30", "31/03/2024", "", "not_due"),
        ("2024-04-01", "01/04/2024", "", "registered_late"),
        ("2025-06-01", "01/04/2024", "20/12/2024", "registered_late"),
        ("2024-12-31", "28/03/2024", "", "awaiting_evaluation"),
        ("2025-01-01", "28/03/2024", "", "not_evaluated"),
        ("2024-12-20", "28/03/2024", "20/12/2024", "met"),
        ("2024-12-19", "28/03/2024", "20/12/2024", "awaiting_evaluation"),
        ("2025-02-01", "28/03/2024", "15/01/2025", "met"),
    ],
)
def test_the_state_of_a_years_models(as_of, registered, evaluated, state):
    text = models(MODELS_2024.format(registered, evaluated))
    assert figures(text, as_of=dt.date.fromisoformat(as_of))["dan_van_kheo"]["2024"]["state"] == state


def test_the_count_of_a_years_models():
    text = models(
        "Một | 2024 | | | | | 28/03/2024 | 20/12/2024",
        "Hai | 2024 | | | | | 02/04/2024 | 20/12/2024",
        "Ba | 2024 | | | | | | 20/12/2024",
        "Bốn | 2025 | | | | | 28/03/2025",
    )
    assert figures(text, as_of=dt.date(2025, 1, 1))["dan_van_kheo"]["2024"] == {
        "target": 1,
        "registered": 2,
        "registered_on_time": 1,
        "evaluated": 2,
        "state": "met",
    }


def test_a_higher_target_is_met_by_as_many_models():
    info = INFO + "Chỉ tiêu mô hình mỗi năm | 02 mô hình\n"
    one, two = "Một | 2024 | | | | | 28/03/2024 | 20/12/2024", "Hai | 2024 | | | | | 31/03/2024 | 20/12/2024"
    states = [
        figures(info, models(*rows), as_of=dt.date(2025, 1, 1))["dan_van_kheo"]["2024"]["state"]
        for rows in ([one], [one, two])
    ]
    assert states == ["missed", "met"]


@pytest.fixture(scope="module")
def frame():
    return occurrences(register(REPORTS), AS_OF)


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({}, 11),
        ({"years": [2024]}, 2),
        ({"units": ["Văn phòng"]}, 5),
        ({"units": ["Văn phòng", "Thanh tra Ban"]}, 10),
        ({"sections": ["1"]}, 1),
        ({"looks": ["overdue"]}, 1),
        ({"states": ["within"], "units": ["Văn phòng"]}, 1),
        ({"tasks": ["2.1.1"]}, 5),
        ({"words": "DAO TAO can bo"}, 5),
        ({"words": "van phong 2.1.2"}, 5),
        ({"words": "không có"}, 0),
    ],
)
def test_filters(frame, filters, rows):
    assert len(summary.select(frame, **filters)) == rows


def test_what_needs_attention_most_pressing_first():
    leaderless = TASKS.replace("| Lãnh đạo Ban, Công đoàn | Văn phòng |", "| Lãnh đạo Ban, Công đoàn | |")
    found = summary.attention(occurrences(register(leaderless), dt.date(2024, 12, 15)))
    assert found.overdue[["task", "year"]].values.tolist()[:2] == [["1", 2022], ["2.1.1", 2022]]
    assert found.due_soon["year"].unique().tolist() == [2024]
    assert set(found.unassigned["task"]) == {"2.1.2"}
    assert len(found.no_report) == len(found.overdue) + len(found.due_soon)


def test_what_is_searched_is_written_as_the_words_that_are_looked_for(frame):
    for row, text in zip(frame.itertuples(), summary.searchable(frame), strict=True):
        assert text.startswith(f"{row.task}\n{plain(row.label)}\n{plain(row.content)}\n")
        assert text.endswith(plain("; ".join(row.lead_units)))
