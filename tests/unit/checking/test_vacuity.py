"""Nothing is proved of nothing, and counterexamples are found at the edges of what is assumed."""

from fractions import Fraction

import pytest

import grpo_symbolic

pytestmark = pytest.mark.long

SPREAD = (r"\sigma \doteq \sqrt{\frac{1}{G}\sum_{i=1}^G (r_i-\frac{1}{G}\sum_{j=1}^G r_j)^2}",)
RATIO = (r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}",)
MEAN, SQUARE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]", r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)^2]"

VACUOUS = {
    "the root of a negative square": (r"\sqrt{-r(s,a)^2} = \sqrt{-r(s,a)^2}", (), ()),
    "the root of a negative variance": (r"\sqrt{-\sigma^2} = \sqrt{-\sigma^2}", SPREAD, ()),
    "the root of minus a variance under a law": (rf"\sqrt{{{MEAN}^2-{SQUARE}}} \geq 0", (), ()),
    "the root of minus a probability": (r"\sqrt{-\pi_\theta(a|s)} = \sqrt{-\pi_\theta(a|s)}", (), ()),
    "the logarithm of a negative square": (r"\log(-r(s,a)^2) = \log(-r(s,a)^2)", (), ()),
    "a denominator that is assumed to vanish": (r"\frac{f(s,a)}{r(s,a)} = \frac{f(s,a)}{r(s,a)}", (), ("r(s,a) = 0",)),
    "signs that exclude each other": (r"r(s,a) \geq 0", (), ("r(s,a) > 0", "r(s,a) < 0")),
    "a mean of zero of what is positive": (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)] = 0", (), (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)] = 0", "A(s,a) > 0")),
    "an assumption outside a convention": (r"\epsilon < 2", (), (r"\epsilon > 1",)),
    "a hypothesis and an assumption that exclude each other": (
        r"\log(r(s,a)) = \log(r(s,a))", (), (r"r(s,a) \leq 0",)),
}


@pytest.mark.long
@pytest.mark.parametrize("name", VACUOUS)
def test_what_no_model_satisfies_is_undecided(name):
    latex, where, assume = VACUOUS[name]
    verdict = grpo_symbolic.prove(latex, where, assume, budget=0.5)
    assert verdict.status == "undecided"
    assert "model" in verdict.reason or "contradict" in verdict.reason


@pytest.mark.parametrize(("latex", "where", "assume"), [
    (r"\sqrt{\sigma^2} = \sigma", SPREAD, ()),
    (rf"\sqrt{{{SQUARE}-{MEAN}^2}} \geq 0", (), ()),
    (r"\log(r(s,a)^2) = \log(r(s,a)^2)", (), ()),
    (r"\frac{r(s,a)}{r(s,a)} = 1", (), (r"r(s,a) \geq 0",)),
    (r"\rho(a) \geq 1", RATIO, (r"\rho(a) \geq 1+\epsilon",)),
])
def test_what_some_model_satisfies_is_proved(latex, where, assume):
    assert grpo_symbolic.prove(latex, where, assume).status == "proved"


@pytest.mark.parametrize(("latex", "where", "assume"), [
    ("r(s,a) > 0", (), (r"r(s,a) \geq 0",)),
    ("r(s,a) < 0", (), (r"r(s,a) \leq 0",)),
    ("r(s,a) < 0", (), (r"r(s,a) \leq 0", r"r(s,a) \geq 0")),
    ("A(s,a) > b(s)", (), (r"A(s,a) \geq b(s)",)),
    (r"\rho(a) > 1+\epsilon", RATIO, (r"\rho(a) \geq 1+\epsilon",)),
    (r"\beta > 1", (), (r"\beta \geq 1",)),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)] > 0", (), (r"A(s,a) \geq 0",)),
])
def test_a_bound_that_is_assumed_may_be_reached(latex, where, assume):
    found = grpo_symbolic.prove(latex, where, assume).counterexample
    assert found is not None
    assert Fraction(found.lhs) == Fraction(found.rhs)
    assert found.difference == ("0", "0")


