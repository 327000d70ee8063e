"""Operators by definition: what is read and printed as an operator, and means an expression over the core nodes.

A new one is a class and a definition registered with ``means``. A function of numbers, a distance of two laws or a
moment over one law is read and printed by its word; any other needs a construct of the reader and a method of the
printer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .arithmetic import Exp, Frac, Log, Max, Min, Node, Root, ScalarFunction, Times, Transpose, node, scalar
from .binders import Bound, Scope, Var, lift, sort_of
from .errors import LanguageError, LawError, ScopeError, ShapeError
from .expectation import ALL, GROUP_SIZE, NONE, Expect, Sum
from .extremum import Largest
from .policy import OLD, App, Head, Law, Policy, Prob, StateLaw
from .shapes import MATRIX, SCALAR, VECTOR, Shape
from .terms import Term
from .theta import AtOld, Gradient

MOST_UNFOLDED = 10_000


class Abbreviation(Node):
    """An operator that has a definition."""

    core = False


Meaning = Callable[..., Node]
DEFINITIONS: dict[type[Abbreviation], Meaning] = {}


def means(kind: type[Abbreviation]) -> Callable[[Meaning], Meaning]:
    """Register the definition of an operator: what it abbreviates, given its arguments."""
    def register(meaning: Meaning) -> Meaning:
        DEFINITIONS[kind] = meaning
        return meaning
    return register


def unfold(term: Any) -> Any:
    """``term`` over the core nodes alone, of the same shape and meaning; nothing is captured.

    Raises LanguageError where that makes it very long, as operators that name their argument twice do.

    >>> from grpo_symbolic.language import Const
    >>> unfold(Abs(Const("A"))) == Max(Const("A"), -Const("A"))
    True
    """
    return term if not isinstance(term, Term) or term.core else _unfolded(term)


@lru_cache(maxsize=4096)
def _unfolded(term: Term) -> Any:
    args = tuple(map(unfold, term.args))
    if not isinstance(term, Abbreviation):
        return term.with_args(args)
    found = unfold(DEFINITIONS[type(term)](*args))
    if found.size > MOST_UNFOLDED:
        raise LanguageError("is too long to work with once it is written out", type(term).__name__)
    return found


# Functions of scalars


class Abs(Abbreviation, ScalarFunction):
    """The absolute value."""


@means(Abs)
def absolute(x: Node) -> Node:
    """|x| = max(x, −x)."""
    return Max(x, -x)


class Clip(Abbreviation, ScalarFunction):
    """Clip(x, low, high)."""


@means(Clip)
def clipped(x: Node, low: Node, high: Node) -> Node:
    """min(max(x, low), high)."""
    return Min(Max(x, low), high)


class NamedFunction(Abbreviation, ScalarFunction):
    """A function of a number that is printed as a ``word``."""

    word: str


class Sigmoid(NamedFunction):
    """The logistic function."""

    word = "sigmoid"


@means(Sigmoid)
def sigmoid(x: Node) -> Node:
    """σ(x) = 1/(1 + e^(−x))."""
    return node(1) / (1 + Exp(-x))


class Softplus(NamedFunction):
    """−log of the logistic function at −x."""

    word = "softplus"


@means(Softplus)
def softplus(x: Node) -> Node:
    """log(1 + e^x)."""
    return Log(1 + Exp(x))


class Smallest(Abbreviation):
    """Smallest(scope): the smallest value over all actions or states; Smallest(scope, upper): over indices.

    Smallest(scope, upper, excluded) leaves one out.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return Largest.shape_of(*args)


@means(Smallest)
def smallest(scope: Scope, *range_: Node) -> Node:
    """min_x f(x) = −max_x (−f(x))."""
    return -Largest(Scope(scope.sort, -scope.body), *range_)


class Preference(Abbreviation):
    r"""Preference(P(a \succ b|x)): the probability that the first is preferred to the second, of which no more is said.

    It is positive, and no two are tied.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        first = [sort_of(arg) for arg in args[0].params[:2]] if isinstance(args[0], App) else []
        if len(first) < 2 or len(set(first)) > 1:
            raise ScopeError("a preference compares two of one kind")
        scalar(args[0], "a preference")
        return SCALAR


@means(Preference)
def preference(named: App) -> Node:
    """σ(u(a, b) − u(b, a)) for some function u: of all that is said, P(a ≻ b) + P(b ≻ a) = 1."""
    (_, *rest), (first, second, *context) = named.head.args, named.params
    strength = Head("u_{" + named.head.layout.partition("(")[0] + "}(" + ", ".join(
        f"#{k + 1}" for k in range(len(named.params))) + ")", *rest)
    return sigmoid(strength(first, second, *context) - strength(second, first, *context))


# Vectors and laws


class Norm(Abbreviation):
    """The Euclidean norm of a vector."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if args[0].shape != VECTOR:
            raise ShapeError("a norm is that of a column vector", args[0])
        return SCALAR


@means(Norm)
def norm(v: Node) -> Node:
    """‖v‖ = √(vᵀv)."""
    return Root(Times(Transpose(v), v))


