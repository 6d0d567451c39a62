"""The shared workbook as a file on the office's network: looking at it, reading it whole, replacing it all at once."""

import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lib.errors import DashboardError
from lib.publishing.lock_files import opened_by

TEMPORARY = ".~tam-"
"""How our own half-written files begin: hidden, and no name that an office program gives."""
ZIP, ZIP_END = b"PK", b"PK\x05\x06"
ZIP_END_SIZE, ZIP_COMMENT_LONGEST = 22, 65_535


class ShareGone(DashboardError):
    """The file is not there, or the share does not answer."""


class ShareRefuses(DashboardError):
    """The file is there and cannot be read; the message says why."""


class SharedChanged(DashboardError):
    """The shared file is no longer the one that was looked at."""


@dataclass(frozen=True)
class Look:
    """What a folder says of the file without opening it: time and size, and who has it open ("" for nobody)."""

    changed_ns: int
    size: int
    opened_by: str


def look(path: Path) -> Look:
    """The file's facts. ShareGone or ShareRefuses where there are none to be had."""
    with _told():
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise ShareRefuses("Đường dẫn trong SHARED_WORKBOOK là thư mục, không phải tệp.")
        return Look(facts.st_mtime_ns, facts.st_size, opened_by(path))


def read(path: Path, most: int) -> bytes:
    """The file's bytes, of a larger one only the first `most` + 1. ShareGone or ShareRefuses as in `look`."""
    with _told(), path.open("rb") as file:
        return file.read(most + 1)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise ShareRefuses("Máy chủ chưa có quyền đọc tệp, hoặc một chương trình khác đang giữ tệp.") from error
    except OSError as error:  # networks have many numbers for a share that is away
        raise ShareGone("Không thấy tệp dùng chung.") from error


def whole(data: bytes) -> bool:
    """Whether the bytes may be a file that was written to its end: something is there, and a zip has its end."""
    if not data.startswith(ZIP):
        return bool(data)
    end = data.rfind(ZIP_END, -(ZIP_END_SIZE + ZIP_COMMENT_LONGEST))
    return 0 <= end <= len(data) - ZIP_END_SIZE


def digest_at(path: Path) -> str:
    """The SHA-256 of the file, "" where there is none. OSError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def replace(path: Path, data: bytes, found: str) -> None:
    """Put `data` in the place of the file whose digest is `found` ("" for none), all at once.

    SharedChanged where another file is there by now; OSError where the share does not let us. Whatever happens, the
    file is either as it was or holds all of `data`.
    """
    target = _target(path)
    draft = target.with_name(f"{_mark(target)}{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _give_rights(target, draft)
        if digest_at(target) != found:
            raise SharedChanged("Tệp dùng chung vừa được người khác lưu.")
        draft.replace(target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    _settle(target.parent)


def clear_drafts(path: Path) -> None:
    """Remove what an interrupted `replace` left beside the file."""
    target = _target(path)
    with suppress(OSError):
        for draft in target.parent.glob(f"{_mark(target)}*.tmp"):
            draft.unlink(missing_ok=True)


def keep_copy(path: Path, found: str, folder: Path) -> str:
    """Keep the file whose digest is `found` in `folder`, before it is replaced; the copy's name.

    SharedChanged and OSError as in `replace`.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != found:
        raise SharedChanged("Tệp dùng chung vừa được người khác lưu.")
    copy = folder / f"{found[:8]}-{path.name}"
    folder.mkdir(parents=True, exist_ok=True)
    if digest_at(copy) != found:
        replace(copy, data, digest_at(copy))
    return copy.name


def _target(path: Path) -> Path:
    """The file itself where the path is a link to it: the link stays a link."""
    return path.resolve() if path.is_symlink() else path


def _mark(target: Path) -> str:
    """How our drafts of this one file begin; other files of the folder may be written at the same time."""
    return f"{TEMPORARY}{hashlib.sha256(target.name.encode()).hexdigest()[:8]}-"


def _give_rights(target: Path, draft: Path) -> None:
    """Whoever could open and save the file before can do so afterwards. Windows gives the folder's rights by itself."""
    with suppress(OSError):
        shutil.copymode(target, draft)
        if hasattr(os, "chown"):
            facts = target.stat()
            os.chown(draft, facts.st_uid, facts.st_gid)


def _settle(folder: Path) -> None:
    """See that the new name outlives a power cut, where the system has a way to ask for it (Windows has none)."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network shares cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
