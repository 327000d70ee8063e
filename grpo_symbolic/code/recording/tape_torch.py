"""Recording PyTorch: every operation below autograd, on ordinary tensors in float64."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode, _disable_current_modes, _get_current_dispatch_mode

from .recorded import Outcome, Places, Unrecorded, finite, plain, refuse_other, refuse_shape
from .tape import LITERAL, Argument, Array, Gradient, Input, Keyword, Output, Record, Ref, references

FOLDER = os.path.dirname(torch.__file__)
EXACT = True  # the derivative is that of autograd
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"exp": torch.exp, "log": torch.log}
LOW = {torch.float32: "float32", torch.float16: "float16", torch.bfloat16: "bfloat16"}
DTYPES = {"float64": torch.float64, "int64": torch.int64, "bool": torch.bool}
STOPS = ("aten.detach.", "aten.detach_.")
# Methods that hand numbers to Python and are no operations.
LEAVES = ("tolist", "numpy")
# A tensor from nowhere is kept where it has at most so many numbers.
LARGEST_LITERAL = 1000


def version() -> str:
    """The version of PyTorch."""
    return str(torch.__version__)


def prepare() -> None:
    """Make PyTorch compute in float64, on one thread, in the same way in every run."""
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(True)


def tensor_of(array: Array, live: bool = False) -> torch.Tensor:
    """An array as a tensor."""
    made = torch.tensor(array.values, dtype=DTYPES[array.dtype]).reshape(array.shape)
    return made.requires_grad_(live)


def array_of(tensor: torch.Tensor) -> Array:
    """A tensor as an array."""
    with _disable_current_modes():
        flat = tensor.detach().reshape(-1)
        wide = flat.double() if flat.is_floating_point() else flat
        kind = "float64" if flat.is_floating_point() else named(flat.dtype)
        return Array(tuple(tensor.shape), kind, tuple(wide.tolist()))


def recorded(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input], root: str) -> Outcome:
    """What a call does with inputs, which it is handed by their numbers.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    tensors = {one.number: tensor_of(one.array, one.live) for one in inputs}
    mode = Recording(tensors, Places(root, FOLDER))
    with mode, mode.leaving():
        result = scalar(call(tensors))
    if mode.known(result) is None:
        raise Unrecorded("what the function returned was not computed by operations that are recorded")
    value, grads = evaluated(call, inputs)
    refuse_other(float(result.detach()), value)
    return Outcome(tuple(mode.records), mode.number(result), value, grads)


def evaluated(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input]) -> tuple[float, tuple[Gradient, ...]]:
    """The value of a call and its derivatives in all live inputs, nothing being recorded.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    tensors = {one.number: tensor_of(one.array, one.live) for one in inputs}
    with Widening():
        result = scalar(call(tensors))
    return finite(float(result.detach())), gradients(result, inputs, tensors)


def scalar(result: Any) -> torch.Tensor:
    """What a function returned, if it is a tensor of one number.

    Raises Unrecorded where it is none.
    """
    if not isinstance(result, torch.Tensor):
        raise Unrecorded(f"the function returned {type(result).__name__}, not a tensor")
    refuse_shape(tuple(result.shape))
    return result


def gradients(result: torch.Tensor, inputs: Sequence[Input], tensors: Mapping[int, Any]) -> tuple[Gradient, ...]:
    """The derivatives of a result in all live inputs; zero where nothing leads from one to the other."""
    live = [one for one in inputs if one.live]
    found: Sequence[Any] = [None] * len(live)
    if live and result.requires_grad:
        found = torch.autograd.grad(result.sum(), [tensors[one.number] for one in live], allow_unused=True)
    return tuple(Gradient(one.number, array_of(torch.zeros_like(tensors[one.number]) if grad is None else grad))
                 for one, grad in zip(live, found, strict=True))


class Mode(TorchDispatchMode):
    """A mode that does without the compiler, which would take longer to import than all else."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False


