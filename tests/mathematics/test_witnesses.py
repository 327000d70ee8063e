"""Necessity witnesses: each theorem needs its hypothesis, fails in its model without, and holds beside it."""

from fractions import Fraction as F
from math import log, sqrt

import pytest
from sympy import diff, integrate, symbols

from grpo_symbolic.language import Claim, E, Policy, Relation, remainder
from grpo_symbolic.oracle.meaning.question import prepare
from grpo_symbolic.oracle.meaning.sides import ask
from grpo_symbolic.oracle.model.tables import FIXED, THETA
from grpo_symbolic.oracle.model.tables import OLD as AT_OLD
from grpo_symbolic.oracle.search.refute import attack
from grpo_symbolic.oracle.witnesses import stated as said
from grpo_symbolic.oracle.witnesses.catalogue import PI, WITNESSES, case, slope, witness
from grpo_symbolic.oracle.witnesses.written import REWARD, UNDEFINED, agree, both, numbers, written
from grpo_symbolic.paper.collection import item
from grpo_symbolic.proof.hypotheses import EXCLUDES
from grpo_symbolic.proof.prove import prove

KINDS = list(WITNESSES)
HALF = F(1, 2)


def test_every_kind_of_hypothesis_has_a_witness_and_no_other_has():
    assert set(WITNESSES) == set(EXCLUDES)
    assert [witness(kind).kind for kind in KINDS] == KINDS


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError, match="Compactness.*Normalised"):
        witness("Compactness")


@pytest.mark.parametrize("kind", KINDS)
def test_the_theorem_fails_without_the_hypothesis_and_holds_with_it(kind):
    found = witness(kind)
    assert not found.fails.holds
    assert found.holds.holds
    assert found.holds.lhs == found.holds.rhs
    assert found.fails.lhs != found.fails.rhs
    assert (found.model, found.lhs, found.rhs) == (found.fails.model, found.fails.lhs, found.fails.rhs)
    assert found.fails.place == found.holds.place
    assert found.why.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_the_theorem_is_proved_with_that_hypothesis(kind):
    needed = {name.partition("(")[0] for name in prove(witness(kind).statement).hypotheses}
    assert kind in needed


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_the_theorem_has_no_counterexample_among_the_models_that_keep_the_conventions(kind):
    found = attack(witness(kind).statement, budget=0.05)
    assert found.counterexample is None
    assert not found.vacuous


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (
    "OffKink", "FiniteActions", "NonzeroSpread", "Nonzero", "Nonnegative")])
def test_the_sides_are_exact_rationals(kind):
    for shown in (witness(kind).fails, witness(kind).holds):
        assert (F(shown.lhs) == F(shown.rhs)) == (shown is witness(kind).holds)


@pytest.mark.parametrize(("name", "statement"), [
    ("eq07", said.ratio_gradient(said.old)),
    ("eq08", said.log_ratio_gradient(said.ref)),
])
def test_the_statements_of_the_paper_are_the_papers(name, statement):
    assert statement.expanded() == item(name).statement.expanded()


@pytest.mark.parametrize(("name", "statement", "order"), [
    ("eq13", said.QUADRATIC, 3), ("first-order-expansion", said.FIRST_ORDER, 2)])
def test_approximations_of_the_paper_are_stated_with_their_remainder(name, statement, order):
    printed = item(name).statement.expanded()
    assert statement.expanded() == Relation("=", printed.lhs, printed.rhs + remainder(order))


# The same numbers, computed by hand


def test_mass_that_grows_appears_in_the_divergence():
    old, slopes = (HALF, HALF), (F(1), F(0))
    assert witness("Normalised").lhs == str(-sum(q * v / q for q, v in zip(old, slopes, strict=True)))
    assert (witness("Normalised").rhs, witness("Normalised").fails.place) == ("0", "Δθ")


def test_an_action_that_is_never_drawn_is_not_corrected_for():
    current, rewards = (HALF, HALF), (0, 1)
    for old, shown in (((1, 0), witness("Positive").fails), ((F(3, 4), F(1, 4)), witness("Positive").holds)):
        drawn = sum(q * (p / q) * r for q, p, r in zip(old, current, rewards, strict=True) if q)
        assert (shown.lhs, shown.rhs) == (str(drawn), str(sum(p * r for p, r in zip(current, rewards, strict=True))))


