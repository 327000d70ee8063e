"""The seeds of this run's random tests: those that are written down, or others, by ``pytest --seed N``."""

from random import Random

from hypothesis import seed

APART = 1_000_000  # no two seeds of a run share what they draw
_run = {"seed": 0, "whole": False}


def begin(number):
    """From here on the run has this seed."""
    _run["seed"] = number


def whole(wanted):
    """Whether this run tests all of what is finite, and not a sample."""
    _run["whole"] = wanted


def sample(number, cases, size):
    """Some of the cases, by a seed and that of the run, or all of them where the run tests the whole."""
    return cases if _run["whole"] else dice(number).sample(cases, size)


def some(number, cases, kinds=lambda case: (), of=3):
    """One in three of the cases, or in so many, and one of every kind at least; all where the run tests the whole.

    ``kinds`` gives the kinds that a case is of. What is chosen depends on a seed and that of the run.
    """
    cases = list(cases)
    if _run["whole"]:
        return cases
    chosen, seen = set(), set()
    for place, k in enumerate(dice(number).sample(range(len(cases)), len(cases))):
        new = {*kinds(cases[k])} - seen
        if new or place * of < len(cases):
            chosen.add(k)
            seen |= new
    return [cases[k] for k in sorted(chosen)]


def blocks(whole, part, size):
    """Ranges of seeds of some ``size``: ``part`` seeds in all, or the ``whole`` of them where the run tests that."""
    return [range(start, start + size) for start in range(0, whole if _run["whole"] else part, size)]


def shifted(seeds):
    """Of a range of seeds that of this run; the range itself in the run of seed 0."""
    by = APART * _run["seed"]
    return range(seeds.start + by, seeds.stop + by)


def dice(number):
    """Random choices, by a seed and that of the run."""
    return Random(number + APART * _run["seed"])


def seeded(test):
    """A property of Hypothesis that draws by the seed of the run."""
    return seed(_run["seed"])(test)
