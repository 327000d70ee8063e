"""Signs, with what they rest on, and the obligations that a polynomial has by what it divides by and takes roots of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, lru_cache, partial
from itertools import permutations
from math import comb
from typing import NamedTuple

from .form import (NOTHING, Exp, Form, Generator, Hypothesis, Indicator, KernelError, Leaf, Log, Monomial, Poly, Power,
                   Ranges, Rational, Sort, Sum, Used, Visits, bound_by, combine, constant, leaf_of, leaves, made,
                   number, of_monomial, single)
from .terms import Term, mentions, replaced, variable

HALF = Fraction(1, 2)
MAX_SHIFT = 8
COUNTED = ("G", "T")  # a group has a member, a sequence a token, by what they are
RANGES = {"size": "≥ 1", "positive": "> 0", "nonnegative": "≥ 0"}
MAX_RENAMED = 4


class Sign(NamedTuple):
    """``known`` is ``positive``, ``nonnegative`` or ``real``: what is known, and the hypotheses it ``rests`` on."""

    known: str
    rests: Used


REAL = Sign("real", NOTHING)
POSITIVE = Sign("positive", NOTHING)
NONNEGATIVE = Sign("nonnegative", NOTHING)


@lru_cache(2**12)
def sign(poly: Poly) -> Sign:
    """What is known of the sign of a polynomial: of zero that it is not negative."""
    found = _of_terms(poly)
    return _above_one(poly) if found.known == "real" else found


def _of_terms(poly: Poly) -> Sign:
    """``positive`` or ``nonnegative`` where every term is so: one that is positive is enough."""
    return _together((sign_of_monomial(m) if c > 0 else REAL for m, c in poly), "nonnegative")


def sign_of_monomial(m: Monomial) -> Sign:
    """The sign of a product of powers: one that is not known to be positive is enough."""
    return _together((sign_of_power(gen, e) for gen, e in m), "positive")


def _together(signs: Iterable[Sign], known: str) -> Sign:
    """``real`` where one is, else ``known`` unless one is known to be something else."""
    found, rests = known, NOTHING
    for one in signs:
        if one.known == "real":
            return REAL
        found = found if one.known == known else one.known
        rests = rests | one.rests
    return Sign(found, rests)


def sign_of_power(gen: Generator, e: Rational) -> Sign:
    """The sign of a generator to a power that has a value: even or fractional it is not negative, under 1/… not 0."""
    one = sign_of(gen)
    if one.known == "real" and (e.denominator != 1 or e % 2 == 0):
        one = NONNEGATIVE
    return Sign("positive", one.rests) if one.known == "nonnegative" and e < 0 else one


def sign_of(gen: Generator) -> Sign:
    """What is known of a generator whatever its variables are."""
    match gen:
        case Leaf():
            return REAL if gen.along else _declared(gen.name, gen.sign)
        case Sum():
            body = sign_of_monomial(gen.body)
            empty = body.known == "positive" and not all(map(inhabited, gen.sorts))
            return Sign("nonnegative", body.rests) if empty else body
        case Power():
            return sign(gen.of)
        case Exp():
            return POSITIVE
        case Visits():
            weight, steps = sign(gen.weight), sign(gen.steps)
            return REAL if "real" in (weight.known, steps.known) else Sign("nonnegative", weight.rests | steps.rests)
        case Indicator():
            return NONNEGATIVE
    return REAL


@cache
def _declared(name: str, declared: str) -> Sign:
    """The sign that a leaf is declared to have: of a law by convention, of a constant by its usual range."""
    if declared == "real":
        return REAL
    known = "nonnegative" if declared == "nonnegative" else "positive"
    if declared == "law":
        return Sign(known, frozenset({Hypothesis("Positive", name)}))
    if name.startswith("#") or declared == "size" and name in COUNTED:
        return Sign(known, NOTHING)
    return Sign(known, frozenset({Hypothesis("Range", f"{name} {RANGES[declared]}")}))


def _above_one(poly: Poly) -> Sign:
    """The sign that a polynomial has in y = x − 1 ≥ 0 for a size x ≥ 1 in it, and so for each."""
    x = next((gen for m, _ in poly for gen, e in m if _counts(gen, e)), None)
    if x is None:
        return REAL
    found = sign(made(poly).linear(partial(_shifted, x)).poly)
    return found if found == REAL else Sign(found.known, found.rests | {Hypothesis("Range", f"{x.name} ≥ 1")})


def _shifted(x: Leaf, m: Monomial) -> Form:
    """A monomial with 1 + y for a size x, where it has a power of it to write out."""
    e = next((e for gen, e in m if gen == x and _counts(gen, e)), 0)
    rest = tuple([factor for factor in m if factor != (x, e)])
    y = x._replace(name="#" + x.name, sign="nonnegative")
    powers = [tuple(sorted(rest + (((y, j),) if j else ()))) for j in range(int(e) + 1)]
    return combine((of_monomial(power), comb(int(e), j)) for j, power in enumerate(powers))


def _counts(gen: Generator, e: Rational) -> bool:
    """Whether a power is one of a size, and low enough to be written out."""
    return isinstance(gen, Leaf) and gen.sign == "size" and e.denominator == 1 and 0 < e <= MAX_SHIFT


def whole(poly: Poly) -> bool:
    """Whether a polynomial has whole values: whole coefficients, and nothing but sizes in it."""
    return all(c.denominator == 1 and all(_counts(gen, e) for gen, e in m) for m, c in poly)


def inhabited(sort: Sort) -> bool:
    """Whether a range has a member for certain."""
    return sort.kind not in ("index", "token") or _room(sort, 1).known != "real"


def _room(sort: Sort, members: int) -> Sign:
    """What is known of the size of a range beyond so many members."""
    return sign((made(sort.size) - number(members)).poly) if whole(sort.size) else REAL


def reaches(sort: Sort, last: int) -> Used | None:
    """What it rests on that a range has as many members, None where no hypothesis says so."""
    if (room := _room(sort, last)).known != "real":
        return room.rests
    end = leaf_of(sort.size)
    return None if end is None or end.args else frozenset({Hypothesis("Range", f"{end.name} ≥ {last}")})


def definite(poly: Poly, exponent: Rational) -> Used:
    """What the power of a polynomial rests on: its sign, else an obligation; an error where that is absurd."""
    found = sign(poly)
    if found.known == "positive" or constant(poly) and exponent.denominator == 1:
        return found.rests
    fractional = exponent.denominator != 1
    if fractional and sign(tuple((m, -c) for m, c in poly)).known == "positive":
        raise KernelError("the root or logarithm of something negative")
    wanted = ["Nonzero"] * (exponent < 0) + ["Nonnegative"] * (fractional and found.known == "real")
    return found.rests.union(Hypothesis(kind, poly) for kind in wanted)


def obligations(poly: Poly) -> Used:
    """All that a polynomial rests on by what stands in it, read off every generator and exponent."""
    return NOTHING.union(*(_of_factor(gen, e) for m, _ in poly for gen, e in m))


def of(poly: Poly) -> Form:
    """The form of a polynomial from outside, with all that its parts rest on read off it."""
    return made(poly, obligations(poly))


def generated(gen: Generator) -> Form:
    """The form of a generator from outside, with all that it rests on read off it."""
    return of(single(gen).poly)


def kinks(poly: Poly) -> Used:
    """That no comparison inside a polynomial, of what depends on θ, is at its kink."""
    found = {Hypothesis("OffKink", gen.of) for m, _ in poly for gen, _e in m
             if isinstance(gen, Indicator) and any(x.point == "current" for x in leaves(gen))}
    return frozenset(found).union(*(_inside(gen, kinks) for m, _ in poly for gen, _e in m))


def _inside(gen: Generator, read: Callable[[Poly], Used]) -> Used:
    """What is read off the polynomials in a generator, for all values of the variables that it binds."""
    match gen:
        case Power() | Exp() | Indicator() | Log():
            return read(gen.of)
        case Sum():
            return quantified(read(((gen.body, 1),)), bound_by(gen))
    return NOTHING


def _of_factor(gen: Generator, e: Rational) -> Used:
    """What a power of a generator rests on."""
    used = _inside(gen, obligations)
    if isinstance(gen, Log):
        used = used | definite(gen.of, -HALF)
    if e < 0 or e.denominator != 1:
        used = used | definite(gen.of if isinstance(gen, Power) else single(gen).poly, e)
    return used


def quantified(used: Used, names: Ranges) -> Used:
    """The hypotheses with those that mention the variables ``names`` made to hold for all values of these."""
    return frozenset(_for_all(h, names) for h in used)


def _for_all(held: Hypothesis, names: Ranges) -> Hypothesis:
    """One hypothesis for all values, its variables named so that equal ones have, if they are few, one form."""
    ranges = {v: sort for v, sort in names.items() if mentions(held[1:], v)}
    if not ranges:
        return held
    ranges |= held.ranges

    def renamed(order: Iterable[Term]) -> Hypothesis:
        table = {v: variable(f"∀{k}", ranges[v].kind) for k, v in enumerate(order)}
        about = tuple(sorted((tuple(sorted(replaced(m, table))), c) for m, c in held.about))
        return Hypothesis(held.kind, about, tuple(replaced(ranges[v], table) for v in order))

    orders = permutations(ranges) if len(ranges) <= MAX_RENAMED else [tuple(ranges)]
    return min(map(renamed, orders))
