"""Makers of workbook files for tests: broken and hostile ones, and odd ones that are legal.

Each gives bytes. Nothing here needs Excel or LibreOffice.
"""

import struct
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
XLSB_TYPE = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
    ]
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Put parts into a zip file, in their order."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Give the parts of a zip file, in their order."""
    with ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rezipped(data: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """Change parts of a zip file, or add them: to what a function makes of one, to other bytes, or to none at all."""
    parts = unzipped(data)
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name]) if callable(change) else change
    return zipped(parts)


def xlsx(
    cells: str = "",
    *,
    after: str = "",
    strings: Iterable[str] = (),
    formats: Iterable[str | int] = (),
    sheet: str | bytes = "",
    content_type: str = XLSX_TYPE,
    main: str = MAIN,
    extra: dict[str, str | bytes] | None = None,
) -> bytes:
    """Make a workbook with one sheet `Tiến độ` from raw XML.

    `cells` goes inside `<sheetData>`, `after` behind it; or `sheet` is the whole part. Style 0 is plain, styles 1,
    2, ... have the given `formats`: a built-in number or a code of their own.
    """
    whole = sheet or f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{after}</worksheet>'
    return zipped(
        {
            "[Content_Types].xml": _content_types("xl/workbook.xml", content_type),
            "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": _workbook(main),
            "xl/_rels/workbook.xml.rels": _relations(
                [
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "styles", "styles.xml"),
                    ("rId3", "sharedStrings", "sharedStrings.xml"),
                ]
            ),
            "xl/worksheets/sheet1.xml": whole,
            "xl/styles.xml": _styles(list(formats), main),
            "xl/sharedStrings.xml": _shared_strings(strings, main),
        }
        | (extra or {})
    )


def xlsb(records: bytes, *, strings: Iterable[str] = (), formats: Iterable[str | int] = ()) -> bytes:
    """Make a binary workbook with one sheet `Tiến độ`; `records` stand between its beginning and its end."""
    return xlsb_book({"Tiến độ": records}, strings=strings, formats=formats)


