"""What the inspectorate does, in a real browser: sign in, check, mend, compare, publish, be seen, restore."""

import datetime as dt

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from lib import accounts, store
from lib.accounts import Role
from lib.store import Store
from tests.serving import open_at, serving
from tests.workbooks import progress, workbook, xlsx

NAME, PASSWORD = "Nguyễn Thị Bình", "sông trà khúc 2026"
START = workbook(progress("2.1.1 | 2025 | | Đang thực hiện | 60"))
FAULTY = workbook(progress("2.1.1 | 2025 | | Hoàn thành | 100 | 31/02/2026 | Xong | Báo cáo số 12"))
MENDED = "28/02/2026"


@pytest.fixture(name="folder")
def data_folder(tmp_path):
    """A data folder with a first workbook and one inspector."""
    (tmp_path / "so-theo-doi.xlsx").write_bytes(xlsx(START))
    accounts.add(Store(tmp_path), NAME, PASSWORD, Role.INSPECTOR, dt.datetime.now(dt.UTC), "kiểm thử")
    return tmp_path


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto(f"{address}cap-nhat")
    page.get_by_label("Họ tên").fill(NAME)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def choose(page: Page, path) -> None:
    page.locator("input[type=file]").set_input_files(path)


def publish(page: Page, reason: str) -> None:
    # The boxes to confirm stand below the reason: whoever is quicker than the page would miss them.
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    button = page.locator("[data-testid=stFormSubmitButton] button")
    expect(button).to_be_visible()
    page.get_by_label("Lý do cập nhật").fill(reason)
    for box in page.get_by_role("checkbox").all():
        box.check(force=True)
        expect(box).to_be_checked()
    button.click()


def test_from_a_faulty_workbook_to_a_published_one_and_back(browser: Browser, folder, tmp_path):
    with serving(folder) as address:
        meeting = browser.new_page(viewport={"width": 1366, "height": 768})
        open_at(meeting, f"{address}nhiem-vu?ma=2.1.1")
        expect(meeting.locator("#nam-2025")).to_contain_text("Quá hạn")

        page = browser.new_page(viewport={"width": 1366, "height": 768})
        sign_in(page, address)
        faulty = tmp_path / "thang-3.xlsx"
        faulty.write_bytes(xlsx(FAULTY))
        choose(page, faulty)
        expect(page.locator(".kh.check")).to_contain_text("Tiến độ!F2")
        expect(page.get_by_role("button", name="Công bố")).to_have_count(0)

        with page.expect_download() as download:
            page.get_by_role("button", name="Tải tệp đã đánh dấu").click()
        marked = tmp_path / "marked.xlsx"
        download.value.save_as(marked)
        book = openpyxl.load_workbook(marked)
        assert book.sheetnames[0] == "Lỗi cần sửa"
        assert book["Tiến độ"]["F2"].comment is not None
        book["Tiến độ"]["F2"].value = MENDED
        book.save(marked)

        choose(page, marked)
        expect(page.locator(".kh.comparison")).to_contain_text("1 lượt đổi")
        expect(page.locator(".kh.comparison s").first).to_be_visible()
        publish(page, "báo cáo tháng 3/2026")
        expect(page.get_by_text("Đã công bố phiên bản 2")).to_be_visible()

        # The other window was not touched: it shows the new state within seconds, in the same place.
        expect(meeting.locator("#nam-2025")).to_contain_text("Hoàn thành quá hạn", timeout=5_000)
        assert meeting.url == f"{address}nhiem-vu?ma=2.1.1"

        page.goto(f"{address}lich-su?ban=1")
        page.get_by_role("button", name="Khôi phục bản này").click()
        expect(page.locator(".kh.comparison")).to_contain_text("trạng thái lùi lại")
        publish(page, "công bố nhầm tháng 3")
        expect(page.get_by_text("Đã công bố phiên bản 3")).to_be_visible()
        expect(meeting.locator("#nam-2025")).to_contain_text("Quá hạn", timeout=5_000)
    assert store.current(Store(folder)).data == (folder / "so-theo-doi.xlsx").read_bytes()


def test_signed_in_outlives_a_reload_and_reaches_a_second_tab_until_signing_out(browser: Browser, folder):
    with serving(folder) as address:
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, address)
        expect(page.get_by_text("Chọn sổ theo dõi")).to_be_visible()
        page.wait_for_function(
            "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/phien'))"
        )
        page.reload()
        expect(page.get_by_text("Chọn sổ theo dõi")).to_be_visible()
        second = context.new_page()
        second.goto(f"{address}tai-khoan")
        expect(second.get_by_text("1 tài khoản")).to_be_visible()
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_label("Mật khẩu")).to_be_visible()
        second.reload()
        expect(second.get_by_label("Mật khẩu")).to_be_visible()
        stranger = browser.new_page()
        stranger.goto(f"{address}cap-nhat")
        expect(stranger.get_by_label("Mật khẩu")).to_be_visible()


def test_filters_and_the_place_in_the_page_stay_when_new_data_come(browser: Browser, folder):
    with serving(folder) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 500})
        open_at(page, f"{address}nhiem-vu?nam=2025")
        main = page.locator("[data-testid=stMain]")
        main.evaluate("main => main.scrollTo(0, main.scrollHeight)")
        place = main.evaluate("main => main.scrollTop")
        kept = Store(folder)
        data = xlsx(workbook(progress("2.1.1 | 2025 | | Chưa thực hiện")))
        draft = store.Draft(data, "so.xlsx", "A", dt.datetime.now(dt.UTC), "thử", store.Source.UPLOAD)
        store.publish(kept, draft, 1)
        expect(page.locator(".kh.caption")).to_contain_text("phiên bản 2", timeout=5_000)
        assert page.url == f"{address}nhiem-vu?nam=2025"
        expect(page.locator(".kh.narrowed")).to_contain_text("năm 2025")
        assert main.evaluate("main => main.scrollTop") == place
