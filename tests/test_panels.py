"""Panels: text of a workbook stays text, links say the view, long plans are paged, nothing has its page."""

import datetime as dt

import pandas as pd
import pytest
from jinja2 import UndefinedError

from lib import explain, summary
from lib.panels import address, attention, bars, frame, history, models, plan_map, rendering, tasks, tiles
from lib.panels.address import View
from lib.status import occurrences
from lib.store import Action, AuditEntry, Source, Version
from lib.store.dues import COLUMNS
from lib.theme import PAINTS
from lib.words import Look
from tests.workbooks import models as written_models
from tests.workbooks import progress, register

AS_OF = dt.date(2026, 6, 30)
AT = dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC)
NOTHING_MOVED = pd.DataFrame(columns=["task", "year", "first_due_on"]).astype(
    {"task": "str", "year": "int64", "first_due_on": "datetime64[s]"}
)
HOSTILE = '<img src=x onerror=alert(1)>"&{{ 7*7 }}'


def hostile_register():
    """A plan whose every text tries to be something else."""
    return register(
        f"""
# Nhiệm vụ
Mã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện
2.1.1 | 2.1 | {HOSTILE} | Công đoàn | Thanh tra Ban | thường xuyên
""",
        f"""
# Tiến độ
Mã nhiệm vụ | Năm | Trạng thái | Tỷ lệ (%) | Ngày hoàn thành | Kết quả, sản phẩm | Văn bản minh chứng | Ngày cập nhật
2.1.1 | 2024 | Đang thực hiện | 50 | | {HOSTILE} | {HOSTILE} | 01/10/2024
""",
        f"""
# Mô hình
Tên mô hình | Năm | Lĩnh vực | Hình thức | Đơn vị phụ trách | Địa bàn | Ngày đăng ký | Ngày đánh giá | Ghi chú
{HOSTILE} | 2024 | Kinh tế | Nhân rộng | Thanh tra Ban | {HOSTILE} | 12/03/2024 | | {HOSTILE}
""",
    )


def moves(plan, reason: str) -> pd.DataFrame:
    """As `store.moved_dues` gives it: the deadline of one occurrence was moved once."""
    first, last = pd.Timestamp(2024, 6, 30), pd.Timestamp(2024, 12, 31)
    row = ("2.1.1", 2024, first, last, 1, 2, reason, pd.Timestamp(AT), reason)
    return pd.DataFrame([row], columns=list(COLUMNS))


def hostile_panels() -> dict[str, str]:
    plan = hostile_register()
    table, view = occurrences(plan, AS_OF), View()
    groups = vars(summary.attention(table))
    years = models.model_years(summary.dan_van_kheo(plan, AS_OF), plan.models, AS_OF)
    version = Version("ke-hoach", 2, "ab" * 32, HOSTILE, AT, HOSTILE, HOSTILE, Source.UPLOAD, 1, None, {})
    moved = moves(plan, HOSTILE)
    return {
        "map": plan_map.plan_map(HOSTILE, table, plan, view, 1),
        "attention": attention.attention(groups, 90, view),
        "tiles": tiles.tiles(summary.counts(table), groups, years[0], plan.plan, view),
        "list": tasks.task_table(table, moved, view, 1, address.TASKS, {}),
        "card": tasks.task_card(table, moved, plan, "2.1.1", view, explain.why),
        "versions": history.versions([version], 2, 1),
        "version": history.version_card(version, 3),
        "caption": frame.caption(version, AS_OF, sample=False),
        "past": frame.past(version, AS_OF, view, address.OVERVIEW),
        "foot": frame.published_by(version),
        "trouble": frame.trouble(HOSTILE, [HOSTILE]),
        "log": history.audit([AuditEntry(AT, HOSTILE, HOSTILE, Action.SIGN_IN, HOSTILE)]),
        "models": models.models_table(plan.models, plan),
        "strip": models.models_strip(HOSTILE, years, plan),
        "message": frame.message(HOSTILE, [HOSTILE]),
        "notes": frame.notes([HOSTILE]),
        "narrowed": frame.narrowed(View(unit=HOSTILE), address.OVERVIEW),
    }


@pytest.mark.parametrize("name", hostile_panels())
def test_text_of_a_workbook_is_never_markup(name):
    assert "<img" not in hostile_panels()[name]


def test_the_words_of_a_task_are_shown_whole():
    assert "&lt;img src=x onerror=alert(1)&gt;" in hostile_panels()["card"]


def test_a_missing_value_is_a_fault_and_not_a_blank():
    with pytest.raises(UndefinedError):
        rendering.render("title", text="Tổng quan")


def test_default_choices_are_left_out_of_the_address():
    assert address.href(address.TASKS, View()) == "nhiem-vu"


def test_the_overview_is_the_root():
    assert address.href(address.OVERVIEW, View(year=2025)) == "./?nam=2025"


def test_a_view_written_into_an_address_is_read_back():
    plan = register()
    view = View(2025, "Thanh tra Ban", "2.1", dt.date(2026, 6, 30))
    assert address.read_view(view.query(), plan) == (view, ())


