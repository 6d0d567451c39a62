"""What becomes of any bytes at all: accepted, told what is wrong in it, refused with a reason, or a failure of ours."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lib.errors import UnreadableWorkbook
from lib.workbook import child_side, isolation, reader
from lib.workbook.limits import Limits
from lib.workbook.reader import Reading
from tests.english import english_in_sentence

Read = Callable[[bytes, Limits], Reading]


class Verdict(StrEnum):
    """`problems`: it could be opened, and every fault is told at its cell."""

    ACCEPTED = "accepted"
    PROBLEMS = "problems"
    REFUSED = "refused"
    FAILED = "failed"


class Failure(StrEnum):
    """What may never happen, whatever the file. All but `crashed`, `hung` and `over memory` reach people."""

    CRASHED = "crashed"
    HUNG = "hung"
    OVER_MEMORY = "over memory"
    TRACEBACK = "traceback"
    ENGLISH = "English"
    UNTRANSLATED = "untranslated"
    UNNOTICED = "passes unnoticed"


@dataclass(frozen=True)
class Outcome:
    """`reason`: the sentence of a refusal, the first of the problems, what a failure said; `sentences` are all."""

    verdict: Verdict
    reason: str = ""
    failure: Failure | None = None
    seconds: float = 0.0
    sentences: tuple[str, ...] = ()


ENDED = {
    isolation.TOO_SLOW: Failure.HUNG,
    child_side.TOO_BIG: Failure.OVER_MEMORY,
    isolation.STOPPED: Failure.CRASHED,
}
"""Sentences that people get because the reading process had to be ended: the guards should have seen it before."""


def judge(data: bytes, limits: Limits | None = None, read: Read = reader.read) -> Outcome:
    """Read the bytes as the product does, in a process of their own, and judge what people would be told."""
    begin = time.monotonic()
    verdict, sentences, failure = _attempt(data, limits or Limits(), read)
    failure = failure or next(filter(None, map(fault_of_words, sentences)), None)
    seconds = time.monotonic() - begin
    reason = sentences[0] if sentences else ""
    if failure in (Failure.ENGLISH, Failure.UNTRANSLATED):
        reason = next(filter(fault_of_words, sentences))
    return Outcome(Verdict.FAILED if failure else verdict, reason, failure, seconds, tuple(sentences))


def _attempt(data: bytes, limits: Limits, read: Read) -> tuple[Verdict, list[str], Failure | None]:
    try:
        reading = read(data, limits)
    except UnreadableWorkbook as refusal:
        crashed = isinstance(refusal.__cause__, ChildProcessError)
        return Verdict.REFUSED, [str(refusal)], Failure.CRASHED if crashed else ENDED.get(str(refusal))
    except BaseException as error:  # that nothing else is raised is what is judged here
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return Verdict.FAILED, [str(error).strip() or type(error).__name__], Failure.TRACEBACK
    sentences = [problem.message for problem in reading.problems]
    return Verdict.ACCEPTED if reading.ok else Verdict.PROBLEMS, sentences, None


def fault_of_words(sentence: str) -> Failure | None:
    """What is wrong with a sentence as such: no Vietnamese at all, or English in it."""
    if sentence.isascii():
        return Failure.UNTRANSLATED
    return Failure.ENGLISH if english_in_sentence(sentence) else None
