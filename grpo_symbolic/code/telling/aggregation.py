"""How a loss weighs its tokens, by the weights of its terms."""

from __future__ import annotations

from dataclasses import dataclass

from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, is_number, parts
from ..algebra.normal import normal
from ..algebra.polynomials import counts
from ..algebra.printing import latex, plain
from ..deciding.terms import Term

ADDITIVE = "not additive over micro-batches of different lengths"


@dataclass(frozen=True)
class Aggregation:
    """A way to weigh: its name, the weight of a token or sequence, and whether micro-batches add up."""

    kind: str
    weight: Expression
    remark: str = ""

    def record(self) -> dict[str, object]:
        """The aggregation as plain data."""
        return {"kind": self.kind, "latex": latex(self.weight), "text": plain(self.weight), "remark": self.remark}


def aggregations(terms: tuple[Term, ...]) -> tuple[Aggregation, ...]:
    """The ways in which the terms of a loss are weighed, each once."""
    return tuple(dict.fromkeys(aggregation(one) for one in terms))


def aggregation(term: Term) -> Aggregation:
    """How one term is weighed."""
    divided = _powers(term.weight)
    kind = _shifts(term) + _kind(term, divided)
    remark = ADDITIVE if "length" in divided.values() or "batch" in divided.values() else ""
    return Aggregation(kind, term.weight, remark)


def _powers(weight: Expression) -> dict[str, str]:
    """What the weight is divided by: the length of a sequence, all tokens, sequences, positions, constants.

    What it is multiplied by, or divided by the root or a power of, has no such name.
    """
    found: dict[str, str] = {}
    factors = weight.args if weight.kind == "multiply" else (weight,)
    for factor in factors:
        if factor.kind == "power" and factor.data == -1:
            kind = _divisor(factor.args[0])
            found[kind] = "length" if kind == "length" else "batch" if kind == "batch" else kind
        elif factor.kind in ("sum", "power", "size"):
            found["times"] = "times"
    return found


def _divisor(node: Expression) -> str:
    if node.kind == "size":
        return {BATCH: "sequences", TOKEN: "positions"}.get(node.data, "vocabulary")
    if node.kind == "constant":
        return "constant"
    terms = normal(node).terms
    if len(terms) == 1 and all(counts(base) for base, _ in terms[0][0]):
        return {frozenset({BATCH}): "length", frozenset({TOKEN}): "column"}.get(node.axes, "batch")
    return "other"


def _kind(term: Term, divided: dict[str, str]) -> str:
    kinds = frozenset(divided)
    masked = any(part.kind == "leaf" and part.data[0] == MASK and len(part.axes) == 2 for part in _factors(term.weight))
    if "column" in kinds:
        return "mean over the sequences at each position (the wrong axis)"
    if TOKEN not in term.chain:
        return {frozenset({"sequences"}): "mean over sequences", frozenset(): "sum over sequences"}.get(kinds, "other")
    if kinds == {"sequences", "positions"}:
        return "sum over tokens, divided by all positions" if masked else "mean over all positions"
    return {
        frozenset({"sequences", "length"}): "mean over sequences of token means",
        frozenset({"batch"}): "token mean",
        frozenset({"sequences"}): "sum over tokens, mean over sequences",
        frozenset({"sequences", "constant"}): "sum over tokens, divided by a constant and the number of sequences",
        frozenset({"constant"}): "sum over tokens, divided by a constant",
        frozenset({"length"}): "sum over sequences of token means",
        frozenset({"positions"}): "sum over tokens, divided by the number of positions",
        frozenset(): "sum over tokens" if not is_number(term.weight, 1) else "sum over all positions",
    }.get(kinds, "other")


def _factors(weight: Expression) -> tuple[Expression, ...]:
    return weight.args if weight.kind == "multiply" else (weight,)


def _shifts(term: Term) -> str:
    """What is said where mask and tokens are those of different positions."""
    masks = {by for part in _factors(term.weight) if part.kind == "leaf" for axis, by in part.data[1] if axis == TOKEN}
    tokens = {by for part in parts(term.body) if part.kind == "leaf" and part.data[0] != "A"
              for axis, by in part.data[1] if axis == TOKEN}
    return "shifted: " if masks and tokens and masks != tokens else ""
