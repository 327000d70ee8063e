r"""k_1, k_2 and k_3 of the ratio r where nothing is drawn: read by custom, named, and not proved where bent."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

SQUARED = (r"\nabla_\theta k_2 = \log r \cdot \nabla_\theta \log r = -\log r \cdot \nabla_\theta \log \pi_\theta "
           r"= k_1 \cdot \nabla_\theta \log \pi_\theta")
LAST = (r"\nabla_\theta k_3 - (1 - r) \nabla_\theta \log \pi_\theta = "
        r"\log r \cdot (\nabla_\theta k_1 - \nabla_\theta \log \pi_\theta)")


@pytest.mark.parametrize(("text", "printed", "bent"), [
    (SQUARED, "k_2", "k_1"), (SQUARED, "k_2", "k_3"), (SQUARED, "k_2", "2 k_2"), (SQUARED, "k_1", "-k_1"),
    (SQUARED, r"= \log r", r"= -\log r"), (SQUARED, r"= -\log r", r"= \log r"), (SQUARED, "= k_1", "= k_2"),
    (SQUARED, "k_2", "k_4"), (SQUARED, "k_2", "K"), (SQUARED, r"\log r \cdot \nabla", r"\log r_t \cdot \nabla"),
    (LAST, "(1 - r)", "(r - 1)"), (LAST, "k_3", "k_2"), (LAST, "k_1 -", "k_1 +")])
def test_the_ratio_is_that_of_the_reference_over_the_policy(text: str, printed: str, bent: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any(r"r = \pi_{\text{ref}}/\pi_\theta" in one.formula for one in found.lore if one.entry == "by custom")
    assert printed in text
    assert prove(text.replace(printed, bent, 1)).status not in ("proved", "refuted", "ill-formed")


@pytest.mark.parametrize("where", [[r"r = \frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}"], [r"k_2 = r - 1"]])
def test_a_definition_goes_before_custom(where: list[str]) -> None:
    assert prove(SQUARED, where).status != "proved"


@pytest.mark.parametrize("words", [r"Here $r = \frac{\pi_\theta}{\pi_{\text{ref}}}$.", r"Let $r$ denote the reward."])
def test_what_a_document_says_of_the_ratio_is_heeded(words: str) -> None:
    records = read_records(tex_records(rf"{words} Then \[ {SQUARED} \]"))
    assert [found.status for found in check_read(records, budget=5.0)] != ["proved"]
