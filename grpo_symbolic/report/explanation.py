"""Why a display differs from what we say in its place: read off verdicts, proofs and refusals of the reader.

A difference is undone on its own, ours left as it is everywhere else; what becomes of that text is the reason.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from .. import language as lang
from ..checking.check import check
from ..checking.verdict import SIGNS, Verdict
from ..latex.names.environment import Environment
from ..latex.names.meaning import DIFFERENT, decided, same_meaning
from ..latex.notation.priors import SORTS
from ..latex.printing.compare import Difference, tokens, undone, words
from ..latex.read_error import ReadError
from ..latex.statement.reader import read_statement
from ..latex.statement.statement import Statement
from ..paper.notation import ADVANTAGE
from ..proof.prove import Unproved, prove

SHOWN = {latex: sign for sign, latex in SIGNS.items()}
SAME = "another way to write the same"
ESCAPED = re.compile(r"the (?:index|token) (\S+) .*outside its sum")
EMPTY_SUM = re.compile(r"\\sum over (\S+) has no range")
TWO_LAWS = re.compile(r"two laws for (\w+)")


def said(reading: Statement) -> Any:
    """What a text says: one statement, or a tuple of them."""
    contents = tuple(link.content for link in reading.links)
    return contents[0] if len(contents) == 1 else contents


def links(statement: Any) -> tuple[Any, ...]:
    """The parts of a chain."""
    return statement if isinstance(statement, tuple) else (statement,)


def derived(statement: Any) -> Any:
    """The statement with the relation that holds in it: ≐ where something new is defined, for ≈ what is proved."""
    if isinstance(statement, tuple):
        return tuple(map(derived, statement))
    if isinstance(statement, lang.Definition) and statement.hints.get("op") == "approx":
        return lang.Definition(statement.lhs, statement.rhs)
    if not isinstance(statement, lang.Claim):
        return statement
    if statement.relation.op != "≈" or statement.order is not None:
        return statement.relation
    try:
        proof = prove(statement)
    except Unproved:
        return statement.relation
    rest = [] if proof.order is None else [lang.remainder(proof.order)]
    return lang.Relation(proof.relation, statement.lhs, lang.plus(statement.rhs, *rest))


def explained(found: Difference, ours: str, statement: Any, environment: Environment) -> Difference:
    """The difference with its reason: where the relation differs the proof gives it, else the text without it."""
    change = found.changes[0]
    there = words(change.ours.text)
    remainder = there[:2] == ["+", "O"] and not change.said
    if len(found.changes) == 1 and (remainder or set(there) | set(change.said) <= SHOWN.keys()):
        place = [token.text for token in tokens(ours)[:change.first]].count(r"\implies")
        reason, detail = relation_reason(links(statement)[place])
    else:
        reason, detail = judged(undone(ours, found), found, statement, environment)
    return replace(found, reason=reason, detail=detail)


def relation_reason(link: Any) -> tuple[str, str]:
    """Why another relation stands here than is printed."""
    if isinstance(link, lang.Definition):
        return "≈ printed, ≐ meant", "the left side is new: this defines it"
    proof = prove(link)
    if proof.order is None:
        return f"{link.relation.op} printed, {proof.relation} proved", "the two sides are equal"
    return (f"{link.relation.op} printed, {proof.relation} proved up to O(‖Δθ‖^{proof.order})",
            f"the derivatives in Δθ of the two sides agree at θ_old below order {proof.order}")


def judged(text: str, found: Difference, statement: Any, environment: Environment) -> tuple[str, str]:
    """What becomes of our statement with one difference undone: it has no reading, says the same, or is judged."""
    try:
        reading = read_statement(text, environment=environment)
    except ReadError as fault:
        return in_short(fault.reason, found, statement), fault.reason
    if same_meaning(said(reading), statement, reading.environment.definitions) != DIFFERENT:
        return SAME, "both are read, and the kernel decides that they say the same"
    verdict = check(said(reading))
    return f"{verdict.status} as printed", reason_of(verdict)


def reason_of(verdict: Verdict) -> str:
    """The reason of a verdict, with the values of both sides in a counterexample."""
    found = verdict.counterexample
    if found is None:
        return verdict.reason
    return f"{verdict.reason}: {found.lhs} and {found.rhs} with {found.actions} actions"


def in_short(fault: str, found: Difference, statement: Any) -> str:
    """The reader's sentence in a few words, where there are some for it."""
    if match := ESCAPED.search(fault):
        return f"index {match[1]} escapes its sum"
    if EMPTY_SUM.search(fault):
        return f"{kind_of(words(found.changes[0].ours.text)[:1], statement)} printed as an empty sum"
    if match := TWO_LAWS.search(fault):
        return f"two laws for one {SORTS.get(match[1], 'variable')}"
    return fault


def kind_of(symbol: list[str], statement: Any) -> str:
    """What our statement defines a symbol to be: a spread, where the kernel decides that it is one."""
    for link in links(statement):
        if isinstance(link, lang.Definition) and link.head and words(link.head.layout)[:1] == symbol:
            return "spread" if is_spread(link.rhs) else "function"
    return "something else"


def is_spread(body: lang.Node) -> bool:
    """Whether an expression is the spread over the group of a function in it."""
    scopes = [part for part in body.walk() if isinstance(part, lang.Scope) and part.sort == "index"]
    return any(isinstance(part, lang.App) and index in part.free
               and decided(lang.expand(body, ADVANTAGE), lang.group_spread(index, part))
               for index, inside in (scope.open() for scope in scopes) for part in inside.walk())
