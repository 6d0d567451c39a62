"""Accounts, passwords, the slowing and locking of guesses, sessions, the one-time code. Every instant is said."""

import datetime as dt
import importlib
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lib import accounts, commands
from lib.accounts import PATIENCE, NotAllowed, Role, SignInRefused, first_code, sign_in_single
from lib.accounts.sign_in import attempt
from lib.errors import DashboardError
from lib.store import Action, Store, entries
from lib.store.tables import ACCOUNTS, FAILURES, METADATA

people = importlib.import_module("lib.accounts.people")  # the package has a function of that name

REAL_HASHER, REAL_NOBODYS_HASH = people._hasher, people._NOBODYS_HASH
START = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
NAME, PASSWORD, HERE, THERE = "Trần Thị Hòa", "gió núi sông Trà", "10.0.0.7", "10.0.0.8"
IDLE = 30


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Hashes that cost next to nothing; how strong the real ones are has a test of its own."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "_hasher", hasher)
    monkeypatch.setattr(people, "_NOBODYS_HASH", hasher.hash("nobody has this"))


@pytest.fixture(name="store")
def a_store(tmp_path):
    """A database in which one inspector has an account."""
    return with_an_inspector(Store(tmp_path))


@pytest.fixture(name="each_store")
def a_store_of_each_kind(kept):
    """The same on each kind of database, for what their transactions must hold."""
    return with_an_inspector(kept)


def with_an_inspector(store):
    accounts.add(store, NAME, PASSWORD, Role.INSPECTOR, START, by="test")
    return store


def sign_in(store, password=PASSWORD, *, name=NAME, address=HERE, after=dt.timedelta()):
    return accounts.sign_in(store, name, password, address, START + after)


def who(store, token, after):
    return accounts.who(store, token, START + after, IDLE)


def wrong(store, times, *, apart=MINUTE, name=NAME, address=HERE):
    """So many wrong passwords, each late enough to be looked at; the instant of the last, from START."""
    for number in range(times):
        with pytest.raises(SignInRefused, match="chưa đúng"):
            sign_in(store, "sai mật khẩu", name=name, address=address, after=number * apart)
    return (times - 1) * apart


def hash_of(store):
    with store.reading() as connection:
        return connection.execute(select(ACCOUNTS.c.password_hash)).scalar()


def logged(store, action):
    return [entry for entry in entries(store) if entry.action == action]


def everything_kept(store):
    with store.reading() as connection:
        return str([connection.execute(select(table)).all() for table in METADATA.sorted_tables])


# Accounts and passwords


def test_the_right_password_signs_in(store):
    person = who(store, sign_in(store), MINUTE)
    assert (person.shown_name, person.is_inspector) == (NAME, True)


@pytest.mark.parametrize("spelt", ["trần thị hòa", "Trần Thị Hoà", "  Trần  Thị Hòa ", "Trần Thị Hòa"])
def test_an_account_is_known_by_any_spelling_of_its_name(store, spelt):
    assert who(store, sign_in(store, name=spelt), MINUTE).shown_name == NAME


def test_a_name_is_taken_in_any_spelling(store):
    with pytest.raises(DashboardError, match="Đã có tài khoản"):
        accounts.add(store, "TRẦN THỊ HOÀ", PASSWORD, Role.VIEWER, START, by="test")


def test_letters_typed_apart_from_their_accents_are_the_same_password(store):
    apart = "gio\u0301 nu\u0301i so\u0302ng Tra\u0300"
    assert apart != PASSWORD
    assert sign_in(store, apart)


@pytest.mark.parametrize(
    "password", ["", "ngắn quá", "1234567890", "Matkhau123", "aaaaaaaaaaaa", NAME, "trần thị hoà", "x1y2" * 51]
)
def test_a_weak_password_is_refused_and_makes_no_account(tmp_path, password):
    store = Store(tmp_path)
    with pytest.raises(DashboardError, match="Mật khẩu"):
        accounts.add(store, NAME, password, Role.INSPECTOR, START, by="test")
    assert accounts.people(store) == []


@pytest.mark.parametrize("name", ["", " ", "A", "123", "a" * 61, "An\u202eBình", "An\x00Bình"])
def test_a_name_that_nobody_could_read_is_refused(store, name):
    with pytest.raises(DashboardError, match="Họ tên"):
        accounts.add(store, name, PASSWORD, Role.VIEWER, START, by="test")


