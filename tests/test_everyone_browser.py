"""For everyone: no serious fault for axe on any page, light or dark; by keyboard alone; figures without the picture."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks import workbooks as large
from lib.panels import address as addresses
from tests import english, navigation, pictures
from tests.serving import open_at, serving, settled
from tests.test_pages import WORKBOOKS
from tests.workbooks import xlsx

BAD = ("serious", "critical")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
RULES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]},
}
"""By day at a desk every rule; then what the dark and the width of a phone can change."""
ASKING = (addresses.UPDATE, addresses.ACCOUNTS)
"""To a stranger they show what the page of signing in shows."""
KINDS = {"empty": "no tasks", "one row": "one task", "300 tasks": ""}
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module", name="address")
def server(tmp_path_factory):
    """The shipped workbook, published twice, with an inspector."""
    folder = tmp_path_factory.mktemp("data")
    pictures.prepare(folder)
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module", name="inspector")
def signed_in(browser: Browser, address):
    """A window in which the inspector is signed in."""
    page = browser.new_page(viewport=DESK, reduced_motion="reduce")
    pictures.sign_in(page, address)
    return page


@pytest.fixture(name="page")
def tab(browser: Browser):
    page = browser.new_page(viewport=DESK, reduced_motion="reduce")
    yield page
    page.close()


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands, by day, then in the dark on a phone."""
    found, size = [], page.viewport_size
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        if scheme == "dark":
            page.set_viewport_size(PHONE)
        page.wait_for_function(SCHEME_IS, arg=scheme)
        seen = Axe().run(page, options=rules).response["violations"]
        found += [
            f"{page.url} {scheme}: {rule['id']} {node['html'][:200]} {node['failureSummary']}"
            for rule in seen
            if rule["impact"] in BAD
            for node in rule["nodes"]
        ]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)
    return found


SCHEME_IS = "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme"


@pytest.mark.parametrize("shot", pictures.shots(), ids=lambda shot: shot.name)
def test_axe_finds_nothing_serious(inspector, address, shot):
    inspector.goto(address + shot.link)
    settled(inspector)
    if shot.act:
        shot.act(inspector)
        settled(inspector)
    assert faults(inspector) == []
    assert_headings_in_order(inspector)
    assert_charts_are_said(inspector)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_and_the_ear_for_english_find_nothing_where_there_is_next_to_nothing_or_very_much(browser, tmp_path, kind):
    book = tmp_path / "so-theo-doi.xlsx"
    if kind == "300 tasks":
        large.write(book, 300)
    else:
        book.write_bytes(xlsx(WORKBOOKS[KINDS[kind]]))
    page = browser.new_page(viewport=DESK, reduced_motion="reduce")
    with serving(tmp_path) as address:
        for path in [path for path in navigation.paths() if path not in ASKING]:
            page.goto(address + path)
            settled(page)
            assert faults(page) == []
            assert list(english.left(page, {book.name})) == []
            assert_headings_in_order(page)
    page.close()


def assert_headings_in_order(page: Page) -> None:
    """One first heading, and no level left out on the way down."""
    headings = page.locator("main h1, main h2, main h3, main h4").filter(visible=True)
    levels = [int(tag[1]) for tag in headings.evaluate_all("all => all.map(one => one.tagName)")]
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels)), (page.url, levels)


def assert_charts_are_said(page: Page) -> None:
    """Every chart has its figures in words, and in a table that can be opened."""
    charts, tables = page.locator("[data-testid=stPlotlyChart]").all(), page.locator(".kh.figures")
    assert tables.count() == len(charts)
    for chart, table in zip(charts, tables.all(), strict=True):
        assert sum(letter.isdigit() for letter in chart.get_attribute("aria-label")) > 5
        table.locator("summary").click()
        expect(table.locator("td").first).to_be_visible()


def test_axe_finds_nothing_serious_in_open_menus(page, address):
    open_at(page, f"{address}{addresses.TASKS}")
    settled(page)
    for widget, opened in (
        (page.get_by_label("Phòng tham mưu"), "[role=listbox]"),
        (page.get_by_label("Trạng thái"), "[role=listbox]"),
        (page.locator("[data-testid=stDateInput] button"), "[role=dialog]"),
    ):
        widget.first.click()
        page.locator(opened).first.wait_for()
        assert faults(page) == []
        page.keyboard.press("Escape")


def test_the_list_of_pages_on_a_phone(page, address):
    page.set_viewport_size(PHONE)
    open_at(page, address)
    page.locator("[data-testid=stExpandSidebarButton]").click()
    expect(page.get_by_role("link", name="Theo phòng")).to_be_in_viewport()
    assert faults(page) == []
    heights = page.locator("[data-testid=stSidebarNavLink]").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 40


# --- by keyboard -----------------------------------------------------------------------------------------------------


def focused(page: Page, what: str) -> str:
    return page.evaluate(f"(one => {what})(document.activeElement)") or ""


def tab_to(page: Page, wanted: str, presses: int = 60) -> None:
    """Press Tab until what has the focus begins with `wanted`; every stop on the way can be seen."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        told = focused(page, "one.innerText || one.getAttribute('aria-label') || one.value")
        if told.strip().startswith(wanted):
            return
    pytest.fail(f"not reached: {wanted}")


def test_the_first_stop_leads_over_the_navigation(page, address):
    open_at(page, address)
    page.keyboard.press("Tab")
    assert focused(page, "one.getAttribute('href')") == "#stMain"


def test_what_a_click_on_a_chart_opens_is_reached_by_keyboard(page, address):
    open_at(page, f"{address}{addresses.DEPARTMENTS}")
    settled(page)
    tab_to(page, "Xem bằng bảng")
    page.keyboard.press("Enter")
    tab_to(page, "Thanh tra Ban")
    page.keyboard.press("Tab")
    assert focused(page, "getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nhiệm vụ")
    expect(page.locator(".kh.narrowed")).to_contain_text("Thanh tra Ban")


def test_year_department_and_appearance_are_chosen_by_keyboard(page, address):
    open_at(page, address)
    settled(page)
    page.get_by_role("radio", name="Cả giai đoạn").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".kh.narrowed")).to_contain_text("năm 2022")
    page.get_by_label("Phòng tham mưu").first.focus()
    page.keyboard.type("Thanh")
    page.keyboard.press("Enter")
    expect(page.locator(".kh.narrowed")).to_contain_text("Thanh tra Ban")
    page.get_by_role("radio", name="Theo máy").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(SCHEME_IS, arg="dark")


# --- heard, and without motion ---------------------------------------------------------------------------------------


def test_new_figures_are_said_aloud(page, address):
    open_at(page, address)
    settled(page)
    status = page.locator("body > [role=status]")
    expect(status).to_have_text("")
    page.get_by_role("radio", name="2024").click()
    expect(status).to_contain_text("lượt đến hạn")


MOVING = """() => [...document.querySelectorAll('*')]
    .filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0)
    .map(one => one.className)"""


def test_whoever_asked_for_less_motion_gets_none(browser, address):
    page = browser.new_page(reduced_motion="reduce")
    open_at(page, address)
    assert page.evaluate(MOVING) == []
    page.close()
