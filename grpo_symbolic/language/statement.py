"""What can be claimed: definitions, relations, chains, and claims with their context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Self

from sympy import Basic
from sympy.core.symbol import Str

from .arithmetic import Node, is_zero, node
from .binders import Argument, Var, substitute
from .derived import MOST_UNFOLDED, Divergence, Moment, NamedFunction
from .errors import LanguageError, ScopeError, ShapeError
from .policy import App, Head, Policy, Prob
from .shapes import agree
from .signs import NONNEGATIVE, POSITIVE, REAL, known_sign
from .terms import Term, rewrite
from .theta import AtOld, BigO, Parameter, Step

BUILT_IN = (Divergence, Moment, NamedFunction, Prob, Step)
RELATIONS = ("=", "≈", "≤", "≥", "<", ">")


class Relation(Term):
    """Relation(op, left, right) with op one of = ≈ ≤ ≥ < >; both sides of one shape, or zero."""

    def __new__(cls, op: str | Str, left: Any, right: Any) -> Self:
        left, right = node(left), node(right)
        if str(op) not in RELATIONS:
            raise ShapeError(f"no relation {op}")
        shapes = [side.shape for side in (left, right) if not is_zero(side)]
        agree(shapes, "the relation")
        if str(op) not in ("=", "≈") and any(shape not in (("1", "1"), ("*", "*")) for shape in shapes):
            raise ShapeError("only scalars are ordered", str(op))
        return super().__new__(cls, Str(str(op)), left, right)

    @property
    def op(self) -> str:
        return self.args[0].name

    @property
    def lhs(self) -> Node:
        return self.args[1]

    @property
    def rhs(self) -> Node:
        return self.args[2]


class Definition(Term):
    """Definition(left, body): gives ``left`` its meaning. Every free variable of the body stands on the left.

    The left side is a named function of distinct variables, or a form that the language has built in (a divergence,
    a probability, Δθ), whose meaning is then fixed already. Raises ScopeError where a variable of the body does not
    stand on the left: an index that has left its sum is the usual case.
    """

    def __new__(cls, left: Basic, right: Any) -> Self:
        right = node(right)
        if isinstance(left, App):
            params = left.params
            if any(not isinstance(param, (Var, Argument)) for param in params) or len(set(params)) != len(params):
                raise ScopeError("a definition takes distinct variables", left.head.layout)
        elif not isinstance(left, BUILT_IN):
            raise ScopeError("only a named function alone on the left can be defined", left)
        for part in right.walk():
            if isinstance(part, Argument) and part not in left.args:
                raise ScopeError(f"the argument {part.name} does not stand on the left", part)
        for var in sorted(right.free - left.free, key=lambda var: var.name):
            raise ScopeError(f"the {var.sort} {var.name} is free on the right, but does not stand on the left: "
                             f"a sum or an expectation over {var.name} ends before it", place_of(right, var))
        agree([left.shape, right.shape], "the definition")
        if any(isinstance(part, BigO) for part in right.walk()):
            raise ShapeError("a definition is exact: a remainder does not say what the left side is", left)
        if isinstance(left, App):
            if not left.head.theta and moves(right):
                raise ScopeError("the right side depends on θ, the name on the left is declared constant",
                                 left.head.layout)
            shown = known_sign(right)
            if left.head.sign not in (REAL, shown) and (left.head.sign, shown) != (NONNEGATIVE, POSITIVE):
                raise ScopeError(f"the name on the left is declared {left.head.sign}; the right side does not show it",
                                 left.head.layout)
        return super().__new__(cls, left, right)

    @property
    def lhs(self) -> Node:
        return self.args[0]

    @property
    def rhs(self) -> Node:
        return self.args[1]

    @property
    def head(self) -> Head | None:
        """The function that is defined, None where the left side is built in."""
        return self.lhs.head if isinstance(self.lhs, App) else None

    @property
    def claim(self) -> Claim | None:
        """What it claims where the left side is built in: that it says the same. None where it gives a meaning."""
        return None if isinstance(self.lhs, (App, Step)) else Claim(Relation("=", self.lhs, self.rhs))

    def expand(self, use: App) -> Node:
        """The body at the arguments of ``use``."""
        params = self.lhs.args[1:]
        if len(use.params) != len(params):
            raise ScopeError(f"takes {len(params)} arguments, not {len(use.params)}", use.head.layout)
        values: Any = dict(zip(params, use.params, strict=True))
        return substitute(self.rhs, values)


def moves(term: Basic) -> bool:
    """Whether a term depends on θ, as far as its leaves show."""
    if isinstance(term, AtOld):
        return False
    if isinstance(term, Policy):
        return term.point == "current"
    if isinstance(term, (Step, Parameter)):
        return isinstance(term, Step) or str(term.args[0]) == "current"
    if isinstance(term, Head):
        return term.theta
    return any(moves(arg) for arg in term.args)


def place_of(term: Basic, var: Var) -> str:
    """The smallest named function in which ``var`` is free, as it is printed, for a message."""
    found = var.name
    if isinstance(term, Term):
        for part in term.walk():
            if isinstance(part, App) and var in part.free:
                found = part.name
    return found


@dataclass(frozen=True)
class Claim:
    """A statement in its context: a relation, the definitions it uses, the relations it assumes.

    What an assumption names and the relation does not may be anything: it is assumed of all. Not so what is ``fixed``,
    which the premise of an implication names: what is claimed is claimed for each of its values. An index runs up to
    the end that ``ranges`` has for it, else to the size of the group.

    Definitions stand in order: each function once, and after those it uses. Raises ScopeError where they do not.
    """

    relation: Relation
    where: tuple[Definition, ...] = ()
    assume: tuple[Relation, ...] = ()
    at_old: bool = False
    note: str = field(default="", compare=False)
    fixed: frozenset[Var] = frozenset()
    ranges: tuple[tuple[Var, Basic], ...] = ()

    def __post_init__(self) -> None:
        left = [definition.head for definition in self.where]
        for position, definition in enumerate(self.where):
            head = definition.head
            if head is None:
                continue
            if left.count(head) > 1:
                raise ScopeError("is defined twice", head.layout)
            for used in heads(definition.rhs):
                if used in left[position:]:
                    raise ScopeError(f"is used by {head.layout} before it is defined", used.layout)

    @property
    def lhs(self) -> Node:
        return self.relation.lhs

    @property
    def rhs(self) -> Node:
        return self.relation.rhs

    @cached_property
    def order(self) -> int | None:
        """k where the claim is one up to O(‖Δθ‖^k), else None."""
        orders = [part.order for part in self.relation.walk() if isinstance(part, BigO)]
        return min(orders) if orders else None

    def expanded(self) -> Relation:
        """The relation with every definition unfolded."""
        return self._expanded

    @cached_property
    def _expanded(self) -> Relation:
        return expand(self.relation, self.where)

    @property
    def free(self) -> frozenset[Var]:
        """The variables for each of whose values the relation is claimed."""
        return self.expanded().free | self.fixed

    def given(self) -> tuple[Relation, ...]:
        """What is assumed, with every definition unfolded. Raises LanguageError where it is an approximation."""
        for relation in self.assume:
            if relation.op == "≈":
                raise LanguageError("an approximation is not an equality, so nothing exact follows from it", relation)
        return tuple(expand(relation, self.where) for relation in self.assume)


def expand(term: Any, where: tuple[Definition, ...]) -> Any:
    """``term`` with the functions that ``where`` defines replaced by their bodies, later definitions first.

    Raises LanguageError where that makes it very long, as definitions that double do.
    """
    for definition in reversed(where):
        uses = sum(isinstance(part, App) and part.head == definition.head for part in term.walk())
        if uses > 1 and uses * definition.rhs.size > MOST_UNFOLDED:
            raise LanguageError(f"is used {uses} times once later definitions are unfolded: too long to work with",
                                definition.head.layout if definition.head else "")
        if uses:
            term = rewrite(term, partial(_unfold, definition))
    return term


def _unfold(definition: Definition, part: Basic) -> Basic | None:
    if not isinstance(part, App) or part.head != definition.head:
        return None
    return definition.expand(part)


def heads(term: Basic) -> Iterator[Head]:
    """The named functions of a term."""
    if isinstance(term, Term):
        for part in term.walk():
            if isinstance(part, App):
                yield part.head
