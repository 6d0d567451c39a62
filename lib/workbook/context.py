"""What stands around a problem: its column's header and the cells beside it, so that people know the row again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lib import schema
from lib.calendar_days import DayMonth
from lib.text import fold, one_line, shorten
from lib.workbook import cells
from lib.workbook.addresses import address, column_letters, position
from lib.workbook.cells import Value
from lib.workbook.problems import Beside, Problem, Severity
from lib.workbook.sheets import Sheet
from lib.workbook.tables import UNKNOWABLE, RawColumn, Table

MOST = 1_000
"""Problems of one workbook that are given their surroundings: more are never shown at once."""
MOST_OF_A_KIND = 100
HEADER_ROW = "Hàng tiêu đề"
NOT_CALCULATED = "(công thức chưa tính)"

_NEIGHBOURS = 3
_LONGEST = 60
_HEADER_HEIGHT = 3
_INFO_KEY_COLUMNS = 3


def fill(problems: Sequence[Problem], sheets: Iterable[Sheet], tables: Iterable[Table]) -> tuple[Problem, ...]:
    """The same problems in their order, the first of each kind with `header` and `around`; `tables` are of `sheets`."""
    surroundings = Surroundings(sheets, tables)
    chosen = _chosen(problems)
    return tuple(surroundings.of(problem) if index in chosen else problem for index, problem in enumerate(problems))


def _chosen(problems: Sequence[Problem]) -> set[int]:
    """Errors before warnings, and no kind in such numbers that it takes the places of all others."""
    counts: Counter[tuple[Severity, str]] = Counter()
    chosen = []
    for index in sorted(range(len(problems)), key=lambda index: problems[index].severity != Severity.ERROR):
        kind = problems[index].severity, problems[index].rule
        counts[kind] += 1
        if counts[kind] <= MOST_OF_A_KIND:
            chosen.append(index)
    return set(chosen[:MOST])


class Surroundings:
    """The sheets and tables of one workbook, asked for what stands around a problem."""

    def __init__(self, sheets: Iterable[Sheet], tables: Iterable[Table]) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._tables = {table.title: table for table in tables}

    def of(self, problem: Problem) -> Problem:
        """The problem with its column's header and the cells that tell its row; as it is where it has no cell."""
        sheet = self._sheets.get(problem.sheet)
        if sheet is None or not problem.cell:
            return problem
        row, column = position(problem.cell)
        table = self._tables.get(problem.sheet)
        line = _TableRow(sheet, table, row) if table and row >= table.first_row else _PlainRow(sheet, row)
        around = [
            Beside(address(row, index), line.header(index), line.text(index), here=index == column)
            for index in _telling(line, column)
        ]
        header = HEADER_ROW if table and row < table.first_row else line.header(column)
        return replace(problem, header=header, around=tuple(around))


class _PlainRow:
    """A row outside any table: of `Thông tin`, a header, a sheet in which no table was found."""

    def __init__(self, sheet: Sheet, row: int) -> None:
        self._sheet = sheet
        self._row = row
        self.values = dict(enumerate(sheet.rows[row])) if row < len(sheet.rows) else {}
        self.keys: list[int] = []

    def header(self, index: int) -> str:
        """In `Thông tin` the key a value belongs to, "" elsewhere."""
        if fold(self._sheet.name) != fold(schema.INFO_SHEET):
            return ""
        before = [self.values[column] for column in range(min(index, _INFO_KEY_COLUMNS)) if column in self.values]
        return next((_short(value) for value in before if isinstance(value, str) and not cells.is_blank(value)), "")

    def text(self, index: int) -> str:
        """A cell as people see it."""
        return _text(self._sheet, self._row, index, self.values.get(index, ""))


class _TableRow:
    """A row of a table, where a merged cell counts for every row it spans."""

    def __init__(self, sheet: Sheet, table: Table, row: int) -> None:
        self._sheet = sheet
        self._table = table
        self._row = row
        self._at = row - table.first_row
        self._known = {column.index: column for column in table.columns.values()}
        columns = table.extra | {index: column.values for index, column in self._known.items()}
        self.values = {index: values[self._at] for index, values in columns.items() if self._at < len(values)}
        self.keys = [table.columns[name].index for name in table.form.keys if name in table.columns]

    def header(self, index: int) -> str:
        """The known header, else what stands above the column."""
        if index in self._known:
            return self._known[index].column.header
        first = self._table.first_row
        above = [self._sheet.rows[row] for row in range(first - 1, max(first - 1 - _HEADER_HEIGHT, -1), -1)]
        texts = (_short(row[index]) for row in above if index < len(row) and not cells.is_blank(row[index]))
        return next(texts, f"Cột {column_letters(index)}")

    def text(self, index: int) -> str:
        """A cell as people see it."""
        return _text(self._sheet, self._origin(self._known.get(index)), index, self.values.get(index, ""))

    def _origin(self, column: RawColumn | None) -> int:
        return self._table.first_row + (column.merged.get(self._at, self._at) if column else self._at)


def _telling(line: _PlainRow | _TableRow, column: int) -> list[int]:
    """The columns that tell a row, from left to right: its keys, the faulty one, the filled ones nearest to that."""
    named = {*line.keys, column}
    filled = [index for index, value in line.values.items() if index not in named and not cells.is_blank(value)]
    nearest = sorted(filled, key=lambda index: (abs(index - column), index))
    return sorted(named | set(nearest[:_NEIGHBOURS]))


def _text(sheet: Sheet, row: int, column: int, raw: object) -> str:
    if (row, column) in sheet.errors:
        return sheet.errors[row, column]
    if raw is UNKNOWABLE or (row, column) in sheet.uncalculated:
        return NOT_CALCULATED
    return _shown(Value(raw, row in sheet.percent.get(column, ()), row in sheet.yearless.get(column, ())))


def _shown(value: Value) -> str:
    raw = value.raw
    if isinstance(raw, bool):
        return str(raw).upper()
    if value.percent and isinstance(raw, (int, float)):
        return f"{raw * 100:.10g}%".replace(".", ",")
    if value.yearless and isinstance(raw, dt.date):
        return str(DayMonth(raw.day, raw.month))
    return _short(raw)


def _short(raw: object) -> str:
    """Text on one line, cut at a word."""
    return shorten(one_line(cells.shown(raw)), _LONGEST)
