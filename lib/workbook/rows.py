"""Which rows of a table count, and which are titles, bands, numbering, footers or signatures.

A row that is neither is never dropped: its blank key is an error. The rules are in docs/quy-tac-tinh.md, "Những dòng
được bỏ qua".
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from lib import schema
from lib.calendar_days import EARLIEST_YEAR, LATEST_YEAR
from lib.schedule import Overrides, schedule
from lib.schema import Kind
from lib.text import fold, roman
from lib.workbook import cells
from lib.workbook.problems import Problems
from lib.workbook.tables import UNKNOWABLE, Table

_TELLING_KINDS = {
    Kind.SECTION,
    Kind.UNITS,
    Kind.NAMES,
    Kind.TIME,
    Kind.CHOICE,
    Kind.DATE,
    Kind.DUE,
    Kind.YEAR,
    Kind.PERCENT,
    Kind.RESULT,
}
_LISTED = {fold(word) for words in (*schema.STATUS_WORDS.values(), schema.FIELDS, schema.FORMS) for word in words}
_ORDINAL = re.compile(r"\(?(\d{1,2})\)?")


def counted(table: Table, known_codes: Collection[str], problems: Problems) -> list[int]:
    """The positions of the rows that are data; reports every one of them whose key is blank.

    `known_codes` are those that the sheet refers to: sections in `Nhiệm vụ`, tasks in `Tiến độ`.
    """
    last = _last_valid(table)
    keyless = {position for name in _keys(table) for position in _blanks(table, name, range(len(table)))}
    suspects = keyless | set(range(last + 1, len(table))) | _bare_rows(table)
    passed = {position for position in suspects if _is_passed_over(table, position, known_codes, last)}
    if len(table) and _numbers_columns(table, 0):
        passed.add(0)
    for position in sorted(keyless - passed):
        _report_blank_keys(table, position, problems)
    return [position for position in range(len(table)) if position not in passed] if passed else list(range(len(table)))


def _keys(table: Table) -> list[str]:
    return [name for name in table.form.keys if name in table.columns]


def _blanks(table: Table, name: str, positions: Sequence[int]) -> list[int]:
    """Those of `positions` whose cell is blank; each distinct value is looked at once."""
    values = table.columns[name].values
    blank = {value for value in set(values) if cells.is_blank(value)}
    return [position for position in positions if values[position] in blank] if blank else []


def _bare_rows(table: Table) -> set[int]:
    """Rows with nothing beside their key; in `Nhiệm vụ` rows without a section, which may be headings."""
    names = [name for name in table.columns if name not in table.form.keys]
    if table.form is schema.TASKS and "section" in table.columns:
        names = ["section"]
    bare: Sequence[int] = range(len(table))
    for name in sorted(names, key=lambda name: "" in table.columns[name].values):  # a full column leaves none at once
        bare = _blanks(table, name, bare) if bare else bare
    return set(bare)


def _report_blank_keys(table: Table, position: int, problems: Problems) -> None:
    for name in _keys(table):
        if cells.is_blank(table.columns[name].values[position]):
            header = table.form.column(name).header
            message = f"Dòng có số liệu nhưng để trống “{header}”. Ghi {header}, hoặc xóa cả dòng nếu không dùng."
            problems.error("blank-key", table.title, table.cell(name, position), message)


def _is_passed_over(table: Table, position: int, known_codes: Collection[str], last: int) -> bool:
    filled = table.filled(position)
    return (
        not filled
        or _is_band(table, position)
        or _is_lone_note(table, position, filled)
        or _is_heading(table, position, known_codes)
        or (position > last and not _has_evidence(table, position, known_codes))
    )


def _is_band(table: Table, position: int) -> bool:
    """All key cells blank, and nothing in a column that only a data row fills."""
    telling = [
        column
        for name, column in table.columns.items()
        if name in table.form.keys or column.column.kind in _TELLING_KINDS
    ]
    return all(cells.is_blank(column.values[position]) for column in telling)


def _is_lone_note(table: Table, position: int, filled: list[object]) -> bool:
    """One filled cell that is no listed state, date, percent or year; in `Đơn vị` a name alone is a unit."""
    if len(filled) != 1:
        return False
    if table.form is schema.UNITS and not cells.is_blank(table.value("unit", position).raw):
        return False
    if filled[0] is UNKNOWABLE:
        return False
    return not any(_tells(table.value(name, position), column.column.kind) for name, column in table.columns.items())


def _tells(value: cells.Value, kind: Kind) -> bool:
    """Whether a cell alone shows that its row is data: a listed value, a date, a percent or a year."""
    if cells.is_blank(value.raw):
        return False
    if isinstance(value.raw, str) and fold(value.raw) in _LISTED:
        return True
    readers: list[Callable[[cells.Value], object]] = [cells.date, cells.year]
    if kind in (Kind.DUE, Kind.DATE):
        readers.append(cells.due)
    if kind == Kind.PERCENT or value.percent or (isinstance(value.raw, str) and "%" in value.raw):
        readers.append(cells.percent)
    return any(cells.reads_as(reader, value) for reader in readers)


def _is_heading(table: Table, position: int, known_codes: Collection[str]) -> bool:
    """In `Nhiệm vụ`, a code of sheet `Mục` with neither section, units nor time."""
    if table.form is not schema.TASKS:
        return False
    names = ("section", "executing_units", "lead_units", "schedule")
    if not all(cells.is_blank(table.value(name, position).raw) for name in names):
        return False
    return _code(table, position) in known_codes


def _numbers_columns(table: Table, position: int) -> bool:
    """Numbers 1, 2, 3, ... directly under the header."""
    numbers = [_ordinal(value) for value in table.filled(position)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _ordinal(value: object) -> int | None:
    if isinstance(value, str):
        match = _ORDINAL.fullmatch(value.strip())
        return int(match[1]) if match else None
    return int(value) if isinstance(value, (int, float)) and float(value).is_integer() else None


def _code(table: Table, position: int) -> str:
    try:
        return cells.code(table.value(table.form.keys[0], position))
    except cells.CellFault:
        return ""


def _last_valid(table: Table) -> int:
    """The position of the last row with a valid key, -1 where there is none."""
    return next((position for position in reversed(range(len(table))) if _has_valid_key(table, position)), -1)


def _has_valid_key(table: Table, position: int) -> bool:
    for name in table.form.keys:
        if name not in table.columns:
            continue
        value = table.value(name, position)
        kind = table.form.column(name).kind
        if cells.is_blank(value.raw) or value.raw is UNKNOWABLE:
            return False
        # A number or a date in a code column is a code that the spreadsheet spoilt, not a footer.
        if kind == Kind.CODE and isinstance(value.raw, str) and not _is_code(_code(table, position)):
            return False
        if kind == Kind.YEAR and not cells.reads_as(cells.year, value):
            return False
    return True


_PARTS = re.compile(r"\w+(?:[.\-/]\w+)+")


def _is_code(code: str) -> bool:
    """Whether text has the shape of a code: `2.1.4`, `IV.b`, `III`, `A`, `NV7`, `Phần I`; not `Cộng` or `Người lập`."""
    words = code.split()
    if not words or len(code) > 20 or len(words) > 2:
        return False
    number = any(letter.isdigit() for letter in words[-1]) or roman(words[-1]) is not None
    return number or (len(words) == 1 and (len(code) <= 3 or _PARTS.fullmatch(code) is not None))


def _has_evidence(table: Table, position: int, known_codes: Collection[str]) -> bool:
    """Whether a row below the last valid key still shows that it is data, so that its blank key must be reported."""
    return _names_a_task(table, position, known_codes) or any(_evidence(table, position, known_codes))


def _names_a_task(table: Table, position: int, known_codes: Collection[str]) -> bool:
    """In `Tiến độ`: a task's code, or what can only be meant as one beside something reported."""
    if table.form is not schema.PROGRESS:
        return False
    code = _code(table, position)
    reported = any(
        column.column.kind in _TELLING_KINDS and not cells.is_blank(column.values[position])
        for name, column in table.columns.items()
        if name not in table.form.keys
    )
    return code in known_codes or (reported and _PARTS.fullmatch(code) is not None)


def _evidence(table: Table, position: int, known_codes: Collection[str]) -> Iterator[bool]:
    for name, column in table.columns.items():
        value = table.value(name, position)
        if cells.is_blank(value.raw):
            continue
        kind = column.column.kind
        yield value.raw is UNKNOWABLE or (kind != Kind.PERCENT and _tells(value, kind))
        yield kind == Kind.SECTION and cells.reads_as(cells.code, value) and cells.code(value) in known_codes
        yield kind == Kind.TIME and not schedule(cells.text(value), EARLIEST_YEAR, LATEST_YEAR, Overrides()).findings
