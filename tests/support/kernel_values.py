"""Random forms of the kernel, each with its value by definition: a function of a model and of values for variables.

A ``Pair`` is built by one constructor of a calculus on the left and by what it means on the right. Variables may
coincide, ranges may be empty, denominators may vanish.
"""

from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from exact_jets import Small, Undefined, coefficient, log, power, sign
from finite_models import OLD, Point

from grpo_symbolic import kernel as k

STATE, STEPS = k.variable("s", "state"), k.variable("∂1", "coordinate")
FREE = (k.variable("a", "action"), k.variable("b", "action"))
INDICES, GROUP = (k.variable("i", "index"), k.variable("j", "index")), k.variable("g", "group")
DRAW = k.variable("·", "action")
REALS, POSITIVE, SIZES = ("A", "c", "v", "w"), ("β",), ("G", "T")
NUMBERS = tuple(map(Fraction, (1, 1, 2, -1, 0, "1/2", 10**30)))
POLICIES, SIGNED = (r"\pi", "q"), (*POSITIVE, "w")  # what is a law, and what is declared positive
MOST = 3  # the greatest number of a member that is named


class Pair(NamedTuple):
    """A form, and its value at (model, point, names)."""

    form: Any
    value: Any


class Values:
    """Draws pairs over the constructors of one calculus."""

    def __init__(self, rng, calculus, slopes=True):
        self.rng, self.calculus, self.slopes = rng, calculus, slopes

    # Leaves

    def number(self, x):
        return Pair(k.number(x), lambda _m, _p, _n: Fraction(x))

    def constant(self, name=None):
        name = name or self.rng.choice((*REALS, *REALS, *POSITIVE, *SIZES))
        kind = "size" if name in SIZES else "positive" if name in POSITIVE else "real"
        return Pair(k.atom(name, sign=kind), lambda m, _p, _n: m.constant(name, kind))

    def function(self, var):
        name, kind, theta = self.rng.choice((("f", "real", False), ("w", "positive", False), ("k", "real", True)))
        form = k.atom(name, (var,), "current" if theta else "constant", kind)
        if theta:
            return Pair(form, lambda m, p, n: m.moving(name, (at(n, var),), kind, p))
        return Pair(form, lambda m, _p, n: m.draw(name, (at(n, var),), kind))

    def law(self, var):
        name, where = self.rng.choice(((r"\pi", "current"), (r"\pi", "old"), ("q", "constant")))
        return Pair(k.atom(name, (var, STATE), where, "law"), lambda m, p, n: chances(name, where, m, p, n)[at(n, var)])

    def place(self, term):
        return Pair(k.atom("x", (term,)), lambda m, _p, n: m.draw("x", (at(n, term),), "real"))

    def spot(self, room):
        """An action, a member of a group, or the number of one."""
        var = self.rng.choice(room)
        if var.sort == "group":
            return k.point("member", var, self.index(room))
        return self.index(room) if var.sort == "index" else var

    def index(self, room):
        """One of the indices in a room, or a number."""
        numbers = [k.numeral(self.rng.randint(1, MOST))]
        return self.rng.choice([var for var in room if var.sort == "index"] * 2 or numbers)

    def leaf(self, room):
        var = self.spot(room)
        if k.sort_of(var) == "index":
            return self.place(var)
        return self.rng.choice((self.function, self.function, self.law))(var) if self.rng.random() < 0.5 else (
            self.constant() if self.rng.random() < 0.7 else self.number(self.rng.choice(NUMBERS)))

    # What the constructors mean

    def plus(self, x, y, factor=1):
        return Pair(x.form + y.form.scaled(Fraction(factor)),
            lambda *at: x.value(*at) + y.value(*at) * Fraction(factor))

    def times(self, x, y):
        return Pair(self.calculus.times(x.form, y.form), lambda *at: multiplied(x, y, at))

    def power(self, x, e):
        return Pair(self.calculus.power(x.form, Fraction(e)), lambda *at: power(x.value(*at), e))

    def step(self, x):
        return Pair(self.calculus.step(x.form), lambda *at: Fraction(sign(x.value(*at)) > 0))

    def part(self, x):
        return Pair(self.calculus.positive_part(x.form), lambda *at: x.value(*at) * Fraction(sign(x.value(*at)) > 0))

    def log(self, x):
        return Pair(self.calculus.log(x.form), lambda *at: log(x.value(*at)))

    def total(self, var, sort, span, x):
        def value(m, p, n):
            return sum((x.value(m, p, {**n, key(var): y}) for y in span(m)), start=Fraction(0))

        return Pair(self.calculus.total(var, sort, x.form), value)

    def identified(self, x, old, new):
        return Pair(self.calculus.identify(x.form, {old: new}),
                    lambda m, p, n: x.value(m, p, {**n, key(old): at(n, new)}))

    def at_old(self, x):
        return Pair(self.calculus.at_old(x.form), lambda m, _p, n: x.value(m, OLD, n))

    def slope(self, x):
        def value(m, p, n):
            bit = 1 << p.depth
            return coefficient(x.value(m, p.moved(tuple(u * tiny(bit) for u in at(n, STEPS))), n), bit)

        return Pair(self.calculus.derivative(x.form, STEPS), value)

    # Random pairs

    def upper(self):
        """A range: its end, and what it runs over in a model; at its least it is empty."""
        if self.rng.random() < 0.2:
            most = self.rng.randint(0, MOST)
            return k.Sort("index", k.number(most).poly), lambda _m: range(1, most + 1)
        name, less = self.rng.choice((("G", 0), ("G", 0), ("G", 1), ("T", 0), ("T", 1)))
        end = k.atom(name, sign="size") - k.number(less)
        return k.Sort("index", end.poly), lambda m: range(1, int(m.constant(name, "positive")) - less + 1)

    def over(self, sort):
        """All actions, or a range of indices."""
        return (k.ACTION, lambda m: range(m.actions)) if sort == "action" else self.upper()

    def summed(self, depth, room):
        sort = self.rng.choice(("action", "action", "index"))
        var = self.calculus.fresh(sort)
        return self.total(var, *self.over(sort), self(depth - 1, [*room, var]))

    def expected(self, depth, room):
        """The mean over a group of draws, mostly of a sum over its members."""
        name, where = self.rng.choice(((r"\pi", "current"), (r"\pi", "old"), ("q", "constant")))
        group, index = self.calculus.fresh("group"), self.calculus.fresh("index")
        law, size = k.atom(name, (DRAW, STATE), where, "law"), k.atom("G", sign="size")
        if self.rng.random() < 0.7:
            x = self.total(index, *self.over("index"), self(depth - 1, [*room, group, index]))
        else:
            x = self(depth - 1, [*room, group])

        def value(m, p, n):
            weights = chances(name, where, m, p, n)
            return sum((prod((weights[a] for a in g), start=Fraction(1)) * x.value(m, p, {**n, key(group): g})
                        for g in m.spots("group")), start=Fraction(0))

        return Pair(self.calculus.total(group, k.Sort("group", size.poly, law.poly), x.form), value)

    def pair(self, room):
        """Two variables, or a variable and a number, that are to be one."""
        if all(index in room for index in INDICES) and self.rng.random() < 0.5:
            return self.rng.choice((INDICES, INDICES[::-1], (INDICES[0], k.numeral(1))))
        return self.rng.sample(FREE, 2)

    def room(self):
        """What is free: actions, often indices too, and a group."""
        return self.rng.choice((FREE, FREE, (*FREE, *INDICES), (*FREE, *INDICES, GROUP), (*FREE, GROUP)))

    def __call__(self, depth, room=FREE):
        """A pair of at most this depth; KernelError where a constructor refuses."""
        if depth <= 0:
            return self.leaf(room)

        def sub():
            return self(depth - 1, room)

        options = {lambda: self.leaf(room): 1, lambda: self.plus(sub(), sub(), self.rng.choice((1, 1, -1, 2))): 4,
                   lambda: self.times(sub(), sub()): 3, lambda: self.power(sub(), -1): 2, lambda: self.step(sub()): 2,
                   lambda: self.part(sub()): 3, lambda: self.power(self.power(sub(), 2), Fraction(1, 2)): 1,
                   lambda: self.summed(depth, room): 4, lambda: self.expected(depth, room): 1,
                   lambda: self.log(sub()): 1, lambda: self.identified(sub(), *self.pair(room)): 2}
        if self.slopes:
            options |= {lambda: self.at_old(sub()): 1, lambda: self.slope(sub()): 2}
        chosen = list(options)
        return self.rng.choices(chosen, [options[one] for one in chosen])[0]()


