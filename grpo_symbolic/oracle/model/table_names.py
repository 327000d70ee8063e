"""The printed names and fractions of a model's tables."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, prod
from typing import Any

import numpy as np

from ...language import CONSTANT, Var
from .exact import text
from .tables import FIXED, OLD, THETA, Model, Name

LETTERS = {"action": "a", "state": "s", "index": "i", "group": "a_{1:G}", "token": "t", "prefix": "o_{<t}"}


def values(model: Model) -> dict[str, list[str]]:
    """Every table of a model as fractions under its LaTeX name.

    A derivative at θ has its partial derivatives in front: at [∂_1∂_2] stands ∂²/∂θ_1∂θ_2.
    """
    found: dict[str, list[str]] = {}
    for name in sorted((name for name in model.tables if "number" not in name.sorts), key=order):
        found.setdefault(printed(name, model), []).extend(fractions(name, model))
    found |= {name: [value] for name, value in sorted(model.seen.items())}
    for label, (other, where) in model.aliases.items():
        point = {CONSTANT: FIXED, "old": OLD}.get(where, model.point(False))
        if policy(other, point) in found:
            found[label] = found[policy(other, point)]
    return found


def places(model: Model, free: dict[Var, Any]) -> dict[str, str]:
    """Where each free variable stands: at an action a_2 or a state s_1, at a number of a member or a token."""
    action = "a" if model.sizes.tree is None else "o"
    letters = {"action": f"{action}_", "group": f"{action}_", "state": "s_"}
    return {var.name + ("_{1:G}" if var.sort == "group" else ""):
            ", ".join(f"{letters.get(var.sort, '')}{k}" for k in at) for var, at in free.items()}


def lettered(layout: str, sorts: tuple[str, ...]) -> str:
    """The printed name of a function, with letters for its arguments."""
    for k, sort in enumerate(sorts):
        layout = layout.replace(f"#{k + 1}", LETTERS.get(sort, sort))
    return layout


def order(name: Name) -> tuple[Any, ...]:
    """Probabilities first, then functions and constants, values before derivatives."""
    kinds = ("weight", "tangent", "function", "constant", "step")
    return min(kinds.index(name.kind), 1), name.label, name.point, len(name.monomial), name.monomial, name.entry


def printed(name: Name, model: Model) -> str:
    """The LaTeX name of a table."""
    partial = "".join(rf"\partial_{{{i + 1}}}" for i in name.monomial)
    label = name.label
    if name.kind in ("weight", "tangent"):
        label = policy(label, THETA if model.at_old and name.point == OLD and name.monomial else name.point)
    else:
        label = lettered(label, model.letters.get(label, name.sorts))
        if name.point == OLD and not model.at_old:
            label = rf"{label}|_{{\theta_{{\text{{old}}}}}}"
    return f"{partial} {label}" if partial else label


def policy(label: str, point: str) -> str:
    """The name of a policy, or of a law of states, at a point."""
    mark = {THETA: r"\theta", OLD: r"{\theta_{\text{old}}}"}.get(point)
    if mark is None:
        return label
    return f"d^{{{label[3:-1]}_{mark}}}" if label.startswith("d^{") else f"{label}_{mark}"


def fractions(name: Name, model: Model) -> list[str]:
    """The numbers of a table: probabilities for weights, derivatives for coefficients, functions with their shift."""
    if name.label in model.shifts and not name.monomial:
        return [text(number) for number in (model.table(name, ()) + model.shifts[name.label]).flat]
    above, below = (np.asarray(part) for part in model.tables[name])
    if name.kind == "weight":
        below = above.sum(axis=-2, keepdims=True)
    times = prod(factorial(name.monomial.count(i)) for i in set(name.monomial))
    above, below = np.broadcast_arrays(above, below)
    return [str(Fraction(int(x), int(y)) * times) for x, y in zip(above.flat, below.flat, strict=True)]


