"""Gaussian policies in floating point: Gauss–Hermite quadrature, and derivatives from values on a complex circle.

Everything is analytic in θ, so the mean of f(z) (z/r)^(−k) over |z| = r is r^k times the k-th Taylor coefficient up to
rounding: no step has to be small. Evidence, never a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from math import log, pi, sqrt
from operator import add
from typing import Any

import numpy as np

from ...language import CONSTANT, OLD, Law
from .real_actions import At, Body, Gaussian, Rows, Scalar, each, point, scalar_of

CURRENT_THETA, OLD_THETA, REF_THETA = (np.array(theta, dtype=complex) for theta in ((0.3, 0.1), (-0.2, -0.1), (0.5, 0)))
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(64)
CIRCLE = np.exp(2j * pi * np.arange(24) / 24)
RADIUS = 1 / 8


class Quadrature(Gaussian):
    """Terms at a point θ, complex arrays over the nodes of the expectations around them."""

    def number(self, value: Any) -> Scalar:
        return complex(value)

    def exp(self, value: Scalar) -> Scalar:
        return np.exp(value)

    @staticmethod
    def parameters(law: Law, at: At) -> Any:
        """Mean and log-scale of a law."""
        return {CONSTANT: REF_THETA, OLD: OLD_THETA}.get(point(law), at.theta)

    def log_density(self, law: Law, action: Scalar, at: At) -> Scalar:
        mean, scale = self.parameters(law, at)
        return -(action - mean) ** 2 * np.exp(-2 * scale) / 2 - scale - log(2 * pi) / 2

    def integral(self, law: Law, body: Body, at: At) -> Rows:
        mean, scale = self.parameters(law, at)
        along = (-1, *(1,) * len(at.actions))
        weights = WEIGHTS.reshape(along) / sqrt(2 * pi)
        values = body(at._replace(actions=(*at.actions, mean + np.exp(scale) * NODES.reshape(along))))
        return each(lambda entry: (weights * entry).sum(axis=0), values)

    def derivative(self, body: Body, k: int, at: At) -> Scalar:
        (slope,) = coefficients(lambda theta: scalar_of(body(at._replace(theta=theta))), at.theta, np.eye(2)[k], (1,))
        return slope

    def at_old(self, body: Body, at: At) -> Rows:
        return body(at._replace(theta=OLD_THETA))

    def step(self, at: At) -> tuple[Scalar, Scalar]:
        mean, scale = at.theta - OLD_THETA
        return mean, scale


def coefficients(f: Callable[[Any], Any], start: Any, direction: Any, orders: Iterable[int]) -> list[Any]:
    """The coefficients of t^k in f(start + t direction) for the k in ``orders``."""
    values = [f(start + RADIUS * z * direction) for z in CIRCLE]
    return [reduce(add, (value / z**k for value, z in zip(values, CIRCLE, strict=True))) / (len(CIRCLE) * RADIUS**k)
            for k in orders]
