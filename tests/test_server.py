"""What the server is told before it starts."""

import pytest
from streamlit import net_util
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.server_util import is_url_from_allowed_origins

from lib import server


@pytest.fixture(autouse=True)
def restored(monkeypatch):
    """Whatever a test turns off is on again after it."""
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
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


def test_the_theme_that_is_worked_out_once_is_the_one_that_streamlit_works_out(root, monkeypatch):
    monkeypatch.chdir(root)
    each_time = theme(app_session._populate_theme_msg)
    server.prepare()
    assert each_time.font_faces
    assert theme(app_session._populate_theme_msg) == each_time
    assert theme(app_session._populate_theme_msg) == each_time


def theme(write):
    """As a new session writes it: one part within the other."""
    message = NewSession().custom_theme
    write(message)
    for name in ("light", "dark", "sidebar"):
        write(getattr(message, name), f"theme.{name}")
    write(message.light.sidebar, "theme.light.sidebar")
    return message
