"""Local accounts and their passwords. A password is kept as an argon2 hash alone."""

import datetime as dt
import re
import threading
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, func, select

from lib.errors import DashboardError
from lib.store import Action, AuditEntry, Store
from lib.store.audit import add as add_entry
from lib.store.instants import written
from lib.store.tables import ACCOUNTS, FAILURES, SESSIONS
from lib.text import fold, one_line, turns

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
LONGEST_NAME = 60
COMMON = frozenset(
    {"1234567890", "0123456789", "0987654321", "matkhau123", "password123", "qwertyuiop", "quangngai2026"}
)

HASHES_AT_ONCE = 2
"""Each takes 64 MB and a core's whole attention; whoever guesses at many accounts at once waits in line."""

_hasher = PasswordHasher()
_hashing = threading.BoundedSemaphore(HASHES_AT_ONCE)
# Of a random text that was not kept, with the parameters of today: to be verified where there is no account, so that an
# unknown name costs as much as a known one. Not made at each start, which it would delay by half a second.
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$v1N2fdbch5nwmQWpr9ljBA$FDp8fYn3evT0PMnr2mxGq7Ev3S+469xTs3n6HgLZFeA"


class Role(StrEnum):
    """What an account may do."""

    VIEWER = "viewer"
    INSPECTOR = "inspector"


@dataclass(frozen=True)
class Person:
    """Who is signed in, or could be; `account` is the folded name."""

    account: str
    shown_name: str
    role: Role
    active: bool = True

    @property
    def is_inspector(self) -> bool:
        """Whether they may publish, restore and manage accounts."""
        return self.role == Role.INSPECTOR


def account_of(name: str) -> str:
    """The account that a typed name means, whatever its case, accents' form and spaces."""
    return fold(one_line(name))[:100]


def add(
    store: Store, shown_name: str, password: str, role: Role, at: dt.datetime, by: str, address: str = ""
) -> Person:
    """A new account; DashboardError for a name that is taken or a password that is too weak."""
    shown_name = _checked_name(shown_name)
    person = Person(account_of(shown_name), shown_name, role)
    hashed = _hashed(password, shown_name)
    with store.writing() as connection:
        if _row(connection, person.account) is not None:
            raise DashboardError(
                f"Đã có tài khoản “{shown_name}”. Dùng tên khác, hoặc đặt mật khẩu mới cho tài khoản đó."
            )
        row = {"name": person.account, "shown_name": shown_name, "role": role.value, "active": True}
        connection.execute(ACCOUNTS.insert().values(**row, password_hash=hashed, created_at=written(at)))
        add_entry(connection, AuditEntry(at, by, address, Action.ACCOUNT_ADDED, f"{shown_name}: {ROLE_NAMES[role]}"))
    return person


ROLE_NAMES = {Role.VIEWER: "Người xem", Role.INSPECTOR: "Thanh tra"}


def set_password(store: Store, name: str, password: str, at: dt.datetime, by: str, address: str = "") -> None:
    """A new password; whoever is signed in with the account is signed out."""
    _change(store, name, {"password_hash": _hashed(password, name)}, "đặt mật khẩu mới", at, by, address)


def set_active(store: Store, name: str, active: bool, at: dt.datetime, by: str, address: str = "") -> None:
    """Lock an account, or open it again; a locked one is signed out everywhere. The last inspector stays."""
    _change(store, name, {"active": active}, "mở khóa" if active else "khóa", at, by, address)


def _change(store: Store, name: str, values: dict, words: str, at: dt.datetime, by: str, address: str) -> None:
    with store.writing() as connection:
        row = _row(connection, account_of(name))
        if row is None:
            raise DashboardError(f"Không có tài khoản “{one_line(name)[:LONGEST_NAME]}”. Xem danh sách tài khoản.")
        if values.get("active") is False and _is_last_inspector(connection, row):
            raise DashboardError(
                "Đây là tài khoản Thanh tra cuối cùng còn dùng được. Thêm Thanh tra khác rồi mới khóa."
            )
        connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.name == row.name).values(**values))
        connection.execute(SESSIONS.delete().where(SESSIONS.c.account == row.name))
        # Whoever was locked out by somebody's guesses is let in again by this.
        connection.execute(FAILURES.delete().where(FAILURES.c.account == row.name))
        add_entry(connection, AuditEntry(at, by, address, Action.ACCOUNT_CHANGED, f"{row.shown_name}: {words}"))


