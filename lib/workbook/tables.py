"""Where the table stands in a sheet: its header row, its columns found by name, its cells with merges filled.

The rules are in docs/quy-tac-tinh.md, "Tìm bảng trong trang".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lib import schema
from lib.text import fold, one_line, suggest
from lib.workbook import cells
from lib.workbook.addresses import address
from lib.workbook.problems import Problems
from lib.workbook.sheets import Sheet

HEADER_SEARCH_ROWS = 60


class Unknowable:
    """Stands in a cell whose value cannot be known (an Excel error, a formula never calculated)."""

    def __repr__(self) -> str:
        return "#"


UNKNOWABLE = Unknowable()


@dataclass(frozen=True)
class RawColumn:
    """A known column's cells below the header, and what their number formats add, by position.

    `merged` leads from a position to the one whose cell spans it.
    """

    column: schema.Column
    index: int
    values: Sequence[object]
    percent: frozenset[int] | set[int] = frozenset()
    yearless: frozenset[int] | set[int] = frozenset()
    merged: dict[int, int] = field(default_factory=dict)


@dataclass(eq=False)
class Table:
    """A sheet's table: `first_row` is the zero-based sheet row of position 0; `year` comes from the sheet's name."""

    form: schema.Sheet
    title: str
    first_row: int
    columns: dict[str, RawColumn]
    extra: dict[int, Sequence[object]] = field(default_factory=dict)
    year: int | None = None

    def __len__(self) -> int:
        return max((len(column.values) for column in self.columns.values()), default=0)

    def cell(self, name: str, position: int) -> str:
        """The address of a cell as people see it; of the row's first known cell where the column is absent."""
        column = self.columns.get(name) or next(iter(self.columns.values()))
        return address(self.first_row + column.merged.get(position, position), column.index)

    def filled(self, position: int) -> list[object]:
        """What a row holds from left to right, the columns that the form does not know included."""
        known = {column.index: column.values for column in self.columns.values()}
        in_order = sorted((known | self.extra).items())
        return [values[position] for _, values in in_order if not cells.is_blank(values[position])]

    def value(self, name: str, position: int) -> cells.Value:
        """A cell with its format; a blank one where the column is absent."""
        if name not in self.columns:
            return cells.Value("")
        column = self.columns[name]
        shown = column.merged.get(position, position)
        return cells.Value(column.values[position], shown in column.percent, shown in column.yearless)


@dataclass(frozen=True)
class _Header:
    """A candidate header: its rows, and for every sheet column the name it bears."""

    top: int
    bottom: int
    names: dict[int, str]
    tied: bool = False

    def known(self, form: schema.Sheet) -> set[str]:
        by_fold = {fold(column.header): column.name for column in form.columns}
        return {by_fold[fold(name)] for name in self.names.values() if fold(name) in by_fold}


def find(form: schema.Sheet, sheet: Sheet, year: int | None, problems: Problems) -> Table | None:
    """The table of `sheet`, or None where none can be read; `year` is what the sheet's name gives."""
    if all(cells.is_blank(value) for row in sheet.rows for value in row):
        return None if form.repeats else _report_no_header(form, sheet, problems)
    header = _header(form, sheet)
    if header is None:
        return _report_no_header(form, sheet, problems)
    places = _place_columns(form, sheet, header, year, problems)
    if not places:
        return None
    return _cut(form, sheet, header, places, year, problems)


def _report_no_header(form: schema.Sheet, sheet: Sheet, problems: Problems) -> None:
    wanted = ", ".join(column.header for column in form.columns if column.absent != schema.Absent.OPTIONAL)
    problems.error(
        "no-header",
        sheet.name,
        "A1",
        f"Không thấy hàng tiêu đề trong {HEADER_SEARCH_ROWS} hàng đầu. Ghi một hàng tiêu đề có các cột: {wanted}.",
    )


