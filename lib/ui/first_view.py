"""The overview as it was last drawn, for the moment before the program has arrived in a browser.

Nothing is worked out for it: whoever looks at the overview leaves what was drawn, under everything that it depends on.
Who looks leaves no trace in it. Where viewing is closed there is none.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import parse_qsl

from lib import settings
from lib.panels import address, rendering
from lib.ui import live, source
from lib.ui.choices import KNOWN

HELD = 24
"""So many views are kept, the last that were looked at."""
PATHS = ("", address.OVERVIEW)

_drawn: ContextVar[list[tuple[str, str]] | None] = ContextVar("first_view_drawn", default=None)
_place: ContextVar[str] = ContextVar("first_view_place", default="whole")
_views: OrderedDict[tuple, str] = OrderedDict()
_lock = threading.Lock()


def note(html: str) -> None:
    """A panel was drawn; it belongs to the first view while one is being taken."""
    parts = _drawn.get()
    if parts is not None:
        parts.append((_place.get(), html))


@contextmanager
def column(place: str) -> Iterator[None]:
    """What is drawn within the block stands in the column `left` or `right`."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


def standing(path: str, asked: Mapping[str, str]) -> tuple | None:
    """What the overview depends on now, for `taken`: asked before its figures are read. None for other pages."""
    return _key(asked) if path in PATHS else None


@contextmanager
def taken(before: tuple | None, asked: Mapping[str, str]) -> Iterator[None]:
    """Keep what is drawn within the block as the first view of the overview at the parameters `asked`.

    `before` is the `standing` from before the figures were read; where it is another by the end, something was
    published meanwhile, and nothing is kept: old figures must not be filed under a new version. What is kept already is
    of the same figures and stays.
    """
    if before is None or _stays(before):
        yield
        return
    parts: list[tuple[str, str]] = []
    token = _drawn.set(parts)
    try:
        yield
    finally:
        _drawn.reset(token)
    with source.one_look():  # not as this run has seen it: as it is now
        after = _key(asked)
    if after == before:
        _keep(before, rendering.first_view(parts))


def _key(asked: Mapping[str, str]) -> tuple | None:
    """All that the overview depends on; None where that cannot be told, or figures are not for everybody."""
    chosen = source.settings_in_force()
    if chosen.viewing != settings.OPEN:
        return None
    signature = live.signature(source.store_of(chosen))
    known = {name: value for name, value in asked.items() if name in KNOWN}
    return None if signature[0] is None else (signature, tuple(sorted(known.items())))


def _stays(key: tuple) -> bool:
    """Whether there is such a view; it was looked at last."""
    with _lock:
        if key in _views:
            _views.move_to_end(key)
        return key in _views


def _keep(key: tuple, view: str) -> None:
    with _lock:
        _views[key] = view
        _views.move_to_end(key)
        while len(_views) > HELD:
            _views.popitem(last=False)


def kept(path: str, query: str) -> str:
    """The first view of the page at `path` (without slashes) with an address's `query`; "" where there is none."""
    with source.one_look():
        key = _key(dict(parse_qsl(query))) if path in PATHS else None
    with _lock:
        return _views.get(key, "") if key else ""
