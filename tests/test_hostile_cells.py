"""Any value in any cell, any spelling of a header, any layout: read for what it is, or told; never lost."""

import datetime as dt
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import schema
from lib.schema import Kind
from lib.text import fold
from lib.workbook.cells import is_blank
from lib.workbook.problems import Severity
from lib.workbook.reader import Reading, received
from lib.workbook.reading import check
from lib.workbook.sheets import Sheet
from lib.workbook.transfer import pack
from tests.hostile.layouts import SPELLINGS, arranged, ordinary, with_header
from tests.hostile.oracle import fault_of_words

TABLES = {form.title: form for form in schema.SHEETS}
TITLES = [sheet.name for sheet in ordinary()]
# No reader gives half of a pair of surrogates: Rust's text has none, and xlrd refuses them.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NEAR_MISSES = [
    "2022",
    "31/12",
    "31/2/2022",
    "5/12/2022",
    "50%",
    "1e5",
    "-",
    "2.1.1",
    "III",
    "xong",
    "TTB",
    "١٢/٥/٢٠٢٢",
    "²",
    "=1+1",
    "#N/A",
    "Cộng",
]
NEAR_MISSES += ["Năm 2022", "Hoàn thành", "VP; TTB và CĐ", "quý V/2022", "trước 30/2", "thường xuyên", "Người lập"]
values = st.one_of(
    texts,
    st.sampled_from(NEAR_MISSES),
    st.floats(),
    st.integers(-3, 3000).map(float),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def read(sheets: list[Sheet]) -> Reading:
    return received(pack(check(sheets)))


def facts(sheets: list[Sheet]) -> dict:
    """What the sheets count for, as it is handed to the server."""
    found = orjson.loads(orjson.dumps(check(sheets)))
    assert found["plan"] is not None, [problem["message"] for problem in found["problems"]]
    return {"plan": found["plan"], "tables": found["tables"]}


SOUND = facts(ordinary())


@st.composite
def changed_cells(draw):
    """The ordinary workbook with one cell below a header changed: its sheets, where, and the value."""
    sheets = ordinary()
    at = draw(st.integers(0, len(sheets) - 1))
    sheet = sheets[at]
    row = draw(st.integers(1, len(sheet.rows) - 1))
    column = draw(st.integers(0, len(sheet.rows[0]) - 1))
    value, form = draw(values), draw(st.sampled_from(["", "percent", "yearless", "error", "uncalculated"]))
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = "" if form in ("error", "uncalculated") else value
    sheets[at] = replace(sheet, rows=rows) if not form else formatted(replace(sheet, rows=rows), row, column, form)
    return sheets, (sheet.name, row, column), rows[row][column], form


def formatted(sheet: Sheet, row: int, column: int, form: str) -> Sheet:
    match form:
        case "error":
            return replace(sheet, errors={(row, column): "#REF!"})
        case "uncalculated":
            return replace(sheet, uncalculated={(row, column)})
    known = getattr(sheet, form)
    return replace(sheet, **{form: known | {column: known.get(column, set()) | {row}}})


@settings(max_examples=300)
@given(changed_cells())
def test_any_value_in_any_cell_counts_or_is_told(changed):
    sheets, (title, row, column), value, form = changed
    reading = read(sheets)
    assert reading.ok == all(problem.severity != Severity.ERROR for problem in reading.problems)
    assert [problem for problem in reading.problems if fault_of_words(problem.message)] == []
    if form in ("error", "uncalculated") and column < len(sheets[TITLES.index(title)].rows[0]):
        assert not reading.ok or title == schema.INFO_SHEET
    elif reading.ok and title in TABLES and not is_blank(value):
        assert_seen(reading, sheets, title, row, column, value)


def assert_seen(reading: Reading, sheets: list[Sheet], title: str, row: int, column: int, value: object) -> None:
    """The row still counts, and its cell is not blank in the register; or a warning says what became of it."""
    form = TABLES[title]
    frame = getattr(reading.register, form.name)
    told = [problem for problem in reading.problems if problem.sheet == title]
    if len(frame) != len(sheets[TITLES.index(title)].rows) - 1:
        assert any(problem.rule == "model-outside-plan" for problem in told)
        return
    header = sheets[TITLES.index(title)].rows[0][column]
    wanted = next(each for each in form.columns if fold(each.header) == fold(header))
    if wanted.kind == Kind.UNITS and isinstance(value, str) and fold(value) in ("", fold(schema.UNASSIGNED)):
        return  # nobody
    names = {"due": ["due", "due_on"], "executing_units": ["executing_text"]}.get(wanted.name, [wanted.name])
    if wanted.name in ("lead_units", "units"):
        names = ["lead_text", "units_text"]
    seen = [frame[name].iloc[row - 1] for name in names if name in frame]
    if wanted.kind == Kind.CHOICE and wanted.name == "status":
        seen = [frame["status_text"].iloc[row - 1]]
    assert seen and not any(is_nothing(each) for each in seen), (value, seen)


def is_nothing(value: object) -> bool:
    return value is None or value != value or (isinstance(value, str) and not value) or str(value) in ("NaT", "<NA>")


@settings(max_examples=100)
@given(st.data())
def test_a_header_however_it_is_spelt_names_its_column(data):
    sheets = ordinary()
    for at, sheet in enumerate(sheets):
        if sheet.name in TABLES:
            spelt = data.draw(st.lists(st.sampled_from(sorted(SPELLINGS)), min_size=15, max_size=15))
            change = {column: SPELLINGS[spelt[column]](name) for column, name in enumerate(sheet.rows[0])}
            sheets[at] = with_header(sheet, change)
    assert facts(sheets) == SOUND


EXTRA = ["Ghi chú riêng", "STT", "Tình hình", "Mã hồ sơ", "x", 7.0, dt.date(2026, 1, 1)]
ABOVE = [["UBND TỈNH"], ["BẢNG THEO DÕI", "", "năm 2026"], [], ["", "", "(Kèm theo Kế hoạch)"], ["Ngày 12/12/2022"]]
BELOW = [[], ["Người lập biểu"], ["", "", "TRƯỞNG BAN"], ["Ghi chú: số liệu đến hết quý"]]


@st.composite
def laid_out(draw, sheet):
    """The same table with columns moved, others between them, titles above, blank rows within, signatures below."""
    width = len(sheet.rows[0])
    columns: list = draw(st.permutations(range(width)))
    for extra in draw(st.lists(st.sampled_from(EXTRA), max_size=3, unique_by=str)):
        columns.insert(draw(st.integers(0, len(columns))), [extra])
    rows: list = [*draw(st.lists(st.sampled_from(ABOVE), max_size=4)), 0]
    for row in range(1, len(sheet.rows)):
        rows += [[] for _ in range(draw(st.integers(0, 2)))] + [row]
    # In `Đơn vị` a name alone is a unit.
    below = [] if sheet.name == schema.UNITS.title else draw(st.lists(st.sampled_from(BELOW), max_size=3))
    return arranged(sheet, rows + below, columns)


@settings(max_examples=100)
@given(st.data())
def test_a_table_however_it_is_laid_out_is_the_same_table(data):
    sheets = [data.draw(laid_out(sheet)) if sheet.name in TABLES else sheet for sheet in ordinary()]
    sheets.append(Sheet("Ghi chú của tôi", [["Năm", "Mã"], [2022.0, "x"]], [], {}, set(), {}, {}))
    assert facts(data.draw(st.permutations(sheets))) == SOUND


@settings(max_examples=100)
@given(st.data())
def test_a_column_that_is_missing_or_doubled_is_told_or_changes_nothing(data):
    sheets = ordinary()
    at = data.draw(st.integers(1, len(sheets) - 1))
    sheet = sheets[at]
    column = data.draw(st.integers(0, len(sheet.rows[0]) - 1))
    others = [each for each in range(len(sheet.rows[0])) if each != column]
    columns = others if data.draw(st.booleans()) else [*others, column, column]
    sheets[at] = arranged(sheet, list(range(len(sheet.rows))), columns)
    reading = read(sheets)
    found = orjson.loads(orjson.dumps(check(sheets)))
    lost = {"plan": found["plan"], "tables": found["tables"]} != SOUND
    optional = TABLES[sheet.name].columns[column].absent == schema.Absent.OPTIONAL
    assert not lost or optional or any(problem.sheet == sheet.name for problem in reading.problems)


@pytest.mark.parametrize("title", TITLES)
def test_a_sheet_that_is_missing_or_doubled_is_told(title):
    sheets = ordinary()
    chosen = next(sheet for sheet in sheets if sheet.name == title)
    assert not read([sheet for sheet in sheets if sheet is not chosen]).ok
    assert not read([*sheets, replace(chosen, name=title.upper())]).ok
