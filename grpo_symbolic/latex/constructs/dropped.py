r"""Refusing what shows a bound letter in a script without depending on it: c_{k^2} under \sum_k, \mathcal T_i."""

from __future__ import annotations

from collections.abc import Collection

from sympy import Basic

from ...language import Node
from ..bound_scripts import dropped
from ..read_error import Fault
from ..surface import Item
from .anonymous_moments import NATURE, read_sample
from .builder import Builder
from .policies import MOVING


def refuse_dropped(builder: Builder, item: Item, node: Node) -> None:
    """Refuse a symbol that shows a bound letter in a script, and whose meaning does not depend on it."""
    if (shown := dropped(item, node, bound_here(builder))) is not None:
        name = shown.value + "'" * shown.primes
        raise Fault(f"{name} is bound here, and stands in a script as a label: whether this depends on it is not "
                    f"said; write it as a function of {name}", shown.pos)


def refuse_moving(text: str, pos: int) -> None:
    """Refuse the name of a set that shows the parameter: it may move with it, and its size is a number here."""
    if MOVING.search(text):
        raise Fault(f"whether {text} moves with \\theta is not said, and sets that do cannot be said", pos)


def bound_here(builder: Builder) -> dict[str, Collection[Basic]]:
    """The letters that something binds here, each with what stands for it: a draw, an index, what a definition is of.

    In a moment without a law whatever is random in it is a function of one sample.
    """
    sample, plan = read_sample(builder), builder.facts.plan
    drawn = any(var in builder.bound.values() for var in sample)
    random = [name for name in plan.random if plan.nature(name) == "random" or
              plan.nature(name) == "either" and builder.facts.choices.get(NATURE + name) != 0] if drawn else []
    return {**dict.fromkeys(random, sample), **{name: (part,) for name, part in builder.of.items()},
            **{name: (var,) for name, var in (*builder.bound.items(), *builder.groups.items())}}
