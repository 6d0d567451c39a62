"""The first view in a browser: words before charts, nothing jumps when charts come, their script is fetched early."""

import re
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from streamlit import file_util

from tests import pictures
from tests.serving import ROOT, START_SECONDS, serving, settled

SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LARGEST_SHIFT = 0.05
CHARTS = "**/PlotlyChart.*.js"


@pytest.fixture(scope="module", name="address")
def server(tmp_path_factory):
    """The dashboard with the workbook it ships."""
    with serving(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(name="page")
def tab(browser: Browser):
    """A page of a browser that has nothing kept."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["theo-phong", "theo-muc", "dan-van-kheo"])
def test_words_are_there_before_the_script_of_charts_and_nothing_jumps_when_it_comes(page: Page, address, path):
    held: list[Route] = []

    def hold(request: Route) -> None:
        held.append(request)

    page.route(CHARTS, hold)
    page.add_init_script(SHIFTS)
    page.goto(address + path, wait_until="commit")
    expect(page.locator(".kh h1")).to_be_visible()
    expect(page.locator(".kh.caption")).to_be_attached()
    assert held
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.evaluate(TWO_FRAMES)
    before = page.evaluate("window.shifted")
    for request in held:
        request.continue_()
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("window.shifted") - before < LARGEST_SHIFT


def test_the_overview_needs_no_script_of_charts(page: Page, address):
    page.route(CHARTS, lambda request: request.abort())
    page.goto(address)
    expect(page.locator(".kh.tiles")).to_be_visible()
    expect(page.locator(".kh.caption")).to_be_attached()
    expect(page.locator("[data-testid=stAlert], [data-testid=stException]")).to_have_count(0)


def test_all_that_can_be_is_sent_compressed_and_no_font_that_no_page_uses(page: Page, address):
    plain, fonts = [], []
    page.on("response", lambda answer: plain.append(answer.url) if _is_plain_text(answer) else None)
    page.on("request", lambda asked: fonts.append(asked.url) if asked.resource_type == "font" else None)
    page.goto(f"{address}theo-phong")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert plain == []
    assert [url for url in fonts if "/app/static/fonts/" not in url and "MaterialSymbols" not in url] == []


def _is_plain_text(answer) -> bool:
    """Whether it is a script or style sheet of some size that came as it lies on the disk."""
    kind = answer.headers.get("content-type", "")
    worth_it = int(answer.headers.get("content-length", "0")) >= 500
    return (
        answer.url.startswith("http")
        and worth_it
        and ("javascript" in kind or "css" in kind)
        and answer.headers.get("content-encoding") != "gzip"
    )


def test_the_script_of_charts_is_fetched_while_the_overview_is_read(page: Page, address):
    with page.expect_request_finished(lambda request: "PlotlyChart" in request.url, timeout=30_000):
        page.goto(address)
        expect(page.locator(".kh.tiles")).to_be_visible()
    sizes = "performance.getEntriesByType('resource').filter((one) => one.name.includes('PlotlyChart'))"
    page.get_by_role("link", name="Theo phòng").click()
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert page.evaluate(f"{sizes}.map((one) => one.transferSize)")[1:] in ([0], [])


ICONS = """async (names) => {
    await document.fonts.load('24px "Material Symbols Rounded"');
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = '24px "Material Symbols Rounded"';
    return names.filter((name) => pen.measureText(name).width > 25);
}"""
UNKNOWN = {"star_filled"}
"""Not in the whole font either: Streamlit draws it another way."""


def test_every_icon_that_the_program_names_is_in_the_font_that_is_sent(page: Page, address):
    program = Path(file_util.get_static_dir()) / "static" / "js"
    code = "".join(path.read_text(encoding="utf-8") for path in [*program.glob("*.js"), *ROOT.glob("lib/ui/*.py")])
    named = set(re.findall(r":material/([a-z0-9_]+):", code)) - UNKNOWN
    assert len(named) > 50
    page.goto(address)
    settled(page)
    assert page.evaluate(ICONS, ["not_an_icon"]) == ["not_an_icon"]
    assert page.evaluate(ICONS, sorted(named)) == []


PROGRAM = "**/static/js/index.*.js"
PANELS = [".kh.title", ".kh.sample", ".kh.lead", ".kh.tiles", ".kh .map", ".kh .bars", ".kh .dvk", ".kh .todo"]
PLACES = """(names) => {
    const root = document.getElementById("first-view")?.shadowRoot ?? document;
    return names.map((name) => root.querySelector(name).getBoundingClientRect()).flatMap((box) => [box.x, box.y]);
}"""


def opened(route: Route) -> None:
    """The page with its first view open to be looked into."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('shadowrootmode="closed"', 'shadowrootmode="open"'))


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_the_overview_is_read_before_the_program_comes_and_stays_in_its_place(browser, address, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(address)
    settled(page)
    places = page.evaluate(PLACES, PANELS)
    page.route(PROGRAM, lambda request: request.abort())
    page.route(address, opened)
    page.goto(address)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate(PLACES, PANELS) == pytest.approx(places, abs=3)
    assert page.locator("#first-view .kh.lead").is_visible()
    context.close()


def test_the_first_view_gives_way_to_the_program_where_it_was_scrolled_to(page, address):
    page.goto(address)
    settled(page)
    held: list[Route] = []

    def hold(request: Route) -> None:
        held.append(request)

    page.route(PROGRAM, hold)
    page.goto(address, wait_until="commit")
    page.locator("#first-view").evaluate("view => view.scrollTo(0, 300)")
    for request in held:
        request.continue_()
    settled(page)
    expect(page.locator("#first-view")).to_have_count(0)
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == pytest.approx(300, abs=9)


def first_answer(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def test_the_server_has_looked_before_anybody_and_nothing_of_who_looked_is_sent_to_the_next(browser, tmp_path):
    pictures.prepare(tmp_path)
    with serving(tmp_path) as address:
        until = time.monotonic() + START_SECONDS
        while 'id="first-view"' not in first_answer(address) and time.monotonic() < until:
            time.sleep(0.1)
        assert "lượt đến hạn" in first_answer(address)
        page = browser.new_page()
        pictures.sign_in(page, address)
        page.goto(address)
        settled(page)
        sent = first_answer(address)
        assert 'id="first-view"' in sent
        assert "lượt đến hạn" in sent
        assert pictures.NAME not in sent
        page.close()
