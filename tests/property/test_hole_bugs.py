"""Each hole, put into the kernel, is seen by the attack."""

from random import Random

from advice_traps import LISTED, NAMES, TRAPS, lists, refused
from attack import attacked, faults_of, holds_somewhere, proof_of
from bugs_seen import both_tests
from kernel_attack import a_few
from kernel_hole_bugs import HOLE_BUGS
from kernel_holes import FALSE, KINKS, NEEDS
from random_claims import random_claim

from grpo_symbolic.kernel import NotProved
from grpo_symbolic.language import LanguageError

SECONDS = 1.0


def unproved(build):
    try:
        claim = build()
    except LanguageError:
        return True
    return proof_of(claim, SECONDS) is None


def sound(build):
    claim = build()
    proof = proof_of(claim, SECONDS)
    return proof is None or holds_somewhere(attacked(claim, proof))


def listed(build, kinds):
    proof = proof_of(build(), SECONDS)
    return proof is None or kinds <= {name.partition("(")[0] for name in proof.hypotheses}


def checks():
    """What is checked, and how: the cheap and pointed things first."""
    for name, (false, _) in TRAPS.items():
        yield f"the advice “{name}”", lambda false=false: refused(false)
    for name, build in NAMES.items():
        yield f"the advice “{name}”", build
    for name, (case, needed) in LISTED.items():
        yield f"the advice “{name}”", lambda case=case, needed=needed: lists(case, needed)
    for name, build in FALSE.items():
        yield name, lambda build=build: unproved(build)
    for name, build in KINKS.items():
        yield name, lambda build=build: sound(build)
    for name, (build, kinds) in NEEDS.items():
        yield name, lambda build=build, kinds=kinds: listed(build, kinds) and sound(build)
    yield "random forms, hostile advice", lambda: a_few(range(300)) > 0
    yield "random claims", lambda: not faults_of(random_claim(Random(seed)) for seed in range(120))[0]


test_without_a_bug_nothing_is_seen, test_a_hole_is_seen = both_tests(checks, HOLE_BUGS, AssertionError, NotProved)
