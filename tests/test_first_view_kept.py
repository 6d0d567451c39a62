"""The overview that is sent before the program: what was drawn last, of these very data, of nobody in particular."""

import pytest

from lib.ui import first_view, frame
from tests.test_pages import BROKEN, REPORTED, WORKBOOKS, open_page, shown
from tests.workbooks import progress, workbook, xlsx


@pytest.fixture(autouse=True)
def nothing_kept():
    first_view._views.clear()


def test_what_was_drawn_is_there_for_whoever_comes_next(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    assert first_view.kept("", "") == ""
    page = shown(open_page())
    view = first_view.kept("", "")
    for panel in ("kh lead", "kh tiles", "kh card"):
        assert page.count(f'class="{panel}') == view.count(f'class="{panel}') > 0
    assert first_view.kept("tong-quan", "") == view


def test_each_choice_has_its_own_and_unknown_parameters_change_nothing(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    open_page(nam="2024")
    assert first_view.kept("", "") == ""
    assert "năm 2024" in first_view.kept("", "nam=2024&utm_source=thu")
    assert first_view.kept("", "nam=2025") == ""


def test_other_pages_have_none(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    open_page("Nhiệm vụ")
    assert first_view.kept("nhiem-vu", "") == ""


def test_figures_of_before_a_change_are_never_sent_after_it(publish):
    publish(xlsx(WORKBOOKS["ordinary"]))
    open_page()
    assert first_view.kept("", "")
    publish(xlsx(workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện"))))
    assert first_view.kept("", "") == ""


def test_figures_read_just_before_a_publication_are_not_filed_under_it(publish, monkeypatch):
    publish(xlsx(WORKBOOKS["ordinary"]))
    read = frame.board

    def read_and_publish(asked):
        shown_figures = read(asked)
        publish(xlsx(workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện"))))
        return shown_figures

    monkeypatch.setattr(frame, "board", read_and_publish)
    open_page()
    assert first_view.kept("", "") == ""


def test_yesterdays_figures_are_not_sent_today(publish, monkeypatch):
    publish(xlsx(WORKBOOKS["ordinary"]))
    open_page()
    assert first_view.kept("", "")
    day = first_view.live.today()
    monkeypatch.setattr(first_view.live, "today", lambda: day.replace(year=day.year + 1))
    assert first_view.kept("", "") == ""


def test_where_viewing_is_closed_there_is_none(publish, monkeypatch):
    publish(xlsx(WORKBOOKS["ordinary"]))
    open_page()
    assert first_view.kept("", "")
    monkeypatch.setenv("VIEWING", "dang-nhap")
    assert first_view.kept("", "") == ""


def test_a_page_that_could_not_be_drawn_leaves_none(publish):
    publish(xlsx(BROKEN))
    open_page()
    assert first_view.kept("", "") == ""


def test_only_the_last_views_are_held(publish, monkeypatch):
    monkeypatch.setattr(first_view, "HELD", 2)
    publish(xlsx(WORKBOOKS["ordinary"]))
    for year in ("2022", "2023", "2024"):
        open_page(nam=year)
    kept = [bool(first_view.kept("", f"nam={year}")) for year in ("2022", "2023", "2024")]
    assert kept == [False, True, True]
