"""Zip files that lie, overlap, hide or point elsewhere."""

import io
import stat
import struct
import zipfile
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from tests.hostile import files
from tests.hostile.case import Table, sound, with_part
from tests.hostile.files import unzipped, xlsx, zipped

DAMAGED, TOO_LARGE, PASSWORD, NO_ZIP = "bị hỏng", "giải nén quá lớn", "mật khẩu", "không phải bảng tính"
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
RELATIONS = "xl/_rels/workbook.xml.rels"
table = Table()


def packed(packing: int) -> bytes:
    """The ordinary workbook, every part packed in one way."""
    target = io.BytesIO()
    with ZipFile(target, "w", packing) as archive:
        for name, content in unzipped(sound()).items():
            archive.writestr(name, content)
    return target.getvalue()


def streamed() -> bytes:
    """As programs write to a pipe: sizes and checksums stand behind each part."""

    class Pipe(io.RawIOBase):
        kept = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            self.kept += bytes(data)
            return len(data)

    pipe = Pipe()
    pipe.kept = bytearray()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, content in unzipped(sound()).items():
            archive.writestr(name, content)
    return bytes(pipe.kept)


def zip64() -> bytes:
    """With the sizes of huge files, as some programs always write them."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in unzipped(sound()).items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return target.getvalue()


def overlapping() -> bytes:
    """A thousand names for one part of 4 MB: 4 GB once unpacked."""
    data = xlsx(CELL, extra={"xl/media/a.bin": bytes(4 * 2**20)})
    at = data.rindex(b"PK\x01\x02")
    entry, end = data[at : data.rindex(b"PK\x05\x06")], data.rindex(b"PK\x05\x06")
    copies = b"".join(entry.replace(b"a.bin", b"%05d" % number) for number in range(1_000))
    tail = bytearray(data[end:])
    count = struct.unpack_from("<H", tail, 8)[0] + 1_000
    struct.pack_into("<HH", tail, 8, count, count)
    struct.pack_into("<I", tail, 12, struct.unpack_from("<I", tail, 12)[0] + len(copies))
    return data[:end] + copies + bytes(tail)


def nested() -> bytes:
    """Zip bombs within a zip bomb: only the outer one would ever be opened."""
    inner = zipped({"b.bin": bytes(64 * 2**20)})
    for _ in range(3):
        inner = zipped({f"{number}.zip": inner for number in range(10)})
    return with_part("xl/embeddings/a.zip", inner)


def spoilt_behind_the_cells() -> bytes:
    """A value changed in a part that is not packed: its checksum alone tells, and only to who reads to the end."""
    data = packed(ZIP_STORED)
    return data.replace(b"<t>2026</t>", b"<t>2027</t>", 1)


def renamed(old: str, new: str) -> bytes:
    """The ordinary workbook with a part under another name."""
    return zipped({new if name == old else name: content for name, content in unzipped(sound()).items()})


def link() -> bytes:
    """A part that says it is a link to a file of the server."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in unzipped(sound()).items():
            archive.writestr(name, content)
        info = ZipInfo("xl/media/passwd")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


def flagged(bit: int) -> bytes:
    """A flag set on every part, in the directory and before the parts."""
    data = bytearray(sound())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= bit
            at = data.find(mark, at + 1)
    return bytes(data)


def unnamed() -> bytes:
    """A part whose name is empty."""
    target = io.BytesIO(sound())
    with ZipFile(target, "a") as archive:
        archive.writestr(zipfile.ZipInfo(""), "x")
    return target.getvalue()


def related(old: bytes, new: bytes) -> bytes:
    """The ordinary workbook with its relations changed."""
    return with_part(RELATIONS, lambda xml: xml.replace(old, new))


def without(*parts: str) -> bytes:
    """The ordinary workbook without some parts."""
    return files.rezipped(sound(), dict.fromkeys(parts))


table.refused("a part of 64 MB of nothing", files.zip_bomb, TOO_LARGE)
table.refused("a part that inflates beyond its promise", files.lying_zip, TOO_LARGE)
table.refused("a thousand names for one part", overlapping, TOO_LARGE)
table.accepted("zip bombs within a zip within a part nobody opens", nested)
table.refused("three thousand parts", lambda: xlsx(extra={f"xl/media/{n}.bin": b"" for n in range(3_000)}), TOO_LARGE)
table.accepted("parts that are not packed", lambda: packed(ZIP_STORED))
table.refused("parts packed with bzip2", lambda: packed(ZIP_BZIP2), DAMAGED)
table.refused("parts packed with lzma", lambda: packed(ZIP_LZMA), DAMAGED)
table.accepted("sizes behind the parts", streamed)
table.accepted("sizes of zip64", zip64)
table.accepted("a comment behind the directory", lambda: sound()[:-2] + struct.pack("<H", 5) + b"hello")
table.refused("rubbish before the zip", lambda: b"rubbish" + sound(), NO_ZIP)
table.accepted("a few bytes behind the zip", lambda: sound() + bytes(100))
table.refused("a megabyte behind the zip", lambda: sound() + bytes(2**20), DAMAGED)
table.refused("cut at the end", lambda: sound()[:-30], DAMAGED)
table.refused("cut at the beginning", lambda: sound()[:200], DAMAGED)
table.refused("the first half", lambda: sound()[: len(sound()) // 2], DAMAGED)
table.refused("a byte changed within a packed sheet", files.corrupt_sheet, DAMAGED)
table.refused("a year changed within a stored sheet", spoilt_behind_the_cells, DAMAGED)
table.refused("parts with a password", lambda: flagged(1), PASSWORD)
table.refused("parts of one name but for case", lambda: with_part("XL/Workbook.xml", "<workbook/>"), DAMAGED)
table.refused("a part without a name", unnamed, DAMAGED)
table.accepted("a link to a file of the server", link)
table.accepted("names that lead out of the folder", lambda: with_part("../../../../etc/cron.d/x", "x"))
table.accepted("a name with a drive", lambda: with_part("C:\\Windows\\x.dll", "x"))
table.accepted("a directory among the parts", lambda: with_part("xl/empty/", b""))
table.refused("no content types", lambda: without("[Content_Types].xml"), "tệp nén ZIP")
table.refused("no workbook part", lambda: without("xl/workbook.xml"), DAMAGED)
table.refused("no relations", lambda: without(RELATIONS), DAMAGED)
table.refused("no relations of the package", lambda: without("_rels/.rels"), DAMAGED)
table.refused("a sheet is missing", lambda: without("xl/worksheets/sheet5.xml"), DAMAGED)
table.accepted("no properties", lambda: without("docProps/app.xml", "docProps/core.xml"))
table.refused("a sheet outside the package", lambda: related(b"worksheets/sheet5.xml", b"../../../etc/passwd"), DAMAGED)
table.refused("a sheet on the web", lambda: related(b"/xl/worksheets/sheet5.xml", b"http://x.example/a.xml"), DAMAGED)
table.refused("a sheet that is the workbook itself", lambda: related(b"worksheets/sheet5", b"workbook"), DAMAGED)
table.problems("two sheets in one part", lambda: related(b"worksheets/sheet5", b"worksheets/sheet4"), "Thiếu cột")
table.accepted("names with backslashes", lambda: renamed("xl/styles.xml", "xl\\styles.xml"))
table.refused("styles that are named and not there", lambda: related(b'"styles.xml"', b'"1"'), DAMAGED)
