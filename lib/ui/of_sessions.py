"""What is remembered of open sessions for whoever asks outside of their runs."""

import threading
from typing import Generic, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST = 1000
"""So many sessions are known at once; the one that was seen longest ago is forgotten first."""

_Fact = TypeVar("_Fact")


class OfSessions(Generic[_Fact]):
    """One fact of each session, by its name. The name is a secret that its browser alone has."""

    def __init__(self) -> None:
        self._facts: dict[str, _Fact] = {}
        self._lock = threading.Lock()

    def remember(self, fact: _Fact | None) -> None:
        """From now on `fact` is what is known of the session that runs; None changes nothing."""
        context = get_script_run_ctx()
        if context is None or fact is None:
            return
        with self._lock:
            self._facts.pop(context.session_id, None)
            self._facts[context.session_id] = fact
            while len(self._facts) > MOST:
                del self._facts[next(iter(self._facts))]

    def known(self, session: str) -> _Fact | None:
        """What was remembered of the session of this name last."""
        with self._lock:
            return self._facts.get(session)
