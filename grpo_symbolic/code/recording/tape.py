"""What a loss function did, as plain data: it is recorded with a framework at hand and read without any.

Each run of the function is a list of operations on numbered values. Names of operations are those of the framework
(``aten.mul.Tensor``, ``numpy.multiply``, ``jax.mul``); floats are float64, and exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Union

from ..unsupported import Unsupported

FORMAT = 1
# The name of an operation that is none: a tensor appears that is no argument and was not computed.
LITERAL = "literal"

LOOPED = "; a loop over rows is read where what it goes over are lists of sequences, as --role logp=logp:list says"


class TapeError(Unsupported):
    """A tape that cannot be read, or whose runs say nothing together: one sentence."""


@dataclass(frozen=True)
class Ref:
    """A value of the run, by its number; numbers begin with 1 and are given in the order in which values appear."""

    number: int


# What an operation is called with; a tuple stands for a list, and a type or a device is its text.
Argument = Union[Ref, bool, int, float, str, None, "tuple[Argument, ...]"]


@dataclass(frozen=True)
class Array:
    """Numbers in the order of rows, the last index fastest: floats, integers or truth values, as the type says."""

    shape: tuple[int, ...]
    dtype: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Input:
    """A tensor that the run begins with, one of the roles of a loss; ``index`` is its place in a list of tensors.

    ``name`` is that of the argument, or that of the role where an argument is an expression of roles; ``live`` says
    that the gradient is taken in it.
    """

    name: str
    role: str
    number: int
    array: Array
    live: bool = False
    index: int | None = None


@dataclass(frozen=True)
class Constant:
    """A scalar hyper-parameter with its value in this run."""

    name: str
    value: float


@dataclass(frozen=True)
class Size:
    """How long an axis is in this run: B sequences, T tokens, V entries of a vocabulary, P packed tokens."""

    axis: str
    size: int


@dataclass(frozen=True)
class Place:
    """A line of a file of the user's."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Output:
    """A value that an operation made."""

    number: int
    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True)
class Keyword:
    """An argument that is passed by name."""

    name: str
    value: Argument


@dataclass(frozen=True)
class Record:
    """One operation.

    ``grad`` says that gradients were being recorded, ``stop`` that the operation lets none through; either way the
    outputs are constants for the gradient. ``item`` is the number that left for Python. In place, the output is what
    ``alias`` has become, and the values ``clobbers`` have become something that the tape does not say. ``cast`` is a
    low precision that was asked for and not taken. ``literal`` holds what appeared from nowhere, where it is small.
    """

    op: str
    args: tuple[Argument, ...]
    kwargs: tuple[Keyword, ...]
    outputs: tuple[Output, ...]
    at: Place
    grad: bool = True
    stop: bool = False
    item: float | None = None
    alias: int | None = None
    clobbers: tuple[int, ...] = ()
    cast: str = ""
    literal: Array | None = None

    def keyword(self, name: str, default: Argument = None) -> Argument:
        """The argument passed by a name."""
        return next((one.value for one in self.kwargs if one.name == name), default)


@dataclass(frozen=True)
class Gradient:
    """The derivative of the result in an input, as the framework has it; that of NumPy is by central differences."""

    number: int
    array: Array


@dataclass(frozen=True)
class Run:
    """One run on one batch: what went in, what was done, and the value and gradients that came out.

    ``result`` is the number of the value that is the loss. ``records`` may be left out of a run that checks others.
    """

    sizes: tuple[Size, ...]
    inputs: tuple[Input, ...]
    constants: tuple[Constant, ...]
    records: tuple[Record, ...]
    result: int
    value: float
    gradients: tuple[Gradient, ...]


@dataclass(frozen=True)
class Small:
    """A run on a batch that is out of the ordinary, as it is called, or in words why there is none.

    A run that has a fault, too, takes another path, as the fault says.
    """

    name: str
    run: Run | None = None
    fault: str = ""


@dataclass(frozen=True)
class Role:
    """What an argument of the function is: a role, or an expression of roles; ``guessed`` from its name, or told."""

    argument: str
    role: str
    guessed: bool


@dataclass(frozen=True)
class Setting:
    """An argument that is the same in every run and no tensor: its value as Python writes it."""

    name: str
    text: str


@dataclass(frozen=True)
class Tape:
    """Runs of one function on batches of different sizes; ``checks`` are further runs, which the self-check reads.

    ``checks`` begin with one on-policy (the live log-probabilities are the old ones), then one far off-policy.
    ``small`` are runs on batches that are out of the ordinary, where another path may be taken. ``exact`` says that
    gradients are those of an automatic derivative, not differences. ``given`` are the hyper-parameters as the user has
    them, near which they are in the runs.
    """

    framework: str
    version: str
    function: str
    file: str
    line: int
    roles: tuple[Role, ...]
    settings: tuple[Setting, ...]
    runs: tuple[Run, ...]
    checks: tuple[Run, ...]
    exact: bool = True
    notes: tuple[str, ...] = ()
    small: tuple[Small, ...] = ()
    given: tuple[Constant, ...] = ()


def same_path(runs: tuple[Run, ...]) -> None:
    """Let pass runs that do the same at the same lines with the same values; numbers may differ.

    Raises TapeError where the path taken depends on the batch.
    """
    first, *others = runs
    for other in others:
        for k, (one, two) in enumerate(zip_longest(first.records, other.records)):
            if one is None or two is None or _skeleton(one) != _skeleton(two):
                read = next((record.at for record in reversed(first.records[:k]) if record.item is not None), None)
                looped = any(mine is not None and any(mine.at == past.at for past in run.records[:k - 1])
                             for mine, run in ((one, first), (two, other)))
                raise TapeError(f"the path taken depends on the batch: {_difference(one, two)}"
                                f"{f', after a number was read from a tensor at {read}' if read else ''}"
                                f"{LOOPED if looped and one and two and one.at != two.at else ''}")
        if first.result != other.result:
            raise TapeError("the path taken depends on the batch: runs return values of different operations")


def _difference(one: Record | None, two: Record | None) -> str:
    """Where two operations that should be one differ; where there is none, the run has ended."""
    if one is None or two is None:
        return f"only one run comes to {(one or two).at}"  # type: ignore[union-attr]
    if one.at != two.at:
        return f"one run comes to {one.at}, another to {two.at}"
    if one.op != two.op:
        return f"{one.op} in one run, {two.op} in another at {one.at}"
    return f"{one.op} with other arguments at {one.at}"


def _skeleton(record: Record) -> object:
    """All of a record that must be the same in every run."""
    return (record.op, record.at, record.grad, record.stop, record.alias, record.clobbers, record.cast,
            tuple(map(_shape_of, record.args)), tuple((one.name, _shape_of(one.value)) for one in record.kwargs),
            tuple((one.number, len(one.shape), one.dtype) for one in record.outputs))


def _shape_of(argument: Argument) -> object:
    """An argument without its numbers."""
    if isinstance(argument, tuple):
        return tuple(map(_shape_of, argument))
    if isinstance(argument, (int, float)) and not isinstance(argument, bool):
        return float
    return argument


def references(argument: Argument) -> tuple[int, ...]:
    """The numbers of the values that an argument names."""
    if isinstance(argument, Ref):
        return (argument.number,)
    return tuple(number for one in argument for number in references(one)) if isinstance(argument, tuple) else ()


def name_of(op: str) -> str:
    """The name of an operation without its framework, its overload and the sign that it is done in place."""
    base = op.partition(".")[2].partition(".")[0]
    return base if base.startswith("__") else base.rstrip("_")
