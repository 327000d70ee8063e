r"""Tables of parameters: \theta_{s,a}, by whose cells a text differentiates, is a number for each state and action.

Before anything is read, a cell \theta_{s,a} is made the application of a table to its place, and a table \theta
exchanged with another letter: what shows it is no function of the parameter θ of the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..notation.priors import SORTS
from ..parsing.naming import nucleus, script
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..read_error import Fault
from ..spelling.indexed import every, settle
from .evidence import Use, evidence
from .parameter import THETA, Parameter, derivative, differentiated, shown

# What stands for a table \theta while a text is read.
OTHER = r"\vartheta"
# The use of a letter that tells its sort.
ROLES = {"outcome": "action", "drawn": "action", "condition": "state"}


class Table(NamedTuple):
    """The letter of a table as it is read, and the sorts of what names a cell."""

    name: str
    sorts: tuple[str, ...]

    @property
    def layout(self) -> str:
        """How a cell is printed."""
        return self.name + "_" + script(",".join(f"#{k + 1}" for k in range(len(self.sorts))))


class Found(NamedTuple):
    """A table, the parameter of the texts, and what the places of cells tell of letters."""

    table: Table
    parameter: Parameter
    uses: frozenset[Use]


def table_in(contents: Sequence[Content]) -> Found | None:
    """The table by whose cells texts differentiate, where they do; its cells are then applications. Raises Fault."""
    items = [item for content in contents for item in every(content)]
    derives = any(_denominator(item) for item in items if item.args)
    if not derives and not any(item.kind == "fn" and item.sub is not None for item in items):
        return None
    cells = [by for _, by in differentiated(items) if _cell(unwrap(by))]
    if not cells:
        return None
    first = unwrap(cells[0])
    name = first.value
    if any(_name(by) != name for _, by in differentiated(items)) or name != THETA and any(
            THETA in shown(content) for content in contents):
        raise Fault("derivatives in a cell of a table and in something else in one statement cannot be said", first.pos)
    if name == THETA and any(OTHER in shown(content) for content in contents):
        raise Fault(rf"a table \theta beside {OTHER} cannot be said: give one of them another letter", first.pos)
    named = [_places(unwrap(by)) for by in cells]
    for content in contents:
        named += _applied(content, name)
    for content in contents:
        settle(content)
    if len({len(places) for places in named}) > 1:
        raise Fault(f"{name} stands with subscripts of different lengths: which name its cells is not known", first.pos)
    uses = frozenset[Use]().union(*map(evidence, contents))
    sorts = [_sort({places[k] for places in named}, uses) for k in range(len(named[0]))]
    if not all(sorts):
        raise Fault(f"whether {name} has a cell for each state, each action or both is not known", first.pos)
    role = {"action": "outcome", "state": "condition"}
    told = frozenset((place, role[sort]) for places in named for place, sort in zip(places, sorts, strict=True))
    table = Table(OTHER if name == THETA else name, tuple(sorts))
    parameter = Parameter(OTHER, stated=True, cells=True) if name == THETA else Parameter(name, True, True)
    return Found(table, parameter, told)


def _denominator(item: Item) -> bool:
    r"""Whether an item is a derivative, that in \theta(s,a) made one in \theta_{s,a}."""
    if item.value == r"\frac" and len(item.args) == 2:
        only = content_of(item.args[1]).only
        below = [] if only is None or len(only.terms) > 1 else only.terms[0][1]
        if len(below) == 3 and below[0].value == "partial" and below[2].value == "(" and below[2].plain and \
                below[1].kind == "sym" and below[1].sub is None:
            below[1].sub = Item("group", "brace", below[2].pos, below[2].end, below[2].body)
            del below[2]
    return derivative(item) is not None


def _name(item: Item) -> str:
    """The letter of what is differentiated by."""
    symbol = nucleus(unwrap(item))
    return "" if symbol is None else symbol.name


def _cell(item: Item) -> bool:
    """Whether an item is a letter with letters below it, between commas or a bar."""
    return item.kind == "sym" and item.sub is not None and item.sup is None and not item.primes and all(_places(item))


def _places(item: Item) -> tuple[str, ...]:
    """The letters below a letter, empty where something else stands."""
    assert item.sub is not None
    return _letters(content_of(unwrap(item.sub)))


def _letters(content: Content) -> tuple[str, ...]:
    found = []
    for piece in content.pieces:
        lone = None if piece.only is None or piece.only.lone is None else unwrap(piece.only.lone)
        single = lone is not None and lone.kind == "sym" and lone.sub is None and lone.sup is None
        found.append(lone.value if single and lone is not None else "")
    return tuple(found)


def _sort(letters: Iterable[str], uses: frozenset[Use]) -> str:
    """The sort of a place of a table, by what else its letters are used as, and by custom."""
    found = {ROLES[use] for name, use in uses if name in letters and use in ROLES}
    found = found or {SORTS[name] for name in letters if SORTS.get(name) in ("action", "state")}
    return found.pop() if len(found) == 1 else ""


def _applied(content: Content, name: str) -> Iterator[tuple[str, ...]]:
    """Make the cells of a table in a text applications; the letters of each. What is differentiated by stays."""
    waiting = [content]
    while waiting:
        part = waiting.pop()
        for expr in (side for piece in part.pieces for side in piece.sides if side is not None):
            for _, items, _ in expr.terms:
                yield from _in_factors(items, name)
                for item in items:
                    args = item.args[:1] if derivative(item) is not None else item.args
                    waiting += [content_of(inner) for inner in (*args, item.sup) if inner is not None]
                    if item.sub is not None and item.kind in ("big", "bar"):
                        waiting.append(content_of(item.sub))
                    if item.body is not None:
                        waiting.append(item.body)


def _in_factors(items: list[Item], name: str) -> Iterator[tuple[str, ...]]:
    """The cells among factors, each with its place in brackets after it."""
    for k in reversed(range(len(items))):
        item = unwrap(items[k])
        after = items[k + 1] if k + 1 < len(items) else None
        if item.kind != "sym" or item.value != name:
            continue
        if item.sub is not None and all(_places(item)):
            below = unwrap(item.sub)
            body = content_of(below) if below.kind == "group" else Content(Piece(Expr("", [below], below.pos)))
            place = Item("group", "(", below.pos, below.end, body)
            place.sup, item.sub, item.sup = item.sup, None, None
            items[k:k + 1] = [item, place]
            yield _letters(body)
        elif after is not None and after.kind == "group" and after.value == "(" and after.body is not None:
            yield _letters(after.body)
