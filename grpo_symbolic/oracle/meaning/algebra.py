"""What arithmetic, functions, regions and named leaves mean."""

from __future__ import annotations

from functools import lru_cache, reduce

from sympy import Basic

from ...language import (
    ANY,
    ActionCount,
    App,
    BigO,
    Const,
    Exp,
    Frac,
    Head,
    Indicator,
    Length,
    Log,
    Max,
    Min,
    Neg,
    Num,
    Ordinal,
    Plus,
    Power,
    Prefix,
    Prob,
    Root,
    Same,
    Times,
    Transpose,
    known_sign,
    sort_of,
)
from ..model import exact, jets
from ..model.jets import Jet
from ..model.tables import FIXED, Name
from .evaluator import Context, Evaluator, Rows, each, is_zero, rule
from .partial_functions import (
    common_integer,
    compare,
    exclude_ties,
    exponential,
    larger,
    logarithm,
    product,
    relation,
    repeated,
    smaller,
    square_root,
)
from .probabilities import law_of, log_of_law


@rule(Num)
def number(at: Evaluator, node: Num, _ctx: Context) -> Jet:
    """A literal."""
    return at.number(int(node.value.p), int(node.value.q))


@rule(Const)
def named_constant(at: Evaluator, node: Const, _ctx: Context) -> Jet:
    """A constant: the one that the model gives its name, or a count."""
    if node.name in at.model.integers:
        return at.number(at.model.integers[node.name])
    return jets.constant(at.model.constant(node.name, node.sign))


@rule(BigO)
def remainder(at: Evaluator, _node: BigO, _ctx: Context) -> Jet:
    """A remainder counts for nothing: the coefficients it covers are not compared."""
    return at.number(0)


@rule(Plus)
def addition(at: Evaluator, node: Plus, ctx: Context) -> Rows:
    """A sum; remainders in it fit every shape."""
    parts = [at.value(arg, ctx) for arg in node.args if arg.shape != ANY or isinstance(arg, App)]
    if not parts:
        return ((at.number(0),),)
    return reduce(lambda left, right: each(Jet.__add__, left, right), parts)


@rule(Neg)
def negation(at: Evaluator, node: Neg, ctx: Context) -> Rows:
    """Minus, entry by entry."""
    return each(Jet.__neg__, at.value(node.args[0], ctx))


@rule(Times)
def multiplication(at: Evaluator, node: Times, ctx: Context) -> Rows:
    """A product, from the left."""
    return reduce(lambda left, right: product(left, right, ctx.order), (at.value(arg, ctx) for arg in node.args))


@rule(Frac)
def fraction(at: Evaluator, node: Frac, ctx: Context) -> Rows:
    """A quotient, undefined where the denominator vanishes."""
    below = at.scalar(node.args[1], ctx)
    bad = is_zero(at.sign(below))
    below = at.guard(below, bad, ctx)
    return each(lambda above: at.poison(jets.quotient(above, below, ctx.order), bad), at.value(node.args[0], ctx))


@rule(Transpose)
def transpose(at: Evaluator, node: Transpose, ctx: Context) -> Rows:
    """Rows become columns."""
    return tuple(zip(*at.value(node.args[0], ctx), strict=True))


