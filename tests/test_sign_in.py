"""Signing in on the screen: the forms through `dashboard.py`, who may open what, the cookie's own address."""

import asyncio
import datetime as dt
import importlib
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import streamlit
from argon2 import PasswordHasher
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from lib import accounts, clock, session_route, settings
from lib.accounts import Role, first_code
from lib.store import Store, StoreUnavailable
from lib.ui import sign_in as screen
from lib.ui import source
from lib.workbook import reader

ENTRY = Path(__file__).resolve().parent.parent / "dashboard.py"
SIGN_IN, ACCOUNTS = "pages/data/sign_in.py", "pages/data/accounts.py"
NAME, PASSWORD = "Trần Thị Hòa", "gió núi sông Trà"
AT = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashes that cost next to nothing, and workbooks read in this process."""
    monkeypatch.setattr(
        importlib.import_module("lib.accounts.people"),
        "_hasher",
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )
    monkeypatch.setattr(reader, "read", reader.parse)


@pytest.fixture(name="store")
def a_store(tmp_path, monkeypatch):
    """The settings' own database, in which nobody has an account."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return Store(tmp_path)


@pytest.fixture(name="hoa")
def an_inspector(store):
    accounts.add(store, NAME, PASSWORD, Role.INSPECTOR, clock.now(), by="test")


@pytest.fixture(name="viewer")
def a_viewer(store, hoa):
    accounts.add(store, "Người xem", PASSWORD, Role.VIEWER, clock.now(), by="test")


def open_page(page=SIGN_IN):
    app = AppTest.from_file(ENTRY, default_timeout=60).run()
    return app.switch_page(page).run()


def fill(app, button, **values):
    """Type and choose by label in the form of the button, and press it."""
    pressed = next(found for found in app.button if found.label == button)
    fields = [*app.text_input, *app.selectbox, *app.radio]
    for label, value in values.items():
        next(one for one in fields if (one.label, one.form_id) == (label, pressed.form_id)).set_value(value)
    return pressed.click().run()


def sign_in(name=NAME, password=PASSWORD, page=SIGN_IN):
    return fill(open_page(page), "Đăng nhập", **{"Họ tên": name, "Mật khẩu": password})


def shown(app):
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def labels(app):
    return {field.label for field in app.text_input}


# The forms


@pytest.mark.usefixtures("hoa")
def test_the_right_password_shows_who_is_signed_in_on_every_page():
    app = sign_in()
    assert f"Bạn đã đăng nhập: {NAME}" in shown(app)
    html = shown(app.switch_page("pages/monitor/overview.py").run())
    assert f"Đã đăng nhập: <b>{NAME}</b> · Thanh tra" in html


@pytest.mark.usefixtures("hoa")
def test_a_wrong_password_is_told_and_the_next_must_wait(monkeypatch):
    monkeypatch.setattr(screen, "now", lambda: AT)
    app = sign_in(password="sai mật khẩu")
    assert "Tên hoặc mật khẩu chưa đúng" in shown(app)
    fill(app, "Đăng nhập", **{"Họ tên": NAME, "Mật khẩu": PASSWORD})
    assert "Chờ 1 giây rồi thử lại" in shown(app)
    assert "Đã đăng nhập" not in shown(app)


@pytest.mark.usefixtures("hoa")
def test_what_was_typed_as_a_name_is_text():
    app = sign_in(name="<script>alert(1)</script>")
    assert "<script>alert" not in shown(app)


@pytest.mark.usefixtures("hoa")
def test_signing_out_ends_the_session_and_shows_the_form_again(store):
    app = sign_in()
    token = app.session_state["session_token"]
    fill(app, "Đăng xuất")
    assert "Mật khẩu" in labels(app)
    assert "Đã đăng nhập" not in shown(app)
    assert accounts.who(store, token, clock.now(), 30) is None


@pytest.mark.usefixtures("hoa")
def test_an_idle_session_is_over_at_the_next_run(monkeypatch):
    app = sign_in()
    later = clock.now() + dt.timedelta(minutes=31)
    monkeypatch.setattr(screen, "now", lambda: later)
    app.run()
    assert "Mật khẩu" in labels(app)
    assert "Đã đăng nhập" not in shown(app)


@pytest.mark.usefixtures("hoa")
def test_whoever_was_signed_in_stays_on_the_screen_while_the_database_is_away(monkeypatch):
    app = sign_in()

    def away(*_):
        raise StoreUnavailable("away")

    monkeypatch.setattr(accounts, "who", away)
    assert "Đã đăng nhập" in shown(app.run())
    app.session_state["session_token"] = "not seen before"
    assert "Đã đăng nhập" not in shown(app.run())


