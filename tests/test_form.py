"""The workbook the product writes: what goes in comes back, and it is a form an office can fill in."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
import workbooks
from openpyxl.worksheet.worksheet import Worksheet

from lib.errors import DashboardError
from lib.schema import FIELDS, FORMS, INFO_KEYS, OFFICIAL, PROGRESS, SAMPLE, SHEETS, STATUS_WORDS, Kind
from lib.workbook import form
from lib.workbook.reader import parse
from lib.workbook.register import Register

TABLES = ("sections", "units", "tasks", "planned", "progress", "models")
FAR_BELOW = 1_000

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+84 905 000 000",
    "- Đã tổ chức 02 hội nghị",
    "@SUM(A1:A9)",
    "{=A1}",
    "<b>đậm</b> & “ngoặc” 'đơn' \"kép\"",
    "dòng một\ndòng hai",
    "xong 🙂 tốt",
    "http://example.vn/bao-cao",
    "mailto:vanthu@example.vn",
    "_x000D_ và _x0041_",
    "2.10",
    "31/3",
    "0123",
]


PLAN = """
# Thông tin
Cơ quan chủ quản | UBND tỉnh
Tên cơ quan | Ban Dân tộc
Tên kế hoạch | Kế hoạch dân vận “khéo” & bền vững
Ngày ban hành | 12/12/2022!
Năm bắt đầu | 2022
Năm kết thúc | 2024
Chỉ tiêu mô hình mỗi năm | 2
Hạn đăng ký mô hình | 29/2
Tính chất số liệu | Minh họa
# Đơn vị
Tên đơn vị | Tên gọi khác | Viết tắt | Đơn vị kế thừa | Gồm các đơn vị
Thanh tra Ban | Thanh tra | TTB | Văn phòng |
Văn phòng | | VP | |
Lãnh đạo Ban | lãnh đạo cơ quan | | |
Công đoàn | | CĐ | |
Các phòng thuộc Ban | | | | Thanh tra Ban; Văn phòng
# Nhiệm vụ
Mã | Mã mục | Nội dung nhiệm vụ | Tên ngắn | Cơ quan, đơn vị thực hiện | Phòng tham mưu \
 | Thời gian thực hiện | Hạn | Từ năm | Đến năm
