"""A reading process that waits for its file is like any other, and never outlives whoever had it wait."""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook import ahead, isolation, reader
from lib.workbook.limits import Limits

ROOT = Path(__file__).resolve().parents[1]
CHILD = "tests.reading_child"
LIMITS = Limits()
WAITS = "with ahead.kept('tests.reading_child', Limits()): print(os.getpid(), flush=True); input()"


def waiting(parent: int | None = None) -> list[int]:
    """The reading processes of a process that have not ended; one that was started just now has no command line yet."""
    children = [child for child in psutil.Process(parent).children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child.pid for child in children if CHILD in (child.cmdline() or [CHILD])]


def over(process: int) -> bool:
    """Whether it has ended; nobody may be there to take note of it."""
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def until(holds: Callable[[], bool]) -> None:
    while not holds():
        threading.Event().wait(0.005)


def process_that_answers(**limits: float) -> int:
    return int(isolation.call(CHILD, b"pid:", replace(LIMITS, **limits)))


def test_the_process_that_waits_takes_the_next_file_and_another_waits_after_it():
    with ahead.kept(CHILD, LIMITS):
        (first,) = waiting()
        assert process_that_answers() == first
        (second,) = waiting()
        assert process_that_answers() == second != first


def test_none_is_left_when_nobody_is_to_be_kept_waiting():
    with ahead.kept(CHILD, LIMITS):
        process_that_answers()
    assert waiting() == []
    process_that_answers()
    assert waiting() == []


def test_two_files_at_once_do_not_share_a_process():
    with ahead.kept(CHILD, LIMITS):
        taken = [ahead.take(CHILD, LIMITS) for _ in range(2)]
        assert taken[0].pid != taken[1].pid
        for process in taken:
            process.kill()
            process.communicate()


def test_one_that_died_while_it_waited_costs_no_file():
    with ahead.kept(CHILD, LIMITS):
        (process,) = waiting()
        psutil.Process(process).kill()
        until(lambda: waiting() == [])
        assert process_that_answers() != process
        assert len(waiting()) == 1


def test_it_takes_no_file_that_may_use_more_or_less_memory():
    with ahead.kept(CHILD, LIMITS):
        (process,) = waiting()
        assert process_that_answers(child_bytes=LIMITS.child_bytes * 2) != process
        assert waiting() == [process]


def test_its_memory_is_limited_like_that_of_any_other():
    limits = replace(LIMITS, child_bytes=300 * 2**20)
    with ahead.kept(CHILD, limits), pytest.raises(UnreadableWorkbook, match="bộ nhớ"):
        isolation.call(CHILD, b"eat:600", limits)


def test_a_failure_leaves_one_waiting_for_the_next_file():
    with ahead.kept(CHILD, LIMITS):
        with pytest.raises(UnreadableWorkbook):
            isolation.call(CHILD, b"refuse:x", LIMITS)
        assert isolation.call(CHILD, b"echo:x", LIMITS) == b"x"


def test_it_leaves_when_the_server_was_killed():
    script = f"import os; from lib.workbook import ahead; from lib.workbook.limits import Limits\n{WAITS}"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        (process,) = waiting(int(server.stdout.readline()))
        server.kill()
    until(lambda: over(process))


def test_a_workbook_read_by_a_process_that_waited_is_read_alike():
    data = ROOT.joinpath("data", "ke-hoach-2022-2026.xlsx").read_bytes()
    with reader.kept_ready(LIMITS):
        found = reader.read(data, LIMITS)
    assert pickle.dumps(found) == pickle.dumps(reader.read(data, LIMITS))
