"""What a form may be a sum of: φ forms, squares, 1 − p. Suggestions only; the kernel checks what they add up to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import accumulate, permutations
from math import lcm

from .. import kernel as k
from ..kernel import Form, KernelError, Monomial, Part, Poly, Rational

MAX_SQUARES = 4
MAX_DEGREE = 40
MAX_TERMS = 40
ONE = k.number(1)


def minus(form: Form, calculus: k.Calculus, parts: Sequence[Part]) -> Form:
    """What the parts leave of the form."""
    return form - k.combine((k.total_of(calculus, part), 1) for part in parts)


def opened(calculus: k.Calculus, gen: k.Generator) -> tuple[dict[k.Term, k.Sort], Monomial]:
    """The ranges of a sum, its variables named ``?0``, ``?1``, …, and the monomial that it sums."""
    names, body = calculus.opened(gen)
    table = {name: k.variable(f"?{n}", name.sort) for n, name in enumerate(names)}
    (m, _), = calculus.identify(body, table).poly
    return {table[name]: k.replaced(sort, table) for name, sort in names.items()}, m


def single_sum(m: Monomial) -> int | None:
    """Where a monomial has its first plain factor that is a sum."""
    return next((n for n, (gen, e) in enumerate(m) if isinstance(gen, k.Sum) and e == 1), None)


def summed(calculus: k.Calculus, binders: dict[k.Term, k.Sort], form: Form) -> Form:
    """Σ of a form over all binders."""
    for var, sort in binders.items():
        form = calculus.total(var, sort, form)
    return form


def plain(m: Monomial, c: Rational = 1) -> Form:
    """A monomial with its coefficient, as a form."""
    return k.of(((m, c),))


def inverse(m: Monomial) -> Form:
    """One over a monomial."""
    return k.of(((tuple((gen, -e) for gen, e in m), 1),))


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
        yield from convex(calculus, form)
    yield probabilities(calculus, form)
    yield from roots(calculus, form)


# φ forms


def divergences(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """The logarithms of a form, gathered by their weights.

    Σ w Σ_k c_k log g_k = Σ αw (φ(u) − u + 1) with u = Π g_k^{−c_k/α}. Where a logarithm holds exponentials, linear
    terms of the same weight join u as exponentials of their own.
    """
    groups: dict[tuple[Monomial, tuple[k.Sort, ...], Monomial], list[tuple[Rational, Poly]]] = {}
    alone: list[tuple[Monomial, Rational, Poly]] = []
    for m, c in form.poly:
        for outer, sorts, weight, poly in logarithms(calculus, m):
            if sorts or not constant(poly):
                groups.setdefault((outer, sorts, weight), []).append((c, poly))
            else:
                alone.append((outer, c, poly))
    tilted = any(k.holds(poly, k.Exp) for _, _, poly in alone)
    for with_tilt in (False, True) if tilted else (False,):
        parts: list[Part] = []
        for (outer, sorts, weight), terms in groups.items():
            binders = {k.variable(f"?{n}", sort.kind): sort for n, sort in enumerate(sorts)}
            if sorts and summed(calculus, binders, plain(weight)).poly == ONE.poly:
                terms = terms + [(c, poly) for other, c, poly in alone if other == outer]
            parts += divergence(calculus, form if with_tilt else ONE, outer, weight, binders, terms)
        if not groups:
            for outer in dict.fromkeys(outer for outer, _, _ in alone):
                parts += divergence(calculus, ONE, (), outer, {}, [(c, poly) for one, c, poly in alone if one == outer])
        yield tuple(parts)
    if not groups:
        yield tuple(part for outer, c, poly in alone if c > 0 for part in jensen(calculus, outer, c, poly))


def divergence(calculus: k.Calculus, form: Form, outer: Monomial, weight: Monomial, binders: dict[k.Term, k.Sort],
               terms: list[tuple[Rational, Poly]]) -> Iterator[Part]:
    """The φ form of logarithms with one weight, and of what ``form`` holds under the same sum."""
    scale = max(max(c, -c) for c, _ in terms)
    total = calculus.times(plain(outer, scale), plain(weight))
    try:
        tilts = [calculus.exp(-calculus.times(plain(m, c), inverse(outer), inverse(weight)).scaled(1 / Fraction(scale)))
                 for m, c in tilts_of(calculus, form, binders, weight)]
        core = calculus.times(ONE, *(calculus.power(k.of(poly), -Fraction(c) / scale) for c, poly in terms), *tilts)
    except KernelError:
        return
    if calculus.sign(total).known != "real" and calculus.sign(core).known == "positive":
        yield Part(total, core, "phi", binders)


def tilts_of(calculus: k.Calculus, form: Form, binders: dict[k.Term, k.Sort], weight: Monomial
             ) -> Iterator[tuple[Monomial, Rational]]:
    """The summands of the terms of a form that are sums over these ranges with this weight, without logarithms."""
    for m, c in form.poly:
        at = single_sum(m)
        if at is not None and binders:
            names, inner = opened(calculus, m[at][0])
            if names == binders and set(weight) <= set(inner) and not k.holds(inner, k.Log):
                yield m[:at] + m[at + 1:] + inner, c


def jensen(calculus: k.Calculus, outer: Monomial, c: Rational, poly: Poly) -> Iterator[Part]:
    """For c·log Σ p f with a law p: the part c·Σ p φ(f / Σ p f), which is c·(log Σ p f − Σ p log f)."""
    if len(poly) != 1 or len(poly[0][0]) != 1 or not isinstance(poly[0][0][0][0], k.Sum):
        return
    names, inner = opened(calculus, poly[0][0][0][0])
    laws = tuple(f for f in inner if is_law(f[0], names) and f[1] == 1)
    value = plain(tuple(f for f in inner if f not in laws))
    core = calculus.times(value, calculus.power(k.of(poly), -1))
    weight = calculus.times(plain(outer, c), plain(laws))
    if laws and calculus.sign(core).known == "positive" and calculus.sign(weight).known != "real":
        yield Part(weight, core, "phi", names)


def logarithms(calculus: k.Calculus, m: Monomial) -> Iterator[tuple[Monomial, tuple[k.Sort, ...], Monomial, Poly]]:
    """The linear logarithm of a monomial: what stands outside its sum, the sum's ranges, the weight, the argument."""
    for n, (gen, e) in enumerate(m):
        others = m[:n] + m[n + 1:]
        if isinstance(gen, k.Log) and e == 1 and not any(isinstance(other, k.Log) for other, _ in others):
            yield (others, (), (), gen.of) if constant(gen.of) else ((), (), others, gen.of)
        elif isinstance(gen, k.Sum) and e == 1:
            names, inner = opened(calculus, gen)
            logs = [j for j, (g, f) in enumerate(inner) if isinstance(g, k.Log) and f == 1]
            if len(logs) == 1:
                j = logs[0]
                yield others, tuple(names.values()), inner[:j] + inner[j + 1:], inner[j][0].of


