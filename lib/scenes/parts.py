"""What a scene is made of. Every text is plain text; a tone says how it stands out."""

from dataclasses import dataclass

from lib.explain import Part
from lib.panels.bars import Bar
from lib.panels.plan_map import Band
from lib.panels.tiles import ModelYear
from lib.words import Look


@dataclass(frozen=True)
class Lead:
    """The opening sentence."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Figure:
    """One figure with its name and what stands under it; `tone` is "alarm" where it is of overdue work."""

    label: str
    value: str
    beside: str
    tone: str = ""


@dataclass(frozen=True)
class Figures:
    """Figures side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Column:
    """A column's header and its share of the width, in hundredths."""

    header: str
    share: int


@dataclass(frozen=True)
class Cell:
    """A cell: a sign, a code that stands out, the text. `tone` is "alarm", "soon", "nobody" or ""."""

    text: str
    code: str = ""
    look: Look | None = None
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """A list that goes on to another scene where it is long; `hidden` more rows are not in it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hidden: int = 0


@dataclass(frozen=True)
class Bars:
    """Composition bars with their rate."""

    rows: tuple[Bar, ...]

    @property
    def looks(self) -> list[Look]:
        """The looks that occur, in the order of the legend."""
        found = {piece.look for row in self.rows for piece in row.pieces}
        return [look for look in Look if look in found]


@dataclass(frozen=True)
class Grid:
    """The map of the plan; `hidden` more tasks are not in it."""

    years: tuple[int, ...]
    bands: tuple[Band, ...]
    hidden: int = 0

    @property
    def looks(self) -> list[Look]:
        """The looks that occur, in the order of the legend."""
        found = {cell.look for band in self.bands for line in band.lines for cell in line.cells if cell}
        return [look for look in Look if look in found]


@dataclass(frozen=True)
class ModelCards:
    """A card for each year's "Dân vận khéo" target; `deadline` is the registration's, as `31/03`."""

    years: tuple[ModelYear, ...]
    target: int
    deadline: str


@dataclass(frozen=True)
class Proposal:
    """What the meeting is asked to settle."""

    text: str


Block = Lead | Figures | Table | Bars | Grid | ModelCards | Proposal


@dataclass(frozen=True)
class Scene:
    """One screen of the meeting.

    code: how an address names it. name: how people call it. title: what it says.
    """

    code: str
    name: str
    title: str
    blocks: tuple[Block, ...]
