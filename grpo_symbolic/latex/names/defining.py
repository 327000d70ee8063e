r"""What a text would define and what it uses, by the names it prints: known before it is read, and where that fails.

Definitions serve in any order, so a text is read after those that define what it uses; and what uses a symbol whose
definition could not be read has no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from sympy.utilities.iterables import strongly_connected_components

from ..kinds.anonymous import moment_before
from ..notation import priors as table
from ..notation.profiles import Profile
from ..notation.vocabulary import DEFINING, OLD_WORDS, OPERATOR_WORDS, RELATIONS, WORD_SEPARATORS
from ..parsing.characters import COMMANDS
from ..parsing.naming import MAX_LABEL, Nucleus, label, nucleus, rendered, script, spelled
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, Piece, content_of, items_of, unwrap
from ..read_error import Fault, Malformed
from ..spelling.indexed import every, printed
from ..spelling.operators import operator_applied

EQUATING = frozenset(("=", "≈", *DEFINING))
LAWFUL = frozenset((r"\mathbb", "E"))
DEVIATION = r"\sigma"
INDEX, SHIFTED = re.compile(r"[a-z]'*"), re.compile(r"[a-z]'*(?:[+-][a-z0-9]'*)+")
# The name and the scripts of a layout, before the brackets of its arguments; an argument of a layout.
STEM = re.compile(r"(?P<name>[^_^(]+)(?:_(?:\{(?P<subs>(?:[^{}]|\{[^{}]*\})*)\}|(?P<sub>#?\w)))?"
                  r"(?:\^\{(?P<sup>[^(]*)\})?")
HOLE = re.compile(r"#\d+")
# What a left side that is a name never starts with; told at a glance, as most left sides are none.
OTHERWISE = re.compile(r"\s*(?:[-+\d\[|]|\\(?:mathbb\s*\{\s*E\s*\}|[dt]?frac|sum|prod|int|nabla|log|ln|exp|min|max"
                       r"|sqrt|partial|left)(?![A-Za-z]))")
MOST_LEFT = 300  # characters of a left side that may be a name

# Signs of relation, those too that are typed as they look.
SIGNS = {**RELATIONS, **{char: RELATIONS[name] for char, name in COMMANDS.items() if name in RELATIONS}}

# What ends a statement in a text that cannot be read as a whole, what relates, what nests, and anything else.
PART = re.compile(
    r"(?P<end>\\\\\*?(?:\s*\[[-\d. a-z]*\])?|\\(?:begin|end)\s*\{[^{}]*\}"
    r"|\\q?quad(?![A-Za-z])|\\(?:implies|Rightarrow|Longrightarrow)(?![A-Za-z])"
    r"|\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:" + "|".join(map(re.escape, WORD_SEPARATORS)) + r")[,:]?\s*\}|[,;])"
    r"|(?P<rel>:=|<=|>=|[" + "".join(sign for sign in SIGNS if len(sign) == 1) +
    "]|(?:" + "|".join(re.escape(word) for word in SIGNS if word[0] == "\\") + r")(?![A-Za-z]))"
    r"|(?P<opens>\\?[{(\[])|(?P<closes>\\?[})\]])|(?P<idle>&|\\(?:label|tag)\*?\s*\{[^{}]*\})"
    r"|\s+|\\[A-Za-z]+|\\.|.", re.DOTALL)


class Name(NamedTuple):
    r"""A symbol as it is printed: its name, the parts of its subscript, the superscript that is no power, its place.

    ``sure`` is unset for what stands in a subscript, where it may be a mere label.
    """

    name: str
    subs: tuple[str, ...] = ()
    sup: str = ""
    pos: int = 0
    sure: bool = True

    def __str__(self) -> str:
        subs = "_" + script(",".join(self.subs)) if self.subs else ""
        return self.name + subs + ("^" + script(self.sup) if self.sup else "")

    def is_target(self, target: Name) -> bool:
        """Whether this is the symbol that a definition of ``target`` defines, spelled as it is there."""
        return self.name == target.name and self.subs == target.subs and (not target.sup or self.sup == target.sup)

    def may_be(self, target: Name) -> bool:
        """Whether a definition of ``target`` may define this: it is of a family, as A_1, A_j, A_{j+1} are of A_i."""
        if self.name != target.name or len(self.subs) != len(target.subs):
            return False
        sups = not target.sup or self.sup == target.sup or self.sup[:1] == target.sup[:1] == "("
        return sups and all(one == other or INDEX.fullmatch(other) is not None and is_member(one)
                            for one, other in zip(self.subs, target.subs, strict=True))


def name_in(layout: str) -> Name:
    r"""The name of a function by its layout, an index in place of each argument in its subscript.

    >>> str(name_in(r"\rho_{#1,\theta}(#2|#3)")), str(name_in("w_1(#1)"))
    ('\\rho_{i,\\theta}', 'w_1')
    """
    found = STEM.match(layout)
    if found is None:
        return Name(layout)
    printed = found["subs"] or found["sub"]
    subs = tuple(HOLE.sub("i", printed).split(",")) if printed else ()
    return Name(found["name"], subs, found["sup"] or "")


def is_member(sub: str) -> bool:
    """Whether a subscript numbers a member of a family."""
    return sub.isdigit() or sub == "G" or INDEX.fullmatch(sub) is not None or SHIFTED.fullmatch(sub) is not None


class Target(NamedTuple):
    """What a statement would define, and whether its sign only defines."""

    name: Name
    sign: str


Lefts: TypeAlias = Sequence[tuple[Expr | None, str]]


class Failed(NamedTuple):
    """A definition that could not be read: what it would define, where it stands, why it could not be read.

    ``root`` is the symbol whose definition failed, where another one rests on it; ``text`` is a definition that serves
    equations between numbers of steps, which are read otherwise.
    """

    name: Name
    origin: str
    reason: str
    root: str = ""
    text: str = ""

    def resting(self, name: Name) -> Failed:
        """The failure of what is defined by a symbol whose definition failed."""
        return self._replace(name=name, root=self.root or str(self.name), text="")

    def said(self, use: Name) -> str:
        """Why a text that uses the symbol has no verdict."""
        whose = f"which rests on {self.root}, whose" if self.root else "and its"
        return f"{use} is used here, {whose} definition could not be read ({self.origin}: {self.reason})"


def name_of(item: Item, sure: bool = True) -> Name | None:
    """The name that an item prints; None where it is no symbol, or its scripts are too long for a name."""
    symbol = nucleus(item)
    if symbol is None or symbol.item.kind == "num":
        return None
    try:
        subs: tuple[str, ...] = ()
        if symbol.item.sub is not None:
            content = content_of(unwrap(symbol.item.sub))
            subs = tuple(rendered(Content(piece)) for piece in content.pieces)
            if len(subs) == 1:
                subs = (label(symbol.item.sub),)
        sup = "" if symbol.item.sup is None else label(symbol.item.sup)
    except Fault:
        return None
    if sum(map(len, subs)) + len(sup) > MAX_LABEL:
        return None
    return Name(symbol.name + symbol.item.dashes, subs, sup, item.pos, sure)


def target(left: Expr | None) -> Name | None:
    r"""The symbol that a left side would define: a name alone, perhaps with arguments, that has no meaning built in."""
    if left is None or len(left.terms) > 1 or left.terms[0][0] or len(left.terms[0][1]) > 2:
        return None
    if (found := operator_applied(left)) is not None:
        return name_of(found.operator.item)
    first, *after = left.terms[0][1]
    if first.kind not in ("sym", "text", "cmd") or any(item.kind != "group" or item.value != "(" or calculated(item)
                                                       for item in after):
        return None
    symbol, name = nucleus(first), name_of(first)
    if symbol is None or name is None or first.kind == "text" and first.value in OPERATOR_WORDS:
        return None
    if symbol.name in (r"\theta", r"\infty", r"\Delta", *table.EXPECTATIONS):
        return None
    if after and moment_before(first, after[0]):
        return None
    if symbol.name in table.DIVERGENCES and name.subs[:1] in ((r"\text{KL}",), (r"\text{kl}",)):
        return None
    if symbol.letter == table.POLICY and name.subs and (name.subs[0].startswith(r"\theta") or
                                                        name.subs[0] in OLD_WORDS):
        return None
    if not after and first.kind == "sym" and symbol.letter in table.SORTS and not first.primes:
        return None
    if squared_deviation(symbol):
        return name._replace(sup="")
    return name if not name.sup or labelled(symbol.item.sup) else None


def squared_deviation(symbol: Nucleus) -> bool:
    r"""Whether a symbol is \sigma^2: it stands for a variance, so that what it is equal to defines the deviation."""
    sup = None if symbol.item.sup is None else unwrap(symbol.item.sup)
    return symbol.letter == DEVIATION and not symbol.item.primes and sup is not None and sup.kind == "num" and \
        sup.plain and sup.value == "2"


def calculated(group: Item) -> bool:
    """Whether a number or arithmetic stands in a bracket: f(2) and f(u + v) are values of what is defined elsewhere."""
    sides = [] if group.body is None else [piece.only for piece in group.body.pieces]
    return any(side is not None and (len(side.terms) > 1 or side.lone is not None and unwrap(side.lone).kind == "num")
               for side in sides)


def labelled(sup: Item | None) -> bool:
    """Whether a superscript of a name is a label, an index in brackets or a policy: no power."""
    inner = None if sup is None else unwrap(sup)
    if inner is None or inner.kind == "text" or inner.kind == "group" and inner.value == "(":
        return True
    if inner.kind == "mark":
        return inner.value != "⊤"
    symbol = nucleus(inner)
    return symbol is not None and symbol.letter == table.POLICY or label(inner).startswith(r"\text{")


def target_of(piece: Piece) -> Target | None:
    """What a chain would define."""
    if not piece.rels or piece.rels[0][0] not in EQUATING:
        return None
    found = target(piece.sides[0])
    return None if found is None else Target(found, piece.rels[0][0])


def targets(content: Content) -> tuple[Target, ...]:
    """What the chains of a text would define, in order."""
    return tuple(found for piece in content.pieces if (found := target_of(piece)) is not None)


def left_sides(text: str, profile: Profile) -> Lefts:
    """What stands before the first relation of each chain that may define, and that relation; None for what is no
    expression as it stands there."""
    found: list[tuple[Expr | None, str]] = []
    for left, sign in lefts(text):
        try:
            found.append((parse(left, profile)[0].only, sign))
        except (Fault, RecursionError):
            found.append((None, sign))
    return found


def targets_of(sides: Lefts) -> tuple[Target, ...]:
    """What chains with these left sides would define."""
    return tuple(Target(name, sign) for left, sign in sides if (name := target(left)) is not None)


def targets_in(text: str, profile: Profile) -> tuple[Target, ...]:
    """What a text would define, be it readable or not: told from what stands before the first relation of a chain."""
    return targets_of(left_sides(text, profile))


def may_define(sides: Lefts) -> bool:
    """Whether a text with these left sides may define anything: one is a symbol alone, or a target, or is not seen to
    be neither."""
    return any(left is None or left.lone is not None or target(left) is not None for left, _ in sides)


def equated(text: str, found: Target) -> bool:
    """Whether a text prints values of the function that it would define on both sides: it says how they are related."""
    letter = re.escape(found.name.name)
    return len(re.findall(rf"(?<![A-Za-z\\]){letter}(?:[_^](?:\{{[^{{}}]*\}}|.))*\s*(?:\\left)?\(", text)) > 1


def lefts(text: str) -> Iterator[tuple[str, str]]:
    """What stands before the first relation of each chain of a text, and that relation, where it may define; nothing
    in place of what is too long to be looked at."""
    depth, left, waiting = 0, "", True
    for found in PART.finditer(text):
        kind, part = found.lastgroup, found.group()
        if kind == "end" and (depth <= 0 or part.startswith("\\\\")):
            depth, left, waiting = 0, "", True
        elif kind == "rel" and depth <= 0:
            sign = SIGNS.get(part, part)
            if waiting and sign in EQUATING and left.strip() and OTHERWISE.match(left) is None:
                yield left if len(left) <= MOST_LEFT else "", sign
            waiting = False
        elif kind == "idle":
            left += " "
        else:
            depth += (kind == "opens") - (kind == "closes")
            left += part if waiting else ""


def uses(content: Content) -> tuple[Name, ...]:
    """The names that a text prints but for those that it binds: everything on which its meaning may depend."""
    found: list[Name] = []
    bound: set[str] = set()
    for piece in content.pieces:
        collect(Content(piece), True, found, bound)
    return tuple(name for name in found if str(name) not in bound and name.name not in bound)


def uses_of(piece: Piece) -> tuple[Name, ...]:
    """The names on which what a chain says of its left side depends."""
    found: list[Name] = []
    bound: set[str] = set()
    rest = Content(piece)
    if target_of(piece) is not None:
        left, = piece.sides[:1]
        assert left is not None
        bound.update(spelled_alone(item) for group in left.terms[0][1][1:] if group.body is not None
                     for item in items_of(group.body))
        rest = Content(Piece(None))
        rest.pieces[0].sides = piece.sides[1:]
    collect(rest, True, found, bound)
    return tuple(name for name in found if str(name) not in bound and name.name not in bound)


def collect(content: Content, sure: bool, found: list[Name], bound: set[str]) -> None:
    """Add the names of a content and those that it binds."""
    waiting = [(content, sure)]
    while waiting:
        part, sure = waiting.pop()
        for piece in part.pieces:
            if any(rel in ("∼", "∈") for rel, _ in piece.rels) and piece.sides[0] is not None:
                bound.update(spelled_alone(item) for item in piece.sides[0].terms[0][1])
        for item in items_of(part):
            name, symbol = name_of(item, sure), nucleus(item)
            carrier = item if symbol is None else symbol.item
            if name is not None:
                found.append(name)
            else:
                waiting += [(content_of(arg), sure) for arg in item.args]
                if item.body is not None:
                    waiting.append((item.body, sure))
            if item.kind == "big" and item.sub is not None:
                bound.update(ranged(item.sub))
            if carrier.sup is not None:
                waiting.append((content_of(carrier.sup), sure))
            if carrier.sub is not None:
                waiting.append((content_of(carrier.sub), sure and name is None))


def ranged(sub: Item) -> Iterator[str]:
    """The names over which the sign of a sum ranges."""
    for piece in content_of(unwrap(sub)).pieces:
        side = piece.sides[0]
        if side is not None and side.lone is not None:
            yield spelled_alone(side.lone)


def spelled_alone(item: Item) -> str:
    """The spelling of an item; empty where it has none. What is printed is not taken as read."""
    try:
        return spelled(unwrap(item))
    except Fault:
        return ""


def drawn_from(content: Content) -> frozenset[str]:
    """The laws from which a text draws, as they are spelled."""
    found: set[str] = set()
    drawn = "∼" in printed(content).signs
    for item in every(content):
        for part in (item.sub, item.body) if drawn or item.value in LAWFUL else ():
            if part is None:
                continue
            inner = part if isinstance(part, Content) else content_of(part)
            for piece in inner.pieces:
                law = piece.sides[-1] if [rel for rel, _ in piece.rels] == ["∼"] else \
                    piece.only if item.value in LAWFUL and part is item.sub else None
                if law is not None and (name := name_of(law.terms[0][1][0])) is not None:
                    found.add(str(name))
    return frozenset(found)


def calls(content: Content) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names in a text that a bracket follows, and the letters that stand there as arguments, empty where none."""
    found = []
    for part in printed(content).contents if "(" in printed(content).values else ():
        for piece in part.pieces:
            for side in piece.sides:
                for _, items, _ in side.terms if side is not None else ():
                    for item, after in pairwise(items):
                        if after.kind == "group" and after.value == "(" and (name := name_of(item)) is not None:
                            pieces = after.body.pieces if after.body is not None else []
                            found.append((str(name), tuple(map(lone_letter, pieces))))
    return tuple(found)


