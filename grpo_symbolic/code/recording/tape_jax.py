"""Recording JAX: the function is traced to its expression, in which calls are followed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from .recorded import Outcome, Places, Unrecorded, finite, plain, refuse_shape
from .tape import LITERAL, Argument, Array, Gradient, Input, Keyword, Output, Place, Record, Ref
from .tape_jax_loops import at_once
from .tape_numpy import array_of

FOLDER = os.path.dirname(jax.__file__)
EXACT = True  # the derivative is that of JAX
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"exp": jnp.exp, "log": jnp.log}
LOW = ("float32", "float16", "bfloat16")
STOP = "stop_gradient"
CAST = "convert_element_type"
LOOP = "scan"
BRANCHES, CHOICE = "cond", "select_n"
# Calls by what holds the expression that is called; custom derivatives are not followed but compared.
CALLED = ("jaxpr", "call_jaxpr", "fun_jaxpr")
CALLS = ("jit", "pjit", "closed_call", "core_call", "remat", "checkpoint", "remat2", "custom_jvp_call",
         "custom_vjp_call", "custom_vjp_call_jaxpr")
INLINED = ("jit", "pjit", "closed_call", "core_call")
LARGEST_LITERAL = 1000


def version() -> str:
    """The version of JAX."""
    return str(jax.__version__)


def prepare() -> None:
    """Make JAX compute in double precision."""
    jax.config.update("jax_enable_x64", True)


def tensor_of(array: Array) -> Any:
    """An array as JAX has it."""
    return jnp.asarray(np.array(array.values, dtype=array.dtype).reshape(array.shape))


def recorded(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input], root: str) -> Outcome:
    """What a call does with inputs, which it is handed by their numbers.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    places = Places(root, FOLDER)
    closed = traced(call, inputs, places)
    walk = Walk(places, max(one.number for one in inputs))
    known: dict[Any, Argument] = {var: Ref(one.number) for var, one in zip(closed.jaxpr.invars, inputs, strict=True)}
    for var, value in zip(closed.jaxpr.constvars, closed.consts, strict=True):
        known[var] = walk.literal(value)
    walk.follow(closed.jaxpr, known, Place("?", 0))
    result = looked_up(closed.jaxpr.outvars[0], known)
    if not isinstance(result, Ref):
        raise Unrecorded("what the function returned does not depend on its arguments")
    value, grads = differentiated(call, inputs, closed if walk.casts else None)
    return Outcome(tuple(walk.records), result.number, value, grads)


def traced(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input], places: Places) -> Any:
    """The expression of a call. Raises Unrecorded where there is none, and whatever the call raises."""
    def of_list(*tensors: Any) -> Any:
        result = call(dict(zip((one.number for one in inputs), tensors, strict=True)))
        if not hasattr(result, "shape"):
            raise Unrecorded(f"the function returned {type(result).__name__}, not an array")
        refuse_shape(tuple(result.shape))
        return result
    try:
        return jax.make_jaxpr(of_list)(*(tensor_of(one.array) for one in inputs))
    except jax.errors.ConcretizationTypeError as fault:
        raise Unrecorded("the path taken depends on the batch: Python asks for the number in an array at "
                         f"{places.of_fault(fault)}") from fault


def evaluated(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input]) -> tuple[float, tuple[Gradient, ...]]:
    """The value of a call and its derivatives in all live inputs.

    Raises Unrecorded where what it returns is no loss, and whatever the call raises.
    """
    return differentiated(call, inputs, None)


def differentiated(call: Callable[[Mapping[int, Any]], Any], inputs: Sequence[Input], closed: Any,
                   ) -> tuple[float, tuple[Gradient, ...]]:
    """Value and derivatives of a call, or of its expression without what asks for less than double precision."""
    live = [k for k, one in enumerate(inputs) if one.live]

    def of_list(*tensors: Any) -> Any:
        result = widened(closed.jaxpr, closed.consts, tensors)[0] if closed else \
            call(dict(zip((one.number for one in inputs), tensors, strict=True)))
        return jnp.reshape(result, ()).astype(jnp.float64)
    tensors = [tensor_of(one.array) for one in inputs]
    if not live:
        return finite(float(of_list(*tensors))), ()
    value, grads = jax.value_and_grad(of_list, argnums=tuple(live))(*tensors)
    return finite(float(value)), tuple(Gradient(inputs[k].number, array_of(grad))
                                       for k, grad in zip(live, grads, strict=True))


def widened(jaxpr: Any, consts: Sequence[Any], tensors: Sequence[Any]) -> list[Any]:
    """The values of an expression in which nothing asks for less than double precision."""
    begun = map(wide, (*consts, *tensors))
    known: dict[Any, Any] = dict(zip((*jaxpr.constvars, *jaxpr.invars), begun, strict=True))

    def value(var: Any) -> Any:
        return wide(var.val) if hasattr(var, "val") else known[var]
    for equation in jaxpr.eqns:
        given, name = list(map(value, equation.invars)), equation.primitive.name
        if name == CAST and str(equation.params["new_dtype"]) in LOW:
            made: Any = [jnp.asarray(given[0], jnp.float64)]  # from truth values and integers, too
        elif name in INLINED:
            inner = called(equation)
            made = widened(inner.jaxpr, inner.consts, given)
        else:
            made = bound(equation, given)
        known |= zip(equation.outvars, made, strict=True)
    return [value(var) for var in jaxpr.outvars]


