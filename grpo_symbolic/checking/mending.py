"""Changes that make a refuted claim true: tried on models, proved, and read back from their print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import thread_time
from typing import TYPE_CHECKING, Any

from ..language import Claim, Expect, LanguageError, Relation, Scope
from ..latex.kinds.parameter import Parameter
from ..latex.notation.profiles import Profile
from ..latex.printing.printer import RELATION_SIGNS, Printer, latex, parts
from ..proof.prove import Proof, Unproved, approximation_order, prove
from .changes import Candidate, narrowed, ranked, turns
from .verdict import Mending

if TYPE_CHECKING:
    from ..oracle import Sieve

SHARE = 0.1  # of the budget, for all candidates
ONE_PROOF = 0.25  # of that, for the proof of one
MOST = 2
ALIKE = (("sign", "opposite", "ordering"), ("law", "policy"), ("scaled", "unscaled", "reciprocal", "factor"))

Printed = tuple[str, list[str], list[str]]


def mended(claim: Claim, parameter: Parameter, profile: Profile, budget: float,
           confirmed: Callable[[Printed, float], bool]) -> Mending | None:
    """The likeliest change that makes a refuted claim true, with another as small where there is one; None where none
    is found in ``budget`` seconds.

    It is printed in the letters of ``parameter``; what is printed, with the definitions and assumptions of the claim,
    must be ``confirmed`` in the time that is left.
    """
    end, found, kinds = thread_time() + budget, list[Mending](), set[str]()
    for candidate, proof in proved_changes(claim, end, kinds):
        with suppress(LanguageError):
            texts, change = shown(claim, candidate, proof, profile, parameter.spoken)
            if confirmed(texts, end - thread_time()):
                found.append(change)
                kinds.add(kind_of(candidate))
        if len(found) == MOST:
            break
    return None if not found else replace(found[0], other=found[1] if found[1:] else None)


def kind_of(candidate: Candidate) -> str:
    """The first of the rules that change much the same."""
    return next((alike[0] for alike in ALIKE if candidate.rule in alike), candidate.rule)


def is_turned(claim: Claim, budget: float) -> bool:
    """Whether one sign or one difference that is turned makes a refuted claim true."""
    return any(True for _ in proved_of([list(turns(claim))], claim, thread_time() + budget, set()))


def proved_changes(claim: Claim, end: float, done: set[str]) -> Iterator[tuple[Candidate, Proof]]:
    """The candidates that are proved until ``end``, of the first rank that has one that is ``done``; of what is done
    already no more."""
    return proved_of(ranked(claim), claim, end, done)


def proved_of(groups: Iterable[list[Candidate]], claim: Claim, end: float, done: set[str]
              ) -> Iterator[tuple[Candidate, Proof]]:
    """Those of groups of candidates that are proved, as ``proved_changes`` has them."""
    from ..oracle import Sieve, Unevaluable

    one_proof = ONE_PROOF * (end - thread_time())
    with suppress(Unevaluable):
        sieve = Sieve(claim, order_of(claim), end)
        for group in groups:
            for candidate in group:
                if thread_time() > end:
                    return
                if kind_of(candidate) in done or not passes(sieve, claim, candidate):
                    continue
                with suppress(Unproved):
                    yield candidate, prove(candidate.claim, deadline=min(end, thread_time() + one_proof))
            if done:
                return


def order_of(claim: Claim) -> int | None:
    """The order to which an approximation is one, None for any other claim."""
    return approximation_order(claim.relation) if claim.relation.op == "≈" and claim.order is None else None


def passes(sieve: Sieve, claim: Claim, candidate: Candidate) -> bool:
    """Whether models have nothing against a candidate, or cannot say as it is of another order."""
    mine = candidate.claim
    if mine.order != claim.order:
        return True
    there = sieve if mine.at_old == claim.at_old else type(sieve)(mine, order_of(mine), sieve.end)
    return there.holds(mine.relation)


def shown(claim: Claim, candidate: Candidate, proof: Proof, profile: Profile, spoken: Callable[[str], str]
          ) -> tuple[Printed, Mending]:
    """A change in print: the statement with what it uses and assumes, and what is to be said of it.

    Raises LanguageError for what has no notation.
    """
    statement, where, assume = parts(replace(candidate.claim, at_old=claim.at_old), profile)
    before, after = apart(claim.relation, candidate.claim.relation, profile)
    if candidate.claim.at_old != claim.at_old:
        before, after = "", rf"\theta = {profile.theta_old}"
        statement += rf" \quad \text{{if }} {after}"
    printed = spoken(statement), list(map(spoken, where)), list(map(spoken, assume))
    return printed, Mending(spoken(before), spoken(after), spoken(statement), proof.hypotheses)


def apart(old: Relation, new: Relation, profile: Profile) -> tuple[str, str]:
    """The places in which two relations differ, as they are printed: a sign, what is drawn, an expression."""
    before, after = narrowed(old, new)
    if isinstance(before, Relation) and before.args[1:] == after.args[1:]:
        return RELATION_SIGNS[before.op], RELATION_SIGNS[after.op]
    if isinstance(before, Expect) and isinstance(after, Expect) and before.scope == after.scope:
        return draw(before.scope, before.law, profile), draw(after.scope, after.law, profile)
    return latex(before, profile), latex(after, profile)


def draw(scope: Scope, law: Any, profile: Profile) -> str:
    """What is drawn under an expectation, and from which law."""
    return Printer(profile).draw(scope.open()[0], law)
