"""What pages are forbidden keeps none from working, and nothing that a cell or an address says comes alive on one.

All are walked through, over a workbook that means ill, in a browser that says what it refused.
"""

import datetime as dt
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from lib.panels import address as addresses
from lib.store import Store
from tests import hostile_texts, navigation, pictures
from tests.serving import serving, settled

REFUSED = """addEventListener('securitypolicyviolation',
    event => window.refused(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
LIVE = """() => [...document.querySelectorAll('*')].filter(element => {
    const outside = link => new URL(link, document.baseURI).origin !== location.origin;
    const link = element.getAttribute('href') ?? element.getAttribute('xlink:href');
    return [...element.attributes].some(attribute => attribute.name.startsWith('on') || attribute.name === 'srcdoc')
        || element.matches('iframe, object, embed, script:not([src]), img[src=x], [autofocus]')
        || (element.matches('a') && link !== null && outside(link))
        || (element.matches('img[src], script[src]') && element.src.startsWith('http') && outside(element.src));
}).map(element => element.outerHTML.slice(0, 200))"""
"""Elements that can do something which no page of ours has."""
SEND = """async ({url, size, headers}) => {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(size)]), "so.xlsx");
    const token = {"X-Xsrftoken": headers["x-xsrftoken"]};
    return (await fetch(url, {method: "PUT", body: form, headers: token, credentials: "include"})).status;
}"""
MEGABYTE = 1024 * 1024
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module", name="address")
def server(tmp_path_factory):
    """A server whose figures come from a workbook that means ill."""
    folder = tmp_path_factory.mktemp("data")
    pictures.prepare(folder)
    at, reason = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC), " ".join(hostile_texts.TEXTS[:2])
    pictures.publish(Store(folder), hostile_texts.workbook(), at, reason)
    with serving(folder, MAX_WORKBOOK_MB="1") as address:
        yield address


def is_fault(said: ConsoleMessage) -> bool:
    """Whether something is wrong. Streamlit looks for its server under a page's own address first."""
    return said.type == "error" and not re.search(r"/_stcore/(health|host-config)$", said.location["url"])


def listening(context: BrowserContext) -> list[str]:
    """What pages of the context were refused, and what they complain of, from now on."""
    told = []
    context.expose_binding("refused", lambda source, what: told.append(f"{source['page'].url}: {what}"))
    context.add_init_script(REFUSED)
    context.on("console", lambda said: told.append(f"{said.page.url}: {said.text}") if is_fault(said) else None)
    context.on("weberror", lambda fault: told.append(str(fault.error)))
    return told


@pytest.fixture(scope="module", name="inspector")
def signed_in(browser: Browser, address):
    """A tab of a signed-in inspector, and what was refused in it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    told, page = listening(context), context.new_page()
    page.on("dialog", lambda dialog: told.append(dialog.message))
    pictures.sign_in(page, address)
    yield page, told
    context.close()


def choose(page: Page, data: bytes) -> None:
    """Choose a file of these bytes on the page of updating."""
    file = {"name": "so-thang-11.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)


def test_what_would_be_found_is_found(browser, address):
    context = browser.new_context()
    told, page = listening(context), context.new_page()
    page.goto(f"{address}khong/co")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.wait_for_function("() => true")
    assert page.evaluate("window.ran") is None
    assert any("script-src-elem inline" in what for what in told)
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", "".join(hostile_texts.TEXTS[1:6]))
    found = "".join(page.evaluate(LIVE))
    assert [tag for tag in ("<img", "<svg", "<animate", "<a href", "<iframe", "<script") if tag not in found] == []
    assert any("script-src-attr inline" in what for what in told)
    context.close()


def test_every_page_works_nothing_is_refused_and_no_text_comes_alive(inspector, address):
    page, told = inspector
    unit, text = quote(hostile_texts.HOSTILE_UNIT), quote(hostile_texts.TEXTS[1])
    more = [f"theo-phong?phong={unit}", "nhiem-vu?ma=2.1.1", f"nhiem-vu?tim={text}&phong={text}&nam={text}"]
    more += [f"trinh-chieu?canh={text}", "lich-su?ban=4"]
    for path in [*navigation.paths(), *more]:
        page.goto(address + path)
        settled(page)
        # Signed in by the cookie: nobody is asked for a password again.
        assert page.get_by_role("button", name="Đăng nhập", exact=True).count() == 0, path
        assert (path, page.evaluate(LIVE), told) == (path, [], [])


def test_it_is_read_as_it_was_written(inspector, address):
    page, _ = inspector
    page.goto(f"{address}nhiem-vu?ma=2.1.1")
    settled(page)
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert [text for text in hostile_texts.TEXTS[:6] if text not in shown] == []


def test_a_wrong_address_is_told_as_it_looks(inspector, address):
    page, told = inspector
    page.goto(f"{address}khong/co")
    assert page.locator("main").evaluate("box => getComputedStyle(box).borderRadius") == "12px"
    assert [what for what in told if "status of 404" not in what] == []
    told.clear()


def test_the_view_before_the_program_light_and_dark_a_chart_and_a_list(inspector, address, tmp_path):
    page, told = inspector
    with page.expect_response(address) as sent:
        page.goto(address)
    assert 'id="first-view"' in sent.value.text()
    settled(page)
    page.get_by_role("radio", name="Tối").check(force=True)
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    page.get_by_role("radio", name="Theo máy").check(force=True)
    page.goto(f"{address}theo-phong")
    settled(page)
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    page.goto(f"{address}nhiem-vu?trang-thai=qua-han")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải CSV").click()
    assert download.value.failure() is None
    page.locator("[data-testid=stDateInput] button").first.click()
    page.locator("[role=dialog]").first.wait_for()
    assert told == []


def test_a_workbook_is_uploaded_and_the_one_in_use_downloaded(inspector, address):
    page, told = inspector
    page.goto(address + addresses.UPDATE)
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản đang dùng").click()
    assert download.value.failure() is None
    choose(page, pictures.altered(**pictures.REPORTED))
    page.locator(".kh.comparison").wait_for()
    assert (page.evaluate(LIVE), told) == ([], [])


def test_a_file_that_is_too_large_is_refused_in_the_page_and_by_the_server(inspector, address):
    page, told = inspector
    page.goto(address + addresses.UPDATE)
    settled(page)
    choose(page, b"x" * (MEGABYTE + 1))
    expect(page.get_by_text("Tệp lớn quá 1 MB.")).to_be_visible()
    with page.expect_request("**/_stcore/upload_file/**") as asked:
        choose(page, pictures.altered())
    page.locator(".kh.check, .kh.comparison").first.wait_for()
    assert told == []
    # Whoever leaves the page's own check out.
    sent = {"url": asked.value.url, "size": 2 * MEGABYTE + 1, "headers": asked.value.headers}
    assert page.evaluate(SEND, sent) == 413
    told.clear()


def test_a_file_of_somebody_whose_session_has_ended_is_refused_in_words(inspector, address):
    page, told = inspector
    page.goto(address + addresses.UPDATE)
    settled(page)
    page.route("**/_stcore/upload_file/**", lambda asked: asked.fulfill(status=403))
    choose(page, pictures.altered())
    page.locator("[data-testid=stFileChip]").hover()
    expect(page.get_by_role("tooltip")).to_have_text(re.compile("^Phiên đăng nhập đã hết"))
    page.unroute("**/_stcore/upload_file/**")
    told.clear()


def test_the_meeting_fills_the_screen(inspector, address):
    page, told = inspector
    page.goto(address + addresses.MEETING)
    settled(page)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    assert told == []