def wide(value: Any) -> Any:
    """A value in double precision, if it is one of less."""
    return jnp.asarray(value, jnp.float64) if str(getattr(value, "dtype", "")) in LOW else value


def bound(equation: Any, given: Sequence[Any]) -> Sequence[Any]:
    """The values that an equation gives; versions of JAX differ in whether functions stand among the parameters."""
    asked = equation.primitive.get_bind_params(equation.params)
    functions, named = asked if isinstance(asked, tuple) else ((), asked)
    made = equation.primitive.bind(*functions, *given, **named)
    return made if equation.primitive.multiple_results else [made]


def called(equation: Any) -> Any:
    """The expression that an equation calls, with its constants."""
    found = next(equation.params[name] for name in CALLED if name in equation.params)
    return found if hasattr(found, "consts") else Closed(found)


@dataclass(frozen=True)
class Closed:
    """An expression without constants."""

    jaxpr: Any
    consts: tuple[Any, ...] = ()


def looked_up(var: Any, known: Mapping[Any, Argument]) -> Argument:
    """A variable of an expression, or the number that stands in its place."""
    return known[var] if not hasattr(var, "val") else plain(np.asarray(var.val).item())


@dataclass
class Walk:
    """Writes down the equations of an expression, those of what it calls in place of the call."""

    places: Places
    last: int
    records: list[Record] = field(default_factory=list)
    casts: bool = False

    def output(self, shape: Sequence[int], dtype: Any) -> Output:
        """A value with the next number."""
        self.last += 1
        return Output(self.last, tuple(map(int, shape)), str(dtype))

    def literal(self, value: Any) -> Ref:
        """An array that the function brings along."""
        found = array_of(value)
        output = self.output(found.shape, found.dtype)
        kept = found if len(found.values) <= LARGEST_LITERAL else None
        self.records.append(Record(LITERAL, (), (), (output,), Place("?", 0), literal=kept))
        return Ref(output.number)

    def follow(self, jaxpr: Any, known: dict[Any, Argument], above: Place) -> None:
        """Write down an expression whose variables so far are known; lines that say nothing are those above."""
        for equation in jaxpr.eqns:
            given = tuple(looked_up(var, known) for var in equation.invars)
            at = self.place(equation, above)
            name = equation.primitive.name
            if name in CALLS:
                known |= zip(equation.outvars, self.call(called(equation), given, at), strict=True)
            elif name == LOOP and (turns := at_once(equation)) is not None:
                known |= zip(equation.outvars, self.call(turns, given, at), strict=True)
            elif name == BRANCHES and len(equation.params["branches"]) <= 2:
                known |= zip(equation.outvars, self.branched(equation, given, at), strict=True)
            elif name == CAST and not isinstance(given[0], Ref):
                known[equation.outvars[0]] = given[0]
            else:
                outputs = tuple(self.output(var.aval.shape, var.aval.dtype) for var in equation.outvars)
                cast = str(equation.params["new_dtype"]) if name == CAST else ""
                self.casts |= cast in LOW
                self.records.append(Record(f"jax.{name}", given, parameters(equation), outputs, at, stop=name == STOP,
                                           cast=cast if cast in LOW else ""))
                known |= zip(equation.outvars, (Ref(one.number) for one in outputs), strict=True)

    def call(self, closed: Any, given: Sequence[Argument], at: Place) -> list[Argument]:
        """What a call gives."""
        inner: dict[Any, Argument] = dict(zip(closed.jaxpr.invars, given, strict=True))
        for var, value in zip(closed.jaxpr.constvars, closed.consts, strict=True):
            inner[var] = self.literal(value)
        self.follow(closed.jaxpr, inner, at)
        return [looked_up(var, inner) for var in closed.jaxpr.outvars]

    def branched(self, equation: Any, given: Sequence[Argument], at: Place) -> list[Argument]:
        """What one of two branches gives, each written down: that which is known to be taken, or that of a choice."""
        which, *rest = given
        branches = equation.params["branches"]
        if len(branches) == 1 or isinstance(which, (bool, int)):
            return self.call(branches[-1 if isinstance(which, int) and which > 0 else 0], rest, at)
        found: list[Argument] = []
        for var, *values in zip(equation.outvars, *(self.call(one, rest, at) for one in branches), strict=True):
            output = self.output(var.aval.shape, var.aval.dtype)
            self.records.append(Record(f"jax.{CHOICE}", (which, *values), (), (output,), at))
            found.append(Ref(output.number))
        return found

    def place(self, equation: Any, above: Place) -> Place:
        """The line of the user's behind an equation."""
        trace = equation.source_info.traceback
        for frame in trace.frames if trace else ():
            if not self.places.foreign(frame.file_name):
                return Place(self.places.named(frame.file_name), frame.line_num)
        return above


def parameters(equation: Any) -> tuple[Keyword, ...]:
    """The parameters of an equation that are numbers, words or lists of them."""
    return tuple(Keyword(name, plain(of_python(value))) for name, value in sorted(equation.params.items())
                 if readable(value))


def of_python(value: Any) -> Any:
    """A parameter with numbers of Python's in place of NumPy's, which mapped functions have among their axes."""
    if isinstance(value, (tuple, list)):
        return tuple(map(of_python, value))
    return value.item() if isinstance(value, np.generic) else value


def readable(value: Any) -> bool:
    """Whether a parameter says something that a tape can hold."""
    if isinstance(value, (tuple, list)):
        return all(map(readable, value))
    return isinstance(value, (bool, int, float, str, np.dtype, np.integer, np.floating))
