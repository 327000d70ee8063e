"""Processes side by side: every answer once and in order, as soon as it is there, and what is lost is said."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from grpo_symbolic.running.lane import MOST
from grpo_symbolic.running.side_by_side import side_by_side, tasks_done
from grpo_symbolic.running.work import Batch, Work, one_by_one


def squares(_: Any, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The squares, with the process that answers."""
    for number in numbers:
        yield number * number, os.getpid()


def lost(_: Any, number: int, why: str) -> tuple[int, str]:
    """What is said of a number without an answer."""
    return -number, why


def cut(count: int, size: int, **told: Any) -> Iterator[Batch]:
    """The numbers up to one, in batches."""
    return (Batch(None, range(start, min(start + size, count)), **told) for start in range(0, count, size))


@pytest.mark.parametrize(("count", "size"), [(0, 1), (1, 1), (2, 5), (7, 3), (100, 8)])
@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_order(count: int, size: int, jobs: int) -> None:
    found = list(side_by_side(cut(count, size), Work(squares, lost), jobs))
    assert [answer for answer, _ in found] == [number * number for number in range(count)]
    assert os.getpid() not in {process for _, process in found}
    assert len({process for _, process in found}) <= jobs


def test_a_batch_that_is_slow_holds_its_place() -> None:
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[int]:
        for number in numbers:
            time.sleep(0.3 if number == 0 else 0)
            yield number

    assert list(side_by_side(cut(12, 2), Work(answers, lost), 2)) == list(range(12))


def test_the_first_answer_does_not_wait_for_what_follows() -> None:
    def batches() -> Iterator[Batch]:
        yield from cut(2, 1)
        time.sleep(60)

    assert next(side_by_side(batches(), Work(squares, lost), 2))[0] == 0


def test_an_answer_does_not_wait_for_the_rest_of_its_batch() -> None:
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[int]:
        for number in numbers:
            yield number
            time.sleep(60)

    working = side_by_side(cut(9, 9), Work(answers, lost), 2)
    assert next(working) == 0
    working.close()


def test_as_many_run_as_are_allowed_and_no_more() -> None:
    fork = get_context("fork")
    first_two, started, running, most = fork.Barrier(2), fork.Value("i"), fork.Value("i"), fork.Value("i")

    def answers(_: Any, numbers: Sequence[int]) -> Iterator[int]:
        with started.get_lock():
            started.value, running.value = started.value + 1, running.value + 1
            most.value = max(most.value, running.value)
            waits = started.value <= 2
        if waits:
            first_two.wait(timeout=60)  # raises where only one may run
            time.sleep(0.3)  # time for a third to start, if it may
        yield from numbers[:-1]
        with started.get_lock():
            running.value -= 1
        yield numbers[-1]

    assert list(side_by_side(cut(12, 2), Work(answers, lost), 2)) == list(range(12))
    assert most.value == 2


def killing(folder: Path, number: int, times: int) -> Work:
    """Work whose process is killed over a number, so many times."""
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for one in numbers:
            if one == number and len(list(folder.iterdir())) < times:
                (folder / str(os.getpid())).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield one, ""

    return Work(answers, lost)


@pytest.mark.parametrize("times", range(1, MOST))
def test_what_a_dead_process_leaves_is_done_again(tmp_path: Path, times: int) -> None:
    found = list(side_by_side(cut(60, 7), killing(tmp_path, 10, times), 2))
    assert len(list(tmp_path.iterdir())) == times
    assert found == [(number, "") for number in range(60)]


def test_what_kills_again_and_again_is_lost_alone_and_is_not_tried_for_ever(tmp_path: Path) -> None:
    found = list(side_by_side(cut(60, 7), killing(tmp_path, 10, 99), 2))
    assert len(list(tmp_path.iterdir())) == MOST
    assert [number for number, why in found if why] == [-10]
    assert [number for number, why in found if not why] == [number for number in range(60) if number != 10]


def test_what_hangs_is_cut_off_and_the_rest_is_answered() -> None:
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for number in numbers:
            while number == 3:
                pass
            yield number, ""

    found = list(side_by_side(cut(8, 4, seconds=0.5), Work(answers, lost), 2))
    assert [number for number, _ in found] == [0, 1, 2, -3, 4, 5, 6, 7]
    assert found[3] == (-3, "it was cut off: 0.5 s of the processor's time were not enough")


def test_what_fails_fails_here() -> None:
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[int]:
        for number in numbers:
            yield 1 // (number - 4)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(cut(8, 2), Work(answers, lost), 2))


@pytest.mark.parametrize("run", [one_by_one, lambda batches, work: side_by_side(batches, work, 2)])
def test_what_is_known_keeps_its_place_and_is_not_asked_for(run: Any) -> None:
    done: list[tuple[Iterable[int], list[int]]] = []
    work = Work(lambda _, numbers: iter(numbers), lost, lambda batch, found: done.append((batch.items, list(found))))
    batches = [Batch(None, (1, 2)), Batch(None, (3, 4), known=(33, 44)), Batch(None, (5,))]
    assert list(run(batches, work)) == [1, 2, 33, 44, 5]
    assert sorted(done) == [((1, 2), [1, 2]), ((5,), [5])]


def test_whoever_leaves_early_leaves_no_process() -> None:
    def answers(_: Any, numbers: Sequence[int]) -> Iterator[int]:
        for _ in numbers:
            yield os.getpid()
            time.sleep(60)

    working = side_by_side(cut(9, 3), Work(answers, lost), 2)
    process = next(working)
    working.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_task_whose_process_dies_is_done_here() -> None:
    here = os.getpid()

    def dies_elsewhere() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return here

    assert list(tasks_done([dies_elsewhere, os.getpid], 2))[0] == here
