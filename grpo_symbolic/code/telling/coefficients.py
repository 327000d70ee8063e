"""The closed forms of what multiplies the score of a token in a gradient, and of what multiplies all else that moves.

A gradient is the sum over tokens of the coefficient times the score, and of these further ones: none may go untold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..algebra.derivative import derivative
from ..algebra.nodes import BATCH, LIVE, MOVING, TOKEN, Expression, leaf, parts
from ..algebra.normal import normal, vanishes
from ..algebra.printing import latex
from ..deciding.stabilisers import Hypothesis
from ..deciding.subject import Subject
from ..deciding.terms import letters_of
from ..unsupported import Unsupported
from .regions import Region, regions


@dataclass(frozen=True)
class Coefficient:
    """What multiplies the gradient of an input that moves with θ, such as an entropy; no regions are too many."""

    of: Expression
    slope: Expression
    regions: tuple[Region, ...]

    def record(self) -> dict[str, Any]:
        """The coefficient as plain data."""
        return {"of": latex(self.of), "coefficient": recorded(self.regions)}


def recorded(forms: tuple[Region, ...]) -> list[dict[str, str]]:
    """Closed forms as plain data."""
    return [{"where": one.in_latex(), "latex": latex(one.value)} for one in forms]


def coefficient(loss: Expression, letter: str, subject: Subject) -> Coefficient:
    """What multiplies the gradient of an input in that of a loss."""
    slope = derivative(loss, letter)
    return Coefficient(leaf(letter, (BATCH, TOKEN)), slope, closed_forms(slope, subject))


def further(loss: Expression, subject: Subject) -> tuple[Coefficient, ...]:
    """The coefficients of what moves with θ beside the score; those that are 0 everywhere are left out."""
    found = (coefficient(loss, letter, subject) for letter in sorted(letters_of(loss) & MOVING - {LIVE}))
    return tuple(one for one in found if not vanishes(normal(one.slope)))


def closed_forms(slope: Expression, subject: Subject, sized: bool = True) -> tuple[Region, ...]:
    """The closed forms of a coefficient, for hyper-parameters of these sizes or any; none with too many cases."""
    try:
        return regions(slope, subject.facts, subject.constants if sized else {})
    except Unsupported:
        return ()


def sized(found: Coefficient, subject: Subject) -> Iterator[Hypothesis]:
    """That hyper-parameters have about these sizes, where with others the coefficient has other cases."""
    names = sorted({part.data for part in parts(found.slope) if part.kind == "constant"})
    of_any_size = closed_forms(found.slope, subject, False)
    if names and [one.text() for one in found.regions] != [one.text() for one in of_any_size]:
        yield Hypothesis(f"the cases of the gradient are told for {', '.join(names)} of about the sizes given", None)
