"""The projected screen and its preparation through `dashboard.py`, with workbooks of every kind."""

import datetime as dt
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import scenes, store
from tests.test_pages import BROKEN, NO_TASKS, ONE_TASK, REPORTED, SAMPLE, WORKBOOKS, filters
from tests.workbooks import progress, workbook, xlsx

ENTRY = Path(__file__).resolve().parent.parent / "dashboard.py"
PRESENT, PREPARE = "pages/meeting/present.py", "pages/meeting/prepare.py"
DAY = "2025-06-30"


def open_page(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.run().switch_page(page)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def deck(app: AppTest) -> dict:
    """What the browser is given."""
    assert not app.exception
    (made,) = [each for each in app.get("bidi_component") if each.proto.component_name == "meeting"]
    return json.loads(made.proto.json)


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_the_screen_opens_on_every_workbook(publish, kind):
    publish(xlsx(WORKBOOKS[kind]))
    shown = deck(open_page(PRESENT))["html"]
    assert 'data-code="mo-dau"' in shown
    assert "Số liệu chốt đến" in shown
    assert ("SỐ LIỆU MINH HỌA" in shown) == (kind == "sample")


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_the_preparation_stands_on_every_workbook(publish, kind):
    publish(xlsx(WORKBOOKS[kind]))
    shown = html(open_page(PREPARE))
    assert "<h1>Chuẩn bị cuộc họp</h1>" in shown
    assert "Mở trình chiếu" in shown


@pytest.mark.parametrize("page", [PRESENT, PREPARE])
def test_a_broken_workbook_shows_what_to_mend(publish, page):
    publish(xlsx(BROKEN))
    assert "có lỗi nên chưa tính được số liệu" in html(open_page(page))


def test_text_of_the_workbook_is_text_on_the_screen(publish):
    live = "<img src=x onerror=alert(1)>"
    publish(xlsx(workbook(progress(f"2.1.1 | 2024 | | Đang thực hiện | | | | | {live} | {live}"))))
    shown = deck(open_page(PRESENT, ngay=DAY))["html"]
    assert "<img" not in shown
    assert "&lt;img src=x" in shown


def test_the_screen_shows_the_chosen_scenes_of_the_chosen_view(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    shown = deck(open_page(PRESENT, canh="ban-do,quyet-dinh", phong="Văn phòng", ngay=DAY, nhip="45"))
    codes = [part.split('"', 1)[0] for part in shown["html"].split('data-code="')[1:]]
    assert codes == ["ban-do", "quyet-dinh"]
    assert "Văn phòng" in shown["html"].split("</header>")[0]
    assert shown["pace"] == 45


def test_figures_that_are_not_of_now_say_so(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page(PRESENT, **{"so-lieu": "1"})
    assert "Không phải số liệu mới nhất" in deck(app)["html"]


def test_changes_are_since_the_last_recorded_meeting_unless_a_day_is_chosen(publish):
    kept = publish(xlsx(workbook(progress("2.1.1 | 2024 | 31/03/2025 | Đang thực hiện"))))
    store.record_meeting(kept, dt.date(2025, 1, 20), "Thanh tra", dt.datetime(2025, 1, 20, 9, tzinfo=dt.UTC))
    assert "Từ 20/01/2025: " in deck(open_page(PRESENT, ngay=DAY))["html"]
    assert "Từ 10/02/2025: " in deck(open_page(PRESENT, ngay=DAY, tu="2025-02-10"))["html"]
    assert "Từ 20" not in deck(open_page(PRESENT, ngay="2025-01-20"))["html"], "a day is not compared with itself"


def test_what_goes_wrong_later_leaves_the_last_figures_on_the_screen(publish, monkeypatch, caplog):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page(PRESENT, ngay=DAY)
    before = deck(app)

    def fault(*_):
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr(scenes, "scenes", fault)
    publish(xlsx(workbook(REPORTED, SAMPLE)))
    after = deck(app.run())
    assert after["html"] == before["html"]
    assert "Màn hình giữ số liệu phiên bản 1" in after["trouble"]
    assert "secret" not in after["trouble"]
    assert "a secret of the program" in caplog.text


def test_a_fault_before_anything_was_shown_is_said_calmly(publish, monkeypatch):
    publish(xlsx(WORKBOOKS["sample"]))
    monkeypatch.setattr(scenes, "arranged", lambda *_: 1 / 0)
    assert "Trang này chưa hiển thị được" in html(open_page(PRESENT, ngay="2025-06-29"))


def test_the_usual_script_has_every_scene_and_says_which_have_nothing_to_say(publish):
    publish(xlsx(workbook(NO_TASKS)))
    shown = html(open_page(PREPARE))
    assert "Chưa có gì để nói" in shown
    publish(xlsx(workbook(ONE_TASK)))
    assert "Lãnh đạo Ban: 1 lượt quá hạn" in html(open_page(PREPARE))


def test_links_move_leave_out_and_add_scenes_and_keep_the_other_choices(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    shown = html(open_page(PREPARE, canh="mo-dau,muc", nhip="45", nam="2025"))
    assert 'href="trinh-chieu?nam=2025&amp;canh=mo-dau%2Cmuc&amp;nhip=45"' in shown
    assert 'href="chuan-bi-hop?nam=2025&amp;canh=muc%2Cmo-dau&amp;nhip=45" aria-label="Đưa cảnh Các mục lên' in shown
    assert 'href="chuan-bi-hop?nam=2025&amp;canh=mo-dau&amp;nhip=45" aria-label="Bỏ cảnh Các mục"' in shown
    added = "canh=mo-dau%2Cmuc%2Cban-do&amp;nhip=45"
    assert f'href="chuan-bi-hop?nam=2025&amp;{added}" aria-label="Thêm cảnh Bản đồ kế hoạch"' in shown


def test_the_day_and_the_pace_go_into_the_address(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    app = open_page(PREPARE)
    app.date_input(key="choice_tu").set_value(dt.date(2025, 1, 20)).run()
    app.selectbox(key="choice_nhip").set_value(45).run()
    assert filters(app) == {"tu": "2025-01-20", "nhip": "45"}
