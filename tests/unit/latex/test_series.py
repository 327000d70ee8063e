r"""Geometric series without an end have their value where they converge, and that is given: nothing else is said."""

from __future__ import annotations

import pytest
from verdicts import prove

U = r"\sum_{k=0}^\infty u^k = \frac{1}{1 - u}"
V = r"V := \sum_{k=0}^\infty \gamma^k"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{j=0}^{\infty} \gamma^j = \frac{1}{1 - \gamma}", "proved"),
    (r"\sum_{k=0}^\infty \gamma^k c = \frac{c}{1 - \gamma}", "proved"),
    (r"\sum_{k=1}^\infty c \gamma^k = \frac{c \gamma}{1 - \gamma}", "proved"),
    (r"\sum_{k=1}^\infty \gamma^{k-1} = \frac{1}{1 - \gamma}", "proved"),
    (r"\sum_{k=3}^\infty \gamma^{k-1} = \frac{\gamma^2}{1 - \gamma}", "proved"),
    (r"\sum_{k=0}^\infty \gamma^{k+2} = \frac{\gamma^2}{1 - \gamma}", "proved"),
    (r"(1 - \gamma) \sum_{t=0}^\infty \gamma^t h(s) = h(s)", "proved"),
    (r"\sum_{t=0}^\infty (\gamma \lambda)^t = \frac{1}{1 - \gamma \lambda}", "proved"),
    (r"\mathbb{E}_{a \sim \pi}[\sum_{k=0}^\infty \gamma^k h(a)] (1 - \gamma) = \mathbb{E}_{a \sim \pi}[h(a)]",
     "proved"),
    (r"\sum_{k=0}^\infty \gamma^k = \frac{1}{\gamma - 1}", "refuted"),
    (r"\sum_{k=1}^\infty \gamma^k = \frac{1}{1 - \gamma}", "refuted"),
    (r"\sum_{k=0}^\infty \gamma^{k+1} = \frac{1}{1 - \gamma}", "refuted"),
    (r"\sum_{k=0}^\infty \gamma^k c = \frac{1}{1 - \gamma}", "refuted"),
    (r"\sum_{k=0}^\infty \gamma^k c + c = \frac{c}{1 - \gamma}", "refuted"),
    (U, "unread"), (r"\sum_{k=0}^\infty \lambda^k = \frac{1}{1 - \lambda}", "unread"),
    (r"\sum_{k=0}^\infty 2^k = -1", "unread"), (r"\sum_{k=0}^\infty c = c", "unread"),
    (r"\sum_{k=0}^\infty \gamma^k r_k = \frac{r_k}{1 - \gamma}", "unread"),
    (r"\sum_{k=0}^\infty \gamma^{2k} = \frac{1}{1 - \gamma}", "unread"),
    (r"\sum_{k=0}^\infty \gamma^{k-1} = \frac{1}{\gamma (1 - \gamma)}", "unread"),
    (r"\sum_{k=0}^\infty k \gamma^k = \frac{\gamma}{(1 - \gamma)^2}", "unread"),
    (r"\sum_{k=0}^\infty \gamma_k^k = \frac{1}{1 - \gamma_k}", "unread"),
    (r"\prod_{k=0}^\infty \gamma^k = 0", "unread")])
def test_a_series_has_its_value(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize(("given", "status"), [
    (r"|u| < 1", "proved"), (r"0 < u < 1", "proved"), (r"-1 < u < 1", "proved"), (r"|u| \leq \frac{1}{2}", "proved"),
    (r"u < 1", "unread"), (r"-1 \leq u < 1", "unread"), (r"-1 < u \leq 1", "unread"), (r"|u| \leq 1", "unread"),
    (r"|u| < 2", "unread"), (r"|u| > 1", "unread"), (r"u = \frac{1}{2}", "unread"), (r"|v| < 1", "unread"),
    (r"-2 < u < 1", "unread"), (r"1 > u, u > v", "unread")])
def test_it_must_be_given_that_it_converges(given: str, status: str) -> None:
    assert prove(U, assume=[given]).status == status


@pytest.mark.parametrize(("text", "where", "assume", "status"), [
    (r"V = \frac{1}{1 - \gamma}", [V], [], "proved"), (r"V = -1", [V], [r"\gamma = 2"], "unread"),
    (r"W = -1", [V, r"W := V"], [r"\gamma = 2"], "unread"),
    (r"V = \frac{1}{1 - \gamma}", [V, r"\gamma \in [0,1]"], [], "unread"),
    (r"V = -1", [V, r"\gamma := 2"], [], "undecided"),
    (r"u = u", [], [r"\sum_{k=0}^\infty u^k = 3"], "unread")])
def test_a_definition_does_not_hide_that(text: str, where: list[str], assume: list[str], status: str) -> None:
    assert prove(text, where=where, assume=assume).status == status
