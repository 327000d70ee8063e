"""Random claims that are true or nearly so: two writings of one thing, and in many of them one thing bent.

``Writer`` builds both sides at once. At each place it writes the left side in one way and the right side in another
that is equal wherever both are defined; a bend is a way that is not.
"""

from itertools import count

from sympy import Rational

from grpo_symbolic.language import (
    GROUP_SIZE,
    KL,
    Abs,
    AtOld,
    Claim,
    Clip,
    Const,
    E,
    Entropy,
    Exp,
    Head,
    Indicator,
    LanguageError,
    Length,
    Log,
    Max,
    Min,
    Num,
    Policy,
    Power,
    Relation,
    Root,
    Sample,
    Step,
    StopGradient,
    TokenOf,
    Var,
    grad,
    group_mean,
    group_spread,
    node,
    remainder,
    taylor,
    total,
)

PI, OLD, REF = Policy(r"\pi"), Policy(r"\pi", "old"), Policy("q", "constant")
POLICIES = (PI, OLD, REF)
STATE = Var("s", "state")
G, T, EPS, BETA = GROUP_SIZE, Const("T", "positive"), Const(r"\varepsilon", "positive"), Const("β", "positive")
REALS = tuple(map(Const, ("A", "c", "v", "w")))
U = Head("u", shape="vector")()
F, H, W, THETA = Head("f(#1)"), Head("h(#1, #2)"), Head("w(#1)", sign="positive"), Head("k(#1)", theta=True)
PLACE, LENGTHY = Head("x_{#1}"), Head("y_{#1}", sign="positive")
STATISTIC = Head(r"\tilde{A}_{#1}")
ROOM = {Var("a", "action"): None, Var("b", "action"): None}
HALF = node(Rational(1, 2))
FLIPPED = {">": "<", "<": ">", "≥": "≤", "≤": "≥", "=": "="}
DENIED = {">": "≤", "<": "≥", "≥": "<", "≤": ">"}
BLUNTED = {">": "≥", "<": "≤", "≥": ">", "≤": "<", "=": "≥"}


def ind(op, x, y):
    return Indicator(op, x, y)


def along(x):
    """The derivative of a scalar along a fixed vector."""
    return grad(x).T * U


