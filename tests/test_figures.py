"""Figures: the numbers of the table and no others, one colour and one sign for each look, no tags from a workbook."""

import datetime as dt

import pandas as pd
import pytest

from lib import figures, summary
from lib.status import occurrences
from lib.theme import PAINTS
from lib.words import LOOK_LABELS, Look
from tests.workbooks import register

AS_OF = dt.date(2026, 6, 30)


@pytest.fixture(name="table")
def departments():
    plan = register()
    return summary.by_department(occurrences(plan, AS_OF), plan)


def test_the_pieces_add_up_to_the_table(table):
    figure = figures.composition(table, list(table.index))
    assert sum(count or 0 for trace in figure.data for count in trace.x) == table["total"].sum()


def test_each_piece_is_painted_as_its_look(table):
    figure = figures.composition(table, list(table.index))
    looks = {Look(trace.customdata[0][1]): trace.marker.color for trace in figure.data}
    assert looks == {look: PAINTS[look].fill for look in looks}


def test_a_click_knows_its_row_and_look(table):
    trace = figures.composition(table, list(table.index)).data[0]
    look = next(look for look in Look if table[f"look_{look}"].any())
    assert list(trace.customdata[0]) == [table.index[0], look]


def test_what_hovers_is_vietnamese(table):
    figure = figures.composition(table, list(table.index))
    assert all(LOOK_LABELS[Look(trace.customdata[0][1])] in trace.hovertemplate for trace in figure.data)


def test_a_name_cannot_bring_tags(table):
    figure = figures.composition(table, ["<b>x</b><script>"] * len(table))
    assert all("<script>" not in note.text for note in figure.layout.annotations)


def test_an_empty_comparison_is_an_empty_figure(table):
    assert len(figures.composition(table.head(0), []).data) == 0
    assert figures.composition_alt(table.head(0)) == "Không có lượt nào"


def test_numbers_are_written_the_vietnamese_way(table):
    assert figures.composition(table, list(table.index)).layout.template.layout.separators == ",."


def test_models_are_counted_beside_the_target():
    plan = register()
    table = summary.dan_van_kheo(plan, AS_OF)
    target = figures.model_counts(table).data[-1]
    assert list(target.y) == table["target"].tolist()
    assert figures.model_counts_alt(table).count("chỉ tiêu") == len(table)


def test_names_stand_at_the_row_they_name_whatever_the_code():
    plan = register()
    table = summary.by_section(occurrences(plan, AS_OF), plan)
    notes = figures.composition(table, list(table["name"])).layout.annotations
    names = [(note.y, note.text.split(" · ")[0]) for note in notes if " · " in note.text]
    assert names == list(enumerate(table["name"]))


def test_every_bar_ends_with_its_number(table):
    notes = figures.composition(table, list(table.index)).layout.annotations
    totals = [(note.y, note.x, note.text) for note in notes if " · " not in note.text]
    assert totals == [(place, total, str(total)) for place, total in enumerate(table["total"])]


def test_the_course_is_told_at_its_ends():
    days = [dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (9, 10, 11)]
    table = pd.DataFrame({"at": days, "rate": [0.8, 0.7, 0.9], "overdue": [3, 4, 1], "number": [1, 2, 3]})
    line = figures.course(table).data[0]
    assert list(line.text) == ["80%", "", "90%"]
    assert [point[0] for point in line.customdata] == [1, 2, 3]
