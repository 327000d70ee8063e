"""Attack on what is proved: random claims, nearly true, in finite models full of ties, by an independent semantics."""

from types import SimpleNamespace

import pytest
from attack import Fault, attacked, faults_of, holds_somewhere, proof_of, report
from kernel_holes import FALSE, KINKS, NEEDS
from random_claims import random_claim
from seeds import dice

from grpo_symbolic.language import LanguageError

CLAIMS = 600
# where a probability is zero so is its slope, and a slope at a kink is no value to compare with another
UNSEEN = ("the size of a probability", "the slope of a maximum")
BLOCKS = 4


@pytest.mark.random
@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_is_proved_holds_in_every_model_that_satisfies_what_is_listed(block):
    tried = CLAIMS // BLOCKS
    claims = [random_claim(dice(block * tried + number)) for number in range(tried)]
    faults, proved, alive = faults_of(claims)
    assert not faults, "\n".join(map(report, faults))
    assert proved > tried / 3
    assert alive > 0.9 * proved


def proved_of_nothing(claim):
    """A proof of a claim that lists no hypothesis at all."""
    return SimpleNamespace(relation=claim.relation.op, order=claim.order, hypotheses=(),
                           theorem=SimpleNamespace(hypotheses=frozenset()))


def built(build):
    """The claim, None where the language refuses it."""
    try:
        return build()
    except LanguageError:
        return None


@pytest.mark.parametrize("name", [*FALSE, *(name for name in NEEDS if name not in UNSEEN)])
def test_the_attack_sees_through_a_proof_that_lists_nothing(name):
    build = FALSE[name] if name in FALSE else NEEDS[name][0]
    claim = built(build)
    assert claim is None or isinstance(attacked(claim, proved_of_nothing(claim), models=300), Fault)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not_proved(name):
    claim = built(FALSE[name])
    assert claim is None or proof_of(claim, 1.0) is None


@pytest.mark.parametrize("name", NEEDS)
def test_what_needs_a_hypothesis_lists_it(name):
    build, kinds = NEEDS[name]
    claim = build()
    proof = proof_of(claim, 1.0)
    if proof is not None:
        assert kinds <= {listed.partition("(")[0] for listed in proof.hypotheses}
        assert holds_somewhere(attacked(claim, proof))


@pytest.mark.parametrize("name", KINKS)
def test_a_kink_that_no_model_avoids_is_no_hypothesis(name):
    claim = KINKS[name]()
    proof = proof_of(claim, 1.0)
    assert proof is None or holds_somewhere(attacked(claim, proof))
