"""Verdicts where prover and oracle meet: neither covers for the other."""

import pytest

from grpo_symbolic.checker import check, check_claim
from grpo_symbolic.language import (
    Claim,
    Definition,
    E,
    Head,
    LanguageError,
    Log,
    Min,
    Relation,
    StopGradient,
    grad,
    node,
    remainder,
)
from grpo_symbolic.paper.notation import a, pi_old, pi_theta, s, score
from grpo_symbolic.proof.prove import Unproved, prove

p, q = pi_theta(a, s), pi_old(a, s)
f, X = Head("f(#1)"), Head("X(#1)", theta=True)


def is_(left, right, op="=", **context):
    return Claim(Relation(op, left, right), **context)


def test_a_definition_has_no_remainder():
    with pytest.raises(LanguageError, match="a definition is exact"):
        Definition(Head("X(#1, #2)", theta=True)(a, s), Min(p, 1) + remainder(1))


@pytest.mark.parametrize("claim", [
    is_(StopGradient(p), p + remainder(2)),
    is_(grad(StopGradient(p) * Log(p)), grad(p) + remainder(2)),
    is_(p + 1 + remainder(1), p, ">"),
    is_(p + remainder(2), p, "≥"),
])
def test_a_remainder_beside_a_stopped_copy_or_in_an_inequality_is_not_decided(claim):
    with pytest.raises(Unproved):
        prove(claim)
    assert check_claim(claim).status == "undecided"


@pytest.mark.parametrize("claim", [
    is_(Log(f(a)) + Log(-f(a)), Log(-f(a)) + Log(f(a))),
    is_(f(a) / f(a), 1, assume=(Relation("=", f(a), node(0)),)),
    is_(f(a), f(a) + 1, assume=(Relation(">", node(0), node(1)),)),
])
def test_what_no_model_satisfies_is_undecided(claim):
    assert check_claim(claim).status == "undecided"


def test_an_approximation_is_refuted_below_its_order():
    assert check_claim(is_(grad(Log(p)), -score(a), "≈")).status == "refuted"
    assert check_claim(is_(Log(p), Log(q) + (p - q) / q, "≈")).status == "proved"


def test_a_chain_has_the_worst_verdict_of_its_links():
    law = E((a, pi_theta | s), f(a))
    chain = (is_(law, law), is_(law, law + 1), is_(law, E((a, pi_old | s), f(a)), "≈"))
    verdict = check(chain)
    assert verdict.status == "refuted"
    assert [link.status for link in verdict.links] == ["proved", "refuted", "refuted"]


def test_a_positive_probability_says_what_makes_it_positive():
    assert prove(is_(p, 0, ">")).hypotheses == ("Positive(π_θ)",)
