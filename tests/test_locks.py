"""What browsers are told to refuse with every answer, and what the server says to whoever has no right to ask."""

import asyncio
import http.client
import json
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette.starlette_routes import create_media_routes
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from lib import accounts
from lib.accounts import Role
from lib.clock import now
from lib.shell import Locks
from lib.shell.connections import MESSAGE_MB
from lib.shell.locks import EVERYWHERE, NOT_A_PAGE, policy
from lib.store import Store
from tests import screens
from tests.serving import serving
from tests.test_data_pages import PASSWORD

MEDIA = MemoryMediaFileStorage("/media")
LIVE = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(name="ask")
def asking():
    """A function that asks for a path of pages, files and Streamlit's media, with the locks around them."""
    routes = [
        Route("/", lambda _: HTMLResponse("<p>page</p>")),
        Route("/kept", lambda _: PlainTextResponse("x", headers={"Cache-Control": "private, max-age=9"})),
        *create_media_routes(MEDIA, ""),
        Route("/{path:path}", lambda _: PlainTextResponse("Streamlit")),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Locks)])

    def ask(path, host="bang:8501", scheme="http"):
        sent = []
        scope = {
            "type": "http",
            "method": "GET",
            "scheme": scheme,
            "path": path,
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", host.encode("latin-1"))],
        }

        async def receive():
            return {"type": "http.request"}

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], headers

    return ask


def directives(said):
    return dict(part.split(" ", 1) for part in said.split("; "))


# What is said


@pytest.mark.parametrize("path", ["/", "/kept", "/media/none.html", "/_stcore/metrics", "/_stcore/health"])
def test_every_answer_says_what_browsers_must_not_do(ask, path):
    _, headers = ask(path)
    assert {name: headers.get(name.lower()) for name in EVERYWHERE} == EVERYWHERE


def test_a_page_runs_only_scripts_of_this_server(ask):
    said = directives(ask("/")[1]["content-security-policy"])
    assert said["script-src"] == "'self' blob: 'wasm-unsafe-eval'"
    assert said["default-src"] == said["base-uri"] == said["form-action"] == said["frame-ancestors"] == "'self'"
    assert said["object-src"] == said["script-src-attr"] == said["worker-src"] == "'none'"


def test_a_page_speaks_to_the_server_it_came_from_alone(ask):
    said = directives(ask("/", host="bang.quangngai.vn:8501")[1]["content-security-policy"])
    assert said["connect-src"] == "'self' ws://bang.quangngai.vn:8501 wss://bang.quangngai.vn:8501"


@pytest.mark.parametrize("host", ["", "a; script-src *", "a *", "a,b", "bảng", "a\r\nX: y", "la.example/x"])
def test_a_name_that_is_none_changes_nothing(host):
    assert directives(policy(host))["connect-src"] == "'self'"
    assert policy(host) == policy("")


def test_no_page_asks_for_a_camera_but_a_meeting_may_fill_the_screen(ask):
    said = ask("/")[1]["permissions-policy"]
    assert "camera=()" in said and "microphone=()" in said and "fullscreen" not in said


@pytest.mark.parametrize(
    ("scheme", "host", "said"),
    [
        ("https", "bang", "same-origin"),
        ("http", "localhost:8501", "same-origin"),
        ("http", "127.0.0.1:8501", "same-origin"),
        ("http", "127.0.0.1.la.example", None),
        ("http", "bang:8501", None),
    ],
)
def test_windows_are_kept_apart_where_a_browser_heeds_it(ask, scheme, host, said):
    assert ask("/", host, scheme)[1].get("cross-origin-opener-policy") == said


def test_what_says_nothing_of_being_kept_is_not_kept(ask):
    assert ask("/_stcore/health")[1]["cache-control"] == "no-store"
    assert ask("/kept")[1]["cache-control"] == "private, max-age=9"


# Files handed out


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml"])
def test_a_file_that_is_handed_out_is_saved_and_not_opened(ask, kind):
    name = MEDIA.load_and_get_id(LIVE, kind, MediaFileKind.DOWNLOADABLE, "sổ.html")
    _, headers = ask(urlsplit(MEDIA.get_url(name)).path)
    assert headers["content-disposition"].startswith("attachment;")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


