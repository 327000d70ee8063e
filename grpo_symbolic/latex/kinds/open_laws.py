"""Symbols that may be laws or any functions: q(y) beside a law of y. A text is read in both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from ..notation.priors import COEFFICIENTS, FUNCTIONS, POLICY
from ..parsing.naming import nucleus
from ..parsing.surface import Content
from ..read_error import Fork
from ..spelling.indexed import every
from .evidence import ARGUMENT_OF, BESIDE, PREFERS, STANDS_AT, Use
from .kinds import LAWS, PLAIN_LETTER, laws_of, undecorated

# A symbol that has a second argument.
SECOND = f"{STANDS_AT}1 "
# What is open where letters may be laws though custom does not call them so.
AGAINST_CUSTOM = "whether more are laws"


def open_laws(uses: Set[Use]) -> Iterator[str]:
    """The symbols whose uses leave it open whether they are laws.

    They have the letter of a law by custom, or a bar in their brackets, and one argument before that.
    """
    laws = laws_of(uses)
    several = {use.removeprefix(SECOND) for _, use in uses if use.startswith(SECOND)}
    for symbol in sorted(symbol for symbol, use in uses if use == "applied"):
        lawful = undecorated(symbol) in LAWS or (symbol, "conditioned") in uses and PLAIN_LETTER.fullmatch(symbol)
        if lawful and symbol not in (POLICY, *laws, *several) and (symbol, PREFERS) not in uses:
            yield symbol


def unnamed_laws(uses: Set[Use]) -> list[str]:
    """The symbols that stand as a law would, in a fraction with one or under a sum over all outcomes.

    Their letters are none of laws by custom, and none of functions.
    """
    laws = laws_of(uses) | {POLICY}
    ranged = {letter for letter, use in uses if use == "ranged"}
    summed = {use.removeprefix(ARGUMENT_OF) for letter, use in uses if letter in ranged and use.startswith(ARGUMENT_OF)}
    beside = {symbol for symbol, use in uses if use.startswith(BESIDE) and use.removeprefix(BESIDE) in laws}
    applied = {symbol for symbol, use in uses if use == "applied"}
    several = {use.removeprefix(SECOND) for _, use in uses if use.startswith(SECOND)}
    found = (summed | beside) & applied | beside - COEFFICIENTS - applied
    found -= laws | FUNCTIONS | several
    return sorted(found - set(open_laws(uses))) if found else []


def subject(symbol: str) -> str:
    """What is open of a symbol."""
    return f"whether {symbol} is a law"


def fork(symbol: str, content: Content) -> Fork:
    """The choice between a law and a function, at the first place where a text prints the symbol."""
    return Fork(rf"{symbol} may be a law or any function: declare a law, as {symbol} \in \Delta(\mathcal{{Y}})",
                place_of(symbol, content), subject(symbol), (f"{symbol} is a function", f"{symbol} is a law"))


def unnamed_fork(symbols: Sequence[str], content: Content) -> Fork:
    """The choice whether symbols that custom does not call laws are laws, all of them."""
    first, listed = symbols[0], ", ".join(symbols)
    return Fork(rf"{first} may be a law: declare a law, as {first} \in \Delta(\mathcal{{Y}})", place_of(first, content),
                AGAINST_CUSTOM, (f"{listed} is no law", f"{listed} is a law"))


def place_of(symbol: str, content: Content) -> int:
    """The first place where a text prints a symbol."""
    printed = ((item, nucleus(item)) for item in every(content))
    return next((item.pos for item, found in printed if found is not None and found.name == symbol), 0)
