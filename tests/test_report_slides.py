"""The slides: the scenes' figures in charts that can be edited, sentences in the notes, text that stays text."""

import io

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Emu, Inches

from lib import scenes, status, store, summary
from lib.panels.address import View
from lib.reports import making, slide_blocks, slides
from lib.reports.fields import SAMPLE_LINE
from lib.reports.last_meeting import last_meeting
from lib.reports.making import Material
from lib.reports.slide_parts import Series, chart, lines
from lib.reports.slides import Facts, write_slides
from lib.store import SHIPPED
from lib.words import SHORT_LOOKS, Look, number, rate
from lib.workbook import reader
from lib.workbook.limits import Limits
from tests.reporting import DAY, large, scope
from tests.test_report_outline import EMPTY, ONE, REPORTED
from tests.test_report_word import HOSTILE
from tests.test_store import AT
from tests.workbooks import UNITS, models, register, workbook, xlsx

LINE = "Số liệu chốt đến ngày 25/11/2026; phiên bản 7 (3F9A-21C7)."
MODELS = models("Bản sạch | 2024! | | | | | 01/03/2024! | 20/12/2024!")
KINDS = {"empty": [EMPTY], "one row": [ONE], "ordinary": [REPORTED, MODELS], "300 tasks": large()}


def scenes_of(found) -> list:
    return scenes.scenes(scenes.Material(found, status.occurrences(found, DAY), DAY, View()))


def deck(found) -> Presentation:
    return Presentation(io.BytesIO(write_slides(scenes_of(found), Facts(found.plan, LINE))))


@pytest.fixture(scope="module", params=[*KINDS, "shipped"])
def made(request) -> tuple:
    shipped = request.param == "shipped"
    found = reader.parse(SHIPPED.read_bytes()).register if shipped else register(*KINDS[request.param])
    return found, deck(found)


