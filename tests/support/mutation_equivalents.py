"""The mutants that are true though bent, with the reason why; and those that are neither proved nor refuted.

``mutants/`` has a file a topic, and in it a section a statement.
"""

from configparser import ConfigParser
from functools import cache
from pathlib import Path

REASONS = {
    "ASSUMED": "what is assumed makes it the same",
    "AT_OLD": "at θ_old the policy is π_old, the ratio is 1, and evaluating there again changes nothing",
    "CASES": "case by case it says what it said",
    "COMPARED": "what is compared compares as before",
    "CONSTANT": "what does not depend on θ has no gradient",
    "DIVIDED": "a sum that vanishes does so whatever it is divided by",
    "EVEN": "only the square of what changed its sign counts",
    "LAWS": "every law sums to one",
    "MEAN": "what changed has mean zero",
    "MENDED": "the statement is false, and the bend mends it",
    "ORDER": "the change is of the order of the remainder",
    "REACH": "what moved is not what binds",
    "SAMPLES": "the samples of a group have one law",
    "SPARE": "the inequality holds of what was put in, too",
    "STOPPED": "a stopped term has the value of what it stops",
    "ZERO": "a multiple of zero is zero",
}
UNKNOWN = "UNDECIDED"
FOLDER = Path(__file__).with_name("mutants")


def topics():
    """The topics that have a file."""
    return sorted(path.stem for path in FOLDER.glob("*.ini"))


def sections(topic):
    """For each statement of a topic the labels of its mutants by what is known of them: ``sign 1 2, law 3``."""
    found = ConfigParser(delimiters=(":",), interpolation=None)
    found.optionxform = str
    found.read_string((FOLDER / f"{topic}.ini").read_text(encoding="utf-8"))
    return {f"{topic}/{name}": dict(found[name]) for name in found.sections()}


def labels(text):
    """The labels of ``sign 1 2, law 3``."""
    for part in text.split(","):
        rule, *numbers = part.split()
        yield from (f"{rule} {number}" for number in numbers)


@cache
def entries():
    """What the files say, one mutant after the other: its statement, its label, and what is known of it."""
    return [(name, label, known) for topic in topics() for name, found in sections(topic).items()
            for known, text in found.items() for label in labels(text)]


@cache
def listed():
    """The reason for every mutant that is true though bent, by statement and label."""
    return {(name, label): known for name, label, known in entries() if known != UNKNOWN}


@cache
def left_open():
    """The mutants that are neither proved nor refuted."""
    return {(name, label) for name, label, known in entries() if known == UNKNOWN}
