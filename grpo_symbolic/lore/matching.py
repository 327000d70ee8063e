r"""Which symbols have a standard reading, and what the formulas of the table say."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..language import App, Const, Definition, Policy, Relation
from ..latex.statement.reader import read_statement
from .scene import Symbol
from .table import LORE, Entry

NAMED = Policy(r"\pi_{\text{named}}", "constant")
LETTER = "x"
FONT = re.compile(r"\\(?:text|mathrm|mathcal|mathbf|mathscr|boldsymbol|bm)\{([^{}]*)\}")
WORD = re.compile(r"[_^]\{?\\(?:text|mathrm)\{([^{}]*)\}\}?")
HAT = re.compile(r"\\hat(?=\{A\})")
ARGUMENTS = re.compile(r"[(^].*")
INDEX = re.compile(r"_\{?(?:#\d+|[A-Za-z\\]+)(?:,\s*(?:#\d+|[a-z]))*\}?$")
SPACE = re.compile(r"\s+")


@cache
def layouts(entry: Entry) -> tuple[re.Pattern[str], ...]:
    """The layouts of the symbols of an entry; any letter where it has members, any policy where it names one."""
    found = []
    for form in entry.printed:
        read = read_statement(f"{form} = 1").links[0].content
        name = re.escape(read.lhs.head.layout if isinstance(read, Definition) else form)
        name = name.replace(re.escape(NAMED.name), r"(\\(?:pi|mu|nu|beta)(?![A-Za-z]).*|[pq])")
        found.append(re.compile(name.replace(rf"\{{{LETTER}\}}", r"\{(\\?[A-Za-z]+)\}")))
    return tuple(found)


@cache
def formula_of(formula: str, assume: tuple[str, ...]) -> tuple[Any, tuple[Relation, ...]]:
    """A formula as an expression, and what is assumed of its letters."""
    claim = read_statement(f"0 = {formula}").claims[0]
    letters = {part for part in claim.relation.walk() if isinstance(part, Const)}
    given = [read_statement(text).claims[0].relation for text in assume]
    return claim.relation.rhs, tuple(one for one in given if letters & set(one.walk()))


def shape_of(entry: Entry) -> Any:
    """The shape of what an entry stands for."""
    first = entry.variants[0]
    return formula_of(first.formulas[0], first.assume)[0].shape


def entry_for(symbol: Symbol) -> Entry | None:
    """The standard reading of a symbol, if it has one."""
    layout = layout_of(symbol)
    return next((entry for entry in LORE if any(form.fullmatch(layout) for form in layouts(entry))), None)


def slot(entry: Entry, symbol: Symbol) -> str:
    """What a symbol names: the letter of the family of which it is a statistic, or a policy."""
    layout = layout_of(symbol)
    found = (form.fullmatch(layout) for form in layouts(entry))
    return next((one[1] for one in found if one is not None and one.re.groups), "")


def layout_of(symbol: Symbol) -> str:
    """How a symbol is printed, with places for its arguments."""
    return symbol.head.layout if isinstance(symbol, App) else symbol.name


def kin(layout: str) -> str:
    """What uses of one symbol share however they are printed: its letter and number, without font, case and scripts."""
    layout = SPACE.sub("", layout)
    words = "".join(WORD.findall(layout))
    plain = HAT.sub("", layout.replace(r"\wide", "\\").replace(r"\overline", r"\bar"))
    plain = ARGUMENTS.sub("", FONT.sub(r"\1", WORD.sub("", plain)))
    for _ in range(2):
        plain = INDEX.sub("", plain)
    return (plain + words).replace("_", "").replace("{", "").replace("}", "").lower()