class Writer:
    """Draws pairs of sides; ``bends`` is how many places may still be bent, ``assumed`` what they take as given."""

    def __init__(self, rng, bends=0):
        self.rng, self.bends, self.assumed = rng, bends, []
        self.names = (f"z{n}" for n in count())

    # Choices

    def choose(self, options):
        """One of the functions that stand against their weights, called."""
        found = list(options)
        return self.rng.choices(found, [options[one] for one in found])[0]()

    def ways(self, left, right, wrong=()):
        """The left side with one of the writings of the right one, or with a bent one."""
        if self.bends and wrong and self.rng.random() < 0.45:
            self.bends -= 1
            return left, self.rng.choice(wrong)()
        return left, self.rng.choice(right)()

    def variables(self, room, sort):
        return [var for var in room if var.sort == sort]

    def action(self, room):
        """An action: a variable, a member of a group, sometimes one with a number, or a token."""
        found = self.variables(room, "action") * 2
        for group in self.variables(room, "group"):
            found += [Sample(group, i) for i in self.variables(room, "index")] * 2
            found += [Sample(group, Num(n)) for n in (1, 1, 2, 3)][: 4 if self.rng.random() < 0.5 else 1]
        found += [TokenOf(x, t) for t in self.variables(room, "token") for x in self.variables(room, "action")]
        return self.rng.choice(found)

    def fresh(self, sort):
        return Var(next(self.names), sort)

    # Leaves

    def ratio(self, room):
        a = self.action(room)
        return PI(a, STATE) / OLD(a, STATE)

    def leaf(self, room, positive=False):
        """A value written in one way."""
        a = self.action(room)
        options = {lambda: self.rng.choice(POLICIES)(a, STATE): 3, lambda: self.ratio(room): 2, lambda: W(a): 1,
                   lambda: self.rng.choice((BETA, EPS, G)): 2, lambda: node(self.rng.choice((1, 1, 2, 3))): 2}
        if not positive:
            options |= {lambda: F(a): 4, lambda: self.rng.choice(REALS): 5, lambda: THETA(a): 1,
                        lambda: H(a, self.action(room)): 1, lambda: node(0): 1}
            if self.variables(room, "index"):
                options[lambda: PLACE(self.variables(room, "index")[-1])] = 3
                if self.variables(room, "group"):
                    options[lambda: STATISTIC(self.variables(room, "index")[-1], self.variables(room, "group")[-1])] = 2
        return self.choose(options)

    def leaves(self, room):
        x = self.leaf(room)
        return self.ways(x, [lambda: x], [lambda: -x, lambda: self.leaf(room), lambda: x + 1, lambda: 2 * x])

    # Two writings

    def __call__(self, depth, room, slopes=1):
        """Two writings of one value, of at most this depth and with derivatives of at most this order."""
        if depth <= 0:
            return self.leaves(room)
        options = {self.leaves: 1, self.arithmetic: 4, self.quotients: 2, self.comparisons: 6, self.indicators: 5,
                   self.sums: 4, self.ranges: 3, self.functions: 2, self.expectations: 3, self.groups: 3}
        if slopes:
            options |= {self.slopes: 4, self.evaluations: 2, self.stops: 1}
        method = self.rng.choices(list(options), list(options.values()))[0]
        if method == self.leaves:
            return self.leaves(room)
        self.depth, self.order = depth, slopes
        return method(depth - 1, room, slopes)

    def arithmetic(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes), self(depth, room, slopes)
        z = self.leaf(room)
        return self.choose({
            lambda: self.ways(x + y, [lambda: q + p, lambda: q - (-p), lambda: 2 * p + q - p], [lambda: p,
                lambda: q - p]): 2,
            lambda: self.ways(x * y, [lambda: q * p, lambda: (-p) * (-q)], [lambda: p, lambda: p * p,
                lambda: -p * q]): 2,
            lambda: self.ways(x * (y + z), [lambda: p * q + z * p], [lambda: p * q + z, lambda: p * q - z * p]): 1,
            lambda: self.ways((x - y) ** 2, [lambda: p**2 - 2 * p * q + q**2, lambda: (q - p) ** 2],
                              [lambda: p**2 - p * q + q**2, lambda: p**2 + q**2]): 1})

    def quotients(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes), (self.leaf(room),) * 2
        z = self.rng.choice(REALS)
        return self.choose({
            lambda: self.ways(x / y, [lambda: p * (1 / q), lambda: p * z / (q * z), lambda: p * q / q**2],
                              [lambda: p * q, lambda: p / q**2, lambda: p]): 2,
            lambda: self.ways(x, [lambda: p * z / z, lambda: (p * q) / q], [lambda: p / q, lambda: p * z]): 1,
            lambda: self.ways((x - z) / y + z / y, [lambda: p / q], [lambda: p / q - z, lambda: (p - z) / q]): 1,
            lambda: self.ways(1 / (1 / y + z), [lambda: q / (1 + z * q)], [lambda: q / (1 + z), lambda: q + 1 / z]): 1})

    def comparisons(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes), self(max(depth - 1, 0), room, slopes)
        v = self.rng.choice(REALS)
        low, high = 1 - EPS, 1 + EPS
        rho, A = self.ratio(room), self.leaf(room)
        return self.choose({
            lambda: self.ways(Max(x, y), [lambda: Max(q, p), lambda: -Min(-p, -q), lambda: (p + q + Abs(p - q)) / 2,
                                          lambda: p * ind("≥", p, q) + q * ind("<", p, q),
                                              lambda: q + Max(p - q, node(0))],
                              [lambda: p, lambda: q, lambda: Min(p, q), lambda: p * ind(">", p, q) + q * ind("<", p, q),
                               lambda: q + Max(p, node(0)), lambda: (p + q + Abs(p + q)) / 2]): 3,
            lambda: self.ways(Min(x, y), [lambda: Min(q, p), lambda: p + q - Max(p, q),
                lambda: p - Max(p - q, node(0))],
                              [lambda: p, lambda: q, lambda: p - Max(q - p, node(0))]): 2,
            lambda: self.ways(Min(x, v * (y - x)), [lambda: Min(v * (q - p), p)], [lambda: p, lambda: v * (q - p)]): 2,
            lambda: self.ways(Abs(x), [lambda: Max(p, -p), lambda: p * (ind(">", p, node(0)) - ind("<", p, node(0))),
                                       lambda: Root(p**2), lambda: Abs(-p)],
                              [lambda: p, lambda: -p, lambda: p * ind(">", p, node(0)), lambda: Abs(q)]): 3,
            lambda: self.ways(Abs(x) * Abs(y), [lambda: Abs(p * q)], [lambda: p * Abs(q), lambda: Abs(p + q)]): 1,
            lambda: self.ways(Abs(x - y), [lambda: Max(p, q) - Min(p, q), lambda: Abs(q - p)],
                              [lambda: p - q, lambda: Abs(p) - Abs(q)]): 1,
            lambda: self.ways(Clip(x, low, high), [lambda: Max(low, Min(p, high)), lambda: Min(Max(p, low), high),
                                                   lambda: p + Max(low - p, node(0)) - Max(p - high, node(0))],
                              [lambda: p, lambda: low, lambda: Max(low, Min(p, low)),
                                  lambda: Clip(p, low, node(1))]): 2,
            lambda: self.ways(Clip(x, y, v), [lambda: Min(Max(p, q), v)], [lambda: Max(q, Min(p, v)), lambda: p]): 1,
            lambda: self.ways(Min(rho * A, Clip(rho, low, high) * A),
                              [lambda: ind(">", A, node(0)) * Min(rho, high) * A + ind("≤", A, node(0)) * Max(rho,
                                  low) * A,
                               lambda: Min(Clip(rho, low, high) * A, A * rho)],
                              [lambda: rho * A, lambda: Min(rho, high) * A, lambda: Clip(rho, low, high) * A]): 1,
            lambda: self.resolved(x, y, p, q): 3})

    def resolved(self, x, y, p, q):
        """A comparison that an assumption settles."""
        op = self.rng.choice((">", "≥", "=", "≥"))
        self.assumed.append(Relation(op, p, q))
        return self.choose({
            lambda: self.ways(Max(x, y), [lambda: p], [lambda: q, lambda: p + q]): 2,
            lambda: self.ways(Min(x, y), [lambda: q], [lambda: p]): 1,
            lambda: self.ways(Abs(x - y), [lambda: p - q], [lambda: q - p, lambda: p]): 2,
            lambda: self.ways(ind(op, x, y), [lambda: node(1)], [lambda: node(0), lambda: ind(">", p, q + 1)]): 1,
            lambda: self.ways(ind("≥", x, y), [lambda: node(1)], [lambda: ind(">", p, q)]): 1})

    def indicators(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes), self(max(depth - 1, 0), room, slopes)
        op, zero = self.rng.choice((">", "≥", "<", "≤")), node(0)
        (z, r), beta, v, u = self.leaves(room), BETA, self.rng.choice(REALS), self.rng.choice(REALS)
        return self.choose({
            lambda: self.ways(ind(op, x, y), [
                lambda: ind(FLIPPED[op], q, p), lambda: 1 - ind(DENIED[op], p, q), lambda: ind(op, p - q, zero),
                lambda: ind(op, p * beta, q * beta), lambda: ind(op, p / beta, q / beta), lambda: ind(op, -q, -p),
                lambda: ind(op, p, q) ** 2],
                [lambda: ind(BLUNTED[op], p, q), lambda: ind(op, q, p), lambda: node(1), lambda: zero,
                 lambda: ind(op, p * v, q * v), lambda: ind(op, p / v, q / v), lambda: 1 - ind(FLIPPED[op], p, q)]): 3,
            lambda: self.ways(ind("=", x, y) * z, [lambda: r - r * ind(">", p, q) - r * ind("<", p, q)],
                              [lambda: r - r * ind(">", p, q), lambda: zero, lambda: r]): 1,
            lambda: self.ways(ind("=", x, y) * (x - y), [lambda: zero], [lambda: p - q]): 1,
            lambda: self.ways(ind(">", x, y) * ind(">", y, x), [lambda: zero], [lambda: ind("≥", p, q)]): 1,
            lambda: self.ways(ind("≥", x, y) * ind("≥", y, x), [lambda: ind("=", p, q)], [lambda: zero]): 2,
            lambda: self.ways(ind(">", x, y) * Max(x, y), [lambda: p * ind(">", p, q)],
                              [lambda: p, lambda: q * ind(">", p, q)]): 2,
            lambda: self.ways(ind(">", x, zero) * ind(">", y, x), [lambda: ind("<", p, q) * ind("<", zero, p)],
                              [lambda: ind("<", p, q), lambda: zero, lambda: ind(">", q, zero)]): 1,
            lambda: self.ways(ind("=", x * v, y), [lambda: ind("=", q, p * v)],
                              [lambda: zero, lambda: ind("=", p, q / v), lambda: ind("=", v, zero)]): 1,
            lambda: self.ways(ind("=", u * v, zero) * ind(">", u * x, v), [
                lambda: ind("<", v, u * p) * ind("=", v * u, zero)],
                [lambda: zero, lambda: ind(">", p, zero), lambda: ind("=", u, zero)]): 2,
            lambda: self.ways(ind("≥", x**2, zero), [lambda: node(1)], [lambda: ind(">", p**2, zero)]): 1})

    # Sums

    def body(self, depth, room, slopes, sort, var=None):
        var = var or self.fresh(sort)
        return var, *self(max(depth - 1, 0), {**room, var: None}, slopes)

    def renamed(self, var, body, put):
        from grpo_symbolic.language import substitute

        return substitute(body, {var: put})

    def sums(self, depth, room, slopes):
        var, x, p = self.body(depth, room, slopes, "action")
        _, y, q = self.body(depth, room, slopes, "action", var)
        other, z = self.fresh("action"), self.leaf(room)
        return self.choose({
            lambda: self.ways(total(var, x), [lambda: total(other, self.renamed(var, p, other)), lambda: total(var, p)],
                              [lambda: p if var not in p.free else total(var, -p), lambda: total(var, p) + 1]): 2,
            lambda: self.ways(total(var, x + z), [lambda: total(var, p) + total(other, z)],
                              [lambda: total(var, p) + z]): 1,
            lambda: self.ways(total(var, x) * total(var, y), [
                lambda: total(var, p * total(other, self.renamed(var, q, other)))], [lambda: total(var, p * q)]): 2,
            lambda: self.ways(total(var, x * z), [lambda: z * total(var, p)], [lambda: total(var, p)]): 1,
            lambda: self.ways(total(var, PI(var, STATE) * z), [lambda: z], [lambda: total(var, z)]): 1,
            lambda: self.ways(total(var, Max(x, node(0))), [lambda: (total(var, p) + total(var, Abs(p))) / 2],
                              [lambda: Max(total(var, p), node(0)), lambda: total(var, p)]): 1,
            lambda: self.everyone(room, var, x): 2})

    def everyone(self, room, var, x):
        """A comparison under a sum that an assumption settles for every action, or for one of them only."""
        f = self.rng.choice((F, W, THETA))(var)
        op = self.rng.choice((">", "≥"))
        who = self.fresh("action")
        if self.bends and self.rng.random() < 0.5:
            self.bends -= 1
            who = self.rng.choice(self.variables(room, "action"))
        self.assumed.append(Relation(op, self.renamed(var, f, who), node(0)))
        here = F(who) * 0 if who in room else node(0)
        return self.ways(total(var, Max(f, node(0)) * x) + here, [lambda: total(var, f * x)],
                         [lambda: node(0), lambda: total(var, x)])

    def upper(self, room):
        """The end of a range, and the values of G for which it is its size: none, some or all."""
        return self.choose({lambda: G - 1: 4, lambda: G - 2: 4, lambda: node(2): 2, lambda: node(3): 2, lambda: T: 2,
                            lambda: T - 1: 2, lambda: Length(self.action(room)): 2, lambda: G: 3, lambda: G + 1: 1,
                            lambda: Length(self.action(room)) - 1: 1})

    def ranges(self, depth, room, slopes):
        var, x, p = self.body(depth, room, slopes, "index")
        end, other, z = self.upper(room), self.fresh("index"), self.leaf(room)
        i = self.rng.choice(self.variables(room, "index") or [None])
        zero = node(0)
        options = {
            lambda: self.ways(total(var, x, upper=end), [lambda: total(other, self.renamed(var, p, other), upper=end)],
                              [lambda: total(var, p, upper=end + 1), lambda: total(var, p, upper=end) + 1]): 2,
            lambda: self.ways(total(var, z, upper=end), [lambda: total(other, z, upper=end)], [lambda: z * end]): 3,
            lambda: self.ways(total(var, x + z, upper=end), [lambda: total(var, p, upper=end) + total(var, z,
                upper=end)],
                              [lambda: total(var, p, upper=end) + z * end, lambda: total(var, p, upper=end)]): 1,
            lambda: self.ways(ind(">", total(var, LENGTHY(var), upper=end), zero), [
                lambda: ind(">", total(other, LENGTHY(other), upper=end), zero)], [lambda: node(1)]): 2,
            lambda: self.ways(total(var, z), [lambda: G * z], [lambda: z, lambda: (G - 1) * z]): 2,
            lambda: self.ways(ind("≥", G, node(self.rng.choice((1, 1, 2)))), [lambda: ind(">", G, HALF)], [
                lambda: node(1)]): 1}
        if i:
            options[lambda: self.ways(total(var, x, excluded=i), [lambda: total(var, p) - self.renamed(var, p, i)], [
                lambda: total(var, p)])] = 2
        return self.choose(options)

    def expectations(self, depth, room, slopes):
        var, x, p = self.body(depth, room, slopes, "action")
        law = self.rng.choice(POLICIES)
        z, other = self.leaf(room), self.fresh("action")
        return self.choose({
            lambda: self.ways(E((var, law | STATE), x), [lambda: total(var, law(var, STATE) * p)],
                              [lambda: total(var, p), lambda: E((var, self.rng.choice(POLICIES) | STATE), p)]): 2,
            lambda: self.ways(E((var, OLD | STATE), PI(var, STATE) / OLD(var, STATE) * x), [
                lambda: E((var, PI | STATE), p)], [lambda: E((var, OLD | STATE), p)]): 2,
            lambda: self.ways(E((var, law | STATE), z), [lambda: z], [lambda: z + 1,
                lambda: E((var, law | STATE), z**2)]): 1,
            lambda: self.ways(KL(law | STATE, REF | STATE), [
                lambda: E((other, law | STATE), Log(law(other, STATE)) - Log(REF(other, STATE)))],
                [lambda: -Entropy(law | STATE), lambda: KL(REF | STATE, law | STATE)]): 1})

    def groups(self, depth, room, slopes):
        if self.variables(room, "group"):
            return self.statistics(depth, room, slopes)
        group, law = self.fresh("group"), self.rng.choice(POLICIES) | STATE
        i, a, end = self.fresh("index"), self.fresh("action"), self.upper({**room})
        n = self.rng.choice((1, 2, 3))
        _, x, p = self.body(depth, room, slopes, "action", a)

        def member(body, index):
            return self.renamed(a, body, group[index])

        draws, one = (group, law), (a, law)
        inner = {group: None, i: None, **room}
        y, q = self.statistics(depth, inner, slopes) if self.rng.random() < 0.7 else self(depth, inner, slopes)
        return self.choose({
            lambda: self.ways(E(draws, group_mean(i, member(x, i))), [lambda: E(one, p)], [lambda: E(one, p) / G]): 2,
            lambda: self.ways(E(draws, member(x, n)), [lambda: E(one, p), lambda: E(draws, member(p, 1))], [
                lambda: E(draws, member(p, 1) * G)]): 1,
            lambda: self.ways(E(draws, total(i, member(x, i), upper=end)), [
                lambda: E(draws, total(i, member(p, i), upper=end))], [lambda: end * E(one, p)]): 2,
            lambda: self.ways(E(draws, total(i, member(x, i))), [lambda: G * E(one, p)], [lambda: E(one, p)]): 1,
            lambda: self.ways(E(draws, group_mean(i, y)), [lambda: E(draws, total(i, q)) / G], [
                lambda: E(draws, total(i, q))]): 2})

    def statistics(self, depth, room, slopes):
        """Means and spreads over a group, inside its expectation."""
        group = self.variables(room, "group")[-1]
        i, a = self.fresh("index"), self.fresh("action")
        _, x, p = self.body(min(depth, 1), room, slopes, "action", a)

        def member(body, index):
            return self.renamed(a, body, group[index])

        def mean(body):
            return group_mean(i, member(body, i))

        spread, j = group_spread(i, member(x, i)), self.fresh("index")
        return self.choose({
            lambda: self.ways(spread**2, [lambda: mean(p**2) - mean(p) ** 2], [lambda: mean(p**2), lambda: mean(p)]): 2,
            lambda: self.ways(total(j, (member(x, j) - mean(x)) / spread), [lambda: node(0)], [lambda: mean(p)]): 1,
            lambda: self.ways(group_mean(j, ((member(x, j) - mean(x)) / spread) ** 2), [lambda: node(1)], [
                lambda: node(0), lambda: 1 / spread]): 1,
            lambda: self.ways(total(j, member(x, j) - mean(x)), [lambda: node(0)], [lambda: mean(p)]): 1,
            lambda: self.ways(mean(x), [lambda: total(i, member(p, i)) / G], [lambda: member(p, 1), lambda: total(
                i, member(p, i))]): 1})

    # Functions

    def functions(self, depth, room, slopes):
        (x, p), (y, q), v, w = self(depth, room, slopes), (self.leaf(room, True),) * 2, *self.rng.sample(REALS, 2)
        n = self.rng.choice((2, 3))
        return self.choose({
            lambda: self.ways(Log(y**2), [lambda: 2 * Log(q)], [lambda: Log(q)]): 1,
            lambda: self.ways(Log(x**2), [lambda: 2 * Log(Abs(p))], [lambda: 2 * Log(p), lambda: Log(p)]): 1,
            lambda: self.ways(Root(x**2), [lambda: Abs(p)], [lambda: p, lambda: -p]): 2,
            lambda: self.ways(Root(v) * Root(w), [lambda: Root(v * w)], [lambda: v * w, lambda: Root(v + w)]): 1,
            lambda: self.ways(Root(v * w), [lambda: Root(w * v)], [lambda: Root(v) * Root(w)]): 1,
            lambda: self.ways(Log(v * w), [lambda: Log(w * v)], [lambda: Log(v) + Log(w)]): 1,
            lambda: self.ways(Root(x) ** 2, [lambda: p], [lambda: Abs(p), lambda: -p]): 1,
            lambda: self.ways(Log(Exp(x)), [lambda: p], [lambda: -p]): 1,
            lambda: self.ways(Exp(x) * Exp(-x), [lambda: node(1)], [lambda: Exp(p)]): 1,
            lambda: self.ways(Power(y, 1 + v), [lambda: q * Power(q, v)], [lambda: Power(q, v)]): 1,
            lambda: self.ways(Root(y) ** n, [lambda: Power(q, Num(Rational(n, 2)))], [lambda: q]): 1})

    # Derivatives

    def slopes(self, depth, room, slopes):
        order = slopes - 1
        (x, p), (y, q) = self(depth, room, order), self(max(depth - 1, 0), room, order)
        var, z, r = self.body(depth, room, order, "action")
        a, zero = self.action(room), node(0)
        sharp = Abs(PI(var, STATE) - self.rng.choice((OLD(a, STATE), PI(a, STATE), HALF, F(a), REALS[1])))
        return self.choose({
            lambda: self.ways(along(x + y), [lambda: along(q) + along(p)], [lambda: along(p), lambda: along(p - q)]): 1,
            lambda: self.ways(along(x * y), [lambda: p * along(q) + q * along(p)], [lambda: along(p) * q]): 2,
            lambda: self.ways(along(Max(x, y)), [lambda: ind(">", p, q) * along(p) + ind("<", p, q) * along(q),
                                                 lambda: ind("≥", p, q) * along(p) + ind("<", p, q) * along(q)],
                              [lambda: along(p), lambda: ind(">", p, q) * along(p)]): 2,
            lambda: self.ways(along(Abs(x)), [lambda: (2 * ind(">", p, zero) - 1) * along(p)],
                              [lambda: along(p), lambda: ind(">", p, zero) * along(p)]): 1,
            lambda: self.ways(along(ind(">", x, y)), [lambda: zero], [lambda: ind(">", p, q)]): 1,
            lambda: self.ways(along(total(var, sharp)), [lambda: total(var, along(sharp)), lambda: total(
                var, (2 * ind(">", sharp.args[0], zero) - 1) * along(sharp.args[0]))], [lambda: zero]): 2,
            lambda: self.ways(along(total(var, z)), [lambda: total(var, along(r))], [lambda: total(var, r)]): 2,
            lambda: self.ways(along(E((var, PI | STATE), z)), [
                lambda: E((var, PI | STATE), along(r) + r * along(Log(PI(var, STATE))))],
                [lambda: E((var, PI | STATE), along(r)), lambda: E((var, PI | STATE), r * along(Log(PI(var,
                    STATE))))]): 2,
            lambda: self.ways(E((var, PI | STATE), along(Log(PI(var, STATE)))), [lambda: zero], [lambda: along(p)]): 1,
            lambda: self.ways(along(x / W(a)), [lambda: along(p) / W(a)], [lambda: along(p)]): 1,
            lambda: self.ways(along(Root(x)), [lambda: along(p) / (2 * Root(p))], [lambda: along(p) / Root(p)]): 1,
            lambda: self.ways(along(Exp(x)), [lambda: Exp(p) * along(p)], [lambda: along(p)]): 1,
            lambda: self.ways(along(1 / x), [lambda: -along(p) / p**2], [lambda: along(p)]): 1})

    def evaluations(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes), self(max(depth - 1, 0), room, slopes)
        a = self.action(room)
        return self.choose({
            lambda: self.ways(AtOld(x + y), [lambda: AtOld(q) + AtOld(p)], [lambda: AtOld(p) + q]): 1,
            lambda: self.ways(AtOld(PI(a, STATE) * x), [lambda: OLD(a, STATE) * AtOld(p)], [
                lambda: PI(a, STATE) * AtOld(p)]): 1,
            lambda: self.ways(AtOld(PI(a, STATE) / OLD(a, STATE)), [lambda: node(1)], [lambda: self.ratio(room)]): 1,
            lambda: self.ways(AtOld(Max(x, y)), [lambda: Max(AtOld(q), AtOld(p))], [lambda: AtOld(p)]): 1,
            lambda: self.ways(AtOld(along(x * y)), [lambda: AtOld(p) * AtOld(along(q)) + AtOld(along(p)) * AtOld(q)], [
                lambda: AtOld(along(p))]): 2,
            lambda: self.ways(along(AtOld(x)), [lambda: node(0)], [lambda: AtOld(along(p))]): 1})

    def stops(self, depth, room, slopes):
        (x, p), (y, q) = self(depth, room, slopes - 1), self(max(depth - 1, 0), room, slopes - 1)
        stopped = StopGradient
        return self.choose({
            lambda: self.ways(along(x * stopped(y)), [lambda: along(p) * q], [lambda: along(p * q)]): 1,
            lambda: self.ways(along(stopped(x)), [lambda: node(0)], [lambda: along(p)]): 1,
            lambda: self.ways(along(x / stopped(x)), [lambda: along(p) / p], [lambda: along(p)]): 1,
            lambda: self.ways(along(Max(stopped(x), y)), [lambda: ind(">", q, p) * along(q)], [lambda: along(q)]): 1})


