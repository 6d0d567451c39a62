"""The process is killed at every step of publishing, on both databases: afterwards the old or the new version is whole,
the shared file is one of them, and after a few rounds all is in step again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib import store
from lib.publishing import State
from lib.store import Action, Store
from lib.workbook import reader
from tests.publications import MINUTE, Share, begun, book, put_first, read

ROOT = Path(__file__).resolve().parent.parent
MOST_STEPS = 400

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that is killed is a copy of another")


class Child:
    """The process whose copies are killed."""

    def __init__(self, folder: Path) -> None:
        self.books = {folder / f"{percent}.xlsx": book(percent) for percent in (60, 70)}
        for path, data in self.books.items():
            path.write_bytes(data)
        words = [sys.executable, "-m", "tests.publishing_child", *map(str, self.books)]
        self._process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, share: Share, deed: str, step: int, data: bytes = b"") -> bool:
        """Whether the copy was killed at that step, rather than done before it came to it."""
        kept = share.kept
        source = next((path for path, found in self.books.items() if found == data), "")
        job = {"folder": str(kept.data_dir), "url": kept.url, "path": str(share.path), "data": str(source)}
        self._process.stdin.write(json.dumps(job | {"deed": deed, "step": step}) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline().strip()
        assert said == "killed" or said.isdigit(), said
        return said == "killed"

    def other(self, data: bytes) -> bytes:
        """The book that is not `data`."""
        return next(found for found in self.books.values() if found != data)

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


@pytest.fixture(scope="module", name="child")
def a_child(tmp_path_factory) -> Iterator[Child]:
    made = Child(tmp_path_factory.mktemp("books"))
    yield made
    made.end()


@pytest.fixture(name="share")
def a_share(kept: Store, tmp_path, monkeypatch) -> Share:
    monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))
    return begun(kept, tmp_path)


def check_whole(share: Share, *possible: bytes) -> bytes:
    """What is published, which is one of `possible` and whole, as are all versions before it."""
    versions = store.history(share.kept)
    assert [version.number for version in versions] == list(range(len(versions), 0, -1))
    shown = store.content(share.kept, versions[0])
    assert shown in possible
    said = [entry.action for entry in store.entries(share.kept)].count(Action.PUBLISHED)
    assert said == len(versions) - 1, "a version and its line in the log are one"
    return shown


def check_in_step(share: Share) -> None:
    share.restart()
    share.wait(MINUTE)
    assert share.rounds(3) == State.IN_STEP
    assert share.path.read_bytes() == share.shown
    assert [item.name for item in share.path.parent.iterdir()] == [share.path.name], "nothing of ours lies about"


def test_killed_while_an_inspector_publishes(share, child):
    for step in range(1, MOST_STEPS):
        old = share.shown
        new = child.other(old)
        killed = child.ask(share, "publish", step, new)
        shown = check_whole(share, old, new)
        assert share.path.read_bytes() in (old, new)
        assert shown == new or share.path.read_bytes() == old, "the file is never ahead of what is published"
        check_in_step(share)
        assert share.shown == shown
        if not killed:
            break
    assert shown == new and 40 < step < MOST_STEPS - 1


def test_killed_while_the_file_is_followed(share, child):
    for step in range(1, MOST_STEPS):
        old = share.shown
        new = book(more=f"2.1.2 | 2025 | | Đang thực hiện | 50 | | Lần {step}")
        share.save(new)
        killed = child.ask(share, "follow", step)
        check_whole(share, old, new)
        assert share.path.read_bytes() == new
        check_in_step(share)
        if not killed:
            break
    assert 20 < step < MOST_STEPS - 1


def test_the_first_publication_of_all(kept, tmp_path, child, monkeypatch):
    monkeypatch.setattr(reader, "read", lambda data, _limits=None: read(data))
    kept.data_dir.mkdir(exist_ok=True)
    put_first(kept, book(60))
    path = tmp_path / "chung" / "so.xlsx"
    path.parent.mkdir()
    share = Share(kept, path)
    share.save(book(60))
    for step in range(1, MOST_STEPS, 5):
        if not child.ask(share, "publish", step, book(70)):
            break
        check_whole(share, book(60), book(70))
        if share.shown == book(70):
            break
    check_in_step(share)
    assert share.shown == book(70)
