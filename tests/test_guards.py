"""What the bytes are is told by the bytes, and every wrong kind gets its own sentence."""

from dataclasses import replace

import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook.guards import inspect
from lib.workbook.limits import Limits
from tests.hostile.files import (
    XLSM_TYPE,
    corrupt_sheet,
    lock_file,
    ods,
    ole,
    xlsb,
    xlsx,
    zip_bomb,
    zipped,
)

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "^Tệp trống", id="empty"),
        pytest.param(lock_file(), "~\\$", id="lock file"),
        pytest.param(ole("EncryptedPackage"), "mật khẩu.*xóa mật khẩu", id="password"),
        pytest.param(ods("", encrypted=True), "mật khẩu", id="ods with password"),
        pytest.param(ole("WordDocument"), "văn bản Word", id="doc"),
        pytest.param(ole("PowerPoint Document"), "PowerPoint", id="ppt"),
        pytest.param(ole("Something"), "không phải bảng tính", id="other old Office file"),
        pytest.param(xlsx(content_type=DOCX_TYPE), "văn bản Word", id="docx"),
        pytest.param(xlsx(content_type=PPTX_TYPE), "PowerPoint", id="pptx"),
        pytest.param(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "LibreOffice", id="odt"),
        pytest.param(zipped({"plan.xlsx": xlsx()}), "giải nén", id="zip of a workbook"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="pdf"),
        pytest.param(b"{\\rtf1 ...}", "RTF", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "hình ảnh", id="png"),
        pytest.param(b"Rar!\x1a\x07", "RAR", id="rar"),
        pytest.param(XML_2003, "Excel 2003.*Lưu thành", id="xml of Excel 2003"),
        pytest.param(b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table></html>", "HTML.*Lưu thành", id="html"),
        pytest.param("Mã;Năm\n1;2022\n".encode(), "CSV.*Lưu thành", id="csv"),
        pytest.param("Mã\tNăm\n1\t2022\n".encode("utf-16"), "CSV.*Lưu thành", id="csv in UTF-16"),
        pytest.param(b"\x09\x04\x06\x00\x00\x00\x10\x00", "rất cũ.*Lưu thành", id="Excel 4"),
        pytest.param(b"\x00\x01\x02\x03" * 50, "không phải bảng tính", id="anything else"),
        pytest.param(xlsx()[:-30], "bị hỏng", id="truncated at the end"),
        pytest.param(xlsx()[:200], "bị hỏng", id="truncated at the beginning"),
        pytest.param(corrupt_sheet(), "bị hỏng", id="a byte changed"),
        pytest.param(zip_bomb(), "quá lớn", id="zip bomb"),
        pytest.param(xlsx("<!-- -->", sheet="<!DOCTYPE x []><worksheet/>"), "khai báo lạ", id="document type"),
        pytest.param(xlsx(sheet='<?xml version="1.0"?><!doctype x><a/>'.encode("utf-16")), "khai báo lạ", id="UTF-16"),
    ],
)
def test_what_is_no_workbook_is_named_with_what_to_do(data, said):
    with pytest.raises(UnreadableWorkbook, match=f"(?s){said}"):
        inspect(data)


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


def test_two_parts_of_one_name_are_refused():
    data = xlsx(extra={"XL/Workbook.xml": "<workbook/>"})
    with pytest.raises(UnreadableWorkbook, match="bị hỏng"):
        inspect(data)
