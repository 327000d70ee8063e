"""Refutations: each false claim has a counterexample that recomputes, no true one has any."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from oracle_claims import BENT, PAPER, TRUE
from symbols import G, a, b, eps, group, i, j, old, pi, r, ref, s

from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    Clip,
    Definition,
    E,
    Entropy,
    Frac,
    Head,
    Hessian,
    Length,
    Log,
    Max,
    Min,
    Node,
    Num,
    Prefix,
    Relation,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    Var,
    grad,
    group_mean,
    group_spread,
    group_sum,
    remainder,
    total,
)
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle.meaning.evaluator import Unevaluable
from grpo_symbolic.oracle.meaning.question import prepare
from grpo_symbolic.oracle.meaning.sides import ask
from grpo_symbolic.oracle.model.exact import ball
from grpo_symbolic.oracle.model.number_systems import Floating, Precise
from grpo_symbolic.oracle.model.tables import Rational
from grpo_symbolic.oracle.search.refute import Search, attack, refute
from grpo_symbolic.oracle.search.sizes import integers_of, sizes_of

f, A = Head("f(#1, #2)"), Head("A(#1, #2)")
baseline, action_baseline = Head("b(#1)"), Head("b(#1, #2)")
r_bar, rho, k1, k3 = Head(r"\bar{r}"), Head(r"\rho(#1)", theta=True), Head("k_1(#1)", theta=True), \
    Head("k_3(#1)", theta=True)
H, F = Head(r"H(\theta)", theta=True), Head(r"F(\theta)", theta=True, shape="matrix")
half = Frac(Num(1), Num(2))


def score(action: Node) -> Node:
    return grad(Log(pi(action, s)))


def claim(op: str, left: Node, right: object, *where: Definition, **more: object) -> Claim:
    return Claim(Relation(op, left, right), where, **more)  # type: ignore[arg-type]


MEAN = Definition(r_bar(group, s), 1 / G * group_sum(j, r(s, group[j])))
RATIO = Definition(rho(a, s), pi(a, s) / old(a, s))
K1 = Definition(k1(a, s), Log(pi(a, s) / ref(a, s)))
K3 = Definition(k3(a, s), ref(a, s) / pi(a, s) - Log(ref(a, s) / pi(a, s)) - 1)
ENTROPY = Definition(H(s), -E((a, pi | s), Log(pi(a, s))))
FISHER = Definition(F(s), E((a, pi | s), score(a) * score(a).T))
KL_REF, KL_OLD = KL(pi | s, ref | s), KL(old | s, pi | s)

PROVED = {
    "score-zero": claim("=", E((a, pi | s), score(a)), 0),
    "reinforce": claim("=", grad(E((a, pi | s), r(s, a))), E((a, pi | s), r(s, a) * score(a))),
    "state-baseline": claim("=", E((a, pi | s), (r(s, a) - baseline(s)) * score(a)), grad(E((a, pi | s), r(s, a)))),
    "centred-sum-zero": claim("=", group_sum(i, r(s, group[i]) - r_bar(group, s)), 0, MEAN),
    "variance-shift": claim("=", 1 / G * group_sum(i, (r(s, group[i]) - r_bar(group, s)) ** 2),
                            1 / G * group_sum(i, r(s, group[i]) ** 2) - r_bar(group, s) ** 2, MEAN),
    "ratio-mean-one": claim("=", E((a, old | s), rho(a, s)), 1, RATIO),
    "importance-sampling": claim("=", E((a, old | s), rho(a, s) * f(s, a)), E((a, pi | s), f(s, a)), RATIO),
    "ratio-gradient": claim("=", grad(rho(a, s)), rho(a, s) * score(a), RATIO),
    "kl-nonnegative": claim("≥", KL_REF, 0),
    "k1-value": claim("=", E((a, pi | s), k1(a, s)), KL_REF, K1),
    "k3-value": claim("=", E((a, pi | s), k3(a, s)), KL_REF, K3),
    "k3-score-coefficient": claim("=", grad(k3(a, s)), (1 - ref(a, s) / pi(a, s)) * score(a), K3),
    "sg-gradient": claim("=", grad(pi(a, s) / StopGradient(pi(a, s))), score(a)),
    "entropy-gradient": claim("=", grad(H(s)), -E((a, pi | s), Log(pi(a, s)) * score(a)), ENTROPY),
    "fisher-two-forms": claim("=", E((a, pi | s), score(a) * score(a).T), -E((a, pi | s), Hessian(Log(pi(a, s))))),
    "kl-taylor": claim("=", KL_OLD, half * Step().T * AtOld(F(s)) * Step() + remainder(3), FISHER),
    "clip-lower-bound": claim("≤", Min(rho(a, s) * A(s, a), Clip(rho(a, s), 1 - eps, 1 + eps) * A(s, a)),
                              rho(a, s) * A(s, a), RATIO),
}
REFUTED = {
    "score-zero-off-policy": claim("=", E((a, old | s), score(a)), 0),
    "action-baseline": claim("=", E((a, pi | s), (r(s, a) - action_baseline(s, a)) * score(a)),
                             grad(E((a, pi | s), r(s, a)))),
    "kl-symmetric": claim("=", KL_REF, KL(ref | s, pi | s)),
    "k3-value-off-policy": claim("=", E((a, old | s), k3(a, s)), KL_REF, K3),
    "kl-taylor-no-half": claim("=", KL_OLD, Step().T * AtOld(F(s)) * Step() + remainder(3), FISHER),
}


@pytest.mark.parametrize("name", REFUTED)
def test_every_case_to_be_refuted_is(name: str) -> None:
    found = refute(REFUTED[name])
    assert found is not None
    assert found.actions == 2
    low, high = map(Fraction, found.difference)
    assert low <= high
    assert low > 0 or high < 0


@pytest.mark.long
@pytest.mark.parametrize("name", PROVED)
def test_no_case_to_be_proved_has_a_counterexample(name: str) -> None:
    found = attack(PROVED[name], budget=0.15)
    assert found.counterexample is None
    assert found.admissible > 50
    assert not found.vacuous


@pytest.mark.long
@pytest.mark.parametrize("name", TRUE)
def test_true_claims_have_no_counterexample(name: str) -> None:
    assert refute(TRUE[name], budget=0.1) is None


@pytest.mark.parametrize("name", sorted(set(BENT) - {"not finite"}))
def test_bent_claims_have_one(name: str) -> None:
    assert refute(BENT[name]) is not None


@pytest.mark.long
@pytest.mark.parametrize("name", PAPER)
def test_the_papers_equations_and_their_bent_forms(name: str) -> None:
    right, wrong = PAPER[name]
    assert refute(right, budget=0.1) is None
    assert refute(wrong) is not None


def test_a_counterexample_recomputes_from_its_record() -> None:
    found = refute(REFUTED["score-zero-off-policy"])
    assert found is not None
    record = json.loads(json.dumps(found.record()))
    numbers = {name: list(map(Fraction, column)) for name, column in record["values"].items()}
    here, there = numbers[r"\pi_\theta"], numbers[r"\pi_{\theta_{\text{old}}}"]
    slope = numbers[r"\partial_{1} \pi_\theta"]
    assert sum(here) == sum(there) == 1
    assert sum(slope) == 0
    assert sum(q * d / p for q, d, p in zip(there, slope, here, strict=True)) == Fraction(record["lhs"])
    assert Fraction(record["rhs"]) == 0


def test_a_rational_difference_is_exact_and_any_other_one_is_bounded() -> None:
    exact_one = refute(REFUTED["score-zero-off-policy"])
    assert exact_one is not None
    assert exact_one.difference == (exact_one.lhs, exact_one.lhs)
    bounded = refute(claim("=", Entropy(pi | s), 0))
    assert bounded is not None
    low, high = map(float, bounded.difference)
    assert bounded.lhs == "log(2)"
    assert low < np.log(2) < high


def test_a_second_derivative_in_a_record_is_a_derivative() -> None:
    found = refute(claim("=", Hessian(pi(a, s)), 0))
    assert found is not None
    second = found.values[r"\partial_{1}\partial_{1} \pi_\theta"]
    assert found.lhs == second[int(found.at["a"].removeprefix("a_")) - 1]


def test_what_holds_for_two_actions_may_fail_for_three() -> None:
    square, cube = (total(a, pi(a, s) ** k) for k in (2, 3))
    found = refute(claim("=", cube, (3 * square - 1) / 2))
    assert found is not None
    assert found.actions == 3


def test_what_holds_for_two_samples_may_fail_for_three() -> None:
    found = refute(claim("=", group_sum(i, (r(s, group[i]) - r_bar(group, s)) ** 3), 0, MEAN))
    assert found is not None
    assert found.group == 3


def test_what_holds_in_one_dimension_may_fail_in_two() -> None:
    found = refute(claim("=", score(a) * score(b).T, score(b) * score(a).T))
    assert found is not None
    assert (found.directions, found.place) == (2, "[1,2]")


def test_what_holds_in_one_state_may_fail_in_two() -> None:
    left = E((s, StateLaw()), r(s, a)) * E((s, StateLaw()), f(s, a))
    found = refute(claim("=", left, E((s, StateLaw()), r(s, a) * f(s, a))))
    assert found is not None
    assert found.record()["states"] == 2


def test_a_difference_below_floating_point_is_proved() -> None:
    found = refute(claim("=", pi(a, s), pi(a, s) * (1 + Frac(Num(1), Num(10 ** 30)))))
    assert found is not None
    assert Fraction(found.difference[1]) < 0


def test_logarithms_are_exact() -> None:
    assert refute(claim("=", Log(Num(4)), 2 * Log(Num(2))), budget=0.1) is None
    found = refute(claim("≤", Entropy(pi | s), Log(Num(2))))
    assert found is not None
    assert found.actions == 3


def test_assumptions_restrict_the_models() -> None:
    at_old = claim("=", grad(KL_OLD), 0, at_old=True)
    assert refute(at_old, budget=0.1) is None
    assert refute(claim("=", grad(KL_OLD), 0)) is not None
    positive = Relation(">", A(s, a), 0)
    clipped = Min(rho(a, s) * A(s, a), (1 + eps) * A(s, a))
    upper = claim("≤", clipped, (1 + eps) * A(s, a), RATIO, assume=(positive,))
    assert refute(upper, budget=0.1) is None
    whole = claim("=", Max(A(s, a), Num(0)), A(s, a), assume=(positive,))
    assert refute(whole, budget=0.1) is None
    assert refute(claim("=", Max(A(s, a), Num(0)), A(s, a))) is not None


def test_an_assumption_on_a_bound_action_holds_for_all_actions() -> None:
    above = Relation(">", r(s, a), f(s, a))
    larger = claim(">", E((a, old | s), r(s, a)), E((a, old | s), f(s, a)), assume=(above,))
    assert attack(larger, budget=0.1).admissible > 20
    assert refute(larger, budget=0.1) is None


def test_sums_over_tokens_are_refuted_under_an_expectation() -> None:
    o, t, gate = Var("o", "action"), Var("t", "token"), Head("f(#1, #2)")
    tokens = total(t, gate(Prefix(o, t), TokenOf(o, t)), upper=Length(o))
    found = refute(claim("=", E((o, pi | s), tokens), E((o, pi | s), tokens / Length(o))))
    assert found is not None
    assert found.actions == 3
    assert found.record()["sequences"] == ["1", "21", "22"]


def test_a_token_of_another_sequence_is_refuted_where_both_have_one() -> None:
    """What only sequences of one length give a value: the tokens of a_1 as far as a_i has some."""
    t, gate = Var("t", "token"), Head("f(#1)")
    own = group_sum(i, total(t, gate(TokenOf(group[i], t)), upper=Length(group[i])))
    first = group_sum(i, total(t, gate(TokenOf(group[1], t)), upper=Length(group[i])))
    squares = (E((group, old | s), part ** 2) for part in (own, first))
    found = refute(claim("=", *squares))
    assert found is not None
    assert found.group == 2
    assert {len(word) for word in found.record()["sequences"]} == {2}
    assert refute(claim("=", first, first), budget=0.2) is None


def test_assumed_equations_are_solved_for_a_function() -> None:
    centred = Relation("=", E((a, pi | s), A(s, a)), 0)
    true = claim("=", grad(E((a, pi | s), A(s, a) ** 2)), E((a, pi | s), A(s, a) ** 2 * score(a)), assume=(centred,))
    mean = claim("=", E((a, pi | s), A(s, a) + baseline(s)), baseline(s), assume=(centred,))
    wrong = claim("=", E((a, old | s), A(s, a)), 0, assume=(centred,))
    for right in (true, mean):
        assert attack(right, budget=0.1).admissible > 20
        assert refute(right, budget=0.1) is None
    found = refute(wrong)
    assert found is not None
    advantages, chances = ([Fraction(x) for x in found.values[name]] for name in ("A(s, a)", r"\pi_\theta"))
    assert sum(x * p for x, p in zip(advantages, chances, strict=True)) == 0


def test_an_assumed_law_is_another_one() -> None:
    same = Relation("=", ref(a, s), old(a, s))
    equal = attack(claim("=", KL(old | s, ref | s), 0, assume=(same,)), budget=0.1)
    assert equal.counterexample is None
    assert equal.admissible == equal.models
    found = refute(claim("=", KL_REF, 0, assume=(same,)))
    assert found is not None
    assert found.values[r"\pi_{\text{ref}}"] == found.values[r"\pi_{\theta_{\text{old}}}"]


def test_nothing_found_is_not_the_same_as_nothing_to_find() -> None:
    empty = attack(claim("=", r(s, a), 0, assume=(Relation("<", KL_REF, 0),)), budget=0.1)
    assert empty.vacuous
    assert empty.models > 0
    assert "assumptions" in empty.reason
    kinked = attack(claim("=", grad(Max(rho(a, s), Num(1))), 0, RATIO, at_old=True), budget=0.1)
    assert kinked.counterexample is None
    none = attack(PROVED["kl-nonnegative"], budget=0.1)
    assert not none.vacuous
    assert str(none.admissible) in none.reason
    assert Search(None, 3, 0).vacuous
    nowhere = attack(claim("=", 1 / Frac(Num(0), Num(1)), 1), budget=0.1)
    assert nowhere.vacuous
    assert "assum" not in nowhere.reason
    assert "both sides are defined" in nowhere.reason


def test_a_spread_of_zero_refutes_nothing() -> None:
    normalised = group_sum(i, (r(s, group[i]) - group_mean(j, r(s, group[j]))) / group_spread(j, r(s, group[j])))
    assert refute(claim("=", normalised, 0), budget=0.2) is None
    assert refute(claim("=", E((group, pi | s), normalised), 1), budget=0.2) is None
    found = refute(claim("=", normalised, 1))
    assert found is not None
    assert found.group == 2


def test_a_remainder_is_not_compared_in_sizes() -> None:
    with pytest.raises(Unevaluable):
        refute(claim("≤", KL_OLD, remainder(2)))


def test_a_relation_up_to_an_order() -> None:
    expansion = claim("≈", Log(pi(a, s)), Log(old(a, s)) + score(a).T * Step())
    assert refute(expansion, budget=0.1, order=2) is None
    found = refute(expansion, order=3)
    assert found is not None
    assert found.place == r"\Delta\theta_1\Delta\theta_1"
    assert refute(expansion) is not None


@pytest.mark.parametrize("name", [*TRUE, *BENT, *PAPER])
def test_exact_numbers_and_floating_point_agree(name: str) -> None:
    stated = TRUE.get(name) or BENT.get(name) or PAPER[name][1]
    question = prepare(stated)
    sizes = sizes_of(question, 2, 2, 2, 2, 2)
    model = Rational(sizes, Floating(), np.random.default_rng(3), question.stands_at_old, question.signs,
                     integers_of(question, sizes), question.aliases)
    floats = next(ask(question, model))
    precise = next(ask(question, model.at(1, Precise())))
    defined = ~(floats.excluded | floats.undefined)[..., 1]
    assert (defined == ~(precise.excluded | precise.undefined)[..., 0]).all()
    for (_, *approximate), (_, *numbers) in zip(floats.pairs, precise.pairs, strict=True):
        for side, exactly in zip(approximate, numbers, strict=True):
            values = np.vectorize(lambda x: float(ball(x).mid()), otypes=[float])(exactly[..., 0])
            assert np.allclose(side[..., 1][defined], values[defined])


def test_the_search_is_repeatable() -> None:
    wrong = REFUTED["k3-value-off-policy"]
    assert refute(wrong) == refute(wrong)


def test_an_equation_of_constants_leaves_several_states() -> None:
    claim = read_statement(r"\varepsilon_l V(q) = \varepsilon V(s)", assume=[r"\varepsilon_l = \varepsilon"]).claims[0]
    found = attack(claim, budget=1.0).counterexample
    assert found is not None
    assert found.states == 2


@pytest.mark.parametrize(("latex", "assumed"), [
    ("u b = v b", ("b = 2 d + 1", "u = v + 1")),
    (r"m \leq k", ("m = k + h", r"h = \frac{3}{7}")),
    (r"\min(u, b + 1) = \min(u, d)", ("b = d", "u = d + 2"))])
def test_what_is_assumed_of_constants_holds_in_every_model(latex: str, assumed: tuple[str, ...]) -> None:
    found = attack(read_statement(latex, assume=assumed).claims[0], budget=1.0)
    assert found.counterexample is not None
    assert found.admissible == found.models
