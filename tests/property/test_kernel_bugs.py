"""A suite that lets bugs pass proves little: each of these, put into the kernel, is caught by a part of it."""

from random import Random

import kernel_checks as random_terms
import kernel_traps as traps
import paper_bends as bends
import pytest
from first_failing import first_failing
from kernel_bugs import BUGS
from kernel_terms import HARMLESS, ROOM, Terms

from grpo_symbolic.language import LanguageError
from grpo_symbolic.proof.prove import Unproved, prove


def refused(build):
    """Whether a claim is not proved."""
    try:
        prove(build())
    except (Unproved, LanguageError):
        return True
    return False


def value_of(seed):
    assert random_terms.outcome(Terms(Random(seed))(4, ROOM), seed) in HARMLESS


def hypotheses_of(name):
    assert set(prove(bends.STRAIGHT[name]()).hypotheses) - {"IndependentSamples"} == bends.HYPOTHESES[name]


def false_statement(build):
    assert refused(build)


def checks():
    """A part of the suite that takes a second or two: what is checked, and how."""
    for seed in range(1, 120):
        yield f"the value of random term {seed}", lambda seed=seed: value_of(seed)
    for seed in range(40):
        yield f"two writings of random term {seed}", lambda seed=seed: random_terms.check_writings(4, [seed])
    for name in bends.HYPOTHESES:
        yield f"{name} and its hypotheses", lambda name=name: hypotheses_of(name)
    for name, build in traps.FALSE.items():
        yield f"the trap “{name}”", lambda build=build: false_statement(build)
    for name, build in traps.TRUE.items():
        yield f"the truth “{name}”", lambda build=build: prove(build())
    for name, bend in bends.CASES:
        yield f"{name} bent: {bend}", lambda build=bends.BENT[name][bend]: false_statement(build)


def test_without_a_bug_nothing_is_caught():
    assert first_failing(checks(), Exception) is None


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_is_caught(bug, monkeypatch):
    with monkeypatch.context() as patch:
        BUGS[bug](patch)
        # a bug may surface as any error at all
        found = first_failing(checks(), Exception)
    print(f"{bug}: caught by {found}")
    assert found is not None


def test_there_are_bugs_enough():
    assert len(BUGS) >= 30
