"""The quick scan of a sheet: no Python step for an ordinary cell.

Nearly every program writes cells as `<c r="B7" ...>`. For those, searching the inflated bytes for what is out of the
ordinary costs a fraction of reading the cells. Whatever else is legal XML raises UnusualXml, and `xlsx_exact` reads it.
"""

import re
from collections.abc import Iterable, Iterator

from lib.workbook.addresses import column_number, position
from lib.workbook.budget import Budget
from lib.workbook.formats import CellStyles
from lib.workbook.hidden import Hidden
from lib.workbook.package import Package
from lib.workbook.xlsx_strings import has_longer

CELL = b'<c r="'
CELLS_BEGIN, CELLS_END = b"<sheetData", b"</sheetData>"
PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"[ />]')
SLASH = ord("/")
CELL_BOUNDARY = b" \t\r\n/>"
# Every pattern looks at a byte a bounded number of times, whatever the bytes: no quantifier gives back what it took,
# and none runs on across the next tag.
ERROR = b' t="e"'
VALUE = re.compile(rb"<v(?:\s[^<>]*+)?>([^<]*+)</v>")
VALUELESS_FORMULA = re.compile(
    rb"<f(?:\s[^<>]*+)?+(?:(?<=/)>|/>|>[^<]*+</f>)\s*+(?:<v(?:\s[^<>]*+)?+(?:(?<=/)>|/>|>\s*+</v>)\s*+)?+</c>"
)
SINGLE_QUOTED = re.compile(rb"<c [^>]*='")
FILLED_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^<>]*+(?<!/)>')
MERGE = re.compile(rb'<mergeCell ref="([A-Z]+\d+)(?::([A-Z]+\d+))?"')
END_OF_TAG = re.compile(rb'<c r="([A-Z]+)(\d+)"\n')
OPEN_TAG = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\Z')
LONGEST_TAG = len(b'<c r="XFD1048576"')
QUOTES_SEARCH = 4096
MOST_STYLES = 300  # that one pattern can look for at a time without becoming slow
HEAD_SEARCH = 4 * 2**20


class UnusualXml(Exception):
    """The sheet is written in a way that only the exact scan understands. Not an error, never shown to people."""


def scan_quickly(package: Package, part: str, sheet: str, styles: CellStyles, budget: Budget) -> Hidden:
    """Read a sheet part for its hidden facts, and count its cells against the budget.

    Raises UnusualXml before it has touched the budget, UnreadableWorkbook beyond a limit.
    """
    if 0 in styles.percent or 0 in styles.yearless:  # a cell without a style would count: nothing to search for
        raise UnusualXml
    if max(len(styles.percent), len(styles.yearless)) > MOST_STYLES:
        raise UnusualXml
    hidden, extent, cells = Hidden(), Extent(), 0
    percent, yearless, tail = _mark(styles.percent), _mark(styles.yearless), bytearray()
    for block in _blocks(package.chunks(part), tail):
        _refuse_unusual(block)
        if has_longer(block, CELL, budget.limits.string_chars):  # a text that may be too long for its cell
            raise UnusualXml
        extent.widen(block)
        cells += block.count(CELL)
        _collect_errors(block, hidden)
        _collect_uncalculated(block, hidden)
        _collect_styled(block, percent, hidden.percent)
        _collect_styled(block, yearless, hidden.yearless)
    merges = _merges(bytes(tail))
    budget.add_cells(sheet, cells)
    _add_area(package, part, sheet, extent, budget)
    for merge in merges:
        budget.add_merge(sheet, merge)
        hidden.merges.append(merge)
    return hidden


