"""What an office may change without touching the program: one table, `Settings`.

Each value comes from the command line of `run.py` (host and port only), else from the environment, else from
`settings.toml` beside `run.py`, else from the default. The guide lists the same names; `python -m lib.settings` prints
the values in force as JSON (`run.py` asks it where to serve).
"""

import difflib
import ipaddress
import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lib.errors import DashboardError
from lib.text import plain

ROOT = Path(__file__).resolve().parent.parent
FILE_NAME = "settings.toml"
OPEN, SIGNED_IN = "mo", "dang-nhap"
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


class SettingError(DashboardError):
    """A setting that cannot be used; the message names it, where it came from and what is accepted."""


@dataclass(frozen=True)
class Kind:
    """How one kind of value is read. `read` raises ValueError for a value that is not `accepted`; a `secret` one is
    never repeated in a message."""

    read: Callable[[Any], Any]
    accepted: str
    secret: bool = False


def _text(value: Any) -> str:
    """The value as trimmed text; ValueError when it is no text, is empty or could not be part of a path."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(value)
    return value.strip()


def _host(value: Any) -> str:
    """An IP address or a computer's name."""
    text = _text(value)
    if re.fullmatch(r"[0-9.]+|.*:.*", text):
        return str(ipaddress.ip_address(text))
    if not HOST_NAME.fullmatch(text):
        raise ValueError(value)
    return text


def _database_url(value: Any) -> str:
    """The address of a PostgreSQL database or of an SQLite file; "" for the file in the data folder."""
    text = _text(value)
    if not re.match(r"(postgresql|postgres|sqlite)(\+[a-z0-9]+)?://", text):
        raise ValueError(value)
    return text


def _viewing(value: Any) -> str:
    text = plain(_text(value))
    if text not in (OPEN, SIGNED_IN):
        raise ValueError(value)
    return text


def _names(value: Any) -> tuple[str, ...]:
    """Names from a TOML list, or from text with `,` or `;` between them."""
    parts = value if isinstance(value, list) else re.split("[,;]", _text(value))
    return tuple(_text(part) for part in parts if not isinstance(part, str) or part.strip())


def _whole_number(low: int, high: int, what: str) -> Kind:
    """A kind for whole numbers from `low` to `high`, both included; `what` says the unit in Vietnamese."""

    def read(value: Any) -> int:
        # True is an int to Python, but nobody means 1 by it.
        if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}", str(value).strip(), re.ASCII):
            raise ValueError(value)
        number = int(value)
        if not low <= number <= high:
            raise ValueError(value)
        return number

    return Kind(read, f"{what} từ {low} đến {high}")


FOLDER = Kind(lambda value: Path(_text(value)), "đường dẫn tới một thư mục")
FILE = Kind(lambda value: Path(_text(value)), "đường dẫn tới một tệp")
DATABASE = Kind(_database_url, "postgresql://tên:mật-khẩu@máy/kho hoặc sqlite:///đường/dẫn", secret=True)
VIEWING = Kind(_viewing, f"{OPEN} hoặc {SIGNED_IN}")
NAMES = Kind(_names, "các địa chỉ thư, cách nhau bằng dấu phẩy")
HOST = Kind(_host, "địa chỉ IP hoặc tên máy, ví dụ 127.0.0.1, 0.0.0.0, may-chu")


def _setting(default: Any, kind: Kind, text: str) -> Any:
    """A row of the table: default, kind and Vietnamese help."""
    return field(default=default, metadata={"kind": kind, "help": text})


@dataclass(frozen=True)
class Settings:
    """The table. In the environment and the file each name is in capitals: `data_dir` is `DATA_DIR`."""

    data_dir: Path = _setting(
        Path("data"),
        FOLDER,
        "Thư mục chứa số liệu. Đường dẫn tương đối tính từ thư mục có run.py. "
        "Hai bản cài đặt phải dùng hai thư mục khác nhau.",
    )
    host: str = _setting(
        "127.0.0.1",
        HOST,
        "Địa chỉ mà bảng theo dõi lắng nghe. 127.0.0.1: chỉ mở được trên chính máy này; "
        "0.0.0.0: mọi máy trong mạng nội bộ đều mở được.",
    )
    port: int = _setting(8501, _whole_number(1, 65535, "số nguyên"), "Cổng của bảng theo dõi.")
    max_workbook_mb: int = _setting(
        30, _whole_number(1, 200, "số nguyên (MB)"), "Tệp số liệu lớn hơn mức này (MB) bị từ chối."
    )
    read_seconds: int = _setting(
        60, _whole_number(1, 3600, "số nguyên (giây)"), "Đọc một tệp quá số giây này thì dừng và báo không đọc được."
    )
    read_memory_mb: int = _setting(
        2048,
        _whole_number(256, 65536, "số nguyên (MB)"),
        "Bộ nhớ tối đa (MB) được dùng để đọc một tệp; vượt quá thì dừng và báo không đọc được.",
    )
    shared_workbook: Path | None = _setting(
        None,
        FILE,
        "Tệp Excel dùng chung trên ổ mạng. Khi có, tệp này là nguồn số liệu sống: thay đổi hợp lệ được công bố ngay. "
        "Để trống: số liệu chỉ đổi khi Thanh tra công bố trên trang.",
    )
    database_url: str = _setting(
        "",
        DATABASE,
        "Nơi giữ các phiên bản đã công bố. Để trống: tệp SQLite trong thư mục số liệu; "
        "có thể dùng PostgreSQL của cơ quan.",
    )
    viewing: str = _setting(
        OPEN,
        VIEWING,
        f"Ai được xem. {OPEN}: mọi người mở được trang; {SIGNED_IN}: chỉ người có tài khoản.",
    )
    session_minutes: int = _setting(
        30, _whole_number(1, 1440, "số nguyên (phút)"), "Phiên đăng nhập kết thúc sau số phút không thao tác này."
    )
    inspectors: tuple[str, ...] = _setting(
        (),
        NAMES,
        "Địa chỉ thư của những người là Thanh tra khi cơ quan dùng đăng nhập một lần; "
        "người khác đăng nhập thì chỉ được xem.",
    )


