"""What the server is told before it starts."""

import pytest
from streamlit import net_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.server_util import is_url_from_allowed_origins

from lib import server


@pytest.fixture(autouse=True)
def restored(monkeypatch):
    """Whatever a test turns off is on again after it."""
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", PagesManager.uses_pages_directory)


def test_a_foreign_origin_is_refused_without_asking_the_internet(monkeypatch):
    asked = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout: asked.append(url))
    server.prepare()
    assert not is_url_from_allowed_origins("http://la.example")
    assert asked == []


def test_a_deep_link_is_answered_by_the_entry():
    server.prepare()
    assert PagesManager.uses_pages_directory is False