def test_what_begins_with_the_longest_password_is_not_that_password(tmp_path):
    store = Store(tmp_path)
    longest = "bốn " * 49 + "bốnx"
    assert len(longest) == people.LONGEST_PASSWORD
    accounts.add(store, NAME, longest, Role.INSPECTOR, START, by="test")
    with pytest.raises(SignInRefused):
        sign_in(store, longest + "y")


def test_a_password_is_kept_as_an_argon2_hash_alone(store, monkeypatch):
    monkeypatch.setattr(people, "_hasher", PasswordHasher())
    accounts.set_password(store, NAME, "mật khẩu khác hẳn", START, by="test")
    assert re.match(r"\$argon2id\$v=19\$m=\d{5,},t=\d+,p=\d+\$", hash_of(store))
    assert "khác hẳn" not in everything_kept(store)


def test_a_hash_of_weaker_parameters_is_made_anew(each_store, monkeypatch):
    before = hash_of(each_store)
    monkeypatch.setattr(people, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert who(each_store, sign_in(each_store), MINUTE)
    assert "t=1" in before and "t=2" in hash_of(each_store)
    assert sign_in(each_store)


def test_the_same_parameters_leave_the_hash_alone(store):
    before = hash_of(store)
    sign_in(store)
    assert hash_of(store) == before


def test_an_unknown_name_costs_as_much_as_a_known_one(store, monkeypatch):
    checked = []
    monkeypatch.setattr(people, "_verified", lambda hashed, _: checked.append(hashed.split("$")[1]) or False)
    for name in (NAME, "Không Có Ai"):
        with pytest.raises(SignInRefused, match="Tên hoặc mật khẩu chưa đúng"):
            sign_in(store, name=name)
    assert checked == ["argon2id", "argon2id"]


def test_the_hash_for_unknown_names_is_as_costly_as_those_made_today():
    assert not REAL_HASHER.check_needs_rehash(REAL_NOBODYS_HASH)


def test_a_locked_account_does_not_sign_in_until_it_is_opened_again(store):
    accounts.add(store, "Người khác", PASSWORD, Role.INSPECTOR, START, by="test")
    accounts.set_active(store, NAME, active=False, at=START, by="test")
    with pytest.raises(SignInRefused, match="chưa đúng"):
        sign_in(store)
    accounts.set_active(store, NAME, active=True, at=START, by="test")
    assert sign_in(store, after=MINUTE)


def test_the_last_inspector_cannot_be_locked_out(store):
    accounts.add(store, "Người xem", PASSWORD, Role.VIEWER, START, by="test")
    with pytest.raises(DashboardError, match="cuối cùng"):
        accounts.set_active(store, NAME, active=False, at=START, by="test")
    assert sign_in(store)


@pytest.mark.parametrize("change", [accounts.set_password, accounts.set_active])
def test_an_account_that_is_not_there_is_told(store, change):
    value = "mật khẩu khác hẳn" if change is accounts.set_password else True
    with pytest.raises(DashboardError, match="Không có tài khoản “Ai đó”"):
        change(store, "Ai đó", value, START, "test")


# Guesses


def test_each_wrong_password_makes_the_next_wait_twice_as_long(store):
    now = dt.timedelta()
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        with pytest.raises(SignInRefused, match="chưa đúng"):
            sign_in(store, "sai", after=now)
        with pytest.raises(SignInRefused, match=f"Chờ {seconds} giây"):
            sign_in(store, after=now)
        now += seconds * SECOND
        with pytest.raises(SignInRefused, match="Chờ 1 giây"):
            sign_in(store, after=now - SECOND / 2)


def test_whoever_must_wait_has_no_password_looked_at(store, monkeypatch):
    wrong(store, 1)
    monkeypatch.setattr(people, "_verified", lambda *_: pytest.fail("looked at"))
    with pytest.raises(SignInRefused, match="Chờ"):
        sign_in(store)


def test_trying_while_waiting_does_not_make_the_wait_longer(store):
    wrong(store, 1)
    for _ in range(20):
        with pytest.raises(SignInRefused, match="Chờ 1 giây"):
            sign_in(store)
    assert sign_in(store, after=SECOND)


def test_the_right_password_forgets_the_wrong_ones(store):
    last = wrong(store, 5)
    sign_in(store, after=last + MINUTE)
    with pytest.raises(SignInRefused, match="chưa đúng"):
        sign_in(store, "sai", after=last + 2 * MINUTE)
    assert sign_in(store, after=last + 2 * MINUTE + SECOND)


def test_too_many_wrong_ones_lock_for_the_whole_window_after_the_last(each_store):
    last = wrong(each_store, PATIENCE.pair)
    with pytest.raises(SignInRefused, match="Thử lại sau 15 phút"):
        sign_in(each_store, after=last)
    with pytest.raises(SignInRefused, match="Thử lại sau 1 phút"):
        sign_in(each_store, after=last + PATIENCE.window - SECOND)
    assert sign_in(each_store, after=last + PATIENCE.window)


def test_wrong_ones_that_lie_far_apart_do_not_lock(store):
    last = wrong(store, 12, apart=2 * MINUTE)
    assert sign_in(store, after=last + MINUTE)


def test_a_lock_of_one_address_leaves_the_others_open(store):
    last = wrong(store, PATIENCE.pair)
    assert sign_in(store, address=THERE, after=last)


def test_a_lock_of_one_account_leaves_the_others_of_the_address_open(store):
    accounts.add(store, "Người khác", PASSWORD, Role.VIEWER, START, by="test")
    last = wrong(store, PATIENCE.pair)
    assert sign_in(store, name="Người khác", after=last)


def test_an_address_that_tries_many_names_is_locked_for_all(store):
    for number in range(PATIENCE.wide):
        wrong(store, 1, name=f"Tên thử {number}")
    with pytest.raises(SignInRefused, match="tạm khóa.* đăng nhập ở máy khác"):
        sign_in(store)
    assert sign_in(store, address=THERE)


def test_an_account_that_many_addresses_try_is_locked_for_all(store):
    for number in range(PATIENCE.wide):
        wrong(store, 1, address=f"10.0.1.{number}")
    with pytest.raises(SignInRefused, match="tạm khóa"):
        sign_in(store)
    assert sign_in(store, after=PATIENCE.window)


def test_guesses_made_at_once_are_counted_one_by_one(each_store):
    def guess(_):
        try:
            sign_in(each_store, "sai")
        except SignInRefused as refused:
            return "chưa đúng" in str(refused)

    with ThreadPoolExecutor(8) as pool:
        looked_at = sum(pool.map(guess, range(24)))
    assert looked_at == 1


def test_a_load_of_guesses_at_many_names_is_borne_once_a_name_and_outlasts_a_restart(each_store, monkeypatch):
    looked_at = []
    monkeypatch.setattr(people, "_verified", lambda *_: looked_at.append(1) is not None)
    names = [NAME, *(f"Tên thử {number}" for number in range(5))] * 8
    another = Store(each_store.data_dir, each_store.url)  # the server, started again

    def guess(turn):
        number, name = turn
        with pytest.raises(SignInRefused):
            sign_in(another if number >= 24 else each_store, "sai", name=name)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(guess, enumerate(names)))
    another.engine.dispose()
    assert len(looked_at) == len(set(names))


