r"""Lexemes, and what is decided of them once all are there: which bars belong together, which punctuation is idle."""

from __future__ import annotations

from typing import Any

from ..notation import vocabulary as known
from ..read_error import Malformed


class Lexeme:
    """One token of the grammar: its terminal, its value, its offset."""

    __slots__ = ("type", "value", "start_pos", "level")

    def __init__(self, kind: str, value: Any, pos: int, level: int = 0) -> None:
        self.type, self.value, self.start_pos, self.level = kind, value, pos, level

    def __repr__(self) -> str:
        return f"{self.type}:{self.value}"


NAMES = {"brace": "the brace {", "loose": "the brace {", "script": "the brace {", ".": r"\left.",
         "|": "the bar |", "‖": r"the bar \|"}


def shown(kind: str) -> str:
    """An opening bracket in a message."""
    kind = kind.replace("left ", "")
    return NAMES.get(kind) or (f"the bracket {kind}" if kind in known.OPENING else rf"\begin{{{kind}}}")


def closer(kind: str) -> str:
    """A closing bracket in a message."""
    return {"(": ")", "[": "]", r"\{": r"\}", "brace": "}", "|": "a bar |", "‖": r"a bar \|"}.get(kind) \
        or rf"\end{{{kind}}}"


def operand_ends(lexeme: Lexeme | None) -> bool:
    """Whether what stands before a bar can be what the bar follows."""
    if lexeme is None:
        return False
    if lexeme.type == "ATOM":
        return lexeme.value.kind not in ("op", "fn", "big")
    return lexeme.type in ("CLOSE", "SCRIPT")


def told_apart(lexemes: list[Lexeme], bars: list[int]) -> list[Lexeme]:
    """Bars turned into brackets (a length, a norm) or separators (a condition, a divergence)."""
    levels: dict[int, list[int]] = {}
    for index in bars:
        levels.setdefault(lexemes[index].level, []).append(index)
    told: dict[int, list[Lexeme]] = {}
    for found in levels.values():
        if inside := nested(lexemes, found):
            told |= inside
            continue
        _tell(lexemes, found, "|")
        _tell(lexemes, found, "‖")
    return [one for index, lexeme in enumerate(lexemes) for one in told.get(index, [lexeme]) if one.type != "GONE"]


def nested(lexemes: list[Lexeme], bars: list[int]) -> dict[int, list[Lexeme]]:
    """The brackets that bars of one level are where one length stands in another, ||x| − |y||; none where this is not
    plain: ``||`` beside single bars is two of them, and a bar behind a sign opens one within."""
    values = {lexemes[index].value for index in bars}
    within = any(follows_a_sign(lexemes, index) for index in bars[1::2])
    if values == {"||"} and not operand_ends(lexemes[bars[0] - 1] if bars[0] else None):
        return {} if len(bars) % 2 else norms(lexemes, bars)
    if "|" not in values or "‖" in values or not within and "||" not in values:
        return {}
    found: dict[int, list[Lexeme]] = {}
    opened, last, level = 0, None, lexemes[bars[0]].level
    for index in range(bars[0], bars[-1] + 1):
        lexeme = lexemes[index]
        if index in bars:
            found[index] = []
            for half in range(len(lexeme.value)):
                closes = opened > 0 and operand_ends(last)
                if operand_ends(last) and not closes and not may_stand_before_a_length(last):
                    return {}
                opened += -1 if closes else 1
                last = Lexeme("CLOSE" if closes else "OPEN", "|", lexeme.start_pos + half, level)
                found[index].append(last)
        elif lexeme.level == level and lexeme.type in ("REL", "SEP") and opened:
            return {}
        elif lexeme.type != "GONE":
            last = lexeme
    return {} if opened else found


