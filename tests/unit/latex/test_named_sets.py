r"""Sums and products over a named set of indices, whatever the letters of what is summed are by custom."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{t \in \mathcal{T}} (x_t + y_t) = \sum_{t \in \mathcal{T}} x_t + \sum_{t \in \mathcal{T}} y_t", "proved"),
    (r"\sum_{i \in \mathcal{I}} a_i b_i = \sum_{j \in \mathcal{I}} b_j a_j", "proved"),
    (r"\sum_{t \in \mathcal{T}} (x_t - \frac{1}{|\mathcal{T}|} \sum_{u \in \mathcal{T}} x_u) = 0", "proved"),
    (r"\sum_{t \in \mathcal{T}} x_t = |\mathcal{T}| x_t", "refuted"),
    (r"\sum_{k=0}^{n} x_k = \sum_{k=1}^{n+1} x_{k-1}", "proved"),
    (r"\sum_{k=0}^{n} x_k = \sum_{k=1}^{n+1} x_k", "refuted"),
    (r"\sum_{k=0}^{n} y_k = y_0 + \sum_{k=1}^{n} y_k", "proved"),
    (r"\sum_{t \in \mathcal{T}} x_t = \sum_{t=1}^{T} x_t", "unread"),
    (r"\sum_{t \in \mathcal{T}} x_t = \sum_{t \in \mathcal{U}} x_t", "unread"),
    (r"\sum_{t \in \mathcal{T}} x_t = \sum_{t \in \mathcal{T}} x_{t+1}", "unread"),
    (r"\sum_{t \in \mathcal{T}} x_t + x_1 = x_1 + \sum_{t \in \mathcal{T}} x_t", "unread"),
    (r"\sum_{t \in \mathcal{T}} \pi(a|x_t) = \sum_{t \in \mathcal{T}} \pi(a|x_t)", "unread")])
def test_what_is_summed_may_have_any_letter(text: str, status: str) -> None:
    assert prove(text).status == status


def test_products_and_means() -> None:
    logs = r"\prod_{t \in \mathcal{T}} x_t = \exp(\sum_{t \in \mathcal{T}} \log x_t)"
    mean = r"\prod_{t \in \mathcal{T}} x_t = \exp(\frac{1}{|\mathcal{T}|} \sum_{t \in \mathcal{T}} \log x_t)"
    assert prove(logs, assume=["x_t > 0"]).status == "proved"
    assert prove(mean, assume=["x_t > 0"]).status == "refuted"
