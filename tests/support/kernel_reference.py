"""Kernel terms read twice, independently of the kernel: an expression by definition, and a form by its generators.

An expression is a nested tuple; ``Reading.value`` evaluates it on a random finite model, derivatives included, and
``build`` hands it to the constructors of a calculus. ``Reading.form`` evaluates what they return, generator by
generator. The two values agree where the kernel is right.

A derivative is the coefficient of a fresh ε with ε² = 0 in the value at θ + εv, so a repeated or mixed one needs no
rule at all.
"""

import math
from itertools import product
from random import Random

from kernel_jets import Jet, TooClose, coefficient, exp, log, positive, power, standard

from grpo_symbolic import kernel as k

ROUNDING = 2.0 ** -52
SORTS = {"s": "state", "a": "action", "g": "group", "i": "index"}
STATE, DRAW = k.variable("s", "state"), k.variable("·", "action")
DIRECTIONS = {name: k.variable(name, "coordinate") for name in ("v", "w")}


class Point:
    """A value of θ, possibly moved by infinitesimals; ``depth`` counts the ε's in use."""

    def __init__(self, theta, depth=0):
        self.theta, self.depth, self.known = theta, depth, {}

    def along(self, direction):
        """θ + εv, and the bit of the fresh ε."""
        bit = 1 << self.depth
        if direction not in self.known:
            moved = tuple(x + Jet({bit: u}) for x, u in zip(self.theta, direction, strict=True))
            self.known[direction] = Point(moved, self.depth + 1)
        return self.known[direction], bit

    def derivative(self, directions, function):
        """The iterated derivative of a function of a point."""
        if not directions:
            return function(self)
        moved, bit = self.along(directions[0])
        return coefficient(moved.derivative(directions[1:], function), bit)

    def frozen(self):
        """The same θ, not moving."""
        return self if not self.depth else Point(tuple(map(standard, self.theta)))


