"""What kind of workbook the bytes are: told by the bytes themselves, never by a file name that anyone can change."""

import re

from lib.errors import UnreadableWorkbook
from lib.workbook.limits import Limits
from lib.workbook.package import PROTECTED, Package

SAVE_AS = (
    "Hãy mở bằng Excel, chọn Tệp › Lưu thành (File › Save As), kiểu “Sổ làm việc Excel (*.xlsx)”, rồi chọn tệp mới đó."
)
ASK_FOR_WORKBOOK = "Hãy chọn tệp bảng tính của kế hoạch (*.xlsx)."
EMPTY = f"Tệp trống, không có nội dung nào. {ASK_FOR_WORKBOOK}"
LOCK_FILE = (
    "Đây là tệp tạm có tên bắt đầu bằng “~$” mà Excel tạo ra khi đang mở bảng tính, không phải bảng tính. Hãy đóng "
    "Excel rồi chọn tệp cùng tên không có “~$”."
)
UNKNOWN = f"Tệp này không phải bảng tính Excel, dù tên có đuôi gì. {ASK_FOR_WORKBOOK}"
UNKNOWN_OLE = f"Tệp này bị hỏng hoặc không phải bảng tính. {SAVE_AS}"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCK_FILE_SIZES = (54, 55, 162, 165)
LONGEST_USER_NAME = 54

CONTENT_TYPES = {
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
    b"application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    b"application/vnd.ms-excel.template.macroenabled.main+xml": "xlsm",
    b"application/vnd.ms-excel.sheet.binary.macroenabled.main": "xlsb",
}
OTHER_OFFICE = {
    b"wordprocessingml": "Tệp này là văn bản Word, không phải bảng tính.",
    b"ms-word.": "Tệp này là văn bản Word, không phải bảng tính.",
    b"presentationml": "Tệp này là bài trình chiếu PowerPoint, không phải bảng tính.",
    b"ms-powerpoint.": "Tệp này là bài trình chiếu PowerPoint, không phải bảng tính.",
}
OTHER_OLE = {
    "WordDocument": "Tệp này là văn bản Word, không phải bảng tính.",
    "PowerPoint Document": "Tệp này là bài trình chiếu PowerPoint, không phải bảng tính.",
}
OTHER_MAGIC = {
    b"%PDF": "Tệp này là tài liệu PDF, không phải bảng tính.",
    b"{\\rtf": "Tệp này là văn bản RTF, không phải bảng tính.",
    b"\x89PNG": "Tệp này là hình ảnh, không phải bảng tính.",
    b"\xff\xd8\xff": "Tệp này là hình ảnh, không phải bảng tính.",
    b"Rar!": "Tệp này là tệp nén RAR. Hãy giải nén trước.",
    b"7z\xbc\xaf": "Tệp này là tệp nén 7z. Hãy giải nén trước.",
    b"\x1f\x8b": "Tệp này là tệp nén gzip. Hãy giải nén trước.",
}
ANCIENT_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
ODS_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)


def inspect(data: bytes, limits: Limits | None = None) -> str:
    """Tell the kind of a workbook: `xlsx`, `xlsm`, `xls`, `xlsb` or `ods`.

    Raises UnreadableWorkbook, with a sentence that says what the file is and what to do, for anything else: too large,
    empty, locked by a password, damaged, or another kind of document under a workbook's name.
    """
    limits = limits or Limits()
    _check_size(data, limits)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data, limits)
    if data.startswith(OLE_MAGIC):
        return _kind_of_ole(data)
    raise UnreadableWorkbook(_what_else(data))


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise UnreadableWorkbook(EMPTY)
    if len(data) > limits.file_bytes:
        raise UnreadableWorkbook(
            f"Tệp lớn hơn mức cho phép là {limits.file_bytes // 2**20} MB. Hãy bỏ hình ảnh và các trang tính không cần "
            "thiết, lưu thành tệp mới rồi chọn lại."
        )


def _kind_of_package(data: bytes, limits: Limits) -> str:
    package = Package(data, limits)
    package.check_prologs()
    if mimetype := package.read("mimetype").strip():
        return _kind_of_open_document(package, mimetype)
    types = package.read("[Content_Types].xml").lower()
    for content_type, kind in CONTENT_TYPES.items():
        if b'"' + content_type + b'"' in types or b"'" + content_type + b"'" in types:
            return kind
    for mark, sentence in OTHER_OFFICE.items():
        if mark in types:
            raise UnreadableWorkbook(f"{sentence} {ASK_FOR_WORKBOOK}")
    if types:
        raise UnreadableWorkbook(UNKNOWN)
    raise UnreadableWorkbook(f"Tệp này là tệp nén ZIP. Hãy giải nén trước. {ASK_FOR_WORKBOOK}")


def _kind_of_open_document(package: Package, mimetype: bytes) -> str:
    if mimetype not in ODS_TYPES:
        raise UnreadableWorkbook(f"Tệp này là tài liệu LibreOffice nhưng không phải bảng tính. {ASK_FOR_WORKBOOK}")
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableWorkbook(PROTECTED)
    return "ods"


def _kind_of_ole(data: bytes) -> str:
    if _has_stream(data, "EncryptedPackage"):
        raise UnreadableWorkbook(PROTECTED)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    for stream, sentence in OTHER_OLE.items():
        if _has_stream(data, stream):
            raise UnreadableWorkbook(f"{sentence} {ASK_FOR_WORKBOOK}")
    raise UnreadableWorkbook(UNKNOWN_OLE)


def _has_stream(data: bytes, name: str) -> bool:
    """Look a stream up in the directory of an OLE file, whose entries begin at multiples of 128 bytes."""
    entry = (name + "\0").encode("utf-16-le")
    at = data.find(entry)
    while at >= 0 and at % 128:
        at = data.find(entry, at + 1)
    return at >= 0


def _what_else(data: bytes) -> str:
    for magic, sentence in OTHER_MAGIC.items():
        if data.startswith(magic):
            return f"{sentence} {ASK_FOR_WORKBOOK}"
    if data.startswith(ANCIENT_EXCEL):
        return f"Tệp này được lưu theo dạng Excel rất cũ (trước năm 1995). {SAVE_AS}"
    if len(data) in LOCK_FILE_SIZES and data[0] <= LONGEST_USER_NAME:
        return LOCK_FILE
    return _what_text(data)


def _what_text(data: bytes) -> str:
    beginning = data[:8192]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = beginning.decode("utf-16", errors="replace").lower()
    else:
        text = beginning.decode("latin-1").lower()
    if "\0" in text:
        return UNKNOWN
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return f"Tệp này là bảng tính XML kiểu Excel 2003, không phải tệp *.xlsx. {SAVE_AS}"
    if "<office:document" in text:
        return f"Tệp này là tài liệu LibreOffice dạng XML, không phải tệp *.xlsx hay *.ods. {SAVE_AS}"
    if re.search(r"<(!doctype html|html|table|head|body)\b|^mime-version:", text):
        return f"Tệp này là trang web (HTML) được đổi tên thành tệp Excel. {SAVE_AS}"
    if re.search(r"[,;\t]", text):
        return f"Tệp này là tệp văn bản kiểu CSV, không phải tệp Excel. {SAVE_AS}"
    return UNKNOWN
