"""Counterexamples among small decision processes, and the second opinion on what is proved of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import thread_time
from typing import Any, NamedTuple

from flint import fmpq

from ...language import (
    ENDLESS,
    App,
    Claim,
    Const,
    Ordinal,
    Plus,
    Power,
    Product,
    Relation,
    Sum,
    Value,
    Visited,
    literal,
    span,
    unfold,
)
from ..meaning.evaluator import Unevaluable
from ..process.meaning import Meaning, assignments, second_derivative, speaks
from ..process.model import ACTIONS, END, Process
from ..process.numbers import Dual, Unknown
from .counterexample import Counterexample

PROCESSES, LAYERS = 24, (1, 2, 2, 3)
HOLDS = {"=": lambda gap: gap == 0, "≤": lambda gap: gap <= 0, "≥": lambda gap: gap >= 0, "<": lambda gap: gap < 0,
         ">": lambda gap: gap > 0}


class Found(NamedTuple):
    """What a search found: the counterexample, and how many processes were tried and were admissible."""

    counterexample: Counterexample | None
    models: int
    admissible: int


def of_processes(claim: Claim) -> bool:
    """Whether a claim speaks of a decision process."""
    return speaks(unfold(claim.expanded()))


def search(claim: Claim, budget: float, seed: int = 0, enough: int = PROCESSES) -> Found:
    """Evaluate both sides of a claim on random processes until one contradicts it, ``enough`` were admissible, or the
    time is up.

    Raises Unevaluable for what no small process gives a value.
    """
    end, relation = thread_time() + budget, unfold(claim.expanded())
    given = [unfold(one) for one in claim.given()]
    if relation.op not in HOLDS or claim.order is not None or second_derivative(relation):
        raise Unevaluable("a remainder, or a second derivative, on a small process")
    counts = counting(relation)
    tried = admissible = 0
    for number in range(PROCESSES):
        if thread_time() > end or admissible >= enough:
            break
        process = Process(seed * PROCESSES + number, LAYERS[number % len(LAYERS)], claim.at_old, fixed=bool(counts))
        tried += 1
        seen = False
        for failing in contradictions(relation, given, process, counts):
            seen = True
            if failing is not None:
                return Found(failing, tried, admissible + 1)
        admissible += seen
    return Found(None, tried, admissible)


def contradictions(relation: Relation, given: list[Relation], process: Process, counts: Mapping[str, int]
                   ) -> Iterator[Counterexample | None]:
    """For each value of the free variables at which both sides have one, what contradicts the claim there."""
    parts = list(relation.walk())
    endless = any(part == ENDLESS for part in parts) or any(var.sort == "token" for var in relation.free)
    powers = any(isinstance(part, Ordinal) for part in parts)
    paid = frozenset(part.args[3].layout for part in parts if isinstance(part, Value))
    paid |= {part.head.layout for part in parts if endless and isinstance(part, App)}
    said = [part.args[2 if isinstance(part, Value) else 1] for part in parts if isinstance(part, (Value, Visited))]
    said += [part.args[0] for part in parts if isinstance(part, Power) and powers]
    discounts = frozenset(const.name for part in said for const in part.walk() if isinstance(const, Const))
    for free in assignments(relation, process):
        meaning = Meaning(process, free, paid, discounts, counts)
        try:
            if not all(HOLDS[one.op](gap(meaning, one)) for one in given):
                continue
            left, right = (meaning.value(side) for side in (relation.lhs, relation.rhs))
            difference = left + -right
            if relation.op == "=" and difference.logs or not HOLDS[relation.op](difference.known()):
                yield report(process, {str(var): place for var, place in free.items()}, left, right)
            else:
                yield None
        except Unknown:
            continue


def counting(relation: Relation) -> dict[str, int]:
    """The constants that count the steps of paths, each with the number of steps that paths have more."""
    ends = {span(part.args[0])[1] for part in relation.walk() if isinstance(part, (Sum, Product))
            and part.args[2].sort == "token"}
    found = {}
    for end in ends - {ENDLESS}:
        terms = end.args if isinstance(end, Plus) else (end,)
        names = [term.name for term in terms if isinstance(term, Const)]
        past = sum(number for term in terms if (number := literal(term)) is not None)
        if len(names) != 1 or len(ends) > 1:
            raise Unevaluable("paths of which the number of steps is not known")
        found[names[0]] = int(past)
    return found


def gap(meaning: Meaning, one: Relation) -> fmpq:
    """The difference of the sides of an assumption. Raises Unevaluable where it speaks of more than numbers."""
    if one.free or speaks(one):
        raise Unevaluable("an assumption of a process")
    return meaning.value(one.lhs).known() - meaning.value(one.rhs).known()


def report(process: Process, at: dict[str, Any], left: Dual, right: Dual) -> Counterexample:
    """The tables of a process in which a claim fails."""
    values: dict[str, list[str]] = {}
    for key, table in process.tables.items():
        match key:
            case "start":
                values[r"\rho_0"] = [f"{named(k)}: {p}" for k, p in enumerate(table)]
            case ("law", name, point, state):
                label = rf"{name}_{{{point}}}" if point != "constant" else str(name)
                values.setdefault(label, []).append(f"{named(state)}: {', '.join(map(str, table))}")
            case ("slope", name, state):
                values.setdefault(rf"\nabla_\theta {name}", []).append(f"{named(state)}: {', '.join(map(str, table))}")
            case ("moves", state, action):
                values.setdefault("P", []).append(f"{named(state)}, a_{action + 1}: {', '.join(map(str, table))}")
            case ("value", name, args):
                places = ", ".join(map(str, args))
                values.setdefault(str(name), []).append(f"({places}): {table}")
            case ("number", constant):
                values[str(constant)] = [str(table)]
    spots, gap = {name: named(place) for name, place in at.items()}, str(left + -right)
    return Counterexample(ACTIONS, 1, values, str(left), str(right), (gap, gap), spots, states=len(process.states))


def named(state: Any) -> str:
    """How a state is called, or a path."""
    if isinstance(state, tuple):
        return ", ".join(f"{named(start)}, a_{action + 1}, {named(end)}" for start, action, end in state)
    return "end" if state == END else f"s_{state + 1}"
