r"""States and actions that sums run over, told apart by numbers: \sum_{S_0} p(S_0) as \sum_s p(s)."""

from __future__ import annotations

from collections.abc import Iterator

from ..parsing.surface import Item, seen_in, unwrap
from .edits import Change, Edit, Found, end_of, products

MEMBERS = (("s", "sS"), ("a", "aA"))  # what is printed plainly, and the letters that may be
PRIME, MOST = "'", 3


def numbered_members(found: Found) -> Change | None:
    """Variables of sums without their numbers, where all of a kind have one; the numbers say no more than letters."""
    bound = {found.of(item) for item in summed(found)}
    edits = [edit for plain, letters in MEMBERS for edit in renamed(found, plain, letters, bound)]
    return Change(tuple(edits), "") if edits else None


def renamed(found: Found, plain: str, letters: str, bound: set[str]) -> Iterator[Edit]:
    """The edits for one kind of variables, none where one of them is bound by no sum."""
    everything = [item for factors in products(found.content) for item in factors]
    fonts = {id(unwrap(item.args[0])) for item in everything if item.kind == "cmd" and item.args}
    items = [item for item in everything if item.kind == "sym" and item.value in letters and id(item) not in fonts]
    numbers = sorted({found.of(item.sub) for item in items})
    if not items or len({item.value for item in items}) > 1 or len(numbers) > MOST or any(
            not number.isdecimal() for number in numbers) or any(
            item.sup is not None or item.primes or found.of(item) not in bound for item in items):
        return
    for item in items:
        name = plain + PRIME * numbers.index(found.of(item.sub))
        yield Edit(item.pos, end_of(found.text, item), f" {name} ")


def summed(found: Found) -> Iterator[Item]:
    """What sums run over, alone or as a member of a set."""
    for items in products(found.content):
        for item in items:
            if item.kind == "big" and item.value == "sum" and item.sub is not None:
                inside = seen_in(item.sub)
                piece = inside.pieces[0]
                side = piece.sides[0]
                if len(inside.pieces) == 1 and [rel for rel, _ in piece.rels] in ([], ["∈"]) and side is not None \
                        and side.lone is not None:
                    yield side.lone
