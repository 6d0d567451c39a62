"""How the workbook looks: one format for each kind of cell, from the colours of `theme`."""

from types import MappingProxyType

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from lib import theme
from lib.schema import STATUS_WORDS, Kind, Report

FONT = MappingProxyType({"font_name": "Times New Roman", "font_size": 11})
"""The type of office documents; every Windows machine has it."""

DATE_FORMAT = "dd/mm/yyyy"
_TEXT_FORMAT = "@"
_BORDER = {"border": 1, "border_color": theme.SUSPENDED}
_CENTRED = {Kind.YEAR, Kind.DATE, Kind.DUE, Kind.PERCENT, Kind.CHOICE}
_TINTS = {
    Report.DONE: theme.DONE_ON_TIME,
    Report.IN_PROGRESS: theme.IN_PROGRESS,
    Report.SUSPENDED: theme.SUSPENDED,
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple, Format] = {}
        self.header = self._format(bold=True, bg_color=theme.LINE, align="center", valign="vcenter", **_BORDER)
        self.label = self._format(bold=True, bg_color=theme.LINE, **_BORDER)
        self.heading = self._format(bold=True, font_size=13, text_wrap=False)
        self.looked_up = self._format(bg_color=theme.UPCOMING, font_color=theme.MUTED, **_BORDER)

    def cell(self, kind: Kind) -> Format:
        """A filled row's cell."""
        return self._format(**_of_kind(kind), **_BORDER)

    def value(self, kind: Kind) -> Format:
        """A value standing beside its key, where nothing is centred."""
        return self._format(**_of_kind(kind) | _BORDER | {"align": "left"})

    def column(self, kind: Kind) -> Format:
        """The whole column, far below the last row, so that what is typed there keeps its form."""
        return self._format(**_of_kind(kind))

    def status_tints(self) -> list[tuple[str, Format]]:
        """The proper word of a status and its light ground; red is left to what is overdue, which no cell says."""
        return [
            (STATUS_WORDS[report][0], self._book.add_format({"bg_color": _tint(colour)}))
            for report, colour in _TINTS.items()
        ]

    def _format(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_color": theme.INK, "text_wrap": True, "valign": "top"}
            self._made[key] = self._book.add_format(base | properties)
        return self._made[key]


def _of_kind(kind: Kind) -> dict[str, object]:
    """Number format and alignment. All that is not a number or a date is text, so that `2.10`, `31/3` and a line
    that begins with `-` or `=` stay as they were typed."""
    numbers = {Kind.YEAR: "0", Kind.DATE: DATE_FORMAT, Kind.PERCENT: "General"}
    properties: dict[str, object] = {"num_format": numbers.get(kind, _TEXT_FORMAT)}
    if kind in _CENTRED:
        properties["align"] = "center"
    return properties


def _tint(colour: str, strength: float = 0.14) -> str:
    """`colour` thinned with white, light enough to read black type on."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * strength):02X}" for channel in channels)
