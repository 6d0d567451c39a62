"""Whoever sends or fetches too slowly is hung up on; nobody else waits for them, and what they sent is not kept.

The looks at a connection are called for by the tests: no test waits for a clock.
"""

import asyncio
from contextlib import asynccontextmanager

import pytest
import uvicorn
from streamlit import config
from streamlit.web.server.starlette import starlette_server
from uvicorn.server import ServerState

from lib import server
from lib.shell.connections import LEAST_BYTES, MESSAGE_MB, Patient

BIG = 8 * 1024 * 1024
"""More than a system keeps for whoever does not fetch."""


class Site:
    """A small site on a port of its own, whose connections can be looked at; `received` is what its uploads came to."""

    def __init__(self) -> None:
        self.all: list[Patient] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.sent = 0
        self.received: list[tuple[int, str]] = []
        self.arrived = asyncio.Event()
        self.go_on = asyncio.Event()

    async def __call__(self, scope, receive, send) -> None:
        answer = {"/big": bytes(BIG)}.get(scope["path"], b"here")
        if scope["path"] == "/upload":
            await self._upload(receive)
        if scope["path"] == "/thinks":
            self.arrived.set()
            await self.go_on.wait()
        status = 403 if scope["path"] == "/refuses" else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": answer})

    async def _upload(self, receive) -> None:
        size, message = 0, {"more_body": True}
        while message.get("more_body"):
            message = await receive()
            size += len(message.get("body", b""))
            self.arrived.set()
        self.received.append((size, message["type"]))

    @property
    def open(self) -> list[Patient]:
        return [one for one in self.all if not one.transport.is_closing()]

    async def looked_at(self, times: int = 1) -> None:
        """Let what was sent arrive, then look at every connection that is open."""
        while sum(one._came for one in self.all) < self.sent:
            await asyncio.sleep(0)
        for one in self.open * times:
            one._timer.cancel()
            one.look()

    async def send(self, head: str, body: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        known = len(self.all)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1024)
        self.writers.append(writer)
        await self.write(writer, head.replace("\n", "\r\n").encode() + body)
        while len(self.all) == known:
            await asyncio.sleep(0)
        return reader, writer

    async def write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(data)
        self.sent += len(data)
        await writer.drain()

    async def is_answered(self) -> bool:
        """Whether somebody else is served."""
        reader, _writer = await self.send("GET / HTTP/1.1\nHost: x\nConnection: close\n\n")
        answer = await reader.read()
        return b"200 OK" in answer and answer.endswith(b"here\r\n0\r\n\r\n")


@asynccontextmanager
async def site(kind=Patient):
    made = Site()
    settings = uvicorn.Config(made, ws="none", lifespan="off", log_level="critical")
    state = ServerState()

    def connection() -> Patient:
        made.all.append(kind(settings, state, {}))
        return made.all[-1]

    listening = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    made.port, made.tasks = listening.sockets[0].getsockname()[1], state.tasks
    try:
        yield made
    finally:
        made.go_on.set()
        for one in [*made.open, *(writer for writer in made.writers if not writer.is_closing())]:
            one.transport.abort()
        listening.close()
        await asyncio.gather(*state.tasks)
        await asyncio.gather(*(one.wait_closed() for one in made.writers), return_exceptions=True)


async def is_over(reader: asyncio.StreamReader) -> bool:
    """Whether the server hangs up; it must, so this waits for it."""
    try:
        while await reader.read(65536):
            pass
    except ConnectionError:
        pass
    return True


UPLOAD = "PUT /upload HTTP/1.1\nHost: x\nContent-Length: 1000000\n\n"
STILL = {
    "nothing is said": ("", b"", 1),
    "a head that does not end": ("GET / HTTP/1.1\nHost: x\nX-", b"", 1),
    "a body of which nothing comes": (UPLOAD, b"", 2),
    "a body that stops": (UPLOAD, bytes(500_000), 2),
}
"""What was sent, and how many looks end it: the first is made when somebody connects."""


