"""What the checker found about a statement, and its record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ORDER = ("ill-formed", "refuted", "undecided", "proved", "definition")
SIGNS = {"≐": r"\doteq", "=": "=", "≈": r"\approx", "≤": r"\leq", "≥": r"\geq", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Verdict:
    """What the checker found: ``status`` is one of ORDER, worst first; the rest says why and how far."""

    status: str
    reason: str = ""
    printed: str | None = None
    proved: str | None = None
    hypotheses: tuple[str, ...] = ()
    counterexample: Any = None
    spot: Any = None
    links: tuple[Verdict, ...] = ()
    position: tuple[int, int] | None = None
    ms: float = 0.0
    id: str = ""
    latex: str = field(default="", repr=False)

    def record(self) -> dict[str, Any]:
        """The verdict as one JSON record."""
        relation = {"printed": SIGNS.get(self.printed, self.printed), "proved": self.proved} if self.printed else None
        return {
            "id": self.id,
            "verdict": self.status,
            "relation": relation,
            "hypotheses": list(self.hypotheses),
            "reason": self.reason,
            "position": None if self.position is None else dict(zip(("line", "column"), self.position, strict=True)),
            "counterexample": None if self.counterexample is None else self.counterexample.record(),
            "spot_checks": None if self.spot is None else {
                "models": self.spot.models, "disagreements": self.spot.disagreements,
                "largest_relative_difference": self.spot.largest},
            "links": [link.record() for link in self.links],
            "ms": round(self.ms, 3),
        }

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$ — {self.status}" if self.latex else self.status