def multiplied(x, y, place):
    """A product; a factor that is 0 for every θ leaves nothing of a kink in the other, which has a value there."""
    found, kinks = [], []
    for factor in (x, y):
        try:
            found.append(factor.value(*place))
        except Undefined as reason:
            if reason.kind != "kink":
                raise
            kinks.append(reason)
    if not kinks:
        return found[0] * found[1]
    if found and isinstance(found[0], Fraction) and found[0] == 0:
        return Fraction(0)
    raise kinks[0]


def chances(name, where, m, p, n):
    """The probabilities of a law in the state."""
    point = {"current": p, "old": OLD, "constant": Point("constant")}[where]
    return m.law(name, (at(n, STATE),), point, m.actions)


def key(var):
    """By what the value of a variable is known."""
    return var.name, var.sort


def at(names, term):
    """What a term names."""
    if isinstance(term, k.Numeral):
        return term.value
    if isinstance(term, k.Variable):
        return names[key(term)]
    members, number = at(names, term.whole), at(names, term.at)
    if number > len(members):
        raise Undefined("member")
    return members[number - 1]


def tiny(bit):
    return Small({(0, bit): Fraction(1)})


def environment(model, rng):
    """Values for the free variables, often the same for two."""
    return {**{key(var): rng.choice(model.spots(var.sort)) for var in (*FREE, STATE, GROUP)},
            **{key(var): rng.randint(1, MOST) for var in INDICES},
            key(STEPS): tuple(map(Fraction, rng.choices((0, 1, -1, 2), k=model.width)))}


def variables(names):
    """The same values by variables."""
    return {k.variable(*key): value for key, value in names.items()}
