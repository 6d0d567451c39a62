"""Signing in: wrong passwords must wait longer each time, then lock, for the account and the address they came from."""

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from lib.accounts import sessions
from lib.accounts.people import LONGEST_NAME, Person, Proof, Role, account_of, holds, proven
from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Store, record
from lib.store.audit import add
from lib.store.instants import read, written
from lib.store.tables import AUDIT, FAILURES
from lib.text import one_line


@dataclass(frozen=True)
class Patience:
    """How many wrong passwords are borne within `window`, and how long the next try must wait.

    Too many lock for as long as the window, counted from the last of them.
    """

    window: dt.timedelta = dt.timedelta(minutes=15)
    pair: int = 10  # of one account from one address
    wide: int = 40  # of one account from anywhere, or of one address for any account
    first_wait: int = 1  # seconds, doubled by each wrong password
    longest_wait: int = 60
    logged_every: dt.timedelta = dt.timedelta(minutes=1)  # of one address: refusing is cheap, the log must not fill


PATIENCE = Patience()
NONE, SECOND, MINUTE = dt.timedelta(), dt.timedelta(seconds=1), dt.timedelta(minutes=1)


class SignInRefused(DashboardError):
    """Name or password is wrong, or it is too early to try again."""


OTHER_WAY = "nhờ Thanh tra khác hay người quản trị máy chủ đặt mật khẩu mới"
WRONG = "Tên hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại."


def sign_in(store: Store, name: str, password: str, address: str, at: dt.datetime) -> str:
    """The token of a new session. SignInRefused where the password is wrong, or where it is not even looked at because
    too many were."""
    account, shown = account_of(name), one_line(name)[:LONGEST_NAME]
    attempt(store, account, address, at, shown)
    proof = proven(store, name, password)
    token = proof and _opened(store, proof, address, at)
    if token is None:
        record(store, AuditEntry(at, shown, address, Action.SIGN_IN_REFUSED, "Sai tên hoặc mật khẩu"))
        raise SignInRefused(WRONG)
    return token


def sign_in_single(
    store: Store, email: str, shown_name: str, inspectors: Collection[str], address: str, at: dt.datetime
) -> str:
    """The token of a session that the office's single sign-on vouches for; an inspector where the list says so."""
    listed = email.strip().lower() in {name.strip().lower() for name in inspectors}
    person = Person(email.strip().lower(), shown_name, Role.INSPECTOR if listed else Role.VIEWER)
    with store.writing() as connection:
        add(connection, AuditEntry(at, person.shown_name, address, Action.SIGN_IN, "Đăng nhập một lần"))
        return sessions.opened(connection, person, address, at, single=True)


def _opened(store: Store, proof: Proof, address: str, at: dt.datetime) -> str | None:
    """A session, unless the account was locked or its password changed while the password was being checked."""
    with store.writing() as connection:
        if not holds(connection, proof):
            return None
        forget(connection, proof.person.account, address)
        add(connection, AuditEntry(at, proof.person.shown_name, address, Action.SIGN_IN, ""))
        return sessions.opened(connection, proof.person, address, at)


def forget(connection: Connection, account: str, address: str) -> None:
    """What was counted as wrong turned out right."""
    connection.execute(FAILURES.delete().where(FAILURES.c.account == account, FAILURES.c.address == address))


def attempt(store: Store, account: str, address: str, at: dt.datetime, shown: str = "") -> None:
    """Count an attempt as wrong before its password is looked at, so that many at once count too: transactions that
    write stand one after the other. SignInRefused where it may not be made now; `shown` names it in the log."""
    with store.writing() as connection:
        connection.execute(FAILURES.delete().where(FAILURES.c.at < written(at - 2 * PATIENCE.window)))
        # A clock that was set back: waits count from now, not until it has caught up. Within a minute it is no clock
        # but an attempt that stood waiting for the others.
        ahead = FAILURES.c.at > written(at + MINUTE)
        connection.execute(FAILURES.update().where(ahead).values(at=written(at)))
        refusal = _refusal(connection, account, address, at)
        if refusal is None:
            row = {"account": account, "address": address, "at": written(at)}
            connection.execute(FAILURES.insert().values(**row))
        elif not _lately_logged(connection, address, at):
            add(connection, AuditEntry(at, shown, address, Action.LOCKED, refusal))
    if refusal is not None:
        raise SignInRefused(refusal)


def _lately_logged(connection: Connection, address: str, at: dt.datetime) -> bool:
    """Whether the log has such a refusal already: whoever is refused may try as fast as they like."""
    since = AUDIT.c.at > written(at - PATIENCE.logged_every)
    refused = (AUDIT.c.action == Action.LOCKED.value) & (AUDIT.c.address == address)
    return connection.execute(select(AUDIT.c.id).where(since, refused).limit(1)).first() is not None


def _refusal(connection: Connection, account: str, address: str, at: dt.datetime) -> str | None:
    """Why this attempt may not be made now; None where it may."""
    # What is kept reaches two windows back: within the first, a lock may have begun that ends in the second.
    chosen = select(FAILURES).where((FAILURES.c.account == account) | (FAILURES.c.address == address))
    rows = connection.execute(chosen.order_by(FAILURES.c.id)).all()
    pair = [row for row in rows if (row.account, row.address) == (account, address)]
    for found, borne, instead in (
        (pair, PATIENCE.pair, OTHER_WAY),
        ([row for row in rows if row.account == account], PATIENCE.wide, OTHER_WAY),
        ([row for row in rows if row.address == address], PATIENCE.wide, "đăng nhập ở máy khác"),
    ):
        if (left := _lock_left(found, borne, at)) > NONE:
            minutes = math.ceil(left / MINUTE)
            return f"Đã nhập sai quá nhiều lần nên tạm khóa. Thử lại sau {minutes} phút, hoặc {instead}."
    if (left := _wait_left(pair, at)) > NONE:
        return f"Vừa nhập sai. Chờ {math.ceil(left / SECOND)} giây rồi thử lại."
    return None


def _lock_left(found: list[Row], borne: int, at: dt.datetime) -> dt.timedelta:
    """How long these attempts still lock, if the last `borne` of them lie within one window."""
    if len(found) < borne or read(found[-1].at) - read(found[-borne].at) >= PATIENCE.window:
        return NONE
    return read(found[-1].at) + PATIENCE.window - at


def _wait_left(pair: list[Row], at: dt.datetime) -> dt.timedelta:
    """How long the next try must still wait: twice as long for each wrong one within the window."""
    wrong = sum(read(row.at) > at - PATIENCE.window for row in pair)
    if not wrong:
        return NONE
    seconds = min(PATIENCE.first_wait * 2 ** (wrong - 1), PATIENCE.longest_wait)
    return read(pair[-1].at) + seconds * SECOND - at
