"""Expressions: shaped terms whose arithmetic keeps the order in which they were written, and cancels nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Self

from sympy import Basic, Expr, Rational
from sympy.core.symbol import Str

from .errors import ShapeError
from .shapes import ANY, SCALAR, SHAPE_NAMES, Shape, agree
from .terms import Term, symbol, text

WHOLE = frozenset((int, bool))


class Node(Term, Expr):
    """An expression with a shape. Arithmetic keeps the order in which it was written and cancels nothing."""

    _op_priority = 100.0
    is_commutative = True
    shape: Shape = SCALAR

    def __new__(cls, *args: Any) -> Self:
        if not WHOLE.isdisjoint(map(type, args)):
            args = tuple([node(arg) if isinstance(arg, int) else arg for arg in args])
        self: Self = Expr.__new__(cls, *args)
        self._scan(args)
        self.shape = cls.shape_of(*args)
        return self

    def bound(self, args: tuple[Basic, ...], free: frozenset[Any], loose: int) -> Self:
        node = super().bound(args, free, loose)
        node.shape = self.shape
        return node

    @classmethod
    def shape_of(cls, *_args: Any) -> Shape:
        """The shape of the node over these children; raises ShapeError where they do not fit."""
        return SCALAR

    def __add__(self, other: Any) -> Node:
        return plus(self, node(other))

    def __radd__(self, other: Any) -> Node:
        return plus(node(other), self)

    def __sub__(self, other: Any) -> Node:
        return plus(self, Neg(node(other)))

    def __rsub__(self, other: Any) -> Node:
        return plus(node(other), Neg(self))

    def __mul__(self, other: Any) -> Node:
        return times(self, node(other))

    def __rmul__(self, other: Any) -> Node:
        return times(node(other), self)

    def __truediv__(self, other: Any) -> Node:
        return Frac(self, node(other))

    def __rtruediv__(self, other: Any) -> Node:
        return Frac(node(other), self)

    def __pow__(self, other: Any, _mod: Any = None) -> Node:
        return Power(self, node(other))

    def __neg__(self) -> Node:
        return Neg(self)

    @property
    def T(self) -> Node:
        """The transpose."""
        return Transpose(self)


class Num(Node):
    """A non-negative rational literal."""

    def __new__(cls, value: Any) -> Self:
        value = Rational(value)
        if value.p < 0:
            raise ShapeError("a literal is not negative; write Neg", str(value))
        return super().__new__(cls, value)

    @property
    def value(self) -> Rational:
        return self.args[0]

    def __repr__(self) -> str:
        return str(self.value)


class Const(Node):
    """A scalar constant named by its LaTeX. ``sign`` is ``positive``, ``nonnegative`` or ``real``."""

    def __new__(cls, name: str | Str, sign: str | Str = "real") -> Self:
        return super().__new__(cls, symbol(name), symbol(sign))

    @property
    def name(self) -> str:
        return text(self.args[0])

    @property
    def sign(self) -> str:
        return text(self.args[1])


def node(value: Any) -> Node:
    """A Node from a Node, an int or a rational; anything else is refused."""
    if isinstance(value, Node):
        return value
    if isinstance(value, (int, Rational)):
        value = Rational(value)
        if value < 0:
            return Neg(node(-value))
        return Num(value) if value.q == 1 else Frac(Num(value.p), Num(value.q))
    raise ShapeError("not an expression of the language", value if isinstance(value, Term) else str(value))


def scalar(value: Basic, place: str) -> None:
    """Refuse what is not a scalar."""
    if not isinstance(value, Node) or value.shape not in (SCALAR, ANY):
        found = SHAPE_NAMES[value.shape] if isinstance(value, Node) else "term"
        raise ShapeError(f"{place} needs a scalar, not a {found}", value)


class Plus(Node):
    """A sum of two or more terms, in the written order."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return agree([arg.shape for arg in args], "a sum")


def plus(*terms: Node) -> Node:
    """The sum, nested sums flattened."""
    flat = [part for term in terms for part in (term.args if isinstance(term, Plus) else (term,))]
    return Plus(*flat) if len(flat) != 1 else flat[0]


class Neg(Node):
    """Minus the argument."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return args[0].shape


class Times(Node):
    """A product in the written order; shapes must chain, scalars commute."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        shape: Shape = SCALAR
        for arg in args:
            if arg.shape in (SCALAR, ANY):
                continue
            if shape == SCALAR:
                shape = arg.shape
            elif shape[1] == arg.shape[0]:
                shape = (shape[0], arg.shape[1])
            else:
                raise ShapeError(f"a {SHAPE_NAMES[shape]} times a {SHAPE_NAMES[arg.shape]} has no meaning; "
                                 "transpose one of them", arg)
        return shape


def times(*factors: Node) -> Node:
    """The product, nested products flattened; a sign of the first factor goes in front."""
    first = factors[0]
    if isinstance(first, Neg):
        return Neg(times(first.args[0], *factors[1:]))
    flat = [part for factor in factors for part in (factor.args if isinstance(factor, Times) else (factor,))]
    return Times(*flat) if len(flat) != 1 else flat[0]


def is_zero(term: Basic) -> bool:
    """Whether a term is the literal 0 or a product with it, which has every shape."""
    if isinstance(term, Times):
        return any(is_zero(factor) for factor in term.args)
    return isinstance(term, Num) and term.value == 0


class Frac(Node):
    """A quotient; the denominator is a scalar that must not vanish."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[1], "a denominator")
        return args[0].shape


class Power(Node):
    """base ** exponent, scalars both."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        for arg in args:
            scalar(arg, "a power")
        return SCALAR


class Transpose(Node):
    """The transpose."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        rows, columns = args[0].shape
        return (columns, rows)


class ScalarFunction(Node):
    """A function of scalars."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        for arg in args:
            scalar(arg, cls.__name__.lower())
        return SCALAR


class Log(ScalarFunction):
    """The natural logarithm."""


class Exp(ScalarFunction):
    """The exponential."""


EULER = Exp(Num(1))


class Root(ScalarFunction):
    """The square root."""


class Min(ScalarFunction):
    """The smaller of two scalars."""


class Max(ScalarFunction):
    """The larger of two scalars."""


class Indicator(ScalarFunction):
    """Indicator(op, left, right): 1 where the comparison holds, else 0."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return super().shape_of(*args[1:])

    def __new__(cls, op: str | Str, left: Basic, right: Basic) -> Self:
        return super().__new__(cls, symbol(op), left, right)


def literal(term: Basic) -> Fraction | None:
    """The number that a term writes out, as a fraction if it is one of literals; None for any other term."""
    if isinstance(term, Num):
        return Fraction(int(term.value.p), int(term.value.q))
    if isinstance(term, Neg):
        inside = literal(term.args[0])
        return None if inside is None else -inside
    if isinstance(term, Frac):
        above, below = map(literal, term.args)
        return above / below if above is not None and below else None
    return None
