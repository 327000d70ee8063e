"""What a form may be a sum of: φ forms, squares, what lies above a tangent, 1 − p; or one of two squares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, permutations
from math import lcm

from ... import kernel as k
from ...kernel import Form, Monomial, Part, Rational
from .completions import squares
from .forms import ONE, is_probability, monomial, negatives, opened, single_sum
from .logarithms import divergences, exponentials
from .univariate import univariate

MAX_DEGREE = 40
MAX_TERMS = 40


def suggestions(calculus: k.Calculus, form: Form) -> Iterator[k.Advice]:
    """Non-negative parts of a form, the likeliest first."""
    if len(form.poly) > MAX_TERMS:
        return
    logs = k.holds(form.poly, k.Log)
    if logs:
        yield from divergences(calculus, form)
    if k.holds(form.poly, k.Exp):
        yield from exponentials(calculus, form)
    if negatives(form):
        yield squares(calculus, form)
        yield from univariate(calculus, form)
        yield from convex(calculus, form)
    if calculus.allows("normalisation"):
        yield probabilities(calculus, form)


def convex(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """For Σ q f(u) with the ratio u = p/q of two laws: what f has above its tangent at u = 1, a multiple of (v − 1)²
    with a root v of u."""
    groups: dict[tuple[Monomial, k.Term, k.Sort, k.Generator, k.Generator], dict[Fraction, Rational]] = {}
    for m, c in form.poly:
        at = single_sum(m)
        if at is None:
            continue
        binders, inner = opened(calculus, m[at][0])
        if len(binders) == 1 and len(inner) == 2 and all(is_probability(law, binders) for law, _ in inner):
            for (p, power), (q, rest) in permutations(inner):
                if power + rest == 1:
                    key = m[:at] + m[at + 1:], *next(iter(binders.items())), p, q
                    groups.setdefault(key, {})[Fraction(power)] = c
    for (outer, var, sort, p, q), terms in groups.items():
        roots = lcm(*(power.denominator for power in terms))
        if roots * max(map(abs, terms)) > MAX_DEGREE:
            continue
        above = above_tangent({int(power * roots): Fraction(c) for power, c in terms.items()}, roots)
        if min(above.values(), default=-1) < 0 or k.sign(monomial(outer).poly).known == "real":
            continue
        root = calculus.power(calculus.times(k.generated(p), calculus.power(k.generated(q), -1)), Fraction(1, roots))
        height = k.combine((calculus.power(root, n), c) for n, c in above.items())
        yield (Part(calculus.times(monomial(outer), k.generated(q), height), root - ONE, "square", {var: sort}),)


def above_tangent(terms: dict[int, Fraction], roots: int) -> dict[int, Fraction]:
    """(f(v) − f(1) − (f′(1)/d)·(v^d − 1)) / (v − 1)², for f with the coefficients ``terms`` and d ``roots``.

    >>> above_tangent({3: Fraction(1)}, 1)
    {0: Fraction(2, 1), 1: Fraction(1, 1)}
    """
    slope = sum((n * c for n, c in terms.items()), Fraction(0)) / roots
    rest = dict(terms)
    for n, c in ((0, slope - sum(terms.values())), (roots, -slope)):
        rest[n] = rest.get(n, Fraction(0)) + c
    low = min(rest)
    row = [rest.get(n, Fraction(0)) for n in range(low, max(rest) + 1)]
    for _ in range(2):
        # division by 1 − v, the lowest coefficient first, which leaves nothing
        row = list(accumulate(row))[:-1]
    return {low + n: c for n, c in enumerate(row) if c}


def probabilities(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """For each term −c·w·p with a probability p: the part c·w·(1 − p), of several with a w that is a term above 0."""
    above = {m for m, c in form.poly if c > 0}
    parts = []
    for m, c in form.poly:
        found = list(complements(calculus, m, c)) if c < 0 else []
        fitting = [part for part, rest in found if rest in above] or [part for part, _ in found]
        parts += fitting[:1]
    return tuple(parts)


def complements(calculus: k.Calculus, m: Monomial, c: Rational) -> Iterator[tuple[Part, Monomial]]:
    """For −c·w·p with a probability p: the part c·w·(1 − p), and w, for each p that leaves a w which is not negative.
    """
    at = single_sum(m)
    binders, inner = opened(calculus, m[at][0]) if at is not None else ({}, m)
    outer = () if at is None else m[:at] + m[at + 1:]
    for law, e in inner:
        rest = tuple((g, f - (g == law)) for g, f in inner if f != 1 or g != law)
        weight = monomial(outer + rest, -c)
        probable = isinstance(law, k.Leaf) and law.sign == "law" and not law.along and e >= 1
        if probable and k.sign(weight.poly).known != "real":
            # 1 − p(x) = Σ_y p(y) (1 − 1[x = y])²
            own = calculus.fresh(k.sort_of(law.args[0]))
            other = k.generated(law._replace(args=(own, *law.args[1:])))
            yield Part(calculus.times(other, weight), ONE - k.same(own, law.args[0]), "square",
                       binders | {own: k.Sort(own.sort)}), outer + rest


def roots(calculus: k.Calculus, form: Form) -> Iterator[k.Squares]:
    """For √u·x − y with x ≥ 0: the squares u·x² and y², if need be of a y of any sign."""
    for root in dict.fromkeys(gen for m, _ in form.poly for gen, e in m if 2 * e == 1):
        greater = k.of(tuple((m, c) for m, c in form.poly if (root, Fraction(1, 2)) in m))
        for first in (greater, positive_terms(form)):
            second = first - form
            known = calculus.sign(second).known != "real"
            if calculus.sign(first).known != "real" and (known or first is greater):
                yield k.Squares(first)
            if known:
                break


def positive_terms(form: Form) -> Form:
    """The terms of a form with a positive coefficient."""
    return k.of(tuple((m, c) for m, c in form.poly if c > 0))
