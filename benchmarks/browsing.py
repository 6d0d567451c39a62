"""Visits to pages in a browser: when something can be read, when all of it is drawn, and how many bytes came.

Cold: nothing kept from before. Warm: the second visit with the same browser. Pages take turns in every round.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.measuring import Samples
from tests.serving import FLAGS

SLOWEST_MS = 120_000
SIZE = {"width": 1366, "height": 768}

# In the page, from before its first script: the moment, since the visit began, when each condition first holds.
STOPWATCH = """(() => {
    const conditions = { %s };
    window.held = {};
    const look = () => {
        for (const [name, condition] of Object.entries(conditions))
            if (!(name in window.held) && condition()) window.held[name] = performance.now();
        if (Object.keys(window.held).length < Object.keys(conditions).length) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})();"""

RUN = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
"""Streamlit's script has run to its end."""
_TRACES = "[...document.querySelectorAll('.js-plotly-plot .cartesianlayer .trace path')]"
CHARTS = f"new Set({_TRACES}.map(one => one.closest('.js-plotly-plot'))).size"
"""How many charts have bars or points."""


@dataclass(frozen=True)
class Line:
    """A network line as the browser is made to feel it; None for as fast as it goes."""

    name: str
    mbit: float | None = None
    latency_ms: int = 0


LINES = (Line("unthrottled"), Line("10 Mbit/s, 40 ms", 10, 40))
"""The throttle does not slow the messages of a websocket."""


@dataclass(frozen=True)
class Subject:
    """A page under measurement: JavaScript that tells when each moment of it has come."""

    name: str
    address: str
    moments: Mapping[str, str]


@dataclass(frozen=True)
class Visited:
    """Seconds until each moment, and bytes that came over the line."""

    seconds: Mapping[str, float]
    received: int


Visits = dict[tuple[str, str, str], list[Visited]]
"""By line, cold or warm, and the subject's name: a visit a round."""


class Meter:
    """Counts what a page receives: answers as they were on the line, and the messages of its websockets.

    Of a message the browser tells what it held, not how it came: where the two agreed on compression it is compressed
    anew, as the server does.
    """

    def __init__(self, session: CDPSession) -> None:
        self.received = 0
        self._packers: dict[str, Any] = {}
        session.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        session.on("Network.webSocketHandshakeResponseReceived", self._agreed)
        session.on("Network.webSocketFrameReceived", self._message)

    def _add(self, count: float) -> None:
        self.received += int(count)

    def _agreed(self, event: dict) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        if "permessage-deflate" in (extensions := headers.get("sec-websocket-extensions", "")):
            window = re.search(r"server_max_window_bits=(\d+)", extensions)
            self._packers[event["requestId"]] = zlib.compressobj(wbits=-int(window[1] if window else 15), memLevel=5)

    def _message(self, event: dict) -> None:
        frame = event["response"]
        content = base64.b64decode(frame["payloadData"]) if frame["opcode"] == 2 else frame["payloadData"].encode()
        if packer := self._packers.get(event["requestId"]):
            content = packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)
        self._add(len(content))


@contextmanager
def opened(path: str) -> Iterator[Browser]:
    """The browser at `path`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def watch(page: Page, moments: Mapping[str, str]) -> None:
    """Have every address that the page opens tell its moments."""
    # Functions, not text: our pages evaluate none.
    conditions = ", ".join(f"{name}: () => Boolean({condition})" for name, condition in moments.items())
    page.add_init_script(STOPWATCH % conditions)


def told(page: Page, moments: Mapping[str, str]) -> dict[str, float]:
    """Seconds until each moment, once all of them have come."""
    page.wait_for_function(f"() => Object.keys(window.held ?? {{}}).length === {len(moments)}", timeout=SLOWEST_MS)
    return {name: milliseconds / 1000 for name, milliseconds in page.evaluate("window.held").items()}


def visit(context: BrowserContext, subject: Subject, line: Line) -> Visited:
    """Open the subject in a new tab of the context."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if line.mbit:
        rate = line.mbit * 1e6 / 8
        limits = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": line.latency_ms, "offline": False}
        session.send("Network.emulateNetworkConditions", limits)
    meter = Meter(session)
    watch(page, subject.moments)
    page.goto(subject.address, wait_until="commit")
    seconds = told(page, subject.moments)
    page.wait_for_load_state("networkidle")
    page.close()
    return Visited(seconds, meter.received)


def by_turns(browser: Browser, subjects: Iterable[Subject], rounds: int) -> Visits:
    """Every subject on every line, cold and warm, `rounds` times by turns after a round that does not count."""
    found: Visits = {}
    for number in range(rounds + 1):
        for line in LINES if number else LINES[:1]:
            for subject in subjects:
                for state, visited in zip(("cold", "warm"), _cold_and_warm(browser, subject, line), strict=True):
                    found.setdefault((line.name, state, subject.name), []).extend([visited] if number else [])
    return found


def _cold_and_warm(browser: Browser, subject: Subject, line: Line) -> tuple[Visited, Visited]:
    context = browser.new_context(viewport=SIZE)
    both = visit(context, subject, line), visit(context, subject, line)
    context.close()
    return both


def seconds(visits: Iterable[Visited], moment: str) -> Samples:
    """The seconds until a moment, round by round."""
    return Samples(tuple(visited.seconds[moment] for visited in visits))


def received(visits: Iterable[Visited]) -> Samples:
    """The bytes that came, in megabytes, round by round."""
    return Samples(tuple(visited.received / 1e6 for visited in visits))


def visit_rows(visits: Visits, yardstick: str, beside: str) -> Iterator[tuple[str, ...]]:
    """The table of all visits, and how each compares with that of `yardstick`; `beside` says so in the head."""
    moments = {"tiles": "first figures", "drawn": "all drawn", "answers": "answers clicks"}
    yield ("line", "visit", "page", *(f"{said}, s" for said in moments.values()), "MB",
           *(f"{said}, {beside}" for said in moments.values()), f"bytes, {beside}")  # fmt: skip
    for (line, state, name), mine in visits.items():
        theirs = visits[line, state, yardstick]
        pairs = [(seconds(mine, one), seconds(theirs, one)) for one in moments]
        pairs.append((received(mine), received(theirs)))
        times = (f"{samples.median:.2f}" for samples, _ in pairs)
        yield (line, state, name, *times, *(samples.over(other).written(".2f") for samples, other in pairs))
