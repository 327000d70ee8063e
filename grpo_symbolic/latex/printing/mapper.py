"""The printer's ground: dispatch on the node's type, brackets by precedence, names of bound variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sympy import Basic

from ...language import LanguageError, Prefix, Scope, Term, TokenOf, Var, substitute
from ..notation.priors import ACTION_SET
from ..notation.profiles import Profile

SUM, PRODUCT, PREFIX, FACTOR, SYMBOL = range(1, 6)

TALL = re.compile(r"\\(frac|sum|prod|sqrt|left)(?![A-Za-z])")
SPARE = {"index": "ijmn"}
TRAJECTORY = r"\tau"  # the one name of a path whose steps are states and actions, s_t and a_t


class Piece(NamedTuple):
    """Printed text, how tightly it holds together, and whether it ends in a Σ that would swallow what follows."""

    text: str
    level: int = SYMBOL
    open: bool = False


def script(text: str) -> str:
    """What follows ``_`` or ``^``: braces around anything but one letter or digit."""
    return text if len(text) == 1 else f"{{{text}}}"


def indexed(name: str, index: str) -> str:
    """A name with one more subscript."""
    if found := re.fullmatch(r"(.*)_(?:\{(.*)\}|(.))", name):
        return f"{found[1]}_{{{found[2] or found[3]},{index}}}"
    return f"{name}_{script(index)}"


def fresh(name: str, taken: frozenset[str], spare: str = "") -> str:
    """``name``, else a letter that follows it in ``spare``, else a primed name, that is not taken."""
    for letter in [name] + (list(spare) if name in spare else []):
        if letter not in taken:
            return letter
    while name in taken:
        name += "'"
    return name


class Mapper:
    """``piece`` sends a node to the method ``_Name`` of its type or of a base of it; subclasses hold those methods."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.live: list[Var] = []
        self.conditions: list[str] = []

    def statement(self, term: Term) -> str:
        """The whole statement, its side conditions last."""
        renamed: dict[Var, Basic] = {}
        for var in sorted(term.free, key=lambda var: (var.sort, var.name)):
            name = fresh(var.name, self.taken(var.sort))
            self.live.append(Var(name, var.sort))
            renamed[var] = self.live[-1]
        text = self.text(substitute(term, renamed))
        return text + (self.profile.such_that + ", ".join(self.conditions) if self.conditions else "")

    def piece(self, term: Basic) -> Piece:
        """The LaTeX of a node and its precedence; LanguageError where it has none."""
        method = next((name for kind in type(term).__mro__ if hasattr(self, name := f"_{kind.__name__}")), None)
        if method is None:
            raise LanguageError(f"a {type(term).__name__} has no notation", term)
        found = getattr(self, method)(term)
        return found if isinstance(found, Piece) else Piece(found)

    def text(self, term: Basic) -> str:
        """The LaTeX of a node."""
        return self.piece(term).text

    def listed(self, terms: tuple[Basic, ...]) -> str:
        """The LaTeX of several nodes, with commas."""
        return ", ".join(self.text(term) for term in terms)

    def at(self, term: Basic, level: int, last: bool = True) -> str:
        """The LaTeX of a node where at least ``level`` is needed."""
        return self.fit(self.piece(term), level, last)

    def fit(self, piece: Piece, level: int, last: bool = True) -> str:
        """The text, in brackets where it is looser than ``level`` or, not last, ends in an open Σ."""
        return piece.text if piece.level >= level and (last or not piece.open) else self.bracket(piece.text)

    def bracket(self, text: str, pair: str = "()") -> str:
        r"""Text in brackets, tall ones around \frac, \sum and their like."""
        if self.profile.stretch and TALL.search(text):
            return rf"\left{pair[0]} {text} \right{pair[1]}"
        return f"{pair[0]}{text}{pair[1]}"

    def hint(self, term: Term, key: str, default: str = "") -> str:
        """A notation hint of the node, where the profile follows hints."""
        return str(term.hints.get(key, default)) if self.profile.follows_hints else default

    def taken(self, sort: str) -> frozenset[str]:
        """The live names that one of this sort would clash with; a_i and a may stand together."""
        apart = {"action": "group", "group": "action"}.get(sort)
        return frozenset(var.name for var in self.live if var.sort != apart)

    def ambient(self, term: Basic) -> bool:
        """Whether a reader takes this state or group where none is printed."""
        alike = [var for var in self.live if isinstance(term, Var) and var.sort == term.sort]
        return alike == [term] and term.name == {"state": "s", "group": "a"}.get(alike[0].sort)

    @contextmanager
    def opened(self, scope: Scope) -> Iterator[tuple[Var, Any]]:
        """The scope's variable, named unlike every live one, and its body."""
        var = Var(fresh(scope.name, self.taken(scope.sort), SPARE.get(scope.sort, "")), scope.sort)
        self.live.append(var)
        yield var, scope.at(var)
        self.live.pop()

    def _Var(self, term: Var) -> str:
        name = self.profile.variable(term.name)
        if term.sort != "group":
            return name
        return self.profile.group.replace("#1", indexed(name, "i")) or indexed(name, "1:G")

    def _Sample(self, term: Any) -> str:
        return indexed(self.profile.variable(term.args[0].name), self.text(term.args[1]))

    def _TokenOf(self, term: TokenOf) -> str:
        whole, step = map(self.text, term.args)
        return indexed("a" if whole == TRAJECTORY else whole, step)

    def _Prefix(self, term: Prefix) -> str:
        whole, step = map(self.text, term.args)
        return indexed("s", step) if whole == TRAJECTORY else indexed(whole, "<" + step)

    def _After(self, term: Any) -> str:
        whole, step = map(self.text, term.args)
        return indexed("s", step + "+1") if whole == TRAJECTORY else indexed(whole, r"\leq " + step)

    def _ActionCount(self, term: Any) -> str:
        return f"|{self.hint(term, 'set', ACTION_SET)}|"

    def _Ordinal(self, term: Any) -> str:
        return self.text(term.args[0])

    def _Length(self, term: Any) -> str:
        return f"|{self.text(term.args[0])}|"
