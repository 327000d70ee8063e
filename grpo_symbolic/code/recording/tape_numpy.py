"""Recording NumPy: arrays that write down what is done with them, by the array protocols.

NumPy has no stop-gradient, and no derivative: that of the log-probabilities is taken by central differences.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from .recorded import Outcome, Places, Unrecorded, finite, plain, refuse_other, refuse_shape
from .tape import LITERAL, Argument, Array, Gradient, Input, Keyword, Output, Record, Ref

FOLDER = os.path.dirname(np.__file__)
EXACT = False
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"exp": np.exp, "log": np.log}
LOW = ("float32", "float16")
STEP = 1e-4
LARGEST_LITERAL = 1000
# Methods of an array that are functions of NumPy, and those that make an array of another sort.
METHODS = {"sum", "mean", "std", "var", "min", "max", "prod", "any", "all", "clip", "reshape", "ravel", "squeeze",
           "transpose", "cumsum", "round", "dot", "repeat", "take", "argmax", "argmin", "argsort", "nonzero", "trace"}
# Methods that take as many numbers what is one argument of the function.
SPREAD = ("reshape", "transpose")
# Functions that make a plain array of anything, which would end the record; they are made to let recorded ones pass.
MAKERS = ("asarray", "array", "asanyarray", "ascontiguousarray")


def version() -> str:
    """The version of NumPy."""
    return str(np.__version__)


def prepare() -> None:
    """Let numbers that are too large be so in silence: they are looked for at the end."""
    np.seterr(all="ignore")


def tensor_of(array: Array) -> Any:
    """An array as NumPy has it."""
    return np.array(array.values, dtype=array.dtype).reshape(array.shape)


def array_of(value: Any) -> Array:
    """What NumPy has as an array."""
    found = np.asarray(value)
    wide = found.astype(np.float64) if np.issubdtype(found.dtype, np.floating) else found
    return Array(tuple(map(int, found.shape)), str(wide.dtype), tuple(wide.reshape(-1).tolist()))


def recorded(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input], root: str) -> Outcome:
    """What a call does with inputs, which it is handed by their numbers.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    recording = Recording(Places(root, FOLDER), max(one.number for one in inputs))
    tensors = {one.number: recording.known(tensor_of(one.array), one.number) for one in inputs}
    with recording.makers():
        result = recording.array_behind(call(tensors))
    refuse_shape(result.shape)
    value, gradients = evaluated(call, inputs)
    refuse_other(float(result.plain.reshape(())), value)
    return Outcome(tuple(recording.records), result.number, value, gradients)