# Whole claims


def equation(rng, bends):
    """Two writings of one value."""
    writer = Writer(rng, bends)
    left, right = writer(rng.choice((1, 2, 2, 2, 3)), ROOM)
    if writer.bends:
        left, right = rng.choice([(left, right + rng.choice((1, -1))), (left, -right), (left, right / 2), (left + 1,
            right)])
    if rng.random() < 0.15:
        return Claim(Relation("=", AtOld(left), AtOld(right)), assume=tuple(writer.assumed))
    return Claim(Relation("=", left, right), assume=tuple(writer.assumed), at_old=rng.random() < 0.12)


def expansion(rng, bends):
    """Contact of an expression with its Taylor polynomial at θ_old; bent, with one of too low a degree."""
    writer = Writer(rng, 0)
    x, y = writer(rng.choice((0, 1, 1, 2)), ROOM, 1 if rng.random() < 0.3 else 0)
    degree = rng.choice((0, 0, 1, 2))
    order = degree + 1 + bool(bends)
    if rng.random() < 0.4:
        return Claim(Relation("=", x, taylor(y, degree) + remainder(order)))
    a, b = (rng.choice((Var("a", "action"), Var("b", "action"))) for _ in "ab")
    var = writer.fresh("action")
    sharp = rng.choice((
        lambda: (ind(">", PI(a, STATE), REALS[1]), ind(">", OLD(a, STATE), REALS[1])),
        lambda: (total(var, ind(">", PI(var, STATE), OLD(a, STATE))), total(var, ind(">", OLD(var, STATE), OLD(a,
            STATE)))),
        lambda: (ind(">", PI(a, STATE), PI(b, STATE)) * x, ind(">", OLD(a, STATE), OLD(b, STATE)) * y),
        lambda: (Abs(PI(a, STATE) - F(b)), Abs(OLD(a, STATE) - F(b))),
        lambda: (Max(x, writer.leaf(ROOM)),) * 2, lambda: (x, y)))()
    left, right = sharp[0], AtOld(sharp[1])
    if degree:
        right = right + AtOld(grad(sharp[1])).T * Step()
    return Claim(Relation("=", left, right + remainder(min(degree, 1) + 1 + bool(bends))))