class Reading:
    """A finite model, and the values of expressions and forms on it."""

    def __init__(self, seed, actions=3, group=2, tokens=2, coordinates=2, states=2):
        self.seed, self.table = seed, {}
        self.sizes = {"action": actions, "state": states}
        self.names = {"G": group, "T": tokens, "#action": actions, "#state": states, "#coordinate": coordinates}
        rng = Random(seed)
        self.old = Point(tuple(rng.uniform(-1, 1) for _ in range(coordinates)))
        self.here = Point(tuple(rng.uniform(-1, 1) for _ in range(coordinates)))
        self.basis = [tuple(float(i == j) for j in range(coordinates)) for i in range(coordinates)]
        self.directions = {name: tuple(rng.uniform(-2, 2) for _ in range(coordinates)) for name in DIRECTIONS}

    # The model: every name has a value, made up once and for all

    def number(self, *key):
        """A number between −1 and 1 that belongs to a key."""
        if key not in self.table:
            self.table[key] = Random(repr((self.seed, key))).uniform(-1, 1)
        return self.table[key]

    def curve(self, point, *key):
        """A quadratic function of θ."""
        result, width = self.number(key), len(point.theta)
        for i, x in enumerate(point.theta):
            result = result + x * self.number(key, i)
            for j in range(i, width):
                result = result + x * point.theta[j] * self.number(key, i, j)
        return result

    def law(self, name, context, kind, point):
        """All probabilities of a law: a softmax of quadratic logits."""
        key = (name, context, kind)
        if key not in point.known:
            weights = [exp(self.curve(point, name, context, x)) for x in range(self.sizes[kind])]
            scale = power(sum(weights), -1)
            point.known[key] = [w * scale for w in weights]
        return point.known[key]

    def function(self, name, args, kind, point):
        """The value of a named function: constant in θ where there is no point."""
        if name in self.names and not args:
            return float(self.names[name])
        x = 2 * self.number(name, args) if point is None else self.curve(point, name, args)
        return exp(x) if kind == "positive" else x

    def length(self, sequence):
        """The number of tokens of a sequence: 1 or 2."""
        return 1 + (self.number("length", sequence) > 0)

    def token(self, sequence, position):
        """The token of a sequence at a position, one of the actions."""
        return int((self.number("token", sequence, position) + 1) / 2 * self.sizes["action"])

    def groups(self):
        return product(range(self.sizes["action"]), repeat=self.names["G"])

    # Expressions, by definition

    def term(self, term, env):
        """The action, index or state that a term of an expression names."""
        if isinstance(term, str):
            return env[term]
        kind, first, second = term
        return env[first][env[second] - 1] if kind == "at" else self.token(self.term(first, env), env[second])

    def span(self, sort, env):
        """The values that a bound variable takes."""
        if sort == "action":
            return range(self.sizes["action"])
        upper = self.names[{"index": "G", "token": "T"}[sort]] if isinstance(sort, str) else self.length(
            self.term(sort[1], env))
        return range(1, upper + 1)

    def value(self, expression, env, point=None):
        """The value of an expression, by definition."""
        point = point or self.here
        tag, *parts = expression

        def at(part, where=point, **more):
            return self.value(part, {**env, **more} if more else env, where)

        match tag:
            case "num":
                return float(parts[0])
            case "const":
                return self.function(parts[0], (), parts[1], None)
            case "fun":
                name, args, kind, theta = parts
                return self.function(name, tuple(self.term(x, env) for x in args), kind, point if theta else None)
            case "prob":
                return self.probability(*parts, env, point)
            case "same":
                return float(self.term(parts[0], env) == self.term(parts[1], env))
            case "add":
                return at(parts[0]) + at(parts[1])
            case "mul":
                return at(parts[0]) * at(parts[1])
            case "div":
                return at(parts[0]) * power(at(parts[1]), -1)
            case "pow":
                return power(at(parts[0]), parts[1])
            case "spow":
                return exp(at(parts[1]) * log(at(parts[0])))
            case "log" | "exp" | "ind":
                return {"log": log, "exp": exp, "ind": positive}[tag](at(parts[0]))
            case "max" | "min":
                left, right = at(parts[0]), at(parts[1])
                above = positive(left + -1 * right)
                return left * above + right * (1 - above) if tag == "max" else right * above + left * (1 - above)
            case "sum":
                var, sort, body = parts
                return sum(at(body, **{var: x}) for x in self.span(sort, env))
            case "without":
                var, other, body = parts
                return sum(at(body, **{var: x}) for x in self.span("index", env) if x != env[other])
            case "E":
                var, policy, where, state, body = parts
                return sum(self.probability(policy, where, var, state, {**env, var: x}, point) * at(body, **{var: x})
                           for x in self.span("action", env))
            case "visit":
                var, where, body = parts
                law = self.law("d", (), "state", self.old if where == "old" else point)
                return sum(law[x] * at(body, **{var: x}) for x in range(self.sizes["state"]))
            case "group":
                var, policy, where, state, body = parts
                draws = [self.probability(policy, where, var, state, {**env, var: x}, point)
                         for x in self.span("action", env)]
                return sum(math.prod((draws[x] for x in g), start=1.0) * at(body, **{var: g}) for g in self.groups())
            case "D":
                return point.derivative((self.directions[parts[0]],), lambda p: at(parts[1], p))
            case "dot":
                return sum(math.prod((point.derivative((u,), lambda p, f=f: at(f, p)) for f in parts), start=1.0)
                           for u in self.basis)
            case "old" | "sg":
                return at(parts[0], self.old if tag == "old" else point.frozen())
        raise AssertionError(tag)

    def probability(self, policy, where, action, state, env, point):
        """π(action|state)."""
        point = {"current": point, "old": self.old, "constant": None}[where]
        return self.law(policy, env[state], "action", point or self.old)[self.term(action, env)]

    # Forms, by the definition of each generator

    def form(self, form, env):
        """The value of a form, and the sum of the sizes of its terms."""
        terms = [self.monomial(m, env, self.here) * float(c) for m, c in form.poly]
        return sum(terms), sum(abs(standard(x)) for x in terms)

    def poly(self, poly, env, point):
        """The value of a polynomial inside a generator; TooClose where its terms cancel to little but rounding."""
        terms = [self.monomial(m, env, point) * float(c) for m, c in poly]
        value = sum(terms)
        rounding = ROUNDING * sum(abs(standard(x)) for x in terms)
        if rounding > max(1e-13, 1e-11 * abs(standard(value))):
            raise TooClose(f"{value} up to {rounding}")
        return value

    def monomial(self, m, env, point):
        result = 1.0
        for gen, e in m:
            if isinstance(gen, k.Exp):
                result = result * exp(self.poly(gen.of, env, point) * float(e))
                continue
            x = self.generator(gen, env, point)
            result = result * (x if e == 1 else power(x, e))
        return result

    def generator(self, gen, env, point):
        match gen:
            case k.Leaf():
                return self.leaf(gen, env, point)
            case k.Power():
                return self.poly(gen.of, env, point)
            case k.Log() | k.Exp() | k.Indicator():
                return {k.Log: log, k.Exp: exp, k.Indicator: positive}[type(gen)](self.poly(gen.of, env, point))
            case k.Sum():
                names = [k.variable(f"#{nesting(gen)}.{j}", sort.kind) for j, sort in enumerate(gen.sorts)]
                return self.summed(dict(zip(names, gen.sorts, strict=True)), gen.body, env, point)
        raise AssertionError(gen)

    def summed(self, binders, m, env, point):
        """An explicit sum, a variable at a time, one whose range is settled first."""
        if not binders:
            return self.monomial(m, env, point)
        var = next(v for v, sort in binders.items() if not any(inside(sort, w) for w in binders))
        sort = binders[var]
        rest = {v: other for v, other in binders.items() if v != var}
        if sort.kind == "group":
            law, = k.leaves(sort.law)
            assert self.poly(sort.size, env, point) == self.names["G"]
            draws = [self.leaf(law, {**env, law.args[0]: x}, point) for x in range(self.sizes["action"])]
            return sum(math.prod((draws[x] for x in g), start=1.0) * self.summed(rest, m, {**env, var: g}, point)
                       for g in self.groups())
        if sort.kind in ("index", "token"):
            span = range(1, round(standard(self.poly(sort.size, env, point))) + 1)
        else:
            span = self.basis if sort.kind == "coordinate" else range(self.sizes[sort.kind])
        return sum(self.summed(rest, m, {**env, var: x}, point) for x in span)

    def differentiated(self, directions, gen, env, point):
        return point.derivative(tuple(env[v] for v in directions), lambda p: self.generator(gen, env, p))

    def leaf(self, gen, env, point):
        _, name, args, dirs, where, kind = gen
        kind = "positive" if kind == "size" else kind
        point = {"current": point, "stop": point.frozen(), "old": self.old, "constant": None}[where]
        if name == "#D":
            return self.differentiated(dirs, args[0], env, point)
        if name == "#length":
            return float(self.length(self.point_of(args[0], env)))
        values = tuple(self.point_of(x, env) for x in args)
        if name == k.SAME:
            return float(values[0] == values[1])
        vectors = tuple(env[v] for v in dirs)
        if kind == "law":
            sort, name = ("action", name) if len(args) > 1 else ("state", "d")
            context = values[1] if sort == "action" else ()
            return (point or self.old).derivative(vectors, lambda p: self.law(name, context, sort, p)[values[0]])
        if name.startswith("u_"):
            return sum(x * y for x, y in zip(self.directions[name[2:]], values[0], strict=True))
        if point is None:
            return self.function(name, values, kind, None)
        return point.derivative(vectors, lambda p: self.function(name, values, kind, p))

    def point_of(self, term, env):
        """What a term of the kernel names."""
        if isinstance(term, k.Variable):
            return env[term]
        if isinstance(term, k.Numeral):
            return term.value
        first, second = self.point_of(term.whole, env), self.point_of(term.at, env)
        return first[second - 1] if term.tag == "member" else self.token(first, second)