def _is_last_inspector(connection: Connection, row: Row) -> bool:
    return row.role == Role.INSPECTOR and row.active and _inspectors(connection) == 1


def people(store: Store) -> list[Person]:
    """Every account, by name."""
    if not store.exists():
        return []
    with store.reading() as connection:
        rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name)).all()
    return [Person(row.name, row.shown_name, Role(row.role), row.active) for row in rows]


def any_inspector(store: Store) -> bool:
    """Whether anybody could publish."""
    return any(person.is_inspector and person.active for person in people(store))


def _inspectors(connection: Connection) -> int:
    chosen = select(func.count()).where(ACCOUNTS.c.role == Role.INSPECTOR.value, ACCOUNTS.c.active)
    return connection.execute(chosen).scalar()


@dataclass(frozen=True)
class Proof:
    """An account whose password was right, and the hash against which it was."""

    person: Person
    password_hash: str = field(repr=False)


def proven(store: Store, name: str, password: str) -> Proof | None:
    """The account that name and password open; None where they open none. Takes the same time either way."""
    with store.reading() as connection:
        row = _row(connection, account_of(name))
    known = row is not None and row.active
    # One character more than a password may have: what is too long stays wrong, and costs no more than that.
    typed = _composed(password[: LONGEST_PASSWORD + 1])
    right = _verified(row.password_hash if known else _NOBODYS_HASH, typed)
    if not (known and right):
        return None
    return Proof(Person(row.name, row.shown_name, Role(row.role)), _renewed(store, row, typed))


def holds(connection: Connection, proof: Proof) -> bool:
    """Whether, since the password was checked, the account was neither locked nor given another password."""
    row = _row(connection, proof.person.account)
    return row is not None and row.active and row.password_hash == proof.password_hash


def _verified(hashed: str, password: str) -> bool:
    try:
        with _hashing:
            return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash(password: str) -> str:
    with _hashing:
        return _hasher.hash(password)


def _renewed(store: Store, row: Row, password: str) -> str:
    """The hash that the account has from now on: a fresh one where the old was made with weaker parameters."""
    if not _hasher.check_needs_rehash(row.password_hash):
        return row.password_hash
    fresh = _hash(password)
    unchanged = (ACCOUNTS.c.name == row.name) & (ACCOUNTS.c.password_hash == row.password_hash)
    with store.writing() as connection:
        connection.execute(ACCOUNTS.update().where(unchanged).values(password_hash=fresh))
    return fresh


def _composed(password: str) -> str:
    """Some Vietnamese keyboards type a letter and its accents apart; the password is the same."""
    return unicodedata.normalize("NFC", password)


def _row(connection: Connection, account: str) -> Row | None:
    return connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == account)).one_or_none()


def _checked_name(shown_name: str) -> str:
    name = one_line(shown_name)
    seen = name.isprintable() and not turns(shown_name)
    if not 2 <= len(name) <= LONGEST_NAME or not re.search(r"[^\W\d_]", name) or not seen:
        raise DashboardError(f"Họ tên cần có từ 2 đến {LONGEST_NAME} ký tự, trong đó có chữ. Ghi lại họ tên.")
    return name


def _hashed(password: str, name: str) -> str:
    password = _composed(password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise DashboardError(
            f"Mật khẩu cần có từ {SHORTEST_PASSWORD} đến {LONGEST_PASSWORD} ký tự. Chọn mật khẩu khác."
        )
    if password.lower() in COMMON or len(set(password)) < 4 or fold(password) == account_of(name):
        raise DashboardError("Mật khẩu này quá dễ đoán. Chọn mật khẩu khác, ví dụ ba, bốn từ không liên quan.")
    return _hash(password)
