"""Derivatives in θ along directions, evaluation at θ_old, stop marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import product
from typing import TypeAlias

from .form import (ACT, ACTION, HERE, NOTHING, SAME, STATE, Exp, Form, Generator, Hypothesis, Indicator, KernelError,
                   Leaf, Log, Poly, Power, Rational, Sort, Sum, Used, Value, Visits, combine, constant, leaf, leaves,
                   made, number, of_monomial, single)
from .ring import RULES
from .sign import definite
from .chains import ends_of
from .paths import Paths
from .points import PLACE, coincidences, is_path, law_of
from .sums import ENDS, FINITE, OBLIGATIONS, bearable
from .terms import Term, holds, inside, point, variable

MAX_COMPARISONS = 4
Map: TypeAlias = Callable[[Form], Form]
STEP = variable("Δ", "coordinate")  # the direction of Δθ = θ − θ_old
TAU = leaf("#τ", point="current")  # the length of the step along it: D_Δ τ = 1, τ = 0 at θ_old


class Calculus(Paths):
    """Builds canonical forms under ``rules``, a subset of RULES, until ``deadline``, a ``thread_time()``."""

    def __init__(self, rules: frozenset[str] = RULES, deadline: float | None = None, mark: str = "%") -> None:
        super().__init__(rules, deadline, mark)
        self._powers, self._slope = cache(self._raised), cache(self._derived)
        self._rules = (self._likelihood, self._open, self._unroll, self._picked, self._absent, self._normalise,
                       self._expect, self._alive, self._shorter, self._along)

    def at_old(self, form: Form) -> Form:
        """The form at θ = θ_old, each jet an inert one of the same family; an error at a kink or a zero denominator."""
        return self._evaluated(form, partial(self._moved, points={"current": "old", "stop": "old"}))

    def released(self, form: Form) -> Form:
        """The form with stop marks erased: done once, outside every derivative; an error as for ``at_old``."""
        return self._evaluated(form, partial(self._moved, points={"stop": "current"}))

    def _evaluated(self, form: Form, there: Map) -> Form:
        """The form where its leaves have other points, obliged there to what it is obliged to, if that can hold."""
        image = there(form)
        moved = frozenset(self._obliged_there(held, there) for held in form.used)
        return made(image.poly, moved | image.used - form.used)

    def _obliged_there(self, held: Hypothesis, there: Map) -> Hypothesis:
        """What a hypothesis asks where the leaves have other points."""
        if held.kind not in OBLIGATIONS:
            return held
        at = held._replace(about=there(made(held.about)).poly)
        if held.kind == "OffKink" and holds(held.about, Indicator):
            for change in (single, *coincidences(held)):
                self._off_kink(self.rebuilt(made(held.about), change), there)
        else:
            bearable(at, made(at.about))
            self.tenable(at)
        return at

    def _off_kink(self, compared: Form, there: Map) -> None:
        """An error where what is compared vanishes there, and not around it, however its own comparisons fall out.

        Those that do not depend on θ may go either way, those that do are decided there.
        """
        fixed = sorted({gen for gen in inside(compared.poly, Indicator) if not moves(gen)})
        if len(fixed) > MAX_COMPARISONS:
            raise KernelError("too many comparisons inside one that is differentiated")
        for values in product((0, 1), repeat=len(fixed)):
            case = self.rebuilt(compared, single, dict(zip(fixed, map(number, values), strict=True)))
            decided = {gen: there(single(gen)) for gen in inside(case.poly, Indicator)}
            known = {gen: value for gen, value in decided.items() if constant(value.poly) is not None}
            here = self.rebuilt(case, single, known)
            if here.poly and not there(here).poly:
                raise KernelError("a comparison is at its kink at θ_old, or where a stopped copy has its value")

    def stopped(self, form: Form) -> Form:
        """A copy of the form on which derivatives vanish."""
        return self._moved(form, {"current": "stop"})

    def _moved(self, form: Form, points: dict[str, str]) -> Form:
        """The form with its leaves at other points."""
        def change(found: Leaf) -> Form:
            where = points.get(found.point, found.point)
            return number(0) if found == TAU and where == "old" else single(found._replace(point=where))

        return self.rebuilt(form, change)

    def derivative(self, form: Form, v: Term) -> Form:
        """The derivative of the form in θ along the direction ``v``."""
        parts: list[tuple[Form, Rational]] = []
        for m, c in form.poly:
            for k, (gen, e) in enumerate(m):
                slope = self._slope(gen, v)
                if slope.poly:
                    # what stands under a root may then stand in a denominator
                    used = definite(single(gen).poly, e - 1) if 0 < e < 1 else NOTHING
                    lowered = self._product({gen: e - 1}).with_used(used)
                    slope = self.times(of_monomial(m[:k] + m[k + 1:]), lowered, slope)
                parts.append((slope, c * e))
        # where what a root is taken of moves, it moves below zero unless it stays above
        above = {held._replace(kind="Nonzero") for held in form.used
                 if held.kind == "Nonnegative" and moves(held.about)}
        return combine(parts).with_used(form.used | above)

    def _derived(self, gen: Generator, v: Term) -> Form:
        """The derivative of a generator; one that no rule in force carries out is a leaf of its own."""
        match gen:
            case Indicator():
                inner = self.derivative(made(gen.of), v)
                return made((), inner.used | ({Hypothesis("OffKink", gen.of)} if inner.poly else NOTHING))
            case Power():
                return self.derivative(made(gen.of), v)
            case Exp():
                return self.times(single(gen), self.derivative(made(gen.of), v))
            case Log() if self.allows("log-derivative"):
                inner = self.derivative(made(gen.of), v)
                return self.times(inner, self.power(made(gen.of), -1)) if inner.poly else inner
            case Visits() if moves(gen) and self.allows("interchange"):
                return self._of_visits(gen, v)
            case Sum() if self.allows("interchange"):
                return self._under_sum(gen, v)
            case Leaf(point="current"):
                return self._of_leaf(gen, v)
        return self._held(gen, v)

    def _of_leaf(self, gen: Leaf, v: Term) -> Form:
        """The derivative of what depends on θ and is not made of anything."""
        if gen == TAU and v != STEP:
            raise KernelError("Δθ is differentiated along something other than itself")
        if gen == TAU:
            return number(1)
        jet = gen._replace(along=tuple(sorted((*gen.along, v))))
        if is_path(gen):
            moved = self._of_path(gen, v) if self.allows("path") else single(jet, used=smooth(jet, 1))
            # without a context it is a path of states, and where steps lead is to stay
            return moved.with_used(NOTHING if gen.args[2:] else {Hypothesis("Constant", "#P")})
        if Value in map(type, gen.args):
            raise KernelError("the derivative of a function of numbers of which nothing is said")
        return single(jet, used=smooth(jet, len(jet.along)))

    def _of_path(self, path: Leaf, v: Term) -> Form:
        """D π(o|q) = π(o|q) D Σ_t log π(o_t|q,o_{<t})."""
        return self.times(single(path), self.derivative(self.log(single(path)), v))

    def _of_visits(self, gen: Visits, v: Term) -> Form:
        """D U = U (w D K) U, where the weight does not move."""
        if moves(gen.weight):
            raise KernelError("a weight of steps that depends on θ")
        end, start, *context = gen.places
        s, a, x = self.fresh("state"), self.fresh("action"), self.fresh("state")
        steps = self.identify(self.derivative(made(gen.steps), v), {HERE: s, ACT: a})
        body = self.times(self.visits(made(gen.weight), made(gen.steps), ends_of(s, start, context)), made(gen.weight),
                          steps, self.moves(x, s, a, context),
                          self.visits(made(gen.weight), made(gen.steps), ends_of(end, x, context)))
        found = self.closed({s: STATE, a: ACTION, x: STATE}, body)
        lasts = {ENDS} if constant(gen.weight) == 1 else frozenset[Hypothesis]()
        return found.with_used({*lasts, FINITE["state"], FINITE["action"]})

    def _under_sum(self, gen: Sum, v: Term) -> Form:
        """The derivative passes under the sum; that of an expectation over a group has a score."""
        names, body = self.opened(gen)
        scores = [(self.times(body, self._score(group, sort, v)), 1)
                  for group, sort in names.items() if sort.kind == "group"]
        moved = combine([(self.derivative(body, v), 1), *scores])
        used = frozenset(FINITE[sort.kind] for sort in names.values() if sort.kind in FINITE)
        return self.closed(names, moved).with_used(used)

    def _score(self, group: Term, sort: Sort, v: Term) -> Form:
        """Σ_i D log π(a_i): D E[X] = E[D X] + E[X Σ_i D log π(a_i)]."""
        law, index = law_of(sort), self.fresh("index")
        draw = single(law._replace(args=(point("member", group, index), *law.args[1:])))
        return self.total(index, Sort("index", sort.size), self.derivative(self.log(draw), v))

    def _held(self, gen: Generator, v: Term) -> Form:
        """The derivative of what is constant in θ; of what is not, or not known to be, a leaf of its own."""
        inner = leaves(gen)
        law = any(x.sign == "law" and x.point != "stop" for x in inner)
        if moves(gen) or law and not self.allows("constant"):
            jet = leaf("#D", (gen,), "current", along=(v,))
            return single(jet, used=smooth(jet, 1))
        held = {Hypothesis("BehaviourConstant", x.name) for x in inner if x.point == "old"}
        # a number without arguments is constant by itself, and so is the number of a step
        held |= {Hypothesis("Constant", x.name) for x in inner
                 if x.point == "constant" and x.args and x.name not in (SAME, PLACE)}
        return made((), frozenset(held))


def moves(thing: Generator | Poly) -> bool:
    """Whether a generator or a polynomial depends on θ."""
    return any(x.point == "current" for x in leaves(thing))


def smooth(jet: Leaf, order: int) -> Used:
    """That what a leaf is made of is differentiable that often."""
    inner = [x for x in leaves(jet.args) if x.point == "current"] if jet.name == "#D" else [jet]
    return frozenset(Hypothesis("Differentiable", (x.name, order)) for x in inner)
