"""Squares that a form is made of."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from fractions import Fraction

from ... import kernel as k
from ...kernel import Form, KernelError, Monomial, Part, Rational
from .forms import is_probability, minus, monomial, negatives, opened, quotient, single_sum

MAX_SQUARES = 4


def squares(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """Squares that a form is made of: variances first, then completed squares of single terms."""
    parts: list[Part] = []
    bad = negatives(form)
    while bad and len(parts) < MAX_SQUARES:
        best = None
        for part in candidates(calculus, form):
            rest = minus(form, calculus, [part])
            if (left := negatives(rest)) < bad:
                best, bad = (part, rest), left
            if not left:
                break
        if best is None:
            break
        form = best[1]
        parts.append(best[0])
    return tuple(parts)


def candidates(calculus: k.Calculus, form: Form) -> Iterator[Part]:
    """The squares that may be taken away next."""
    positive = [(m, c) for m, c in form.poly if c > 0]
    for m, c in positive:
        yield from centred(calculus, m, c)
        yield from folded(calculus, m, c)
    for m, c in positive:
        yield from completed(calculus, form, m, c)


def centred(calculus: k.Calculus, m: Monomial, c: Rational) -> Iterator[Part]:
    """For c·Σ w f²: the part c·Σ w (f − μ)² with μ the mean of f under the weight w."""
    at = single_sum(m)
    if at is None:
        return
    binders, body = calculus.opened(m[at][0])
    (inner, _), = body.poly
    outside = monomial(m[:at] + m[at + 1:], c)
    for root in dict.fromkeys(halves(inner, binders)):
        value = monomial(root)
        exponents = dict(root)
        left = ((gen, e - 2 * exponents.get(gen, 0)) for gen, e in inner)
        weight = monomial(tuple((gen, e) for gen, e in left if e))
        if k.sign(calculus.times(outside, weight).poly).known == "real":
            continue
        mass, moment = calculus.closed(binders, weight), calculus.closed(binders, calculus.times(weight, value))
        with suppress(KernelError):
            mean = calculus.times(moment, calculus.power(mass, -1))
            yield Part(calculus.times(outside, weight), value - mean, "square", binders)


def folded(calculus: k.Calculus, m: Monomial, c: Rational) -> Iterator[Part]:
    """For c·Σ w x_i x_j over two coordinates: the part c·Σ w (Σ_i x_i)²."""
    at = single_sum(m)
    if at is None:
        return
    binders, inner = opened(calculus, m[at][0])
    pair = [var for var, sort in binders.items() if sort == k.COORDINATE]
    if len(pair) != 2:
        return
    first, second = (tuple(f for f in inner if k.mentions(f, one) and not k.mentions(f, other))
                     for one, other in (pair, pair[::-1]))
    weight = tuple(f for f in inner if f not in first + second)
    scale = calculus.times(monomial(m[:at] + m[at + 1:], c), monomial(weight))
    alike = calculus.identify(monomial(first), {pair[0]: pair[1]}).poly == monomial(second).poly
    if alike and not any(k.mentions(weight, var) for var in pair) and calculus.sign(scale).known != "real":
        core = calculus.closed({pair[0]: k.COORDINATE}, monomial(first))
        yield Part(scale, core, "square", {var: sort for var, sort in binders.items() if var not in pair})


def halves(m: Monomial, binders: Container[k.Term]) -> Iterator[Monomial]:
    """Monomials f with m = w·f²: of what has no known sign, and with a law as the weight w."""
    root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0 and k.sign_of(gen).known == "real")
    if root:
        yield root
    for law, _ in m:
        if is_probability(law, binders):
            rest = [(gen, e - (gen == law)) for gen, e in m]
            if all(e % 2 == 0 or k.sign_of(gen).known == "positive" for gen, e in rest) and any(e for _, e in rest):
                yield tuple((gen, Fraction(e) / 2 if e % 2 else e // 2) for gen, e in rest if e)


def completed(calculus: k.Calculus, form: Form, m: Monomial, c: Rational) -> Iterator[Part]:
    """For c·w·x²: the part c·w·(x + Σ b/(2c) y)², where the terms b·w·x·y of the form are those that hold x once."""
    root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0 and not isinstance(gen, k.Indicator))
    weight = tuple(f for f in m if (f[0], f[1] // 2) not in root)
    if not root or k.sign(monomial(weight).poly).known == "real":
        return
    core = monomial(root)
    for other, b in form.poly:
        exponents = dict(other)
        if other != m and all(exponents.get(gen, 0) == e for gen, e in root if e > 0):
            core = core + quotient(calculus, other, weight + root, Fraction(b) / (2 * c))
    yield Part(monomial(weight, c), core, "square")