def lone_letter(piece: Piece) -> str:
    """The letter that an argument is, empty where it is no letter or has an index."""
    lone = None if piece.only is None or piece.only.lone is None else unwrap(piece.only.lone)
    if lone is None or lone.kind != "sym" or lone.sub is not None or lone.sup is not None:
        return ""
    return lone.value + lone.dashes


def needs(used: Sequence[Sequence[Name]], defined: Sequence[Sequence[Target]], sure: bool = False
          ) -> dict[int, set[int]]:
    """Which texts define what each text uses; ``sure`` leaves out what may be a label or another of a family."""
    needed: dict[int, set[int]] = {}
    for place, names in enumerate(used):
        others = [() if other == place else found for other, found in enumerate(defined)]
        needed[place] = {other for name in names for other in definers(name, others, sure)}
    return needed


def definers(name: Name, defined: Sequence[Sequence[Target]], sure: bool = False) -> list[int]:
    """The texts that define a name: those that spell it so, else those that may mean it."""
    exact = [place for place, targets in enumerate(defined) if any(name.is_target(one.name) for one in targets)]
    if sure:
        return exact if name.sure else []
    return exact or [place for place, targets in enumerate(defined) if any(name.may_be(one.name) for one in targets)]


def in_order(count: int, needed: dict[int, set[int]]) -> list[list[int]]:
    """The places below ``count``, each after those it needs; places that need each other stand in one list."""
    if count < 2:
        return [[place] for place in range(count)]
    edges = [(place, other) for place in range(count) for other in sorted(needed[place])]
    return [sorted(part) for part in strongly_connected_components((list(range(count)), edges))]


