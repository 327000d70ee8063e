"""The parser: the tables of grammar.lark over the lexemes, kept in the user's cache between runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lark import Lark, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from ..notation.profiles import PAPER, Profile
from ..read_error import Fault, Malformed
from .bars import Lexeme
from .bracketed_draws import DRAWN, draws_below
from .differentials import INTEGRAL, by_their_letter
from .drawn_values import OF_VALUES, over_draws
from .lexer import Lexer
from .pairs import ORDERED, over_pairs
from .respell import native
from .surface import Builder, Content


class Ready(LarkLexer):
    """Hands the parser lexemes that are already there."""

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, lexemes: Any) -> Iterator[Any]:  # type: ignore[override]
        return iter(lexemes)


def cache_file() -> str | None:
    """Where the tables are kept: the user's cache, or nowhere if that cannot be written."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "grpo-symbolic"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder / "grammar.tables") if os.access(folder, os.W_OK) else None


@cache
def tables() -> Any:
    """The parser, made once a process."""
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    logging.getLogger("lark").setLevel(logging.CRITICAL)
    return Lark(grammar, parser="lalr", lexer=Ready, transformer=Builder(), cache=cache_file() or False)


def parse(text: str, profile: Profile = PAPER) -> tuple[Content, list[Lexeme]]:
    """The surface of a text in a notation, and its lexemes, both with the paper's letters; raises Fault."""
    lexemes = native(Lexer(text).run(), profile)
    if not lexemes:
        raise Malformed("there is nothing to read", 0)
    try:
        found: Content = tables().parse(lexemes)
    except UnexpectedToken as error:
        raise unexpected(error.token, lexemes) from None
    if INTEGRAL.search(text):
        by_their_letter(found)
    if OF_VALUES.search(text):
        over_draws(found)
    if ORDERED.search(text):
        over_pairs(found)
    if DRAWN.search(text):
        draws_below(found)
    return found, lexemes


def unexpected(token: Any, lexemes: list[Lexeme]) -> Fault:
    """What to say of a lexeme that cannot stand where it stands."""
    pos = getattr(token, "start_pos", None) or 0
    if token.type == "$END":
        return Malformed("the formula breaks off here: something must follow", lexemes[-1].start_pos)
    if token.type in ("SCRIPT", "LONG", "MARK"):
        return Fault("a script stands here without a symbol to belong to", pos)
    if token.type == "ADD":
        return Fault("two signs in a row: put the second term in brackets", pos)
    if token.type in ("REL", "SEP", "CLOSE"):
        return Malformed("something is missing before this sign", pos)
    return Fault("this cannot stand here", pos)
