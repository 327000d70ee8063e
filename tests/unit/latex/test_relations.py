r"""Signs between two sides or two relations: ⟺, ∝, ≡, labels over a sign, and conditions in words."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement

TILTED = r"\pi_{k+1}(a|s) \propto \pi_k(a|s) e^{\lambda B(s,a)}"


@pytest.mark.long
@pytest.mark.parametrize(("text", "verdict"), [
    (r"c > 1 \iff c - 1 > 0", "proved"),
    (r"c > 1 \Leftrightarrow c > 0", "refuted"),
    (r"c > 0 \iff c > 1", "refuted"),
    (r"c = 2 \iff 2c = 4 \iff 3c = 6", "proved"),
    (r"c = 2 \iff 2c = 4 \iff c^2 = 4", "refuted"),
    (r"u > 0 \iff v > 0", "refuted"),
    (rf"{TILTED} \iff \pi_{{k+1}}(a|s) = \frac{{\pi_k(a|s) e^{{\lambda B(s,a)}}}}"
     r"{\sum_b \pi_k(b|s) e^{\lambda B(s,b)}}", "proved"),
    (rf"{TILTED} \iff \pi_{{k+1}}(a|s) = \pi_k(a|s) e^{{\lambda B(s,a)}}", "refuted"),
    (r"\pi_\theta(a|s) \propto 3 \pi_\theta(a|s)", "proved"),
    (r"\pi_\theta(a|s) \propto \pi_\theta(a|s)^2", "refuted"),
    (r"(c+1)^2 \overset{(a)}{=} c^2 + 2c + 1 \stackrel{(ii)}{\geq} 2c", "proved"),
    (r"(c+1)^2 \overset{(a)}{=} c^2 + 1", "refuted"),
    (r"u + u \equiv 2u", "proved"),
    (r"u + u \equiv 3u", "refuted"),
    (r"|u| = u \text{ if } u > 0", "proved"),
    (r"|u| = u, \quad\text{when}\quad u > -1", "refuted"),
    (r"c_i^2 \geq 0 \quad \forall i", "proved"),
    (r"\pi_\theta(a|s) \leq 1 \quad \text{for all } s, a", "proved"),
])
def test_a_relation_says_what_it_says(text: str, verdict: str) -> None:
    assert prove(text).status == verdict


@pytest.mark.parametrize("text", [
    r"u > 0, v > 0 \iff u v > 0", r"c > 1 \iff c - 1 > 0, c > 0", r"u \overset{d}{=} v", r"u \overset{?}{=} u",
    r"u \stackrel{u > 0}{=} |u|", r"\pi_\theta(a|s) \leq 1 \quad \forall i",
    r"\sum_i c_i = 1 \quad \forall i", r"f(s) = 1 \text{ if } c > 0", r"c^2 \propto c", r"u \neq v",
])
def test_what_would_change_a_relation_is_not_passed_over(text: str) -> None:
    with pytest.raises(ReadError):
        read_statement(text)


@pytest.mark.parametrize("sign", [r"\stackrel{\text{def}}{=}", r"\overset{\mathrm{def}}{=}", r"\overset{\triangle}{=}"])
def test_a_label_may_define(sign: str) -> None:
    assert read_statement(rf"K {sign} c^2").kind == "definition"


def test_a_law_that_nothing_speaks_of_is_defined_by_what_it_is_proportional_to() -> None:
    found = read_statement(r"\pi^*(a|s) \propto \pi_{\text{ref}}(a|s) e^{r(s,a)/\beta}")
    assert found.kind == "definition"