def test_moving_denominators_and_references():
    p, v = HALF, F(1)
    assert (witness("BehaviourConstant").lhs, witness("BehaviourConstant").rhs) == ("0", str(p / p * v / p))
    ref, slope_of_ref = F(1, 4), F(1, 4)
    assert witness("Constant").lhs == str(v / p - slope_of_ref / ref)
    assert witness("Constant").rhs == str(v / p)


def test_copies_have_no_spread():
    pairs = [(x, y) for x in (0, 1) for y in (0, 1)]
    spread = sum(F(1, 4) * ((x - F(x + y, 2)) ** 2 + (y - F(x + y, 2)) ** 2) / 2 for x, y in pairs)
    copied = sum(HALF * 2 * (x - x) ** 2 for x in (0, 1))
    variance = sum(HALF * (x - HALF) ** 2 for x in (0, 1))
    assert witness("IndependentSamples").lhs == str(copied)
    assert witness("IndependentSamples").rhs == str(variance / 2)
    assert witness("IndependentSamples").holds.lhs == str(spread)


def test_a_clip_range_above_one_does_not_clip_from_below():
    assert witness("Range").lhs == str(min(max(0, 1 - 2), 1 + 2))
    assert witness("Range").rhs == str(1 - 2)
    assert witness("Range").holds.lhs == str(min(max(F(0), 1 - HALF), 1 + HALF))


@pytest.mark.parametrize(("kind", "rhs"), [("NonzeroSpread", "1"), ("Nonzero", "1"), ("Nonnegative", "-1")])
def test_what_is_undefined_equals_nothing(kind, rhs):
    assert (witness(kind).lhs, witness(kind).rhs) == (UNDEFINED, rhs)
    assert not agree(None, None)


def test_the_clipped_ratio_has_two_slopes_at_its_bound():
    def clipped(p):
        return min(p / HALF, 1 + HALF)

    below, above = ((clipped(F(3, 4) + h) - clipped(F(3, 4))) / h for h in (F(-1, 100), F(1, 100)))
    assert witness("OffKink").lhs == f"{below} from below, {above} from above"
    given = {(PI, THETA): ("3/4 1/4", "1 -1"), (PI, AT_OLD): ("1/2 1/2",), (r"\varepsilon", FIXED): ("1/2",)}
    kink = next(ask(prepare(said.CLIPPED_GRADIENT), written(given)))
    smooth = next(ask(prepare(said.CLIPPED_GRADIENT), written({**given, (PI, THETA): ("1/2 1/2", "1 -1")})))
    assert kink.excluded.flat[0]
    assert not smooth.excluded.flat[0]
    assert slope(said.CLIPPED_GRADIENT.lhs.args[0], given, F(-1, 16)).number == int(below)


def test_the_uniform_law_has_a_score_of_nonzero_mean():
    x, theta = symbols("x θ", positive=True)
    assert integrate(1 / theta, (x, 0, theta)) == 1
    assert witness("FiniteActions").lhs == str(integrate(diff(1 / theta, theta), (x, 0, theta)))
    assert witness("FiniteActions").rhs == str(diff(integrate(1 / theta, (x, 0, theta)), theta)) == "0"


def test_the_sum_over_states_does_not_pass_the_derivative():
    def lean(n, theta):
        return theta**3 / (1 + theta**2) ** (n + 1)

    assert max(abs(lean(1, t / 100)) for t in range(-1000, 1001)) < 0.5
    for theta in (0.2, -0.3):
        objective = sum(2.0**-n * ((0.5 + lean(n, theta)) - (0.5 - lean(n, theta))) * 2.0 ** (n - 1)
                        for n in range(1, 1000))
        assert objective == pytest.approx(theta / (1 + theta**2))
    assert [round(lean(n, 1e-5) / 1e-5, 8) for n in (1, 2, 3)] == [0, 0, 0]
    assert (witness("FiniteStates").lhs, witness("FiniteStates").rhs) == ("1", "0")


def test_the_remainder_is_not_of_second_order():
    def error(t):
        return log(1 + t**1.5) - t * 1.5 * sqrt(t) / (1 + t**1.5)

    found = witness("Differentiable")
    assert error(1e-5) / 1e-5**1.5 == pytest.approx(float(F(found.lhs) - F(found.rhs)), rel=1e-6)
    assert [round(error(t) / t**2) for t in (1e-2, 1e-4, 1e-6)] == [-5, -50, -500]


