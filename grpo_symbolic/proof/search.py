"""What to try: φ forms, squares and case distinctions. Nothing here is trusted; the kernel follows and checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import inf
from time import monotonic

from .. import kernel as k
from ..kernel import Assumption, Form, Generator, KernelError, Monomial, Part, Poly, Split

MAX_DEPTH = 8
MAX_FORMS = 150
MAX_SQUARES = 4
MAX_TERMS = 40
SECONDS = 3.0
ONE = k.number(1)


@dataclass
class Search:
    """Suggestions for one claim: the calculus they are built with, and for how many more forms they are made."""

    calculus: k.Calculus
    fuel: int = MAX_FORMS
    deadline: float = inf

    def __post_init__(self) -> None:
        self.deadline = monotonic() + SECONDS if self.calculus.deadline == inf else self.calculus.deadline

    def __call__(self, form: Form, relation: str, given: Sequence[Assumption], depth: int
                 ) -> Iterator[Split | tuple[Part, ...]]:
        """Ways to show that ``form`` is > 0, ≥ 0 or = 0, the likeliest first."""
        self.fuel -= 1
        if self.fuel < 0 or depth > MAX_DEPTH or monotonic() > self.deadline:
            raise k.NotProved("the search was given up")
        if relation != "=":
            yield from filter(None, (divergences(self.calculus, form), squares(self.calculus, form)))
        yield from by_summand(self.calculus, form)
        yield from split(self.calculus, form, relation, given)


def minus(calculus: k.Calculus, form: Form, parts: Sequence[Part]) -> Form:
    """What the parts leave of the form."""
    for part in parts:
        form = form - part.sum(calculus)
    return form


# φ forms


def divergences(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """The logarithms of a form, gathered by their weights.

    Σ w Σ_k c_k log g_k = Σ αw (φ(u) − u + 1) with u = Π g_k^{−c_k/α}.
    """
    groups: dict[tuple[Monomial, tuple[k.Sort, ...], Monomial], list[tuple[int | Fraction, Poly]]] = {}
    alone: list[tuple[Monomial, int | Fraction, Poly]] = []
    for m, c in form.poly:
        for outer, sorts, weight, poly in logarithms(calculus, m):
            if sorts or not constant(poly):
                groups.setdefault((outer, sorts, weight), []).append((c, poly))
            else:
                alone.append((outer, c, poly))
    parts = []
    for (outer, sorts, weight), terms in groups.items():
        binders = {k.variable(f"?{n}"): sort for n, sort in enumerate(sorts)}
        whole = Form(((weight, 1),))
        mass = whole
        for var, sort in binders.items():
            mass = calculus.total(var, sort, mass)
        if mass.poly == ONE.poly and sorts:
            terms = terms + [(c, poly) for other, c, poly in alone if other == outer]
        scale = max(max(c, -c) for c, _ in terms)
        try:
            inside = [calculus.power(Form(poly), -Fraction(c) / scale) for c, poly in terms]
            core = calculus.times(ONE, *inside)
        except KernelError:
            continue
        total = calculus.times(Form(((outer, scale),)), whole)
        if k.sign(total.poly) != "real" and k.sign(core.poly) == "positive":
            parts.append(Part(total, core, "phi", binders))
    if not groups:
        parts += [part for outer, c, poly in alone if c > 0 for part in jensen(calculus, outer, c, poly)]
    return tuple(parts)


def jensen(calculus: k.Calculus, outer: Monomial, c: int | Fraction, poly: Poly) -> Iterator[Part]:
    """For c·log Σ p f with a law p: the part c·Σ p φ(f / Σ p f), which is c·(log Σ p f − Σ p log f)."""
    if len(poly) != 1 or len(poly[0][0]) != 1 or poly[0][0][0][0][0] != "sum":
        return
    names, body = calculus.opened(poly[0][0][0][0])
    (inner, _), = body.poly
    laws = tuple(f for f in inner if f[0][0] == "atom" and f[0][5] == "law" and f[0][2][0] in names and f[1] == 1)
    value = Form(((tuple(f for f in inner if f not in laws), 1),))
    core = calculus.times(value, calculus.power(Form(poly), -1))
    weight = calculus.times(Form(((outer, c),)), Form(((laws, 1),)))
    if laws and calculus.sign(core) == "positive" and calculus.sign(weight) != "real":
        yield Part(weight, core, "phi", names)


def logarithms(calculus: k.Calculus, m: Monomial) -> Iterator[tuple[Monomial, tuple[k.Sort, ...], Monomial, Poly]]:
    """The linear logarithm of a monomial: what stands outside its sum, the sum's ranges, the weight, the argument."""
    for n, (gen, e) in enumerate(m):
        others = m[:n] + m[n + 1:]
        if gen[0] == "log" and e == 1 and not any(other[0][0] == "log" for other in others):
            yield (), (), others, gen[1]
        elif gen[0] == "sum" and e == 1:
            names, body = calculus.opened(gen)
            table = dict(zip(names, (k.variable(f"?{j}") for j in range(len(names))), strict=True))
            (inner, _), = calculus.identify(body, table).poly
            logs = [j for j, (g, f) in enumerate(inner) if g[0] == "log" and f == 1]
            if len(logs) == 1:
                j = logs[0]
                yield others, tuple(names.values()), inner[:j] + inner[j + 1:], inner[j][0][1]


