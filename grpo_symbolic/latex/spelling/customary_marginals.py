r"""States of a step by their law, \sum_t \gamma^t \mathbb{E}_{s_t \sim P_\pi^t, a_t \sim \pi}[…], as those of paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..parsing.macros import closing
from ..parsing.naming import nucleus
from ..parsing.surface import Item, Piece, seen_in
from .customary_laws import EXPECTATION
from .customary_paths import PATH, POLICY, of_point
from .edits import Change, Edit, Found, end_of, products
from .indexed import every

LAWS = ("P", "p", "d", r"\rho")
STEP = re.compile(r"[a-z]'*")
BLANKS = re.compile(r"[\s{}]+")


class Drawn(NamedTuple):
    """A mean at a step: the step, the policy, and how the law of its state is printed."""

    step: str
    policy: str
    law: str


def laws_of_steps(found: Found) -> Change | None:
    """Sums over steps of means at each as means over paths of the sums."""
    edits, said = list[Edit](), list[str]()
    for items in products(found.content):
        place = next((k for k, item in enumerate(items) if item.kind == "big"), len(items))
        if len(items) < place + 3 or (drawn := drawn_in(found, items[place], items[place + 1:])) is None:
            continue
        start, mean, group = items[place].pos, items[-2], items[-1]
        edits += [Edit(start, start, rf"{EXPECTATION}_{{{PATH} \sim {drawn.policy}}}\left[ "),
                  Edit(mean.pos, end_of(found.text, mean), ""), Edit(group.end, group.end, r" \right]")]
        said.append(f"s_{drawn.step} \\sim {drawn.law} is the state of step {drawn.step} on a path of {drawn.policy}")
    return Change(tuple(edits), ", ".join(dict.fromkeys(said))) if edits else None


def drawn_in(found: Found, sign: Item, items: Sequence[Item]) -> Drawn | None:
    """What the mean at the end of a sum over steps draws; None where it is another one, or of more than its step."""
    step = counted(found, sign)
    mean, group = items[-2], items[-1]
    symbol = nucleus(mean) if mean.kind == "cmd" else None
    if not step or symbol is None or symbol.name != EXPECTATION or mean.sub is None or mean.sup is not None or \
            group.kind != "group" or not group.plain or group.body is None or group.body.seps:
        return None
    first, *others = seen_in(mean.sub).pieces
    drawn = state_of(found, first, step)
    if drawn is None or len(others) > 1 or others and not acts(found, others[0], drawn):
        return None
    steps = {BLANKS.sub("", found.of(item.sub)) for item in every(group.body) if item.sub is not None
             and item.value in ("s", "a", "r", "o")}
    return drawn if steps <= {step} else None


def counted(found: Found, sign: Item) -> str:
    """The step over which a sum runs, from a first to a last one; nothing for another sum."""
    if sign.value != "sum" or sign.sub is None or sign.sup is None:
        return ""
    piece = seen_in(sign.sub).pieces[0]
    lone = None if piece.sides[0] is None else piece.sides[0].lone
    step = "" if lone is None or [rel for rel, _ in piece.rels] != ["="] else found.of(lone)
    return step if STEP.fullmatch(step) else ""


def sides_of(found: Found, piece: Piece) -> tuple[str, list[Item]]:
    """What a piece draws, and the factors of the law."""
    left, right = (piece.sides * 2)[:2]
    drawn = [rel for rel, _ in piece.rels] == ["∼"] and left is not None and left.lone is not None
    if not drawn or left is None or left.lone is None or right is None or len(right.terms) > 1:
        return "", []
    return BLANKS.sub("", found.of(left.lone)), right.terms[0][1]


def state_of(found: Found, piece: Piece, step: str) -> Drawn | None:
    r"""s_t \sim P_\pi^t or s_t \sim p_\theta(s_t); None for another draw."""
    state, law = sides_of(found, piece)
    symbol = nucleus(law[0]) if law else None
    if state != f"s_{step}" or symbol is None or symbol.name not in LAWS or symbol.name in found.defined:
        return None
    scripts = [inner(found.text[part.pos:part.end]) for part in (symbol.item.sub, symbol.item.sup) if part is not None]
    if len(law) == 2 and BLANKS.sub("", found.of(law[1])) == f"({state})":
        scripts.append(step)
    elif len(law) > 1:
        return None
    named = [one for one in scripts if one != step]
    policy = of_point(named[0]) if len(named) == 1 and len(scripts) == 2 else None
    return None if policy is None else Drawn(step, policy, found.text[law[0].pos:end_of(found.text, law[-1])].strip())


def inner(text: str) -> str:
    """What a script prints, without the braces around it."""
    text = text.strip()
    while text.startswith("{") and closing(text, 0) == len(text):
        text = text[1:-1].strip()
    return text


def acts(found: Found, piece: Piece, drawn: Drawn) -> bool:
    r"""Whether a piece draws the action of a step from the policy: a_t \sim \pi_\theta, or \pi_\theta(\cdot|s_t)."""
    action, law = sides_of(found, piece)
    if action != f"a_{drawn.step}" or not law or law[0].value != POLICY:
        return False
    same = BLANKS.sub("", found.of(law[0])) == BLANKS.sub("", drawn.policy)
    given = [BLANKS.sub("", found.of(item)) for item in law[1:]]
    return same and given in ([], [rf"(\cdot|s_{drawn.step})"], [rf"(\cdot\mids_{drawn.step})"],
                              [f"({action}|s_{drawn.step})"])
