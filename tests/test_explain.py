"""Sentences: why an occurrence has its state, and what the figures come to."""

import datetime as dt

import pytest

from lib import explain, summary
from lib.status import occurrences
from tests.workbooks import TASKS, models, progress, register


def why(as_of, row="", task="2.1.1", year=2024):
    frame = occurrences(register(progress(row)), dt.datetime.strptime(as_of, "%d/%m/%Y").date())
    return explain.why(frame[(frame["task"] == task) & (frame["year"] == year)].iloc[0])


@pytest.mark.parametrize(
    ("as_of", "row", "sentence"),
    [
        (
            "30/04/2025",
            "2.1.1 | 2024 | | Đang thực hiện | | | | | | | 14/10/2024",
            "Quá hạn 120 ngày: hạn 31/12/2024 theo “thường xuyên”, báo cáo gần nhất 14/10/2024: Đang thực hiện.",
        ),
        ("30/04/2025", "", "Quá hạn 120 ngày: hạn 31/12/2024 theo “thường xuyên”, chưa có báo cáo."),
        ("01/12/2024", "", "Trong hạn, còn 30 ngày: hạn 31/12/2024 theo “thường xuyên”, chưa có báo cáo."),
        (
            "31/12/2024",
            "2.1.1 | 2024 | | Chưa thực hiện",
            "Đến hạn đúng ngày chốt số liệu: hạn 31/12/2024 theo “thường xuyên”, báo cáo gần nhất (không ghi ngày): "
            "Chưa thực hiện.",
        ),
        (
            "01/06/2025",
            "2.1.1 | 2024 | | Hoàn thành | | 15/01/2025",
            "Hoàn thành quá hạn 15 ngày: hạn 31/12/2024 theo “thường xuyên”, hoàn thành ngày 15/01/2025.",
        ),
        (
            "01/06/2025",
            "2.1.1 | 2024 | | Hoàn thành | | 15/12/2024",
            "Hoàn thành đúng hạn: hạn 31/12/2024 theo “thường xuyên”, hoàn thành ngày 15/12/2024.",
        ),
        (
            "01/06/2024",
            "2.1.1 | 2024 | | Hoàn thành | | 15/12/2024",
            "Trong hạn, còn 213 ngày: hạn 31/12/2024 theo “thường xuyên”, đã báo hoàn thành ngày 15/12/2024 "
            "(sau ngày chốt số liệu).",
        ),
        (
            "01/06/2024",
            "2.1.1 | 2024 | | Tạm hoãn | | | | QĐ 12",
            "Tạm hoãn: hạn 31/12/2024 theo “thường xuyên”, tạm hoãn theo QĐ 12.",
        ),
        (
            "01/06/2025",
            "2.1.1 | 2024 | 30/06/2025 | Đang thực hiện | | | | QĐ 12 | | | 02/05/2025",
            "Trong hạn, còn 29 ngày: hạn 30/06/2025 theo trang Tiến độ (kế hoạch: 31/12/2024 theo “thường xuyên”), "
            "báo cáo gần nhất 02/05/2025: Đang thực hiện.",
        ),
        (
            "01/06/2023",
            "",
            "Chưa đến kỳ, lượt của năm 2024: hạn 31/12/2024 theo “thường xuyên”, chưa có báo cáo.",
        ),
    ],
)
def test_why_an_occurrence_has_its_state(as_of, row, sentence):
    assert why(as_of, row) == sentence


def headline(*changed, as_of, unassigned=0):
    figures = summary.counts(occurrences(register(*changed), as_of))
    return explain.sentence(explain.headline(figures, as_of, unassigned))


def test_the_headline_says_what_is_done_late_and_nobodys():
    reports = progress("2.1.1 | 2022 | | Hoàn thành | | 15/12/2022", "1 | 2022 | | Hoàn thành | | 15/12/2022")
    assert headline(reports, as_of=dt.date(2023, 1, 31), unassigned=4) == (
        "Đến 31/01/2023, đã hoàn thành 2/3 lượt đến hạn (66,7%). Còn 1 lượt quá hạn, lâu nhất 31 ngày; "
        "4 nhiệm vụ chưa giao phòng nào."
    )


def test_the_headline_before_anything_is_due_and_without_tasks():
    assert headline(as_of=dt.date(2022, 6, 1)) == "Đến 01/06/2022, chưa có lượt nào đến hạn."
    empty = TASKS.split("\n1 |")[0] + "\n"
    assert headline(empty, as_of=dt.date(2022, 6, 1)) == "Chưa có nhiệm vụ nào trong phạm vi đang xem."


def test_titles_say_the_finding():
    plan = register(progress("2.1.1 | 2022 | | Hoàn thành | | 15/12/2022", "1 | 2022 | | Hoàn thành | | 15/12/2022"))
    frame = occurrences(plan, dt.date(2023, 1, 31))
    by_department, by_section = summary.by_department(frame, plan), summary.by_section(frame, plan)
    assert explain.department_finding(by_department) == "Văn phòng còn 1 lượt quá hạn"
    assert explain.section_finding(by_section) == "Mục 2.1 có nhiều lượt quá hạn nhất: 1"
    assert explain.map_finding(by_section, summary.by_year(frame, plan)) == "Quá hạn tập trung ở mục 2.1 và năm 2022"


def test_the_title_of_the_models_names_the_years_that_fell_short():
    text = models("Một | 2022 | | | | | 28/03/2022 | 20/12/2022", "Hai | 2023 | | | | | 12/04/2023 | 20/12/2023")
    table = summary.dan_van_kheo(register(text), dt.date(2024, 6, 1))
    assert explain.models_finding(table) == "“Dân vận khéo”: năm 2024 không đạt, năm 2023 đăng ký muộn"
