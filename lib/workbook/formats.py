"""What a number format shows: a percentage, or a date without its year."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PERCENT_BUILTIN = {9, 10}
LONGEST = 255  # letters of a format, which Excel allows
YEARLESS_BUILTIN = {16}  # d-mmm
# What a format only quotes: "text", \x, _x (a gap), *x (a filler), and brackets other than elapsed time.
QUOTED = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
MINUTES = re.compile(r"h+[^a-z]*m{1,2}(?![a-z])|m{1,2}(?=[^a-z]*s)|\[m+\]|am/pm|a/p", re.IGNORECASE)


@dataclass(frozen=True)
class CellStyles:
    """The cell styles (indexes into the workbook's style table) that show a percentage, or a date without a year."""

    percent: frozenset[int] = frozenset()
    yearless: frozenset[int] = frozenset()


def cell_styles(formats_of_styles: Iterable[int], codes: Mapping[int, str | None]) -> CellStyles:
    """Sort styles by what their number format shows.

    `formats_of_styles` gives each style's number format id, in order; `codes` the workbook's own formats by id. An id
    without a code is one of Excel's built-in formats.
    """
    percent, yearless = set(), set()
    own = {key: code[:LONGEST] for key, code in codes.items() if code is not None}
    percents = {key: is_percent(code) for key, code in own.items()}
    yearlesses = {key: is_yearless(code) for key, code in own.items()}
    for style, number_format in enumerate(formats_of_styles):
        if percents.get(number_format, number_format in PERCENT_BUILTIN):
            percent.add(style)
        if yearlesses.get(number_format, number_format in YEARLESS_BUILTIN):
            yearless.add(style)
    return CellStyles(frozenset(percent), frozenset(yearless))


def is_percent(code: str) -> bool:
    """Tell whether a format such as `0,0%` shows a percentage; a quoted `"%"` multiplies nothing."""
    return "%" in QUOTED.sub("", code)


def is_yearless(code: str) -> bool:
    """Tell whether a format such as `dd/mm` shows a day or a month but no year (`y`, or `e` in Asian formats)."""
    shown = MINUTES.sub("", QUOTED.sub("", _first_section(code)))
    letters = set(shown.lower())
    if "general" in shown.lower() or "0" in letters or "#" in letters:
        return False
    return bool(letters & {"d", "m"}) and not letters & {"y", "e", "g"}


def _first_section(code: str) -> str:
    """Give the part of a format that shows positive numbers; a semicolon may also stand inside quotes."""
    masked = QUOTED.sub(lambda found: "\0" * len(found[0]), code)
    return code[: masked.index(";")] if ";" in masked else code
