r"""An expectation over values of laws, \mathbb{E}_{d(s)\pi(a|s)}, draws from them."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("values", "draws"), [
    (r"d(s)", r"s \sim d"), (r"d(s), \pi(a|s)", r"s \sim d, a \sim \pi(\cdot|s)"),
    (r"d(s) \pi_\theta(a|s)", r"s \sim d, a \sim \pi_\theta(\cdot|s)"), (r"\pi(a \mid s)", r"a \sim \pi(\cdot|s)"),
    (r"q_\theta(y)", r"y \sim q_\theta")])
def test_values_of_laws_are_draws_from_them(values: str, draws: str) -> None:
    body = "[g(y)]" if "y" in values else "[V(s)]" if values == "d(s)" else "[Q(s,a)]"
    assert prove(rf"\mathbb{{E}}_{{{values}}}{body} = \mathbb{{E}}_{{{draws}}}{body}").status == "proved"
    assert prove(rf"\mathbb{{E}}_{{{values}}}{body} = 2 \mathbb{{E}}_{{{draws}}}{body}").status == "refuted"


def test_without_brackets_they_reach_over_the_product() -> None:
    text = r"\mathbb{E}_{d(s)} \mathbb{E}_{\pi_\theta(a|s)} \nabla_\theta \log \pi_\theta(a|s) b(s)"
    assert prove(f"{text} = 0").status == "proved"
    assert prove(text.replace("b(s)", "Q(s,a)") + " = 0").status == "refuted"


def test_one_variable_has_one_law() -> None:
    assert prove(r"\mathbb{E}_{p(x) q(x)}[f(x)] = 1").status == "ill-formed"
