r"""A next state may depend on what is drawn or summed over before it: it is no constant under that."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    r"\sum_a \pi(a|s) U(s') = U(s')", r"\sum_{a_t} \pi(a_t|s_t) U(s_{t+1}) = U(s_{t+1})",
    r"\sum_a h(s') = |\mathcal{A}| h(s')", r"\sum_a \pi(a|s) \pi(b|s') = \pi(b|s')",
    r"\sum_a (r(s,a) + \gamma h(s')) \pi(a|s) = \gamma h(s') + \sum_a \pi(a|s) r(s,a)",
    r"\sum_a \nabla_\theta \pi_\theta(a|s) h(s'') = 0", r"\sum_s d(s) h(s') = h(s')",
    r"\sum_{a \in \mathcal{A}} \pi(a|x) h(x, x') = h(x, x')", r"\prod_a e^{h(s')} = e^{h(s')}",
])
def test_a_sum_over_actions_may_move_the_next_state(text: str) -> None:
    assert prove(text).status == "unread"


@pytest.mark.parametrize("text", [
    r"\sum_{a'} \pi(a'|s') h(s') = h(s')", r"\sum_a \pi(a|s') h(s') = h(s')", r"\sum_a \pi(a|s') h(s) = h(s)",
    r"\sum_a \pi(a|s) P(s'|s,a) h(s') = h(s') \sum_a \pi(a|s) P(s'|s,a)",
    r"\sum_{s'} \sum_a \pi(a|s) P(s'|s,a) h(s') = \sum_a \pi(a|s) \sum_{s'} P(s'|s,a) h(s')",
    r"\mathbb{E}_{s' \sim d}\left[\sum_a \pi(a|s') h(s')\right] = \mathbb{E}_{s' \sim d}[h(s')]",
    r"\sum_a |\pi(a|s) - \pi(a|s')| \geq 0",
])
def test_a_state_whose_place_is_said_is_any_state(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.parametrize(("text", "definition", "status"), [
    (r"u = h(s')", r"u := h(s')", "proved"), (r"u = h(s)", r"u := h(s')", "refuted"),
    (r"u = h(s')", r"u := h(s)", "refuted"), (r"u = h(x)", r"u := h(x)", "proved"),
    (r"\mathbb{E}_{a \sim \pi(\cdot|s)}[u] = h(s)", r"u := h(s')", "unread"),
    (r"\mathbb{E}_{s \sim d}[u] = \mathbb{E}_{s \sim d}[h(s)]", r"u := h(s')", "unread"),
    (r"\mathbb{E}_{s' \sim d}[u] = \mathbb{E}_{s' \sim d}[h(s')]", r"u := h(s')", "proved"),
    (r"\sum_a \pi(a|s) u = u", r"u := h(s')", "unread"),
])
def test_what_is_defined_at_a_next_state_is_no_value_at_this_one(text: str, definition: str, status: str) -> None:
    assert prove(text, where=[definition]).status == status
