"""The reading process: one workbook in, its reading out. Started by `reader.read` and by nothing else."""

import gc

import orjson

from lib.workbook.child_side import child_main
from lib.workbook.limits import Limits
from lib.workbook.reading import parse
from lib.workbook.transfer import pack


def work(request: bytes) -> bytes:
    """`request` is the limits and the manner of reading as a line of JSON, then the workbook's bytes."""
    end = request.index(b"\n")
    asked = orjson.loads(request[:end])
    return pack(parse(request[end + 1 :], Limits(**asked["limits"]), facts_first=asked["facts_first"]))


if __name__ == "__main__":
    # One file, then the process ends: looking for garbage among a million cells would only cost time.
    gc.disable()
    child_main(work)
