"""Faults that a loss shows by itself: padding that is read, a mask of other positions, a sum along the wrong axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..algebra.nodes import BATCH, MASK, MOVING, TOKEN, ZERO, Expression, parts
from ..algebra.normal import normal, vanishes
from ..algebra.polynomials import Monomial, axes_of, counts
from ..algebra.rebuilding import of_monomial
from ..algebra.rebuilt import mapped
from ..reading.out_of_ordinary import Apart
from ..recording.tape import Place

PADDING, SHIFTED, AXIS, ENDS = "reads padding", "shifted mask", "wrong axis", "left out"
ELSEWHERE = "another path"


@dataclass(frozen=True)
class Finding:
    """A fault: its kind, a sentence, and the line that has it."""

    kind: str
    text: str
    at: Place | None

    def record(self) -> dict[str, object]:
        """The finding as plain data."""
        return {"kind": self.kind, "text": self.text, "at": str(self.at) if self.at else None}


def findings(loss: Expression, places: Mapping[Expression, Place]) -> tuple[Finding, ...]:
    """The faults of a loss, in the order in which it is computed."""
    found: list[Finding] = []
    for part in parts(loss):
        if part.kind == "sum" and part.data == TOKEN:
            found += _of_sum(part, places.get(part))
        if part.kind == "power" and part.data < 0 and _is_column(part.args[0]):
            text = "a position is divided by how many sequences have it: the sum goes along the wrong axis"
            found.append(Finding(AXIS, text, places.get(part.args[0]) or places.get(part)))
    return tuple(dict.fromkeys(found))


def elsewhere(apart: Sequence[Apart]) -> tuple[Finding, ...]:
    """Batches on which the code does something else."""
    return tuple(Finding(ELSEWHERE, f"on a batch {one.name} the code does something else, of which nothing is said "
                         f"here: {one.reason}", None) for one in apart)


def _of_sum(part: Expression, at: Place | None) -> list[Finding]:
    body = part.args[0]
    moved = {_shift_of_mask(monomial) for monomial, _ in normal(body).terms} - {0, None}
    if moved:
        by, = list(moved)[:1]
        assert by is not None
        where = "before" if by < 0 else "after"
        many = "" if abs(by) == 1 else f"{abs(by)} places "
        return [Finding(SHIFTED, f"the mask is that of the token {many}{where}, not the token's own", at)]
    if any(_is_pick(one) for one in parts(body)):
        return []
    cut = [one.data for one in parts(body) if one.kind == "window"]
    if cut and not {by for one in parts(body) if one.kind == "leaf" for axis, by in one.data[1] if axis == TOKEN} - {0}:
        ends = " and ".join(filter(None, (_end("first", max(first for _, first, _ in cut)),
                                          _end("last", max(last for _, _, last in cut)))))
        return [Finding(ENDS, f"the {ends} of every row is left out, also where the mask is 1", at)]
    if any(one.data[0] != MASK for one in parts(body) if one.kind == "leaf" and TOKEN in one.axes) and not vanishes(
            normal(_unmasked(body))):
        return [Finding(PADDING, "a sum over positions is not multiplied by the mask: it reads padding", at)]
    return []


def _is_pick(node: Expression) -> bool:
    """Whether a node is 1 at one position alone."""
    return node.kind == "add" and any(part.kind == "window" for part in node.args[:-1] + tuple(
        arg for part in node.args for arg in part.args)) and all(
            inner.kind in ("window", "number", "multiply") for part in node.args for inner in (part, *part.args))


def _end(which: str, count: int) -> str:
    return "" if count <= 0 else f"{which} position" if count == 1 else f"{which} {count} positions"


def _unmasked(body: Expression) -> Expression:
    """What is left of the body of a sum at padding."""
    def rule(part: Expression) -> Expression | None:
        if part.kind == "leaf" and part.data[0] == MASK:
            return ZERO
        return part if part.kind == "sum" and part.data == TOKEN else None
    return mapped(body, rule)


def _shift_of_mask(monomial: Monomial) -> int | None:
    """How much further along than the tokens of a product its mask is; None where it has no mask or no tokens."""
    masks = [pair for pair in monomial if pair[0].kind == "leaf" and pair[0].data[0] == MASK]
    rest = of_monomial(tuple(pair for pair in monomial if pair not in masks))
    own = {by for base, _ in masks for axis, by in base.data[1] if axis == TOKEN}
    tokens = {by for part in parts(rest) if part.kind == "leaf" and part.data[0] in MOVING
              for axis, by in part.data[1] if axis == TOKEN}
    if not own or len(tokens) != 1 or tokens & own:
        return None
    return int(own.pop() - tokens.pop())


def _is_column(node: Expression) -> bool:
    """Whether a node counts the sequences that have a token at a position."""
    terms = normal(node).terms
    return len(terms) == 1 and all(counts(base) and axes_of(((base, e),)) == {TOKEN} for base, e in terms[0][0]) \
        and bool(terms[0][0]) and BATCH not in node.axes
