"""What may mean two things is not read, and the reason says what to write."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("latex", "reason"), [
    (r"c = c, \quad c > 0", "a condition or one more claim"),
    (r"2 m = 4, \quad m = 2", "put the definition first"),
    (r"\mathbb{E}_{a_t \sim \pi_\theta(\cdot|s_t)}[b_t \nabla_\theta\log\pi_\theta(a_t|s_t)] = 0", "its arguments"),
    (r"\sum_{t=1}^G r_t \geq r_1", "number it in one way"),
    (r"\sum_{j=1}^G -r_j = -\sum_{j=1}^G r_j", "a sign in brackets"),
])
def test_the_reason_says_what_to_write(latex: str, reason: str) -> None:
    verdict = prove(latex)
    assert verdict.status == "unread"
    assert reason in verdict.reason


@pytest.mark.parametrize(("latex", "status"), [
    (r"\frac{\log c}{v} = \log(c / v)", "refuted"),
    (r"1 \approx 0", "refuted"), (r"0.1 \approx 0.2", "refuted"), (r"2.65 \approx 2.7", "proved"),
    (r"\sum_a p(a) = 1", "proved"), (r"\sum_a p(a)^2 = 1", "refuted"),
    (r"\sum_a p(a) \log \frac{p(a)}{q(a)} \geq 0", "proved"), (r"\sum_a p(a) \log \frac{q(a)}{p(a)} \geq 0", "refuted"),
    (r"\nabla_\mathbf{w} \mathbb{E}_{a \sim \pi_\mathbf{w}}[f(a)] = \mathbb{E}_{a \sim \pi_\mathbf{w}}[f(a)"
     r" \nabla_\mathbf{w} \log \pi_\mathbf{w}(a)]", "proved"),
    (r"\nabla_\theta \mathbb{E}_{a \sim D_\theta}[f(a)] = \mathbb{E}_{a \sim D_\theta}[f(a)"
     r" \nabla_\theta \log D_\theta(a)]", "proved"),
    (r"\nabla_\theta \mathbb{E}_{a \sim D_\theta}[f(a)] = 0", "refuted"),
    (r"\sum_{i \neq k} r_i = \sum_{i=1}^G r_i - r_k", "proved"), (r"\sum_{i \neq k} r_i = \sum_{i=1}^G r_i", "refuted"),
    (r"\nabla_\theta \mathbb{E}_{\pi_\theta}[\log \mu] = 0", "refuted"),
    (r"-\mathbb{E}_q[\log p] = H(q, p)", "proved"), (r"-\mathbb{E}_q[\log p] = H(p, q)", "refuted"),
    (r"\mathbb{E}_q[p] = p", "refuted"), (r"\mathbb{E}_{\mu}[\frac{\pi}{\mu} A] = \mathbb{E}_{\pi}[A]", "proved"),
    (r"\sum_{t=1}^G r_t = \sum_{i=1}^G r_i", "proved"), (r"\sum_{t=1}^G r_t = 2 \sum_{i=1}^G r_i", "refuted"),
    (r"\sum_x g(x) p(x) = \mathbb{E}_p[g(x)]", "proved"),
    (r"\mathbb{E}_{x \sim p}[g(x)] = \mathbb{E}_p[g(x)]", "proved"),
    (r"\mathbb{E}_{s \sim \mu}[g(s)] = \sum_s \mu(s) g(s)", "proved"), (r"|y|^2 = y^2", "proved"),
])
def test_what_is_clear_is_read(latex: str, status: str) -> None:
    assert prove(latex).status == status


@pytest.mark.parametrize("latex", [
    r"\mathbb{E}_{q}[\frac{q}{\mu}] = \sum_y q(y|z) \frac{q(y|z)}{\mu(y|z)}", r"u + -v = u - v",
    r"\mathbb{E}_{\pi'}[\log \pi'] = \sum_a \pi'(a|z) \log \pi'(a|z)",
    r"\mathcal{H}(P(\cdot|z)) = -\mathbb{E}_P[\log P]",
    r"\sum_{t=1}^K r_t = r_1 + \sum_{t=2}^K r_t",
    r"\nabla_\theta D_{\text{KL}}(\pi_{\text{ref}} \| \pi_{\text{old}}) = 0",
])
def test_a_true_statement_is_not_refuted_for_what_it_leaves_unsaid(latex: str) -> None:
    assert prove(latex).status in ("unread", "proved")


def test_zero_is_added_to_anything() -> None:
    assert prove(r"\nabla_\theta f_\theta(a) + 0 = \nabla_\theta f_\theta(a)").status == "proved"
