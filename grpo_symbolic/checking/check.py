"""Verdicts: well-formed? then prove, else refute, else undecided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from time import thread_time
from typing import Any, TypeVar

from .. import language as lang
from ..proof.prove import Proof, Unproved, approximation_order, prove
from .second_opinion import OUT_OF_TIME, REPORT, challenged
from .verdict import ORDER, SIGNS, Disagreement, Verdict, proved

Link = TypeVar("Link")
SPOT_CHECK_MODELS = 32
BUDGET = 2.0
DOUBT = 0.05  # of the budget, for a counterexample while a proof is still searched for
ASKING = ("Nonzero", "Nonnegative", "OffKink")


def proved_relation(claim: lang.Claim, proof: Proof) -> str:
    """The relation that was proved, with its remainder; an inequality the way round it is printed."""
    op = claim.relation.op if proof.relation in ("≥", ">") else proof.relation
    return proved(SIGNS[op], proof.order)


def check_claim(claim: lang.Claim, spot: bool = True, budget: float = BUDGET) -> Verdict:
    """The verdict on one relation in its context, within ``budget`` seconds: at most half of them go to the proof."""
    from .. import oracle  # noqa: F401 (what is loaded once is not taken from the time of the first statement)

    start = thread_time()
    budget = max(0.0, budget)
    end = start + budget
    try:
        claim.expanded()
        claim.given()
    except lang.LanguageError as fault:
        from ..latex.printing.printer import refusal

        return Verdict("undecided", refusal(fault), claim.relation.op)
    early: list[tuple[Any, str, str]] = []

    def doubted() -> bool:
        early[:] = [refuted(claim, "", min(DOUBT * budget, end - thread_time()))]
        return early[0][1] == "refuted"

    try:
        proof = prove(claim, deadline=start + budget / 2, doubted=doubted)
    except Unproved as unproved:
        # whatever the search came to, past its deadline it was given up
        reason = OUT_OF_TIME if thread_time() > start + budget / 2 else str(unproved)
        known = [one for one in early if one[1] == "refuted"]
        found, status, said = known[0] if known else refuted(claim, reason, end - thread_time())
        return Verdict(status, said, claim.relation.op, counterexample=found, ms=1e3 * (thread_time() - start))
    doubt, seen, disagreement = vacuous(claim, proof, end - thread_time()), None, None
    if not doubt:
        doubt, disagreement = challenged(claim, proof, end - thread_time())
    if not doubt and spot:
        seen = spot_checked(claim, proof, end - thread_time())
        if seen is not None and seen.disagreements:
            doubt, disagreement = REPORT, Disagreement(proof.relation, proof.order, proof.hypotheses)
    ms = 1e3 * (thread_time() - start)
    if doubt:
        return Verdict("undecided", doubt, claim.relation.op, spot=seen, disagreement=disagreement, ms=ms)
    return Verdict("proved", why(claim, proof), claim.relation.op, proved_relation(claim, proof), proof.hypotheses,
                   spot=seen, ms=ms)


def vacuous(claim: lang.Claim, proof: Proof, budget: float) -> str:
    """Why a proved claim may say nothing: no model was found that satisfies all that it assumes; empty if one was."""
    from ..oracle import Unevaluable, satisfiable

    if not claim.assume and not any(name.startswith(ASKING) for name in proof.hypotheses):
        return ""  # every policy with a gradient satisfies the rest
    try:
        found, models = satisfiable(claim, budget, order=proof.order)
    except Unevaluable as fault:
        return f"no finite model to see whether anything satisfies what it assumes: {fault}"
    if found:
        return ""
    asked = ["its assumptions"] * bool(claim.assume) + [name for name in proof.hypotheses if name.startswith(ASKING)]
    return f"none of {models} models satisfies {' and '.join(asked)}" if models else OUT_OF_TIME


def why(claim: lang.Claim, proof: Proof) -> str:
    """One sentence on what was proved."""
    if proof.order is not None:
        return f"the derivatives in Δθ of the two sides agree at θ_old below order {proof.order}"
    if proof.relation != "=":
        return "the difference is a sum of terms that are not negative"
    if claim.relation.op == "≈":
        return "printed as an approximation, it is an equality"
    return "the two sides have the same canonical form"


def spot_checked(claim: lang.Claim, proof: Proof, budget: float) -> Any:
    """Numeric evidence for what was proved, None where no finite model has a value; it decides nothing."""
    from ..oracle import Unevaluable, spot_check

    try:
        return spot_check(claim, models=SPOT_CHECK_MODELS, order=proof.order, budget=budget,
                          apart="OffKink" in proof.hypotheses)
    except Unevaluable:
        return None


def refuted(claim: lang.Claim, reason: str, budget: float) -> tuple[Any, str, str]:
    """A counterexample, or None; with the status and the reason that follow.

    An approximation is refuted where the sides differ below the order that it would have to be proved to.
    """
    from ..oracle import Unevaluable, attack

    if lang.stops(claim.expanded()) and (claim.relation.op == "≈" or claim.order is not None):
        return None, "undecided", reason
    order = approximation_order(claim.relation) if claim.relation.op == "≈" and claim.order is None else None
    try:
        found = attack(claim, budget, order=order)
    except (Unevaluable, lang.LanguageError) as fault:
        return None, "undecided", f"not proved ({reason}), and no finite model to try it on: {fault}"
    if found.counterexample is not None:
        return found.counterexample, "refuted", "the two sides differ in the counterexample"
    if not found.models:
        return None, "undecided", OUT_OF_TIME if reason == OUT_OF_TIME else f"{OUT_OF_TIME} (not proved: {reason})"
    if found.vacuous:
        return None, "undecided", found.reason
    return None, "undecided", f"not proved ({reason}), and no counterexample among {found.models} models"


def necessity(names: Collection[str]) -> list[tuple[str, str, str]]:
    """For each kind of the hypotheses: what it excludes, and a theorem that fails in a model without it; empty where
    there is none for any of them."""
    kinds = {name.partition("(")[0] for name in names}
    return [(kind, excluded, f"{one.theorem}, without it: {one.fails}" if any(map(one.of, names)) else "")
            for kind, excluded, one in witnessed(kinds)]


def witnessed(kinds: Collection[str]) -> list[tuple[str, str, Any]]:
    """For each kind of hypothesis: what it excludes, and its necessity witness."""
    from ..oracle.witnesses.catalogue import witness
    from ..proof.hypotheses import EXCLUDES

    return [(kind, EXCLUDES[kind], witness(kind)) for kind in EXCLUDES if kind in kinds]


def check_definition(definition: lang.Definition, budget: float = BUDGET) -> Verdict:
    """A definition; of a form whose meaning is built in, that it says the same."""
    printed = {"approx": "≈", "eq": "="}.get(definition.hints.get("op", ""), "≐")
    claim = definition.claim
    if claim is None:
        return Verdict("definition", "names its left side", printed)
    verdict = check_claim(claim, budget=budget)
    if verdict.status != "proved":
        return verdict
    return Verdict("definition", "says what the left side already means", printed, "=", verdict.hypotheses,
                   spot=verdict.spot, ms=verdict.ms)


def check_built(build: Callable[[], Any], budget: float = BUDGET) -> Verdict:
    """The verdict on a statement that is still to be built: building it may show that it is ill-formed."""
    start = thread_time()
    try:
        statement = build()
    except lang.LanguageError as fault:
        from ..latex.printing.printer import refusal

        return Verdict("ill-formed", refusal(fault), ms=1e3 * (thread_time() - start))
    return check(statement, budget)


def check(statement: Any, budget: float = BUDGET) -> Verdict:
    """The verdict on a claim, a definition, a chain of them, or an expression that claims nothing."""
    if isinstance(statement, lang.Claim):
        return check_claim(statement, budget=budget)
    if isinstance(statement, lang.Definition):
        return check_definition(statement, budget)
    if isinstance(statement, tuple):
        links = tuple(check(link, share) for link, share in shared(statement, budget))
        worst = min(links, key=lambda link: ORDER.index(link.status))
        return Verdict(worst.status, worst.reason, worst.printed, disagreement=worst.disagreement, links=links,
                       ms=sum(link.ms for link in links))
    return Verdict("no-claim", "a well-formed expression: nothing is claimed")


def shared(links: Collection[Link], budget: float) -> Iterator[tuple[Link, float]]:
    """Each link of a chain with its share of the time that is left: what one does not need, the next may use."""
    end = thread_time() + budget
    for k, link in enumerate(links):
        yield link, max(0.0, end - thread_time()) / (len(links) - k)
