"""The ring of forms: products, powers, logarithms, exponentials, comparisons, with the relations of each generator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from fractions import Fraction
from math import gcd, inf, lcm, prod
from typing import NamedTuple

from ..deadline import Deadline
from ..proposals import prime_factors
from .form import (NOTHING, Exp, Form, Generator, Indicator, KernelError, Leaf, Log, Monomial, Poly, Power, Rational,
                   Sort, Used, begins_with_minus, combine, constant, exact, is_same, leaves, made, number,
                   of_monomial, single)
from .sign import HALF, Sign, definite, sign, sign_of
from .terms import Term, Variable, variable

RULES = frozenset({"interchange", "log-derivative", "log-split", "normalisation", "constant", "group", "path", "markov",
                   "recursion", "mass"})
ONE = number(1)
MAX_TERMS, MAX_POWER = 20_000, 1000
ANY_SIGN = frozenset({"positive", "nonnegative", "real"})


class Session:
    """The rules in force, a subset of RULES; the deadline, a ``thread_time()``; and names used nowhere else.

    With fewer rules fewer terms are identified, never more. Names of sessions with different marks differ.
    """

    def __init__(self, rules: frozenset[str] = RULES, deadline: float | None = None, mark: str = "%") -> None:
        self.rules = rules
        self.deadline = Deadline(inf if deadline is None else deadline)
        self._mark, self._count = mark, 0
        self.taken: set[str] = set()  # names that came from outside
        self.missed: set[str] = set()
        self.ranges: dict[Term, Sort] = {}  # of the names that were given to bound variables

    def allows(self, rule: str) -> bool:
        """Whether a rule is in force; one that is asked for and is not is ``missed``."""
        self.missed |= {rule} - self.rules
        return rule in self.rules

    def fresh(self, sort: str = "") -> Variable:
        """A variable used nowhere else."""
        self._count += 1
        name = f"{self._mark}{self._count}"
        return self.fresh(sort) if name in self.taken else variable(name, sort)

    def in_time(self) -> None:
        """Raise KernelError past the deadline."""
        if self.deadline.passed():
            raise KernelError("the time budget is used up")


class Content(NamedTuple):
    """A polynomial as a rational ``scale``, times powers of generators, times the ``rest`` with coprime integers."""

    scale: Rational
    factors: Monomial
    rest: Form


class Ring(Session):
    """Builds canonical sums, products and powers."""

    _powers: Callable[[Poly, Rational], Form]  # those that were built

    def times(self, *forms: Form) -> Form:
        """The product of forms, of none 1."""
        if len(forms) == 1:
            return forms[0]
        terms = [form.poly[0] for form in forms if len(form.poly) == 1]
        if len(terms) == len(forms):
            used = NOTHING.union(*[form.used for form in forms])
            return self._join([m for m, _ in terms], exact(prod([c for _, c in terms])), used)
        result, *others = forms
        for form in others:
            if len(result.poly) * len(form.poly) > MAX_TERMS:
                raise KernelError("a product of too many terms")
            parts: list[tuple[Form, Rational]] = []
            for m, c in result.poly:
                self.in_time()
                parts += [(self._join((m, n)), c * d) for n, d in form.poly]
            result = combine(parts).with_used(result.used).with_used(form.used)
        return result

    def _join(self, monomials: Iterable[Monomial], scale: Rational = 1, used: Used = NOTHING) -> Form:
        """The product of monomials and a number."""
        exponents: dict[Generator, Rational] = {}
        for m in monomials:
            for gen, e in m:
                exponents[gen] = exact(exponents[gen] + e) if gen in exponents else e
        return self._product(exponents, scale, used)

    def _product(self, exponents: dict[Generator, Rational], scale: Rational = 1, used: Used = NOTHING) -> Form:
        """The product of powers of generators and a number, with the relations of each generator applied."""
        plain, opened = list[tuple[Generator, Rational]](), list[Form]()
        for gen, e in exponents.items():
            if isinstance(gen, Power):
                factors, e = self._unwrapped(gen, e)
                opened += factors
            elif e not in (0, 1) and (isinstance(gen, Indicator) or is_same(gen)):
                e = 1  # an indicator is its own square
            if e:
                plain.append((gen, e))
        return self.times(made(((tuple(sorted(plain)), scale),), used), *opened)

    def _unwrapped(self, gen: Power, e: Rational) -> tuple[list[Form], Rational]:
        """What leaves a power: whole exponents from 1 on; of a prime, which keeps an exponent in [0, 1), all whole."""
        prime = constant(gen.of)
        if e < 1 and (prime is None or e >= 0):
            return [], e
        whole, e = divmod(e, 1)
        return [made(gen.of)] * int(whole) if prime is None else [number(Fraction(prime) ** int(whole))], e

    def power(self, form: Form, exponent: Rational) -> Form:
        """``form`` to a rational power; an error where that is 1/0 or the root of zero."""
        return self._powers(form.poly, exponent).with_used(form.used)

    def _raised(self, poly: Poly, exponent: Rational) -> Form:
        """A polynomial to a rational power."""
        integral = exponent.denominator == 1
        if not -MAX_POWER <= exponent <= MAX_POWER:
            raise KernelError("too high a power")
        if exponent >= 0 and integral:
            return self.times(*[made(poly)] * int(exponent))
        if not poly:
            raise KernelError("division by zero" if exponent < 0 else "the root of zero")
        scale, factors, rest = self.content(poly, integral)
        powers = [(gen, exact(e * exponent)) for gen, e in factors]
        used = NOTHING.union(*(definite(single(gen).poly, exponent) for gen, _ in factors))
        if not integral:
            powers += [(Power("power", number(p).poly), k * exponent) for p, k in factors_of(scale).items()]
        if rest.poly != ONE.poly:
            powers, used = [*powers, (Power("power", rest.poly), exponent)], used | definite(rest.poly, exponent)
        scaled = exact(Fraction(scale) ** int(exponent)) if integral else 1
        return self._join([tuple(powers)], scaled, used)

    def content(self, poly: Poly, integral: bool) -> Content:
        """What may be raised to a power apart. Without ``integral`` the factors are positive, the scale too.

        With it the rest is not negative or begins with a plus, and what all terms share is a factor whatever its sign.
        """
        if len(poly) == 1:  # there is nothing to share
            (m, c), = poly
            factors = tuple([factor for factor in m if self._divides(*factor, integral)])
            scale = c if integral else max(c, -c)
            left = tuple([factor for factor in m if factor not in factors])
            return Content(scale, factors, made(((left, 1 if c == scale else -1),)))
        rest, factors = made(poly), self._common(poly, integral)
        if factors:
            rest = self.times(rest, of_monomial(tuple(sorted((gen, -e) for gen, e in factors))))
        scale = Fraction(gcd(*(c.numerator for _, c in poly)), lcm(*(c.denominator for _, c in poly)))
        if integral and turned(rest):
            scale = -scale
        return Content(exact(scale), factors, rest if scale == 1 else rest.scaled(1 / scale))

    def _common(self, poly: Poly, integral: bool) -> Monomial:
        """Factors common to all terms, and of exponentials and constants what leaves no negative exponent."""
        rows = [dict(m) for m, _ in poly]
        found = []
        for gen in dict.fromkeys(gen for row in rows for gen in row):
            exponents = [row.get(gen, 0) for row in rows]
            shared = all(exponents)
            if min(exponents) < 0 and self._unit(gen) or shared and self._divides(gen, min(exponents), integral):
                found.append((gen, min(exponents)))
        return tuple(found)

    def _unit(self, gen: Generator) -> bool:
        """Whether a generator is taken out of some terms though not of all: an exponential or a positive constant."""
        return isinstance(gen, Exp) or isinstance(gen, Leaf) and not gen.args and sign_of(gen).known == "positive"

    def _divides(self, gen: Generator, e: Rational, integral: bool) -> bool:
        """Whether a generator that all terms share may be raised to a power apart from the rest."""
        if integral:
            return True
        known = sign_of(gen).known
        return known == "positive" or e < 0 and known == "nonnegative"

    def cleared(self, form: Form, signs: Set[str] = frozenset({"positive"})) -> Form:
        """The form times what clears its denominators of these signs, as far as they stand outside all sums."""
        powers = {gen for m, _ in form.poly for gen, e in m if isinstance(gen, Power) and e < 0}
        factors = {gen: found for gen in sorted(powers) if (found := sign(gen.of)).known in signs}
        if not factors:
            return form
        rests = NOTHING.union(*(found.rests for found in factors.values()))
        return self.cleared(self.times(form, of_monomial(tuple((gen, 1) for gen in factors), rests)), signs)

    def sign(self, form: Form) -> Sign:
        """What is known of the sign of a form, its positive denominators cleared."""
        form = self.cleared(form)
        found = sign(form.poly)
        return Sign(found.known, found.rests | form.used)


class Functions(Ring):
    """Builds canonical logarithms, exponentials and indicators."""

    def log(self, form: Form) -> Form:
        """The logarithm of a form; of a positive monomial it splits into those of the factors."""
        if not form.poly:
            raise KernelError("the logarithm of zero")
        scale, factors, rest = self.content(form.poly, integral=False)
        parts: list[tuple[Form, Rational]] = [(self._log_of_factor(gen), e) for gen, e in factors]
        parts += [(self._log_of(number(p).poly), k) for p, k in factors_of(scale).items()]
        if rest.poly != ONE.poly:
            parts.append((self._log_of(rest.poly), 1))
        if len(parts) != 1 and not self.allows("log-split"):
            parts = [(self._log_of(form.poly), 1)]
        return combine(parts).with_used(form.used)

    def _log_of(self, poly: Poly) -> Form:
        """The logarithm of a polynomial as a generator."""
        return single(Log("log", poly), used=definite(poly, -HALF))

    def _log_of_factor(self, gen: Generator) -> Form:
        """The logarithm of a positive generator."""
        if isinstance(gen, Exp):
            return made(gen.of)
        return self._log_of(gen.of if isinstance(gen, Power) else single(gen).poly)

    def exp(self, form: Form) -> Form:
        """The exponential: a product over the terms, those of rational multiples of logarithms being powers."""
        result = number(1)
        for m, c in form.poly:
            match m:
                case ((Log() as logarithm, 1),):
                    result = self.times(result, self.power(made(logarithm.of), c))
                case _:
                    result = self.times(result, single(Exp("exp", ((m, 1),)), c))
        return result.with_used(form.used)

    def step(self, form: Form) -> Form:
        """1 where the form is positive, else 0."""
        form = self.cleared(form)
        above, below = sign(form.poly), sign((-form).poly)
        if above.known == "positive":
            return number(1).with_used(above.rests | form.used)
        if below.known != "real":
            return number(0).with_used(below.rests | form.used)
        _, factors, rest = self.content(form.poly, integral=False)
        rests = form.used.union(*(sign_of(gen).rests for gen, _ in factors))
        return single(Indicator("indicator", rest.poly), used=rests)

    def positive_part(self, form: Form) -> Form:
        """max(form, 0); of the two orientations of a comparison one is kept, since max(x, 0) = x + max(−x, 0)."""
        moving = (c for m, c in form.poly if any(found.point in ("current", "stop") for found in leaves(m)))
        # what moves with θ stands below what does not, as a surrogate under its ceiling
        if begins_with_minus(form.poly) if (first := next(moving, None)) is None else first > 0:
            return form + self.positive_part(-form)
        return self.times(form, self.step(form))


def turned(form: Form) -> bool:
    """Whether of a form and its negative the other is kept: what is not negative, else what begins with a plus."""
    if sign(form.poly).known != "real":
        return False
    return sign((-form).poly).known != "real" or begins_with_minus(form.poly)


def factors_of(value: Rational) -> dict[int, int]:
    """Whole numbers above 1, primes if they are small, with the exponents with which they make a positive rational."""
    found: dict[int, int] = {}
    for whole, e in ((value.numerator, 1), (value.denominator, -1)):
        primes = [p for p in prime_factors(whole) if p > 1]
        if prod(primes) != whole:
            raise KernelError("factors whose product is another number")
        for p in primes:
            found[p] = found.get(p, 0) + e
    return found
