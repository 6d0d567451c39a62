"""Processes that are killed while they publish, at every step and at any moment, on both databases; and that race."""

import random
import time

import pytest

from lib import store
from lib.store import Store
from tests.store_children import (
    DONE,
    beside,
    check_whole,
    draft,
    publish_by_steps,
    publish_on_and_on,
    publish_when_told,
)

MOST_STEPS = 500
STEPS_SKIPPED = 7
"""Making the tables takes many steps that are alike."""
MOMENTS = 12
LONGEST_MOMENT = 0.08
ROUNDS = 20


def killed_at(kept: Store, step: int, number: int) -> str:
    """Publish version `number` in a process that is killed at a step; the step's name, DONE where it came through."""
    with beside(publish_by_steps, kept, number) as (_child, pipe):
        for _ in range(step - 1):
            if (name := pipe.recv()) == DONE:
                return name
            pipe.send("go on")
        return pipe.recv()


def test_killed_at_any_step_the_old_or_the_new_version_is_whole_and_the_next_one_goes_through(kept):
    store.publish(kept, draft(2), 1)
    ended = {}
    for step in range(1, MOST_STEPS):
        before = check_whole(kept)
        name = killed_at(kept, step, before + 1)
        ended[step] = (name, check_whole(kept) - before)
        if name == DONE:
            break
    names = [name for name, _ in ended.values()]
    assert {"connect", "before_cursor_execute", "after_cursor_execute", "commit", "checkin", DONE} == set(names)
    assert [gone for name, gone in ended.values()] == [0] * (names.index("commit") + 1) + [1] * 2
    store.publish(kept, draft(check_whole(kept) + 1), check_whole(kept))


def test_killed_while_the_very_first_version_is_published(new_store):
    for step in range(1, MOST_STEPS, STEPS_SKIPPED):
        kept = new_store()
        name = killed_at(kept, step, 2)
        assert check_whole(kept) == (1 if name not in ("checkin", DONE) else 2)
        store.publish(kept, draft(check_whole(kept) + 1), check_whole(kept))
        if name == DONE:
            break
    assert name == DONE and step > 10 * STEPS_SKIPPED


def test_killed_at_any_moment(kept):
    moments, before = random.Random(3), 1
    for _ in range(MOMENTS):
        with beside(publish_on_and_on, kept, 0) as (_child, pipe):
            assert pipe.recv() == "ready"
            time.sleep(moments.random() * LONGEST_MOMENT)
        after = check_whole(kept)
        assert after >= before
        before = after
    assert before > 1, "nothing was published: the moments are too short"


def test_of_two_processes_that_publish_at_once_one_wins_each_time_and_the_other_is_told(kept):
    with beside(publish_when_told, kept, "A") as (_, one), beside(publish_when_told, kept, "B") as (_, other):
        for number in range(2, ROUNDS + 2):
            for pipe in (one, other):
                pipe.send(number)
            answers = sorted([(*one.recv(), "A"), (*other.recv(), "B")], key=lambda answer: answer[0])
            (lost, told, _), (won, version, winner) = answers
            assert (lost, won, told) == ("lost", "won", version)
            assert (version.number, version.published_by) == (number, winner)
            assert store.current(kept).data == draft(number, winner).data
    assert [version.number for version in store.history(kept)] == list(range(ROUNDS + 1, 0, -1))


@pytest.mark.parametrize("name", ["after_cursor_execute", "commit"])
def test_whoever_holds_the_store_and_is_killed_keeps_nobody_waiting(kept, name):
    store.publish(kept, draft(2), 1)
    with beside(publish_by_steps, kept, 3) as (child, pipe):
        while pipe.recv() != name:
            pipe.send("go on")
        child.kill()
        child.join()
        assert store.publish(kept, draft(3, "B"), 2).published_by == "B"
