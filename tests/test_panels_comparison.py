"""A comparison on the page: what needs a second look first, the old struck through, long ones cut and counted."""

import datetime as dt
import re

import pytest

from lib import compare, summary
from lib.compare import AlarmKind
from lib.panels import comparison
from lib.panels.address import View
from tests.workbooks import TASKS, models, progress, register

AS_OF = dt.date(2026, 11, 22)
HOSTILE = '<img src=x onerror=alert(1)>"&{{ 7*7 }}'


def shown(before: list[str], now: list[str], confirming: bool = True) -> str:
    """The HTML of what differs between the ordinary workbook with `before` sheets and with `now`."""
    old, new = register(*before), register(*now)
    previous, current = compare.snapshot(old, AS_OF), compare.snapshot(new, AS_OF)
    found = compare.compare(previous, current)
    alarms = compare.alarms(previous, current, found)
    figures = (summary.figures(old, AS_OF), summary.figures(new, AS_OF))
    return comparison.comparison(found, alarms, "phiên bản 14", "tệp này", *figures, View(), confirming)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def table_rows(html: str) -> list[str]:
    body = html.partition("<tbody>")[2]
    return [words(row) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


BEFORE = [progress("2.1.1 | 2026 | | Đang thực hiện | 60", "2.1.2 | 2025 | | Đang thực hiện")]
NOW = [
    progress("2.1.1 | 2026 | | Hoàn thành | 100 | 15/11/2026 | | CV 1", "2.1.2 | 2025 | 30/06/2027 | Đang thực hiện")
]


def test_the_heading_says_what_is_compared_and_counts():
    assert "<h2>Tệp này so với phiên bản 14: 2 lượt đổi, không mất nhiệm vụ nào</h2>" in shown(BEFORE, NOW)
    assert "<h2>Tệp này so với phiên bản 14: không có gì thay đổi</h2>" in shown(NOW, NOW)
    assert "<table" not in shown(NOW, NOW)


def test_the_old_value_is_struck_through_for_the_eye_and_told_to_the_ear():
    html = shown(BEFORE, NOW)
    assert '<span class="unseen">trước: </span><s>Đang thực hiện</s>' in html
    assert '<span class="unseen">nay: </span><b>Hoàn thành</b>' in html
    assert table_rows(html)[0] == (
        "2.1.1 · 2026 Tuyên truyền Trạng thái trước: Đang thực hiện → nay: Hoàn thành ; "
        "Tỷ lệ (%) trước: 60% → nay: 100% ; Ngày hoàn thành → nay: 15/11/2026 ; Văn bản minh chứng → nay: CV 1 "
        "✓ đúng hạn"
    )


def test_figures_stand_before_and_after():
    assert "Tỷ lệ hoàn thành 0% → 11,1% · Quá hạn 9 → 8" in words(shown(BEFORE, NOW))


def test_a_published_workbook_that_cannot_be_read_has_no_figures():
    current = compare.snapshot(register(), AS_OF)
    found = compare.compare(compare.EMPTY, current)
    figures = summary.figures(register(), AS_OF)
    html = comparison.comparison(found, (), "phiên bản 14", "tệp này", None, figures, View())
    assert "Tỷ lệ hoàn thành — → 0%" in words(html)


def test_alarms_come_before_the_table_with_what_they_hide():
    html = shown(BEFORE, NOW)
    alarm = html[html.index("▲ Cần xác nhận thêm: 1 hạn bị lùi") : html.index("<table")]
    assert "<s>31/12/2025</s>" in alarm
    assert "Việc đang quá hạn 326 ngày sẽ thành trong hạn." in alarm
    assert table_rows(html)[1].endswith("▲ lùi hạn")


def test_alarms_told_afterwards_ask_for_nothing():
    html = shown(BEFORE, NOW, confirming=False)
    assert "▲ 1 hạn bị lùi" in html
    assert "Cần xác nhận" not in html


def test_each_kind_of_alarm_has_its_own_box():
    previous, current = (compare.snapshot(register(*each), AS_OF) for each in (BEFORE, NOW))
    alarms = compare.alarms(previous, current, compare.compare(previous, current))
    assert comparison.confirmations(alarms) == {AlarmKind.DEADLINE_LATER: "Tôi đã xem 1 hạn bị lùi"}
    assert comparison.confirmations(()) == {}


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_each_kind_of_alarm_is_marked_beside_the_change_it_rests_on(kind):
    previous, current = (compare.snapshot(register(*each), AS_OF) for each in (BEFORE, NOW))
    found = compare.compare(previous, current)
    alarm = compare.Alarm(kind, "2.1.1", (), "Xem lại.", found.changes[:1])
    html = comparison.comparison(found, [alarm], "a", "b", None, None, View())
    marked = ["▲" in row for row in table_rows(html)]
    assert marked == [True, False]


ONE_MORE = TASKS + "2.1.3 | 2.1 | Việc khác | Công đoàn | | 2024 - 2026\n"


def test_a_task_that_came_or_went_is_one_row_with_its_years():
    assert table_rows(shown([], [ONE_MORE])) == [
        "Nhiệm vụ 2.1.3 Việc khác Mới cùng 3 lượt chưa có báo cáo; Mã mục 2.1 ; Nội dung nhiệm vụ Việc khác ; "
        "Cơ quan, đơn vị thực hiện Công đoàn ; Thời gian thực hiện 2024 - 2026"
    ]
    [row] = table_rows(shown([ONE_MORE], []))
    assert row.startswith("Nhiệm vụ 2.1.3 Việc khác Không còn trong sổ cùng 3 lượt chưa có báo cáo;")
    assert row.endswith("▲ bị mất")


def test_a_year_that_was_reported_has_its_own_row_though_its_task_went():
    rows = table_rows(shown([ONE_MORE, progress("2.1.3 | 2025 | | Đang thực hiện")], []))
    assert [row.split(" Việc khác")[0] for row in rows] == ["Nhiệm vụ 2.1.3", "2.1.3 · 2025"]
    assert "cùng 2 lượt chưa có báo cáo" in rows[0]


def test_what_is_published_already_leads_to_its_task():
    html = shown(BEFORE, [*NOW, ONE_MORE])
    assert re.findall(r'data-go href="([^"]+)"', html) == ["nhiem-vu?ma=2.1.1#nam-2026", "nhiem-vu?ma=2.1.2#nam-2025"]


def test_a_model_and_another_order_are_rows_too():
    first, second = TASKS.strip().split("\n")[-2:]
    swapped = TASKS.replace(first, "@").replace(second, first).replace("@", second)
    rows = table_rows(shown([], [swapped, models("Bản sạch | 2026")]))
    assert rows[0] == "Thứ tự trong sổ Thứ tự trước: 2.1.1, 2.1.2 → nay: 2.1.2, 2.1.1"
    assert rows[1] == "Mô hình “Bản sạch” năm 2026 Mới"


def many(count: int, status: str) -> list[str]:
    tasks = [f"2.1.{n} | 2.1 | Việc {n} | Công đoàn | | Trong năm 2024" for n in range(count)]
    header = TASKS.strip().split("\n")[:2]
    return ["\n".join([*header, *tasks]) + "\n", progress(*(f"2.1.{n} | 2024 | | {status}" for n in range(count)))]


def test_a_long_comparison_is_cut_and_the_rest_counted():
    count = comparison.CHANGES_SHOWN + 37
    html = shown(many(count, "Đang thực hiện"), many(count, "Chưa thực hiện"))
    assert len(table_rows(html)) == comparison.CHANGES_SHOWN
    assert "Còn 37 thay đổi nữa không hiện ở đây." in html
    assert f"và {count - comparison.ALARMS_SHOWN} chỗ nữa" in html
    few = shown(many(3, "Đang thực hiện"), many(3, "Chưa thực hiện"))
    assert "Còn " not in few
    assert "chỗ nữa" not in few


def test_text_of_a_workbook_is_never_markup():
    hostile = [
        TASKS.replace("Tuyên truyền", HOSTILE),
        progress(f"2.1.1 | 2024 | | Đang thực hiện | | | {HOSTILE} | {HOSTILE} | {HOSTILE} | {HOSTILE}"),
        models(f"{HOSTILE} | 2025 | | | | {HOSTILE} | 01/03/2025 | | {HOSTILE}"),
    ]
    for html in (shown([], hostile), shown(hostile, [])):
        assert "&lt;img" in html
        assert "<img" not in html
        assert "{{ 7*7 }}" in html
