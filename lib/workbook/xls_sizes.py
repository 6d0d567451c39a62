"""What the cell reader believes of an old .xls workbook without looking: how large each sheet says it is, for which it
makes room, and which of the shared texts stands in a cell; where there is no such text it would see a blank cell.

Records are [MS-XLS] 2.4: two bytes of kind, two of length, the content.
"""

import struct
from collections.abc import Iterator
from io import StringIO

from xlrd.compdoc import CompDoc

from lib.errors import UnreadableWorkbook
from lib.workbook.package import DAMAGED

STREAMS = ("Workbook", "Book")
BOUND_SHEET, DIMENSIONS, ENCRYPTED, END = 0x0085, 0x0200, 0x002F, 0x000A
TEXTS, TEXT_CELL = 0x00FC, 0x00FD
LAYOUTS = {10: "<4H", 14: "<2I2H"}
"""Of DIMENSIONS, by its length: first row, row behind the last, first column, column behind the last."""
ROWS, COLUMNS = 65_536, 256


def check(data: bytes) -> None:
    """Raise UnreadableWorkbook for a sheet that says it is larger than any can be, or ends before it begins, and for a
    cell whose text there is not."""
    document = CompDoc(data, logfile=StringIO())
    stream = next(filter(None, map(document.get_named_stream, STREAMS)), b"")
    if any(True for _ in _contents(stream, 0, ENCRYPTED)):  # nothing to be told before, or without, the password
        return
    sheets = [struct.unpack_from("<I", content)[0] for content in _contents(stream, 0, BOUND_SHEET)]
    if not all(_possible(content) for at in sheets for content in _contents(stream, at, DIMENSIONS)):
        raise UnreadableWorkbook(DAMAGED)
    texts = max((_number(content, 4) for content in _contents(stream, 0, TEXTS)), default=0)
    if any(_number(content, 6) >= texts for at in sheets for content in _contents(stream, at, TEXT_CELL)):
        raise UnreadableWorkbook(DAMAGED)


def _number(content: bytes, at: int) -> int:
    """The four bytes there as a number; 0 in a record that is cut off, which the cell reader refuses."""
    return struct.unpack_from("<I", content, at)[0] if len(content) >= at + 4 else 0


def _contents(stream: bytes, at: int, wanted: int) -> Iterator[bytes]:
    """The content of each record of one kind, from `at` to the end of its part of the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == END:
            return
        if kind == wanted:
            yield stream[at + 4 : at + 4 + length]
        at += 4 + length


def _possible(content: bytes) -> bool:
    layout = LAYOUTS.get(len(content))
    if layout is None:  # the cell reader refuses it
        return True
    top, bottom, left, right = struct.unpack_from(layout, content)
    return top <= max(bottom, 1) <= ROWS and left <= max(right, 1) <= COLUMNS
