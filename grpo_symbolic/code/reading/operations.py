"""What each operation of a framework means: one table from its name to its rule.

Overloads and in-place forms have the rule of their operation; JAX and NumPy names are mapped onto those of PyTorch
where they differ.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..algebra.expression import (
    absolute,
    add,
    choose,
    clip,
    compare,
    divide,
    exp,
    is_binary,
    log,
    maximum,
    minimum,
    multiply,
    negative,
    power,
    sign,
    stop,
    subtract,
)
from ..algebra.nodes import ONE, ZERO, Expression, is_number, number
from ..recording.tape import Ref, name_of
from ..unsupported import Unsupported
from .axes import Dimension, flat
from .indexing import indexed, narrowed, picked, put, ranged, rolled, selected, sliced, stepped, turned
from .packing import by_row, numbered, of_row, repeated
from .products import by_letters, contracted, of_matrices, summed
from .step import Step, whole
from .vocabulary import gathered, log_softmax, log_sum_exp, negative_likelihood, softmax

Rule = Callable[[Step], Expression]
# Operations that ask whether numbers are finite, or replace those that are not: all that are read are.
FINITE = frozenset({"nan_to_num", "isfinite", "is_finite", "isnan", "isinf"})


def elementwise(of: Callable[..., Expression], count: int) -> Rule:
    """The rule of an operation on each element of its arguments."""
    return lambda step: of(*(step.value(k) for k in range(count)))


def scaled(of: Callable[[Expression, Expression], Expression]) -> Rule:
    """A sum whose second term has a factor."""
    return lambda step: of(step.value(0), multiply(step.optional(None, "alpha") or ONE, step.value(1)))


def sigmoid(node: Expression) -> Expression:
    """1/(1 + e^(−x))."""
    return power(add(ONE, exp(negative(node))), -1)


def tanh(node: Expression) -> Expression:
    """1 − 2/(1 + e^(2x))."""
    return subtract(ONE, divide(number(2), add(ONE, exp(multiply(number(2), node)))))


def softplus(node: Expression) -> Expression:
    """log(1 + e^x)."""
    return log(add(ONE, exp(node)))


def square_root(node: Expression) -> Expression:
    """√x."""
    return power(node, Fraction(1, 2))


def either(left: Expression, right: Expression) -> Expression:
    """Of two that are 0 or 1, whether one is 1."""
    return subtract(add(left, right), multiply(left, right))


def truth(node: Expression) -> Expression:
    """Whether a number is not 0."""
    return node if is_binary(node) else compare("≠", node, ZERO)


def quotient(step: Step) -> Expression:
    """A quotient that is not rounded."""
    if step.raw(None, "rounding_mode") is not None:
        raise Unsupported("a quotient is rounded")
    return divide(step.value(0), step.value(1))


def raised(step: Step) -> Expression:
    """A power with a numeral as exponent, or of a number."""
    base, exponent = step.value(0), step.value(1, "y")
    if exponent.kind == "number":
        return power(base, exponent.data)
    if base.kind == "number" and base.data > 0:
        return exp(multiply(exponent, log(base)))
    raise Unsupported("the exponent of a power is no numeral")


def clamped(step: Step) -> Expression:
    """What is held between two ends, of which one may be missing."""
    return clip(step.value(0), step.optional(1, "min"), step.optional(2, "max"))


def copied(step: Step) -> Expression:
    """The same values, unless a change of type rounds them."""
    node, kind = step.value(0), step.dtype
    if "bool" in kind:
        return truth(node)
    if "int" in kind and not is_counted(node):
        raise Unsupported("numbers are rounded")
    return node


def is_counted(node: Expression) -> bool:
    """Whether a node is a whole number, as far as the way it is made shows."""
    if node.kind in ("add", "multiply", "sum", "max", "min"):
        return all(map(is_counted, node.args))
    return node.kind == "size" or is_binary(node) or node.kind == "number" and node.data.denominator == 1


def dims_of(step: Step) -> tuple[int, ...]:
    """The dimensions that a reduction goes over: those that are named, else all."""
    count = len(step.dimensions(0))
    named = step.raw(1, "dim", "axis", "axes")
    if named is None or named == ():
        return tuple(range(count))
    return tuple(sorted(whole(one) % count for one in (named if isinstance(named, tuple) else (named,))))


def tiled(step: Step) -> Expression:
    """The same along what had one place alone, or was not repeated."""
    for before, after in zip(step.shapes(0), (one.outputs[0].shape for one in step.records), strict=True):
        old = (1,) * (len(after) - len(before)) + before
        if any(size not in (1, new) for size, new in zip(old, after, strict=True)):
            raise Unsupported("an axis is repeated")
    return step.value(0)


def counted(dimensions: tuple[Dimension, ...]) -> Expression:
    """How many elements dimensions have."""
    return multiply(*(one.count() for one in dimensions))


def reduction(of: Callable[[Expression, tuple[Dimension, ...], Step], Expression]) -> Rule:
    """The rule of an operation over some dimensions of its argument."""
    return lambda step: of(step.value(0), tuple(step.dimensions(0)[k] for k in dims_of(step)), step)


def mean(node: Expression, over: tuple[Dimension, ...], _step: Step) -> Expression:
    """The sum divided by the number of elements, padding and all."""
    return divide(summed(node, over), counted(over))


def weighted(step: Step) -> Expression:
    """The mean with weights, or without."""
    over, weights = tuple(step.dimensions(0)[k] for k in dims_of(step)), step.raw(2, "weights")
    if weights is None:
        return mean(step.value(0), over, step)
    if not isinstance(weights, Ref) or step.known(weights).dimensions != step.dimensions(0):
        raise Unsupported("weights are laid out otherwise than what they weigh")
    weight = step.optional(2, "weights") or ONE
    return divide(summed(multiply(weight, step.value(0)), over), summed(weight, over))


def variance(node: Expression, over: tuple[Dimension, ...], step: Step) -> Expression:
    """The mean square of what is left without the mean; the number of elements is corrected."""
    correction = step.optional(None, "correction", "ddof") or number(0 if step.record.op.startswith("numpy") else 1)
    if is_number(correction) and step.raw(2, "unbiased") is False:
        correction = ZERO
    gap = subtract(node, mean(node, over, step))
    return divide(summed(power(gap, 2), over), subtract(counted(over), correction))


def spread(node: Expression, over: tuple[Dimension, ...], step: Step) -> Expression:
    """The square root of the variance."""
    return square_root(variance(node, over, step))


def nonzero_count(node: Expression, over: tuple[Dimension, ...], _step: Step) -> Expression:
    """How many elements are not 0."""
    return summed(truth(node), over)


def any_of(node: Expression, over: tuple[Dimension, ...], _step: Step) -> Expression:
    """Whether an element is not 0."""
    return compare(">", summed(truth(node), over), ZERO)


def all_of(node: Expression, over: tuple[Dimension, ...], _step: Step) -> Expression:
    """Whether no element is 0."""
    return subtract(ONE, compare(">", summed(subtract(ONE, truth(node)), over), ZERO))


def reshaped(step: Step) -> Expression:
    """The same elements in the same order, under other dimensions."""
    if flat(step.dimensions(0)) != flat(step.made):
        raise Unsupported("elements get into other places")
    return step.value(0)


def tested(op: str) -> Rule:
    """The rule of a comparison; whatever is read is a number, and so on this side of infinity."""
    def rule(step: Step) -> Expression:
        ends = [step.infinity(place) for place in (0, 1)]
        return compare(op, *(map(number, ends) if any(ends) else (step.value(0), step.value(1))))
    return rule


def always(value: Expression) -> Rule:
    """The rule of a test that what is read always passes, or never."""
    def rule(step: Step) -> Expression:
        step.value(0)
        return value
    return rule


def same(step: Step) -> Expression:
    """The argument."""
    return step.value(0)


OPERATIONS: dict[str, Rule] = {
    "add": scaled(add), "sub": scaled(subtract), "mul": elementwise(multiply, 2), "div": quotient,
    "rsub": lambda step: subtract(step.value(1), multiply(step.optional(None, "alpha") or ONE, step.value(0))),
    "neg": elementwise(negative, 1), "exp": elementwise(exp, 1), "log": elementwise(log, 1),
    "expm1": lambda step: subtract(exp(step.value(0)), ONE), "log1p": lambda step: log(add(ONE, step.value(0))),
    "sqrt": elementwise(square_root, 1), "rsqrt": lambda step: power(step.value(0), Fraction(-1, 2)),
    "square": lambda step: power(step.value(0), 2), "reciprocal": lambda step: power(step.value(0), -1),
    "pow": raised, "abs": elementwise(absolute, 1), "sign": elementwise(sign, 1), "sigmoid": elementwise(sigmoid, 1),
    "tanh": elementwise(tanh, 1), "softplus": elementwise(softplus, 1),
    "log_sigmoid_forward": lambda step: negative(softplus(negative(step.value(0)))),
    "relu": lambda step: maximum(step.value(0), ZERO), "maximum": elementwise(maximum, 2),
    "minimum": elementwise(minimum, 2), "clamp": clamped,
    "clamp_min": lambda step: clip(step.value(0), step.value(1), None),
    "clamp_max": lambda step: clip(step.value(0), None, step.value(1)),
    "gt": tested(">"), "ge": tested("≥"), "lt": tested("<"), "le": tested("≤"), "eq": tested("="), "ne": tested("≠"),
    "isfinite": always(ONE), "is_finite": always(ONE), "isnan": always(ZERO), "isinf": always(ZERO),
    "logical_and": lambda step: multiply(truth(step.value(0)), truth(step.value(1))),
    "logical_or": lambda step: either(truth(step.value(0)), truth(step.value(1))),
    "logical_not": lambda step: subtract(ONE, truth(step.value(0))),
    "where": lambda step: choose(truth(step.value(0)), step.value(1), step.value(2)),
    "masked_fill": lambda step: choose(truth(step.value(1)), step.value(2), step.value(0)),
    "sum": reduction(lambda node, over, _step: summed(node, over)), "mean": reduction(mean),
    "var": reduction(variance), "std": reduction(spread), "count_nonzero": reduction(nonzero_count),
    "any": reduction(any_of), "all": reduction(all_of),
    "copy": lambda step: step.value(1), "fill": lambda step: step.value(1), "full_like": lambda step: step.value(1),
    "zeros": lambda _: ZERO, "ones": lambda _: ONE, "full": lambda step: step.value(1),
    "scalar_tensor": same, "detach": elementwise(stop, 1), "stop_gradient": elementwise(stop, 1),
    "nan_to_num": same, "_to_copy": copied, "clone": same, "lift_fresh": same, "contiguous": same, "alias": same,
    "repeat": tiled, "expand": same, "unsqueeze": same, "squeeze": same, "transpose": same, "permute": same,
    "t": same,
    "view": reshaped, "slice": sliced, "getitem": indexed, "index": picked, "narrow": narrowed,
    "_log_softmax": log_softmax, "_softmax": softmax, "logsumexp": log_sum_exp, "gather": gathered,
    "nll_loss_forward": negative_likelihood, "arange": numbered, "repeat_interleave": repeated,
    "index_select": of_row, "scatter_add": by_row, "index_add": by_row,
    "select": selected, "index_put": put, "setitem": put, "flip": turned, "rev": turned, "average": weighted,
    "einsum": by_letters, "roll": rolled, "diff": stepped,
    "dot_general": contracted, "dot": of_matrices(0, 0), "mv": of_matrices(1, 0), "mm": of_matrices(1, 0),
    "bmm": of_matrices(2, 1, (0,)),
    "select_n": lambda step: choose(truth(step.value(0)), step.value(2), step.value(1)),
}
SAME: dict[str, tuple[str, ...]] = {
    "div": ("true_divide", "divide"), "add": ("add_any",), "sub": ("subtract",), "mul": ("multiply",),
    "neg": ("negative",), "abs": ("absolute", "fabs"), "sign": ("sgn",), "sigmoid": ("logistic", "expit"),
    "pow": ("power", "float_power", "integer_pow"), "maximum": ("fmax",), "minimum": ("fmin",), "clamp": ("clip",),
    "gt": ("greater",), "ge": ("greater_equal",), "lt": ("less",), "le": ("less_equal",), "eq": ("equal",),
    "ne": ("not_equal",), "logical_and": ("bitwise_and", "__and__", "and"),
    "logical_or": ("bitwise_or", "__or__", "or"), "logical_not": ("bitwise_not", "invert", "not"),
    "zeros": ("zeros_like", "new_zeros", "zero"), "ones": ("ones_like", "new_ones"),
    "full": ("new_full",), "_to_copy": ("to", "astype", "convert_element_type"),
    "clone": ("copy_to_host", "positive", "lift_fresh_copy", "lift", "ascontiguousarray"),
    "expand": ("broadcast_to", "expand_dims", "broadcast_in_dim", "broadcast"), "repeat": ("tile",),
    "view": ("reshape", "_unsafe_view", "ravel"), "sum": ("reduce_sum",),
    "squeeze": ("expand_as",),
}
RULES: dict[str, Rule] = {**OPERATIONS, **{other: OPERATIONS[name] for name, others in SAME.items()
                                            for other in others}}
EXACT: dict[str, Rule] = {
    "jax.slice": ranged, "jax.clamp": lambda step: clip(step.value(1), step.value(0), step.value(2)),
    "max.other": OPERATIONS["maximum"], "min.other": OPERATIONS["minimum"], "jax.max": OPERATIONS["maximum"],
    "jax.min": OPERATIONS["minimum"], "jax.copy": same, "numpy.copy": same,
}


def rule_of(op: str) -> Rule:
    """The rule of an operation.

    Raises Unsupported where it has none.
    """
    framework, _, name = op.partition(".")
    found = EXACT.get(op) or EXACT.get(name) or RULES.get(name_of(op))
    if found is None or not framework:
        raise Unsupported("this operation has no rule")
    return found