def test_few_passwords_are_hashed_at_once_however_many_are_guessed(store, monkeypatch):
    class Slow:
        inside = most = 0
        go_on, lock = threading.Event(), threading.Lock()

        def verify(self, *_):
            with self.lock:
                self.inside += 1
                self.most = max(self.most, self.inside)
            self.go_on.wait()
            with self.lock:
                self.inside -= 1
            raise VerifyMismatchError

    def guess(number):
        with pytest.raises(SignInRefused, match="chưa đúng"):
            sign_in(store, "sai", name=f"Tên thử {number}")

    def counted():
        with store.reading() as connection:
            return len(connection.execute(select(FAILURES)).all())

    slow = Slow()
    monkeypatch.setattr(people, "_hasher", slow)
    with ThreadPoolExecutor(8) as pool:
        guesses = [pool.submit(guess, number) for number in range(8)]
        while counted() < 8 or slow.inside < people.HASHES_AT_ONCE:
            pass
        slow.go_on.set()
        for one in guesses:
            one.result()
    assert slow.most == people.HASHES_AT_ONCE


@pytest.mark.parametrize("mend", ["password", "unlock"])
def test_whoever_is_locked_out_is_told_who_can_let_them_in(store, mend):
    last = wrong(store, PATIENCE.pair)
    with pytest.raises(SignInRefused, match="nhờ Thanh tra khác hay người quản trị máy chủ"):
        sign_in(store, after=last)
    if mend == "password":
        accounts.set_password(store, NAME, PASSWORD, START + last, by="test")
    else:
        accounts.set_active(store, NAME, active=True, at=START + last, by="test")
    assert sign_in(store, after=last)


