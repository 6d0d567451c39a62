"""No English is left: every page, signed out and in, every menu, calendar and list, and when things go wrong."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import accounts
from lib.accounts import Role
from lib.panels import address as addresses
from lib.shell import html
from lib.store import Store
from tests.english import english_in, left
from tests.serving import serving
from tests.workbooks import progress, workbook, xlsx

ROOT = Path(__file__).resolve().parent.parent
NAME, PASSWORD = "Nguyễn Thị Bình", "sông trà khúc 2026"
WORKBOOK = workbook(progress("2.1.1 | 2025 | | Đang thực hiện | 60"))
FAULTY = workbook(progress("2.1.1 | 2025 | | Hoàn thành | 100 | 31/02/2026 | Xong | Báo cáo số 12"))
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"


def pages(but: str = "") -> list[str]:
    """The address of every page, as `dashboard.PAGES` says them; `but` leaves out those of that folder."""
    calls = [node for node in ast.walk(ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))) if is_page(node)]
    wanted = [call for call in calls if ast.unparse(call.args[0]).split(" / ")[0] != but]
    named = [next((word.value.attr for word in call.keywords if word.arg == "url_path"), None) for call in wanted]
    return [getattr(addresses, name) if name else "" for name in named]


def is_page(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Page"


@pytest.mark.parametrize(
    "text",
    ["Choose a date", "Close", "Open", "11 – November", "Ngày: novembre 2026", "Bỏ file", "30MB per file", "no data"],
)
def test_english_is_recognised(text):
    assert english_in(text)


@pytest.mark.parametrize(
    "text", ["Thanh tra", "Trang 2", "Sau", "Chọn tệp", "Thứ Hai, 26 tháng 10, 2026", "Tải CSV", "T2", "BC-BDT", "khoa"]
)
def test_vietnamese_is_not_taken_for_it(text):
    assert not english_in(text)


def test_every_page_is_walked():
    assert {"", "cap-nhat", "theo-phong"} <= set(pages())
    assert len(pages()) > 10
    assert "cap-nhat" in pages(but="MONITOR")
    assert "theo-phong" not in pages(but="MONITOR")


@pytest.fixture(name="folder", scope="module")
def data_folder(tmp_path_factory):
    """A data folder with one inspector; the shipped workbook is its first."""
    folder = tmp_path_factory.mktemp("data")
    accounts.add(Store(folder), NAME, PASSWORD, Role.INSPECTOR, dt.datetime.now(dt.UTC), "kiểm thử")
    return folder


THEIRS = [
    '<div class="kh">Upload</div>',
    '<div data-testid="stMarkdownContainer"><p>Close</p></div>',
    '<div role="option">Open</div>',
    '<span data-testid="stFileChipName" title="Sidebar">Upload</span>',
    "<textarea>Cancel</textarea>",
]
OURS = {
    "<button aria-label='Close'>Upload</button>": "<button aria-label='Đóng'>Chọn tệp</button>",
    "<p>  30MB per file • XLSX </p>": "<p>  Mỗi tệp tối đa 30 MB • XLSX </p>",
    "<p>Selected Date: November 25, 2026</p>": "<p>Ngày đã chọn: 25/11/2026</p>",
    '<div role="listbox" data-empty="true"><i role="option">No results</i></div>': (
        '<div role="listbox" data-empty="true"><i role="option">Không tìm thấy</i></div>'
    ),
}


def test_what_people_wrote_is_left_alone_and_streamlits_words_are_not(browser: Browser):
    page = browser.new_page(locale="en-US")
    page.set_content("<body></body>")
    page.add_script_tag(content=html.script())
    changed = """async (written) => {
        document.body.innerHTML = written;
        await Promise.resolve();
        return document.body.innerHTML.replaceAll('aria-label="', "aria-label='").replaceAll('">', "'>");
    }"""
    for written, wanted in {**OURS, **dict(zip(THEIRS, THEIRS, strict=True))}.items():
        assert page.evaluate(changed, written) == wanted.replace('">', "'>"), written
    # Words that change later, and a label that is set later.
    page.evaluate("document.body.innerHTML = '<p>Sẵn sàng</p>'")
    page.evaluate("document.querySelector('p').firstChild.data = 'Running...'")
    page.evaluate("document.querySelector('p').setAttribute('title', 'Stop')")
    expect(page.locator("p[title=Dừng]")).to_have_text("Đang cập nhật…")
    assert page.evaluate("navigator.language") == "vi-VN"
    page.close()


def go(page: Page, link: str) -> None:
    """Open a page and wait until it is drawn, charts too."""
    page.goto(link)
    page.wait_for_selector("html[data-links]", state="attached")
    still(page)


def still(page: Page) -> None:
    page.wait_for_selector(STILL)
    page.wait_for_function(
        "() => document.querySelectorAll('[data-testid=stPlotlyChart]').length ==="
        " document.querySelectorAll('[data-testid=stPlotlyChart] .main-svg:first-child').length"
    )


def reachable(page: Page):
    """Opens one thing of the page after another, and gives what it is while it is open."""
    yield "as it comes"
    for summary in page.locator("[data-testid=stExpander] summary").all():
        summary.click()
        yield "expander"
    for box in page.locator("[data-testid=stSelectbox] input, [data-testid=stMultiSelect] input").all():
        # A list closes when the page scrolls under it.
        box.scroll_into_view_if_needed()
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        box.press("ArrowDown")
        page.get_by_role("listbox").wait_for()
        yield "list"
        page.keyboard.type("zqx")
        page.locator("[role=listbox][data-empty=true]").wait_for()
        yield "empty list"
        box.blur()
        page.get_by_role("listbox").wait_for(state="detached")
    for button in page.locator("[data-testid=stDateInputCalendarButton]").all():
        button.click()
        page.get_by_test_id("stDateInputCalendar").wait_for()
        yield "calendar"
        page.keyboard.press("Escape")
        page.get_by_test_id("stDateInputCalendar").wait_for(state="detached")
    for button in page.locator("[data-testid=stPopover] button").all():
        button.click()
        page.get_by_test_id("stPopoverBody").wait_for()
        yield "popover"
        page.keyboard.press("Escape")
    for chart in page.locator("[data-testid=stPlotlyChart], [data-testid=stDataFrame]").all():
        chart.hover()
        yield "chart"
    for target in page.locator("[data-testid=stTooltipHoverTarget]:visible").all():
        target.hover()
        page.get_by_test_id("stTooltipContent").first.wait_for()
        yield "tooltip"
    for field in page.locator("[data-testid=stTextInput] input, [data-testid=stTextArea] textarea").all():
        field.fill("Chu")
        yield "field"
        field.fill("")


@pytest.mark.parametrize("language", ["en-US", "fr-FR"])
def test_no_page_speaks_english_to_whoever_looks(browser: Browser, folder, language):
    found = {}
    with serving(folder) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale=language)
        for path in pages() if language == "en-US" else ["theo-phong"]:
            go(page, address + path)
            found |= {f"/{path}, {what}: {text}": text for what in reachable(page) for text in left(page)}
        found |= {f"narrow: {text}": text for text in narrow(page, address)}
        page.close()
    assert not found, "\n".join(found)


def narrow(page: Page, address: str):
    """On a phone the sidebar is a drawer."""
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, address)
    yield from left(page)
    page.get_by_label("Mở thanh bên").click()
    page.get_by_label("Thu gọn thanh bên").wait_for()
    yield from left(page)


def test_nor_to_the_inspectorate_or_when_things_go_wrong(browser: Browser, folder, tmp_path):
    found = {}

    def look(what: str, *names: str) -> None:
        found.update({f"{what}: {text}": text for text in left(page, set(names))})

    good, faulty, other = tmp_path / "so.xlsx", tmp_path / "so-loi.xlsx", tmp_path / "ghi-chep.docx"
    good.write_bytes(xlsx(WORKBOOK))
    faulty.write_bytes(xlsx(FAULTY))
    other.write_text("x")
    with serving(folder) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-US")
        go(page, f"{address}cap-nhat")
        page.get_by_label("Họ tên").fill("Ai đó")
        page.get_by_label("Mật khẩu").fill("sai")
        look("signing in")
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_text("Tên hoặc mật khẩu chưa đúng").wait_for()
        look("wrong password")
        page.get_by_label("Họ tên").fill(NAME)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_text("Chọn sổ theo dõi").wait_for()
        page.wait_for_function(
            "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/phien'))"
        )
        for path in pages(but="MONITOR"):
            go(page, address + path)
            for what in reachable(page):
                look(f"inspector, /{path}, {what}")
        go(page, f"{address}cap-nhat")
        choose = page.locator("input[type=file]")
        choose.set_input_files(other)
        page.get_by_test_id("stFileChip").wait_for()
        look("a file of another kind", other.name)
        for path, sign in ((faulty, ".kh.check"), (good, ".kh.comparison")):
            choose.set_input_files(path)
            page.locator(sign).wait_for()
            still(page)
            for what in reachable(page):
                look(f"{path.name}, {what}", good.name, faulty.name, other.name)
        for wrong in ("khong-co-trang-nay", "khong/co"):
            page.goto(address + wrong)
            expect(page.get_by_text("Không có trang ở địa chỉ này")).to_be_visible()
            look(f"/{wrong}")
        go(page, address)
        day = page.get_by_test_id("stDateInput").get_by_role("spinbutton").last
        day.click()
        page.keyboard.type("1990")
        page.get_by_test_id("stDateInputError").hover()
        page.get_by_test_id("stTooltipErrorContent").wait_for()
        look("a day out of range")
        go(page, address)
    expect(page.get_by_text("Mất kết nối với máy chủ")).to_be_visible(timeout=60_000)
    look("connection lost")
    page.close()
    assert not found, "\n".join(found)
