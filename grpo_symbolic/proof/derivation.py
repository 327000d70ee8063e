"""Calc-style derivations: a chain of equalities in which every step names its reason and is decided on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from math import inf
from time import thread_time

from .. import kernel as k
from .. import language as lang
from .extents import PathsOf, paths_in
from .hypotheses import Hypotheses, plain_name
from .matching import rewrite_with
from .prove import Unproved, approximation_order
from .reasons import LINEARITY, Reason
from .sequent import grounded, kind_of, refuse_undiscounted, sides
from .translate import Untranslatable


class StepRejected(Exception):
    """A step whose reason does not justify it, or a chain that does not arrive at its claim; ``step`` is the number of
    the step, 0 where it is none of them."""

    def __init__(self, reason: str, step: int = 0) -> None:
        super().__init__(reason)
        self.step = step


@dataclass(frozen=True)
class Step:
    """One link: the expression it arrives at, and the reasons that carry it there."""

    expression: lang.Node
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> str:
        return ", ".join(reason.text for reason in self.reasons)


@dataclass(frozen=True)
class Derivation:
    """The argument for a claim: ``steps`` from its left side to its right side, ``lemmas`` shown before it.

    Nothing is decided until ``theorem`` is called; it raises StepRejected unless every step is justified.
    """

    id: str
    label: str
    claim: lang.Claim
    steps: tuple[Step, ...] = ()
    lemmas: tuple[Derivation, ...] = ()
    remark: str = ""

    def then(self, expression: lang.Node | float, *reasons: Reason) -> Derivation:
        """The derivation with one more step."""
        return replace(self, steps=(*self.steps, Step(lang.node(expression), reasons)))

    def arrive(self, *reasons: Reason) -> Derivation:
        """The derivation with its last step, to the right side of the claim."""
        return self.then(self.claim.rhs, *reasons)

    def after(self, *lemmas: Derivation) -> Derivation:
        """The derivation with lemmas shown before it; each must be a theorem too."""
        return replace(self, lemmas=(*self.lemmas, *lemmas))

    def links(self) -> Iterator[tuple[lang.Node, Step]]:
        """Each step with the expression it starts from."""
        here = self.claim.lhs
        for step in self.steps:
            yield here, step
            here = step.expression

    def paths(self) -> PathsOf | None:
        """What the whole chain says of the paths of which it names steps. Raises StepRejected."""
        terms = (self.claim.lhs, self.claim.rhs, *(step.expression for step in self.steps))
        try:
            return paths_in(*(lang.unfold(lang.expand(term, self.claim.where)) for term in terms))
        except lang.LanguageError as fault:
            raise StepRejected(f"{self.id}: {fault}") from fault

    def theorem(self, deadline: float = inf) -> Derived:
        """Decide every lemma and every step. Raises StepRejected with the number and the fault of the first bad one;
        past ``deadline``, a value of ``time.thread_time()``, that is the step that was being decided."""
        used: set[k.Hypothesis] = set()
        paths = self.paths()
        for lemma in self.lemmas:
            used |= lemma.theorem(deadline).used
        for number, (start, step) in enumerate(self.links(), 1):
            try:
                used |= justify(self.claim, start, step, paths, deadline)
                used |= defined(self.claim, paths, deadline, start, step.expression)
            except (k.NotProved, k.KernelError, Untranslatable, Unproved, StepRejected) as fault:
                raise StepRejected(f"{self.id}, step {number} ({step.text}): {fault}", number) from fault
        last = self.steps[-1].expression if self.steps else self.claim.lhs
        if not arrives(last, self.claim):
            raise StepRejected(f"{self.id}: the chain does not end at the right side of the claim")
        return Derived(self, frozenset(used), order_of(last))


@dataclass(frozen=True)
class Derived:
    """A derivation all of whose steps were decided, and the hypotheses they used."""

    derivation: Derivation
    used: frozenset[k.Hypothesis]
    order: int | None

    @property
    def hypotheses(self) -> tuple[str, ...]:
        return Hypotheses(self.used).names()


def arrives(last: lang.Node, claim: lang.Claim) -> bool:
    """Whether a chain of equalities that ends at ``last`` has shown the claim; ≈ leaves room for a remainder."""
    if claim.relation.op == "≈" and claim.order is None and isinstance(last, lang.Plus):
        *terms, end = last.args
        if isinstance(end, lang.BigO) and end.order >= approximation_order(claim.relation):
            return bool(lang.plus(*terms) == claim.rhs)
    return claim.relation.op in ("=", "≈") and bool(last == claim.rhs)


def order_of(expression: lang.Node) -> int | None:
    """The order of the remainder of an expression, None where it has none."""
    orders = [part.order for part in expression.walk() if isinstance(part, lang.BigO)]
    return min(orders) if orders else None


def defined(claim: lang.Claim, paths: PathsOf | None, deadline: float, *ends: lang.Node) -> frozenset[k.Hypothesis]:
    """Build the ends of a step with every rule: what is undefined then was never defined. Raises KernelError.

    Returns under which hypotheses sums over paths have a value.
    """
    used: set[k.Hypothesis] = set()
    for end in ends:
        relation = lang.Relation("=", lang.expand(end, claim.where), lang.node(0))
        forms = sides(k.Calculus(deadline=deadline), relation, paths=paths)
        refuse_undiscounted(paths, *forms)
        used |= {held for form in forms for held in form.used if held.kind in ("Discounted", "PathEnds")}
    return frozenset(used)


def justify(claim: lang.Claim, start: lang.Node, step: Step, paths: PathsOf | None, deadline: float
            ) -> frozenset[k.Hypothesis]:
    """The hypotheses under which the reasons carry ``start`` to the step's expression.

    Raises where they do not, and where a reason is idle: the step would hold without it.
    """
    used = decide(claim, start, step.expression, step.reasons, paths, deadline)
    for reason in step.reasons:
        if not reason.whole and (reason.rules or reason.unfold or reason.theorem or reason.remainder):
            others = tuple(other for other in step.reasons if other is not reason) or (LINEARITY,)
            if holds(claim, start, step.expression, others, paths, deadline):
                raise StepRejected(f"“{reason.text}” is not needed here")
    return used


def holds(claim: lang.Claim, start: lang.Node, end: lang.Node, reasons: tuple[Reason, ...], paths: PathsOf | None,
          deadline: float) -> bool:
    """Whether the reasons justify the step. Raises what ends it where no time is left to find out."""
    try:
        decide(claim, start, end, reasons, paths, deadline)
    except (k.NotProved, k.KernelError, Untranslatable, StepRejected):
        if thread_time() > deadline:
            raise
        return False
    return True


def decide(claim: lang.Claim, start: lang.Node, end: lang.Node, reasons: tuple[Reason, ...],
           paths: PathsOf | None, deadline: float) -> frozenset[k.Hypothesis]:
    """Decide start = end by the kernel, with the rules that the reasons allow and no others; ``paths`` says what is
    known of those of which steps are named."""
    rules = frozenset(chain.from_iterable(reason.rules for reason in reasons))
    unfold = tuple(chain.from_iterable(reason.unfold for reason in reasons))
    before, after = order_of(start), order_of(end)
    remainder = any(reason.remainder for reason in reasons)
    if before is not None and (after is None or after > before):
        raise StepRejected("a remainder is lost or improved")
    if before is None and after is not None and not remainder:
        raise StepRejected("a remainder appears that the reason does not give")
    if not set(unfold) <= set(claim.where):
        raise StepRejected("a definition that the claim does not make")
    # unfolded in the order in which they are made, whatever order the reasons have
    unfold = tuple(one for one in claim.where if one in unfold)
    if not reasons:
        raise StepRejected("a step names its reason")
    kinds = {type(part) for one in (start, end) for part in one.walk()} | ({lang.AtOld} if claim.at_old else set())
    for reason in reasons:
        if reason.speaks_of and kinds.isdisjoint(reason.speaks_of):
            raise StepRejected(f"“{reason.text}” speaks of nothing in this step")
    used: frozenset[k.Hypothesis] = frozenset()
    for reason in reasons:
        if reason.theorem is not None:
            cited, derived = reason.theorem.claim, reason.theorem.theorem(deadline)
            if derived.order is not None or cited.at_old or lang.stops(cited.expanded()):
                raise StepRejected(f"{reason.theorem.label} is not an identity in θ, and cannot be rewritten with")
            if not set(cited.where) <= set(claim.where):
                raise StepRejected(f"{reason.theorem.label} uses a definition that the claim does not make")
            if reason.theorem.paths() not in (None, paths):
                raise StepRejected(f"{reason.theorem.label} speaks of other paths")
            used |= frozenset(derived.used)
    faults: list[Exception] = []
    for left, right in rewritings(start, end, reasons):
        calculus = k.Calculus(rules, deadline)
        relation = lang.Relation("=", lang.expand(left, unfold), lang.expand(right, unfold))
        forms = sides(calculus, relation, paths=paths)
        try:
            if remainder and after is not None:
                theorem = k.contact(calculus, *forms, after)
            else:
                theorem = k.related(calculus, *forms, kind=kind_of(relation, claim.at_old))
            check_constants(theorem.hypotheses, relation, reasons)
            return used | grounded(theorem, relation)
        except k.NotProved as fault:
            faults.append(fault)
    raise faults[0]


def check_constants(used: frozenset[k.Hypothesis], relation: lang.Relation, reasons: tuple[Reason, ...]) -> None:
    """Refuse a step that holds another policy fixed than its reasons name."""
    named = frozenset(chain.from_iterable(reason.constants for reason in reasons))
    policies = {part.name for part in relation.walk() if isinstance(part, lang.Policy)}
    held = {"π_old" if h.kind == "BehaviourConstant" else plain_name(h.about) for h in used
            if h.kind in ("BehaviourConstant", "Constant") and str(h.about).removeprefix(k.PATH) in policies}
    if named and held != named:
        raise StepRejected(f"the step holds {', '.join(sorted(held)) or 'no policy'} fixed, not "
                           + ", ".join(sorted(named)))


def rewritings(start: lang.Node, end: lang.Node, reasons: tuple[Reason, ...]
               ) -> Iterator[tuple[lang.Node, lang.Node]]:
    """The two ends with the cited theorems applied to one of them, in either direction."""
    theorems = [reason.theorem.claim for reason in reasons if reason.theorem is not None]
    for forward in (True, False):
        ends = [start, end]
        for side in (0, 1):
            changed = list(ends)
            for claim in theorems:
                left, right = (claim.lhs, claim.rhs) if forward else (claim.rhs, claim.lhs)
                changed[side] = rewrite_with(changed[side], left, right)
            yield changed[0], changed[1]
            if not theorems:
                return
