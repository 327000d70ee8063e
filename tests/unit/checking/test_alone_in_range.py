r"""A name that is the only symbol of a claim, and is assumed to lie in a range, may be any number of it."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "assume", "status"), [
    (r"\prod_{t=1}^T \rho_t = \frac{1}{T} \sum_{t=1}^T \rho_t", [r"\rho_t > 0"], "refuted"),
    (r"\prod_{t=1}^T \rho_t = \frac{1}{T} \sum_{t=1}^T \rho_t", [], "undecided"),
    (r"\prod_{t=1}^T \rho_t = \frac{1}{T} \sum_{t=1}^T \rho_t", [r"\rho_t > \beta"], "undecided"),
    (r"\frac{1}{G} \sum_{i=1}^G r_i = \bar r", [r"\bar r > 0"], "undecided"),
    (r"k_3 = \rho - \log \rho", ["k_3 > 0", r"\rho > 0"], "undecided"),
    (r"\mathbb{E}_{a \sim \pi_{\text{old}}}[\rho] = 1", [r"\rho > 0"], "undecided"),
    (r"L = J", ["L > 0"], "undecided")])
def test_beside_another_symbol_it_waits_for_its_definition(text: str, assume: list[str], status: str) -> None:
    assert prove(text, assume=assume, lore=False).status == status
