r"""Integrals with a differential, \int f(x) dx, are read as sums: what is true of sums alone is not said of them."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "status"), [
    (r"\int p_\theta(x)\, dx = 1", "proved"), (r"\int_a \pi_\theta(a|s)\, da = 1", "proved"),
    (r"\int p_\theta(z) \nabla_\theta \log p_\theta(z)\, \mathrm{d}z = 0", "proved"),
    (r"\int h(x) p(x)\, dx = \int h(x) \frac{p(x)}{q(x)} q(x)\, dx", "proved"),
    (r"\nabla_\theta \int p_\theta(x) h(x)\, dx = \int p_\theta(x) h(x) \nabla_\theta \log p_\theta(x)\, dx", "proved"),
    (r"\int p_\theta(\tau) R(\tau)\, d\tau = \mathbb{E}_{\tau \sim p_\theta}[R(\tau)]", "proved"),
    (r"\int p_\theta(x) dx\, h(x) = h(x)", "proved"),
    (r"\int p_\theta(x) h(x) - p_\theta(x) c\, dx = \int p_\theta(x) h(x)\, dx - c", "proved"),
    (r"\int p_\theta(x) h(x)\, dx \int p_\theta(x) g(x)\, dx = \mathbb{E}_{x \sim p_\theta}[h(x) g(x)]", "refuted"),
    (r"\int p_\theta(x) h(x) - p_\theta(x) g(x)\, dx = \int p_\theta(x) h(x)\, dx", "refuted"),
    (r"\int\limits_{\mathcal{A}} \pi(a|s) \mathop{}\!\mathrm{d} a = 1", "proved"),
    (r"\int_{\mathcal{A}} \pi(a|s)\, da = 2", "refuted"), (r"\int_{\mathcal{B}} \pi(a|s)\, da = 1", "unread"),
    (r"\int p_\theta(x)\, dx = 2", "refuted"),
    (r"\nabla_\theta \int p_\theta(x) h(x)\, dx = \int h(x) \nabla_\theta \log p_\theta(x)\, dx", "refuted")])
def test_a_differential_says_what_an_integral_runs_over(text: str, status: str) -> None:
    assert prove(text).status == status


def test_that_integrals_are_sums_is_said() -> None:
    assert "integrals are read as sums" in prove(r"\int p_\theta(x)\, dx = 1").reason


@pytest.mark.parametrize("text", [
    r"\int_a \pi_\theta(a|s)^2 \leq 1", r"\int \pi_\theta(a|s) \log \pi_\theta(a|s)\, da \leq 0",
    r"\int p_\theta(x)^2\, dx \leq 1",
    r"\int_a 1 = |\mathcal{A}|", r"\int c\, dx = c", r"\int_a c = c |\mathcal{A}|",
    r"\int_a \mathbf{1}[a = b] h(a) = h(b)", r"\int dx\, h(x) = 1", r"\int_0^1 h(x)\, dx = 1",
    r"\int h(x) + g(x)\, dx = \int h(x)\, dx + \int g(x)\, dx", r"\int p_\theta(x) h(x)\, dx^2 = 1"])
def test_what_is_true_of_sums_alone_is_not_proved(text: str) -> None:
    assert prove(text).status in ("unread", "undecided")


def test_a_definition_hides_no_integral() -> None:
    assert prove(r"\int p_\theta(x) \log p_\theta(x)\, dx = -H(p_\theta) \leq 0").status == "unread"
    assert prove("u < 2", where=[r"u := \int_a \pi_\theta(a|s)^2"]).status == "unread"
