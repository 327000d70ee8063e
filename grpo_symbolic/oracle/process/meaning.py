"""What terms come to in a small decision process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Any

from flint import fmpq
from sympy import Basic

from ...language import (
    ALL,
    ENDLESS,
    NONE,
    SCALAR,
    After,
    App,
    AtOld,
    Bound,
    Const,
    Expect,
    Frac,
    Gradient,
    Indicator,
    Largest,
    Law,
    Log,
    Max,
    Min,
    Neg,
    Num,
    Ordinal,
    Plus,
    Power,
    Prob,
    ProcessLaw,
    Product,
    Relation,
    Start,
    StopGradient,
    Sum,
    Times,
    Transition,
    Transpose,
    Value,
    Visited,
    looks_ahead,
    sort_of,
)
from ..meaning.evaluator import Unevaluable
from .ends import LOOKED_AT, STEP, series, vanishes
from .model import ACTIONS, Path, Process
from .numbers import Dual, Unknown, product_of, total

PROCESS = (Value, ProcessLaw, After)
Env = tuple[Any, ...]


def speaks(term: Any) -> bool:
    """Whether a term speaks of a decision process."""
    return any(isinstance(part, PROCESS) or part == ENDLESS for part in term.walk())


def path_at(env: Env) -> Path | None:
    """The path at hand: the last that was drawn."""
    return next((part for part in reversed(env) if isinstance(part, tuple)), None)


class Meaning:
    """Evaluates terms on a process, its free variables given; ``paid`` are the names of rewards, ``discounts`` those of
    the numbers by which is discounted, ``counts`` those that count the steps of paths, but for so many."""

    def __init__(self, process: Process, free: Mapping[Basic, Any], paid: frozenset[str], discounts: frozenset[str],
                 counts: Mapping[str, int]) -> None:
        self.process, self.free, self.paid, self.discounts, self.counts = process, free, paid, discounts, counts
        self._known: dict[tuple[Any, Env, Path | None], Dual] = {}

    def value(self, node: Any, env: Env = ()) -> Dual:
        """The value of a scalar, or of a vector in the one coordinate there is. Raises Unknown or Unevaluable.

        It is the same wherever what the node mentions is, and the path whose steps it may run over.
        """
        seen = node, env[len(env) - node.loose:], path_at(env)
        if (found := self._known.get(seen)) is None:
            found = self._known[seen] = self.computed(node, env)
        return found

    def computed(self, node: Any, env: Env) -> Dual:
        """The value by what kind of term it is."""
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is None:
            raise Unevaluable(f"{type(node).__name__} has no value on a small process")
        found: Dual = method(node, env)
        return found

    def place(self, term: Any, env: Env) -> Any:
        """The number of a state, an action or a step, or a path."""
        if isinstance(term, Bound):
            return env[-1 - term.depth]
        if isinstance(term, STEP):
            path, step = (self.place(arg, env) for arg in term.args)
            if not isinstance(path, tuple):
                raise Unevaluable("a step of what is no path")
            if step > len(path):
                raise Unevaluable("a step after the end of a path")
            return path[step - 1][STEP.index(type(term))]
        if term in self.free:
            return self.free[term]
        if isinstance(term, Num) and term.value.is_integer and term.value > 0:
            return int(term.value)
        raise Unevaluable("a process has states and actions only")

    def room(self, sort: str) -> list[int]:
        """All states, or all actions."""
        if sort not in ("state", "action"):
            raise Unevaluable("a process has states and actions only")
        return self.process.states if sort == "state" else list(range(ACTIONS))

    # Numbers

    def on_Num(self, node: Num, _env: Env) -> Dual:
        return Dual(fmpq(int(node.value.p), int(node.value.q)))

    def on_Const(self, node: Const, _env: Env) -> Dual:
        if node.name in self.counts:
            return Dual(fmpq(self.process.layers - self.counts[node.name]))
        return self.process.number(node.name, node.sign, node.name in self.discounts)

    def on_Plus(self, node: Plus, env: Env) -> Dual:
        return total(self.value(arg, env) for arg in node.args)

    def on_Neg(self, node: Neg, env: Env) -> Dual:
        return -self.value(node.args[0], env)

    def on_Times(self, node: Times, env: Env) -> Dual:
        return product_of(self.value(arg, env) for arg in node.args)

    def on_Frac(self, node: Frac, env: Env) -> Dual:
        return self.value(node.args[0], env) * self.value(node.args[1], env).inverse()

    def on_Power(self, node: Power, env: Env) -> Dual:
        exponent = self.value(node.args[1], env).known()
        if exponent.q != 1 or abs(exponent) > LARGEST_POWER:
            raise Unevaluable("a power that is no small whole number")
        found = product_of([self.value(node.args[0], env)] * abs(int(exponent)))
        return found if exponent >= 0 else found.inverse()

    def on_Log(self, node: Log, env: Env) -> Dual:
        return self.value(node.args[0], env).logarithm()

    def on_Max(self, node: Max, env: Env) -> Dual:
        return self.greatest([self.value(arg, env) for arg in node.args])

    def on_Min(self, node: Min, env: Env) -> Dual:
        return -self.greatest([-self.value(arg, env) for arg in node.args])

    def on_Largest(self, node: Largest, env: Env) -> Dual:
        scope, *upper = node.args
        if upper:
            raise Unevaluable("a maximum over a range of a process")
        return self.greatest([self.value(scope.body, (*env, place)) for place in self.room(scope.sort)])

    @staticmethod
    def greatest(found: list[Dual]) -> Dual:
        """The largest, if it is the only one with its value and slope."""
        best = max(found, key=Dual.known)
        if any(one.value == best.value and one.slope != best.slope for one in found):
            raise Unknown("a maximum at its kink")
        return best

    # Laws and functions

    def chances(self, law: Any, env: Env) -> Iterator[tuple[int, Dual]]:
        """Each outcome of a law with its probability."""
        sort = "action" if isinstance(law, Law) else "state"
        for place in self.room(sort):
            yield place, self.chance(law, place, env)

    def chance(self, law: Any, place: int, env: Env) -> Dual:
        """The probability of an outcome."""
        match law:
            case Law() if len(law.context) == 1:
                return self.process.law(law.policy, place, self.place(law.context[0], env))
            case Start():
                return self.process.start(place)
            case Transition():
                return self.process.moves(place, *(self.place(arg, env) for arg in law.args))
            case Visited():
                first = [self.place(arg, env) for arg in law.context]
                return self.process.visited(law.policy, self.value(law.args[1], env), *first)[place]
        raise Unevaluable("a law that no process has")

    def on_Expect(self, node: Expect, env: Env) -> Dual:
        if isinstance(node.law, Law) and not node.law.context:
            paths = self.process.paths(node.law.policy)
            asked = {var: step for var, step in self.free.items() if var in node.free and sort_of(var) == "token"}
            last = max(asked.values(), default=0)
            if any(len(path) < last for _, path in paths) and not all(
                    vanishes(node.scope.body, frozenset({var})) for var in asked):
                raise Unknown("a step after the end of a path of what does not vanish")
            paths = [one for one in paths if len(one[1]) >= last]
            return total(chance * self.value(node.scope.body, (*env, path)) for chance, path in paths)
        body = node.scope.body
        return total(chance * self.value(body, (*env, place)) for place, chance in self.chances(node.law, env))

    def on_Sum(self, node: Sum, env: Env) -> Dual:
        if node.scope.sort == "token" and node.args[1] == NONE:
            return self.over_steps(node, env)
        if node.args[0] != ALL:
            raise Unevaluable("a range that is no set")
        return total(self.value(node.scope.body, (*env, place)) for place in self.room(node.scope.sort))

    def steps(self, node: Sum | Product, env: Env) -> range:
        """The steps of the path at hand, or of any where all have as many, over which a sum or a product runs."""
        path = path_at(env)
        if path is None and (node.args[0] == ENDLESS or not self.process.fixed):
            raise Unevaluable("steps of no path")
        steps = self.process.layers if path is None else len(path)
        if node.args[0] != ENDLESS and self.value(node.args[0], env).known() != steps:
            raise Unevaluable("a part of the steps of a path")
        return range(1, steps + 1)

    def over_steps(self, node: Sum, env: Env) -> Dual:
        """A sum over steps."""
        steps = self.steps(node, env)
        found = total(self.value(node.scope.body, (*env, step)) for step in steps)
        if node.args[0] != ENDLESS or vanishes(node.scope.body, frozenset({Bound(0, "token")})):
            return found
        later = range(len(steps) + 1, len(steps) + LOOKED_AT + 1)
        return found + series(self.value(node.scope.body, (*env, step)) for step in later)

    def on_Product(self, node: Product, env: Env) -> Dual:
        if node.args[2].sort != "token" or node.args[0] == ENDLESS or node.args[1] != NONE:
            raise Unevaluable("a product of more than the steps of a path")
        return product_of(self.value(node.args[2].body, (*env, step)) for step in self.steps(node, env))

    def on_Ordinal(self, node: Ordinal, env: Env) -> Dual:
        return Dual(fmpq(self.place(node.args[0], env)))

    def on_Indicator(self, node: Indicator, env: Env) -> Dual:
        left, right = (self.value(arg, env).known() for arg in node.args[1:])
        holds = {"<": left < right, "≤": left <= right, ">": left > right, "≥": left >= right, "=": left == right}
        return Dual(fmpq(int(holds[node.args[0].name])))

    def on_Prob(self, node: Prob, env: Env) -> Dual:
        return self.chance(node.law, self.place(node.action, env), env)

    def on_App(self, node: App, env: Env) -> Dual:
        if node.head.theta or node.shape != SCALAR:
            raise Unevaluable("a function that moves with θ, of which nothing is said")
        args = tuple(self.place(arg, env) for arg in node.params)
        return self.process.value_of(node.head.layout, args, node.head.layout in self.paid, node.head.sign)

    def on_Value(self, node: Value, env: Env) -> Dual:
        policy, state, discount, reward = node.args
        worth = self.process.worth(policy, self.value(discount, env), (reward.layout, reward.sign, looks_ahead(reward)))
        return worth[self.place(state, env)]

    # Calculus in θ

    def on_Gradient(self, node: Gradient, env: Env) -> Dual:
        return Dual(self.value(node.args[0], env).slope, fmpq(0))

    def on_Transpose(self, node: Transpose, env: Env) -> Dual:
        return self.value(node.args[0], env)

    def on_StopGradient(self, node: StopGradient, env: Env) -> Dual:
        return self.value(node.args[0], env).still()

    def on_AtOld(self, node: AtOld, env: Env) -> Dual:
        return self.there.value(node.args[0], env).still()

    @cached_property
    def there(self) -> Meaning:
        """The same at θ_old."""
        return Meaning(self.process.put_at_old(), self.free, self.paid, self.discounts, self.counts)


LARGEST_POWER = 12


def second_derivative(relation: Relation) -> bool:
    """Whether a derivative stands inside another one, of which a slope says nothing."""
    return any(isinstance(part, Gradient) and any(isinstance(inner, Gradient) for inner in part.args[0].walk())
               for part in relation.walk())


def assignments(relation: Relation, process: Process) -> Iterator[dict[Basic, Any]]:
    """The values of free variables; a state that is free is one in which a path has not ended, and one whose steps are
    named is a path."""
    found = sorted(relation.free, key=str)
    whole = {part.args[0] for part in relation.walk() if isinstance(part, STEP)}
    if any(var.sort not in ("state", "action", "token") for var in found):
        raise Unevaluable("a process has states, actions and steps only")
    ranges = {"state": process.living, "action": list(range(ACTIONS)), "token": list(range(1, process.layers + 1))}
    rooms = [process.routes() if var in whole else ranges[var.sort] for var in found]
    for places in product(*rooms):
        yield dict(zip(found, places, strict=True))


