r"""What custom has of a number is not taken against what is declared or assumed of it: that a range has a member."""

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "let", "assume"), [
    (r"\sum_{t=0}^{T-1} 1 > 0", [r"T \in \mathbb{N}_0"], []), (r"\sum_{i=1}^G 1 \geq 1", [r"G \in \mathbb{N}_0"], []),
    (r"\frac{1}{T} \sum_{t=0}^{T-1} 1 = 1", [r"T \in \mathbb{N}_0"], []),
    (r"\sum_{k=m}^{0} k^2 = 0", [r"m \in \mathbb{Z}"], []),
    (r"\sum_{k=m}^{n} |k| = \sum_{k=m}^n k", [r"m \in \mathbb{Z}", r"n \in \mathbb{Z}"], []),
    (r"\sum_{k=m}^{n} m \geq 0", [], [r"m \geq -5"]), (r"\sum_{k=1}^n k \geq 1", [r"n \in \mathbb{N}_0"], []),
    (r"\sum_{i=1}^n 2 > \sum_{i=1}^n 1", [], [r"n \geq 0"]),
    (r"\sum_{k=-m}^{m} 1 \geq 3", [r"m \in \mathbb{N}_0"], [])])
def test_what_fails_of_a_number_that_is_allowed_is_not_proved(text: str, let: list[str], assume: list[str]) -> None:
    assert prove(text, let=let, assume=assume, budget=1.0).status != "proved"


@pytest.mark.parametrize(("text", "let", "assume"), [
    (r"\sum_{t=0}^{T-1} 1 > 0", [r"T \in \mathbb{N}"], []), (r"\sum_{k=1}^n k \geq 1", [], [r"n \geq 1"]),
    (r"\sum_{i=1}^n 2 > \sum_{i=1}^n 1", [r"n \in \mathbb{Z}"], [r"n \geq 2"]), (r"\sum_{k=1}^n k \geq 1", [], [])])
def test_within_custom_it_is(text: str, let: list[str], assume: list[str]) -> None:
    assert prove(text, let=let, assume=assume).status == "proved"


@pytest.mark.parametrize("text", [
    "H(P, Q) = H(Q, P)", r"H(P, Q) \geq H(Q)", r"H(P, Q) \leq H(P) + H(Q)", "H(P, Q) - H(Q, P) = 0"])
def test_laws_that_are_declared_are_nothing_random(text: str) -> None:
    laws = [r"P \in \Delta(\mathcal{A})", r"Q \in \Delta(\mathcal{A})"]
    assert prove(text, let=laws).status != "proved"
    assert prove(r"H(P, Q) \geq H(P)", let=laws).status == "proved"


def test_what_is_assumed_counts_beside_what_a_range_presumes() -> None:
    text = r"\sum_{k=m}^{m+n-1} \gamma^k = \gamma^m \sum_{k=0}^{n-1} \gamma^k"
    assert prove(text).status == "proved"
    assert prove(r"\sum_{k=m}^{m+n-1} 1 \geq 1", assume=[r"n \geq 0"]).status != "proved"
