"""What the cell reader does not tell about a sheet."""

from dataclasses import dataclass, field

from lib.errors import UnreadableWorkbook
from lib.workbook.addresses import address
from lib.workbook.formats import CellStyles

Cell = tuple[int, int]
KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


@dataclass
class Hidden:
    """Facts of one sheet that python-calamine hides. Every row and column is zero-based and absolute (A1 is 0, 0).

    `merges` are inclusive (top, left, bottom, right); `errors` maps a cell to its Excel error such as `#REF!`;
    `uncalculated` are formulas without a saved value; `percent` and `yearless` map a column to the rows whose number
    format is a percentage, or a date that shows no year.
    """

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: set[Cell] = field(default_factory=set)
    percent: dict[int, set[int]] = field(default_factory=dict)
    yearless: dict[int, set[int]] = field(default_factory=dict)

    def note_error(self, row: int, column: int, error: str) -> None:
        """Note an error cell. Raises UnreadableWorkbook for one that the cell reader cannot pass over."""
        if error not in KNOWN_ERRORS:
            raise UnreadableWorkbook(
                f"Ô {address(row, column)} có lỗi công thức “{error[:40]}” nên không đọc được tệp. Hãy sửa hoặc xóa "
                "công thức ở ô đó, lưu lại rồi chọn lại tệp."
            )
        self.errors[row, column] = error

    def note_style(self, row: int, column: int, style: int, styles: CellStyles) -> None:
        """Note a filled cell whose style shows a percentage or a date without a year."""
        if style in styles.percent:
            self.percent.setdefault(column, set()).add(row)
        if style in styles.yearless:
            self.yearless.setdefault(column, set()).add(row)
