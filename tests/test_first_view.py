"""The first view in a browser: words before charts, nothing jumps when charts come, their script is fetched early."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.serving import FLAGS, serving

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


@pytest.fixture(scope="module", name="browser")
def chromium(chromium_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


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
    page.wait_for_function("document.fonts.status === 'loaded'")
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


def test_all_that_can_be_is_sent_compressed(page: Page, address):
    plain = []
    page.on("response", lambda answer: plain.append(answer.url) if _is_plain_text(answer) else None)
    page.goto(f"{address}theo-phong")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert plain == []


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
