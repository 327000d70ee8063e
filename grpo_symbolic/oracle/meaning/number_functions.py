"""Functions of numbers of which nothing is said: on a model, one that is constant on short intervals.

A number has a cell, ⌊scale · x + shift⌋, and a cell an entry in a table of values. So equal numbers have equal values,
whatever they are computed by; a ball that does not tell the cell has no value.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from ...language import Apply, Node
from ..model import exact, jets
from ..model.exact import BITS
from ..model.jets import Array, Jet
from ..model.tables import FIXED, Name
from .algebra import sort_of_argument
from .evaluator import Context, Evaluator, Unevaluable, rule

SCALE, SHIFT = 10**6, fmpq(1, 3)  # the shift keeps simple fractions away from the ends of cells
ENTRIES, FACTOR, MASK = 16, 0x9E3779B97F4A7C15, 2**64 - 1
LARGEST = 10**15


@rule(Apply)
def application_to_numbers(at: Evaluator, node: Apply, ctx: Context) -> Jet:
    """The entry of the cell that the arguments lie in."""
    numbers = [at.scalar(arg, ctx) for arg in node.params if isinstance(arg, Node)]
    if node.head.theta or not all(number.is_constant for number in numbers):
        raise Unevaluable(f"{node.head.layout} is any function, and has no derivative")
    points = [arg for arg in node.params if not isinstance(arg, Node)]
    shape = tuple(size for arg in points for size in at.dimensions(arg))
    places = tuple(place for arg in points for place in at.places(arg, ctx))
    sorts = tuple("number" if isinstance(arg, Node) else sort_of_argument(arg) for arg in node.params)
    table = at.model.function(Name("function", node.head.layout, node.head.sign, sorts=sorts), (*shape, ENTRIES),
                              FIXED, 0)
    sizes = at.model.sizes
    # which cells share an entry differs from size to size
    entries = np.array([sizes.actions + 4 * sizes.group + 10 * sizes.states])
    for number in numbers:
        cells = CELL(number.value)
        at.record(at.undefined, cells == None, ctx)  # noqa: E711 (elementwise)
        entries = MIXED(entries, cells).astype(np.int64)
    found = at.look_up(table, (*places, entries))
    if not points and not at.arithmetic.approximate:
        note(at, node, [number.value for number in numbers], found.value)
    return jets.constant(found.value)


def note(at: Evaluator, node: Apply, numbers: list[Array], values: Array) -> None:
    """Keep the values of a function at single numbers, to print them."""
    for *args, value in zip(*(np.ravel(part) for part in np.broadcast_arrays(*numbers, values)), strict=True):
        name = node.head.layout
        for place, arg in enumerate(args, 1):
            name = name.replace(f"#{place}", exact.text(arg))
        at.model.seen[name] = exact.text(value)


def cell(number: Any) -> int | None:
    """The cell of a number; None where it is not known or has none."""
    if isinstance(number, fmpq):
        return int((number * SCALE + SHIFT).floor())
    if isinstance(number, (exact.LogSum, arb)):
        with ctx.workprec(4 * BITS):
            low = (exact.ball(number) * SCALE + arb(SHIFT)).floor()
            whole = low.unique_fmpz()
        return None if whole is None else int(whole)
    return int(np.floor(number * SCALE + 1 / 3)) if abs(number) < LARGEST else None


def mixed(entry: int, number: int | None) -> int:
    """The entry of a cell, after that of the arguments before."""
    whole = (entry * ENTRIES + (number or 0) + 1) * FACTOR & MASK
    return whole >> 60


CELL, MIXED = np.frompyfunc(cell, 1, 1), np.frompyfunc(mixed, 2, 1)
