"""Where a clip has cut a gradient, and of what: of the whole loss only where nothing else in it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..algebra.derivative import derivative
from ..algebra.expression import add
from ..algebra.nodes import LIVE, MOVING
from ..algebra.nodes import parts as parts_of
from ..algebra.normal import normal, vanishes
from ..deciding.subject import Subject
from ..deciding.terms import NEAR, PENALTY, POLICY, Term
from ..recording.tape import Place
from .coefficients import closed_forms
from .regions import Region, slope_of, whole

CLIPS = ("clip", "min", "max")
SURROGATE, OF_PENALTY = "the surrogate", "the penalty"


@dataclass(frozen=True)
class Clip:
    """Where a clip has cut a gradient, the line that clips, and what has no gradient there."""

    where: Region
    at: Place | None
    cut: str

    def text(self) -> str:
        """What is cut, and where, on a line."""
        return f"{self.cut} where {self.where.text()}"

    def record(self) -> dict[str, str | None]:
        """The clip as plain data."""
        return {"cut": self.cut, "dead_where": self.where.in_latex(), "text": self.where.text(),
                "at": None if self.at is None else str(self.at)}


def clips(terms: Sequence[Term], subject: Subject) -> tuple[Clip, ...]:
    """Where the policy term has no gradient; in a loss without one, where its penalties have none."""
    clipped = tuple(one for one in terms if one.kind == POLICY)
    name = SURROGATE if clipped else OF_PENALTY
    clipped = clipped or tuple(one for one in terms if one.kind in (PENALTY, NEAR))
    if not clipped:
        return ()
    at = next((subject.loss.places[part] for one in clipped for part in parts_of(one.body)
               if part.kind in CLIPS and part in subject.loss.places), None)
    said = cut_of(name, clipped, [one for one in terms if one not in clipped])
    return tuple(Clip(one, at, said) for one in closed_forms(slope_of(clipped), subject) if one.dead)


def cut_of(name: str, clipped: Sequence[Term], rest: Sequence[Term]) -> str:
    """What has no gradient where the coefficient of a score in the clipped terms is 0."""
    if any(moves(clipped, letter) for letter in MOVING - {LIVE}):
        return f"{name} has no part in the coefficient of ∇log π_θ(o_it)"
    return f"{name} has no gradient" if any(moves(rest, letter) for letter in MOVING) else "no gradient"


def moves(terms: Sequence[Term], letter: str) -> bool:
    """Whether terms may have a derivative in an input."""
    return not vanishes(normal(derivative(add(*map(whole, terms)), letter)))
