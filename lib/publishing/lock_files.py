"""Who has a workbook open, by the lock files that office programs put beside it."""

import re
from pathlib import Path

SOMEBODY = "một máy khác"
LONGEST_NAME = 60
MOST_BYTES = 1024
# Excel's and WPS' lock file: a length and the name in the old letters, then at 55 the same in Unicode.
UNICODE_AT = 55


def opened_by(path: Path) -> str:
    """Who has the file open in Excel, WPS or LibreOffice; "" where nobody has. OSError where nobody can tell."""
    name = path.name
    # Some programs let their mark take the place of the first two letters.
    marks = [(f"~${name}", _excel_owner), (f"~${name[2:]}", _excel_owner), (f".~lock.{name}#", _libre_owner)]
    for lock, owner in marks:
        if path.with_name(lock).is_file():
            return _shown(owner(_content(path.with_name(lock)))) or SOMEBODY
    return ""


def _content(lock: Path) -> bytes:
    """The program that made the file may keep others from reading it; b"" then."""
    try:
        with lock.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        return b""


def _excel_owner(data: bytes) -> str:
    if len(data) > UNICODE_AT + 2 and data[UNICODE_AT]:
        start = UNICODE_AT + 2
        return data[start : start + 2 * data[UNICODE_AT]].decode("utf-16-le", errors="replace")
    return data[1 : 1 + data[0]].decode("cp1258", errors="replace") if data else ""


def _libre_owner(data: bytes) -> str:
    """The name that the person gave, else the account, else the machine."""
    parts = re.split(r"(?<!\\),", data.decode("utf-8", errors="replace"))
    return next((part.replace("\\", "") for part in parts[:3] if part.strip()), "")


def _shown(name: str) -> str:
    name = name.strip("\0 \r\n\t")[:LONGEST_NAME]
    return name if name.isprintable() and "\ufffd" not in name else ""
