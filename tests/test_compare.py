"""Comparing two workbooks: by task and year, never by row; as data first, then in words."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import compare
from lib.compare import EMPTY, ChangeKind, Snapshot, Subject
from lib.compare.excerpts import LIMIT, excerpts
from lib.compare.sentences import title
from lib.compare.snapshot import ORDERED, RECORDS, Model, Occurrence, PlanFacts, Section, Task, Unit
from lib.schema import Report
from lib.text import fold
from tests.test_properties import workbooks
from tests.workbooks import INFO, PROGRESS_HEADER, SECTIONS, TASKS, UNITS, models, progress, register

DAY = dt.date(2026, 3, 1)


def said(before: list[str], now: list[str]) -> list[str]:
    """The sentences for what differs between the ordinary workbook with `before` sheets and with `now`."""
    return [compare.sentence(change) for change in compared(before, now).changes]


def compared(before: list[str], now: list[str]) -> compare.Comparison:
    return compare.compare(compare.snapshot(register(*before)), compare.snapshot(register(*now)))


# Any snapshots at all, keys taken from few so that two of them meet.

CODES = st.sampled_from(["1", "2.1", "2.2", "III", "a b", ""])
NAMES = st.sampled_from(["Thanh tra Ban", "Văn phòng", "văn phòng", "Công đoàn", "-"])
WORDS = st.sampled_from(["", "Đã họp", "Đã\nhọp", "<b>"])
DAYS = st.none() | st.sampled_from([DAY, dt.date(2025, 12, 31), dt.date(2024, 2, 29)])
LEADS = st.lists(NAMES, max_size=2, unique=True).map(tuple)
YEARS = st.integers(2022, 2024)


def occurrence(planned, own, status, percent, day, text, lead):
    return Occurrence(planned, own, own or planned, status, percent, day, text, text, text, text, day, lead, lead)


OCCURRENCES = st.builds(
    occurrence, DAYS.filter(bool), DAYS, st.sampled_from(Report), st.none() | st.floats(0, 100), DAYS, WORDS, LEADS
)
FACTS = st.builds(
    PlanFacts, **dict.fromkeys(PlanFacts._fields, WORDS) | {"model_target": st.integers(0, 3), "issued_on": DAYS}
)
RECORD_STRATEGIES = {
    Subject.PLAN: st.dictionaries(st.just(""), FACTS, max_size=1),
    Subject.SECTION: st.dictionaries(CODES, st.builds(Section, WORDS), max_size=4),
    Subject.UNIT: st.dictionaries(NAMES, st.builds(Unit, NAMES, NAMES, NAMES, NAMES | st.just(""), LEADS), max_size=4),
    Subject.TASK: st.dictionaries(
        CODES,
        st.builds(Task, CODES, WORDS, WORDS, LEADS, LEADS, WORDS, WORDS, st.none() | YEARS, st.none() | YEARS),
        max_size=4,
    ),
    Subject.OCCURRENCE: st.dictionaries(st.tuples(CODES, YEARS), OCCURRENCES, max_size=6),
    Subject.MODEL: st.dictionaries(
        st.tuples(NAMES, YEARS),
        st.builds(Model, NAMES, WORDS, WORDS, LEADS, WORDS, DAYS, DAYS, WORDS, WORDS, WORDS),
        max_size=3,
    ),
}


@st.composite
def snapshots(draw):
    records = {subject: draw(strategy) for subject, strategy in RECORD_STRATEGIES.items()}
    orders = {subject: tuple(draw(st.permutations(list(records[subject])))) for subject in ORDERED}
    return Snapshot(records, orders)


@given(snapshots())
def test_compared_with_itself_nothing_differs(found):
    assert compare.compare(found, found).empty


@settings(max_examples=300)
@given(snapshots(), snapshots())
def test_the_changes_applied_to_the_first_give_the_second(previous, current):
    comparison = compare.compare(previous, current)
    assert compare.apply(previous, comparison) == current
    assert comparison.empty == (previous == current)


@given(snapshots(), snapshots())
def test_every_change_has_a_sentence_and_nothing_is_told_as_becoming_itself(previous, current):
    comparison = compare.compare(previous, current)
    assert compare.headline(comparison)
    for change in comparison.changes:
        assert compare.sentence(change).endswith(".")
        assert all(old != new for _, old, new in compare.spoken(change))


@settings(max_examples=25)
@given(workbooks(), workbooks())
def test_whole_workbooks_lead_from_one_to_the_other(before, now):
    previous, current = compare.snapshot(register(*before)), compare.snapshot(register(*now))
    assert compare.compare(previous, previous).empty
    assert compare.apply(previous, compare.compare(previous, current)) == current


@settings(max_examples=25)
@given(workbooks())
def test_no_occurrence_is_lost_on_the_way_into_a_snapshot(sheets):
    plan = register(*sheets)
    found = compare.snapshot(plan)
    assert set(found.occurrences) == set(plan.planned[["task", "year"]].itertuples(index=False, name=None))
    assert len(found.models) == len(plan.models)
    assert (
        sum(each.status != Report.NONE for each in found.occurrences.values()) == (plan.progress["status"] != "").sum()
    )


def test_nothing_before_makes_everything_new():
    current = compare.snapshot(register())
    comparison = compare.compare(EMPTY, current)
    assert {change.kind for change in comparison.changes} == {ChangeKind.ADDED}
    assert len(comparison.changes) == sum(len(current.records[subject]) for subject in Subject)
    assert compare.apply(EMPTY, comparison) == current


def test_two_records_under_one_key_are_refused_aloud():
    plan = register(progress("2.1.1 | 2024 | | Đang thực hiện"))
    doubled = plan.progress.loc[[0, 0]]
    with pytest.raises(ValueError, match=r"2\.1\.1"):
        compare.snapshot(
            type(plan)(plan.plan, plan.sections, plan.units, plan.tasks, plan.timings, doubled, plan.models)
        )


ONE, TWO = "2.1.1 | 2024 | | Đang thực hiện | 60", "2.1.2 | 2025 | | Chưa thực hiện | 0"


def test_the_order_of_rows_and_their_sheet_do_not_matter():
    by_year = f"# Tiến độ 2024\n{PROGRESS_HEADER}\n{ONE}\n\n# Tiến độ 2025\n{PROGRESS_HEADER}\n{TWO}"
    assert said([progress(ONE, TWO)], [progress(TWO, ONE)]) == []
    assert said([progress(ONE, TWO)], [progress(), by_year]) == []


def test_another_spelling_of_the_same_unit_or_state_is_no_change():
    assert said([], [TASKS.replace("| Thanh tra Ban |", "| TTB |")]) == []
    lead = ["2.1.1 | 2024 | | {} | 60 | | | | | | 01/10/2024 | {}"]
    before = [progress(lead[0].format("Đang thực hiện", "VP; TTB"))]
    assert said(before, [progress(lead[0].format("Đang triển khai", "Văn phòng, Thanh tra Ban"))]) == []


def test_a_row_that_reports_nothing_is_no_change():
    assert said([], [progress("2.1.1 | 2024 | | ")]) == []


def test_a_renamed_unit_is_told_once_and_still_leads_its_tasks():
    renamed = UNITS.replace("Thanh tra Ban | | TTB", "Thanh tra Sở | Thanh tra Ban | TTB")
    found = compared([], [renamed])
    assert {change.subject for change in found.changes} == {Subject.UNIT}
    assert found.renamed == (("Thanh tra Ban", "Thanh tra Sở"),)
    assert compare.headline(found) == "1 đơn vị thêm, 1 đơn vị mất, không mất nhiệm vụ nào"


def test_units_of_punctuation_alone_are_told_apart():
    found = compare.snapshot(register(UNITS + "-\n-\n"))
    assert len(found.records[Subject.UNIT]) == 8


def test_a_report_is_told_in_the_words_of_the_sheet():
    before = [progress("2.1.1 | 2026 | | Đang thực hiện | 60")]
    now = [progress("2.1.1 | 2026 | | Hoàn thành | 60 | 15/11/2026")]
    assert said(before, now) == [
        "2.1.1 năm 2026: Trạng thái Đang thực hiện → Hoàn thành; Ngày hoàn thành → 15/11/2026."
    ]


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("| | Đang thực hiện | 60", "| | Đang thực hiện | 80,5", "Tỷ lệ (%) 60% → 80,5%"),
        ("| | Đang thực hiện", "| | ", "Trạng thái Đang thực hiện → Chưa có báo cáo"),
        ("| | Đang thực hiện | | | Đã họp", "| | Đang thực hiện", "Kết quả, sản phẩm Đã họp → để trống"),
        ("| | Đang thực hiện", "| 30/6/2027 | Đang thực hiện", "Hạn hoàn thành 31/12/2026 → 30/06/2027"),
        (
            "| | Đang thực hiện",
            "| 31/12/2026 | Đang thực hiện",
            "Hạn hoàn thành ghi ở Tiến độ → 31/12/2026",
        ),
        (
            "| | Đang thực hiện",
            "| | Đang thực hiện | | | | | | | | Văn phòng",
            "Phòng tham mưu Thanh tra Ban → Văn phòng",
        ),
    ],
)
def test_each_field_is_told_once_by_what_counts(before, now, words):
    assert said([progress(f"2.1.1 | 2026 {before}")], [progress(f"2.1.1 | 2026 {now}")]) == [
        f"2.1.1 năm 2026: {words}."
    ]


def test_a_lead_for_what_nobody_led():
    before = TASKS.replace("| Lãnh đạo Ban, Công đoàn | Văn phòng |", "| Lãnh đạo Ban, Công đoàn | |")
    assert said([before], []) == ["Nhiệm vụ 2.1.2: Phòng tham mưu chưa giao → Văn phòng."] + [
        f"2.1.2 năm {year}: Phòng tham mưu chưa giao → Văn phòng." for year in range(2022, 2027)
    ]


def test_new_words_for_time_change_the_task_and_each_due_day():
    now = TASKS.replace("Thanh tra Ban | thường xuyên", "Thanh tra Ban | trước 30/6 hằng năm")
    sentences = said([], [now])
    assert sentences[0] == "Nhiệm vụ 2.1.1: Thời gian thực hiện thường xuyên → trước 30/6 hằng năm."
    assert sentences[1:] == [
        f"2.1.1 năm {year}: Hạn hoàn thành 31/12/{year} → 30/06/{year}." for year in range(2022, 2027)
    ]


def test_the_plans_facts_are_told_by_their_keys():
    now = INFO + "Chỉ tiêu mô hình mỗi năm | 2\nHạn đăng ký mô hình | 30/4\nTính chất số liệu | Minh họa\n"
    assert said([], [now]) == [
        "Thông tin: Chỉ tiêu mô hình mỗi năm 1 → 2; Hạn đăng ký mô hình 31/03 → 30/04; "
        "Tính chất số liệu Chính thức → Minh họa."
    ]


def test_added_and_vanished_records_say_what_they_held():
    model = models("Bản sạch, nhà đẹp | 2026 | Kinh tế | | Văn phòng | | 01/03/2026")
    held = "Lĩnh vực Kinh tế; Đơn vị phụ trách Văn phòng; Ngày đăng ký 01/03/2026."
    assert said([], [model]) == [f"Thêm mô hình “Bản sạch, nhà đẹp” năm 2026: {held}"]
    assert said([model], []) == [f"Không còn mô hình “Bản sạch, nhà đẹp” năm 2026: {held}"]


def test_a_model_written_otherwise_is_the_same_model():
    assert said([models("Bản sạch | 2026")], [models("BẢN SẠCH. | 2026")]) == [
        "Mô hình “BẢN SẠCH.” năm 2026: Tên mô hình Bản sạch → BẢN SẠCH.."
    ]


def test_another_order_of_tasks_is_one_change():
    first, second = TASKS.strip().split("\n")[-2:]
    swapped = TASKS.replace(first, "@").replace(second, first).replace("@", second)
    assert said([], [swapped]) == ["Thứ tự nhiệm vụ ở trang Nhiệm vụ: 2.1.1, 2.1.2 → 2.1.2, 2.1.1."]
    assert compare.headline(compared([], [swapped])) == "đổi thứ tự nhiệm vụ, không mất nhiệm vụ nào"


def test_a_task_put_between_others_is_no_change_of_order():
    first = TASKS.strip().split("\n")[-2]
    added = TASKS.replace(first, f"{first}\n2.1.1b | 2.1 | Việc mới | Công đoàn | | Trong năm 2024")
    assert [change.kind for change in compared([], [added]).changes] == [ChangeKind.ADDED] * 2


def test_what_vanished_is_read_first_then_occurrences_by_section_then_the_rest():
    before = [SECTIONS, TASKS + "2.1.3 | 2.1 | Việc cũ | Công đoàn | | Trong năm 2024\n"]
    now = [
        SECTIONS.replace("Nhiệm vụ chung", "Nhiệm vụ khác"),
        TASKS + "2.1.4 | 1 | Việc mới | Công đoàn | | Trong năm 2024\n",
        progress("2.1.1 | 2024 | | Đang thực hiện", "1 | 2022 | | Đang thực hiện"),
        models("Bản sạch | 2026"),
    ]
    changes = compared(before, now).changes
    assert [(change.kind, change.key) for change in changes] == [
        ("removed", "2.1.3"),
        ("added", "2.1.4"),
        ("changed", ("1", 2022)),
        ("added", ("2.1.4", 2024)),
        ("changed", ("2.1.1", 2024)),
        ("removed", ("2.1.3", 2024)),
        ("added", (fold("Bản sạch"), 2026)),
        ("changed", "2.1"),
    ]


def test_the_headline_counts():
    before = [TASKS + "2.1.3 | 2.1 | Việc cũ | Công đoàn | | Trong năm 2024\n"]
    now = [progress("2.1.1 | 2024 | | Đang thực hiện", "1 | 2022 | | Đang thực hiện"), models("Bản sạch | 2026")]
    assert compare.headline(compared([], now)) == "2 lượt đổi, 1 mô hình thêm, không mất nhiệm vụ nào"
    assert compare.headline(compared(before, [])) == "1 lượt mất, mất 1 nhiệm vụ"
    assert compare.headline(compared(now, now)) == "không có gì thay đổi"


LONG = "Đã " + "tổ chức tuyên truyền cho đồng bào các thôn " * 20


def test_a_long_text_is_shortened_around_what_differs_and_kept_whole_in_the_data():
    before = [progress(f"2.1.1 | 2026 | | Đang thực hiện | | | {LONG} tại 12 thôn của xã {LONG}")]
    now = [progress(f"2.1.1 | 2026 | | Đang thực hiện | | | {LONG} tại 15 thôn của xã {LONG}")]
    found = compared(before, now)
    [(_, old, new)] = compare.spoken(found.changes[0])
    assert old == "… đồng bào các thôn tại 12 thôn của xã Đã tổ chức …"
    assert new == "… đồng bào các thôn tại 15 thôn của xã Đã tổ chức …"
    assert len(found.changes[0].fields[0].new) > len(LONG)


def test_texts_that_differ_in_spaces_alone_say_so():
    assert excerpts("Đã họp", "Đã\nhọp") == ("Đã họp", "Đã họp (chỉ khác khoảng trắng hoặc xuống dòng)")


@given(st.lists(st.sampled_from(["a", "bb", "ccc", "x" * 200]), max_size=60), st.data())
def test_excerpts_of_different_texts_are_short_and_differ(words, data):
    place = data.draw(st.integers(0, len(words)))
    old, new = " ".join(words), " ".join([*words[:place], "khác", *words[place:]])
    before, now = excerpts(old, new)
    assert before != now
    assert max(len(before), len(now)) <= LIMIT + 10


def test_fields_of_every_record_have_a_title():
    for subject, record in RECORDS.items():
        for name in record._fields:
            assert title(subject, name)
