r"""Values at a single draw that its letter names: the r_i under o_i ∼ π is the r_j under o_j ∼ π, a function of what is
drawn."""

from __future__ import annotations

from sympy import Basic

from ...language import Var, sort_of
from ..parsing.naming import spelled
from ..read_error import Fault
from ..spelling.labels import labelled
from .builder import Builder
from .uses import Use, below
from .variables import ambient_variable

REWARD = "r"  # whose members r_i are the values r(s, a_i) by custom


def at_draw(builder: Builder, use: Use, hidden: tuple[Basic, ...]) -> tuple[str, tuple[Basic, ...]]:
    """The layout and the arguments of a symbol, without the letters that name a single draw."""
    bound = builder.bound.values()
    names = [isinstance(arg, Var) and arg.sort in ("index", "token") and arg not in bound
             and labelled(bound, {arg.name}) for arg in use.printed]
    lone = bool(hidden) and not use.brackets and labelled(bound, set(below(use)))
    if hidden or any(isinstance(arg, Var) and arg.sort in ("index", "token") for arg in use.printed):
        refuse_two_forms(builder, use, lone or any(names))
    if lone:
        return use.symbol.name + use.symbol.item.dashes + r"_{\cdot}", states_first(builder, hidden)
    builder.dropped |= {arg for arg, name in zip(use.printed, names, strict=True) if name}
    layout, printed = use.layout, tuple[Basic, ...]()
    for place, (arg, name) in enumerate(zip(use.printed, names, strict=True), 1):
        printed += () if name else (arg,)
        layout = layout.replace(f"#{place}", r"\cdot" if name else f"#{len(printed)}", 1)
    return layout, (*printed, *(states_first(builder, hidden) if any(names) else hidden))


def states_first(builder: Builder, hidden: tuple[Basic, ...]) -> tuple[Basic, ...]:
    """Hidden arguments in one order, the state among them even where none is drawn."""
    states = tuple(var for var in hidden if sort_of(var) == "state") or (ambient_variable(builder, "state"),)
    return (*states, *(var for var in hidden if sort_of(var) != "state"))


def refuse_two_forms(builder: Builder, use: Use, named: bool) -> None:
    """Refuse a value at a draw, of one or of a group, whose symbol has another form, or arguments, in another place."""
    known = builder.at_draws.setdefault(use.symbol.name, named)
    member = named or bool(builder.groups) and use.symbol.name != REWARD
    if named is not known or member and not use.brackets and (use.symbol.name, "applied") in builder.facts.evidence:
        raise Fault(f"{spelled(use.symbol.item)} is a value at a {'single ' * named}draw, and {use.symbol.name} stands "
                    "elsewhere in another form: write the arguments of both", use.pos)
