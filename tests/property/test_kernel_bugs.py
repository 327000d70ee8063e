"""A suite that lets bugs pass proves little: each of these, put into the kernel, is caught by a part of it."""

from random import Random

import bugs_seen
import kernel_checks as random_terms
import kernel_traps as traps
import paper_bends as bends
from kernel_bugs import BUGS
from kernel_terms import HARMLESS, ROOM, Terms

from grpo_symbolic.proof.prove import prove


def value_of(seed):
    assert random_terms.outcome(Terms(Random(seed))(4, ROOM), seed) in HARMLESS


def hypotheses_of(name):
    assert set(prove(bends.STRAIGHT[name]()).hypotheses) - {"IndependentSamples"} == bends.HYPOTHESES[name]


def checks():
    """A part of the suite that takes a second or two: what is checked, and how."""
    for seed in range(1, 120):
        yield f"the value of random term {seed}", lambda seed=seed: value_of(seed)
    for seed in range(40):
        yield f"two writings of random term {seed}", lambda seed=seed: random_terms.check_writings(4, [seed])
    for name in bends.HYPOTHESES:
        yield f"{name} and its hypotheses", lambda name=name: hypotheses_of(name)
    yield from bugs_seen.traps(traps.FALSE, traps.TRUE)
    for name, bend in bends.CASES:
        yield f"{name} bent: {bend}", lambda build=bends.BENT[name][bend]: bugs_seen.refused(build)


# a bug may surface as any error at all
test_without_a_bug_nothing_is_caught, test_a_bug_is_caught = bugs_seen.both_tests(checks, BUGS, Exception)


def test_there_are_bugs_enough():
    assert len(BUGS) >= 30
