r"""A text in the notation of a profile, turned into the paper's: letters and steps in its lexemes, functions after."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sympy import Basic

from ...language import Claim, Head, rewrite
from ..notation.priors import POLICY
from ..notation.profiles import Profile
from .bars import Lexeme
from .lexemes import in_word, symbol_before
from .lexer import Lexer
from .surface import Content, Item, items_of, seen_in

TYPOGRAPHY = re.compile(r"\\(?:text|mathrm)|[{}]")
THETA, OLD = r"\theta", "old"
MARK = re.compile(r"\\theta(?:_\{?(?:\\(?:text|mathrm)\{)?(\\?[A-Za-z]+)\}*|('+))")


def native(lexemes: list[Lexeme], profile: Profile) -> list[Lexeme]:
    """The lexemes with the paper's letters: no t on what has one in every step, short applications written out."""
    if profile.steps:
        lexemes = without_steps(lexemes, profile)
    if profile.letters:
        for item in [item for place in range(len(lexemes)) if (item := lone_letter(lexemes, place)) is not None]:
            item.value = profile.letters.get(item.value, item.value)
    return lexemes


def call_it_old(content: Content, profile: Profile) -> None:
    r"""Call the old point, and the old policy, as the paper does where a profile has others: \theta_k, \theta', \pi_k.

    A mark below is one letter or one word.
    """
    mark = MARK.fullmatch(profile.theta_old)
    below, primes = (mark[1] or "", len(mark[2] or "")) if mark else ("", 0)
    if below == OLD or not below and not primes:
        return
    marked, waiting = TYPOGRAPHY.sub("", profile.old), [content]
    while waiting:
        for item in items_of(waiting.pop()):
            if item.kind == "sym" and is_old(item, below, primes, marked == below):
                item.primes, item.sub = 0, Item("text", OLD, item.pos, item.end)
            waiting += [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
            waiting += [] if item.body is None else [item.body]


def is_old(item: Item, below: str, primes: int, policies: bool) -> bool:
    """Whether an item is the old point, or one of the old ``policies``, by the mark of a profile."""
    if item.value not in (THETA, *(POLICY,) * policies):
        return False
    if item.sub is None:
        return bool(primes) and item.primes == primes and item.value == THETA
    inner = seen_in(item.sub).lone
    return inner is not None and inner.plain and inner.value == below != "" and not item.primes


def lone_letter(lexemes: list[Lexeme], place: int) -> Item | None:
    """The letter at a place, unless it is one of a word such as old."""
    lexeme = lexemes[place]
    item = lexeme.value[1] if lexeme.type == "SCRIPT" else lexeme.value
    if not isinstance(item, Item) or item.kind != "sym":
        return None
    return None if lexeme.type == "ATOM" and in_word(lexemes, place) else item


def without_steps(lexemes: list[Lexeme], profile: Profile) -> list[Lexeme]:
    """The lexemes without the subscripts t that ``profile.steps`` adds."""
    found: list[Lexeme] = []
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        after = lexemes[place + 1:place + 3]
        of_step = lexeme.type in ("SCRIPT", "LONG") and symbol_before(lexemes, place) in tuple(profile.steps)
        if of_step and lexeme.type == "SCRIPT" and lexeme.value[0] == "_" and is_step(lexeme.value[1]):
            found += [] if has_arguments(lexemes, place + 1) else written_out(found, lexeme, profile)
        elif of_step and lexeme.value == "_" and len(after) == 2 and is_step(after[0].value) and after[1].value == ",":
            found.append(lexeme)
            place += 2
        else:
            found.append(lexeme)
        place += 1
    return found


def is_step(item: Any) -> bool:
    """Whether an item is a lone t."""
    return isinstance(item, Item) and item.kind == "sym" and item.value == "t"


def has_arguments(lexemes: list[Lexeme], place: int) -> bool:
    """Whether a bracket of arguments opens at a place: a symbol alone, or the first of several; else it is a factor."""
    opens = [(lexeme.type, lexeme.value) for lexeme in lexemes[place:place + 1]] == [("OPEN", "(")]
    if not opens or lone_letter(lexemes, place + 1) is None:
        return False
    level = lexemes[place + 1].level
    after = next(lexeme for lexeme in lexemes[place + 2:] if lexeme.level < level or lexeme.level == level
                 and lexeme.type not in ("SCRIPT", "LONG", "CLOSE"))
    return after.level < level or after.value == ","


def written_out(before: list[Lexeme], step: Lexeme, profile: Profile) -> list[Lexeme]:
    """The arguments that a symbol with the subscript t leaves out, if any."""
    for whole, short in profile.short.items():
        name = spelled(short.removesuffix("_t"))
        if tuple(map(key, before[-len(name):])) == name:
            arguments = Lexer(whole[len(short) - 2:]).run()
            return [Lexeme(part.type, part.value, step.start_pos, part.level)
                    for part in without_steps(arguments, profile)]
    return []


@lru_cache
def spelled(latex: str) -> tuple[tuple[str, Any], ...]:
    """The lexemes of a symbol, to be compared."""
    return tuple(map(key, Lexer(latex).run()))


def key(lexeme: Lexeme) -> tuple[str, Any]:
    """What two lexemes of one spelling share."""
    return lexeme.type, lexeme.value.value if isinstance(lexeme.value, Item) else lexeme.value


def meant(content: Any, profile: Profile) -> Any:
    """A definition, claim or expression with the functions named as in the paper."""
    if not profile.layouts:
        return content
    if isinstance(content, Claim):
        return replace(content, relation=meant(content.relation, profile),
                       where=tuple(meant(definition, profile) for definition in content.where),
                       assume=tuple(meant(relation, profile) for relation in content.assume))
    names = profile.original

    def rename(part: Basic) -> Basic | None:
        if isinstance(part, Head) and part.layout in names:
            return Head(names[part.layout], *part.args[1:])
        return None

    return rewrite(content, rename)
