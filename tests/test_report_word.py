"""The Word documents as files: their layout, the figures in them, text that stays text, templates of an office."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from lib import summary, words
from lib.reports import checking, fields, letters, templates, word
from lib.reports.making import TEMPLATE_FILES
from lib.reports.outline import outline
from lib.reports.templates import LETTER_FILE, REPORT_FILE, built_in
from lib.store import SHIPPED
from lib.workbook import reader
from tests.reporting import DAY, large, scope
from tests.test_report_outline import EMPTY, ONE, REPORTED
from tests.workbooks import INFO, progress

ANSWER = DAY.replace(day=30)
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def report(*changed: str, **choices) -> Document:
    return opened(word.fill(REPORT_FILE, fields.report_fields(outline(scope(*changed, **choices)))).data)


def letter(*changed: str, number: int = 0) -> Document:
    found = scope(*changed)
    chosen = letters.letters(found, {}, ANSWER)[number]
    return opened(word.fill(LETTER_FILE, fields.letter_fields(chosen, found)).data)


def opened(data: bytes) -> Document:
    return Document(io.BytesIO(data))


def paragraphs(document) -> list:
    """Every paragraph of the body, those in the cells of the letterhead and the signature too."""
    cells = [cell for table in document.tables for row in table.rows[:2] for cell in row.cells]
    return [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]


def text_of(document) -> str:
    texts = [node.text or "" for node in document.element.body.iter(qn("w:t"), qn("w:br"))]
    return "".join("\n" if node == "" else node for node in texts)


def found(document, start: str):
    return next(one for one in paragraphs(document) if one.text.startswith(start))


def points(paragraph) -> float:
    """The size of its first run, its style's where it has none of its own."""
    style = paragraph.style
    size = paragraph.runs[0].font.size
    while size is None and style is not None:
        size, style = style.font.size, style.base_style
    return size.pt


def bold(paragraph) -> bool:
    own = paragraph.runs[0].bold
    return bool(paragraph.style.font.bold if own is None else own)


def italic(paragraph) -> bool:
    own = paragraph.runs[0].italic
    return bool(paragraph.style.font.italic if own is None else own)


# --- layout ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document():
    return report(REPORTED)


def test_paper_and_margins(document):
    first, *appendices = document.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert [one.orientation for one in appendices] == [WD_ORIENT.LANDSCAPE, WD_ORIENT.LANDSCAPE]
    for section in document.sections:
        top, bottom, left, right = (
            round(getattr(section, f"{side}_margin").mm, 1) for side in ("top", "bottom", "left", "right")
        )
        assert 20 <= top <= 25 and 20 <= bottom <= 25 and 30 <= left <= 35 and 15 <= right <= 20


def test_everything_is_black_times_new_roman(document):
    normal = document.styles["Normal"]
    fonts = normal.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert str(normal.font.color.rgb) == "000000"
    assert {fonts.get(qn("w:ascii")) for fonts in document.element.body.iter(qn("w:rFonts"))} <= {"Times New Roman"}
    assert not list(document.element.body.iter(qn("w:color")))


def test_pages_are_numbered_in_the_top_margin_but_not_the_first(document):
    for section in document.sections:
        assert section.different_first_page_header_footer
        line = section.header.paragraphs[0]
        assert line.alignment == CENTRE and 13 <= line.runs[0].font.size.pt <= 14
        assert "PAGE" in [node.text for node in section.header._element.iter(qn("w:instrText"))]
        assert not list(section.first_page_header._element.iter(qn("w:instrText")))
        assert section.header_distance < section.top_margin
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]


LINES = {
    "UBND TỈNH QUẢNG NGÃI": (12, 13, False, False),
    "BAN DÂN TỘC": (12, 13, True, False),
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (12, 13, True, False),
    "Độc lập - Tự do - Hạnh phúc": (13, 14, True, False),
    "Số:": (13, 13, False, False),
    "Quảng Ngãi, ngày": (13, 14, False, True),
    "BÁO CÁO": (13, 14, True, False),
    "Kết quả thực hiện": (13, 14, True, False),
    "Kính gửi: Ban Dân vận Tỉnh ủy": (13, 14, False, False),
    "KT. TRƯỞNG BAN": (13, 14, True, False),
    "PHÓ TRƯỞNG BAN": (13, 14, True, False),
    "Đỗ Minh Hải": (13, 14, True, False),
    "Phụ lục I": (14, 14, True, False),
    "(Kèm theo Báo cáo số": (13, 14, False, True),
}
"""Start of a centred line: its least and greatest size, whether it is bold, whether it is italic."""


