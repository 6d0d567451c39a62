"""The workbook before anything was published: `so-theo-doi` (any format that can be read) in the data folder; where
there is none, the plan's own workbook that the product ships.
"""

from dataclasses import dataclass
from pathlib import Path

from lib.errors import DashboardError
from lib.store.troubles import StoreUnavailable

PUBLISHED_STEM = "so-theo-doi"
FORMATS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SHIPPED = Path(__file__).resolve().parents[2] / "data" / "ke-hoach-2022-2026.xlsx"


_seen: dict[Path, str] = {}
"""The office's own file in each data folder, once it was there: when it has gone, what is shipped must not take its
place on the screens."""


@dataclass(frozen=True)
class Starting:
    """A file's name and bytes."""

    file_name: str
    data: bytes


def current(data_dir: Path) -> Starting:
    """The starting workbook; StoreUnavailable where it cannot be opened or has gone, DashboardError where there are
    several."""
    path = _path(data_dir)
    try:
        return Starting(path.name, path.read_bytes())
    except OSError as error:
        raise StoreUnavailable(
            f"Không mở được tệp số liệu {path.name}. Kiểm tra tệp còn trong thư mục {path.parent} và không bị chương "
            "trình khác khóa, rồi tải lại trang."
        ) from error


def stamp(data_dir: Path) -> tuple[str, int, int]:
    """What tells cheaply whether the starting workbook is still the same: its path, time and size."""
    path = _path(data_dir)
    try:
        facts = path.stat()
    except OSError:
        return str(path), 0, -1
    return str(path), facts.st_mtime_ns, facts.st_size


def _path(data_dir: Path) -> Path:
    try:
        found = [path for form in FORMATS if (path := data_dir / f"{PUBLISHED_STEM}{form}").is_file()]
    except OSError as error:
        raise StoreUnavailable(_OUT_OF_SIGHT.format(data_dir)) from error
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise DashboardError(f"Thư mục {data_dir} có nhiều tệp số liệu: {names}. Chỉ giữ lại một tệp.")
    if found:
        _seen[data_dir] = found[0].name
    elif data_dir in _seen:
        raise StoreUnavailable(_GONE.format(_seen[data_dir], data_dir))
    return found[0] if found else SHIPPED


_OUT_OF_SIGHT = "Không mở được thư mục số liệu {}. Kiểm tra ổ đĩa còn nối và quyền đọc, rồi tải lại trang."
_GONE = (
    "Tệp số liệu {} không còn trong thư mục {}. Nối lại ổ đĩa hoặc trả tệp về chỗ cũ; nếu chủ ý bỏ tệp đó, khởi động "
    "lại chương trình."
)