def xlsb_book(sheets: dict[str, bytes], *, strings: Iterable[str] = (), formats: Iterable[str | int] = ()) -> bytes:
    """Make a binary workbook of several sheets, each given by its records."""
    begin, end = record(129) + record(148, bytes(16)) + record(145), record(146) + record(130)
    parts = {f"worksheets/sheet{at}.bin": begin + records + end for at, records in enumerate(sheets.values(), 1)}
    related = [(f"rId{at}", "worksheet", part) for at, part in enumerate(parts, 1)]
    related += [("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
    return zipped(
        {
            "[Content_Types].xml": _content_types("xl/workbook.bin", XLSB_TYPE),
            "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": _binary_workbook(list(sheets)),
            "xl/_rels/workbook.bin.rels": _relations(related),
            **{f"xl/{part}": content for part, content in parts.items()},
            "xl/styles.bin": _binary_styles(list(formats)),
            "xl/sharedStrings.bin": _binary_strings(list(strings)),
        }
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """Make one record of a binary workbook: its type and size in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, sizes = len(content), b""
    while True:
        size, low = size >> 7, size & 0x7F
        sizes += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + sizes + content


def binary_row(row: int, *cells: bytes) -> bytes:
    """Make a row (from 0) of a binary sheet."""
    return record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)) + b"".join(cells)


def binary_cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    """Make a cell: kind 3 is an error, 5 a number, 7 a shared string, 9 a formula's number, 11 a formula's error."""
    return record(kind, struct.pack("<II", column, style) + value)


def ods(rows: str, *, styles: str = "", encrypted: bool = False) -> bytes:
    """Make an ods workbook with one sheet `Tiến độ` from raw XML; `styles` are automatic styles."""
    entry = "<encryption-data/>" if encrypted else ""
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f"<manifest><file-entry>{entry}</file-entry></manifest>",
            "styles.xml": f"<office:document-styles {ODS_SPACES}/>",
            "content.xml": f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}"
            '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Tiến độ">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def ole(stream: str) -> bytes:
    """Make the outside of an old Office file whose directory names one stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + stream.encode("utf-16-le").ljust(128, b"\0") + bytes(384)


def giant_dimension() -> bytes:
    """Make a tiny sheet whose two cells lie at the opposite ends of all that Excel can address."""
    return xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def repeated_giant_string() -> bytes:
    """Make a small file with one text of a million letters, used by five thousand cells."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 5001))
    return xlsx(rows, strings=["a" * 1_000_000])


def zip_bomb() -> bytes:
    """Make a workbook with a part of 64 MB of nothing."""
    return xlsx(extra={"xl/media/image1.bin": bytes(64 * 2**20)})


def lying_zip() -> bytes:
    """Make a workbook whose shared strings inflate to 8 MB while its directory speaks of 1 000 bytes."""
    honest = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', extra={"xl/lie.xml": "<a>" + "b" * 8 * 2**20 + "</a>"})
    size = struct.pack("<I", 8 * 2**20 + 7)
    return honest.replace(size, struct.pack("<I", 1_000))


def corrupt_sheet() -> bytes:
    """Make a workbook of which one byte in the packed sheet has changed since it was written."""
    good = bytearray(xlsx("".join(f'<row r="{row}"><c r="A{row}"><v>{row * 7}</v></c></row>' for row in range(1, 300))))
    with ZipFile(BytesIO(good)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    good[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x55
    return bytes(good)


def lock_file() -> bytes:
    """Make the `~$` file that Excel leaves beside a workbook while somebody has it open."""
    name = "Nguyễn Văn A"
    return (bytes([len(name)]) + b"Nguyen Van A".ljust(54) + bytes([len(name), 0]) + name.encode("utf-16-le")).ljust(
        165
    )


def _content_types(part: str, content_type: str) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    )


def _relations(relations: list[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _workbook(main: str) -> str:
    return (
        f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="Tiến độ" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _format_ids(formats: list[str | int]) -> tuple[list[int], dict[int, str]]:
    own = {200 + at: code for at, code in enumerate(formats) if isinstance(code, str)}
    return [0] + [200 + at if isinstance(code, str) else code for at, code in enumerate(formats)], own


def _styles(formats: list[str | int], main: str) -> str:
    ids, own = _format_ids(formats)
    codes = "".join(
        f'<numFmt numFmtId="{key}" formatCode="{code.replace(chr(34), "&quot;")}"/>' for key, code in own.items()
    )
    styles = "".join(f'<xf numFmtId="{key}"/>' for key in ids)
    return f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'


def _shared_strings(strings: Iterable[str], main: str) -> str:
    return f'<sst xmlns="{main}">' + "".join(f"<si><t>{text}</t></si>" for text in strings) + "</sst>"


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_workbook(names: list[str]) -> bytes:
    sheets = [
        record(156, struct.pack("<II", 0, at) + _wide(f"rId{at}") + _wide(name)) for at, name in enumerate(names, 1)
    ]
    return record(131) + record(143) + b"".join(sheets) + record(144) + record(132)


def _binary_styles(formats: list[str | int]) -> bytes:
    ids, own = _format_ids(formats)
    codes = b"".join(record(44, struct.pack("<H", key) + _wide(code)) for key, code in own.items())
    styles = b"".join(record(47, struct.pack("<HH", 0, key) + bytes(12)) for key in ids)
    return (
        record(278)
        + record(615, struct.pack("<I", len(own)))
        + codes
        + record(616)
        + record(617, struct.pack("<I", len(ids)))
        + styles
        + record(618)
        + record(279)
    )


def _binary_strings(strings: list[str]) -> bytes:
    items = b"".join(record(19, b"\0" + _wide(text)) for text in strings)
    return record(159, struct.pack("<II", len(strings), len(strings))) + items + record(160)
