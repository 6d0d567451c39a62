"""The shared workbook as a file on the office's network: reading it, seeing who has it open, replacing it at once."""

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lib.errors import DashboardError

TEMPORARY = ".~tam-"
"""How our own half-written files begin: hidden, and no name that an office program gives."""


class SharedChanged(DashboardError):
    """The shared file is no longer the one that may be replaced."""


@dataclass(frozen=True)
class Look:
    """What a folder says of the file without opening it: time and size, and who has it open ("" for nobody)."""

    changed_ns: int
    size: int
    opened_by: str


def look(path: Path) -> Look | None:
    """The file's facts; None where the file or the share is not there. OSError where it may not be looked at."""
    try:
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Look(facts.st_mtime_ns, facts.st_size, opened_by(path))


def opened_by(path: Path) -> str:
    """Who has the file open in Excel, WPS or LibreOffice, as far as their lock files say; "" where nobody has."""
    excel, libre = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    # Excel cuts long names: the first two letters give way to its mark.
    for lock in (excel, path.with_name(f"~${path.name[2:]}")):
        if lock.is_file():
            return _excel_owner(lock) or "máy khác"
    if libre.is_file():
        with suppress(OSError):
            return libre.read_text(encoding="utf-8", errors="replace").split(",")[0].strip() or "máy khác"
        return "máy khác"
    return ""


def _excel_owner(lock: Path) -> str:
    """The name in Excel's lock file: a length, then so many letters. Not every system lets it be read."""
    try:
        data = lock.read_bytes()
    except OSError:
        return ""
    name = data[1 : 1 + data[0]].decode("cp1258", errors="replace").strip() if data else ""
    return name if name.isprintable() else ""


def digest_at(path: Path) -> str:
    """The SHA-256 of the file, "" where there is none. OSError where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def replace(path: Path, data: bytes, may_replace: str) -> None:
    """Put `data` in the place of the file whose digest is `may_replace`, all at once.

    SharedChanged where the file is another one by now; OSError where the share does not let us. Whatever happens, the
    file is either as it was or holds all of `data`.
    """
    draft = path.with_name(f"{TEMPORARY}{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if digest_at(path) not in (may_replace, ""):
            raise SharedChanged("Tệp dùng chung vừa được người khác lưu.")
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """See that the new name outlives a power cut, where the system has a way to ask for it (Windows has none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network shares cannot
            os.fsync(handle)
    finally:
        os.close(handle)


def clear_drafts(path: Path) -> None:
    """Remove what an interrupted `replace` left beside the file."""
    with suppress(OSError):
        for draft in path.parent.glob(f"{TEMPORARY}*.tmp"):
            draft.unlink(missing_ok=True)
