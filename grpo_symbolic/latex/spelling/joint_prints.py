r"""The laws that a text prints with what they are of, p_\theta(x, y|z), what shows that these are of a joint law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..notation.priors import DIVERGENCES, DRAWING, ENTROPIES, EXPECTATIONS, INDICATORS, LAW_LETTERS, POLICY
from ..parsing.naming import nucleus
from ..parsing.surface import Content, Expr, Item, seen_in, unwrap
from .customary_laws import EXPECTATION
from .edits import Found, end_of, products
from .joint_draws import Signature

DOT = r"\cdot"
BLANK = re.compile(r"[\s{}]+")
PROBABILITIES = LAW_LETTERS - {"D", "Q"} | {POLICY, r"\mathbb{P}"}  # laws without a bar too
OPERATORS = DIVERGENCES | ENTROPIES | EXPECTATIONS | DRAWING | INDICATORS
MEANS = (EXPECTATION, "E")
PATHS = (r"\tau", r"\xi", r"\zeta")
WITHIN = re.compile(r"[<>:,]|\\l[et]|\\g[et]|\\dots|\\ldots")
CAPITALS = re.compile(r"[A-Z|,]+")
LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


class Variable(NamedTuple):
    """What stands in the brackets of a law: as it is printed, its letter, and whether it has a subscript."""

    name: str
    letter: str
    numbered: bool


class Law(NamedTuple):
    """A law as it is printed: its letter, its name with all scripts, that without its subscript, the subscript, what it
    is of and given, None for a dot, whether it has a bar, and where it stands."""

    letter: str
    name: str
    family: str
    scripts: str
    of: tuple[Variable | None, ...]
    given: tuple[Variable | None, ...]
    barred: bool
    start: int
    end: int

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All that it names."""
        return tuple(one for one in (*self.of, *self.given) if one is not None)


def laws_in(found: Found) -> list[Law]:
    """The laws of a text, but for those by letters that also have brackets of another kind."""
    laws, odd = list[Law](), set[str]()
    indexed = bound_indices(found)
    for items in products(found.content):
        for item, group in zip(items, items[1:], strict=False):
            if is_symbol(item) and group.kind == "group" and group.value == "(" and group.body is not None:
                law = law_printed(found, item, group, indexed)
                laws += [] if law is None else [law]
                odd |= {BLANK.sub("", found.of(item))} if law is None else set()
    barred = {law.name for law in laws if law.barred}
    laws = [law for law in laws if law.name in barred or law.letter in PROBABILITIES and not (
        law.letter == POLICY and len(law.of) > 1)]  # \pi(s, a) is \pi(a|s)
    told = {law.start: law for law in [*laws, *drawn_from(found, indexed, laws)]}
    dotted = [told_by_others(law, list(told.values())) for law in told.values()]
    return [law for law in dotted if law.name not in odd]


def is_symbol(item: Item) -> bool:
    """Whether an item may be the letter of a law."""
    symbol = nucleus(item)
    return symbol is not None and symbol.letter not in OPERATORS and LETTER.fullmatch(symbol.letter) is not None


def drawn_from(found: Found, indexed: frozenset[str], laws: Sequence[Law]) -> Iterator[Law]:
    r"""The laws below means whose outcome is what is drawn: z \sim q(\cdot|x); and x \sim p beside p(x), or if that is
    all that p is of. Else the bare \pi of a \sim \pi may be given anything."""
    for items in products(found.content):
        for item in items:
            symbol = nucleus(item)
            if symbol is None or symbol.name not in MEANS or item.sub is None:
                continue
            for names, source in drawn_in(seen_in(item.sub)):
                law, *rest = source.terms[0][1]
                drawn = [variable(found, one, indexed) for name in names for one in listed(name)]
                if len(source.terms) > 1 or len(rest) > 1 or not is_symbol(law) or any(
                        one is None or not one.name for one in drawn):
                    continue
                known = law_printed(found, law, rest[0], indexed) if rest and rest[0].body is not None else None
                if known is not None and known.of == (None,) and drawn:
                    yield known._replace(of=tuple(drawn))
                elif not rest and drawn:
                    bare = law_named(found, law, drawn, (), False, end_of(found.text, law))
                    yield from (bare,) if is_whole(bare, laws) or bracket_after(found, bare) else ()


def bracket_after(found: Found, bare: Law) -> bool:
    r"""Whether the text prints what a law is of, \mathbb{E}_{p(x)}, which the surface has as x \sim p."""
    return found.text[bare.end:].lstrip().startswith("(")


def is_whole(bare: Law, laws: Sequence[Law]) -> bool:
    """Whether what is drawn is what another law by that name is of, given nothing, or all that such laws name, which
    show that they are of one joint law."""
    mine, of = [law for law in laws if law.name == bare.name], {*bare.of}
    return any(not law.given and {*law.of} == of for law in mine) or is_joint(mine) and of == {
        one for law in mine for one in law.variables}


def drawn_in(content: Content) -> Iterator[tuple[list[Expr | None], Expr]]:
    r"""What the subscript of a mean draws, and from what, in turn; without names where it is a law alone."""
    names = list[Expr | None]()
    for piece in content.pieces:
        names.append(piece.sides[0])
        if [rel for rel, _ in piece.rels] == ["∼"] and piece.sides[1] is not None:
            yield names, piece.sides[1]
            names = []
    if names and names[-1] is not None:
        yield [], names[-1]


def listed(side: Expr | None) -> Iterator[Expr | None]:
    """What one name of a subscript lists: x, or (x, y)."""
    lone = None if side is None else side.lone
    if lone is not None and lone.kind == "group" and lone.body is not None:
        for piece in lone.body.pieces:
            yield from listed(piece.only)
    else:
        yield side