def constant(poly: Poly) -> bool:
    """Whether a polynomial is no function of one action: its logarithm can join any sum of weight one."""
    return not any(gen[0] == "atom" and gen[5] == "law" for m, _ in poly for gen, _e in m)


# Squares


def squares(calculus: k.Calculus, form: Form) -> tuple[Part, ...]:
    """Squares that a form is made of: variances first, then completed squares of single terms."""
    parts: list[Part] = []
    if len(form.poly) > MAX_TERMS:
        return ()
    for _ in range(MAX_SQUARES):
        candidates = [part for m, c in form.poly if c > 0 for part in centred(calculus, m, c)]
        candidates += [part for m, c in form.poly if c > 0 for part in completed(calculus, form, m, c)]
        best = min(candidates, key=lambda part: negatives(minus(calculus, form, [part])), default=None)
        if best is None or negatives(minus(calculus, form, [best])) >= negatives(form):
            break
        parts.append(best)
        form = minus(calculus, form, [best])
    return tuple(parts)


def negatives(form: Form) -> int:
    """How many terms of a form are not known to be non-negative."""
    return sum(1 for m, c in form.poly if k.sign(((m, c),)) == "real")


def centred(calculus: k.Calculus, m: Monomial, c: int | Fraction) -> Iterator[Part]:
    """For c·Σ w f²: the part c·Σ w (f − μ)² with μ the mean of f under the weight w."""
    for n, (gen, e) in enumerate(m):
        if gen[0] != "sum" or e != 1:
            continue
        binders, body = calculus.opened(gen)
        (inner, _), = body.poly
        root = tuple((g, f // 2) for g, f in inner if f % 2 == 0 and k.sign_of_generator(g) == "real")
        weight = Form(((tuple((g, f) for g, f in inner if (g, f // 2) not in root), 1),))
        if not root:
            continue
        value = Form(((root, 1),))
        mass, moment = weight, calculus.times(weight, value)
        for var, sort in binders.items():
            mass, moment = calculus.total(var, sort, mass), calculus.total(var, sort, moment)
        try:
            mean = calculus.times(moment, calculus.power(mass, -1))
        except KernelError:
            continue
        outside = Form(((m[:n] + m[n + 1:], c),))
        if k.sign(calculus.times(outside, weight).poly) != "real":
            yield Part(calculus.times(outside, weight), value - mean, "square", binders)


def completed(calculus: k.Calculus, form: Form, m: Monomial, c: int | Fraction) -> Iterator[Part]:
    """For c·x²: the part c·(x + Σ b/(2c) y)², where the terms b·x·y of the form are the ones that hold x once."""
    root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0)
    if len(root) != len(m) or not root:
        return
    inverse = tuple((gen, -e) for gen, e in root)
    core = Form(((root, 1),))
    for other, b in form.poly:
        exponents = dict(other)
        if other != m and all(exponents.get(gen, 0) == e for gen, e in root):
            core = core + calculus.times(Form(((other, Fraction(b) / (2 * c)),)), Form(((inverse, 1),)))
    yield Part(k.number(c), core, "square")


# Cases


def by_summand(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, ...]]:
    """Sums whose summands hold comparisons, each decided summand by summand: all such sums, then each alone."""
    groups: dict[tuple[k.Sort, ...], list[Form]] = {}
    for m, c in form.poly:
        at = next((n for n, (gen, e) in enumerate(m) if gen[0] == "sum" and e == 1), None)
        if at is not None:
            names, body = calculus.opened(m[at][0])
            table = dict(zip(names, (k.variable(f"?{j}") for j in range(len(names))), strict=True))
            outer = Form(((m[:at] + m[at + 1:], c),))
            groups.setdefault(tuple(names.values()), []).append(calculus.times(outer, calculus.identify(body, table)))
    parts = []
    for sorts, bodies in groups.items():
        summand = sum(bodies, k.number(0))
        if next(comparisons(summand.poly), None) or k.is_zero(calculus, summand):
            parts.append(Part(ONE, summand, "case", {k.variable(f"?{j}"): sort for j, sort in enumerate(sorts)}))
    if parts:
        yield tuple(parts)
    if len(parts) > 1:
        yield from ((part,) for part in parts)


def split(calculus: k.Calculus, form: Form, relation: str, given: Sequence[Assumption]) -> Iterator[Split]:
    """A case distinction: on what is assumed of the generators compared first, then on the comparisons themselves."""
    polys = list(comparisons(form.poly))
    if polys or relation != "=" or any(one.relation == "=" for one in given):
        polys = [one.form.poly for one in given if calculus.sign(one.form) == "real"] + polys
        choice = next(chain.from_iterable(thresholds(calculus, poly) for poly in polys), None)
        if choice is not None:
            yield Split(*choice)


def comparisons(poly: Poly) -> Iterator[Poly]:
    """The polynomials that the form compares with zero, innermost first; not those under a sum."""
    for m, _ in poly:
        for gen, _e in m:
            if gen[0] in ("ind", "wrap", "log", "exp"):
                yield from comparisons(gen[1])
            if gen[0] == "ind" and not any(True for _ in comparisons(gen[1])):
                yield gen[1]
            if gen[0] == "sum":
                yield from ()


def thresholds(calculus: k.Calculus, poly: Poly) -> Iterator[tuple[Generator, Form]]:
    """Generators in which a polynomial is linear, with the value at which it vanishes, where a case distinction there
    leaves signs known: any value for a generator of unknown sign, a positive one for a positive generator."""
    for gen in dict.fromkeys(gen for m, _ in poly for gen, _e in m if gen[0] in ("atom", "sum")):
        exponents = {dict(m).get(gen, 0) for m, _ in poly}
        if not exponents <= {0, 1} and not exponents <= {0, -1}:
            continue
        slope = Form(tuple(sorted((tuple(f for f in m if f[0] != gen), c) for m, c in poly if dict(m).get(gen, 0))))
        level = Form(tuple((m, c) for m, c in poly if not dict(m).get(gen, 0)))
        known = k.sign_of_generator(gen)
        try:
            if not level.poly:
                value = level
            elif 1 in exponents:
                value = calculus.times(-level, calculus.power(slope, -1))
            else:
                value = calculus.times(-slope, calculus.power(level, -1))
        except KernelError:
            continue
        if known != "positive" or calculus.sign(value) == "positive" and level.poly:
            yield gen, Form(value.poly)
