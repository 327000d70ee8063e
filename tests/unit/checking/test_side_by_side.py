"""Processes side by side: every answer once and in order, as soon as it is there, and none is lost without a word."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context

import pytest

from grpo_symbolic.checking.side_by_side import LARGEST, side_by_side


def squares(batch: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The squares, with the process that answers."""
    for number in batch:
        yield number * number, os.getpid()


def lost(number: int) -> tuple[int, int]:
    """What is said of a number without an answer."""
    return -number, 0


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 40 * LARGEST])
def test_answers_come_in_order(count: int) -> None:
    found = list(side_by_side(range(count), squares, lost, 3))
    assert [answer for answer, _ in found] == [number * number for number in range(count)]
    assert os.getpid() not in {process for _, process in found}


def test_a_few_tasks_go_to_several_processes() -> None:
    assert len({process for _, process in side_by_side(range(6), squares, lost, 2)}) > 2


def test_the_first_answer_does_not_wait_for_what_follows() -> None:
    def tasks() -> Iterator[int]:
        yield from (3, 4, 5)
        time.sleep(60)

    assert next(side_by_side(tasks(), squares, lost, 2))[0] == 9


def test_as_many_run_as_are_allowed_and_no_more() -> None:
    fork = get_context("fork")
    first_two, started, running, most = fork.Barrier(2), fork.Value("i"), fork.Value("i"), fork.Value("i")

    def answers(batch: Sequence[int]) -> Iterator[int]:
        with started.get_lock():
            started.value, running.value = started.value + 1, running.value + 1
            most.value = max(most.value, running.value)
            waits = started.value <= 2
        if waits:
            first_two.wait(timeout=60)  # raises where only one may run
            time.sleep(0.3)  # time for a third to start, if it may
        yield from batch[:-1]
        with started.get_lock():
            running.value -= 1
        yield batch[-1]

    assert list(side_by_side(range(12), answers, lambda number: -number, 2)) == list(range(12))
    assert most.value == 2


def test_what_a_dead_process_leaves_is_lost_and_the_rest_is_answered() -> None:
    def answers(batch: Sequence[int]) -> Iterator[tuple[int, int]]:
        for number in batch:
            if number == 10:
                os.kill(os.getpid(), signal.SIGKILL)
            yield number, 1

    found = dict(enumerate(side_by_side(range(60), answers, lost, 2)))
    missing = [number for number, answer in found.items() if answer == lost(number)]
    assert missing[0] == 10
    assert missing == list(range(10, 10 + len(missing)))
    assert len(missing) < LARGEST
    assert all(found[number] == (number, 1) for number in range(60) if number not in missing)


def test_whoever_leaves_early_leaves_no_process() -> None:
    def answers(batch: Sequence[int]) -> Iterator[tuple[int, int]]:
        for number in batch:
            yield number, os.getpid()
            time.sleep(60)

    working = side_by_side(range(9), answers, lost, 2)
    _, process = next(working)
    working.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
