r"""What stands above, below and after a factor: powers, transposes, stop-gradient marks, evaluation bars."""

from __future__ import annotations

import re

from ...language import (
    MATRIX,
    SCALAR,
    App,
    AtOld,
    Const,
    Max,
    Neg,
    Node,
    Num,
    Power,
    Relation,
    Step,
    StopGradient,
    Transpose,
)
from ..notation.vocabulary import STOP_LABELS
from ..parsing.naming import spelled, word
from ..parsing.remarks import refuse_conditions
from ..parsing.surface import Item, content_of, unwrap
from ..read_error import Fault
from .builder import Builder
from .formal import read_at_point
from .matrices import refuse_inverse, refuse_number, refuse_transpose
from .variables import point_of

OF_PART = re.compile(r"(\\?[A-Za-z]+)\s*_\s*(?:\+|\{\s*\+\s*\})")
AFTER_FUNCTION = re.compile(r"\\(?:log|ln|exp|operatorname\s*\{\w+\}|text\s*\{\w+\}|mathrm\s*\{\w+\})\s*"
                            r"(?:\\left|\\[bB]igg?l?)?\s*\Z")
NAMING = "what stands at this brace says more than words: write it as a statement of its own"


def with_scripts(builder: Builder, node: Node, item: Item) -> Node:
    """A node with the scripts of its item: a power, a transpose, a stop-gradient mark."""
    if item.value == "." and item.kind == "group":
        return builder.raised(node, item.sup)
    if item.primes:
        raise Fault("a prime belongs to a symbol", item.pos)
    if item.value in (r"\underbrace", r"\overbrace"):
        if not said_at(builder, node, item):
            remark(item)
        return node
    if item.sub is not None:
        stopped = word(item.sub) in STOP_LABELS or unwrap(item.sub).value == "⊥"
        if item.kind != "group" or not stopped:
            raise Fault("this subscript has no meaning here: it must belong to a symbol", item.sub.pos)
        node = StopGradient(node)
    return builder.raised(node, item.sup)


def with_own_scripts(builder: Builder, node: Node, item: Item) -> Node:
    """A node with the scripts of what prints it; of brackets, [x]_+ is the positive part."""
    below = None if item.sub is None else unwrap(item.sub)
    if item.kind != "group" or item.value not in ("(", "[") or node.shape != SCALAR or below is None or \
            below.kind != "mark" or below.value != "+":
        return with_scripts(builder, node, item)
    if AFTER_FUNCTION.search(builder.text, 0, item.pos):
        raise Fault("this script may belong to the argument or to the value: bracket what it belongs to", item.pos)
    for found in OF_PART.finditer(builder.text):
        if re.search(rf"(?<![A-Za-z\\]){re.escape(found[1])}(?!\s*[_A-Za-z])", builder.text):
            raise Fault(f"{found[1]}_+ may be the positive part of {found[1]}: write [{found[1]}]_+", found.start())
    return builder.raised(builder.built(Max, node, Num(0), pos=item.pos), item.sup)


def raised(builder: Builder, node: Node, sup: Item | None) -> Node:
    """A power or a transpose."""
    if sup is None:
        return node
    mark = unwrap(sup)
    letter = mark.kind == "sym" and mark.plain and mark.value == "T"
    if mark.kind == "mark" and mark.plain and mark.value == "⊤" or letter and node.shape != SCALAR:
        refuse_number(node, sup.pos)
        return builder.built(Transpose, node, pos=sup.pos)
    if letter:
        refuse_transpose(builder, node, sup.pos)
    if mark.kind in ("mark", "text"):
        raise Fault(f"the superscript {mark.value} has no meaning here", sup.pos)
    if mark.kind == "group" and mark.value in ("(", "[", r"\{") and not isinstance(node, Num):
        raise Fault("this superscript may be a power or the number of an iterate: write a power without brackets",
                    sup.pos)
    exponent = builder.raising(sup)
    if node.shape == MATRIX and exponent == Neg(Num(1)):
        return builder.formal("#1^{-1}", [], node, pos=sup.pos)
    if exponent == Neg(Num(1)):
        refuse_inverse(builder, node, sup.pos)
    return builder.built(Power, node, exponent, pos=sup.pos)


def read_evaluated(builder: Builder, node: Node, bar: Item) -> Node:
    """A node at θ_old, for an evaluation bar."""
    if bar.sub is None:
        raise Fault("a bar without a subscript: write what is evaluated where", bar.pos)
    piece = content_of(bar.sub).pieces[0]
    sides = [side.lone if side is not None else None for side in piece.sides]
    at_old = len(content_of(bar.sub).pieces) == 1 and (
        [rel for rel, _ in piece.rels] == ["="] and point_of(builder, sides[0]) == "current"
        and point_of(builder, sides[1]) == "old" or not piece.rels and point_of(builder, sides[0]) == "old")
    if at_old and any(isinstance(part, Step) for part in node.walk()):
        raise Fault(r"\Delta\theta is 0 where this bar evaluates: bracket what it is of, without that", bar.pos)
    return AtOld(node) if at_old else read_at_point(builder, node, piece, bar.sub.pos)


def said_at(builder: Builder, node: Node, brace: Item) -> bool:
    """Take note of what a brace claims of what it holds, as in \\underbrace{X}_{= 0}: one more claim of the statement.

    That of what varies around it is no claim on its own, and that of a number alone is a condition.
    """
    beside, script = (brace.sup, brace.sub) if brace.value == r"\underbrace" else (brace.sub, brace.sup)
    piece = None if script is None or beside is not None else content_of(script).pieces[0]
    if script is None or piece is None or len(content_of(script).pieces) > 1 or piece.sides[0] is not None or \
            [rel for rel, _ in piece.rels] not in (["="], ["≥"], ["≤"], [">"], ["<"]) or isinstance(node, Const):
        return False
    if builder.asides is None or builder.bound or builder.groups:
        raise Fault("what this brace claims is said of what varies around it: write it as a statement of its own",
                    script.pos)
    (rel, pos), = piece.rels
    other = builder.expression(piece.sides[1], pos)
    if isinstance(other, Const) or isinstance(other, App) and other.head.layout not in builder.environment.names:
        raise Fault(NAMING, script.pos)
    relation = builder.built(Relation, rel, node, other, pos=pos)
    builder.asides.setdefault(pos, relation)
    return True


def remark(brace: Item) -> None:
    """Pass over the words or the number, (1), at a brace, which claim nothing; refuse anything else there."""
    beside, script = (brace.sup, brace.sub) if brace.value == r"\underbrace" else (brace.sub, brace.sup)
    if beside is not None:
        raise Fault("this script on a brace may be a power or a remark: bracket what it belongs to", beside.pos)
    if script is None:
        return
    only = content_of(script).only
    items = [] if only is None or len(only.terms) > 1 or only.terms[0][0] else only.terms[0][1]
    label = items[0].body.lone if len(items) == 1 and items[0].value == "(" and items[0].body is not None else None
    numbered = label is not None and label.plain and label.kind in ("sym", "num") and items[0].plain
    if not items or not numbered and not all(item.kind == "text" and item.plain for item in items):
        raise Fault(NAMING, script.pos)
    for item in items:
        refuse_conditions(item.value, item.pos)
    spelled(script)
