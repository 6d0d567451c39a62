"""The projected screen in a real browser: it fits, it is driven, it stays whatever happens behind it."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import workbooks as large
from lib import accounts, store
from lib.accounts import Role
from lib.store import Store
from tests import publications
from tests.serving import free_port, open_at, serving
from tests.workbooks import models, progress, workbook, xlsx

SIZES = [(3840, 2160), (1920, 1080), (1366, 768), (1280, 720), (1024, 768)]
DAY = "trinh-chieu?ngay=2026-11-22&tu=2026-01-20"
expect.set_options(timeout=30_000)

HEADER = (
    "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | Thời gian thực hiện\n"
)
ONE = "1 | 1 | Quán triệt | Lãnh đạo Ban | | Trong năm 2022\n"
LONG = "Một câu rất dài nói về khó khăn vướng mắc mà phòng đã báo cáo, " * 20
WORKBOOKS = {
    "shipped": None,
    "empty": xlsx(workbook(HEADER)),
    "one row": xlsx(workbook(HEADER + ONE, models("Bản sạch | 2026"))),
    "long words": xlsx(
        workbook(
            f"# Mục\nMã mục | Tên mục\n1 | {LONG[:900]}\n2.1 | {'khôngcókhoảngtrắng' * 12}\n",
            progress(
                f"2.1.1 | 2024 | | Đang thực hiện | 50 | | {LONG} | | {LONG} | {LONG}",
                f"2.1.2 | 2024 | | Đang thực hiện | 50 | | | | {'dàikhônghết' * 200} | <b>đậm</b>",
            ),
        )
    ),
    "300 tasks": 300,
}

# Of every scene, shown or not: they are all laid out. Signs are drawings, `.say` is for those who listen.
TOO_LARGE = """() => [...document.querySelectorAll('.deck .scene')].flatMap(scene => {
    const body = scene.querySelector('.body'), screen = scene.getBoundingClientRect();
    const name = `${scene.dataset.code} ${scene.dataset.part || ''}`;
    const tall = body.scrollHeight > body.clientHeight + 1 ? [`${name}: taller than its screen`] : [];
    const wide = [...scene.querySelectorAll('h1, p, li, td, th, b, span:not(.say):not(.say *)')]
        .filter(element => !element.closest('.say') && element.getClientRects().length)
        .filter(element => element.getBoundingClientRect().right > screen.right + 1
            || element.getBoundingClientRect().bottom > screen.bottom + 1
            || (!element.closest('.s, .seg') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth))
        .map(element => `${name}: ${element.className} ${element.textContent.trim().slice(0, 60)}`);
    return [...tall, ...wide];
})"""
SCROLLS = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.deck .scene *')]
    .filter(element => !element.closest('.s, .say, i'))
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(element => parseFloat(getComputedStyle(element).fontSize)))"""


@pytest.fixture(scope="module", name="folder")
def data_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module", name="address")
def server(folder):
    """The workbook that is shipped."""
    with serving(folder) as address:
        yield address


@pytest.fixture(name="page")
def tab(browser: Browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    yield page
    page.close()


def present(page: Page, link: str) -> None:
    """Open the projected screen and wait until it is laid out with its fonts."""
    page.goto(link)
    expect(page.locator(".deck .scene.on")).to_be_visible()
    page.evaluate("document.fonts.ready")


def shown(page: Page) -> str:
    """The scene on the screen, its part where it has several."""
    return page.locator(".deck .scene.on").evaluate("scene => scene.dataset.code + (scene.dataset.part || '')")


def screens(page: Page) -> list[str]:
    every = "scenes => scenes.map(scene => scene.dataset.code + (scene.dataset.part || ''))"
    return page.locator(".deck .scene").evaluate_all(every)


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_every_scene_fits_every_screen_and_no_row_is_lost(browser, tmp_path, kind):
    made = WORKBOOKS[kind]
    if isinstance(made, int):
        large.write(tmp_path / "so-theo-doi.xlsx", made)
    elif made:
        (tmp_path / "so-theo-doi.xlsx").write_bytes(made)
    with serving(tmp_path) as address:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        present(page, address + DAY)
        rows = page.evaluate("document.querySelectorAll('.deck .dt tbody tr').length")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function("width => document.querySelector('.deck').clientWidth === width", arg=width)
            assert page.evaluate(TOO_LARGE) == [], (width, height)
            assert not page.evaluate(SCROLLS)
            last = str(page.locator(".deck .scene").count() - 1)
            for key, at in (("End", last), ("PageDown", last), ("Home", "0")):
                page.keyboard.press(key)
                assert page.locator(".deck").get_attribute("data-at") == at
            assert page.evaluate("document.querySelectorAll('.deck .dt tbody tr').length") == rows
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.wait_for_function("() => document.querySelector('.deck').clientWidth === 1920")
        assert page.evaluate(SMALLEST) >= 24
        page.close()


def test_the_whole_plan_stands_in_one_map(page, address):
    page.set_viewport_size({"width": 1920, "height": 1080})
    present(page, address + DAY)
    assert screens(page).count("ban-do") == 1
    assert page.locator(".deck .ban-do .dm tbody .t").count() == 20


def test_the_keys_of_a_keyboard_and_of_a_clicker_lead_through(page, address):
    present(page, address + DAY)
    everything = screens(page)
    steps = [("PageDown", 1), ("ArrowRight", 2), ("PageUp", 1), ("ArrowLeft", 0), ("ArrowLeft", 0), ("4", 3)]
    for key, expected in [*steps, ("End", len(everything) - 1), ("ArrowRight", len(everything) - 1), ("Home", 0)]:
        page.keyboard.press(key)
        assert shown(page) == everything[expected], key
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert shown(page) == everything[11]
    assert page.locator(".deck .where").inner_text().startswith(f"12 / {len(everything)} · ")
    assert page.locator(".deck .scene:not([inert])").count() == 1


def test_a_reload_shows_the_same_scene(page, address):
    present(page, address + DAY)
    page.keyboard.press("3")
    before = shown(page)
    page.reload()
    expect(page.locator(".deck .scene.on")).to_be_visible()
    assert shown(page) == before


def test_it_runs_by_itself_at_the_chosen_pace_and_stops(page, address):
    present(page, f"{address}{DAY}&nhip=5")
    page.keyboard.press("p")
    expect(page.locator(".deck .where")).to_contain_text("tự chuyển sau 5 giây")
    expect(page.locator(".deck")).to_have_attribute("data-at", "1", timeout=15_000)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".deck .where")).to_contain_text("tự chuyển sau 10 giây")
    page.keyboard.press("p")
    expect(page.locator(".deck .where")).not_to_contain_text("tự chuyển")


