"""Files of other kinds under a workbook's name, and workbooks of the other formats with something wrong in them."""

import struct

from tests.hostile import files, seeds
from tests.hostile.case import Table
from tests.hostile.files import binary_cell, binary_row, lock_file, ods, ole, record, rezipped, xlsb, xlsx, zipped

DAMAGED, FAR, PASSWORD, NO_SHEET = "bị hỏng", "XFD1048576", "mật khẩu", "Thiếu trang"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
FLAT_ODS = b'<?xml version="1.0"?><office:document xmlns:office="x" office:mimetype="a"/>'
CELL = '<table:table-cell office:value-type="float" office:value="1"/>'
ROW = f"<table:table-row>{CELL}</table:table-row>"
CONTENT, DIMENSIONS = "content.xml", b"\x00\x02\x0e\x00"
table = Table()


def old() -> bytes:
    """The ordinary workbook as .xls."""
    return seeds.seed("xls")


def new_ods() -> bytes:
    """The ordinary workbook as .ods."""
    return seeds.seed("ods")


def dimensions(content: bytes) -> bytes:
    """The ordinary .xls in which the first sheet says another size of itself."""
    data = old()
    at = data.index(DIMENSIONS) + len(DIMENSIONS)
    return data[:at] + content + data[at + len(content) :]


def protected() -> bytes:
    """The ordinary .xls whose first record says that the rest is encrypted."""
    at = old().index(b"\x09\x08\x10\x00\x00\x06") + 20
    return old()[:at] + b"\x2f\x00" + old()[at + 2 :]


def one_byte(offset: int) -> bytes:
    """An .xls in which one byte has changed: the cell reader asked for 100 GB."""
    data = bytearray(seeds.KEPT.joinpath("hidden-facts.xls").read_bytes())
    data[offset] = 96
    return bytes(data)


def repeated(rows: str, columns: str) -> bytes:
    """An .ods whose row, and the cell in it, stand for many."""
    cell = CELL.replace("/>", f' table:number-columns-repeated="{columns}"/>')
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


def in_content(old_text: str, new_text: str) -> bytes:
    """The ordinary .ods with its content changed."""
    return rezipped(new_ods(), {CONTENT: lambda xml: xml.replace(old_text.encode(), new_text.encode(), 1)})


def number(value: float) -> bytes:
    """A real number as .xlsb holds it."""
    return struct.pack("<d", value)