def arranged(pieces: Sequence[Piece], strict: bool) -> list[int]:
    """The order in which chains are read: each after those that define what it uses.

    Where ``strict``, raises Malformed for definitions that need each other; else those stand as they are printed.
    """
    if len(pieces) < 2:
        return list(range(len(pieces)))
    found = [target_of(piece) for piece in pieces]
    # what is said of a policy before a mere = is said of any such policy, so that the = claims something of it
    defined = [() if one is None or not strict and one.sign == "=" and one.name.name == table.POLICY else (one,)
               for one in found]
    used = [uses_of(piece) for piece in pieces]
    if strict:
        refuse_circles(needs(used, defined, sure=True), [[one.name for one in part] for part in defined])
    return [place for part in in_order(len(pieces), needs(used, defined)) for place in part]


def refuse_circles(needed: dict[int, set[int]], defined: Sequence[Sequence[Name]]) -> None:
    """Refuse definitions that need each other. Raises Malformed at the later of two."""
    for part in in_order(len(needed), needed):
        if len(part) > 1:
            first, second = (defined[place][0] for place in part[:2])
            raise Circle(circular(str(first), str(second)), second.pos, part[1])


def circular(first: str, second: str) -> str:
    """What to say of two symbols that need each other."""
    return f"{first} and {second} are defined by each other: neither has a meaning"


class Circle(Malformed):
    """Definitions that need each other; ``place`` is that of the text at fault."""

    def __init__(self, reason: str, pos: int, place: int) -> None:
        super().__init__(reason, pos)
        self.place = place


def met(names: Iterable[Name], failed: Sequence[Failed]) -> tuple[Name, Failed] | None:
    """The first name whose definition failed."""
    for name in names:
        for one in failed:
            if name.is_target(one.name):
                return name, one
    return next(((name, one) for name in names for one in failed if name.may_be(one.name)), None)