@rule(Power)
def general_power(at: Evaluator, node: Power, ctx: Context) -> Jet:
    """A power: by multiplication for a natural exponent, else by the binomial series, else as exp(y log x)."""
    base, exponent = node.args
    if isinstance(exponent, Num) and exponent.value.q == 1:
        times = int(exponent.value)
        if isinstance(base, Root) and times % 2 == 0 and never_negative(base.args[0]):
            return repeated(at, at.scalar(base.args[0], ctx), times // 2, ctx)  # smooth where the root is not
        return repeated(at, at.scalar(base, ctx), times, ctx)
    power, value = at.scalar(exponent, ctx), at.scalar(base, ctx)
    if power.is_constant:
        count = common_integer(power.value)
        if count is not None and count >= 0:
            return repeated(at, value, count, ctx)
        bad = is_zero(at.sign(value)) if count is not None else at.sign(value) != 1
        value = at.guard(value, bad, ctx)
        return at.poison(jets.power(value, power.value, at.arithmetic.power(value.value, power.value), ctx.order), bad)
    return exponential(at, power.times(logarithm(at, value, ctx), ctx.order), ctx)


@rule(Log)
def log(at: Evaluator, node: Log, ctx: Context) -> Jet:
    """A logarithm; that of a probability is looked up, and stays finite where the probability is tiny."""
    if isinstance(node.args[0], Prob):
        return log_of_law(at, node.args[0].law, at.places(node.args[0].action, ctx)[0], ctx)
    return logarithm(at, at.scalar(node.args[0], ctx), ctx)


@rule(Exp)
def exp(at: Evaluator, node: Exp, ctx: Context) -> Jet:
    """The exponential."""
    return exponential(at, at.scalar(node.args[0], ctx), ctx)


@rule(Root)
def root(at: Evaluator, node: Root, ctx: Context) -> Jet:
    """The square root; where its argument vanishes and moves, that is a kink."""
    return square_root(at, at.scalar(node.args[0], ctx), ctx, square=never_negative(node.args[0]))


@lru_cache(maxsize=4096)
def never_negative(node: Basic) -> bool:
    """Whether a term is written so that it is never below zero."""
    return known_sign(node) != "real"


@rule(Max)
def maximum(at: Evaluator, node: Max, ctx: Context) -> Jet:
    """The largest."""
    values = [at.scalar(arg, ctx) for arg in node.args]
    exclude_ties(at, node.args, values, ctx)
    return reduce(lambda left, right: larger(at, left, right, ctx), values)


@rule(Min)
def minimum(at: Evaluator, node: Min, ctx: Context) -> Jet:
    """The smallest."""
    values = [at.scalar(arg, ctx) for arg in node.args]
    exclude_ties(at, node.args, values, ctx)
    return reduce(lambda left, right: smaller(at, left, right, ctx), values)


@rule(Indicator)
def indicator(at: Evaluator, node: Indicator, ctx: Context) -> Jet:
    """1 where the comparison holds, else 0."""
    left, right = at.scalar(node.args[1], ctx), at.scalar(node.args[2], ctx)
    exclude_ties(at, node.args[1:], [left, right], ctx)
    sign = compare(at, left, right, ctx)
    at.record(at.undefined, sign == exact.UNKNOWN, ctx)
    holds = relation(str(node.args[0]), sign)
    return at.choose(holds, at.number(1), at.number(0))


@rule(Prob)
def probability(at: Evaluator, node: Prob, ctx: Context) -> Jet:
    """An entry of a law."""
    return law_of(at, node.law, at.places(node.action, ctx)[0], ctx)[0]


@rule(App)
def application(at: Evaluator, node: App, ctx: Context) -> Rows:
    """An entry of a function's table, for every coordinate."""
    layout, theta, sign = described(node.head)
    rows, columns = (at.model.sizes.directions if size == "d" else 1 for size in node.shape)
    shape = tuple(size for param in node.params for size in at.dimensions(param))
    places = tuple(place for param in node.params for place in at.places(param, ctx))
    point = at.model.point(ctx.old) if theta else FIXED
    sorts = tuple(map(sort_of_argument, node.params))
    if "token" in sorts:
        at.model.letters[layout] = sorts
    # Members are numbered, be it by an index or by a token: both name the same ones.
    name = Name("function", layout, sign, sorts=tuple("index" if sort == "token" else sort for sort in sorts))
    return tuple(tuple(at.look_up(at.model.function(name._replace(entry=(i, j)), shape, point, ctx.order), places)
                       for j in range(columns)) for i in range(rows))


@rule(Same)
def same(at: Evaluator, node: Same, ctx: Context) -> Jet:
    """1 where two variables have one value, else 0."""
    left, right = (at.places(arg, ctx)[0] for arg in node.args)
    return at.choose(left == right, at.number(1), at.number(0))


@rule(Length, ActionCount)
def counted(at: Evaluator, node: Length | ActionCount, ctx: Context) -> Jet:
    """The number of tokens, or of actions."""
    return jets.constant(at.arithmetic.number(at.bound(node, ctx)))


@rule(Ordinal)
def ordinal(at: Evaluator, node: Ordinal, ctx: Context) -> Jet:
    """The number that an index is."""
    return at.number(int(at.resolve(node.args[0], ctx)))


@lru_cache(maxsize=4096)
def described(head: Head) -> tuple[str, bool, str]:
    """The layout of a function, whether it depends on θ, and its sign."""
    return head.layout, head.theta, head.sign


def sort_of_argument(param: Basic) -> str:
    """What an argument ranges over, for telling tables apart."""
    return "prefix" if isinstance(param, Prefix) else sort_of(param)
