"""A reading process for tests: it does what its input asks for, good or bad."""

import os
import sys
import time

from lib.errors import UnreadableWorkbook
from lib.workbook.child_side import child_main
from lib.workbook.guards import inspect
from lib.workbook.limits import Limits
from lib.workbook.sheets import read_sheets


class PanicException(BaseException):
    """As the Rust readers raise it: not an Exception."""


def _deed(data: bytes) -> bytes:
    deed, _, rest = data.partition(b":")
    match deed.decode():
        case "echo":
            return rest
        case "print":
            print("a library that talks")
            return rest
        case "refuse":
            raise UnreadableWorkbook(rest.decode())
        case "bug":
            raise KeyError("a fault of ours")
        case "panic":
            raise PanicException("gave up")
        case "recurse":
            return _deed(data)
        case "die":
            os.abort()
        case "sleep":
            time.sleep(float(rest))
        case "eat":
            hoard = [bytearray(b"x" * 2**20) for _ in range(int(rest))]
            time.sleep(30)
            return bytes(len(hoard))
        case "talk":
            return b"x" * int(rest)
        case "pid":
            return str(os.getpid()).encode()
        case "environment":
            return "\n".join(sorted(os.environ)).encode()
    return b""


def _names(data: bytes) -> bytes:
    limits = Limits()
    return "\n".join(sheet.name for sheet in read_sheets(data, inspect(data, limits), limits)).encode()


def _work(data: bytes) -> bytes:
    return _names(data) if data.startswith((b"PK", b"\xd0\xcf")) else _deed(data)


if __name__ == "__main__":
    sys.setrecursionlimit(500)
    child_main(_work)
