"""What code, and an objective, compare with: the ends of clips, and the letters of which these are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..algebra.expression import add, subtract
from ..algebra.nodes import ONE, Expression, parts
from ..algebra.rebuilt import mapped

COMPARING = ("clip", "min", "max", "compare")


class Letters(NamedTuple):
    """The letters of an objective that something is compared with.

    ``inside`` are those in anything that is compared; of these ``distances`` are nothing but how far an end of a clip
    is from 1, ``bare`` are nothing but what something is compared with.
    """

    inside: frozenset[str] = frozenset()
    distances: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()


NO_LETTERS = Letters()


def letters_of_ends(objective: Expression) -> Letters:
    """The letters of an objective that something is compared with."""
    return Letters(compared_in(objective), distances_in(objective), bare_in(objective))


def compared_in(node: Expression) -> frozenset[str]:
    """The letters of an objective that something is compared with, or that make an end of a clip."""
    return frozenset(one.data for part in parts(node) if part.kind in COMPARING
                     for one in parts(part) if one.kind == "constant")


def distances_in(node: Expression) -> frozenset[str]:
    """The letters of an objective that are nothing but how far an end of a clip is from 1."""
    ends = {end for part in parts(node) if part.kind == "clip" for end in part.args[1:]}
    named = {one.data: one for one in parts(node) if one.kind == "constant"}
    standard = {end for one in named.values() for end in (subtract(ONE, one), add(ONE, one))} & ends
    others = mapped(node, lambda part: ONE if part in standard else None)
    return frozenset(named.keys() - {one.data for one in parts(others) if one.kind == "constant"})


def bare_in(node: Expression) -> frozenset[str]:
    """The letters of an objective that something is compared with, and that are nothing else."""
    holders = [(one, part.kind in COMPARING) for part in parts(node) for one in part.args if one.kind == "constant"]
    return frozenset(one.data for one, _ in holders) - {one.data for one, alone in holders if not alone}


def compared_with(code: Expression) -> Iterable[Expression]:
    """All that something is compared with in the code, and that is no tensor or size."""
    seen: dict[Expression, None] = {}
    for part in parts(code):
        if part.kind in COMPARING:
            seen |= dict.fromkeys(one for one in part.args if not one.axes and not any(
                inner.kind in ("leaf", "size") for inner in parts(one)))
    return seen
