"""Every equation that is proved of the paper holds for two and three actions, differentiated by SymPy itself."""

import pytest
from instances import distance

from grpo_symbolic.language import App, AtOld, Claim, Definition, LanguageError, Relation, Step, node, taylor
from grpo_symbolic.paper.collection import items
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.sequent import without_remainder


def equations():
    """The relations that are proved as equations, at θ_old or up to a remainder where that is what is proved."""
    for item in items():
        try:
            claim = item.statement
            if isinstance(claim, Definition) and not isinstance(claim.lhs, (App, Step)):
                claim = Claim(Relation("=", claim.lhs, claim.rhs))
            proof = prove(claim) if isinstance(claim, Claim) else None
        except (LanguageError, Unproved):
            continue
        if proof is None or proof.relation != "=":
            continue
        relation = claim.expanded()
        left, right = (without_remainder(side) for side in (relation.lhs, relation.rhs))
        if claim.at_old:
            left, right = AtOld(left - right if right != node(0) else left), node(0)
        if proof.order is not None:
            left, right = taylor(left - right, proof.order - 1), node(0)
        yield item.id, Relation("=", left, right)


EQUATIONS = dict(equations())


@pytest.mark.parametrize("name", EQUATIONS)
@pytest.mark.parametrize("n_actions", [2, 3])
def test_what_is_proved_holds_in_sympy(name, n_actions):
    assert distance(EQUATIONS[name], n_actions=n_actions) < 1e-25


def test_all_that_is_numbered_and_proved_is_there():
    assert {f"eq{number:02}" for number in (3, 4, 7, 8, 9, 10, 11, 12, 13)} <= set(EQUATIONS)
    assert sum(name.startswith(("claim", "repair")) for name in EQUATIONS) > 30
