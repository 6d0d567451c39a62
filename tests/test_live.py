"""What the watching thread does when something is new: screens run again, and the server looks by itself."""

import pytest

from lib.ui import live
from tests.test_pages import REPORTED, WORKBOOKS
from tests.workbooks import progress, workbook, xlsx

CHANGED = workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện"))


@pytest.fixture(name="done")
def what_is_done(monkeypatch):
    """The names of what was done, in order."""
    done = []
    monkeypatch.setattr(live, "look", lambda: done.append("look"))
    monkeypatch.setattr(live, "refresh", lambda: done.append("refresh"))
    return done


def test_the_server_looks_once_after_the_start_a_publication_and_midnight(publish, done, monkeypatch):
    store = publish(xlsx(WORKBOOKS["ordinary"]))
    job = live._screens(store, for_everybody=True)
    job()
    job()
    assert done == ["look", "refresh"]
    publish(xlsx(CHANGED))
    job()
    job()
    assert done == ["look", "refresh"] * 2
    day = live.today()
    monkeypatch.setattr(live, "today", lambda: day.replace(year=day.year + 1))
    job()
    job()
    assert done == ["look", "refresh"] * 3


def test_where_viewing_is_closed_it_never_looks(publish, done):
    store = publish(xlsx(WORKBOOKS["ordinary"]))
    job = live._screens(store, for_everybody=False)
    job()
    publish(xlsx(CHANGED))
    job()
    assert done == ["refresh"] * 2