@settings(max_examples=30)
@given(st.lists(st.integers(min_value=0, max_value=120), max_size=60))
def test_no_rhythm_of_guessing_gets_more_looks_than_is_borne(tmp_path_factory, pauses):
    """Half an hour's guesses at whatever pace: never more than the limit in any window."""
    store = Store(tmp_path_factory.mktemp("guesses"))
    now, looked_at = START, []
    for pause in pauses:
        now += pause * SECOND
        try:
            attempt(store, "ai", HERE, now)
        except SignInRefused:
            continue
        looked_at.append(now)
    for later, first in zip(looked_at[PATIENCE.pair :], looked_at, strict=False):
        assert later - first >= PATIENCE.window


def test_old_guesses_are_not_kept(store):
    wrong(store, 3)
    sign_in(store, address=THERE, after=dt.timedelta(hours=1))
    with store.reading() as connection:
        assert connection.execute(select(FAILURES)).all() == []


# The log


def test_signing_in_and_out_and_refusals_are_logged_without_passwords(each_store):
    with pytest.raises(SignInRefused):
        sign_in(each_store, "một mật khẩu sai", name="Ai đó " + "x" * 100)
    token = sign_in(each_store)
    accounts.sign_out(each_store, token, START)
    refused, signed_in, out = [
        logged(each_store, action)[0] for action in (Action.SIGN_IN_REFUSED, Action.SIGN_IN, Action.SIGN_OUT)
    ]
    assert len(refused.who) == 60 and refused.who.startswith("Ai đó x")
    assert (signed_in.who, signed_in.address, out.who) == (NAME, HERE, NAME)
    kept = everything_kept(each_store)
    assert "mật khẩu sai" not in kept and PASSWORD not in kept and token not in kept


def test_refusing_without_looking_fills_no_log(each_store):
    wrong(each_store, 1)
    for number in range(50):
        with pytest.raises(SignInRefused, match="Chờ"):
            sign_in(each_store, after=number * SECOND / 100)
    assert len(logged(each_store, Action.LOCKED)) == 1


def test_a_lock_is_logged_with_its_name_and_address(store):
    last = wrong(store, PATIENCE.pair)
    with pytest.raises(SignInRefused):
        sign_in(store, after=last + MINUTE)
    found = logged(store, Action.LOCKED)[0]
    assert (found.who, found.address) == (NAME, HERE)
    assert "tạm khóa" in found.detail


# Sessions


def test_a_session_ends_after_idling(each_store):
    token = sign_in(each_store)
    assert who(each_store, token, IDLE * MINUTE)
    idle = sign_in(each_store)
    assert who(each_store, idle, IDLE * MINUTE + SECOND) is None


def test_a_session_that_is_used_goes_on(store):
    token = sign_in(store)
    for quarter in range(1, 9):
        assert who(store, token, quarter * 15 * MINUTE)


@pytest.mark.parametrize("minutes", [1, 2, 30])
def test_whoever_works_all_the_time_is_never_idle(store, minutes):
    token = sign_in(store)
    for number in range(1, 40):
        assert accounts.who(store, token, START + number * 20 * SECOND, minutes)


def test_no_session_outlasts_a_working_day(store):
    token = sign_in(store)
    for quarter in range(1, 49):
        assert who(store, token, quarter * 15 * MINUTE)
    assert who(store, token, dt.timedelta(hours=12) + SECOND) is None


def test_signing_out_ends_that_session_alone(store):
    first, second = sign_in(store), sign_in(store)
    accounts.sign_out(store, first, START)
    assert who(store, first, SECOND) is None
    assert who(store, second, SECOND)


