"""Models written out number by number, which may break a convention, and both sides of a claim on one."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from flint import arb, ctx

from ...language import Claim, Node, Relation, Var
from ..meaning.question import prepare
from ..meaning.sides import ask
from ..model import exact, jets
from ..model.jets import Array, Jet
from ..model.number_systems import Precise
from ..model.tables import FIXED, OLD, THETA, Drawn, Model, Name, Sizes, Table

Rows = tuple[tuple[Fraction, ...], ...]
UNDEFINED = "undefined"
UNKNOWN: Any = arb("nan")
REWARD, EPSILON = "r(#1, #2)", r"\varepsilon"
SHOWN = {(r"\pi", THETA): "π_θ", (r"\pi", OLD): "π_old", (r"\pi_{\text{ref}}", FIXED): "π_ref",
         (r"\pi_{\text{ref}}", THETA): "π_ref", (REWARD, FIXED): "r", (EPSILON, FIXED): "ε"}


def numbers(text: str) -> tuple[Fraction, ...]:
    """Fractions from a text.

    >>> numbers("1/2 -1")
    (Fraction(1, 2), Fraction(-1, 1))
    """
    return tuple(map(Fraction, text.split()))


def listed(values: tuple[Fraction, ...]) -> str:
    """Fractions as a reader writes them."""
    return str(values[0]) if len(values) == 1 else f"({', '.join(map(str, values))})"


@dataclass
class Written(Drawn):
    """One state, one direction in θ, nothing drawn and nothing normalised.

    ``given`` maps a LaTeX name and a point to rows: the numbers of a function, or the Taylor coefficients in θ of the
    probabilities of a policy, which need neither be positive nor sum to one.
    """

    given: dict[tuple[str, str], Rows] = field(default_factory=dict)

    def draw(self, name: Name, shape: tuple[int, ...]) -> Table:
        row, = self.given[name.label, name.point]
        above, below = ([getattr(x, part) for x in row] for part in ("numerator", "denominator"))
        return np.reshape(above, shape), np.reshape(below, shape)

    def normalised(self, label: str, context: tuple[int, ...], count: int, point: str, order: int) -> tuple[Jet, Jet]:
        shape = (1,) * len(context) + (count, 1)
        terms: dict[jets.Monomial, Array] = {}
        for k, row in enumerate(self.given[label, point][:order + 1]):
            terms[(0,) * k] = self.arithmetic.number(np.array(row)).reshape(shape)
        chances = Jet(terms)
        never = chances.value == 0
        taken = Jet({**terms, (): np.where(never, self.arithmetic.number(1), chances.value)})
        logs = np.where(never, UNKNOWN, self.arithmetic.log(taken.value))
        return chances, jets.logarithm(taken, logs, order)

    def sentence(self) -> str:
        """The numbers of the model in a line, a derivative in θ with a prime."""
        return ", ".join(f"{SHOWN[key] if k == 0 else 'π_θ' if key[1] == OLD else SHOWN[key]}{'′' * k} = {listed(row)}"
                         for key, rows in self.given.items() for k, row in enumerate(rows))


def written(given: dict[tuple[str, str], tuple[str, ...]], group: int = 1, at_old: bool = False) -> Written:
    """A model from texts of fractions; ``at_old`` puts θ at θ_old."""
    rows = {key: tuple(map(numbers, texts)) for key, texts in given.items()}
    actions = max(len(row) for found in rows.values() for row in found)
    return Written(Sizes(actions=actions, group=group), Precise(), np.random.default_rng(0), at_old,
                   integers={"G": group}, given=rows)


class Side(NamedTuple):
    """The value of a side, or at a power of Δθ the coefficient; its number is None where it is undefined."""

    place: str
    number: Any

    def __str__(self) -> str:
        return UNDEFINED if self.number is None else exact.text(self.number)


def side(term: Node, model: Model, order: int | None = None, at: tuple[int, ...] = (), drawn: bool = False
         ) -> list[Side]:
    """One side of a claim up to O(‖Δθ‖^order), at values (from 1) of its free actions and group members.

    With ``drawn`` only outcomes that are drawn count: what is undefined at one of probability zero is not met.
    """
    found = next(ask(prepare(Claim(Relation("=", term, term)), order), model))
    axes = found.excluded.ndim - 1
    index = (*(k - 1 for k in reversed((*at, *(1,) * axes)[:axes])), 0)
    undefined = found.undefined[index] and not drawn
    return [Side(plain(place), None if undefined else left[index]) for place, left, _ in found.pairs]


def plain(place: str) -> str:
    """A power of Δθ, which has one direction.

    >>> plain(r"\\Delta\\theta_1\\Delta\\theta_1")
    'Δθ^2'
    """
    power = place.count(r"\Delta\theta")
    return "" if not power else "Δθ" if power == 1 else f"Δθ^{power}"


def standing(term: Relation, group: int, at: tuple[int, ...]) -> str:
    """Where the free actions and group members of a claim stand, in words."""
    free: list[Var] = sorted((var for var in term.free if var.sort in ("action", "group")), key=lambda var: var.sort)
    names = [f"{var.name}_{k + 1}" if var.sort == "group" else var.name
             for var in free for k in range(group if var.sort == "group" else 1)]
    return "".join(f", {name} = {k}" for name, k in zip(names, (*at, *(1,) * len(names)), strict=False))


def both(claim: Claim, model: Model, at: tuple[int, ...] = (), drawn: bool = False) -> list[tuple[Side, Side]]:
    """Both sides of a claim, coefficient by coefficient."""
    relation = claim.expanded()
    with ctx.workprec(exact.BITS):
        left, right = (side(term, model, claim.order, at, drawn) for term in (relation.lhs, relation.rhs))
    return list(zip(left, right, strict=True))


def agree(left: Any, right: Any) -> bool:
    """Whether two numbers are equal, proved; what has no value equals nothing."""
    return left is not None and right is not None and exact.sign(left - right) == 0
