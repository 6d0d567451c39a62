"""Who is signed in. The browser holds a random token; only its hash is kept here."""

import datetime as dt
import hashlib
import logging
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lib.accounts.people import Person, Role
from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Store, StoreUnavailable
from lib.store.audit import add
from lib.store.instants import read, written
from lib.store.tables import SESSIONS

LONGEST = dt.timedelta(hours=12)
SEEN_EVERY = dt.timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen: writing less often than every run costs nothing."""


_log = logging.getLogger(__name__)


class NotAllowed(DashboardError):
    """What was asked for needs an inspector who is signed in."""


def opened(connection: Connection, person: Person, address: str, at: dt.datetime, single: bool = False) -> str:
    """A new session of `person`; the token that stands for it, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    row = {"account": person.account, "shown_name": person.shown_name, "role": person.role.value, "address": address}
    moment = written(at)
    row |= {"token_hash": token_hash(token), "single_sign_on": single, "opened_at": moment, "seen_at": moment}
    connection.execute(SESSIONS.delete().where(SESSIONS.c.opened_at < written(at - LONGEST)))
    connection.execute(SESSIONS.insert().values(**row))
    return token


@dataclass(frozen=True)
class Session:
    """A session as it is kept: whose it is, and when it was opened and last used."""

    person: Person
    token_hash: str
    opened_at: dt.datetime
    seen_at: dt.datetime


def session_of(store: Store, token: str | None) -> Session | None:
    """The session that a token stands for, whether or not it still holds; None for none."""
    if not token or not store.exists():
        return None
    with store.reading() as connection:
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.token_hash == token_hash(token))).one_or_none()
    if row is None:
        return None
    person = Person(row.account, row.shown_name, Role(row.role))
    return Session(person, row.token_hash, read(row.opened_at), read(row.seen_at))


def holder(store: Store, found: Session | None, at: dt.datetime, idle_minutes: int) -> Person | None:
    """Whose session this is, if it has neither idled nor grown too old; seen again now."""
    idle = dt.timedelta(minutes=idle_minutes)
    if found is None or at - found.seen_at > idle or at - found.opened_at > LONGEST:
        return None
    if abs(at - found.seen_at) > min(SEEN_EVERY, idle / 4):
        _see(store, found, at)
    return found.person


def who(store: Store, token: str | None, at: dt.datetime, idle_minutes: int) -> Person | None:
    """Whose token this is, asked of the database now."""
    return holder(store, session_of(store, token), at, idle_minutes)


def _see(store: Store, found: Session, at: dt.datetime) -> None:
    """Keep that this session was used at `at`. Where a clock was set back, its spans begin anew from there: they must
    not last until the clock has caught up. A disk that takes no more writing signs nobody out."""
    mine = SESSIONS.c.token_hash == found.token_hash
    spans = {"seen_at": written(at), "opened_at": written(min(found.opened_at, at))}
    try:
        with store.writing() as connection:
            connection.execute(SESSIONS.update().where(mine).values(**spans))
    except StoreUnavailable as error:
        _log.warning("Chưa ghi được lần dùng cuối của một phiên đăng nhập", exc_info=error)


def require_inspector(store: Store, token: str | None, at: dt.datetime, idle_minutes: int) -> Person:
    """The inspector whose token this is; NotAllowed for anybody else."""
    return inspector(who(store, token, at, idle_minutes))


def inspector(person: Person | None) -> Person:
    """`person` if that is an inspector; NotAllowed for anybody else."""
    if person is None:
        raise NotAllowed("Bạn chưa đăng nhập, hoặc phiên đăng nhập đã hết. Đăng nhập rồi làm lại.")
    if not person.is_inspector:
        raise NotAllowed("Việc này dành cho Thanh tra. Đăng nhập bằng tài khoản Thanh tra rồi làm lại.")
    return person


def sign_out(store: Store, token: str | None, at: dt.datetime) -> None:
    """End a session; nothing where there is none."""
    if not token:
        return
    with store.writing() as connection:
        mine = SESSIONS.c.token_hash == token_hash(token)
        row = connection.execute(select(SESSIONS).where(mine)).one_or_none()
        if row is not None:
            connection.execute(SESSIONS.delete().where(mine))
            add(connection, AuditEntry(at, row.shown_name, row.address, Action.SIGN_OUT, ""))


def token_hash(token: str) -> str:
    """What stands for a token where it is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
