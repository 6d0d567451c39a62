"""Periods of reports: how they are written, said, and which follows which."""

import datetime as dt

import pytest

from lib.errors import DashboardError
from lib.reports import periods
from lib.reports.periods import Span
from tests.workbooks import register

PLAN = register().plan


@pytest.mark.parametrize(
    ("code", "first", "last", "words"),
    [
        ("2025", "2025-01-01", "2025-12-31", "năm 2025"),
        ("2025-H1", "2025-01-01", "2025-06-30", "6 tháng đầu năm 2025"),
        ("2025-h2", "2025-07-01", "2025-12-31", "6 tháng cuối năm 2025"),
        ("2025-Q2", "2025-04-01", "2025-06-30", "quý II năm 2025"),
        ("2025-Q4", "2025-10-01", "2025-12-31", "quý IV năm 2025"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 02 năm 2024"),
        ("2025-02", "2025-02-01", "2025-02-28", "tháng 02 năm 2025"),
        ("2025-06", "2025-06-01", "2025-06-30", "tháng 6 năm 2025"),
        ("2022-2026", "2022-01-01", "2026-12-31", "giai đoạn 2022 - 2026"),
        ("2023-2023", "2023-01-01", "2023-12-31", "năm 2023"),
    ],
)
def test_a_period_is_read_and_said(code, first, last, words):
    period = periods.parse(code, PLAN)
    assert (period.first.isoformat(), period.last.isoformat(), period.words) == (first, last, words)


@pytest.mark.parametrize("code", ["", "25", "2025-Q5", "2025-H3", "2025-13", "2025-6", "2026-2022", "năm 2025", "٢٠٢٥"])
def test_anything_else_is_no_period(code):
    with pytest.raises(DashboardError, match="không phải kỳ báo cáo"):
        periods.parse(code, PLAN)


@pytest.mark.parametrize("code", ["2021", "2027-Q1", "2022-2030"])
def test_a_period_outside_the_plan_is_told(code):
    with pytest.raises(DashboardError, match="từ năm 2022 đến năm 2026"):
        periods.parse(code, PLAN)


def test_every_period_of_the_plan_can_be_chosen_and_read_again():
    offered = periods.choices(PLAN)
    assert {span: len(found) for span, found in offered.items()} == {
        Span.YEARS: 1, Span.YEAR: 5, Span.HALF: 5 * 2, Span.QUARTER: 5 * 4, Span.MONTH: 5 * 12,
    }  # fmt: skip
    assert all(periods.parse(period.code, PLAN) == period for found in offered.values() for period in found)


@pytest.mark.parametrize(
    ("code", "day", "end"),
    [
        ("2025-06", "2025-06-30", "2025-07-31"),
        ("2025-01", "2025-01-31", "2025-02-28"),
        ("2025-12", "2025-12-31", "2026-01-31"),
        ("2025-Q2", "2025-07-03", "2025-12-31"),
        ("2025-Q2", "2025-06-30", "2025-09-30"),
        ("2025-H2", "2025-12-31", "2026-06-30"),
        ("2025", "2025-12-31", "2026-12-31"),
        ("2026", "2026-11-25", "2026-12-31"),
        ("2022-2026", "2024-05-01", "2026-12-31"),
    ],
)
def test_what_comes_next_ends_with_the_period_after_the_one_the_day_is_in(code, day, end):
    found = periods.end_of_next(periods.parse(code, PLAN), dt.date.fromisoformat(day), PLAN)
    assert found == dt.date.fromisoformat(end)
