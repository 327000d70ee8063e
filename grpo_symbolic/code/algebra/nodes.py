"""Nodes of expressions over named axes: B a sequence, T a token, V an entry of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

BATCH, TOKEN, VOCABULARY = "B", "T", "V"
LIVE = "x"  # the log-probabilities in which the gradient is taken
ENTROPY, LOGITS = "H", "z"
MOVING = frozenset({LIVE, ENTROPY, LOGITS, "l", "Z"})  # what depends on θ
MASK = "m"  # 1 at the tokens of an answer, 0 at its padding
OPAQUE = frozenset({"stop", "compare", "sign"})  # what lets no derivative through
_known: WeakValueDictionary[Any, Expression] = WeakValueDictionary()
_numbers = count()


class Expression:
    """A node: its ``kind``, its arguments, and what else it says.

    ``axes`` are those free in it; ``live`` says that it has a derivative in the live log-probabilities; ``number``
    grows with time and orders what commutes.
    """

    __slots__ = ("__weakref__", "args", "axes", "data", "kind", "live", "number")
    kind: str
    args: tuple[Expression, ...]
    data: Any
    axes: frozenset[str]
    live: bool
    number: int

    def __repr__(self) -> str:
        inside = [*([] if self.data is None else [str(self.data)]), *map(repr, self.args)]
        return f"{self.kind}({', '.join(inside)})"


def made(kind: str, args: tuple[Expression, ...] = (), data: Any = None,
         axes: frozenset[str] | None = None) -> Expression:
    """The one node of this kind over these arguments, as it is."""
    key = (kind, tuple(arg.number for arg in args), data)
    node = _known.get(key)
    if node is None:
        node = Expression()
        node.kind, node.args, node.data, node.number = kind, args, data, next(_numbers)
        node.axes = frozenset().union(*(arg.axes for arg in args)) if axes is None else axes
        node.live = kind == "leaf" and data[0] in MOVING or kind not in OPAQUE and any(arg.live for arg in args)
        _known[key] = node
    return node


def number(value: Fraction | int) -> Expression:
    """A rational number."""
    return made("number", data=Fraction(value))
ZERO, ONE = number(0), number(1)


def decimal(value: float) -> Expression:
    """The number that a float prints as: 0.2 is 1/5."""
    return number(Fraction(repr(float(value))))


def constant(name: str) -> Expression:
    """A hyper-parameter."""
    return made("constant", data=name)


def size(axis: str) -> Expression:
    """How long an axis is: the number of sequences, or of positions with their padding."""
    return made("size", data=axis)


def leaf(name: str, axes: Iterable[str]) -> Expression:
    """An input: what it has at the sequence, the token of its axes."""
    places = tuple((axis, 0) for axis in axes)
    return made("leaf", data=(name, places), axes=frozenset(axis for axis, _ in places))


def window(axis: str, first: int, last: int) -> Expression:
    """1 where a position is neither among the ``first`` nor among the ``last`` of its axis, else 0."""
    return made("window", data=(axis, first, last), axes=frozenset([axis])) if first > 0 or last > 0 else ONE


def is_number(node: Expression, value: Fraction | int | None = None) -> bool:
    """Whether a node is a number, and this one where one is given."""
    return node.kind == "number" and (value is None or node.data == value)


def walked(node: Expression, closed: Callable[[Expression], bool]) -> Iterator[tuple[Expression, bool]]:
    """Every part before its arguments (False) and after them (True), once; not what is inside of closed parts."""
    seen: set[Expression] = set()
    waiting = [(node, False)]
    while waiting:
        part, done = waiting.pop()
        if done:
            yield part, True
        elif part not in seen:
            seen.add(part)
            yield part, False
            waiting.append((part, True))
            if not closed(part):
                waiting += [(arg, False) for arg in part.args]


def parts(node: Expression) -> list[Expression]:
    """Every part once, arguments before what is made of them."""
    return [part for part, done in walked(node, lambda _: False) if done]
