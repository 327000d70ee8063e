"""A letter that is read as two things, an outcome in one place and a condition in another: that refutes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..language import Claim, Var
from .verdict import Verdict


def undivided(verdict: Verdict, content: Any) -> Verdict:
    """The verdict on a link, undecided where it is refuted with one letter as two things."""
    if verdict.status != "refuted" or not isinstance(content, Claim):
        return verdict
    sorts: dict[str, set[str]] = {}
    for var in content.relation.lhs.free | content.relation.rhs.free:
        if isinstance(var, Var):
            sorts.setdefault(var.name, set()).add(var.sort)
    both = min((name for name, found in sorts.items() if {"action", "state"} <= found), default="")
    return replace(verdict, status="undecided", counterexample=None, reason=(
        f"{both} is what a law gives a probability of, and a condition elsewhere: it fails if these are two things, "
        "name one of them otherwise")) if both else verdict
