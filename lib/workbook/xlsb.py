"""The facts hidden in an xlsb workbook, found by walking its binary records ([MS-XLSB]).

A formula there always has a saved value, so that none is found uncalculated.
"""

import struct
from collections.abc import Iterator

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.formats import CellStyles, cell_styles
from lib.workbook.hidden import Hidden
from lib.workbook.package import DAMAGED, Package
from lib.workbook.xlsx import relations, styles_part, target_part
from lib.workbook.xlsx_strings import REPEATED, check_length

WORKBOOK = "xl/workbook.bin"
ROW, BLANK, CELL_ERROR, OWN_STRING, SHARED_STRING, FORMULA_STRING, FORMULA_ERROR, LAST_CELL = 0, 1, 3, 6, 7, 8, 11, 11
STRING_ITEM, NUMBER_FORMAT, STYLE, BUNDLE_SHEET, MERGE = 19, 44, 47, 156, 176
STYLES_BEGIN, STYLES_END = 617, 618
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def hidden_facts(package: Package, budget: Budget) -> dict[str, Hidden]:
    """Find what the cell reader hides, by sheet name. Raises UnreadableWorkbook."""
    try:
        targets = relations(package, WORKBOOK)
        styles = _styles(styles_part(package, targets, "xl/styles.bin"))
        strings = package.read(target_part(targets, "/sharedStrings", "xl/sharedStrings.bin"))
        lengths = list(_string_lengths(strings, budget.limits.string_chars))
        facts, used = {}, 0
        for name, part in _worksheets(package, targets).items():
            scan = _Scan(name, styles, lengths, budget)
            scan.read(package.read(part))
            facts[name] = scan.hidden
            used += scan.text
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise UnreadableWorkbook(DAMAGED) from error
    if used > budget.limits.text_bytes:
        raise UnreadableWorkbook(REPEATED)
    return facts


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the records of a part: (type, content). Raises IndexError when the part ends inside one."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        more = True
        while more:
            size |= (data[at] & 0x7F) << shift
            more = data[at] & 0x80 and shift < 21
            shift += 7
            at += 1
        if at + size > len(data):
            raise IndexError
        yield kind, data[at : at + size]
        at += size


def _wide_string(content: bytes, at: int) -> tuple[str, int]:
    """Read a counted UTF-16 string; give it and where it ends."""
    (count,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * count
    if end > len(content):
        raise IndexError
    return content[at + 4 : end].decode("utf-16-le"), end


def _worksheets(package: Package, targets: dict[str, tuple[str, str]]) -> dict[str, str]:
    parts = {}
    for kind, content in records(package.read(WORKBOOK)):
        if kind != BUNDLE_SHEET:
            continue
        relation, end = _wide_string(content, 8)
        name, _ = _wide_string(content, end)
        relation_type, target = targets.get(relation, ("", ""))
        if relation_type.endswith("/worksheet"):
            parts[name] = target
    return parts


def _styles(data: bytes) -> CellStyles:
    codes, formats, in_cell_styles = {}, [], False
    for kind, content in records(data):
        if kind == NUMBER_FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _wide_string(content, 2)[0]
        elif kind in (STYLES_BEGIN, STYLES_END):
            in_cell_styles = kind == STYLES_BEGIN
        elif kind == STYLE and in_cell_styles:
            formats.append(struct.unpack_from("<H", content, 2)[0])
    return cell_styles(formats, codes)


def _string_lengths(data: bytes, limit: int) -> Iterator[int]:
    for kind, content in records(data):
        if kind == STRING_ITEM:
            text, _ = _wide_string(content, 1)
            check_length(text, limit)
            yield len(text)


class _Scan:
    """One sheet part, record by record."""

    def __init__(self, sheet: str, styles: CellStyles, string_lengths: list[int], budget: Budget):
        self.hidden = Hidden()
        self.text = 0
        self._sheet, self._styles, self._lengths, self._budget = sheet, styles, string_lengths, budget
        self._row = self._cells = self._rows = self._columns = 0

    def read(self, data: bytes) -> None:
        """Collect the facts of a sheet part, and count its cells against the budget."""
        for kind, content in records(data):
            if kind == ROW:
                (self._row,) = struct.unpack_from("<I", content)
            elif BLANK < kind <= LAST_CELL:
                self._cell(kind, content)
            elif kind == MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", content)
                self._budget.add_merge(self._sheet, (top, left, bottom, right))
                self.hidden.merges.append((top, left, bottom, right))
        self._budget.add_cells(self._sheet, self._cells)
        self._budget.add_area(self._sheet, self._rows, self._columns)

    def _cell(self, kind: int, content: bytes) -> None:
        column, style = struct.unpack_from("<II", content)
        self._cells += 1
        self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, column + 1)
        self.hidden.note_style(self._row, column, style & 0xFFFFFF, self._styles)
        if kind in (CELL_ERROR, FORMULA_ERROR):
            self.hidden.errors[self._row, column] = ERRORS.get(content[8], "#VALUE!")
        elif kind in (OWN_STRING, FORMULA_STRING):
            check_length(_wide_string(content, 8)[0], self._budget.limits.string_chars)
        elif kind == SHARED_STRING:
            self.text += self._lengths[struct.unpack_from("<I", content, 8)[0]]
