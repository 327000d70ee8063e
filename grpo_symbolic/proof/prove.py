"""``prove``: the strongest form of a claim that the kernel decides, with the hypotheses it used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import thread_time

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from .attained import attained, presumed
from .enclosures import enclosed
from .hypotheses import Hypotheses
from .search.strategy import MAX_FORMS, Search, never
from .sequent import Sequent, conventions, grounded, read
from .translate import Untranslatable

LARGEST_ORDER = 4
SECONDS = 3.0
FUEL = {"Nonzero": 12, "Nonnegative": 80, "Size": 80}


@dataclass(frozen=True)
class Proof:
    """A claim that holds: the relation that was proved, up to O(‖Δθ‖^order) where there is an order."""

    relation: str
    order: int | None
    hypotheses: tuple[str, ...]
    theorem: k.Theorem


class Unproved(Exception):
    """The kernel does not prove the claim; the message says how far it came."""


FAULTS = (k.NotProved, k.KernelError, Untranslatable, lang.LanguageError)


def prove(claim: lang.Claim, rules: frozenset[str] = k.RULES, deadline: float | None = None,
          doubted: Callable[[], bool] = never) -> Proof:
    """Decide a claim for every action set, group size and parametrisation. Raises Unproved.

    ``≈`` is proved as ``=`` where that holds, else up to the largest order in Δθ. Past ``deadline``, a value of
    ``time.thread_time()``, nothing is proved; by default it is SECONDS from now. A search that takes long asks
    ``doubted`` whether the claim is known to be false.
    """
    deadline = thread_time() + SECONDS if deadline is None else deadline
    try:
        taken = presumed(claim)
        claim, *weaker = attained(claim)
    except FAULTS as fault:
        raise Unproved(str(fault)) from fault
    for other in weaker:
        with suppress(Unproved):
            return _proved(other, taken, rules, (thread_time() + deadline) / 2, doubted)
    return _proved(claim, taken, rules, deadline, doubted)


def _proved(claim: lang.Claim, taken: frozenset[k.Hypothesis], rules: frozenset[str], deadline: float,
            doubted: Callable[[], bool]) -> Proof:
    """The proof of a claim without maxima, where some hypotheses are taken for granted. Raises Unproved."""
    theorem = _strongest(claim, rules, deadline, doubted)
    try:
        names = Hypotheses(grounded(theorem, claim.expanded()) | taken).names()
    except k.NotProved as fault:
        raise Unproved(str(fault)) from fault
    return Proof(theorem.relation, theorem.order, names, theorem)


def _strongest(claim: lang.Claim, rules: frozenset[str], deadline: float, doubted: Callable[[], bool]) -> k.Theorem:
    least: k.Theorem | None = None
    spent = 0
    for fewer in fewest(claim, rules):
        search = searching(fewer, deadline, doubted, spent)
        try:
            least = discharged(_prove(claim, search), deadline)
        except FAULTS as fault:
            spent = search.spent
            if not search.vain and (search.fuel < 0 or search.calculus.missed & rules):
                continue
            raise Unproved(str(fault)) from fault
        if final(claim, least) or not search.calculus.missed & rules:
            return least
        break
    full = searching(rules, deadline, doubted, spent)
    try:
        if least and least.order is None:
            sensible(full.calculus, claim)
            return least
        best = _prove(claim, full)
    except FAULTS as fault:
        raise Unproved(str(fault)) from fault
    if least and (least.relation, least.order) == (best.relation, best.order):
        return least
    return discharged(best, deadline)


def sensible(calculus: k.Calculus, claim: lang.Claim) -> None:
    """NotProved, or another fault, where no rule may divide by what a claim divides by, or where it assumes too much.

    That something equals itself is shown at once, and asks for all that its parts ask for.
    """
    sequent = read(calculus, claim)
    both = sequent.left + sequent.right
    _related(calculus, sequent._replace(left=both, right=both, op="="), sequent.given)


def fewest(claim: lang.Claim, rules: frozenset[str]) -> Iterator[frozenset[str]]:
    """The rules without those for policies, the fewest first: a theorem then lists only the hypotheses it needs."""
    without = rules - {"group"}
    yield without - {"normalisation"}
    if draws_a_group(claim):
        yield without


def searching(rules: frozenset[str], deadline: float, doubted: Callable[[], bool], spent: int = 0) -> Search:
    """A search under rules, after others: what needs none for policies is found at once or not at all."""
    fuel = MAX_FORMS if "normalisation" in rules else MAX_FORMS // 20
    return Search(k.Calculus(rules, deadline), fuel, doubted, spent)


def draws_a_group(claim: lang.Claim) -> bool:
    """Whether a claim has an expectation over a group: without one the rule for groups has nothing to do."""
    parts = (claim.relation, *claim.where, *claim.assume)
    return any(isinstance(part, lang.Scope) and part.sort == "group" for one in parts for part in one.parts)


def final(claim: lang.Claim, theorem: k.Theorem) -> bool:
    """Whether the rules left can neither show a denominator to be zero nor raise the order of an approximation.

    They act on sums alone.
    """
    obliged = [held.about for held in theorem.hypotheses if held.kind in k.OBLIGED]
    summed = any(k.holds(poly, k.Sum) for poly in (*obliged, *(one.form.poly for one in theorem.assumptions)))
    return not (obliged and summed) and (theorem.order is None or claim.order is not None)


def discharged(theorem: k.Theorem, deadline: float) -> k.Theorem:
    """The theorem without the obligations that its assumptions, or squares, show to hold."""
    # that something is not zero shows of itself, or by what is assumed
    left = sorted(held for held in theorem.hypotheses
                  if held.kind in FUEL and (held.kind != "Nonzero" or theorem.assumptions))
    if left:
        calculus = k.Calculus(theorem.rules, deadline)
    for held in left:
        with suppress(*FAULTS):
            theorem = k.settled(calculus, theorem, held, Search(calculus, FUEL[held.kind]))
    return theorem


def _prove(claim: lang.Claim, search: Search) -> k.Theorem:
    calculus = search.calculus
    sequent = read(calculus, claim)
    if sequent.order is not None:
        return k.contact(calculus, sequent.left, sequent.right, sequent.order)
    if sequent.op == "≈":
        return _approximation(calculus, sequent, approximation_order(claim.expanded()))
    if sequent.op == "=":
        with suppress(k.NotProved):
            return _related(calculus, sequent, sequent.given)
    difference = sequent.left - sequent.right
    more = (*conventions(difference, sequent.given), *enclosed(difference))
    return _related(calculus, sequent, (*sequent.given, *more), search)


def _related(calculus: k.Calculus, sequent: Sequent, given: k.Given = (), suggest: k.Suggest = k.nothing) -> k.Theorem:
    """The relation of a sequent, from what is given."""
    return k.related(calculus, sequent.left, sequent.right, sequent.op, sequent.kind, given, suggest)


def _approximation(calculus: k.Calculus, sequent: Sequent, wanted: int) -> k.Theorem:
    """Equality, or equality up to the largest order from ``wanted`` on."""
    try:
        return _related(calculus, sequent._replace(op="="))
    except k.NotProved:
        theorem = k.contact(calculus, sequent.left, sequent.right, wanted)
    for order in range(wanted + 1, LARGEST_ORDER + 1):
        try:
            theorem = k.contact(calculus, sequent.left, sequent.right, order)
        except k.NotProved:
            break
    return theorem


def approximation_order(relation: lang.Relation) -> int:
    """The least order that makes an approximation: one more than the powers of Δθ that it prints, and two at least,
    since agreement at θ_old alone says nothing of how the sides move."""
    return max(step_degree(relation), 1) + 1


def step_degree(term: Basic) -> int:
    """The highest power of Δθ that an expression prints."""
    if isinstance(term, lang.Step):
        return 1
    if isinstance(term, lang.Taylor):
        return int(term.args[1].value)
    inner = [step_degree(arg) for arg in term.args if isinstance(arg, lang.Term)]
    if isinstance(term, lang.Power) and isinstance(term.args[1], lang.Num):
        return int(inner[0] * term.args[1].value)
    return sum(inner) if isinstance(term, lang.Times) else max(inner, default=0)
