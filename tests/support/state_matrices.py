"""Random equations of vectors and matrices over states, each printed and computed on tables of its own, by NumPy.

A term is a function of a world, and its print. A true equation bent at one place may be true or false: the tables tell.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

STATES, ACTIONS, WORLDS = 4, 3, 3
POLICIES = {"a": r"\pi", "b": r"\mu"}


class World(NamedTuple):
    """A process: where actions lead, what is paid, policies, the first state, a discount, and any two vectors."""

    moves: Any
    reward: Any
    policies: dict[str, Any]
    start: Any
    discount: float
    vectors: dict[str, Any]

    def matrix(self, name: str) -> Any:
        return np.einsum("sa,sat->st", self.policies[name], self.moves)

    def rewards(self, name: str) -> Any:
        return np.einsum("sa,sa->s", self.policies[name], self.reward)

    def resolvent(self, name: str) -> Any:
        return np.linalg.inv(np.eye(STATES) - self.discount * self.matrix(name))

    def value(self, name: str) -> Any:
        return self.resolvent(name) @ self.rewards(name)


def world(seed: int) -> World:
    dice = np.random.default_rng(seed)

    def law(*shape: int) -> Any:
        table = dice.random(shape) + 0.05
        return table / table.sum(axis=-1, keepdims=True)

    return World(law(STATES, ACTIONS, STATES), dice.normal(size=(STATES, ACTIONS)),
                 {name: law(STATES, ACTIONS) for name in POLICIES}, law(STATES), float(dice.uniform(0.3, 0.9)),
                 {"u": dice.normal(size=STATES), "v": dice.normal(size=STATES)})


class Term(NamedTuple):
    """A term: what it prints, its value in a world, and how it is made: a name and its parts."""

    kind: str
    parts: tuple[Any, ...] = ()

    def latex(self) -> str:
        return PRINTS[self.kind](*self.parts)

    def value(self, here: World) -> Any:
        return VALUES[self.kind](here, *self.parts)


def bracketed(term: Term) -> str:
    return f"({term.latex()})" if term.kind in ("sum", "less") else term.latex()


PRINTS: dict[str, Callable[..., str]] = {
    "P": lambda pi: f"P_{{{POLICIES[pi]}}}",
    "r": lambda pi: f"r_{{{POLICIES[pi]}}}",
    "V": lambda pi: f"V^{{{POLICIES[pi]}}}",
    "inverse": lambda pi: rf"(I - \gamma P_{{{POLICIES[pi]}}})^{{-1}}",
    "series": lambda pi: rf"\sum_{{t=0}}^\infty \gamma^t P_{{{POLICIES[pi]}}}^t",
    "later": lambda pi: rf"\sum_{{t=1}}^\infty \gamma^t P_{{{POLICIES[pi]}}}^t",
    "backup": lambda pi, v: rf"T_{{{POLICIES[pi]}}} {bracketed(v)}",
    "vector": lambda name: name,
    "one": lambda: r"\mathbf{1}",
    "I": lambda: "I",
    "discounted": lambda v: rf"\gamma {bracketed(v)}",
    "twice": lambda v: rf"2 {bracketed(v)}",
    "times": lambda m, v: f"{bracketed(m)} {bracketed(v)}",
    "sum": lambda u, v: f"{u.latex()} + {bracketed(v)}",
    "less": lambda u, v: f"{u.latex()} - {bracketed(v)}",
}
VALUES: dict[str, Callable[..., Any]] = {
    "P": lambda here, pi: here.matrix(pi),
    "r": lambda here, pi: here.rewards(pi),
    "V": lambda here, pi: here.value(pi),
    "inverse": lambda here, pi: here.resolvent(pi),
    "series": lambda here, pi: here.resolvent(pi),
    "later": lambda here, pi: here.resolvent(pi) - np.eye(STATES),
    "backup": lambda here, pi, v: here.rewards(pi) + here.discount * here.matrix(pi) @ v.value(here),
    "vector": lambda here, name: here.vectors[name],
    "one": lambda here: np.ones(STATES),
    "I": lambda here: np.eye(STATES),
    "discounted": lambda here, v: here.discount * v.value(here),
    "twice": lambda here, v: 2 * v.value(here),
    "times": lambda here, m, v: m.value(here) @ v.value(here),
    "sum": lambda here, u, v: u.value(here) + v.value(here),
    "less": lambda here, u, v: u.value(here) - v.value(here),
}


def of(kind: str) -> Callable[..., Term]:
    return lambda *parts: Term(kind, parts)


P, r, V, inverse, series, backup, times, plus, less, discounted = map(of, (
    "P", "r", "V", "inverse", "series", "backup", "times", "sum", "less", "discounted"))
u, v, one, identity = Term("vector", ("u",)), Term("vector", ("v",)), Term("one"), Term("I")
Equation = tuple[Term, Term]
TRUE: tuple[Equation, ...] = (
    (V("a"), plus(r("a"), discounted(times(P("a"), V("a"))))),
    (V("a"), times(inverse("a"), r("a"))),
    (inverse("a"), series("a")),
    (V("a"), backup("a", V("a"))),
    (less(V("b"), V("a")), times(inverse("b"), less(backup("b", V("a")), V("a")))),
    (less(V("a"), u), times(inverse("a"), less(backup("a", u), u))),
    (times(P("a"), one), one),
    (less(backup("a", u), backup("a", v)), discounted(times(P("a"), less(u, v)))),
    (inverse("a"), plus(identity, discounted(times(P("a"), inverse("a"))))),
    (times(inverse("a"), P("a")), times(P("a"), inverse("a"))),
    (less(V("b"), V("a")), times(inverse("a"), less(V("b"), backup("a", V("b"))))),
)
ALIKE = {"P": ("P", "inverse", "series", "later"), "r": ("r", "V"), "V": ("V", "r")}
ALIKE |= dict.fromkeys(("inverse", "series", "later"), ALIKE["P"])


def bends(term: Term, dice: random.Random) -> Term:
    """A term changed at one place, which keeps its shape."""
    inner = [place for place, part in enumerate(term.parts) if isinstance(part, Term)]
    if inner and dice.random() < 0.75:
        place = dice.choice(inner)
        parts = list(term.parts)
        parts[place] = bends(parts[place], dice)
        return term._replace(parts=tuple(parts))
    ways = [Term("discounted", (term,)), Term("twice", (term,))]
    if term.kind in ("discounted", "twice"):
        ways.append(term.parts[0])
    if term.kind in ALIKE:
        ways += [term._replace(kind=kind) for kind in ALIKE[term.kind]]
    if term.parts and term.parts[0] in POLICIES:
        ways += [term._replace(parts=("b" if term.parts[0] == "a" else "a", *term.parts[1:]))] * 2
    if term.kind in ("sum", "less"):
        ways += [term._replace(kind="less" if term.kind == "sum" else "sum"), term._replace(parts=term.parts[::-1])]
    return dice.choice(ways)


def holds(equation: Equation) -> bool:
    """Whether an equation holds in some worlds."""
    return all(np.allclose(left := equation[0].value(world(seed)), equation[1].value(world(seed)), rtol=0,
                           atol=1e-9 * (1 + np.abs(left).max())) for seed in range(WORLDS))


def printed(equation: Equation) -> str:
    return f"{equation[0].latex()} = {equation[1].latex()}"