# The first account


def test_without_a_code_nobody_is_asked_for_one(store):
    assert labels(open_page()) == {"Họ tên", "Mật khẩu"}
    assert accounts.people(store) == []


def first_account(code, **typed):
    fields = {"Mã dùng một lần": code, "Họ tên": NAME, "Mật khẩu": PASSWORD, "Gõ lại mật khẩu": PASSWORD}
    return fill(open_page(), "Tạo tài khoản", **fields | typed)


def test_the_first_inspector_is_made_with_the_code_and_signed_in(store):
    app = first_account(first_code.make(store))
    assert f"Bạn đã đăng nhập: {NAME}" in shown(app)
    assert [person.is_inspector for person in accounts.people(store)] == [True]
    assert "Mã dùng một lần" not in labels(open_page())


def test_a_wrong_code_makes_nobody(store):
    first_code.make(store)
    assert "Mã chưa đúng" in shown(first_account("ABCD-ABCD-ABCD"))
    assert accounts.people(store) == []


def test_a_password_typed_differently_the_second_time_makes_nobody(store):
    app = first_account(first_code.make(store), **{"Gõ lại mật khẩu": "gõ nhầm lần hai"})
    assert "không giống nhau" in shown(app)
    assert accounts.people(store) == []


def test_while_the_code_waits_viewers_can_sign_in(store):
    accounts.add(store, "Người xem", PASSWORD, Role.VIEWER, clock.now(), by="test")
    first_code.make(store)
    assert "Đã đăng nhập: <b>Người xem</b>" in shown(sign_in("Người xem"))


# Who may open what


def test_the_accounts_are_shown_to_an_inspector(viewer):
    app = sign_in(page=ACCOUNTS)
    assert "2 tài khoản" in shown(app)
    assert '<th scope="row">Người xem</th><td>Người xem</td><td>đang dùng</td>' in shown(app)


@pytest.mark.parametrize("who", ["nobody", "viewer"])
@pytest.mark.usefixtures("viewer")
def test_nobody_else_reads_them_or_is_given_a_form(who):
    app = open_page(ACCOUNTS) if who == "nobody" else sign_in("Người xem", page=ACCOUNTS)
    assert NAME not in shown(app)
    assert "tài khoản</h2>" not in shown(app)
    assert labels(app) == {"Họ tên", "Mật khẩu"}
    assert not app.selectbox


@pytest.mark.parametrize("token", ["", "x", "session_token"])
@pytest.mark.usefixtures("hoa")
def test_no_state_of_the_screen_stands_for_a_session(store, token):
    app = open_page(ACCOUNTS)
    app.session_state["session_token"] = token
    app.session_state["session_last_known"] = (token, accounts.people(store)[0])
    app.session_state["accounts_done"] = "Đã thêm"
    app.run()
    assert "tài khoản</h2>" not in shown(app)
    assert not app.selectbox


@pytest.mark.usefixtures("hoa")
def test_no_address_stands_for_a_session():
    app = AppTest.from_file(ENTRY, default_timeout=60).run()
    app.switch_page(ACCOUNTS)
    for name in ("session_token", "phien", "token", "role"):
        app.query_params[name] = "inspector"
    assert "tài khoản</h2>" not in shown(app.run())


@pytest.mark.usefixtures("hoa")
def test_an_action_asks_again_whoever_drew_the_form(store, monkeypatch):
    app = sign_in(page=ACCOUNTS)
    token, people = app.session_state["session_token"], accounts.people

    def people_while_the_session_ends():
        accounts.sign_out(store, token, clock.now())
        return people(store)

    monkeypatch.setattr(source, "people", people_while_the_session_ends)
    fill(app, "Thêm", **{"Họ tên": "Kẻ lạ", "Mật khẩu": PASSWORD})
    assert "Bạn chưa đăng nhập" in shown(app)
    assert [person.shown_name for person in people(store)] == [NAME]


@pytest.mark.usefixtures("hoa")
def test_the_page_of_accounts_itself_asks_who_reads_them(store, monkeypatch):
    monkeypatch.setattr(screen, "person", lambda: accounts.people(store)[0])
    html = shown(open_page(ACCOUNTS))
    assert "Bạn chưa đăng nhập" in html
    assert "tài khoản</h2>" not in html


