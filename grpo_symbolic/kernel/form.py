"""Canonical data: polynomials with rational coefficients in generators, each with the hypotheses it used.

A *term* names a point: ``("v", x)`` a variable, ``("s", group, index)`` a group sample, other tuples of terms.
A *generator* is a tuple that starts with its kind:
- ``("atom", name, args, dirs, point, kind)``: a leaf. ``dirs`` are the directions it was differentiated along;
  ``point`` is ``current`` (depends on θ), ``stop`` (a copy held fixed), ``old`` (at θ_old) or ``constant``;
  ``kind`` is ``law`` (positive, sums to one over its first argument), ``positive``, ``nonnegative`` or ``real``.
  A derivative that the rules in force do not carry out is a leaf named ``#D``.
- ``("sum", sorts, monomial)``: a connected sum over the bound variables ``#h.0``, ``#h.1``, … of these sorts. A sort
  is a kind with polynomials: ``action``, ``state`` or ``coordinate`` alone, ``index`` or ``token`` with its upper end,
  ``group`` with its size and the law of one draw: the sum over it is an expectation.
- ``("wrap", poly)``: a polynomial that is no monomial, or a prime, under a negative or fractional exponent.
- ``("log", poly)``, ``("exp", poly)`` of a monomial, and ``("ind", poly)``, 1 where the polynomial is positive, else 0.

A *monomial* is a sorted tuple of (generator, exponent), a *polynomial* a sorted tuple of (monomial, coefficient).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from fractions import Fraction
from typing import Any, NamedTuple

Term = tuple[Any, ...]
Generator = tuple[Any, ...]
Rational = int | Fraction
Monomial = tuple[tuple[Generator, Rational], ...]
Poly = tuple[tuple[Monomial, Rational], ...]


def exact(value: Rational) -> Rational:
    """The same rational, an integer where it is one: equal values then have one cheap representation."""
    return value.numerator if value.denominator == 1 else value


class KernelError(ArithmeticError):
    """A form that cannot be built: the inverse, logarithm or root of zero, or more than the kernel decides."""


class Hypothesis(NamedTuple):
    """What a derivation used: ``kind`` says what, ``about`` names a policy, an order or a polynomial."""

    kind: str
    about: Any = ""


OBLIGATIONS = frozenset({"Positive", "Nonzero", "Nonnegative"})
Used = frozenset[Hypothesis]
NOTHING: Used = frozenset()


class Form:
    """An immutable canonical element: its polynomial and the hypotheses used to reach it."""

    __slots__ = ("poly", "used")

    def __init__(self, poly: Poly, used: Used = NOTHING) -> None:
        self.poly, self.used = poly, used

    def __add__(self, other: Form) -> Form:
        return combine([(self, 1), (other, 1)])

    def __sub__(self, other: Form) -> Form:
        return combine([(self, 1), (other, -1)])

    def __neg__(self) -> Form:
        return self.scaled(-1)

    def scaled(self, factor: Rational) -> Form:
        """The form times a rational."""
        return Form(tuple((m, exact(c * factor)) for m, c in self.poly) if factor else (), self.used)

    def with_used(self, used: Set[Hypothesis]) -> Form:
        """The same form, with more hypotheses recorded."""
        return self if used <= self.used else Form(self.poly, self.used | used)

    def linear(self, function: Callable[[Monomial], Form]) -> Form:
        """The image of the form under a linear map, given on monomials."""
        return combine((function(m), c) for m, c in self.poly).with_used(self.used)


def combine(parts: Iterable[tuple[Form, Rational]]) -> Form:
    """The linear combination of forms; terms that cancel are gone, the hypotheses stay."""
    sums: dict[Monomial, Rational] = {}
    used = NOTHING
    for form, factor in parts:
        used = used | form.used
        for m, c in form.poly:
            sums[m] = exact(sums.get(m, 0) + c * factor)
    return Form(tuple(sorted((m, c) for m, c in sums.items() if c)), used)


def number(value: Rational) -> Form:
    """A rational constant."""
    return Form((((), exact(value)),) if value else ())


def single(gen: Generator, exponent: Rational = 1, used: Used = NOTHING) -> Form:
    """One generator to a power that needs no further rule."""
    return Form(((((gen, exponent),), 1),), used)


def variable(name: str) -> Term:
    """The term that names a variable."""
    return ("v", name)


def atom(name: str, args: tuple[Term, ...] = (), point: str = "constant", kind: str = "real",
         dirs: tuple[Term, ...] = ()) -> Generator:
    """A leaf generator."""
    return ("atom", name, args, tuple(sorted(dirs)), point, kind)


def mentions(thing: Any, var: Term) -> bool:
    """Whether a term, generator, monomial or polynomial contains the variable."""
    return thing == var or isinstance(thing, tuple) and any(
        isinstance(part, tuple) and mentions(part, var) for part in thing)


def inside(thing: Any, kind: str) -> Iterator[Term]:
    """The parts that start with ``kind``, with repetition: ``v`` variables, ``atom`` leaves, ``ind`` comparisons."""
    if isinstance(thing, tuple):
        found = thing[:1] == (kind,)
        if found:
            yield thing
        for part in () if found and kind == "atom" else thing:
            yield from inside(part, kind)


def height(thing: Any) -> int:
    """How deeply binders nest inside; the variables of a binder are named by its height, so none are shared."""
    return (thing[:1] == ("sum",)) + max(map(height, thing), default=0) if isinstance(thing, tuple) else 0


def replace_term(term: Any, table: dict[Term, Term]) -> Any:
    """A term, or a tuple of terms, with terms replaced."""
    if isinstance(term, tuple):
        return table[term] if term in table else tuple(replace_term(part, table) for part in term)
    return term


def inhabited(sort: tuple[Any, ...]) -> bool:
    """Whether a range has a member: up to a single constant it has, up to another expression it may be empty."""
    if sort[0] not in ("index", "token"):
        return True
    (m, c), *more = sort[1] or (((), 0),)
    return not more and c == 1 and [e for _, e in m] == [1] and sign(sort[1]) == "positive"


def sign_of_generator(gen: Generator) -> str:
    """``positive``, ``nonnegative`` or ``real``: what is known of a generator whatever its variables are."""
    kind = gen[0]
    if kind == "atom":
        return "real" if gen[3] else "positive" if gen[5] == "law" else gen[5]
    if kind == "sum":
        known = sign(((gen[2], 1),))
        return known if known == "real" or all(map(inhabited, gen[1])) else "nonnegative"
    return sign(gen[1]) if kind == "wrap" else {"exp": "positive", "ind": "nonnegative"}.get(kind, "real")


def sign(poly: Poly) -> str:
    """``positive`` or ``nonnegative`` where every term is so, else ``real``. The zero polynomial is nonnegative."""
    result = "nonnegative"
    for m, c in poly:
        known = "positive"
        for gen, e in m:
            one = sign_of_generator(gen)
            if one == "real" and e.denominator == 1 and e.numerator % 2:
                return "real"
            if one != "positive" and e > 0:  # an even or fractional power is never negative
                known = "nonnegative"
        if c < 0:
            return "real"
        result = known if known == "positive" else result
    return result


def prime_factors(value: Rational) -> dict[int, int]:
    """The primes of a positive rational with their exponents."""
    found: dict[int, int] = {}
    for part, step in ((value.numerator, 1), (value.denominator, -1)):
        p = 2
        while part > 1:
            p = p if p * p <= part else part
            while part % p == 0:
                part, found[p] = part // p, found.get(p, 0) + step
            p += 1
            if p > 10**6 and part > 1:
                raise KernelError("a number with a large prime factor under a logarithm or a root")
    return found
