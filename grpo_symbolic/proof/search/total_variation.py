"""The square of a sum of |p − q| below a divergence of p from q: Pinsker's inequality.

Where L = Σ_x B(x) with B² = k²(p − q)², and c k² ≤ κ/2, summand by summand κ (p log(p/q) − p + q) ≥ 2 c L B − c L² m
with m = (p + 2q)/3: the logarithm gives κ p²/(2p + 4q) ψ(q/p), and what is left is a square.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ... import kernel as k
from ...kernel import Form, Part, Rational
from .forms import is_probability, monomial, opened

THIRD = Fraction(1, 3)


class Distance(NamedTuple):
    """c (Σ B)², for laws p and q under whose sums the indicators of p > q and of q > p have ``above`` and ``below``."""

    scale: Rational
    root: Form
    above: Rational
    below: Rational


class Divergence(NamedTuple):
    """κ Σ p log(p/q), its range and its variable."""

    scale: Rational
    p: k.Generator
    q: k.Generator
    var: k.Term
    sort: k.Sort


def pinsker(calculus: k.Calculus, form: Form) -> Iterator[tuple[Part, tuple[Part, ...]]]:
    """The summands of κ KL(p‖q) − c (Σ B)², as a part decided in its turn, with the parts of which it is made."""
    divergence = divergence_in(calculus, form)
    distance = None if divergence is None else distance_in(calculus, form, divergence)
    if divergence is None or distance is None:
        return
    own = calculus.fresh(divergence.var.sort)
    scale, p, q = divergence.scale, *(calculus.identify(k.generated(law), {divergence.var: own})
                                      for law in (divergence.p, divergence.q))
    c, root, above, below = distance
    size = Fraction(above + below) / 2
    gap = p - q if above else q - p
    sided = calculus.times(gap, calculus.step(gap).scaled(2) - k.number(1)).scaled(size)
    mass = p + q.scaled(2)
    divided = calculus.power(mass, -1)
    core = k.combine(((calculus.times(p, calculus.log(p) - calculus.log(q)), scale), (q - p, scale),
                      (calculus.times(root, sided), -2 * c), (calculus.times(root, root, mass), c * THIRD)))
    inner = [Part(calculus.times(p, p, divided).scaled(Fraction(scale) / 2),
                  calculus.times(q, calculus.power(p, -1)), "psi"),
             Part(divided.scaled(Fraction(3 * scale) / (2 * size**2)),
                  sided - calculus.times(root, mass).scaled(2 * size**2 * c / (3 * scale)), "square")]
    if (left := c * THIRD * (1 - 2 * size**2 * c / scale)) > 0:
        inner.append(Part(mass.scaled(left), root, "square"))
    yield Part(k.number(1), core, "≥", {own: divergence.sort}), tuple(inner)


def divergence_in(calculus: k.Calculus, form: Form) -> Divergence | None:
    """The one divergence of which the logarithms of a form are."""
    means = [(mean_of_log(calculus, m), c) for m, c in form.poly if k.holds(m, k.Log)]
    if len(means) != 2:
        return None
    (own, scale), (other, minus) = sorted(means, key=lambda one: one[1], reverse=True)
    if own is None or other is None or own.law != own.inside or own.law != other.law or minus != -scale:
        return None
    return Divergence(scale, own.law, other.inside, own.var, own.sort)


class MeanOfLog(NamedTuple):
    """Σ_x p log q, for two laws of x."""

    law: k.Generator
    inside: k.Generator
    var: k.Term
    sort: k.Sort


def mean_of_log(calculus: k.Calculus, m: k.Monomial) -> MeanOfLog | None:
    """The mean that a monomial is."""
    gen, power = m[0]
    if len(m) != 1 or power != 1 or not isinstance(gen, k.Sum) or len(gen.sorts) != 1:
        return None
    binders, body = opened(calculus, gen)
    plain = len(body) == 2 and all(e == 1 for _, e in body)
    log = next((one for one, _ in body if isinstance(one, k.Log)), None)
    law = next((one for one, _ in body if is_probability(one, binders)), None)
    if not plain or log is None or law is None or len(log.of) != 1:
        return None
    (inside, number), = log.of
    if number != 1 or len(inside) != 1 or inside[0][1] != 1 or not is_probability(inside[0][0], binders):
        return None
    (var, sort), = binders.items()
    return MeanOfLog(law, inside[0][0], var, sort)


def distance_in(calculus: k.Calculus, form: Form, divergence: Divergence) -> Distance | None:
    """The square of a sum of |p − q| that stands in a form with a minus."""
    squares = {m[0][0]: -c for m, c in form.poly
               if len(m) == 1 and m[0][1] == 2 and isinstance(m[0][0], k.Sum) and c < 0}
    for first, scale in squares.items():
        shares = root_shares(form, first, scale)
        above, below = (sum(share for gen, share in shares.items() if sided_sum(calculus, gen, divergence) == side)
                        for side in (1, -1))
        if size := above - below:
            turn = 1 if size > 0 else -1
            root = k.combine((monomial(((gen, 1),)), share * turn) for gen, share in shares.items())
            return Distance(scale, root, turn * above, -turn * below)
    return None


def root_shares(form: Form, first: k.Generator, scale: Rational) -> dict[k.Generator, Rational]:
    """The coefficients of L where −c L² stands in a form, that of its first sum being 1."""
    shares: dict[k.Generator, Rational] = {first: Fraction(1)}
    for m, c in form.poly:
        if len(m) == 2 and all(e == 1 for _, e in m) and first in dict(m):
            shares[next(gen for gen, _ in m if gen != first)] = -Fraction(c) / (2 * scale)
    return shares


def sided_sum(calculus: k.Calculus, gen: k.Generator, divergence: Divergence) -> int:
    """1 for Σ p 1[p > q], −1 for Σ p 1[q > p], 0 for another generator."""
    if not isinstance(gen, k.Sum):
        return 0
    _, body = opened(calculus, gen)
    p, q = k.generated(divergence.p), k.generated(divergence.q)
    steps = [k.generated(one).poly for one, _ in body if isinstance(one, k.Indicator)]
    if not any(one == divergence.p for one, _ in body) or len(steps) != 1:
        return 0
    return next((side for side, gap in ((1, p - q), (-1, q - p)) if steps[0] == calculus.step(gap).poly), 0)
