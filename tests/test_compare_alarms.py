"""What must be looked at again before it is published: each kind of alarm, what it says, and what raises none."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import compare
from lib.compare import EMPTY, Alarm, AlarmKind, Subject
from lib.compare.standing import state
from lib.schema import Report
from lib.status import occurrences
from tests.test_properties import DAYS, workbooks
from tests.workbooks import INFO, TASKS, UNITS, models, progress, register

AS_OF = dt.date(2026, 11, 22)


def raised(before: list[str], now: list[str], as_of: dt.date = AS_OF) -> tuple[Alarm, ...]:
    """The alarms between the ordinary workbook with `before` sheets and with `now`."""
    previous, current = compare.snapshot(register(*before)), compare.snapshot(register(*now))
    return compare.alarms(previous, current, compare.compare(previous, current), as_of)


def sentences(before: list[str], now: list[str], kind: AlarmKind) -> list[str]:
    """Those of one kind; at least the kinds must be right, so no other may be there."""
    found = raised(before, now)
    assert {alarm.kind for alarm in found} <= {kind}
    return [alarm.sentence for alarm in found]


def reports(*rows: str) -> list[str]:
    return [progress(*rows)]


@settings(max_examples=40)
@given(workbooks(), DAYS)
def test_the_state_of_one_occurrence_is_that_of_the_table(sheets, as_of):
    plan = register(*sheets)
    found = compare.snapshot(plan).occurrences
    for row in occurrences(plan, as_of).itertuples():
        one = found[row.task, row.year]
        assert state(one, row.year, as_of) == row.state
        assert (one.due_on, list(one.lead_units)) == (row.due_on.date(), row.lead_units)


@settings(max_examples=30)
@given(workbooks(), workbooks(), DAYS)
def test_alarms_rest_on_changes_and_the_same_raises_none(before, now, as_of):
    previous, current = compare.snapshot(register(*before)), compare.snapshot(register(*now))
    comparison = compare.compare(previous, current)
    for alarm in compare.alarms(previous, current, comparison, as_of):
        assert alarm.sentence.endswith(".")
        assert alarm.changes
        assert set(map(id, alarm.changes)) <= set(map(id, comparison.changes))
    assert compare.alarms(current, current, compare.compare(current, current), as_of) == ()


def test_before_anything_was_published_nothing_can_have_become_worse():
    current = compare.snapshot(register(*reports("2.1.1 | 2024 | | Hoàn thành | 100 | 01/12/2024")))
    assert compare.alarms(EMPTY, current, compare.compare(EMPTY, current), AS_OF) == ()


def test_states_are_told_of_the_day_the_snapshots_were_made_for():
    plan, moved = register(), register(*reports("2.1.1 | 2025 | 30/06/2027"))
    previous, current = compare.snapshot(plan, AS_OF), compare.snapshot(moved, AS_OF)
    comparison = compare.compare(previous, current)
    assert compare.alarms(previous, current, comparison) == compare.alarms(previous, current, comparison, AS_OF)
    undated = compare.snapshot(moved)
    with pytest.raises(ValueError, match="day"):
        compare.alarms(compare.snapshot(plan), undated, comparison)


# Deadlines


def test_a_deadline_moved_later_says_what_it_hides():
    before, now = "2.1.1 | 2025 | | Đang thực hiện", "2.1.1 | 2025 | 30/06/2027 | Đang thực hiện"
    assert sentences(reports(before), reports(now), AlarmKind.DEADLINE_LATER) == [
        "2.1.1, năm 2025: Hạn hoàn thành 31/12/2025 → 30/06/2027. Hạn theo kế hoạch: 31/12/2025. "
        "Việc đang quá hạn 326 ngày sẽ thành trong hạn."
    ]


def test_a_deadline_moved_earlier_is_no_alarm():
    assert raised([], reports("2.1.1 | 2026 | 30/11/2026")) == ()


EVERY_JUNE = TASKS.replace("Thanh tra Ban | thường xuyên", "Thanh tra Ban | trước 30/6 hằng năm")
WITH_DUE = TASKS.replace("Thời gian thực hiện", "Thời gian thực hiện | Hạn")


@pytest.mark.parametrize(
    ("before", "now"),
    [(EVERY_JUNE, TASKS), (WITH_DUE.replace("Ban | thường xuyên", "Ban | thường xuyên | 30/6"), WITH_DUE)],
    ids=["Thời gian thực hiện", "Hạn"],
)
def test_the_plan_itself_may_move_deadlines(before, now):
    found = sentences([before], [now], AlarmKind.DEADLINE_LATER)
    assert len(found) == 5
    assert found[3] == (
        "2.1.1, năm 2025: Hạn hoàn thành 30/06/2025 → 31/12/2025. Hạn theo trang Nhiệm vụ: 30/06/2025 → 31/12/2025. "
        "Việc đang quá hạn 510 ngày sẽ thành quá hạn 326 ngày."
    )


def test_work_put_off_to_a_later_year_is_a_deadline_moved():
    now = TASKS.replace("Trong năm 2022", "Trong năm 2026")
    assert sentences([], [now], AlarmKind.DEADLINE_LATER) == [
        "1, năm 2022: Hạn hoàn thành 31/12/2022 → 31/12/2026. "
        "Lượt năm 2022 đang quá hạn 1.422 ngày không còn, thay bằng lượt năm 2026."
    ]


MODEL = models("Bản sạch | 2025 | | | | | 10/04/2025 | 01/12/2025")


def test_a_later_day_for_registering_models_says_which_years_profit():
    now = [MODEL, INFO + "Hạn đăng ký mô hình | 30/4\n"]
    assert sentences([MODEL], now, AlarmKind.DEADLINE_LATER) == [
        "Mô hình “Dân vận khéo”, các năm 2022-2026: Hạn đăng ký mô hình 31/03 → 30/04. Tính đến 22/11/2026: "
        "năm 2025 từ thiếu đăng ký đúng hạn (0/1 mô hình) thành đạt chỉ tiêu."
    ]
    assert raised(now, [MODEL]) == ()


def test_a_lower_target_is_told_and_a_higher_one_not():
    higher = [INFO + "Chỉ tiêu mô hình mỗi năm | 3\n"]
    found = sentences(higher, [], AlarmKind.TARGET_LOWERED)
    assert len(found) == 1
    assert found[0].startswith("Mô hình “Dân vận khéo”, các năm 2022-2026: Chỉ tiêu mô hình mỗi năm 3 → 1.")
    assert raised([], higher) == ()


# What was reported


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        (
            "Hoàn thành | 100 | 01/12/2025 | | CV 1",
            "Đang thực hiện | | | | CV 1",
            "Việc đã hoàn thành đúng hạn sẽ thành quá hạn 326 ngày.",
        ),
        (
            "Hoàn thành | 100 | 01/12/2025 | | CV 1",
            "Tạm hoãn | | | | CV 1",
            "Việc đã hoàn thành đúng hạn sẽ thành tạm hoãn.",
        ),
        ("Đang thực hiện", "Chưa thực hiện", "Tính đến 22/11/2026, việc vẫn quá hạn 326 ngày."),
        ("Chưa thực hiện", "", "Tính đến 22/11/2026, việc vẫn quá hạn 326 ngày."),
    ],
)
def test_a_status_that_goes_backwards(old, new, effect):
    before, now = (reports(f"2.1.1 | 2025 | | {each}") for each in (old, new))
    words = [each.split("|")[0].strip() or "Chưa có báo cáo" for each in (old, new)]
    assert sentences(before, now, AlarmKind.STATUS_BACKWARDS) == [
        f"2.1.1, năm 2025: Trạng thái {words[0]} → {words[1]}. {effect}"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "Chưa thực hiện"),
        ("Chưa thực hiện", "Đang thực hiện"),
        ("Đang thực hiện", "Hoàn thành | 100 | 01/11/2026 | | CV 1"),
        ("Tạm hoãn", "Chưa thực hiện"),
        ("Đang thực hiện", "Tạm hoãn"),
    ],
)
def test_work_that_goes_on_raises_nothing(old, new):
    assert raised(reports(f"2.1.1 | 2026 | | {old}"), reports(f"2.1.1 | 2026 | | {new}")) == ()


def test_newly_done_without_a_document():
    now = reports("2.1.1 | 2025 | | Hoàn thành | 100 | 01/02/2026")
    assert sentences(reports("2.1.1 | 2025 | | Đang thực hiện"), now, AlarmKind.DONE_WITHOUT_DOCUMENT) == [
        "2.1.1, năm 2025: Trạng thái Đang thực hiện → Hoàn thành. "
        "Việc đang quá hạn 326 ngày sẽ thành hoàn thành quá hạn 32 ngày."
    ]
    assert raised(now, now) == ()


def test_the_document_of_what_is_done_taken_away():
    row = "2.1.1 | 2025 | | Hoàn thành | 100 | 01/12/2025 | | {}"
    found = sentences(reports(row.format("CV 1")), reports(row.format("")), AlarmKind.DONE_WITHOUT_DOCUMENT)
    assert found[0].startswith("2.1.1, năm 2025: Văn bản minh chứng CV 1 → để trống.")


def test_a_day_of_completion_moved_earlier_so_that_late_is_on_time():
    row = "2.1.1 | 2025 | | Hoàn thành | 100 | {} | | CV 1"
    late, on_time, later = (reports(row.format(day)) for day in ("12/01/2026", "31/12/2025", "05/01/2026"))
    assert sentences(late, on_time, AlarmKind.COMPLETED_EARLIER) == [
        "2.1.1, năm 2025: Ngày hoàn thành 12/01/2026 → 31/12/2025. "
        "Việc đã hoàn thành quá hạn 12 ngày sẽ thành hoàn thành đúng hạn."
    ]
    assert raised(late, later) == raised(on_time, late) == ()


def test_suspending_what_is_overdue():
    now = reports("2.1.1 | 2025 | | Tạm hoãn | | | | CV 1")
    assert sentences(reports("2.1.1 | 2025 | | Đang thực hiện"), now, AlarmKind.SUSPENDED_OVERDUE) == [
        "2.1.1, năm 2025: Trạng thái Đang thực hiện → Tạm hoãn. Việc đang quá hạn 326 ngày sẽ thành tạm hoãn."
    ]


# Leads


def test_another_lead_is_told_once_for_the_years_of_a_task():
    now = [TASKS.replace("| Thanh tra Ban |", "| Văn phòng |")]
    assert sentences([], now, AlarmKind.LEAD_CHANGED) == [
        "2.1.1, năm 2022, 2023, 2024, 2025, 2026: Phòng tham mưu Thanh tra Ban → Văn phòng. "
        "4 lượt đang quá hạn sẽ tính cho: Văn phòng."
    ]


def test_another_lead_for_one_year():
    now = reports("2.1.1 | 2026 | | Đang thực hiện | | | | | | | | VP")
    assert sentences(reports("2.1.1 | 2026 | | Đang thực hiện"), now, AlarmKind.LEAD_CHANGED) == [
        "2.1.1, năm 2026: Phòng tham mưu Thanh tra Ban → Văn phòng. "
        "Không lượt nào trong đó đang quá hạn; từ nay tính cho: Văn phòng."
    ]


def test_a_lead_where_there_was_none_and_the_same_leads_in_another_order_are_no_alarm():
    nobody = [TASKS.replace("| Thanh tra Ban |", "| |")]
    two, turned = ([TASKS.replace("| Thanh tra Ban |", f"| {leads} |")] for leads in ("TTB; VP", "VP; TTB"))
    assert raised(nobody, []) == raised(two, turned) == ()


def test_a_unit_that_only_changed_its_name_leads_as_before():
    assert raised([], [UNITS.replace("Thanh tra Ban | | TTB", "Thanh tra Sở | Thanh tra Ban | TTB")]) == ()


def test_departments_merged_into_one_lead_as_before():
    merged = UNITS.replace("Thanh tra Ban | | TTB", "Văn phòng Sở | Thanh tra Ban; Văn phòng | TTB; VP")
    merged = merged.replace("Văn phòng | | VP | |\n", "").replace("Thanh tra Ban; Văn phòng; Phòng", "TTB; Phòng")
    assert raised([], [merged]) == ()


# What is gone


def test_a_vanished_task_counts_what_is_lost_with_it():
    before = [TASKS, *reports("2.1.2 | 2024 | | Đang thực hiện")]
    now = [TASKS.replace("2.1.2 | 2.1 | Đào tạo cán bộ | Lãnh đạo Ban, Công đoàn | Văn phòng | thường xuyên\n", "")]
    assert sentences(before, now, AlarmKind.TASK_VANISHED) == [
        "Nhiệm vụ 2.1.2: “Đào tạo cán bộ” không còn trong sổ. Mất 5 lượt (năm 2022, 2023, 2024, 2025, 2026), "
        "trong đó 1 lượt đã có báo cáo, 4 lượt đang quá hạn."
    ]


def test_a_year_with_a_report_gone_from_a_task_that_stays():
    late, on_time = "Trong năm 2026", "Trong năm 2024"
    two_years = TASKS.replace("Trong năm 2022", "2023 - 2024")
    before = [two_years, *reports("1 | 2023 | | Hoàn thành | 100 | 01/12/2023 | | CV 1")]
    found = sentences(before, [TASKS.replace("Trong năm 2022", on_time)], AlarmKind.TASK_VANISHED)
    assert found == ["1, năm 2023: Lượt không còn trong sổ. Trạng thái: Hoàn thành."]
    kinds = {alarm.kind for alarm in raised(before, [TASKS.replace("Trong năm 2022", late)])}
    assert kinds == {AlarmKind.TASK_VANISHED, AlarmKind.DEADLINE_LATER}


def test_overdue_work_that_is_simply_dropped():
    two_years, one_year = (TASKS.replace("Trong năm 2022", years) for years in ("2022 - 2024", "2024"))
    assert sentences([two_years], [one_year], AlarmKind.TASK_VANISHED) == [
        f"1, năm {year}: Lượt đang quá hạn {days} ngày không còn trong sổ. Trạng thái: Chưa có báo cáo."
        for year, days in ((2022, "1.422"), (2023, "1.057"))
    ]


def test_a_registered_model_gone():
    assert sentences([MODEL], [models()], AlarmKind.TASK_VANISHED) == [
        "Mô hình “Bản sạch” năm 2025: Mô hình đã đăng ký ngày 10/04/2025 không còn trong sổ. Không năm nào đổi kết quả."
    ]
    assert raised([models("Bản sạch | 2025")], [models()]) == ()


# A column sorted alone

COUNT = 12


def many_tasks(contents: list[str]) -> str:
    rows = [f"2.1.{number} | 2.1 | {words} | Công đoàn | | thường xuyên" for number, words in enumerate(contents)]
    return "\n".join([*TASKS.strip().split("\n")[:2], *rows]) + "\n"


CONTENTS = [f"{word} số {number}" for number, word in enumerate(["Tuyên truyền", "Đào tạo", "Kiểm tra", "Báo cáo"] * 3)]
PLAIN_TASKS = many_tasks(CONTENTS)


def sorted_columns(before: list[str], now: list[str]) -> list[str]:
    return [alarm.where for alarm in raised(before, now) if alarm.kind == AlarmKind.SORTED_ALONE]


@pytest.mark.parametrize(
    "moved",
    [
        sorted(CONTENTS),
        [*CONTENTS[1:], CONTENTS[0]],
        [CONTENTS[1], CONTENTS[0], *CONTENTS[2:]],
        [*sorted(CONTENTS)[:-2], "Nội dung sửa lại", "Nội dung sửa nữa"],
    ],
    ids=["sorted", "rotated", "two exchanged", "sorted beside honest edits"],
)
def test_contents_that_stand_at_other_codes(moved):
    assert sorted_columns([PLAIN_TASKS], [many_tasks(moved)]) == ["Trang Nhiệm vụ, cột Nội dung nhiệm vụ"]


def test_the_alarm_of_a_sorted_column_gives_an_example_and_what_it_does():
    rows = [f"2.1.{number} | 2026 | | {status}" for number, status in enumerate(STATUSES[:6])]
    turned = [f"2.1.{number} | 2026 | | {status}" for number, status in enumerate(sorted(STATUSES[:6]))]
    [alarm] = [
        a for a in raised([PLAIN_TASKS, *reports(*rows)], [PLAIN_TASKS, *reports(*turned)]) if a.kind == "sorted-alone"
    ]
    assert alarm.sentence == (
        "Trang Tiến độ, cột Trạng thái: 2.1.0 năm 2026, Trạng thái Tạm hoãn → Chưa thực hiện. 6 lượt đổi chỗ giá trị "
        "cho nhau: có thể cột này bị sắp xếp riêng, không kéo theo cả bảng. Tính đến 22/11/2026, 4 lượt sẽ có trạng "
        "thái khác."
    )


STATUSES = ["Tạm hoãn", "Đang thực hiện", "Chưa thực hiện", "Đang thực hiện", "Chưa thực hiện", "Tạm hoãn"] * 2
DONE_ROW = "2.1.{} | 2026 | | {} | {} | | Kết quả {} | CV {} | | | 01/10/2026"


def status_rows(statuses: list[str]) -> list[str]:
    return reports(*(DONE_ROW.format(number, status, "", number, number) for number, status in enumerate(statuses)))


def test_states_sorted_in_the_sheet_of_progress():
    before, now = status_rows(STATUSES), status_rows(sorted(STATUSES))
    assert sorted_columns([PLAIN_TASKS, *before], [PLAIN_TASKS, *now]) == ["Trang Tiến độ, cột Trạng thái"]


def test_states_sorted_beside_an_honest_edit():
    moved = sorted(STATUSES)
    moved[0] = "Đang thực hiện"
    found = sorted_columns([PLAIN_TASKS, *status_rows(STATUSES)], [PLAIN_TASKS, *status_rows(moved)])
    assert found == ["Trang Tiến độ, cột Trạng thái"]


@pytest.mark.parametrize("column", ["Tỷ lệ (%)", "Ngày cập nhật", "Kết quả, sản phẩm"])
def test_other_columns_sorted_alone(column):
    places = {"Tỷ lệ (%)": 0, "Kết quả, sản phẩm": 1, "Ngày cập nhật": 2}
    values = [
        [str(7 * number % 50), f"Đã họp lần {7 * number % 50}", f"{1 + 7 * number % 25:02d}/10/2026"]
        for number in range(COUNT)
    ]
    turned = [list(row) for row in values]
    for row, value in zip(turned, sorted(row[places[column]] for row in values), strict=True):
        row[places[column]] = value
    before, now = (
        reports(*(f"2.1.{n} | 2026 | | Đang thực hiện | {p} | | {r} | | | | {u}" for n, (p, r, u) in enumerate(rows)))
        for rows in (values, turned)
    )
    assert sorted_columns([PLAIN_TASKS, *before], [PLAIN_TASKS, *now]) == [f"Trang Tiến độ, cột {column}"]


def test_days_of_registering_models_sorted_alone():
    days = ["05/03/2025", "02/03/2025", "09/03/2025", "01/03/2025"]
    before, now = (
        models(*(f"Mô hình {n} | 2025 | | | | | {day}" for n, day in enumerate(each))) for each in (days, sorted(days))
    )
    assert sorted_columns([before], [now]) == ["Trang Mô hình, cột Ngày đăng ký"]


NEXT = {
    Report.NONE: [Report.NOT_STARTED, Report.IN_PROGRESS],
    Report.NOT_STARTED: [Report.IN_PROGRESS, Report.SUSPENDED],
    Report.IN_PROGRESS: [Report.IN_PROGRESS, Report.DONE, Report.SUSPENDED],
    Report.SUSPENDED: [Report.IN_PROGRESS],
    Report.DONE: [Report.DONE],
}


def a_month_later(found: compare.Snapshot, month: int, chosen: random.Random) -> compare.Snapshot:
    """An ordinary month: some occurrences get further, with new words and that month's days; one is put right."""
    records = dict(found.occurrences)
    for key in chosen.sample(sorted(records), k=chosen.randint(0, len(records) * 2 // 3)):
        old = records[key]
        day = dt.date(2026, month, chosen.randint(1, 28))
        status = chosen.choice(NEXT[old.status])
        done = status == Report.DONE
        records[key] = old._replace(
            status=status,
            percent=100 if done else min((old.percent or 0) + chosen.choice([0, 10, 20, 50]), 90),
            completed_on=(old.completed_on or day) if done else None,
            result=chosen.choice([old.result, "Đã họp", f"Đã làm việc {key[0]} tháng {month}"]),
            document=old.document or chosen.choice(["", f"CV {key[0]}-{month}"]),
            updated_on=day,
        )
    corrected = chosen.choice(sorted(records))
    records[corrected] = records[corrected]._replace(status=Report.IN_PROGRESS, completed_on=None)
    return compare.Snapshot({**found.records, Subject.OCCURRENCE: records}, found.orders)


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_ordinary_months_never_look_like_a_sorted_column(chosen):
    found = compare.snapshot(register(PLAIN_TASKS))
    for month in range(1, 13):
        later = a_month_later(found, month, chosen)
        kinds = {each.kind for each in compare.alarms(found, later, compare.compare(found, later), AS_OF)}
        assert AlarmKind.SORTED_ALONE not in kinds
        found = later


# How they are called


def test_kinds_have_names_and_stand_in_one_order():
    assert list(compare.NAMES) == list(AlarmKind)
    assert compare.counted(AlarmKind.DEADLINE_LATER, 1_200) == "1.200 hạn bị lùi"
    assert compare.confirmation(AlarmKind.DEADLINE_LATER, 1) == "Tôi đã xem 1 hạn bị lùi"
    before = reports("2.1.1 | 2025 | | Đang thực hiện")
    now = [TASKS.replace("| Văn phòng |", "| Thanh tra Ban |"), *reports("2.1.1 | 2025 | 30/06/2027 | Chưa thực hiện")]
    kinds = list(compare.by_kind(raised(before, now)))
    assert kinds == [AlarmKind.DEADLINE_LATER, AlarmKind.STATUS_BACKWARDS, AlarmKind.LEAD_CHANGED]
