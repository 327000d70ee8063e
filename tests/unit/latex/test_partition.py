r"""Rows of cases: where they meet they must agree, and they must leave no place open."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression


def cases(*rows: str) -> str:
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


@pytest.mark.parametrize(("rows", "other", "verdict"), [
    ((r"u & u \geq 0", r"-u & u \leq 0"), "|u|", "proved"),
    ((r"u & u \geq 0", r"-u & u \leq 0"), "|u| + u", "refuted"),
    ((r"1 & u \geq 0", r"1 & u \leq 0"), "1", "proved"),
    ((r"1 & u \geq 0", r"1 & u \leq 0"), "2", "refuted"),
    ((r"u & u \geq v", r"v & v \geq u"), r"\max(u, v)", "proved"),
    ((r"0 & u \leq 0", r"u & 0 \leq u \leq 1", r"1 & u \geq 1"), r"\operatorname{clip}(u, 0, 1)", "proved"),
    ((r"0 & \text{for } u < 0", r"1 & \text{for } u > 1", r"u & \text{otherwise}"), r"\operatorname{clip}(u, 0, 1)",
     "proved"),
    ((r"u & \text{if } u > v", r"v & \text{otherwise}"), r"\min(u, v)", "refuted"),
])
def test_cases_have_the_value_of_the_row_that_holds(rows: tuple[str, ...], other: str, verdict: str) -> None:
    assert prove(f"{other} = {cases(*rows)}").status == verdict


@pytest.mark.parametrize("rows", [
    (r"u & u > 0", r"0 & u < -1"), (r"0 & u > 0", r"0 & u < 0"), (r"u & u > 0",), (r"1 & u > v", r"2 & v > u"),
    (r"1 & u > 0", r"2 & v > 0")])
def test_cases_that_leave_a_place_open_are_refused(rows: tuple[str, ...]) -> None:
    with pytest.raises(ReadError, match="leave a place open"):
        read_expression(cases(*rows))


@pytest.mark.parametrize("rows", [
    (r"u & u \geq 0", r"1 - u & u \leq 0"), (r"1 & u \geq 0", r"2 & u \geq 1", r"0 & u < 0"),
    (r"1 & u \geq v", r"2 & v \geq u"), (r"0 & u < 0", r"1 & u > -1", r"u & \text{otherwise}"),
    (r"1 & u \leq 1 - \lambda", r"2 & 1 - \lambda \leq u \leq 1 + \lambda", r"3 & u > 1 + \lambda")])
def test_cases_that_hold_at_once_and_differ_are_refused(rows: tuple[str, ...]) -> None:
    with pytest.raises(ReadError, match="hold at once"):
        read_expression(cases(*rows))


def test_a_row_after_otherwise_is_refused() -> None:
    with pytest.raises(ReadError, match="never holds"):
        read_expression(cases(r"1 & u > 0", r"2 & \text{otherwise}", r"3 & u < 0"))