@pytest.mark.usefixtures("hoa")
def test_where_viewing_is_closed_every_page_asks_to_sign_in(monkeypatch):
    monkeypatch.setenv("VIEWING", settings.SIGNED_IN)
    for page in sorted(path.relative_to(ENTRY.parent).as_posix() for path in ENTRY.parent.glob("pages/*/*.py")):
        app = open_page(page)
        assert labels(app) == {"Họ tên", "Mật khẩu"}, page
        assert "<h1>" not in shown(app), page
    assert "<h1>Tổng quan</h1>" in shown(sign_in(page="pages/monitor/overview.py"))


# Managing accounts


@pytest.mark.usefixtures("hoa")
def test_an_inspector_adds_an_account_and_the_form_is_empty_again(store):
    app = sign_in(page=ACCOUNTS)
    fill(app, "Thêm", **{"Họ tên": "Lê Văn An", "Vai trò": Role.VIEWER, "Mật khẩu": PASSWORD})
    assert "Đã thêm tài khoản Lê Văn An." in shown(app)
    assert "2 tài khoản" in shown(app)
    assert {field.value for field in app.text_input} == {""}
    assert [person.role for person in accounts.people(store)] == [Role.VIEWER, Role.INSPECTOR]


@pytest.mark.usefixtures("hoa")
def test_a_weak_password_is_told_and_what_was_typed_stays(store):
    app = sign_in(page=ACCOUNTS)
    fill(app, "Thêm", **{"Họ tên": "Lê Văn An", "Mật khẩu": "ngắn"})
    assert "Mật khẩu cần có" in shown(app)
    assert "Lê Văn An" in {field.value for field in app.text_input}
    assert len(accounts.people(store)) == 1


@pytest.mark.usefixtures("viewer")
def test_an_inspector_locks_and_opens_an_account(store):
    app = sign_in(page=ACCOUNTS)
    for choice, active in ((False, False), (True, True)):
        fill(app, "Thực hiện", **{"Tài khoản cần khóa hoặc mở": "Người xem", "Việc cần làm": choice})
        assert {person.shown_name: person.active for person in accounts.people(store)} == {
            NAME: True,
            "Người xem": active,
        }


@pytest.mark.usefixtures("viewer")
def test_an_inspector_sets_a_new_password_for_another(store):
    app = sign_in(page=ACCOUNTS)
    fill(app, "Đặt mật khẩu", **{"Tài khoản": "Người xem", "Mật khẩu mới": "mật khẩu khác hẳn"})
    assert "Đã đặt mật khẩu mới cho Người xem" in shown(app)
    assert accounts.sign_in(store, "Người xem", "mật khẩu khác hẳn", "", clock.now())


# The office's own sign-in


class Vouched(dict):
    """What Streamlit says about whom the office's own sign-in vouches for."""

    is_logged_in = True


def vouched(monkeypatch, **claims):
    """The office's own sign-in is set up, and has vouched for somebody with these claims."""
    monkeypatch.setattr(screen, "_single_sign_on", lambda: True)
    monkeypatch.setattr(streamlit, "user", Vouched(sub="123", name="Hòa", **claims))
    monkeypatch.setenv("INSPECTORS", "hoa@co-quan.vn; binh@co-quan.vn")


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "Hoa@co-quan.vn", "email_verified": True}, "Thanh tra"),
        ({"email": "hoa@co-quan.vn", "email_verified": "true"}, "Thanh tra"),
        ({"email": "hoa@co-quan.vn", "email_verified": False}, "Người xem"),
        ({"email": "hoa@co-quan.vn"}, "Người xem"),
        ({"email": "an@co-quan.vn", "email_verified": True}, "Người xem"),
        ({}, "Người xem"),
    ],
)
@pytest.mark.usefixtures("hoa")
def test_only_a_verified_address_on_the_list_is_an_inspector(monkeypatch, claims, role):
    vouched(monkeypatch, **claims)
    app = fill(open_page(), "Đăng nhập bằng tài khoản cơ quan")
    assert f"Đã đăng nhập: <b>Hòa</b> · {role}" in shown(app)


@pytest.mark.parametrize(("ago", "signed_in"), [(10, True), (3600, False)])
@pytest.mark.usefixtures("hoa")
def test_whoever_comes_back_from_it_is_signed_in_and_an_old_visit_is_not(monkeypatch, ago, signed_in):
    vouched(monkeypatch, email="hoa@co-quan.vn", email_verified=True, iat=clock.now().timestamp() - ago)
    assert ("Đã đăng nhập: <b>Hòa</b>" in shown(open_page())) is signed_in


