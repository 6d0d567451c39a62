"""A hostile file can end the reading process, never the caller."""

from dataclasses import replace

import pytest

from lib.errors import DashboardError, UnreadableWorkbook
from lib.workbook import ahead, isolation
from lib.workbook.limits import Limits

CHILD = "tests.reading_child"


def call(data: bytes, **limits: float) -> bytes:
    return isolation.call(CHILD, data, replace(Limits(), **limits))


def test_the_answer_comes_back_byte_for_byte():
    answer = bytes(range(256)) * 5_000
    assert call(b"echo:" + answer) == answer


def test_what_a_library_prints_is_not_part_of_the_answer():
    assert call(b"print:answer") == b"answer"


def test_a_refusal_is_told_in_its_own_words():
    with pytest.raises(UnreadableWorkbook, match="^Tệp được đặt mật khẩu$"):
        call("refuse:Tệp được đặt mật khẩu".encode())


def test_a_process_that_aborts_is_a_file_that_cannot_be_read():
    with pytest.raises(UnreadableWorkbook, match="^Không đọc được tệp này: tệp bị hỏng"):
        call(b"die:")


def test_a_panic_of_the_rust_reader_is_a_file_that_cannot_be_read():
    with pytest.raises(UnreadableWorkbook, match="^Không đọc được tệp này: tệp bị hỏng"):
        call(b"panic:")


def test_endless_recursion_is_a_file_that_cannot_be_read():
    with pytest.raises(UnreadableWorkbook, match="bộ nhớ"):
        call(b"recurse:")


def test_a_fault_of_ours_is_told_apart_with_its_traceback():
    with pytest.raises(isolation.ReaderBug, match="(?s)Traceback.*KeyError: 'a fault of ours'"):
        call(b"bug:")


def test_a_process_that_cannot_start_is_a_fault_of_ours():
    with pytest.raises(isolation.ReaderBug, match="no_such_module"):
        isolation.call("tests.no_such_module", b"", Limits())


def test_a_process_that_aborts_leaves_its_last_words_for_the_log():
    with pytest.raises(UnreadableWorkbook) as caught:
        call(b"die:")
    assert "exit code" in str(caught.value.__cause__)


def test_a_process_that_takes_too_long_is_ended():
    with pytest.raises(UnreadableWorkbook, match="thời gian"):
        call(b"sleep:60", child_seconds=0.5)


def test_a_process_that_takes_too_much_memory_is_ended():
    with pytest.raises(UnreadableWorkbook, match="bộ nhớ"):
        call(b"eat:600", child_bytes=300 * 2**20)


def test_the_process_limits_its_own_memory_where_the_system_can(monkeypatch):
    pytest.importorskip("resource", reason="Windows has no limit that a process sets for itself")
    monkeypatch.setattr(isolation._Child, "_memory", lambda child: 0)
    monkeypatch.setattr(ahead, "ADDRESS_SPACE_ROOM", 0)
    with pytest.raises(UnreadableWorkbook, match="bộ nhớ"):
        call(b"eat:600", child_bytes=300 * 2**20)


def test_too_long_an_answer_is_refused():
    with pytest.raises(UnreadableWorkbook, match="bộ nhớ"):
        call(b"talk:2000000", answer_bytes=1_000_000)


def test_secrets_in_the_environment_do_not_reach_the_process(monkeypatch):
    monkeypatch.setenv("PUBLISHING_PASSWORD", "bí mật")
    assert b"PUBLISHING_PASSWORD" not in call(b"environment:")


def test_a_third_reader_waits_for_its_turn_then_is_asked_to_try_again():
    with isolation._turns, isolation._turns, pytest.raises(DashboardError, match="thử lại"):
        call(b"echo:", queue_seconds=0.1)


def test_a_turn_is_given_back_after_a_failure():
    for _ in range(isolation.CHILDREN_AT_ONCE + 1):
        with pytest.raises(UnreadableWorkbook):
            call(b"refuse:x", queue_seconds=5)
    assert call(b"echo:x", queue_seconds=5) == b"x"