1 | 1 | Quán triệt Đề án | | lãnh đạo cơ quan | | Trong năm 2022
2.1.1 | 2.1 | Tuyên truyền | Tuyên truyền | Lãnh đạo Ban, CĐ | Các phòng thuộc Ban | thường xuyên | 15/11 | 2023 | 2024
2.10 | 2.1 | Đào tạo | Đào tạo cán bộ | | TTB | trước 31/3 hằng năm
"""
REPORTS = (
    "1 | 2022 | | Xong | 100! | 20/12/2022! | Đã quán triệt | Kế hoạch số 01 | | | 21/12/2022!",
    "2.1.1 | 2023 | 30/11/2023 | Đang thực hiện | 50.5! | | Đang làm | | Thiếu người | Bổ sung | 1/6/2023! | VP",
    "2.1.1 | 2024",
    "2.10 | 2022 | | Tạm hoãn | 0! | | | Thông báo số 02",
)


@pytest.fixture(scope="module")
def register() -> Register:
    """A plan with every kind of row: done, moved, suspended, not reported; a group, a successor, typed units."""
    return workbooks.register(
        PLAN,
        workbooks.progress(*REPORTS),
        workbooks.models(
            "Bản sạch | 2022 | Kinh tế | Nhân rộng | CĐ; VP | Xã A | 01/03/2022! | | | | ghi chú", "Bản sạch | 2023"
        ),
    )


def read(data: bytes) -> Register:
    reading = parse(data)
    assert reading.register is not None, [problem.message for problem in reading.errors]
    return reading.register


def opened(data: bytes, **options: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def assert_same(found: Register, expected: Register) -> None:
    assert found.plan == expected.plan
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def headers(page: Worksheet) -> dict[str, str]:
    """Header -> column letter."""
    return {cell.value: cell.column_letter for cell in page[1]}


@pytest.fixture(scope="module")
def book(register: Register) -> openpyxl.Workbook:
    return opened(form.write(register, blank=False))


def test_what_is_written_is_read_back_the_same(register):
    assert_same(read(form.write(register, blank=False)), register)


def test_hostile_text_comes_back_as_the_text_it_was(register):
    rows = pd.concat([register.models.iloc[:1]] * len(HOSTILE), ignore_index=True)
    names = [f"Mô hình {number}" for number in range(len(HOSTILE))]
    hostile = replace(register, models=rows.assign(model=names, note=HOSTILE, place=HOSTILE[::-1]))
    assert_same(read(form.write(hostile, blank=False)), hostile)


def test_text_typed_in_decomposed_form_comes_back_composed(register):
    decomposed = unicodedata.normalize("NFD", "Xã Trà Bồng")
    written = form.write(replace(register, models=register.models.assign(place=decomposed)), blank=False)
    assert set(read(written).models["place"]) == {unicodedata.normalize("NFC", "Xã Trà Bồng")}


def test_control_characters_are_left_out(register):
    controlled = replace(register, models=register.models.assign(note="một\x00\x0b\x1f hai\r\nba"))
    assert set(read(form.write(controlled, blank=False)).models["note"]) == {"một hai\nba"}


def test_text_too_long_for_excel_is_refused_not_cut(register):
    too_long = replace(register, models=register.models.assign(note="a" * 32_768))
    with pytest.raises(DashboardError, match=r"Mô hình.*32\.767"):
        form.write(too_long, blank=False)


def test_no_cell_but_the_grey_column_is_a_formula_or_a_link(register):
    hostile = replace(register, models=register.models.assign(note="=1+1", place="http://example.vn"))
    for page in opened(form.write(hostile, blank=False)):
        formulas = {cell.column_letter for row in page.iter_rows() for cell in row if cell.data_type == "f"}
        assert formulas == ({"B"} if page.title == "Tiến độ" else set())
        assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("blank", [False, True])
def test_equal_registers_give_equal_bytes(register, blank):
    assert form.write(register, blank=blank) == form.write(register, blank=blank)


def test_the_blank_form_keeps_the_plan_and_is_official(register):
    blank = read(form.write(register, blank=True))
    assert register.plan.sample
    assert blank.plan == replace(register.plan, sample=False)
    for name in ("sections", "units", "tasks", "planned"):
        pd.testing.assert_frame_equal(getattr(blank, name), getattr(register, name))


def test_the_blank_form_names_every_occurrence_and_says_nothing_of_it(register):
    page = opened(form.write(register, blank=True))["Tiến độ"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    expected = list(register.planned[["task", "year"]].itertuples(index=False, name=None))
    assert [(row[0], row[2]) for row in rows] == expected
    assert all(value is None for row in rows for value in row[3:])


def test_the_blank_form_has_no_models(register):
    page = opened(form.write(register, blank=True))["Mô hình"]
    assert all(cell.value is None for row in page.iter_rows(min_row=2) for cell in row)


def test_a_register_without_reports_is_written_too(register):
    empty = replace(register, progress=register.progress.head(0), models=register.models.head(0))
    assert_same(read(form.write(empty, blank=False)), empty)


def test_every_column_of_the_form_stands_under_its_header(book):
    for sheet in SHEETS:
        assert {column.header for column in sheet.columns} <= set(headers(book[sheet.title]))


def test_thong_tin_names_every_key_with_nothing_right_of_its_value(book):
    rows = [[cell.value for cell in row] for row in book["Thông tin"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [key.key for key in INFO_KEYS]
    assert all(len(row) == 2 for row in rows)


def test_the_grey_column_shows_the_short_name_and_without_one_the_words(register):
    page = opened(form.write(register, blank=False), data_only=True)["Tiến độ"]
    shown = {page[f"A{row}"].value: page[f"B{row}"].value for row in range(2, page.max_row + 1)}
    assert shown == {"1": "Quán triệt Đề án", "2.1.1": "Tuyên truyền", "2.10": "Đào tạo cán bộ"}


def test_the_grey_column_uses_no_function_newer_than_excel_2013(book):
    page = book["Tiến độ"]
    formulas = {page[f"B{row}"].value for row in range(2, page.max_row + 1)}
    assert len(formulas) == 1
    assert "_xlfn" not in formulas.pop()


def test_new_rows_get_the_grey_column_by_themselves(book):
    table = book["Tiến độ"].tables["so_progress"]
    assert table.ref == "A1:M5"
    assert table.tableColumns[1].calculatedColumnFormula.attr_text == book["Tiến độ"]["B2"].value.lstrip("=")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_what_is_typed_far_below_keeps_its_form(book, sheet):
    page = book[sheet.title]
    formats = {Kind.DATE: "dd/mm/yyyy", Kind.YEAR: "0", Kind.PERCENT: "General"}
    for column in sheet.columns:
        letter = headers(page)[column.header]
        assert page.column_dimensions[group_of(page, letter)].number_format == formats.get(column.kind, "@")


def group_of(page: Worksheet, letter: str) -> str:
    """The letter under which openpyxl keeps a column that shares width and form with its neighbours."""
    index = openpyxl.utils.column_index_from_string(letter)
    return next(name for name, group in page.column_dimensions.items() if group.min <= index <= group.max)


def test_codes_and_due_days_are_text_cells(book):
    assert (book["Nhiệm vụ"]["A4"].value, book["Nhiệm vụ"]["A4"].number_format) == ("2.10", "@")
    assert (book["Tiến độ"]["D3"].value, book["Tiến độ"]["D3"].number_format) == ("30/11/2023", "@")


def test_dates_are_real_dates_shown_day_first(book):
    cell = book["Tiến độ"]["G2"]
    assert cell.is_date
    assert cell.number_format == "dd/mm/yyyy"


def test_a_share_is_typed_as_a_plain_number(book):
    cell = book["Tiến độ"]["F3"]
    assert (cell.value, cell.number_format) == (50.5, "General")


@pytest.mark.parametrize(
    ("title", "corner"),
    [("Thông tin", "A2"), ("Mục", "B2"), ("Đơn vị", "B2"), ("Nhiệm vụ", "B2"), ("Tiến độ", "D2"), ("Mô hình", "B2")],
)
def test_header_and_keys_stay_in_sight(book, title, corner):
    assert book[title].freeze_panes == corner


def rules(page: Worksheet, header: str) -> list:
    """The checks that hold in a column far below the last row."""
    cell = f"{headers(page)[header]}{FAR_BELOW}"
    return [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]


def listed(book: openpyxl.Workbook, source: str) -> list[str]:
    """The words at which a list's source points."""
    title, cells = source.replace("$", "").split("!")
    return [row[0].value for row in book[title.strip("'")][cells]]


