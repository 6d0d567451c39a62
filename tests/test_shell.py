"""What a browser is sent before any page: the HTML in Vietnamese, files compressed once, a word at a wrong address."""

import asyncio
import gzip
import json
import os
import re
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from lib.shell import Compressed, Shell, html

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(file_util.get_static_dir())
SCRIPTS = sorted((PROGRAM / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
LARGE = SCRIPTS[len(SCRIPTS) // 2]
SCRIPT = f"/static/js/{LARGE.name}"
FONT = f"/static/media/{min((PROGRAM / 'static' / 'media').glob('*.woff2')).name}"
GZIP = {"accept-encoding": "gzip, deflate"}
WORDS = json.loads((ROOT / "lib" / "shell" / "vietnamese.json").read_text(encoding="utf-8"))


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, messages):
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def text(self):
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


async def hear(websocket):
    await websocket.accept()
    await websocket.send_text("as it is")
    await websocket.close()


@pytest.fixture(name="app", scope="module")
def around_streamlit(tmp_path_factory):
    """Streamlit's own handler of static files, two routes and a websocket, with the shell around them."""
    compressed = Compressed(PROGRAM, [tmp_path_factory.mktemp("kept")])
    return Starlette(
        routes=[
            Route("/_stcore/health", lambda _: PlainTextResponse("ok")),
            Route("/phien", lambda _: PlainTextResponse("ours"), methods=["POST"]),
            WebSocketRoute("/_stcore/stream", hear),
            Mount("/", create_streamlit_static_handler(str(PROGRAM), None)),
        ],
        middleware=[Middleware(Shell, program=PROGRAM, own=ROOT / "static", compressed=compressed)],
    )


@pytest.fixture(name="ask")
def asking(app):
    """A function that asks the app for a path and gives its answer."""

    def ask(path, method="GET", kind="http", **headers):
        sent, heard = [], [{"type": "websocket.connect"}] if kind == "websocket" else [{"type": "http.request"}]
        scope = {
            "type": kind,
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "server": ("bang", 8501),
            "client": ("10.0.0.7", 50000),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }

        async def receive():
            return heard.pop(0) if heard else {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        return sent if kind == "websocket" else Answer(sent)

    return ask


# The HTML


@pytest.mark.parametrize("path", ["/", "/theo-phong", "/cap-nhat"])
def test_every_page_starts_from_html_in_vietnamese(ask, path):
    answer = ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<html lang="vi">' in answer.text
    assert f"<title>{html.TITLE}</title>" in answer.text
    assert html.NO_SCRIPT in answer.text
    said = re.sub(r"<!--.*?-->|<(script|style).*?</\1>", "", answer.text, flags=re.DOTALL)
    assert re.findall(r">\s*([^<>\s][^<>]*?)\s*<", said) == [html.TITLE, html.NO_SCRIPT]


def test_our_script_runs_before_streamlit(ask):
    text = ask("/").text
    ours = re.search(r'<script defer src="(/tieng-viet\.js\?v=[0-9a-f]+)"', text)
    assert ours.start() < text.index('<script type="module"')
    script = ask(ours[1].split("?")[0])
    assert "immutable" in script.headers["cache-control"]
    assert "MutationObserver" in script.text
    assert json.dumps("Skip to main content") in script.text


def test_another_dictionary_has_another_address():
    assert html.script_address("one") != html.script_address("two")


def test_no_font_is_asked_for_that_no_page_uses(ask):
    assert "woff2" not in ask("/").text


def test_the_script_of_charts_is_named_for_later(ask):
    later = re.search(r'data-later="(/static/js/PlotlyChart\.[^"]+)"', ask("/").text)[1]
    assert ask(later, "HEAD").status == 200


def test_the_html_is_asked_for_again_and_sent_only_when_it_changed(ask):
    first = ask("/", **GZIP)
    assert first.headers["cache-control"] == "no-cache"
    again = ask("/", **GZIP, **{"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_an_english_page_kept_from_before_is_not_confirmed(ask):
    kept = create_streamlit_static_handler(str(PROGRAM), None).file_response(
        PROGRAM / "index.html", (PROGRAM / "index.html").stat(), {"headers": []}
    )
    answer = ask("/", **{"if-none-match": kept.headers["etag"], "if-modified-since": kept.headers["last-modified"]})
    assert (answer.status, 'lang="vi"' in answer.text) == (200, True)


def test_a_shell_this_version_does_not_know_is_refused():
    with pytest.raises(html.UnknownShell, match="title"):
        html.vietnamese((PROGRAM / "index.html").read_text(encoding="utf-8").replace("<title>", "<name>"), "/x.js")


# A wrong address


@pytest.mark.parametrize("path", ["/khong/co", "/theo-phong/2024", "/favicon.ico", "/index.html"])
def test_an_address_that_cannot_be_a_page_is_told_and_shows_the_way_back(ask, path):
    answer = ask(path, **GZIP)
    assert (answer.status, answer.headers["content-encoding"]) == (404, "gzip")
    assert "Không có trang ở địa chỉ này" in answer.text
    assert '<a href="/">' in answer.text


# What is not touched


def test_streamlits_own_addresses_and_ours_are_handed_on(ask):
    assert ask("/_stcore/health", **GZIP).body == b"ok"
    assert ask("/phien", "POST").body == b"ours"
    assert ask("/theo-phong/").status == 301
    assert ask("/favicon.png").headers["content-type"] == "image/png"


def test_the_websocket_is_handed_on(ask):
    kinds = [message["type"] for message in ask("/_stcore/stream", kind="websocket")]
    assert kinds == ["websocket.accept", "websocket.send", "websocket.close"]


# Files


def test_scripts_are_sent_compressed_to_whoever_reads_that(ask):
    answer = ask(SCRIPT, **GZIP)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert gzip.decompress(answer.body) == LARGE.read_bytes()
    assert len(answer.body) < LARGE.stat().st_size


@pytest.mark.parametrize("offer", [{}, {"accept-encoding": "br"}, {"accept-encoding": "gzip;q=0, br"}])
def test_and_as_they_are_to_whoever_does_not(ask, offer):
    answer = ask(SCRIPT, **offer)
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == LARGE.read_bytes()


def test_the_two_are_told_apart_by_their_tags(ask):
    plain, packed = ask(SCRIPT), ask(SCRIPT, **GZIP)
    assert plain.headers["etag"] != packed.headers["etag"]
    again = ask(SCRIPT, **GZIP, **{"if-none-match": packed.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_font_is_sent_as_it_is(ask):
    answer = ask(FONT, **GZIP)
    assert "content-encoding" not in answer.headers
    assert "immutable" in answer.headers["cache-control"]
    assert answer.body == (PROGRAM / FONT[1:]).read_bytes()


def test_the_smaller_font_of_icons_is_sent_in_the_place_of_the_whole(ask):
    (ours,) = (ROOT / "static" / "program" / "media").glob("*.woff2")
    whole = PROGRAM / "static" / "media" / ours.name
    assert whole.exists(), "another version of Streamlit: make the font again (tests/icon_font.py)"
    answer = ask(f"/static/media/{ours.name}", **GZIP)
    assert (answer.body, answer.headers["cache-control"].split(",")[1]) == (ours.read_bytes(), " immutable")
    assert len(answer.body) < whole.stat().st_size / 5


def test_our_own_fonts_are_kept_a_week(ask):
    answer = ask("/app/static/fonts/be-vietnam-pro-latin-400-normal.woff2")
    assert (answer.status, answer.headers["cache-control"]) == (200, "public, max-age=604800")


def test_head_says_the_same_without_a_body(ask):
    for path in (SCRIPT, "/", "/khong/co"):
        whole, head = ask(path, **GZIP), ask(path, "HEAD", **GZIP)
        assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def test_a_part_of_a_file_is_a_part_of_the_original(ask):
    answer = ask(SCRIPT, **GZIP, range="bytes=10-19")
    assert (answer.status, answer.body) == (206, LARGE.read_bytes()[10:20])
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/static/js/khong-co.js", "/static/../../__init__.py", "/static/..\\..\\x.js"])
def test_nothing_else_is_reached(ask, path):
    assert ask(path).status == 404


def test_a_file_cannot_be_written(ask):
    assert ask(SCRIPT, "POST").status == 405


# Compressed once


@pytest.fixture(name="source")
def files(tmp_path):
    """A folder with one script and one font."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.js").write_text("let a = 1;\n" * 1000)
    (folder / "a.woff2").write_bytes(b"x" * 5000)
    return folder


def test_a_file_is_compressed_once(source, tmp_path):
    kept = Compressed(source, [tmp_path / "kept"]).of(source / "a.js")
    made_at = kept.stat().st_ino
    assert Compressed(source, [tmp_path / "kept"]).of(source / "a.js").stat().st_ino == made_at


def test_a_changed_file_is_compressed_again(source, tmp_path):
    compressed = Compressed(source, [tmp_path / "kept"])
    compressed.of(source / "a.js")
    (source / "a.js").write_text("let b = 2;\n" * 1000)
    os.utime(source / "a.js", (2_000_000_000, 2_000_000_000))
    assert gzip.decompress(compressed.of(source / "a.js").read_bytes()) == (source / "a.js").read_bytes()


def test_all_are_made_ahead_and_nothing_is_left_lying(source, tmp_path):
    Compressed(source, [tmp_path / "kept"]).make_all()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["a.js.gz"]


def test_the_next_folder_serves_where_the_first_cannot_be_written(source, tmp_path):
    (tmp_path / "a file").write_text("")
    kept = Compressed(source, [tmp_path / "a file", tmp_path / "kept"]).of(source / "a.js")
    assert kept.parent == tmp_path / "kept"


def test_where_nothing_can_be_written_files_stay_as_they_are(source, tmp_path):
    (tmp_path / "a file").write_text("")
    assert Compressed(source, [tmp_path / "a file"]).of(source / "a.js") is None


def test_many_at_once_all_get_the_whole_file(source, tmp_path):
    start, found = threading.Barrier(8), []

    def ask_for_it():
        compressed = Compressed(source, [tmp_path / "kept"])
        start.wait()
        found.append(gzip.decompress(compressed.of(source / "a.js").read_bytes()))

    threads = [threading.Thread(target=ask_for_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(source / "a.js").read_bytes()] * 8


# The dictionary


def test_what_was_translated_is_not_translated_again():
    rules = [re.compile(pattern.replace("[^]", "[\\s\\S]")) for pattern, _ in WORDS["patterns"]]
    results = [*WORDS["whole"].values(), *(instead for _, instead in WORDS["patterns"])]
    again = {text for text in results if text in WORDS["whole"] or any(rule.fullmatch(text) for rule in rules)}
    assert again == set()
