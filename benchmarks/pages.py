"""What a page's script costs beside a bare page that draws the same from constants; at most 1.25 of it.

Every page of the navigation, at 20 tasks and at 5 000 tasks, each with five years: offices with two publications, a
meeting and ten models; the inspectorate's pages and the documents with an inspector signed in. Both are run by turns
in one process by the real runtime (`sessions`), with our configuration, which asks less of both. Measured is what
every further look costs: what is kept of a version is there from the look before.

The bare page is written by the measuring itself (`replay`): one run of ours is taken down, call by call, and becomes
the plainest script with the same Streamlit commands and every text, option and figure a constant. It reads no
database, no settings and no address, makes no HTML and decides nothing; before anything is measured both must have
sent the same messages. Left out of it is what a plain author might do worse: it declares no component in a run and
builds no table. It is Streamlit's own price of that screen.

Told apart, without an aim: a choice that nobody made since the start (year, department and section changed as a person
does), beside the bare page; and the first look at a version that was just published, the first of which reads the
workbook.
"""

import gc
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from unittest.mock import patch

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks import offices, replay, sessions, workbooks
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples
from benchmarks.offices import Office
from benchmarks.sessions import Ran, Session
from lib import server
from lib.panels import address
from lib.store import Store
from lib.ui import sign_in

ENTRY = Path(__file__).resolve().parents[1] / "dashboard.py"
SIZES = (20, 5_000)
RUNS = 15
"""Of each page in one round, by turns; the middle one counts."""
AIM = 1.25


@dataclass(frozen=True)
class Page:
    """A page of the navigation: its name, its file, whether an inspector looks, whether it has the filters."""

    path: str
    name: str
    file: str
    signed_in: bool = False
    filtered: bool = False


PAGES = (
    Page("", "Tổng quan", "overview.py", filtered=True),
    Page(address.DEPARTMENTS, "Theo phòng", "departments.py", filtered=True),
    Page(address.SECTIONS, "Theo mục", "sections.py", filtered=True),
    Page(address.MODELS, "Dân vận khéo", "dan_van_kheo.py", filtered=True),
    Page(address.TASKS, "Nhiệm vụ", "tasks.py", filtered=True),
    Page(address.CHANGES, "Thay đổi", "changes.py"),
    Page(address.MEETING, "Trình chiếu", "present.py"),
    Page(address.PREPARE, "Chuẩn bị cuộc họp", "prepare.py", filtered=True),
    Page(address.REPORTS, "Báo cáo, văn bản", "documents.py", signed_in=True),
    Page(address.UPDATE, "Cập nhật số liệu", "update.py", signed_in=True),
    Page(address.HISTORY, "Lịch sử", "history.py", signed_in=True),
    Page(address.ACCOUNTS, "Tài khoản", "accounts.py", signed_in=True),
    Page(address.SIGN_IN, "Đăng nhập", "sign_in.py", signed_in=True),
)
FILES = [page.file for page in PAGES]


@dataclass(frozen=True)
class Cost:
    """A page's further looks and the bare page's, in seconds for each round; new choices; the first look."""

    page: Page
    wall: Samples
    bare_wall: Samples
    processor: Samples
    bare_processor: Samples
    unseen: Samples | None
    first: float

    @property
    def script(self) -> Samples:
        """Script time to the bare page's."""
        return self.wall.over(self.bare_wall)

    @property
    def work(self) -> Samples:
        """Processor time to the bare page's."""
        return self.processor.over(self.bare_processor)


