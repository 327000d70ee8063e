"""Random terms on paths, each with its value on a process by definition: the mean over its paths, all at once."""

from typing import Any, NamedTuple

from path_processes import Dual, total

from grpo_symbolic.language import (
    Const,
    E,
    Head,
    Indicator,
    Length,
    Log,
    Ordinal,
    Policy,
    Power,
    Prefix,
    Prob,
    TokenOf,
    Var,
    grad,
    node,
)
from grpo_symbolic.language import total as summed

PI, OLD = Policy(r"\pi"), Policy(r"\pi", "old")
REF = Policy(r"\pi_{\text{ref}}", "constant")
REWARD, BASELINE = Head("r(#1, #2)"), Head("b(#1)")
T, GAMMA = Const("T", "positive"), Const(r"\gamma", "positive")
PATH = Var(r"\tau", "action")
TIMES = [Var(name, "token") for name in "tuv"]
SIZES = (1, 1, 2, 2, 2, 3)  # of how many parts a term is: what has more takes long


class Term(NamedTuple):
    """A node of the language, and its value on every path of a process: a function of it and of the times by name."""

    node: Any
    value: Any


class Terms:
    """Draws terms with dice; ``fixed`` says that all paths have T steps."""

    def __init__(self, dice, fixed):
        self.dice, self.fixed = dice, fixed
        self.upper = T if fixed else Length(PATH)
        self.free = list(TIMES)
        self.left = dice.choice(SIZES) - 1
        self.scores = 0

    def more(self, chance):
        """Whether the term has one more part, if it may."""
        found = self.left > 0 and self.dice.random() < chance
        self.left -= found
        return found

    def law(self, policy, t):
        return Prob(policy | Prefix(PATH, t), TokenOf(PATH, t))

    def at(self, t):
        """A factor at one time."""
        state, action = Prefix(PATH, t), TokenOf(PATH, t)

        def chance(policy):
            return lambda m, now: m.taken(now[t], policy.name, policy.point)

        kind = self.dice.choice(["reward", "reward", "baseline", "score", "ratio", "log", "weight", "count", "chance"])
        if kind == "score" and self.scores:
            kind = "reward"
        if kind == "reward":
            return Term(REWARD(state, action),
                        lambda m, now: m.along(now[t], "r", lambda *step: m.value("r(#1, #2)", step)))
        if kind == "baseline":
            return Term(BASELINE(state),
                        lambda m, now: m.along(now[t], "b", lambda node, _: m.value("b(#1)", (node,))))
        if kind == "score":
            self.scores += 1

            def score(m, now):
                p = chance(PI)(m, now)
                return Dual(p.slope / p.value, float("nan"))

            return Term(grad(Log(self.law(PI, t))), score)
        if kind == "ratio":
            other = self.dice.choice([PI, REF])
            return Term(self.law(other, t) / self.law(OLD, t),
                        lambda m, now: chance(other)(m, now) * chance(OLD)(m, now).power(-1))
        if kind == "log":
            return Term(Log(self.law(PI, t) / self.law(REF, t)),
                        lambda m, now: (chance(PI)(m, now) * chance(REF)(m, now).power(-1)).log())
        if kind == "weight":
            return Term(Power(GAMMA, Ordinal(t)), lambda m, now: Dual(m.constants[r"\gamma"] ** (now[t] + 1)))
        if kind == "count":
            return Term(Ordinal(t), lambda m, now: Dual(float(now[t] + 1)))
        return Term(self.law(REF, t), chance(REF))

    def both(self, left, right):
        return Term(left.node * right.node, lambda m, now: left.value(m, now) * right.value(m, now))

    def over(self, t, body, order=None):
        """The sum over a time, of what stands in an ``order`` to another one only."""
        tests = {"≥": lambda x, y: x >= y, ">": lambda x, y: x > y, "≤": lambda x, y: x <= y, "<": lambda x, y: x < y}
        inner = body.node
        if order is not None:
            inner = Indicator(order[0], Ordinal(t), Ordinal(order[1])) * inner

        def value(m, now):
            places = [x for x in range(m.horizon) if order is None or tests[order[0]](x, now[order[1]])]
            return total(Dual(m.lengths() > x) * body.value(m, {**now, t: x}) for x in places)

        return Term(summed(t, inner, self.upper), value)

    def times_sum(self, around=None):
        """A sum over a time, perhaps with another one inside."""
        t = self.free.pop()
        body = self.at(t)
        if self.more(0.3):
            body = self.both(body, self.at(t))
        if self.more(0.5):
            body = self.both(body, self.times_sum(t))
        order = None if around is None or self.dice.random() < 0.2 else (self.dice.choice("≥>≤<"), around)
        return self.over(t, body, order)

    def mean(self):
        """The mean over paths, its value a function of the process; its gradient where no score stands in it."""
        policy = self.dice.choice([PI, PI, OLD])
        body = self.times_sum()
        if self.more(0.5):
            body = self.both(body, self.whole() if self.dice.random() < 0.3 else self.times_sum())
        found = E((PATH, policy.law), body.node)

        def value(m):
            return m.mean(policy.name, policy.point, body.value(m, {}))

        if not self.scores and (self.left or self.dice.random() < 0.1):
            return grad(found), lambda m: Dual(value(m).slope, float("nan"))
        return found, value

    def whole(self):
        """What depends on the whole path."""
        if not self.fixed and self.dice.random() < 0.5:
            return Term(Length(PATH), lambda m, now: Dual(m.lengths().astype(float)))
        return Term(Log(Prob(PI.law, PATH)), lambda m, now: total(
            m.taken(x, PI.name, PI.point).log() for x in range(m.horizon)))


__all__ = ["Terms", "node"]
