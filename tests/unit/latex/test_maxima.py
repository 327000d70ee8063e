"""Maxima and minima over actions and states: what they are bounds of, and where they end."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

pytestmark = pytest.mark.long

TRUE = [
    r"\mathbb{E}_{s\sim\rho}[f(s)] \leq \max_s f(s)",
    r"\min_{s \in \mathcal{S}} f(s) \leq \mathbb{E}_{s\sim\rho}[f(s)]",
    r"\max_a Q(s,a) \geq \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)]",
    r"\left|\max_s f(s) - \max_s g(s)\right| \leq \max_s |f(s) - g(s)|",
    r"\max_a (f(a) + g(a)) \leq \max_a f(a) + \max_a g(a)",
    r"\min_a f(a) = -\max_a (-f(a))",
    r"\max_a (f(a) + c) = c + \max_a f(a)",
    r"\mathbb{E}_{s\sim\rho}[\max_a Q(s,a)] \geq \max_a \mathbb{E}_{s\sim\rho}[Q(s,a)]",
    r"\max_s \min_a Q(s,a) \leq \min_a \max_s Q(s,a)",
    r"\mathbb{E}_{s\sim\rho}[D_{\text{TV}}(\pi(\cdot|s), \mu(\cdot|s))] \leq"
    r"\max_s D_{\text{TV}}(\pi(\cdot|s), \mu(\cdot|s))",
    r"\max_{a\in\mathcal{A}} \pi_\theta(a|s) \leq 1",
    r"\max_a -f(a) + c = c - \min_a f(a)",
]
FALSE = [
    r"\mathbb{E}_{s\sim\rho}[f(s)] \geq \max_s f(s)",
    r"\max_a Q(s,a) \leq \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)]",
    r"\left|\max_s f(s) - \max_s g(s)\right| = \max_s |f(s) - g(s)|",
    r"\max_a (f(a) + g(a)) = \max_a f(a) + \max_a g(a)",
    r"\min_a f(a) = \max_a (-f(a))",
    r"\max_a c f(a) = c \max_a f(a)",
    r"\mathbb{E}_{s\sim\rho}[\max_a Q(s,a)] = \max_a \mathbb{E}_{s\sim\rho}[Q(s,a)]",
    r"\max_s \min_a Q(s,a) = \min_a \max_s Q(s,a)",
    r"\max_a f(a) = \max_b g(b)",
    r"\max_a \max_s Q(s,a) = \max_a Q(s,a)",
]


@pytest.mark.parametrize("statement", TRUE)
def test_what_holds_of_every_maximum_is_proved(statement):
    assert prove(statement, budget=10).status == "proved"


@pytest.mark.parametrize("statement", FALSE)
def test_what_fails_for_some_maximum_is_refuted(statement):
    assert prove(statement).status == "refuted"


def test_an_assumption_on_a_maximum_is_one_on_every_value():
    assert prove(r"f(s) \leq c", assume=[r"\max_s f(s) \leq c"]).status == "proved"
    assert prove(r"f(s) \geq c", assume=[r"\max_s f(s) \geq c"]).status == "refuted"
    assert prove(r"f(s) \leq \mathbb{E}_{a\sim\pi(\cdot|s)}[c]", assume=[r"\max_s f(s) = c"]).status == "proved"


def test_a_maximum_is_not_differentiated():
    """Where it is attained may move: ∇max is not the gradient at a fixed place."""
    assert prove(r"\nabla_\theta \max_a \pi_\theta(a|s) = 0").status == "undecided"


@pytest.mark.parametrize("statement", [r"\max_a f(a) - g(a) \geq f(y) - g(y)", r"\max_a f(a) - g(a) \geq \max_a f(a)"])
def test_a_maximum_that_may_hold_the_next_term_is_read_both_ways(statement):
    verdict = prove(statement)
    assert verdict.status != "proved"
    assert "ends" in verdict.reason


def test_a_maximum_over_a_number_is_unread():
    assert prove(r"\max_c c^2 \geq 0").status == "unread"


@pytest.mark.parametrize("text", [
    r"\max_{a} f(a)", r"2 \min_{s} \max_{a} Q(s, a) + c", r"\left(\max_{a} f(a)\right)^2"])
def test_maxima_are_printed_as_they_are_read(text):
    node = read_expression(text)
    assert read_expression(latex(node)) == node


@pytest.mark.parametrize(("statement", "status"), [
    (r"|\mathbb{E}_p[f] - \mathbb{E}_q[f]| \leq 2 \|f\|_\infty D_{\text{TV}}(p, q)", "proved"),
    (r"|\mathbb{E}_p[f] - \mathbb{E}_q[f]| \leq \|f\|_\infty D_{\text{TV}}(p, q)", "refuted"),
    (r"\|f + g\|_\infty \leq \|f\|_\infty + \|g\|_\infty", "proved"),
    (r"\|f + g\|_\infty = \|f\|_\infty + \|g\|_\infty", "refuted"),
    (r"\|f g\|_\infty \leq \|f\|_\infty \|g\|_\infty", "proved"),
    (r"\|f g\|_\infty = \|f\|_\infty \|g\|_\infty", "refuted"),
    (r"\|c f\|_\infty = |c| \|f\|_\infty", "proved"),
    (r"\|c f\|_\infty = c \|f\|_\infty", "refuted"),
])
def test_a_norm_of_a_function_is_its_largest_absolute_value(statement, status):
    assert prove(statement).status == status


@pytest.mark.parametrize(("statement", "status"), [
    (r"\max_a \beta f(a) = \beta \max_a f(a)", "proved"), (r"\max_a (-2 f(a)) = -2 \max_a f(a)", "refuted"),
    (r"\max_a f(a) g(s) = g(s) \max_a f(a)", "refuted"),
    (r"\max_a f(a) D_{\text{KL}}(p\|q) = D_{\text{KL}}(p\|q) \max_a f(a)", "undecided")])
def test_only_what_is_not_negative_stands_before_a_maximum(statement, status):
    assert prove(statement).status == status


@pytest.mark.parametrize("latex", [
    r"\max_a \pi(a|s) Q(s,a) \leq \max_a \pi(a|s) \cdot \max_a Q(s,a)",
    r"\max_a f(a) \max_b g(b) = \max_b g(b) \max_a f(a)", r"\max_a f(a) \cdot c = c \max_a f(a)",
    r"\max_a f(a) \mathbb{E}_{b\sim\mu}[g(b)] = \mathbb{E}_{b\sim\mu}[g(b)] \max_a f(a)"])
def test_how_much_of_a_product_a_maximum_is_of_is_not_guessed(latex: str) -> None:
    assert prove(latex).status == "unread"
