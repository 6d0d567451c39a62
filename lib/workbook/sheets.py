"""Untrusted bytes to plain sheets: python-calamine's values beside the facts it hides."""

from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum

from lib.errors import UnreadableWorkbook
from lib.workbook import beside, xls
from lib.workbook.hidden import Hidden
from lib.workbook.limits import Limits
from lib.workbook.package import DAMAGED, PROTECTED

BINARY_KINDS = ("xls", "xlsb")


@dataclass(frozen=True)
class Sheet:
    """One worksheet. Rows and columns are zero-based and absolute: `rows[0][0]` is A1.

    `rows` hold str, float, bool, date, datetime, time or timedelta, and '' for a blank cell. `merges` are inclusive
    (top, left, bottom, right). `errors` maps a cell (row, column) to its Excel error such as `#REF!`; `uncalculated`
    are formulas without a saved value; `percent` and `yearless` map a column to the rows whose number format is a
    percentage, or a date that shows no year (docs/quy-tac-tinh.md, "Cách đọc từng ô").
    """

    name: str
    rows: list[list[object]]
    merges: list[tuple[int, int, int, int]]
    errors: dict[tuple[int, int], str]
    uncalculated: set[tuple[int, int]]
    percent: dict[int, set[int]]
    yearless: dict[int, set[int]]


def read_sheets(data: bytes, kind: str, limits: Limits, *, facts_first: bool = False) -> list[Sheet]:
    """Read every worksheet, hidden ones too, in the order of the workbook; `kind` is what `guards.inspect` said.

    Raises UnreadableWorkbook. Some hostile files end the whole process: call it in the reading process only. With
    `facts_first` the limits are held before any cell is read, where a large file is otherwise read meanwhile.
    """
    if kind == "xls":
        xls.check_sizes(data)
    facts_of = beside.begin(data, kind, limits, first=facts_first)
    try:
        values = _values(data, kind)
    except UnreadableWorkbook:
        facts_of()  # what the scan says of the file is more particular
        raise
    hidden = facts_of()
    if not values.keys() <= hidden.keys():  # a sheet that only one of the two readers sees is not to be trusted
        raise UnreadableWorkbook(DAMAGED)
    return [_sheet(name, rows, hidden[name]) for name, rows in values.items()]


def _values(data: bytes, kind: str) -> dict[str, list[list[object]]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            names = [each.name for each in workbook.sheets_metadata if _is_table(each)]
            if len(set(names)) != len(
                names
            ):  # no program makes two sheets of one name, and only one could be asked for
                raise UnreadableWorkbook(DAMAGED)
            return {name: _rows(workbook, kind, name) for name in names}
    except PasswordError as error:
        raise UnreadableWorkbook(PROTECTED) from error
    except (CalamineError, OSError) as error:
        raise UnreadableWorkbook(DAMAGED) from error


def _is_table(metadata: SheetMetadata) -> bool:
    return metadata.typ is SheetTypeEnum.WorkSheet


def _rows(workbook: CalamineWorkbook, kind: str, name: str) -> list[list[object]]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if kind in BINARY_KINDS:  # the only ones whose whole numbers come as int
        rows = [[float(value) if type(value) is int else value for value in row] for row in rows]
    return rows


def _sheet(name: str, rows: list[list[object]], facts: Hidden) -> Sheet:
    return Sheet(name, rows, facts.merges, facts.errors, facts.uncalculated, facts.percent, facts.yearless)
