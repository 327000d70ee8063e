"""What a document says around a statement that may bear on it, and was not taken."""

from __future__ import annotations

import operator
import re
from dataclasses import replace
from fractions import Fraction
from math import inf

from ..language import Const, Head, literal
from ..latex.printing.printer import latex
from ..latex.spelling.permuted import permuted
from ..latex.statement.links import symbols_of
from ..latex.statement.statement import Statement, Taken
from ..proof.hypotheses import plain_name
from .verdict import Verdict

MAX_LISTED = 4
AT_LEAST, WHOLE = re.compile(r"Range\((.+)≥(\d+)\)"), re.compile(r"\\mathbb\s*\{?\s*[NZ]|[ℕℤ]")
NATURAL = re.compile(r"(?:\\mathbb\s*\{?\s*N|ℕ)(?![\s}]*_)")
COUNTED = ("G", "T")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
COMPARED = {"<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge}


def doubted(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict where the text says something around the statement that may bear on it and was not taken: what is
    refuted without that may hold with it, and what is proved within the bounds that custom gives to a number may fail
    where the text gives it a value beyond them."""
    if verdict.status == "refuted" and (symbol := redefined(statement)):
        return replace(verdict, status="undecided", counterexample=None, reason=(
            f"{symbol.text} is defined elsewhere (line {symbol.line}), and this may define it anew: it has what that "
            "definition has not"))
    if verdict.status == "refuted" and (letter := bounded_alone(statement)):
        return replace(verdict, status="undecided", counterexample=None, reason=(
            f"it fails, unless what is said of {letter} alone is meant of its values: say of which argument it holds"))
    if verdict.status == "refuted" and permuted(statement.latex):
        return replace(verdict, status="undecided", counterexample=None, reason=(
            "it fails of a function of places, and may hold of a joint law whose things are told by their letters"))
    said = "; ".join(one.said() for one in statement.doubts[:MAX_LISTED])
    if verdict.status == "refuted" and said:
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"it fails, unless it is meant under what the text says before or after it: {said}")
    if verdict.status == "proved" and any(beyond(one, statement) for one in statement.doubts):
        return replace(verdict, status="undecided", proved=None,
                       reason=f"it holds by custom, and may fail under what the text says before or after it: {said}")
    return verdict


def below_custom(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict where a proof takes a number to be as large as custom has it, and what is declared or assumed of it
    allows less: that a range has a member, a group one, a sequence a step."""
    if verdict.status != "proved":
        return verdict
    taken = {one[1]: int(one[2]) for name in verdict.hypotheses if (one := AT_LEAST.fullmatch(name)) is not None}
    for symbol, least in least_of(statement).items():
        name = plain_name(symbol)
        wanted = taken.get(name, 1 if name in COUNTED else None)
        if wanted is not None and least < wanted:
            return replace(verdict, status="undecided", proved=None, hypotheses=(), spot=None, reason=(
                f"it holds where {name} ≥ {wanted}, and what is said of {symbol} allows less: assume "
                rf"{symbol} \geq {wanted}, to have that proved"))
    return verdict


def least_of(statement: Statement) -> dict[str, float]:
    """The least value of each number that is declared whole, or of which a lower bound is assumed; of a group or a
    sequence that is of a natural number of members, it has one."""
    found: dict[str, float] = {}
    for one, _ in statement.declared:
        if WHOLE.search(one.text):
            least = -inf if one.least is None else one.least
            counted = one.symbol in COUNTED and NATURAL.search(one.text) is not None
            found[one.symbol] = max(least, int(counted))
    for one in (one for link in statement.links for one in link.told):
        if isinstance(one.lhs, Const) and one.op in (">", "≥") and (end := literal(one.rhs)) is not None:
            least = float(end) + (one.op == ">")
            found[one.lhs.name] = max(least, found.get(one.lhs.name, -inf))
    return found


def bounded_alone(statement: Statement) -> str:
    """The letter of a function to which a statement, or what is assumed, gives bounds as to a number; else empty."""
    relations = [one for claim in statement.claims for one in (claim.relation, *claim.assume) if one.op in COMPARED]
    alone = {side.name for one in relations for side in (one.lhs, one.rhs) if isinstance(side, Const)}
    applied = {head.layout.partition("(")[0] for head in symbols_of(
        [claim.expanded() for claim in statement.claims]) if isinstance(head, Head)}
    return min(alone & applied, default="")


def redefined(statement: Statement) -> Taken | None:
    """What another display defines, where a statement is one equation for it with a symbol that this does not rest on.
    """
    if len(statement.links) != 1 or not statement.claims or statement.claims[0].relation.op != "=":
        return None
    claim = statement.claims[0]
    known = symbols_of([claim.expanded().lhs]) | {one.head for one in claim.where}
    if not symbols_of([claim.rhs]) - known:
        return None
    symbol = latex(claim.lhs)
    return next((one for one in statement.taken if one.kind == "definition" and one.text == symbol), None)


def beyond(said: Taken, statement: Statement) -> bool:
    """Whether a text gives a number, to which what is assumed gives bounds, a value that is not within them."""
    name, sign, value = said.text.partition("=")
    if not sign or not NUMBER.fullmatch(value.strip()):
        return False
    bounds = [(one.op, end) for claim in statement.claims for one in claim.assume
              if isinstance(one.lhs, Const) and one.lhs.name == name.strip() and (end := literal(one.rhs)) is not None]
    return any(not COMPARED[op](Fraction(value.strip()), Fraction(end)) for op, end in bounds if op in COMPARED)
