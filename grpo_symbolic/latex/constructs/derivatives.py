r"""Gradients, Hessians and derivatives in a number."""

from __future__ import annotations

import re

from sympy import Basic

from ...language import (
    SCALAR,
    App,
    AtOld,
    Const,
    Gradient,
    Head,
    Hessian,
    Log,
    Node,
    Parameter,
    Policy,
    Step,
    StopGradient,
    Transpose,
    expand,
    moves,
)
from ..kinds.named import may_follow
from ..kinds.parameter import THETA, Derivative, letter
from ..names.read_as import UNPRINTED
from ..notation.unsaid import WHOLE
from ..parsing.naming import spelled
from ..parsing.surface import Item, content_of, unwrap
from ..read_error import Fault
from .builder import Builder
from .functions import cell, is_frozen
from .scripts import with_scripts
from .slope import By, Cell, Number, depends, slope
from .variables import point_of

VALUE = re.compile(r"[QAV]\^")  # a value of a policy, by its print



def read_nabla(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """A gradient or Hessian of the next factor."""
    item = items[p]
    if item.sub is None and item.value == "partial":
        raise Fault(r"write what this derivative is taken in: \partial_\theta", item.pos)
    order = "1" if item.sup is None else unwrap(item.sup).value
    if order not in ("1", "2"):
        raise Fault("only gradients and Hessians are known", item.pos)
    if item.sub is not None and taken_in(builder, item.sub) is not None:
        node, after = read_reach(builder, items, p + 1)
        return differentiated(builder, node, item.sub, int(order), item.pos), after
    node, after = read_scope(builder, items, p)
    transposed = is_transposed(builder, items[after - 1])
    if transposed:
        node = untransposed(node)
    found = differentiated(builder, node, item.sub, int(order), item.pos)
    if item.sub is None:
        found.hints = {"form": "bare"}
    return builder.built(Transpose, found, pos=item.pos) if transposed else found, after


def read_scope(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    r"""What the \nabla at ``p`` is taken of: the next factor, or all that follow if that one is constant.

    A reading may have it taken of them all, too, which is the other way to mean a product that moves.
    """
    node, after = builder.operand(items, p + 1)
    end = next((k for k in range(after, len(items)) if items[k].kind == "bar"), len(items))
    if after == end or items[after].kind == "op" and items[after].value != "·":
        return node, after
    still = not drifts(expand(node, builder.environment.definitions))
    dot = items[after].kind == "op"
    whole = still and not dot
    if (dot and still or not still and meant_whole(builder, items[p].pos)) and after + dot < end:
        rest = expand(builder.term(items[after + dot:end]), builder.environment.definitions)
        whole = drifts(rest, values=still) and rest.shape == node.shape == SCALAR  # a step after a dot is a vector
    return (builder.term(items[p + 1:end]), end) if whole else (node, after)


def meant_whole(builder: Builder, pos: int) -> bool:
    """Whether a reading takes the gradient at an offset to be that of all factors after it."""
    return any(builder.facts.choices.get(f"{WHOLE}{at}") for at in ("", pos))


def drifts(term: Basic, values: bool = True) -> bool:
    """Whether a term has a derivative in θ, as far as its leaves show: what is held fixed has none.

    Without ``values``, those of a policy, as Q^π, do not count: they weigh a gradient before them.
    """
    if isinstance(term, (StopGradient, AtOld)) or not values and isinstance(term, App) and VALUE.match(term.name):
        return False
    if isinstance(term, (Policy, Head, Parameter, Step)):
        return moves(term)
    return any(drifts(arg, values) for arg in term.args)


def read_quotient(builder: Builder, items: list[Item], p: int, found: Derivative) -> tuple[Node, int]:
    r"""\frac{\partial f}{\partial\theta}, or \frac{\partial}{\partial\theta} with f after it."""
    item = items[p]
    if found.held:
        node = differentiated(builder, builder.term(found.held), found.by, found.order, item.pos)
        return with_scripts(builder, node, item), p + 1
    if not item.plain or p + 1 == len(items) or items[p + 1].kind in ("op", "bar"):
        raise Fault("this derivative is taken of nothing that stands after it", item.pos)
    node, after = read_reach(builder, items, p + 1)
    return differentiated(builder, node, found.by, found.order, item.pos), after


def read_reach(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """What a derivative is taken of: the next factor, and those after it that it makes no difference to include."""
    end = next((k for k in range(p, len(items)) if items[k].kind == "bar"), len(items))
    node, after = builder.operand(items[:end], p)
    if after == end:
        return node, end
    rest = items[after + (items[after].kind == "op"):end]
    coefficient = not varies(builder, node) and (builder.facts.parameter.name == THETA or is_letter(items[p:after]))
    if not coefficient and varies(builder, builder.term(rest)):
        options = tuple(f"the derivative is that of {builder.print_of(items[p:stop])}" for stop in (after, end))
        if not builder.choose("a derivative before several factors may be that of the first or of all: write brackets",
                              "what a derivative is taken of", options, items[after].pos):
            return node, after
    return builder.term(items[p:end]), end


def is_letter(items: list[Item]) -> bool:
    """Whether a factor is a number, a symbol without arguments or a fraction, as coefficients are."""
    return len(items) == 1 and items[0].kind != "group"


def taken_in(builder: Builder, by: Item) -> By | None:
    """The number in which a derivative is taken, a cell of a table perhaps; None for a parameter."""
    parameter, by = builder.facts.parameter, unwrap(by)
    if builder.facts.table is not None and by.value == builder.facts.table.name and by.sub is not None:
        matched = any(use == "matched" and builder.facts.sorts.get(name) == "state"
                      for name, use in builder.facts.evidence)
        return Cell(cell(builder, content_of(unwrap(by.sub)), by.pos), builder.facts.table.name, matched)
    return Number(parameter.name) if parameter.number and letter(by) == parameter.name else None


def varies(builder: Builder, node: Node) -> bool:
    """Whether a term depends on what this statement takes derivatives in."""
    shown = builder.facts.table.name if builder.facts.table is not None else builder.facts.parameter.name
    if builder.facts.table is None and not builder.facts.parameter.number:
        return drifts(expand(node, builder.environment.definitions))
    return depends(expand(node, builder.environment.definitions), Number(shown))


def differentiated(builder: Builder, node: Node, by: Item | None, order: int, pos: int) -> Node:
    """The derivative of a term in θ, in which it may not be constant by mistake, or in a number."""
    if by is not None and (inner := taken_in(builder, by)) is not None:
        for _ in range(order):
            node = slope(expand(node, builder.environment.definitions), inner, pos)
        return node
    if by is not None and point_of(builder, unwrap(by)) != "current":
        raise Fault(f"derivatives are taken in a parameter or a number, not in {spelled(by)}", by.pos)
    builder.place(Parameter(), pos if by is None else by.pos, UNPRINTED if by is None else "")
    if node.shape != SCALAR:
        raise Fault("a gradient needs a scalar: that of a vector cannot be said", pos)
    if not moves(node):
        refuse_still(builder, node, by, pos)
    return builder.built(Gradient if order == 1 else Hessian, node, pos=pos)


def refuse_still(builder: Builder, node: Node, by: Item | None, pos: int) -> None:
    """Refuse the gradient of what may be constant in the parameter by mistake."""
    if by is None and not builder.facts.parameter.stated and any(
            isinstance(part, (App, Const)) for part in node.walk()):
        raise Fault(r"nothing here moves with a parameter: write what the gradient is taken in, as \nabla_\theta",
                    pos)
    if is_frozen(builder, node) and builder.facts.parameter.old:
        raise Fault("this is constant in the parameter: for the gradient there write an evaluation bar", pos)
    if is_frozen(builder, node):
        raise Fault(r"ambiguous: this is constant in \theta, so its gradient is 0; for the gradient at "
                    r"\theta_{\text{old}} write an evaluation bar", pos)
    at_rest = next((part.name for part in node.walk() if isinstance(part, Policy) and may_follow(part.name)), None)
    if at_rest is not None:
        raise Fault(rf"{at_rest} is constant in \theta, so this gradient is 0: write \pi_\theta", pos)


def is_transposed(builder: Builder, last: Item) -> bool:
    r"""Whether the last item after a ∇ carries the ⊤ of the gradient: \nabla f^\top is (\nabla f)^\top."""
    mark = None if last.sup is None else unwrap(last.sup)
    if mark is not None and mark.kind == "sym" and mark.value == "T" and mark.plain:
        raise Fault(r"ambiguous: this T is a power of what the gradient is taken of, or transposes the gradient: "
                    r"write (\nabla f)^\top or \nabla (f^T)", mark.pos)
    return mark is not None and mark.kind == "mark" and mark.value == "⊤"


def untransposed(node: Basic) -> Basic:
    """A scalar without the ⊤ that was printed after it."""
    if isinstance(node, Transpose):
        return node.args[0]
    return type(node)(untransposed(node.args[0])).hinted(**node.hints) if isinstance(node, Log) else node
