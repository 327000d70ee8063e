"""Canonical data: polynomials with rational coefficients in generators, each with the hypotheses it rests on.

A *monomial* is a sorted tuple of (generator, exponent), a *polynomial* a sorted tuple of (monomial, coefficient).
A *form* is a polynomial that cannot be parted from its hypotheses: only the constructors of a calculus make one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from .terms import Numeral, Term, inside, variable

Rational: TypeAlias = int | Fraction
Generator: TypeAlias = Any
Monomial: TypeAlias = tuple[tuple[Generator, Rational], ...]
Poly: TypeAlias = tuple[tuple[Monomial, Rational], ...]


class Sort(NamedTuple):
    """What a sum ranges over.

    ``kind`` is ``action``, ``state`` or ``coordinate``; ``index`` or ``token``, from 1 to ``size``; or ``group``, of
    ``size`` independent draws from ``law``: the sum over a group is an expectation.
    """

    kind: str
    size: Poly = ()
    law: Poly = ()


Ranges: TypeAlias = Mapping[Term, Sort]  # what each variable ranges over


class Value(NamedTuple):
    """A number at which a function of numbers is taken, as an argument of a leaf."""

    tag: str
    of: Poly


class Leaf(NamedTuple):
    """A function or a constant at its arguments, and its derivatives along directions.

    ``point`` is ``current`` (depends on θ), ``stop`` (a copy held fixed), ``old`` (at θ_old) or ``constant``.
    ``sign`` is ``law`` (positive, sums to one over its first argument), ``size`` (a whole number ≥ 1), ``positive``,
    ``nonnegative`` or ``real``. A derivative that the rules in force do not carry out is a leaf named ``#D``.
    """

    tag: str
    name: str
    args: tuple[Any, ...]
    along: tuple[Term, ...]
    point: str
    sign: str


class Sum(NamedTuple):
    """A connected sum of one monomial over the bound variables ``#h.0``, ``#h.1``, … of these sorts.

    The ``height`` h is one more than that of any sum inside: so no two that nest share a variable.
    """

    tag: str
    height: int
    sorts: tuple[Sort, ...]
    body: Monomial


class Power(NamedTuple):
    """A polynomial that is no monomial, or a prime, met under a negative or fractional exponent only."""

    tag: str
    of: Poly


class Log(NamedTuple):
    """The logarithm of a polynomial."""

    tag: str
    of: Poly


class Exp(NamedTuple):
    """The exponential of a monomial."""

    tag: str
    of: Poly


class Indicator(NamedTuple):
    """1 where a polynomial is positive, else 0."""

    tag: str
    of: Poly


class Visits(NamedTuple):
    """Σ_{k≥0} weight^k K^k(end|start): where a path is after any number of steps, each of them counted with a weight.

    A step is K(x|u) = Σ_a steps(a|u) P(x|u,a), with ``steps`` a product of laws at the places HERE and ACT; ``ends`` is
    a leaf of the end, the start and what the path is conditioned on.
    """

    tag: str
    weight: Poly
    steps: Poly
    ends: Poly

    @property
    def places(self) -> tuple[Term, ...]:
        """The end, the start and what the path is conditioned on."""
        ends, = leaves(self.ends)
        return ends.args


def leaf(name: str, args: tuple[Any, ...] = (), point: str = "constant", sign: str = "real",
         along: tuple[Term, ...] = ()) -> Leaf:
    """A leaf; the order of its directions does not matter."""
    return Leaf("leaf", name, args, tuple(sorted(along)), point, sign)


ACTION, STATE, COORDINATE = Sort("action"), Sort("state"), Sort("coordinate")


class Hypothesis(NamedTuple):
    """What a form rests on: ``kind`` says what, of ``about``: a name, an order or a polynomial.

    A polynomial may mention the variables ``∀0``, ``∀1``, …: then it holds for all their values in the sorts ``every``.
    """

    kind: str
    about: Any = ""
    every: tuple[Sort, ...] = ()

    @property
    def ranges(self) -> Ranges:
        """The variables of which it holds for all values, with their ranges."""
        return {variable(f"∀{k}", sort.kind): sort for k, sort in enumerate(self.every)}


Used: TypeAlias = frozenset[Hypothesis]
NOTHING: Used = frozenset()


class KernelError(ArithmeticError):
    """A form that cannot be built: the inverse, logarithm or root of zero, or more than the kernel decides."""


class NotProved(Exception):
    """The calculus does not derive the claim; nothing follows about its negation."""


class Form:
    """An immutable canonical element: its polynomial and the hypotheses it rests on."""

    __slots__ = ("poly", "used")
    poly: Poly
    used: Used

    def __init__(self) -> None:
        raise KernelError("a form is made by the constructors of a calculus")

    def __setattr__(self, name: str, value: object) -> None:
        raise KernelError("a form does not change")

    def __add__(self, other: Form) -> Form:
        return combine([(self, 1), (other, 1)])

    def __sub__(self, other: Form) -> Form:
        return combine([(self, 1), (other, -1)])

    def __neg__(self) -> Form:
        return self.scaled(-1)

    def scaled(self, factor: Rational) -> Form:
        """The form times a rational."""
        if factor == 1:
            return self
        if not factor:
            return made((), self.used)
        return made(tuple((m, exact(c * factor)) for m, c in self.poly), self.used)

    def with_used(self, used: Set[Hypothesis]) -> Form:
        """The same form, resting on more."""
        return self if used <= self.used else made(self.poly, self.used | used)

    def linear(self, function: Callable[[Monomial], Form]) -> Form:
        """The image of the form under a linear map, given on monomials."""
        return combine((function(m), c) for m, c in self.poly).with_used(self.used)


_set_poly, _set_used = (vars(Form)[name].__set__ for name in Form.__slots__)


def made(poly: Poly, used: Used = NOTHING) -> Form:
    """A form out of its parts; for the constructors, which know what the polynomial rests on."""
    form = Form.__new__(Form)
    _set_poly(form, poly)
    _set_used(form, used)
    return form


def combine(parts: Iterable[tuple[Form, Rational]]) -> Form:
    """The linear combination of forms; terms that cancel are gone, the hypotheses stay."""
    parts = tuple(parts)
    if len(parts) == 1:
        (form, factor), = parts
        return form.scaled(factor)
    sums: dict[Monomial, Rational] = {}
    used = NOTHING
    for form, factor in parts:
        if not form.used <= used:
            used = used | form.used
        for m, c in form.poly:
            sums[m] = exact(sums.get(m, 0) + c * factor)
    return made(tuple(sorted([item for item in sums.items() if item[1]])), used)


def exact(value: Rational) -> Rational:
    """The same rational, an integer where it is one: equal values then have one cheap representation."""
    return value.numerator if value.denominator == 1 else value


def number(value: Rational) -> Form:
    """A rational constant."""
    return made((((), exact(value)),) if value else ())


def constant(poly: Poly) -> Rational | None:
    """The value of a polynomial without generators, None of any other."""
    if not poly:
        return 0
    (m, c), *more = poly
    return None if m or more else c


def begins_with_minus(poly: Poly) -> bool:
    """Whether the first coefficient of a polynomial is negative."""
    return any(c < 0 for _, c in poly[:1])


def of_monomial(m: Monomial, used: Used = NOTHING) -> Form:
    """The form of a monomial; for the constructors, which know what it rests on."""
    return made(((m, 1),), used)


def single(gen: Generator, exponent: Rational = 1, used: Used = NOTHING) -> Form:
    """One generator to a power; for the constructors, which know what it rests on."""
    return of_monomial(((gen, exponent),), used)


def atom(name: str, args: tuple[Any, ...] = (), point: str = "constant", sign: str = "real",
         along: tuple[Term, ...] = ()) -> Form:
    """The form of a leaf, which rests on nothing."""
    return single(leaf(name, args, point, sign, along))


HERE, ACT = variable("#here", "state"), variable("#act", "action")
SAME = "#same"


def same(left: Term, right: Term) -> Form:
    """1 where two terms name one thing, else 0."""
    if left == right:
        return number(1)
    if isinstance(left, Numeral) and isinstance(right, Numeral):
        return number(0)
    return atom(SAME, tuple(sorted((left, right))), sign="nonnegative")


def is_same(gen: Generator) -> bool:
    """Whether a generator compares two terms."""
    return isinstance(gen, Leaf) and gen.name == SAME


def bound_by(gen: Sum) -> dict[Term, Sort]:
    """The variables that a sum binds, with their ranges."""
    return {variable(f"#{gen.height}.{k}", sort.kind): sort for k, sort in enumerate(gen.sorts)}


def leaves(thing: Any) -> tuple[Leaf, ...]:
    """The different leaves inside, not those inside the arguments of another."""
    return inside(thing, Leaf, nested=False)


def leaf_of(poly: Poly) -> Leaf | None:
    """The leaf that a polynomial is, None of any other."""
    match poly:
        case ((((Leaf() as found, 1),), 1),):
            return found
    return None
