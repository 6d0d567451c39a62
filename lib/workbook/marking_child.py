"""The marking process: one workbook and its problems in, the marked copy out. Started by `marking` and nothing else."""

import gc

import orjson

from lib.workbook.child_side import child_main
from lib.workbook.limits import Limits
from lib.workbook.marked_copy import Order, marked
from lib.workbook.transfer import problem_of


def work(request: bytes) -> bytes:
    """`request` is what to mark as a line of JSON, then the workbook's bytes."""
    end = request.index(b"\n")
    asked = orjson.loads(request[:end])
    order = Order([problem_of(facts) for facts in asked["problems"]], asked["errors"], asked["warnings"])
    return marked(request[end + 1 :], order, Limits(**asked["limits"]))


if __name__ == "__main__":
    # One file, then the process ends: looking for garbage among a million cells would only cost time.
    gc.disable()
    child_main(work)
