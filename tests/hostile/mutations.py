"""A workbook with something wrong in it, told by its format and a number: the same number gives the same bytes."""

import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.hostile import markup, seeds

Change = Callable[[bytes, Random], bytes]
INTERESTING = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1_048_576, 16_384]
NUMBERS = [0.0, -1.0, 1e308, -1e308, 5e-324, float("inf"), float("nan"), 2_958_466.0, 60.0, 0.5, 1e15, 2022.5]


def mutated(kind: str, number: int) -> bytes:
    """The seed of a format with one to three things changed."""
    chance = Random(f"{kind}:{number}")
    data = seeds.seed(kind)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        data = _whole(kind, chance)(data, chance)
    return data


def _whole(kind: str, chance: Random) -> Change:
    if kind == "xls":
        return chance.choice([_in_bytes, _old_record, _old_record, _old_record])
    return chance.choice([_in_bytes, _part, _part, _part, _part, _parts_moved, _directory_lies, _stored_then_spoilt])


# Bytes of any file or part


def _in_bytes(data: bytes, chance: Random) -> bytes:
    if not data:
        return data
    return chance.choice([_flip, _flip, _delete, _double, _swap, _cut, _fill, _integer, _real])(data, chance)


def _flip(data: bytes, chance: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8])):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _chunk(data: bytes, chance: Random) -> tuple[int, int]:
    begin = chance.randrange(len(data))
    return begin, min(len(data), begin + chance.choice([1, 2, 4, 16, 128, 1024]))


def _delete(data: bytes, chance: Random) -> bytes:
    begin, end = _chunk(data, chance)
    return data[:begin] + data[end:]


def _double(data: bytes, chance: Random) -> bytes:
    begin, end = _chunk(data, chance)
    return data[:end] + data[begin:end] * chance.choice([1, 1, 3, 100]) + data[end:]


def _swap(data: bytes, chance: Random) -> bytes:
    begin, end = _chunk(data, chance)
    to = chance.randrange(len(data))
    rest = data[:begin] + data[end:]
    return rest[:to] + data[begin:end] + rest[to:]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _fill(data: bytes, chance: Random) -> bytes:
    begin, end = _chunk(data, chance)
    return data[:begin] + chance.choice([b"\0", b"\xff", b"A", b"<"]) * (end - begin) + data[end:]


def _integer(data: bytes, chance: Random) -> bytes:
    size, code = chance.choice([(2, "<H"), (4, "<I"), (4, "<I"), (1, "B")])
    at = chance.randrange(max(len(data) - size, 1))
    value = chance.choice(INTERESTING) & (256**size - 1)
    return data[:at] + struct.pack(code, value) + data[at + size :]


def _real(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(max(len(data) - 8, 1))
    return data[:at] + struct.pack("<d", chance.choice(NUMBERS)) + data[at + 8 :]


# Records of the binary formats


def _old_record(data: bytes, chance: Random) -> bytes:
    """Something in one record of an .xls stream, which begins at the second sector and lies in one piece."""
    at, found = data.find(b"\x09\x08\x10\x00\x00\x06"), []
    if at < 0:  # an earlier change took the beginning away
        return _in_bytes(data, chance)
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if not kind and not size:
            break
        found.append((at, size))
        at += 4 + size
    if not found:
        return _in_bytes(data, chance)
    at, size = chance.choice(found)
    where = {"kind": (at, 2), "size": (at + 2, 2), "content": (at + 4, max(size, 1))}
    begin, length = where[chance.choice(["kind", "size", "content", "content", "content"])]
    return data[:begin] + _same_length(data[begin : begin + length], chance) + data[begin + length :]


def _same_length(piece: bytes, chance: Random) -> bytes:
    changed = chance.choice([_flip, _fill, _integer, _real, _integer])(piece, chance)
    return (changed + piece)[: len(piece)]


def _records(data: bytes, chance: Random) -> bytes:
    """One record of an .xlsb part removed, doubled, moved, or changed within."""
    found, at = [], 0
    while at < len(data):
        begin, at = at, at + (2 if data[at] & 0x80 else 1)
        size = shift = 0
        while at < len(data):
            size |= (data[at] & 0x7F) << shift
            at, shift, more = at + 1, shift + 7, data[at] & 0x80
            if not more:
                break
        found.append((begin, at, min(at + size, len(data))))
        at += size
    begin, content, end = chance.choice(found)
    whole = data[begin:end]
    other = chance.choice(found)[0]
    changes = [b"", whole * 2, whole + data[other : other + 40]]
    if end > content:
        changes += [data[begin:content] + _same_length(data[content:end], chance)] * 4
    return data[:begin] + chance.choice(changes) + data[end:]


# Parts of a package


def _part(data: bytes, chance: Random) -> bytes:
    parts = _open(data)
    if not parts:
        return data
    name = chance.choice(list(parts))
    if name.endswith(".bin"):
        change = chance.choice([_in_bytes, _records, _records, _records])
    else:
        change = chance.choice([_in_bytes, *[markup.changed] * 4])
    if parts[name]:
        parts[name] = change(parts[name], chance)
    return _close(list(parts.items()), chance)


def _parts_moved(data: bytes, chance: Random) -> bytes:
    """A part removed, emptied, doubled, renamed, or given the content of another one, of this format or another."""
    parts = list(_open(data).items())
    if not parts:
        return data
    at = chance.randrange(len(parts))
    name, content = parts[at]
    other = chance.choice(list(_open(seeds.seed(chance.choice(["xlsx", "xlsb", "ods"]))).items()))
    names = [name.upper(), "/" + name, name.replace("/", "\\"), "../" + name, name + "\0x", other[0], "x" * 300, ""]
    parts[at : at + 1] = chance.choice(
        [[], [(name, b"")], [(name, content)] * 2, [(chance.choice(names), content)], [(name, other[1])], [other]]
    )
    return _close(parts, chance)


def _stored_then_spoilt(data: bytes, chance: Random) -> bytes:
    """Parts that are not packed, with a byte changed since: only their checksums tell."""
    parts = _open(data)
    stored = _close(list(parts.items()), chance, ZIP_STORED)
    return _in_bytes(stored, chance)


def _directory_lies(data: bytes, chance: Random) -> bytes:
    """One field of the zip directory or of a part's own header."""
    mark, fields = chance.choice(
        [
            (b"PK\x01\x02", [(4, 2), (6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (42, 4)]),
            (b"PK\x03\x04", [(4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)]),
            (b"PK\x05\x06", [(4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)]),
        ]
    )
    places = [at for at in range(len(data) - 4) if data[at : at + 4] == mark]
    if not places:
        return data
    offset, size = chance.choice(fields)
    at = chance.choice(places) + offset
    old = int.from_bytes(data[at : at + size], "little")
    value = chance.choice([0, 1, old + 1, max(old - 1, 0), old * 2, 256**size - 1]) % 256**size
    return data[:at] + value.to_bytes(size, "little") + data[at + size :]


def _open(data: bytes) -> dict[str, bytes]:
    """The parts of a package; none where an earlier change left no package."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # noqa: BLE001 - whatever zipfile makes of a file that was spoilt on purpose
        return {}


def _close(parts: list[tuple[str, bytes]], chance: Random, packing: int | None = None) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts:
            info_packing = packing if packing is not None else chance.choice([ZIP_STORED, ZIP_DEFLATED])
            _write(archive, name, content, info_packing)
    return target.getvalue()


def _write(archive: ZipFile, name: str, content: bytes, packing: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there already, which is wanted
        archive.writestr(ZipInfo(name), content, packing)