def norms(lexemes: list[Lexeme], bars: list[int]) -> dict[int, list[Lexeme]]:
    """The brackets of norms that two bars each open and close, where nothing stands before the first."""
    return {index: [Lexeme("CLOSE" if place % 2 else "OPEN", "‖", lexemes[index].start_pos, lexemes[index].level)]
            for place, index in enumerate(bars)}


def follows_a_sign(lexemes: list[Lexeme], index: int) -> bool:
    """Whether a sign + or − stands before a lexeme."""
    return index > 0 and lexemes[index - 1].type == "ADD"


def may_stand_before_a_length(last: Lexeme | None) -> bool:
    """Whether a bar after it opens a length for certain: a number, or a length that was closed."""
    return last is not None and (last.type == "CLOSE" and last.value == "|" or
                                 last.type == "ATOM" and last.value.kind == "num")


def _tell(lexemes: list[Lexeme], bars: list[int], kind: str) -> None:
    mine = [index for index in bars if lexemes[index].value == kind or kind == "‖" and lexemes[index].value == "||"]
    opened: int | None = None
    for place, index in enumerate(mine):
        lexeme = lexemes[index]
        double, lexeme.value = lexeme.value == "||", kind
        before = next((lexemes[k] for k in range(index - 1, -1, -1) if lexemes[k].type != "GONE"), None)
        if double:
            lexeme.type = "SEP"
        elif opened is not None:
            lexeme.type, opened = "CLOSE", None
        elif operand_ends(before) and (len(mine) - place) % 2:
            lexeme.type = "SEP"
        else:
            lexeme.type, opened = "OPEN", index
    if opened is not None:
        raise Malformed(f"{shown(kind)} is never closed", lexemes[opened].start_pos)


# What stands inside an expression, and is never idle.
WITHIN = frozenset(("ATOM", "SCRIPT", "ONE", "TWO", "MARK", "REL"))
# Signs between the steps of an argument.
STEPS = ("⟹", "⟺", "∴")


def tidy(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Without punctuation at the end of a row or of the whole, and without breaks inside an expression."""
    kept: list[Lexeme] = []
    tables: list[bool] = []
    rows: list[bool] = []  # of cases, which a sign may begin
    for lexeme in lexemes:
        if lexeme.type in WITHIN:
            kept.append(lexeme)
            continue
        if lexeme.type in ("OPEN", "LONG"):
            boxed = bool(kept) and kept[-1].type == "ONE" and kept[-1].value == r"\boxed"
            rows.append(lexeme.value in ("cases", "array"))
            tables.append(lexeme.type == "OPEN" and (boxed or lexeme.value in ("cases", "array")))
        if lexeme.type == "SEP" and lexeme.value in (r"\\", *STEPS) or lexeme.type == "CLOSE" and tables.pop():
            strip(kept, final=False)
        if lexeme.type == "CLOSE":
            rows.pop()
        if lexeme.type == "SEP" and lexeme.value == r"\\" and (
                not kept or kept[-1].type in ("REL", "ADD", "OPEN") or
                kept[-1].type == "SEP" and kept[-1].value == r"\\" and not any(rows)):
            continue
        if lexeme.type == "ADD" and not any(rows) and kept and kept[-1].type == "SEP" and kept[-1].value == r"\\":
            kept.pop()
        if lexeme.type == "SEP" and lexeme.value in STEPS and kept and kept[-1].value == r"\\":
            kept.pop()
        if lexeme.type == "SEP" and lexeme.value in STEPS and not kept:
            continue
        if lexeme.type == "SEP" and lexeme.value in ("such that", "where", "assuming", "for all", "if") and kept and \
                kept[-1].value in (r"\\", ","):
            kept.pop()
        kept.append(lexeme)
    strip(kept, final=True)
    return kept


def strip(kept: list[Lexeme], final: bool) -> None:
    """Drop the punctuation at the end."""
    while kept and kept[-1].type == "SEP" and kept[-1].value in ((",", ".", ";", r"\\") if final else (",", ".", ";")):
        kept.pop()
