"""Untrusted bytes to plain sheets: python-calamine's values beside the facts it hides.

The values are read by a thread of their own: the cell reader lets go of the interpreter while it takes a sheet apart,
so that the hidden facts are found, and the first sheets checked, while it reads the others.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.facts import hidden_facts
from lib.workbook.hidden import Hidden
from lib.workbook.limits import Limits
from lib.workbook.package import DAMAGED, PROTECTED

BINARY_KINDS = ("xls", "xlsb")
LARGE = 2**20
"""A file of fewer bytes is searched for hidden facts first: the cell reader is given only what was found harmless."""


@dataclass(frozen=True)
class Sheet:
    """One worksheet. Rows and columns are zero-based and absolute: `rows[0][0]` is A1.

    `rows` hold str, float, bool, date, datetime, time or timedelta, and '' for a blank cell. `merges` are inclusive
    (top, left, bottom, right). `errors` maps a cell (row, column) to its Excel error such as `#REF!`; `uncalculated`
    are formulas without a saved value; `percent` and `yearless` map a column to the rows whose number format is a
    percentage, or a date that shows no year (docs/quy-tac-tinh.md, "Cách đọc từng ô").
    """

    name: str
    rows: Sequence[list[object]]
    merges: list[tuple[int, int, int, int]]
    errors: dict[tuple[int, int], str]
    uncalculated: set[tuple[int, int]]
    percent: dict[int, set[int]]
    yearless: dict[int, set[int]]


def read_sheets(data: bytes, kind: str, limits: Limits) -> list[Sheet]:
    """Read every worksheet, hidden ones too, in the order of the workbook; `kind` is what `guards.inspect` said.

    Raises UnreadableWorkbook. Some hostile files end the whole process: call it in the reading process only.
    """
    return [replace(sheet, rows=list(sheet.rows)) for sheet in coming_sheets(data, kind, limits)]


def coming_sheets(data: bytes, kind: str, limits: Limits) -> list[Sheet]:
    """The same sheets while they are still being read: whoever looks at rows waits for them, or gets what is raised."""
    find = partial(hidden_facts, data, kind, Budget(limits))
    before = find() if len(data) < LARGE else None
    try:
        rows = _begin(data, kind)
    except UnreadableWorkbook:
        if before is None:
            find()  # what the search says of the file is more particular
        raise
    hidden = find() if before is None else before
    if not rows.keys() <= hidden.keys():  # a sheet that only one of the two readers sees is not to be trusted
        raise UnreadableWorkbook(DAMAGED)
    return [_sheet(name, coming, hidden[name]) for name, coming in rows.items()]


class _Coming(Sequence):
    """The rows of a sheet that is still being read."""

    def __init__(self, rows: Future[list[list[object]]]) -> None:
        self._rows = rows

    def __getitem__(self, index: int | slice) -> list:
        return self._rows.result()[index]

    def __len__(self) -> int:
        return len(self._rows.result())

    def __iter__(self) -> Iterator[list[object]]:
        return iter(self._rows.result())


def _begin(data: bytes, kind: str) -> dict[str, _Coming]:
    """Open the workbook and begin to read its worksheets."""
    thread = ThreadPoolExecutor(1)
    workbook = thread.submit(_open, data).result()
    names = [each.name for each in workbook.sheets_metadata if _is_table(each)]
    coming = {name: _Coming(thread.submit(_rows, workbook, kind, name)) for name in names}
    thread.submit(workbook.close)
    return coming


@contextmanager
def _faults_in_words() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise UnreadableWorkbook(PROTECTED) from error
    except (CalamineError, OSError) as error:
        raise UnreadableWorkbook(DAMAGED) from error


@_faults_in_words()
def _open(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(data))


def _is_table(metadata: SheetMetadata) -> bool:
    return metadata.typ is SheetTypeEnum.WorkSheet


@_faults_in_words()
def _rows(workbook: CalamineWorkbook, kind: str, name: str) -> list[list[object]]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if kind in BINARY_KINDS:  # the only ones whose whole numbers come as int
        rows = [[float(value) if type(value) is int else value for value in row] for row in rows]
    return rows


def _sheet(name: str, rows: _Coming, facts: Hidden) -> Sheet:
    return Sheet(name, rows, facts.merges, facts.errors, facts.uncalculated, facts.percent, facts.yearless)
