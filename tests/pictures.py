"""Pictures of every page, taken by one command: `python run.py pictures [--out FOLDER] [--dark] [--only NAME]`.

A page of the navigation is taken by itself; states worth seeing besides are lines of `STATES`: an address, sizes, what
to do there first. A picture is named after its page and size: `theo-phong-1366x768.png`, in the dark
`theo-phong-1366x768-toi.png`. With `--guide` those that docs/huong-dan.md shows are taken, into docs/hinh.
"""

import argparse
import datetime as dt
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from lib import accounts, store, summary
from lib.accounts import Role
from lib.panels import address
from lib.store import Draft, Source, Store
from lib.workbook import reader
from tests import navigation
from tests.conftest import BROWSER_COMMANDS, BROWSER_PLACES
from tests.serving import FLAGS, serving, settled

AS_OF = dt.date(2026, 11, 22)
SIZES = {"1920x1080": (1920, 1080), "1366x768": (1366, 768), "390x844": (390, 844)}
PROJECTORS = {"3840x2160": (3840, 2160), "1280x720": (1280, 720), "1024x768": (1024, 768)}
GUIDE_FOLDER, GUIDE_SIZE = navigation.ROOT / "docs" / "hinh", "1366x768"
NAME, PASSWORD = "Nguyễn Thị Bình", "sông trà khúc 2026"
COLOURS = 200
"""So many are enough for flat areas and the edges of letters; a picture takes a third of the room."""


@dataclass(frozen=True)
class Shot:
    """One picture to take: its name, what to open, whether an inspector has to be signed in, what to do there first.

    sizes: names of `SIZES` and `PROJECTORS`, every one of `SIZES` unless said otherwise.
    whole: the page to its end, not the first screen alone.
    in_guide: whether docs/huong-dan.md shows it.
    """

    name: str
    link: str
    signed_in: bool = False
    act: Callable[[Page], None] | None = None
    sizes: tuple[str, ...] = tuple(SIZES)
    whole: bool = True
    in_guide: bool = True


