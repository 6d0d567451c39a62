"""The meeting's scenes as one deck of HTML; the browser shows one at a time and goes on where a list is long."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from lib.panels.address import View
from lib.panels.rendering import render
from lib.scenes import Block, Scene
from lib.store import Version
from lib.text import shorten
from lib.workbook.register import Plan

NAME_LETTERS = 40


@dataclass(frozen=True)
class Standing:
    """What every scene carries: whose figures, of which day and version, narrowed to what; troubles, if any."""

    plan: Plan
    version: Version
    as_of: dt.date
    view: View
    remarks: tuple[str, ...] = ()


def deck(scenes: Sequence[Scene], standing: Standing) -> str:
    """Every scene, hidden until its turn; rows of a list that may be split stand under `data-rows`."""
    return render("meeting", scenes=map(_parts, scenes), standing=standing, chosen=standing.view.narrowing)


def _parts(scene: Scene) -> tuple[Scene, str, list[tuple[str, Block]]]:
    """The scene, its name in few letters, its blocks with their macros."""
    return scene, shorten(scene.name, NAME_LETTERS), [(_kind(block), block) for block in scene.blocks]


def _kind(block: Block) -> str:
    """The macro that draws a block."""
    return type(block).__name__.lower()