def evaluated(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input]) -> tuple[float, tuple[Gradient, ...]]:
    """The value of a call, and its derivatives in all live inputs by central differences of fourth order.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    def value(moved: int = 0, tensor: Any = None) -> float:
        recording = Recording(Places(FOLDER, FOLDER), 0)  # recorded arrays keep double precision
        given = {one.number: recording.known(tensor if one.number == moved else tensor_of(one.array), one.number)
                 for one in inputs}
        with recording.makers():
            return float(plain_of(call(given)))

    def slope(one: Input, place: tuple[int, ...]) -> float:
        def at(step: float) -> float:
            tensor = tensor_of(one.array)
            tensor[place] += step
            return value(one.number, tensor)
        return (8 * (at(STEP) - at(-STEP)) - at(2 * STEP) + at(-2 * STEP)) / (12 * STEP)
    def gradient(one: Input) -> Gradient:
        slopes = tuple(slope(one, place) for place in np.ndindex(one.array.shape))
        return Gradient(one.number, Array(one.array.shape, "float64", slopes))
    return finite(value()), tuple(gradient(one) for one in inputs if one.live)


class Recorded(NDArrayOperatorsMixin):
    """An array that is known to a recording by a number."""

    def __init__(self, array: Any, number: int, recording: Recording) -> None:
        self.plain, self.number, self.recording = array, number, recording

    shape = property(lambda self: self.plain.shape)
    ndim = property(lambda self: self.plain.ndim)
    size = property(lambda self: self.plain.size)
    dtype = property(lambda self: self.plain.dtype)
    T = property(lambda self: np.transpose(self))

    def __len__(self) -> int:
        return len(self.plain)

    def __iter__(self) -> Iterator[Any]:
        return (self[k] for k in range(len(self)))

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        return self.recording.done(name, getattr(ufunc, method), args, kwargs)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return self.recording.done(function.__name__, function, args, kwargs)

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise Unrecorded(f"a plain array is made of an argument at {self.recording.places.here()}: what is done with "
                         "it cannot be recorded")

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(f"what {name!r} of an array does is not recorded")
        function = getattr(np, name)
        if name in SPREAD:
            return lambda *args, **kwargs: function(self, *(args if len(args) < 2 else (args,)), **kwargs)
        return lambda *args, **kwargs: function(self, *args, **kwargs)

    def astype(self, dtype: Any, **kwargs: Any) -> Any:
        """The same numbers of another type; floats stay in double precision."""
        kind = np.dtype(dtype)
        wide = np.dtype(np.float64) if kind.name in LOW else kind
        return self.recording.done("astype", lambda array, _: array.astype(wide), (self, str(kind)), {},
                              kind.name if kind.name in LOW else "")

    def copy(self) -> Any:
        """The same numbers at another place."""
        return np.copy(self)

    def item(self) -> Any:
        """The number of an array of one."""
        found = self.plain.item()
        self.recording.read(self, found)
        return found

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __index__(self) -> int:
        return int(self.item())

    def __bool__(self) -> bool:
        return bool(self.item())

    def __getitem__(self, key: Any) -> Any:
        return self.recording.done("getitem", lambda array, *_: array[plain_key(key)], (self, *keys(key)), {})

    def __setitem__(self, key: Any, value: Any) -> None:
        self.recording.written("setitem", self, (*keys(key), value),
                          lambda: self.plain.__setitem__(plain_key(key), plain_of(value)))


class Recording:
    """Writes down what is done with recorded arrays."""

    def __init__(self, places: Places, last: int) -> None:
        self.places, self.last = places, last
        self.records: list[Record] = []
        self.arrays: list[Recorded] = []

    def known(self, array: Any, number: int) -> Recorded:
        """An array by its number."""
        found = Recorded(array, number, self)
        self.arrays.append(found)
        return found

    def output(self, array: Any) -> Output:
        """The next number for an array."""
        self.last += 1
        return Output(self.last, tuple(map(int, array.shape)), str(array.dtype))

    def argument(self, value: Any) -> Argument:
        """An argument as it is recorded; a plain array is a literal."""
        if isinstance(value, Recorded):
            return Ref(value.number)
        if isinstance(value, (list, tuple)):
            return tuple(map(self.argument, value))
        if isinstance(value, np.generic):
            return plain(value.item())
        if not isinstance(value, np.ndarray):
            return plain(value)
        output = self.output(value)
        kept = array_of(value) if value.size <= LARGEST_LITERAL else None
        self.records.append(Record(LITERAL, (), (), (output,), self.places.here(), literal=kept))
        return Ref(output.number)

    def done(self, name: str, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any],
             cast: str = "") -> Any:
        """What a function gives for recorded arrays, written down; in place where it is told to put it there."""
        target = kwargs.get("out")
        target = target[0] if isinstance(target, tuple) else target
        said = {key: value for key, value in kwargs.items() if key != "out"}
        plainly = {key: plain_of(value) for key, value in said.items()}
        if isinstance(target, Recorded):
            self.written(name, target, args, lambda: function(*map(plain_of, args), out=target.plain, **plainly), said)
            return target
        made = function(*map(plain_of, args), **plainly)
        several = isinstance(made, (tuple, list))
        arrays = [np.asarray(one) for one in (made if several else [made])]
        given, named = self.said(args, said)
        outputs = tuple(map(self.output, arrays))
        self.records.append(Record(f"numpy.{name}", given, named, outputs, self.places.here(), cast=cast))
        found = [self.known(array, one.number) for array, one in zip(arrays, outputs, strict=True)]
        return tuple(found) if several else found[0]

    def said(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[tuple[Argument, ...], tuple[Keyword, ...]]:
        """Arguments as they are recorded."""
        return tuple(map(self.argument, args)), tuple(Keyword(key, self.argument(one)) for key, one in kwargs.items())

    def written(self, name: str, target: Recorded, args: Sequence[Any], action: Callable[[], Any],
                kwargs: Mapping[str, Any] | None = None) -> None:
        """Do what writes to an array: it becomes another value, and what shares its memory becomes unknown."""
        before = target.number
        given, named = self.said((target, *args) if name == "setitem" else args, kwargs or {})
        action()
        output = self.output(target.plain)
        spoilt = tuple(one.number for one in self.arrays
                       if one is not target and np.may_share_memory(one.plain, target.plain))
        target.number = output.number
        self.records.append(Record(f"numpy.{name}", given, named, (output,), self.places.here(), alias=before,
                                   clobbers=spoilt))

    def array_behind(self, result: Any) -> Recorded:
        """The array that a function returned, if only as a number of Python's.

        Raises Unrecorded where it is none that was recorded.
        """
        if isinstance(result, Recorded):
            return result
        last = self.records[-1] if self.records else None
        if last is not None and last.item is not None and last.item == result:
            read, = last.args
            return next(one for one in self.arrays if isinstance(read, Ref) and one.number == read.number)
        raise Unrecorded(f"the function returned {type(result).__name__}, not an array that was computed from its "
                         "arguments")

    def read(self, array: Recorded, number: Any) -> None:
        """A number has left for Python."""
        self.records.append(Record("numpy.item", (Ref(array.number),), (), (), self.places.here(), item=plain(number)))

    @contextmanager
    def makers(self) -> Iterator[None]:
        """For a while let what makes plain arrays give recorded ones back."""
        kept = {name: getattr(np, name) for name in MAKERS}

        def passing(name: str) -> Callable[..., Any]:
            def make(value: Any, *args: Any, **kwargs: Any) -> Any:
                if isinstance(value, Recorded):
                    dtype = kwargs.get("dtype", args[0] if args else None)
                    return value if dtype is None else value.astype(dtype)
                return kept[name](value, *args, **kwargs)
            return make
        for name in MAKERS:
            setattr(np, name, passing(name))
        try:
            yield
        finally:
            for name, function in kept.items():
                setattr(np, name, function)


def plain_of(value: Any) -> Any:
    """A value without records."""
    if isinstance(value, Recorded):
        return value.plain
    return type(value)(map(plain_of, value)) if type(value) in (tuple, list) else value


def plain_key(key: Any) -> Any:
    """What stands between brackets, without records."""
    return tuple(map(plain_of, key)) if isinstance(key, tuple) else plain_of(key)


def keys(key: Any) -> tuple[Any, ...]:
    """What stands between brackets as arguments: a slice is its name and three numbers."""
    return tuple(("slice", one.start, one.stop, one.step) if isinstance(one, slice) else
                 "..." if one is Ellipsis else "newaxis" if one is None else one
                 for one in (key if isinstance(key, tuple) else (key,)))
