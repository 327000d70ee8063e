"""What the checker found about a statement, and its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..cards import verdict_card
from ..language.errors import Misused

if TYPE_CHECKING:
    from ..latex.names.read_as import ReadAs
    from ..latex.statement.statement import Taken

ORDER = ("ill-formed", "refuted", "unread", "undecided", "proved", "definition", "no-claim")
SIGNS = {"≐": r"\doteq", "=": "=", "≈": r"\approx", "≤": r"\leq", "≥": r"\geq", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Disagreement:
    """A proof and a model at odds: what was proved, up to O(‖Δθ‖^order) where there is one, under which hypotheses;
    and the counterexample, None where random models disagree in floating point enclosures only."""

    relation: str
    order: int | None
    hypotheses: tuple[str, ...]
    counterexample: Any = None

    def record(self) -> dict[str, Any]:
        """The disagreement as it stands in a verdict's JSON record."""
        return {"proved": proved(SIGNS.get(self.relation, self.relation), self.order),
                "hypotheses": list(self.hypotheses),
                "counterexample": None if self.counterexample is None else self.counterexample.record()}


@dataclass(frozen=True)
class Failing:
    """Why a derivation does not show what it derives, and the place of the step in its file, None where no step is at
    fault."""

    reason: str
    position: tuple[int, int] | None = None

    def record(self) -> dict[str, Any]:
        """The fault as it stands in the JSON record of the derivation."""
        return {"reason": self.reason, "position": placed(self.position)}


def placed(position: tuple[int, int] | None) -> dict[str, int] | None:
    """A place as it stands in a record."""
    return None if position is None else dict(zip(("line", "column"), position, strict=True))


@dataclass(frozen=True)
class Standard:
    """A symbol that nothing defines, read as the field reads it: the entry of the table, the formula, the number of the
    variant, and the other variants with the verdict under each."""

    entry: str
    formula: str
    variant: int
    others: tuple[tuple[int, str], ...] = ()

    def record(self) -> dict[str, Any]:
        """The reading as it stands in a verdict's JSON record."""
        return {"id": self.entry, "formula": self.formula, "variant": self.variant,
                "others": [{"variant": number, "verdict": status} for number, status in self.others]}

    def said(self) -> str:
        """The reading in words."""
        others = "; ".join(f"in variant {number} {status}" for number, status in self.others)
        return f"{self.formula} (standard: {self.entry}{'; ' if others else ''}{others})"


def proved(sign: str, order: int | None) -> str:
    """A relation that was proved, with its remainder."""
    return sign if order is None else f"{sign} + O(‖Δθ‖^{order})"


@dataclass(frozen=True)
class Mending:
    """A change that makes a refuted statement true: ``after`` stands in place of ``before``, which is empty where a
    condition is added. The whole ``statement`` is proved under ``hypotheses``; ``other`` is a change as small.

    What the author meant it does not say.
    """

    before: str
    after: str
    statement: str
    hypotheses: tuple[str, ...]
    other: Mending | None = None

    def said(self) -> str:
        """The change in words."""
        said = f"holds with {self.after} in place of {self.before}" if self.before else f"holds at {self.after}"
        return said if self.other is None else f"{said}; or {self.other.said()}"

    def record(self) -> dict[str, Any]:
        """The change as it stands in a verdict's JSON record."""
        return {"from": self.before, "to": self.after, "statement": self.statement, "hypotheses": list(self.hypotheses),
                "other": None if self.other is None else self.other.record()}


@dataclass(frozen=True, repr=False)
class Verdict:
    """What the checker found: ``status`` is one of ORDER, worst first; the rest says why and how far.

    ``readings`` has what each reading takes the text for, and its verdict, where there are several.
    ``lore`` has the symbols that were read in a standard way, ``change`` is one that makes a refuted statement true,
    where one was found, ``taken`` what the sentences of a document say on which it rests. ``part`` names the text
    beside the statement, ``where 1`` or ``assume 2``, that refuses it. ``failing`` is the fault that it has as a
    derivation.
    """

    status: str
    reason: str = ""
    printed: str | None = None
    proved: str | None = None
    hypotheses: tuple[str, ...] = ()
    counterexample: Any = None
    spot: Any = None
    disagreement: Disagreement | None = None
    links: tuple[Verdict, ...] = ()
    position: tuple[int, int] | None = None
    ms: float = 0.0
    id: str = ""
    read_as: tuple[ReadAs, ...] = ()
    declared: tuple[tuple[str, bool], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    taken: tuple[Taken, ...] = ()
    part: str = ""
    lore: tuple[Standard, ...] = ()
    change: Mending | None = None
    latex: str = ""
    failing: Failing | None = None

    def derives(self, failing: Failing | None) -> Verdict:
        """The verdict on it as a derivation that has this fault, if any: equations that hold are not enough then."""
        if failing is None:
            return self
        said = f"as a derivation it fails: {failing.reason}"
        if self.status in ORDER[:ORDER.index("proved")]:
            return replace(self, reason="; ".join(filter(None, (self.reason, said))), failing=failing)
        return replace(self, status="undecided", reason=said, proved=None, hypotheses=(), failing=failing,
                       position=failing.position or self.position)

    def record(self) -> dict[str, Any]:
        """The verdict as one JSON record."""
        relation = {"printed": SIGNS.get(self.printed, self.printed), "proved": self.proved} if self.printed else None
        return {
            "id": self.id,
            "verdict": self.status,
            "relation": relation,
            "hypotheses": list(self.hypotheses),
            "read_as": [symbol.record() for symbol in self.read_as],
            "readings": [{"read": said, "verdict": status} for said, status in self.readings],
            "lore": [one.record() for one in self.lore],
            "declared": [{"text": text, "occurs": occurs} for text, occurs in self.declared],
            "taken": [one.record() for one in self.taken],
            "reason": self.reason,
            "position": placed(self.position),
            "counterexample": None if self.counterexample is None else self.counterexample.record(),
            "change": None if self.change is None else self.change.record(),
            "spot_checks": None if self.spot is None else {
                "models": self.spot.models, "disagreements": self.spot.disagreements,
                "largest_relative_difference": self.spot.largest},
            "disagreement": None if self.disagreement is None else self.disagreement.record(),
            "links": [link.record() for link in self.links],
            "ms": round(self.ms, 3),
        }

    @property
    def disagrees(self) -> bool:
        """Whether a proof and a model are at odds here, or in a link."""
        return self.disagreement is not None or any(link.disagrees for link in self.links)

    def __bool__(self) -> bool:
        """Refused: there are more verdicts than two."""
        raise Misused(f"a verdict is no yes or no, this one is {self.status!r}: ask for verdict.status == 'proved'")

    def __repr__(self) -> str:
        name = f"{self.id} " if self.id else ""
        relation = f" {self.proved}" if self.proved else ""
        return f"<Verdict {name}{self.status}{relation}{': ' if self.reason else ''}{self.reason}>"

    def _repr_html_(self) -> str:
        return verdict_card(self.record(), self.latex)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$ — {self.status}" if self.latex else self.status
