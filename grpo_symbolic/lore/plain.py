r"""Where a standard reading is not taken: a statement that says more than the reading knows of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Basic

from ..language import (
    App,
    Claim,
    Clip,
    Const,
    Gradient,
    Hessian,
    Length,
    Log,
    Policy,
    Prefix,
    Prob,
    Scope,
    StateLaw,
    Term,
    TokenOf,
    Var,
)
from ..language.derived import Divergence
from ..latex.kinds.anonymous import LAWS
from .matching import slot
from .roles import BOUNDS, POPULATIONS, SIZES, Unfilled
from .scene import SPOKEN, letters_of, name_of, of_sort
from .table import Entry

STEPS = frozenset(("t", "{t+1}", "k", "h", "T", "H", "0"))  # below what stands at a step
LETTERS_OF_FORMULAS = frozenset(("c", "u", "Q"))

Entries = Mapping[Basic, Entry]


def refuse(claim: Claim, entries: Entries) -> None:
    """Raises Unfilled where a claim says more than the readings of its symbols know of."""
    said = [*claim.expanded().walk(), *(part for one in claim.given() for part in one.walk())]
    if any(isinstance(part, Policy) and part in LAWS for part in said):
        raise Unfilled  # of a law that is not named nothing more is known
    refuse_steps(said, entries)
    refuse_letters(said, entries)
    if any(entry.still for entry in entries.values()):
        refuse_motion(said, entries)
    if any(entry.plain for entry in entries.values()):
        refuse_more(claim)
    if any(entry.clipped for entry in entries.values()):
        refuse_other_bounds(said)


def refuse_steps(said: Iterable[Basic], entries: Entries) -> None:
    """Raises Unfilled where a claim speaks of the steps of a sequence, or of a step and of what has none."""
    steps, drawn = set[str](), set[str]()
    for part in said:
        if isinstance(part, (TokenOf, Prefix, Length)) or isinstance(part, Scope) and part.sort == "token":
            raise Unfilled
        if isinstance(part, (Var, Scope)) and part.sort in ("action", "state"):
            drawn.add(part.name.partition("_")[2])
        if isinstance(part, App) and name_of(part) in entries:
            steps |= {str(param) for param in of_sort(part.params, "token")}
    if drawn & STEPS and len(drawn) > 1 or steps and drawn - steps or len(steps) > 1:
        raise Unfilled


def refuse_letters(said: Iterable[Basic], entries: Entries) -> None:
    """Raises Unfilled where a letter of a formula stands in the claim already."""
    letters = {part.name if isinstance(part, Const) else letters_of(part.head.layout) for part in said
               if isinstance(part, (App, Const)) and name_of(part) not in entries}
    if letters & LETTERS_OF_FORMULAS and any(entry.own_letters for entry in entries.values()):
        raise Unfilled


def refuse_motion(said: Iterable[Basic], entries: Entries) -> None:
    """Raises Unfilled where values of a policy are differentiated, of several policies or states, or beside rewards."""
    parts = list(said)
    apps = [part for part in parts if isinstance(part, App)]
    named = {slot(entry, app) for app in apps if (entry := entries.get(name_of(app))) is not None and entry.still}
    states = {param for app in apps for param in of_sort(app.params, "state")}
    many = any(len(of_sort(app.params, "state")) != 1 for app in apps if name_of(app) in entries)
    moving = any(isinstance(part, (Gradient, Hessian, StateLaw, Log, Divergence)) for part in parts)
    paid = any(letters_of(app.head.layout) in SPOKEN for app in apps)
    if many or moving or paid or len(named) > 1 or len(states) > 1:
        raise Unfilled


def refuse_more(claim: Claim) -> None:
    """Raises Unfilled where an objective may be another: beside policies, penalties, weights, defined rewards."""
    if any(definition.head is not None and letters_of(definition.head.layout) in SPOKEN for definition in claim.where):
        raise Unfilled
    for side in (claim.expanded(), *claim.given()):
        refuse_terms(side)


def refuse_terms(term: Basic) -> None:
    """Raises Unfilled for a term beside which an objective may be another; a score is none."""
    if isinstance(term, Gradient) and isinstance(term.args[0], Log) and isinstance(term.args[0].args[0], Prob):
        return
    if isinstance(term, Policy) and term.point != "current" and term.name not in POPULATIONS:
        raise Unfilled
    if isinstance(term, (Divergence, Log)) or isinstance(term, Const) and term.name not in SIZES:
        raise Unfilled
    for part in term.args if isinstance(term, Term) else ():
        refuse_terms(part)


def refuse_other_bounds(said: Iterable[Basic]) -> None:
    """Raises Unfilled where a clip may have other bounds than one number on both sides."""
    parts = list(said)
    names = {part.name for part in parts if isinstance(part, Const) and part.name.lstrip("\\").startswith(
        ("epsilon", "varepsilon", "delta"))}
    clips = [part for part in parts if isinstance(part, Clip)]
    if names - BOUNDS or len(names) > 1 or any(not any(isinstance(one, Const) for one in clip.args[1].walk())
                                               for clip in clips):
        raise Unfilled