def told_by_others(law: Law, laws: Sequence[Law]) -> Law:
    """A law of a dot, the outcome told by another of its name that is given the same, if one kind is, or the only one
    drawn from anything."""
    if law.of != (None,):
        return law
    alike = {other.of for other in laws if None not in other.of and (other.name, other.given) == (law.name, law.given)}
    drawn = {other.of for other in laws if None not in other.of and len(other.of) == 1
             and {(one.name, one.given) for one in laws if one.of == (None,)} & {(other.name, other.given)}}
    known = alike or drawn
    return law._replace(of=min(known)) if len(known) == 1 else law


def law_printed(found: Found, item: Item, group: Item, indexed: frozenset[str]) -> Law | None:
    """A law and its brackets; None where something else stands in them."""
    symbol, body = nucleus(item), group.body
    assert symbol is not None
    assert body is not None
    signs = [sign for sign, _ in body.seps]
    bar = signs.index("|") if "|" in signs else len(signs)
    if not group.plain or any(sign not in (",", ";") for place, sign in enumerate(signs) if place != bar):
        return None
    variables = [variable(found, piece.only, indexed) for piece in body.pieces]
    named = [one for one in variables if one is not None]
    if any(one.name == "" for one in named) or len({one.name for one in named}) < len(named):
        return None
    return law_named(found, item, variables[:bar + 1], variables[bar + 1:], bar < len(signs), group.end)


def law_named(found: Found, item: Item, of: Sequence[Variable | None], given: Sequence[Variable | None], barred: bool,
              end: int) -> Law:
    """The law of a letter."""
    symbol = nucleus(item)
    assert symbol is not None
    sub = "" if symbol.item.sub is None else found.of(symbol.item.sub)
    letters = {one.letter.lower() for one in (*of, *given) if one is not None}
    if CAPITALS.fullmatch(BLANK.sub("", sub)) and {one.lower() for one in LETTER.findall(sub)} == letters:
        sub = ""
    above = "" if symbol.item.sup is None else f"^{found.of(symbol.item.sup)}"
    family = f"{symbol.name}{chr(39) * symbol.item.primes}{above}"
    scripts = f"_{{{sub}}}" if sub else ""
    return Law(symbol.letter, BLANK.sub("", family + scripts), BLANK.sub("", family) if above else family, scripts,
               tuple(of), tuple(given), barred, item.pos, end)


def variable(found: Found, side: Expr | None, indexed: frozenset[str]) -> Variable | None:
    """What stands in a place of brackets, None for a dot, with an empty name where that is no variable."""
    lone = None if side is None or side.lone is None else unwrap(side.lone)
    if lone is not None and lone.kind == "any" and lone.plain:
        return None
    symbol = None if lone is None else nucleus(lone)
    if lone is None or symbol is None or symbol.item.sup is not None or symbol.letter in PATHS or lone.kind == "num":
        return Variable("", "", False)
    sub = "" if symbol.item.sub is None else found.of(symbol.item.sub)
    if WITHIN.search(sub) or not indexed.isdisjoint(LETTER.findall(sub)):
        return Variable("", "", False)
    return Variable(BLANK.sub("", found.of(lone)), symbol.letter, bool(sub))


def bound_indices(found: Found) -> frozenset[str]:
    r"""The letters that a sum or a product runs over in a range, \sum_{t=1}^T: what they number is one of many."""
    ranges = ((found.of(item.sub), item.sup) for items in products(found.content) for item in items
              if item.kind == "big" and item.sub is not None)
    return frozenset(letter for below, above in ranges if above is not None or "=" in below
                     for letter in LETTER.findall(below.partition("=")[0]))


def slots(laws: Sequence[Law]) -> Mapping[str, str]:
    """The name that each variable has in all of a text: y' is a y where no law names both, p(x|y') beside p(x|y)."""
    together = [{one.name for one in law.variables} for law in laws]
    found: dict[str, str] = {}
    for one in sorted({one for law in laws for one in law.variables}, key=lambda one: (len(one.name), one.name)):
        for other in sorted({name for name in found.values() if name == one.letter}) if not one.numbered else ():
            members = {name for name, slot in found.items() if slot == other} | {one.name}
            if all(len(names & members) < 2 for names in together):
                found[one.name] = other
        found.setdefault(one.name, one.name)
    return found


def signature(law: Law, slot: Mapping[str, str]) -> Signature:
    """What a law without dots is of and given, by names for all of the text."""
    return Signature(frozenset(slot[one.name] for one in law.of if one is not None),
                     frozenset(slot[one.name] for one in law.given if one is not None))


def is_joint(laws: Sequence[Law]) -> bool:
    r"""Whether only a joint law explains what laws by one name are of: several things at once, different numbers of
    them, or one as an outcome and as a condition; but not \pi(a|s) beside \pi(a'|s')."""
    plain = [law for law in laws if None not in (*law.of, *law.given)]
    slot = slots(plain)
    found = [signature(law, slot) for law in plain]
    both = frozenset().union(*(one.of for one in found)) & frozenset().union(*(one.given for one in found))
    sizes = {(len(law.of), len(law.given)) for law in plain}
    return any(several > 1 for several, _ in sizes) or len({lettered(law) for law in plain}) > 1 and (
        len(sizes) > 1 or bool(both))


def lettered(law: Law) -> tuple[tuple[str, ...], ...]:
    """The letters of what a law is of, and of what it is given."""
    return tuple(tuple(sorted(one.letter for one in every if one is not None)) for every in (law.of, law.given))