def test_a_new_password_ends_the_sessions_of_the_account(store):
    token = sign_in(store)
    accounts.set_password(store, NAME, "mật khẩu khác hẳn", START, by="test")
    assert who(store, token, SECOND) is None
    assert sign_in(store, "mật khẩu khác hẳn")


def test_locking_ends_the_sessions_of_the_account_and_opening_brings_none_back(each_store):
    accounts.add(each_store, "Người khác", PASSWORD, Role.INSPECTOR, START, by="test")
    token, other = sign_in(each_store), sign_in(each_store, name="Người khác")
    accounts.set_active(each_store, NAME, active=False, at=START, by="test")
    assert who(each_store, token, SECOND) is None
    assert who(each_store, other, SECOND)
    accounts.set_active(each_store, NAME, active=True, at=START, by="test")
    assert who(each_store, token, SECOND) is None


def test_an_account_locked_while_its_password_is_checked_gets_no_session(each_store, monkeypatch):
    accounts.add(each_store, "Người khác", PASSWORD, Role.INSPECTOR, START, by="test")

    def verified(*_):
        accounts.set_active(each_store, NAME, active=False, at=START, by="test")
        return True

    monkeypatch.setattr(people, "_verified", verified)
    with pytest.raises(SignInRefused):
        sign_in(each_store)


@pytest.mark.parametrize("token", [None, "", "x", "' OR 1=1 --"])
def test_nobody_without_a_token_of_ours(store, token):
    sign_in(store)
    assert who(store, token, SECOND) is None


def test_a_hash_from_a_stolen_database_is_no_token(store):
    sign_in(store)
    with store.reading() as connection:
        stolen = connection.exec_driver_sql("SELECT token_hash FROM sessions").scalar()
    assert who(store, stolen, SECOND) is None


def test_only_an_inspector_may(store):
    accounts.add(store, "Người xem", PASSWORD, Role.VIEWER, START, by="test")
    token = sign_in(store, name="Người xem")
    with pytest.raises(NotAllowed, match="dành cho Thanh tra"):
        accounts.require_inspector(store, token, START, IDLE)
    with pytest.raises(NotAllowed, match="chưa đăng nhập"):
        accounts.require_inspector(store, None, START, IDLE)
    assert accounts.require_inspector(store, sign_in(store), START, IDLE).account == people.account_of(NAME)


def test_asking_who_makes_no_database(tmp_path):
    store = Store(tmp_path)
    assert who(store, "x", SECOND) is None
    assert not store.exists()


@pytest.mark.parametrize(
    ("email", "inspector"), [("hoa@co-quan.vn", True), (" HOA@Co-quan.vn", True), ("xem@co-quan.vn", False)]
)
def test_single_sign_on_makes_an_inspector_of_whom_the_list_names(store, email, inspector):
    token = sign_in_single(store, email, "Hòa", ["Hoa@co-quan.vn "], HERE, START)
    assert who(store, token, SECOND).is_inspector is inspector


# The one-time code


@pytest.fixture(name="empty")
def an_empty_store(tmp_path):
    return Store(tmp_path / "empty")


def test_the_code_makes_the_first_inspector_once(empty):
    code = first_code.make(empty)
    assert re.fullmatch(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){2}", code)
    first_code.add_first(empty, code.lower().replace("-", " "), NAME, PASSWORD, HERE, START)
    assert accounts.any_inspector(empty)
    assert not first_code.awaited(empty)
    with pytest.raises(SignInRefused, match="Mã"):
        first_code.add_first(empty, code, "Người khác", PASSWORD, HERE, START + MINUTE)


def test_a_used_code_stays_used_where_the_database_begins_anew(empty):
    code = first_code.make(empty)
    first_code.add_first(empty, code, NAME, PASSWORD, HERE, START)
    empty.file.write_bytes(b"")
    with pytest.raises(SignInRefused, match="Mã"):
        first_code.add_first(empty, code, "Người khác", PASSWORD, HERE, START)


def test_with_an_inspector_there_is_no_code(store):
    assert first_code.make(store) is None
    with pytest.raises(SignInRefused, match="Mã"):
        first_code.add_first(store, "", "Người khác", PASSWORD, HERE, START)


def test_an_inspector_made_otherwise_ends_the_code(empty):
    code = first_code.make(empty)
    accounts.add(empty, NAME, PASSWORD, Role.INSPECTOR, START, by="test")
    with pytest.raises(SignInRefused, match="Mã"):
        first_code.add_first(empty, code, "Người khác", PASSWORD, HERE, START)


