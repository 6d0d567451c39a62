"""How soon a page can be read: after the server's start, and at a first and second visit in a browser.

The yardstick is a bare Streamlit page with five tiles, four charts and a table (`bare/four_charts.py`), run by
`streamlit run`. The overview is read as soon as it stands in the first answer, and answers clicks once the program has
drawn it. After a start: from the start of the process until it is healthy, and until a browser that knocks then has the
page.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack

from playwright.sync_api import Browser

from benchmarks import browsing, servers
from benchmarks.browsing import CHARTS, LINES, RUN, Subject, Visits
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples

YARDSTICK, OVERVIEW, DEPARTMENTS = "bare, four charts", "Tổng quan", "Theo phòng"
UNTHROTTLED, SLOW = (line.name for line in LINES)
_TEXT = "document.querySelector('[data-testid=stMarkdownContainer]')"
_METRICS = "document.querySelectorAll('[data-testid=stMetricValue]').length === 5"
_CAPTION = "document.querySelector('.kh.caption')"
_READ = "document.querySelector('#first-view, .kh.caption')"
MOMENTS = {
    "bare, st.write": {"tiles": _TEXT, "drawn": _TEXT, "answers": _TEXT},
    YARDSTICK: {"tiles": _METRICS} | dict.fromkeys(("drawn", "answers"), f"{CHARTS} === 4 && {RUN}"),
    OVERVIEW: {"tiles": _READ, "drawn": _READ, "answers": f"{_CAPTION} && {RUN}"},
    DEPARTMENTS: {"tiles": "document.querySelector('.kh h1')"}
    | dict.fromkeys(("drawn", "answers"), f"{CHARTS} === 1 && {_CAPTION}"),
}
"""By the page's name: when its first figures can be read, when all of it is drawn, when it answers clicks."""


def measure(effort: Effort) -> Findings:
    """The starts, then the visits."""
    with ExitStack() as stack:
        browser = stack.enter_context(browsing.opened(effort.browser))
        starts = _starts(browser, effort.rounds)
        bare = [stack.enter_context(servers.streamlit(script)) for script in ("one_line.py", "four_charts.py")]
        ours = stack.enter_context(servers.ours())
        addresses = zip(MOMENTS, [*bare, ours, f"{ours}theo-phong"], strict=True)
        subjects = [Subject(name, address, MOMENTS[name]) for name, address in addresses]
        visits = browsing.by_turns(browser, subjects, effort.rounds)
    visited = Table("Visits", tuple(browsing.visit_rows(visits, YARDSTICK, "ratio")))
    tables = Table("After a start", tuple(_start_rows(starts))), visited
    return Findings(tables, tuple(_aims(visits)))


Starts = dict[str, dict[str, Samples]]
"""By who was started: seconds from the start of the process until each moment, round by round."""


def _starts(browser: Browser, rounds: int) -> Starts:
    """Both servers started afresh by turns, after a start of each that does not count."""
    each = {YARDSTICK: lambda: servers.streamlit("four_charts.py"), OVERVIEW: servers.ours}
    found: dict[str, list[Mapping[str, float]]] = {name: [] for name in each}
    for number in range(rounds + 1):
        for name, server in each.items():
            found[name] += [_start(browser, server, MOMENTS[name])] if number else []
    return {
        name: {moment: Samples(tuple(one[moment] for one in all_)) for moment in all_[0]}
        for name, all_ in found.items()
    }


def _start(
    browser: Browser, server: Callable[[], AbstractContextManager[str]], moments: Mapping[str, str]
) -> Mapping[str, float]:
    context = browser.new_context(viewport=browsing.SIZE)
    page = context.new_page()
    browsing.watch(page, moments)
    begun = time.perf_counter()
    with server() as address:
        healthy = time.perf_counter() - begun
        page.goto(address, wait_until="commit")
        seen = {moment: healthy + after for moment, after in browsing.told(page, moments).items()}
        context.close()
    return {"healthy": healthy} | seen


def _start_rows(starts: Starts) -> Iterator[tuple[str, ...]]:
    yield (
        "started",
        "healthy, s",
        "first figures, s",
        "all drawn, s",
        "healthy, ratio",
        "first figures, ratio",
        "all drawn, ratio",
    )
    for name, moments in starts.items():
        counted = [(moments[moment], starts[YARDSTICK][moment]) for moment in ("healthy", "tiles", "drawn")]
        seconds = (mine.written(".2f") for mine, _ in counted)
        yield (name, *seconds, *(mine.over(theirs).written(".2f") for mine, theirs in counted))


def _aims(visits: Visits) -> Iterator[Aim]:
    """Of a first visit, with nothing kept from before."""

    def ratio(line: str, name: str, of: Callable[..., Samples], *moment: str) -> Samples:
        return of(visits[line, "cold", name], *moment).over(of(visits[line, "cold", YARDSTICK], *moment))

    for line in (UNTHROTTLED, SLOW):
        yield Aim(f"{OVERVIEW}, first figures, {line}", 0.7, ratio(line, OVERVIEW, browsing.seconds, "tiles"))
        yield Aim(f"{OVERVIEW}, all read, {line}", 0.35, ratio(line, OVERVIEW, browsing.seconds, "drawn"))
        yield Aim(f"{OVERVIEW}, answering clicks, {line}", 0.35, ratio(line, OVERVIEW, browsing.seconds, "answers"))
    yield Aim(f"{DEPARTMENTS}, all drawn, {SLOW}", 0.6, ratio(SLOW, DEPARTMENTS, browsing.seconds, "drawn"))
    for name in (OVERVIEW, DEPARTMENTS):
        yield Aim(f"{name}, bytes", round(1 / 3, 2), ratio(UNTHROTTLED, name, browsing.received))