@pytest.mark.usefixtures("hoa")
def test_signing_out_ends_it_there_too_and_does_not_begin_it_again(monkeypatch):
    ended = []
    monkeypatch.setattr(streamlit, "logout", lambda: ended.append(True))
    vouched(monkeypatch, email="hoa@co-quan.vn", email_verified=True, iat=clock.now().timestamp())
    app = fill(open_page(), "Đăng xuất")
    assert ended == [True]
    assert "Đã đăng nhập" not in shown(app)


def test_it_is_offered_while_there_is_no_inspector_yet(store, monkeypatch):
    first_code.make(store)
    vouched(monkeypatch, email="hoa@co-quan.vn", email_verified=True)
    app = fill(open_page(), "Đăng nhập bằng tài khoản cơ quan")
    assert "Đã đăng nhập: <b>Hòa</b> · Thanh tra" in shown(app)


def test_without_it_nothing_offers_it(store):
    assert [button.label for button in open_page().button if "cơ quan" in button.label] == []


# The cookie's own address


def ask(body=b"", method="POST", scheme="http", **headers):
    """What the route answers: status and headers. A page of our own asks unless `origin` says otherwise."""
    sent = []
    headers = {"host": "bang:8501", "origin": f"{scheme}://bang:8501"} | headers
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": session_route.PATH,
        "raw_path": session_route.PATH.encode(),
        "root_path": "",
        "query_string": b"",
        "server": ("bang", 8501),
        "client": ("10.0.0.7", 50000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value is not None],
    }
    parts = [body[at : at + 50] for at in range(0, len(body), 50)] or [b""]

    async def receive():
        part = parts.pop(0) if parts else b""
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message):
        sent.append(message)

    asyncio.run(Starlette(routes=session_route.ROUTES)(scope, receive, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def cookie(headers):
    return SimpleCookie(headers.get("set-cookie", "")).get(session_route.COOKIE)


def ticket(token="a token", at=None):
    return session_route.ticket_for(token, at or clock.now()).encode()


def test_a_ticket_brings_a_cookie_that_no_script_and_no_other_site_can_use():
    status, headers = ask(ticket())
    found = cookie(headers)
    assert (status, found.value) == (204, "a token")
    assert (found["httponly"], found["samesite"], found["path"], found["max-age"]) == (True, "strict", "/", "")
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", "")])
def test_over_https_the_cookie_never_leaves_it(scheme, secure):
    _, headers = ask(ticket(), scheme=scheme)
    assert cookie(headers)["secure"] == secure


def test_a_ticket_is_good_once():
    used = ticket()
    assert ask(used)[0] == 204
    status, headers = ask(used)
    assert (status, cookie(headers)) == (403, None)


@pytest.mark.parametrize(("seconds", "status"), [(50, 204), (70, 403)])
def test_a_ticket_is_good_for_a_minute(seconds, status):
    late = ticket(at=clock.now() - dt.timedelta(seconds=seconds))
    assert ask(late)[0] == status


@pytest.mark.parametrize(
    "origin", [None, "", "null", "http://la.example", "http://bang:80", "http://bang:8501.la.example", "http://bang"]
)
def test_another_site_is_refused_and_uses_nothing_up(origin):
    mine = ticket()
    status, headers = ask(mine, origin=origin)
    assert (status, cookie(headers)) == (403, None)
    assert ask(mine)[0] == 204


def test_neither_origin_nor_host_is_no_page_of_ours():
    assert ask(ticket(), origin="", host="")[0] == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_post_is_answered(method):
    status, headers = ask(ticket(), method=method)
    assert (status, cookie(headers)) == (405, None)


@pytest.mark.parametrize("body", [b"", b"x", "vé".encode(), b"\xff\xfe"])
def test_what_is_no_ticket_brings_nothing(body):
    ticket()
    status, headers = ask(body)
    assert (status, cookie(headers)) == (403, None)


def test_a_long_body_is_not_read_to_its_end():
    assert ask(b"x" * 100_000)[0] == 413


def test_signing_out_takes_the_cookie_away():
    status, headers = ask(ticket(""))
    assert (status, cookie(headers).value, cookie(headers)["max-age"]) == (204, "", "0")


def test_tickets_cannot_be_guessed_and_old_ones_are_not_kept():
    tickets = {session_route.ticket_for("t", AT) for _ in range(100)}
    assert len(tickets) == 100
    assert min(map(len, tickets)) >= 43
    session_route.ticket_for("t", AT + dt.timedelta(minutes=2))
    assert not tickets & set(session_route._tickets)
