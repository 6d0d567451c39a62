"""What a database complains of, as a calm sentence with what to do; the complaint itself stays chained, for the log."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from lib.errors import DashboardError


class StoreUnavailable(DashboardError):
    """The database does not answer, or cannot be read or written."""


_SAID = "Kho số liệu hiện không đọc hoặc ghi được"

BUSY = f"{_SAID} vì đang bận ghi việc khác. Chờ ít phút rồi thử lại."
FULL = f"{_SAID} vì ổ đĩa đã đầy; chưa có gì bị mất. Giải phóng chỗ trống trên ổ đĩa rồi thử lại."
READ_ONLY = (
    f"{_SAID} vì tệp hoặc thư mục số liệu không cho ghi. Cấp cho tài khoản chạy chương trình quyền đọc và ghi thư mục "
    "số liệu rồi thử lại."
)
OUT_OF_SIGHT = (
    f"{_SAID} vì không mở được tệp. Kiểm tra ổ đĩa còn nối, thư mục số liệu còn đó và tài khoản chạy chương trình có "
    "quyền đọc và ghi rồi thử lại."
)
GONE = (
    f"{_SAID} vì tệp không còn ở chỗ cũ. Nối lại ổ đĩa hoặc trả thư mục số liệu về chỗ cũ; nếu chủ ý bắt đầu kho mới, "
    "khởi động lại chương trình."
)
BAD_DISK = f"{_SAID} vì ổ đĩa báo lỗi. Kiểm tra ổ đĩa còn nối và không hỏng rồi thử lại."
DAMAGED = (
    f"{_SAID} vì đã hỏng hoặc không phải do chương trình này tạo ra. Giữ nguyên kho đó, dựng lại một kho mới từ bản "
    "sao lưu gần nhất bằng lệnh restore-backup."
)
AWAY = (
    f"{_SAID} vì máy chủ cơ sở dữ liệu không trả lời. Kiểm tra máy chủ đang chạy, mạng thông, và địa chỉ, tên, mật "
    "khẩu trong DATABASE_URL còn đúng rồi thử lại."
)
NO_RIGHTS = (
    f"{_SAID} vì tài khoản trong DATABASE_URL không đủ quyền. Cấp cho tài khoản đó quyền tạo bảng, đọc và ghi trong cơ "
    "sở dữ liệu rồi thử lại."
)
NEWER = "Kho số liệu do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình rồi mở lại."
ADDRESS = (
    "Không hiểu địa chỉ trong DATABASE_URL. Viết postgresql://tên:mật-khẩu@máy/kho (các ký tự @ : / ? # % trong mật "
    "khẩu viết dạng %40 %3A %2F %3F %23 %25) hoặc sqlite:///đường/dẫn/tệp."
)

_OF_SQLITE = {
    "SQLITE_BUSY": BUSY, "SQLITE_LOCKED": BUSY, "SQLITE_PROTOCOL": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY, "SQLITE_PERM": READ_ONLY, "SQLITE_AUTH": READ_ONLY,
    "SQLITE_CANTOPEN": OUT_OF_SIGHT,
    "SQLITE_IOERR": BAD_DISK,
    "SQLITE_CORRUPT": DAMAGED, "SQLITE_NOTADB": DAMAGED, "SQLITE_FORMAT": DAMAGED,
}  # fmt: skip
"""By the first two words of SQLite's names: the rest of a name says where, not what."""

_OF_POSTGRESQL = {
    "25006": READ_ONLY,
    "40001": BUSY, "40P01": BUSY, "53300": BUSY, "55P03": BUSY, "57014": BUSY,
    "3F000": NO_RIGHTS, "42501": NO_RIGHTS,
    "53100": FULL,
    "58030": BAD_DISK,
    "XX001": DAMAGED, "XX002": DAMAGED,
}  # fmt: skip


@contextmanager
def told() -> Iterator[None]:
    """StoreUnavailable in the place of what the database complains of within the block, SQLAlchemy between or not.

    Anything that is no trouble of the database, such as a wrong statement, stays a bug; a doubled key is the caller's.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(BUSY) from error
    except DBAPIError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise StoreUnavailable(sentence) from error
    except sqlite3.Error as error:
        sentence = _of_sqlite(error)
        if sentence is None:
            raise
        raise StoreUnavailable(sentence) from error


def _sentence(error: DBAPIError) -> str | None:
    if isinstance(error, IntegrityError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    lost = AWAY if isinstance(error, OperationalError) or error.connection_invalidated else None
    return _OF_POSTGRESQL.get(getattr(error.orig, "sqlstate", None) or "", lost)


def _of_sqlite(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    return _OF_SQLITE.get("_".join(name.split("_")[:2]))
