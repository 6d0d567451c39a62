"""The same workbook back, marked: it reads as before, says what to write at each cell, and can be marked again."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.protection import SheetProtection

from lib.errors import UnreadableWorkbook
from lib.workbook import marked_cells, marked_copy, marked_list, marking, reader
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity
from lib.workbook.sheets import Sheet
from tests import intake
from tests.hostile import files
from tests.hostile.files import binary_cell, binary_row, ods, xlsb
from tests.workbooks import INFO, models, progress, workbook, xlsx

FAULTY = workbook(
    INFO.replace("2026", "năm sau"),
    progress(
        "2.1.1 | 2024! | | Hoàn thàn | 100! | 05/12/2024!",
        "2.1.2 | 2024! | | Hoàn thành | 50%! | 31/02/2024",
        "^ | 2025! | 31/3! | Tạm hoãn | | | #REF!",
        "9.9.9 | 2025! | | Đang thực hiện | | | =1+1",
    ),
    models("Bản sạch | 2024! | Kinh te"),
)


def found_in(data: bytes) -> list[tuple[str, str, str, str]]:
    """Severity, rule, sheet and cell of each problem."""
    problems = reader.parse(data).problems
    return [(problem.severity, problem.rule, problem.sheet, problem.cell) for problem in problems]


def marked(data: bytes, problems: list[Problem] | None = None) -> bytes:
    """The marked copy, made in this process."""
    problems = list(reader.parse(data).problems) if problems is None else problems
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    return marked_copy.marked(data, marked_copy.Order(problems, errors, len(problems) - errors), Limits())


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def changed(data: bytes, change) -> bytes:
    """`data` after `change` was made to its workbook."""
    book = opened(data)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def notes(data: bytes) -> dict[str, str]:
    """`Sheet!cell` -> the note at it."""
    cells = ((sheet, cell) for sheet in opened(data).worksheets for row in sheet.iter_rows() for cell in row)
    return {f"{sheet.title}!{cell.coordinate}": cell.comment.text for sheet, cell in cells if cell.comment}


def links(data: bytes) -> dict[str, str]:
    """What stands in a linked cell of the list -> where the link leads."""
    cells = (cell for row in opened(data).worksheets[0].iter_rows() for cell in row)
    return {cell.value: cell.hyperlink.location for cell in cells if cell.hyperlink}


def listed(data: bytes) -> list[tuple]:
    """The rows of the list below its header."""
    rows = list(opened(data).worksheets[0].values)
    return rows[[row[0] for row in rows].index("STT") + 1 :]


def head(data: bytes) -> list[str]:
    """The sentences above the list."""
    column = [row[0] for row in opened(data).worksheets[0].values]
    return column[: column.index("STT")]


def named(name: str) -> bytes:
    """The ordinary workbook with one faulty row in a sheet of that name."""
    return xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn")).replace("# Tiến độ", f"# {name}"))


def test_the_marked_copy_has_the_same_problems():
    data = xlsx(FAULTY)
    problems = reader.read(data).problems
    assert len(problems) > 5
    assert found_in(marking.mark(data, problems)) == found_in(data)


def test_every_value_reads_as_before():
    data = xlsx(FAULTY)
    before, after = intake.read(data), intake.read(marked(data))
    assert [sheet.name for sheet in after] == [marked_list.TITLE, *(sheet.name for sheet in before)]
    assert [sheet.rows for sheet in after[1:]] == [sheet.rows for sheet in before]


def test_title_rows_and_columns_of_others_do_not_matter():
    text = "# Tiến độ\nUBND TỈNH |\n|\nSTT | Mã nhiệm vụ | Năm | Trạng thái\n1! | 2.1.1 | 2024! | Hoàn thàn\n"
    data = xlsx(workbook(text))
    assert found_in(marked(data)) == found_in(data)
    assert "Tiến độ!D4" in notes(marked(data))


def test_mended_cells_read_clean():
    def mend(book):
        book["Tiến độ"]["D2"] = "Đang thực hiện"

    copy = marked(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn"))))
    assert found_in(changed(copy, mend)) == []


def test_formulas_keep_the_values_they_had():
    def build(book):
        sheet = book.add_worksheet("Số liệu")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", '="a"&"<b>"', None, 'a<b>&"')
        sheet.write_formula("A3", "=1=1", None, True)
        sheet.write_formula("A4", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A5", "=TODAY()", book.add_format({"num_format": "dd/mm/yyyy"}), 45382)
        sheet.write_array_formula("A6:A7", "{=B6:B7*2}", None, 6)
        sheet.write_formula("B6", "=3", None, 3)

    data = intake.written(build)
    before, after = intake.only(data), intake.read(marked(data))[1]
    assert after.rows == before.rows
    assert [row[0] for row in after.rows[:5]] == [2.0, 'a<b>&"', True, "", dt.date(2024, 3, 31)]
    assert (after.errors, after.uncalculated) == ({(3, 0): "#DIV/0!"}, set())
    assert opened(marked(data))["Số liệu"]["A1"].value == "=1+1"


def test_a_formula_that_came_to_an_empty_text_counts_as_calculated():
    data = files.xlsx('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>')
    assert intake.read(marked(data))[1].uncalculated == intake.only(data).uncalculated == set()


def test_a_formula_that_was_never_calculated_stays_so():
    data = xlsx(workbook(progress("2.1.1 | 2024! | | =!")))
    assert [rule for _, rule, _, _ in found_in(marked(data))] == ["not-calculated"]


def test_dates_stay_the_numbers_they_were():
    def build(book):
        sheet = book.add_worksheet("Số liệu")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, serial in enumerate([1, 59.5, 60, 45382.4375, 45382.123456789, 2958465, 9999999999]):
            sheet.write_number(row, 0, serial, day)

    data = intake.written(build)
    assert intake.read(marked(data))[1].rows == intake.only(data).rows


def test_a_workbook_that_counts_days_from_1904_still_does():
    def build(book):
        sheet = book.add_worksheet("Số liệu")
        sheet.write_number(0, 0, 40000, book.add_format({"num_format": "dd/mm/yyyy"}))

    data = changed(intake.written(build), lambda book: setattr(book, "epoch", openpyxl.utils.datetime.MAC_EPOCH))
    assert intake.read(marked(data))[1].rows == intake.only(data).rows


def test_each_problem_has_a_note_and_a_link():
    data = marked(xlsx(FAULTY))
    assert notes(data)["Tiến độ!D2"].startswith(
        f"{marked_cells.HEADINGS[Severity.ERROR]}\n• Cột Trạng thái: “Hoàn thàn”"
    )
    assert links(data)["D2"] == "'Tiến độ'!D2"
    assert {place.partition("!")[2] for place in notes(data)} == set(links(data))


def test_errors_are_red_and_warnings_amber():
    book = opened(marked(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn", "2.1.2 | 2024! | | Tạm hoãn")))))
    sheet = book["Tiến độ"]
    assert sheet["D2"].fill.fgColor.rgb == marked_cells.COLOURS[Severity.ERROR]
    assert sheet["H3"].fill.fgColor.rgb == marked_cells.COLOURS[Severity.WARNING]
    assert sheet["D3"].fill.fill_type is None


def test_several_problems_of_a_cell_share_one_note():
    problems = [
        Problem(Severity.WARNING, "no-schedule", "Tiến độ", "A2", "Điều một."),
        Problem(Severity.ERROR, "bad-year", "Tiến độ", "A2", "Điều hai."),
    ]
    data = marked(xlsx(workbook(progress("2.1.1 | 2024!"))), problems)
    assert notes(data) == {"Tiến độ!A2": f"{marked_cells.HEADINGS[Severity.ERROR]}\n• Điều một.\n• Điều hai."}


def test_the_list_says_what_stands_there_and_what_to_write():
    (row,) = listed(marked(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn")))))
    assert row[:6] == (1, "Lỗi", "Tiến độ", "D2", "Trạng thái", "Hoàn thàn")
    assert "Có phải “Hoàn thành”?" in row[6]


def test_the_list_puts_errors_first_then_follows_the_workbook():
    rows = listed(marked(xlsx(FAULTY)))
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=["Lỗi", "Lưu ý"].index)
    errors = [(row[2], row[3]) for row in rows if row[1] == "Lỗi"]
    assert errors[0][0] == "Thông tin"
    assert [cell for sheet, cell in errors if sheet == "Tiến độ"] == ["D2", "F3", "G4", "A5"]


def test_the_list_counts_keeps_its_header_in_sight_and_fits_the_paper():
    data = marked(xlsx(FAULTY))
    sheet = opened(data).worksheets[0]
    count = sum(row[1] == "Lỗi" for row in listed(data))
    assert head(data)[0].startswith(f"Kiểm tra số liệu: {count} lỗi cần sửa, ")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )


def test_the_list_is_what_opens_and_no_other_sheet_is_selected_with_it():
    book = opened(marked(xlsx(FAULTY)))
    assert book.active.title == marked_list.TITLE
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [marked_list.TITLE]


def test_a_missing_sheet_is_listed_without_a_link():
    data = xlsx(FAULTY.replace("# Mục", "# Phần"))
    row = next(row for row in listed(marked(data)) if row[2] == "Mục")
    assert row[3] == "—"


def test_a_problem_of_a_whole_sheet_leads_to_the_sheet():
    problem = Problem(Severity.ERROR, "duplicate-sheet", "Tiến độ", "", "Có hai trang.")
    assert links(marked(xlsx(workbook()), [problem])) == {"mở trang": "'Tiến độ'!A1"}


@pytest.mark.parametrize("name", ["Tiến độ 'cũ' 2024", "Tiến độ (quý 1)", "Tiến độ 1!A1", 'Tiến độ "mới"'])
def test_links_lead_to_sheets_with_unusual_names(name):
    quoted = "'" + name.replace("'", "''") + "'"
    assert links(marked(named(name)))["D2"] == f"{quoted}!D2"


def test_marking_twice_leaves_one_list_and_one_note():
    once = marked(xlsx(FAULTY))
    twice = marked(once)
    assert [sheet.title for sheet in opened(twice)] == [sheet.title for sheet in opened(once)]
    assert (notes(twice), links(twice), listed(twice)) == (notes(once), links(once), listed(once))


def test_a_mended_cell_loses_its_mark_in_the_next_copy():
    def mend(book):
        book["Tiến độ"]["D2"] = "Đang thực hiện"

    rows = progress("2.1.1 | 2024! | | Hoàn thàn", "2.1.2 | 2024! | | Sắp xong")
    copy = marked(changed(marked(xlsx(workbook(rows))), mend))
    assert list(notes(copy)) == ["Tiến độ!D3"]
    assert opened(copy)["Tiến độ"]["D2"].fill.fill_type is None


def test_with_nothing_to_mark_the_marks_are_taken_off():
    copy = marked(marked(xlsx(FAULTY)), [])
    assert marked_list.TITLE not in opened(copy).sheetnames
    assert notes(copy) == {}


def test_a_list_of_the_same_name_that_is_not_ours_stays():
    data = changed(xlsx(FAULTY), lambda book: book.create_sheet(marked_list.TITLE).append(["Việc của tôi"]))
    titles = opened(marked(marked(data))).sheetnames
    assert titles[0] == f"{marked_list.TITLE} (2)"
    assert titles.count(marked_list.TITLE) == 1


def test_notes_of_others_stay_above_ours():
    def write(book):
        book["Tiến độ"]["D2"].comment = Comment("Đã hỏi phòng.", "Lan")
        book["Tiến độ"]["A1"].comment = Comment("Mã theo kế hoạch.", "Lan")

    data = changed(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn"))), write)
    for copy in (marked(data), marked(marked(data))):
        assert notes(copy)["Tiến độ!A1"] == "Mã theo kế hoạch."
        assert notes(copy)["Tiến độ!D2"].startswith("Đã hỏi phòng.\n\nKiểm tra số liệu")
        assert notes(copy)["Tiến độ!D2"].count("Kiểm tra số liệu") == 1
    assert notes(marked(marked(data), []))["Tiến độ!D2"] == "Đã hỏi phòng."


def test_form_of_the_workbook_stays():
    def decorate(book):
        sheet = book["Tiến độ"]
        sheet["A1"].font, sheet["A1"].fill = Font(bold=True, name="Arial"), PatternFill("solid", fgColor="FF112233")
        sheet.freeze_panes, sheet.column_dimensions["B"].width = "B2", 44
        sheet["D2"].number_format = "@"

    data = changed(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn"))), decorate)
    sheet = opened(marked(data))["Tiến độ"]
    assert (sheet["A1"].font.b, sheet["A1"].font.name, sheet["A1"].fill.fgColor.rgb) == (True, "Arial", "FF112233")
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].width, sheet["D2"].number_format) == ("B2", 44, "@")


def test_white_type_on_a_mark_becomes_black():
    def whiten(book):
        book["Tiến độ"]["D2"].font = Font(color="FFFFFFFF", bold=True)

    data = changed(xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn"))), whiten)
    font = opened(marked(data))["Tiến độ"]["D2"].font
    assert (font.color.rgb, font.b) == ("FF000000", True)


def test_a_problem_in_a_merged_cell_is_marked_where_the_cell_begins():
    data = xlsx(workbook(progress("9.9.9 | 2024! | | Đang thực hiện", "^ | 2025! | | Đang thực hiện")))
    assert list(notes(marked(data))) == ["Tiến độ!A2"]
    inside = [Problem(Severity.ERROR, "bad-year", "Tiến độ", "A3", "Sai.")]
    assert list(notes(marked(data, inside))) == ["Tiến độ!A2"]


def test_a_hidden_sheet_is_told():
    data = changed(named("Tiến độ"), lambda book: setattr(book["Tiến độ"], "sheet_state", "hidden"))
    assert "Trang “Tiến độ” đang ẩn" in head(marked(data))[2]
    assert found_in(marked(data)) == found_in(data)


def test_a_hidden_row_is_told():
    def hide(book):
        book["Tiến độ"].row_dimensions[2].hidden = True

    assert "D2 (đang ẩn)" in links(marked(changed(named("Tiến độ"), hide)))


def test_a_protected_sheet_stays_protected():
    def protect(book):
        book["Tiến độ"].protection = SheetProtection(sheet=True)

    copy = marked(changed(named("Tiến độ"), protect))
    assert opened(copy)["Tiến độ"].protection.sheet is True
    assert list(notes(copy)) == ["Tiến độ!D2"]


def test_text_that_looks_like_a_formula_stays_text():
    copy = marked(xlsx(workbook(progress("2.1.1 | 2024! | | =cmd|x | | | =SUM(A1)"))))
    assert opened(copy)["Tiến độ"]["D2"].data_type == "s"
    assert listed(copy)[0][5] == "=cmd"
    (cell,) = [cell for row in opened(copy).worksheets[0].iter_rows() for cell in row if cell.value == "=cmd"]
    assert cell.data_type == "s"


def test_a_workbook_with_macros_comes_back_without_and_says_so():
    source, target = io.BytesIO(named("Tiến độ")), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            with_macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(plain, with_macros))
        new.writestr("xl/vbaProject.bin", b"macro")
    copy = marked(target.getvalue())
    assert "Bản này không giữ được: macro." in head(copy)[2]
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert found_in(copy) == found_in(named("Tiến độ"))


def test_lost_text_boxes_are_told():
    def build(book):
        book.add_worksheet("Tiến độ").insert_textbox("A1", "Ghi chú treo")

    assert "hộp chữ, hình vẽ" in head(marked(intake.written(build)))[2]


def test_nothing_is_said_where_nothing_is_lost():
    assert len(head(marked(named("Tiến độ")))) == 2


def test_more_problems_than_are_marked_are_counted(monkeypatch):
    monkeypatch.setattr(marking, "MOST_MARKED", 3)
    data = xlsx(
        workbook(progress(*(f"2.1.1 | {year}! | | Tạm hoãn" for year in range(2022, 2027)), "x.1 | 2024! | | Xon"))
    )
    problems = reader.parse(data).problems
    copy = marking.mark(data, problems)
    assert [row[1] for row in listed(copy)] == ["Lỗi", "Lỗi", "Lưu ý"]
    assert f"3 điều đầu tiên trong {len(problems)} điều" in head(copy)[2]


def test_a_file_that_is_no_workbook_is_refused_in_words():
    with pytest.raises(UnreadableWorkbook, match="PDF"):
        marking.mark(b"%PDF-1.7", [])


def test_a_merge_of_millions_is_refused_before_it_is_opened():
    data = changed(xlsx(workbook()), lambda book: book["Mục"].merged_cells.add("A5:ZZ9000"))
    with pytest.raises(UnreadableWorkbook):
        marking.mark(data, [])


# Where the form cannot be kept


def test_a_very_large_workbook_comes_back_with_its_values_alone(monkeypatch):
    monkeypatch.setattr(marked_copy, "MOST_CELLS", 10)
    data = xlsx(FAULTY)
    copy = marked(data)
    assert marked_copy.TOO_LARGE in head(copy)
    assert found_in(copy) == found_in(data)
    assert notes(copy) == notes_with_form(data, monkeypatch)


def notes_with_form(data: bytes, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.undo()
    return notes(marked(data))


def test_a_workbook_that_only_the_reader_understands_comes_back_with_its_values():
    source, target = io.BytesIO(xlsx(FAULTY)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name).replace(b'<patternFill patternType="gray125"', b'<patternFill patternType="gray126"'),
            )
    copy = marked(target.getvalue())
    assert marked_copy.UNUSUAL in head(copy)
    assert found_in(copy) == found_in(xlsx(FAULTY))


def test_values_hidden_below_a_merge_are_not_lost():
    """openpyxl forgets them, and the reader counts them: such a workbook comes back without its form."""
    data = xlsx(workbook(progress("2.1.1 | 2024! | | Hoàn thàn | 50!")))
    source, target = io.BytesIO(data), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if b"Ho&#224;n th&#224;n<" in xml or "Hoàn thàn<".encode() in xml:
                xml = xml.replace(
                    b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="D2:E2"/></mergeCells>'
                )
            new.writestr(name, xml)
    merged = target.getvalue()
    assert [sheet.rows for sheet in intake.read(marked(merged))[1:]] == [sheet.rows for sheet in intake.read(merged)]


@pytest.mark.parametrize("name", ["hidden-facts.xls", "hidden-facts.ods"])
def test_other_formats_come_back_as_xlsx_with_the_same_values(name):
    data = intake.FILES.joinpath(name).read_bytes()
    copy = marked(data)
    before, after = intake.read(data), intake.read(copy)[1:]
    assert all(map(marked_copy._same, before, after))
    assert found_in(copy) == found_in(data)
    assert marked_copy.OLD_FORM in head(copy)


def test_xlsb_comes_back_as_xlsx_with_the_same_values():
    cells = binary_row(0, binary_cell(7, 0, (0).to_bytes(4, "little")), binary_cell(7, 1, (1).to_bytes(4, "little")))
    data = xlsb(cells, strings=["Tên cơ quan", "Ban Dân tộc"])
    copy = marked(data)
    assert intake.read(copy)[1].rows == [["Tên cơ quan", "Ban Dân tộc"]]
    assert found_in(copy) == found_in(data)


def test_an_ods_with_a_faulty_row_is_marked_at_its_cell():
    data = ods('<table:table-row><table:table-cell office:value-type="string"><text:p>=1+1</text:p></table:table-cell>'
               '<table:table-cell table:formula="of:=1+1"/></table:table-row>')  # fmt: skip
    (sheet,) = intake.read(data)
    problem = Problem(Severity.ERROR, "bad-year", sheet.name, "A1", "Sai.")
    copy = marked(data, [problem])
    assert list(notes(copy)) == [f"{sheet.name}!A1"]
    assert opened(copy)[sheet.name]["A1"].data_type == "s"
    assert intake.read(copy)[1].uncalculated == {(0, 1)}


# Any text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def with_text(words: str) -> bytes:
    def build(book):
        sheet = book.add_worksheet("Tiến độ")
        for column, text in enumerate(("Mã nhiệm vụ", "Năm", "Trạng thái", words)):
            sheet.write_string(0, column, text)
        sheet.write_string(1, 2, words)

    return intake.written(build)


def test_a_cell_with_a_mere_space_does_not_cost_the_form():
    assert marked_copy.UNUSUAL not in head(marked(with_text(" ")))


@pytest.mark.parametrize(
    ("one", "other", "same"), [("a", "a", True), ("a", "b", False), (" ", "", True), (1.0, 2.0, False)]
)
def test_sheets_with_other_values_do_not_read_the_same(one, other, same):
    sheets = [Sheet("Mục", [["Mã mục", value]], [], {}, set(), {}, {}) for value in (one, other)]
    assert marked_copy._same(*sheets) is same


@settings(max_examples=40)
@given(TEXT)
def test_any_text_reads_the_same_in_the_copy(words):
    data = with_text(words)
    copy = marked(data)
    assert all(map(marked_copy._same, intake.read(data), intake.read(copy)[1:]))
    assert found_in(copy) == found_in(data)


@settings(max_examples=40)
@given(TEXT)
def test_any_text_reads_the_same_in_a_copy_without_form(words):
    data = with_text(words)
    sheets = intake.read(data)
    copy = marked_copy._plain(sheets, marked_copy.Order(list(reader.parse(data).problems), 1, 0), marked_copy.OLD_FORM)
    assert all(map(marked_copy._same, sheets, intake.read(copy)[1:]))
