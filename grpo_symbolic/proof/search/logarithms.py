"""φ forms: logarithms and exponentials against their tangents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ... import kernel as k
from ...kernel import Form, KernelError, Monomial, Part, Poly, Rational
from .forms import ONE, is_probability, monomial, opened, quotient, single_sum, uniform


def divergences(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """The logarithms of a form, gathered by their weights.

    Σ w Σ_k c_k log g_k = Σ αw (φ(u) − u + 1) with u = Π g_k^{−c_k/α}. Where a logarithm holds exponentials, linear
    terms of the same weight join u as exponentials of their own.
    """
    groups: dict[tuple[Monomial, tuple[k.Sort, ...], Monomial], list[tuple[Rational, Poly]]] = {}
    alone: list[tuple[Monomial, Rational, Poly]] = []
    for m, c in form.poly:
        for outer, sorts, weight, poly in logarithms(calculus, m):
            if sorts or not without_laws(poly):
                groups.setdefault((outer, sorts, weight), []).append((c, poly))
            else:
                alone.append((outer, c, poly))
    tilted = any(k.holds(poly, k.Exp) for _, _, poly in alone)
    ways = [(False, root) for root in roots_of(form.poly)] + [(False, 1)] + [(True, 1)] * tilted
    for with_tilt, root in ways:
        parts: list[Part] = []
        for (outer, sorts, weight), terms in groups.items():
            binders = {k.variable(f"?{n}", sort.kind): sort for n, sort in enumerate(sorts)}
            if sorts and calculus.closed(binders, monomial(weight)).poly == ONE.poly:
                terms = terms + [(c, poly) for other, c, poly in alone if other == outer]
            parts += divergence(calculus, form if with_tilt else ONE, outer, weight, binders, terms, root)
        if not groups:
            for outer in dict.fromkeys(outer for outer, _, _ in alone):
                parts += divergence(calculus, ONE, (), outer, {}, [(c, poly) for one, c, poly in alone if one == outer])
        yield tuple(parts)
    if not groups:
        yield tuple(part for outer, c, poly in alone if c > 0 for part in jensen(calculus, outer, c, poly))


def roots_of(poly: Poly) -> list[int]:
    """The roots of laws that stand in a polynomial."""
    factors = [f for m, _ in poly for gen, e in m for f in ((gen, e), *(gen.body if isinstance(gen, k.Sum) else ()))]
    return sorted({e.denominator for gen, e in factors if isinstance(gen, k.Leaf) and e.denominator > 1})


def divergence(calculus: k.Calculus, form: Form, outer: Monomial, weight: Monomial, binders: dict[k.Term, k.Sort],
               terms: list[tuple[Rational, Poly]], root: int = 1) -> Iterator[Part]:
    """The φ form of logarithms with one weight, of a root of its argument, and of what ``form`` holds under the sum."""
    scale = max(max(c, -c) for c, _ in terms) * root
    total = calculus.times(monomial(outer, scale), monomial(weight))
    try:
        tilts = [calculus.exp(quotient(calculus, m, outer + weight, -c).scaled(1 / Fraction(scale)))
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
    laws = tuple(f for f in inner if is_probability(f[0], names) and f[1] == 1)
    value = monomial(tuple(f for f in inner if f not in laws))
    core = calculus.times(value, calculus.power(k.of(poly), -1))
    weight = calculus.times(monomial(outer, c), monomial(laws))
    if laws and calculus.sign(core).known == "positive" and calculus.sign(weight).known != "real":
        yield Part(weight, core, "phi", names)


def logarithms(calculus: k.Calculus, m: Monomial) -> Iterator[tuple[Monomial, tuple[k.Sort, ...], Monomial, Poly]]:
    """The linear logarithm of a monomial: what stands outside its sum, the sum's ranges, the weight, the argument."""
    for n, (gen, e) in enumerate(m):
        others = m[:n] + m[n + 1:]
        if isinstance(gen, k.Log) and e == 1 and not any(isinstance(other, k.Log) for other, _ in others):
            yield (others, (), (), gen.of) if without_laws(gen.of) else ((), (), others, gen.of)
        elif isinstance(gen, k.Sum) and e == 1:
            names, inner = opened(calculus, gen)
            logs = [j for j, (g, f) in enumerate(inner) if isinstance(g, k.Log) and f == 1]
            if len(logs) == 1:
                j = logs[0]
                yield others, tuple(names.values()), inner[:j] + inner[j + 1:], inner[j][0].of


def without_laws(poly: Poly) -> bool:
    """Whether a polynomial is no function of one action: its logarithm can join any sum of weight one."""
    return not any(isinstance(gen, k.Leaf) and gen.sign == "law" for m, _ in poly for gen, _e in m)


def exponentials(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """φ forms around exponentials: e^x = φ(e^x) + 1 + x, and e^{E x} ≤ E e^x for the mean x of an exponent."""
    parts: list[Part] = []
    for m, c in form.poly:
        powers = tuple((gen, e) for gen, e in m if isinstance(gen, k.Exp))
        rest = tuple(f for f in m if f not in powers)
        if not powers or k.sign(monomial(rest, max(c, -c)).poly).known == "real":
            continue
        if c > 0:
            parts.append(Part(monomial(rest, c), monomial(powers), "phi"))
        else:
            parts += geometric(calculus, powers, monomial(rest, -c))
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
        outer = monomial(m[:at] + m[at + 1:], c)
        found.setdefault(repr(names), (names, []))[1].append(calculus.times(outer, monomial(inner)))
    for names, summands in found.values() if len(found) == 1 else ():
        weights = [next(uniform(calculus, var, sort, summands[0]), ONE) for var, sort in names.items()]
        weight = calculus.times(ONE, *weights)
        value = calculus.exp(calculus.times(k.combine((one, 1) for one in summands), calculus.power(weight, -1)))
        core = calculus.times(value, calculus.power(monomial(powers), -1))
        yield Part(calculus.times(scale, weight, monomial(powers)), core, "phi", names)
