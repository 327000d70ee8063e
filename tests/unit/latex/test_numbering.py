r"""From which number on families are counted: ranges from 0, shifted indices, sets, pairs."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.kinds.numbering import NUMBERS, Constraint, solved

ONE, OTHER, INDEX = ("family", "c", "0"), ("family", "d", "0"), ("range", "", "0", "k")


def verdict(text: str, *assume: str, where: tuple[str, ...] = ()) -> str:
    return prove(text, where, assume).status


def test_a_range_from_zero_raises_its_family() -> None:
    found = solved([Constraint("tie", INDEX, ONE), Constraint("least", INDEX, gap=1)])
    assert (found.offset(INDEX), found.offset(ONE), found.offset(OTHER)) == (1, 1, 0)


def test_what_is_tied_in_two_ways_has_no_offset() -> None:
    found = solved([Constraint("tie", INDEX, ONE), Constraint("tie", INDEX, ONE, 1)])
    assert found.offset(INDEX) is None
    assert found.offset(OTHER) == 0


def test_an_index_that_is_a_number_is_counted_as_it_is() -> None:
    found = solved([Constraint("tie", INDEX, ONE), Constraint("tie", INDEX, NUMBERS),
                    Constraint("least", INDEX, gap=1)])
    assert found.offset(INDEX) is None


@pytest.mark.parametrize("text", [
    r"\sum_{k=0}^{n} a_k = \sum_{k=1}^{n+1} a_{k-1}",
    r"\sum_{j=0}^{N-1} d_{j+1} = \sum_{l=1}^{N} d_l",
    r"\sum_{k=0}^{n} w_k = w_0 + \sum_{k=1}^{n} w_k",
    r"\sum_{l=0}^{1} d_l = d_0 + d_1",
    r"\sum_{t=2}^{T} u_t = \sum_{t=1}^T u_t - u_1",
    r"\sum_{t=0}^T c_t = c_0 + \sum_{i=1}^T c_i",
    r"\sum_{k=1}^{N} c_{k-1} = \sum_{k=0}^{N-1} c_k",
    r"\prod_{l=0}^{K} 2 = 2^{K+1}",
    r"\sum_{l=1}^{0} c_l = 0",
    r"\sum_{k\in[K]} c_k = \sum_{k=1}^K c_k",
    r"\sum_{k\in\{1,\ldots,n\}} c_k = \sum_{k=1}^n c_k",
    r"\frac{1}{|\mathcal{I}|}\sum_{i\in\mathcal{I}} (c_i - c) = \frac{1}{|\mathcal{I}|}\sum_{i\in\mathcal{I}} c_i - c",
    r"\sum_{m\in\mathcal{M}} 1 = |\mathcal{M}|",
    r"\sum_{i,j} w_i w_j = \left(\sum_i w_i\right)^2",
    r"\sum_{i\ne j} w_i w_j = \left(\sum_i w_i\right)^2 - \sum_i w_i^2",
    r"\sum_{i,j=1,\, i\ne j}^{G} u_i u_j = \left(\sum_{i=1}^G u_i\right)^2 - \sum_{i=1}^G u_i^2",
    r"\sum_{j\ne i} u_j = \sum_j u_j - u_i",
])
def test_what_holds_of_numbered_families_is_proved(text: str) -> None:
    assert verdict(text) == "proved"


@pytest.mark.parametrize("text", [
    r"\sum_{j=0}^{N-1} c_j = \sum_{j=1}^{N} c_j",
    r"\sum_{k=0}^{n} w_k = w_1 + \sum_{k=1}^{n} w_k",
    r"\sum_{l=0}^{1} d_l = d_1 + d_2",
    r"\sum_{l=0}^{0} c_l = c_1",
    r"\sum_{k=1}^{N} c_{k-1} = \sum_{k=0}^{N} c_k",
    r"\sum_{k=1}^{N} c_{k+1} = \sum_{k=2}^{N} c_k",
    r"\sum_{k=0}^{K-2} c = Kc",
    r"\sum_{k\in[K]} c_k = \sum_{k=0}^K c_k",
    r"\sum_{k\in\{1,\ldots,n\}} 1 = n+1",
    r"\sum_{m\in\mathcal{M}} 1 = 2|\mathcal{M}|",
    r"\sum_{i,j} w_i = \sum_i w_i",
    r"\sum_{i\ne j} w_i w_j = \left(\sum_i w_i\right)^2",
    r"\sum_{i,j=0}^{N-1} u_i u_j = \left(\sum_{i=1}^{N-1} u_i\right)^2",
    r"\sum_{k=0}^n \gamma^k = \sum_{k=1}^n \gamma^k",
])
def test_what_is_off_by_one_is_refuted(text: str) -> None:
    assert verdict(text) == "refuted"


@pytest.mark.parametrize("text", [
    r"\sum_{m\in\mathcal{M}} b_m = \sum_{m=1}^{M} b_m",
    r"\sum_{m\in\mathcal{M}} b_m = \sum_{l\in\mathcal{N}} b_l",
    r"\sum_{m\in\mathcal{M}} b_m = b_1",
    r"\sum_{t=1}^{T} c_{i,2t} = \sum_{t=1}^{T} c_{i,2t}",
    r"\sum_{i \neq j} 1 = G^2",
])
def test_what_cannot_be_numbered_is_unread(text: str) -> None:
    assert verdict(text) == "unread"


def test_a_definition_keeps_its_numbering() -> None:
    mean = (r"\bar c := \frac1n\sum_{k=0}^{n-1} c_k",)
    assert verdict(r"\sum_{k=0}^{n-1}(c_k - \bar c) = 0", where=mean) == "proved"
    assert verdict(r"\sum_{k=1}^{n}(c_k - \bar c) = 0", where=mean) == "refuted"
