"""Random expressions for ``kernel_reference``: terms, rewritings that keep their value, and false edits."""

from fractions import Fraction
from itertools import count
from random import Random

import pytest
from kernel_jets import Undefined, standard
from kernel_reference import SORTS, Build

from grpo_symbolic import kernel as k

POLICIES = (("π", "current"), ("π", "old"), ("π", "current"), ("q", "constant"))
CONSTANTS = (("const", "β", "positive"), ("const", "c", "real"), ("const", "G", "positive"))
ROOM = {"a": "action", "s": "state", "g": "group", "i": "index"}
HARMLESS = ("agree", "undefined", "refused")
FREE = {"s": 0, "a": 1, "g": (0, 1, 1), "i": 1}


class Terms:
    """Draws expressions over variables in scope. ``room`` maps each variable to its sort."""

    def __init__(self, rng, kinks=True, roots=True):
        self.rng, self.kinks, self.roots = rng, kinks, roots
        self.names = (f"x{j}" for j in count())

    def choose(self, options):
        """One of the functions that stand against their weights, called."""
        names = list(options)
        return self.rng.choices(names, [options[name] for name in names])[0]()

    def variable(self, room, *sorts):
        found = [v for v, sort in room.items() if sort in sorts]
        return self.rng.choice(found)

    def action(self, room):
        """An action: a variable, a group sample or a token of a sequence."""
        choices = [v for v, sort in room.items() if sort == "action"]
        choices += [("at", g, i) for g, sort in room.items() if sort == "group"
                    for i, other in room.items() if other == "index"] * 2
        choices += [("tok", o, t) for t, sort in room.items() if sort == "token" for o in choices]
        return self.rng.choice(choices)

    def leaf(self, room, sign):
        probability = ("prob", *self.rng.choice(POLICIES), self.action(room), self.variable(room, "state"))
        constant = self.rng.choice([c for c in CONSTANTS if sign != "positive" or c[2] == "positive"])
        args = tuple(self.action(room) for _ in range(self.rng.choice((1, 1, 2))))
        if "index" in room.values() and self.rng.random() < 0.2:
            args = (self.variable(room, "index"), self.variable(room, "group"))
        kind = sign if sign == "positive" else "real"
        theta = self.rng.random() < 0.25
        function = ("fun", {"positive": "w", "real": "f"}[kind] + ("θ" if theta else ""), args, kind, theta)
        number = ("num", Fraction(self.rng.choice((1, 2, 3, 4)), self.rng.choice((1, 2, 3))))
        if sign == "real" and self.rng.random() < 0.3:
            number = ("num", -number[1])
        ratio = ("div", ("prob", "π", "current", *probability[3:]), ("prob", "π", "old", *probability[3:]))
        choices = {lambda: probability: 4, lambda: ratio: 1, lambda: function: 4, lambda: constant: 1,
                   lambda: number: 1}
        if sign == "real":
            choices |= {lambda: ("same", self.action(room), self.action(room)): 1}
        return self.choose(choices)

    def under(self, room, depth, orders, sign):
        """A binder over an expression."""
        var = next(self.names)

        def body(sort):
            return self(depth - 1, {**room, var: sort}, orders, sign)

        def law():
            return (*self.rng.choice(POLICIES), self.variable(room, "state"))

        options = {lambda: ("E", var, *law(), body("action")): 4, lambda: ("sum", var, "action", body("action")): 3,
                   lambda: ("sum", var, "index", body("index")): 4, lambda: ("visit", var, self.rng.choice(
                       ("current", "old")), body("state")): 1,
                   lambda: ("group", var, *law(), self.grouped(var, room, depth, orders, sign)): 3,
                   lambda: ("without", var, self.variable(room, "index"),
                                                    self.total(depth - 1, {**room, var: "index"}, orders)): 1,
                   lambda: ("sum", var, self.rng.choice(("token", ("len", self.action(room)))), body("token")): 2}
        return self.choose(options)

    def total(self, depth, room, orders):
        """A positive expression: defined whatever the variables are."""
        return self(depth, room, orders, "positive")

    def grouped(self, group, room, depth, orders, sign):
        """The body of an expectation over a group: mostly a sum over its members."""
        inner = {**{v: sort for v, sort in room.items() if sort not in ("group", "index")}, group: "group"}
        if self.rng.random() < 0.8:
            var = next(self.names)
            return ("sum", var, "index", self(depth - 1, {**inner, var: "index"}, orders, sign))
        return self(depth - 1, {**room, group: "group"}, orders, sign)

    def __call__(self, depth, room, orders=2, sign="real"):
        """An expression of at most this depth, with derivatives of at most this order; positive where asked for."""
        if depth <= 0:
            return self.leaf(room, sign)

        def sub(kind=sign, less=0):
            return self(depth - 1, room, orders - less, kind)

        def exponent():
            choices = (2, 2, -1, -2, 3) + ((Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2)) if self.roots else ())
            return self.rng.choice(choices)

        def small():
            return ("mul", ("num", Fraction(1, 4)), self(depth - 2, room, orders, "real"))

        options = {lambda: self.leaf(room, sign): 1, lambda: ("add", sub(), sub()): 3,
                   lambda: ("mul", sub(), sub()): 4, lambda: self.under(room, depth, orders, sign): 6,
                   lambda: ("div", sub(), sub("positive")): 2, lambda: ("pow", sub("positive"), exponent()): 2,
                   lambda: ("exp", small()): 1, lambda: ("old", sub()): 1, lambda: ("sg", sub()): 1}
        if sign == "real":
            options |= {lambda: ("log", sub("positive")): 3, lambda: ("pow", sub(), self.rng.choice((2, 2, 3, -1))): 2,
                        lambda: ("mul", ("num", Fraction(-1)), sub()): 1}
            if self.roots:
                options |= {lambda: ("log", sub()): 1, lambda: ("pow", ("pow", sub(), 2), Fraction(1, 2)): 1,
                            lambda: ("spow", sub("positive"), self.leaf(room, "real")): 1}
            if self.kinks:
                options |= {lambda: ("max", sub(), sub()): 1, lambda: ("min", sub(), sub()): 1,
                            lambda: ("ind", sub()): 1}
            if orders > 0:
                score = ("D", self.rng.choice("vw"), ("log", ("prob", "π", "current", self.action(room),
                                                              self.variable(room, "state"))))
                options |= {lambda: ("D", self.rng.choice("vw"), sub("real", 1)): 6, lambda: score: 1}
                options |= {lambda: ("dot", sub("real", 1), sub("real", 1)): 1}
        return self.choose(options)


