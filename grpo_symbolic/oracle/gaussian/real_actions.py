"""What terms of the language mean for Gaussian policies, whose actions are real numbers.

The scalars are SymPy expressions (closed form) or NumPy arrays (quadrature): a subclass says what a density, an
integral, a derivative and θ_old are, and the rest is arithmetic.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import reduce
from operator import add, mul
from typing import Any, NamedTuple

from sympy import Basic

from ...language import (
    ANY,
    CONSTANT,
    AtOld,
    Bound,
    Const,
    Expect,
    Frac,
    Gradient,
    Hessian,
    Law,
    Log,
    Neg,
    Num,
    Plus,
    Power,
    Prob,
    Step,
    Times,
    Transpose,
    Var,
)
from ..meaning.evaluator import Unevaluable

Scalar = Any
Rows = tuple[tuple[Scalar, ...], ...]
COORDINATES = (0, 1)  # θ = (μ, log σ)
FAMILY, REFERENCE = r"\pi", r"\pi_{\text{ref}}"


class At(NamedTuple):
    """Where a term stands: the values of bound actions, the innermost last, and θ."""

    actions: tuple[Scalar, ...]
    theta: Any


Body = Callable[[At], Rows]


class Gaussian(ABC):
    """Evaluates terms; ``free`` gives values to free actions, ``constants`` to named constants."""

    def __init__(self, free: dict[Var, Scalar], constants: dict[str, Scalar]) -> None:
        self.free, self.constants = free, constants

    @abstractmethod
    def number(self, value: Any) -> Scalar:
        """A rational."""

    @abstractmethod
    def exp(self, value: Scalar) -> Scalar:
        """The exponential."""

    @abstractmethod
    def log_density(self, law: Law, action: Scalar, at: At) -> Scalar:
        """log π(action)."""

    @abstractmethod
    def integral(self, law: Law, body: Body, at: At) -> Rows:
        """E[body] over an action from a law; the action is the innermost of those that ``body`` is given."""

    @abstractmethod
    def derivative(self, body: Body, k: int, at: At) -> Scalar:
        """∂body/∂θ_k of a scalar."""

    @abstractmethod
    def at_old(self, body: Body, at: At) -> Rows:
        """``body`` at θ = θ_old."""

    @abstractmethod
    def step(self, at: At) -> tuple[Scalar, Scalar]:
        """θ − θ_old."""

    def scalar(self, node: Basic, at: At) -> Scalar:
        """The value of a scalar."""
        return scalar_of(self.value(node, at))

    def value(self, node: Any, at: At) -> Rows:
        """The value as rows of scalars. Raises Unevaluable for what is not said of Gaussian policies."""
        match node:
            case Plus():
                parts = [self.value(arg, at) for arg in node.args if arg.shape != ANY]
                return tuple(tuple(reduce(add, entries) for entries in zip(*rows, strict=True))
                             for rows in zip(*parts, strict=True))
            case Times():
                return reduce(product, (self.value(arg, at) for arg in node.args))
            case Neg():
                return self.scaled(node.args[0], self.number(-1), at)
            case Frac():
                return self.scaled(node.args[0], 1 / self.scalar(node.args[1], at), at)
            case Transpose():
                return tuple(zip(*self.value(node.args[0], at), strict=True))
            case Gradient():
                return tuple(self.slope(node.args[0], k)(at)[0] for k in COORDINATES)
            case Hessian():
                slopes = [self.slope(node.args[0], k) for k in COORDINATES]
                return tuple(tuple(self.derivative(slope, k, at) for slope in slopes) for k in COORDINATES)
            case Step():
                return tuple((entry,) for entry in self.step(at))
            case Expect() if node.scope.sort == "action":
                return self.integral(node.law, lambda there: self.value(node.scope.body, there), at)
            case AtOld():
                return self.at_old(lambda there: self.value(node.args[0], there), at)
        return ((self.simple(node, at),),)

    def simple(self, node: Any, at: At) -> Scalar:
        """The value of what is a scalar by its kind."""
        match node:
            case Num():
                return self.number(node.value)
            case Const():
                return self.constants[node.name]
            case Power(args=(base, Num(value=exponent))) if exponent.is_Integer:
                return self.scalar(base, at) ** int(exponent)
            case Prob():
                return self.exp(self.log(node, at))
            case Log():
                return self.log(node.args[0], at)
        raise Unevaluable(f"{type(node).__name__} has no value for Gaussian policies here")

    def log(self, node: Any, at: At) -> Scalar:
        """The logarithm of a probability, or of a product or quotient of them."""
        match node:
            case Prob():
                return self.log_density(node.law, self.action(node.action, at), at)
            case Frac(args=(above, below)):
                return self.log(above, at) - self.log(below, at)
            case Times():
                return reduce(add, (self.log(arg, at) for arg in node.args))
        raise Unevaluable(f"the logarithm of {type(node).__name__} has no value for Gaussian policies here")

    def action(self, term: Basic, at: At) -> Scalar:
        """The value of an action."""
        if isinstance(term, Bound):
            return at.actions[-1 - term.depth]
        if isinstance(term, Var):
            return self.free[term]
        raise Unevaluable("only single actions are drawn from Gaussian policies here")

    def scaled(self, node: Basic, factor: Scalar, at: At) -> Rows:
        """A term times a scalar."""
        return product(((factor,),), self.value(node, at))

    def slope(self, node: Basic, k: int) -> Body:
        """∂node/∂θ_k of a scalar, as a body."""
        return lambda at: ((self.derivative(lambda there: self.value(node, there), k, at),),)


def point(law: Law) -> str:
    """Where a law stands: the one family, or the one reference. Raises Unevaluable for other policies."""
    name, found = law.policy.name, law.policy.point
    if name != (REFERENCE if found == CONSTANT else FAMILY):
        raise Unevaluable(f"{name} is given no Gaussian")
    return found


def product(left: Rows, right: Rows) -> Rows:
    """The matrix product; a single entry scales."""
    if len(left) == len(left[0]) == 1 or len(right) == len(right[0]) == 1:
        (one,), many = (left[0], right) if len(left) == len(left[0]) == 1 else (right[0], left)
        return tuple(tuple(one * entry for entry in row) for row in many)
    return tuple(tuple(reduce(add, map(mul, row, column)) for column in zip(*right, strict=True)) for row in left)


def scalar_of(rows: Rows) -> Scalar:
    """The single entry. Raises Unevaluable where there are more."""
    if len(rows) != 1 or len(rows[0]) != 1:
        raise Unevaluable("a vector where a scalar is meant")
    return rows[0][0]


def each(function: Callable[[Scalar], Scalar], rows: Rows) -> Rows:
    """``function`` entry by entry."""
    return tuple(tuple(map(function, row)) for row in rows)
