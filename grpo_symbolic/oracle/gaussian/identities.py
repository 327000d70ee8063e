"""The paper's identities for a Gaussian policy: an infinite action set, where Interchange stands for FiniteActions.

π_θ is the normal law of mean μ and scale σ with θ = (μ, log σ); π_old is that of (μ_0, log σ_0), π_ref any other. Both
sides of a claim are integrated in closed form, each as it is written: where one differentiates an integral and the
other integrates a derivative, their equality is the interchange itself.

>>> all(check.holds for check in gaussian_checks())
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import comb
from typing import Any

import numpy as np
from sympy import Add, Dummy, Integer, Mul, Symbol, diff, exp, expand, factorial2, log, pi

from ...language import CONSTANT, OLD, Claim, Law, Var, is_zero, unfold
from ..meaning.evaluator import Unevaluable
from . import gaussian_theorems as said
from .quadrature import CURRENT_THETA, OLD_THETA, Quadrature, coefficients
from .real_actions import COORDINATES, At, Body, Gaussian, Rows, Scalar, each, point, scalar_of

mu, mu_old, mu_ref = (Symbol(name, real=True) for name in (r"\mu", r"\mu_0", r"\mu_r"))
sigma, sigma_old, sigma_ref = (Symbol(name, positive=True) for name in (r"\sigma", r"\sigma_0", r"\sigma_r"))
beta = Symbol(r"\beta", positive=True)
TO_OLD = {mu: mu_old, sigma: sigma_old}
DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1))
POINT = 0.4
BETA = 0.7


@dataclass(frozen=True)
class GaussianCheck:
    """An identity for Gaussian policies, and the kinds of hypotheses under which it is a theorem.

    ``difference`` are the entries of lhs − rhs, or its Taylor coefficients below the order of a remainder, in closed
    form; ``quadrature`` the largest of them in floating point, relative to the sides.
    """

    name: str
    claim: Claim
    hypotheses: tuple[str, ...]
    difference: tuple[Any, ...]
    quadrature: float

    @property
    def holds(self) -> bool:
        """Whether the closed forms of both sides are the same; ``quadrature`` takes no part."""
        return all(entry == 0 for entry in self.difference)


def gaussian_checks() -> list[GaussianCheck]:
    """The score identity, (10), (12), (13) and the identities of k3, checked now."""
    return [GaussianCheck(name, claim, kinds, difference(claim), quadrature(claim))
            for name, (claim, kinds) in said.CHECKS.items()]


class ClosedForm(Gaussian):
    """Terms as expressions in μ, σ and the actions in scope, expanded."""

    def number(self, value: Any) -> Scalar:
        return Integer(1) * value

    def exp(self, value: Scalar) -> Scalar:
        return exp(value)

    def log_density(self, law: Law, action: Scalar, at: At) -> Scalar:
        mean, scale = {CONSTANT: (mu_ref, sigma_ref), OLD: (mu_old, sigma_old)}.get(point(law), (mu, sigma))
        return expand(-(action - mean) ** 2 / (2 * scale**2) - log(scale) - log(2 * pi) / 2)

    def integral(self, law: Law, body: Body, at: At) -> Rows:
        x = Dummy("x", real=True)
        here = at._replace(actions=(*at.actions, x))
        log_weight = self.log_density(law, x, here)
        return each(lambda entry: integrated(entry, log_weight, x), body(here))

    def derivative(self, body: Body, k: int, at: At) -> Scalar:
        return partial(scalar_of(body(at)), k)

    def at_old(self, body: Body, at: At) -> Rows:
        return each(lambda entry: entry.subs(TO_OLD, simultaneous=True), body(at))

    def step(self, at: At) -> tuple[Scalar, Scalar]:
        return mu - mu_old, log(sigma) - log(sigma_old)


def partial(term: Any, k: int) -> Any:
    """∂/∂μ, or ∂/∂ log σ = σ ∂/∂σ."""
    return diff(term, mu) if k == 0 else sigma * diff(term, sigma)


def integrated(body: Any, log_weight: Any, x: Symbol) -> Any:
    """∫ exp(log_weight) body dx over the real line, for a sum of terms (power of x) · exp(quadratic in x).

    Raises Unevaluable for another integrand, and for one that does not decay.
    """
    total = Integer(0)
    for term in Add.make_args(expanded(body)):
        factor, rest = term.as_independent(x, as_Add=False)
        power, exponent = 0, expand(log_weight)
        for part in Mul.make_args(rest):
            if isinstance(part, exp):
                exponent = exponent + part.args[0]
            elif part != 1:
                base, count = part.as_base_exp()
                if base != x or not count.is_Integer or count < 0:
                    raise Unevaluable("an integrand that is no polynomial times a Gaussian")
                power += int(count)
        total += factor * moment(expand(exponent), power, x)
    return expanded(total)


def moment(exponent: Any, power: int, x: Symbol) -> Any:
    """∫ x^power exp(exponent) dx, the exponent a quadratic in x: the mass of a Gaussian times a moment."""
    curvature, slope, height = (exponent.coeff(x, k) for k in (2, 1, 0))
    variance = expand(-1 / (2 * curvature)) if curvature != 0 else Integer(0)
    if not variance.is_positive:
        raise Unevaluable("an integrand that does not decay")
    mean = expand(slope * variance)
    mass = exp(expand(height + slope**2 * variance / 2 + log(2 * pi * variance) / 2))
    return mass * sum(comb(power, 2 * k) * factorial2(2 * k - 1) * variance**k * mean ** (power - 2 * k)
                      for k in range(power // 2 + 1))


def expanded(term: Any) -> Any:
    """A sum of products, exponentials of sums left whole."""
    return expand(term, power_exp=False)


def free_actions(claim: Claim) -> list[Var]:
    """The free actions of a claim."""
    return sorted((var for var in claim.expanded().free if var.sort == "action"), key=lambda var: var.name)


def sides(claim: Claim, meaning: Gaussian, at: At) -> tuple[Rows, Rows]:
    """Both sides, a literal zero in the shape of the other. Raises Unevaluable for what is no plain equation."""
    relation = claim.expanded()
    if relation.op != "=" or claim.assume or claim.at_old:
        raise Unevaluable("only an equation without assumptions is checked for Gaussian policies")
    left, right = (None if is_zero(side) else meaning.value(unfold(side), at)
                   for side in (relation.lhs, relation.rhs))
    found = left if left is not None else right
    zero = each(lambda entry: entry * 0, found or ((meaning.number(0),),))
    return left or zero, right or zero


def difference(claim: Claim) -> tuple[Any, ...]:
    """lhs − rhs in closed form, entry by entry; for a claim up to O(‖Δθ‖^k) its partial derivatives at θ_old below k.

    Polynomials in μ, 1/σ, log σ and exponentials of quadratics have one expanded form, so an entry that vanishes is 0.
    """
    meaning = ClosedForm({var: Symbol(var.name, real=True) for var in free_actions(claim)}, {r"\beta": beta})
    left, right = sides(claim, meaning, At((), None))
    gaps = [expanded(one - other) for one, other in pairs(left, right)]
    if claim.order is None:
        return tuple(gaps)
    (gap,) = gaps
    slopes = (reduce(partial, k, gap) for order in range(claim.order) for k in product(COORDINATES, repeat=order))
    return tuple(expanded(slope.subs(TO_OLD, simultaneous=True)) for slope in slopes)


def quadrature(claim: Claim) -> float:
    """The largest relative difference of the sides in floating point, at one choice of the parameters."""
    meaning = Quadrature(dict.fromkeys(free_actions(claim), POINT), {r"\beta": BETA})

    def both(theta: Any) -> Any:
        return np.array(list(pairs(*sides(claim, meaning, At((), theta)))))

    if claim.order is None:
        return largest(both(CURRENT_THETA))
    return max(largest(entries) for direction in DIRECTIONS
               for entries in coefficients(both, OLD_THETA, np.array(direction), range(claim.order)))


def pairs(left: Rows, right: Rows) -> Iterator[tuple[Scalar, Scalar]]:
    """The entries of both sides together."""
    for row, other in zip(left, right, strict=True):
        yield from zip(row, other, strict=True)


def largest(entries: Any) -> float:
    """The largest difference of pairs, relative to max(1, |lhs|, |rhs|); infinite where one is not finite."""
    gap = np.abs(entries[:, 0] - entries[:, 1]) / np.maximum(1, np.abs(entries).max(axis=1))
    return float(np.where(np.isfinite(gap), gap, np.inf).max())
