"""Which workbook is in force."""

import hashlib
import shutil

import pytest

from lib import store
from lib.errors import DashboardError


def test_the_plans_own_workbook_where_the_data_folder_has_none(tmp_path):
    found = store.current(tmp_path)
    assert found.version.shipped
    assert found.data == store.SHIPPED.read_bytes()
    assert found.version.saved_at is None


@pytest.mark.parametrize("ending", store.FORMATS)
def test_the_workbook_of_the_data_folder_in_any_format(tmp_path, ending):
    (tmp_path / f"so-theo-doi{ending}").write_bytes(b"bytes")
    found = store.current(tmp_path)
    assert (found.data, found.version.file_name, found.version.shipped) == (b"bytes", f"so-theo-doi{ending}", False)


def test_a_version_is_named_by_what_is_in_it(tmp_path):
    (tmp_path / "so-theo-doi.xlsx").write_bytes(b"bytes")
    digest = hashlib.sha256(b"bytes").hexdigest()
    version = store.current(tmp_path).version
    assert version.digest == digest
    assert version.label == f"{digest[:4]}-{digest[4:8]}".upper()


def test_two_workbooks_in_the_data_folder_are_never_chosen_between(tmp_path):
    for ending in (".xlsx", ".ods"):
        (tmp_path / f"so-theo-doi{ending}").write_bytes(b"bytes")
    with pytest.raises(DashboardError, match=r"so-theo-doi\.xlsx, so-theo-doi\.ods"):
        store.current(tmp_path)


def test_a_changed_file_has_another_stamp(tmp_path):
    path = tmp_path / "so-theo-doi.xlsx"
    stamps = [store.stamp(tmp_path)]
    for content in (b"one", b"longer"):
        path.write_bytes(content)
        stamps.append(store.stamp(tmp_path))
    shutil.copyfile(store.SHIPPED, path)
    stamps.append(store.stamp(tmp_path))
    assert len(set(stamps)) == 4


def test_a_file_that_cannot_be_opened_is_told_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "gone.xlsx")
    with pytest.raises(DashboardError, match=r"gone\.xlsx"):
        store.current(tmp_path)
