"""Random terms on paths, each with its value on a process by definition: the mean over all its paths."""

from typing import Any, NamedTuple

from path_processes import ONE, ZERO, Dual, times, total

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
TIMES = [Var(name, "token") for name in "tuvw"]


class Term(NamedTuple):
    """A node of the language, and its value on a path: a function of the process, the path and the times by name."""

    node: Any
    value: Any


class Terms:
    """Draws terms with dice; ``fixed`` says that all paths have T steps."""

    def __init__(self, dice, fixed):
        self.dice, self.fixed = dice, fixed
        self.upper = T if fixed else Length(PATH)
        self.free = list(TIMES)
        self.scores = 0

    def law(self, policy, t):
        return Prob(policy | Prefix(PATH, t), TokenOf(PATH, t))

    def at(self, t):
        """A factor at one time."""
        state, action = Prefix(PATH, t), TokenOf(PATH, t)

        def chance(policy):
            return lambda m, path, now: m.law(policy.name, policy.point, path[now[t]][1], path[now[t]][0])

        kind = self.dice.choice(["reward", "reward", "baseline", "score", "ratio", "log", "weight", "count", "chance"])
        if kind == "score" and self.scores:
            kind = "reward"
        if kind == "reward":
            return Term(REWARD(state, action), lambda m, path, now: m.value("r(#1, #2)", path[now[t]]))
        if kind == "baseline":
            return Term(BASELINE(state), lambda m, path, now: m.value("b(#1)", path[now[t]][:1]))
        if kind == "score":
            self.scores += 1

            def score(m, path, now):
                p = chance(PI)(m, path, now)
                return Dual(p.slope / p.value, float("nan"))

            return Term(grad(Log(self.law(PI, t))), score)
        if kind == "ratio":
            other = self.dice.choice([PI, REF])
            return Term(self.law(other, t) / self.law(OLD, t),
                        lambda m, path, now: chance(other)(m, path, now) * chance(OLD)(m, path, now).power(-1))
        if kind == "log":
            return Term(Log(self.law(PI, t) / self.law(REF, t)), lambda m, path, now: (
                chance(PI)(m, path, now) * chance(REF)(m, path, now).power(-1)).log())
        if kind == "weight":
            return Term(Power(GAMMA, Ordinal(t)), lambda m, path, now: Dual(m.constants[r"\gamma"] ** (now[t] + 1)))
        if kind == "count":
            return Term(Ordinal(t), lambda m, path, now: Dual(float(now[t] + 1)))
        return Term(self.law(REF, t), chance(REF))

    def both(self, left, right):
        return Term(left.node * right.node, lambda m, path, now: left.value(m, path, now) * right.value(m, path, now))

    def over(self, t, body, order=None):
        """The sum over a time, of what stands in an ``order`` to another one only."""
        tests = {"≥": lambda x, y: x >= y, ">": lambda x, y: x > y, "≤": lambda x, y: x <= y, "<": lambda x, y: x < y}
        inner = body.node
        if order is not None:
            inner = Indicator(order[0], Ordinal(t), Ordinal(order[1])) * inner

        def value(m, path, now):
            places = [x for x in range(len(path)) if order is None or tests[order[0]](x, now[order[1]])]
            return total(body.value(m, path, {**now, t: x}) for x in places)

        return Term(summed(t, inner, self.upper), value)

    def times_sum(self, around=None):
        """A sum over a time, perhaps with another one inside."""
        t = self.free.pop()
        body = self.at(t)
        if self.dice.random() < 0.4:
            body = self.both(body, self.at(t))
        if self.free and self.dice.random() < 0.45:
            body = self.both(body, self.times_sum(t))
        order = None if around is None or self.dice.random() < 0.2 else (self.dice.choice("≥>≤<"), around)
        return self.over(t, body, order)

    def mean(self):
        """The mean over paths, its value a function of the process; its gradient where no score stands in it."""
        policy = self.dice.choice([PI, PI, OLD])
        body = self.times_sum()
        if len(self.free) > 2 and self.dice.random() < 0.4:
            body = self.both(body, self.times_sum())
        if self.dice.random() < 0.15:
            body = self.both(body, self.whole())
        found = E((PATH, policy.law), body.node)

        def value(m):
            return total(chance * body.value(m, path, {}) for chance, path, _ in m.paths(policy.name, policy.point))

        if not self.scores and self.dice.random() < 0.4:
            return grad(found), lambda m: Dual(value(m).slope, float("nan"))
        return found, value

    def whole(self):
        """What depends on the whole path."""
        if not self.fixed and self.dice.random() < 0.5:
            return Term(Length(PATH), lambda m, path, now: Dual(float(len(path))))
        return Term(Log(Prob(PI.law, PATH)), lambda m, path, now: total(
            m.law(PI.name, PI.point, action, where).log() for where, action in path))


__all__ = ["ONE", "ZERO", "Terms", "node", "times"]
