"""Signing in: wrong passwords must wait longer each time, then lock, for the account and the address they came from."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lib.accounts import sessions
from lib.accounts.people import LONGEST_NAME, Person, Role, account_of, matching
from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Store, record
from lib.store.audit import add
from lib.store.instants import read, written
from lib.store.tables import FAILURES
from lib.text import one_line


@dataclass(frozen=True)
class Patience:
    """How many wrong passwords are borne within `window`, and how long each must wait."""

    window: dt.timedelta = dt.timedelta(minutes=15)
    pair: int = 10  # of one account from one address
    wide: int = 40  # of one account from anywhere, or of one address for any account
    first_wait: int = 1  # seconds, doubled by each wrong password
    longest_wait: int = 60


PATIENCE = Patience()


class SignInRefused(DashboardError):
    """Name or password is wrong, or it is too early to try again."""


WRONG = "Tên hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại."


def sign_in(store: Store, name: str, password: str, address: str, at: dt.datetime) -> str:
    """The token of a new session. SignInRefused where the password is wrong, or where it is not even looked at because
    too many were."""
    account, shown = account_of(name), one_line(name)[:LONGEST_NAME]
    attempt(store, account, address, at, shown)
    person = matching(store, name, password)
    if person is None:
        record(store, AuditEntry(at, shown, address, Action.SIGN_IN_REFUSED, "Sai tên hoặc mật khẩu"))
        raise SignInRefused(WRONG)
    return _opened(store, person, address, at)


def sign_in_single(
    store: Store, email: str, shown_name: str, inspectors: Collection[str], address: str, at: dt.datetime
) -> str:
    """The token of a session that the office's single sign-on vouches for; an inspector where the list says so."""
    listed = email.strip().lower() in {name.strip().lower() for name in inspectors}
    person = Person(email.strip().lower(), shown_name, Role.INSPECTOR if listed else Role.VIEWER)
    return _opened(store, person, address, at, single=True)


def _opened(store: Store, person: Person, address: str, at: dt.datetime, single: bool = False) -> str:
    with store.writing() as connection:
        mine = (FAILURES.c.account == person.account) & (FAILURES.c.address == address)
        connection.execute(FAILURES.delete().where(mine))
        token = sessions.opened(connection, person, address, at, single)
        add(
            connection,
            AuditEntry(at, person.shown_name, address, Action.SIGN_IN, "Đăng nhập một lần" if single else ""),
        )
    return token


def attempt(store: Store, account: str, address: str, at: dt.datetime, shown: str = "") -> None:
    """Count an attempt as wrong before its password is looked at, so that many at once count too."""
    with store.writing() as connection:
        refusal = _refusal(connection, account, address, at)
        if refusal is None:
            row = {"account": account, "address": address, "at": written(at)}
            connection.execute(FAILURES.insert().values(**row))
            return
    record(store, AuditEntry(at, shown, address, Action.LOCKED, refusal))
    raise SignInRefused(refusal)


def _refusal(connection: Connection, account: str, address: str, at: dt.datetime) -> str | None:
    """Why this attempt may not be made now; None where it may."""
    recent = FAILURES.c.at > written(at - PATIENCE.window)
    chosen = select(FAILURES).where(recent, (FAILURES.c.account == account) | (FAILURES.c.address == address))
    rows = connection.execute(chosen.order_by(FAILURES.c.id)).all()
    pair = [row for row in rows if (row.account, row.address) == (account, address)]
    for found, borne in (
        (pair, PATIENCE.pair),
        ([row for row in rows if row.account == account], PATIENCE.wide),
        ([row for row in rows if row.address == address], PATIENCE.wide),
    ):
        if len(found) >= borne:
            return _locked(read(found[-borne].at) + PATIENCE.window - at)
    return _wait(pair, at)


def _locked(left: dt.timedelta) -> str:
    minutes = max(-(-int(left.total_seconds()) // 60), 1)
    return f"Đã sai mật khẩu quá nhiều lần nên tạm khóa. Thử lại sau {minutes} phút, hoặc nhờ Thanh tra khác."


def _wait(pair: list, at: dt.datetime) -> str | None:
    if not pair:
        return None
    seconds = min(PATIENCE.first_wait * 2 ** (len(pair) - 1), PATIENCE.longest_wait)
    left = (read(pair[-1].at) + dt.timedelta(seconds=seconds) - at).total_seconds()
    return f"Vừa sai mật khẩu. Chờ {max(int(-(-left // 1)), 1)} giây rồi thử lại." if left > 0 else None