def texts(slide) -> list[str]:
    """Every text on a slide, cells of tables too."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return found + [cell.text for table in tables for row in table.rows for cell in row.cells]


def everything(presentation) -> str:
    return "\n".join(text for slide in presentation.slides for text in texts(slide))


def charts(presentation) -> list:
    return [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]


def test_slides_are_wide(made):
    _, presentation = made
    assert (presentation.slide_width, presentation.slide_height) == (Inches(13.333), Inches(7.5))


def test_every_scene_has_a_slide_with_its_finding_and_its_sentences_in_the_notes(made):
    found, presentation = made
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    noted = [slide.notes_slide.notes_text_frame.text for slide in presentation.slides if slide.has_notes_slide]
    for scene in scenes_of(found):
        assert any(title == scene.title or title.endswith("…") for title in titles)
        assert any(note.startswith(f"{scene.title}.") and note.endswith(LINE) for note in noted)


def test_the_figures_are_those_of_summary(made):
    found, presentation = made
    counts = summary.figures(found, DAY)["overall"]
    said = everything(presentation)
    if counts["total"]:
        assert rate(counts["completion_rate"]) in said and number(counts["overdue"]) in said
    departments = summary.by_department(status.occurrences(found, DAY), found)
    drawn = [
        plotted for plotted in charts(presentation) if plotted.plots[0].categories[0].startswith("Tất cả các lượt")
    ]
    assert len(drawn) == len(departments)
    for plotted, (_, row) in zip(drawn, departments.iterrows(), strict=True):
        shown = {series.name: series.values[0] for series in plotted.plots[0].series}
        assert sum(shown.values()) == row["total"]
        assert shown.get(SHORT_LOOKS[Look.OVERDUE], 0) == row["overdue"]


def test_the_workbook_behind_a_chart_has_its_figures(made):
    _, presentation = made
    for plotted in charts(presentation):
        sheet = openpyxl.load_workbook(io.BytesIO(plotted.part.chart_workbook.xlsx_part.blob)).active
        columns = list(zip(*sheet.iter_rows(values_only=True), strict=True))
        assert [list(column[1:]) for column in columns[1:]] == [list(one.values) for one in plotted.plots[0].series]


def test_day_version_and_number_stand_on_every_slide_and_that_they_are_samples(made):
    found, presentation = made
    for place, slide in enumerate(presentation.slides, 1):
        said = texts(slide)
        assert any(LINE in text for text in said) and str(place) in said
        assert any(SAMPLE_LINE in text for text in said) == found.plan.sample


def test_nothing_leaves_the_slide(made):
    _, presentation = made
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width + Emu(9525)
            height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + height <= presentation.slide_height + Emu(9525), slide.shapes.title.text_frame.text


def test_a_long_list_goes_on_under_its_title_and_loses_no_row():
    found = register(*large())
    presentation = deck(found)
    wanted = [
        row
        for scene in scenes_of(found)
        for block in scene.blocks
        if isinstance(block, scenes.Table)
        for row in block.rows
    ]
    tables = [shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table]
    listed = [row for table in tables if len(table.columns) < 6 for row in list(table.rows)[1:]]
    more = sum(
        1
        for scene in scenes_of(found)
        for block in scene.blocks
        if getattr(block, "hidden", 0) and hasattr(block, "rows")
    )
    assert len(listed) == len(wanted) + more
    assert any(slide.shapes.title.text_frame.text.endswith("(tiếp)") for slide in presentation.slides)


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if len(text) < 1000], ids=str)
def test_text_of_the_workbook_stays_text(hostile):
    found = register(REPORTED)
    found.tasks.loc[1, "label"] = hostile
    said = everything(deck(found))
    assert " ".join(hostile.split())[:30] in " ".join(said.split())


def test_a_name_that_looks_like_a_formula_is_none_behind_the_chart():
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    names = ["=1+1", "http://x.vn", "+84", "12"]
    chart(slide, slide_blocks.Box(1, 1, 5, 3), names, [Series("=A1", (1, 2, 3, 4), "#000000")], stacked_bars=True)
    sheet = openpyxl.load_workbook(io.BytesIO(charts(presentation)[0].part.chart_workbook.xlsx_part.blob)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.value for cell in cells} == {*names, "=A1"} and {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(("text", "count"), [("", 1), ("ngắn", 1), ("chữ " * 60, 3), ("một\nhai", 2)])
def test_how_many_lines_a_text_takes(text, count):
    assert lines(text, 10, 14) == count


def test_the_slides_tell_what_changed_since_the_last_meeting(kept):
    before = xlsx(workbook(REPORTED.replace("Đang thực hiện | 40", "Chưa thực hiện | 0")))
    draft = store.Draft(before, "so.xlsx", "Cung", AT, "báo cáo tháng", store.Source.UPLOAD)
    store.publish(kept, draft, 1)
    found = scope(REPORTED)
    limits = Limits()
    assert last_meeting(kept, found, limits) is None
    store.record_meeting(kept, AT.date(), "Bình", AT)
    since = last_meeting(kept, found, limits)
    assert since.day == AT.date() and len(since.occurrences) == len(found.occurrences)
    material = Material({}, {}, DAY, AT, 7, lambda: since)
    with_changes = Presentation(io.BytesIO(making.slides(found, material).files[0].data))
    without = Presentation(io.BytesIO(making.slides(found, Material({}, {}, DAY, AT, 7)).files[0].data))
    assert len(with_changes.slides) > len(without.slides)


def test_slides_of_a_year_are_about_that_year():
    material = Material({}, {}, DAY, AT, 7)
    (file,) = making.slides(scope(REPORTED, UNITS, period="2025"), material).files
    assert file.name == "trinh-chieu-2025-20261125-pb7.pptx"
    assert "(2024)" not in everything(Presentation(io.BytesIO(file.data)))


def test_the_cover_names_agency_and_plan():
    found = scope(REPORTED).register
    said = texts(deck(found).slides[0])
    assert {"UBND TỈNH QUẢNG NGÃI", "BAN DÂN TỘC", "Kế hoạch dân vận"} <= set(said)
    assert slides.Facts(found.plan, LINE).data_line in said
