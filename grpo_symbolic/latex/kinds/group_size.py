r"""Which letter a text has for the size of the group, and its reading as G.

The calculus knows one size of a group, which it calls G. A text that numbers the members of its group up to another
letter, \{y_k\}_{k=1}^K, a_{1:K} or a_1, \ldots, a_K, is read with that letter called G; it may not print G, nor have
the letter with scripts or in another font.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from ..notation.priors import DRAWING, EXPECTATIONS, LENGTHS, SORTS, TOKENS
from ..notation.vocabulary import words
from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Content, Expr, Item, Piece, seen_in, unwrap
from ..spelling.indexed import SIZE, counted, every, listing, member, printed

# What has a largest or smallest member.
EXTREMES = words("max min sup inf")
# Letters that stand for something else wherever they may stand for a number.
TAKEN = words("e d E P Q D") | (SORTS.keys() - words("n m"))


def size_of(contents: Sequence[Content], known: Set[str] = frozenset()) -> str:
    """The letter of the size of the group in texts that are read together; ``known`` are those of the document."""
    found = frozenset[str]().union(*map(sizes, contents)) or {
        name for name in known if any(_prints(content, name) for content in contents)} or _summed(contents)
    if len(found) != 1 or SIZE in found:
        return SIZE
    name, = found
    alone = all(_alone(content, name) and not _prints(content, SIZE) for content in contents)
    return name if alone else SIZE


def _summed(contents: Sequence[Content]) -> frozenset[str]:
    """The letters up to which rewards and advantages are summed in texts that draw nothing; what has a largest member
    is summed so, too."""
    items = [item for content in contents for item in every(content)]
    symbols = [symbol for item in items if (symbol := nucleus(item)) is not None]
    if any(symbol.name in EXPECTATIONS | DRAWING for symbol in symbols):
        return frozenset()
    extremes = any(item.kind == "fn" and item.value in EXTREMES and item.sub is not None for item in items)
    numbered = {seen_in(symbol.item.sub).lone for symbol in symbols if symbol.item.sub is not None
                and (extremes or symbol.letter in ("r", "A"))}
    letters = {item.value for item in numbered if item is not None and item.kind == "sym" and item.plain}
    found = set()
    for item in items:
        runs = item.kind == "big" or item.kind == "fn" and item.value in EXTREMES
        if runs and item.sub is not None and item.sup is not None:
            end = seen_in(item.sup).lone
            if end is None or not _is_letter(end) or not letters & set(counted(item.sub)):
                return frozenset()
            found.add(end.value)
    return frozenset(found - LENGTHS - TAKEN)


def sizes(content: Content) -> frozenset[str]:
    """The letters up to which a text numbers the members of a group, G among them."""
    items, contents, kinds, _, signs = printed(content)
    ends = [found for one in contents if (found := _listed_end(one)) is not None] if "dots" in kinds else []
    ends += [found for item in items if item.sub is not None
             and (found := ":" in signs and _range_end(item) or _set_end(item)) is not None]
    sequences = {item.value for item in items if item.sub is not None and any(
        piece.rels and piece.sides[0] is None for piece in seen_in(item.sub).pieces)}
    return frozenset(end for symbol, end in ends if symbol not in sequences and end not in LENGTHS | TAKEN)


def call_it_so(contents: Iterable[Content], name: str) -> None:
    """Call the size of the group G in texts that have another letter for it."""
    for item in [item for content in contents for item in _letters(content, name)]:
        item.value = SIZE


def listed_as_range(content: Content) -> Content:
    r"""A content in which each group a_1, \ldots, a_G is written a_{1:G}."""
    start = next((place for place in range(len(content.pieces)) if listing(content.pieces[place:])), None)
    if start is None or any(sign != "," for sign, _ in content.seps[start:start + listing(content.pieces[start:]) - 1]):
        return content
    end = start + listing(content.pieces[start:])
    members = [item for piece in content.pieces[start:end] if (side := piece.sides[0]) is not None
               if (item := side.lone) is not None]
    first, last = members[0], members[-1]
    for item in members:
        spelled(item)  # all of them are used
    ends = [unwrap(item.sub) for item in (first, last) if item.sub is not None]
    bounds = Content(Piece(Expr("", [ends[0]], first.pos)))
    bounds.seps, bounds.pieces = [(":", first.pos)], [*bounds.pieces, Piece(Expr("", [ends[1]], last.pos))]
    whole = first.copy()
    whole.sub = Item("group", "brace", first.pos, last.end, bounds)
    group, listed = Piece(Expr("", [whole], first.pos)), content.pieces[end - 1]
    group.rels, group.sides = listed.rels, [group.sides[0], *listed.sides[1:]]
    found = Content(content.pieces[0])
    found.pieces = [*content.pieces[:start], group, *content.pieces[end:]]
    found.seps = [*content.seps[:start], *content.seps[end - 1:]]
    return listed_as_range(found)


def _set_end(item: Item) -> tuple[str, str] | None:
    r"""The end K of \{y_k\}_{k=1}^K, if its index is none of tokens."""
    if item.kind != "group" or item.value != r"\{" or item.sub is None or item.sup is None:
        return None
    piece, end = seen_in(item.sub).pieces[0], seen_in(item.sup).lone
    if [rel for rel, _ in piece.rels] != ["="] or end is None or not _is_letter(end):
        return None
    index, start = (None if side is None else side.lone for side in piece.sides)
    counted = index is not None and index.value not in TOKENS and start is not None and start.value == "1"
    return ("", end.value) if counted else None


def _listed_end(content: Content) -> tuple[str, str] | None:
    r"""The symbol and the end of a_1, \ldots, a_K at the top level of a content."""
    for place, piece in enumerate(content.pieces):
        lone = None if piece.sides[0] is None else piece.sides[0].lone
        if lone is not None and lone.kind == "dots":
            start = next((k for k in range(place) if listing(content.pieces[k:]) == place - k + 2), None)
            last = content.pieces[place + 1].sides[0] if start is not None else None
            return None if last is None or last.lone is None else member(last.lone)
    return None


def _range_end(item: Item) -> tuple[str, str] | None:
    """The symbol and the end of a_{1:K}."""
    if item.sub is None:
        return None
    inner = seen_in(item.sub)
    ends = [None if piece.only is None else piece.only.lone for piece in inner.pieces[-2:]]
    start, end = ends if len(ends) == 2 else (None, None)
    colon = [sign for sign, _ in inner.seps][-1:] == [":"]
    if not colon or start is None or end is None or start.value != "1" or not _is_letter(end):
        return None
    return item.value, end.value


def _is_letter(item: Item) -> bool:
    return item.kind == "sym" and item.plain and item.value.isalpha() and len(item.value) == 1


def _letters(content: Content, name: str) -> Iterator[Item]:
    """The places of a letter in a text, but for those in words such as the KL of D_{KL}."""
    inside = {id(item) for part in every(content) for script in (part.sub, part.sup) if script is not None
              for item in _word(seen_in(script).only)}
    yield from (item for item in every(content) if item.kind == "sym" and item.value == name and id(item) not in inside)


def _word(only: Expr | None) -> Sequence[Item]:
    """The letters of a word in a script."""
    items = [] if only is None or len(only.terms) > 1 else only.terms[0][1]
    return items if len(items) > 1 and all(item.kind in ("sym", "num") and item.plain for item in items) else ()


def _alone(content: Content, name: str) -> bool:
    """Whether a letter stands without a subscript, and in no other font, wherever a text prints it."""
    symbols = (nucleus(item) for item in every(content) if item.kind in ("cmd", "text"))
    return all(item.sub is None and not item.primes for item in _letters(content, name)) and not any(
        symbol is not None and symbol.letter == name for symbol in symbols)


def _prints(content: Content, name: str) -> bool:
    """Whether a text prints a letter, in whatever font."""
    return any(True for _ in _letters(content, name)) or not _alone(content, name)
