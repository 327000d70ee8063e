"""Random finite processes, in which terms on paths have their value by enumeration, and forms of the kernel theirs.

Tables differ from time to time, steps lead to random states, and paths have one length or end at random. A number is a
``Dual``: a value and its derivative along the one direction there is; or many, one for each path, in arrays. Whatever
is worked out of a process is kept, as many terms are judged on each.
"""

import math
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from random import Random
from string import ascii_letters

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
        return Dual(np.log(self.value), self.slope / self.value)

    def exp(self):
        return Dual(np.exp(self.value), np.exp(self.value) * self.slope)



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


@cache
def order_of(letters, sizes):
    """In which order factors over variables of some sizes are multiplied, two at a time."""
    room = dict(zip("".join(letters), (size for shape in sizes for size in shape), strict=True))
    found = np.einsum_path(",".join(letters) + "->", *(np.empty([room[x] for x in one]) for one in letters))
    return tuple(found[0][1:])


def contracted(factors):
    """The sum over all variables of a product of arrays: each is a Dual with the letters of its axes."""
    sizes = tuple(np.shape(one.value) for _, one in factors)
    for places in order_of(tuple(letters for letters, _ in factors), sizes):
        chosen = [factors[place] for place in places]
        factors = [one for place, one in enumerate(factors) if place not in places]
        kept = {x for letters, _ in factors for x in letters}
        result = "".join(sorted({x for letters, _ in chosen for x in letters} & kept))
        spelled = ",".join(letters for letters, _ in chosen) + "->" + result
        values = [one.value for _, one in chosen]
        slopes = [np.einsum(spelled, *values[:n], one.slope, *values[n + 1:])
                  for n, (_, one) in enumerate(chosen) if np.any(one.slope)]
        factors.append((result, Dual(np.einsum(spelled, *values), sum(slopes))))
    (_, found), = factors
    return Dual(float(found.value), float(found.slope))


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
        self.nodes = [(time, state) for time in range(self.horizon + 1) for state in self.all_states]
        self.place = {node: k for k, node in enumerate(self.nodes)}
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

    # Paths, all of them at once

    def routes(self):
        """Each path, as its nodes and actions, with the probability of its states given its actions."""
        return self.table("routes", lambda: list(self._routes()))

    def _routes(self):
        waiting = [(self.start(n), (), n) for n in self.nodes if self.start(n)]
        while waiting:
            chance, steps, node = waiting.pop()
            if not self.alive(node):
                yield chance, steps
                continue
            for action, state in product(range(ACTIONS), self.all_states):
                after = (node[0] + 1, state)
                waiting.append((chance * self.moves(after, node, action), (*steps, (node, action)), after))

    def lengths(self):
        """How many steps each path has."""
        return self.table("lengths", lambda: np.array([len(steps) for _, steps in self.routes()]))

    def along(self, x, key, number):
        """A number of each path at its step x: ``number`` of that step; 1 where it has none."""
        def found():
            every = [number(*steps[x]) if x < len(steps) else ONE for _, steps in self.routes()]
            return Dual(*(np.array([getattr(one, part) for one in every]) for part in ("value", "slope")))

        return self.table(("along", x, key), found)

    def taken(self, x, name, point):
        """The probability of what each path does at its step x."""
        return self.along(x, (name, point), lambda node, action: self.law(name, point, action, node))

    def weights(self, name, point):
        """The probability of each path."""
        states = Dual(np.array([chance for chance, _ in self.routes()]))
        return self.table(("weights", name, point), lambda: times(
            [states, *(self.taken(x, name, point) for x in range(self.horizon))]))

    def mean(self, name, point, number):
        """The mean of a number of each path."""
        found = self.weights(name, point) * number
        return Dual(float(np.sum(found.value)), float(np.sum(found.slope)))

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
        letters = dict(zip(bound, ascii_letters, strict=False))
        found = []
        for gen, e in factors:
            axes = [v for v in bound if k.mentions(gen, v)]
            found.append(("".join(letters[v] for v in axes), self.array(gen, int(e), axes, rooms, names)))
        used = {x for spelled, _ in found for x in spelled}
        alone = math.prod(len(room) for v, room in rooms.items() if letters[v] not in used)
        return Dual(float(alone)) * (contracted(found) if found else ONE)

    def array(self, gen, exponent, axes, rooms, names):
        """A power of a generator at all values of the variables in it."""
        def made():
            found = [self.generator(gen, {**names, **dict(zip(axes, here, strict=True))}).power(exponent)
                     for here in product(*(rooms[v] for v in axes))]
            shape = [len(rooms[v]) for v in axes]
            return Dual(*(np.reshape([getattr(one, part) for one in found], shape) for part in ("value", "slope")))

        if any(k.mentions(gen, v) for v in names):
            return made()
        return self.table(("array", gen, exponent, tuple(axes), tuple(len(rooms[v]) for v in axes)), made)

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
        """Σ_k w^k K^k, of which an entry is asked for."""
        ends, = k.leaves(gen.ends)
        end, start = (self.place[names[arg]] for arg in ends.args)
        every = self.table(("visits", gen.weight, gen.steps), lambda: self.every_visit(gen.weight, gen.steps))
        return Dual(every.value[start, end], every.slope[start, end])

    def every_visit(self, weight, steps):
        """The visits of all nodes from each on, by multiplying matrices as far as paths go."""
        size, factor = len(self.nodes), self.form(weight, {})
        one = Dual(np.zeros((size, size)), np.zeros((size, size)))
        for node, action in product(self.nodes, range(ACTIONS)):
            step = factor * self.form(steps, {k.HERE: node, k.ACT: action})
            move = np.array([self.moves(after, node, action) for after in self.nodes])
            one.value[self.place[node]] += step.value * move
            one.slope[self.place[node]] += step.slope * move
        power, found = Dual(np.eye(size), np.zeros((size, size))), Dual(np.zeros((size, size)), np.zeros((size, size)))
        for _ in range(self.horizon + 2):
            found = found + power
            power = Dual(power.value @ one.value, power.slope @ one.value + power.value @ one.slope)
        return found
