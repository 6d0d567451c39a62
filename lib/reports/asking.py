"""Who asks for something that leaves a trace. Every such action asks for the right itself."""

import datetime as dt
from dataclasses import dataclass

from lib import accounts
from lib.accounts import Person
from lib.store import Store


@dataclass(frozen=True)
class Asking:
    """A session, the instant, how long a session may idle, and where the browser is."""

    token: str | None
    at: dt.datetime
    idle_minutes: int
    address: str = ""

    def inspector(self, store: Store) -> Person:
        """The inspector who asks; NotAllowed for anybody else."""
        return accounts.require_inspector(store, self.token, self.at, self.idle_minutes)