class Fisher(Abbreviation):
    """The Fisher information of a law, a matrix."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if not isinstance(args[0], Law):
            raise LawError("the Fisher information is that of a law", args[0])
        return MATRIX


@means(Fisher)
def information(law: Law) -> Node:
    """F = E_π[∇log π ∇log πᵀ]; F(θ_old) is that of the family, taken at θ_old, for the law there is constant."""
    if law.policy.point == OLD:
        return AtOld(information(Law(Policy(law.policy.name), *law.context)))
    score = Gradient(log_chance(law))
    return Expect(law, Scope("action", Times(score, Transpose(score))))


class Divergence(Abbreviation):
    """A number that compares laws of actions, or is that of one."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if not all(isinstance(arg, Law) for arg in args):
            raise LawError(f"{cls.__name__} compares laws of actions")
        return SCALAR


def chance(law: Law) -> Node:
    """The probability of the innermost bound action under a law from outside its scope."""
    return Prob(lift(law), Bound(0, "action"))


def log_chance(law: Law) -> Node:
    """The logarithm of ``chance``."""
    return Log(chance(law))


class KL(Divergence):
    """D_KL(P‖Q) (Equation 3)."""


@means(KL)
def divergence(p: Law, q: Law) -> Node:
    """E_P[log P − log Q]."""
    return Expect(p, Scope("action", log_chance(p) - log_chance(q)))


class Entropy(Divergence):
    """The entropy of a law."""


@means(Entropy)
def entropy(p: Law) -> Node:
    """E_P[−log P]."""
    return cross_entropy(p, p)


class CrossEntropy(Divergence):
    """The cross-entropy of two laws."""


@means(CrossEntropy)
def cross_entropy(p: Law, q: Law) -> Node:
    """E_P[−log Q]."""
    return Expect(p, Scope("action", -log_chance(q)))


class Distance(Divergence):
    """A distance of two laws that is printed as a ``word``."""

    word: str


class TotalVariation(Distance):
    """The total variation distance of two laws."""

    word = "TV"


@means(TotalVariation)
def total_variation(p: Law, q: Law) -> Node:
    """½ Σ_a |P(a) − Q(a)|."""
    return Sum(ALL, NONE, Scope("action", Abs(chance(p) - chance(q)))) / 2


class JensenShannon(Distance):
    """The Jensen–Shannon divergence of two laws."""

    word = "JS"


@means(JensenShannon)
def jensen_shannon(p: Law, q: Law) -> Node:
    """½ E_P[log P − log M] + ½ E_Q[log Q − log M], with the mean M = ½(P + Q)."""
    mean = Log((chance(p) + chance(q)) / 2)
    first, second = (Expect(law, Scope("action", log_chance(law) - mean)) for law in (p, q))
    return (first + second) / 2


class ChiSquare(Divergence):
    """The χ² divergence of two laws."""


@means(ChiSquare)
def chi_square(p: Law, q: Law) -> Node:
    """E_Q[(P/Q − 1)²]."""
    return Expect(q, Scope("action", (chance(p) / chance(q) - 1) ** 2))


# Moments


class Moment(Abbreviation):
    """A moment of ``count`` functions of one draw, printed as a ``word``: Moment(law, scope, ...)."""

    word: str
    count: int

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        law, *scopes = args
        for scope in scopes:
            scalar(Expect(law, scope), cls.__name__)
        if len({scope.sort for scope in scopes}) > 1:
            raise LawError(f"{cls.__name__} is over one draw", law)
        return SCALAR


class Covariance(Moment):
    """Covariance(law, scope, scope): that of two functions of one draw."""

    word, count = "Cov", 2


@means(Covariance)
def covariance(law: Law | StateLaw, one: Scope, other: Scope) -> Node:
    """E[(X − E X)(Y − E Y)]."""
    gaps = (scope.body - lift(Expect(law, scope)) for scope in (one, other))
    return Expect(law, Scope(one.sort, Times(*gaps)))


class Variance(Moment):
    """Variance(law, scope): that of a function of one draw."""

    word, count = "Var", 1


@means(Variance)
def variance(law: Law | StateLaw, scope: Scope) -> Node:
    """E[(X − E X)²]."""
    return Expect(law, Scope(scope.sort, (scope.body - lift(Expect(law, scope))) ** 2))


class _Statistic(Abbreviation):
    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if args[0].sort != "index":
            raise ScopeError("a group statistic runs over a group index")
        scalar(args[0].body, cls.__name__)
        return SCALAR


class GroupMean(_Statistic):
    """The mean of a scope over the group index."""


@means(GroupMean)
def mean(scope: Scope) -> Node:
    """(1/G) Σ_i x_i."""
    return Frac(Sum(GROUP_SIZE, NONE, scope), GROUP_SIZE)


class GroupSpread(_Statistic):
    """The standard deviation of a scope over the group index, dividing by G."""


@means(GroupSpread)
def spread(scope: Scope) -> Node:
    """√((1/G) Σ_i (x_i − mean)²)."""
    return Root(mean(Scope(scope.sort, (scope.body - lift(mean(scope))) ** 2)))


def group_mean(index: Var, body: Any) -> GroupMean:
    """The mean of ``body`` over the group."""
    return GroupMean(Scope.close(index, node(body)))


def group_spread(index: Var, body: Any) -> GroupSpread:
    """The standard deviation of ``body`` over the group, dividing by G."""
    return GroupSpread(Scope.close(index, node(body)))


FUNCTIONS_BY_WORD: dict[str, type[NamedFunction]] = {kind.word: kind for kind in NamedFunction.__subclasses__()}
DISTANCES: dict[str, type[Distance]] = {kind.word: kind for kind in Distance.__subclasses__()}
MOMENTS: dict[str, type[Moment]] = {kind.__name__.lower(): kind for kind in Moment.__subclasses__()}
