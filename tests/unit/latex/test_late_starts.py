r"""Ranges that start late, \sum_{i=3}^n: that there are as many numbers as they leave out is given, or a hypothesis."""

from __future__ import annotations

import pytest
from verdicts import prove

FIRST_TWO = r"\sum_{i=1}^# x_i = x_1 + x_2 + \sum_{i=3}^# x_i"


@pytest.mark.parametrize("end", "nG")
def test_the_first_members_are_those_that_a_late_start_leaves_out(end: str) -> None:
    verdict = prove(FIRST_TWO.replace("#", end))
    assert verdict.status == "proved"
    assert verdict.hypotheses == (f"Range({end}≥2)",)
    assert prove(FIRST_TWO.replace("#", end).replace("=3", "=4")).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\sum_{i=1}^n x_i = x_1 + \sum_{i=3}^n x_i", r"\sum_{i=3}^n 1 = n - 2", r"\sum_{i=3}^n 1 = n - 2 + x_1 - x_1"])
def test_of_members_that_are_not_named_no_range_is_known_to_have_them(text: str) -> None:
    assert prove(text).status in ("undecided", "refuted")


@pytest.mark.long
@pytest.mark.parametrize("given", ["n = 1", r"n \leq 1"])
def test_nothing_is_decided_of_an_end_that_is_said_to_come_before(given: str) -> None:
    assert prove(FIRST_TWO.replace("#", "n"), assume=[given]).status == "undecided"


@pytest.mark.parametrize("given", [r"G \geq 1", r"G > 1", r"G \in \mathbb{N}"])
def test_what_is_declared_is_a_premise_as_what_is_assumed(given: str) -> None:
    assert prove(r"\sum_{i=1}^G x_i = x_1 + \sum_{i=2}^G x_i", let=[given]).status == "proved"


@pytest.mark.parametrize(("text", "given"), [
    (r"\sum_{t=0}^{T-1} (x_{t+1} - x_t) = x_T - x_0", r"T \geq 2"),
    (r"\sum_{i=1}^{n-1} x_i + x_n = \sum_{i=1}^n x_i", r"n \geq 2"),
    (r"\sum_{t=1}^T x_t = x_1 + x_2 + \sum_{t=3}^T x_t", r"T \geq 2"),
    (r"\sum_{k=0}^{K-1} x_{t+k} = x_t + \sum_{k=1}^{K-1} x_{t+k}", "K > 1"),
    (r"\sum_{l=0}^\infty \gamma^l x_{t+l} = x_t + \gamma \sum_{l=0}^\infty \gamma^l x_{t+l+1}", r"0 < \gamma < 1")])
def test_so_it_is_of_numbers_of_steps(text: str, given: str) -> None:
    for verdict in (prove(text, assume=[given]), prove(text, let=[given])):
        assert verdict.status == "proved"
        assert not [held for held in verdict.hypotheses if "≤" in held]
    assert prove(text, let=[given]).declared == ((given, True),)
    assert prove(text.replace("=", "= 1 +", 2).replace("= 1 +", "=", 1), let=[given]).status != "proved"


@pytest.mark.parametrize(("given", "status"), [(r"T \in [3, 3]", "proved"), (r"T \geq 3", "refuted")])
def test_a_premise_on_an_end_counts(given: str, status: str) -> None:
    assert prove(r"\sum_{t=1}^T x_{t+1} = x_2 + x_3 + x_4", let=[given]).status == status


@pytest.mark.long
@pytest.mark.parametrize("given", ["T < 2", r"T \leq 1"])
def test_a_premise_that_leaves_nothing_proves_nothing(given: str) -> None:
    text = r"\sum_{t=1}^T x_t = x_1 + x_2 + \sum_{t=3}^T x_t"
    assert prove(text, assume=[given]).status == prove(text, let=[given]).status == "undecided"


@pytest.mark.parametrize("text", [
    r"\sum_{k=-2}^2 x_{k+3} = x_1 + x_2 + x_3 + x_4 + x_5", r"\sum_{k=-2}^2 x_{k+3} = \sum_{k=1}^5 x_k"])
def test_no_size_is_asked_of_a_group_that_the_statement_does_not_have(text: str) -> None:
    verdict = prove(text)
    assert (verdict.status, verdict.hypotheses) == ("proved", ())


def test_it_is_asked_of_one_that_it_has() -> None:
    text = r"x_5 + \frac{1}{G} \sum_{i=1}^G x_i = \frac{1}{G} \sum_{i=1}^G x_i + x_5"
    assert "Range(G≥5)" in prove(text).hypotheses


@pytest.mark.parametrize("text", [
    r"\sum_{l=0}^{T} (\gamma\lambda)^l x_{t+l} = x_t + \gamma\lambda \sum_{l=0}^{T-1} (\gamma\lambda)^l x_{t+l+1}",
    r"\sum_{l=0}^{T} \gamma^l x_{T-l} = \sum_{l=0}^{T} \gamma^{T-l} x_l",
    r"\sum_{l=0}^{T} \gamma^l x_{t-l} = x_t + \gamma \sum_{l=0}^{T-1} \gamma^l x_{t-1-l}"])
def test_no_hypothesis_has_a_letter_of_the_reading_alone(text: str) -> None:
    verdict = prove(text)
    assert verdict.status == "proved"
    assert not [held for held in verdict.hypotheses if held.startswith("Nonzero")]
    assert prove(text.replace("= x_t", "= 2 x_t").replace(r"\gamma^{T-l}", r"\gamma^l")).status == "refuted"
