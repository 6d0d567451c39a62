"""Open screens are asked to draw what is new a few at a time, each of them once."""

import asyncio
from types import SimpleNamespace

import pytest

from lib.ui import live
from tests.test_pages import REPORTED, WORKBOOKS
from tests.workbooks import progress, workbook, xlsx

CHANGED = workbook(REPORTED, progress("2.1.1 | 2025 | | Đang thực hiện"))


class Office:
    """Screens whose runs end when told to; stands for Streamlit's runtime."""

    def __init__(self, screens: int) -> None:
        self.sessions = [self.session(number) for number in range(screens)]
        self._session_mgr = SimpleNamespace(
            list_active_sessions=lambda: [SimpleNamespace(session=session) for session in self.sessions]
        )
        self.asked: list[int] = []
        self.most = 0
        self.closed: set[int] = set()

    def session(self, number: int) -> SimpleNamespace:
        session = SimpleNamespace(id=number, _client_state=f"choices of {number}", _scriptrunner=None)
        session.request_rerun = lambda choices: self.run(session, choices)
        return session

    def run(self, session: SimpleNamespace, choices: str) -> None:
        assert choices == f"choices of {session.id}"
        session._scriptrunner = "running"
        self.asked.append(session.id)
        self.most = max(self.most, len(self.running))

    @property
    def running(self) -> list[SimpleNamespace]:
        return [session for session in self.sessions if session._scriptrunner]

    def is_active_session(self, number: int) -> bool:
        return number not in self.closed

    async def until_all_are_asked(self, ends: bool = True) -> None:
        asking = asyncio.create_task(live._one_after_another(self))
        while not asking.done():
            await asyncio.sleep(0)
            for session in self.running if ends else []:
                session._scriptrunner = None
        await asking


def test_every_screen_is_asked_once_and_only_a_few_at_a_time():
    office = Office(30)
    asyncio.run(office.until_all_are_asked())
    assert office.asked == list(range(30))
    assert office.most <= live.AT_ONCE


def test_screens_that_take_long_hold_up_nobody(monkeypatch):
    monkeypatch.setattr(live, "PLACE_SECONDS", 0.01)
    office = Office(3 * live.AT_ONCE)
    asyncio.run(office.until_all_are_asked(ends=False))
    assert len(office.asked) == 3 * live.AT_ONCE


def test_a_screen_that_was_closed_meanwhile_is_not_asked():
    office = Office(3)
    office.closed.add(1)
    asyncio.run(office.until_all_are_asked())
    assert office.asked == [0, 2]


def test_what_somebody_is_just_choosing_is_not_broken_off():
    office = Office(3)
    office.sessions[0]._scriptrunner = "running"
    asyncio.run(office.until_all_are_asked())
    assert office.asked == [1, 2, 0]


@pytest.mark.parametrize("fails", [False, True])
def test_the_server_looks_at_its_start_and_screens_are_asked_when_something_is_new_even_where_it_cannot(
    monkeypatch, fails
):
    told = []
    signs = iter(["old", "old", "new", "new"])
    monkeypatch.setattr(live, "signature", lambda _store: next(signs))
    monkeypatch.setattr(live, "look", lambda: told.append("look") or (1 / 0 if fails else None))
    monkeypatch.setattr(live, "refresh", lambda: told.append("refresh"))
    job = live._screens(None, for_everybody=True)
    for _ in range(3):
        try:
            job()
        except ZeroDivisionError:
            assert fails
    assert told == ["look", "look", "refresh"]


@pytest.fixture(name="done")
def what_is_done(monkeypatch):
    """The names of what was done, in order."""
    done = []
    monkeypatch.setattr(live, "look", lambda: done.append("look"))
    monkeypatch.setattr(live, "refresh", lambda: done.append("refresh"))
    return done


def test_the_server_looks_once_after_the_start_a_publication_and_midnight(publish, done, monkeypatch):
    store = publish(xlsx(WORKBOOKS["ordinary"]))
    job = live._screens(store, for_everybody=True)
    job()
    job()
    assert done == ["look"]
    publish(xlsx(CHANGED))
    job()
    job()
    assert done == ["look", "look", "refresh"]
    day = live.today()
    monkeypatch.setattr(live, "today", lambda: day.replace(year=day.year + 1))
    job()
    job()
    assert done == ["look", *["look", "refresh"] * 2]


def test_where_viewing_is_closed_it_never_looks(publish, done):
    store = publish(xlsx(WORKBOOKS["ordinary"]))
    job = live._screens(store, for_everybody=False)
    job()
    publish(xlsx(CHANGED))
    job()
    assert done == ["refresh"]


def test_while_nobody_can_say_what_is_published_it_does_not_look(publish, done, monkeypatch):
    store = publish(xlsx(WORKBOOKS["ordinary"]))
    day = live.today()
    monkeypatch.setattr(live, "signature", lambda _: (None, None, day))
    job = live._screens(store, for_everybody=True)
    job()
    assert done == []
