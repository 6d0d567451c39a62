"""What a change does to an occurrence's state on a day, in words.

The rule is that of `lib/status.py`, for one occurrence instead of a table; a test holds the two together.
"""

import datetime as dt

from lib.compare.snapshot import Occurrence
from lib.schema import Report
from lib.words import State, day, number

_BEFORE = {
    State.UPCOMING: "chưa đến kỳ",
    State.DONE_ON_TIME: "đã hoàn thành đúng hạn",
    State.DONE_LATE: "đã hoàn thành quá hạn {} ngày",
    State.WITHIN: "đang trong hạn",
    State.OVERDUE: "đang quá hạn {} ngày",
    State.SUSPENDED: "đang tạm hoãn",
}
_AFTER = {
    State.UPCOMING: "chưa đến kỳ",
    State.DONE_ON_TIME: "hoàn thành đúng hạn",
    State.DONE_LATE: "hoàn thành quá hạn {} ngày",
    State.WITHIN: "trong hạn",
    State.OVERDUE: "quá hạn {} ngày",
    State.SUSPENDED: "tạm hoãn",
}


def state(occurrence: Occurrence, year: int, as_of: dt.date) -> State:
    """The state of an occurrence of `year` on a day."""
    if year > as_of.year:
        return State.UPCOMING
    if occurrence.status == Report.SUSPENDED:
        return State.SUSPENDED
    done_on = occurrence.completed_on if occurrence.status == Report.DONE else None
    if done_on and done_on <= as_of:
        return State.DONE_LATE if done_on > occurrence.due_on else State.DONE_ON_TIME
    return State.OVERDUE if as_of > occurrence.due_on else State.WITHIN


def standing(occurrence: Occurrence, year: int, as_of: dt.date) -> str:
    """The state as it is told of what holds now: `đang quá hạn 326 ngày`."""
    return _worded(_BEFORE, occurrence, year, as_of)


def effect(before: Occurrence, now: Occurrence, year: int, as_of: dt.date) -> str:
    """The sentence that says what becomes of the state: `Việc đang quá hạn 326 ngày sẽ thành trong hạn.`"""
    becomes = _worded(_AFTER, now, year, as_of)
    if becomes == _worded(_AFTER, before, year, as_of):
        return f"Tính đến {day(as_of)}, việc vẫn {becomes}."
    return f"Việc {standing(before, year, as_of)} sẽ thành {becomes}."


def _worded(words: dict[State, str], occurrence: Occurrence, year: int, as_of: dt.date) -> str:
    found = state(occurrence, year, as_of)
    until = occurrence.completed_on if found == State.DONE_LATE else as_of
    return words[found].format(number((until - occurrence.due_on).days))
