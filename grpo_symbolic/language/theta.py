"""Vector calculus in θ: gradients, Hessians, the step Δθ, remainders."""

from __future__ import annotations

from typing import Any, Self

from sympy.core.symbol import Str

from .arithmetic import Node, Num, node, scalar
from .errors import ShapeError
from .shapes import ANY, MATRIX, SCALAR, VECTOR, Shape
from .terms import Term


class Gradient(Node):
    """∇_θ of a scalar, a column vector."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[0], "a gradient")
        return VECTOR


class Hessian(Node):
    """∇²_θ of a scalar, a symmetric matrix."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[0], "a Hessian")
        return MATRIX


class Step(Node):
    """Δθ = θ − θ_old, a column vector."""

    @classmethod
    def shape_of(cls, *_args: Any) -> Shape:
        return VECTOR


class AtOld(Node):
    """The argument, all its derivatives taken first, evaluated at θ = θ_old."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return args[0].shape


class StopGradient(Node):
    """A copy of the argument that does not change with θ."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return args[0].shape


def stops(term: Any) -> bool:
    """Whether something is held fixed in a term: a stop-gradient, but not one that a derivative takes as a whole.

    >>> from grpo_symbolic.language import Log, Policy, Var, grad
    >>> value = Log(Policy(r"\\pi")(Var("a", "action"), Var("s", "state")))
    >>> stops(StopGradient(value)), stops(grad(StopGradient(value)))
    (True, False)
    """
    if not any(isinstance(part, StopGradient) for part in term.parts):
        return False
    if isinstance(term, StopGradient):
        return True
    if isinstance(term, (Gradient, Hessian)) and isinstance(term.args[0], StopGradient):
        return False
    return any(stops(arg) for arg in term.args if isinstance(arg, Term))


class BigO(Node):
    """A remainder O(‖Δθ‖^order), of any shape."""

    @classmethod
    def shape_of(cls, *_args: Any) -> Shape:
        return ANY

    @property
    def order(self) -> int:
        return int(self.args[0].value)


class Maximum(Node):
    """max_θ of an objective under inequality constraints: Maximum(objective, constraint side, bound, …)."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        for arg in args:
            scalar(arg, "an optimisation problem")
        if len(args) % 2 == 0:
            raise ShapeError("each constraint has two sides")
        return SCALAR


class Taylor(Node):
    """Taylor(f, order): the Taylor polynomial of f in Δθ around θ_old, up to and including ``order``."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[0], "a Taylor polynomial")
        return SCALAR


def grad(body: Any) -> Gradient:
    """∇_θ body."""
    return Gradient(node(body))


def remainder(order: int) -> BigO:
    """O(‖Δθ‖^order)."""
    return BigO(Num(order))


def taylor(body: Any, order: int) -> Taylor:
    """The Taylor polynomial of ``body`` around θ_old up to ``order``."""
    return Taylor(node(body), Num(order))


class Parameter(Node):
    """θ itself (``current``) or the constant θ_old (``old``), a column vector."""

    def __new__(cls, point: str | Str = "current") -> Self:
        return super().__new__(cls, Str(str(point)))

    @classmethod
    def shape_of(cls, *_args: Any) -> Shape:
        return VECTOR
