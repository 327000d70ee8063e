"""Random finite processes, in which terms on paths have their value by enumeration, and forms of the kernel theirs.

Tables differ from time to time, steps lead to random states, and paths have one length or end at random. A number is a
``Dual``: a value and its derivative along the one direction there is.
"""

import math
from dataclasses import dataclass, field
from itertools import product
from random import Random

import numpy as np

from grpo_symbolic import kernel as k

STATES, ACTIONS, LONGEST = 2, 2, 3
LAWS = {r"\pi": 1, r"\pi_{\text{ref}}": 0}


@dataclass(frozen=True)
class Dual:
    """A value and a slope."""

    value: float
    slope: float = 0.0

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other):
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    def power(self, exponent):
        if exponent == 1:
            return self
        return Dual(self.value ** exponent, exponent * self.value ** (exponent - 1) * self.slope)

    def log(self):
        return Dual(math.log(self.value), self.slope / self.value)

    def exp(self):
        return Dual(math.exp(self.value), math.exp(self.value) * self.slope)


ZERO, ONE = Dual(0.0), Dual(1.0)


def total(values):
    found = ZERO
    for one in values:
        found = found + one
    return found


def times(values):
    found = ONE
    for one in values:
        found = found * one
    return found


@dataclass
class Process:
    """A random process: a node is a time and a state; ``horizon`` steps each, or fewer where a path ends by itself."""

    seed: int
    horizon: int
    ends: bool
    constants: dict = field(default_factory=dict)

    def __post_init__(self):
        self.rng, self.tables = Random(self.seed), {}
        self.dead = {STATES} if self.ends else set()
        self.all_states = range(STATES + self.ends)
        self.constants = {"γ": 0.7, r"\gamma": 0.7, r"\beta": 0.6, "T": float(self.horizon)}

    def table(self, key, make):
        if key not in self.tables:
            self.tables[key] = make()
        return self.tables[key]

    def chances(self, count):
        raw = [self.rng.uniform(0.2, 1) for _ in range(count)]
        return [p / sum(raw) for p in raw]

    def slopes(self, count):
        raw = [self.rng.uniform(-1, 1) for _ in range(count)]
        return [p - sum(raw) / count for p in raw]

    def law(self, name, point, action, node):
        """π(action|node) at θ, at θ_old, or as a copy on which derivatives vanish."""
        moving = name == r"\pi" and point != "old"
        chances, slopes = self.table(("law", name, "θ" if moving else point, node),
                                     lambda: (self.chances(ACTIONS), self.slopes(ACTIONS)))
        return Dual(chances[action], slopes[action] if moving and point == "current" else 0.0)

    def slope_of(self, name, point, action, node):
        return Dual(self.law(name, point, action, node).slope)

    def value(self, name, args):
        return Dual(self.table((name, args), lambda: self.rng.uniform(-2, 2)))

    def alive(self, node):
        time, state = node
        return time < self.horizon and state not in self.dead

    def moves(self, after, node, action):
        if after[0] != node[0] + 1:
            return 0.0
        if node[1] in self.dead:  # what has ended has ended
            return float(after[1] == node[1])
        return self.table(("P", node, action), lambda: self.chances(len(self.all_states)))[after[1]]

    def start(self, node):
        living = [s for s in self.all_states if s not in self.dead]
        if node[0] or node[1] not in living:
            return 0.0
        return self.table("ρ", lambda: self.chances(len(living)))[living.index(node[1])]

    @property
    def nodes(self):
        return [(time, state) for time in range(self.horizon + 1) for state in self.all_states]

    def paths(self, name, point):
        """Each path with its probability, as the nodes and actions of its steps, and the node where it ends."""
        found, waiting = [], [(Dual(self.start(n)), (), n) for n in self.nodes if self.start(n)]
        while waiting:
            chance, steps, node = waiting.pop()
            if not self.alive(node):
                found.append((chance, steps, node))
                continue
            for action, state in product(range(ACTIONS), self.all_states):
                after = (node[0] + 1, state)
                step = self.law(name, point, action, node) * Dual(self.moves(after, node, action))
                waiting.append((chance * step, (*steps, (node, action)), after))
        return found

    # Forms of the kernel

    def form(self, poly, names):
        """The value of a polynomial."""
        return total(Dual(float(c)) * times(self.generator(gen, names).power(float(e) if e.denominator > 1 else int(e))
                                            for gen, e in m) for m, c in poly)

    def generator(self, gen, names):
        match gen:
            case k.Leaf():
                return self.leaf(gen, names)
            case k.Sum():
                return self.summed(k.bound_by(gen), list(gen.body), names)
            case k.Visits():
                return self.visits(gen, names)
            case k.Log():
                return self.form(gen.of, names).log()
            case k.Exp():
                return self.form(gen.of, names).exp()
            case k.Power():
                return self.form(gen.of, names)
            case k.Indicator():
                return Dual(float(self.form(gen.of, names).value > 1e-12))
        raise TypeError(type(gen).__name__)

    def summed(self, bound, factors, names):
        """The sum over variables of a product: each factor is an array over the values of the variables in it."""
        rooms = {v: list(self.room(sort, names)) for v, sort in bound.items()}
        letters = dict(zip(bound, "abcdefghijklmnopqrstuvwxyz", strict=False))
        arrays = [self.array(gen, int(e), [v for v in bound if k.mentions(gen, v)], rooms, names) for gen, e in factors]
        used = {v for axes, _, _ in arrays for v in axes}
        alone = math.prod(len(room) for v, room in rooms.items() if v not in used)
        spelled = ",".join("".join(letters[v] for v in axes) for axes, _, _ in arrays) + "->"
        values = [value for _, value, _ in arrays]
        value = np.einsum(spelled, *values, optimize=True) if arrays else 1.0
        slope = sum(np.einsum(spelled, *values[:n], change, *values[n + 1:], optimize=True)
                    for n, (_, _, change) in enumerate(arrays) if change.any())
        return Dual(alone * float(value), alone * float(slope))

    def array(self, gen, exponent, axes, rooms, names):
        """A power of a generator at all values of the variables in it: its values, and its slopes."""
        shape = [len(rooms[v]) for v in axes]
        found = [self.generator(gen, {**names, **dict(zip(axes, here, strict=True))}).power(exponent)
                 for here in product(*(rooms[v] for v in axes))]
        return axes, *(np.array([getattr(one, part) for one in found]).reshape(shape) for part in ("value", "slope"))

    def room(self, sort, names):
        """The values of a variable."""
        if sort.size:
            return range(1, round(self.form(sort.size, names).value) + 1)
        return self.nodes if sort.kind == "state" else range(ACTIONS)

    def leaf(self, gen, names):
        args = tuple(names[arg] for arg in gen.args if isinstance(arg, k.Variable))
        if gen.sign == "law" and gen.name not in ("#P", "#ρ_0"):
            return self.slope_of(gen.name, gen.point, *args) if gen.along else self.law(gen.name, gen.point, *args)
        match gen.name:
            case "#P":
                return Dual(self.moves(*args))
            case "#ρ_0":
                return Dual(self.start(*args))
            case k.PLACE:
                return Dual(float(*args))
            case "#alive":
                return Dual(float(self.alive(*args)))
        return Dual(self.constants[gen.name]) if gen.name in self.constants else self.value(gen.name, args)

    def visits(self, gen, names):
        """Σ_k w^k K^k by multiplying matrices, as far as paths go."""
        ends, = k.leaves(gen.ends)
        end, start = (names[arg] for arg in ends.args)
        return self.visits_from(gen.weight, gen.steps, start).get(end, ZERO)

    def visits_from(self, weight, steps, start):
        """The visits of all nodes from one on."""
        key = ("visits", weight, steps, start)
        if key not in self.tables:
            factor, chance, found = self.form(weight, {}), {start: ONE}, {}
            for _ in range(self.horizon + 2):
                found = {node: found.get(node, ZERO) + chance.get(node, ZERO) for node in {*found, *chance}}
                after = {}
                for node, here in chance.items():
                    for action, x in product(range(ACTIONS), self.nodes):
                        if (move := self.moves(x, node, action)):
                            step = self.form(steps, {k.HERE: node, k.ACT: action})
                            after[x] = after.get(x, ZERO) + here * factor * step * Dual(move)
                chance = after
            self.tables[key] = found
        return self.tables[key]
