r"""The kinds of letters, inferred from what they are used as: sorts of variables, and symbols of laws.

Custom decides only what the uses leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from ..notation.priors import ACTIONS, LAW_LETTERS, MAPS, POLICY, SORTS
from ..notation.vocabulary import DECORATIONS
from ..spelling.labels import LABEL
from .evidence import (
    ARGUMENT_OF,
    BESIDE,
    DRAWN_FROM,
    GIVEN_OUT,
    MATCHED_WITH,
    NUMERIC,
    OBSERVED,
    OF_NUMBERS,
    PREFIXED,
    STANDS_AT,
    SUCCEEDED,
    VALUED_ACTION,
    VALUED_STATE,
    Use,
)
from .parameter import THETA

# Uses that make a letter a member of a set, an index, or something that stands in a place of its own.
PLACED = frozenset(("drawn", "outcome", "condition", PREFIXED, "argument", "ranged", "counted", "subscript"))
# Uses of a letter that is nothing but an index.
INDEXING = frozenset(("counted", "ranged", "enumerated", "subscript"))
# Uses of what is drawn or run over.
RUNNING = frozenset(("drawn", "outcome", "condition", "ranged"))
# Uses that say more of a law than that it is drawn from.
TESTED = frozenset(("applied", "compared", "ratio", "values", "under", "number"))
# The law whose values are summed.
PROBABILITY = "p"
# Letters of laws that stand for nothing else in the field.
LAWS = LAW_LETTERS - {"Q", "D"}
# The sorts of what sums over a finite set run over.
MEMBERS = frozenset(("action", "state"))
# The letter of a data set.
DATA = "D"
# The law of states and questions, as P(Q), and of transitions.
POPULATION = "P"
# What may be drawn from a policy or stand for its condition: there the draw decides.
EITHER = "x"
OVER = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(DECORATIONS)))})\{{(.*)\}}")
ASKED = 16  # texts of one statement, whose kinds several passes ask for
PLAIN_LETTER = re.compile(r"\\?[A-Za-z]+")


@lru_cache(ASKED)
def sorts_of(uses: frozenset[Use]) -> Mapping[str, str]:
    """The sort of each letter that names a variable where nothing binds it: by its uses, by custom where they allow it.

    A letter that stands in arithmetic only is a number, whatever it is by custom.
    """
    seen: dict[str, set[str]] = {letter: set() for letter in SORTS}
    for letter, use in uses:
        if use != LABEL:
            seen.setdefault(letter, set()).add(use)
    laws = laws_of(uses)
    tested = frozenset(law for law in laws if seen[law] & TESTED)
    numeric = _numeric(seen)
    jointly = any("drawn" in mine and not any(use.startswith(DRAWN_FROM) for use in mine) for mine in seen.values())
    abstract = not jointly and not any(seen.get(letter) for letter in (POLICY, *ACTIONS))
    found = {letter: _sort(letter, frozenset(_told(mine, laws, tested, numeric, letter == EITHER, abstract)))
             for letter, mine in seen.items() if letter not in {POLICY, THETA} | laws - {POPULATION, *SORTS}}
    told = {letter: sort for letter, sort in found.items() if sort}
    told |= _alike(told, seen)
    told |= _placed_alike(told, seen)
    told |= _in_place(told, seen)
    return told | {letter: told[other] for letter, mine in seen.items() if not mine & NUMERIC and letter not in told
                   for use in mine if (other := use.removeprefix(MATCHED_WITH)) != use and other in told}


def numbers_of(uses: frozenset[Use]) -> frozenset[str]:
    """The letters of variables by custom that are used as numbers only."""
    sorts = sorts_of(uses)
    return frozenset(letter for letter in SORTS if (letter, "number") in uses and not sorts.get(letter))


def states_of(uses: frozenset[Use]) -> frozenset[str]:
    """The letters that name states by their uses."""
    return frozenset(letter for letter, sort in sorts_of(uses).items() if sort == "state")


def drawn_of(uses: frozenset[Use]) -> frozenset[str]:
    """The letters that name what is drawn, or a sequence, by their uses."""
    sorts = sorts_of(uses)
    return frozenset(letter for letter, use in uses if use in ("drawn", PREFIXED) and sorts.get(letter) == "action")


def calculated_only(letter: str, uses: Set[Use]) -> bool:
    """Whether a letter is used as a number, and as nothing else."""
    mine = {use for name, use in uses if name == letter}
    heads = {use.removeprefix(ARGUMENT_OF) for use in mine if use.startswith(ARGUMENT_OF)}
    return bool(mine & NUMERIC) and not mine & (PLACED - {"argument"}) and heads <= OF_NUMBERS


def _numeric(seen: Mapping[str, Set[str]]) -> frozenset[str]:
    """The places of functions that take numbers: where arithmetic stands there, or a letter that is calculated with.

    That is so of letters that custom gives to such functions; a reward r(a) beside a stays one of an action.
    """
    calculated = {place for place, mine in seen.items() if "calculated" in mine}
    for mine in seen.values():
        if {"number", "calculated"} <= mine and not mine & (PLACED - {"argument"}):
            calculated |= {use.removeprefix(STANDS_AT) for use in mine if use.startswith(STANDS_AT)}
    return frozenset(place for place in calculated if place.partition(" ")[2] in MAPS)


def _told(uses: Set[str], laws: Set[str], tested: Set[str], places: Set[str], either: bool, abstract: bool
          ) -> Iterator[str]:
    """The uses of a letter, those beside a symbol told by what that is: laws have outcomes, and some are of numbers.

    ``places`` are those of functions that take numbers. What is drawn from a law of which nothing more is said may be a
    state; but not where the letter may be ``either``, nor in an ``abstract`` text: one without policies, actions and
    joint draws.
    """
    heads = {use.removeprefix(ARGUMENT_OF) for use in uses if use.startswith(ARGUMENT_OF)}
    sources = {use.removeprefix(DRAWN_FROM) for use in uses if use.startswith(DRAWN_FROM)}
    if abstract and "condition" not in uses:
        tested = laws - {POPULATION}
    if heads & laws or sources & (laws | {POLICY} if either else tested):
        yield "outcome"
    stands = {use.removeprefix(STANDS_AT) for use in uses if use.startswith(STANDS_AT)}
    numeric = bool(heads) and (heads <= OF_NUMBERS or bool(stands) and stands <= places)
    if numeric:
        yield "number"
    yield from (use for use in uses if not use.startswith((ARGUMENT_OF, DRAWN_FROM, STANDS_AT, MATCHED_WITH, BESIDE))
                and not (numeric and use == "argument"))


def _in_place(sorts: Mapping[str, str], seen: Mapping[str, Set[str]]) -> dict[str, str]:
    """The sorts of letters without one over which a sum runs, by those that stand in the same places of functions:
    f(s,a) beside a sum of f(s,b)."""
    there: dict[str, set[str]] = {}
    for letter, sort in sorts.items():
        for place in (use for use in seen.get(letter, ()) if use.startswith(STANDS_AT)):
            there.setdefault(place, set()).add(sort)
    found = dict[str, str]()
    for letter, uses in seen.items():
        places = {use for use in uses if use.startswith(STANDS_AT)}
        alike = set[str]().union(*(there.get(place, set()) for place in places))
        if "ranged" in uses and letter not in sorts and not uses & NUMERIC and len(alike) == 1 and alike <= MEMBERS:
            found |= dict.fromkeys([letter], *alike)
    return found


def _alike(sorts: Mapping[str, str], seen: Mapping[str, Set[str]]) -> dict[str, str]:
    """The sorts of letters that are drawn from one law and have different ones by custom: E_{x ∼ ν} beside E_{s ∼ ν}.

    They are states, unless one is the outcome of a law, or drawn from a policy; where one is a condition too, or the
    law is a data set of questions and answers, they are left as they are.
    """
    drawn: dict[str, set[str]] = {}
    for letter, uses in seen.items():
        for law in (use.removeprefix(DRAWN_FROM) for use in uses if use.startswith(DRAWN_FROM)):
            drawn.setdefault(law, set()).add(letter)
    found = dict[str, str]()
    for law, letters in sorted(drawn.items()):
        if {sorts.get(letter, "action") for letter in letters} != {"action", "state"}:
            continue
        uses = {use for letter in letters for use in seen[letter]}
        outcome = law == POLICY or "outcome" in uses or ARGUMENT_OF + law in uses
        if outcome and "condition" in uses or undecorated(law) == DATA and letters & ACTIONS:
            continue
        found |= dict.fromkeys(letters, "action" if outcome else "state")
    return found


def _placed_alike(sorts: Mapping[str, str], seen: Mapping[str, Set[str]]) -> dict[str, str]:
    """The sorts of letters of which nothing is known but where they stand: that of what else stands there and is drawn
    or run over, f(b) beside Σ_a f(a)."""
    at: dict[str, set[str]] = {}
    for letter, uses in seen.items():
        if letter in sorts and sorts[letter] in ("action", "state") and uses & RUNNING:
            for use in uses:
                if use.startswith(STANDS_AT):
                    at.setdefault(use, set()).add(sorts[letter])
    found = dict[str, str]()
    for letter, uses in seen.items():
        known = set[str]().union(*(at.get(use, set()) for use in uses))
        if letter not in sorts and len(known) == 1 and not any(use in NUMERIC or use == "calculated" for use in uses):
            found |= dict.fromkeys((letter,), known.pop())
    return found


def _sort(letter: str, uses: Set[str]) -> str:
    """The sort of one letter, empty for a number or a name that waits to be bound."""
    custom = SORTS.get(letter, "")
    indexing = "subscript" in uses and uses & {"counted", "enumerated"} or uses == {"counted"} and custom
    if "numbers" in uses:
        return "index"
    if not uses & NUMERIC and (SUCCEEDED in uses or OBSERVED in uses and not uses & {"drawn", "outcome"}):
        return "state"
    if "position" in uses and not custom and uses <= INDEXING | {"position"}:
        return "token"
    if uses <= INDEXING and indexing:
        return "token" if custom == "token" else "index"
    if custom in ("index", "token") and uses & {"drawn", "outcome", "condition"}:
        return custom if uses & {"subscript", "counted"} else "action" if uses & {"drawn", "outcome"} else "state"
    if custom == "state" and (GIVEN_OUT in uses or "outcome" in uses and "condition" not in uses):
        return "action"
    if custom:
        counts = "counted" in uses and custom in ("action", "state")
        placed = uses & (PLACED - INDEXING if counts else PLACED)
        return "" if uses & (NUMERIC | {"matched"}) and not placed else custom
    numbered = "counted" in uses and "argument" in uses and uses <= INDEXING | {"argument"}
    if numbered or "excluded" in uses and not uses & NUMERIC:
        return "index"
    if uses & {"condition", "outcome", "drawn", PREFIXED} and not uses & NUMERIC:
        return "action" if uses & {"drawn", "outcome", PREFIXED} and "visited" not in uses else "state"
    if uses & {VALUED_STATE, VALUED_ACTION} and not uses & NUMERIC:
        return "state" if VALUED_STATE in uses else "action"
    return ""


@lru_cache(ASKED)
def laws_of(uses: frozenset[Use]) -> frozenset[str]:
    """The symbols that name laws, policies apart: by what can only be said of a law, by custom in a ratio of laws."""
    seen: dict[str, set[str]] = {}
    for symbol, use in uses:
        seen.setdefault(symbol, set()).add(use)
    found = {symbol for symbol, mine in seen.items() if _lawful(symbol, mine)}
    found |= {symbol for symbol, mine in seen.items() if undecorated(symbol) in LAWS and "values" in mine}
    found |= {symbol for symbol, mine in seen.items() if _weighed(symbol, mine, seen)}
    if any({"ranged", ARGUMENT_OF + PROBABILITY} <= mine and "outcome" not in mine for mine in seen.values()):
        found.add(PROBABILITY)
    if found or "moving" in seen.get(POLICY, ()):
        found |= {symbol for symbol, mine in seen.items() if undecorated(symbol) in LAW_LETTERS and "ratio" in mine}
    if any(seen.get(law, set()) & {"number", "under"} for law in (POLICY, *found)):
        found |= {symbol for symbol, mine in seen.items() if symbol in LAWS and "number" in mine}
    return frozenset(found - {POLICY, THETA})


def _lawful(symbol: str, uses: Set[str]) -> bool:
    """Whether the uses of a symbol make it a law."""
    symbol = undecorated(symbol)
    if symbol in LAW_LETTERS:
        return bool(uses & {"source", "compared", "moving", "conditioned"}) or "under" in uses and not uses & PLACED
    return "compared" in uses or "source" in uses and "drawn" not in uses and PLAIN_LETTER.fullmatch(symbol) is not None


def _weighed(symbol: str, uses: Set[str], seen: Mapping[str, Set[str]]) -> bool:
    """Whether a letter is the law of an expectation by the fraction that it makes with a law: E_k[p/k]."""
    others = {use.removeprefix(BESIDE) for use in uses if use.startswith(BESIDE)}
    if not others or PLAIN_LETTER.fullmatch(symbol) is None:
        return False
    if "states" in uses:
        return all("condition" not in mine for mine in seen.values() if DRAWN_FROM + symbol in mine)
    lawful = any(undecorated(other) in (*LAW_LETTERS, POLICY) for other in others)
    return lawful and "under" in uses and not uses & PLACED and symbol not in SORTS


def undecorated(symbol: str) -> str:
    """A symbol without the signs over it."""
    while found := OVER.fullmatch(symbol):
        symbol = found[1]
    return symbol