def inside(thing, part):
    return thing == part or isinstance(thing, tuple) and any(inside(x, part) for x in thing)


def nesting(thing):
    """How many binders lie one inside another."""
    if not isinstance(thing, tuple):
        return 0
    return isinstance(thing, k.Sum) + max(map(nesting, thing), default=0)


# From an expression to the constructors of a calculus


class Build:
    """Hands expressions to a calculus; ``env`` maps the variables of an expression to terms of the kernel."""

    def __init__(self, calculus):
        self.calculus = calculus
        self.size = k.atom("G", sign="size").poly

    def term(self, term, env):
        if isinstance(term, str):
            return env[term]
        return k.point("member" if term[0] == "at" else "token", self.term(term[1], env), env[term[2]])

    def sort(self, sort, env):
        if sort == "action":
            return k.ACTION
        if sort == "index":
            return k.Sort("index", self.size)
        length = ("T",) if sort == "token" else ("#length", (self.term(sort[1], env),))
        upper = k.atom(*length, sign="size")
        return k.Sort("token", upper.poly)

    def law(self, policy, where, action, state, env):
        return k.atom(policy, (action, env[state]), where, "law")

    def __call__(self, expression, env):
        """The form of an expression."""
        c = self.calculus
        tag, *parts = expression

        def at(part, **more):
            return self(part, {**env, **more})

        match tag:
            case "num":
                return k.number(parts[0])
            case "const":
                return k.atom(parts[0], sign="size" if parts[0] in ("G", "T") else parts[1])
            case "fun":
                name, args, kind, theta = parts
                terms = tuple(self.term(x, env) for x in args)
                return k.atom(name, terms, "current" if theta else "constant", kind)
            case "same":
                return k.same(*(self.term(x, env) for x in parts))
            case "prob":
                policy, where, action, state = parts
                return self.law(policy, where, self.term(action, env), state, env)
            case "add":
                return at(parts[0]) + at(parts[1])
            case "mul":
                return c.times(at(parts[0]), at(parts[1]))
            case "div":
                return c.times(at(parts[0]), c.power(at(parts[1]), -1))
            case "pow":
                return c.power(at(parts[0]), parts[1])
            case "spow":
                return c.exp(c.times(at(parts[1]), c.log(at(parts[0]))))
            case "log" | "exp" | "ind":
                return {"log": c.log, "exp": c.exp, "ind": c.step}[tag](at(parts[0]))
            case "max":
                return at(parts[1]) + c.positive_part(at(parts[0]) - at(parts[1]))
            case "min":
                return at(parts[0]) - c.positive_part(at(parts[0]) - at(parts[1]))
            case "sum":
                var, sort, body = parts
                fresh = c.fresh(sort if isinstance(sort, str) else "token")
                return c.total(fresh, self.sort(sort, env), at(body, **{var: fresh}))
            case "without":
                var, other, body = parts
                fresh = c.fresh("index")
                everything = at(body, **{var: fresh})
                return c.total(fresh, self.sort("index", env), everything) - c.identify(everything, {fresh: env[other]})
            case "E":
                var, policy, where, state, body = parts
                fresh = c.fresh("action")
                weight = self.law(policy, where, fresh, state, env)
                return c.total(fresh, k.ACTION, c.times(weight, at(body, **{var: fresh})))
            case "visit":
                var, where, body = parts
                fresh = c.fresh("state")
                weight = k.atom("d", (fresh,), where, "law")
                return c.total(fresh, k.STATE, c.times(weight, at(body, **{var: fresh})))
            case "group":
                var, policy, where, state, body = parts
                fresh = c.fresh("group")
                draw = self.law(policy, where, DRAW, state, env)
                return c.total(fresh, k.Sort("group", self.size, draw.poly), at(body, **{var: fresh}))
            case "D":
                return c.derivative(at(parts[1]), DIRECTIONS[parts[0]])
            case "dot":
                u = c.fresh("coordinate")
                return c.total(u, k.COORDINATE, c.times(*(c.derivative(at(f), u) for f in parts)))
            case "old":
                return c.at_old(at(parts[0]))
            case "sg":
                return c.stopped(at(parts[0]))
        raise AssertionError(tag)