def inequality(rng, bends):
    """A sum of true inequalities with non-negative weights; bent, one of them reversed, sharpened or weighed by any."""
    writer, room = Writer(rng, 0), ROOM
    bigger, smaller, strict = node(0), node(0), False
    for _ in range(rng.choice((1, 1, 2))):
        high, low, sharp = bound(rng, writer, room)
        weight = rng.choice((node(1), BETA, W(writer.action(room)), Abs(REALS[2]), REALS[3] ** 2, G - 1))
        if bends and rng.random() < 0.5:
            bends -= 1
            high, low, weight, sharp = rng.choice((
                (low, high, weight, sharp), (high, low, REALS[2], sharp), (high, low, weight, True),
                (high, low, G - 2, False), (high - 1, low, weight, False), (high, low, THETA(writer.action(room)),
                    sharp)))
        bigger, smaller, strict = bigger + weight * high, smaller + weight * low, strict or (
            sharp and weight in (node(1), BETA))
    op = ">" if strict or bends else "≥"
    assume = tuple(writer.assumed)
    if rng.random() < 0.3:
        assume += (Relation(rng.choice((">", "≥", "=", "<")), rng.choice(REALS), rng.choice((node(0), node(1),
            REALS[0]))),)
    return Claim(Relation(op, bigger, smaller) if rng.random() < 0.5 else Relation(FLIPPED[op], smaller, bigger),
        assume=assume)


