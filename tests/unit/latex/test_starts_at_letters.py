r"""Ranges from a letter on, \sum_{k=m}^n and \sum_{k=m}^\infty: of numbers, and none is shorter than an empty one."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

UNIT = r"0 < \gamma < 1"


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{k=m}^n c = (n - m + 1) c", "proved"), (r"\sum_{k=m}^n c = (n - m) c", "refuted"),
    (r"\sum_{k=m}^n c = c", "refuted"), (r"\sum_{k=m}^{2m} 1 = m + 1", "proved"),
    (r"\sum_{k=m}^n k = \frac{(n - m + 1) (n + m)}{2}", "proved"),
    (r"\sum_{k=m}^n k = \frac{(n - m) (n + m)}{2}", "refuted"),
    (r"\sum_{k=m}^n k^2 = \sum_{k=1}^n k^2 - \sum_{k=1}^{m-1} k^2", "proved"),
    (r"\sum_{k=m}^n k^2 = \sum_{k=1}^n k^2 - \sum_{k=1}^m k^2", "refuted"),
    (r"\sum_{k=m}^n \gamma^k = \frac{\gamma^m - \gamma^{n+1}}{1 - \gamma}", "proved"),
    (r"\sum_{k=m}^n \gamma^k = \frac{\gamma^m - \gamma^n}{1 - \gamma}", "refuted"),
    (r"\sum_{k=t}^T \gamma^{k-t} = \frac{1 - \gamma^{T-t+1}}{1 - \gamma}", "proved"),
    (r"\sum_{k=t}^T \gamma^{k-t} = \frac{1 - \gamma^{T-t}}{1 - \gamma}", "refuted"),
    (r"\sum_{k=m}^{m+n-1} \gamma^k = \gamma^m \sum_{k=0}^{n-1} \gamma^k", "proved"),
    (r"\sum_{k=m}^{m+n} \gamma^k = \gamma^m \sum_{k=0}^{n-1} \gamma^k", "refuted"),
    (r"\sum_{k=m}^{m+2} \gamma^k = \gamma^m (1 + \gamma + \gamma^2)", "proved"),
    (r"\sum_{k=m}^n \gamma^k = \sum_{k=m}^p \gamma^k + \sum_{k=p+1}^n \gamma^k", "proved"),
    (r"\sum_{k=m}^n \gamma^k = \sum_{k=m}^p \gamma^k + \sum_{k=p}^n \gamma^k", "refuted"),
    (r"\sum_{k=m}^n \sum_{j=m}^n \gamma^{j+k} = \left(\sum_{k=m}^n \gamma^k\right)^2", "proved"),
    (r"\prod_{k=m}^n \gamma = \gamma^{n-m+1}", "proved"), (r"\prod_{k=m}^n \gamma = \gamma^{n-m}", "refuted"),
    (r"\sum_{k=m}^n \gamma^k \leq \frac{\gamma^n}{1 - \gamma}", "refuted"),
    (r"\sum_{k=m}^n c_k^2 \geq 0", "unread"), (r"\sum_{k=m}^n \sum_{j=1}^k c = 0", "unread"),
    (r"\sum_{k=m}^n \sum_{j=k}^n c = 0", "unread"), (r"\sum_{k=m}^n \sum_{j \neq k} c_j = 0", "unread"),
    (r"\sum_{k=m/2}^n c = c", "unread"), (r"\sum_{k=\epsilon}^n c = c", "unread")])
def test_a_range_from_a_letter_on(text: str, status: str) -> None:
    assert prove(text, assume=[UNIT]).status == status


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{k=m}^\infty \gamma^k = \frac{\gamma^m}{1 - \gamma}", "proved"),
    (r"\sum_{k=m}^\infty \gamma^k = \frac{\gamma^{m+1}}{1 - \gamma}", "refuted"),
    (r"\sum_{t=T}^\infty \gamma^t R = \frac{\gamma^T R}{1 - \gamma}", "proved"),
    (r"\sum_{k=t}^\infty \gamma^{k-t} = \frac{1}{1 - \gamma}", "proved"),
    (r"\sum_{k=t+1}^\infty \gamma^{k-t} = \frac{\gamma}{1 - \gamma}", "proved"),
    (r"\sum_{k=t+1}^\infty \gamma^{k-t} = \frac{1}{1 - \gamma}", "refuted"),
    (r"\sum_{k=0}^\infty \gamma^{k+n} = \frac{\gamma^n}{1 - \gamma}", "proved"),
    (r"\sum_{k=0}^\infty \gamma^k - \sum_{k=0}^{n-1} \gamma^k = \sum_{k=n}^\infty \gamma^k", "proved"),
    (r"\sum_{k=m}^\infty \gamma^k \leq \gamma", "refuted"), (r"\sum_{k=m}^\infty \gamma^k = 4^m", "refuted"),
    (r"\sum_{k=t}^\infty \gamma^{k-t-1} = \frac{1}{\gamma (1 - \gamma)}", "unread"),
    (r"\sum_{k=m}^\infty u^k = \frac{u^m}{1 - u}", "unread"), (r"\sum_{k=m}^\infty c = 0", "unread")])
def test_a_series_from_a_letter_on(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.long
@pytest.mark.parametrize("text", [
    r"(1 - \gamma) \sum_{k=m}^\infty \gamma^k \leq \gamma", r"(1 - \gamma) \sum_{k=m}^\infty \gamma^k (m - 1) \geq 0",
    r"\sum_{k=m}^{m+2} (m - 1) (m - 2) \geq 0", r"\sum_{k=m}^{m+n-1} c (m - 1) (m - 2) \geq 0"])
def test_what_fails_of_no_whole_number_is_not_refuted(text: str) -> None:
    assert prove(text, assume=[UNIT, "c > 0"]).status != "refuted"


@pytest.mark.long
@pytest.mark.parametrize(("given", "text", "status"), [
    ("m = n", r"\sum_{k=m}^n c = c", "proved"), ("m = n + 1", r"\sum_{k=m}^n c = 0", "proved"),
    (r"m \leq n", r"\sum_{k=m}^n c = (n - m + 1) c", "proved"), ("n = 3", r"\sum_{k=m}^n c = (4 - m) c", "proved"),
    ("m > n + 1", r"\sum_{k=m}^n c = (n - m + 1) c", "undecided"),
    ("m > n + 1", r"\sum_{k=m}^n c = 7", "undecided"), ("m + n = 10", r"\sum_{k=m}^n c = (n - m + 1) c", "proved"),
    ("m + n = 10", r"\sum_{k=m}^n c = (n - m) c", "refuted")])
def test_what_is_given_of_the_ends_is_heeded(given: str, text: str, status: str) -> None:
    assert prove(text, assume=[given]).status == status


def test_what_a_definition_sums_is_given_where_it_is_used() -> None:
    defined = [r"S := \sum_{k=m}^n \gamma^k"]
    assert prove(r"(1 - \gamma) S = \gamma^m - \gamma^{n+1}", where=defined).status == "proved"
    assert prove(r"(1 - \gamma) S = \gamma^m - \gamma^n", where=defined).status == "refuted"
    endless = [r"S := \sum_{k=m}^\infty \gamma^k", r"U := S"]
    for text in (r"(1 - \gamma) S \leq \gamma", r"(1 - \gamma) U = \gamma^m \leq \gamma",
                 r"(1 - \gamma) \sum_{k=m}^\infty \gamma^k = \gamma^m \leq \gamma"):
        assert prove(text, where=endless, assume=[UNIT]).status != "refuted"


def test_that_no_range_is_shorter_than_an_empty_one_is_said() -> None:
    said = {one.symbol: one.why for one in read_statement(r"\sum_{k=m}^n c = (n - m + 1) c").read_as}
    assert said["m"] == r"m \leq n + 1, as no range is shorter than an empty one"
    claim, = read_statement(r"\sum_{k=m}^n c = (n - m + 1) c").claims
    assert any(one.op == "≥" for one in claim.assume)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("text", [
    r"\sum_{k=m}^n (\gamma^k + k) c", r"\prod_{k=m+1}^{2n} (c + k^2)", r"\sum_{k=m}^\infty \gamma^k c"])
def test_it_is_printed_so_that_it_reads_as_the_same(text: str, profile: str) -> None:
    node = read_expression(text)
    assert read_expression(latex(node, profile), profile=profile) == node
