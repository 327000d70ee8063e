"""Symbols that may be laws or any functions: q(y) beside a law of y. A text is read in both ways."""

from __future__ import annotations

from collections.abc import Iterator, Set

from .evidence import STANDS_AT, Use
from .indexed import every
from .kinds import LAWS, PLAIN_LETTER, laws_of, undecorated
from .naming import nucleus
from .read_error import Fork
from .surface import Content
from .symbols import POLICY


def open_laws(uses: Set[Use]) -> Iterator[str]:
    """The symbols whose uses leave it open whether they are laws.

    They have the letter of a law by custom, or a bar in their brackets, and one argument before that.
    """
    laws = laws_of(uses)
    several = {use.removeprefix(f"{STANDS_AT}1 ") for _, use in uses if use.startswith(f"{STANDS_AT}1 ")}
    for symbol in sorted(symbol for symbol, use in uses if use == "applied"):
        lawful = undecorated(symbol) in LAWS or (symbol, "conditioned") in uses and PLAIN_LETTER.fullmatch(symbol)
        if lawful and symbol not in (POLICY, *laws, *several):
            yield symbol


def subject(symbol: str) -> str:
    """What is open of a symbol."""
    return f"whether {symbol} is a law"


def fork(symbol: str, content: Content) -> Fork:
    """The choice between a law and a function, at the first place where a text prints the symbol."""
    printed = ((item, nucleus(item)) for item in every(content))
    pos = next((item.pos for item, found in printed if found is not None and found.name == symbol), 0)
    return Fork(rf"{symbol} may be a law or any function: declare a law, as {symbol} \in \Delta(\mathcal{{Y}})", pos,
                subject(symbol), (f"{symbol} is a function", f"{symbol} is a law"))
