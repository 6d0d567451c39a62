"""The workbook before anything was published."""

import pytest

from lib.errors import DashboardError
from lib.store import starting


def test_without_a_file_of_its_own_the_product_shows_the_plan_it_ships(tmp_path):
    found = starting.current(tmp_path)
    assert (found.file_name, found.data) == (starting.SHIPPED.name, starting.SHIPPED.read_bytes())


@pytest.mark.parametrize("ending", starting.FORMATS)
def test_a_file_in_the_data_folder_comes_first(tmp_path, ending):
    (tmp_path / f"so-theo-doi{ending}").write_bytes(b"bytes")
    found = starting.current(tmp_path)
    assert (found.data, found.file_name) == (b"bytes", f"so-theo-doi{ending}")


def test_two_files_are_refused(tmp_path):
    for ending in (".xlsx", ".ods"):
        (tmp_path / f"so-theo-doi{ending}").write_bytes(b"bytes")
    with pytest.raises(DashboardError, match=r"so-theo-doi\.xlsx, so-theo-doi\.ods"):
        starting.current(tmp_path)


def test_the_stamp_tells_when_the_file_changes(tmp_path):
    path = tmp_path / "so-theo-doi.xlsx"
    stamps = [starting.stamp(tmp_path)]
    for content in (b"one", b"three"):
        path.write_bytes(content)
        stamps.append(starting.stamp(tmp_path))
    assert len(set(stamps)) == 3


def test_a_file_that_cannot_be_opened_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "SHIPPED", tmp_path / "gone.xlsx")
    with pytest.raises(DashboardError, match=r"gone\.xlsx"):
        starting.current(tmp_path)
