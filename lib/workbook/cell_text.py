"""Words in a cell of xlsx that stay words, whatever they begin with and whatever characters are in them."""

import re

from openpyxl.cell import Cell

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_text(cell: Cell, words: str) -> None:
    """Make `words` the cell's text; what begins with `=` is no formula."""
    cell.value = escaped(words)
    cell.data_type = "s"


def escaped(words: str) -> str:
    """Characters that XML cannot hold as Excel writes them; half of a pair, which it cannot either, is dropped."""
    return _CONTROL.sub(_code, _LOOKS_ESCAPED.sub("_x005F_", words))


def _code(character: re.Match[str]) -> str:
    return "" if "\ud800" <= character[0] <= "\udfff" else f"_x{ord(character[0]):04X}_"
