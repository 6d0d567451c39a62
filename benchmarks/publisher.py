"""A process that publishes into a data folder as an inspector does: one version for each number that it reads.

    python -m benchmarks.publisher FOLDER

It says "ready" once, and then for each version its code, as people read it out, and the instant it was published.
"""

import datetime as dt
import sys
import time
from io import BytesIO
from pathlib import Path

import openpyxl

from lib import publishing, store
from lib.store import Store
from tests import publications

RESULT_CELL = "H2"


def workbook(number: int) -> bytes:
    """The shipped workbook with another result of its first report."""
    book = openpyxl.load_workbook(store.SHIPPED)
    book["Tiến độ"][RESULT_CELL] = f"Đã ban hành kế hoạch; đã tổ chức {number} hội nghị quán triệt."
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def publish(folder: Path, number: int) -> str:
    """Publish the workbook of a number into a data folder; its code."""
    kept, at = Store(folder), dt.datetime.now(dt.UTC)
    found = publications.candidate(kept, workbook(number))
    return publishing.publish(kept, found, publications.request(publications.token(kept, at=at), at=at)).code


def main(folder: Path) -> None:
    """Publish until there is nothing more to read."""
    print("ready", flush=True)
    for line in sys.stdin:
        print(publish(folder, int(line)), time.time(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
