"""The same page in the dark and on paper: colours follow, nothing is cut off, every sheet says its day and version."""

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from lib import theme
from lib.panels import address as addresses
from lib.words import Look
from tests import pictures
from tests.serving import open_at, serving, settled
from tests.test_everyone_browser import SCHEME_IS

A4 = (595, 842)
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module", name="address")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    pictures.prepare(folder)
    with serving(folder) as address:
        yield address


@pytest.fixture(name="page")
def tab(browser: Browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    yield page
    page.close()


def choose(page: Page, value: str) -> None:
    """Light or dark by the choice at the foot of the sidebar."""
    page.locator(f".appearance label:has([value={value}])").click()
    page.wait_for_function(SCHEME_IS, arg=value)


def test_the_choice_is_kept_by_the_browser_and_holds_on_every_page_and_tab(browser, address):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page, other = context.new_page(), context.new_page()
    for opened in (page, other):
        open_at(opened, address)
        settled(opened)
    page.evaluate("window.sameProgram = true")
    choose(page, "dark")
    assert page.evaluate("window.sameProgram") is True
    other.wait_for_function(SCHEME_IS, arg="dark")
    expect(other.get_by_role("radio", name="Tối", exact=True)).to_be_checked()
    page.add_init_script(BEGINNINGS)
    open_at(page, f"{address}{addresses.TASKS}")
    assert page.evaluate("[...window.beginnings]") == ["dark"]
    context.close()


BEGINNINGS = """window.beginnings = new Set();
new MutationObserver(() => {
    const app = document.querySelector(".stApp");
    if (app) window.beginnings.add(getComputedStyle(app).colorScheme);
}).observe(document, { childList: true, subtree: true });"""
"""Notes every scheme the page is ever drawn in."""


def test_without_a_choice_the_page_follows_the_machine(page, address):
    open_at(page, address)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(SCHEME_IS, arg=scheme)


def colours(page: Page, shapes: str) -> set[str]:
    return set(page.locator(shapes).evaluate_all("all => all.map(one => getComputedStyle(one).fill)"))


def rgb(*written: str) -> set[str]:
    return {theme._rgb(colour) for colour in written}


def test_a_chart_takes_the_colours_of_the_page(page, address):
    open_at(page, f"{address}{addresses.DEPARTMENTS}?{pictures.DAY}")
    settled(page)
    bars, names = ".js-plotly-plot .point path", ".js-plotly-plot .annotation-text"
    looks = [Look.DONE_LATE, Look.IN_PROGRESS, Look.NOT_STARTED, Look.DUE_SOON, Look.OVERDUE, Look.SUSPENDED]
    for scheme, paints in (("light", theme.PAINTS), ("dark", theme.DARK_PAINTS)):
        choose(page, scheme)
        assert rgb(*(paints[look].fill for look in looks)) <= colours(page, bars)
        assert colours(page, names) == rgb(*(getattr(theme.SHADES[name], scheme) for name in ("ink", "muted")))


# --- on paper --------------------------------------------------------------------------------------------------------


def printed(page: Page) -> list[str]:
    """The text of every sheet, spaces and line breaks aside: where letters are set apart they come with gaps."""
    found = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert all(tuple(round(side) for side in sheet.mediabox[2:]) == A4 for sheet in found.pages)
    return [re.sub(r"\s", "", sheet.extract_text()) for sheet in found.pages]


def pressed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_long_page_is_printed_to_its_end_with_day_and_version_on_every_sheet(page, address, scheme):
    open_at(page, f"{address}{addresses.TASKS}?{pictures.DAY}")
    settled(page)
    choose(page, scheme)
    rows = page.locator(".kh.tasks tbody .state").all_inner_texts()
    sheets = printed(page)
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert pressed("chốt đến ngày 22/11/2026 · phiên bản 3") in sheet
        assert f"{number}/{len(sheets)}" in sheet
    text = "".join(sheets)
    states = {row.replace("\n", "").lstrip("✓●○◔?▲❚·") for row in rows}
    assert all(pressed(state) in text for state in states)
    assert text.count("31/12/2022") >= page.locator("td:text-is('31/12/2022')").count()
    assert "Tìmtrongnhiệmvụ" not in text
    assert "Cậpnhậtsốliệu" not in text


def test_paper_is_light_whatever_the_screen_is(page, address):
    open_at(page, f"{address}{addresses.MODELS}?{pictures.DAY}")
    settled(page)
    choose(page, "dark")
    page.emulate_media(media="print")
    light = rgb(theme.INK).pop()
    assert page.locator(".kh h2").first.evaluate("one => getComputedStyle(one).color") == light
    ground = page.locator(".kh.card").first.evaluate("one => getComputedStyle(one).backgroundColor")
    assert {ground} == rgb(theme.SURFACE)
    assert theme._rgb(theme.DARK_PAINTS[Look.DONE_LATE].fill) not in colours(page, ".js-plotly-plot .point path")


SHEET_PIXELS = 703
"""Between the margins of an A4 page."""
WIDE = """sheet => {
    document.body.style.width = `${sheet}px`;
    return [...document.querySelectorAll('main .kh, main .main-svg')]
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > sheet + 1)
        .map(one => one.className.baseVal ?? one.className);
}"""


@pytest.mark.parametrize(
    "path", ["", addresses.DEPARTMENTS, addresses.MODELS, addresses.TASKS, addresses.CHANGES, addresses.HISTORY]
)
def test_nothing_reaches_over_the_edge_of_the_paper(page, address, path):
    page.goto(f"{address}{path}?{pictures.DAY}")
    settled(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(WIDE, SHEET_PIXELS) == []
