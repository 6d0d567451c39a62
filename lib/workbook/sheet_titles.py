"""Which sheets of a workbook hold which table, by their names.

The rules are in docs/quy-tac-tinh.md, "Sổ theo dõi".
"""

import re

from lib.text import fold, suggest
from lib.workbook.problems import Problems
from lib.workbook.sheets import Sheet

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


def title_year(title: str) -> int | None:
    """The year a sheet's name gives (`Tiến độ 2024`), or None where it names none or several."""
    years = _YEAR.findall(title)
    return int(years[0]) if len(years) == 1 else None


def select(title: str, sheets: list[Sheet], problems: Problems, *, repeats: bool = False) -> list[Sheet]:
    """The sheet that bears `title`, or every one whose name begins with it where copies are usual; none is an error."""
    wanted = fold(title)
    matching = [
        sheet for sheet in sheets if fold(sheet.name) == wanted or (repeats and fold(sheet.name).startswith(wanted))
    ]
    if not matching:
        _report_missing(title, sheets, problems, repeats=repeats)
    if repeats:
        return matching
    for extra in matching[1:]:
        message = f"Có hai trang cùng tên “{title}”. Giữ lại một trang, đổi tên hoặc xóa trang kia."
        problems.error("duplicate-sheet", extra.name, "", message)
    return matching[:1]


def _report_missing(title: str, sheets: list[Sheet], problems: Problems, *, repeats: bool) -> None:
    """A required sheet that is not there, with the sheet that was probably meant."""
    # `Tien do 2024` is as near to `Tiến độ` as it is without its year.
    by_words = {_YEAR.sub("", sheet.name).strip(): sheet.name for sheet in reversed(sheets)}
    near = suggest(title, list(by_words))
    advice = "Thêm trang này vào tệp."
    if near:
        meant = by_words[near]
        year = title_year(meant) if repeats else None
        advice = f"Có phải trang “{meant}”? Đổi tên trang đó thành “{title}{f' {year}' if year else ''}”."
    problems.error("missing-sheet", title, "", f"Thiếu trang “{title}”. {advice}")
