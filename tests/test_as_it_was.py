"""The dashboard as it was: data of a day, of a version; deadlines that were moved; the last good figures."""

import datetime as dt

import pytest

from lib import store
from lib.store import Draft, Due, Source, Store
from lib.workbook import reader
from tests.test_pages import PAGES, open_page, shown
from tests.workbooks import progress, workbook, xlsx

JUNE = dt.datetime(2026, 6, 28, 3, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
STARTED = workbook(progress("2.1.1 | 2025 | | Đang thực hiện"))
DONE = workbook(progress("2.1.1 | 2025 | | Hoàn thành | 100 | 20/12/2025 | Xong | Báo cáo 12"))
MOVED = workbook(progress("2.1.1 | 2025 | 30/06/2027 | Đang thực hiện | | | | Công văn 5"))
TASK, YEAR, FIRST = "2.1.1", 2025, dt.date(2025, 12, 31)


@pytest.fixture(name="kept")
def a_store(tmp_path, monkeypatch):
    """A store whose first workbook lies in its folder; files are read in this process, which is quicker."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(reader, "read", reader.parse)
    (tmp_path / "so-theo-doi.xlsx").write_bytes(xlsx(STARTED))
    return Store(tmp_path)


def publish(kept: Store, text: str, at: dt.datetime, due_on: dt.date = FIRST, reason: str = "báo cáo tháng"):
    dues = [Due(TASK, YEAR, due_on, sample=False)]
    first = [Due(TASK, YEAR, FIRST, sample=False)]
    draft = Draft(
        xlsx(text), "so.xlsx", "Nguyễn Văn A", at, reason, Source.UPLOAD, dues=dues, starting_dues=first, figures={}
    )
    return store.publish(kept, draft, store.current(kept).version.number)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_data_and_the_states_of_a_past_day_and_says_so(kept, page):
    publish(kept, STARTED, JUNE)
    publish(kept, DONE, OCTOBER)
    html = shown(open_page(page, ngay="2026-06-30", so_lieu="cung-ngay"))
    assert "ĐANG XEM LẠI" in html
    assert "phiên bản 2 (" in html
    assert "tính đến ngày 30/06/2026" in html


def test_a_past_day_without_asking_for_its_data_is_of_the_data_of_now(kept):
    publish(kept, DONE, OCTOBER)
    html = shown(open_page(ngay="2026-06-30"))
    assert "ĐANG XEM LẠI" not in html
    assert "phiên bản 2 (" in html


def test_the_day_of_publishing_shows_what_was_published_that_day(kept):
    publish(kept, DONE, JUNE)
    assert "phiên bản 2 (" in shown(open_page(ngay="2026-06-28", so_lieu="cung-ngay"))
    assert "phiên bản 1 (" in shown(open_page(ngay="2026-06-27", so_lieu="cung-ngay"))


def test_the_box_for_the_data_of_the_day_stands_beside_a_past_day_alone(kept):
    publish(kept, DONE, JUNE)
    assert [box.label for box in open_page(ngay="2026-06-30").checkbox] == ["Số liệu của ngày đó"]
    assert list(open_page().checkbox) == []


def test_ticking_the_box_goes_back_to_that_day_and_into_the_address(kept):
    publish(kept, DONE, OCTOBER)
    app = open_page(ngay="2026-06-30")
    app.checkbox[0].check().run()
    assert "phiên bản 1 (" in shown(app)
    assert app.query_params["so-lieu"] in ("cung-ngay", ["cung-ngay"])


def test_a_version_is_seen_by_its_number(kept):
    publish(kept, DONE, JUNE)
    html = shown(open_page(so_lieu="1"))
    assert "ĐANG XEM LẠI" in html and "phiên bản 1 (" in html


def test_a_version_that_never_was_is_a_message(kept):
    assert "Chưa xem được số liệu" in shown(open_page(so_lieu="9"))


def test_a_deadline_moved_since_it_was_first_published_stays_visible(kept):
    publish(kept, MOVED, JUNE, dt.date(2027, 6, 30), "theo Công văn 5")
    card = shown(open_page("Nhiệm vụ", ma=TASK))
    assert "Hạn đã lùi" in card
    assert "<s>31/12/2025</s> → <b>30/06/2027</b>" in card
    assert "theo Công văn 5" in card
    assert "lùi từ 31/12/2025" in shown(open_page("Nhiệm vụ"))


def test_a_moved_deadline_is_not_shown_on_data_from_before(kept):
    publish(kept, MOVED, JUNE, dt.date(2027, 6, 30))
    assert "Hạn đã lùi" not in shown(open_page("Nhiệm vụ", ma=TASK, so_lieu="1"))


def test_while_the_database_is_out_of_reach_the_last_figures_stay_and_it_is_said(kept, monkeypatch):
    publish(kept, DONE, JUNE)
    app = open_page()
    good = shown(app)

    def gone(*_ignored: object) -> None:
        raise store.StoreUnavailable("Kho số liệu đang bị khóa.")

    monkeypatch.setattr(store.Store, "mark", gone)
    html = shown(app.run())
    assert "Kho số liệu không trả lời từ" in html
    assert "phiên bản 2 (" in html and "phiên bản 2 (" in good