@pytest.mark.parametrize("start", LINES)
def test_a_centred_line_has_the_size_and_weight_of_its_kind(document, start):
    low, high, is_bold, is_italic = LINES[start]
    line = found(document, start)
    assert low <= points(line) <= high
    assert (bold(line), italic(line), line.alignment) == (is_bold, is_italic, CENTRE)


def test_the_body_is_justified_with_a_first_line_and_space_between(document):
    for start in ("Thực hiện Kế hoạch", "Kế hoạch có", "- Nhiệm vụ", "+ Năm", "Trên đây là"):
        line = found(document, start)
        form = line.style.paragraph_format
        assert 13 <= points(line) <= 14 and form.alignment == JUSTIFY
        assert 10 <= form.first_line_indent.mm <= 12.7 and form.space_after.pt >= 6 and 1 <= form.line_spacing <= 1.5


def test_where_it_goes_is_small_and_ends_with_what_is_kept(document):
    head, kept = found(document, "Nơi nhận:"), found(document, "- Lưu:")
    assert (points(head), bold(head), italic(head), points(kept)) == (12, True, True, 11)
    assert kept.text == "- Lưu: VT, TTB."


def test_number_and_date_are_left_to_the_clerk(document):
    for start in ("Số:", "Quảng Ngãi, ngày", "(Kèm theo Báo cáo số"):
        assert not re.search(r"\d", found(document, start).text)


def test_below_agency_motto_and_summary_stands_a_rule(document):
    ruled = [one for one in paragraphs(document) if one._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None]
    assert len(ruled) == 3
    assert all(not one.text and one.paragraph_format.left_indent.mm > 15 for one in ruled)


def test_the_text_ends_as_documents_end(document):
    body = [one.text for one in document.paragraphs if one.text]
    assert body[body.index("Phụ lục I") - 1].endswith("./.")
    assert [one.text for one in letter(REPORTED).paragraphs if one.text][-1].endswith("./.")


def test_a_letter_says_what_it_is_about_under_its_number():
    line = found(letter(REPORTED), "V/v")
    assert 12 <= points(line) <= 13 and line.alignment == CENTRE
    assert line.text == "V/v đôn đốc thực hiện nhiệm vụ quá hạn"


