r"""What laws leave out where the rest of a document prints it: \pi_\theta for \pi_\theta(y|x), and \mathbb{E} for that
over the one law that the text draws from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..parsing.naming import nucleus
from ..parsing.surface import Content, Item, seen_in
from .customary_laws import expectations
from .customary_paths import POLICY
from .edits import Change, Edit, Found, end_of, products

CDOT = r"\cdot"
DRAWN, COMPARED, VALUE, NAME, APPLIED = "drawn", "compared", "value", "name", "applied"


class Place(NamedTuple):
    """Where a policy is printed, and what it is there: applied to something, what is drawn from or compared, a value
    at what is drawn, or a mere name."""

    item: Item
    kind: str
    group: Item | None = None


def places(content: Content, kind: str = VALUE) -> Iterator[Place]:
    """The policies that a content prints."""
    for piece in content.pieces:
        for number, side in enumerate(piece.sides):
            draws = kind == NAME and [rel for rel, _ in piece.rels] == ["∼"] and number == 1
            for _, items, _ in () if side is None else side.terms:
                yield from in_product(items, DRAWN if draws else kind)


def in_product(items: list[Item], kind: str) -> Iterator[Place]:
    """The policies among factors, and in them."""
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        symbol, own = nucleus(item), before is not None and nucleus(before) is not None
        if symbol is not None and symbol.letter == POLICY:
            applied = after is not None and after.kind == "group" and after.value == "("
            yield Place(item, APPLIED if applied else kind, after if applied else None)
            continue
        for part in (item.sub, item.sup):
            yield from () if part is None else places(seen_in(part), NAME)
        for part in item.args:
            yield from places(seen_in(part), kind)
        if item.body is not None:
            compared = any(sign == "‖" for sign, _ in item.body.seps)
            yield from places(item.body, COMPARED if compared else NAME if own and item.value == "(" else kind)


def left_out_conditions(found: Found) -> Change | None:
    r"""\pi_\theta(y|x) for a bare \pi_\theta, where the definitions that the text uses have laws of one y given one x.

    All that is drawn is that y, and no policy is printed with anything else.
    """
    outcome, condition = found.at
    bare = list(places(found.content))
    drawn = {*(name for name, _ in draws(found)), *summed(found)}
    if not condition or not bare or not drawn <= {outcome} or any(
            one.kind == NAME or one.group is not None and found.of(one.group).replace(" ", "") not in (
                f"{outcome}|{condition}", rf"\cdot|{condition}") for one in bare):
        return None
    edits = tuple(Edit(end, end, f"({outcome if one.kind == VALUE else CDOT}|{condition})")
                  for one in bare if one.kind != APPLIED for end in [end_of(found.text, one.item)])
    return Change(edits, rf"policies are those at one {condition}, which is left out") if edits else None


def draws(found: Found) -> Iterator[tuple[str, str]]:
    """What expectations draw, and from what."""
    for item, _ in expectations(found):
        yield from drawn_by(found, item)


def drawn_by(found: Found, item: Item) -> Iterator[tuple[str, str]]:
    """What one expectation draws, and from what; empty for what is not printed so."""
    for piece in () if item.sub is None else seen_in(item.sub).pieces:
        left, right = (piece.sides * 2)[:2]
        if [rel for rel, _ in piece.rels] != ["∼"] or left is None or left.lone is None or right is None:
            yield "", ""
            continue
        last = right.terms[-1][1][-1]
        yield found.of(left.lone), found.text[right.terms[0][1][0].pos:end_of(found.text, last)].strip()


def one_law(found: Found) -> Change | None:
    r"""\mathbb{E} over the law that the first side of a chain draws from, where all others print none."""
    every, laws = list(expectations(found)), set(draws(found))
    bare = [item for item, _ in every if item.sub is None]
    chain, *rows = found.content.pieces
    first = chain.rels[0][1] if chain.rels and all(row.empty or row.sides[0] is None for row in rows) else 0
    if not bare or len(laws) != 1 or ("", "") in laws or any(item.sup is not None for item, _ in every) or any(
            (item.sub is None) != (item.pos > first) for item, _ in every) or compares(found, every):
        return None
    (name, law), = laws
    return Change(tuple(Edit(item.end, item.end, rf"_{{{name} \sim {law}}}") for item in bare),
                  rf"\mathbb{{E}} is that over {name} \sim {law}")


def bare_functions(found: Found) -> Change | None:
    r"""k(x) for a bare k in a mean over x, where the document defines k(x) of one argument."""
    edits, said = list[Edit](), list[str]()
    for item, after in expectations(found) if found.functions else ():
        drawn = list(drawn_by(found, item))
        if len(drawn) != 1 or not drawn[0][0] or after is None or after.body is None:
            continue
        for items in products(after.body):
            for one, group in zip(items, [*items[1:], None], strict=True):
                name = found.text[one.pos:end_of(found.text, one)].replace("{", "").replace("}", "").strip()
                if name in found.functions and not (group is not None and group.kind == "group" and group.value == "("):
                    edits.append(Edit(end_of(found.text, one), end_of(found.text, one), f"({drawn[0][0]})"))
                    said.append(rf"{name} is {name}({drawn[0][0]})")
    twice = len({edit.start for edit in edits}) < len(edits)  # below two draws it may be at either
    return Change(tuple(edits), ", ".join(dict.fromkeys(said))) if edits and not twice else None


def compares(found: Found, every: list[tuple[Item, Item | None]]) -> bool:
    """Whether a mean with a law and one without are of the same: the text says something of their laws."""
    means = [("" if after is None else found.text[after.pos:after.end].replace(" ", ""), item.sub is None)
             for item, after in every]
    return bool({text for text, bare in means if bare} & {text for text, bare in means if not bare})


def summed(found: Found) -> Iterator[str]:
    """The letters over which a text sums or integrates."""
    for items in products(found.content):
        for item in items:
            if item.kind == "big" and item.sub is not None:
                yield found.of(item.sub)