def constant(poly: Poly) -> bool:
    """Whether a polynomial is no function of one action: its logarithm can join any sum of weight one."""
    return not any(isinstance(gen, k.Leaf) and gen.sign == "law" for m, _ in poly for gen, _e in m)


def exponentials(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """φ forms around exponentials: e^x = φ(e^x) + 1 + x, and e^{E x} ≤ E e^x for the mean x of an exponent."""
    parts: list[Part] = []
    for m, c in form.poly:
        powers = tuple((gen, e) for gen, e in m if isinstance(gen, k.Exp))
        rest = tuple(f for f in m if f not in powers)
        if not powers or k.sign(plain(rest, max(c, -c)).poly).known == "real":
            continue
        if c > 0:
            parts.append(Part(plain(rest, c), plain(powers), "phi"))
        else:
            parts += geometric(calculus, powers, plain(rest, -c))
    if parts:
        yield tuple(parts)


def geometric(calculus: k.Calculus, powers: Monomial, scale: Form) -> Iterator[Part]:
    """For the mean s = exp Σ w x, with weights that sum to one: Σ w s φ(e^x / s)."""
    exponent = k.combine((k.of(gen.of), e) for gen, e in powers)
    found: dict[str, tuple[dict[k.Term, k.Sort], list[Form]]] = {}
    for m, c in exponent.poly:
        at = single_sum(m)
        if at is None:
            return
        names, inner = opened(calculus, m[at][0])
        outer = plain(m[:at] + m[at + 1:], c)
        found.setdefault(repr(names), (names, []))[1].append(calculus.times(outer, plain(inner)))
    for names, summands in found.values() if len(found) == 1 else ():
        weights = [next(uniform(calculus, var, sort, summands[0]), ONE) for var, sort in names.items()]
        weight = calculus.times(ONE, *weights)
        value = calculus.exp(calculus.times(k.combine((one, 1) for one in summands), calculus.power(weight, -1)))
        core = calculus.times(value, calculus.power(plain(powers), -1))
        yield Part(calculus.times(scale, weight, plain(powers)), core, "phi", names)


def uniform(calculus: k.Calculus, var: k.Term, sort: k.Sort, form: Form) -> Iterator[Form]:
    """Weights over a range that sum to one: one over its size, or a law of the variable that the form mentions."""
    if sort.kind in ("index", "token"):
        yield calculus.power(k.of(sort.size), -1)
    elif sort in (k.ACTION, k.STATE):
        yield from (k.single(leaf) for leaf in sorted(set(k.leaves(form.poly))) if is_law(leaf, (var,)))


def is_law(gen: k.Generator, variables: Container[k.Term]) -> bool:
    """Whether a generator is a probability of one of the variables."""
    return isinstance(gen, k.Leaf) and gen.sign == "law" and not gen.along and gen.args[0] in variables


# Squares


def squares(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """Squares that a form is made of: variances first, then completed squares of single terms."""
    parts: list[Part] = []
    bad = negatives(form)
    for _ in range(MAX_SQUARES):
        candidates = [part for m, c in form.poly if c > 0 for part in centred(calculus, m, c)]
        candidates += [part for m, c in form.poly if c > 0 for part in completed(calculus, form, m, c)]
        left = [(minus(form, calculus, [part]), part) for part in candidates]
        best = min(left, key=lambda one: negatives(one[0]), default=None)
        if best is None or negatives(best[0]) >= bad:
            break
        form, bad = best[0], negatives(best[0])
        parts.append(best[1])
    return tuple(parts)


def negatives(form: Form) -> int:
    """How many terms of a form are not known to be non-negative."""
    return sum(1 for m, c in form.poly if k.sign(((m, c),)).known == "real")


def centred(calculus: k.Calculus, m: Monomial, c: Rational) -> Iterator[Part]:
    """For c·Σ w f²: the part c·Σ w (f − μ)² with μ the mean of f under the weight w."""
    at = single_sum(m)
    if at is None:
        return
    binders, inner = opened(calculus, m[at][0])
    outside = plain(m[:at] + m[at + 1:], c)
    for root in dict.fromkeys(halves(inner, binders)):
        value = plain(root)
        exponents = dict(root)
        left = ((gen, e - 2 * exponents.get(gen, 0)) for gen, e in inner)
        weight = plain(tuple((gen, e) for gen, e in left if e))
        if k.sign(calculus.times(outside, weight).poly).known == "real":
            continue
        mass, moment = summed(calculus, binders, weight), summed(calculus, binders, calculus.times(weight, value))
        with suppress(KernelError):
            mean = calculus.times(moment, calculus.power(mass, -1))
            yield Part(calculus.times(outside, weight), value - mean, "square", binders)


def halves(m: Monomial, binders: Container[k.Term]) -> Iterator[Monomial]:
    """Monomials f with m = w·f²: of what has no known sign, and with a law as the weight w."""
    root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0 and k.sign_of(gen).known == "real")
    if root:
        yield root
    for law, _ in m:
        if is_law(law, binders):
            rest = [(gen, e - (gen == law)) for gen, e in m]
            if all(e % 2 == 0 for _, e in rest) and any(e for _, e in rest):
                yield tuple((gen, e // 2) for gen, e in rest if e)


def completed(calculus: k.Calculus, form: Form, m: Monomial, c: Rational) -> Iterator[Part]:
    """For c·w·x²: the part c·w·(x + Σ b/(2c) y)², where the terms b·w·x·y of the form are those that hold x once."""
    root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0 and not isinstance(gen, k.Indicator))
    weight = tuple(f for f in m if (f[0], f[1] // 2) not in root)
    if not root or k.sign(plain(weight).poly).known == "real":
        return
    core, divisor = plain(root), inverse(weight + root)
    for other, b in form.poly:
        exponents = dict(other)
        if other != m and all(exponents.get(gen, 0) == e for gen, e in root if e > 0):
            core = core + calculus.times(plain(other, Fraction(b) / (2 * c)), divisor)
    yield Part(plain(weight, c), core, "square")


def convex(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """For Σ q f(u) with the ratio u = p/q of two laws: what f has above its tangent at u = 1, a multiple of (v − 1)²
    with a root v of u."""
    groups: dict[tuple[Monomial, k.Term, k.Sort, k.Generator, k.Generator], dict[Fraction, Rational]] = {}
    for m, c in form.poly:
        at = single_sum(m)
        if at is None:
            continue
        binders, inner = opened(calculus, m[at][0])
        if len(binders) == 1 and len(inner) == 2 and all(is_law(law, binders) for law, _ in inner):
            for (p, power), (q, rest) in permutations(inner):
                if power + rest == 1:
                    key = m[:at] + m[at + 1:], *next(iter(binders.items())), p, q
                    groups.setdefault(key, {})[Fraction(power)] = c
    for (outer, var, sort, p, q), terms in groups.items():
        roots = lcm(*(power.denominator for power in terms))
        if roots * max(map(abs, terms)) > MAX_DEGREE:
            continue
        above = above_tangent({int(power * roots): Fraction(c) for power, c in terms.items()}, roots)
        if min(above.values(), default=-1) < 0 or k.sign(plain(outer).poly).known == "real":
            continue
        root = calculus.power(calculus.times(k.single(p), calculus.power(k.single(q), -1)), Fraction(1, roots))
        height = k.combine((calculus.power(root, n), c) for n, c in above.items())
        yield (Part(calculus.times(plain(outer), k.single(q), height), root - ONE, "square", {var: sort}),)


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


# 1 − p, and roots


def probabilities(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """For each term −c·w·p with a probability p: the part c·w·(1 − p)."""
    parts = []
    for m, c in form.poly:
        if c >= 0:
            continue
        at = single_sum(m)
        binders, inner = opened(calculus, m[at][0]) if at is not None else ({}, m)
        outer = () if at is None else m[:at] + m[at + 1:]
        for law, e in inner:
            weight = plain(outer + tuple((g, f - (g == law)) for g, f in inner if f != 1 or g != law), -c)
            if isinstance(law, k.Leaf) and law.sign == "law" and not law.along and e >= 1 and k.sign(weight.poly).known != "real":
                parts.append(Part(calculus.times(ONE, weight), k.single(law), "rest", binders))
                break
    return tuple(parts)


def roots(calculus: k.Calculus, form: Form) -> Iterator[k.Squares]:
    """For √u·x − y with x, y ≥ 0: the squares u·x² and y²."""
    for root in dict.fromkeys(gen for m, _ in form.poly for gen, e in m if 2 * e == 1):
        greater = k.of(tuple((m, c) for m, c in form.poly if (root, Fraction(1, 2)) in m))
        for first in (greater, positive_terms(form)):
            second = first - form
            if "real" not in (calculus.sign(first).known, calculus.sign(second).known):
                yield k.Squares(first, second)
                break


def positive_terms(form: Form) -> Form:
    """The terms of a form with a positive coefficient."""
    return k.of(tuple((m, c) for m, c in form.poly if c > 0))