TABLE = {item.name.upper(): item for item in fields(Settings)}


NOTHING: Mapping[str, str] = MappingProxyType({})


def load(environ: Mapping[str, str], root: Path = ROOT, command_line: Mapping[str, str] = NOTHING) -> Settings:
    """The settings in force: `command_line` first, then `environ`, then `root/settings.toml`, then the defaults.

    An empty environment variable counts as absent. A relative `data_dir` or `shared_workbook` starts at `root`.
    Raises SettingError for an unreadable file, an unknown name in it, or a value that is not accepted.
    """
    from_environ = tuple((name, value) for name in TABLE if (value := environ.get(name, "")).strip())
    return _understood(root, _read_file(root / FILE_NAME), from_environ, tuple(command_line.items()))


@lru_cache(maxsize=8)
def _understood(root: Path, data: bytes | None, environ: tuple, command_line: tuple) -> Settings:
    """The same from what is written: the same words mean the same, and every page asks."""
    path = root / FILE_NAME
    from_file = {} if data is None else _parsed(path, data)
    _refuse_unknown(from_file, path)
    sources = {"dòng lệnh": dict(command_line), "biến môi trường": dict(environ), f"tệp {path}": from_file}
    settings = Settings(**{item.name: _value(name, sources) for name, item in TABLE.items()})
    shared = settings.shared_workbook and root / settings.shared_workbook
    return replace(settings, data_dir=root / settings.data_dir, shared_workbook=shared)


def _value(name: str, sources: Mapping[str, Mapping[str, Any]]) -> Any:
    """The first value that a source has, else the default; SettingError when it is not accepted."""
    item = TABLE[name]
    source = next((source for source, values in sources.items() if name in values), None)
    if source is None:
        return item.default
    raw, kind = sources[source][name], item.metadata["kind"]
    try:
        return kind.read(raw)
    except ValueError as error:
        said = "có giá trị" if kind.secret else f"là “{raw}”,"
        raise SettingError(
            f"Thiết lập {name} (lấy từ {source}) {said} không dùng được. Giá trị hợp lệ: {kind.accepted}."
        ) from (None if kind.secret else error)


def _read_file(path: Path) -> bytes | None:
    """The file's bytes; None when there is no file. SettingError when it cannot be opened."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        if path.is_dir():
            return None
        raise SettingError(f"Không mở được tệp thiết lập {path}. Hãy kiểm tra quyền đọc tệp này.") from error


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    """The file's names and values. SettingError when it is not UTF-8 TOML."""
    try:
        # utf-8-sig: Notepad puts a mark before the first letter.
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        raise SettingError(f"Tệp thiết lập {path} không ở dạng chữ UTF-8. Hãy lưu lại tệp với mã UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingError(_toml_sentence(path, error)) from error


def _toml_sentence(path: Path, error: tomllib.TOMLDecodeError) -> str:
    """What to write instead, with the line that the parser stopped at."""
    line = re.search(r"line (\d+)", str(error))
    where = f" ở dòng {line[1]}" if line else ""
    return (
        f"Tệp thiết lập {path} viết sai{where}. Mỗi dòng viết theo mẫu PORT = 8501 hoặc DATA_DIR = 'D:\\so-lieu' "
        "(chữ và đường dẫn đặt trong dấu nháy đơn)."
    )


def _refuse_unknown(from_file: Mapping[str, Any], path: Path) -> None:
    """SettingError for the first name that is not in the table, with the nearest one that is."""
    for name in from_file:
        if name in TABLE:
            continue
        near = difflib.get_close_matches(name.upper(), TABLE, n=1)
        hint = f"Có phải là {near[0]}?" if near else f"Các tên dùng được: {', '.join(TABLE)}."
        raise SettingError(f"Tệp {path} có thiết lập lạ “{name}”. {hint}")


def main(words: Sequence[str]) -> int:
    """Print the settings in force as one JSON object, `words` such as `PORT=9000` winning over all other sources.

    Returns the exit code: 2, and one Vietnamese line, when a setting is wrong.
    """
    try:
        settings = load(os.environ, command_line=dict(word.split("=", 1) for word in words))
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    shown = {name: getattr(settings, item.name) for name, item in TABLE.items() if not item.metadata["kind"].secret}
    print(json.dumps(shown, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