def test_full_screen_the_black_screen_and_hints_that_fade(page, address):
    present(page, address + DAY)
    expect(page.locator(".deck.awake")).to_have_count(1)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("b")
    assert page.locator(".deck .scene.on").is_hidden()
    page.keyboard.press("b")
    assert page.locator(".deck .scene.on").is_visible()
    expect(page.locator(".deck.awake")).to_have_count(0, timeout=10_000)
    page.mouse.move(200, 300)
    expect(page.locator(".deck.awake")).to_have_count(1)


def test_buttons_do_the_same_and_the_keyboard_reaches_them(page, address):
    present(page, address + DAY)
    page.locator(".deck").focus()
    for reached in ("mo-dau", "previous", "next"):
        page.keyboard.press("Tab")
        assert page.evaluate("(({ dataset }) => dataset.code ?? dataset.do)(document.activeElement)") == reached
    page.keyboard.press("Enter")
    assert page.locator(".deck").get_attribute("data-at") == "1"
    assert page.evaluate("document.activeElement.closest('.deck') !== null")


def test_leaving_leaves_nothing_behind(page, address):
    present(page, f"{address}trinh-chieu?nam=2025")
    page.keyboard.press("Escape")
    expect(page.locator(".kh.tiles")).to_be_visible()
    expect(page.locator(".deck")).to_have_count(0)
    assert page.url == f"{address}?nam=2025"
    page.get_by_role("link", name="Theo mục").click()
    expect(page.locator("h1")).to_have_text("Theo mục")


def test_filters_are_said_and_the_figures_are_theirs(page, address):
    present(page, f"{address}trinh-chieu?nam=2025&phong=TTB&ngay=2026-11-22")
    expect(page.locator(".deck .dh")).to_contain_text("năm 2025, Thanh tra Ban")
    assert [code for code in screens(page) if code.startswith("phong-")] == ["phong-thanh-tra-ban"]
    assert page.locator(".deck input, .deck select").count() == 0


def test_a_chosen_script_is_a_link_and_is_kept_on_this_machine(browser, address):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{address}chuan-bi-hop?canh=mo-dau,muc,ban-do&ngay=2026-11-22")
    page.get_by_role("link", name="Đưa cảnh Bản đồ kế hoạch lên trước").click()
    page.wait_for_url("**/chuan-bi-hop?**canh=mo-dau%2Cban-do%2Cmuc**")
    expect(page.locator("ol.scenes b")).to_have_text(["Mở đầu", "Bản đồ kế hoạch", "Các mục"])
    page.get_by_role("link", name="Mở trình chiếu").click()
    expect(page.locator(".deck .scene.on")).to_be_visible()
    assert list(dict.fromkeys(code.rstrip("0123456789") for code in screens(page))) == ["mo-dau", "ban-do", "muc"]
    other = context.new_page()
    other.goto(f"{address}trinh-chieu")
    other.wait_for_url("**/trinh-chieu?canh=mo-dau%2Cban-do%2Cmuc")
    expect(other.locator(".deck .scene")).to_have_count(page.locator(".deck .scene").count())
    context.close()


