"""Letters that are an index here and a number there, k x_k: in a counterexample the two are chosen apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import Basic

from .. import language as lang
from ..language.binders import Bound
from ..proof.extents import NUMBERING

BELOW = re.compile(r".*_\{?([a-z])\}?")


def index_and_number(claim: lang.Claim) -> str:
    """A letter that names a member of a family, and a number of which more than a bound is given, or which stands in a
    claim where other members do; empty where there is none."""
    relation, given = claim.expanded(), claim.given()
    parts = [part for one in (relation, *given) for part in one.walk()]
    apps = [part for part in parts if isinstance(part, lang.App)]
    named = {found[1] for part in parts if isinstance(part, lang.Const) and (found := BELOW.fullmatch(part.name))}
    for var in sorted((var for one in (relation, *given) for var in one.free if var.sort in NUMBERING), key=str):
        heads = {app.head for app in apps if var in app.params}
        others = {arg for app in apps if app.head in heads for arg in app.params if arg != var
                  and (isinstance(arg, (Bound, lang.Num)) or isinstance(arg, lang.Var) and arg.sort in NUMBERING)}
        if others and is_number(var.name, relation.walk()):
            return var.name
        named.add(var.name)
    return next((name for name in sorted(named) if any(fixes(one, name) for one in given)), "")


def fixes(given: lang.Relation, name: str) -> bool:
    """Whether a relation says more of a number than that it is at least, or at most, something else."""
    return is_number(name, given.walk()) and (given.op == "=" or not is_number(name, (given.lhs, given.rhs)))


def is_number(name: str, parts: Iterable[Basic]) -> bool:
    """Whether one of some parts is the number of a name."""
    return any(isinstance(part, lang.Const) and part.name == name for part in parts)