class Widening(Mode):
    """Keeps double precision where code asks for less."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return func(*map(widened, args), **{key: widened(value) for key, value in (kwargs or {}).items()})


class Recording(Mode):
    """Writes down every operation.

    A tensor is known by its identity, or else by the numbers it looks at: views come back as other objects.
    """

    def __init__(self, tensors: Mapping[int, torch.Tensor], places: Places) -> None:
        super().__init__()
        self.places = places
        self.records: list[Record] = []
        self.kept: list[torch.Tensor] = []  # a tensor that were freed could give its identity to another
        self.by_identity: dict[int, int] = {}
        self.by_look: dict[tuple[Any, ...], int] = {}
        self.moving: set[int] = set()  # the numbers that have a derivative, as far as operations tell
        self.lost: dict[tuple[int, int], int] = {}
        self.last = 0
        for number, tensor in tensors.items():
            self.last = number
            self.keep(tensor, number)
            self.moving |= {number} if tensor.requires_grad else set()

    def keep(self, tensor: torch.Tensor, number: int) -> None:
        """Know a tensor by a number from now on."""
        self.kept.append(tensor)
        self.by_identity[id(tensor)] = number
        if tensor.numel():
            self.by_look[look(tensor)] = number

    def known(self, tensor: torch.Tensor) -> int | None:
        """The number of a tensor, if it has one."""
        found = self.by_identity.get(id(tensor))
        return self.by_look.get(look(tensor)) if found is None and tensor.numel() else found

    def fresh(self, tensor: torch.Tensor) -> Output:
        """Give a tensor the next number."""
        self.last += 1
        self.keep(tensor, self.last)
        return Output(self.last, tuple(tensor.shape), named(tensor.dtype))

    def number(self, tensor: torch.Tensor) -> int:
        """The number of a tensor; one that comes from nowhere is recorded as a literal."""
        found = self.known(tensor)
        if found in self.moving and not tensor.requires_grad:
            return self.stopped(tensor, found)
        if found is None:
            output = self.fresh(tensor)
            value = array_of(tensor) if tensor.numel() <= LARGEST_LITERAL else None
            self.records.append(Record(LITERAL, (), (), (output,), self.places.here(), literal=value))
            found = output.number
        return found

    def stopped(self, tensor: torch.Tensor, number: int) -> int:
        """The number of a tensor that has lost its derivative, in place and so without an operation."""
        if (id(tensor), number) not in self.lost:
            self.last += 1
            self.lost[id(tensor), number] = self.last
            output = Output(self.last, tuple(tensor.shape), named(tensor.dtype))
            self.records.append(Record("aten.detach_.default", (Ref(number),), (), (output,), self.places.here(),
                                       stop=True))
        return self.lost[id(tensor), number]

    def argument(self, value: Any) -> Argument:
        """An argument as it is recorded."""
        if isinstance(value, torch.Tensor):
            return Ref(self.number(value))
        if isinstance(value, (list, tuple)):
            return tuple(map(self.argument, value))
        return plain(value)

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        name, at, grad = str(func), self.places.here(), torch.is_grad_enabled()
        stop = name.startswith(STOPS)
        # what is about to be stopped is no derivative that was lost
        given = (Ref(self.known(args[0]) or self.number(args[0])),) if stop else tuple(map(self.argument, args))
        named = tuple(Keyword(key, self.argument(value)) for key, value in kwargs.items())
        written = [one for one in written_by(func, args, kwargs) if isinstance(one, torch.Tensor)]
        before = {id(one): self.number(one) for one in written}
        cast = next((LOW[one] for one in (*args, *kwargs.values()) if is_low(one)), "")
        result = func(*map(widened, args), **{key: widened(value) for key, value in kwargs.items()})
        if stop and not written:
            result = result.clone()  # the stopped copy is a value of its own
        self.note(Record(name, given, named, (), at, grad, stop, cast=cast), result, before, written)
        return result

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """For a while write down also what leaves for Python without an operation."""
        def telling(name: str) -> Callable[..., Any]:
            leave = getattr(torch.Tensor, name)

            def left(tensor: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
                if _get_current_dispatch_mode() is self:  # it is not we who ask
                    with _disable_current_modes():
                        number = float(tensor.detach()) if tensor.numel() == 1 else 0.0
                    self.records.append(Record(f"aten.{name}", (Ref(self.number(tensor)),), (), (),
                                               self.places.here(), item=number))
                return leave(tensor, *args, **kwargs)
            return left
        for name in LEAVES:
            setattr(torch.Tensor, name, telling(name))
        try:
            yield
        finally:
            for name in LEAVES:
                delattr(torch.Tensor, name)

    def note(self, record: Record, result: Any, before: Mapping[int, int], written: Sequence[torch.Tensor]) -> None:
        """Complete a record by what came out, and write it down."""
        said = dict(vars(record))
        if isinstance(result, (bool, int, float)):
            self.records.append(Record(**said | {"item": result}))
            return
        made = [one for one in (result if isinstance(result, (tuple, list)) else [result])
                if isinstance(one, torch.Tensor)]
        alias = next((before[id(one)] for one in made if id(one) in before), None)
        outputs = tuple(self.fresh(one) for one in made)
        if record.grad and not record.stop and self.moving & set(references(record.args)):
            self.moving |= {output.number for output, one in zip(outputs, made, strict=True) if one.is_floating_point()}
        spoilt = tuple(sorted({number for one in written for number in self.overwritten(one)}))
        self.records.append(Record(**said | {"outputs": outputs, "alias": alias, "clobbers": spoilt}))

    def overwritten(self, tensor: torch.Tensor) -> set[int]:
        """The numbers of tensors that see part of what was written to one; those that see the same become it."""
        storage, seen = tensor.untyped_storage().data_ptr(), look(tensor)
        found = set()
        for other in self.kept:
            if other.numel() and other.untyped_storage().data_ptr() == storage:
                if look(other) == seen:
                    self.by_identity[id(other)] = self.by_look[seen]
                else:
                    found.add(self.by_identity[id(other)])
        return found


def named(dtype: torch.dtype) -> str:
    """The name of a type of numbers."""
    return str(dtype).removeprefix("torch.")


def look(tensor: torch.Tensor) -> tuple[Any, ...]:
    """What numbers a tensor looks at: two of the same look are the same numbers."""
    return (tensor.untyped_storage().data_ptr(), tensor.storage_offset(), tuple(tensor.shape), tuple(tensor.stride()),
            tensor.dtype)


def written_by(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
    """The arguments that an operation writes to."""
    named = [(one.name, one.alias_info) for one in func._schema.arguments]
    values = {**{name: value for (name, _), value in zip(named, args, strict=False)}, **kwargs}
    return [values[name] for name, alias in named if alias is not None and alias.is_write and name in values]


def is_low(value: Any) -> bool:
    """Whether an argument asks for less than double precision."""
    return isinstance(value, torch.dtype) and value in LOW


def widened(value: Any) -> Any:
    """An argument with double precision where less was asked for."""
    return torch.float64 if is_low(value) else value
