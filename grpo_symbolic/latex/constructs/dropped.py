r"""Refusing what shows a bound letter in a script without depending on it: c_{k^2} under \sum_k, \mathcal T_i."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sympy import Basic

from ...language import Term, Var, heads
from ..kinds.anonymous import ABSTRACT, NATURE
from ..kinds.named import letter_of
from ..names.environment import Named
from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Content, Item
from ..read_error import Fault
from ..spelling.account import LEAVES
from ..spelling.bound_scripts import dropped, scripts
from ..spelling.indexed import every, only_seen
from .builder import Builder
from .uses import Use


def refuse_dropped(builder: Builder, item: Item, node: Term) -> None:
    """Refuse a symbol that shows a bound letter in a script, and whose meaning does not depend on it."""
    if scripts(item) and (bound := bound_here(builder, node)):
        refuse(item, node, bound)


def refuse_dropped_in(builder: Builder, body: Content, node: Term) -> None:
    """Refuse a symbol in the arguments of a node likewise; a definition for a step t may speak of a variable a_t."""
    shown = [item for item in every(body) if not (item.kind in LEAVES and item.plain)]
    if all(item.sub is None and item.sup is None for item in shown):
        return
    bound, variables = bound_here(builder, node), {str(var) for var in node.free}
    if not bound:
        return
    free = {name: meant for name, meant in bound.items() if name not in builder.of}
    with only_seen(body):
        for item in shown:
            if nucleus(item) is not None:
                refuse(item, node, free if spelled(item) in variables else bound)


def refuse(item: Item, node: Term, bound: Mapping[str, Collection[Basic]]) -> None:
    """Refuse an item that shows a letter that is bound here, on which its node does not depend."""
    if (shown := dropped(item, node, bound)) is not None:
        name = shown.value + "'" * shown.primes
        raise Fault(f"{name} is bound here, and stands in a script as a label: whether this depends on it is not "
                    f"said; write it as a function of {name}", shown.pos)


def bound_here(builder: Builder, node: Term) -> dict[str, Collection[Basic]]:
    """The letters that something binds here, each with what stands for it: a draw, an index, what a definition is of.

    In a moment without a law whatever is random is a function of one sample; what is defined is what its definition
    says.
    """
    plan, choices, sample = builder.facts.plan, builder.facts.choices, [Var(*one) for one in builder.facts.plan.sample]
    random: set[str] = set()
    if not set(sample).isdisjoint(builder.bound.values()) and \
            not any(head.layout in builder.environment.names for head in heads(node)):
        random = {letter_of(name)[0] for name in plan.random | ABSTRACT if plan.nature(name) != "number"
                  and choices.get(NATURE + name) != 0}
    return {**dict.fromkeys(random, sample), **{name: (part,) for name, part in builder.of.items()},
            **{name: (var,) for name, var in (*builder.bound.items(), *builder.groups.items())}}


def refuse_other_step(builder: Builder, use: Use, named: Named, hidden: tuple[Var, ...]) -> None:
    """Refuse what is defined for a step t by a variable a_t of its own, where it is taken at any other step."""
    for param, arg in zip(named.app.params, use.printed, strict=False):
        letter = str(param)
        own = isinstance(arg, Var) and arg.name == letter and arg not in builder.bound.values()
        for mine, var in () if own or not isinstance(param, Var) else zip(named.unprinted, hidden, strict=True):
            if mine.name.partition("_")[2] == letter and var not in builder.bound.values():
                raise Fault(f"{spelled(use.symbol.item)} is defined by {mine.name}, a variable of its own: what that "
                            f"is at another {letter} is not said; write out what it stands for", use.pos)
