"""Many open screens, each changing a filter as soon as the last change is answered: the product beside the same
overview as Streamlit's documentation would write it, run with Streamlit's defaults (`bare/overview.py`).

The screens speak the browser's protocol from this process (`screens.py`), the servers have processes of their own. At
each number of open screens the two take turns of a few seconds; a turn ends with the answer to what was begun in it.
Every answer is compared with the figures of the filter that was asked for: a wrong one stops the measuring. Behind the
product stands a database with a published version, as in an office; the plain overview reads the shipped workbook.
"""

import asyncio
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

from benchmarks import choices, publisher, servers
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples
from benchmarks.screens import Screen, Unanswered, close_all
from benchmarks.servers import Address

SCREENS = (1, 20, 50, 100)
TURN_SECONDS = 3
MOST_ROUNDS = {1: 3, 100: 3}
"""Numbers of screens that no aim is about."""


@dataclass(frozen=True)
class Turn:
    """What a few seconds of changing filters gave: how long each answer took, in all, and the server's work."""

    answers: tuple[float, ...]
    seconds: float
    processor: float

    @property
    def rate(self) -> float:
        return len(self.answers) / self.seconds

    def within(self, share: int) -> float:
        """The time within which so many of a hundred answers were there."""
        return statistics.quantiles(self.answers, n=100, method="inclusive")[share - 1]

    @property
    def work(self) -> float:
        """Processor time of one answer, in milliseconds."""
        return 1000 * self.processor / len(self.answers)


@dataclass
class Subject:
    """A server, the screens that are open on it, and what they must show."""

    server: Address
    said: dict[choices.View, list[str]]
    screens: list[Screen] = field(default_factory=list)
    turns: dict[int, list[Turn]] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ways = [choices.changes(number) for number in range(max(SCREENS))]

    async def open(self, number: int) -> None:
        """Open screens until there are so many, and have each of them change a filter once."""
        new = range(len(self.screens), number)
        self.screens += await asyncio.gather(*(Screen.opened(self.server) for _ in new))
        await asyncio.gather(*(self.change(at) for at in new))

    async def change(self, at: int) -> float:
        """Have one screen change a filter; seconds until it showed the figures that were asked for."""
        label, option, view = next(self._ways[at])
        return await self.screens[at].choose(label, option, self.said[view])

    async def turn(self) -> Turn:
        """All screens change filters for a few seconds."""
        work, start = self.server.processor_seconds(), time.perf_counter()
        until = start + TURN_SECONDS
        found = await asyncio.gather(*(self._keep_changing(at, until) for at in range(len(self.screens))))
        seconds = time.perf_counter() - start
        return Turn(tuple(chain.from_iterable(found)), seconds, self.server.processor_seconds() - work)

    async def _keep_changing(self, at: int, until: float) -> list[float]:
        screen, found = self.screens[at], []
        before = screen.runs
        while time.perf_counter() < until:
            found.append(await self.change(at))
        if screen.runs - before != len(found):
            raise Unanswered(f"screen {at} was first shown other figures than those that were asked for")
        return found


def measure(effort: Effort) -> Findings:
    """Reruns a second, times of the answers, processor time and memory, at each number of screens."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        publisher.publish(folder, 1)
        ours = Subject(stack.enter_context(servers.at_work(folder)), choices.said_by_us())
        plain = stack.enter_context(servers.streamlit("overview.py"))
        theirs = Subject(plain, choices.said_by_default_streamlit())
        asyncio.run(_by_turns(ours, theirs, effort.rounds))
    return _findings(ours, theirs)


async def _by_turns(ours: Subject, theirs: Subject, rounds: int) -> None:
    for number in SCREENS:
        for subject in (ours, theirs):
            await subject.open(number)
        for _ in range(min(rounds, MOST_ROUNDS.get(number, rounds))):
            for subject in (ours, theirs):
                subject.turns.setdefault(number, []).append(await subject.turn())
        for subject in (ours, theirs):
            subject.memory[number] = subject.server.memory_mb()
    await close_all(ours.screens + theirs.screens)


def _findings(ours: Subject, theirs: Subject) -> Findings:
    head = (
        "open screens",
        "",
        "reruns a second",
        "p50, s",
        "p95, s",
        "processor time of a rerun, ms",
        "ratio of reruns",
    )
    rows = []
    for number in SCREENS:
        faster = _each(ours, number, "rate").over(_each(theirs, number, "rate"))
        rows.append((str(number), "product", *_cells(ours, number), faster.written(".1f")))
        rows.append(("", "default Streamlit", *_cells(theirs, number), ""))
    aims = (
        Aim(
            "reruns a second at 20 screens, to default Streamlit",
            2.5,
            _each(ours, 20, "rate").over(_each(theirs, 20, "rate")),
            at_least=True,
        ),
        Aim("p95 at 50 screens", 1, _times(ours, 50, 95), "s"),
        Aim("memory of an open screen", 1, _memory(ours), "MB"),
    )
    return Findings((Table("", (head, *rows)), _memories(ours, theirs)), aims)


def _each(subject: Subject, number: int, what: str) -> Samples:
    return Samples(tuple(getattr(turn, what) for turn in subject.turns[number]))


def _times(subject: Subject, number: int, share: int) -> Samples:
    return Samples(tuple(turn.within(share) for turn in subject.turns[number]))


def _cells(subject: Subject, number: int) -> tuple[str, ...]:
    times = (_times(subject, number, share).written(".2f") for share in (50, 95))
    return (_each(subject, number, "rate").written(".1f"), *times, _each(subject, number, "work").written(".1f"))


def _memory(subject: Subject) -> Samples:
    """What each further screen took, from 20 to 50 and from 50 to 100 of them, all at work."""
    steps = pairwise(SCREENS[1:])
    return Samples(tuple((subject.memory[more] - subject.memory[few]) / (more - few) for few, more in steps))


def _memories(ours: Subject, theirs: Subject) -> Table:
    head = ("MB of the process after so many screens at work", *map(str, SCREENS), "each further one, MB")
    names = {"product": ours, "default Streamlit": theirs}
    rows = (
        (name, *(f"{subject.memory[number]:.0f}" for number in SCREENS), _memory(subject).written(".2f"))
        for name, subject in names.items()
    )
    return Table("Memory that no other process shares", (head, *rows))
