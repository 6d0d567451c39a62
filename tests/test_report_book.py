"""The workbook to take away: its figures, its charts, and that it can be uploaded again without loss."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from lib import summary
from lib.reports import book
from lib.reports.scope import Scope
from lib.reports.tables import FIGURE_HEADERS
from lib.store import SHIPPED
from lib.workbook import reader
from lib.workbook.shape import TABLES
from tests.reporting import DAY, large, scope
from tests.test_report_outline import EMPTY, ONE, REPORTED
from tests.test_report_word import HOSTILE
from tests.workbooks import models

MODELS = models("Bản sạch | 2024! | | | VP | Xã A | 01/03/2024! | 20/12/2024! | Tốt | Cấp tỉnh")
KINDS = {"empty": [EMPTY], "one row": [ONE], "ordinary": [REPORTED, MODELS], "300 tasks": large()}


@pytest.fixture(scope="module", params=[*KINDS, "shipped"])
def made(request) -> tuple[Scope, bytes]:
    if request.param == "shipped":
        register = reader.parse(SHIPPED.read_bytes()).register
        found = Scope(register, DAY, scope().period, "phiên bản 1 (5539-1E7A)")
    else:
        found = scope(*KINDS[request.param])
    return found, book.write(found)


def same(first, second) -> None:
    assert first.plan == second.plan
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_it_is_uploaded_again_without_loss(made):
    found, data = made
    again = reader.parse(data)
    assert again.register is not None, again.errors
    same(again.register, found.register)


def test_its_figures_are_those_of_summary(made):
    found, data = made
    sheet = openpyxl.load_workbook(io.BytesIO(data))[book.SHEET]
    # From the bottom: the years of models below bear the names of the years of tasks.
    rows = {row[0]: row[1:] for row in reversed(list(sheet.iter_rows(min_row=6, values_only=True)))}
    figures = summary.figures(found.register, DAY)
    groups = {"Toàn bộ": figures["overall"], **figures["by_department"]}
    groups |= {f"Năm {year}": row for year, row in figures["by_year"].items() if row["total"]}
    for name, row in groups.items():
        expected = ["—" if row[key] is None else row[key] for key in FIGURE_HEADERS]
        assert list(rows[name][: len(expected)]) == expected


def test_its_models_are_those_of_summary(made):
    found, data = made
    sheet = openpyxl.load_workbook(io.BytesIO(data))[book.SHEET]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if row[0] == "Dân vận khéo")
    for row, (year, expected) in zip(
        rows[top + 1 :], summary.figures(found.register, DAY)["dan_van_kheo"].items(), strict=True
    ):
        keys = ("target", "registered", "registered_on_time", "evaluated")
        assert row[:5] == (f"Năm {year}", *(expected[key] for key in keys))


def test_day_and_version_stand_on_both_sheets_and_that_they_are_samples(made):
    found, data = made
    opened = openpyxl.load_workbook(io.BytesIO(data))
    for name in (book.SHEET, book.CHARTS):
        lines = [cell.value for cell in opened[name]["A"][:4]]
        assert found.data_line in lines
        assert (book.SAMPLE_LINE in lines) == found.plan.sample


def charts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
        return [archive.read(name).decode() for name in names]


def test_its_charts_are_drawn_from_the_cells_beside_them():
    data = book.write(scope(REPORTED, MODELS))
    drawn = charts(data)
    assert len(drawn) == 4  # years, sections, departments, models
    sheet = openpyxl.load_workbook(io.BytesIO(data))[book.SHEET]
    for chart in drawn:
        ranges = re.findall(r"<c:f>'Tổng hợp số liệu'!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)</c:f>", chart)
        assert ranges
        for column, first, last in ranges:
            values = [sheet[f"{column}{row}"].value for row in range(int(first), int(last) + 1)]
            assert all(value is not None for value in values)


def test_nothing_in_it_is_a_formula_but_the_names_of_tasks():
    data = book.write(scope(REPORTED))
    opened = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in opened:
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not formulas or sheet.title == "Tiến độ"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if len(text) < 32000], ids=str)
def test_text_of_the_workbook_stays_text(hostile):
    found = scope(REPORTED)
    found.register.progress.loc[1, ["result", "document"]] = hostile
    again = reader.parse(book.write(found))
    assert again.register.progress.loc[1, "result"] == hostile.strip()
