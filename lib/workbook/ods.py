"""The facts hidden in an ods workbook (LibreOffice), found in its content and styles."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.hidden import Hidden
from lib.workbook.package import DAMAGED, UNSAFE_XML, Package
from lib.workbook.xlsx_strings import check_length

ERROR_TEXT = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+")
SPANS = {"table:number-rows-spanned", "table:number-columns-spanned"}
KINDS_TO_NOTE = {"error", "percentage", "date"}
CELLS = ("table:table-cell", "table:covered-table-cell")
TYPE = "office:value-type"
DRAWN = "draw:"


def hidden_facts(package: Package, budget: Budget) -> dict[str, Hidden]:
    """Find what the cell reader hides, by sheet name. Raises UnreadableWorkbook."""
    styles = _Styles()
    _parse(package, "styles.xml", styles.start, lambda _: None, lambda _: None)
    scan = _Scan(styles, budget)
    _parse(package, "content.xml", scan.start, scan.end, scan.text)
    return scan.facts


def _parse(package: Package, part: str, start: Callable, end: Callable, text: Callable) -> None:
    key = package.find(part)
    if key is None:
        raise UnreadableWorkbook(DAMAGED)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in package.chunks(key):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last one: also an encoding nobody knows
        raise UnreadableWorkbook(DAMAGED) from error


def _refuse_doctype(*_: object) -> None:
    raise UnreadableWorkbook(UNSAFE_XML)


class _Styles:
    """Which cell styles show a date without a year."""

    def __init__(self) -> None:
        self._data_style: dict[str, str] = {}
        self._parent: dict[str, str] = {}
        self._shown: dict[str, set[str]] = {}
        self._date_style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        own = attributes.get("style:name", "")
        if name == "style:style" and attributes.get("style:family") == "table-cell":
            self._parent[own] = attributes.get("style:parent-style-name", "")
            if "style:data-style-name" in attributes:
                self._data_style[own] = attributes["style:data-style-name"]
        elif name == "number:date-style":
            self._date_style = own
            self._shown[own] = set()
        elif name in ("number:year", "number:month", "number:day"):
            self._shown.setdefault(self._date_style, set()).add(name)

    def is_yearless(self, style: str) -> bool:
        """Tell whether a cell style, or the one it comes from, shows a day or a month but no year."""
        seen = set()
        while style and style not in self._data_style and style not in seen:
            seen.add(style)
            style = self._parent.get(style, "")
        shown = self._shown.get(self._data_style.get(style, ""), set())
        return bool(shown) and "number:year" not in shown


@dataclass
class _Cell:
    """A cell as it stands in its row: one element may stand for many equal cells.

    `kind` is the type of its value, '' when it has none; an error is a type of its own in LibreOffice. `words`: whether
    anything is written in the cell itself, not in a note or a drawing on it.
    """

    column: int
    repeat: int
    kind: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    has_paragraph: bool = False
    words: bool = False


class _Scan:
    """The tables of content.xml, element by element."""

    def __init__(self, styles: _Styles, budget: Budget):
        self.facts: dict[str, Hidden] = {}
        self._styles, self._budget = styles, budget
        self._tables: list[str] = []
        self._hidden = Hidden()
        self._row = self._row_repeat = self._rows = self._columns = self._notes = self._drawings = 0
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._start_table(attributes)
        elif not self._tables:  # the content's own styles stand before its sheets
            self._styles.start(name, attributes)
        elif len(self._tables) > 1:  # a table within a cell
            return
        elif name == "table:table-column":
            repeat = int(attributes.get("table:number-columns-repeated", "1"))
            self._column_styles.append((repeat, attributes.get("table:default-cell-style-name", "")))
        elif name == "table:table-row":
            self._row_repeat = int(attributes.get("table:number-rows-repeated", "1"))
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._cells = []
        elif name in CELLS and self._row_repeat:
            self._start_cell(attributes)
        elif name == "text:p" and self._cell:
            self._cell.has_paragraph = True
        elif name == "office:annotation":
            self._notes += 1
        elif name.startswith(DRAWN):
            self._drawings += 1

    def end(self, name: str) -> None:
        if name == "table:table":
            self._end_table()
        elif len(self._tables) != 1:
            return
        elif name == "table:table-row":
            self._end_row()
        elif name in CELLS:
            self._cell = None
        elif name == "office:annotation":
            self._notes -= 1
        elif name.startswith(DRAWN):
            self._drawings -= 1

    def text(self, text: str) -> None:
        if self._cell and not self._notes and len(self._tables) == 1:
            self._cell.text.append(text)
            self._cell.words |= not self._drawings and not text.isspace()

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables.append(attributes.get("table:name", ""))
        if len(self._tables) == 1:
            self._hidden = self.facts[self._tables[0]] = Hidden()
            self._row = self._row_repeat = self._rows = self._columns = 0
            self._column_styles = []

    def _end_table(self) -> None:
        name = self._tables.pop()
        if not self._tables:
            self._budget.add_area(name, self._rows, self._columns)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        last = self._cells[-1] if self._cells else None
        column = last.column + last.repeat if last else 0
        repeat = int(attributes.get("table:number-columns-repeated", "1"))
        kind = attributes.get("calcext:value-type") or attributes.get(TYPE, "")
        self._cell = _Cell(column, repeat, kind, attributes)
        self._cells.append(self._cell)

    def _end_row(self) -> None:
        """Take the row in, as often as it repeats, once its whole extent is known to fit."""
        sheet = self._tables[0]
        # LibreOffice shows such a text; the cell reader, who goes by the type, would take the cell for a blank one.
        if any(cell.words and TYPE not in cell.attributes for cell in self._cells):
            raise UnreadableWorkbook(DAMAGED)
        filled = [cell for cell in self._cells if cell.kind or "table:formula" in cell.attributes]
        if filled:
            self._rows = self._row + self._row_repeat
            self._columns = max(self._columns, filled[-1].column + filled[-1].repeat)
            if not self._budget.fits_area(self._rows, self._columns):
                self._budget.add_area(sheet, self._rows, self._columns)
            self._budget.add_cells(sheet, sum(cell.repeat for cell in filled) * self._row_repeat)
        for cell in filled:
            self._note(cell)
        for cell in self._cells:
            if SPANS & cell.attributes.keys():
                self._merge(cell)
        self._row += self._row_repeat
        self._row_repeat = 0

    def _note(self, cell: _Cell) -> None:
        text = "".join(cell.text).strip()
        check_length(text, self._budget.limits.string_chars)
        is_formula = "table:formula" in cell.attributes
        if not is_formula and cell.kind not in KINDS_TO_NOTE:
            return
        is_error = cell.kind == "error" or (is_formula and ERROR_TEXT.fullmatch(text))
        # LibreOffice saves an empty result as an empty paragraph without a type.
        is_uncalculated = is_formula and not cell.kind and not cell.has_paragraph
        is_yearless = cell.kind == "date" and self._styles.is_yearless(self._style_of(cell))
        for row in range(self._row, self._row + self._row_repeat):
            for column in range(cell.column, cell.column + cell.repeat):
                if is_error:
                    self._hidden.errors[row, column] = text
                if is_uncalculated:
                    self._hidden.uncalculated.add((row, column))
                if cell.kind == "percentage":
                    self._hidden.percent.setdefault(column, set()).add(row)
                if is_yearless:
                    self._hidden.yearless.setdefault(column, set()).add(row)

    def _style_of(self, cell: _Cell) -> str:
        """Give the cell's own style, else its row's, else its column's."""
        if style := cell.attributes.get("table:style-name") or self._row_style:
            return style
        end = 0
        for repeat, style in self._column_styles:
            end += repeat
            if cell.column < end:
                return style
        return ""

    def _merge(self, cell: _Cell) -> None:
        height = int(cell.attributes.get("table:number-rows-spanned", "1"))
        width = int(cell.attributes.get("table:number-columns-spanned", "1"))
        if height > 1 or width > 1:
            merge = (self._row, cell.column, self._row + height - 1, cell.column + width - 1)
            self._budget.add_merge(self._tables[0], merge)
            self._hidden.merges.append(merge)
