"""Shared strings: a small file may repeat one long text in thousands of cells."""

import re
from html import unescape

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.package import CDATA, DAMAGED, UNSAFE_XML, Package

END = b"</si>"
ANY_END = re.compile(rb"</(?:\w+:)?si\s*>")
TAG = re.compile(r"<[^<>]*+>")
# Counting every use of every text is only worth its time when each cell could hold the longest one and so ask for many
# times the limit; below that, the memory limit of the reading process is enough.
SUSPICIOUS = 8
REFERENCE = re.compile(rb"""\bt=["']s["'][^<>]{0,300}+>\s*+<(?:\w+:)?v>\s*(\d+)""")
REPEATED = (
    "Tệp lặp lại những đoạn văn bản dài ở quá nhiều ô nên không được mở, để bảo vệ máy chủ. Hãy rút gọn nội dung các "
    "ô đó, lưu lại rồi chọn lại tệp."
)


def check_strings(xml: bytes, package: Package, sheets: list[str], budget: Budget) -> None:
    """Hold every shared string to Excel's own length, and all of them, as often as cells repeat them, to the budget.

    `sheets` are the keys of the sheet parts. Raises UnreadableWorkbook beyond a limit.
    """
    limits = budget.limits
    if CDATA in xml:
        raise UnreadableWorkbook(UNSAFE_XML)
    harmless = min(limits.string_chars, SUSPICIOUS * limits.text_bytes // max(budget.cells, 1))
    if not has_longer(xml, END, harmless):
        return
    pieces = ANY_END.split(xml)
    lengths = [len(piece) for piece in pieces]
    longest = max(pieces, key=len)
    if len(longest) > limits.string_chars:
        for piece in pieces:
            check_length(TAG.sub("", piece.decode("utf-8", errors="replace")), limits.string_chars)
    if len(longest) * budget.cells > SUSPICIOUS * limits.text_bytes:
        _check_volume(sum(_text_of(package.read(part), lengths) for part in sheets), limits.text_bytes)


def check_length(xml_text: str, limit: int) -> None:
    """Raise UnreadableWorkbook for a text that is longer than a cell can hold."""
    if len(xml_text) > limit and len(text := unescape(xml_text)) > limit:
        length, maximum = (f"{number:,}".replace(",", ".") for number in (len(text), limit))
        raise UnreadableWorkbook(
            f"Tệp có ô chứa đoạn văn bản dài {length} ký tự (mức tối đa của Excel là {maximum}), bắt đầu bằng "
            f"“{text.strip()[:40]}…”. Hãy rút gọn ô đó, lưu lại rồi chọn lại tệp."
        )


def has_longer(xml: bytes, mark: bytes, size: int) -> bool:
    """Tell whether anything between two marks takes more than so many bytes, by looking only every `size` bytes."""
    at, end = 0, xml.rfind(mark)
    if end < 0:
        return len(xml) > size
    while at < end:
        found = xml.rfind(mark, at, at + size + len(mark))
        if found < 0:
            return True
        at = found + len(mark)
    return False


def _text_of(sheet_xml: bytes, lengths: list[int]) -> int:
    try:
        return sum(map(lengths.__getitem__, map(int, REFERENCE.findall(sheet_xml))))
    except IndexError as error:
        raise UnreadableWorkbook(DAMAGED) from error


def _check_volume(used: int, limit: int) -> None:
    if used > limit:
        raise UnreadableWorkbook(REPEATED)
