"""Every page through `dashboard.py`, with workbooks of every kind; the chosen view, held and in the address."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.workbooks import models, progress, workbook, xlsx

ENTRY = Path(__file__).resolve().parent.parent / "dashboard.py"
PAGES = {
    "Tổng quan": "pages/monitor/overview.py",
    "Theo phòng": "pages/monitor/departments.py",
    "Theo mục": "pages/monitor/sections.py",
    "Dân vận khéo": "pages/monitor/dan_van_kheo.py",
    "Nhiệm vụ": "pages/monitor/tasks.py",
}

SAMPLE = """
# Thông tin
Tên cơ quan | Ban Dân tộc
Tên kế hoạch | Kế hoạch dân vận
Năm bắt đầu | 2022
Năm kết thúc | 2026
Tính chất số liệu | Minh họa
"""
NO_TASKS = (
    "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện\n"
)
ONE_TASK = NO_TASKS + "1 | 1 | Quán triệt Đề án | Lãnh đạo Ban | | Trong năm 2022\n"
REPORTED = progress(
    "1 | 2022 | | Hoàn thành | 100 | 12/12/2022 | Đã quán triệt | | | | 12/12/2022",
    "2.1.1 | 2024 | | Đang thực hiện | 50 | | Mới tập huấn | | Thiếu kinh phí | Bố trí thêm | 14/10/2024",
    "2.1.2 | 2025 | | Hoàn thành | 100 | 20/01/2026 | | | | | 20/01/2026",
)
REGISTERED = models("Thôn sạch đẹp | 2024 | Kinh tế | Nhân rộng | Thanh tra Ban | Xã Ba Vinh | 12/04/2024")

WORKBOOKS = {
    "ordinary": workbook(REPORTED, REGISTERED),
    "sample": workbook(SAMPLE, REPORTED, REGISTERED),
    "nothing reported": workbook(),
    "no tasks": workbook(NO_TASKS),
    "one task": workbook(ONE_TASK, progress("1 | 2022 | | Hoàn thành | 100 | 12/12/2022")),
}
BROKEN = workbook(progress("9.9 | 2024 | | Chưa rõ | | 31/02/2024"))


def open_page(page: str = "Tổng quan", **address: str) -> AppTest:
    """The page after its first run, opened by a link with `address`."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if page != "Tổng quan":
        # Streamlit's test knows a page's own address only after a first run.
        app.run().switch_page(PAGES[page])
    for name, value in address.items():
        app.query_params[name.replace("_", "-")] = value
    return app.run()


def shown(app: AppTest) -> str:
    """All HTML on the page."""
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def filters(app: AppTest) -> dict[str, str]:
    """The address as the page left it."""
    return {name: values[0] if isinstance(values, list) else values for name, values in app.query_params.items()}


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_on_every_workbook(publish, page, kind):
    publish(xlsx(WORKBOOKS[kind]))
    html = shown(open_page(page))
    assert f"<h1>{page}</h1>" in html
    assert "Số liệu" in html
    assert "chốt đến ngày" in html
    assert "trục trặc" not in html


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_on_the_workbook_that_is_shipped(tmp_path, monkeypatch, page):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    html = shown(open_page(page))
    assert "ke-hoach-2022-2026.xlsx" in html
    assert "SỐ LIỆU MINH HỌA" in html


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_workbook_shows_what_to_mend_and_no_figure(publish, page):
    publish(xlsx(BROKEN))
    html = shown(open_page(page))
    assert "có lỗi nên chưa tính được số liệu" in html
    assert "A2" in html
    assert 'class="v"' not in html


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_no_workbook_is_told_so(publish, page):
    publish(b"not a workbook")
    html = shown(open_page(page))
    assert "Chưa xem được số liệu" in html
    assert "so-theo-doi.xlsx" in html


@pytest.mark.parametrize("page", ["Tổng quan", "Theo phòng", "Theo mục", "Nhiệm vụ"])
def test_a_plan_without_tasks_says_where_to_begin(publish, page):
    publish(xlsx(WORKBOOKS["no tasks"]))
    assert "Sổ chưa có nhiệm vụ nào" in shown(open_page(page))


