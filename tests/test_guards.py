"""What the bytes are is told by the bytes. The sentence for each wrong kind stands in `tests/hostile/case_kinds.py`."""

from dataclasses import replace

import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook.guards import inspect
from lib.workbook.limits import Limits
from tests.hostile.files import XLSM_TYPE, ods, ole, xlsb, xlsx


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(xlsx(), "xlsx", id="xlsx"),
        pytest.param(xlsx(content_type=XLSM_TYPE), "xlsm", id="xlsm"),
        pytest.param(xlsx(extra={"xl/vbaProject.bin": b"macro"}, content_type=XLSM_TYPE), "xlsm", id="with macros"),
        pytest.param(xlsb(b""), "xlsb", id="xlsb"),
        pytest.param(ods(""), "ods", id="ods"),
        pytest.param(ole("Workbook"), "xls", id="xls"),
        pytest.param(ole("Book"), "xls", id="Excel 95"),
    ],
)
def test_a_workbook_is_told_by_its_bytes(data, kind):
    assert inspect(data) == kind


def test_a_text_cell_that_names_a_stream_does_not_change_the_kind():
    old = bytearray(ole("Workbook") + bytes(1024))
    old[1030:1064] = "EncryptedPackage\0".encode("utf-16-le")
    assert inspect(bytes(old)) == "xls"


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("file_bytes", 1_000, "lớn hơn mức cho phép"),
        ("zip_entries", 3, "quá lớn"),
        ("unpacked_bytes", 1_000, "quá lớn"),
    ],
)
def test_each_limit_is_an_argument(limit, value, said):
    data = xlsx(extra={"docProps/app.xml": "<a/>"})
    assert inspect(data) == "xlsx"
    with pytest.raises(UnreadableWorkbook, match=said):
        inspect(data, replace(Limits(), **{limit: value}))
