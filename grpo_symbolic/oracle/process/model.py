"""Small decision processes: states in layers; a step leads to the next layer, or to the end, where nothing is paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import product
from random import Random
from typing import Any, TypeVar

from flint import fmpq

from ...language import Policy
from .numbers import ONE, ZERO, Dual, total

T = TypeVar("T")
Path = tuple[tuple[int, int, int], ...]
PER_LAYER, ACTIONS = 2, 2
END = -1
LARGEST = 4


@dataclass
class Process:
    """A random process: tables are drawn when they are asked for, and stay.

    States are numbered from 0, layer by layer, and END is the last one. With ``at_old`` the current policy is the old
    one, and both have the chances that are drawn for ``both``. Where paths are ``fixed`` each has as many steps as
    there are layers, and ends in one more layer of states.
    """

    seed: int
    layers: int
    at_old: bool = False
    fixed: bool = False
    tables: dict[Any, Any] = field(default_factory=dict)
    both: str = "current"

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.known: dict[Any, dict[int, Dual]] = {}  # what follows from the tables

    def put_at_old(self) -> Process:
        """The same process with its current policy at θ_old, where it moves as it does at θ."""
        there = self if self.at_old else replace(self, at_old=True, both="old")
        there.dice = self.dice
        return there

    @property
    def states(self) -> list[int]:
        """All states, the end too."""
        return [*range(PER_LAYER * (self.layers + self.fixed)), END]

    @property
    def living(self) -> list[int]:
        """The states in which a path has not ended."""
        return self.states[:PER_LAYER * self.layers]

    def drawn(self, key: Any, make: Callable[[], T]) -> T:
        """A table, drawn once."""
        if key not in self.tables:
            self.tables[key] = make()
        found: T = self.tables[key]
        return found

    def chances(self, count: int) -> list[fmpq]:
        """Positive rationals that sum to one."""
        parts = [self.dice.randint(1, LARGEST) for _ in range(count)]
        return [fmpq(part, sum(parts)) for part in parts]

    def slopes(self, count: int) -> list[fmpq]:
        """Rationals that sum to zero."""
        parts = [self.dice.randint(-LARGEST, LARGEST) for _ in range(count - 1)]
        return [fmpq(part, 4) for part in (*parts, -sum(parts))]

    def law(self, policy: Policy, action: int, state: int) -> Dual:
        """π(action|state), which does not move at the end."""
        name, point = policy.name, policy.point
        moving = point == "current"
        place = self.both if moving or self.at_old and point == "old" else point
        chances = self.drawn(("law", name, place, state), lambda: self.chances(ACTIONS))
        slopes = self.drawn(("slope", name, state), lambda: self.slopes(ACTIONS)) if moving and state != END else None
        return Dual(chances[action], slopes[action] if slopes else fmpq(0))

    def start(self, state: int) -> Dual:
        """ρ_0(state): a path starts in the first layer."""
        chances = self.drawn("start", lambda: self.chances(PER_LAYER))
        return Dual(chances[state]) if 0 <= state < PER_LAYER else ZERO

    def moves(self, after: int, state: int, action: int) -> Dual:
        """P(after|state, action)."""
        layer = state // PER_LAYER
        if state not in self.living:
            return ONE if after == END else ZERO
        further = layer + 1 < self.layers + self.fixed
        nexts = [PER_LAYER * (layer + 1) + k for k in range(PER_LAYER)] if further else []
        nexts += [] if self.fixed else [END]
        chances = self.drawn(("moves", state, action), lambda: self.chances(len(nexts)))
        return Dual(dict(zip(nexts, chances, strict=True)).get(after, fmpq(0)))

    def value_of(self, name: str, args: tuple[int, ...], paid: bool, sign: str) -> Dual:
        """A function at its arguments: what is ``paid`` is nothing at the end."""
        if paid and args[:1] == (END,):
            return ZERO
        low = {"positive": 1, "nonnegative": 0}.get(sign, -LARGEST)
        return Dual(self.drawn(("value", name, args), lambda: fmpq(self.dice.randint(low, LARGEST))))

    def number(self, name: str, sign: str, below_one: bool) -> Dual:
        """A constant; one that discounts is between 0 and 1."""
        if below_one:
            return Dual(self.drawn(("number", name), lambda: fmpq(self.dice.randint(1, 3), 4)))
        low = {"positive": 1, "nonnegative": 0}.get(sign, -LARGEST)
        return Dual(self.drawn(("number", name), lambda: fmpq(self.dice.randint(low, LARGEST), 2)))

    def worth(self, policy: Policy, discount: Dual, reward: tuple[str, str, bool]) -> dict[int, Dual]:
        """What is paid from each state on, of a reward with its sign and whether it is one of the state after, too."""
        key, (name, sign, ahead) = (policy, discount, reward), reward
        if key not in self.known:
            found = {state: ZERO for state in self.states if state not in self.living}
            for state in reversed(self.living):  # a step leads to a later layer
                found[state] = total(
                    self.law(policy, action, state) * self.moves(after, state, action)
                    * (self.value_of(name, (state, action, after) if ahead else (state, action), True, sign)
                       + discount * later)
                    for action in range(ACTIONS) for after, later in list(found.items()))
            self.known[key] = found
        return self.known[key]

    def paths(self, policy: Policy) -> list[tuple[Dual, Path]]:
        """Each path with its probability: its states and actions, until it ends."""
        found: list[tuple[Dual, Path]] = []
        waiting: list[tuple[Dual, Path, int]] = [(self.start(state), (), state) for state in range(PER_LAYER)]
        while waiting:
            chance, steps, state = waiting.pop()
            if state not in self.living:
                found.append((chance, steps))
                continue
            for action, after in product(range(ACTIONS), self.states):
                move = self.moves(after, state, action)
                if move.value:
                    step = self.law(policy, action, state) * move
                    waiting.append((chance * step, (*steps, (state, action, after)), after))
        return found

    def routes(self) -> list[Path]:
        """Each path, with as many steps as it has until it ends."""
        found: list[Path] = []
        waiting: list[tuple[Path, int]] = [((), state) for state in range(PER_LAYER)]
        while waiting:
            steps, state = waiting.pop()
            if state not in self.living:
                found.append(steps)
                continue
            waiting += [((*steps, (state, action, after)), after) for action in range(ACTIONS) for after in self.states
                        if self.moves(after, state, action).value]
        return found

    def visited(self, policy: Policy, discount: Dual, *first: int) -> dict[int, Dual]:
        """d^π: the states of paths, the k-th with weight (1 − γ) γ^k; the rest of them at the end. The paths are those
        from a ``first`` state on, if it is given."""
        key = (policy, discount, *first)
        if key in self.known:
            return self.known[key]
        before = self.states[:-1]  # the end
        here = {state: (ONE if state in first else ZERO) if first else self.start(state) for state in before}
        found, weight = dict.fromkeys(before, ZERO), ONE + -discount
        for _ in range(self.layers + self.fixed):
            found = {state: found[state] + weight * here[state] for state in before}
            weight = weight * discount
            here = {after: total(here[state] * self.law(policy, action, state) * self.moves(after, state, action)
                                 for state in self.living for action in range(ACTIONS)) for after in before}
        self.known[key] = {**found, END: ONE + -total(found.values())}
        return self.known[key]