# Bent theorems do not pass where the theorem does


def scaled(claim, factor):
    relation = claim.expanded()
    return Claim(Relation("=", relation.lhs, factor * relation.rhs))


AT_HALF = {(PI, AT_OLD): ("1/2 1/2", "1 -1")}
MOVING = {(PI, THETA): ("1/2 1/2", "1 -1"), (PI, AT_OLD): ("1/4 3/4",), (r"\pi_{\text{ref}}", FIXED): ("1/4 3/4",),
          (REWARD, FIXED): ("0 1",)}
INVERSE = Claim(Relation("=", E((said.a, said.old | said.s), said.old(said.a, said.s) / said.pi(said.a, said.s)
                                * said.r), E((said.a, said.pi | said.s), said.r)))


@pytest.mark.parametrize(("right", "wrong", "given", "more"), [
    (said.QUADRATIC, scaled(said.QUADRATIC, 2), AT_HALF, {"at_old": True}),
    (said.QUADRATIC, scaled(said.QUADRATIC, -1), AT_HALF, {"at_old": True}),
    (said.IMPORTANCE, INVERSE, MOVING, {}),
    (said.IMPORTANCE, scaled(said.IMPORTANCE, 2), MOVING, {}),
    (said.ratio_gradient(said.old), scaled(said.ratio_gradient(said.old), -1), MOVING, {}),
    (said.ratio_gradient(said.old), said.ratio_gradient(Policy(PI)), MOVING, {}),
    (said.log_ratio_gradient(said.ref), scaled(said.log_ratio_gradient(said.ref), 2), MOVING, {}),
    (said.squared_spread(False), scaled(said.squared_spread(False), 2), MOVING, {"group": 2}),
    (said.squared_spread(False), said.squared_spread(True), MOVING, {"group": 2}),
    (said.MEAN_SCORE, Claim(Relation("=", E((said.a, said.old | said.s), said.score(said.a)), 0)), MOVING, {}),
])
def test_bent_theorems_fail_where_the_theorem_holds(right, wrong, given, more):
    model = written(given, **more)
    assert case(model, right).holds
    assert not case(model, wrong).holds


def test_a_written_model_is_taken_as_it_stands():
    model = written({(PI, THETA): ("1/3 1/3",), (REWARD, FIXED): ("-3 1/2",)})
    mean = Claim(Relation("=", E((said.a, said.pi | said.s), said.r), 0))
    assert case(model, mean).lhs == "-5/6"
    assert model.sentence() == "π_θ = (1/3, 1/3), r = (-3, 1/2)"
    assert numbers("1/2 -3") == (HALF, F(-3))


def test_an_action_is_chosen_where_it_is_free():
    model = written({(REWARD, FIXED): ("5 7",)})
    claim = Claim(Relation("=", said.r, said.r))
    (left, _), = both(claim, model, at=(2,))
    assert str(left) == "7"
    assert case(model, claim, at=(2,)).model == "r = (5, 7), a = 2"


def test_logarithms_are_exact():
    claim = Claim(Relation("=", said.KL(said.ref | said.s, said.old | said.s), 0))
    model = written({(r"\pi_{\text{ref}}", FIXED): ("1/2 1/2",), (PI, AT_OLD): ("1/4 3/4",)})
    assert case(model, claim).lhs == "log(2) - 1/2·log(3)"


def test_the_logarithm_of_zero_equals_nothing():
    divergence = said.KL(said.ref | said.s, said.old | said.s)
    model = written({(r"\pi_{\text{ref}}", FIXED): ("1/2 1/2",), (PI, AT_OLD): ("1 0",)})
    for right in (0, divergence):
        assert not case(model, Claim(Relation("=", divergence, right))).holds


def test_a_witness_that_is_of_one_hypothesis_alone_is_of_one_that_its_statement_needs():
    from grpo_symbolic.checking.check import check_claim

    found = witness("Range")
    assert found.alone in check_claim(found.statement).hypotheses
    assert found.of("Range(ε<1)")
    assert not found.of("Range(β>0)")