@pytest.mark.parametrize("written", ["TTB", "thanh tra ban", "Thanh Tra Ban"])
def test_a_unit_is_found_by_any_of_its_names(written):
    view, notes = address.read_view({"phong": written}, register())
    assert (view.unit, notes) == ("Thanh tra Ban", ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nam", "20x5"),
        ("nam", "2031"),
        ("nam", "٢٠٢٥"),
        ("phong", "Phòng lạ"),
        ("muc", "9.9"),
        ("ngay", "31/12/2025"),
        ("ngay", "0001-01-01"),
    ],
)
def test_a_garbled_value_is_passed_over_with_a_note(name, value):
    view, notes = address.read_view({name: value}, register())
    assert view == View()
    assert len(notes) == 1
    assert value in notes[0]


def test_unknown_looks_in_an_address_are_passed_over():
    assert address.read_looks("qua-han,gi-do,tam-hoan") == (Look.OVERDUE, Look.SUSPENDED)


PAGES_WRITTEN = [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 1)]


@pytest.mark.parametrize(("written", "page"), PAGES_WRITTEN)
def test_the_page_of_a_list_stays_within_it(written, page):
    assert address.read_page(written, 3) == page


def plan_of(*task_rows: str):
    """A plan of these tasks, nothing reported yet."""
    header = "Mã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện"
    return register("\n".join(["# Nhiệm vụ", header, *task_rows]), progress())


def long_plan(count: int):
    numbers = range(1, count + 1)
    return plan_of(*(f"2.{number} | 2.1 | Việc {number} | Công đoàn | Văn phòng | 2024" for number in numbers))


def test_a_long_plan_is_shown_a_page_at_a_time():
    plan = long_plan(plan_map.ROWS + 5)
    table = occurrences(plan, AS_OF)
    first, second = (plan_map.plan_map("", table, plan, View(), page) for page in (1, 2))
    assert [html.count('class="code"') for html in (first, second)] == [plan_map.ROWS, 5]
    assert "Trang 1/2" in first


def test_a_long_list_is_shown_a_page_at_a_time():
    table = occurrences(long_plan(tasks.ROWS + 1), AS_OF)
    html = tasks.task_table(table, NOTHING_MOVED, View(), 2, address.TASKS, {"tim": "việc"})
    assert html.count("<tr>") == 2
    assert "trang=1&amp;tim=vi%E1%BB%87c" in html


def test_every_cell_of_the_map_says_its_task_year_and_state():
    plan = long_plan(1)
    html = plan_map.plan_map("", occurrences(plan, dt.date(2025, 1, 10)), plan, View(), 1)
    assert 'aria-label="2.1 năm 2024: Quá hạn 10 ngày"' in html


def test_a_task_nobody_leads_is_said_without_red():
    plan = plan_of("2.1.1 | 2.1 | Tuyên truyền | Lãnh đạo Ban, Công đoàn | | 2026")
    html = plan_map.plan_map("", occurrences(plan, AS_OF), plan, View(), 1)
    assert '<span class="nobody">chưa giao</span>' in html
    rule = next(line for line in rendering.style_sheet().splitlines() if line.startswith(".kh .nobody"))
    assert "overdue" not in rule


def test_a_units_successor_stands_beside_its_name():
    table = pd.DataFrame({"successor": ["Thanh tra tỉnh", ""]}, index=["Thanh tra Ban", "Văn phòng"])
    assert bars.department_names(table) == ["Thanh tra Ban (nay: Thanh tra tỉnh)", "Văn phòng"]


def test_names_that_begin_alike_are_told_apart_by_their_ends():
    names = ["Góp phần đổi mới công tác kinh tế", "Góp phần đổi mới công tác đô thị", "Tổ chức thực hiện"]
    assert bars.telling_ends(names) == ["… kinh tế", "… đô thị", "Tổ chức thực hiện"]


def test_a_department_that_answers_comes_before_nobody():
    table = pd.DataFrame({"overdue": [1, 9]}, index=["Văn phòng", "Chưa phân công"])
    assert bars.most_overdue(table) == "Văn phòng"


def test_a_registration_after_the_deadline_is_said_with_its_days():
    plan = register(
        written_models("A | 2024 | | | | | 12/04/2024", "B | 2025 | | | | | 31/03/2025", "C | 2026 | | | | | ")
    )
    html = models.models_table(plan.models, plan)
    assert [word in html for word in ("muộn 12 ngày", "đúng hạn", "chưa đăng ký")] == [True] * 3


def test_models_registered_after_the_day_are_not_named():
    plan = register(written_models("A | 2026 | | | | | 12/03/2026 | 20/12/2026"))
    table = summary.dan_van_kheo(plan, AS_OF)
    last = models.model_years(table, plan.models, AS_OF)[-1]
    assert (last.registered_days, last.evaluated_days) == ("12/03", "")


def test_every_look_has_its_colours_in_the_style_sheet():
    css = rendering.style_sheet()
    assert all(f".kh .s.{look}," in css for look in PAINTS)


def test_problems_are_grouped_by_sheet_with_their_cells():
    problem = type("Problem", (), {"sheet": "Tiến độ", "cell": "D7", "severity": "error", "message": HOSTILE})
    html = frame.problems([problem])
    assert "D7" in html
    assert "<img" not in html
