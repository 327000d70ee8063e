"""The ways to mend a statement that no bend of it is: what was left out is put in, what is too much taken away.

Rules as in ``bends``. Those of TERMS are for whole terms, for a factor of a product moves its sign and scale; those of
SLOTS for whatever is no factor itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import language as lang
from ..language import Expect, Frac, Neg, Num, Plus, Power, Scope, Times, plus, times
from ..language.derived import Divergence
from .bends import MIRROR, Letters, Rule

ONE, TWO = Num(1), Num(2)
HALF = Frac(ONE, TWO)
LOOSE = {"<": "≤", ">": "≥"}


def opposite(at: Any, _: Letters) -> Iterator[Any]:
    """−x for x, or x for −x."""
    if isinstance(at, lang.Node) and not isinstance(at, (Num, Plus, lang.BigO)):
        yield at.args[0] if isinstance(at, Neg) else Neg(at)


def scaled(at: Any, letters: Letters) -> Iterator[Any]:
    """A term twice or half as large, or by the size of a group or by that of all but one larger or smaller."""
    if not isinstance(at, lang.Node) or isinstance(at, (Neg, lang.BigO)) or lang.literal(at) is not None:
        return
    for size in letters.sizes:
        fewer = plus(size, Neg(ONE))
        if at in (size, fewer):
            yield fewer if at == size else size
            return
        yield from (times(scale, at) for scale in (Frac(fewer, size), Frac(size, fewer), Frac(ONE, size), size))
    yield from (times(scale, at) for scale in (HALF, TWO))


def unscaled(at: Any, _: Letters) -> Iterator[Any]:
    """A product without a number that stands in it."""
    if isinstance(at, Times):
        for k, one in enumerate(at.args):
            if lang.literal(one) is not None:
                yield times(*at.args[:k], *at.args[k + 1:])


def turned(at: Any, _: Letters) -> Iterator[Any]:
    """A divergence, or a difference of two terms, the other way round."""
    if isinstance(at, Divergence) and len(at.args) == 2:
        yield at.func(at.args[1], at.args[0])
    if isinstance(at, Plus) and len(at.args) == 2 and isinstance(at.args[1], Neg) and not isinstance(at.args[0], Neg):
        yield plus(at.args[1].args[0], Neg(at.args[0]))


def ordering(at: Any, _: Letters) -> Iterator[Any]:
    """An equation for an inequality, or one that is no longer strict, or the other way round."""
    if isinstance(at, lang.Relation) and at.op in MIRROR:
        for op in filter(None, ("=", LOOSE.get(at.op), MIRROR[at.op])):
            yield lang.Relation(op, at.lhs, at.rhs)


def bound(at: Any, _: Letters) -> Iterator[Any]:
    """An inequality for an equation."""
    if isinstance(at, lang.Relation) and at.op == "=" and not any(isinstance(part, lang.BigO) for part in at.walk()):
        for op in "≤≥":
            yield lang.Relation(op, at.lhs, at.rhs)


def reciprocal(at: Any, letters: Letters) -> Iterator[Any]:
    """1/β for β: a product for a quotient, a quotient for a product with a constant."""
    if isinstance(at, Frac) and at.args[1].shape == lang.SCALAR and at.args[1] in letters.constants:
        yield at.args[1] if at.args[0] == ONE else times(at.args[1], at.args[0])
    elif isinstance(at, Times):
        for k, one in enumerate(at.args):
            if one in letters.constants:
                yield Frac(times(*at.args[:k], *at.args[k + 1:]), one)


def constant(at: Any, letters: Letters) -> Iterator[Any]:
    """Another constant."""
    if isinstance(at, lang.Const):
        yield from (other for other in letters.constants if other != at)


def logged(at: Any, _: Letters) -> Iterator[Any]:
    """A logarithm that is missing."""
    if isinstance(at, lang.Prob) or isinstance(at, Frac) and at.shape == lang.SCALAR:
        yield lang.Log(at)


def squared(at: Any, _: Letters) -> Iterator[Any]:
    """A square that is missing, a power too high, the square of a mean for the mean of a square, and the reverse."""
    if isinstance(at, Power) and isinstance(at.args[1], Num) and at.args[1].value > 2:
        yield Power(at.args[0], Num(at.args[1].value - 1))
    if isinstance(at, (lang.App, lang.Log, Expect, lang.GroupMean, Plus)) and at.shape == lang.SCALAR:
        yield Power(at, TWO)
    if isinstance(at, Power) and isinstance(at.args[0], Expect) and isinstance(at.args[1], Num):
        law, scope = at.args[0].args
        yield Expect(law, over(scope, Power(scope.body, at.args[1])))
    elif isinstance(at, Expect) and isinstance(at.scope.body, Power) and isinstance(at.scope.body.args[1], Num):
        base, exponent = at.scope.body.args
        yield Power(Expect(at.law, over(at.scope, base)), exponent)


def rooted(at: Any, _: Letters) -> Iterator[Any]:
    """A square root that is missing."""
    if isinstance(at, (lang.Variance, Plus, Expect, Frac, Times, Divergence)) and at.shape == lang.SCALAR:
        yield lang.Root(at)


def over(scope: Scope, body: Any) -> Scope:
    """The same binder over another body."""
    return scope.with_args((scope.args[0], body))


def averaged(at: Any, letters: Letters) -> Iterator[Any]:
    """An expectation that is missing: over a free action, under a law that stands elsewhere."""
    if isinstance(at, lang.Node) and not isinstance(at, (Num, lang.BigO)):
        for var in sorted(at.free, key=lambda var: var.name):
            if var.sort == "action":
                yield from (lang.E((var, law), at) for law in letters.laws if var not in law.free)


def excluded(at: Any, letters: Letters) -> Iterator[Any]:
    """A range with an exception that is missing, or one longer."""
    if isinstance(at, (lang.Sum, lang.Product)) and at.args[0] != lang.ALL and at.args[1] == lang.NONE:
        upper, _, scope = at.args
        for var in letters.variables:
            if var.sort == scope.sort:
                yield at.func(upper, var, scope)
        if isinstance(upper, Plus) and upper.args[-1] == Neg(ONE):
            yield at.func(plus(*upper.args[:-1]), lang.NONE, scope)


def stopped(at: Any, letters: Letters) -> Iterator[Any]:
    """A stop-gradient that is missing, or one too many."""
    if isinstance(at, lang.StopGradient):
        yield at.args[0]
    elif letters.differentiated and isinstance(at, lang.Node) and lang.moves(at):
        yield lang.StopGradient(at)


def coarser(at: Any, _: Letters) -> Iterator[Any]:
    """A remainder of a lower order."""
    if isinstance(at, lang.BigO) and at.order > 1:
        yield lang.BigO(Num(at.order - 1))


def multiplied(at: Any, letters: Letters) -> Iterator[Any]:
    """A factor that is missing: one that stands elsewhere in the statement."""
    if isinstance(at, lang.Node) and not isinstance(at, (Num, Neg, lang.BigO)):
        present = at.args if isinstance(at, Times) else (at,)
        yield from (times(one, at) for one in letters.factors if one not in present)


def divided(at: Any, letters: Letters) -> Iterator[Any]:
    """A denominator that is missing: a factor that stands elsewhere."""
    if isinstance(at, lang.Node) and not isinstance(at, (Num, Neg, Frac, lang.BigO)):
        yield from (Frac(at, one) for one in letters.factors if one != at)


def numeral(at: Any, _: Letters) -> Iterator[Any]:
    """A number one less."""
    if isinstance(at, Num) and at.value.q == 1 and at.value > 1:
        yield Num(at.value - 1)


def added(at: Any, letters: Letters) -> Iterator[Any]:
    """A term that is missing: 1, or one that stands as a factor elsewhere, with either sign."""
    if isinstance(at, lang.Node) and at.shape == lang.SCALAR and not isinstance(at, (Num, lang.BigO)):
        present = at.args if isinstance(at, Plus) else (at,)
        for one in (ONE, *letters.factors):
            if one not in present and Neg(one) not in present:
                yield plus(at, Neg(one))
                yield plus(at, one)


TERMS: tuple[Rule, ...] = (opposite, scaled, rooted, averaged)
SLOTS: tuple[Rule, ...] = (multiplied, added)
