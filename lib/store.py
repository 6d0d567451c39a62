"""What is published: the only module that touches the disk.

The workbook in force is `so-theo-doi` (any format that can be read) in the data folder; where there is none, the plan's
own workbook that the product ships.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from lib.errors import DashboardError

PUBLISHED_STEM = "so-theo-doi"
FORMATS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "ke-hoach-2022-2026.xlsx"


@dataclass(frozen=True)
class Version:
    """Which bytes are shown: `digest` is their SHA-256, `label` its first digits as people can read them out.

    `saved_at` is when the file was last saved, None for the workbook the product ships.
    """

    label: str
    digest: str
    file_name: str
    saved_at: dt.datetime | None
    shipped: bool


@dataclass(frozen=True)
class Published:
    """The workbook in force."""

    version: Version
    data: bytes


def current(data_dir: Path) -> Published:
    """The workbook in force; DashboardError where it cannot be opened or where there are several."""
    path = _path(data_dir)
    try:
        data = path.read_bytes()
        saved = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError as error:
        raise DashboardError(
            f"Không mở được tệp số liệu {path.name}. Kiểm tra tệp còn trong thư mục {path.parent} và không bị chương "
            "trình khác khóa, rồi tải lại trang."
        ) from error
    return Published(_version(path, data, saved), data)


def stamp(data_dir: Path) -> tuple[str, int, int]:
    """What tells cheaply whether the file in force is still the same: its path, time and size."""
    path = _path(data_dir)
    try:
        facts = path.stat()
    except OSError:
        return str(path), 0, -1
    return str(path), facts.st_mtime_ns, facts.st_size


def _path(data_dir: Path) -> Path:
    found = [path for form in FORMATS if (path := data_dir / f"{PUBLISHED_STEM}{form}").is_file()]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise DashboardError(f"Thư mục {data_dir} có nhiều tệp số liệu: {names}. Chỉ giữ lại một tệp.")
    return found[0] if found else SHIPPED


def _version(path: Path, data: bytes, saved: dt.datetime) -> Version:
    digest = hashlib.sha256(data).hexdigest()
    shipped = path == SHIPPED
    return Version(f"{digest[:4]}-{digest[4:8]}".upper(), digest, path.name, None if shipped else saved, shipped)
