"""What code adds for the sake of numbers: far ends of a clip, a trifle in a denominator, counts of at least 1.

Each is taken out under a hypothesis that says where that changes nothing, or nearly nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..algebra.expression import add, multiply, power
from ..algebra.nodes import BATCH, ONE, TOKEN, Expression, number, parts
from ..algebra.normal import normal
from ..algebra.polynomials import counts
from ..algebra.printing import plain
from ..algebra.rebuilt import rebuilt
from ..recording.tape import Place

FAR = 10
TINY = Fraction(1, 1000)
AN_END = "the end stands for it, without a gradient"


@dataclass(frozen=True)
class Hypothesis:
    """What is supposed, in words with a formula, and the place that asks for it."""

    text: str
    at: Place | None


def relaxed(node: Expression, places: Mapping[Expression, Place]) -> tuple[Expression, tuple[Hypothesis, ...]]:
    """An expression without its stabilisers, and what that supposes."""
    found: list[Hypothesis] = []
    known: dict[Expression, Expression] = {}
    for part in parts(node):
        args = tuple(known[arg] for arg in part.args)
        known[part], text = _plain(part, args)
        if text:
            found.append(Hypothesis(text, places.get(part)))
    return known[node], tuple(dict.fromkeys(found))


def _plain(part: Expression, args: tuple[Expression, ...]) -> tuple[Expression, str]:
    """A part without a stabiliser, with what is supposed; no words where it is none."""
    first = args[0] if args else part
    if part.kind == "clip" and _far(args[1], -1) and _far(args[2], 1):
        return first, f"{plain(first)} lies between {args[1].data} and {args[2].data}; beyond, {AN_END}"
    one_end = part.kind in ("max", "min") and _far(args[1], -1 if part.kind == "max" else 1)
    if one_end and not any(inner.kind == "exp" for inner in parts(first)):  # a cap on a ratio is meant
        word = "above" if part.kind == "max" else "below"
        return first, f"{plain(first)} is {word} {args[1].data}; beyond, {AN_END}"
    if part.kind == "max":
        return _counted(part, args)
    if part.kind == "compare" and part.data == ">" and _is_count(first) and args[1].kind == "number":
        return (ONE, _has_token(first)) if 0 <= args[1].data < 1 else (rebuilt(part, args), "")
    if part.kind == "power" and part.data < 0 and first.kind == "add":
        rest = add(*(one for one in first.args if one.kind != "number"))
        share = next((one.data / _factor(rest) for one in first.args if one.kind == "number"), Fraction(0))
        if 0 < share <= TINY:
            beside = multiply(number(1 / _factor(rest)), rest)
            return power(rest, part.data), f"{float(share):g} beside {plain(beside)} is nothing"
    return rebuilt(part, args) if args else part, ""


def _factor(node: Expression) -> Fraction:
    """The largest numeral in front of a term: a sum may have been multiplied through."""
    terms = node.args if node.kind == "add" else (node,)
    return max(abs(value) for one in terms for _, value in normal(one).terms)


def _far(node: Expression, side: int) -> bool:
    return node.kind == "number" and node.data * side >= FAR


def _counted(part: Expression, args: tuple[Expression, ...]) -> tuple[Expression, str]:
    """A count that is 1 at least; or a denominator that is above a little something."""
    for one, other in (args, args[::-1]):
        if other.kind != "number" or not 0 < other.data <= 1:
            continue
        if _is_count(one):
            return one, _has_token(one)
        if other.data <= TINY:
            return one, f"{plain(one)} is above {float(other.data):g}"
    return rebuilt(part, args), ""


def _is_count(node: Expression) -> bool:
    """Whether a node is how many tokens there are, of a sequence or of the batch."""
    found = normal(node).terms
    return len(found) == 1 and all(value == 1 and len(monomial) == 1 and all(counts(base) for base, _ in monomial)
                                   for monomial, value in found)


def _has_token(node: Expression) -> str:
    if TOKEN in node.axes:
        return "every position has a sequence"
    return "every sequence has a token" if BATCH in node.axes else "the batch has a token"
