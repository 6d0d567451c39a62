"""Who may publish: accounts, signing in, sessions."""

from lib.accounts import first_code
from lib.accounts.people import ROLE_NAMES, Person, Role, add, any_inspector, people, set_active, set_password
from lib.accounts.sessions import (
    NotAllowed,
    Session,
    holder,
    inspector,
    require_inspector,
    session_of,
    sign_out,
    token_hash,
    who,
)
from lib.accounts.sign_in import PATIENCE, SignInRefused, sign_in, sign_in_single

__all__ = [
    "PATIENCE",
    "ROLE_NAMES",
    "NotAllowed",
    "Person",
    "Role",
    "Session",
    "SignInRefused",
    "add",
    "any_inspector",
    "first_code",
    "holder",
    "inspector",
    "people",
    "require_inspector",
    "session_of",
    "set_active",
    "set_password",
    "sign_in",
    "sign_in_single",
    "sign_out",
    "token_hash",
    "who",
]
