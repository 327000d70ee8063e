"""Whether a text and the definitions that it uses are read with one parameter, and one size of the group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Basic

from ...language import Const, Head, Policy, Relation
from ..constructs.slope import Number, depends
from ..kinds.parameter import THETA, Parameter, shown, whole
from ..names.environment import Environment, Named
from ..parsing.surface import Content
from ..read_error import Blocked, Fault


def letters_of(content: Content, own: Parameter) -> frozenset[str]:
    """The letters that a text prints."""
    return frozenset(map(own.spoken, shown(content))) | {own.old} - {""}


def one_parameter(own: Parameter, environment: Environment, terms: Sequence[Basic]) -> str:
    """The parameter of what a text claims, then assumes, and of all definitions that it uses; empty where none is.

    Raises Blocked for a definition that is read with another parameter: whether it depends on the one of this text is
    not known; Fault where a derivative in a number meets an equation of it.
    """
    mine = own.name if own.stated else ""
    if own.number and any(isinstance(term, Relation) and term.op in ("=", "≈") and depends(term, Number(own.name))
                          for term in terms[1:]):
        raise Fault(f"this takes a derivative in {own.name}, and assumes an equation of it", 0)
    used = _used(own, environment, terms)
    others = {named.parameter: named for named in used if named.moving and named.parameter != mine}
    if own.number:
        others = {name: named for name, named in others.items() if name == mine or len(others) > 1}
    others |= {named.parameter: named for named in used
               if mine in named.shown and named.parameter != mine and not own.number}
    if len(others) > (not mine):
        name, named = next(reversed(others.items()))
        raise Blocked(f"{named.stem} is read with {name or THETA} as the parameter, so that how it depends on "
                      f"{mine or next(iter(others))} is not known", 0)
    return mine or next(iter(others), "")


def one_size(own: Parameter, environment: Environment, terms: Sequence[Basic]) -> None:
    """Raises Blocked for a definition with another letter for the size of the group, where either text prints both.

    So is one that names something by such a letter, which would not be found under its name.
    """
    used = environment.used_by(terms) if environment.names else ()
    for named in environment.names.values():
        sizes = {named.size, own.size}
        if len(sizes) > 1 and (named.definition in used and sizes & named.shown or any(
                re.search(whole(size), named.stem) for size in sizes)):
            raise Blocked(f"{named.stem} is read with groups of the size {named.size}, and {own.size} is the size of "
                          "the group here", 0)


def _used(own: Parameter, environment: Environment, terms: Sequence[Basic]) -> list[Named]:
    """The definitions that terms use, and those that they print but that are read with another parameter."""
    found = [environment.names[head.layout] for one in environment.used_by(terms) if (head := one.head) is not None]
    if own.exchanged or own.number or environment.foreign:
        printed = {own.spoken(part.layout if isinstance(part, Head) else part.name).partition("(")[0]
                   for term in terms for part in term.walk() if isinstance(part, (Head, Const, Policy))}
        found += [named for stem, named in environment.named.items() if stem in printed and named not in found]
    return found
