r"""The laws that a text prints with what they are of, p_\theta(x, y|z), what shows that these are of a joint law."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..notation.priors import DIVERGENCES, DRAWING, ENTROPIES, EXPECTATIONS, LAW_LETTERS, POLICY
from ..parsing.naming import nucleus
from ..parsing.surface import Expr, Item, unwrap
from .edits import Found, products
from .joint_draws import Signature

DOT = r"\cdot"
BLANK = re.compile(r"[\s{}]+")
PROBABILITIES = LAW_LETTERS - {"D", "Q"} | {POLICY, r"\mathbb{P}"}  # laws without a bar too
OPERATORS = DIVERGENCES | ENTROPIES | EXPECTATIONS | DRAWING
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
            symbol = nucleus(item)
            if symbol is None or group.kind != "group" or group.value != "(" or group.body is None or \
                    symbol.letter in OPERATORS or not LETTER.fullmatch(symbol.letter):
                continue
            law = law_printed(found, item, group, indexed)
            if law is None:
                odd.add(BLANK.sub("", found.of(item)))
            else:
                laws.append(law)
    barred = {law.name for law in laws if law.barred}
    return [law for law in laws if law.name not in odd and (
        law.name in barred or law.letter in PROBABILITIES)]


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
    sub = "" if symbol.item.sub is None else found.of(symbol.item.sub)
    if CAPITALS.fullmatch(BLANK.sub("", sub)) and {one.lower() for one in LETTER.findall(sub)} == {
            one.letter.lower() for one in named}:
        sub = ""
    above = "" if symbol.item.sup is None else f"^{found.of(symbol.item.sup)}"
    family = f"{symbol.name}{chr(39) * symbol.item.primes}{above}"
    scripts = f"_{{{sub}}}" if sub else ""
    return Law(symbol.letter, BLANK.sub("", family + scripts), BLANK.sub("", family) if above else family,
               scripts, tuple(variables[:bar + 1]), tuple(variables[bar + 1:]), bar < len(signs),
               item.pos, group.end)


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


def in_a_circle(laws: Sequence[Law]) -> bool:
    """Whether laws give something of what they, one after another, are given."""
    after: dict[str, set[str]] = {}
    for law in laws:
        for one in law.given:
            if one is not None:
                after.setdefault(one.name, set()).update(other.name for other in law.of if other is not None)
    for start in after:
        reached, waiting = set[str](), [start]
        while waiting:
            new = after.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        if start in reached:
            return True
    return False