def test_an_assumption_speaks_of_the_action_that_the_claim_names_and_of_every_other_one():
    """It shares the claim's free variables; what is free in the assumption alone stands for every action."""
    both = r"r(s,a) + r(s,a') \geq 0"
    found = grpo_symbolic.prove(both, assume=(r"r(s,a) \geq 0",)).counterexample
    assert found is not None
    places = (int(found.at[name].removeprefix("a_")) - 1 for name in ("a", "a'"))
    one, other = (Fraction(found.values["r(s, a)"][place]) for place in places)
    assert one >= 0 > one + other
    assert grpo_symbolic.prove(both, assume=(r"r(s,a'') \geq 0",), budget=0.5).counterexample is None


@pytest.mark.parametrize("latex", [
    r"\mathcal{H}(\pi_\theta(\cdot|s)) > 0",
    r"\pi_\theta(a|s) < 1",
    r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log\pi_\theta(a|s)] < 0",
])
def test_a_single_action_is_a_model_where_no_other_fails(latex):
    found = grpo_symbolic.prove(latex).counterexample
    assert found is not None
    assert found.actions == 1
    assert found.values[r"\pi_\theta"] == ["1"]


def test_more_than_one_action_comes_first():
    found = grpo_symbolic.prove(r"\pi_\theta(a|s) = 1").counterexample
    assert found is not None
    assert found.actions == 2


@pytest.mark.parametrize(("latex", "value"), [
    (r"(r(s,a) - 1000)^2 > 0", "1000"),
    (r"(r(s,a) - \frac{22}{7})^2 > 0", "22/7"),
    (r"(\beta - \frac{1}{250})^2 > 0", "1/250"),
])
def test_numbers_that_a_claim_mentions_are_tried(latex, value):
    found = grpo_symbolic.prove(latex).counterexample
    assert found is not None
    assert any(value in column for column in found.values.values())


def test_what_holds_up_to_a_large_number_fails_beyond():
    found = grpo_symbolic.prove(r"2 r(s,a) < 20000").counterexample
    assert found is not None
    assert Fraction(found.lhs) >= 20000


@pytest.mark.parametrize(("latex", "values"), [
    (r"\prod_{t=1}^T 2 = 2T", ("8", "6")),
    (r"\sum_{t=1}^T 1 = \frac{T^2+2}{3}", ("3", "11/3")),
    (r"\sum_{t=1}^T 1 > 1", ("1", "1")),
    (r"(T-1)(T-2)(T-3)\sum_{t=1}^T 1 = 0", ("24", "0")),
    (r"(|o|-1)(|o|-2) \sum_{t=1}^{|o|} 1 = 0", ("6", "0")),
    (r"(G-1)(G-2)(G-3) = 0", ("6", "0")),
    (r"\sum_{i=1}^G (G-1)(G-2)(G-3)(G-4) = 0", ("120", "0")),
    (r"2T > 2", ("2", "2")),
])
def test_what_holds_for_small_counts_may_fail_for_others(latex, values):
    found = grpo_symbolic.prove(latex).counterexample
    assert found is not None
    assert (found.lhs, found.rhs) == values


@pytest.mark.parametrize("assume", [r"A(s,a) > -1/1000000", r"A(s,a) > -\frac{1}{1000000}"])
def test_the_gap_between_a_bound_and_zero_is_tried(assume):
    found = grpo_symbolic.prove(r"A(s,a) \geq 0", assume=(assume,)).counterexample
    assert found is not None
    assert -Fraction(1, 10 ** 6) < Fraction(found.lhs) < 0


@pytest.mark.parametrize("latex", [r"1/0 = 1/0", r"\log(-1)-\log(-1) = 0"])
def test_where_nothing_is_assumed_the_reason_speaks_of_no_assumption(latex):
    reason = grpo_symbolic.prove(latex, budget=0.2).reason
    assert "no model was found in which both sides are defined" in reason
    assert "assum" not in reason


@pytest.mark.parametrize(("name", "said", "unsaid"), [
    ("the root of a negative square", "Nonnegative", "assumptions"),
    ("a denominator that is assumed to vanish", "its assumptions and Nonzero", "Nonnegative"),
    ("an assumption outside a convention", "assumptions", "Nonzero"),
])
def test_the_reason_names_what_no_model_satisfies(name, said, unsaid):
    latex, where, assume = VACUOUS[name]
    reason = grpo_symbolic.prove(latex, where, assume, budget=0.2).reason
    assert said in reason
    assert unsaid not in reason
