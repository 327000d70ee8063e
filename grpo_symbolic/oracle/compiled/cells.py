"""Array expressions with named axes: sums of products, so that what is summed meets no more axes than it must."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp, log, prod, sqrt
from typing import Any

Axes = tuple[int, ...]
FUNCTIONS: dict[str, Callable[[float], float]] = {"log": log, "exp": exp, "root": sqrt}
MOST_TERMS = 8


class Cell:
    """An array known by its axes, from the left; the batch comes last and is not named.

    Cells of one book that say the same are the same object. ``kind`` tells how ``args`` make the array: a number, an
    input, a ``linear`` form of cells, a product (``monomial``) of powers of cells, a function of cells, a ``total``
    over an axis, or a ``view`` with other axes.
    """

    __slots__ = ("args", "axes", "book", "kind", "order")

    def __init__(self, book: Book, kind: str, args: tuple[Any, ...], axes: Axes, order: int) -> None:
        self.book, self.kind, self.args, self.axes, self.order = book, kind, args, axes, order

    def __add__(self, other: Any) -> Cell:
        return self.book.combined([(1.0, self), (1.0, self.book.cell(other))])

    def __sub__(self, other: Any) -> Cell:
        return self.book.combined([(1.0, self), (-1.0, self.book.cell(other))])

    def __rsub__(self, other: Any) -> Cell:
        return self.book.cell(other) - self

    def __neg__(self) -> Cell:
        return self.book.combined([(-1.0, self)])

    def __mul__(self, other: Any) -> Cell:
        return self.book.multiplied([(self, 1), (self.book.cell(other), 1)])

    def __truediv__(self, other: Any) -> Cell:
        return self.book.multiplied([(self, 1), (self.book.cell(other), -1)])

    __radd__, __rmul__ = __add__, __mul__


class Book:
    """Makes cells, each once, in a normal form: numbers folded, equal terms collected, equal factors cancelled."""

    def __init__(self) -> None:
        self.known: dict[Any, Cell] = {}

    def make(self, kind: str, args: tuple[Any, ...], axes: Iterable[int] = ()) -> Cell:
        """The cell of that kind, whose axes are the given ones and those of its arguments."""
        key = (kind, args)
        if key not in self.known:
            found = set(axes).union(*(arg.axes for arg in args if isinstance(arg, Cell)))
            self.known[key] = Cell(self, kind, args, tuple(sorted(found, reverse=True)), len(self.known))
        return self.known[key]

    def cell(self, value: Any) -> Cell:
        """A cell from a cell or a number."""
        return value if isinstance(value, Cell) else self.make("number", (float(value),))

    # Linear forms: Σ c·cell + c₀.

    @staticmethod
    def linear(cell: Cell) -> tuple[tuple[float, Cell | None], ...]:
        """The terms of a cell; the constant stands beside None."""
        if cell.kind == "linear":
            return cell.args[0]
        return ((cell.args[0], None),) if cell.kind == "number" else ((1.0, cell),)

    def combined(self, terms: Iterable[tuple[float, Cell]]) -> Cell:
        """Σ c·cell, collected."""
        found: dict[Cell | None, float] = {}
        for scale, cell in terms:
            for factor, part in self.linear(cell):
                found[part] = found.get(part, 0.0) + scale * factor
        kept = {part: factor for part, factor in found.items() if factor}
        if not kept.keys() - {None}:
            return self.cell(kept.get(None, 0.0))
        if len(kept) == 1 and set(kept.values()) == {1.0}:
            return next(part for part in kept if part is not None)
        ordered = sorted(kept.items(), key=lambda item: -1 if item[0] is None else item[0].order)
        axes = set().union(*(part.axes for part in kept if part is not None))
        return self.make("linear", (tuple((factor, part) for part, factor in ordered),), axes)

    # Products: c·Π cell^k.

    @staticmethod
    def monomial(cell: Cell) -> tuple[float, tuple[tuple[Cell, int], ...]]:
        """The coefficient and the powers of a cell."""
        if cell.kind == "number":
            return cell.args[0], ()
        if cell.kind == "linear" and len(cell.args[0]) == 1:
            ((scale, only),) = cell.args[0]
            return scale, Book.monomial(only)[1]
        return (1.0, cell.args[0]) if cell.kind == "monomial" else (1.0, ((cell, 1),))

    def multiplied(self, factors: Iterable[tuple[Cell, int]]) -> Cell:
        """Π cell^k, collected; a lone number scales a linear form term by term."""
        scale, powers = 1.0, dict[Cell, int]()
        for cell, exponent in factors:
            number, parts = self.monomial(cell)
            scale *= number ** exponent
            for part, power in parts:
                powers[part] = powers.get(part, 0) + exponent * power
        kept = sorted(((part, power) for part, power in powers.items() if power), key=lambda item: item[0].order)
        if not kept or not scale:
            return self.cell(scale)
        if len(kept) == 1 and kept[0][1] == 1:
            return self.combined([(scale, kept[0][0])])
        product = self.make("monomial", (tuple(kept),), set().union(*(part.axes for part, _ in kept)))
        return self.combined([(scale, product)])

    # Functions.

    def function(self, name: str, *args: Cell) -> Cell:
        """A function, entry by entry; the logarithm of a product of exponentials is a sum."""
        if name == "log":
            scale, parts = self.monomial(args[0])
            if scale > 0 and all(part.kind == "exp" for part, _ in parts):
                return self.combined([(log(scale), self.cell(1))] + [(k, part.args[0]) for part, k in parts])
        if name in FUNCTIONS and args[0].kind == "number" and (name == "exp" or args[0].args[0] > 0):
            return self.cell(FUNCTIONS[name](args[0].args[0]))
        return self.make(name, args)

    def view(self, cell: Cell, axes: dict[int, Any]) -> Cell:
        """A cell with other axes: ``axes`` maps each to another, to one that stands already, or to a place (a str).

        Sums, products and functions are seen through, so that they go on cancelling.
        """
        if not any(axis in axes for axis in cell.axes):
            return cell
        if cell.kind == "linear":
            return self.combined([(c, self.cell(1) if part is None else self.view(part, axes))
                                  for c, part in cell.args[0]])
        if cell.kind == "monomial":
            return self.multiplied([(self.view(part, axes), k) for part, k in cell.args[0]])
        if cell.kind in FUNCTIONS:
            return self.function(cell.kind, self.view(cell.args[0], axes))
        targets = tuple((axis, axes.get(axis, axis)) for axis in cell.axes)
        return self.make_view(cell, targets)

    def make_view(self, cell: Cell, targets: tuple[tuple[int, Any], ...]) -> Cell:
        """A view that is an array of its own."""
        key = ("view", (cell, targets))
        if key not in self.known:
            found = sorted({target for _, target in targets if not isinstance(target, str)}, reverse=True)
            self.known[key] = Cell(self, "view", (cell, targets), tuple(found), len(self.known))
        return self.known[key]

    # Sums over axes.

    def total(self, cell: Cell, sizes: dict[int, int]) -> Cell:
        """Σ over some axes, given their sizes, term by term."""
        if not sizes:
            return cell
        everything = prod(sizes.values())
        return self.combined([(c, self.cell(everything) if part is None else self.total_of(part, sizes))
                              for c, part in self.linear(cell)])

    def total_of(self, cell: Cell, sizes: dict[int, int]) -> Cell:
        """Σ over axes of a cell that is no sum: products are opened first, then the axis with fewest factors goes."""
        _, factors = self.monomial(cell)
        spread = next((part for part, k in factors if k == 1 and opened(part, factors, sizes)), None)
        if spread is not None:
            rest = [(part, k) for part, k in factors if part is not spread]
            return self.combined([
                (c, self.total(self.multiplied(rest if part is None else [*rest, (part, 1)]), sizes))
                for c, part in self.linear(spread)])
        axis = min(sizes, key=lambda axis: sum(axis in part.axes for part, _ in factors))
        inside = [(part, k) for part, k in factors if axis in part.axes]
        outside = [(part, k) for part, k in factors if axis not in part.axes]
        summed = self.contracted(inside, axis) if inside else self.cell(sizes[axis])
        left = {other: size for other, size in sizes.items() if other != axis}
        return self.total(self.multiplied([*outside, (summed, 1)]), left)

    def contracted(self, factors: list[tuple[Cell, int]], axis: int) -> Cell:
        """Σ over an axis of a product: the largest factor is multiplied and summed in one go, by the product of the
        others."""
        if len(factors) == 1 and factors[0][1] == 1 and distribution_over(factors[0][0], axis):
            return self.cell(1)
        large = max((pair for pair in factors if pair[1] == 1), key=lambda pair: len(pair[0].axes), default=None)
        if large is None or len(factors) == 1:
            left, right = self.multiplied(factors), self.cell(1)
        else:
            left, right = large[0], self.multiplied([pair for pair in factors if pair is not large])
        return self.make_total(left, right, axis, (set(left.axes) | set(right.axes)) - {axis})

    def make_total(self, left: Cell, right: Cell, axis: int, axes: set[int]) -> Cell:
        """Σ over an axis of a product of two cells."""
        key = ("total", (left, right, axis))
        if key not in self.known:
            self.known[key] = Cell(self, *key, tuple(sorted(axes, reverse=True)), len(self.known))
        return self.known[key]


def opened(part: Cell, factors: tuple[tuple[Cell, int], ...], sizes: dict[int, int]) -> bool:
    """Whether a sum among the factors of what is summed should be multiplied out.

    It should where a weight then cancels a probability that it divides by, and where fewer axes then meet.
    """
    if part.kind != "linear" or sizes.keys().isdisjoint(part.axes):
        return False
    if divides(part):
        return True
    return mixed(part) and not any(set(part.axes) <= set(other.axes) for other, _ in factors if other is not part)


def divides(cell: Cell) -> bool:
    """Whether a sum of few products has one that divides by an exponential."""
    if cell.kind == "linear":
        terms = cell.args[0]
        return len(terms) <= MOST_TERMS and any(divides(term) for _, term in terms if term is not None)
    return any(part.kind == "exp" and k < 0 or k == 1 and part.kind == "linear" and divides(part)
               for part, k in Book.monomial(cell)[1])


def mixed(cell: Cell) -> bool:
    """Whether a sum of few products has terms of fewer axes than it has itself, when it is multiplied out."""
    if cell.kind != "linear":
        return any(k == 1 and part.kind == "linear" and mixed(part) for part, k in Book.monomial(cell)[1])
    terms = cell.args[0]
    return len(terms) <= MOST_TERMS and any(
        term is None or term.axes != cell.axes or mixed(term) for _, term in terms)


def distribution_over(cell: Cell, axis: int) -> bool:
    """Whether a cell is a law, and the axis that of its outcome: it then sums to one."""
    logs = cell.args[0] if cell.kind == "exp" else None
    if logs is None or logs.kind not in ("view", "log_softmax"):
        return False
    if logs.kind == "log_softmax":
        return bool(logs.axes[-1] == axis)
    base, targets = logs.args
    hits = [source for source, target in targets if target == axis]
    return base.kind == "log_softmax" and hits == [base.axes[-1]]
