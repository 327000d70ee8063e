r"""What each symbol of a statement was read as, and why: taken from the nodes that were built, and where they were.

The builder notes the place at which a symbol gets its meaning. What it is follows from the nodes alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sympy import Basic

from ...language import (
    EULER,
    ActionCount,
    App,
    Const,
    Gradient,
    Head,
    Hessian,
    Length,
    Parameter,
    Policy,
    Prefix,
    Scope,
    Step,
    Term,
    TokenOf,
    Var,
    sort_of,
)
from ...language.binders import Bound
from ..kinds.evidence import WORTH
from ..notation.priors import ACTION_SET, POLICY, RANGES, SORTS

# How a symbol got its meaning.
BOUND, UNPRINTED, NAMED, DEFINED, SAMPLED, BOUNDED = "bound", "unprinted", "named", "defined", "sampled", "bounded"
GIVEN = "given "  # before what is given of a number so that a range is not shorter than an empty one

KINDS = {"action": "elem(action)", "state": "elem(state)", "index": "index", "token": "token", "group": "group"}
SHAPES = {"scalar": "num", "vector": "vec", "row": "vec", "matrix": "mat", "any": "num"}
IN_WORDS = {"elem(action)": "an action", "elem(state)": "a state", "index": "an index", "token": "a token position",
            "group": "a group of independent samples", "sequence": "a sequence", "law": "a law", "num": "a number",
            "vec": "a vector", "mat": "a matrix", "function": "a function", "parameter": "the parameter",
            "set": "a set", "member": "a member of a set"}
# What a use says of a letter, the first that is found.
USES = {"drawn": "is drawn from a law", **dict.fromkeys(WORTH, "is an argument of a value of a policy"),
        "outcome": "is what a law gives a probability of", "condition": "is what a law is conditioned on",
        "counted": "is counted by a range",
        "ranged": "runs over a set", "argument": "is an argument of a function", "subscript": "is a subscript",
        "measured": "stands between bars"}
NUMERIC = {"number": "stands in arithmetic", "limit": "ends a range"}
LAWFUL = {"source": "is what is drawn from", "compared": "is compared with a law",
          "under": "stands under an expectation", "conditioned": "has a condition",
          "moving": "moves with the parameter", "ratio": "stands in a ratio of laws"}
CONSTRUCT = re.compile(r"\\(?:mathbb|mathcal|operatorname|text|mathrm|hat|tilde|bar)\s*(?:\{[^{}]*\}|\w)|\\[A-Za-z]+|.",
                       re.DOTALL)
PLACE = re.compile(r"#(\d+)")


class Place(NamedTuple):
    """Where a symbol got its meaning, as an offset of the text, and how."""

    pos: int
    how: str = ""


@dataclass(frozen=True)
class ReadAs:
    """One symbol: its kind, the kinds of its arguments ``of``, whether it moves with the parameter, the place and the
    construct that say so. ``beyond`` is set where that is more than the letter and its place say, ``printed`` is the
    number of arguments in brackets."""

    symbol: str
    kind: str
    moves: bool
    line: int
    column: int
    why: str
    of: tuple[str, ...] = ()
    beyond: bool = False
    printed: int = 0

    def record(self) -> dict[str, Any]:
        """The symbol as it stands in a verdict's JSON record."""
        of = {"of": list(self.of)} if self.kind == "function" else {}
        return {"symbol": self.symbol, "kind": self.kind, **of, "moves": self.moves,
                "because": [self.line, self.column], "why": self.why}

    def said(self) -> str:
        """The symbol in words."""
        words = IN_WORDS.get(self.kind, self.kind)
        moving = " that moves with the parameter" if self.moves and self.kind != "parameter" else ""
        return f"{self.symbol} is {words}{moving} ({self.why})"

    def at(self, line: int, column: int) -> ReadAs:
        """The same with another place."""
        return replace(self, line=line, column=column)


def read_as(contents: Iterable[tuple[Any, int]], places: Mapping[Basic, Place], uses: Iterable[tuple[str, str]],
            text: str, printed: Callable[[str], str] = str) -> tuple[ReadAs, ...]:
    """The symbols of what was built, each once, in the order of their places; contents come with their offsets.

    ``printed`` spells a symbol with the letter that the text has for the parameter.
    """
    seen: dict[str, set[str]] = {}
    for letter, use in uses:
        seen.setdefault(letter, set()).add(use)
    found: dict[Basic, tuple[int, ReadAs]] = {}
    for content, start in contents:
        symbols = Symbols()
        symbols.visit(content)
        for one, example in symbols.found.items():
            if one not in found and (one != EULER or one in places):
                place = places.get(one, Place(start))
                found[one] = place.pos, entry(one, example, place, symbols.sequences, seen, text)
    return tuple(one if (shown := printed(one.symbol)) == one.symbol else
                 replace(one, symbol=shown, beyond=one.beyond or one.kind == "parameter")
                 for _, one in sorted(found.values(), key=lambda found: found[0]))


# Nodes with a name of their own.
NAMED_NODES = (Var, App, Const, Policy, Parameter, ActionCount)


