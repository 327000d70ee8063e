"""What each argument of a loss is given: a tensor of a role, a hyper-parameter, or a setting that stays as it is."""

from __future__ import annotations

import ast
import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import roles
from .batches import LIST, PACKED, PER_TOKEN
from .recorded import Unrecorded

# Hyper-parameters that have no default, by their names.
CUSTOMARY = {
    "eps": 0.2, "epsilon": 0.2, "eps_low": 0.2, "eps_high": 0.28, "epsilon_low": 0.2, "epsilon_high": 0.28, "el": 0.2,
    "eh": 0.28, "clip_low": 0.2, "clip_high": 0.28, "cliprange": 0.2, "clip_range": 0.2, "cliprange_low": 0.2,
    "cliprange_high": 0.28, "clip_eps": 0.2, "clip_ratio": 0.2, "clip_ratio_low": 0.2, "clip_ratio_high": 0.28,
    "eps_clip": 0.2, "clip_ratio_c": 3.0, "beta": 0.04, "kl_coef": 0.04, "kl_beta": 0.04, "kl_loss_coef": 0.04,
    "entropy_coef": 0.01, "entropy_coeff": 0.01, "tau": 1.5, "temperature": 1.5, "cap": 2.0, "max_len": 16,
    "max_length": 16, "max_tokens": 16, "gamma": 0.9,
}
SCALARS = ("float", "int", "bool", "str")
# Arguments that may be left out and are given all the same: without them it would be another loss.
WANTED = ("logp", "old", "ref", "mask", "adv")
LISTED = re.compile(r"(\w+\.)?(list|sequence|tuple|iterable)\[", re.IGNORECASE)
NOTHING = object()


@dataclass(frozen=True)
class Parameter:
    """An argument as the signature has it; ``default`` is NOTHING where there is none."""

    name: str
    annotation: str = ""
    default: Any = NOTHING

    @property
    def optional(self) -> bool:
        """Whether it may be left out."""
        return self.default is not NOTHING


@dataclass(frozen=True)
class Tensor:
    """An argument that is a tensor: an expression of roles, how it is laid out and typed where that is told."""

    name: str
    role: str
    guessed: bool
    layout: str = ""
    dtype: str = ""


@dataclass(frozen=True)
class Scalar:
    """A hyper-parameter: it gets another value in every run, near this one; ``made_up`` says that nobody gave this."""

    name: str
    value: float
    made_up: bool = False


@dataclass(frozen=True)
class Fixed:
    """A setting; what is left to its default is not passed."""

    name: str
    value: Any
    passed: bool


Binding = Tensor | Scalar | Fixed


@dataclass(frozen=True)
class Told:
    """What the user says of arguments, by their names: roles, values of hyper-parameters, settings."""

    roles: Mapping[str, str]
    constants: Mapping[str, float]
    settings: Mapping[str, Any]

    @property
    def names(self) -> set[str]:
        """The arguments of which something is said."""
        return {*self.roles, *self.constants, *self.settings}


