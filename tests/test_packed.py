"""Columns come out of the reading process as they went in, and bytes that make no sense are no column."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.workbook.arrays import array_of
from lib.workbook.packed import Packed, pack_column
from lib.workbook.shape import DAY, LIST, NUMBER, OPTIONAL_WHOLE, TEXT, WHOLE

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
VALUES = {
    TEXT: texts | st.none() | st.just("\0"),
    DAY: days | st.none(),
    NUMBER: st.floats(0, 100) | st.none(),
    WHOLE: st.integers(-(2**62), 2**62),
    OPTIONAL_WHOLE: st.integers(1900, 2199) | st.none(),
    LIST: st.lists(texts, max_size=3),
}


@pytest.mark.parametrize("kind", VALUES)
@given(st.data())
def test_a_column_comes_back_as_pandas_would_have_made_it(kind, data):
    values = data.draw(st.lists(VALUES[kind], max_size=6))
    expected = pd.Series(pd.to_datetime(values) if kind == DAY else values, dtype=kind)
    pd.testing.assert_series_equal(
        pd.DataFrame({"x": array_of(pack_column(values, kind), kind)})["x"].rename(None), expected
    )


def test_rows_that_share_a_list_send_it_once():
    shared = ["Văn phòng"]
    assert pack_column([shared, [], shared], LIST).values == [["Văn phòng"], []]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        pytest.param(Packed(2, b"a\0"), TEXT, id="too few texts"),
        pytest.param(Packed(1, b"a\0b\0"), TEXT, id="too many texts"),
        pytest.param(Packed(1, b"\xff\0"), TEXT, id="no letters"),
        pytest.param(Packed(1, b"a\0b"), TEXT, id="no end"),
        pytest.param(Packed(1, bytes(7)), DAY, id="half a number"),
        pytest.param(Packed(2, bytes(8)), NUMBER, id="too few numbers"),
        pytest.param(Packed(1, (5).to_bytes(8, "little"), [[]]), LIST, id="no such list"),
    ],
)
def test_bytes_that_make_no_sense_are_no_column(column, kind):
    with pytest.raises((ValueError, IndexError)):
        array_of(column, kind)
