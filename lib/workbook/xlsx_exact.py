"""The slow, exact scan of a sheet: any XML a program may legally write, one element at a time."""

from collections.abc import Iterable
from xml.parsers import expat

from lib.errors import UnreadableWorkbook
from lib.workbook.addresses import position
from lib.workbook.budget import Budget
from lib.workbook.formats import CellStyles
from lib.workbook.hidden import Hidden
from lib.workbook.package import DAMAGED, UNSAFE_XML
from lib.workbook.xlsx_strings import check_length


def scan_exactly(chunks: Iterable[bytes], sheet: str, styles: CellStyles, budget: Budget) -> Hidden:
    """Read a sheet part for its hidden facts, and count its cells against the budget."""
    scan = _Scan(sheet, styles, budget)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartCdataSectionHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last one: also an encoding nobody knows
        raise UnreadableWorkbook(DAMAGED) from error
    if not scan.has_cells:  # some other part: as a sheet it would pass for a blank one
        raise UnreadableWorkbook(DAMAGED)
    budget.add_area(sheet, scan.rows, scan.columns)
    return scan.hidden


def _refuse(*_: object) -> None:
    raise UnreadableWorkbook(UNSAFE_XML)


class _Scan:
    """The handlers, and where in the sheet they are."""

    def __init__(self, sheet: str, styles: CellStyles, budget: Budget):
        self.hidden = Hidden()
        self.rows = self.columns = 0
        self.has_cells = False
        self._sheet, self._styles, self._budget = sheet, styles, budget
        self._row, self._column = -1, -1
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._in_value = self._in_inline = self._has_formula = self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "sheetData":
                self.has_cells = True
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
            case "c":
                self._start_cell(attributes)
            case "f":
                self._has_formula = True
            case "v":
                self._in_value = self._is_filled = True
            case "is":
                self._in_inline = self._is_filled = True
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v":
                self._in_value = False
            case "is":
                self._in_inline = False
            case "c":
                self._end_cell()

    def text(self, text: str) -> None:
        if self._in_value or self._in_inline:
            self._value.append(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """Take the cell's own address; one without stands right after the cell before it."""
        self._attributes, self._value = attributes, []
        self._has_formula = self._is_filled = False
        if "r" in attributes:
            self._row, self._column = position(attributes["r"])
        else:
            self._column += 1
        self._budget.add_cells(self._sheet, 1)

    def _end_cell(self) -> None:
        kind, value = self._attributes.get("t", "n"), "".join(self._value).strip()
        check_length(value, self._budget.limits.string_chars)
        if self._is_filled:
            self.rows, self.columns = max(self.rows, self._row + 1), max(self.columns, self._column + 1)
        if self._has_formula and not value and kind != "str":
            self.hidden.uncalculated.add((self._row, self._column))
        if kind == "e" and value:
            self.hidden.note_error(self._row, self._column, value)
        if self._is_filled or self._has_formula:
            self.hidden.note_style(self._row, self._column, int(self._attributes.get("s", "0")), self._styles)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        merge = (*position(first), *position(last or first))
        self._budget.add_merge(self._sheet, merge)
        self.hidden.merges.append(merge)
