"""Verdicts: well-formed? then prove, else refute, else undecided. The only place where proof and oracle meet."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from . import language as lang
from .proof.prove import Proof, Unproved, approximation_order, prove

ORDER = ("ill-formed", "refuted", "undecided", "proved", "definition")
SIGNS = {"≐": r"\doteq", "=": "=", "≈": r"\approx", "≤": r"\leq", "≥": r"\geq", "<": "<", ">": ">"}
SPOT_CHECK_MODELS = 32
BUDGET = 2.0


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


def proved_relation(claim: lang.Claim, proof: Proof) -> str:
    """The relation that was proved, with its remainder; an inequality the way round it is printed."""
    op = claim.relation.op if proof.relation in ("≥", ">") else proof.relation
    return SIGNS[op] if proof.order is None else f"{SIGNS[op]} + O(‖Δθ‖^{proof.order})"


def check_claim(claim: lang.Claim, spot: bool = True, budget: float = BUDGET) -> Verdict:
    """The verdict on one relation in its context."""
    start = perf_counter()
    try:
        proof = prove(claim)
    except Unproved as unproved:
        found, status, reason = refuted(claim, str(unproved), budget)
        return Verdict(status, reason, claim.relation.op, counterexample=found, ms=1e3 * (perf_counter() - start))
    ms = 1e3 * (perf_counter() - start)
    seen = spot_checked(claim, proof) if spot or claim.assume else None
    if seen is not None and not seen.models and vacuous(claim, budget):
        return Verdict("undecided", "no model satisfies what it assumes and divides by", claim.relation.op, ms=ms)
    if seen is not None and seen.disagreements and not any("Nonzero" in name for name in proof.hypotheses):
        return Verdict("undecided", "the kernel proves it and numeric models disagree: one of the two is wrong",
                       claim.relation.op, spot=seen, ms=ms)
    return Verdict("proved", why(claim, proof), claim.relation.op, proved_relation(claim, proof), proof.hypotheses,
                   spot=seen if spot else None, ms=ms)


def vacuous(claim: lang.Claim, budget: float) -> bool:
    """Whether no model was found that satisfies what the claim assumes: it then says nothing."""
    from .oracle import Unevaluable, search

    try:
        return search(claim, budget).vacuous
    except Unevaluable:
        return False


def why(claim: lang.Claim, proof: Proof) -> str:
    """One sentence on what was proved."""
    if proof.order is not None:
        return f"the derivatives in Δθ of the two sides agree at θ_old below order {proof.order}"
    if proof.relation != "=":
        return "the difference is a sum of terms that are not negative"
    if claim.relation.op == "≈":
        return "printed as an approximation, it is an equality"
    return "the two sides have the same canonical form"


def spot_checked(claim: lang.Claim, proof: Proof) -> Any:
    """Numeric evidence for what was proved, None where no finite model has a value; it decides nothing."""
    from .oracle import Unevaluable, spot_check

    try:
        return spot_check(claim, models=SPOT_CHECK_MODELS, order=proof.order)
    except Unevaluable:
        return None


def refuted(claim: lang.Claim, reason: str, budget: float) -> tuple[Any, str, str]:
    """A counterexample, or None; with the status and the reason that follow.

    An approximation is refuted where the sides differ below the order that it would have to be proved to.
    """
    from .oracle import Unevaluable, search

    stops = any(isinstance(part, lang.StopGradient) for part in claim.expanded().walk())
    if stops and (claim.relation.op == "≈" or claim.order is not None):
        return None, "undecided", reason
    order = approximation_order(claim.relation) if claim.relation.op == "≈" and claim.order is None else None
    try:
        found = search(claim, budget, order=order)
    except (Unevaluable, lang.LanguageError) as fault:
        return None, "undecided", f"not proved ({reason}), and no finite model to try it on: {fault}"
    if found.counterexample is not None:
        return found.counterexample, "refuted", "the two sides differ in the counterexample"
    if found.vacuous:
        return None, "undecided", "no model satisfies the assumptions"
    return None, "undecided", f"not proved ({reason}), and no counterexample among {found.models} models"


def necessity(kinds: Collection[str]) -> list[tuple[str, str, str]]:
    """For each kind of hypothesis: what it excludes, and a theorem that fails in a model without it."""
    from .oracle.witnesses import witness
    from .proof.hypotheses import EXCLUDES

    found = [(kind, witness(kind)) for kind in EXCLUDES if kind in kinds]
    return [(kind, EXCLUDES[kind], f"{one.theorem}, without it: {one.fails}") for kind, one in found]


def check_definition(definition: lang.Definition) -> Verdict:
    """A definition; of a form whose meaning is built in, that it says the same."""
    printed = {"approx": "≈", "eq": "="}.get(definition.hints.get("op", ""), "≐")
    if isinstance(definition.lhs, (lang.App, lang.Step)):
        return Verdict("definition", "names its left side", printed)
    verdict = check_claim(lang.Claim(lang.Relation("=", definition.lhs, definition.rhs)))
    if verdict.status != "proved":
        return verdict
    return Verdict("definition", "says what the left side already means", printed, "=", verdict.hypotheses,
                   spot=verdict.spot, ms=verdict.ms)


def check_built(build: Callable[[], Any]) -> Verdict:
    """The verdict on a statement that is still to be built: building it may show that it is ill-formed."""
    start = perf_counter()
    try:
        statement = build()
    except lang.LanguageError as fault:
        return Verdict("ill-formed", str(fault), ms=1e3 * (perf_counter() - start))
    return check(statement)


def check(statement: Any, budget: float = BUDGET) -> Verdict:
    """The verdict on a claim, a definition, a chain of them, or an expression that claims nothing."""
    if isinstance(statement, lang.Claim):
        return check_claim(statement, budget=budget)
    if isinstance(statement, lang.Definition):
        return check_definition(statement)
    if isinstance(statement, tuple):
        links = tuple(check(link, budget) for link in statement)
        worst = min(links, key=lambda link: ORDER.index(link.status))
        return Verdict(worst.status, worst.reason, worst.printed, links=links, ms=sum(link.ms for link in links))
    return Verdict("definition", "a well-formed expression; nothing is claimed")
