"""A server of the dashboard for a test, and a browser to look at it with."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


@contextmanager
def serving(folder: Path, port: int | None = None, **settings: str) -> Iterator[str]:
    """The dashboard on `port`, else a free one, with the data folder `folder`; gives its address."""
    port = port or free_port()
    environment = os.environ | {"DATA_DIR": str(folder), "PORT": str(port)} | settings
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "lib.server"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", running)
            yield f"http://127.0.0.1:{port}/"
        finally:
            running.terminate()
            running.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_until_healthy(address: str, running: subprocess.Popen) -> None:
    """Wait until the server at the address answers; the test fails when it ends before."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail("the server did not start")


def open_at(page: Page, link: str) -> None:
    """Open a link and wait until the page has said where its figures come from and answers clicks by itself."""
    page.goto(link)
    expect(page.locator(".kh.caption")).to_be_visible()
    expect(page.locator("html[data-links]")).to_have_count(1)


def settled(page: Page) -> None:
    """Wait until the page stands still: the program has run, letters have come, charts are drawn in their width."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1, timeout=30_000)
    expect(page.locator("h1").filter(visible=True).first).to_be_visible(timeout=30_000)
    expect(page.locator("html[data-links]")).to_have_count(1)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=30_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_function(DRAWN)


DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => {
    const drawing = chart.querySelector('.main-svg');
    return drawing && Math.abs(drawing.getBoundingClientRect().width - chart.getBoundingClientRect().width) < 3;
})"""
