"""Sentences: why an occurrence has its state, and what the figures come to."""

import datetime as dt

import pandas as pd
import pytest

from lib import explain, summary
from lib.status import occurrences
from lib.words import Look
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
    years = summary.by_year(frame, plan)
    assert explain.map_finding(by_section, years) == "Lượt quá hạn duy nhất ở mục 2.1, năm 2022"
    assert explain.year_finding(years) == "Chỉ năm 2022 có lượt quá hạn: 1"


def test_years_in_a_row_are_said_as_a_span():
    table = summary.dan_van_kheo(register(models()), dt.date(2026, 6, 1))
    assert explain.models_finding(table) == "“Dân vận khéo”: năm 2022 đến 2026 không đạt"


def late(**overdue: int) -> pd.DataFrame:
    """A table of rows with so many overdue."""
    return pd.DataFrame({"overdue": overdue.values()}, index=list(overdue))


ONE, TWO, FOUR = late(a=3, b=1), late(a=2, b=2, c=1), late(a=1, b=1, c=1, d=1)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (explain.department_finding, ["a còn 3", "a và b đều còn 2", "4 phòng đều còn 1", "Không phòng nào có"]),
        (
            explain.section_finding,
            ["Mục a có nhiều", "Các mục a và b đều có 2", "4 mục đều có 1", "Không mục nào có"],
        ),
        (
            explain.year_finding,
            ["Năm a có nhiều", "Các năm a và b đều có 2", "4 năm đều có 1", "Không năm nào có"],
        ),
    ],
)
def test_nobody_is_named_alone_for_what_several_share(finding, said):
    for table, begins in zip((ONE, TWO, FOUR, late(a=0)), said, strict=True):
        assert finding(table).startswith(begins)


def test_where_the_overdue_are_names_every_row_that_has_most():
    assert explain.map_finding(TWO, ONE) == "Quá hạn nhiều nhất ở mục a và b, năm a"
    assert explain.map_finding(FOUR, ONE) == "4 lượt quá hạn ở 4 mục, trong 2 năm"
    assert explain.map_finding(late(a=0), late(a=0)) == "Không có lượt nào quá hạn"
    assert explain.map_finding(late(), late()) == "Không có lượt nào quá hạn"


def looks(**found: int) -> dict[Look, int]:
    return {look: found.get(look.value, 0) for look in Look}


def test_a_list_says_what_it_holds():
    held = looks(done_on_time=20, done_late=5, overdue=1, in_progress=4)
    assert explain.list_finding(held) == "30 lượt: 25 đã hoàn thành, 1 quá hạn"
    assert explain.list_finding(looks(upcoming=1)) == "1 lượt, chưa lượt nào hoàn thành"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([0.8, 0.7, 0.9], "Tỷ lệ hoàn thành tăng từ 80% lên 90% qua 3 phiên bản"),
        ([0.9, 0.8], "Tỷ lệ hoàn thành giảm từ 90% xuống 80% qua 2 phiên bản"),
        ([0.9, 0.5, 0.9], "Tỷ lệ hoàn thành trở lại 90% qua 3 phiên bản"),
        ([0.9, 0.9], "Tỷ lệ hoàn thành giữ nguyên 90% qua 2 phiên bản"),
        ([None, 0.5], "Chưa đủ hai phiên bản có lượt đến hạn để so tỷ lệ hoàn thành"),
    ],
)
def test_the_course_says_where_it_went(rates, said):
    assert explain.course_finding(pd.Series(rates, dtype="float")) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "Chưa có mô hình nào để xếp theo lĩnh vực"),
        (["Kinh tế"], "Mô hình duy nhất: Kinh tế"),
        (["Kinh tế"] * 3, "Cả 3 mô hình: Kinh tế"),
        (["Kinh tế", "Kinh tế", ""], "Nhiều nhất: Kinh tế, 2/3 mô hình"),
        (["", "", "Kinh tế"], "Nhiều nhất: chưa ghi lĩnh vực, 2/3 mô hình"),
        (["Kinh tế", "Văn hóa"], "Không lĩnh vực nào nhiều hơn hẳn: 2 lĩnh vực đều có 1 mô hình"),
    ],
)
def test_a_breakdown_says_what_there_is_most_of(values, said):
    assert explain.share_finding(pd.Series(values, dtype="str"), "lĩnh vực") == said


REGISTERED = "Một | 2022 | | | | | 28/03/2022 | 20/12/2022"


@pytest.mark.parametrize(
    ("rows", "as_of", "said"),
    [
        ((REGISTERED,), "2023-06-01", "Đã đăng ký 1 mô hình so với chỉ tiêu 2; đã đánh giá 1"),
        ((REGISTERED,), "2022-06-01", "Đã đăng ký 1 mô hình so với chỉ tiêu 1; chưa đánh giá mô hình nào"),
        ((), "2022-06-01", "Chưa đăng ký mô hình nào, so với chỉ tiêu 1"),
        ((), "2021-06-01", "Chưa đến năm nào phải đăng ký mô hình"),
    ],
)
def test_registered_models_are_set_against_the_target_of_the_years_that_have_come(rows, as_of, said):
    table = summary.dan_van_kheo(register(models(*rows)), dt.date.fromisoformat(as_of))
    assert explain.registered_finding(table) == said


def test_the_title_of_the_models_names_the_years_that_fell_short():
    text = models("Một | 2022 | | | | | 28/03/2022 | 20/12/2022", "Hai | 2023 | | | | | 12/04/2023 | 20/12/2023")
    table = summary.dan_van_kheo(register(text), dt.date(2024, 6, 1))
    assert explain.models_finding(table) == "“Dân vận khéo”: năm 2024 không đạt, năm 2023 đăng ký muộn"
