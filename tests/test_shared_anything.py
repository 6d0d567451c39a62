"""Whatever people, the share and the server do in whatever order: nothing is lost, nothing goes back by itself, and
when all is calm again the file and what is published agree or an inspector is asked."""

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lib import publishing, store
from lib.publishing import State, write_back
from lib.store import PublishedMeanwhile, Source, Store
from lib.workbook import reader
from tests.publications import MINUTE, Share, book, candidate, faulty, publish, put_first, read

CONTENTS = [book(60), book(70), book(75), book(80, due="31/12/2028"), faulty(), book(70)[:3000], b"words"]
SOUND = CONTENTS[:4]
ASKS = {State.FAULTY, State.HELD, State.CONFLICT, State.UNREADABLE}


class Office(RuleBasedStateMachine):
    """People save, open, take away; inspectors publish; the server looks, stops and begins again."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(reader, "read", lambda data, _limits=None: read(data))
        self.folder = Path(tempfile.mkdtemp())

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        kept = Store(self.folder / "kho")
        kept.data_dir.mkdir()
        put_first(kept, book(50))
        self.place, self.away = self.folder / "chung", self.folder / "away"
        self.place.mkdir()
        self.share = Share(kept, self.place / "so.xlsx")
        self.known: dict[int, str] = {}

    @property
    def here(self) -> bool:
        return self.place.is_dir()

    def content(self) -> bytes | None:
        return self.share.path.read_bytes() if self.share.path.is_file() else None

    def safely(self, act) -> None:
        """Do something of ours; what it replaced in the file must be somewhere else."""
        before = self.content()
        act()
        if before is not None and before != self.content():
            versions = {version.digest for version in store.history(self.share.kept)}
            aside = self.share.kept.data_dir / write_back.KEPT_FOLDER
            put_aside = {item.read_bytes() for item in aside.iterdir()} if aside.is_dir() else set()
            assert hashlib.sha256(before).hexdigest() in versions or before in put_aside

    @precondition(lambda self: self.here)
    @rule(data=st.sampled_from(CONTENTS))
    def somebody_saves(self, data: bytes) -> None:
        self.share.save(data)

    @precondition(lambda self: self.here)
    @rule()
    def somebody_opens_or_closes(self) -> None:
        lock = self.share.path.with_name("~$so.xlsx")
        if lock.exists():
            lock.unlink()
        else:
            self.share.open_in_excel()

    @rule()
    def the_share_goes_or_comes(self) -> None:
        (self.place if self.here else self.away).rename(self.away if self.here else self.place)

    @rule(number=st.integers(1, 3), minute=st.booleans())
    def time_goes_by(self, number: int, minute: bool) -> None:
        if minute:
            self.share.wait(MINUTE)
        self.safely(lambda: self.share.rounds(number))

    @rule()
    def the_server_begins_again(self) -> None:
        self.share.restart()

    @rule(data=st.sampled_from(SOUND), seen=st.booleans(), killed=st.booleans())
    def an_inspector_publishes(self, data: bytes, seen: bool, killed: bool) -> None:
        kept, path = self.share.kept, self.share.path
        digest = publishing.digest_at(path) if seen else ""

        def act() -> None:
            try:
                publish(kept, data, path, seen=digest, at=self.share.at)
            except (publishing.PublishRefused, PublishedMeanwhile):
                return

        with pytest.MonkeyPatch.context() as patch:
            if killed:
                patch.setattr(publishing.actions, "_write_shared", lambda *_: None)
            self.safely(act)

    @invariant()
    def versions_are_only_ever_added(self) -> None:
        if not hasattr(self, "share"):
            return
        found = {version.number: version.digest for version in store.history(self.share.kept)}
        assert sorted(found) == list(range(1, len(found) + 1))
        assert {number: found.get(number) for number in self.known} == self.known
        self.known = found

    @invariant()
    def nothing_goes_back_by_itself(self) -> None:
        if not hasattr(self, "share"):
            return
        older: set[str] = set()
        for version in reversed(store.history(self.share.kept)):
            assert version.source != Source.SHARED or version.digest not in older or version.number == 2
            older.add(version.digest)

    @precondition(lambda self: hasattr(self, "share"))
    @rule()
    def all_is_calm_again(self) -> None:
        if not self.here:
            self.the_share_goes_or_comes()
        self.share.path.with_name("~$so.xlsx").unlink(missing_ok=True)
        self.share.wait(MINUTE)
        self.safely(lambda: self.share.rounds(4))
        self.share.wait(MINUTE)
        self.safely(lambda: self.share.rounds(2))
        found, data = State(self.share.state.state), self.content()
        if data is None:
            assert found == State.MISSING
        elif found == State.IN_STEP:
            assert data == self.share.shown or candidate(self.share.kept, data).comparison.empty
        else:
            assert found in ASKS and data != self.share.shown


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
