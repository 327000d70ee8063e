"""Every equation that is proved of the paper holds for two and three actions, differentiated by SymPy itself."""

from functools import cache

import pytest
from instances import distance
from seeds import some

from grpo_symbolic.language import App, AtOld, Claim, Definition, LanguageError, Relation, Step, node, taylor
from grpo_symbolic.paper.collection import items
from grpo_symbolic.proof.prove import prove
from grpo_symbolic.proof.sequent import without_remainder

pytestmark = pytest.mark.long


def stated():
    """The equations of the paper that are not refuted, definitions of symbols aside."""
    for item in items():
        try:
            claim = item.statement
        except LanguageError:
            continue
        if isinstance(claim, Definition) and not isinstance(claim.lhs, (App, Step)):
            claim = Claim(Relation("=", claim.lhs, claim.rhs))
        if isinstance(claim, Claim) and claim.relation.op in ("=", "≈") and item.expect != "refuted":
            yield item.id, claim


CLAIMS = dict(stated())


@cache
def equation(name):
    """What is proved as an equation, at θ_old or up to a remainder where that is what is proved."""
    claim = CLAIMS[name]
    proof, relation = prove(claim), claim.expanded()
    assert proof.relation == "="
    left, right = (without_remainder(side) for side in (relation.lhs, relation.rhs))
    if claim.at_old:
        left, right = AtOld(left - right if right != node(0) else left), node(0)
    if proof.order is not None:
        left, right = taylor(left - right, proof.order - 1), node(0)
    return Relation("=", left, right)


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_proved_holds_in_sympy(name):
    assert distance(equation(name), n_actions=2) < 1e-25


@pytest.mark.parametrize("name", some(1, CLAIMS))
def test_what_is_proved_holds_in_sympy_for_three_actions(name):
    assert distance(equation(name), n_actions=3) < 1e-25


def test_all_that_is_numbered_and_proved_is_there():
    assert {f"eq{number:02}" for number in (3, 4, 7, 8, 9, 10, 11, 12, 13)} <= set(CLAIMS)
    assert sum(name.startswith(("claim", "repair")) for name in CLAIMS) > 30
