"""Rewritings of the expressions of ``kernel_reference`` that keep their value, and edits that need not."""

from fractions import Fraction
from itertools import count

from kernel_terms import is_expression

MINUS = ("num", Fraction(-1))
SUMS = {"sum": 2, "E": 4, "visit": 2, "group": 4}


def mentions(thing, name):
    return thing == name or isinstance(thing, tuple) and any(mentions(part, name) for part in thing)


def replaced(thing, old, new):
    """A tuple with one part, or one name, put in the place of another."""
    if thing == old:
        return new
    return tuple(replaced(part, old, new) for part in thing) if isinstance(thing, tuple) else thing


def is_monomial(e):
    """Whether an expression is built from positive factors alone, without a sum of unlike terms."""
    if e[0] in ("const", "fun"):
        return "positive" in e
    if e[0] == "num":
        return e[1] > 0
    if e[0] in ("mul", "div"):
        return is_monomial(e[1]) and is_monomial(e[2])
    return e[0] in ("prob", "exp") or e[0] == "pow" and is_monomial(e[1])


class Rewriter:
    """Rewrites an expression at random places; every rule is an identity of real numbers."""

    def __init__(self, rng):
        self.rng = rng
        self.names = (f"y{j}" for j in count())

    def __call__(self, e):
        e = tuple(self(part) if is_expression(part) else part for part in e)
        found = [other for other in self.rules(e) if other is not None]
        return self.rng.choice(found) if found and self.rng.random() < 0.6 else e

    def renamed(self, e):
        """A sum under a new bound name."""
        new = next(self.names)
        return (e[0], new, *e[2:-1], replaced(e[-1], e[1], new))

    def rules(self, e):
        tag, *parts = e
        yield from getattr(self, "on_" + tag, lambda *_: ())(*parts)
        if tag in SUMS:
            yield from self.on_any_sum(e)

    def on_add(self, x, y):
        yield ("add", y, x)
        if x[0] == "add":
            yield ("add", x[1], ("add", x[2], y))
        yield ("add", ("add", y, ("num", Fraction(0))), x)

    def on_mul(self, x, y):
        yield ("mul", y, x)
        yield ("mul", ("mul", x, ("num", Fraction(1))), y)
        if x[0] == "mul":
            yield ("mul", x[1], ("mul", x[2], y))
        for left, right in ((x, y), (y, x)):
            if left[0] == "add":
                yield ("add", ("mul", left[1], right), ("mul", left[2], right))
            if left[0] in SUMS:
                left = self.renamed(left)
                yield (*left[:-1], ("mul", left[-1], right))

    def on_div(self, x, y):
        yield ("mul", x, ("pow", y, -1))
        if is_monomial(y) and y[0] == "mul":
            yield ("div", ("div", x, y[1]), y[2])

    def on_pow(self, x, e):
        if e == 2:
            yield ("mul", x, self(x))
        if e == 3:
            yield ("mul", ("pow", x, 2), self(x))
        if x[0] == "mul" and (e in (2, 3) or is_monomial(x)):
            yield ("mul", ("pow", x[1], e), ("pow", x[2], e))

    def on_any_sum(self, e):
        *head, body = self.renamed(e)
        yield (*head, body)
        if body[0] == "add":
            yield ("add", (*head, body[1]), (*head, body[2]))
        if body[0] == "mul" and not mentions(body[1], head[1]):
            yield ("mul", body[1], (*head, body[2]))
        if body[0] in SUMS and not mentions(body[2:-1], head[1]) and head[0] != "group" != body[0]:
            yield (*body[:-1], (*head, body[-1]))
        if head[0] != "sum" and not mentions(body, head[1]):
            yield body

    def on_E(self, var, policy, where, state, body):
        yield ("sum", var, "action", ("mul", ("prob", policy, where, var, state), body))

    def on_group(self, var, policy, where, state, body):
        if body[0] == "sum" and body[2] == "index":
            action = next(self.names)
            drawn = replaced(body[3], ("at", var, body[1]), action)
            if mentions(drawn, ("len", action)):
                return  # the tokens of a member keep the group together
            if not mentions(drawn, var) and not mentions(drawn, body[1]):
                yield ("mul", ("const", "G", "positive"), ("E", action, policy, where, state, drawn))

    def on_log(self, x):
        if x[0] in ("mul", "div") and is_monomial(x):
            yield ("add", ("log", x[1]), ("mul", ("num", Fraction(1 if x[0] == "mul" else -1)), ("log", x[2])))
        if x[0] == "pow" and is_monomial(x):
            yield ("mul", ("num", Fraction(x[2])), ("log", x[1]))
        if x[0] == "exp":
            yield x[1]

    def on_exp(self, x):
        if x[0] == "add":
            yield ("mul", ("exp", x[1]), ("exp", x[2]))

    def on_max(self, x, y):
        yield ("max", y, x)

    def on_min(self, x, y):
        yield ("min", y, x)
        yield ("add", x, ("add", y, ("mul", MINUS, ("max", x, y))))

    def on_ind(self, x):
        if x[0] == "mul" and is_monomial(x[1]):
            yield ("ind", x[2])

    def on_D(self, v, x):
        if x[0] == "add":
            yield ("add", ("D", v, x[1]), ("D", v, x[2]))
        if x[0] == "mul":
            yield ("add", ("mul", ("D", v, x[1]), x[2]), ("mul", x[1], ("D", v, x[2])))
        if x[0] == "log" and is_monomial(x[1]):
            yield ("div", ("D", v, x[1]), x[1])
        if x[0] == "exp":
            yield ("mul", x, ("D", v, x[1]))
        if x[0] == "D":
            yield ("D", x[1], ("D", v, x[2]))
        if x[0] == "sum":
            yield (*x[:-1], ("D", v, x[-1]))
        if x[0] in ("old", "sg"):
            yield ("num", Fraction(0))

    def on_dot(self, x, y):
        yield ("dot", y, x)
        if y[0] == "add":
            yield ("add", ("dot", x, y[1]), ("dot", x, y[2]))

    def on_old(self, x):
        if x[0] in ("add", "mul"):
            yield (x[0], ("old", x[1]), ("old", x[2]))
        if x[0] == "prob" and x[1] == "π":
            yield ("prob", "π", "old", *x[3:])
        if x[0] == "sg":
            yield ("old", x[1])
        yield ("old", ("old", x))

    def on_sg(self, x):
        if x[0] in ("add", "mul"):
            yield (x[0], ("sg", x[1]), ("sg", x[2]))
        yield ("sg", ("sg", x))


def edits(e):
    """Expressions one careless change away: a sign, a factor, a law, a point, a bound."""
    match e:
        case ("num", q):
            yield ("num", q + 1)
        case ("prob", "π", where, action, state):
            yield ("prob", "π", {"current": "old", "old": "current"}[where], action, state)
            yield ("prob", "q", "constant", action, state)
        case ("add", x, y):
            yield ("add", x, ("mul", MINUS, y))
            yield x
        case ("mul", x, _):
            yield x
        case ("div", x, y):
            yield ("mul", x, y)
        case ("pow", x, n):
            yield ("pow", x, n + 1)
        case ("max" | "min" as tag, x, y):
            yield ("min" if tag == "max" else "max", x, y)
        case ("E", var, policy, where, state, body):
            yield ("E", var, *(("q", "constant") if policy == "π" else ("π", "current")), state, body)
            yield ("sum", var, "action", body)
        case ("D", v, x):
            yield ("D", "w" if v == "v" else "v", x)
        case ("old" | "sg", x):
            yield x
    for position, part in enumerate(e):
        if position and is_expression(part):
            for other in edits(part):
                yield (*e[:position], other, *e[position + 1:])
