"""The parser: the tables of grammar.lark over the lexemes, kept in the user's cache between runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from lark import Lark
from lark.lexer import Lexer as LarkLexer

from ..notation.profiles import PAPER, Profile
from ..read_error import Fault, Malformed
from .bars import Lexeme
from .bounds import BOUNDED, between_bounds, over_letters
from .bracketed_draws import DRAWN, draws_below
from .differentials import INTEGRAL, by_their_letter
from .drawn_values import has_values, over_draws
from .lexer import Lexer
from .nested import one_by_one
from .respell import call_it_old, native
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


class Rule(NamedTuple):
    """A rule of the grammar: what it is a rule of, how many parts it joins, and what it makes of them."""

    origin: str
    size: int
    build: Callable[[list[Any]], Any]


State = dict[str, Any]


class Tables(NamedTuple):
    """The parser: its first and its last state, each of which has for a symbol the next one, or the rule by which what
    was met last is joined."""

    start: State
    end: State


@cache
def tables() -> Tables:
    """The parser, made once a process; what each rule builds is looked up once, and not at each use of the rule."""
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    logging.getLogger("lark").setLevel(logging.CRITICAL)
    made: Any = Lark(grammar, parser="lalr", lexer=Ready, transformer=Builder(), cache=cache_file() or False)
    found = made.parser.parser.parser
    rules = {rule: Rule(str(rule.origin.name), len(rule.expansion), build) for rule, build in found.callbacks.items()}
    states: dict[int, State] = {number: {} for number in found.parse_table.states}
    for number, known in found.parse_table.states.items():
        states[number].update({str(symbol): rules[to] if to in rules else states[to]
                               for symbol, (_, to) in known.items()})
    return Tables(states[found.parse_table.start_states["start"]], states[found.parse_table.end_states["start"]])


class Unexpected(Exception):
    """A lexeme that cannot stand where it stands."""

    def __init__(self, lexeme: Lexeme) -> None:
        super().__init__(lexeme)
        self.lexeme = lexeme


def joined(lexemes: list[Lexeme]) -> Content:
    """The surface of lexemes, by the tables of the grammar; raises Unexpected."""
    state, end = tables()
    states, values = [state], list[Any]()
    for lexeme in (*lexemes, Lexeme("$END", "", 0)):
        kind = lexeme.type
        while True:
            step = state.get(kind)
            if type(step) is dict:
                state = step
                states.append(state)
                values.append(lexeme)
                break
            if step is None:
                raise Unexpected(lexeme)
            origin, size, build = step
            if size == 1:
                values[-1] = build([values[-1]])
                states[-1] = state = states[-2][origin]
            else:
                place = len(values) - size
                parts = values[place:]
                del values[place:], states[place + 1:]
                values.append(build(parts))
                states.append(state := states[-1][origin])
            if state is end and kind == "$END":
                break
    found: Content = values[-1]
    return found


def parse(text: str, profile: Profile = PAPER) -> tuple[Content, list[Lexeme]]:
    """The surface of a text in a notation, and its lexemes, both with the paper's letters; raises Fault."""
    lexemes = native(Lexer(text).run(), profile.for_text(text))
    if not lexemes:
        raise Malformed("there is nothing to read", 0)
    try:
        found = joined(lexemes)
    except Unexpected as fault:
        raise unexpected(fault.lexeme, lexemes) from None
    call_it_old(found, profile)
    if INTEGRAL.search(text):
        by_their_letter(found)
    if has_values(text):
        over_draws(found)
    if BOUNDED.search(text):
        over_letters(found)
        one_by_one(found)
        between_bounds(found)
    if DRAWN.search(text):
        draws_below(found)
    return found, lexemes


def unexpected(token: Lexeme, lexemes: list[Lexeme]) -> Fault:
    """What to say of a lexeme that cannot stand where it stands."""
    pos = token.start_pos
    if token.type == "$END":
        return Malformed("the formula breaks off here: something must follow", lexemes[-1].start_pos)
    if token.type in ("SCRIPT", "LONG", "MARK"):
        return Fault("a script stands here without a symbol to belong to", pos)
    if token.type == "ADD":
        return Fault("two signs in a row: put the second term in brackets", pos)
    if token.type in ("REL", "SEP", "CLOSE"):
        return Malformed("something is missing before this sign", pos)
    return Fault("this cannot stand here", pos)
