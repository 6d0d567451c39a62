"""The first view of a page, beside that of bare Streamlit in the same run: time to tiles, to all drawn, bytes.

    python -m benchmarks.first_view [--rounds 5] [--browser /usr/bin/chromium]

Pages take turns in every round, so that a slow minute slows all of them; what counts are the ratios within a round.
Cold: nothing kept from before. Warm: the second visit with the same browser. The results replace those in
`benchmarks/RESULTS-first-view.md`.
"""

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browsing import Line, Visited, visit
from benchmarks.measuring import Times, ratio
from tests.serving import FLAGS, free_port, serving, wait_until_healthy

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "RESULTS-first-view.md"
LINES = [Line("unthrottled"), Line("10 Mbit/s, 40 ms", 10, 40)]
YARDSTICK = "bare, four charts"

STILL = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
BARS = "[...document.querySelectorAll('.js-plotly-plot .cartesianlayer .trace path')]"
CHARTS = f"new Set({BARS}.map(one => one.closest('.js-plotly-plot'))).size"


@dataclass
class Subject:
    """A page under measurement: what makes its tiles readable and all of it drawn."""

    name: str
    address: str
    tiles: str
    drawn: str
    visits: dict[tuple[str, str], list[Visited]] = field(default_factory=dict)

    @property
    def conditions(self) -> dict[str, str]:
        return {"tiles": f"Boolean({self.tiles})", "drawn": f"Boolean({self.drawn})"}


@contextmanager
def bare(script: str) -> Iterator[str]:
    """Streamlit as it comes, on a script beside this module; its folder has no settings."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "benchmarks" / "bare" / script)]
    # Started by a program it must not ask for an e-mail address; statistics would go to a host out of reach here.
    command += [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    with tempfile.TemporaryDirectory() as folder:
        running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", running)
            yield f"http://127.0.0.1:{port}/"
        finally:
            running.terminate()
            running.wait()


def subjects(one_line: str, four_charts: str, ours: str) -> list[Subject]:
    """The pages, at the addresses of their servers."""
    cells = "document.querySelector('[data-testid=stDataFrame] canvas')"
    read = "document.querySelector('#first-view')"
    tiles = "document.querySelector('.kh.tiles')"
    caption = "document.querySelector('.kh.caption')"
    return [
        Subject("bare, st.write", one_line, *["document.querySelector('[data-testid=stMarkdownContainer]')"] * 2),
        Subject(
            YARDSTICK,
            four_charts,
            "document.querySelectorAll('[data-testid=stMetricValue]').length === 5",
            f"{CHARTS} === 4 && {cells}",
        ),
        # All of it can be read in the HTML itself once somebody has looked at it since the last publication.
        Subject("Tổng quan", ours, f"{read} || {tiles}", f"{read} || {caption} && {STILL}"),
        Subject("Tổng quan, answering", ours, tiles, f"{caption} && {STILL}"),
        Subject("Theo phòng", f"{ours}theo-phong", "document.querySelector('.kh h1')", f"{CHARTS} === 1 && {caption}"),
    ]


def measure(browser: Browser, chosen: list[Subject], rounds: int) -> None:
    """Fill the visits of every subject, all of them by turns."""
    for subject in chosen:
        _cold_and_warm(browser, subject, LINES[0])
        subject.visits.clear()
    for number in range(rounds):
        for line in LINES:
            for subject in chosen:
                _cold_and_warm(browser, subject, line)
        print(f"round {number + 1} of {rounds}", flush=True)


def _cold_and_warm(browser: Browser, subject: Subject, line: Line) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    for state in ("cold", "warm"):
        found = visit(context, subject.address, subject.conditions, line)
        subject.visits.setdefault((line.name, state), []).append(found)
    context.close()


def table(chosen: list[Subject]) -> Iterator[str]:
    """The results as a Markdown table; ratios to the yardstick in the same round: median (least to most)."""
    yardstick = next(subject for subject in chosen if subject.name == YARDSTICK)
    yield "| line | visit | page | tiles, s | all drawn, s | MB | tiles, ratio | all drawn, ratio | bytes, ratio |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for (line, state), theirs in yardstick.visits.items():
        for subject in chosen:
            mine = subject.visits[line, state]
            megabytes = statistics.median(one.received for one in mine) / 1e6
            cells = [line, state, subject.name, *(f"{_times(mine, what).median:.2f}" for what in ("tiles", "drawn"))]
            cells += [f"{megabytes:.2f}", *(_ratio(mine, theirs, what) for what in ("tiles", "drawn", "received"))]
            yield f"| {' | '.join(cells)} |"


def _times(visits: list[Visited], what: str) -> Times:
    return Times(tuple(getattr(one, what) for one in visits))


def _ratio(mine: list[Visited], theirs: list[Visited], what: str) -> str:
    return ratio(_times(mine, what), _times(theirs, what))


def report(chosen: list[Subject], rounds: int, browser: str) -> str:
    """The whole page of results."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "pandas"))
    return "\n".join(
        [
            "# First view",
            "",
            "Written by `python -m benchmarks.first_view`; what is measured is said there. Aims: the tiles of Tổng",
            "quan within 0.70 and all of it within 0.35 of the bare page with four charts, Theo phòng within 0.60 at",
            "10 Mbit/s, a third of the bytes. The browser's throttle does not slow the messages of the websocket.",
            "",
            f"{dt.datetime.now(dt.UTC):%d/%m/%Y}, {rounds} rounds, {os.cpu_count()} cores, {platform.system()}, Python "
            f"{platform.python_version()}, {packages}, Chromium {browser}.",
            "",
            *table(chosen),
            "",
        ]
    )


def main() -> None:
    """Measure, print, write the page of results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome") or "msedge")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = [stack.enter_context(bare("one_line.py")), stack.enter_context(bare("four_charts.py"))]
        chosen = subjects(*addresses, stack.enter_context(serving(folder)))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=options.browser, args=FLAGS)
        measure(browser, chosen, options.rounds)
        text = report(chosen, options.rounds, browser.version)
        browser.close()
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
