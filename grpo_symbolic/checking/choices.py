r"""What a verdict chooses where the field has several meanings: what symbols stand for, weights, the steps of paths.

A choice is one of standard readings or one of custom, as that d^\pi is a law, which stands among the hypotheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..lore.table import LORE
from .verdict import Standard, Verdict

STEPS, VISITS, PATHS = r"\sum_k", r"d^\pi(s)", "steps of paths"
DISCOUNT, OVER_TIME, BY_CUSTOM = r"\gamma", "values over time", "by custom"
DISCOUNTED, UNDISCOUNTED = "steps are discounted", "steps are not discounted"
ONE, MORE = r"d^\pi sums to one", r"d^\pi sums to more"
# Hypotheses that visited states have a law, and that paths end after so many steps.
LAW_OF_VISITS, COUNTED = re.compile(r"Normalised\(d\^[πμνβ]"), re.compile(r"PathEnds\((.+)\)")
FACTOR = r"(1-\gamma)"
# Readings of one state hold of any numbers, so of what any other reading makes of them.
OF_ANY = frozenset(one.id for one in LORE if one.still)
POLICY = re.compile(r"\\(?:pi|mu|nu)(?![A-Za-z])(?:'|_(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\?[A-Za-z]+)"
                    r"|\^(?:\{[^{}]*\}|[*a-z]))*")
PLACES = re.compile(r"\((?:[a-z]'*(?:_\{?[a-z](?:\+1)?\}?)?|\\cdot|[,| ])+\)|_\{?[a-z]\}?(?![A-Za-z])")
LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])'*")
NAMED = re.compile(r"[A-Za-z]+|\\[A-Za-z]+")


class Choice(NamedTuple):
    """What is chosen ``of`` something, how a person reads it, and whether the verdict hangs on that. One that is
    ``printed`` is shown by the statement."""

    of: str
    taken: str
    said: str
    binding: bool
    printed: bool = False


def choices(verdict: Verdict) -> Iterator[Choice]:
    """What a verdict chooses, by standard readings and by what its proof supposes."""
    for one in verdict.lore:
        yield from choices_of(one)
    for name in verdict.hypotheses:
        if LAW_OF_VISITS.match(name):
            yield Choice(VISITS, ONE, ONE, True)
        elif (steps := COUNTED.fullmatch(name)) is not None:
            yield Choice(PATHS, steps[1], f"paths have {steps[1]} steps", True)


def choices_of(one: Standard) -> Iterator[Choice]:
    """What one standard reading chooses."""
    symbol, equated, formula = one.formula.partition(" = ")
    if not equated or one.entry in OF_ANY or one.entry == BY_CUSTOM:
        return
    binding = hangs_on(one) or not one.others
    if symbol == VISITS:
        yield Choice(VISITS, ONE if FACTOR in formula else MORE, one.formula, binding)
        return
    yield Choice(POLICY.sub("", symbol).partition("(")[0].strip("^_{} "), formula, one.formula, binding)
    if one.entry == OVER_TIME and STEPS in formula:
        said = DISCOUNTED if DISCOUNT in formula else UNDISCOUNTED
        yield Choice(STEPS, said, said, True, printed=True)


def hangs_on(one: Standard) -> bool:
    """Whether a statement is not proved under each of the variants of a reading."""
    return any(status != "proved" for _, status in one.others)


def apart(one: Choice, other: Choice) -> bool:
    """Whether two choices are of the same thing, and cannot both be meant.

    Formulas differ in more than the letters of what is drawn, or have the same policies in other places. Two numbers of
    steps in other letters may be one number.
    """
    if one.of != other.of or one.taken == other.taken:
        return False
    if one.of == PATHS:
        return NAMED.findall(one.taken) == NAMED.findall(other.taken)
    if one.of in (VISITS, STEPS):
        return True
    shapes, cast = (form(one.taken), form(other.taken)), (policies(one.taken), policies(other.taken))
    shared = bool(cast[0].keys() & cast[1].keys())
    return shapes[0] != shapes[1] or shared and list(cast[0]) != list(cast[1])


def policies(formula: str) -> Mapping[str, int]:
    """The policies of a formula, each with its number, in the order of their first places."""
    return {name: number for number, name in enumerate(dict.fromkeys(POLICY.findall(formula)))}


def form(formula: str) -> str:
    """A formula without its own letters: places are left out, policies and letters are numbered."""
    cast = policies(formula)
    bare = PLACES.sub("", POLICY.sub(lambda found: f"#{cast[found[0]]}", formula))
    letters = {name: number for number, name in enumerate(dict.fromkeys(LETTER.findall(bare)))}
    return re.sub(r"[\s{}]+", "", LETTER.sub(lambda found: f"@{letters[found[0]]}", bare))
