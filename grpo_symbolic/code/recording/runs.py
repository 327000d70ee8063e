"""Running a loss on made-up batches, each recorded by the front end of its framework."""

from __future__ import annotations

import importlib
import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from . import roles
from .arguments import Binding, Fixed, Scalar, Tensor
from .batches import AS_GIVEN, CHECKED, LAYOUTS, LIST, PACKED, PER_TOKEN, SMALL, TRACED, Plan, array, member
from .recorded import ORDINARY, Outcome, Places, Unrecorded
from .tape import Constant, Gradient, Input, Role, Run, Setting, Small

# The factors of a hyper-parameter lie between these; it is rounded, so that it prints short.
FACTORS = 0.8, 1.25
DIGITS = 4
# What a fault says that comes of how tensors are laid out.
SIZES = re.compile(r"\b(sizes?|shapes?|dimensions?|broadcast)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Subject:
    """A function with what its arguments are given, the part of what it returns that is the loss, and a front end."""

    function: Callable[..., Any]
    bindings: tuple[Binding, ...]
    output: str
    root: str
    front: Any


@dataclass(frozen=True)
class Form:
    """How a tensor is laid out and typed."""

    layout: str
    dtype: str


def front_end(framework: str) -> Any:
    """The module that records a framework.

    Raises Unrecorded where the framework is not installed.
    """
    try:
        return importlib.import_module(f".tape_{framework}", __package__)
    except ImportError as fault:
        raise Unrecorded(f"{framework} cannot be imported: {fault}") from fault


class Config(dict[str, Any]):
    """Settings by name, as items and as attributes."""

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(f"no setting {name} was given")


def constants(subject: Subject, plan: Plan) -> dict[str, float]:
    """The hyper-parameters of a run: near the given ones, other in every run, and none a simple multiple of another."""
    return {name: varied(name, value, plan) for name, value in hyper_parameters(subject.bindings)}


def hyper_parameters(bindings: Sequence[Binding]) -> list[tuple[str, float]]:
    """The hyper-parameters with their given values; within settings they have names with dots."""
    found = [(one.name, one.value) for one in bindings if isinstance(one, Scalar)]
    for one in bindings:
        if isinstance(one, Fixed) and one.passed:
            found += numbers_in(one.name, one.value)
    return found


def numbers_in(name: str, value: Any) -> list[tuple[str, float]]:
    """The floats within settings, by their paths."""
    if not isinstance(value, dict):
        return []
    inner = [pair for key, part in value.items() for pair in numbers_in(f"{name}.{key}", part)]
    return inner + [(f"{name}.{key}", part) for key, part in value.items() if isinstance(part, float) and part != 0]


def varied(name: str, value: float, plan: Plan) -> float:
    """A hyper-parameter for one run; a count stays a count."""
    draw = random.Random(f"{name} {plan.seed}")
    if plan.given:
        return value
    if isinstance(value, int):
        return value + draw.randrange(1, 20)
    return float(f"{value * draw.uniform(*FACTORS):.{DIGITS}g}")


def forms(one: Tensor) -> list[Form]:
    """The ways in which a tensor may be laid out and typed, the likeliest first."""
    per_token = one.role in PER_TOKEN or one.role not in roles.ROLES
    layouts = [one.layout] if one.layout else ["token"] if per_token else list(LAYOUTS)
    usual = ["float64", "bool", "int64"] if one.role == "mask" else ["int64"] if one.role == "labels" else ["float64"]
    return [Form(layout, dtype) for dtype in ([one.dtype] if one.dtype else usual) for layout in layouts]


def inputs(bindings: Sequence[Binding], chosen: Mapping[str, Form], plan: Plan) -> tuple[Input, ...]:
    """The tensors that a run begins with: arguments, then the roles that only expressions name."""
    tensors = [one for one in bindings if isinstance(one, Tensor)]
    direct = [(one.name, one.role, chosen[one.name]) for one in tensors if one.role in roles.ROLES]
    there = {role for _, role, _ in direct}
    composed = [(chosen[one.name], name) for one in tensors if one.role not in roles.ROLES
                for name in roles.names(roles.parsed(one.role))]
    further = {name: (name, name, form) for form, name in composed if name not in there}
    found = [part for name, role, form in (*direct, *further.values()) for part in laid_out(name, role, form, plan)]
    return tuple(replace(one, number=number) for number, one in enumerate(found, 1))


def laid_out(name: str, role: str, form: Form, plan: Plan) -> list[Input]:
    """The tensor of a role, or those of which it is a list; they have no numbers yet."""
    live = role in roles.LIVE
    if form.layout != LIST:
        return [Input(name, role, 0, array(plan, role, form.layout, form.dtype), live)]
    layout = "token" if role in PER_TOKEN else "sequence"
    whole = array(plan, role, layout, form.dtype)
    return [Input(name, role, 0, member(plan, whole, row), live, row) for row in range(plan.sequences)]


def caller(subject: Subject, given: Sequence[Input], values: Mapping[str, float]) -> Callable[[Mapping[int, Any]], Any]:
    """The function of tensors by number that calls the user's with all its arguments."""
    def call(tensors: Mapping[int, Any]) -> Any:
        by_name = {one.name: gathered(one.name, given, tensors) for one in given}
        by_role = {one.role: by_name[one.name] for one in reversed(given)}
        passed = {}
        for one in subject.bindings:
            if isinstance(one, Tensor):
                passed[one.name] = by_name[one.name] if one.role in roles.ROLES else roles.value_of(
                    roles.parsed(one.role), by_role, subject.front.FUNCTIONS)
            elif isinstance(one, Scalar):
                passed[one.name] = values[one.name]
            elif one.passed:
                passed[one.name] = configured(one.name, one.value, values)
        return part(subject.function(**passed), subject.output)
    return call


def gathered(name: str, given: Sequence[Input], tensors: Mapping[int, Any]) -> Any:
    """The tensor of an argument, or the list of them."""
    found = [one for one in given if one.name == name]
    whole = [tensors[one.number] for one in found]
    return whole[0] if found[0].index is None else whole


def configured(name: str, value: Any, values: Mapping[str, float]) -> Any:
    """A setting, the hyper-parameters in it with their values in this run."""
    if isinstance(value, dict):
        return Config({key: configured(f"{name}.{key}", inner, values) for key, inner in value.items()})
    return values.get(name, value)


def part(returned: Any, output: str) -> Any:
    """The part of what a function returned that is the loss; without a name, the first of several, or ``loss``.

    Raises Unrecorded where there is no such part.
    """
    if not output:
        if isinstance(returned, tuple) and returned:
            return returned[0]
        output = "loss" if isinstance(returned, dict) or hasattr(returned, "loss") else ""
    try:
        for key in filter(None, output.split(".")):
            returned = returned[int(key)] if key.isdigit() else \
                returned[key] if isinstance(returned, dict) else getattr(returned, key)
    except (LookupError, AttributeError, TypeError) as fault:
        raise Unrecorded(f"the function returned {type(returned).__name__}, which has no {output}: "
                         "name the part that is the loss with --output") from fault
    return returned


def run(subject: Subject, chosen: Mapping[str, Form], plan: Plan) -> Run:
    """One recorded run."""
    given, values = inputs(subject.bindings, chosen, plan), constants(subject, plan)
    subject.front.prepare()
    outcome: Outcome = subject.front.recorded(caller(subject, given, values), given, subject.root)
    sizes = plan.sizes_with({one.role for one in given}, {form.layout for form in chosen.values()})
    return Run(sizes, given, tuple(Constant(*pair) for pair in values.items()), outcome.records, outcome.result,
               outcome.value, outcome.gradients)


def fitting(subject: Subject) -> tuple[dict[str, Form], Run]:
    """The first ways to lay out tensors with which the function runs, and the run.

    Raises what the function raised with one of them: what speaks of sizes may be due to the way, anything else is not.
    """
    tensors = [one for one in subject.bindings if isinstance(one, Tensor)]
    faults: list[Exception] = []
    for found in product(*map(forms, tensors)):
        chosen = dict(zip((one.name for one in tensors), found, strict=True))
        try:
            return chosen, run(subject, chosen, TRACED[0])
        except Exception as fault:  # whatever the user's code raises
            faults.append(fault)
    raise next((one for one in faults if not SIZES.search(str(one))), faults[0])


@dataclass(frozen=True)
class Runs:
    """The runs that say what a function does, those that check it, and those on batches out of the ordinary."""

    traced: tuple[Run, ...]
    checks: tuple[Run, ...]
    small: tuple[Small, ...]


def all_runs(subject: Subject) -> Runs:
    """All runs of a function. Raises what the function raises on ordinary batches."""
    chosen, first = fitting(subject)
    packed = any(form.layout == PACKED for form in chosen.values())
    # where there are as many tokens as sequences, a row of tokens cannot be told from one of sequences
    odd = (*SMALL, AS_GIVEN) if hyper_parameters(subject.bindings) else SMALL
    small = [plan for plan in odd if not packed or sum(plan.lengths) != plan.sequences]
    return Runs((first, *(run(subject, chosen, plan) for plan in TRACED[1:])),
                tuple(run(subject, chosen, plan) for plan in CHECKED),
                tuple(tried(subject, chosen, plan) for plan in small))


def tried(subject: Subject, chosen: Mapping[str, Form], plan: Plan) -> Small:
    """A run on a batch on which the function need not give a number."""
    try:
        found = run(subject, chosen, plan)
    except Unrecorded as fault:
        return Small(plan.name, None, str(fault).removesuffix(ORDINARY))
    except Exception as fault:  # whatever the user's code raises
        at = Places(subject.root, subject.front.FOLDER).of_fault(fault)
        return Small(plan.name, None, f"the function raised {type(fault).__name__}{f' at {at}' if at else ''}")
    if not all(math.isfinite(value) for one in found.gradients for value in one.array.values):
        return Small(plan.name, None, "the gradient is no number")
    return Small(plan.name, found)


def evaluated_on(subject: Subject, batch: Run) -> tuple[float, tuple[Gradient, ...]]:
    """The value and the gradients of a subject on the inputs and with the constants of a run."""
    values = {one.name: one.value for one in batch.constants}
    subject.front.prepare()
    found: tuple[float, tuple[Gradient, ...]] = subject.front.evaluated(caller(subject, batch.inputs, values),
                                                                       batch.inputs)
    return found


def told_roles(bindings: Sequence[Binding]) -> tuple[Role, ...]:
    """What the tensors are."""
    return tuple(Role(one.name, one.role, one.guessed) for one in bindings if isinstance(one, Tensor))


def told_constants(bindings: Sequence[Binding]) -> tuple[Constant, ...]:
    """The hyper-parameters as they are given, without those of which a value is made up."""
    made_up = {one.name for one in bindings if isinstance(one, Scalar) and one.made_up}
    return tuple(Constant(name, value) for name, value in hyper_parameters(bindings) if name not in made_up)


def told_settings(bindings: Sequence[Binding]) -> tuple[Setting, ...]:
    """What stays the same in every run."""
    return tuple(Setting(one.name, repr(one.value)[:200]) for one in bindings if isinstance(one, Fixed))
