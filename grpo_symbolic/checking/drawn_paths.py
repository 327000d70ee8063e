"""What a statement says of steps without saying of which path they are, or what they come to along it."""

from __future__ import annotations

import re
from collections.abc import Collection

from sympy import Basic

from .. import language as lang
from ..language.binders import Bound

PATH = r"\tau"
OF_STEP = re.compile(r"(?:[A-Z]|\\(?:Psi|Phi)|\\(?:hat|tilde|bar)\{[^{}]*\})_\{?#\d\}?(?:\^.*)?")


def along_path(claim: lang.Claim, known: Collection[Basic | None]) -> lang.App | None:
    r"""A quantity of a step, \hat Q_t or \Psi_t, on one side only, that is not defined: it may be anything along the
    path at hand."""
    relation = claim.expanded()
    left, right = ([part for part in side.walk() if isinstance(part, lang.App) and OF_STEP.fullmatch(part.head.layout)]
                   for side in (relation.lhs, relation.rhs))
    both = {part.head for part in left} & {part.head for part in right} | {*known}
    return next((part for part in (*left, *right) if part.head not in both
                 and {"token", "action"} <= {arg.sort for arg in part.params if isinstance(arg, Bound)}), None)


def other_path(claim: lang.Claim) -> str:
    """What is drawn from a policy as paths are, beside steps of a path that nothing draws; empty where nothing is."""
    stepwise = any(var.name == PATH for var in claim.relation.free)
    return next((part.scope.name for part in claim.relation.walk() if stepwise and isinstance(part, lang.Expect)
                 and isinstance(part.law, lang.Law) and not part.law.context and part.scope.name != PATH), "")
