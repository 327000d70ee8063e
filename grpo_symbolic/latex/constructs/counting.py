r"""Counting the members of a set: a statement counts those of one, and policies draw from the set of actions."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ..kinds.evidence import Use
from ..notation import priors as table
from ..read_error import Ambiguous
from .builder import Builder
from .one_law import COUNTED, one_name

DRAWN = frozenset(("source", "under", "compared"))


def count_members(builder: Builder, name: str, letters: Set[str], pos: int) -> None:
    r"""Take note of the set whose members are counted; ``letters`` run over it.

    Raises Ambiguous for a second one, and for another than \mathcal{A} beside policies that have other letters.
    """
    one_name(builder.one_law, COUNTED, name, pos)
    refuse_other_set(builder.facts.evidence, name, letters, pos)


def refuse_other_set(uses: Set[Use], name: str, letters: Set[str], pos: int) -> None:
    r"""Refuse a counted set other than \mathcal{A} beside policies whose draws have other letters than its members."""
    others = {other for other, use in uses if use == "outcome"} - letters
    drawn = any(symbol == table.POLICY and use in DRAWN for symbol, use in uses)
    if name != table.ACTION_SET and (drawn or others and any(symbol == table.POLICY for symbol, _ in uses)):
        raise Ambiguous(f"whether policies draw from {name}, which are counted here, is not said: write "
                        rf"{table.ACTION_SET} for the set of actions", pos)


def refuse_used_sets(uses: Set[Use], known: Iterable[tuple[str, str]], pos: int) -> None:
    """Refuse such a set that definitions count, by the names that they have for what has one in a statement."""
    for kind, name in known:
        if kind == COUNTED:
            refuse_other_set(uses, name, frozenset(), pos)
