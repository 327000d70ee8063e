r"""Functions of numbers of which nothing is said: equal arguments have equal values, and nothing else is known."""

import pytest
from verdicts import prove

pytestmark = pytest.mark.long


def status(claim: str) -> str:
    return prove(claim, budget=5.0).status


@pytest.mark.parametrize("text", [
    "f(u + v) = f(v + u)", "f(2u) = f(u + u)", r"f((u + v)^2) = f(u^2 + 2uv + v^2)", "f(1 + 1) = f(2)",
    "f(0) = f(u - u)",
    r"f(\log 6) = f(\log 2 + \log 3)", r"f(\sqrt{4}) = f(2)", r"f(e^{\log u}) = f(u)", "f(s, u + v) = f(s, v + u)",
    r"\mathbb{E}_{a\sim\pi}[f(r(a))] = \sum_a \pi(a) f(r(a))",
    r"\mathbb{E}_{a\sim\pi}[c f(2r(a))] = c\,\mathbb{E}_{b\sim\pi}[f(r(b) + r(b))]",
    r"\mathbb{E}_{a\sim\pi}[f(\mathbb{E}_{b\sim\pi}[r(b)])] = f(\mathbb{E}_{a\sim\pi}[r(a)])",
    r"\mathbb{E}_{a\sim\pi}\mathbb{E}_{b\sim\mu}[f(r(a) + r(b))] = \mathbb{E}_{a\sim\mu}\mathbb{E}_{b\sim\pi}[f(r(a) + "
    "r(b))]",
    r"\sum_{i=1}^n f(c_i + 1) = \sum_{j=1}^n f(1 + c_j)", r"\sum_{i=1}^n f(2) = n f(2)",
    r"\sum_x q(x) f(p(x)/q(x)) = \mathbb{E}_{x\sim q}[f(p(x)/q(x))]",
    r"\nabla_\theta \mathbb{E}_{a\sim\pi_\theta}[f(r(a))] = "
    r"\mathbb{E}_{a\sim\pi_\theta}[f(r(a))\nabla_\theta\log\pi_\theta(a)]",
    r"\mathbf{1}\{a=b\} f(r(a) - r(b)) = \mathbf{1}\{a=b\} f(0)",
    r"\mathbb{E}_{a_{1:G}\sim\pi}[\frac1G\sum_{i=1}^G f(2r(a_i))] = \mathbb{E}_{a\sim\pi}[f(2r(a))]",
    r"f(c + 1) = 1 \implies f(1 + c)^2 = 1", r"\sum_{i=1}^2 g(i) = g(1) + g(2)",
])
def test_equals_have_equal_values(text: str) -> None:
    assert status(text) == "proved"


@pytest.mark.parametrize("text", [
    "f(u + v) = f(u) + f(v)", "f(x + y) = f(x) + f(y)", "f(uv) = f(u)f(v)", "f(u) = f(v)", "f(0) = f(0)^2",
    "f(1) = f(2)",
    "f(f(u)) = f(u)", "f(u, v) = f(v, u)", "f(s, u) = f(s', u)",
    r"\mathbb{E}_{a\sim\pi}[f(r(a))] = f(\mathbb{E}_{a\sim\pi}[r(a)])",
    r"\mathbb{E}_{a\sim\pi}[f(c r(a))] = c\,\mathbb{E}_{a\sim\pi}[f(r(a))]",
    r"\mathbb{E}_{a\sim\pi}\mathbb{E}_{b\sim\mu}[f(r(a) - r(b))] = \mathbb{E}_{a\sim\mu}\mathbb{E}_{b\sim\pi}[f(r(a) - "
    "r(b))]",
    r"\sum_{i=1}^n f(c_i + 1) = n f(c_1 + 1)", r"f(c + 1) = 1 \implies f(2) = 1",
    r"\sum_x q(x) f(p(x)/q(x)) = \mathbb{E}_{x\sim p}[f(p(x)/q(x))]",
    r"\nabla_\theta \mathbb{E}_{a\sim\pi_\theta}[f(2r(a))] = 0",
])
def test_any_function_has_no_other_law(text: str) -> None:
    assert status(text) == "refuted"


@pytest.mark.parametrize(("text", "expected"), [
    (r"\nabla_\theta f(2\pi_\theta(a)) = 0", "undecided"),  # of the derivative of f nothing is known
    (r"\nabla_\theta f(2\pi_\theta(a)) = 2f'(2\pi_\theta(a))\nabla_\theta\pi_\theta(a)", "undecided"),
    ("f(s, u) = f(u, s)", "undecided"),
    (r"\mathbb{E}_{\mu}[g(u)] = g(u)", "undecided"),  # u is what is drawn, and then a number
    (r"\mathbb{E}_{a\sim\pi}[f(r(a))] \ge f(\mathbb{E}_{a\sim\pi}[r(a)])", "undecided"),  # true of a convex f
    (r"\sum_x q(x) f(p(x)/q(x)) \ge f(1)", "undecided"),
    (r"D_f(p \| q) = \sum_x q(x) f(p(x)/q(x)) \ge f(1)", "undecided"),
    (r"D_f(p \| q) = \sum_x q(x) f(p(x)/q(x))", "definition"),
    (r"D_f(p \| q) = \sum_x q(x) f(p(x)/q(x)), D_f(p \| q) = \mathbb{E}_{x\sim q}[f(p(x)/q(x))]", "proved"),
    (r"D_f(p \| q) = \sum_x q(x) f(p(x)/q(x)), D_f(p \| q) = \mathbb{E}_{x\sim p}[f(p(x)/q(x))]", "refuted"),
    (r"D_f(p \| q) = \sum_x q(x) f(p(x)/q(x)), D_f(q \| p) = \sum_x q(x) f(p(x)/q(x))", "unread"),
    (r"f(u) = f(v) \implies f(1) = f(2)", "undecided"),  # of every u and v, or of two
    ("f(a) + f(u) = f(u) + f(a)", "undecided"),  # a may be an action
])
def test_what_is_not_known_of_a_function_is_left_open(text: str, expected: str) -> None:
    assert status(text) == expected


def test_a_counterexample_lists_the_values_that_it_uses() -> None:
    values = prove("f(1) = f(2)").counterexample.record()["values"]
    assert values.keys() == {"f(1)", "f(2)"}
    assert values["f(1)"] != values["f(2)"]
