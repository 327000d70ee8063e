r"""What is taken where something is largest, f(\arg\max_a f(a)): true is what holds of every such place."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

STATUS = {
    r"f(\arg\max_a f(a)) = \max_a f(a)": "proved",
    r"f(\argmin_a f(a)) = \min_a f(a)": "proved",
    r"f(\arg\max_a -f(a)) = \min_a f(a)": "proved",
    r"f(\arg\max_a f(a)) = \min_a f(a)": "refuted",
    r"f(\arg\max_a f(a)) \geq f(b)": "proved",
    r"f(\arg\max_a f(a)) > f(b)": "refuted",
    r"g(\arg\max_a f(a)) = \max_a g(a)": "refuted",
    r"g(\arg\max_a f(a)) \leq \max_a g(a)": "proved",
    r"g(\arg\max_a f(a)) \geq \max_a g(a)": "refuted",
    r"g(\arg\max_a f(a)) = g(\arg\min_a f(a))": "refuted",
    r"f(\arg\max_a (f(a) + g(a))) = \max_a f(a)": "refuted",
    r"f(\arg\max_a c f(a)) = \max_a f(a)": "refuted",
    r"\pi(\arg\max_a \pi(a|s)|s) = \max_a \pi(a|s)": "proved",
    r"\pi(\arg\max_a Q(s,a)|s) = \max_a \pi(a|s)": "refuted",
    r"Q(s, \arg\max_a Q(s,a)) \geq \mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a)]": "proved",
    r"V(\arg\max_s V(s)) = \max_s V(s)": "proved",
    r"\nabla_\theta \pi_\theta(\arg\max_a \pi_\theta(a|s)|s) = 0": "undecided",
    r"\mathbb{E}_{s \sim \rho}[Q(s, \arg\max_a Q(s,a))] = \mathbb{E}_{s \sim \rho}[\max_a Q(s,a)]": "undecided",
    r"f(\arg\max_a f(a), \arg\max_b g(b)) = 0": "unread",
    r"f(\arg\max_i r_i) = 1": "unread",
}


@pytest.mark.parametrize("statement", STATUS)
def test_what_holds_wherever_something_is_largest_is_proved_and_nothing_else(statement: str) -> None:
    assert prove(statement, budget=10).status == STATUS[statement]


def test_what_is_taken_at_a_maximum_reads_back_as_it_is_printed() -> None:
    for text in (r"f(\arg\max_a g(a))", r"\pi(\arg\min_a Q(s,a)|s)", r"f(\arg\max_a (f(a) - g(a)))^2"):
        node = read_expression(text)
        assert read_expression(latex(node)) == node


@pytest.mark.parametrize(("statement", "status"), [
    (r"\sum_a c(a) = \sum_b c(b)", "proved"), (r"\sum_a c(a) = 2\sum_b c(b)", "refuted"),
    (r"\max_a f(a) \geq f(b)", "proved"), (r"\max_a f(a) \geq f(c) + c", "undecided")])
def test_what_stands_where_an_action_does_is_one(statement: str, status: str) -> None:
    assert prove(statement).status == status
