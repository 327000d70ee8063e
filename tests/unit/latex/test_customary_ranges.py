"""Numbers that custom bounds have these bounds where a text says nothing of them, and the verdict says so."""

from __future__ import annotations

import pytest

from grpo_symbolic.checking.check import check_claim
from grpo_symbolic.latex.statement.reader import read_statement


@pytest.mark.parametrize(("latex", "assume", "status"), [
    (r"\gamma^3 \leq \gamma^2", [], "proved"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma \leq 3"], "refuted"),
    (r"\gamma^2 \leq \frac{1}{2}\gamma", [], "refuted"),
    (r"\lambda^2 \leq \lambda", [], "proved"),
    (r"\lambda^2 < \lambda", [], "refuted"),
    (r"\beta^2 \leq \beta", [], "refuted"),
    (r"\gamma_1^2 \leq \gamma_1", [], "refuted"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma > 0"], "proved"),
    (r"\gamma^3 \leq \gamma^2", [r"0 < \gamma"], "proved"),
    (r"\gamma^3 < \gamma^3", [r"\gamma > 0"], "refuted"),
    (r"\gamma < 1", [r"\gamma > 0"], "refuted"),
    (r"2 \geq \gamma", [r"\gamma > 0"], "refuted"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma > -1"], "refuted"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma \geq 2"], "refuted"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma = 2"], "refuted"),
    (r"\gamma^3 \leq \gamma^2", [r"\gamma + c < 3"], "refuted"),
])
def test_custom_bounds_what_nothing_else_does(latex: str, assume: list[str], status: str) -> None:
    assert check_claim(read_statement(latex, (), assume).claims[-1]).status == status


def test_the_bounds_are_said() -> None:
    found, = read_statement(r"\gamma^3 \leq \gamma^2").read_as
    assert (found.beyond, found.why) == (True, "from 0 to below 1 by custom")