def test_a_table_goes_on_with_its_head_on_the_next_page(document):
    for table in document.tables[-2:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


# --- figures ---------------------------------------------------------------------------------------------------------


def numbers_of(document) -> dict[str, list[str]]:
    """First cell of each row of the table of figures -> its numbers, as they stand in the file."""
    rows = document.tables[-2]._tbl.tr_lst
    cells = [["".join(node.text or "" for node in cell.iter(qn("w:t"))) for cell in row.tc_lst] for row in rows]
    return {first: rest for first, *rest in cells if rest}


SHIPPED_SCOPE = {"empty": [EMPTY], "one row": [ONE], "ordinary": [REPORTED], "300 tasks": large()}


@pytest.mark.parametrize("sheets", SHIPPED_SCOPE.values(), ids=SHIPPED_SCOPE)
def test_the_figures_in_the_file_are_those_of_summary(sheets):
    here = scope(*sheets)
    made = opened(word.fill(REPORT_FILE, fields.report_fields(outline(here))).data)
    check_figures(made, here.register)
    tasks = document_rows(made)
    assert len(tasks) == summary.counts(here.everything)["total"]


def document_rows(document) -> list:
    """The rows of the table of tasks that are a year of a task."""
    return [row for row in document.tables[-1]._tbl.tr_lst[1:] if len(row.tc_lst) > 1]


def check_figures(document, register) -> None:
    figures = summary.figures(register, DAY)
    rows = numbers_of(document)
    groups = {"Toàn bộ": figures["overall"]}
    groups |= {f"Năm {year}": row for year, row in figures["by_year"].items()}
    groups |= figures["by_department"]
    for name, row in groups.items():
        if name != "Toàn bộ" and not row["total"]:
            assert name not in rows
            continue
        expected = [row[key] for key in ("total", "done_on_time", "done_late", "within", "overdue", "suspended")]
        assert rows[name][:6] == [words.number(value) for value in expected]
        assert rows[name][8:] == [words.rate(row["completion_rate"]), words.number(row["longest_overdue_days"])]


def test_the_shipped_figures_are_those_of_summary_and_say_that_they_are_samples():
    register = reader.parse(SHIPPED.read_bytes()).register
    here = type(scope())(register, DAY, scope().period, "phiên bản 1 (5539-1E7A)")
    made = opened(word.fill(REPORT_FILE, fields.report_fields(outline(here))).data)
    check_figures(made, register)
    assert text_of(made).count(fields.SAMPLE_LINE) == 3
    for section in made.sections:
        assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == fields.SAMPLE_LINE


def test_official_figures_say_nothing_of_samples(document):
    assert fields.SAMPLE_LINE not in text_of(document)
    assert {section.footer.paragraphs[0].text for section in document.sections} == {""}


def test_day_and_version_stand_in_the_report_and_in_every_appendix(document):
    assert text_of(document).count("Số liệu chốt đến ngày 25/11/2026; phiên bản 7 (3F9A-21C7).") == 3
    assert text_of(letter(REPORTED)).count("Số liệu chốt đến ngày 25/11/2026; phiên bản 7 (3F9A-21C7).") == 1


def test_a_report_without_recipient_coordinator_or_signer_has_no_gaps():
    bare = opened(word.fill(REPORT_FILE, fields.report_fields(outline(scope(INFO)))).data)
    lines = [one.text for one in paragraphs(bare)]
    assert not [line for line in lines if line.startswith(("Kính gửi", "- Như trên", "KT."))]
    assert "- Lưu: VT." in lines


def test_several_recipients_stand_below_one_another():
    several = INFO + "Cơ quan nhận báo cáo | Ban Dân vận Tỉnh ủy; UBND tỉnh\n"
    lines = [one.text for one in report(several).paragraphs]
    begin = lines.index("Kính gửi:")
    assert lines[begin + 1 : begin + 3] == ["- Ban Dân vận Tỉnh ủy;", "- UBND tỉnh;"]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("KT. TRƯỞNG BAN, PHÓ TRƯỞNG BAN", ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
        ("KT. Trưởng ban\nPhó Trưởng ban", ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
        ("TM. Ủy ban nhân dân, KT. Chủ tịch, Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Chánh Thanh tra, kiêm Phó Trưởng ban", ["CHÁNH THANH TRA, KIÊM PHÓ TRƯỞNG BAN"]),
        ("Trưởng ban", ["TRƯỞNG BAN"]),
        ("", []),
    ],
)
def test_the_signer_stands_on_lines_of_their_own(typed, lines):
    assert fields.signer_lines(typed) == lines


# --- text that stays text ---------------------------------------------------------------------------------------------

HOSTILE = [
    "\"nháy kép\" và 'nháy đơn'",
    '=HYPERLINK("http://x") +1 -1 @SUM(A1)',
    "<b>đậm</b> & <w:p/> &amp; ]]>",
    "{{ co_quan }} {% for x in y %} {# chú thích #} {_{ x }_} {%_ _%}",
    "{%tr for a in b %} {{r x }} {%p endif %}",
    "dòng một\ndòng hai\tcó tab",
    "emoji 😀👩‍👩‍👧 và chữ Hán 漢字",
    "chữ " * 8000,
    "MERGEFIELD PAGE \\* MERGEFORMAT",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_the_workbook_stays_text(hostile):
    found = scope(REPORTED)
    found.register.progress.loc[1, ["result", "document", "difficulty", "proposal"]] = hostile
    made = opened(word.fill(REPORT_FILE, fields.report_fields(outline(found))).data)
    shown = "\n".join(one.text for one in made.paragraphs)
    assert shown.count(hostile.strip()) >= 3
    assert "".join(made.tables[-1]._tbl.itertext()).count(hostile.strip().split("\n")[0][:5000]) >= 2
    assert not list(made.element.body.iter(qn("w:hyperlink"), qn("w:instrText"), qn("w:fldSimple")))


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\ud800", "\uffff"])
def test_characters_that_a_document_cannot_hold_are_left_out(control):
    found = scope(REPORTED)
    found.register.progress["difficulty"] = found.register.progress["difficulty"].astype(object)
    found.register.progress.loc[1, "difficulty"] = f"trước{control}sau"
    made = opened(word.fill(REPORT_FILE, fields.report_fields(outline(found))).data)
    assert "trướcsau" in text_of(made)


def test_names_in_the_letterhead_are_text_too():
    made = report(INFO.replace("Ban Dân tộc", "Ban <i>{{ 7*7 }}</i>"))
    assert found(made, "BAN <I>").text == "BAN <I>{{ 7*7 }}</I>"


# --- templates of an office -------------------------------------------------------------------------------------------


def with_line(file_name: str, line: str) -> bytes:
    """The built-in template with one more paragraph."""
    document = opened(built_in(file_name))
    document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_an_office_may_add_fields_of_the_list():
    own = with_line(REPORT_FILE, "Tỷ lệ: {{ ty_le }}, kỳ {{ ky_bao_cao }}, {{ so_qua_han }} việc")
    made = word.fill(REPORT_FILE, fields.report_fields(outline(scope(REPORTED))), own)
    assert not made.complaint
    assert "kỳ giai đoạn 2022 - 2026" in text_of(opened(made.data))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ ten_phong }}", "trường lạ “ten_phong”"),
        ("{{ kinh_gui[0].ten }}", "trường lạ “ten”"),
        ("{%p for doan in noi_dun %}", "viết sai|trường lạ"),
        ("{{ co_quan }", "viết sai"),
        ("{% if co_quan %}", "viết sai"),
        ("{{ ''.__class__.__mro__ }}", "không được phép"),
        ("{{ co_quan.lower }}", ""),
    ],
)
def test_a_broken_template_is_told_and_the_built_in_one_serves(line, said):
    given = fields.report_fields(outline(scope(REPORTED)))
    made = word.fill(REPORT_FILE, given, with_line(REPORT_FILE, line))
    assert re.search(said, made.complaint)
    assert "BÁO CÁO" in text_of(opened(made.data))


