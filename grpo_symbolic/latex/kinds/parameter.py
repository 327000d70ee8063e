r"""Which letter a text differentiates by, and its reading as θ.

The calculus knows one parameter, which it calls θ. A text in which another letter is the parameter is read with the
two letters exchanged: an exchange captures nothing, and what shows the other letter is constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ..notation.priors import (
    ACTIONS,
    EXPECTATIONS,
    INDICES,
    LAW_LETTERS,
    PARAMETERS,
    POLICY,
    SAMPLED,
    STATES,
    TOKENS,
    TRAJECTORY,
)
from ..notation.vocabulary import BOLD, OLD_WORDS, SHAPED
from ..parsing.naming import Nucleus, label, nucleus, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, items_of, unwrap
from ..read_error import Fault
from ..spelling.indexed import SIZE, every, indexed, only_seen, settle
from .group_size import call_it_so
from .path_letter import call_it_path

THETA = r"\theta"
STEPPED = r"\theta + \Delta\theta"
DIFFERENCE = r"\Delta"
OLD = re.compile(r"(?<!\\Delta)(?<!\\Delta )\\theta(?![A-Za-z])(_\{(?:\\text\{)?old\}\}?)?")
FONT = re.compile(r"^\\[a-z]+\{(.*)\}")
OPERATORS = frozenset(("nabla", "partial"))
# The letter of an ordinary derivative, d/du.
ORDINARY = "d"
# Letters that stand for one thing: e^x is the exponential, G the size of the group, T the last token.
UNVARIED = frozenset(("e", "G", "T", r"\pi"))
# A letter that is a word, too, in what is said of a text.
ARTICLE = "a"
COMPARED = frozenset(("=", "≈"))


class Derivative(NamedTuple):
    r"""A quotient that is a derivative: its order, the item by which it differentiates, what stands beside the sign.

    ``\frac{\partial f}{\partial\theta}`` holds what is differentiated; in ``\frac{\partial}{\partial\theta} f`` it
    follows.
    """

    order: int
    by: Item
    held: list[Item]


def derivative(item: Item) -> Derivative | None:
    r"""The derivative that a fraction is: \frac{\partial f}{\partial u}, \frac{d}{du}, \frac{d^2}{du^2}."""
    if item.kind != "cmd" or item.value != r"\frac" or len(item.args) != 2:
        return None
    above, below = (_product(arg) for arg in item.args)
    if len(above) < 1 or len(below) != 2 or not (_sign(above[0]) and _sign(below[0])):
        return None
    if _sign(above[0]) != _sign(below[0]) or below[0].sup is not None or below[0].sub is not None:
        return None
    for part in (above[0], *below):
        part.taken = True
    by = below[1]
    upper, lower = above[0].sup, by.sup
    if upper is None and lower is None:
        return Derivative(1, by, above[1:])
    if {unwrap(script).value if script is not None else "" for script in (upper, lower)} != {"2"}:
        raise Fault("only first and second derivatives are known", item.pos)
    bare = by.copy()
    bare.sup = None
    return Derivative(2, bare, above[1:])


def _product(arg: Item) -> list[Item]:
    """The factors of one side of a fraction, if it is a product without a sign."""
    only = content_of(arg).only
    if only is None or len(only.terms) > 1 or only.terms[0][0]:
        return []
    return only.terms[0][1]


def _sign(item: Item) -> str:
    """The sign of a derivative, ∂ or d, that an item is, whatever its power."""
    if item.kind == "fn" and item.value == "partial" and item.sub is None:
        return "partial"
    return ORDINARY if item.kind == "sym" and item.value == ORDINARY and not item.primes and item.sub is None else ""


def letter(item: Item | None) -> str:
    r"""The spelling of a lone letter, bold or not, that a script or argument is; empty for anything else."""
    if item is None:
        return ""
    symbol = nucleus(unwrap(item))
    return symbol.name if symbol is not None and symbol.item.plain and named(symbol) else ""


def named(symbol: Nucleus) -> bool:
    """Whether a symbol is a letter, with nothing on it but a bold font."""
    return symbol.item.kind != "text" and not symbol.letter.isdigit() and set(symbol.decorations) <= BOLD


def differentiated(items: Iterable[Item]) -> Iterator[tuple[str, Item]]:
    """What is differentiated by among items, as it is spelled, and where."""
    for item in items:
        if item.kind == "fn" and item.value in OPERATORS and item.sub is not None:
            yield spelled(unwrap(item.sub)), item.sub
        elif item.args and (found := derivative(item)) is not None:
            yield spelled(found.by), found.by


def symbols(content: Content) -> Iterator[tuple[Item, Nucleus]]:
    """The symbols of a text with their fonts, those in scripts and brackets too."""
    waiting = [content]
    while waiting:
        for item in items_of(waiting.pop()):
            symbol = nucleus(item)
            inner = None if item.body is None else item.body.lone
            if symbol is not None and (inner is None or named(symbol) and inner.plain):
                yield item, symbol
                waiting += [content_of(part) for part in (symbol.item.sub, symbol.item.sup) if part is not None]
                continue
            waiting += [content_of(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            if item.body is not None:
                waiting.append(item.body)


def shown(content: Content) -> frozenset[str]:
    """The letters that a text prints, anywhere, with their fonts and without their scripts."""
    with only_seen(content):
        return frozenset(symbol.name for _, symbol in symbols(content))


def subscripts(content: Content) -> Iterator[str]:
    """The letters by which a text may tell the members of a family of laws."""
    for _, symbol in symbols(content):
        if symbol.letter in LAW_LETTERS | {POLICY} and (name := letter(symbol.item.sub)):
            yield name


def families(content: Content, of: Set[str] = frozenset()) -> Iterator[str]:
    """The letters of parameters by which a text tells the members of a family of laws or of functions."""
    for _, symbol in symbols(content):
        name = letter(symbol.item.sub)
        if (name in PARAMETERS or bold(name)) and (not of or symbol.letter in of):
            yield name


def aged(content: Content) -> Iterator[str]:
    r"""The letters of which a policy prints the old value, as \pi_{v_{old}}."""
    for _, symbol in symbols(content):
        inner = None if symbol.letter != POLICY or symbol.item.sub is None else nucleus(unwrap(symbol.item.sub))
        if inner is not None and inner.item.sub is not None and named(inner) and label(inner.item.sub) in OLD_WORDS:
            yield inner.name


class Parameter(NamedTuple):
    r"""The letter of the parameter, and whether it is a number: then the language has no node for it.

    ``stated`` is set where the texts say by a derivative, or by a family of laws, that it is one. ``old`` is the name
    of another point of the same family, as \theta is beside \theta' in a derivative at \theta' = \theta. ``size`` is
    the letter that the texts have for the size G of the group, ``path`` that for the path τ that is drawn. ``cells`` is
    set where \theta is a table of numbers, which is given this letter: the language's θ occurs nowhere. ``stepped`` is
    set where a text prints the parameter after a step, which is called θ.
    """

    name: str = THETA
    number: bool = False
    stated: bool = False
    old: str = ""
    size: str = SIZE
    path: str = TRAJECTORY
    cells: bool = False
    stepped: bool = False

    @property
    def points(self) -> tuple[str, str]:
        """What is printed for θ and for θ_old; empty for what is printed as it is called."""
        return (STEPPED, THETA) if self.stepped else (self.name, self.old)

    @property
    def exchanged(self) -> bool:
        """Whether the text is read with this letter and θ exchanged, or another point called θ_old."""
        return (self.name != THETA or bool(self.old) or self.stepped) and not self.number

    def spoken(self, text: str) -> str:
        """A text about what was read, in the letters that are printed."""
        text = self.sized(text)
        if not self.exchanged:
            return text
        point, old = self.points
        return OLD.sub(lambda found: point if found[1] is None else old, text) if old else exchanged(text, point)

    def printed(self, text: str) -> str:
        """A spelling in which the parameter is called θ, as the text prints it; and the other way round."""
        text = self.sized(text)
        return exchanged(text, self.name) if self.exchanged else text

    def sized(self, text: str) -> str:
        """A spelling in which the size of the group is called G, and a path τ, with their own letters; and the other
        way round."""
        for called, name in ((SIZE, self.size), (TRAJECTORY, self.path)):
            text = text if called == name else swapped(text, called, name)
        return text

    @property
    def other_letters(self) -> bool:
        """Whether the size of the group, or a path, has a letter of its own."""
        return self.size != SIZE or self.path != TRAJECTORY


def parameter_of(contents: Sequence[Content], known: Set[str] = frozenset()) -> Parameter:
    """The parameter of texts that are read together; ``known`` are those of the document. Raises Fault."""
    found: dict[str, Item] = {}
    items = [item for content in contents for item in every(content)]
    for name, item in differentiated(items):
        found.setdefault(name, item)
    printed = [symbol for content in contents for _, symbol in symbols(content)]
    letters = frozenset(symbol.name for symbol in printed)
    if len(found) > 1:
        first, second = list(found)[:2]
        raise Fault(f"derivatives in {first} and in {second} in one statement cannot be said", found[second].pos)
    if not found:
        told = second_point(contents, items, THETA)
        return Parameter(THETA, stated=True, old=told) if told else unstated(contents, letters, known)
    (name, item), = found.items()
    if other := second_point(contents, items, name):
        return Parameter(name, stated=True, old=other)
    by = letter(item)
    if not by:
        return Parameter(stated=True)  # refused where it stands
    quotient = any(derivative(part) is not None for part in items)
    if name == THETA and quotient and not all(parametric(content, by) for content in contents):
        raise Fault(r"\theta is calculated with: give a number another letter", item.pos)
    if name == THETA:
        refuse_fonts(printed, by, item)
        return Parameter(THETA, stated=True)
    refuse_fonts(printed, by, item)
    indexing = any(by in subscripts(content) for content in contents)
    family = by in PARAMETERS or bold(by) or indexing
    if all(parametric(content, by) for content in contents) and (family or not quotient):
        if by in INDICES | TOKENS:
            raise Fault(f"{by} is an index: derivatives are taken in a parameter or a number", item.pos)
        if by in STATES | ACTIONS and any(map(draws, contents)) and (by == ARTICLE or not indexing):
            raise Fault(f"what depends on {by} without showing it is not known: name the parameter otherwise", item.pos)
        return Parameter(by, stated=True)
    if by in UNVARIED or any(limits(content, by) for content in contents):
        raise Fault(f"{by} is no number in which a derivative is taken here: give that another letter", item.pos)
    return Parameter(by, number=True, stated=True)


def second_point(contents: Sequence[Content], items: Sequence[Item], name: str) -> str:
    r"""The point of the same family at which the parameter stands, as \theta in |_{\theta' = \theta}, or \theta_k
    where \theta = \theta_k is given.

    It is told by a prime or a sign over it, or by what is below it; both points must be printed as points alone.
    """
    given = (piece for content in contents for piece in content.pieces)
    found = {other for one, other in (*evaluated(items), *equated(given)) if one == name and other}
    others = found - {name}
    if len(others) != 1:
        return ""
    other, = others
    spellings = {point(item) for content in contents for item, symbol in symbols(content)
                 if symbol.letter in (stem(name), stem(other))}
    return other if spellings <= {name, other} else ""


def evaluated(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """The points that evaluation bars equate."""
    for item in items:
        if item.sub is None or item.kind != "bar" and item.value != ".":
            continue
        yield from equated(content_of(unwrap(item.sub)).pieces)


def equated(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """The points that pieces of a text equate."""
    for piece in pieces:
        if [rel for rel, _ in piece.rels] == ["="] and all(side is not None for side in piece.sides):
            one, other = (side.lone if side is not None else None for side in piece.sides)
            if one is not None and other is not None:
                yield point(unwrap(one)), point(unwrap(other))


def point(item: Item) -> str:
    """The spelling of a point: a letter with its font, signs over it, primes, a digit or letter below; else nothing."""
    symbol = nucleus(item)
    if symbol is None or symbol.item.sup is not None or symbol.item.kind == "text":
        return ""
    below = symbol.item.sub
    if below is not None and (unwrap(below).kind not in ("sym", "num") or not unwrap(below).plain):
        return ""
    return symbol.name + "'" * symbol.item.primes + ("" if below is None else f"_{unwrap(below).value}")


def stem(name: str) -> str:
    """The letter of a point."""
    return FONT.sub(r"\1", name.rstrip("'").partition("_")[0])


def unstated(contents: Sequence[Content], letters: Set[str], known: Set[str]) -> Parameter:
    """The parameter of texts that take no derivative in a letter that they print."""
    candidates = {name for name in known if name in letters}
    gradient = next((item for content in contents for item in every(content)
                     if item.kind == "fn" and item.value == "nabla"), None)
    if gradient is not None:
        candidates |= {THETA} & letters | {name for content in contents for name in families(content)}
        if len(candidates) > 1:
            raise Fault("this gradient may be taken in " + " or in ".join(sorted(candidates)) + ": write which",
                        gradient.pos)
    elif not candidates:
        candidates = {THETA} & letters or {name for content in contents for name in (
            *families(content, LAW_LETTERS | {POLICY}), *aged(content))}
    if len(candidates) != 1:
        return Parameter(stated=bool(candidates))
    name, = candidates
    if name != THETA and all(parametric(content, name) for content in contents):
        return Parameter(name, stated=True)
    return Parameter(stated=name == THETA)


def bold(name: str) -> bool:
    """Whether a letter is spelled in a bold font."""
    return name.startswith(tuple(BOLD))


def refuse_fonts(printed: Sequence[Nucleus], by: str, item: Item) -> None:
    """Refuse a parameter that is printed in two fonts: whether it is one is not known."""
    mine = stem(by)
    other = next((symbol.name for symbol in printed if symbol.letter == mine and symbol.name != by
                  and set(symbol.decorations) <= SHAPED), None)
    if other is not None:
        raise Fault(f"{by} and {other} are one letter in two fonts: write the parameter one way", item.pos)


def limits(content: Content, name: str) -> bool:
    """Whether a letter is printed under or over the sign of a sum."""
    return any(name in shown(content_of(part)) for item in every(content) if item.kind == "big"
               for part in (item.sub, item.sup) if part is not None)


def draws(content: Content) -> bool:
    """Whether a text has laws, expectations, ranges or members of a group, which may depend on more than they show."""
    return any(item.kind == "big" for item in every(content)) or bool(indexed(content).names) or any(
        symbol.letter in LAW_LETTERS | {POLICY, "E"} | SAMPLED or symbol.name in EXPECTATIONS
        for _, symbol in symbols(content))


# Where a parameter may stand.


def parametric(content: Content, name: str) -> bool:
    r"""Whether a letter stands only where a parameter does: in subscripts, as an argument, in θ = θ_old and θ − θ_old.

    A letter that is drawn, ranged over, calculated with or applied is none.
    """
    return all(_piece(piece, name, "line") for piece in content.pieces)


def _piece(piece: Piece, name: str, place: str) -> bool:
    sides = [side for side in piece.sides if side is not None]
    alone = [_is(side.lone, name) for side in sides]
    if piece.rels:
        if any(alone) and place in ("line", "at"):
            points = len(sides) == 2 and piece.rels[0][0] in COMPARED and all(_point(side.lone, name) for side in sides)
            return points or place == "at" and alone[0] and not any(_within(side, name) for side in sides[1:])
        if any(alone):
            return False
    elif alone[0:1] == [True]:
        return place in ("argument", "script", "at")
    return all(_side(side, name, place) for side in sides)


def _within(expr: Expr, name: str) -> bool:
    return any(_is(item, name) for _, items, _ in expr.terms for item in items)


def _side(expr: Expr, name: str, place: str) -> bool:
    difference = len(expr.terms) == 2 and all(len(items) == 1 and _point(items[0], name) for _, items, _ in expr.terms)
    for sign, items, _ in expr.terms:
        for p, item in enumerate(items):
            after = items[p + 1] if p + 1 < len(items) else None
            step = p > 0 and items[p - 1].kind == "sym" and items[p - 1].value == r"\Delta"
            if step and (symbol := nucleus(unwrap(item))) is not None and symbol.name == name:
                continue
            if _powered(item, name):
                return False
            if _is(item, name) or _point(item, name) and item.sub is not None and place == "line":
                applied = after is not None and after.kind == "group" and after.value == "("
                shifted = place == "script" and len(expr.terms) > 1
                if applied or not (shifted or difference and not sign or difference and sign == "-"):
                    return False
            elif not _point(item, name) and not _inside(item, items[p - 1] if p else None, name):
                return False
    return True


def _inside(item: Item, before: Item | None, name: str) -> bool:
    """Whether the letter stands rightly in the scripts, the arguments and the bracket of an item."""
    symbol = nucleus(item)
    carrier = item if symbol is None else symbol.item
    operator = item.kind == "fn" and item.value in OPERATORS
    binds = item.kind == "big" or item.kind != "bar" and symbol is not None and (
        symbol.name in EXPECTATIONS or symbol.name in ("E", r"\text{E}"))
    if carrier.sub is not None and not operator:
        place = "bound" if binds else "at" if item.kind == "bar" or item.value == "." else "script"
        if not all(_piece(piece, name, place) for piece in content_of(unwrap(carrier.sub)).pieces):
            return False
    if carrier.sup is not None and not all(
            _piece(piece, name, "line") for piece in content_of(unwrap(carrier.sup)).pieces):
        return False
    if (found := derivative(item)) is not None:
        return not found.held or _side(Expr("", found.held, item.pos), name, "line")
    if symbol is None and not all(_piece(piece, name, "line") for arg in item.args
                                  for piece in content_of(arg).pieces):
        return False
    if item.body is not None:
        applied = before is not None and item.value == "(" and before.kind != "fn" and nucleus(before) is not None
        bars = [k for k, (sign, _) in enumerate(item.body.seps) if sign == "|"]
        for k, piece in enumerate(item.body.pieces):
            outcome = bool(bars) and k <= bars[0]
            if not _piece(piece, name, "argument" if applied and not outcome else "line"):
                return False
    return True


def _is(item: Item | None, name: str) -> bool:
    """Whether an item is the letter, without scripts."""
    return letter(item) == name if item is not None else False


def _powered(item: Item, name: str) -> bool:
    """Whether an item is the letter with a superscript: it is calculated with."""
    symbol = nucleus(unwrap(item))
    return symbol is not None and symbol.name == name and symbol.item.sub is None and symbol.item.sup is not None


def _point(item: Item | None, name: str) -> bool:
    """Whether an item is the letter, or the letter with the subscript old."""
    if item is None:
        return False
    symbol = nucleus(unwrap(item))
    if symbol is None or symbol.name != name or symbol.item.sup is not None or symbol.item.primes:
        return False
    return symbol.item.sub is None or label(symbol.item.sub) in OLD_WORDS


# The exchange.


def exchange(contents: Sequence[Content], parameter: Parameter) -> None:
    """Give the parameter, another point of it, the size of a group and a path the paper's names."""
    if parameter.size != SIZE:
        call_it_so(contents, parameter.size)
    if parameter.path != TRAJECTORY:
        call_it_path(contents, parameter.path)
    renamed = parameter.exchanged and not parameter.stepped
    if renamed:
        call_it_theta(contents, parameter)
    for content in contents if renamed or parameter.other_letters else ():
        settle(content)


def call_it_theta(contents: Sequence[Content], parameter: Parameter) -> None:
    """Exchange the parameter and θ in texts, or call another point of it θ_old."""
    # all are found before any is changed
    for item, symbol in [found for content in contents for found in symbols(content)]:
        if parameter.old and (printed := point(item)) in (parameter.name, parameter.old):
            item.kind, item.value, item.args, item.body, item.primes, item.sub = "sym", THETA, (), None, 0, None
            if printed == parameter.old:
                item.sub = Item("text", "old", item.pos, item.end)
        elif parameter.old:
            continue
        elif symbol.name == parameter.name:
            item.sub, item.sup, item.primes = symbol.item.sub, symbol.item.sup, symbol.item.primes
            item.kind, item.value, item.args, item.body = "sym", THETA, (), None
        elif symbol.name == THETA:
            font, _, rest = parameter.name.partition("{")
            if rest:
                inner = Item("sym", rest.removesuffix("}"), item.pos, item.end)
                item.kind, item.value, item.args, item.body = "cmd", font, (inner,), None
            else:
                item.kind, item.value, item.args, item.body = "sym", parameter.name, (), None


def exchanged(text: str, name: str) -> str:
    """A spelling with a letter and θ exchanged."""
    return text if name == THETA else swapped(text, THETA, name)


def swapped(text: str, one: str, other: str) -> str:
    """A text with two letters exchanged."""
    return replaced(text, {one: other, other: one})


def replaced(text: str, letters: Mapping[str, str]) -> str:
    """A text with other letters for some, all at once."""
    return re.sub("|".join(map(whole, letters)), lambda found: letters[found[0]], text)


def whole(name: str) -> str:
    """A pattern for a letter on its own."""
    start = r"(?<![A-Za-z\\])" if name[0] != "\\" else ""
    return start + re.escape(name) + (r"(?![A-Za-z])" if name[-1] != "}" else "")