HURRIED = """names => names.forEach(name =>
    [...document.querySelectorAll("a")].find(link => (link.ariaLabel ?? link.textContent) === name).click())"""


def test_clicks_quicker_than_the_answer_are_carried_out_in_turn(page, address):
    open_at(page, f"{address}chuan-bi-hop?canh=mo-dau,muc,ban-do&ngay=2026-11-22")
    page.evaluate(HURRIED, ["Đưa cảnh Bản đồ kế hoạch lên trước", "Mở trình chiếu"])
    expect(page.locator(".deck .scene.on")).to_be_visible()
    assert list(dict.fromkeys(code.rstrip("0123456789") for code in screens(page))) == ["mo-dau", "ban-do", "muc"]


def test_a_meeting_recorded_since_outdates_the_day_that_was_chosen(browser, address, folder):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    present(page, f"{address}trinh-chieu?tu=2026-01-20&nhip=45")
    expect(page.locator(".deck")).to_contain_text("Từ 20/01/2026")
    store.record_meeting(Store(folder), dt.date(2026, 5, 5), "Thanh tra", dt.datetime(2026, 5, 5, 2, tzinfo=dt.UTC))
    later = context.new_page()
    present(later, f"{address}trinh-chieu")
    later.wait_for_url("**/trinh-chieu?nhip=45")
    expect(later.locator(".deck")).to_contain_text("Từ 05/05/2026")
    context.close()


def test_new_data_come_into_the_scene_on_the_screen(browser, tmp_path):
    kept = Store(tmp_path)
    publications.put_first(kept, publications.book(50))
    with serving(tmp_path) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        present(page, f"{address}trinh-chieu?ngay=2026-11-22")
        page.keyboard.press("2")
        before = shown(page)
        assert "Sửa xong" not in page.locator(".deck").inner_text()
        changed = publications.book(70, more="2.1.2 | 2024 | | Đang thực hiện | | | | | Sửa xong phần mềm")
        publications.publish(kept, changed, at=dt.datetime.now(dt.UTC))
        expect(page.locator(".deck .note")).to_contain_text("Số liệu vừa được cập nhật: phiên bản 2")
        assert shown(page) == before
        expect(page.locator(".deck .dh")).to_contain_text("phiên bản 2")
        assert "Sửa xong phần mềm" in page.locator(".deck").inner_html()
        page.close()


def test_a_session_that_ends_in_the_meeting_leaves_the_scene_and_no_new_figure(browser, tmp_path):
    kept, at = Store(tmp_path), dt.datetime.now(dt.UTC)
    publications.put_first(kept, publications.book(50))
    accounts.add(kept, "Thanh tra", "mật khẩu của thanh tra", Role.INSPECTOR, at, "kiểm thử")
    accounts.add(kept, "Người xem", "mật khẩu của người xem", Role.VIEWER, at, "kiểm thử")
    with serving(tmp_path, VIEWING="dang-nhap") as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{address}trinh-chieu?ngay=2026-11-22")
        page.get_by_label("Họ tên").fill("Người xem")
        page.get_by_label("Mật khẩu").fill("mật khẩu của người xem")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.locator(".deck .scene.on")).to_be_visible()
        page.keyboard.press("2")
        before = page.locator(".deck").get_attribute("aria-label")
        accounts.set_active(kept, "Người xem", False, at, "kiểm thử")
        publications.publish(kept, publications.book(70), at=at)
        expect(page.locator(".deck .note")).to_contain_text("Bấm Esc để tải lại hoặc đăng nhập lại")
        assert page.locator(".deck").get_attribute("aria-label") == before
        assert page.locator(".deck").evaluate("deck => deck.clientHeight === innerHeight")
        assert "phiên bản 1" in page.locator(".deck .dh").inner_text()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
        expect(page.locator(".deck")).to_have_count(0)
        page.close()


def test_the_scene_stays_and_goes_on_when_the_server_is_gone(browser, tmp_path):
    port = free_port()
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    with serving(tmp_path, port) as address:
        present(page, address + DAY)
        page.keyboard.press("3")
        words = page.locator(".deck .scene.on").inner_text()
    expect(page.locator(".deck .note")).to_contain_text("Mất kết nối với máy chủ")
    assert page.locator(".deck .scene.on").inner_text() == words
    page.keyboard.press("ArrowRight")
    assert page.locator(".deck").get_attribute("data-at") == "3"
    assert page.locator(".deck").evaluate(
        "deck => deck.contains(document.elementFromPoint(innerWidth / 2, innerHeight / 2))"
    )
    with serving(tmp_path, port):
        expect(page.locator(".deck .note")).not_to_contain_text("Mất kết nối", timeout=60_000)
        expect(page.locator(".deck .scene.on")).to_be_visible()
        assert page.locator(".deck").get_attribute("data-at") == "3"
    page.close()
