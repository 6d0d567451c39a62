"""The calendar of deadlines: strict, stable, escaped; the address that serves it and the links that open it."""

import datetime as dt

import pytest
from icalendar import Calendar
from starlette.requests import Request

from lib import accounts, calendar_route, store, summary
from lib.accounts import NotAllowed, Role
from lib.errors import DashboardError
from lib.reports import calendar_access, making
from lib.reports.asking import Asking
from lib.reports.deadlines import Feed, calendar
from lib.reports.making import DocumentKind, Material
from lib.status import occurrences
from lib.store import SHIPPED, Action, Store
from lib.workbook import reader
from tests.reporting import DAY, large, scope
from tests.test_report_outline import EMPTY, ONE, REPORTED
from tests.test_report_word import HOSTILE
from tests.workbooks import models, progress, register, workbook, xlsx

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
MODELS = models("Bản sạch | 2024! | | | | | 01/03/2024! | 20/12/2024!")
KINDS = {"empty": [EMPTY], "one row": [ONE], "ordinary": [REPORTED, MODELS], "300 tasks": large()}


def feed(found, **choices) -> Feed:
    return Feed(found, **{"as_of": DAY, "stamp": AT, "number": 7, "source": "phiên bản 7 (3F9A-21C7)"} | choices)


def events(found, **choices) -> list:
    return parsed(calendar(feed(found, **choices))).walk("VEVENT")


def parsed(data: bytes) -> Calendar:
    """The calendar, where the library's parser finds nothing wrong with it."""
    read = Calendar.from_ical(data)
    read.validate()
    assert not [problem for part in read.walk() for problem in getattr(part, "errors", [])]
    return read


def by_title(found: list, words: str):
    return next(event for event in found if words in event["SUMMARY"])


# --- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheets", KINDS.values(), ids=KINDS)
def test_every_occurrence_and_every_year_of_models_is_an_event(sheets):
    found = register(*sheets)
    total = summary.counts(occurrences(found, DAY))["total"]
    made = events(found)
    assert len(made) == total + 2 * 5  # registration and evaluation of each of five years
    assert len({event["UID"] for event in made}) == len(made)


def test_the_shipped_calendar_is_strict_and_says_that_it_is_a_sample():
    made = events(reader.parse(SHIPPED.read_bytes()).register)
    assert len(made) == 96 + 2 * 5
    assert all(event["SUMMARY"].startswith("[Minh họa] ") for event in made)


def test_lines_are_as_long_as_the_standard_allows_and_end_as_it_says():
    data = calendar(feed(register(REPORTED)))
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)


def test_identifiers_stay_from_one_version_to_the_next():
    before = {event["UID"]: event for event in events(register(REPORTED))}
    moved = progress("2.1.1 | 2025! | 30/06/2026! | Đang thực hiện | | | Khác | Công văn 1")
    after = {event["UID"]: event for event in events(register(moved), number=8, as_of=dt.date(2026, 12, 1))}
    assert set(before) == set(after)
    changed = by_title(list(after.values()), "2.1.1")
    assert {event["SEQUENCE"] for event in after.values()} == {8} and changed["UID"] in before
    days = [event.start for event in after.values() if "2.1.1" in event["SUMMARY"]]
    assert dt.date(2026, 6, 30) in days


def test_a_calendar_of_one_department_has_the_same_events_for_its_tasks():
    found = register(REPORTED)
    whole = {event["UID"] for event in events(found)}
    own = events(found, unit="Văn phòng")
    assert {event["UID"] for event in own} < whole
    tasks = [event for event in own if "mô hình" not in event["SUMMARY"]]
    led = summary.select(occurrences(found, DAY), units=["Văn phòng"])
    assert len(tasks) == len(led)


