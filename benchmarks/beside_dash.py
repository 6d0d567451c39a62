"""Our overview, the same written in Dash, and in plain Streamlit: first view and choices, side by side in a browser.

`bare/dash_overview.py` and `bare/overview.py` are what the documentation of each would give, on the same functions
(`bare/plan.py`) and the same workbook; Dash runs on waitress, Streamlit by `streamlit run`. A choice is another year or
another department: from pressing the mouse on it until the tiles show other figures, and until the last visible change
of tiles, charts, tables. Choices are made unthrottled, because a browser's throttle does not slow a websocket.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks import browsing, first_view, servers
from benchmarks.browsing import CHARTS, Subject
from benchmarks.findings import Effort, Findings, Table
from benchmarks.measuring import Samples

OURS, DASH, STREAMLIT = "ours", "Dash", "plain Streamlit"
EVERYTHING = {"year": "Cả giai đoạn", "department": "Tất cả phòng"}
CHOICES = {
    "year": ("2022", "2023", "2024", "2025", "2026"),
    "department": ("Thanh tra Ban", "Phòng Chính sách dân tộc", "Văn phòng", "Chưa phân công"),
}
"""Another one in each round: what was worked out for a choice before does not help."""
QUIET_MS = 600

WATCH = """([tiles, quiet]) => {
    const text = (names) => [...document.querySelectorAll(names)].map((one) => one.textContent).join();
    const figures = () => text(tiles);
    const traces = () => [...document.querySelectorAll('.js-plotly-plot .cartesianlayer .trace path')];
    const drawing = () => traces().map((one) => one.getAttribute('d') + one.getAttribute('transform')).join();
    const all = () => [figures(), text('table, .kh'), drawing()].join();
    const choice = (window.choice = {});
    const before = figures();
    let pressed = 0, last = all();
    const press = () => { if (!choice.figures) pressed = performance.now(); };
    addEventListener('pointerdown', press, { capture: true });
    const look = () => {
        const now = performance.now(), seen = all();
        if (!choice.figures && figures() !== before) choice.figures = now - pressed;
        if (seen !== last) choice.drawn = now - pressed;
        last = seen;
        choice.done = choice.figures && now - pressed > choice.drawn + quiet;
        if (choice.done) removeEventListener('pointerdown', press, { capture: true });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
"""In the page: notes when the figures and all that is drawn change after the mouse was pressed last."""


@dataclass(frozen=True)
class Rival:
    """One of the three: its page, its tiles, and how something is chosen on it."""

    subject: Subject
    tiles: str
    choose: Callable[[Page, str, str], None]


def measure(effort: Effort) -> Findings:
    """The first view, then the choices."""
    with ExitStack() as stack:
        browser = stack.enter_context(browsing.opened(effort.browser))
        dash = stack.enter_context(servers.dash("dash_overview"))
        streamlit = stack.enter_context(servers.streamlit("overview.py"))
        rivals = _rivals(stack.enter_context(servers.ours()), dash, streamlit)
        visits = browsing.by_turns(browser, [rival.subject for rival in rivals], effort.rounds)
        chosen = _choices(browser, rivals, effort.rounds)
    return Findings(
        (
            Table("First view", tuple(browsing.visit_rows(visits, DASH, "to Dash"))),
            Table("Choices", tuple(_choice_rows(chosen))),
        )
    )


def _rivals(ours: str, dash: str, streamlit: str) -> tuple[Rival, ...]:
    drawn = f"{CHARTS} === 4 && document.querySelector('#rows td')"
    in_dash = {"tiles": "document.querySelectorAll('#tiles h2').length === 5", "drawn": drawn, "answers": drawn}
    in_streamlit = first_view.MOMENTS[first_view.YARDSTICK]
    metrics = "[data-testid=stMetricValue]"
    return (
        Rival(Subject(OURS, ours, first_view.MOMENTS[first_view.OVERVIEW]), ".kh.tiles", _choose_ours),
        Rival(Subject(DASH, dash, in_dash), "#tiles", _choose_in_dash),
        Rival(Subject(STREAMLIT, streamlit, in_streamlit), metrics, _choose_in_streamlit),
    )


def _choose_ours(page: Page, what: str, name: str) -> None:
    if what == "year":
        page.get_by_role("radio", name=name, exact=True).click()
    else:
        page.get_by_test_id("stSelectbox").first.click()
        page.get_by_role("option", name=name, exact=True).click()


def _choose_in_dash(page: Page, what: str, name: str) -> None:
    page.locator(f"#{what}").click()
    page.get_by_role("option", name=name, exact=True).click()


def _choose_in_streamlit(page: Page, what: str, name: str) -> None:
    page.get_by_test_id("stSelectbox").nth(list(EVERYTHING).index(what)).click()
    page.get_by_role("option", name=name, exact=True).click()


Chosen = dict[tuple[str, str, str], list[float]]
"""By what is chosen, by whom, and the moment: seconds, round by round."""


def _choices(browser: Browser, rivals: tuple[Rival, ...], rounds: int) -> Chosen:
    """Each choice and back, by turns, on pages that stay open; the first round does not count."""
    pages = {rival.subject.name: _open(browser, rival) for rival in rivals}
    found: Chosen = {}
    for number, (what, rival) in itertools.product(range(rounds + 1), itertools.product(EVERYTHING, rivals)):
        name = CHOICES[what][number % len(CHOICES[what])]
        seconds = _chosen(pages[rival.subject.name], rival, what, name)
        _chosen(pages[rival.subject.name], rival, what, EVERYTHING[what])
        for moment in ("figures", "drawn"):
            found.setdefault((what, rival.subject.name, moment), []).extend([seconds[moment]] if number else [])
    return found


def _open(browser: Browser, rival: Rival) -> Page:
    page = browser.new_page(viewport=browsing.SIZE)
    browsing.watch(page, rival.subject.moments)
    page.goto(rival.subject.address)
    browsing.told(page, rival.subject.moments)
    return page


def _chosen(page: Page, rival: Rival, what: str, name: str) -> dict[str, float]:
    page.bring_to_front()
    page.evaluate(WATCH, [rival.tiles, QUIET_MS])
    rival.choose(page, what, name)
    page.wait_for_function("() => window.choice.done", timeout=browsing.SLOWEST_MS)
    return {moment: page.evaluate(f"window.choice.{moment}") / 1000 for moment in ("figures", "drawn")}


def _choice_rows(chosen: Chosen) -> Iterator[tuple[str, ...]]:
    yield ("another", "page", "new figures, s", "all drawn, s", "new figures, to Dash", "all drawn, to Dash")
    for what, name in itertools.product(EVERYTHING, (OURS, DASH, STREAMLIT)):
        pairs = [(Samples(tuple(chosen[what, one, moment])) for one in (name, DASH)) for moment in ("figures", "drawn")]
        pairs = [tuple(pair) for pair in pairs]
        seconds = (f"{mine.median:.2f}" for mine, _ in pairs)
        yield (what, name, *seconds, *(mine.over(theirs).written(".2f") for mine, theirs in pairs))
