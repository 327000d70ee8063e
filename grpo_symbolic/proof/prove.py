"""``prove``: the strongest form of a claim that the kernel decides, with the hypotheses it used."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from .hypotheses import Hypotheses
from .parts import holds
from .search import Search
from .translate import Names, Translator, Untranslatable

DIRECTIONS = (k.variable("∂1"), k.variable("∂2"))
LARGEST_ORDER = 4
SECONDS = 3.0


@dataclass(frozen=True)
class Proof:
    """A claim that holds: the relation that was proved, up to O(‖Δθ‖^order) where there is an order."""

    relation: str
    order: int | None
    hypotheses: tuple[str, ...]
    theorem: k.Theorem


class Unproved(Exception):
    """The kernel does not prove the claim; the message says how far it came."""


OBLIGED = ("Nonzero", "Nonnegative", "OffKink")
FAULTS = (k.NotProved, k.KernelError, Untranslatable, lang.LanguageError)


def prove(claim: lang.Claim, rules: frozenset[str] = k.RULES, deadline: float | None = None) -> Proof:
    """Decide a claim for every action set, group size and parametrisation. Raises Unproved.

    ``≈`` is proved as ``=`` where that holds, else up to the largest order in Δθ. Past ``deadline``, a value of
    ``time.monotonic()``, nothing is proved; by default it is SECONDS from now.
    """
    theorem = _strongest(claim, rules, monotonic() + SECONDS if deadline is None else deadline)
    names = Hypotheses(theorem.hypotheses | presupposed(claim)).names()
    return Proof(theorem.relation, theorem.order, names, theorem)


def presupposed(claim: lang.Claim) -> frozenset[k.Hypothesis]:
    """What naming a member of a group takes for granted: that the group has as many."""
    named = [int(part.args[1].value) for part in claim.expanded().walk()
             if isinstance(part, lang.Sample) and isinstance(part.args[1], lang.Num)]
    return frozenset({k.Hypothesis("Range", f"G ≥ {max(named)}")} if max(named, default=1) > 1 else ())


def _strongest(claim: lang.Claim, rules: frozenset[str], deadline: float) -> k.Theorem:
    least: k.Theorem | None = None
    without = rules - {"group"}
    for fewer in (without - {"normalisation"}, without) if draws_a_group(claim) else (without - {"normalisation"},):
        # with few rules first: a theorem then lists only the hypotheses that it needs
        with suppress(*FAULTS):
            least = _prove(claim, fewer, deadline)
            if settled(claim, least):
                return least
            break
    try:
        best = _prove(claim, rules, deadline)
    except FAULTS as fault:
        raise Unproved(str(fault)) from fault
    return least if least and (least.relation, least.order) == (best.relation, best.order) else best


def draws_a_group(claim: lang.Claim) -> bool:
    """Whether a claim has an expectation over a group: without one the rule for groups has nothing to do."""
    parts = (claim.relation, *claim.where, *claim.assume)
    return any(isinstance(part, lang.Scope) and part.sort == "group" for one in parts for part in one.walk())


def settled(claim: lang.Claim, theorem: k.Theorem) -> bool:
    """Whether more rules can neither show a denominator to be zero nor raise the order of an approximation."""
    obliged = any(hypothesis.kind in OBLIGED for hypothesis in theorem.hypotheses)
    return not obliged and (theorem.order is None or claim.order is not None)


def _prove(claim: lang.Claim, rules: frozenset[str], deadline: float) -> k.Theorem:
    calculus, relation = k.Calculus(rules, deadline), claim.expanded()
    left, right = sides(calculus, relation)
    kind = kind_of(relation, claim.at_old)
    if kind == "value" and (claim.order is not None or relation.op == "≈"):
        raise Untranslatable("a remainder beside a stop-gradient: its order depends on what is held fixed")
    if relation.op in ("=", "≈") and claim.order is not None:
        return k.contact(calculus, left, right, claim.order)
    if relation.op == "≈":
        return _approximation(calculus, left, right, kind, approximation_order(relation))
    if claim.order is not None:
        raise Untranslatable("an inequality with a remainder")
    if relation.op in "≤<":
        left, right = right, left
    op = {"≤": "≥", "<": ">"}.get(relation.op, relation.op)
    given = assumptions(calculus, claim)
    if any(one.impossible(calculus) for one in given):
        raise k.NotProved("the assumptions contradict each other")
    if op == "=":
        with suppress(k.NotProved):
            return k.related(calculus, left, right, op, kind)
    given += conventions(calculus, (left - right).poly) + obligations(calculus, left - right)
    return k.related(calculus, left, right, op, kind, given, Search(calculus))


def nested_kink(used: k.Hypothesis) -> bool:
    """Whether a hypothesis excludes the kink of a comparison whose sides compare in their turn."""
    return used.kind == "OffKink" and holds(used.about, "ind")


def obligations(calculus: k.Calculus, form: k.Form) -> list[k.Assumption]:
    """That what the form divides by, or compares where it is differentiated, is not zero, which it has as a hypothesis.

    p ≠ 0 is written [p > 0] + [−p > 0] > 0.
    """
    return [k.Assumption(calculus.step(k.Form(used.about)) + calculus.step(-k.Form(used.about)), ">", frozenset({used}))
            for used in sorted(form.used) if used.kind in ("OffKink", "Nonzero") and not nested_kink(used)]


RANGES = {"action": k.ACTION, "state": k.STATE}
UNIT_RANGE = (r"\epsilon", r"\varepsilon")
AT_LEAST_ONE = ("G", "T")


def assumptions(calculus: k.Calculus, claim: lang.Claim) -> list[k.Assumption]:
    """What the claim takes as given, as forms compared with zero; what is free there alone may be anything."""
    found, free = [], claim.expanded().free
    for stated in claim.given():
        left, right = sides(calculus, stated)
        if stated.op in "≤<":
            left, right = right, left
        op = {"≤": "≥", "<": ">"}.get(stated.op, stated.op)
        form = left - right
        every = {Translator(calculus).term(var, {}): RANGES[var.sort]
                 for var in sorted(stated.free - free, key=str) if var.sort in RANGES}
        found.append(k.Assumption(squared(calculus, form) if op == "=" else form, op, every=every))
    return found


def squared(calculus: k.Calculus, form: k.Form) -> k.Form:
    """For √u·x − y with a monomial x > 0 and y ≥ 0: u − (y/x)², which is zero where the form is; others as they are."""
    for m, c in form.poly:
        roots = [gen for gen, e in m if gen[0] == "wrap" and e == Fraction(1, 2)]
        scale = k.Form(((tuple(f for f in m if f[0] not in roots), c),))
        other = k.Form(((m, c),)) - form
        if len(roots) == 1 and k.sign(scale.poly) == "positive" and calculus.sign(other) != "real":
            other = calculus.times(other, calculus.power(scale, -1))
            # u stays one generator, which a case distinction can give a value
            return k.single(roots[0]) - calculus.times(other, other)
    return form


def conventions(calculus: k.Calculus, poly: k.Poly) -> list[k.Assumption]:
    """The default ranges of the constants that a form mentions: ε < 1, a group or sequence has at least one member."""
    found, one = [], k.number(1)
    for leaf in sorted(set(k.inside(poly, "atom"))):
        form = k.single(leaf)
        if not leaf[2] and leaf[1] in UNIT_RANGE:
            found.append(k.Assumption(one - form, ">", frozenset({k.Hypothesis("Range", f"{leaf[1]} < 1")})))
        elif not leaf[2] and leaf[1] in AT_LEAST_ONE:
            found.append(k.Assumption(form - one, "≥", frozenset({k.Hypothesis("Range", f"{leaf[1]} ≥ 1")})))
    return found


def approximation_order(relation: lang.Relation) -> int:
    """The least order that makes an approximation: one more than the powers of Δθ that it prints, and two at least,
    since agreement at θ_old alone says nothing of how the sides move."""
    return max(step_degree(relation), 1) + 1


def _approximation(calculus: k.Calculus, left: k.Form, right: k.Form, kind: str, wanted: int) -> k.Theorem:
    """Equality, or equality up to the largest order from ``wanted`` on."""
    try:
        return k.related(calculus, left, right, "=", kind)
    except k.NotProved:
        theorem = k.contact(calculus, left, right, wanted)
    for order in range(wanted + 1, LARGEST_ORDER + 1):
        try:
            theorem = k.contact(calculus, left, right, order)
        except k.NotProved:
            break
    return theorem


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


def kind_of(relation: lang.Relation, at_old: bool) -> str:
    """How the two sides are compared: as functions of θ, at θ_old, or with stop marks erased."""
    if at_old:
        return "at_old"
    return "value" if lang.stops(relation) else "identity"


def sides(calculus: k.Calculus, relation: lang.Relation, names: Names | None = None) -> tuple[k.Form, k.Form]:
    """The two sides along fixed directions: one for a vector, two for a matrix."""
    shapes = [side.shape for side in (relation.lhs, relation.rhs) if not is_zero_literal(side)]
    shape = next((shape for shape in shapes if shape != lang.ANY), lang.SCALAR)
    directions = DIRECTIONS[: shape.count("d")]
    translate = Translator(calculus)
    left, right = (translate(without_remainder(side), names).at(*directions) for side in (relation.lhs, relation.rhs))
    return left, right


def without_remainder(side: lang.Node) -> lang.Node:
    """A side without the remainders among its terms."""
    terms = side.args if isinstance(side, lang.Plus) else (side,)
    kept = [term for term in terms if not isinstance(term, lang.BigO)]
    return lang.plus(*kept) if kept else lang.node(0)


def is_zero_literal(side: Basic) -> bool:
    """Whether a side is the literal 0, which has every shape."""
    return isinstance(side, lang.Num) and side.value == 0