def parameters_of(function: Callable[..., Any]) -> tuple[tuple[Parameter, ...], bool]:
    """The arguments of a function, and whether it takes others by any name; of a class those of making and calling it.

    Raises Unrecorded where it has no signature.
    """
    if isinstance(function, type):
        parts = [_signature(one)[1:] for one in (function.__init__, called(function))]  # type: ignore[misc]
        found = [one for part in parts for one in part]
    else:
        found = _signature(function)
    named = [one for one in found if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
    return tuple(Parameter(one.name, annotation_text(one.annotation),
                           NOTHING if one.default is one.empty else one.default) for one in named), \
        any(one.kind is one.VAR_KEYWORD for one in found)


def _signature(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The arguments of a function. Raises Unrecorded where it has no signature."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError) as fault:
        raise Unrecorded(f"the arguments of {getattr(function, '__name__', function)} cannot be found out") from fault


def called(kind: type) -> Callable[..., Any]:
    """What calls an object of a class: a module of PyTorch does so by ``forward``."""
    return getattr(kind, "forward", None) or kind.__call__


def made_and_called(kind: type) -> Callable[..., Any]:
    """The function that makes an object of a class, and calls it, each with its own arguments."""
    making = {one.name for one in _signature(kind.__init__)}  # type: ignore[misc]

    def call(**given: Any) -> Any:
        made = kind(**{name: value for name, value in given.items() if name in making})
        return made(**{name: value for name, value in given.items() if name not in making})
    return call


def annotation_text(annotation: Any) -> str:
    """An annotation as it is written; empty where there is none."""
    if annotation is inspect.Parameter.empty:
        return ""
    return annotation.__name__ if isinstance(annotation, type) and "[" not in str(annotation) else str(annotation)


def bindings(parameters: Sequence[Parameter], told: Told, others: bool) -> tuple[Binding, ...]:
    """What each argument is given, what is told before what is guessed.

    Raises Unrecorded where that cannot be guessed, or something is said of an argument that there is not.
    """
    known = {one.name for one in parameters}
    told = replace(told, roles=dict(oriented(name, role, known) for name, role in told.roles.items()))
    for name in sorted(told.names - known):
        if not others and name.partition(".")[0] not in known:
            raise Unrecorded(f"there is no argument `{name}`: there are {', '.join(sorted(known)) or 'none'}")
    further = [Parameter(name) for name in sorted(told.names - known) if "." not in name]
    found = with_rollout([binding(one, told) for one in (*parameters, *further)])
    refuse_twice(found)
    if any(isinstance(one, Tensor) and one.role == "cu_seqlens" for one in found):
        found = tuple(replace(one, layout=PACKED) if isinstance(one, Tensor) and one.role in PER_TOKEN
                      and not one.layout else one for one in found)
    return found


def refuse_twice(found: Sequence[Binding]) -> None:
    """Let pass bindings of which no two have one role, where that of one is no more than guessed.

    Raises Unrecorded for the others.
    """
    tensors = [one for one in found if isinstance(one, Tensor)]
    for one in tensors:
        same = [other for other in tensors if other.role == one.role]
        if one.guessed and len(same) > 1:
            raise Unrecorded(f"the arguments {', '.join(f'`{each.name}`' for each in same)} may all be of the role "
                             f"{one.role}: say of each what it is, as in --role {same[-1].name}=ROLE with one of "
                             f"{', '.join(roles.ROLES)}")


def oriented(name: str, role: str, known: set[str]) -> tuple[str, str]:
    """An argument and its role, which may be told the other way round where that is plain."""
    return (role, name) if name not in known and role in known and name in roles.ROLES else (name, role)


def with_rollout(found: Sequence[Binding]) -> tuple[Binding, ...]:
    """Beside a proximal policy, what is called old is what sampled."""
    if not any("proximal" in one.name for one in found):
        return tuple(found)
    return tuple(replace(one, role="rollout") if isinstance(one, Tensor) and one.guessed and one.role == "old"
                 and "prox" not in one.name else one for one in found)


def binding(one: Parameter, told: Told) -> Binding:
    """What an argument is given.

    Raises Unrecorded where that cannot be guessed.
    """
    if one.name in told.roles:
        role, _, rest = told.roles[one.name].partition(":")
        layout, _, dtype = rest.partition(":")
        if role not in roles.ROLES:
            roles.parsed(role)
        return Tensor(one.name, roles.ALIASES.get(role, role), False, layout, dtype)
    if one.name in told.constants:
        return Scalar(one.name, told.constants[one.name])
    if one.name in told.settings:
        return Fixed(one.name, told.settings[one.name], True)
    return guess(one)


def guess(one: Parameter) -> Binding:
    """What the name, the annotation and the default of an argument say that it is.

    Raises Unrecorded where they say nothing.
    """
    role = None if one.annotation in SCALARS else roles.guessed(one.name)
    if role and (not one.optional or one.default is None and role in WANTED):
        return Tensor(one.name, role, True, LIST if LISTED.match(one.annotation) else "")
    if is_varied(one.default):
        return Scalar(one.name, one.default)
    if one.optional:
        return Fixed(one.name, one.default, False)
    if one.name in CUSTOMARY:
        return Scalar(one.name, CUSTOMARY[one.name], made_up=True)
    if one.annotation in SCALARS:
        raise Unrecorded(f"no value for the argument `{one.name}`: --const {one.name}=NUMBER or "
                         f"--set {one.name}=LITERAL")
    raise Unrecorded(f"no role for the argument `{one.name}`: --role {one.name}=ROLE with one of "
                     f"{', '.join(roles.ROLES)}, or --const {one.name}=NUMBER, or --set {one.name}=LITERAL")


def is_varied(default: Any) -> bool:
    """Whether a default is that of a hyper-parameter: not where it switches something off, or counts to one."""
    return type(default) is float and default != 0 and math.isfinite(default) or type(default) is int and default > 1


def literal(name: str, text: str) -> Any:
    """A Python literal, never run.

    Raises Unrecorded where it is none.
    """
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError) as fault:
        raise Unrecorded(f"--set {name}={text[:60]} is no Python literal") from fault
