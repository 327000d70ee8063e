"""A claim made ready for evaluation: definitions and operators unfolded, variables found, assumptions understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import prod

from sympy import Basic

from ...language import (
    ALL,
    App,
    BigO,
    Claim,
    Const,
    Definition,
    Expect,
    Frac,
    Gradient,
    Hessian,
    Largest,
    Law,
    Length,
    Neg,
    Num,
    Parameter,
    Plus,
    Prefix,
    Prob,
    Product,
    Relation,
    Sample,
    Scope,
    Step,
    Sum,
    Taylor,
    Times,
    TokenOf,
    Transpose,
    Var,
    expand,
    literal,
    sort_of,
    span,
    unfold,
)
from .assumptions import alias, as_definition, assumed_signs, counting, least_counts, solvable
from .evaluator import Unevaluable

MOST_ORDERS = 8
MOST_MARGIN = 4
LARGEST_LANDMARK, MOST_LANDMARKS = 10 ** 6, 16
LINEAR = (Plus, Neg, Times, Transpose, Expect, Sum, Scope)


@dataclass(frozen=True)
class Question:
    """``relation`` must hold at every value of its free variables where the ``assumptions`` hold.

    ``order`` is k for a claim up to O(‖Δθ‖^k). The rest says which models to draw: ``signs`` of functions, ``aliases``
    of constant policies, ``solvable`` assumptions with the function or constant to shift, ``integers`` for constants
    that count and the ``least`` that they may be. ``stated`` and ``where`` are the relations as they stand, and what
    they use.

    With ``sizes`` a range that ends below zero has no value. On a kink a derivative has none, or with ``side`` ±1 that
    on one side of it, along the only coordinate of θ; with ``apart`` it has none either where things that are compared
    tie and move alike, as a kink at which two actions meet. The relation must hold at every value of what is ``fixed``.
    """

    relation: Relation
    assumptions: tuple[Relation, ...] = ()
    at_old: bool = False
    order: int | None = None
    signs: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    solvable: tuple[tuple[Relation, str], ...] = ()
    integers: dict[str, int | None] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    uses: frozenset[type] = frozenset()
    sorts: frozenset[str] = frozenset()
    least_group: int = 1
    stated: tuple[Relation, ...] = ()
    where: tuple[Definition, ...] = ()
    sizes: bool = False
    side: int = 0
    apart: bool = False
    fixed: frozenset[Var] = frozenset()

    @cached_property
    def landmarks(self) -> tuple[tuple[int, int], ...]:
        """The numbers that the claim mentions and that small fractions do not meet, as positive fractions."""
        found = set()
        for part in (part for term in (self.relation, *self.assumptions) for part in term.walk()):
            number = literal(part)
            if number is not None and 3 < max(abs(number.numerator), number.denominator) <= LARGEST_LANDMARK:
                found.add((abs(number.numerator), number.denominator))
        return tuple(sorted(found))[:MOST_LANDMARKS]

    @cached_property
    def free(self) -> list[Var]:
        """The free variables, the ones with an axis first."""
        found = self.relation.free | self.fixed
        return sorted(found, key=lambda var: (var.sort in ("index", "token"), var.name, var.sort))

    @cached_property
    def margin(self) -> int:
        """How far ranges run past what a constant counts: 1 for one that ends at G + 1."""
        parts = [part for term in (self.relation, *self.assumptions) for part in term.walk()
                 if isinstance(part, (Sum, Product)) and part.args[0] != ALL or
                 isinstance(part, Largest) and len(part.args) > 1]
        past = [number for part in parts
                if isinstance(end := span(part.args[isinstance(part, Largest)])[1], Plus)
                for number in map(literal, end.args) if number is not None]
        return min(max(0, *map(int, past)) if past else 0, MOST_MARGIN)

    @cached_property
    def steps_past(self) -> dict[str, int]:
        """How many steps more than a constant counts a path has, as H + 1 of those from 0 to H."""
        found: dict[str, int] = {}
        for part in (part for term in (self.relation, *self.assumptions) for part in term.walk()):
            if isinstance(part, (Sum, Product)) and part.args[-1].sort == "token" and any(
                    isinstance(inner, (TokenOf, Prefix)) for inner in part.args[-1].body.walk()):
                names = [term.name for term in ends(part) if isinstance(term, Const)]
                past = [int(number) for term in ends(part) if (number := literal(term)) is not None]
                found |= {name: max(found.get(name, 0), *past) for name in names if past}
        return found

    @cached_property
    def differentiates(self) -> bool:
        """Whether the coordinates of θ matter."""
        return not self.uses.isdisjoint({Gradient, Hessian, Transpose, Step, Taylor, BigO, Parameter})

    @property
    def stands_at_old(self) -> bool:
        """Whether θ = θ_old: assumed, or because a remainder is expanded there."""
        return self.at_old or self.order is not None

    def cells(self, actions: int, group: int, states: int) -> int:
        """How many values the most entangled term takes in a model of these sizes."""
        group = self.group(group)
        sizes = {"action": actions, "group": actions ** group, "state": states, "index": group, "token": 2}
        free = prod(sizes.get(var.sort, 1) for var in self.free)
        return free * max(prod(sizes.get(sort, 1) for sort in sorts) for sorts in self.nestings)

    def group(self, wanted: int) -> int:
        """The size of a group where ``wanted`` is asked for: the one that is assumed, or as many as there must be."""
        return max(self.integers.get("G") or wanted, self.least_group)

    @cached_property
    def nestings(self) -> frozenset[tuple[str, ...]]:
        """The sorts that are bound around the leaves of the terms, each combination once."""
        return nestings(self.relation).union(*map(nestings, self.assumptions))

    @cached_property
    def has_groups(self) -> bool:
        """Whether the size of a group matters."""
        return "group" in self.sorts or "index" in self.sorts or "G" in self.integers

    @cached_property
    def has_sequences(self) -> bool:
        """Whether actions are sequences of tokens."""
        return not self.uses.isdisjoint({TokenOf, Prefix, Length}) or "token" in self.sorts

    @cached_property
    def has_states(self) -> bool:
        """Whether the number of states matters."""
        return "state" in self.sorts


@lru_cache(maxsize=4096)
def nestings(term: Basic) -> frozenset[tuple[str, ...]]:
    """The sorts that are bound around each leaf of a term."""
    inner = frozenset[tuple[str, ...]]().union(*map(nestings, term.args)) or frozenset({()})
    if isinstance(term, Scope):
        return frozenset(tuple(sorted((*sorts, term.sort))) for sorts in inner)
    return inner


@lru_cache(maxsize=8)
def prepare(claim: Claim, order: int | None = None) -> Question:
    """The question that a claim asks of a model, up to O(‖Δθ‖^order) where that is given.

    Raises Unevaluable for remainders that cannot be compared, and for orders beyond ``MOST_ORDERS``.
    """
    definitions: list[Definition] = list(claim.where)
    relations: list[Relation] = []
    for assumed in claim.given():
        meaning = as_definition(assumed) if assumed.free.isdisjoint(claim.fixed) else None
        if meaning is None or any(meaning.head == known.head for known in definitions):
            # a second equation for a function is one to be satisfied
            relations.append(assumed)
        else:
            definitions.insert(0, meaning)
    where = tuple(definitions)
    stated = unfold(claim.expanded() if where == claim.where else expand(claim.relation, where))
    relations = [unfold(expand(assumed, where)) for assumed in relations]
    parts = [part for term in (stated, *relations) for part in term.walk()]
    refuse_mixed(parts)
    everywhere = [assumed for assumed in relations if assumed.free.isdisjoint(claim.fixed)]
    # a law is the same at every member where it is at one, if that may be anything
    of_members = [assumed for assumed in relations if all(var.sort == "index" for var in assumed.free & claim.fixed)]
    orders = [part.order for part in parts if isinstance(part, BigO)] + ([] if order is None else [order])
    check_remainders(stated, orders)
    least, integers = least_counts(relations), counting(parts, relations)
    return Question(
        relation=stated, assumptions=tuple(relations), at_old=claim.at_old, order=min(orders) if orders else None,
        signs=assumed_signs(everywhere), aliases=dict(filter(None, map(alias, of_members))),
        solvable=solvable(everywhere, integers.keys()), fixed=claim.fixed, integers=integers, least=least,
        uses=frozenset(map(type, parts)),
        sorts=frozenset(sort for part in parts if isinstance(part, (Var, Scope)) for sort in [part.sort]),
        least_group=least_group(parts, least), stated=(claim.relation, *claim.assume), where=where)


def refuse_mixed(parts: Iterable[Basic]) -> None:
    """Refuse functions and laws of steps that stand at states too: a model has prefixes and states apart.

    Raises Unevaluable.
    """
    kinds: dict[tuple[str, int], set[bool]] = {}
    for part in parts:
        name, args = (part.head.layout, part.params) if isinstance(part, App) else (
            (part.policy.name, part.context) if isinstance(part, Law) else ("", ()))
        for place, arg in enumerate(args):
            if sort_of(arg) == "state":
                kinds.setdefault((name, place), set()).add(isinstance(arg, Prefix))
    if any(len(found) > 1 for found in kinds.values()):
        raise Unevaluable("a function of states at the steps of a path and elsewhere")
    for part in parts:
        if isinstance(part, Sum) and part.args[0] == ALL and part.scope.sort == "action":
            var, body = part.scope.open(part.free)
            if any(isinstance(inner, (App, Prob)) and var in inner.args and any(
                    isinstance(one, Prefix) for one in inner.walk()) for inner in body.walk()):
                raise Unevaluable("a sum over the actions of one step, where actions are sequences")


def ends(part: Basic) -> tuple[Basic, ...]:
    """The terms of the end of a range."""
    end = span(part.args[0])[1]
    return end.args if isinstance(end, Plus) else (end,)


def least_group(parts: list[Basic], least: dict[str, int]) -> int:
    """How many members a group has at least: those that are named, and as many as is assumed."""
    named = (int(part.args[1].value) for part in parts if isinstance(part, Sample) and isinstance(part.args[1], Num))
    return max([*named, least.get("G", 1)])


def check_remainders(stated: Relation, orders: list[int]) -> None:
    """Refuse a remainder in a comparison of sizes, of an order out of range, or inside anything but sums and products.

    A factor never makes a remainder larger, unless it has no value at θ_old.
    """
    for side in (stated.lhs, stated.rhs):
        if not linear_in_remainders(side):
            raise Unevaluable("a remainder stands inside a function or a derivative")
    if stated.op not in ("=", "≈") and orders:
        raise Unevaluable("an inequality up to a remainder has no test on a finite model")
    if orders and not 1 <= min(orders) <= MOST_ORDERS:
        raise Unevaluable(f"a remainder of order {min(orders)} is out of range")


def linear_in_remainders(term: Basic) -> bool:
    """Whether remainders stand only under sums, products, numerators, transposes and expectations."""
    if isinstance(term, BigO) or not has_remainder(term):
        return True
    if isinstance(term, Frac):
        return linear_in_remainders(term.args[0]) and not has_remainder(term.args[1])
    return isinstance(term, LINEAR) and all(map(linear_in_remainders, term.args))


def has_remainder(term: Basic) -> bool:
    """Whether a remainder stands in a term."""
    return isinstance(term, BigO) or any(map(has_remainder, term.args))