class Extent:
    """A rectangle from A1 that holds every cell seen: cheap to keep, never too small, at most about twice too large."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._outside = re.compile(rb"<c")

    def widen(self, block: bytes) -> None:
        """Grow until the block has no cell outside. Raises UnusualXml for a cell whose address is not plain."""
        at = 0
        while outside := self._outside.search(block, at):
            at = outside.start()
            if cell := PLAIN_CELL.match(block, at):
                self._reach(column_number(cell[1].decode()), int(cell[2]))
            elif block[at + 2 : at + 3] in CELL_BOUNDARY:
                raise UnusualXml
            else:  # another element, such as <color> inside a text
                at += 2

    def _reach(self, column: int, row: int) -> None:
        """Take in a cell: columns letter by letter, rows by their leading digit, as one pattern can test."""
        columns, column_pattern = _column_bound(max(column, self.columns - 1))
        rows, row_pattern = _row_bound(max(row, self.rows))
        self.columns, self.rows = columns, rows
        self._outside = re.compile(rb'<c(?! r="%s%s"[ />])' % (column_pattern, row_pattern))


def _column_bound(column: int) -> tuple[int, bytes]:
    """Give a number of columns that holds a zero-based column, and the pattern of their letters."""
    if column < 26:
        return column + 1, b"[A-%c]" % (65 + column)
    if column < 702:
        first = (column - 26) // 26
        return 26 * (first + 2), b"(?:[A-Z]|[A-%c][A-Z])" % (65 + first)
    return 16_384, b"[A-Z]{1,3}"


def _row_bound(row: int) -> tuple[int, bytes]:
    """Give a number of rows that holds a row (from 1), and the pattern of their numbers."""
    digits, lead = len(str(row)), int(str(row)[0])
    if digits == 1:
        return row, b"[1-%d]" % lead
    pattern = rb"(?:[1-%d]\d{%d}|[1-9]\d{0,%d})" % (lead, digits - 1, digits - 2)
    return (lead + 1) * 10 ** (digits - 1) - 1, pattern


def _blocks(chunks: Iterable[bytes], tail: bytearray) -> Iterator[bytes]:
    """Cut the cells of a sheet into blocks of whole cells; what follows the cells goes to `tail`."""
    chunks = iter(chunks)
    carry = _after_head(chunks)
    for chunk in chunks:
        block = carry + chunk
        last = max(block.rfind(CELL), 0)
        end = block.find(CELLS_END, last)
        if end >= 0:
            yield block[:end]
            tail += block[end:]
            break
        yield block[:last]
        carry = block[last:]
    else:
        last = carry.find(CELLS_END)
        if last < 0:
            raise UnusualXml
        yield carry[:last]
        tail += carry[last:]
    for chunk in chunks:
        tail += chunk


def _after_head(chunks: Iterator[bytes]) -> bytes:
    """Skip to the cells: the head has elements of its own that begin with `<c`."""
    head = b""
    for chunk in chunks:
        head += chunk
        begin = head.find(CELLS_BEGIN)
        if begin >= 0:
            _refuse_unusual(head[:begin])
            return head[begin:]
        if len(head) > HEAD_SEARCH:
            break
    raise UnusualXml


def _refuse_unusual(block: bytes) -> None:
    """Leave comments, CDATA and single-quoted attributes (a program writes one sort of quotes) to the exact scan."""
    if (b"!" in block and b"<!" in block) or SINGLE_QUOTED.search(block, 0, QUOTES_SEARCH):
        raise UnusualXml


def _collect_errors(block: bytes, hidden: Hidden) -> None:
    if b"#" not in block:  # every error begins so, and one letter is found much faster
        return
    at = block.find(ERROR)
    while at >= 0:
        tag_end = block.find(b">", at)
        cell_end = block.find(b"</c>", tag_end)
        if tag_end < 0 or cell_end < 0:
            raise UnusualXml
        if block[tag_end - 1] != SLASH and (value := VALUE.search(block, tag_end, cell_end)):
            hidden.note_error(*_cell_before(block, at), value[1].decode())
        at = block.find(ERROR, tag_end)


def _collect_uncalculated(block: bytes, hidden: Hidden) -> None:
    if b"f" not in block or b"<f" not in block:
        return
    for found in VALUELESS_FORMULA.finditer(block):
        start = block.rfind(CELL, 0, found.start())
        if b' t="str"' not in block[start : block.index(b">", start)]:
            hidden.uncalculated.add(_cell_before(block, found.start()))


def _cell_before(block: bytes, at: int) -> tuple[int, int]:
    start = block.rfind(CELL, 0, at) + len(CELL)
    return position(block[start : block.index(b'"', start)].decode())


def _mark(styles: frozenset[int]) -> re.Pattern[bytes] | None:
    """Give the pattern of the attribute that names one of the styles, in a cell that is not blank."""
    return re.compile(rb' s="(?:%s)"(?!/>)' % b"|".join(b"%d" % style for style in styles)) if styles else None


def _collect_styled(block: bytes, mark: re.Pattern[bytes] | None, rows_of_columns: dict[int, set[int]]) -> None:
    """Note the cells with an attribute. Splitting the block at it is faster than matching every cell."""
    pieces = mark.split(block)[:-1] if mark else []
    cells = END_OF_TAG.findall(b"\n".join([piece[-LONGEST_TAG:] for piece in pieces]) + b"\n")
    if len(cells) < len(pieces):  # the attribute stands elsewhere in some cell, or belongs to a whole row
        tags = [OPEN_TAG.search(piece, max(piece.rfind(CELL), 0)) for piece in pieces]
        cells = [tag.groups() for tag in tags if tag]
    for letters in {letters for letters, _ in cells}:
        rows = rows_of_columns.setdefault(column_number(letters.decode()), set())
        rows.update([int(row) - 1 for each, row in cells if each == letters])


def _merges(tail: bytes) -> list[tuple[int, int, int, int]]:
    if tail.count(b"<mergeCell ") != len(found := MERGE.findall(tail)):
        raise UnusualXml
    return [(*position(first.decode()), *position((last or first).decode())) for first, last in found]


def _add_area(package: Package, part: str, sheet: str, extent: Extent, budget: Budget) -> None:
    """Count the sheet's area; one that seems too large is measured again by its filled cells alone."""
    if budget.fits_area(extent.rows, extent.columns):
        budget.add_area(sheet, extent.rows, extent.columns)
        return
    rows = columns = 0
    for block in _blocks(package.chunks(part), bytearray()):
        for letters, row in FILLED_CELL.findall(block):
            rows, columns = max(rows, int(row)), max(columns, column_number(letters.decode()) + 1)
    budget.add_area(sheet, rows, columns)
