"""Finite models full of ties: equal rewards and probabilities, coinciding policies, zeros, ones, groups of one."""

import math
from fractions import Fraction
from itertools import combinations_with_replacement, product
from random import Random
from typing import NamedTuple

from exact_jets import made

REAL = tuple(map(Fraction, ("0", "1", "-1", "1/2", "2", "1", "0", "-2", "-1/2", "3", "100")))
POSITIVE = tuple(map(Fraction, ("1", "2", "1/2", "1", "3", "1/5", "100")))
SLOPES = tuple(map(Fraction, ("0", "1", "-1", "1", "2", "-1/2")))
WEIGHTS = ((1, 1, 1), (1, 1, 1), (1, 2, 1), (1, 1, 2), (2, 1, 1), (3, 1, 2), (1, 2, 3), (1, 1000, 1), (2, 3, 1))
UNIT = (r"\epsilon", r"\varepsilon")
HIGHEST = 3


class Point(NamedTuple):
    """θ or θ_old, moved by infinitesimals; ``depth`` counts the δ's in use."""

    base: str
    offset: tuple | None = None
    depth: int = 0

    def moved(self, by):
        """The point moved by a vector, with a δ more in use."""
        offset = by if self.offset is None else tuple(x + y for x, y in zip(self.offset, by, strict=True))
        return Point(self.base, offset, self.depth + 1)


OLD = Point("old")


class Excuse(NamedTuple):
    """What a theorem does not list, so that a model need not have it: policies by name, ε < 1, signs by name."""

    zeros: frozenset = frozenset()
    unnormalised: frozenset = frozenset()
    unit: frozenset = frozenset()
    unsigned: frozenset = frozenset()


STRICT = Excuse()


class Model:
    """A model made up from a seed; every name gets a value when it is first asked for."""

    def __init__(self, seed, excuse=STRICT, contact=False):
        rng = Random(repr(seed))
        self.seed, self.excuse, self.contact = seed, excuse, contact
        self.actions, self.states = rng.choice((1, 2, 2, 2, 3)), rng.choice((1, 1, 2))
        self.group, self.tokens = rng.choice((1, 1, 2, 2, 3)), rng.choice((1, 2, 3))
        self.width = rng.choice((1, 1, 2))
        self.palette = rng.choices(REAL, k=2) if rng.random() < 0.5 else REAL
        self.alike, self.same = rng.choice(("no", "no", "values", "some")), rng.random() < 0.25
        self.table, self.jets = {}, {}
        self.step = tuple(rng.choice(SLOPES) for _ in range(self.width))
        if contact:
            self.step = tuple(made({(1, 0): x or Fraction(1)}) for x in self.step)
        elif self.same:
            self.step = (Fraction(0),) * self.width

    @property
    def here(self):
        """θ: in a question of contact a step ε away from θ_old, else any point."""
        return Point("old", self.step) if self.contact else Point("old" if self.same else "current")

    def random(self, *key):
        return Random(repr((self.seed, key)))

    def spots(self, sort):
        """The values that a variable of a sort may take."""
        return {"action": range(self.actions), "state": range(self.states), "index": range(1, self.group + 1),
                "token": range(1, self.tokens + 1),
                "group": list(product(range(self.actions), repeat=self.group))}[sort]

    # Values of names

    def values(self, name, kind):
        """The values of a sign: in half of the models the real ones are two."""
        kind = "real" if name in self.excuse.unsigned else kind
        return {"real": self.palette, "positive": POSITIVE, "nonnegative": (Fraction(0), *POSITIVE)}[kind]

    def constant(self, name, kind):
        if name in ("G", "T"):
            return Fraction(self.group if name == "G" else self.tokens)
        if name not in self.table:
            rng = self.random("constant", name)
            values = self.values(name, kind)
            if name in UNIT and name not in self.excuse.unit:
                values = tuple(x for x in values if x < 1) or (Fraction(1, 2),)
            self.table[name] = rng.choice(values)
        return self.table[name]

    def draw(self, name, args, kind):
        """The value of a function: the same for all arguments, one of two, or any."""
        key = ("function", name, args)
        if key not in self.table:
            style = self.random("style", name).choice(("constant", "two", "any", "any"))
            values = self.values(name, kind)
            if style == "two":
                values = self.random("two", name).choices(values, k=2)
            rng = self.random("style", name) if style == "constant" else self.random(key)
            self.table[key] = rng.choice(values)
        return self.table[key]

    def vector(self, name):
        """The coordinates of a vector."""
        return tuple(self.draw(name, (i,), "real") for i in range(self.width))

    def length(self, sequence):
        return self.random("length", sequence).choice((1, 2, 2, 3))

    def token(self, sequence, position):
        return self.random("token", sequence, position).randrange(self.actions)

    def prefix(self, sequence, position):
        return self.random("prefix", sequence, position).randrange(self.states)

    # Families: any jets at θ and at θ_old are those of some smooth family

    def taylor(self, jet, offset):
        """The value of a jet, a dictionary from directions to derivatives, at an infinitesimal offset."""
        result = jet[()]
        for directions, x in jet.items() if offset else ():
            if directions and x:
                repeats = math.prod(math.factorial(directions.count(i)) for i in set(directions))
                term = x * Fraction(1, repeats)
                for i in directions:
                    term = term * offset[i]
                result = result + term
        return result

    def directions(self):
        return [d for order in range(1, HIGHEST + 1) for d in combinations_with_replacement(range(self.width), order)]

    def law(self, name, context, point, size):
        """The probabilities of a law at a point; ``constant`` is a point where nothing moves."""
        key = (name, context, point.base)
        if key not in self.jets:
            self.jets[key] = self.family(name, context, point.base, size)
        return [self.taylor(jet, point.offset) for jet in self.jets[key]]

    def family(self, name, context, base, size):
        values, rng = self.weights(name, context, base, size), self.random("jet", name, context, base)
        jets = [{(): x} for x in values]
        living = [jet for jet in jets if jet[()]]
        for d in self.directions() if base != "constant" else ():
            slopes = [rng.choice(SLOPES) for _ in living]
            excess = sum(slopes) if name not in self.excuse.unnormalised else 0
            for jet, x in zip(living, slopes, strict=True):
                jet[d] = x - Fraction(excess, len(living))
        return jets

    def weights(self, name, context, base, size):
        """Probabilities: often equal, often those of θ_old, sometimes zero where nothing says they are positive."""
        rng = self.random("law", name, context, base)
        if base == "current" and (self.alike == "values" or self.alike == "some" and self.random(
                "alike", name, context).random() < 0.5):
            return self.weights(name, context, "old", size)
        weights = list(rng.choice(WEIGHTS)[:size])
        if name in self.excuse.zeros and size > 1 and rng.random() < 0.6:
            weights[rng.randrange(size)] = 0
        scale = sum(weights) if name not in self.excuse.unnormalised or rng.random() < 0.4 else rng.choice((1, 2))
        return [Fraction(w, scale) for w in weights]

    def moving(self, name, args, kind, point):
        """The value of a function of θ."""
        key = ("moving", name, args, point.base)
        if key not in self.jets:
            rng = self.random(key)
            base = "old" if self.alike == "values" else point.base
            self.jets[key] = {(): self.draw(f"{name} at {base}", args, kind)} | {
                d: rng.choice(SLOPES) for d in self.directions()}
        return self.taylor(self.jets[key], point.offset)
