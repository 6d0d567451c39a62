"""A hundred open screens that nobody touches: what they cost, and how soon all of them show what was published.

Eighty stand on the overview, each with filters of its own, twenty on the meeting's screen. In the middle of their
idling another process publishes with the product's own code; a screen shows the publication once the page that it was
sent names the new version. Then the same with the shared workbook, which somebody saves: the server must see that the
file has changed, wait until it has come to rest, read it and publish it.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import choices, servers
from benchmarks.findings import Aim, Effort, Findings, Table
from benchmarks.measuring import Samples
from benchmarks.publisher import workbook
from benchmarks.screens import Screen, close_all
from benchmarks.servers import Address
from lib import store
from lib.panels import address

OVERVIEWS, MEETINGS = 80, 20
IDLE_SECONDS = 10
LONGEST_SECONDS = 120
AT_ONCE = 10
"""So many screens are opened at a time."""

Publish = Callable[[int], Awaitable[tuple[str, float]]]
"""Publishes the version of a number; its code, and the instant from which on screens could have shown it."""
Round = dict[str, float]


def measure(effort: Effort) -> Findings:
    """Idle cost and the time to the last screen, for publications and for a shared workbook that was saved."""
    rounds = range(1, effort.rounds + 1)
    with _office() as (server, folder), _publisher(folder) as publish:
        nobody = [_share_of_a_core(server) for _ in rounds]
        published = asyncio.run(_watched(server, publish, rounds))
    with _office(shared_with=workbook(0)) as (server, folder):
        saved = asyncio.run(_watched(server, _saver(folder), rounds))
    return _findings(nobody, published, saved)


@contextmanager
def _office(shared_with: bytes = b"") -> Iterator[tuple[Address, Path]]:
    """A server and its data folder; with a shared workbook of those bytes where there are any."""
    with tempfile.TemporaryDirectory() as name:
        folder, settings = Path(name), {}
        if shared_with:
            _shared(folder).write_bytes(shared_with)
            settings = {"SHARED_WORKBOOK": str(_shared(folder))}
        with servers.at_work(folder, **settings) as server:
            yield server, folder


def _shared(folder: Path) -> Path:
    return folder / "dung-chung.xlsx"


@contextmanager
def _publisher(folder: Path) -> Iterator[Publish]:
    """A process that publishes into the folder; gives what asks it to."""
    command = [sys.executable, "-m", "benchmarks.publisher", str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": servers.ROOT}
    with subprocess.Popen(command, **pipes) as child:
        child.stdout.readline()

        async def publish(number: int) -> tuple[str, float]:
            print(number, file=child.stdin, flush=True)
            code, instant = (await asyncio.to_thread(child.stdout.readline)).split()
            return code, float(instant)

        yield publish
        child.stdin.close()


def _saver(folder: Path) -> Publish:
    """What saves the shared workbook of the folder."""

    async def save(number: int) -> tuple[str, float]:
        data = workbook(number)
        _shared(folder).write_bytes(data)
        return store.code_of(store.digest_of(data)), time.time()

    return save


def _share_of_a_core(server: Address) -> float:
    start = server.processor_seconds()
    time.sleep(IDLE_SECONDS)
    return 100 * (server.processor_seconds() - start) / IDLE_SECONDS


async def _watched(server: Address, publish: Publish, rounds: range) -> list[Round]:
    """Open the screens, and in each round leave them alone, publish, and wait for the last of them."""
    screens = await _opened(server)
    await asyncio.sleep(IDLE_SECONDS)  # the shared workbook's first version arrives meanwhile
    found = []
    for number in rounds:
        seen: dict[int, list[tuple[float, set[str]]]] = {at: [] for at in range(len(screens))}
        eyes = [asyncio.create_task(_watch(screen, seen[at])) for at, screen in enumerate(screens)]
        idle = await asyncio.to_thread(_share_of_a_core, server)
        start = server.processor_seconds()
        code, instant = await publish(number)
        shown = [first - instant for first in await _all_show(code, seen)]
        await asyncio.sleep(1)
        worked = server.processor_seconds() - start
        found.append({"idle": idle, "half": sorted(shown)[len(shown) // 2], "last": max(shown), "work": worked})
        for eye in eyes:
            eye.cancel()
        await asyncio.gather(*eyes, return_exceptions=True)
    await close_all(screens)
    return found


async def _opened(server: Address) -> list[Screen]:
    opened: list[Screen] = []
    for first in range(0, OVERVIEWS + MEETINGS, AT_ONCE):
        opened += await asyncio.gather(*(_open(server, number) for number in range(first, first + AT_ONCE)))
    return opened


async def _open(server: Address, number: int) -> Screen:
    if number >= OVERVIEWS:
        return await Screen.opened(server, address.MEETING)
    screen = await Screen.opened(server)
    label, option, _ = next(choices.changes(number))
    await screen.choose(label, option, until=())
    return screen


async def _watch(screen: Screen, seen: list[tuple[float, set[str]]]) -> None:
    """Note each time the page is drawn again, and the versions it names."""
    while True:
        await screen.drawn_again()
        seen.append((time.time(), screen.codes))


async def _all_show(code: str, seen: dict[int, list[tuple[float, set[str]]]]) -> list[float]:
    """The instant at which each screen first named the version, once all do."""
    async with asyncio.timeout(LONGEST_SECONDS):
        while True:
            first = [next((at for at, codes in drawn if code in codes), None) for drawn in seen.values()]
            if None not in first:
                return first
            await asyncio.sleep(0.05)


def _findings(nobody: list[float], published: list[Round], saved: list[Round]) -> Findings:
    head = ("", "idle, % of a core", "half of the screens, s", "the last one, s", "the server's work for it, s")
    screens = OVERVIEWS + MEETINGS
    rows = (
        ("no screen open", Samples(tuple(nobody)).written(".2f"), "", "", ""),
        (f"{screens} screens, a publication by another process", *_cells(published)),
        (f"{screens} screens, the shared workbook saved", *_cells(saved)),
    )
    aims = (
        Aim(f"the last of {screens} idle screens after a publication", 5, _samples(published, "last"), "s"),
        Aim(f"{screens} idle screens", 10, _samples(published, "idle"), "% of a core"),
    )
    return Findings((Table("", (head, *rows)),), aims)


def _cells(found: list[Round]) -> tuple[str, ...]:
    return tuple(_samples(found, what).written(".2f") for what in ("idle", "half", "last", "work"))


def _samples(found: list[Round], what: str) -> Samples:
    return Samples(tuple(one[what] for one in found))