def measure(effort: Effort) -> Findings:
    """Each page at both sizes."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    server.prepare()
    tables, aims = [], []
    with tempfile.TemporaryDirectory() as folder, sessions.running() as opened:
        for tasks in SIZES:
            office = offices.made(Path(folder) / str(tasks), tasks)
            in_force = {"DATA_DIR": str(office.folder), "SESSION_MINUTES": str(offices.MINUTES)}
            with patch.dict(os.environ, in_force):
                costs = _costs(opened, office, effort.rounds)
            tables.append(_table(tasks, costs))
            aims += _aims(tasks, costs)
    return Findings(tuple(tables), tuple(aims))


def _costs(opened: Callable[..., Session], office: Office, rounds: int) -> list[Cost]:
    choices = _unseen()
    looks = [_looks(opened, office, page, rounds, choices) for page in PAGES]
    offices.publish(Store(office.folder), office.token, workbooks.made(office.tasks + 1, offices.MODELS))
    return [Cost(page, *found, _first(opened, office, page)) for page, found in zip(PAGES, looks, strict=True)]


def _looks(opened: Callable[..., Session], office: Office, page: Page, rounds: int, choices: Iterator) -> tuple:
    ours = opened(ENTRY, **_state(page, office))
    ours.open(page.path)
    ours.look_again()
    with replay.recorded() as taken:
        drawn = ours.look_again()
    bare = opened(replay.write(taken, office.folder / "bare" / page.path, page.file, FILES))
    bare.open(page.path)
    if replay.sent(drawn.messages) != replay.sent(bare.look_again().messages):
        raise SystemExit(f"the bare page of {page.name} draws something else, so nothing was measured")
    found = _by_turns(ours, bare, rounds)
    unseen = _new_choices(ours, drawn, rounds, choices) if page.filtered else None
    for session in (ours, bare):
        session.close()
    return *found, unseen


def _state(page: Page, office: Office) -> dict[str, str]:
    return {sign_in._TOKEN: office.token} if page.signed_in else {}


def _by_turns(ours: Session, bare: Session, rounds: int) -> tuple[Samples, Samples, Samples, Samples]:
    """The middle run of each round: wall of ours and of the bare page, then processor."""
    # What was there before is not looked through again in the middle of a run: of neither.
    gc.collect()
    gc.freeze()
    found: list[tuple[float, ...]] = []
    for _ in range(rounds):
        runs = [(ours.look_again(), bare.look_again()) for _ in range(RUNS)]
        walls = (median(run[place].wall for run in runs) for place in (0, 1))
        processors = (median(run[place].processor for run in runs) for place in (0, 1))
        found.append((*walls, *processors))
    gc.unfreeze()
    return tuple(Samples(tuple(column)) for column in zip(*found, strict=True))


def _unseen() -> Iterator[dict[str, str]]:
    """One choice after another, each made once: of year and department alone first, then of all three."""
    years = [str(year) for year in range(workbooks.FIRST_YEAR, workbooks.LAST_YEAR + 1)]
    units, places = ["Thanh tra Ban", "Văn phòng", "Phòng Chính sách dân tộc"], ["", "1", "2", "3", "4", "5"]
    for section, unit, year in product(places, units, years):
        yield {address.YEAR: year, address.UNIT: unit, address.SECTION: section}


def _new_choices(ours: Session, drawn: Ran, rounds: int, choices: Iterator) -> Samples:
    """Processor time of a run with choices that nobody has made."""
    return Samples(tuple(ours.look_again(_chosen(drawn, next(choices))).processor for _ in range(rounds)))


def _chosen(drawn: Ran, wanted: dict[str, str]) -> Callable[[list[WidgetState]], None]:
    """What the browser sends when a person has changed the filters."""
    ids = {name: _id(drawn, f"-choice_{name}") for name in wanted}

    def change(states: list[WidgetState]) -> None:
        kept = [state for state in states if state.id not in ids.values()]
        year, unit, section = (wanted[name] for name in (address.YEAR, address.UNIT, address.SECTION))
        made = WidgetState(id=ids[address.YEAR])
        made.string_array_value.data.append(year)
        kept += [made, WidgetState(id=ids[address.UNIT], string_value=unit or "Tất cả phòng")]
        states[:] = [*kept, WidgetState(id=ids[address.SECTION], string_value=section or "Tất cả mục")]

    return change


def _id(drawn: Ran, ending: str) -> str:
    elements = (one.delta.new_element for one in drawn.messages if one.HasField("delta"))
    widgets = (getattr(element, kind) for element in elements if (kind := element.WhichOneof("type")))
    return next(widget.id for widget in widgets if getattr(widget, "id", "").endswith(ending))


def _first(opened: Callable[..., Session], office: Office, page: Page) -> float:
    """Seconds until a page of a version that nobody has looked at on it is drawn."""
    session = opened(ENTRY, **_state(page, office))
    seconds = session.open(page.path).wall
    session.close()
    return seconds


def _table(tasks: int, costs: list[Cost]) -> Table:
    head = ("page", "bare, ms", "ours, ms", "script time", "processor time", "new choice, processor", "first look, s")
    rows = [
        (
            cost.page.name,
            f"{cost.bare_processor.median * 1e3:.1f}",
            f"{cost.processor.median * 1e3:.1f}",
            cost.script.written(".2f"),
            cost.work.written(".2f"),
            cost.unseen.over(cost.bare_processor).written(".1f") if cost.unseen else "",
            f"{cost.first:.2f}",
        )
        for cost in costs
    ]
    return Table(f"{_amount(tasks)} tasks: processor time, then ratios to the bare page", (head, *rows))


def _aims(tasks: int, costs: list[Cost]) -> Iterator[Aim]:
    """For each clock the page that is furthest off."""
    clocks = {"script time": lambda cost: cost.script, "processor time": lambda cost: cost.work}
    for said, ratio in clocks.items():
        worst = max(costs, key=lambda cost: ratio(cost).median)
        yield Aim(f"{said}, {_amount(tasks)} tasks, the page furthest off: {worst.page.name}", AIM, ratio(worst))


def _amount(number: int) -> str:
    return f"{number:,}".replace(",", " ")
