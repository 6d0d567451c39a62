"""Addresses of views: which figures a page shows, written so that the link can be sent to someone.

`nhiem-vu?nam=2025&phong=Văn phòng&muc=2.1&ngay=2026-06-30`; values that are the default are left out.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from lib import schema
from lib.text import fold, plain
from lib.words import LOOK_LABELS, Look
from lib.workbook.register import Register

OVERVIEW = "tong-quan"
DEPARTMENTS = "theo-phong"
SECTIONS = "theo-muc"
MODELS = "dan-van-kheo"
TASKS = "nhiem-vu"
CHANGES = "thay-doi"
MEETING = "trinh-chieu"
PREPARE = "chuan-bi-hop"
UPDATE = "cap-nhat"
HISTORY = "lich-su"
SIGN_IN = "dang-nhap"
ACCOUNTS = "tai-khoan"
REPORTS = "bao-cao"

YEAR, UNIT, SECTION, DAY, DATA = "nam", "phong", "muc", "ngay", "so-lieu"
"""What holds from page to page."""
TASK, WORDS, LOOK, GROUP, PAGE = "ma", "tim", "trang-thai", "nhom", "trang"
"""What belongs to the list it stands in."""
FROM, TO, VERSION = "tu", "den", "ban"
"""The two versions or days that are compared; the version that is opened in the history."""
CALENDAR, SECRET = "lich.ics", "khoa"
"""The calendar that programs subscribe to, and the secret that opens it where viewing is closed."""
PERIOD = "ky"
"""The period that documents are made of."""
SCENES, PACE = "canh", "nhip"
"""The chosen scenes of a meeting in their order, with commas between; seconds a scene stays when it runs by itself."""

HELD = (YEAR, UNIT, SECTION, DAY, DATA)
LOCAL = (TASK, WORDS, LOOK, GROUP, PAGE, FROM, TO, VERSION, PERIOD, SCENES, PACE)

OF_THE_DAY = "cung-ngay"
"""The value of `so-lieu` that asks for the data that were published on the as-of day."""

LOOK_NAMES = {look: plain(label).replace(",", "").replace(" ", "-") for look, label in LOOK_LABELS.items()}
"""Each look as it is written in an address: `qua-han`."""
LOOK_OF_NAME = {name: look for look, name in LOOK_NAMES.items()}


@dataclass(frozen=True)
class View:
    """Which figures are shown; None is all years, all departments, all sections, today.

    data: "" for what is published now, `OF_THE_DAY` for what was on the as-of day, else the number of a version.
    """

    year: int | None = None
    unit: str | None = None
    section: str | None = None
    as_of: dt.date | None = None
    data: str = ""

    def query(self) -> dict[str, str]:
        """The view as address parameters, defaults left out."""
        chosen = {YEAR: self.year, UNIT: self.unit, SECTION: self.section, DAY: self.as_of}
        chosen[DATA] = self.data or None
        return {name: str(value) for name, value in chosen.items() if value is not None}

    def but(self, **changes: object) -> "View":
        """The same view with some of its parts changed."""
        return replace(self, **changes)

    @property
    def narrowing(self) -> list[str]:
        """What it was narrowed to, as people say it: `năm 2025`, `Văn phòng`, `mục 2.1`."""
        year, section = self.year and f"năm {self.year}", self.section and f"mục {self.section}"
        return [part for part in (year, self.unit, section) if part]

    @property
    def narrowed(self) -> bool:
        """Whether it leaves out any year, department or section."""
        return (self.year, self.unit, self.section) != (None, None, None)


def href(page: str, view: View, **local: object) -> str:
    """A relative link to `page` with `view`; `local` are parameters of that page (`ma`, `trang_thai`)."""
    query = view.query() | {name.replace("_", "-"): str(value) for name, value in local.items() if value}
    # The overview is the default page: it answers at the root.
    path = "./" if page == OVERVIEW else page
    return f"{path}?{urlencode(query, quote_via=quote)}" if query else path


def read_view(address: Mapping[str, str], register: Register) -> tuple[View, tuple[str, ...]]:
    """The view an address asks for, and a sentence for each part of it that this plan does not have."""
    readers = {YEAR: _year, UNIT: _unit, SECTION: _section, DAY: _day}
    found: dict[str, object] = {}
    notes = []
    for name, read in readers.items():
        if not (raw := address.get(name, "").strip()):
            continue
        found[name] = read(raw, register)
        if found[name] is None:
            notes.append(_NOTES[name].format(raw[:40]))
    view = View(found.get(YEAR), found.get(UNIT), found.get(SECTION), found.get(DAY), read_data(address))
    return view, tuple(notes)


def read_data(address: Mapping[str, str]) -> str:
    """Which data an address asks for, as in `View.data`; anything else than a number or `OF_THE_DAY` is the latest."""
    raw = address.get(DATA, "").strip()
    if raw == OF_THE_DAY:
        return raw if read_any_day(address) else ""
    return raw if raw.isascii() and raw.isdigit() and len(raw) < 9 else ""


def read_any_day(address: Mapping[str, str]) -> dt.date | None:
    """The as-of day that an address names, before it is known which plan it is asked of."""
    try:
        return dt.date.fromisoformat(address.get(DAY, "").strip())
    except ValueError:
        return None


_NOTES = {
    YEAR: "Kế hoạch không có năm “{}”, đang xem cả giai đoạn.",
    UNIT: "Sổ không có đơn vị “{}”, đang xem tất cả các phòng.",
    SECTION: "Kế hoạch không có mục “{}”, đang xem tất cả các mục.",
    DAY: "“{}” không phải là ngày xem được số liệu, đang xem đến hôm nay.",
}


def days_allowed(register: Register) -> tuple[dt.date, dt.date]:
    """The first and the last day that can be chosen as as-of date: a year before the plan to ten years after it."""
    return dt.date(register.plan.first_year - 1, 1, 1), dt.date(register.plan.last_year + 10, 12, 31)


def _year(raw: str, register: Register) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and int(raw) in register.plan.years else None


def _unit(raw: str, register: Register) -> str | None:
    """The unit of that name; by another name or abbreviation too, so that old links outlive a renaming."""
    wanted = fold(raw)
    if wanted == fold(schema.UNASSIGNED):
        return schema.UNASSIGNED
    names = register.units[["unit", "other_names", "abbreviation"]].itertuples(index=False)
    for unit, other_names, abbreviation in names:
        if wanted in {fold(name) for name in (unit, *f"{other_names};{abbreviation}".split(";")) if name.strip()}:
            return unit
    return None


def _section(raw: str, register: Register) -> str | None:
    return raw if raw in set(register.sections["section"]) else None


def _day(raw: str, register: Register) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        return None
    first, last = days_allowed(register)
    return day if first <= day <= last else None


def read_looks(raw: str) -> tuple[Look, ...]:
    """The looks named in an address (`qua-han,tam-hoan`); unknown names are passed over."""
    return tuple(LOOK_OF_NAME[name] for name in raw.split(",") if name in LOOK_OF_NAME)


def read_scenes(raw: str) -> tuple[str, ...]:
    """The scenes named in an address (`mo-dau,quyet-dinh`), in their order."""
    return tuple(code for code in raw.split(",") if code)


PACES = (5, 10, 15, 20, 30, 45, 60, 90, 120)
USUAL_PACE = 20


def read_pace(raw: str) -> int:
    """Seconds from an address; the usual ones where it names none of `PACES`."""
    return int(raw) if raw in map(str, PACES) else USUAL_PACE


def read_page(raw: str, pages: int) -> int:
    """The page of a long table that an address asks for, from 1 to `pages`; 1 where it says none of them."""
    return min(max(int(raw), 1), pages) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 1
