"""A zip package (xlsx, xlsm, xlsb, ods) whose promises are checked: each part has the size and the checksum it says."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lib.errors import UnreadableWorkbook
from lib.workbook.limits import Limits

DAMAGED = (
    "Tệp bị hỏng hoặc sao chép, tải về chưa xong nên không đọc được. Hãy mở lại tệp gốc bằng Excel, lưu thành tệp mới "
    "(*.xlsx) rồi chọn tệp mới đó."
)
TOO_LARGE_INSIDE = (
    "Tệp sau khi giải nén quá lớn nên không được mở, để bảo vệ máy chủ. Hãy xóa các hàng, cột trống đã định dạng và "
    "hình ảnh thừa, lưu thành tệp mới (*.xlsx) rồi chọn lại."
)
PROTECTED = (
    "Tệp được đặt mật khẩu nên không đọc được. Hãy mở tệp bằng Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc › "
    "Mã hóa bằng mật khẩu (File › Info › Protect Workbook), xóa mật khẩu, lưu lại rồi chọn lại tệp."
)
UNSAFE_XML = (
    "Tệp chứa khai báo lạ không có trong tệp Excel thông thường nên không được mở, để bảo vệ máy chủ. Hãy mở bằng "
    "Excel, lưu thành tệp mới (*.xlsx) rồi chọn tệp mới đó."
)
CDATA = b"<![CDATA["  # legal XML that no office program writes, and whose text the cell reader silently drops
PIECE = 16 * 1024  # compressed bytes at a time: deflate cannot make more than about 1 000 times as much of them
PROLOG = 64 * 1024
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Package:
    """The parts of one zip file. Raises UnreadableWorkbook as soon as a part breaks a limit or its own directory."""

    def __init__(self, data: bytes, limits: Limits):
        self._data = data
        self._parts = _directory(data, limits)
        self._unread = set(self._parts)

    def find(self, name: str) -> str | None:
        """Give the key of a part, whatever its case or slashes; None when there is none."""
        key = _key(name)
        return key if key in self._parts else None

    def names(self) -> list[str]:
        """List the keys of all parts, in the order of the directory."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Give a whole part; a part that is absent is empty."""
        key = self.find(name)
        return b"".join(self.chunks(key)) if key else b""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Inflate a part piece by piece, and hold it to the size that the directory promised."""
        info = self._parts[key]
        size = checksum = 0
        for chunk in _inflate(_compressed(self._data, info), info):
            if not size:
                _refuse_unsafe_xml(key, chunk)
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            if size > info.file_size:
                raise UnreadableWorkbook(TOO_LARGE_INSIDE)
            yield chunk
        # The cell reader stops behind the last cell, before the checksum could tell it that a byte has changed.
        if size != info.file_size or checksum != info.CRC:
            raise UnreadableWorkbook(DAMAGED)
        self._unread.discard(key)

    def check_prologs(self) -> None:
        """Look at the beginning of every XML part for what no office program writes there."""
        for key, info in self._parts.items():
            first = next(_inflate(_compressed(self._data, info), info), b"")
            _refuse_unsafe_xml(key, first)

    def check_rest(self) -> None:
        """Inflate what nobody has read yet: the cell reader must not be the first to meet a lie about a size."""
        for key in sorted(self._unread):
            for _ in self.chunks(key):
                pass


def _directory(data: bytes, limits: Limits) -> dict[str, ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            every = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableWorkbook(DAMAGED) from error
    if not all(info.filename for info in every):
        raise UnreadableWorkbook(DAMAGED)
    infos = [info for info in every if not info.is_dir()]
    parts = {_key(info.filename): info for info in infos}
    if len(parts) != len(infos):  # two parts of one name: two readers may each see another one
        raise UnreadableWorkbook(DAMAGED)
    _check_sizes(infos, limits)
    return parts


def _check_sizes(infos: list[ZipInfo], limits: Limits) -> None:
    if any(info.flag_bits & 0x1 for info in infos):
        raise UnreadableWorkbook(PROTECTED)
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise UnreadableWorkbook(DAMAGED)
    if len(infos) > limits.zip_entries or sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise UnreadableWorkbook(TOO_LARGE_INSIDE)
    if any(_is_bomb(info, limits) for info in infos):
        raise UnreadableWorkbook(TOO_LARGE_INSIDE)


def _is_bomb(info: ZipInfo, limits: Limits) -> bool:
    return info.file_size > max(limits.ratio_floor_bytes, limits.zip_ratio * info.compress_size)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _compressed(data: bytes, info: ZipInfo) -> memoryview:
    """Find a part's bytes behind its local header, whose name and extra field may differ from the directory's."""
    header = info.header_offset
    name_length = int.from_bytes(data[header + 26 : header + 28], "little")
    extra_length = int.from_bytes(data[header + 28 : header + 30], "little")
    start = header + 30 + name_length + extra_length
    if data[header : header + 4] != b"PK\x03\x04" or start + info.compress_size > len(data):
        raise UnreadableWorkbook(DAMAGED)
    return memoryview(data)[start : start + info.compress_size]


def _inflate(compressed: memoryview, info: ZipInfo) -> Iterator[bytes]:
    pieces = (bytes(compressed[at : at + PIECE]) for at in range(0, len(compressed), PIECE))
    if info.compress_type == ZIP_STORED:
        yield from pieces
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            if chunk := inflater.decompress(piece):
                yield chunk
        if chunk := inflater.flush():
            yield chunk
    except zlib.error as error:
        raise UnreadableWorkbook(DAMAGED) from error


def _refuse_unsafe_xml(key: str, beginning: bytes) -> None:
    """Refuse a document type (entities that unfold into gigabytes) and UTF-16, where one could hide."""
    if not key.endswith((".xml", ".rels")):
        return
    if b"<!doctype" in beginning[:PROLOG].lower() or beginning.startswith(UTF16_MARKS):
        raise UnreadableWorkbook(UNSAFE_XML)
