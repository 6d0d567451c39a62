"""The scanning process: the hidden facts of one workbook. Started by `beside` and by nothing else."""

import io
import pickle

from lib.workbook.budget import Budget
from lib.workbook.child_side import child_main
from lib.workbook.facts import hidden_facts


def work(request: bytes) -> bytes:
    """`request` is the pickled kind and limits, then the workbook's bytes."""
    stream = io.BytesIO(request)
    kind, limits = pickle.load(stream)
    return pickle.dumps(hidden_facts(stream.read(), kind, Budget(limits)))


if __name__ == "__main__":
    child_main(work)