@pytest.mark.parametrize(
    ("title", "header", "words"),
    [
        ("Tiến độ", "Trạng thái", [spellings[0] for spellings in STATUS_WORDS.values()]),
        ("Mô hình", "Lĩnh vực", list(FIELDS)),
        ("Mô hình", "Hình thức", list(FORMS)),
    ],
)
def test_listed_values_are_offered_and_nothing_else_is_taken(book, title, header, words):
    (rule,) = rules(book[title], header)
    assert listed(book, rule.formula1) == words
    assert rule.errorStyle in (None, "stop")


@pytest.mark.parametrize(
    ("title", "header", "source"),
    [
        ("Tiến độ", "Mã nhiệm vụ", "'Nhiệm vụ'!$A$2"),
        ("Nhiệm vụ", "Mã mục", "'Mục'!$A$2"),
    ],
)
def test_codes_are_chosen_from_their_sheet(book, title, header, source):
    (rule,) = rules(book[title], header)
    assert rule.type == "list"
    assert rule.formula1.startswith(f"OFFSET({source},")
    assert rule.errorStyle in (None, "stop")


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Đơn vị", "Gồm các đơn vị"),
        ("Nhiệm vụ", "Phòng tham mưu"),
        ("Nhiệm vụ", "Cơ quan, đơn vị thực hiện"),
        ("Tiến độ", "Phòng tham mưu"),
        ("Mô hình", "Đơn vị phụ trách"),
    ],
)
def test_units_are_offered_but_several_may_be_typed(book, title, header):
    (rule,) = rules(book[title], header)
    assert rule.formula1.startswith("OFFSET('Đơn vị'!$A$2,")
    assert rule.errorStyle == "information"


def test_a_date_in_words_is_not_blocked(book):
    (rule,) = rules(book["Tiến độ"], "Ngày hoàn thành")
    assert (rule.type, rule.errorStyle) == ("date", "information")


def test_the_nature_of_the_figures_is_chosen_from_its_list(book):
    page = book["Thông tin"]
    row = [key.name for key in INFO_KEYS].index("nature") + 2
    (rule,) = (rule for rule in page.data_validations.dataValidation if f"B{row}" in rule.sqref)
    assert listed(book, rule.formula1) == [OFFICIAL, SAMPLE]


def test_no_list_is_written_out_in_its_rule(book):
    sources = [rule.formula1 for page in book for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert sources
    assert not any(source.startswith('"') for source in sources)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_header_explains_itself_in_a_hidden_note(book, sheet):
    page = book[sheet.title]
    for column in sheet.columns:
        note = page[f"{headers(page)[column.header]}1"].comment
        assert (note.text if note else "") == column.help


def test_every_sheet_prints_on_a4_across_with_its_header_on_each_page(book):
    for page in book:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == (0 if page.print_title_rows else None)
        assert "&P" in page.oddFooter.center.text
    assert all(book[title].print_title_rows == "$1:$1" for title in ("Thông tin", *(sheet.title for sheet in SHEETS)))


def model_rows(register: Register, note: str) -> list[str]:
    """The row elements of `Mô hình` as they stand in the file."""
    written = form.write(replace(register, models=register.models.assign(note=note)), blank=False)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return re.findall(r"<row [^>]*>", archive.read("xl/worksheets/sheet6.xml").decode())


def test_rows_are_as_tall_as_their_text_within_what_excel_allows(register):
    short, long, endless = (
        float(re.search(r'ht="([\d.]+)"', model_rows(register, "một dòng dài " * times)[1])[1])
        for times in (1, 20, 500)
    )
    assert short < long < endless <= 409


def test_excel_may_fit_a_row_again_when_it_is_edited(register):
    assert "customHeight" not in "".join(model_rows(register, "một dòng dài " * 20))


def test_the_reader_has_nothing_to_say_about_the_form_itself(register):
    known = {(problem.rule, problem.sheet) for problem in parse(form.write(register, blank=True)).problems}
    assert known == set()


def test_code_name_and_year_stand_together_in_tien_do(book):
    page = book[PROGRESS.title]
    assert [cell.value for cell in page[1]][:3] == ["Mã nhiệm vụ", "Tên nhiệm vụ", "Năm"]