@pytest.mark.parametrize(("head", "body", "looks"), STILL.values(), ids=STILL)
def test_what_stands_still_is_ended_and_nobody_waits_for_it(head, body, looks):
    async def run():
        async with site() as here:
            opened = [await here.send(head, body) for _ in range(20)]
            await here.looked_at(looks - 1)
            assert len(here.open) == 20
            assert await here.is_answered()
            await here.looked_at()
            assert all([await is_over(reader) for reader, _ in opened])
            # The program is told that nobody is there any more, and lets go of what came.
            await asyncio.gather(*here.tasks)
            assert [how for _, how in here.received] == ["http.disconnect"] * (20 if head == UPLOAD else 0)

    asyncio.run(run())


def test_a_head_that_trickles_is_ended_after_a_span_however_often_a_letter_comes():
    async def run():
        async with site() as here:
            reader, writer = await here.send("GET / HTTP/1.1\nHost: x\n")
            await here.write(writer, b"X-Letter: x\r\n")
            await here.looked_at()
            assert await is_over(reader)

    asyncio.run(run())


def test_a_second_request_may_not_trickle_either():
    async def run():
        async with site() as here:
            reader, writer = await here.send("GET / HTTP/1.1\nHost: x\n\n")
            await reader.readuntil(b"0\r\n\r\n")
            await here.write(writer, b"GET / HT")
            await here.looked_at()
            await here.write(writer, b"TP/1.1")
            await here.looked_at()
            assert await is_over(reader)

    asyncio.run(run())


@pytest.mark.parametrize(("bytes_a_span", "ended"), [(LEAST_BYTES - 1, True), (LEAST_BYTES, False)])
def test_a_body_may_come_slowly_but_not_in_drops(bytes_a_span, ended):
    async def run():
        async with site() as here:
            _reader, writer = await here.send(UPLOAD, bytes(1000))
            await here.arrived.wait()
            await here.looked_at()
            await here.write(writer, bytes(bytes_a_span))
            await here.looked_at()
            assert (here.open == []) == ended

    asyncio.run(run())


def test_a_refused_body_is_not_listened_to_for_long():
    async def run():
        async with site() as here:
            reader, writer = await here.send(UPLOAD.replace("/upload", "/refuses"), bytes(LEAST_BYTES))
            assert b"403" in await reader.readline()
            await here.looked_at()
            await here.write(writer, bytes(LEAST_BYTES * 2))
            await here.looked_at()
            assert await is_over(reader)

    asyncio.run(run())


def test_whoever_waits_for_the_program_is_not_ended():
    async def run():
        async with site() as here:
            reader, _writer = await here.send("GET /thinks HTTP/1.1\nHost: x\nConnection: close\n\n")
            await here.arrived.wait()
            await here.looked_at(5)
            here.go_on.set()
            assert (await reader.read()).endswith(b"here\r\n0\r\n\r\n")

    asyncio.run(run())


def test_an_answer_that_nobody_fetches_is_dropped():
    async def run():
        async with site() as here:
            reader, _writer = await here.send("GET /big HTTP/1.1\nHost: x\nConnection: close\n\n")
            assert b"200" in await reader.readline()
            await here.looked_at(2)
            assert here.open == []
            assert await here.is_answered()

    asyncio.run(run())


def test_an_answer_that_is_fetched_piece_by_piece_arrives_whole():
    async def run():
        async with site() as here:
            reader, _writer = await here.send("GET /big HTTP/1.1\nHost: x\nConnection: close\n\n")
            got = 0
            while piece := await reader.read(1024 * 1024):
                if got // 2_000_000 != (got + len(piece)) // 2_000_000:
                    await here.looked_at()
                got += len(piece)
            assert got > BIG

    asyncio.run(run())


def test_the_looks_come_by_themselves():
    class Hasty(Patient):
        span = 0.01

    async def run():
        async with site(Hasty) as here:
            reader, _writer = await here.send("")
            assert await is_over(reader)

    asyncio.run(run())


# What the server is started with


def test_the_server_is_started_with_it_and_takes_no_long_message(monkeypatch):
    monkeypatch.setattr(starlette_server, "_get_uvicorn_config_kwargs", starlette_server._get_uvicorn_config_kwargs)
    monkeypatch.setattr(server.net_util, "get_external_ip", server.net_util.get_external_ip)
    server.prepare()
    told = starlette_server._get_uvicorn_config_kwargs()
    assert (told["http"], told["server_header"], told["ws_max_size"]) == (Patient, False, MESSAGE_MB * 1024 * 1024)
    assert told["ws_per_message_deflate"] == config.get_option("server.enableWebsocketCompression")
