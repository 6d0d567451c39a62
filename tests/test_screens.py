"""Several people at once, on a real server and without a browser: everybody gets the figures they asked for."""

import asyncio

from benchmarks import choices
from benchmarks.screens import Screen, close_all
from tests.serving import serving

SCREENS, CHANGES = 3, 4


def test_screens_with_different_filters_never_get_each_others_figures(tmp_path):
    with serving(tmp_path) as address:
        asyncio.run(everybody_changes_filters(address))


async def everybody_changes_filters(address: str) -> None:
    said = choices.said_by_us()
    screens = await asyncio.gather(*(Screen.opened(address) for _ in range(SCREENS)))
    await asyncio.gather(*(change_filters(screen, number, said) for number, screen in enumerate(screens)))
    await close_all(screens)


async def change_filters(screen: Screen, number: int, said: dict[choices.View, list[str]]) -> None:
    ways = choices.changes(number)
    for _ in range(CHANGES):
        label, option, view = next(ways)
        await screen.choose(label, option, until=said[view])
