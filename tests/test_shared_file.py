"""The file on the share: who has it open, whether it is whole, and that it is replaced at once or not at all."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from lib.publishing import shared_file
from lib.publishing.lock_files import SOMEBODY, opened_by
from lib.publishing.shared_file import SharedChanged, ShareGone, ShareRefuses
from tests.publications import book


@pytest.fixture(name="path")
def a_file(tmp_path) -> Path:
    path = tmp_path / "Kế hoạch dân vận.xlsx"
    path.write_bytes(b"old")
    return path


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def excel_lock(name: str) -> bytes:
    """As Excel writes it: the name in the letters of its Windows, then in Unicode."""
    old = name.encode("cp1252", errors="replace")
    return bytes([len(old)]) + old.ljust(54) + len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        ("~$Kế hoạch dân vận.xlsx", excel_lock("Trần Thị Hòa"), "Trần Thị Hòa"),
        ("~$ hoạch dân vận.xlsx", excel_lock("Hòa"), "Hòa"),
        ("~$Kế hoạch dân vận.xlsx", b"\x03Hoa   ", "Hoa"),
        ("~$Kế hoạch dân vận.xlsx", b"", SOMEBODY),
        ("~$Kế hoạch dân vận.xlsx", b"\x03\x00\x01\x02", SOMEBODY),
        (".~lock.Kế hoạch dân vận.xlsx#", "Trần Thị Hòa,hoa,PC-07,24.11.2026 09:12,file:///;".encode(), "Trần Thị Hòa"),
        (".~lock.Kế hoạch dân vận.xlsx#", b",hoa,PC-07,24.11.2026 09:12,file:///;", "hoa"),
        (".~lock.Kế hoạch dân vận.xlsx#", b"Hoa\\, Tran,hoa,PC-07,,", "Hoa, Tran"),
        (".~lock.Kế hoạch dân vận.xlsx#", b"\xff\x00", SOMEBODY),
        ("~$Báo cáo.xlsx", excel_lock("Hòa"), ""),
    ],
)
def test_who_has_it_open(path, lock, content, who):
    path.with_name(lock).write_bytes(content)
    assert opened_by(path) == who


def test_nobody_has_it_open(path):
    assert opened_by(path) == ""


def test_a_lock_file_that_its_program_keeps_to_itself_still_says_that_somebody_has_it_open(path, monkeypatch):
    path.with_name("~$Kế hoạch dân vận.xlsx").write_bytes(excel_lock("Hòa"))
    refuse_opening(monkeypatch, PermissionError("sharing violation"))
    assert opened_by(path) == SOMEBODY


def refuse_opening(monkeypatch, error: OSError) -> None:
    def refuse(*_args, **_more):
        raise error

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize(
    ("data", "whole"),
    [(b"", False), (book()[:-30], False), (book()[: len(book()) // 2], False), (book(), True), (b"words", True)],
    ids=["nothing", "no end", "half", "all", "no zip"],
)
def test_a_zip_without_its_end_is_still_on_its_way(data, whole):
    assert shared_file.whole(data) == whole


def test_a_file_that_is_not_there_is_gone(tmp_path):
    for path in (tmp_path / "so.xlsx", tmp_path / "share" / "so.xlsx"):
        with pytest.raises(ShareGone):
            shared_file.look(path)
        assert shared_file.digest_at(path) == ""


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN])
def test_a_share_that_does_not_answer_is_gone(path, monkeypatch, number):
    refuse_opening(monkeypatch, OSError(number, "share"))
    with pytest.raises(ShareGone):
        shared_file.read(path, 100)


def test_a_file_without_the_right_to_read_it_is_told(path, monkeypatch):
    refuse_opening(monkeypatch, PermissionError("no"))
    with pytest.raises(ShareRefuses, match="quyền đọc"):
        shared_file.read(path, 100)


def test_a_folder_is_no_workbook(tmp_path):
    with pytest.raises(ShareRefuses, match="SHARED_WORKBOOK"):
        shared_file.look(tmp_path)


def test_no_more_of_a_huge_file_is_read_than_tells_that_it_is_huge(path):
    path.write_bytes(bytes(1000))
    assert len(shared_file.read(path, 100)) == 101


def names(path: Path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir())


def test_a_file_is_replaced(path):
    shared_file.replace(path, b"new", digest(b"old"))
    assert path.read_bytes() == b"new" and names(path) == [path.name]


def test_a_file_that_is_not_there_is_made(path):
    path.unlink()
    shared_file.replace(path, b"new", "")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("found", [digest(b"something else"), ""])
def test_a_file_other_than_the_one_looked_at_is_not_replaced(path, found):
    with pytest.raises(SharedChanged):
        shared_file.replace(path, b"new", found)
    assert path.read_bytes() == b"old" and names(path) == [path.name]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_or_locked_share_leaves_the_file_as_it_was(path, monkeypatch, step):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), refuse)
    with pytest.raises(OSError, match="full"):
        shared_file.replace(path, b"new", digest(b"old"))
    assert path.read_bytes() == b"old" and names(path) == [path.name]


def test_only_our_own_drafts_of_this_file_are_removed(path, monkeypatch):
    monkeypatch.setattr(Path, "unlink", lambda *_args, **_more: None)  # as if the process ended before
    with pytest.raises(SharedChanged):
        shared_file.replace(path, b"new", "")
    monkeypatch.undo()
    (draft,) = [name for name in names(path) if name != path.name]
    others = [".~tam-khac.tmp", f"~${path.name}", "so.tmp"]
    for name in others:
        path.with_name(name).write_bytes(b"")
    assert draft.startswith(".~tam-") and not draft.endswith(".xlsx")
    shared_file.clear_drafts(path)
    assert names(path) == sorted([path.name, *others])


def test_a_copy_is_kept_once_however_often_it_is_asked_for(path, tmp_path):
    folder = tmp_path / "kept" / "here"
    kept = {shared_file.keep_copy(path, digest(b"old"), folder) for _ in range(3)}
    assert [item.name for item in folder.iterdir()] == list(kept)
    assert (folder / kept.pop()).read_bytes() == b"old"