@pytest.mark.parametrize(
    "line",
    [
        "{{ co_quan.__class__.__base__.__subclasses__() }}",
        "{{ co_quan['__class__'] }}",
        "{{ ''['format']('{0.__class__}', co_quan) }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(co_quan) }}",
        "{{ co_quan|attr('__class__') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ kinh_gui.append('x') }}",
        "{% include '/etc/hosts' %}",
        "{% import 'os' as os %}{{ os }}",
        "{% for x in range(99999) %}{% for y in range(99999) %}a{% endfor %}{% endfor %}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 'a'|center(999999999) }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'a'.ljust(999999999) }}",
        "{{ 'a'.replace('a', co_quan) }}",
    ],
)
def test_a_template_runs_nothing_and_fills_no_memory(line):
    document = Document()
    document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(word.BrokenTemplate, match="không được phép|viết sai|trường lạ"):
        word.filled(buffer.getvalue(), {"co_quan": "BAN DÂN TỘC", "kinh_gui": ["Ban Dân vận"]})


@pytest.mark.parametrize("damage", [b"", b"no document", built_in(REPORT_FILE)[:3000]], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_document_is_told(damage):
    made = word.fill(REPORT_FILE, fields.report_fields(outline(scope(REPORTED))), damage)
    assert "không phải văn bản Word" in made.complaint and opened(made.data).tables


def test_a_misplaced_loop_loses_no_text():
    """The library would mend torn XML in silence."""
    own = with_line(REPORT_FILE, "{% for dong in chuc_vu %}a")
    document = opened(own)
    document.add_paragraph("b{% endfor %}")
    buffer = io.BytesIO()
    document.save(buffer)
    made = word.fill(REPORT_FILE, fields.report_fields(outline(scope(REPORTED))), buffer.getvalue())
    assert made.complaint or text_of(opened(made.data)).count("a") > 1


def test_what_is_wrong_with_a_template_is_found_without_a_whole_report():
    own = {REPORT_FILE: with_line(REPORT_FILE, "{{ lạ }}"), LETTER_FILE: built_in(LETTER_FILE)}
    assert list(checking.troubles(own, scope(REPORTED))) == [REPORT_FILE]
    every = {name: built_in(name) for name in TEMPLATE_FILES}
    assert checking.troubles(every, scope(EMPTY)) == {}


@pytest.mark.parametrize("file_name", TEMPLATE_FILES)
def test_the_templates_in_the_data_folder_are_the_built_in_ones(file_name):
    shipped = (SHIPPED.parent / "templates" / file_name).read_bytes()
    assert parts(shipped) == parts(built_in(file_name)), (
        "make them again: python -m lib.reports.templates data/templates"
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_templates_are_made_as_files(tmp_path):
    templates.main(tmp_path / "templates")
    assert sorted(path.name for path in (tmp_path / "templates").iterdir()) == sorted(TEMPLATE_FILES)


def test_every_value_is_a_field_of_the_list_and_every_field_has_a_value():
    here = scope(REPORTED)
    assert set(fields.report_fields(outline(here))) == set(fields.REPORT)
    chosen = letters.letters(here, {}, ANSWER)[0]
    assert set(fields.letter_fields(chosen, here)) == set(fields.LETTER)


def test_a_row_of_the_workbook_with_nothing_but_a_task_makes_a_whole_document():
    assert document_rows(report(ONE, progress()))
