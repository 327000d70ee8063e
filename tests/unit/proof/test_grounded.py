"""What a theorem must have settled, and what its print presupposes: in proofs and in derivations alike."""

import pytest
from symbols import G, group, i, old, r, ref, s

from grpo_symbolic import kernel as k
from grpo_symbolic.language import Claim, E, Num, Relation, node, total, variables
from grpo_symbolic.proof.derivation import Derivation, StepRejected
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.reasons import INDEPENDENCE, LINEARITY

(other,) = variables("b", "action")


def claimed(left, right, *assume):
    return Claim(Relation("=", left, right), assume=assume)


def derived(claim, *reasons):
    return Derivation("one", "(1)", claim).arrive(*reasons).theorem()


TOO_SHORT = claimed(total(i, node(1), upper=G - 2), G - 2)


def test_an_end_below_zero_is_no_size():
    with pytest.raises(Unproved, match="below zero"):
        prove(TOO_SHORT)
    with pytest.raises(StepRejected, match="below zero"):
        derived(TOO_SHORT, LINEARITY)


def test_a_member_that_is_named_is_presupposed():
    mean = E((other, old | s), r(s, other))
    pair = claimed(E((group, old | s), r(s, group[1]) * r(s, group[2])), mean * mean)
    assert "Range(G≥2)" in prove(pair).hypotheses
    assert "Range(G≥2)" in derived(pair, INDEPENDENCE).hypotheses


def test_a_range_of_three_that_names_no_member_presupposes_no_group():
    assert prove(claimed(total(i, node(2), upper=Num(3)), node(6))).hypotheses == ()


def test_exchangeable_members_are_independent_draws():
    spread = total(i, r(s, group[i]) ** 2) + 1
    swapped = claimed(E((group, ref | s), r(s, group[1]) / spread), E((group, ref | s), r(s, group[2]) / spread))
    assert {"IndependentSamples", "Range(G≥2)"} <= set(prove(swapped).hypotheses)


def test_what_a_generator_from_outside_rests_on_is_read_off_it():
    inverse = k.Power("power", (k.atom("u") + k.number(1)).poly)
    of_sum = k.of((((((inverse, -1),)), 1),))
    assert {held.kind for held in of_sum.used} == {"Nonzero"}
    logarithm = k.generated(k.Log("log", k.atom("u").poly))
    assert {held.kind for held in logarithm.used} == {"Nonzero", "Nonnegative"}
    with pytest.raises(k.KernelError, match="does not change"):
        of_sum.poly = ()
