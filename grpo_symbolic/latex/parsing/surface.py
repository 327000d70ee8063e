"""The surface of a formula: what is printed, bracket by bracket, without a meaning yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..read_error import Fault, Malformed

MAX_PRIMES = 4


class Item:
    r"""One symbol, number, word, bracket or command, with its scripts.

    ``kind`` is ``num``, ``sym``, ``text``, ``fn``, ``big``, ``op``, ``any``, ``dots``, ``bar``, ``mark``, ``group``
    (``value`` is its opening bracket, ``body`` its Content) or ``cmd`` (``args`` are its arguments). ``end`` is the
    offset after it; ``taken`` says that a reading has used it, ``dashed`` that it has used its primes. ``nucleus`` is
    the symbol it is, once asked for.
    """

    __slots__ = ("kind", "value", "pos", "end", "body", "args", "sub", "sup", "primes", "taken", "content", "dashed",
                 "nucleus")

    def __init__(self, kind: str, value: str, pos: int, end: int, body: Content | None = None,
                 args: tuple[Item, ...] = ()) -> None:
        self.kind, self.value, self.pos, self.end, self.body, self.args = kind, value, pos, end, body, args
        self.sub: Item | None = None
        self.sup: Item | None = None
        self.primes = 0
        self.taken = self.dashed = False
        self.content: Content | None = None  # that it is on its own, once asked for
        self.nucleus: Any = None

    @property
    def dashes(self) -> str:
        """Its primes as a part of its name; they are used by that."""
        self.dashed = True
        return "'" * self.primes

    @property
    def plain(self) -> bool:
        """Whether it has no scripts."""
        return self.sub is None and self.sup is None and not self.primes

    def copy(self) -> Item:
        """The same item, to be given other scripts."""
        twin = Item(self.kind, self.value, self.pos, self.end, self.body, self.args)
        twin.sub, twin.sup, twin.primes = self.sub, self.sup, self.primes
        return twin


class Expr:
    """Terms with their signs: ``terms`` holds (sign, items, offset)."""

    __slots__ = ("terms",)

    def __init__(self, sign: str, items: list[Item], pos: int) -> None:
        self.terms = [(sign, items, pos)]

    @property
    def pos(self) -> int:
        return self.terms[0][2]

    @property
    def lone(self) -> Item | None:
        """The only item, where there is one."""
        sign, items, _ = self.terms[0]
        return None if sign or len(items) != 1 or len(self.terms) > 1 else items[0]


class Piece:
    """Sides joined by relation signs: ``rels`` holds (sign, offset), a missing side is None."""

    __slots__ = ("sides", "rels")

    def __init__(self, side: Expr | None) -> None:
        self.sides: list[Expr | None] = [side]
        self.rels: list[tuple[str, int]] = []

    @property
    def only(self) -> Expr | None:
        """The one side of a piece without relations."""
        return None if self.rels else self.sides[0]

    @property
    def empty(self) -> bool:
        return not self.rels and self.sides[0] is None

    @property
    def pos(self) -> int:
        first = self.sides[0]
        return first.pos if first is not None else self.rels[0][1] if self.rels else -1


class Printed(NamedTuple):
    """What a content prints, at any depth: its items, itself and the contents in them, and what kinds, values and signs
    there are, relations and separators. A pass that has none of these to look at is over."""

    items: tuple[Item, ...]
    contents: tuple[Content, ...]
    kinds: frozenset[str]
    values: frozenset[str]
    signs: frozenset[str]


class Content:
    """Pieces with separators between them: ``seps`` holds (sign, offset), one fewer than pieces.

    ``printed`` is all that it prints, once that is listed: what puts something else in lists it again.
    """

    __slots__ = ("pieces", "seps", "pos", "printed")

    def __init__(self, piece: Piece) -> None:
        self.pieces = [piece]
        self.seps: list[tuple[str, int]] = []
        self.pos = piece.pos
        self.printed: Printed | None = None

    @property
    def only(self) -> Expr | None:
        """The one expression, where there is nothing else."""
        return self.pieces[0].only if len(self.pieces) == 1 else None

    @property
    def lone(self) -> Item | None:
        """The one item, where there is nothing else."""
        first = self.pieces[0]
        side = first.sides[0]
        return None if side is None or first.rels or len(self.pieces) > 1 else side.lone


def unwrap(item: Item) -> Item:
    """The item inside TeX braces that hold nothing else; scripts outside the braces stop this. Both are taken."""
    item.taken = True
    while item.value == "brace" and item.kind == "group" and item.plain and item.body is not None:
        inner = item.body.lone
        if inner is None:
            break
        item = inner
        item.taken = True
    return item


def content_of(item: Item) -> Content:
    """The content of a bracket, or of an item on its own, which is taken."""
    item.taken = True
    return seen_in(item)


def seen_in(item: Item) -> Content:
    """The content of a bracket or of an item on its own, as ``content_of`` has it, but not taken."""
    if item.body is not None and item.kind == "group" and item.sub is item.sup is None and not item.primes:
        return item.body
    found = item.content
    if found is None:
        found = item.content = Content(Piece(Expr("", [item], item.pos)))
    return found


def listed(item: Item) -> Content:
    """The content of braces within braces, as an array in a subscript has them."""
    inner = unwrap(item)
    return content_of(inner if inner.kind == "group" and inner.value == "brace" else item)


def items_of(content: Content) -> Iterator[Item]:
    """The items at the top level of a content."""
    for piece in content.pieces:
        for side in piece.sides:
            if side is not None:
                for _, items, _ in side.terms:
                    yield from items


class Builder:
    """The grammar's actions: they put lexemes together into the surface; used by the parser as it reduces."""

    def content(self, children: list[Any]) -> Content:
        if len(children) == 1:
            return Content(children[0])
        found: Content = children[0]
        found.seps.append((children[1].value, children[1].start_pos))
        found.pieces.append(children[2])
        return found

    def piece(self, children: list[Any]) -> Piece:
        if len(children) < 2:
            return Piece(children[0] if children else None)
        found: Piece = children[0]
        found.rels.append((children[1].value, children[1].start_pos))
        found.sides.append(children[2] if len(children) == 3 else None)
        return found

    def expr(self, children: list[Any]) -> Expr:
        if len(children) == 1:
            return Expr("", children[0], children[0][0].pos)
        if len(children) == 2:
            return Expr(children[0].value, children[1], children[0].start_pos)
        found: Expr = children[0]
        found.terms.append((children[1].value, children[2], children[1].start_pos))
        return found

    def term(self, children: list[Any]) -> list[Item]:
        if len(children) == 1:
            return [children[0]]
        found: list[Item] = children[0]
        found.append(children[1])
        return found

    def atom(self, children: list[Any]) -> Item:
        found: Item = children[0].value
        return found

    def group(self, children: list[Any]) -> Item:
        opened, body, closed = children
        return Item("group", opened.value, opened.start_pos, closed.start_pos + 1, body)

    def command(self, children: list[Any]) -> Item:
        name, *args = children
        return Item("cmd", name.value, name.start_pos, args[-1].end, None, tuple(args))

    def script(self, children: list[Any]) -> Item:
        item, mark = children
        where, inner = mark.value
        return attach(item, where, inner, mark.start_pos)

    def long_script(self, children: list[Any]) -> Item:
        item, opened, body, closed = children
        inner = Item("group", "brace", opened.start_pos, closed.start_pos + 1, body)
        return attach(item, opened.value, inner, opened.start_pos)

    def command_script(self, children: list[Any]) -> Item:
        item, mark, arg = children
        return attach(item, mark.value, arg, mark.start_pos)


def primes_in(script: Item) -> int:
    r"""The number of primes that a superscript is: 2 for ^{\prime\prime}; 0 where it holds anything else."""
    inner = unwrap(script)
    only = content_of(inner).only if inner.kind in ("mark", "group") and inner.plain else None
    if only is None or len(only.terms) > 1 or only.terms[0][0]:
        return 0
    items = only.terms[0][1]
    return len(items) if all(item.kind == "mark" and item.value == "'" and item.plain for item in items) else 0


def attach(item: Item, where: str, script: Item | None, pos: int) -> Item:
    """The item with one more script; a second one in the same place is refused."""
    primes = 1 if script is None else primes_in(script) if where == "^" else 0
    if primes or script is None:
        if item.sup is not None:
            raise Malformed("a prime after a superscript: write it before", pos)
        item.primes += primes
        if item.primes > MAX_PRIMES:
            raise Fault(f"more than {MAX_PRIMES} primes on one symbol", pos)
        return item
    if where == "_":
        if item.sub is not None:
            raise Malformed("two subscripts on one symbol: put them in one pair of braces", pos)
        item.sub = script
    else:
        if item.sup is not None:
            raise Malformed("two superscripts on one symbol: put them in one pair of braces", pos)
        item.sup = script
    return item
