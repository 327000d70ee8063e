"""What a factor or a bracket belongs to, where custom has two answers: each is a reading, and none is chosen."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "statuses"), [
    (r"g_i (g_i - r_i) = g_i^2 - g_i r_i", {"proved"}),
    (r"g_i (g_i - r_i) = g_i^2 - 2 g_i r_i", {"refuted"}),
    (r"\sum_{i=1}^G f_i (f_i + 1) = \sum_{i=1}^G (f_i^2 + f_i)", {"proved"}),
    (r"f(u+1) = fu + f", {"undecided"}),
    (r"\phi(u+v) = \phi u + \phi v", {"undecided"}),
    (r"f_\theta(u+1) = f_\theta u + f_\theta", {"undecided", "unread"}),
    (r"h(2) = 2h", {"unread"}),
    (r"f(u+1) = f(1+u)", {"proved"}),
    (r"f(u+1) = f(u) + 1", {"refuted"}),
])
def test_a_letter_of_functions_that_stands_alone_may_be_a_number(text: str, statuses: set[str]) -> None:
    assert prove(text).status in statuses


@pytest.mark.parametrize(("text", "status"), [
    (r"\log xy = \log x + \log y", "undecided"),
    (r"\log xy = y\log x", "undecided"),
    (r"\log c \frac{u}{v} = \frac{u}{v} \log c", "undecided"),
    (r"\log xy = \log xy", "proved"),
    (r"\log x\log y = \log y\log x", "proved"),
    (r"\log x(y+1) = (y+1)\log x", "proved"),
    (r"\log\pi_\theta(a|s) A = A \log\pi_\theta(a|s)", "proved"),
    (r"\log\pi_\theta(a|s)\,\beta = \beta + \log\pi_\theta(a|s)", "refuted"),
])
def test_a_symbol_after_the_logarithm_of_a_symbol_is_open(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    r"\frac{d}{du}(c)(u) = 0", r"\frac{d}{du}(c)(u) = c", r"\frac{d}{du} (v) \cdot (u+1) = 0",
    r"\frac{d}{du} (v+w) \cdot (u+1) = v+w"])
def test_what_follows_the_derivative_of_a_bracket_that_does_not_vary_is_open(text: str) -> None:
    assert prove(text).status in ("undecided", "unread")


@pytest.mark.parametrize(("text", "status"), [
    (r"\frac{d}{du} c u^2 = 2cu", "proved"), (r"\frac{d}{du} c u^2 = cu", "refuted"),
    (r"\frac{d}{du} \frac{1}{2} u^2 = u", "proved"), (r"\frac{d}{du} c(u+1) = 0", "refuted"),
    (r"\nabla_\theta (f(b))\,\pi_\theta(b|s) = f(b)\nabla_\theta \pi_\theta(b|s)", "proved"),
])
def test_a_coefficient_is_a_part_of_what_is_differentiated(text: str, status: str) -> None:
    assert prove(text).status == status


PAID = r"\sum_{t=1}^T r(s_t,a_t)"


@pytest.mark.parametrize("after", [
    rf"\left({PAID}\right)", PAID, rf"[{PAID}]", r"\left(\sum_{k=1}^T r(s_k,a_k)\right)"])
def test_a_product_of_ratios_ends_before_brackets_that_bind_its_index_anew(after: str) -> None:
    ratios = r"\prod_{t=1}^T\frac{\pi_\theta(a_t|s_t)}{\pi_{\text{old}}(a_t|s_t)}"
    mean = rf"\mathbb{{E}}_{{\tau\sim \pi_{{\text{{old}}}}}}\left[{ratios} {after}\right]"
    assert prove(rf"{mean} = \mathbb{{E}}_{{\tau\sim \pi_\theta}}[{PAID}]").status == "proved"
    assert prove(rf"{mean} = \mathbb{{E}}_{{\tau\sim \pi_\theta}}[2 {PAID}]").status == "refuted"


@pytest.mark.parametrize("text", [
    r"\log \frac1G \sum_{i=1}^G e^{r_i} \geq \frac1G \sum_{i=1}^G r_i", r"\log \frac{1}{G} \sum_{i=1}^G 1 = 0",
    r"\log \frac{1}{2} \sum_{i=1}^2 1 = 0",
    r"-\log \frac{1}{K} \sum_{k=1}^K w_k \leq -\frac{1}{K} \sum_{k=1}^K \log w_k",
    r"\log \frac{1}{G-1} \sum_{i=2}^G 1 = 0", r"\log \frac{1}{2G} \sum_{i=1}^G 2 = 0",
    r"\log \frac{1}{G(G-1)} \sum_{i=1}^G (G - 1) = 0", r"\log G^{-1} \sum_{i=1}^G 1 = 0",
    r"\log \frac{1}{T+1} \sum_{t=0}^T 1 = 0", r"\exp \frac{1}{2G} \sum_{i=1}^G 2 = \exp 1",
    r"\log \frac{1}{\sum_j |o_j|} \sum_{i=1}^G |o_i| = 0"])
def test_a_logarithm_before_a_mean_may_be_that_of_the_mean(text: str) -> None:
    assert prove(text).status == "undecided"


@pytest.mark.parametrize("text", [
    r"\log(\frac{1}{G}) \sum_{i=1}^G 1 = -G \log G", r"\log(\frac{1}{G} \sum_{i=1}^G 1) = 0",
    r"\log \frac{p}{q} \sum_{i=1}^G r_i = \log(\frac{p}{q}) \sum_{i=1}^G r_i",
    r"\log\frac{1}{\pi_\theta(a|s)} A(s,a) = -A(s,a) \log\pi_\theta(a|s)",
    r"\sum_x p(x) \log \frac{1}{p(x)} = -\sum_x p(x) \log p(x)"])
def test_where_brackets_or_a_law_say_it_one_reading_is_left(text: str) -> None:
    assert prove(text).status == "proved"
