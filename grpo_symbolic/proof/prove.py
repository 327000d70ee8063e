"""``prove``: the strongest form of a claim that the kernel decides, with the hypotheses it used."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from .hypotheses import Hypotheses
from .translate import Names, Translator, Untranslatable

DIRECTIONS = (k.variable("∂1"), k.variable("∂2"))
LARGEST_ORDER = 4


@dataclass(frozen=True)
class Proof:
    """A claim that holds: the relation that was proved, up to O(‖Δθ‖^order) where there is an order."""

    relation: str
    order: int | None
    hypotheses: tuple[str, ...]
    theorem: k.Theorem


class Unproved(Exception):
    """The kernel does not prove the claim; the message says how far it came."""


def prove(claim: lang.Claim, rules: frozenset[str] = k.RULES) -> Proof:
    """Decide a claim for every action set, group size and parametrisation. Raises Unproved.

    ``≈`` is proved as ``=`` where that holds, else up to the largest order in Δθ.
    """
    try:
        return _prove(claim.expanded(), claim.order, claim.at_old, rules)
    except (k.NotProved, k.KernelError, Untranslatable) as reason:
        raise Unproved(str(reason)) from reason


def _prove(relation: lang.Relation, order: int | None, at_old: bool, rules: frozenset[str]) -> Proof:
    calculus = k.Calculus(rules)
    left, right = sides(calculus, relation)
    if relation.op == "=" or relation.op == "≈" and order is not None:
        theorem = k.contact(calculus, left, right, order) if order is not None else k.equal(
            calculus, left, right, kind_of(relation, at_old))
        return _proof("=", theorem)
    if relation.op == "≈":
        return _approximation(calculus, left, right, kind_of(relation, at_old), step_degree(relation))
    raise Untranslatable(f"no rule for {relation.op}")


def _approximation(calculus: k.Calculus, left: k.Form, right: k.Form, kind: str, degree: int) -> Proof:
    """Equality, or equality up to the largest order beyond what the sides print: Δθ to the ``degree``, and the first
    order at least, since agreement at θ_old alone says nothing of how the sides move."""
    try:
        return _proof("=", k.equal(calculus, left, right, kind))
    except k.NotProved:
        theorem = k.contact(calculus, left, right, max(degree, 1) + 1)
    for order in range(max(degree, 1) + 2, LARGEST_ORDER + 1):
        try:
            theorem = k.contact(calculus, left, right, order)
        except k.NotProved:
            break
    return _proof("=", theorem)


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


def _proof(relation: str, theorem: k.Theorem) -> Proof:
    return Proof(relation, theorem.order, Hypotheses(theorem.hypotheses).names(), theorem)


def kind_of(relation: lang.Relation, at_old: bool) -> str:
    """How the two sides are compared: as functions of θ, at θ_old, or with stop marks erased."""
    if at_old:
        return "at_old"
    stops = any(isinstance(part, lang.StopGradient) for part in relation.walk())
    return "value" if stops else "identity"


def sides(calculus: k.Calculus, relation: lang.Relation, names: Names | None = None) -> tuple[k.Form, k.Form]:
    """The two sides along fixed directions: one for a vector, two for a matrix."""
    shape = next((side.shape for side in (relation.lhs, relation.rhs) if not is_zero_literal(side)), lang.SCALAR)
    directions = DIRECTIONS[: shape.count("d")]
    translate = Translator(calculus)
    left, right = (translate(side, names).at(*directions) for side in (relation.lhs, relation.rhs))
    return left, right


def is_zero_literal(side: Basic) -> bool:
    """Whether a side is the literal 0, which has every shape."""
    return isinstance(side, lang.Num) and side.value == 0


