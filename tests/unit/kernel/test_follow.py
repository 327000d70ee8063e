"""A theorem can be followed again from what it records, with nothing searched for."""

from dataclasses import replace

import pytest
from kernel_traps import TRUE
from mutation_equivalents import topics
from mutation_statements import settled, stated_of
from seeds import some

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel.advice import followed
from grpo_symbolic.proof.prove import Unproved, prove


def theorem_of(claim):
    """The theorem of a claim, None where it is not proved."""
    try:
        return prove(claim).theorem
    except Unproved:
        return None


def repeated(theorem):
    """What a theorem says when it is followed again, and what it then rests on."""
    again = k.follow(theorem)
    return (again.relation, again.kind, again.order, again.left.poly, again.right.poly), again.hypotheses


def said(theorem):
    return (theorem.relation, theorem.kind, theorem.order, theorem.left.poly, theorem.right.poly), theorem.hypotheses


def kinds(stated):
    """What a statement is, by which it is chosen: its relation, and where it is made."""
    _, claim = stated
    return claim.relation.op, (claim.at_old, bool(claim.assume))


@pytest.mark.long
@pytest.mark.parametrize("topic", topics())
def test_what_the_project_proves_can_be_followed(topic):
    found = [theorem_of(settled(claim)) for _, claim in some(0, stated_of(topic), kinds)]
    proved = [theorem for theorem in found if theorem is not None]
    assert proved
    for theorem in proved:
        assert repeated(theorem) == said(theorem)


@pytest.mark.parametrize("name", TRUE)
def test_a_truth_can_be_followed(name):
    theorem = prove(TRUE[name]()).theorem
    assert repeated(theorem) == said(theorem)


def test_a_theorem_is_not_made_by_hand():
    theorem = prove(TRUE["an assumption of every member"]()).theorem
    with pytest.raises(k.NotProved, match="by hand"):
        replace(theorem, hypotheses=frozenset())


def test_a_form_is_not_made_by_hand():
    with pytest.raises(k.KernelError, match="constructors"):
        k.Form()


def test_a_theorem_records_what_was_followed_and_fails_without_it():
    x = k.atom("x")
    calculus = k.Calculus()
    steps = [k.Split(k.leaf("x"), k.number(0))]
    theorem = k.related(calculus, calculus.positive_part(x) + calculus.positive_part(-x), k.number(0), "≥",
                        suggest=lambda form, relation, given, depth: steps[depth:])
    (held, (advice, *_)), = theorem.advice
    assert held is None
    assert advice == steps[0]
    assert k.follow(theorem).hypotheses == theorem.hypotheses
    with pytest.raises(k.NotProved):
        k.related(calculus, theorem.left, theorem.right, "≥", suggest=followed(()))
