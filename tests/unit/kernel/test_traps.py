"""The traps: no false one is proved, no true one is lost."""

import pytest
from kernel_traps import FALSE, TRUE

from grpo_symbolic.language import LanguageError, Term
from grpo_symbolic.proof.prove import Unproved, prove

SLOW = {"more than Pinsker"}  # the search for a proof goes through all that it knows


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.long) if name in SLOW else name for name in FALSE])
def test_a_false_statement_is_not_proved(name):
    with pytest.raises((Unproved, LanguageError)):
        prove(FALSE[name]())


@pytest.mark.parametrize("name", TRUE)
def test_a_true_statement_is_proved(name):
    claim = TRUE[name]()
    assert prove(claim).relation == {"≤": "≥", "<": ">"}.get(claim.relation.op, claim.relation.op)


def test_every_trap_can_be_said_or_is_refused_by_the_language():
    """A trap that cannot be built at all would test nothing: only remainders and shapes may be refused."""
    unsaid = []
    for name, build in FALSE.items():
        try:
            assert isinstance(build().relation, Term)
        except LanguageError:
            unsaid.append(name)
    assert all("remainder" in name or "sum to zero" in name for name in unsaid), unsaid


@pytest.mark.parametrize(("name", "needs", "without"), [
    ("centred", set(), {"IndependentSamples", "Normalised", "FiniteActions"}),
    ("second moment of a group", {"IndependentSamples"}, {"BehaviourConstant", "FiniteActions"}),
    ("a change of measure", {"Positive"}, {"Normalised", "Differentiable", "FiniteActions"}),
    ("a mean of a curvature", {"Positive", "Differentiable", "FiniteActions"}, {"BehaviourConstant"}),
    ("∇ of a clipped ratio at θ_old", {"OffKink", "BehaviourConstant", "Differentiable"}, {"Normalised"}),
    ("σ + ε does not vanish", set(), {"Differentiable", "BehaviourConstant"}),
    ("√A √A = A", {"Nonnegative"}, {"Positive", "Nonzero"}),
    ("a jump away from its kink", {"OffKink"}, {"Positive"}),
    ("a sign by convention", {"Positive"}, {"Nonzero"}),
    ("a number that is assumed positive", set(), {"Nonzero", "Nonnegative", "NonzeroSpread"}),
    ("a range with an end above zero", {"Range"}, {"Nonnegative"}),
    ("the first of three members", {"Range", "IndependentSamples"}, {"BehaviourConstant"}),
])
def test_the_hypotheses_are_those_used(name, needs, without):
    kinds = {hypothesis.partition("(")[0] for hypothesis in prove(TRUE[name]()).hypotheses}
    assert needs <= kinds
    assert not kinds & without
