r"""Which letter a text has for the path that it draws, and its reading as τ.

A letter that is drawn from a policy without a condition, beside a sum over steps of a path, of \pi(a_t|s_t) or
r(s_t, a_t), is that path, whatever letter it is, if it stands for nothing else and the text prints no τ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..notation.priors import ACTIONS, POLICY, STATES, TRAJECTORY
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Expr, Item, seen_in, unwrap
from ..spelling.indexed import counted, every, only_seen, printed


def path_of(contents: Sequence[Content]) -> str:
    """The letter of the path in texts that are read together; τ where they have none of their own."""
    found: set[str] = set()
    for content in contents if any("∼" in printed(content).signs for content in contents) else ():
        with only_seen(content):
            found |= set(drawn(content))
    if len(found) != 1 or not any(map(of_steps, contents)):
        return TRAJECTORY
    letter, = found
    bare = all(item.sub is item.sup is None and not item.primes
               for content in contents for item in every(content) if item.value == letter)
    free = not any(item.value == TRAJECTORY for content in contents for item in every(content))
    return letter if bare and free else TRAJECTORY


def call_it_path(contents: Iterable[Content], name: str) -> None:
    """Call the path τ in texts that have another letter for it."""
    for content in contents:
        for item in every(content):
            if item.kind == "sym" and item.value == name:
                item.value = TRAJECTORY


def drawn(content: Content) -> Iterator[str]:
    """The letters that a text draws from a policy without a condition."""
    for item in every(content):
        for piece in [] if item.sub is None else seen_in(item.sub).pieces:
            if [rel for rel, _ in piece.rels] == ["∼"] and (name := lone_letter(piece.sides[0])) and \
                    is_policy(piece.sides[1]):
                yield name


def lone_letter(side: Expr | None) -> str:
    """The letter that stands alone, without scripts; empty for anything else."""
    lone = None if side is None or side.lone is None else unwrap(side.lone)
    return lone.value if lone is not None and lone.kind == "sym" and lone.plain else ""


def is_policy(side: Expr | None) -> bool:
    """Whether a policy stands alone, without brackets."""
    symbol = None if side is None or side.lone is None else nucleus(side.lone)
    return symbol is not None and symbol.letter == POLICY


def of_steps(content: Content) -> bool:
    r"""Whether a text sums over steps of a state and an action in one bracket: \pi(a_t|s_t), r(s_t, a_t)."""
    steps = {name for item in every(content) if item.kind == "big" and item.sub is not None
             for name in counted(item.sub)}
    return any(one_step(before, after) in steps for inner in printed(content).contents for piece in inner.pieces
               for side in piece.sides if side is not None for _, items, _ in side.terms
               for before, after in pairwise(items))


def one_step(before: Item, after: Item) -> str:
    """The step of a state and an action, by custom or of a policy, in the bracket after a symbol; empty of any other.
    """
    symbol, body = nucleus(before), after.body if after.kind == "group" and after.value == "(" else None
    if symbol is None or body is None:
        return ""
    lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
    steps = {step(item) if item is not None else "" for item in lone}
    names = {item.value for item in lone if item is not None}
    known = symbol.letter == POLICY or names & STATES and names & ACTIONS
    return steps.pop() if known and len(steps) == 1 and len(lone) == len(names) == 2 else ""


def step(item: Item) -> str:
    """The letter below a letter; empty for anything else."""
    if item.kind != "sym" or item.sub is None or item.sup is not None:
        return ""
    below = seen_in(item.sub).lone
    return below.value if below is not None and below.kind == "sym" and below.plain else ""