class Symbols:
    """The symbols of a term: variables, bound ones too, policies, functions, constants, the parameter."""

    def __init__(self) -> None:
        self.found: dict[Basic, Basic] = {}
        self.sequences: set[Basic] = set()
        self.scopes: list[Var] = []

    def visit(self, term: Any) -> None:
        """Take note of all symbols in a term."""
        if isinstance(term, NAMED_NODES):
            self.found.setdefault(term.head if isinstance(term, App) else term, term)
        elif type(term) is type(EULER) and term == EULER:
            self.found.setdefault(EULER, EULER)
        elif isinstance(term, (Gradient, Hessian, Step)):
            self.found.setdefault(Parameter(), Parameter())
        elif isinstance(term, (TokenOf, Prefix, Length)):
            self.sequences |= set(self.variable(term.args[0]))
        if isinstance(term, Scope):
            self.scopes.append(Var(term.name, term.sort))
            self.found.setdefault(self.scopes[-1], self.scopes[-1])
            self.visit(term.body)
            self.scopes.pop()
        elif not isinstance(term, (Head, Var)):
            for arg in term.args:
                if isinstance(arg, Term):
                    self.visit(arg)

    def variable(self, term: Basic) -> Iterator[Var]:
        """The variable that a term is, if it is one."""
        if isinstance(term, Var):
            yield term
        elif isinstance(term, Bound) and term.depth < len(self.scopes):
            yield self.scopes[-1 - term.depth]


def entry(one: Basic, example: Basic, place: Place, sequences: Set[Basic], seen: Mapping[str, Set[str]], text: str
          ) -> ReadAs:
    """What one symbol was read as; ``example`` is a term in which it stands."""
    line = text.count("\n", 0, place.pos) + 1
    column = place.pos - text.rfind("\n", 0, place.pos)
    symbol, letter = spelling(one, example)
    kind, of, moves = kind_of(one, example)
    if one in sequences and kind == "elem(action)":
        kind = "sequence"
    mine = seen.get(letter, frozenset())
    why = reason(one, place, mine, text)
    printed = len(set(PLACE.findall(one.layout.partition("(#")[2]))) + 1 if isinstance(one, Head) and \
        "(#" in one.layout else 0
    return ReadAs(symbol, kind, moves, line, column, why, of, beyond(one, place, letter), printed)


def beyond(one: Basic, place: Place, letter: str) -> bool:
    """Whether more was decided than the letter and its place say."""
    if place.how in (UNPRINTED, SAMPLED, DEFINED, BOUNDED) or place.how.startswith(GIVEN):
        return not isinstance(one, Parameter)
    if one == EULER:
        return True
    custom = letter in SORTS
    return isinstance(one, Const) and custom or isinstance(one, Var) and place.how != BOUND and not custom


def spelling(one: Basic, example: Basic) -> tuple[str, str]:
    """How a symbol is printed, and its letter."""
    if isinstance(one, Policy):
        return policy_name(one), one.name
    if isinstance(one, Parameter):
        return (r"\theta" if one == Parameter() else r"\theta_{\text{old}}"), r"\theta"
    if isinstance(one, ActionCount):
        return one.hints.get("set", ACTION_SET), ACTION_SET
    if one == EULER:
        return "e", "e"
    name = one.name if isinstance(one, (Var, Const)) else ""
    if isinstance(one, Head) and isinstance(example, App):
        stem = one.layout.partition("(#")[0]
        name = PLACE.sub(lambda found: shown(example.params, int(found[1])), stem)
    return name, re.split(r"[_^']", name, maxsplit=1)[0]


@lru_cache
def policy_name(policy: Policy) -> str:
    """How a policy is printed."""
    from ..printing.printer import latex

    return latex(policy)


def shown(params: Sequence[Basic], place: int) -> str:
    """An argument that is printed as a subscript; a dot stands for one that is bound around it."""
    arg = params[place - 1]
    return r"\cdot" if isinstance(arg, Bound) else str(arg)


def kind_of(one: Basic, example: Basic) -> tuple[str, tuple[str, ...], bool]:
    """The kind of a symbol, the kinds of its arguments, whether it moves with the parameter."""
    if isinstance(one, Var):
        return KINDS[one.sort], (), False
    if isinstance(one, Policy):
        return "law", (), bool(one.point == "current")
    if isinstance(one, Parameter):
        return "parameter", (), one == Parameter()
    if isinstance(one, ActionCount):
        return "set", (), False
    if isinstance(one, Head) and isinstance(example, App):
        of = tuple(KINDS.get(sort_of(param), "num") for param in example.params)
        return "function" if of else SHAPES[str(one.args[3])], of, one.theta
    return "num", (), False


def reason(one: Basic, place: Place, uses: Set[str], text: str) -> str:
    """Why a symbol is what it was read as: the construct that says so."""
    construct = found[0] if (found := CONSTRUCT.match(text, place.pos)) else ""
    if place.how == BOUND:
        return f"bound by {construct}"
    if place.how in (NAMED, DEFINED):
        return "by its definition"
    if place.how == UNPRINTED:
        return f"not printed, needed by {construct}"
    if place.how == BOUNDED:
        least, sign, greatest = RANGES[one.name]
        return f"from {least} to {'below ' if sign == '<' else ''}{greatest} by custom"
    if place.how.startswith(GIVEN):
        return f"{place.how.removeprefix(GIVEN)}, as no range is shorter than an empty one"
    if place.how == SAMPLED:
        return "the value at a member of the group"
    if isinstance(one, Policy):
        known = LAWFUL if not one.name.startswith(POLICY) else {}
        return next((words for use, words in known.items() if use in uses), "by custom")
    if isinstance(one, Parameter):
        return "what derivatives are taken in"
    if isinstance(one, ActionCount):
        return "by custom"
    if one == EULER:
        return "Euler's number by custom"
    if isinstance(one, Head):
        return "nothing defines it"
    known = USES if isinstance(one, Var) else NUMERIC
    return next((words for use, words in known.items() if use in uses), "by custom")
