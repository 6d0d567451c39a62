"""The plan's words for time: which years, which day. The plan runs 2022-2026 in every test."""

import datetime as dt
import unicodedata

import pytest

from lib.calendar_days import DayMonth
from lib.schedule import Overrides, schedule

EVERY_YEAR_END = [f"31/12/{year}" for year in range(2022, 2027)]


NONE = Overrides()


def due(words, overrides=NONE):
    return [f"{day:%d/%m/%Y}" for _, day in schedule(words, 2022, 2026, overrides).occurrences]


def years(words, overrides=NONE):
    return [year for year, _ in schedule(words, 2022, 2026, overrides).occurrences]


def rules(words, overrides=NONE):
    return [(finding.rule, finding.blocks) for finding in schedule(words, 2022, 2026, overrides).findings]


@pytest.mark.parametrize(
    "words",
    [
        "thường xuyên",
        "Thường xuyên.",
        "hằng năm",
        "hàng năm",
        "thường xuyên hằng năm",
        "Phối hợp theo giai đoạn hoặc thường xuyên hàng năm.",
        "hằng tháng",
        "hàng quý",
        "định kỳ",
        "ĐỊNH KỲ",
        "đột xuất",
        "khi có yêu cầu",
        "thuong xuyen",
        unicodedata.normalize("NFD", "thường xuyên"),
        "Thời gian thực hiện: thường xuyên",
        "thường xuyên; đột xuất",
        "- Thường xuyên\n- Đột xuất",
    ],
)
def test_recurring_words_mean_every_plan_year_due_on_its_last_day(words):
    assert due(words) == EVERY_YEAR_END
    assert rules(words) == []


@pytest.mark.parametrize("words", ["trong năm 2022", "Năm 2022", "2022", "Thời gian hoàn thành: Trong năm 2022"])
def test_a_year_alone(words):
    assert due(words) == ["31/12/2022"]


def test_a_year_and_those_that_follow():
    assert years("Trong năm 2024 và những năm tiếp theo.") == [2024, 2025, 2026]


@pytest.mark.parametrize(
    "words",
    [
        "trước 31/3 hằng năm",
        "trước ngày 31 tháng 3 hàng năm",
        "31.3 hằng năm",
        "hoàn thành trước 31/3 hằng năm",
        "Báo cáo trước 31/3 hằng năm",
    ],
)
def test_a_day_of_every_year(words):
    assert due(words) == [f"31/03/{year}" for year in range(2022, 2027)]


@pytest.mark.parametrize(
    "words",
    [
        "trước 30/6/2024",
        "hoàn thành trước ngày 30/6/2024",
        "30/6/2024",
        "ngày 30 tháng 6 năm 2024",
        "2024-06-30",
        dt.date(2024, 6, 30),
        "quý II/2024",
        "quý II năm 2024",
        "Quý 2/2024",
        "tháng 6/2024",
        "tháng 6 năm 2024",
        "6 tháng đầu năm 2024",
    ],
)
def test_one_day_of_one_year(words):
    assert due(words) == ["30/06/2024"]


@pytest.mark.parametrize("words", ["quý II hằng năm", "tháng 6 hàng năm", "6 tháng đầu năm hằng năm"])
def test_a_quarter_month_or_half_of_every_year(words):
    assert due(words) == [f"30/06/{year}" for year in range(2022, 2027)]


@pytest.mark.parametrize(
    "words", ["2023 - 2025", "2023–2025", "giai đoạn 2023-2025", "từ năm 2023 đến năm 2025", "Từ 2023 đến 2025"]
)
def test_a_span_of_years(words):
    assert due(words) == ["31/12/2023", "31/12/2024", "31/12/2025"]


def test_february_ends_on_its_own_last_day():
    assert due("tháng 2 hằng năm") == ["28/02/2022", "28/02/2023", "29/02/2024", "28/02/2025", "28/02/2026"]
    assert due("29/2 hằng năm") == due("tháng 2 hằng năm")


def test_no_words_mean_every_year_with_a_warning():
    assert due("") == EVERY_YEAR_END
    assert rules("") == [("no-schedule", False)]


