"""The value of an expression on a batch: in floating point for many batches at once, or in intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, fmpq

from .expression import is_binary
from .nodes import BATCH, TOKEN, VOCABULARY, Expression, parts

AXES = (BATCH, TOKEN, VOCABULARY)
PLACE = {axis: place + 1 for place, axis in enumerate(AXES)}  # the first place is that of several batches


class Unsure(Exception):
    """Intervals that overlap are not ordered."""


@dataclass(frozen=True)
class Numbers:
    """How one kind of number is calculated with, arrays of them at once."""

    of: Callable[[Any], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    power: Callable[[Any, Any], Any]
    least: Callable[[Any, Any], Any]
    most: Callable[[Any, Any], Any]
    compare: Callable[[str, Any, Any], Any]


@dataclass(frozen=True)
class Batch:
    """Inputs by their names, as arrays over (several batches, B, T, V), hyper-parameters and sizes."""

    inputs: Mapping[str, Any]
    constants: Mapping[str, Any]
    sizes: Mapping[str, int]


def spread(values: Any, axes: Iterable[str]) -> Any:
    """An array over some axes as one over all, of size 1 along those it has not; several batches stand first."""
    axes = tuple(axes)
    array = np.asarray(values)
    own = array.shape[array.ndim - len(axes):]
    shape = [array.shape[0] if array.ndim > len(axes) else 1, 1, 1, 1]
    for axis, length in zip(axes, own, strict=True):
        shape[PLACE[axis]] = length
    order = sorted(range(len(axes)), key=lambda k: PLACE[axes[k]])
    first = array.ndim - len(axes)
    return array.transpose(*range(first), *(first + k for k in order)).reshape(shape)


def _float_compare(op: str, left: Any, right: Any) -> Any:
    found = {">": np.greater, "≥": np.greater_equal, "=": np.equal}[op](left, right)
    return found.astype(float)


def _interval_compare(op: str, left: Any, right: Any) -> Any:
    def one(a: Any, b: Any) -> Any:
        if a > b:
            return arb(int(op != "="))
        if a < b:
            return arb(0)
        if (a - b) == 0:
            return arb(int(op != ">"))
        raise Unsure
    return np.frompyfunc(one, 2, 1)(left, right)


def _float_power(base: Any, exponent: Any) -> Any:
    return base ** (int(exponent) if exponent.denominator == 1 else float(exponent))


def _interval(value: Any) -> Any:
    if isinstance(value, arb):
        return value
    if hasattr(value, "numerator"):
        return arb(fmpq(int(value.numerator), int(value.denominator)))
    raise TypeError(f"no exact number: {value!r}")


def _interval_power(base: Any, exponent: Any) -> Any:
    exact = fmpq(exponent.numerator, exponent.denominator)
    return base ** (int(exponent) if exponent.denominator == 1 else arb(exact))


FLOATS = Numbers(np.float64, np.exp, np.log, _float_power, lambda a, b: np.where(a > b, b, a),
                 lambda a, b: np.where(a > b, a, b), _float_compare)
INTERVALS = Numbers(np.frompyfunc(_interval, 1, 1), np.frompyfunc(lambda x: x.exp(), 1, 1),
                    np.frompyfunc(lambda x: x.log(), 1, 1), _interval_power, np.frompyfunc(arb.min, 2, 1),
                    np.frompyfunc(arb.max, 2, 1), _interval_compare)


def evaluate(node: Expression, batch: Batch, numbers: Numbers = FLOATS) -> Any:
    """The value as an array over (several batches, B, T, V), of size 1 along what it does not depend on.

    Raises Unsure where intervals that overlap must be ordered.
    """
    known: dict[Expression, Any] = {}
    with np.errstate(all="ignore"):
        for part in parts(node):
            known[part] = _value(part, [known[arg] for arg in part.args], batch, numbers)
    return known[node]


def _value(node: Expression, args: list[Any], batch: Batch, numbers: Numbers) -> Any:
    match node.kind:
        case "number":
            return _single(numbers.of(node.data))
        case "constant":
            return _single(numbers.of(batch.constants[node.data]))
        case "size":
            return _single(numbers.of(np.int64(batch.sizes[node.data])))
        case "leaf":
            return _leaf(node, numbers.of(batch.inputs[node.data[0]]))
        case "window":
            return numbers.of(_window(node, batch.sizes[node.data[0]]))
        case "add":
            return sum(args[1:], args[0])
        case "multiply":
            return _product(args, [is_binary(arg) for arg in node.args])
        case "power":
            return numbers.power(args[0], node.data)
        case "exp":
            return numbers.exp(args[0])
        case "log":
            return numbers.log(args[0])
        case "compare":
            return numbers.compare(node.data, *args)
        case "sum":
            return _summed(args[0], PLACE[node.data])
        case "stop":
            return args[0]
    return _by_order(node, args, numbers)


def _by_order(node: Expression, args: list[Any], numbers: Numbers) -> Any:
    """What comparisons decide: extrema, a clip, an absolute value, a sign."""
    zero = _single(numbers.of(np.int64(0)))
    match node.kind:
        case "max":
            return numbers.most(*args)
        case "min":
            return numbers.least(*args)
        case "clip":
            value, low, high = args
            return numbers.least(numbers.most(low, value), high)
        case "abs":
            return abs(args[0])
        case "sign":
            return numbers.compare(">", args[0], zero) - numbers.compare(">", zero, args[0])
    raise AssertionError(node.kind)


def _single(value: Any) -> Any:
    return np.asarray(value, dtype=None if isinstance(value, float) else object).reshape(1, 1, 1, 1)


def _product(args: list[Any], binary: list[bool]) -> Any:
    """A product in which what is masked does not count, even where it overflows."""
    found, hidden = args[0], np.zeros((1, 1, 1, 1), dtype=bool)
    for place, arg in enumerate(args):
        found = found * arg if place else found
        hidden = hidden | (np.asarray(arg == 0, dtype=bool) if binary[place] else False)
    if not hidden.any():
        return found
    nothing: Any = arb(0) if found.dtype == object else 0.0
    return np.where(hidden, nothing, found)


def _leaf(node: Expression, values: Any) -> Any:
    for axis, by in node.data[1]:
        if by:
            place, length = PLACE[axis], values.shape[PLACE[axis]]
            values = np.roll(values, -by, axis=place)
            lost = [slice(None)] * values.ndim
            lost[place] = slice(max(0, length - by), None) if by > 0 else slice(None, -by)
            values[tuple(lost)] = 0
    return values


def _window(node: Expression, length: int) -> Any:
    axis, first, last = node.data
    return spread(np.array([int(first <= at < length - last) for at in range(length)]), [axis])


def _summed(values: Any, place: int) -> Any:
    if values.dtype == object:
        return np.asarray(sum(np.split(values, values.shape[place], axis=place)[1:],
                              np.take(values, [0], axis=place)), dtype=object)
    return values.sum(axis=place, keepdims=True)