def test_and_where_it_is_opened_all_the_same_it_may_do_nothing(ask):
    name = MEDIA.load_and_get_id(LIVE, "image/svg+xml", MediaFileKind.MEDIA)
    _, headers = ask(urlsplit(MEDIA.get_url(name)).path)
    assert headers["content-security-policy"] == NOT_A_PAGE


# Addresses of Streamlit's


@pytest.mark.parametrize("path", ["health", "host-config", "upload_file/session/file"])
def test_what_the_program_needs_is_answered(ask, path):
    assert ask(f"/_stcore/{path}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "//_stcore//metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/bidi-components/x/y.js",
        "/_stcore/health/../metrics",
        "/_stcore",
        "/component/x/index.html",
    ],
)
def test_the_rest_is_not(ask, path):
    assert ask(path)[0] == 404


# The server as it runs


@pytest.fixture(scope="module", name="closed")
def server_of_the_signed_in(tmp_path_factory):
    """A server where nobody but the signed-in may look: a function that asks it, path as it stands."""
    with serving(tmp_path_factory.mktemp("data"), VIEWING="dang-nhap") as address:
        place = urlsplit(address).netloc

        def ask(path, method="GET", body=None, **headers):
            connection = http.client.HTTPConnection(place, timeout=30)
            try:
                connection.request(
                    method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
                )
                answer = connection.getresponse()
                return answer.status, answer.headers, b"" if answer.status == 101 else answer.read()
            finally:
                connection.close()

        yield ask


@pytest.mark.parametrize("path", ["/", "/nhiem-vu", "/khong/co", "/static/no.js", "/app/static/icon.png", "/lich.ics"])
def test_each_kind_of_answer_is_locked_and_names_no_program(closed, path):
    _, headers, _ = closed(path)
    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert ("Content-Security-Policy" in headers) == headers.get("Content-Type", "").startswith("text/html")
    assert "Server" not in headers


def test_no_page_of_another_site_is_named_that_may_drive_ours(closed):
    status, _, body = closed("/_stcore/host-config")
    assert status == 200 and json.loads(body)["allowedOrigins"] == []


def test_where_looking_is_closed_no_figure_is_sent_before_signing_in(closed):
    _, _, body = closed("/")
    assert b'id="first-view"' not in body
    status, _, body = closed("/lich.ics?khoa=doan")
    assert status == 403 and b"VEVENT" not in body


def test_the_cookie_is_given_to_nobody_without_a_ticket(closed):
    status, headers, body = closed("/phien", "POST", b"doan", Origin="http://la.example")
    assert (status, headers["Set-Cookie"], headers["Cache-Control"], body) == (403, None, "no-store", b"")


@pytest.mark.parametrize("origin", ["http://la.example", "null"])
def test_a_page_of_somebody_else_cannot_speak_to_the_server(closed, origin):
    assert closed("/_stcore/stream", Origin=origin, **UPGRADE)[0] == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/", 405),
        ("POST", "/nhiem-vu", 405),
        ("TRACE", "/", 405),
        ("POST", "/static/x", 405),
        ("PUT", "/phien", 405),
        ("POST", "/phien", 403),
        ("POST", "/lich.ics", 405),
        ("GET", "/lich.ics", 403),
        ("GET", "/lich.ics?khoa=doan", 403),
        ("GET", "/lich.ics?phong=Thanh+tra+Ban", 403),
        ("GET", "/media/0123456789.xlsx", 404),
        ("DELETE", "/media/0123456789.xlsx", 405),
        ("POST", "/_stcore/health", 405),
        ("POST", "/_stcore/host-config", 405),
        ("GET", "/_stcore/stream", 404),
        ("POST", "/_stcore/stream", 405),
        ("GET", "/_stcore/upload_file/a/b", 404),
        ("DELETE", "/_stcore/upload_file/a/b", 403),
        ("GET", "/auth/login?next=http://la.example", 302),
        ("GET", "/auth/logout", 302),
        ("GET", "/oauth2callback?state=x", 302),
    ],
)
def test_each_address_without_the_right_gives_and_takes_nothing(closed, method, path, status):
    got, headers, body = closed(path, method, Cookie="phien=doan; _streamlit_user=doan", Origin="http://la.example")
    assert got == status
    assert "phien" not in headers.get("Set-Cookie", "") and headers.get("Access-Control-Allow-Origin") is None
    assert headers.get("Location", "/") == "/"
    assert b"VEVENT" not in body and b"2.1.1" not in body


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH"])
@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/_stcore//upload_file/a/b", "//_stcore/upload_file/a/b"])
def test_no_file_is_taken_for_a_session_that_is_made_up(closed, path, method):
    token = SimpleCookie(closed("/_stcore/health")[1]["Set-Cookie"])["_streamlit_xsrf"].value
    mine = {"Cookie": f"_streamlit_xsrf={token}", "X_Xsrftoken": token}
    # With doubled slashes it is no address of Streamlit's at all.
    assert closed(path, method, b"x", **mine)[0] in ([400, 404, 405] if "//" in path else [403])


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../run.py",
        "/static/%2e%2e/%2e%2e/run.py",
        "/static/..%5c..%5crun.py",
        "/app/static/..%2frun.py",
        "/app/static/..%2f.streamlit%2fconfig.toml",
        "/app/static/%2e%2e/%2e%2e/run.py",
        "/app/static/..\\run.py",
        "/app/static/c:%5cwindows%5cwin.ini",
        "/app/static//etc/hosts",
        "/app/static/%00",
        "/media/..%2f..%2frun.py",
        "/..%2frun.py",
        "//la.example/run.py",
        "/%5c%5cla.example%5crun.py",
        "/run.py",
    ],
)
def test_no_trick_with_a_path_reaches_a_file(closed, path):
    status, _, body = closed(path)
    assert status in (400, 404)
    assert (Path(__file__).parent.parent / "run.py").read_bytes()[:60] not in body
    assert b"fontFaces" not in body