def test_a_later_code_ends_the_earlier(empty):
    first, second = first_code.make(empty), first_code.make(empty)
    with pytest.raises(SignInRefused, match="Mã"):
        first_code.add_first(empty, first, NAME, PASSWORD, HERE, START)
    assert first_code.add_first(empty, second, NAME, PASSWORD, HERE, START + MINUTE).is_inspector


def test_wrong_codes_are_slowed_locked_and_logged(empty):
    code = first_code.make(empty)
    for number in range(PATIENCE.pair):
        with pytest.raises(SignInRefused, match="Mã chưa đúng"):
            first_code.add_first(empty, "ABCD", NAME, PASSWORD, HERE, START + number * MINUTE)
    with pytest.raises(SignInRefused, match="tạm khóa"):
        first_code.add_first(empty, code, NAME, PASSWORD, HERE, START + PATIENCE.pair * MINUTE)
    assert len(logged(empty, Action.FIRST_CODE)) == PATIENCE.pair


def test_a_weak_password_does_not_use_the_code_up_nor_slow_it_down(empty):
    code = first_code.make(empty)
    with pytest.raises(DashboardError, match="Mật khẩu"):
        first_code.add_first(empty, code, NAME, "ngắn", HERE, START)
    assert first_code.add_first(empty, code, NAME, PASSWORD, HERE, START).is_inspector


def test_one_code_used_twice_at_once_makes_one_account(empty):
    code = first_code.make(empty)

    def use(number):
        try:
            first_code.add_first(empty, code, f"Người thứ {number}", PASSWORD, f"10.0.2.{number}", START)
        except SignInRefused:
            return 0
        return 1

    names = ["một", "hai", "ba", "bốn"]
    with ThreadPoolExecutor(len(names)) as pool:
        assert sum(pool.map(use, names)) == 1
    assert len(accounts.people(empty)) == 1


def test_neither_code_nor_its_hash_is_written_anywhere(empty, caplog):
    code = first_code.make(empty)
    first_code.add_first(empty, code, NAME, PASSWORD, HERE, START)
    assert code not in everything_kept(empty)
    assert caplog.text == ""


# The command


@pytest.fixture(name="command")
def a_command(tmp_path, monkeypatch, capsys):
    """Runs `account ...` with a line on its input; exit code, what it printed, its errors."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    def run(*words, line="", stdin=None):
        monkeypatch.setattr("sys.stdin", stdin or io.StringIO(line))
        code = commands.main(["account", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_accounts_are_made_and_changed_from_the_command_line(command, tmp_path):
    store, new = Store(tmp_path), "mật khẩu khác hẳn"
    assert command("add", NAME, line=f"{PASSWORD}\n") == (0, f"Đã thêm tài khoản {NAME}: Thanh tra.\n", "")
    assert command("add", "Người xem", "--role", "viewer", line=PASSWORD)[0] == 0
    assert command("lock", "Người xem")[0] == 0
    assert command("password", NAME, line=f"{new}\r\n")[0] == 0
    assert command("list")[1] == f"Người xem\tNgười xem\tđã khóa\n{NAME}\tThanh tra\tđang dùng\n"
    assert command("unlock", "Người xem")[0] == 0
    assert sign_in(store, new)
    assert sign_in(store, name="Người xem")


@pytest.mark.parametrize("words", [["lock", "Ai đó"], ["add", NAME], ["password", "Ai đó"]])
def test_a_command_that_cannot_be_done_says_why(command, words):
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert re.search("Không có tài khoản|Mật khẩu", err)


def test_a_password_is_no_word_of_the_command(command):
    with pytest.raises(SystemExit):
        command("add", NAME, PASSWORD)


class Terminal(io.StringIO):
    """An input at which somebody sits."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("again", "made"), [(PASSWORD, True), ("gõ nhầm lần hai", False)])
def test_at_a_terminal_the_password_is_typed_twice_and_unseen(command, tmp_path, monkeypatch, again, made):
    typed = iter([PASSWORD, again])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    code, _, err = command("add", NAME, stdin=Terminal())
    assert (code == 0) is made
    assert bool(accounts.people(Store(tmp_path))) is made
    assert made or "không giống nhau" in err