def _upload(data: bytes, shown: str) -> Callable[[Page], None]:
    """Choose a workbook on the page of updating, and wait for what comes of it."""

    def act(page: Page) -> None:
        file = {"name": "so-thang-11.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        page.locator("input[type=file]").set_input_files(file)
        page.locator(shown).wait_for()

    return act


def altered(**cells: object) -> bytes:
    """The shipped workbook with other values in cells of `Tiến độ`: `altered(F7="31/02/2026")`."""
    book = openpyxl.load_workbook(store.SHIPPED)
    for cell, value in cells.items():
        book["Tiến độ"][cell].value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


REPORTED = {"E7": "Hoàn thành", "F7": 100, "G7": dt.datetime(2026, 11, 18), "L7": dt.datetime(2026, 11, 18)}
FAULTY = {"E7": "Hoàn thành", "F7": 120, "G7": "31/02/2026", "E12": "Đang lam"}
DAY = f"{address.DAY}={AS_OF.isoformat()}"
SCENES = ("mo-dau", "thay-doi", "quyet-dinh", "phong-van-phong", "muc", "ban-do", "dan-van-kheo", "ket-thuc")
INSPECTORS = (address.UPDATE, address.ACCOUNTS, address.HISTORY)

STATES = [
    Shot("mot-nhiem-vu", f"{address.TASKS}?ma=2.1.2&{DAY}"),
    Shot("theo-phong-thanh-tra", f"{address.DEPARTMENTS}?phong=Thanh tra Ban&{DAY}", in_guide=False),
    Shot("khong-co-luot-nao", f"{address.TASKS}?tim=zzz&{DAY}", sizes=("1366x768",), in_guide=False),
    Shot("lich-su-mot-phien-ban", f"{address.HISTORY}?ban=2", signed_in=True, in_guide=False),
    Shot("cap-nhat-co-loi", address.UPDATE, True, _upload(altered(**FAULTY), ".kh.check")),
    Shot("cap-nhat-so-sanh", address.UPDATE, True, _upload(altered(**REPORTED), ".kh.comparison")),
]


SCREENS = [
    Shot(
        f"{address.MEETING}-{code}",
        f"{address.MEETING}?canh={code}&tu=2026-01-20&{DAY}",
        sizes=(*SIZES, *PROJECTORS),
        whole=False,
    )
    for code in SCENES
]
"""Each scene of the meeting by itself."""


def shots() -> list[Shot]:
    """Every page of the navigation, then the states."""
    pages = [
        Shot(path or address.OVERVIEW, f"{path}?{DAY}", signed_in=path in INSPECTORS) for path in navigation.paths()
    ]
    return [shot for shot in pages if shot.name != address.MEETING] + SCREENS + STATES


def prepare(folder: Path) -> None:
    """An inspector, a meeting, and two publications after the shipped workbook."""
    kept = Store(folder)
    start = dt.datetime(2026, 9, 1, 2, tzinfo=dt.UTC)
    accounts.add(kept, NAME, PASSWORD, Role.INSPECTOR, start, "người cài đặt")
    store.record_meeting(kept, dt.date(2026, 10, 5), NAME, start + dt.timedelta(days=34))
    earlier = {"E7": "Chưa thực hiện", "F7": 0, "E12": "Chưa thực hiện", "F12": 0, "F13": 40}
    for number, (cells, reason) in enumerate([(earlier, "báo cáo quý III/2026"), ({}, "báo cáo tháng 10/2026")], 1):
        at = start + dt.timedelta(days=30 * number)
        publish(kept, altered(**cells) if cells else store.SHIPPED.read_bytes(), at, reason)


def publish(kept: Store, data: bytes, at: dt.datetime, reason: str) -> None:
    """Publish a workbook as the inspector."""
    figures = summary.figures(reader.parse(data).register, at.date())
    draft = Draft(data, "so-theo-doi.xlsx", NAME, at, reason, Source.UPLOAD, figures=figures)
    store.publish(kept, draft, store.current(kept).version.number)


def sign_in(page: Page, root: str) -> None:
    """Sign the inspector in; the browser keeps the cookie."""
    page.goto(f"{root}{address.SIGN_IN}")
    page.get_by_label("Họ tên").fill(NAME)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    with page.expect_response("**/phien"):
        page.get_by_role("button", name="Đăng nhập").click()


def take(browser: Browser, root: str, wanted: list[Shot], out: Path, dark: bool) -> Iterator[Path]:
    """Take each of the pictures at each of its sizes into `out`; gives what was written."""
    for signed_in in sorted({shot.signed_in for shot in wanted}):
        context = browser.new_context(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page = context.new_page()
        if signed_in:
            sign_in(page, root)
        for shot in (shot for shot in wanted if shot.signed_in == signed_in):
            yield from _take_one(page, root, shot, out, dark)
        context.close()


def _take_one(page: Page, root: str, shot: Shot, out: Path, dark: bool) -> Iterator[Path]:
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[shot.sizes[0]], strict=True)))
    page.goto(root + shot.link)
    settled(page)
    if shot.act:
        shot.act(page)
        settled(page)
    for size in shot.sizes:
        width, height = (SIZES | PROJECTORS)[size]
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        if shot.whole:
            # Not the window but its middle scrolls: a window as high as all of it shows all of it.
            main = page.locator("[data-testid=stMain]").first
            page.set_viewport_size({"width": width, "height": max(height, main.evaluate("main => main.scrollHeight"))})
            settled(page)
        path = out / f"{shot.name}-{size}{'-toi' if dark else ''}.png"
        _keep(page.screenshot(), path)
        yield path


def _keep(picture: bytes, path: Path) -> None:
    """Write a picture with few colours and so few bytes."""
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


def browser_path() -> str | None:
    """A browser of the Chromium family on this machine."""
    found = [path for name in BROWSER_COMMANDS if (path := shutil.which(name))]
    return next(iter(found + [place for place in BROWSER_PLACES if Path(place).is_file()]), None)


def main(words: list[str]) -> int:
    """Take the pictures that `words` ask for; the exit code."""
    parser = argparse.ArgumentParser(prog="run.py pictures", description="Chụp mọi trang của bảng theo dõi.")
    parser.add_argument("--out", type=Path, default=navigation.ROOT / "hinh-chup", help="thư mục ghi hình")
    parser.add_argument("--guide", action="store_true", help="chỉ những hình mà hướng dẫn dùng, ghi vào docs/hinh")
    parser.add_argument("--dark", action="store_true", help="chụp giao diện tối")
    parser.add_argument("--only", default="", help="chỉ những hình có tên khớp với biểu thức này")
    parser.add_argument("--size", choices=SIZES | PROJECTORS, help="chỉ một cỡ màn hình")
    asked = parser.parse_args(words)
    if (path := browser_path()) is None:
        print("Không tìm thấy trình duyệt Chromium, Chrome hoặc Edge trên máy này.", file=sys.stderr)
        return 2
    if asked.guide:
        asked.out, asked.size, asked.dark = GUIDE_FOLDER, GUIDE_SIZE, False
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in shots() if re.search(asked.only, shot.name) and (shot.in_guide or not asked.guide)]
    if asked.size:
        wanted = [replace(shot, sizes=(asked.size,), whole=not asked.guide) for shot in wanted]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder))
        with serving(Path(folder)) as root:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for taken in take(browser, root, wanted, asked.out, asked.dark):
                print(taken)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
