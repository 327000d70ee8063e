r"""An index in an exponent is the number that it is: geometric sums, and discounts."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

UNIT = [r"0 < \gamma < 1"]


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{l=0}^{n-1} \gamma^l = \frac{1 - \gamma^n}{1 - \gamma}", "proved"),
    (r"\sum_{k=0}^{n} \gamma^k = \frac{1 - \gamma^{n+1}}{1 - \gamma}", "proved"),
    (r"\sum_{t=2}^{T} \gamma^t = \frac{\gamma^2 - \gamma^{T+1}}{1 - \gamma}", "proved"),
    (r"(1 - \gamma) \sum_{t=0}^{T-1} \gamma^t = 1 - \gamma^T", "proved"),
    (r"\sum_{k=0}^{n} \gamma^{n-k} = \frac{1 - \gamma^{n+1}}{1 - \gamma}", "proved"),
    (r"\sum_{t=0}^{T-1} \gamma^{2t} = \frac{1 - \gamma^{2T}}{1 - \gamma^2}", "proved"),
    (r"\sum_{t=0}^{T-1} 2^t = 2^T - 1", "proved"),
    (r"\sum_{k=0}^{3} \gamma^k = 1 + \gamma + \gamma^2 + \gamma^3", "proved"),
    (r"\sum_{k=0}^{n-1} e^{-\gamma k} = \frac{1 - e^{-\gamma n}}{1 - e^{-\gamma}}", "proved"),
    (r"\sum_{t=1}^{T} \gamma^{t-1} w_t = \sum_{k=0}^{T-1} \gamma^k w_{k+1}", "proved"),
    (r"\sum_{i=0}^{n-1} \sum_{j=0}^{n-1} \gamma^i \gamma^j = (\frac{1 - \gamma^n}{1 - \gamma})^2", "proved"),
    (r"\sum_{k=0}^{n} \gamma^k = \frac{1 - \gamma^n}{1 - \gamma}", "refuted"),
    (r"\sum_{k=1}^{n} \gamma^k = \frac{1 - \gamma^n}{1 - \gamma}", "refuted"),
    (r"\sum_{t=2}^{T} \gamma^t = \frac{\gamma - \gamma^{T+1}}{1 - \gamma}", "refuted"),
    (r"\sum_{t=1}^{T} \gamma^t w_t = \sum_{k=0}^{T-1} \gamma^k w_{k+1}", "refuted"),
    (r"\sum_{t=0}^{T-1} \gamma^t w_t = \frac{1 - \gamma^T}{1 - \gamma} w_t", "refuted"),
    # shorter than an empty one below n = 4
    (r"\sum_{k=0}^{n-5} \gamma^k = \frac{1 - \gamma^{n-4}}{1 - \gamma}", "undecided"),
    (r"\sum_{k=0}^{n-5} \gamma^k = \frac{1 - \gamma^{n-5}}{1 - \gamma}", "refuted"),
    (r"\sum_{t=1}^{T} 2^t = 2^T - 1", "refuted"),
    (r"\sum_{k=1}^{n} \gamma^{k^2} = n", "refuted"),
    (r"\sum_{k=1}^{n} \gamma^{(k)} = n \gamma^{(k)}", "unread"),
    (r"\sum_{k=0}^{\infty} \gamma^k = \frac{1}{1 - \gamma}", "proved")])
def test_a_sum_of_powers(text: str, status: str) -> None:
    assert prove(text, assume=UNIT).status == status


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{i=1}^{G} i^2 = \frac{G (G+1) (2G+1)}{6}", "proved"),
    (r"\sum_{t=0}^{T-1} t^2 = \frac{T (T-1) (2T-1)}{6}", "proved"),
    (r"\sum_{i=1}^{n} i^3 = \frac{n^2 (n+1)^2}{4}", "proved"),
    (r"\frac{1}{G} \sum_{i=1}^G (i - \frac{G+1}{2})^2 = \frac{G^2 - 1}{12}", "proved"),
    (r"\sum_{i=1}^G i^2 r_i = \sum_{j=1}^G j \cdot j \, r_j", "proved"),
    (r"\sum_{i=1}^{G} i^2 = \frac{G (G+1) (2G-1)}{6}", "refuted"),
    (r"\sum_{t=0}^{T} t^2 = \frac{T (T-1) (2T-1)}{6}", "refuted"),
    (r"\sum_{i=1}^{n} i^3 = \frac{n^2 (n+1)}{4}", "refuted"),
    (r"\sum_{i=1}^n i^2 r_i = \sum_{i=1}^n i \, r_i^2", "refuted"),
    (r"\prod_{i=1}^{n} i^2 = 1", "refuted"),
    (r"\sum_{i=1}^G i^* r_i = 0", "unread"), (r"\sum_{a} a^2 \pi(a|s) = 1", "unread")])
def test_an_index_has_powers(text: str, status: str) -> None:
    assert prove(text).status == status


def test_what_may_be_one_or_negative() -> None:
    """What is divided by is a hypothesis; of a base of any sign nothing is proved."""
    text = r"\sum_{k=0}^{n-1} #^k = \frac{1 - #^n}{1 - #}"
    assert any(held.startswith("Nonzero") for held in prove(text.replace("#", r"\beta")).hypotheses)
    assert prove(text.replace("#", "c")).status == "undecided"
    assert prove(r"\sum_{k=1}^{n} c^k = n c", assume=["c = 1"]).status != "refuted"


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_printed_as_it_is_read(profile: str) -> None:
    for text in (r"\sum_{k=1}^{n} c^{k-1} w_k", r"\sum_{k=1}^{n} (k^2 + (k-1)^3) w_k"):
        node = read_expression(text)
        assert read_expression(latex(node, profile), profile=profile) == node
