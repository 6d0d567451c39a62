"""How slowly somebody may send or fetch: whoever keeps the server waiting is hung up on, however many they are.

uvicorn ends a connection that idles between two requests, and waits for ever for the rest of one that has begun.
"""

import asyncio
from typing import Any, NamedTuple

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SPAN_SECONDS = 20
LEAST_BYTES = 20 * 1024
"""So much must move within a span, one way or the other; slower than any line that a page could be read over."""
MESSAGE_MB = 2
"""The longest message of a page to the program: what was chosen and typed. Whoever is not signed in may send some."""
HEAD, BODY, ANSWER, NOTHING = "head", "body", "answer", ""


class _Moment(NamedTuple):
    """How a connection stands: which request, what is awaited, what has come and what is still to be fetched."""

    cycle: object
    awaited: str
    came: int
    fetched: int
    left: int


class Patient(H11Protocol):
    """uvicorn's HTTP connection, looked at every so many seconds; one that has not moved since the last look is ended.

    Awaited are the head of a request, whole within a span; its body, while the program wants it; and that the answer
    is fetched. While the program works, a connection may stand still.
    """

    span = SPAN_SECONDS

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self._came = self._fetched = 0
        self._before: _Moment | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to look."""
        super().connection_made(transport)
        self.look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to look at."""
        self._stop()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """A websocket is pinged instead, by whoever has it from now on."""
        self._stop()
        super().handle_websocket_upgrade(event)

    def data_received(self, data: bytes) -> None:
        """Count what came."""
        self._came += len(data)
        super().data_received(data)

    def resume_writing(self) -> None:
        """What was to be sent has been fetched, nearly all of it; the program may go on sending."""
        self._fetched += 1
        super().resume_writing()

    def look(self) -> None:
        """End the connection if nothing moved since the last look, else look again in a while."""
        now, before = self._moment(), self._before
        if before is not None and _stands_still(before, now):
            # What is still to be sent would keep it open until it is fetched.
            (self.transport.abort if now.left else self.transport.close)()
            return
        self._before = now
        self._timer = self.loop.call_later(self.span, self.look)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _moment(self) -> _Moment:
        left = self.transport.get_write_buffer_size()
        return _Moment(self.cycle, self._awaited(left), self._came, self._fetched, left)

    def _awaited(self, left: int) -> str:
        if left:
            return ANSWER
        if self.conn.their_state is h11.IDLE:
            return HEAD
        return BODY if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused else NOTHING


def _stands_still(before: _Moment, now: _Moment) -> bool:
    """Whether the same thing has been awaited since, and too little of it came."""
    if (before.cycle, before.awaited) != (now.cycle, now.awaited) or now.awaited == NOTHING:
        return False
    if now.awaited == ANSWER:
        return before.fetched == now.fetched and before.left - now.left < LEAST_BYTES
    # A head is short. A body goes on being sent after the answer to a request that was refused: once it is known, soon
    # is long enough.
    known = now.awaited == BODY and getattr(now.cycle, "response_complete", False)
    return now.awaited == HEAD or known or now.came - before.came < LEAST_BYTES
