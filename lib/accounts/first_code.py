"""The first inspector: a one-time code on the server's console, for whoever can read it, and no secret on any disk."""

import datetime as dt
import hashlib
import hmac
import secrets
import threading

from lib.accounts.people import Person, Role, add, any_inspector
from lib.accounts.sign_in import SignInRefused, attempt, forget
from lib.store import Action, AuditEntry, Store, record

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another."""
GROUPS, LETTERS_IN_GROUP = 3, 4

_lock = threading.Lock()
_hashes: dict[Store, str] = {}


def make(store: Store) -> str | None:
    """A new code for the first inspector, the only one that counts; None where there is an inspector already."""
    if any_inspector(store):
        return None
    groups = ["".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_GROUP)) for _ in range(GROUPS)]
    code = "-".join(groups)
    with _lock:
        _hashes[store] = _hash(code)
    return code


def awaited(store: Store) -> bool:
    """Whether the first inspector may still be made with a code."""
    return store in _hashes and not any_inspector(store)


def add_first(store: Store, code: str, shown_name: str, password: str, address: str, at: dt.datetime) -> Person:
    """The first inspector's account; SignInRefused for a wrong code, which is slowed down like a wrong password."""
    attempt(store, FIRST, address, at, FIRST)
    with _lock:
        if not awaited(store) or not hmac.compare_digest(_hashes[store], _hash(code)):
            record(store, AuditEntry(at, "", address, Action.FIRST_CODE, "Mã chưa đúng hoặc đã dùng rồi"))
            raise SignInRefused("Mã chưa đúng hoặc đã dùng rồi. Xem lại mã trên cửa sổ lệnh của máy chủ.")
        # The code was right: a name or password that is refused now may be mended without waiting.
        with store.writing() as connection:
            forget(connection, FIRST, address)
        person = add(store, shown_name, password, Role.INSPECTOR, at, by="Mã dùng một lần", address=address)
        del _hashes[store]
    return person


FIRST = "mã dùng một lần"
"""Stands in the place of an account's name where wrong codes are counted."""


def _hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").replace(" ", "").upper().encode()).hexdigest()
