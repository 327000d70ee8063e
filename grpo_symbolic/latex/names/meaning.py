"""Whether two statements say the same: the same nodes, or sides that the kernel decides to be equal."""

from __future__ import annotations

import re
from typing import Any

from sympy import Basic

from ...language import (
    GROUP_SIZE,
    App,
    Claim,
    Const,
    Definition,
    Head,
    LanguageError,
    Node,
    Relation,
    StopGradient,
    Term,
    expand,
    rewrite,
    sort_of,
)
from ...proof.derivation import order_of
from ...proof.prove import Unproved, prove

IDENTICAL, EQUAL, DIFFERENT = "identical", "equal", "different"
HIDDEN_ORDER = ("group", "state", "action")

Known = tuple[Definition, ...]


def same_meaning(one: Any, other: Any, known: Known = ()) -> str:
    """How two statements (claims, definitions, expressions, or tuples of them) compare.

    ``identical``: the same nodes, but for declared signs and the order of arguments that are not printed; ``equal``:
    the same relation, whose sides the kernel decides to be equal, definitions unfolded; else ``different``. What is
    defined on one side only, or in ``known``, is taken to mean the same on both.
    """
    if isinstance(one, tuple) or isinstance(other, tuple):
        ones, others = (part if isinstance(part, tuple) else (part,) for part in (one, other))
        return worst(*(same_meaning(*pair, known) for pair in zip(ones, others, strict=True))) \
            if len(ones) == len(others) else DIFFERENT
    if frame(one) != frame(other):
        return DIFFERENT
    context = where_of(one), where_of(other), tuple(map(plain, known))
    return worst(*(same_side(*pair, *context) for pair in zip(sides_of(one), sides_of(other), strict=True)))


def worst(*found: str) -> str:
    """The weakest of several comparisons."""
    return max(found, key=(IDENTICAL, EQUAL, DIFFERENT).index, default=IDENTICAL)


def frame(statement: Any) -> tuple[Any, ...]:
    """What a statement does with its sides: defines one, relates two, or neither; and what it assumes."""
    if isinstance(statement, Claim):
        return (*frame(statement.relation), statement.at_old, frozenset(map(plain, statement.assume)))
    if isinstance(statement, Relation):
        return (statement.op,)
    if isinstance(statement, Definition) and isinstance(statement.lhs, App):
        return ("defines", plain(statement.lhs))
    if isinstance(statement, Definition):
        # a form that is built in has its meaning already: to define it is to claim an equation
        return ("=", False, frozenset())
    return ("says",)


def sides_of(statement: Any) -> tuple[Node, ...]:
    """The expressions to compare."""
    if isinstance(statement, Definition) and isinstance(statement.lhs, App):
        return (statement.rhs,)
    if isinstance(statement, (Claim, Relation, Definition)):
        return statement.lhs, statement.rhs
    return (statement,)


def where_of(statement: Any) -> Known:
    """The definitions that a claim stands under."""
    return tuple(map(plain, statement.where)) if isinstance(statement, Claim) else ()


def plain(term: Any) -> Any:
    """A term without declared signs, arguments that are not printed in one order: what a print cannot tell apart."""
    return rewrite(term, unsigned) if isinstance(term, Term) else term


def unsigned(part: Basic) -> Basic | None:
    """The rule of ``plain``."""
    if isinstance(part, Const):
        return GROUP_SIZE if part.name == GROUP_SIZE.name else Const(part.name)
    if isinstance(part, Head):
        return Head(part.layout, part.theta, shape=part.args[3])
    if isinstance(part, App):
        printed = {int(place) - 1 for place in re.findall(r"#(\d+)", part.head.layout)}
        places = [place for place in range(len(part.params)) if place not in printed]
        hidden = sorted((part.params[place] for place in places), key=rank)
        args = list(part.params)
        for place, arg in zip(places, hidden, strict=True):
            args[place] = arg
        return part.func(part.head, *args)
    return None


def rank(arg: Basic) -> int:
    """The place of an argument that is not printed."""
    sort = sort_of(arg)
    return HIDDEN_ORDER.index(sort) if sort in HIDDEN_ORDER else len(HIDDEN_ORDER)


def same_side(one: Node, other: Node, mine: Known, theirs: Known, known: Known) -> str:
    """How two expressions compare under the definitions of either."""
    left, right = plain(one), plain(other)
    try:
        unfolded = unfold(left, mine, theirs, known), unfold(right, theirs, mine, known)
    except LanguageError:
        # a function that is used otherwise than it is defined
        return DIFFERENT
    if unfolded[0] == unfolded[1]:
        return IDENTICAL if left == right else EQUAL
    return EQUAL if decided(*unfolded) else DIFFERENT


def unfold(term: Node, *where: Known) -> Node:
    """An expression with its functions unfolded, the first definitions first."""
    for known in where:
        term = expand(term, known)
    return term


def decided(left: Node, right: Node) -> bool:
    """Whether the kernel decides that two expressions are equal, or part by part where it has no form for the whole."""
    if left == right:
        return True
    stops = any(isinstance(part, StopGradient) for side in (left, right) for part in side.walk())
    # erased stop marks, and remainders of different orders, would make equal what is not the same
    if stops or order_of(left) != order_of(right):
        return False
    try:
        prove(Claim(Relation("=", left, right)))
    except (Unproved, LanguageError):
        return type(left) is type(right) and len(left.args) == len(right.args) > 0 and all(
            isinstance(part, Node) and decided(part, match) for part, match in zip(left.args, right.args, strict=True))
    return True