def _header(form: schema.Sheet, sheet: Sheet) -> _Header | None:
    """The row, or pair of merged rows, that names most known columns, the key among them where any does."""
    best, best_score = None, (False, 0, 0)
    for top in range(min(HEADER_SEARCH_ROWS, len(sheet.rows))):
        for candidate in _candidates(form, sheet, top):
            known = candidate.known(form)
            # Between equals: rows that a merge ties together, then one row, then rows that only might belong together.
            rank = 2 if candidate.tied else candidate.top == candidate.bottom
            score = (form.keys[0] in known, len(known), rank)
            if known and score > best_score:
                best, best_score = candidate, score
    return best


def _candidates(form: schema.Sheet, sheet: Sheet, top: int) -> Iterator[_Header]:
    """The row as a header by itself, and together with the rows below that merged cells join to it."""
    yield _Header(top, top, {column: _label(value) for column, value in enumerate(sheet.rows[top])})
    touching = [merge for merge in sheet.merges if merge[0] == top and merge[2] - top <= 2]
    tall = {left: bottom for _, left, bottom, _ in touching if bottom > top}
    wide = any(right > left for _, left, _, right in touching)
    bottom = max(tall.values(), default=top + 1)
    if (tall or wide) and bottom < len(sheet.rows):
        names = _joined_names(form, sheet, top, bottom)
        known = {fold(column.header) for column in form.columns}
        yield _Header(top, bottom, names, tied=any(fold(names[left]) in known for left in tall))