def bound(rng, writer, room):
    """A true inequality high ≥ low, and whether it is strict."""
    (x, p), (y, q) = writer(rng.choice((0, 1)), room, 0), writer(0, room, 0)
    var, z, _ = writer.body(1, room, 0, "action")
    law, a = rng.choice(POLICIES), writer.action(room)
    i, end, u = writer.fresh("index"), rng.choice((G - 1, G - 2, T, node(3), G)), rng.choice((W(a), BETA, PI(a, STATE)))

    def assumed(relation, *found):
        writer.assumed.append(relation)
        return found

    return rng.choice((
        lambda: (Max(x, y), p, False), lambda: (x, Min(p, q), False), lambda: (Abs(x), p, False),
            lambda: (x**2, node(0), False),
        lambda: (Abs(x) + Abs(y), Abs(p + q), False), lambda: (E((var, law | STATE), z**2), E((var, law | STATE),
            z) ** 2, False),
        lambda: (KL(PI | STATE, REF | STATE), node(0), False), lambda: (node(1), law(a, STATE), False),
        lambda: (Exp(x), node(0), True), lambda: (u, node(0), True), lambda: (u - 1, Log(u), False),
        lambda: (x**2 + y**2, 2 * p * q, False), lambda: (node(1), ind(">", x, y), False), lambda: (node(1), EPS, True),
        lambda: (total(i, LENGTHY(i), upper=end), node(0), end == G), lambda: (G, node(1), False),
        lambda: (total(var, Abs(z)), Abs(total(var, z)), False), lambda: (G - 1, total(i, node(1), upper=G - 1), False),
        lambda: (Max(x, y) + Min(x, y), p + q, False), lambda: (u + 1 / u, node(2), False),
        lambda: (Clip(x, 1 - EPS, 1 + EPS), 1 - EPS, False),
        lambda: assumed(Relation(">", p, q), x, q, True), lambda: assumed(Relation("≥", p, q), x - q, node(0), False),
        lambda: assumed(Relation("≥", p, node(0)), x * Abs(y), node(0), False)))()


