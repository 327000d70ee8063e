"""What a necessity witness says."""

from __future__ import annotations

from dataclasses import dataclass

from ...language import Claim


@dataclass(frozen=True)
class Case:
    """Both sides of a theorem in one model, as exact numbers or ``undefined``, and whether the theorem holds there.

    ``place`` names the power of Δθ whose coefficients the sides are, empty where they are the values themselves.
    """

    model: str
    lhs: str
    rhs: str
    holds: bool
    place: str = ""

    def __str__(self) -> str:
        where = f" (coefficient of {self.place})" if self.place else ""
        return f"{self.model}: {self.lhs} {'=' if self.holds else '≠'} {self.rhs}{where}"


@dataclass(frozen=True)
class Witness:
    """A theorem that needs a hypothesis: it fails in the model ``fails`` without, and holds in its neighbour ``holds``.

    ``theorem`` names the ``statement``, which carries the hypothesis ``kind``; ``why`` is one sentence.
    Where it is of one hypothesis of its kind alone, ``alone`` names that.
    """

    kind: str
    theorem: str
    statement: Claim
    fails: Case
    holds: Case
    why: str
    alone: str = ""

    def of(self, hypothesis: str) -> bool:
        """Whether it shows why a hypothesis of its kind is needed."""
        return self.alone in ("", hypothesis)

    @property
    def model(self) -> str:
        """The model in which the theorem fails."""
        return self.fails.model

    @property
    def lhs(self) -> str:
        """The left side there."""
        return self.fails.lhs

    @property
    def rhs(self) -> str:
        """The right side there."""
        return self.fails.rhs