def test_other_words_without_a_time_mean_every_year_with_a_warning_that_quotes_them():
    result = schedule("Theo chỉ đạo của Tỉnh ủy", 2022, 2026, Overrides())
    assert len(result.occurrences) == 5
    assert [finding.rule for finding in result.findings] == ["vague-schedule"]
    assert "“Theo chỉ đạo của Tỉnh ủy”" in result.findings[0].message


@pytest.mark.parametrize(
    "words",
    [
        "theo Kế hoạch 90 ngày 23/11/2022",
        "sau năm 2023",
        "trước 31/3",
        "quý V/2024",
        "cuối tháng 6",
        "6 tháng cuối năm",
        "thường xuyên, theo Kế hoạch 90 ngày 23/11/2022",
    ],
)
def test_other_words_with_a_time_in_them_are_never_guessed(words):
    assert rules(words) == [("unknown-schedule", True)]
    assert due(words) == []


def test_words_that_cannot_be_read_are_let_be_where_years_or_a_full_date_are_given():
    words = "theo Kế hoạch 90 ngày 23/11/2022"
    assert years(words, Overrides(from_year=2023, to_year=2024)) == [2023, 2024]
    assert due(words, Overrides(due=dt.date(2024, 5, 1))) == ["01/05/2024"]
    assert rules(words, Overrides(due=DayMonth(1, 5))) == [("unknown-schedule", True)]


def test_a_clause_with_a_date_beats_the_recurring_one():
    assert due("Thường xuyên; báo cáo trước 15/12 hằng năm") == [f"15/12/{year}" for year in range(2022, 2027)]


@pytest.mark.parametrize("words", ["2023, 2024", "trước 31/3 hằng năm; trước 30/9 hằng năm"])
def test_two_clauses_with_a_date_are_an_error(words):
    assert rules(words) == [("schedule-conflict", True)]


@pytest.mark.parametrize("words", ["trước 31/2/2024", "trước 31/4 hằng năm", "tháng 13/2024", "29/2/2023"])
def test_a_day_that_is_in_no_calendar_is_an_error(words):
    assert rules(words) == [("bad-schedule-date", True)]


def test_years_override_those_of_the_words_and_keep_their_day():
    assert due("quý II/2023", Overrides(from_year=2024, to_year=2025)) == ["30/06/2024", "30/06/2025"]


def test_a_missing_year_comes_from_the_words_else_from_the_plan():
    assert years("2023 - 2025", Overrides(from_year=2024)) == [2024, 2025]
    assert years("thường xuyên", Overrides(from_year=2024)) == [2024, 2025, 2026]
    assert years("thường xuyên", Overrides(to_year=2023)) == [2022, 2023]


def test_reversed_years_are_an_error():
    assert rules("thường xuyên", Overrides(from_year=2025, to_year=2023)) == [("reversed-years", True)]
    assert rules("2025 - 2023") == [("reversed-years", True)]


def test_a_day_in_han_overrides_the_day_of_each_year():
    assert due("trước 31/3 hằng năm", Overrides(due=DayMonth(29, 2))) == due("tháng 2 hằng năm")


def test_a_full_date_in_han_alone_means_that_one_year():
    assert due("thường xuyên", Overrides(due=dt.date(2024, 5, 1))) == ["01/05/2024"]


def test_a_full_date_in_han_beside_years_holds_for_its_own_year():
    overrides = Overrides(from_year=2023, to_year=2025, due=dt.date(2024, 5, 1))
    assert due("thường xuyên", overrides) == ["31/12/2023", "01/05/2024", "31/12/2025"]
    assert rules("thường xuyên", Overrides(2023, 2025, dt.date(2022, 5, 1))) == [("due-without-occurrence", False)]


def test_a_year_outside_the_plan_is_a_warning_and_makes_none():
    assert years("2021 - 2023") == [2022, 2023]
    assert rules("2021 - 2023") == [("year-outside-plan", False)]


def test_a_task_left_without_a_year_is_an_error():
    assert rules("năm 2030") == [("year-outside-plan", False), ("no-occurrence", True)]