def kernel_names(env=FREE):
    """The kernel's names of the free variables."""
    return {name: k.variable(name, SORTS[name]) for name in env}


def direct(expression, reading):
    """The value by definition; None where there is none, or where a variable is free that stands for nothing."""
    try:
        return standard(reading.value(expression, free(reading)))
    except (Undefined, OverflowError, KeyError):
        return None


def formed(expression, reading, calculus):
    """The value of the kernel's form, and the sum of the sizes of its terms."""
    value, size = reading.form(Build(calculus)(expression, kernel_names()), named(reading))
    return standard(value), size


def named(reading):
    """The values of the free variables and directions, by the kernel's names."""
    return {k.variable(name, SORTS.get(name, "coordinate")): x
            for name, x in (free(reading) | reading.directions).items()}


def free(reading):
    """Values for the free variables that exist in the model."""
    return {**FREE, "g": FREE["g"][: reading.names["G"]]}


def agreeing(depth, seeds, outcome):
    """How many random expressions have ``outcome`` ``agree``; one that goes wrong is a failure, made small."""
    agreed = 0
    for seed in seeds:
        expression = Terms(Random(seed))(depth, ROOM)
        found = outcome(expression, seed)
        if found not in HARMLESS:
            least = smallest(expression, lambda e, seed=seed: outcome(e, seed) not in HARMLESS)
            pytest.fail(f"{outcome(least, seed)}: {least}")
        agreed += found == "agree"
    return agreed


def smallest(expression, fails):
    """A failing expression of which no part can be replaced by one of its own parts, or by 1, and still fail."""
    while True:
        shorter = next((other for other in reductions(expression) if fails(other)), None)
        if shorter is None:
            return expression
        expression = shorter


def is_expression(part):
    return isinstance(part, tuple) and part and part[0] in TAGS


TAGS = {"num", "const", "fun", "prob", "add", "mul", "div", "pow", "spow", "log", "exp", "ind", "max", "min", "sum",
        "without", "E", "visit", "group", "D", "dot", "old", "sg"}


def reductions(expression):
    """Expressions that are one simplification smaller."""
    parts = [part for part in expression[1:] if is_expression(part)]
    if expression != ("num", Fraction(1)):
        yield ("num", Fraction(1))
    yield from parts
    for position, part in enumerate(expression):
        if position and is_expression(part):
            for other in reductions(part):
                yield (*expression[:position], other, *expression[position + 1:])
