"""An open screen without a browser: it speaks Streamlit's websocket protocol as the program in a browser does.

What a browser sends was read off Chromium: widget values by the ids that the page told, the address, what it holds of
earlier messages. It draws nothing, so that many of them fit beside a server.
"""

import asyncio
import re
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

PATIENCE_SECONDS = 180
LARGEST_MESSAGE = 2**24
VERSION_CODE = re.compile(rb"[0-9A-F]{4}-[0-9A-F]{4}")
CACHE_AGE = 2
"""A browser holds on to a large message for so many runs in which it is not used."""


class Unanswered(Exception):
    """The server said something a person should never see, or nothing at all."""


@dataclass
class Screen:
    """One open screen; make it with `opened`."""

    address: str
    socket: ClientConnection
    page: str = ""
    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)
    """What stands on the page, by its place; of the run that is going on or was last."""
    runs: int = 0
    """How many runs have ended."""
    received: int = 0
    """Bytes of all messages, before they were compressed."""
    _widgets: dict[str, WidgetState] = field(default_factory=dict)
    _query: str = ""
    _page_hash: str = ""
    _held: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)

    @classmethod
    async def opened(cls, address: str, page: str = "", query: str = "") -> Self:
        """A screen on a page of the server at `address` (with a slash at the end), once it is drawn."""
        place = urlsplit(address)
        socket = await connect(
            f"ws://{place.netloc}/_stcore/stream",
            origin=f"http://{place.netloc}",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            compression=None,
            extensions=[ClientPerMessageDeflateFactory(client_max_window_bits=True)],
            max_size=LARGEST_MESSAGE,
            proxy=None,
            ping_interval=None,  # browsers do not ask; the server does
        )
        screen = cls(address, socket, page, _query=query)
        await screen._ask()
        return screen

    async def close(self) -> None:
        """Shut it, as whoever closes a window."""
        await self.socket.close()

    async def choose(self, label: str, option: str, until: Collection[str]) -> float:
        """Choose an option of the widget with this label; seconds until a page that says all of `until` is there.

        What the server draws unasked meanwhile, because something was published, is read over.
        """
        widget = next((one for one in map(_widget, self.elements.values()) if one and one.label == label), None)
        if widget is None:
            raise Unanswered(f"no widget {label!r} on the screen")
        _set(self._widgets[widget.id], option)
        start = time.perf_counter()
        await self._ask()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not set(until) <= set(self.sentences):
                await self.drawn_again()
        return time.perf_counter() - start

    async def drawn_again(self) -> None:
        """Wait until the server, unasked, has drawn the page once more."""
        await self._read_to_the_end(patience=None)

    @property
    def sentences(self) -> list[str]:
        """The words on the page, tags taken off: of HTML each part, of a metric its label and figure."""
        parts = [_words(element) for element in self.elements.values()]
        return [part for part in parts if part]

    @property
    def codes(self) -> set[str]:
        """The codes of versions that the page names, wherever: in its HTML or in what a component was given."""
        found = (VERSION_CODE.findall(element.SerializeToString()) for element in self.elements.values())
        return {code.decode() for codes in found for code in codes}

    async def _ask(self) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self._query, self._page_hash
        state.page_name = "" if self._page_hash else self.page
        state.widget_states.widgets.extend(self._widgets.values())
        state.cached_message_hashes.extend(self._held)
        context = state.context_info
        context.timezone, context.locale, context.url = "Asia/Ho_Chi_Minh", "vi-VN", self.address + self.page
        context.timezone_offset, context.is_embedded, context.color_scheme = -420, False, "light"
        await self.socket.send(message.SerializeToString())
        await self._read_to_the_end(PATIENCE_SECONDS)

    async def _read_to_the_end(self, patience: float | None) -> None:
        async with asyncio.timeout(patience):
            while True:
                data = await self.socket.recv()
                self.received += len(data)
                message = ForwardMsg.FromString(data)
                if message.WhichOneof("type") == "ref_hash":
                    message = self._recalled(message)
                elif message.metadata.cacheable:
                    self._held[message.hash] = (self.runs, message)
                self._take(message)
                if message.WhichOneof("type") == "script_finished" and _is_whole(message.script_finished):
                    break
        self.runs += 1
        self._held = {hash_: held for hash_, held in self._held.items() if self.runs - held[0] <= CACHE_AGE}

    def _recalled(self, reference: ForwardMsg) -> ForwardMsg:
        message = ForwardMsg()
        message.CopyFrom(self._held[reference.ref_hash][1])
        self._held[reference.ref_hash] = (self.runs, self._held[reference.ref_hash][1])
        message.metadata.CopyFrom(reference.metadata)
        return message

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.elements.clear()
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._put(tuple(message.metadata.delta_path), message.delta.new_element)

    def _put(self, place: tuple[int, ...], element: Element) -> None:
        if element.WhichOneof("type") == "exception":
            raise Unanswered(element.exception.message)
        self.elements[place] = element
        widget = _widget(element)
        if widget is not None and (widget.set_value or widget.id not in self._widgets):
            self._widgets[widget.id] = _shown(widget)


def _is_whole(ended: int) -> bool:
    """Whether a run was drawn to its end, and not broken off for another."""
    if ended not in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN):
        raise Unanswered(f"the run ended with {ended}")
    return ended == ForwardMsg.FINISHED_SUCCESSFULLY


_WIDGETS = {"selectbox", "button_group", "date_input"}


def _widget(element: Element) -> object | None:
    kind = element.WhichOneof("type")
    return getattr(element, kind) if kind in _WIDGETS else None


def _shown(widget: object) -> WidgetState:
    """The value with which the page shows a widget."""
    state = WidgetState(id=widget.id)
    kind = type(widget).__name__
    if kind == "Selectbox":
        state.string_value = widget.raw_value if widget.set_value else widget.options[widget.default]
    elif kind == "DateInput":
        state.string_array_value.data.extend(widget.value if widget.set_value else widget.default)
    else:
        chosen = widget.raw_values if widget.set_value else [widget.options[at].content for at in widget.default]
        state.string_array_value.data.extend(chosen)
    return state


def _set(state: WidgetState, option: str) -> None:
    if state.WhichOneof("value") == "string_value":
        state.string_value = option
    else:
        state.string_array_value.data[:] = [option]


def _words(element: Element) -> str:
    kind = element.WhichOneof("type")
    if kind == "metric":
        return f"{element.metric.label}: {element.metric.body}"
    return plain(element.html.body) if kind == "html" else ""


def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)).strip()


async def close_all(screens: list[Screen]) -> None:
    """Shut every screen, whatever has become of it."""
    with suppress(OSError):
        await asyncio.gather(*(screen.close() for screen in screens))
