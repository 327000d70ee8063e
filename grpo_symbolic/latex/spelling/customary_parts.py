r"""Paths in two parts, \tau_{:t} up to the action of a step and \tau_{t:} from that step on, as whole paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..parsing.naming import nucleus
from ..parsing.surface import Content, Expr, Item, Piece, seen_in
from .customary_laws import expectations
from .customary_paths import PATH, POLICY
from .customary_returns import LATER
from .edits import Change, Edit, Found, end_of
from .indexed import every

BEFORE, AFTER = "before", "after"
PART = re.compile(r"\\tau\s*_")
DECIDED, SCORE = ("s", "a", r"\pi", r"\theta"), ("nabla", "log", "brace", "(")
BLANKS = re.compile(r"[\s{}]")


class Mean(NamedTuple):
    """A mean over a part of paths: where it stands, of what it is, given what, and over which part from which step."""

    item: Item
    group: Item
    body: Expr
    given: tuple[str, ...]
    part: str
    step: str
    policy: str


def parts_of_paths(found: Found) -> Change | None:
    """Means over parts of paths as means over whole ones, and of what is paid from a step on as its value."""
    means = [mean for item, group in expectations(found) if (mean := mean_of(found, item, group)) is not None]
    if not means or len({(mean.step, mean.policy) for mean in means}) > 1:
        return None
    edits, said, inner, paid = list[Edit](), [said_of(means[0].step)], set[int](), set[str]()
    for outer in (one for one in means if one.part == BEFORE):
        last, items = latter(means, outer), outer.body.terms[0][1]
        if outer.given or not decided(outer, items if last is None else items[:-2]):
            return None
        if last is not None and last.given == (part_before(outer),):
            inner.add(last.item.pos)
            edits += opened(found, last)
        assert outer.item.sub is not None
        edits.append(Edit(outer.item.sub.pos, outer.item.sub.end, rf"{{{PATH} \sim {outer.policy}}}"))
    for mean in means:
        if mean.part == AFTER and mean.item.pos not in inner:
            paid.add(found.text[mean.body.pos:end_of(found.text, mean.body.terms[-1][1][-1])])
            if not is_paid(found, mean) or len(paid) > 1:
                return None
            value = rf"Q^{{{mean.policy}}}(s_{mean.step},a_{mean.step})"
            edits.append(Edit(mean.item.pos, mean.group.end, value))
            said.append(f"what is paid from a step on has the mean {value} given that step")
    if len(PART.findall(found.text)) > len(means) + sum(part_before(mean) in mean.given for mean in means):
        return None
    return Change(tuple(edits), ", ".join(dict.fromkeys(said)))


def said_of(step: str) -> str:
    """What the parts of a path are."""
    return rf"{PATH}_{{:{step}}} is a path up to a_{step}, {PATH}_{{{step}:}} goes on from there"


def mean_of(found: Found, item: Item, group: Item | None) -> Mean | None:
    r"""A mean over \tau_{:t} \sim \pi or \tau_{t:} \sim \pi; None for another one."""
    if item.sub is None or item.sup is not None or group is None or group.kind != "group" or group.body is None or \
            not group.plain or [sign for sign, _ in group.body.seps] not in ([], ["|"], ["|", ","]):
        return None
    drawn, (first, *given) = seen_in(item.sub), group.body.pieces
    piece = drawn.pieces[0]
    lone = [None if side is None else side.lone for side in piece.sides]
    if len(drawn.pieces) > 1 or [rel for rel, _ in piece.rels] != ["∼"] or lone[0] is None or lone[1] is None:
        return None
    part, step = part_of(found, lone[0])
    if not part or lone[1].value != POLICY or first.only is None or (
            part == BEFORE and len(first.only.terms) > 1):
        return None
    conditions = tuple(BLANKS.sub("", shown(found, one)) for one in given)
    return Mean(item, group, first.only, conditions, part, step, found.of(lone[1]))


def part_of(found: Found, path: Item) -> tuple[str, str]:
    r"""Which part of a path \tau_{:t} and \tau_{t:} are, and the step; nothing for another symbol."""
    if path.value != PATH or path.sub is None or path.sup is not None or path.primes:
        return "", ""
    inside = seen_in(path.sub)
    if [sign for sign, _ in inside.seps] != [":"]:
        return "", ""
    first, last = (shown(found, piece) for piece in inside.pieces)
    return ("", "") if bool(first) == bool(last) or not re.fullmatch("[a-z]", first or last) else (
        AFTER if first else BEFORE, first or last)


def shown(found: Found, piece: Piece) -> str:
    """How a piece that is one symbol is printed; nothing for another."""
    return "" if piece.only is None or piece.only.lone is None else found.of(piece.only.lone)


def part_before(mean: Mean) -> str:
    """How the part up to the step of a mean is printed."""
    return f"{PATH}_:{mean.step}"


def latter(means: Sequence[Mean], outer: Mean) -> Mean | None:
    """The mean over the rest of a path that is the last factor in one over its first part."""
    items = outer.body.terms[0][1]
    return next((one for one in means if one.part == AFTER and len(items) > 1 and items[-2] is one.item), None)


def decided(outer: Mean, items: Sequence[Item]) -> bool:
    """Whether factors are scores at the state and the action of a step, which the path up to there has."""
    return all(one.kind == "sym" and one.value in DECIDED and at_step(one, outer.step) or one.value in SCORE
               for one in inside(items))


def at_step(item: Item, step: str) -> bool:
    """Whether a state or an action is that of a step."""
    below = None if item.sub is None else seen_in(item.sub).lone
    return item.value not in ("s", "a") or below is not None and below.value == step and below.plain


def inside(items: Sequence[Item]) -> Iterator[Item]:
    """All that factors print but the steps below states and actions."""
    content = Content(Piece(Expr("", list(items), items[0].pos))) if items else None
    skipped = {id(one) for item in (every(content) if content is not None else ()) if item.value in ("s", "a")
               and item.sub is not None for one in every(seen_in(item.sub))}
    yield from (one for one in (every(content) if content is not None else ()) if id(one) not in skipped)


def opened(found: Found, mean: Mean) -> list[Edit]:
    """The edits that leave of a mean what it is of, in brackets."""
    return [Edit(mean.item.pos, mean.body.pos, r"\left( "),
            Edit(end_of(found.text, mean.body.terms[-1][1][-1]), mean.group.end, r" \right)")]


def is_paid(found: Found, mean: Mean) -> bool:
    """Whether a mean is that of what is paid from its step on, given that step or the path up to there."""
    symbol = None if mean.body.lone is None else nucleus(mean.body.lone)
    if symbol is None or symbol.name not in LATER or symbol.name in found.defined or symbol.item.sub is None:
        return False
    of_step = found.of(symbol.item.sub) == mean.step and symbol.item.sup is None and not symbol.item.primes
    return of_step and mean.given in ((part_before(mean),), (f"s_{mean.step}", f"a_{mean.step}"))
