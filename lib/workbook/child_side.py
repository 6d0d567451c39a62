"""The reading process's own side of the protocol in `isolation`: what it may use, and how it ends.

Apart from `isolation`, so that the process need not wait for what only the server uses.
"""

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress

from lib.errors import UnreadableWorkbook

try:
    import resource
except ImportError:  # Windows has no such limits: the parent's watch on the memory stands alone there
    resource = None

UNREADABLE_EXIT = 3
BUG_EXIT = 1
MEMORY_LIMIT_VARIABLE = "READING_PROCESS_BYTES"

BROKEN = (
    "Không đọc được tệp này: tệp bị hỏng hoặc có cấu trúc bất thường. Hãy mở tệp bằng Excel, lưu thành tệp mới "
    "(*.xlsx) rồi chọn tệp mới đó."
)
TOO_BIG = (
    "Không đọc được tệp này vì cần quá nhiều bộ nhớ. Hãy xóa các trang tính, hàng và cột thừa, lưu thành tệp mới "
    "(*.xlsx) rồi chọn tệp mới đó."
)


def child_main(work: Callable[[bytes], bytes]) -> None:
    """Be the reading process: limit it, read the bytes, write what `work` makes of them, leave with the right code."""
    _limit_memory()
    answer = _Output()
    try:
        request = sys.stdin.buffer.read()  # nothing, where it was started ahead of its file and the server is gone
        result, code = work(request) if request else b"", 0
    except UnreadableWorkbook as error:
        result, code = str(error).encode(), UNREADABLE_EXIT
    except (MemoryError, RecursionError):
        result, code = TOO_BIG.encode(), UNREADABLE_EXIT
    except Exception:  # noqa: BLE001 - the parent raises it again as ReaderBug, with the whole traceback
        traceback.print_exc()
        result, code = b"", BUG_EXIT
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a Rust panic: the reader gave up on the file
            raise
        result, code = BROKEN.encode(), UNREADABLE_EXIT
    answer.finish(result, code)


class _Output:
    """The real standard output, kept for the answer alone: whatever a library prints goes to standard error."""

    def __init__(self) -> None:
        self._stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def finish(self, result: bytes, code: int) -> None:
        """Write the answer and leave at once: freeing a hundred thousand rows one by one would only take time."""
        self._stream.write(result)
        self._stream.close()
        sys.stderr.flush()
        os._exit(code)


def _limit_memory() -> None:
    wanted = int(os.environ.get(MEMORY_LIMIT_VARIABLE, "0"))
    if resource is None or not wanted:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(ValueError, OSError):  # macOS knows the limit but may refuse to set it; the parent watches as well
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    with suppress(ValueError, OSError):  # no core file of somebody's plan on the disk
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
