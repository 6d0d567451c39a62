"""Which sheets of a workbook hold which table, by their names.

The rules are in docs/quy-tac-tinh.md, "Sổ theo dõi".
"""

import re

from lib import schema
from lib.text import fold, suggest
from lib.workbook.problems import Problems
from lib.workbook.sheets import Sheet


def title_year(title: str) -> int | None:
    """The year a sheet's name gives (`Tiến độ 2024`), or None where it names none or several."""
    years = re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", title)
    return int(years[0]) if len(years) == 1 else None


def select(form: schema.Sheet, sheets: list[Sheet], problems: Problems) -> list[Sheet]:
    """The sheets that hold `form`: one, or every one whose name begins with its title where copies are usual."""
    wanted = fold(form.title)
    matching = [
        sheet
        for sheet in sheets
        if fold(sheet.name) == wanted or (form.repeats and fold(sheet.name).startswith(wanted))
    ]
    if not matching:
        report_missing_sheet(form.title, sheets, problems)
    if form.repeats:
        return matching
    for extra in matching[1:]:
        message = f"Có hai trang cùng tên “{form.title}”. Giữ lại một trang, đổi tên hoặc xóa trang kia."
        problems.error("duplicate-sheet", extra.name, "", message)
    return matching[:1]


def report_missing_sheet(title: str, sheets: list[Sheet], problems: Problems) -> None:
    """A required sheet that is not there, with the sheet that was probably meant."""
    meant = suggest(title, [sheet.name for sheet in sheets])
    advice = f"Có phải trang “{meant}”? Đổi tên trang đó thành “{title}”." if meant else "Thêm trang này vào tệp."
    problems.error("missing-sheet", title, "", f"Thiếu trang “{title}”. {advice}")
