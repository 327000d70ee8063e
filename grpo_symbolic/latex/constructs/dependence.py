r"""What depends on a draw without being drawn: the tokens of another name of a sample, and the state that follows.

Under a ∼ π, and under a sum over a, the s' of V(s') may be where a leads, and under o_i ∼ π the tokens of o may be
those of o_i. Neither is a constant there, and neither has a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from sympy import Basic

from ...language import Node, Num, Prefix, Prob, Sample, TokenOf, Var
from ..read_error import Fault
from .builder import Builder, Draw

MARK = re.compile(r"['_^]")


def refuse_dependent(builder: Builder, draws: Sequence[Draw], bodies: Iterable[Node], pos: int) -> None:
    """Refuse what stands free under draws and may depend on them. The draws are bound no more."""
    inner: set[Basic] = set().union(*(body.free for body in bodies))
    known = {*builder.bound.values(), *builder.groups.values()}
    for var, law in reversed(draws):
        inner -= {var}
        free = {other for other in inner - known if isinstance(other, Var)}
        printed = set() if law.hints.get("form") == "bare" else law.free
        refuse_following(var, free - printed, "what is drawn here", pos)
        carriers = {other for other in free - printed if other.sort in ("action", "group")}
        for part in (part for body in bodies for part in body.walk()) if carriers else ():
            refuse_other_name(var, carriers, part, pos)
        inner |= law.free


def refuse_successor(builder: Builder, var: Var, body: Node, pos: int) -> None:
    r"""Refuse a state that stands free under a sum over ``var`` and may follow it: V(s') under \sum_a.

    A state before a bar is any one, as in P(s'|s,a), and one on which the law of ``var`` is conditioned came before.
    """
    free = {other for other in body.free - {var, *builder.bound.values()} if isinstance(other, Var)}
    if not any(following(var, free)):
        return
    laws = [part for part in body.walk() if isinstance(part, Prob)]
    told = {one.name for part in laws for one in (part.law.free if var in part.action.free else part.action.free)
            if isinstance(one, Var)}
    free = {other for other in free if other.name not in told}
    refuse_following(var, free, f"{var.name}, over which this runs,", pos)


def refuse_following(var: Var, free: Iterable[Var], what: str, pos: int) -> None:
    """Refuse a free state that may follow ``var``."""
    for state in sorted(following(var, free), key=lambda other: other.name):
        raise Fault(rf"whether {state.name} follows {what} is not said: draw it, as {state.name} \sim P(\cdot|s,a)",
                    pos)


def following(var: Var, free: Iterable[Var]) -> Iterator[Var]:
    """The states with a mark, as s' or s_{t+1}, that may follow a draw: those whose mark it does not have."""
    return (other for other in free if other.sort == "state" and mark(other) not in ("", mark(var)))


def refuse_other_name(var: Var, free: Set[Var], part: Basic, pos: int) -> None:
    """Refuse a free sample or sequence that carries the letters of a draw."""
    base, label = letter(var), mark(var).strip("_{}")
    shown = ""
    if isinstance(part, Sample) and part.args[0] in free:
        group, index = part.args
        named = index.name if isinstance(index, Var) else str(index.value) if isinstance(index, Num) else ""
        if var.sort == "action" and (label and named == label or not label and letter(group) == base):
            shown = f"{group.name}_{named}"
    elif isinstance(part, (TokenOf, Prefix)) and part.args[0] in free and part.args[0].name == base != var.name:
        shown = base
    elif part in free and part.sort == var.sort == "action" and not mark(var) and part.name.startswith(base + "_"):
        shown = part.name
    if shown:
        raise Fault(f"whether {shown} belongs to {var.name}, which is drawn here, is not said: write both with the "
                    "same letters", pos)


def letter(var: Basic) -> str:
    """The name of a variable before its scripts and primes."""
    return MARK.split(var.name, maxsplit=1)[0]


def mark(var: Var) -> str:
    """The scripts and primes of a variable."""
    return var.name[len(letter(var)):]
