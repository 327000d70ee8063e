r"""The page of the documentation on what multiplies the score of a token, in every loss of the field and every penalty.

``python -m grpo_symbolic.code.telling.coefficients_page docs`` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ... import language as lang
from ...checking.check import check_claim
from ...objectives.estimators import ESTIMATORS, Cell, find
from ..algebra.derivative import derivative, unstopped
from ..algebra.expression import (
    add,
    choose,
    clip,
    compare,
    divide,
    exp,
    minimum,
    multiply,
    negative,
    power,
    stop,
    subtract,
)
from ..algebra.nodes import BATCH, MASK, ONE, TOKEN, ZERO, Expression, constant, leaf, number
from ..algebra.order import Facts
from ..algebra.printing import latex
from ..algebra.rebuilt import total
from ..deciding.sayable import said
from .penalty import K1, K2, K3, W, X
from .regions import Bound, Region, regions, shortest

PAGE, BAR = "penalty-gradients.md", r"\vert "
SETTING = {"eps_low": Fraction(1, 5), "eps_high": Fraction(7, 25), "c": Fraction(3), "cap": Fraction(2),
           "tau": Fraction(3, 2)}
FACTS = Facts(frozenset(), frozenset(SETTING))
ADVANTAGE = leaf("A", (BATCH, TOKEN))
LOW, HIGH, SECOND, CAP, TAU = map(constant, SETTING)
MASKED = leaf(MASK, (BATCH, TOKEN))
COUNT = total(TOKEN, MASKED)
SEQUENCE = exp(divide(total(TOKEN, multiply(MASKED, subtract(X, leaf("o", (BATCH, TOKEN))))), COUNT))
OF_SEQUENCE = leaf("A", (BATCH,))
PROVED, BUDGET = "proved", 10.0
WEIGHTS = {"plain": ONE, "ρ": W, "sg[ρ]": stop(W)}
BODIES = dict(zip(ESTIMATORS, (K1, K2, K3), strict=True))
HEAD = r"""# What follows which gradient

What multiplies $\nabla_\theta \log \pi_\theta(o_{i,t})$ in the losses of the field, and which divergence the mean
gradient of a penalty follows. Nothing on this page is typed in: coefficients are derived from the losses by the code
that reads yours (`grpo-symbolic loss`), cell by cell, and what stands in the tables is then proved by the kernel.

- [The coefficients of the losses](#the-coefficients-of-the-losses)
- [The gradients of the penalties](#the-gradients-of-the-penalties)

## The coefficients of the losses

Of one token $r$ is the ratio $\pi_\theta/\pi_{\theta_{\text{old}}}$, $s_i$ the geometric mean of the ratios of a
sequence. Each row is proved as $\nabla_\theta \ell = c\,\nabla_\theta \log \pi_\theta$ under its condition; that of
sequences is derived, and proved with [the objectives](objectives.md).

"""
MIDDLE = r"""
## The gradients of the penalties

A penalty $k$ in a loss, $\rho = \pi_\theta/\pi_{\theta_{\text{old}}}$ its weight. On-policy a sample is drawn from
$\pi_\theta$, at $\theta = \theta_{\text{old}}$; off-policy from $\pi_{\text{old}}$. $M_\theta$ and $M_{\text{old}}$ are
as in [the estimators](estimators.md), where the candidates are that each mean gradient was proved equal to, or against
all of which it was refuted.

| penalty | coefficient of a sample | mean gradient on-policy | mean gradient off-policy |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """A loss of one token, or of one sequence."""

    name: str
    loss: Expression
    sequence: bool = False


def clipped(ratio: Expression, advantage: Expression) -> Expression:
    """The smaller of the surrogate and its clipped copy."""
    low, high = subtract(ONE, LOW), add(ONE, HIGH)
    return minimum(multiply(ratio, advantage), multiply(clip(ratio, low, high), advantage))


def losses() -> Iterator[Row]:
    """The losses of the field."""
    once, below = clipped(W, ADVANTAGE), compare("<", ADVANTAGE, ZERO)
    yield Row("PPO, GRPO, DAPO", negative(once))
    floor = multiply(SECOND, ADVANTAGE)
    twice = negative(minimum(negative(once), negative(floor)))
    yield Row("PPO with dual clip", negative(choose(below, twice, once)))
    yield Row("GSPO", negative(clipped(SEQUENCE, OF_SEQUENCE)), True)
    token = multiply(stop(SEQUENCE), exp(subtract(X, stop(X))))
    mean = divide(total(TOKEN, multiply(MASKED, clipped(token, OF_SEQUENCE))), COUNT)
    yield Row("GSPO-token", negative(mean), True)
    yield Row("CISPO", negative(multiply(stop(minimum(W, CAP)), ADVANTAGE, X)))
    gate = power(add(ONE, exp(negative(multiply(TAU, subtract(W, ONE))))), -1)
    yield Row("SAPO", negative(multiply(number(4), power(TAU, -1), gate, ADVANTAGE)))
    yield Row("REINFORCE", negative(multiply(ADVANTAGE, X)))


def rows_of(row: Row) -> Iterator[str]:
    """The lines of a loss in the table. Raises ValueError where the kernel does not prove one."""
    for region in regions(derivative(row.loss), FACTS, SETTING):
        for bounds in region.where:
            if not row.sequence and not proved(row.loss, region, bounds):
                raise ValueError(f"{row.name}: {latex(region.value)} is not proved")
        yield f"| {row.name} | {shown(region.value)} | {condition(region)} |"


def shown(node: Expression) -> str:
    """A formula in a cell of a table, which a bar would end."""
    return f"${latex(node).replace('|', '{vert} ')}$".replace("{vert}", r"\vert")


def condition(region: Region) -> str:
    """Where a coefficient holds."""
    if not any(region.where):
        return "everywhere"
    return "; ".join(f"${', '.join(f'{latex(left)} {op} {latex(right)}' for left, op, right in one)}$"
                     for one in region.where)


def proved(loss: Expression, region: Region, bounds: tuple[Bound, ...]) -> bool:
    """Whether the kernel proves that the gradient of a loss is the coefficient times the score, under bounds."""
    action, state = lang.Var("a", "action"), lang.Var("s", "state")

    def written(node: Expression) -> lang.Node:
        return said(node, action, state)
    score = lang.grad(written(X))
    relation = lang.Relation("=", lang.grad(written(loss)), lang.times(written(region.value), score))
    bounds_ = [lang.Relation(op, written(left), written(right)) for left, op, right in bounds]
    ends = [lang.Relation("<", written(LOW), lang.Num(1)), lang.Relation(">", written(SECOND), written(add(ONE, HIGH)))]
    claim = lang.Claim(relation, (), (*bounds_, *ends))
    return check_claim(claim, budget=BUDGET).status == PROVED


def penalties() -> Iterator[str]:
    """The lines of the penalties."""
    for weight, factor in WEIGHTS.items():
        for name, body in BODIES.items():
            coefficient = shortest(unstopped(derivative(multiply(factor, body))))
            means = [find(Cell(name, weight, "loss", law, "gradient")).name for law in ("π_θ", "π_old")]
            title = name if weight == "plain" else f"{weight}·{name}"
            yield f"| {title} | {shown(coefficient)} | {' | '.join(means)} |"


def page() -> str:
    """The page, all of it computed now."""
    table = ["| loss | coefficient | where |", "|---|---|---|", *(line for row in losses() for line in rows_of(row))]
    return HEAD + "\n".join(table) + "\n" + MIDDLE + "\n".join(penalties()) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) / PAGE).write_text(page(), encoding="utf-8")