# Files, where everybody may look


@pytest.fixture(scope="module", name="looked_at")
def server_where_everybody_may_look(tmp_path_factory):
    """A server with an inspector and a viewer: its address and its store."""
    folder = tmp_path_factory.mktemp("data")
    kept = Store(folder)
    for role in Role:
        accounts.add(kept, f"Nguyễn Thị {role}", PASSWORD, role, now(), "kiểm thử")
    with serving(folder) as address:
        yield address, kept


def signed_in(kept, role):
    return accounts.sign_in(kept, f"Nguyễn Thị {role}", PASSWORD, "", now())


def test_a_file_is_taken_from_an_inspector_until_they_sign_out(looked_at):
    address, kept = looked_at
    token = signed_in(kept, Role.INSPECTOR)
    with screens.screen(address, token) as session:
        sent = screens.upload(address, session, b"x")
        assert screens.answer(address, sent) == 204
        foreign = sent.replace(b"X-Xsrftoken: ", b"X-Xsrftoken: 2|00|00|")
        assert screens.answer(address, foreign) == 403, "another site's page does not know the token"
        accounts.sign_out(kept, token, now())
        assert screens.answer(address, sent) == 403


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_of_anybody_else_not_a_byte_of_a_file_is_read(looked_at, role):
    address, kept = looked_at
    with screens.screen(address, signed_in(kept, role) if role else "") as session:
        head, _, _ = screens.upload(address, session, bytes(5_000_000)).partition(b"\r\n\r\n")
        assert screens.answer(address, head + b"\r\n\r\n") == 403


def test_a_session_is_given_again_to_its_own_browser_and_to_no_other(looked_at):
    address, kept = looked_at
    cookie, token = screens.browser(address), signed_in(kept, Role.INSPECTOR)
    with screens.screen(address, token, cookie=cookie) as mine:
        with screens.screen(address, taken_from=mine) as another:
            assert another != mine
            assert screens.answer(address, screens.upload(address, another, b"x")) == 403
        with screens.screen(address, cookie=cookie, taken_from=mine) as again:
            assert again == mine


def test_a_page_that_shows_no_place_for_a_file_takes_none(looked_at):
    address, kept = looked_at
    with screens.screen(address, signed_in(kept, Role.INSPECTOR), page="") as session:
        assert screens.answer(address, screens.upload(address, session, b"x")) == 403


def test_a_message_longer_than_any_page_sends_is_not_taken(looked_at):
    address, _ = looked_at
    with connect(f"ws://{urlsplit(address).netloc}/_stcore/stream", subprotocols=["streamlit"]) as opened:
        opened.send(bytes(MESSAGE_MB * 1024 * 1024 + 1))
        with pytest.raises(ConnectionClosed) as ended:
            opened.recv()
    assert ended.value.rcvd.code == 1009
