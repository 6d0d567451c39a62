"""What was worked out once, for whoever asks next: shared by all sessions, never more than a set amount.

What is kept is found by all that it depends on, and must not be changed by whoever gets it. Streamlit's own caches do
the same, but looking there costs as much as drawing a panel, and a page looks many times.
"""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


def text_weight(made: Any) -> int:
    """Bytes of texts, alone or in tuples and dictionaries; anything else counts as the largest chart we draw."""
    if made is None or isinstance(made, (str, int, float)):
        return sys.getsizeof(made)
    if isinstance(made, dict):
        return sum(map(text_weight, made.values()))
    return sum(map(text_weight, made)) if isinstance(made, (tuple, list)) else CHART_BYTES


CHART_BYTES = 250_000


class Kept:
    """The last things that were asked for, as long as together they weigh no more than `most`."""

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self._most, self._weigh, self._weight = most, weigh, 0
        self._things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under `key`, else what `make` gives. However many ask at once, it is made once; an error of
        `make` is kept for nobody."""
        with self._lock:
            if (found := self._things.get(key)) is not None:
                self._things.move_to_end(key)
                return found[0]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if (found := self._things.get(key)) is not None:
                    return found[0]
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def known(self, key: Hashable) -> Any | None:
        """What is kept under `key`; None for nothing."""
        with self._lock:
            return self._things[key][0] if key in self._things else None

    def _keep(self, key: Hashable, made: Any) -> None:
        weight = self._weigh(made)
        with self._lock:
            self._things[key] = made, weight
            self._weight += weight
            while self._weight > self._most:
                self._weight -= self._things.popitem(last=False)[1][1]

    def forget(self) -> None:
        """Keep nothing of what was made so far."""
        with self._lock:
            self._things.clear()
            self._weight = 0


_PANEL_BYTES = 48_000_000
PANELS = Kept(_PANEL_BYTES, text_weight)
"""Panels as HTML, and charts with what stands around them: for all sessions together."""


def once(panel: Callable[..., Any], *told: Hashable) -> Any:
    """What `panel` gives when told that; of the same it always gives the same."""
    return PANELS.get((panel, told), lambda: panel(*told))
