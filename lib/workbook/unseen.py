"""Cells with characters that nobody sees and that turn round what stands beside them.

They are passed over wherever text is read (`text.clean`); here whoever keeps the workbook is told. The rule is in
docs/quy-tac-tinh.md, "Cách đọc từng ô".
"""

from collections.abc import Iterable

from lib import schema
from lib.text import fold, turns
from lib.workbook.addresses import address
from lib.workbook.problems import Problems
from lib.workbook.sheets import Sheet
from lib.workbook.tables import RawColumn, Table

RULE = "unseen-character"


def tell(sheets: Iterable[Sheet], found: Iterable[Table], problems: Problems) -> None:
    """Warn of every such cell of `Thông tin` and of the columns that are read."""
    for sheet in sheets:
        if fold(sheet.name) == fold(schema.INFO_SHEET):
            for row, values in enumerate(sheet.rows):
                for column in (index for index, value in enumerate(values) if _turns(value)):
                    problems.warning(RULE, sheet.name, address(row, column), _sentence(schema.INFO_SHEET))
    for table in found:
        for name, column in table.columns.items():
            for position in _positions(column):
                problems.warning(RULE, table.title, table.cell(name, position), _sentence(column.column.header))


def _positions(column: RawColumn) -> list[int]:
    """Where such cells are; nearly always nowhere, which is seen from all the texts at once."""
    try:
        together = "".join(column.values)
    except TypeError:  # numbers or dates, where texts are few
        together = "".join(value for value in set(column.values) if isinstance(value, str))
    if not turns(together):
        return []
    return [position for position, value in enumerate(column.values) if _turns(value)]


def _turns(value: object) -> bool:
    return isinstance(value, str) and turns(value)


def _sentence(where: str) -> str:
    return (
        f"Ô {where} có ký tự đổi chiều chữ, không nhìn thấy được, có thể làm chữ hiện ra khác với chữ đã ghi. "
        "Bảng theo dõi bỏ qua ký tự đó; xóa ô rồi gõ lại, hoặc dán chỉ phần chữ."
    )