def test_an_event_lasts_the_day_and_blocks_nobody():
    event = by_title(events(register(ONE)), "1 Quán triệt")
    assert (event.start, event.end) == (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    assert event["TRANSP"] == "TRANSPARENT"
    assert "Số liệu chốt đến ngày 25/11/2026; phiên bản 7 (3F9A-21C7)." in event["DESCRIPTION"]


def test_alarms_ring_at_eight_before_what_is_still_to_do():
    made = events(register(REPORTED), as_of=dt.date(2025, 12, 1))
    due = [event for event in made if event.start == dt.date(2025, 12, 31) and "2.1." in event["SUMMARY"]]
    hours = dt.timedelta(hours=8)
    for event in due:
        rings = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        assert rings == [hours - dt.timedelta(days=days) for days in (30, 7, 1)]
        assert {alarm["ACTION"] for alarm in event.walk("VALARM")} == {"DISPLAY"}
    done = [event for event in made if event["SUMMARY"].startswith("✓")]
    assert done and not [alarm for event in done for alarm in event.walk("VALARM")]


def test_registration_and_evaluation_stand_on_their_days():
    made = events(register(REPORTED, MODELS))
    assert by_title(made, "Hạn đăng ký mô hình “Dân vận khéo” năm 2026").start == dt.date(2026, 3, 31)
    evaluated = by_title(made, "Hạn đánh giá mô hình “Dân vận khéo” năm 2024")
    assert evaluated.start == dt.date(2024, 12, 31) and evaluated["SUMMARY"].startswith("✓")


@pytest.mark.parametrize("hostile", [*HOSTILE, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a;b,c\\d"], ids=range(11))
def test_text_of_the_workbook_stays_text(hostile):
    found = register(REPORTED)
    found.tasks.loc[1, ["content", "label"]] = hostile
    made = events(found)
    assert len(made) == len(events(register(REPORTED)))
    shown = by_title(made, hostile.split()[0])
    assert hostile.replace("\r\n", "\n").strip() in shown["DESCRIPTION"].replace("\r\n", "\n")


def test_the_command_makes_one_of_the_whole_plan_and_one_of_each_department():
    material = Material({}, {}, DAY, AT, 7)
    names = [file.name for file in making.make(DocumentKind.CALENDAR, scope(REPORTED), material).files]
    assert names == ["lich.ics", "lich-thanh-tra-ban.ics", "lich-van-phong.ics", "lich-lanh-dao-ban.ics"]


# --- the address -----------------------------------------------------------------------------------------------------


@pytest.fixture(name="served")
def a_store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(reader, "read", reader.parse)
    (tmp_path / "so-theo-doi.xlsx").write_bytes(xlsx(workbook(REPORTED)))
    kept = Store(tmp_path)
    for name, role in (("Nguyễn Thị Bình", Role.INSPECTOR), ("Lê Văn Xem", Role.VIEWER)):
        accounts.add(kept, name, PASSWORD, role, AT, "kiểm thử")
    return kept


PASSWORD = "sông trà khúc 2026"


def asking(kept: Store, name: str = "Nguyễn Thị Bình") -> Asking:
    return Asking(accounts.sign_in(kept, name, PASSWORD, "", AT), AT, 30)


def get(query: str = "", headers: dict[str, str] | None = None):
    """What the address answers to `?query`."""
    raw = [(name.encode(), value.encode()) for name, value in ({"host": "may-chu:8501"} | (headers or {})).items()]
    facts = {"type": "http", "method": "GET", "path": "/lich.ics", "root_path": "", "scheme": "http", "headers": raw}
    return calendar_route.feed(Request(facts | {"query_string": query.encode(), "server": ("may-chu", 8501)}))


def test_where_viewing_is_open_anybody_gets_the_calendar(served):
    answer = get()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    made = parsed(answer.body).walk("VEVENT")
    assert str(by_title(made, "2.1.1")["URL"]).startswith("http://may-chu:8501/nhiem-vu?ma=2.1.1#nam-")


def test_one_department_may_be_asked_for_by_any_of_its_names(served):
    whole = parsed(get().body).walk("VEVENT")
    own = parsed(get("phong=VP").body).walk("VEVENT")
    assert 0 < len(own) < len(whole)
    assert get("phong=Phòng lạ").status_code == 404


def test_whoever_has_it_already_is_told_so(served):
    tag = get().headers["etag"]
    assert get(headers={"if-none-match": tag}).status_code == 304
    assert get("phong=VP", {"if-none-match": tag}).status_code == 200


def test_a_workbook_with_errors_gives_no_calendar(served):
    (served.data_dir / "so-theo-doi.xlsx").write_bytes(xlsx(workbook(progress("2.1.1 | 2025! | | Lạ"))))
    answer = get()
    assert answer.status_code == 503 and "có lỗi" in answer.body.decode()


@pytest.fixture(name="closed")
def closed_viewing(served, monkeypatch) -> Store:
    monkeypatch.setenv("VIEWING", "dang-nhap")
    return served


@pytest.mark.parametrize("query", ["", "phong=VP", "khoa=", "khoa=bia", "khoa=%00"])
def test_where_viewing_is_closed_nothing_is_given_without_the_secret(closed, query):
    answer = get(query)
    assert answer.status_code == 403 and b"VEVENT" not in answer.body


def test_a_link_opens_the_calendar_until_it_is_revoked(closed):
    secret = calendar_access.make_link(closed, "", "Trần Văn Cung", asking(closed))
    assert len(parsed(get(f"khoa={secret}").body).walk("VEVENT")) > 10
    (link,) = store.calendar_links(closed)
    calendar_access.revoke(closed, link, asking(closed))
    assert get(f"khoa={secret}").status_code == 403
    assert [entry.action for entry in store.entries(closed)][:1] == [Action.CALENDAR_LINK]


def test_a_link_of_one_department_shows_no_other(closed):
    secret = calendar_access.make_link(closed, "Văn phòng", "Văn phòng", asking(closed))
    assert get(f"khoa={secret}&phong=Thanh tra Ban").body == get(f"khoa={secret}").body
    titles = [event["SUMMARY"] for event in parsed(get(f"khoa={secret}").body).walk("VEVENT")]
    assert not [title for title in titles if "2.1.1" in title]


def test_a_revoked_link_stays_closed_where_viewing_is_open(served):
    secret = calendar_access.make_link(served, "", "Cung", asking(served))
    calendar_access.revoke(served, store.calendar_links(served)[0], asking(served))
    assert get(f"khoa={secret}").status_code == 403


def test_the_secret_is_kept_nowhere(served):
    secret = calendar_access.make_link(served, "", "Cung", asking(served))
    assert secret.encode() not in served.file.read_bytes()
    assert secret not in repr(store.calendar_links(served)) + repr(store.entries(served))


@pytest.mark.parametrize("name", [None, "Lê Văn Xem"])
def test_only_an_inspector_makes_and_revokes_links(served, name):
    who = asking(served, name) if name else Asking(None, AT, 30)
    with pytest.raises(NotAllowed):
        calendar_access.make_link(served, "", "Cung", who)
    calendar_access.make_link(served, "", "Cung", asking(served))
    with pytest.raises(NotAllowed):
        calendar_access.revoke(served, store.calendar_links(served)[0], who)
    assert [link.revoked_at for link in store.calendar_links(served)] == [None]


def test_a_link_is_given_to_somebody(served):
    with pytest.raises(DashboardError, match="cấp cho ai"):
        calendar_access.make_link(served, "", "  ", asking(served))
