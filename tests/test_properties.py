"""What holds for any workbook: the counts add up, nothing is lost, and nothing but a day is guessed."""

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import summary
from lib.status import occurrences
from lib.words import Look, State
from tests.workbooks import SECTIONS, UNITS, read, register

TIMES = ["thường xuyên", "Trong năm 2023", "trước 31/3 hằng năm", "quý II/2024", "2023 - 2025", "", "15/12 hằng năm"]
LEADS = ["", "TTB", "VP; TTB", "Các phòng thuộc Ban", "Phòng Chính sách, CĐ", "-"]
STATES = ["", "Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Tạm hoãn"]
DAYS = st.dates(dt.date(2021, 12, 1), dt.date(2027, 2, 1))
PROGRESS_HEADER = "Mã nhiệm vụ | Năm | Trạng thái | Ngày hoàn thành | Hạn hoàn thành | Ngày cập nhật"
written = DAYS.map("{:%d/%m/%Y}".format)


@st.composite
def workbooks(draw):
    """A workbook without errors, as its `Nhiệm vụ`, `Tiến độ` and `Mô hình` sheets."""
    times = draw(st.lists(st.sampled_from(TIMES), max_size=6))
    tasks = [
        f"2.1.{number} | {draw(st.sampled_from(['1', '2.1']))} | Việc | {draw(st.sampled_from(LEADS))} | "
        f"{draw(st.sampled_from(LEADS))} | {time}"
        for number, time in enumerate(times)
    ]
    header = "Mã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện"
    sheet = "\n".join(["# Nhiệm vụ", header, *tasks]) + "\n"
    planned = register(sheet).planned[["task", "year"]].itertuples(index=False)
    rows = [draw(reports(task, year)) for task, year in planned if draw(st.booleans())]
    models = [f"Mô hình {number} | {year} | {draw(written)}" for number, year in enumerate(draw(years))]
    return (
        sheet,
        "\n".join(["# Tiến độ", PROGRESS_HEADER, *rows]),
        "\n".join(["# Mô hình", "Tên mô hình | Năm | Ngày đăng ký", *models]),
    )


years = st.lists(st.integers(2022, 2026), max_size=4)


@st.composite
def reports(draw, task, year):
    status = draw(st.sampled_from(STATES))
    completed = draw(written) if status == "Hoàn thành" else ""
    due = draw(st.one_of(st.just(""), written, st.just("29/2")))
    return f"{task} | {year} | {status} | {completed} | {due} | {draw(written)}"


@settings(max_examples=60)
@given(workbooks(), DAYS)
def test_the_counts_add_up(sheets, as_of):
    plan = register(*sheets)
    frame = occurrences(plan, as_of)
    overall = summary.counts(frame)
    assert overall["total"] == len(frame) == len(plan.planned)
    assert overall["total"] == sum(overall[state] for state in State)
    assert overall["total"] == sum(summary.looks(frame).values())
    for table in (summary.by_year(frame, plan), summary.by_section(frame, plan)):
        assert table["total"].sum() == overall["total"]
        assert table["overdue"].sum() == overall["overdue"]
        assert table["longest_overdue_days"].max() == overall["longest_overdue_days"]
    assert overall["no_report"] <= overall["within"] + overall["overdue"]


@settings(max_examples=60)
@given(workbooks(), DAYS)
def test_by_department_every_occurrence_is_somebodys_or_nobodys(sheets, as_of):
    plan = register(*sheets)
    frame = occurrences(plan, as_of)
    table = summary.by_department(frame, plan)
    assert table["total"].sum() == sum(max(1, len(units)) for units in frame["lead_units"])
    assert (table["total"] > 0).all()
    for unit, row in table.iterrows():
        alone = summary.counts(summary.select(frame, units=[unit]))
        assert {key: row[key] for key in summary.COUNT_KEYS if key != "completion_rate"} == {
            key: alone[key] for key in summary.COUNT_KEYS if key != "completion_rate"
        }


@settings(max_examples=60)
@given(workbooks(), DAYS)
def test_looks_are_the_states_told_apart(sheets, as_of):
    frame = occurrences(register(*sheets), as_of)
    for look in (Look.DONE_ON_TIME, Look.DONE_LATE, Look.OVERDUE, Look.SUSPENDED):
        pd.testing.assert_series_equal(frame["look"] == look, frame["state"] == look, check_names=False)
    assert (frame.loc[frame["look"] == Look.DUE_SOON, "due_soon"]).all()
    assert frame.loc[frame["look"] == Look.NO_REPORT, "no_report"].all()


@settings(max_examples=60)
@given(workbooks(), DAYS)
def test_models_are_registered_before_they_are_evaluated(sheets, as_of):
    table = summary.dan_van_kheo(register(*sheets), as_of)
    assert (table["registered_on_time"] <= table["registered"]).all()
    assert (table["evaluated"] <= table["registered"]).all()
    assert (table.loc[table.index > as_of.year, "state"] == "upcoming").all()


@settings(max_examples=40)
@given(workbooks(), DAYS, st.integers(1, 400))
def test_what_is_done_stays_done_and_what_is_overdue_stays_open_or_late(sheets, as_of, days):
    plan = register(*sheets)
    before = occurrences(plan, as_of)["state"]
    after = occurrences(plan, as_of + dt.timedelta(days=days))["state"]
    done = before.isin([State.DONE_ON_TIME, State.DONE_LATE])
    assert (before[done] == after[done]).all()
    assert after[before == State.OVERDUE].isin([State.OVERDUE, State.DONE_LATE]).all()


def test_the_ordinary_sheets_of_these_tests_are_sound():
    assert read(SECTIONS, UNITS).problems == ()
