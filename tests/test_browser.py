"""What only a browser can tell: clicks without a reload, addresses, requests, fonts, nothing cut off at three sizes."""

import pytest
from playwright.sync_api import Browser, expect

from tests.serving import open_at, serving

SIZES = [(1920, 1080), (1366, 768), (390, 844)]
PATHS = ["", "theo-phong", "theo-muc", "dan-van-kheo", "nhiem-vu", "nhiem-vu?ma=2.1.5"]
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module", name="address")
def server(tmp_path_factory):
    """The dashboard with the workbook it ships and a data folder of its own."""
    with serving(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(name="page")
def tab(browser: Browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    yield page
    page.close()


def test_the_first_link_opened_on_a_fresh_server_finds_its_page(page, address):
    open_at(page, f"{address}theo-phong?nam=2025&phong=TTB")
    expect(page.locator("h1")).to_have_text("Theo phòng")
    expect(page.get_by_text("năm 2025 · Thanh tra Ban")).to_be_visible()
    assert page.get_by_role("dialog").count() == 0


def test_a_cell_opens_its_task_and_back_returns_without_a_reload(page, address):
    open_at(page, f"{address}?nam=2024")
    page.evaluate("window.sameProgram = true")
    page.get_by_label("2.1.5 năm 2024").click()
    expect(page.locator(".kh.task")).to_contain_text("2.1.5")
    expect(page.locator("#nam-2024")).to_be_in_viewport()
    assert page.url == f"{address}nhiem-vu?nam=2024&ma=2.1.5"
    page.go_back()
    expect(page.locator(".kh.tiles")).to_be_visible()
    assert page.url == f"{address}?nam=2024"
    assert page.evaluate("window.sameProgram") is True


def test_a_link_to_a_year_of_a_task_shows_that_year(page, address):
    open_at(page, f"{address}nhiem-vu?ma=2.1.5#nam-2025")
    expect(page.locator("#nam-2025")).to_be_in_viewport()


def test_choices_go_into_the_address_and_along_the_sidebar(page, address):
    open_at(page, address)
    page.get_by_role("radio", name="2024").click()
    expect(page.locator(".kh.narrowed")).to_contain_text("năm 2024")
    page.get_by_role("link", name="Theo mục").click()
    expect(page.locator("h1")).to_have_text("Theo mục")
    expect(page.locator(".kh.narrowed")).to_contain_text("năm 2024")
    page.wait_for_url(f"{address}theo-muc?nam=2024")
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page.locator(".kh.narrowed")).to_have_count(0)
    page.wait_for_url(f"{address}theo-muc")


def test_a_bar_of_a_chart_opens_its_tasks(page, address):
    open_at(page, f"{address}theo-phong")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    bar = page.locator(".js-plotly-plot .point").first
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".kh.found")).to_be_visible()
    assert "phong=Thanh" in page.url
    assert "trang-thai=hoan-thanh-dung-han" in page.url


def test_a_list_is_downloaded_as_it_is_shown(page, address, tmp_path):
    open_at(page, f"{address}nhiem-vu?trang-thai=qua-han")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải CSV").click()
    path = tmp_path / "list.csv"
    download.value.save_as(path)
    shown = int(page.locator(".kh.found b").inner_text())
    text = path.read_text(encoding="utf-8-sig")
    assert text.count("Quá hạn") == shown


def test_nothing_leaves_the_machine_and_nothing_complains(page, address):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_at(page, address)
    for name in ("Theo phòng", "Dân vận khéo", "Nhiệm vụ"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_have_text(name)
    page.wait_for_load_state("networkidle")
    own = (address, "data:", "blob:", "ws://" + address.removeprefix("http://"))
    assert [url for url in asked if not url.startswith(own)] == []
    assert complaints == []


def test_the_letters_are_of_the_font_that_is_shipped(page, address):
    open_at(page, address)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert any("Be Vietnam Pro" in family for family in loaded)
    assert "Be Vietnam Pro" in page.locator(".kh.lead").evaluate("element => getComputedStyle(element).fontFamily")


FITS = "() => (main => main.scrollWidth === main.clientWidth)(document.querySelector('[data-testid=stMain]'))"
CUT_OFF = """() => [...document.querySelectorAll('.kh h1, .kh h2, .kh h3, .kh .v, .kh .seg, .kh .br, .kh a.s, .kh td')]
    .filter(element => !element.closest('.wide') || element.matches('.map *'))
    .filter(element => element.getClientRects().length && element.scrollWidth > element.clientWidth + 2)
    .map(element => element.textContent.trim())"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off_or_scrolls_sideways(browser, address, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    for path in PATHS:
        open_at(page, address + path)
        # A chart takes its width a moment after it is drawn.
        page.wait_for_function(FITS)
        assert page.evaluate(CUT_OFF) == [], path
    page.close()


def test_links_can_be_reached_and_opened_by_keyboard(page, address):
    open_at(page, address)
    cell = page.get_by_label("2.1.5 năm 2024")
    cell.focus()
    assert cell.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".kh.task")).to_contain_text("2.1.5")
