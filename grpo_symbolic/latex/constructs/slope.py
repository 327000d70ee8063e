r"""The derivative of an expression in a number, d/du or ∂/∂θ_{s,a}: written out by the rules of calculus.

What a derivative is taken of keeps its conditions: 0 · f is added, so that what f divides by, takes the logarithm or
the root of is asked of the derivative too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sympy import Basic

from ...language import (
    ALL,
    App,
    Const,
    Exp,
    Frac,
    Head,
    Law,
    Log,
    Neg,
    Node,
    Num,
    Plus,
    Policy,
    Power,
    Root,
    Same,
    Scope,
    Sum,
    Times,
    Var,
    plus,
    sort_of,
    span,
    times,
    unfold,
)
from ..kinds.parameter import whole
from ..read_error import Fault

# Numbers, and functions of what stands in their brackets: what has another name may hide the letter.
NUMBER = re.compile(r"(?:\\[a-z]+|[a-zABCGKMNRTXY])(?:_.*)?")
FUNCTION = re.compile(r"(?:\\[a-z]+|[a-zARXY])(?:_[^(]*)?\(.*#1.*\)|(?:\\[a-z]+|[a-zARXY])_\{#1\}")
# Another number than u that is called after it: u_0, u_{\text{old}}.
NAMESAKE = r"_(?:\d|\{\d+\}|\{\\text\{old\}\})"
SIMPLE = (Const, Num, Neg, Plus, Times, Exp)


@dataclass(frozen=True)
class Number:
    """A number in which a derivative is taken, told by its name."""

    name: str

    @property
    def shown(self) -> str:
        """The letter by which a symbol shows that it depends on this."""
        return self.name

    def of(self, term: Node) -> Node | None:
        """The derivative of a leaf of terms, None for another term."""
        return Num(1) if isinstance(term, Const) and term.name == self.name else None


@dataclass(frozen=True)
class Cell:
    r"""A cell of a table of numbers, as \theta_{s,a}: the cells of a table are independent of each other.

    ``matched`` is set where the text compares states, and so says which are one.
    """

    app: App
    shown: str
    matched: bool = False

    def of(self, term: Node) -> Node | None:
        r"""∂\theta_{s,c}/∂\theta_{s,a} = 1[c = a]; None for what is no cell of the table."""
        if not isinstance(term, App) or term.head != self.app.head:
            return None
        apart = [pair for pair in zip(term.params, self.app.params, strict=True) if pair[0] != pair[1]]
        if not self.matched and any(sort_of(place) == "state" for place, _ in apart):
            raise Fault(f"whether {' and '.join(map(str, apart[0]))} are one state is not said", 0)
        return times(Num(1), *(Same(*pair) for pair in apart))


By = Number | Cell


def slope(term: Node, by: By, pos: int) -> Node:
    """The derivative of a term in a number, with the conditions of the term. Raises Fault at ``pos``."""
    term = unfold(term)
    refuse_hidden(term, by, pos)
    if not depends(term, by) and any(_name(part) for part in term.walk()):
        raise Fault(f"this does not show {by.shown}: whether it depends on it is not known", pos)
    found = _slope(term, by, pos)
    return found if _total(term) else plus(found, times(Num(0), term))


def depends(term: Basic, by: By) -> bool:
    """Whether a term shows a letter."""
    return any(_shows(part, by.shown) for part in getattr(term, "walk", lambda: ())())


def _shows(part: Basic, name: str) -> bool:
    text = _name(part)
    return bool(text) and re.fullmatch(whole(name) + NAMESAKE, text) is None and \
        re.search(whole(name), text) is not None


def _name(part: Basic) -> str:
    if isinstance(part, Head):
        return part.layout
    return str(part.name) if isinstance(part, (Const, Policy, Var)) else ""


def refuse_hidden(term: Basic, by: By, pos: int) -> None:
    """Refuse what has a name of its own and is not known not to depend on the letter."""
    for part in getattr(term, "walk", lambda: ())():
        text = _name(part)
        if isinstance(by, Cell) and part == by.app.head:
            continue
        if isinstance(part, Const) and NUMBER.fullmatch(text) is None or \
                isinstance(part, Head) and FUNCTION.fullmatch(text) is None or isinstance(part, Policy) and "^" in text:
            raise Fault(f"whether {re.sub(r'#[0-9]', '·', text)} depends on {by.shown} is not known: define it", pos)


def _total(term: Basic) -> bool:
    """Whether a term has a value whatever its letters stand for."""
    if isinstance(term, Power):
        exponent = term.args[1]
        return isinstance(exponent, Num) and exponent.value.q == 1 and exponent.value > 0 and _total(term.args[0])
    return isinstance(term, SIMPLE) and all(_total(arg) for arg in term.args if isinstance(arg, Node))


def _slope(term: Any, by: By, pos: int) -> Node:
    if not depends(term, by):
        return Num(0)
    if (leaf := by.of(term)) is not None:
        return leaf
    if isinstance(term, (Neg, Plus)):
        return term.func(*(_slope(arg, by, pos) for arg in term.args))
    if isinstance(term, Times):
        return plus(*(times(*(_slope(arg, by, pos) if place == k else arg for k, arg in enumerate(term.args)))
                      for place in range(len(term.args))))
    if isinstance(term, Frac):
        above, below = term.args
        return Frac(plus(times(_slope(above, by, pos), below), Neg(times(above, _slope(below, by, pos)))),
                    Power(below, Num(2)))
    if isinstance(term, Exp):
        return times(term, _slope(term.args[0], by, pos))
    if isinstance(term, Log):
        return Frac(_slope(term.args[0], by, pos), term.args[0])
    if isinstance(term, Root):
        return Frac(_slope(term.args[0], by, pos), times(Num(2), term))
    if isinstance(term, Power) and not depends(term.args[1], by):
        base, exponent = term.args
        lower = Num(exponent.value - 1) if isinstance(exponent, Num) else plus(exponent, Neg(Num(1)))
        power = Num(1) if lower == Num(0) else base if lower == Num(1) else Power(base, lower)
        return times(exponent, power, _slope(base, by, pos))
    everywhere = isinstance(by, Cell)  # of the cells under a sum over actions it moves one
    if isinstance(term, Sum) and (everywhere or span(term.args[0])[1] != ALL) and not any(
            depends(arg, by) for arg in term.args[:2]):
        var, body = term.scope.open(by.app.free if isinstance(by, Cell) else frozenset())
        return term.func(*term.args[:2], Scope.close(var, _slope(body, by, pos)))
    if isinstance(term, (App, Law)):
        raise Fault(f"the derivative of a function of {by.shown} that nothing defines cannot be said", pos)
    raise Fault(f"this has no derivative in {by.shown} that can be said: it may have a kink, or moves with a law", pos)