def _label(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _joined_names(form: schema.Sheet, sheet: Sheet, top: int, bottom: int) -> dict[int, str]:
    """For every column the name its header cells give together."""
    known = {fold(column.header) for column in form.columns}
    merges = [(left, right) for row, left, _, right in sheet.merges if row == top]
    wide = {column for left, right in merges if right > left for column in range(left, right + 1)}
    owner = {column: left for left, right in merges for column in range(left, right + 1)}
    names = {}
    for column in range(len(sheet.rows[top])):
        upper = _label(sheet.rows[top][owner.get(column, column)])
        lower = " ".join(filter(None, (_label(sheet.rows[row][column]) for row in range(top + 1, bottom + 1))))
        names[column] = _most_telling(upper, lower, known, shared=column in wide)
    return names


def _most_telling(upper: str, lower: str, known: set[str], *, shared: bool) -> str:
    """The known one of: the lower name, both, the upper (unless several columns share it); else both."""
    both = f"{upper} {lower}".strip()
    candidates = [lower, both] if shared and lower else [lower, both, upper]
    return next((name for name in candidates if name and fold(name) in known), both)


def _place_columns(
    form: schema.Sheet, sheet: Sheet, header: _Header, year: int | None, problems: Problems
) -> dict[str, int]:
    """Known column name -> sheet column; reports doubled, absent and misspelt headers."""
    by_fold = {fold(column.header): column for column in form.columns}
    places: dict[str, int] = {}
    for index, name in header.names.items():
        column = by_fold.get(fold(name)) if name else None
        if column and column.name in places:
            _report_doubled(sheet, header, index, places[column.name], column, problems)
        elif column:
            places[column.name] = index
    unknown = {name: index for index, name in header.names.items() if name and fold(name) not in by_fold}
    for column in form.columns:
        if column.name not in places and not (column.name == "year" and year is not None):
            _report_absent(column, sheet, header, unknown, problems)
    return places


def _report_doubled(
    sheet: Sheet, header: _Header, index: int, first: int, column: schema.Column, problems: Problems
) -> None:
    problems.error(
        "duplicate-column",
        sheet.name,
        address(header.bottom, index),
        f"Cột “{column.header}” có hai lần (cột {address(0, first)[:-1]} và cột {address(0, index)[:-1]}). "
        "Giữ lại một cột, đổi tên hoặc xóa cột kia.",
    )


def _report_absent(
    column: schema.Column, sheet: Sheet, header: _Header, unknown: dict[str, int], problems: Problems
) -> None:
    meant = suggest(column.header, list(unknown))
    where = address(header.bottom, unknown[meant]) if meant else address(header.bottom, 0)
    advice = f"Có phải cột “{meant}”? Sửa tên cột đó thành “{column.header}”." if meant else "Thêm cột này vào bảng."
    if column.absent == schema.Absent.ERROR:
        problems.error("missing-column", sheet.name, where, f"Thiếu cột “{column.header}”. {advice}")
    elif column.absent == schema.Absent.WARNING:
        problems.warning("missing-column", sheet.name, where, f"Thiếu cột “{column.header}”. {advice}")
    elif meant:
        problems.warning("misspelt-column", sheet.name, where, f"Không có cột “{column.header}”. {advice}")


def _cut(
    form: schema.Sheet, sheet: Sheet, header: _Header, places: dict[str, int], year: int | None, problems: Problems
) -> Table:
    """The cells below the header, merged cells counting for every row they span."""
    first_row = header.bottom + 1
    by_index = list(zip(*sheet.rows[first_row:], strict=False)) or [()] * len(sheet.rows[0])
    raw: dict[int, Sequence[object]] = dict(enumerate(by_index))
    merged = _fill_merges(sheet, first_row, raw)
    names = {index: name for name, index in places.items()}
    _mark_unknowable(form, sheet, first_row, raw, names, problems)
    columns = {
        name: RawColumn(
            form.column(name),
            index,
            raw[index],
            {row - first_row for row in sheet.percent.get(index, ())},
            {row - first_row for row in sheet.yearless.get(index, ())},
            merged.get(index, {}),
        )
        for name, index in places.items()
    }
    extra = {index: values for index, values in raw.items() if index not in names}
    return Table(form, sheet.name, first_row, columns, extra, year)


def _fill_merges(sheet: Sheet, first_row: int, raw: dict[int, Sequence[object]]) -> dict[int, dict[int, int]]:
    """Give every row that a merged cell spans its value; for each column, which position each of them comes from."""
    merged: dict[int, dict[int, int]] = {}
    for top, left, bottom, _ in sheet.merges:
        if top < first_row or left not in raw:
            continue
        values, origin = _changeable(raw, left), top - first_row
        for position in range(origin + 1, min(bottom + 1 - first_row, len(values))):
            values[position] = values[origin]
            merged.setdefault(left, {})[position] = origin
    return merged


def _changeable(raw: dict[int, Sequence[object]], index: int) -> list[object]:
    """A column as a list, which most never have to become."""
    values = raw[index]
    if not isinstance(values, list):
        raw[index] = values = list(values)
    return values


def _mark_unknowable(
    form: schema.Sheet,
    sheet: Sheet,
    first_row: int,
    raw: dict[int, Sequence[object]],
    names: dict[int, str],
    problems: Problems,
) -> None:
    """Report Excel errors and formulas without a saved value in known columns, and mark their cells."""
    for row, index in sorted([*sheet.errors, *sheet.uncalculated]):
        if row >= first_row and index in names and row - first_row < len(raw[index]):
            _changeable(raw, index)[row - first_row] = UNKNOWABLE
            rule, message = broken_cell(sheet, (row, index), form.column(names[index]).header)
            problems.error(rule, sheet.name, address(row, index), message)


def broken_cell(sheet: Sheet, place: tuple[int, int], what: str) -> tuple[str, str]:
    """Rule and sentence for a cell that holds an Excel error, or a formula that was never calculated."""
    if place in sheet.errors:
        return "cell-error", f"Ô {what} báo lỗi {sheet.errors[place]}. Sửa công thức, hoặc gõ thẳng giá trị vào ô."
    message = f"Công thức ở ô {what} chưa được tính. Mở tệp bằng Excel, chờ tính xong rồi lưu lại."
    return "not-calculated", message
