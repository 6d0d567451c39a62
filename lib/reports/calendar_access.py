"""Links to the calendar where viewing is closed: a secret in the address opens it, until an inspector revokes it.

The secret is shown once, to whoever made the link; only its hash is kept.
"""

import hashlib
import secrets

from lib import store as stores
from lib.errors import DashboardError
from lib.reports.asking import Asking
from lib.store import Action, AuditEntry, CalendarLink, Store
from lib.store.calendar_links import add_link, end_link
from lib.text import one_line

LONGEST_NAME = 100


def make_link(store: Store, unit: str, given_to: str, asking: Asking) -> str:
    """A new link to the calendar of `unit` ("" for all), and its secret. NotAllowed without an inspector's session."""
    person = asking.inspector(store)
    name = one_line(given_to)[:LONGEST_NAME]
    if not name:
        raise DashboardError("Chưa ghi liên kết cấp cho ai. Ghi tên người hoặc phòng để sau này biết mà thu hồi.")
    secret = secrets.token_urlsafe(32)
    link = CalendarLink(hashed(secret), unit, name, person.shown_name, asking.at)
    add_link(store, link, _entry(asking, person.shown_name, f"Cấp liên kết lịch cho {name}{_whose(unit)}"))
    return secret


def revoke(store: Store, link: CalendarLink, asking: Asking) -> None:
    """End a link. NotAllowed without an inspector's session."""
    person = asking.inspector(store)
    said = f"Thu hồi liên kết lịch của {link.given_to}{_whose(link.unit)}"
    end_link(store, link.secret_hash, _entry(asking, person.shown_name, said))


def opened_by(store: Store, secret: str) -> CalendarLink | None:
    """The link that `secret` opens; None for a wrong or revoked one."""
    return stores.find_link(store, hashed(secret))


def hashed(secret: str) -> str:
    """The form in which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _whose(unit: str) -> str:
    return f" ({unit})" if unit else ""


def _entry(asking: Asking, who: str, said: str) -> AuditEntry:
    return AuditEntry(asking.at, who, asking.address, Action.CALENDAR_LINK, said)
