"""One visit to a page in a browser: when its tiles can be read, when all of it is drawn, and how many bytes came."""

import base64
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, CDPSession

SLOWEST_MS = 120_000

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


@dataclass(frozen=True)
class Line:
    """A network line as the browser is made to feel it; None for as fast as it goes."""

    name: str
    mbit: float | None = None
    latency_ms: int = 0


@dataclass(frozen=True)
class Visited:
    """Seconds until tiles and the whole, and bytes that came over the line."""

    tiles: float
    drawn: float
    received: int


class Meter:
    """Counts what a page receives: answers as they were on the line, and the messages of its websocket."""

    def __init__(self, session: CDPSession) -> None:
        self.received = 0
        session.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda event: self._add(_size(event["response"])))

    def _add(self, count: float) -> None:
        self.received += int(count)


def _size(frame: dict) -> int:
    return len(base64.b64decode(frame["payloadData"])) if frame["opcode"] == 2 else len(frame["payloadData"])


def visit(context: BrowserContext, address: str, conditions: dict[str, str], line: Line) -> Visited:
    """Open the address in a new tab of the context; `conditions` are `tiles` and `drawn` as JavaScript."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if line.mbit:
        rate = line.mbit * 1e6 / 8
        limits = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": line.latency_ms, "offline": False}
        session.send("Network.emulateNetworkConditions", limits)
    meter = Meter(session)
    # Functions, not text: our pages evaluate none.
    page.add_init_script(STOPWATCH % ", ".join(f"{name}: () => {condition}" for name, condition in conditions.items()))
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"() => Object.keys(window.held ?? {{}}).length === {len(conditions)}", timeout=SLOWEST_MS)
    held = page.evaluate("window.held")
    page.wait_for_load_state("networkidle")
    found = Visited(held["tiles"] / 1000, held["drawn"] / 1000, meter.received)
    page.close()
    return found