def test_a_year_without_models_says_how_to_add_one(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert "Chưa có mô hình nào" in shown(open_page("Dân vận khéo", nam="2025"))


def test_a_fault_of_the_program_is_logged_and_said_calmly(publish, monkeypatch, caplog):
    def fault(*_):
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr("lib.explain.headline", fault)
    publish(xlsx(workbook(REPORTED)))
    html = shown(open_page())
    assert "Trang này chưa hiển thị được" in html
    assert "secret" not in html
    assert "a secret of the program" in caplog.text


def test_real_figures_carry_no_banner(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert "SỐ LIỆU MINH HỌA" not in shown(open_page())


def test_warnings_are_counted_and_told(publish):
    publish(xlsx(workbook(ONE_TASK.replace("Trong năm 2022", ""))))
    app = open_page()
    assert app.expander[0].label == "Sổ có 1 điểm cần xem lại"


def test_a_link_opens_the_view_it_was_sent_with(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    html = shown(open_page(nam="2024", phong="Thanh tra Ban", ngay="2025-06-30"))
    assert "30/06/2025" in html
    assert "năm 2024 · Thanh tra Ban" in html
    assert "Quá hạn 181 ngày" in html


def test_all_that_is_shown_is_of_the_chosen_year(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    html = shown(open_page("Nhiệm vụ", nam="2022"))
    assert ">2022</a>" in html
    assert ">2023</a>" not in html


def test_garbled_values_are_told_and_passed_over(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    html = shown(open_page(nam="nay", ngay="hom-qua"))
    assert "Kế hoạch không có năm “nay”" in html
    assert "“hom-qua” không phải là ngày" in html


def test_a_choice_goes_into_the_address_and_the_default_out_of_it(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page()
    app.selectbox(key="choice_phong").set_value("Văn phòng").run()
    assert filters(app) == {"phong": "Văn phòng"}
    app.selectbox(key="choice_phong").set_value("").run()
    assert filters(app) == {}


def test_choices_hold_when_the_sidebar_opens_another_page(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page(nam="2024", phong="Văn phòng")
    app.query_params.clear()
    app.switch_page(PAGES["Nhiệm vụ"]).run()
    assert filters(app) == {"nam": "2024", "phong": "Văn phòng"}
    assert "năm 2024 · Văn phòng" in shown(app)


def test_a_lists_own_choices_do_not_go_to_other_pages(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page("Nhiệm vụ", nam="2024", tim="tuyên truyền")
    app.query_params.clear()
    app.switch_page(PAGES["Theo mục"]).run()
    assert filters(app) == {"nam": "2024"}


def test_search_passes_over_accents_and_case(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page("Nhiệm vụ")
    app.text_input(key="choice_tim").set_value("TUYEN truyen").run()
    html = shown(app)
    assert "<b>5</b> lượt" in html
    assert filters(app) == {"tim": "TUYEN truyen"}


def test_the_list_is_narrowed_by_state(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    html = shown(open_page("Nhiệm vụ", trang_thai="hoan-thanh-qua-han"))
    assert "<b>1</b> lượt" in html
    assert "Hoàn thành quá hạn 20 ngày" in html


def test_a_list_that_nothing_fits_says_how_to_go_on(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert "bỏ lọc" in shown(open_page("Nhiệm vụ", tim="không có việc này"))


def test_a_task_opened_says_why_it_has_its_state(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    html = shown(open_page("Nhiệm vụ", ma="2.1.1", ngay="2025-06-30"))
    why = "Quá hạn 181 ngày: hạn 31/12/2024 theo “thường xuyên”, báo cáo gần nhất 14/10/2024: Đang thực hiện."
    assert why in html
    assert all(text in html for text in ("Mới tập huấn", "Thiếu kinh phí", "Bố trí thêm", 'id="nam-2026"'))


def test_a_task_that_the_plan_does_not_have_is_said(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert "Kế hoạch không có nhiệm vụ “7.7”" in shown(open_page("Nhiệm vụ", ma="7.7"))


def test_nobody_is_a_group_that_can_be_chosen(publish):
    publish(xlsx(workbook(ONE_TASK.replace("Lãnh đạo Ban", "Lãnh đạo Ban, Công đoàn"))))
    html = shown(open_page("Theo phòng", phong="Chưa phân công"))
    assert "<h2>Chưa phân công" in html


def test_a_page_left_open_reads_what_was_published_since(publish):
    publish(xlsx(WORKBOOKS["nothing reported"]))
    app = open_page("Nhiệm vụ")
    assert "Hoàn thành quá hạn" not in shown(app).split("<tbody>", 1)[1]
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert "Hoàn thành quá hạn" in shown(app.run()).split("<tbody>", 1)[1]


def test_of_a_chosen_departments_work_no_other_department_is_shown_by_the_little_it_shares(publish):
    tasks = ONE_TASK + "2 | 1 | Việc chung | | TTB; VP | Trong năm 2022\n3 | 1 | Việc riêng | | VP | Trong năm 2022\n"
    publish(xlsx(workbook(tasks)))
    html = shown(open_page("Tổng quan", phong="Văn phòng"))
    compared = html[html.index("Văn phòng còn 2 lượt quá hạn") :]
    assert "Thanh tra Ban" not in compared[: compared.index("</section>")]
