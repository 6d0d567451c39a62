"""The result of a check on the page: grouped, counted, errors first, each problem at its cell."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest

from lib.panels import check
from lib.workbook.context import MOST_OF_A_KIND
from lib.workbook.problems import Beside, Problem, Severity
from tests.workbooks import progress, read

HOSTILE = '<img src=x onerror=alert(1)>"&{{ 7*7 }}'
ERROR = Problem(Severity.ERROR, "bad-year", "Tiến độ", "B2", "Sai năm.", "Năm", (Beside("B2", "Năm", "2o24", True),))
WARNING = Problem(Severity.WARNING, "no-schedule", "Nhiệm vụ", "G17", "Không ghi thời gian.")


def summaries(html: str) -> list[str]:
    """The groups' headings as people read them."""
    texts = re.findall(r"<summary>(.*?)</summary>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([ERROR] * 3 + [WARNING] * 2, "thang-11.xlsx: 3 lỗi cần sửa, 2 điều cần lưu ý"),
        ([ERROR], "thang-11.xlsx: 1 lỗi cần sửa"),
        ([WARNING] * 2, "thang-11.xlsx: không có lỗi, 2 điều cần lưu ý"),
        ([], "thang-11.xlsx: không có lỗi nào"),
        ([ERROR] * 1200, "thang-11.xlsx: 1.200 lỗi cần sửa"),
    ],
)
def test_the_headline_counts(problems, said):
    assert check.headline("thang-11.xlsx", problems) == said
    assert f"<h2>{said}</h2>" in check.result("thang-11.xlsx", problems)


def test_problems_are_grouped_by_kind_with_errors_first():
    html = check.result("a.xlsx", [WARNING, ERROR, WARNING, ERROR, ERROR])
    assert summaries(html) == ["Lỗi Năm không hợp lệ 3 chỗ", "Lưu ý Kế hoạch không ghi thời gian 2 chỗ"]


def test_one_rule_may_be_an_error_here_and_a_warning_there():
    found = [Problem(severity, "missing-column", "Mục", "A1", "Thiếu cột.") for severity in Severity]
    assert summaries(check.result("a.xlsx", found)) == ["Lỗi Thiếu cột 1 chỗ", "Lưu ý Thiếu cột 1 chỗ"]


def test_a_problem_shows_its_cell_its_header_and_the_row_around_it():
    problem = read(progress("2.1.1 | 2024! | | Hoàn thàn | 90!")).problems
    html = check.result("a.xlsx", problem)
    assert "<b>Tiến độ!D2</b> <span>Trạng thái</span>" in html
    strip = re.findall(r"<dt>([^<]*).*?<dd>(.*?)</dd>", html)
    assert strip == [("Mã nhiệm vụ", "2.1.1"), ("Năm", "2024"), ("Trạng thái", "Hoàn thàn"), ("Tỷ lệ (%)", "90")]
    assert re.findall(r'class="here"><dt>([^<]*)', html) == ["Trạng thái"]


def test_a_blank_cell_says_so():
    blank = Problem(
        Severity.ERROR, "blank-status", "Tiến độ", "D2", "Thiếu.", "Trạng thái", (Beside("D2", "", "", True),)
    )
    assert "<i>ô trống</i>" in check.result("a.xlsx", [blank])


def test_a_problem_of_a_whole_sheet_names_the_sheet():
    html = check.result("a.xlsx", [Problem(Severity.ERROR, "missing-sheet", "Mục", "", "Thiếu trang “Mục”.")])
    assert "<b>Trang Mục</b>" in html
    assert "<dl" not in html


def test_at_most_a_hundred_of_a_kind_are_shown_and_the_rest_counted():
    html = check.result("a.xlsx", [ERROR] * (MOST_OF_A_KIND + 1250))
    assert html.count("<li>") == MOST_OF_A_KIND
    assert "Còn 1.250 chỗ cùng loại nữa" in html


def test_nothing_is_said_of_the_rest_where_there_is_none():
    assert "Còn " not in check.result("a.xlsx", [ERROR] * MOST_OF_A_KIND)


def test_the_first_groups_are_open_and_the_others_folded():
    kinds = ["bad-year", "bad-date", "bad-percent"]
    found = [
        Problem(Severity.ERROR, rule, "Tiến độ", "B2", "Sai.") for rule in kinds for _ in range(check.OPEN_AT_FIRST)
    ]
    assert re.findall(r"<details class=\"error\"( open)?>", check.result("a.xlsx", found)) == [" open", "", ""]


def test_text_of_a_workbook_is_never_markup():
    hostile = Problem(
        Severity.ERROR, "bad-year", HOSTILE, "B2", HOSTILE, HOSTILE, (Beside("B2", HOSTILE, HOSTILE, here=True),)
    )
    assert "<img" not in check.result(HOSTILE, [hostile])


def test_the_step_one_is_at_is_told_to_those_who_only_hear():
    html = check.steps(2)
    assert re.findall(r'<li class="(\w+)"( aria-current="step")?>', html) == [
        ("done", ""),
        ("now", ' aria-current="step"'),
        ("later", ""),
        ("later", ""),
    ]


def test_what_was_published_is_said_with_its_version_and_ways_on():
    at = dt.datetime(2026, 11, 20, 1, 42, tzinfo=dt.UTC)
    version = SimpleNamespace(label="15 (3F2A-91BC)", published_at=at, published_by="Thanh tra Ban", reason=HOSTILE)
    html = check.published(version, "./", "lich-su")
    assert "Đã công bố phiên bản 15 (3F2A-91BC)" in html
    assert "08:42 20/11/2026 · Thanh tra Ban" in html
    assert '<a data-go href="lich-su">' in html
    assert "<img" not in html