refused, problems, accepted = table.refused, table.problems, table.accepted
refused("an empty file", b"", "Tệp trống")
refused("a lock file of Excel", lock_file, "~$")
refused("a workbook with a password", lambda: ole("EncryptedPackage"), PASSWORD)
refused("a Word file of old", lambda: ole("WordDocument"), "văn bản Word", "xls")
refused("a PowerPoint file of old", lambda: ole("PowerPoint Document"), "PowerPoint", "xls")
refused("some other old file of Office", lambda: ole("Something"), "không phải bảng tính", "xls")
refused("an old workbook of nothing but its name", lambda: ole("Workbook"), DAMAGED, "xls")
refused("a Word file", lambda: xlsx(content_type=DOCX), "văn bản Word")
refused("a PowerPoint file", lambda: xlsx(content_type=PPTX), "PowerPoint")
refused(
    "a text of LibreOffice",
    lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "LibreOffice",
    "ods",
)
refused("a zip of a workbook", lambda: zipped({"plan.xlsx": xlsx()}), "giải nén")
refused("a workbook of Numbers", lambda: zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "giải nén")
refused("PDF", b"%PDF-1.7 ...", "PDF")
refused("RTF", b"{\\rtf1 ...}", "RTF")
refused("a picture", b"\x89PNG\r\n\x1a\n", "hình ảnh")
refused("RAR", b"Rar!\x1a\x07", "RAR")
refused("7z", b"7z\xbc\xaf\x27\x1c", "7z")
refused("gzip", b"\x1f\x8b\x08\x00", "gzip")
refused("XML of Excel 2003", XML_2003, "Excel 2003", "xls")
refused("flat XML of LibreOffice", FLAT_ODS, "LibreOffice", "fods")
refused("HTML saved as a workbook", b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table></html>", "HTML", "xls")
refused("an archive of a web page", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "HTML", "xls")
refused("CSV", "Mã;Năm\n1;2022\n".encode(), "CSV")
refused("CSV in UTF-16", "Mã\tNăm\n1\t2022\n".encode("utf-16"), "CSV")
refused("SYLK", b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "CSV", "slk")
for name, begin in {"2": b"\x09\x00\x04\x00", "3": b"\x09\x02\x06\x00", "4": b"\x09\x04\x06\x00"}.items():
    refused(f"Excel {name}", begin + bytes(20), "rất cũ", "xls")
refused("bytes of nothing known", b"\x00\x01\x02\x03" * 50, "không phải bảng tính")
refused("a script", b"#!/bin/sh\nrm -rf /", "không phải bảng tính")
refused("half of an .xls", lambda: old()[: len(old()) // 2], DAMAGED, "xls")
refused("an .xls with a password", protected, PASSWORD, "xls")
refused("an .xls of one byte too many rows", lambda: one_byte(4609), DAMAGED, "xls")
refused("an .xls that ends before it begins", lambda: dimensions(struct.pack("<IIHH", 9, 3, 0, 2)), DAMAGED, "xls")
refused(
    "an .xls of four thousand million rows",
    lambda: dimensions(struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 2)),
    DAMAGED,
    "xls",
)
refused(
    "a cell of .xls whose text there is not",
    lambda: old().replace(bytes.fromhex("fd000a00010006000f003c000000"), bytes.fromhex("fd000a00010006000f00ffffffff")),
    DAMAGED,
    "xls",
)
accepted("an .xls of all rows there can be", lambda: dimensions(struct.pack("<IIHH", 0, 65_536, 0, 256)), kind="xls")
accepted("an .xls that says it is empty", lambda: dimensions(bytes(12)), kind="xls")
refused("half of an .ods", lambda: new_ods()[: len(new_ods()) // 2], DAMAGED, "ods")
refused("an .ods with a password", lambda: ods("", encrypted=True), PASSWORD, "ods")
refused("an .ods without content", lambda: rezipped(new_ods(), {CONTENT: None}), DAMAGED, "ods")
refused("rows and columns of .ods that repeat without end", lambda: repeated("1048576", "16384"), FAR, "ods")
refused("rows of .ods that repeat beyond all counting", lambda: repeated("9" * 30, "1"), DAMAGED, "ods")
refused("rows of .ods that repeat a negative number of times", lambda: repeated("-5", "1"), DAMAGED, "ods")
refused("columns of .ods that repeat a word of times", lambda: repeated("1", "x"), DAMAGED, "ods")
problems(
    "blank rows of .ods to the end",
    lambda: ods(ROW + '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'),
    NO_SHEET,
    "ods",
)
refused(
    "a text of .ods that does not say that it is one",
    lambda: in_content('office:value-type="string" calcext:value-type="string"><text:p>Mã', "><text:p>Mã"),
    DAMAGED,
    "ods",
)
accepted(
    "words of .ods in a drawing on a blank cell",
    lambda: in_content(
        "</table:table-row>",
        "<table:table-cell><draw:custom-shape><text:p>Ghi nhớ</text:p></draw:custom-shape></table:table-cell>"
        "</table:table-row>",
    ),
    kind="ods",
)
refused("an .ods in an encoding nobody knows", lambda: in_content('encoding="UTF-8"', 'encoding="x-y"'), DAMAGED, "ods")
refused(
    "an .ods with a document type",
    lambda: in_content("<office:document-content", "<!DOCTYPE x><office:document-content"),
    "khai báo lạ",
    "ods",
)
problems(
    "an .ods with a day that there is not",
    lambda: in_content('office:date-value="2022-12-05"', 'office:date-value="2022-02-30"'),
    "",
    "ods",
)
refused(
    "an .ods with a number that is none", lambda: in_content('office:value="100"', 'office:value="abc"'), DAMAGED, "ods"
)
accepted(
    "an .ods with a type nobody knows",
    lambda: in_content('office:value-type="float"', 'office:value-type="zz"'),
    "",
    "ods",
)
refused(
    "an .ods with a text of a million letters",
    lambda: ods(ROW.replace("/>", f"><text:p>{'a' * 1_000_000}</text:p></table:table-cell>")),
    "dài 1.000.000",
    "ods",
)
refused(
    "cells at opposite ends of .xlsb",
    lambda: xlsb(binary_row(0, binary_cell(5, 0, bytes(8))) + binary_row(1_048_575, binary_cell(5, 16_383, bytes(8)))),
    FAR,
    "xlsb",
)
refused(
    "a cell of .xlsb beyond all columns",
    lambda: xlsb(binary_row(1_048_575, binary_cell(5, 2**31, bytes(8)))),
    DAMAGED,
    "xlsb",
)
refused("an .xlsb part that ends inside a record", lambda: xlsb(b"\x05\xff\xff\x7f"), DAMAGED, "xlsb")
refused(
    "an .xlsb that refers to a text it has not",
    lambda: xlsb(binary_row(0, binary_cell(7, 0, struct.pack("<I", 99)))),
    DAMAGED,
    "xlsb",
)
refused(
    "an .xlsb text of a million letters",
    lambda: xlsb(binary_row(0, binary_cell(7, 0, bytes(4))), strings=["a" * 1_000_000]),
    "dài 1.000.000",
    "xlsb",
)
problems(
    "records of .xlsb that nobody knows",
    lambda: xlsb(record(16_000, b"x" * 99) + binary_row(0, binary_cell(5, 0, number(1)))),
    NO_SHEET,
    "xlsb",
)
for value in (float("nan"), float("inf"), 1e308, -1e308):
    problems(
        f"{value} in .xlsb", lambda value=value: xlsb(binary_row(0, binary_cell(5, 0, number(value)))), NO_SHEET, "xlsb"
    )
for kind in seeds.KINDS:
    accepted(f"the ordinary workbook as {kind}", lambda kind=kind: seeds.seed(kind), kind=kind)
accepted("an .xls under the name of another kind", old, kind="xlsx")
accepted("an .ods under the name of another kind", new_ods, kind="xls")
accepted(
    "a template of Excel",
    lambda: rezipped(
        seeds.seed("xlsx"),
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                files.XLSX_TYPE.encode(), files.XLSX_TYPE.replace("sheet.main", "template.main").encode()
            )
        },
    ),
    kind="xltx",
)
