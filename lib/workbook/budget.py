"""What a workbook has used so far of what it may use, and the sentence when it asks for more."""

from lib.errors import UnreadableWorkbook
from lib.workbook.addresses import address
from lib.workbook.limits import Limits
from lib.workbook.package import DAMAGED

ROWS, COLUMNS = 1_048_576, 16_384
"""Of any spreadsheet: a cell beyond has an address that no program shows, and its file is damaged."""

CLEAN_UP = (
    "Hãy xóa các hàng thừa phía dưới và các cột thừa bên phải bảng (chọn chúng, bấm chuột phải, chọn Xóa), lưu lại "
    "rồi chọn lại tệp."
)


class Budget:
    """Running totals over all sheets of one workbook. Every `add_` raises UnreadableWorkbook beyond its limit."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.cells = 0
        self._area = 0
        self._merges = 0
        self._merged_area = 0

    def add_cells(self, sheet: str, count: int) -> None:
        """Count cells written in the file, blank ones with a format too."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise UnreadableWorkbook(f"Tệp có quá nhiều ô, đến trang tính “{sheet}” thì vượt mức đọc được. {CLEAN_UP}")

    def fits_area(self, rows: int, columns: int) -> bool:
        """Tell whether a sheet that fills A1 to (rows, columns) still fits."""
        return self._area + rows * columns <= self.limits.area

    def add_area(self, sheet: str, rows: int, columns: int) -> None:
        """Count the cells from A1 to the last used one: the reader makes room for all of them."""
        if not self.fits_area(rows, columns):
            if rows > ROWS or columns > COLUMNS:
                raise UnreadableWorkbook(DAMAGED)
            last = address(rows - 1, columns - 1)
            raise UnreadableWorkbook(f"Trang tính “{sheet}” trải rộng tới ô {last}, vượt mức đọc được. {CLEAN_UP}")
        self._area += rows * columns

    def add_merge(self, sheet: str, merge: tuple[int, int, int, int]) -> None:
        """Count a merged range (top, left, bottom, right) and the cells it covers."""
        top, left, bottom, right = merge
        self._merges += 1
        self._merged_area += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if self._merges > self.limits.merges or self._merged_area > self.limits.merged_area:
            where = f"{address(top, left)}:{address(bottom, right)}"
            raise UnreadableWorkbook(
                f"Trang tính “{sheet}” gộp quá nhiều ô (đến vùng {where} thì vượt mức đọc được). Hãy bỏ gộp các vùng ô "
                "không cần thiết, lưu lại rồi chọn lại tệp."
            )