def case(rng, bends):
    """Comparisons of small polynomials in few constants: what a case distinction at a threshold decides."""
    writer = Writer(rng, 0)
    zero, one = node(0), node(1)

    def monomial():
        return rng.choice((one, *REALS, *REALS, *(x * y for x in REALS for y in REALS[:2]), REALS[1] ** 2, BETA, EPS))

    def polynomial():
        terms = [rng.choice((1, 1, -1, 2)) * monomial() for _ in range(rng.choice((1, 2, 2, 3)))]
        return terms[0] if len(terms) == 1 else terms[0] + sum(terms[2:], start=terms[1])

    p, q, op = polynomial(), polynomial(), rng.choice((">", "≥", "="))
    u = rng.choice(REALS)
    r = rng.choice((lambda: q, lambda: u * (p - monomial()), lambda: u * p, lambda: p / u, lambda: -p,
        lambda: -u**2 * p,
                    lambda: p + q**2, lambda: -p - q**2, lambda: p * (1 + q**2)))()
    left, right = rng.choice((
        (Min(p, r), p), (Min(p, r), r), (Max(p, r), p), (Abs(p + r), zero), (Abs(p), rng.choice((p, -p, zero))),
        (ind(op, p, zero) * ind(rng.choice((">", "≥", "=")), r, monomial()), zero),
        (ind(op, p, zero) * ind(">", r, zero), zero), (ind(op, p, zero) * (p + r), zero),
        (ind(op, p, zero) * ind("≥", r, zero), ind(op, p, zero)), (ind(op, p, r), one), (ind(op, p, r), zero),
        (ind(op, p, zero) * Max(p, r), ind(op, p, zero) * r), (Clip(p, q, r), rng.choice((p, q, r))),
        (Max(p, zero) * Max(r, zero), zero), (Min(p, r) * ind("=", u, one), p * ind("=", u, one))))
    assume = [Relation(rng.choice(("=", "=", "=", ">", "≥", "<", "≈")), rng.choice((u, polynomial(), monomial())),
        rng.choice((
        zero, one, monomial()))) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    if rng.random() < 0.2:
        rho = writer.ratio(ROOM)
        left, assume = Min(rho * p, Clip(rho, 1 - EPS, 1 + EPS) * r), [*assume, Relation("=", rho, one)]
        right = rng.choice((p, r, Min(p, r)))
    relation = Relation("=" if rng.random() < 0.8 else rng.choice(("≥", "≤")), left, right)
    return Claim(relation, assume=tuple(assume))


FAMILIES = {case: 4, equation: 8, expansion: 2, inequality: 3}


def random_claim(rng):
    """A claim, true in about half of the cases; one that the language refuses is drawn again."""
    while True:
        family = rng.choices(list(FAMILIES), list(FAMILIES.values()))[0]
        try:
            return family(rng, int(rng.random() < 0.5))
        except LanguageError:
            continue
