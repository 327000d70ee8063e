"""Questions asked of lexemes: the symbol before a bracket, the bracket that opens, a word, a step, an index."""

from __future__ import annotations

from ..notation.priors import INDICES, TOKENS
from .bars import Lexeme


def symbol_before(lexemes: list[Lexeme], index: int) -> str:
    """The letter of the symbol, whatever its scripts and braces, that ends before a place."""
    index -= 1
    while index >= 0 and (lexemes[index].type == "SCRIPT" or lexemes[index].type == "CLOSE"):
        if lexemes[index].type == "CLOSE":
            index = opener(lexemes, index)
            if index >= 0 and lexemes[index].type == "OPEN":
                return letter(lexemes, index + 1) if lexemes[index].value == "brace" else ""
        index -= 1
    return letter(lexemes, index)


def opener(lexemes: list[Lexeme], index: int) -> int:
    """The place of the bracket that the one at ``index`` closes."""
    depth = 0
    while index >= 0:
        depth += (lexemes[index].type == "CLOSE") - (lexemes[index].type in ("OPEN", "LONG"))
        if depth == 0:
            return index
        index -= 1
    return -1


def has_bar(lexemes: list[Lexeme], index: int) -> bool:
    """Whether the bracket that opens at ``index`` holds a condition."""
    level = lexemes[index + 1].level if index + 1 < len(lexemes) else -1
    for lexeme in lexemes[index + 1:]:
        if lexeme.type == "CLOSE" and lexeme.level < level:
            return False
        if lexeme.type == "SEP" and lexeme.value == "|" and lexeme.level == level:
            return True
    return False


def letter(lexemes: list[Lexeme], index: int) -> str:
    """The letter at a place, if it is one."""
    if 0 <= index < len(lexemes) and lexemes[index].type == "ATOM" and lexemes[index].value.kind == "sym":
        return str(lexemes[index].value.value)
    return ""


def in_word(lexemes: list[Lexeme], index: int) -> bool:
    """Whether the letter at a place is one of a word, such as the o of old."""
    return letter(lexemes, index - 1).isalpha() or letter(lexemes, index + 1).isalpha()


def step_of(lexemes: list[Lexeme], index: int) -> str:
    """``_t`` where the letter is that of one step."""
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    if after is not None and after.type == "SCRIPT" and after.value[0] == "_" and after.value[1].value in TOKENS:
        return "_" + str(after.value[1].value)
    return ""


def index_of(lexemes: list[Lexeme], index: int) -> bool:
    """Whether the letter carries a group index: a_i, o_{i,t}, a_{1:G}."""
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    if after is None:
        return False
    if after.type == "SCRIPT" and after.value[0] == "_":
        return after.value[1].kind == "sym" and after.value[1].value in INDICES
    if after.type == "LONG" and after.value == "_" and index + 3 < len(lexemes):
        first, second = lexemes[index + 2], lexemes[index + 3]
        return first.type == "ATOM" and (first.value.value in INDICES
                                         or first.value.kind == "num" and second.value == ":")
    return False
