"""Chains of steps: what any number of steps, each with a weight, adds to one step before or after them.

Nothing is said of where a step leads, P, or a path starts, ρ_0, but that these are laws which do not depend on θ.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product

from .form import (ACT, ACTION, HERE, STATE, Form, Generator, Hypothesis, Indicator, Leaf, Monomial, Poly, Value,
                   Visits, atom, constant, leaf, leaves, made, number, of_monomial, same)
from .groups import Groups
from .points import ENDLESS, Binders, without
from .sign import sign
from .sums import Rule
from .terms import Term, mentions


class Chains(Groups):
    """Builds canonical sums over chains."""

    def rules_of_sums(self) -> tuple[Rule, ...]:
        """The rules of sums, and those for chains after them."""
        return (*super().rules_of_sums(), self._alive, self._fewer, self._visited, self._counted, self._mass)

    @staticmethod
    def rho(state: Term, context: Sequence[Term]) -> Form:
        """ρ_0(state): where a path starts."""
        return atom("#ρ_0", (state, *context), sign="law")

    @staticmethod
    def moves(after: Term, state: Term, action: Term, context: Sequence[Term]) -> Form:
        """P(after|state, action): where a step leads."""
        return atom("#P", (after, state, action, *context), sign="law")

    def alive(self, state: Term, horizon: Value, context: Sequence[Term]) -> Form:
        """1 where a path has not ended."""
        if horizon.of == ENDLESS:
            return number(1)
        return self.step(atom("#alive", (state, horizon, *context)))

    def _alive(self, binders: Binders, m: Monomial) -> Form | None:
        """Before a node at which a path has not ended it has not, and not at its start."""
        living = [(gen, found) for gen, _ in m if (found := living_at(gen)) is not None]
        for gen, found in living:
            here, horizon, *context = found.args
            edges = [edge for other, e in m if e > 0 for edge in edges_of(other, context)]
            later = {found._replace(args=(node, horizon, *context)) for node in reached(here, edges)}
            if (leaf("#ρ_0", (here, *context), sign="law"), 1) in m or any(other in later for _, other in living):
                rest = self._sum(binders, tuple(factor for factor in m if factor[0] != gen))
                return rest.with_used(sign(horizon.of).rests)  # it has a step
        return None

    def _fewer(self, binders: Binders, m: Monomial) -> Form | None:
        """One step after, or before, any number of steps: w U K = w K U = U − 1."""
        moves = [gen for gen, e in m if e == 1 and isinstance(gen, Leaf) and gen.name == "#P" and not gen.along]
        for gen, e in m:
            for move in moves if isinstance(gen, Visits) and e == 1 and self.allows("recursion") else ():
                if (found := self._shorter(binders, m, gen, move)) is not None:
                    return found
        return None

    def _shorter(self, binders: Binders, m: Monomial, visits: Visits, move: Leaf) -> Form | None:
        """The sum without a node that stands in one step and at one end of any number of steps only."""
        (end, start, *context), (after, node, action, *more) = leaves(visits.ends)[0].args, move.args
        steps = self.identify(made(visits.steps), {HERE: node, ACT: action})
        own = {(gen, e) for laws, _ in steps.poly for gen, e in laws} | {(move, 1), (visits, 1)}
        for gone, ends in ((node, (after, start)), (after, (end, node))):
            met = gone == (end if gone == node else start) and gone not in ends and context == more
            bound = binders.get(gone) == STATE and binders.get(action) == ACTION
            if met and bound and {f for f in m if mentions(f[0], gone) or mentions(f[0], action)} == own:
                rest = self.times(of_monomial(tuple(f for f in m if f not in own)), self.power(made(visits.weight), -1))
                weight, every = made(visits.weight), made(visits.steps)
                fewer = self.visits(weight, every, ends_of(*ends, context)) - same(*ends)
                left = without(binders, {gone, action})
                return self.times(rest, fewer).linear(partial(self._sum, left))
        return None

    def _visited(self, binders: Binders, m: Monomial) -> Form | None:
        """Any number of steps and then any number of others of the same kind: U_v U_w = (v U_v − w U_w)/(v − w)."""
        found = [gen for gen, e in m if isinstance(gen, Visits) and e == 1 and self.allows("recursion")]
        for first, second in ((v, w) for v, w in product(found, found) if v.steps == w.steps and v.weight != w.weight):
            (end, start, *context), (last, between, *more) = leaves(first.ends)[0].args, leaves(second.ends)[0].args
            met = end == between not in (start, last) and context == more and binders.get(end) == STATE
            if met and {f[0] for f in m if mentions(f[0], end)} == {first, second}:
                rest = of_monomial(tuple(f for f in m if f[0] not in (first, second)))
                parts = [self.times(made(one.weight), self.visits(made(one.weight), made(one.steps),
                                                                  ends_of(last, start, context)))
                         for one in (first, second)]
                apart = self.power(made(first.weight) - made(second.weight), -1)
                both = self.times(rest, parts[0] - parts[1], apart)
                return both.linear(partial(self._sum, without(binders, {end})))
        return None

    def _counted(self, binders: Binders, m: Monomial) -> Form | None:
        """All nodes at which a path has not ended, where all paths have one length: Σ ρ_0(s) U(x|s) 1[alive x] = T."""
        for gen, e in m:
            if not isinstance(gen, Visits) or e != 1 or constant(gen.weight) != 1 or not is_law_of_steps(
                    gen.steps) or not self.allows("mass"):
                continue
            end, start, *context = leaves(gen.ends)[0].args
            living = [one for one, _ in m if (found := living_at(one)) is not None and found.args[0] == end]
            first = leaf("#ρ_0", (start, *context), sign="law")
            if len(living) != 1 or binders.get(end) != STATE or binders.get(start) != STATE:
                continue
            horizon = leaves(living[0].of)[0].args[1].of
            held = {f for f in m if mentions(f[0], end) or mentions(f[0], start)}
            if horizon and held == {(gen, 1), (living[0], 1), (first, 1)}:
                rest = self.times(of_monomial(tuple(f for f in m if f not in held)), made(horizon))
                used = frozenset(Hypothesis("Normalised", law.name) for law in leaves(gen.steps))
                return rest.linear(partial(self._sum, without(binders, {end, start}))).with_used(used)
        return None

    def _mass(self, binders: Binders, m: Monomial) -> Form | None:
        """All nodes after any number of steps: Σ_x U_w(x|s) = 1/(1 − w), for a weight below 1."""
        for gen, e in m:
            if not isinstance(gen, Visits) or e != 1 or not is_law_of_steps(gen.steps) or not self.allows("mass"):
                continue
            end, start, *_ = leaves(gen.ends)[0].args
            alone = [other for other, _ in m if mentions(other, end)] == [gen]
            if binders.get(end) == STATE and end != start and alone:
                rest = of_monomial(tuple(factor for factor in m if factor[0] != gen))
                mass = self.power(number(1) - made(gen.weight), -1)
                used = {Hypothesis("Normalised", law.name) for law in leaves(gen.steps)} | {Hypothesis("Discounted")}
                return self.times(rest, mass).linear(partial(self._sum, without(binders, {end}))).with_used(used)
        return None


def living_at(gen: Generator) -> Leaf | None:
    """Of what says that a path has not ended at a node, the leaf."""
    match gen:
        case Indicator(of=((((Leaf(name="#alive") as found, 1),), 1),)):
            return found
    return None


def edges_of(gen: Generator, context: Sequence[Term]) -> list[tuple[Term, Term]]:
    """From which node to which a generator leads, on paths of a process."""
    if isinstance(gen, Visits):
        end, start, *own = leaves(gen.ends)[0].args
        return [(start, end)] if own == context else []
    if isinstance(gen, Leaf) and gen.name == "#P":
        after, node, _, *own = gen.args
        return [(node, after)] if own == context else []
    return []


def reached(node: Term, edges: Sequence[tuple[Term, Term]]) -> list[Term]:
    """The nodes to which a path may lead from one, but itself."""
    found: list[Term] = []
    waiting = [node]
    while waiting:
        here = waiting.pop()
        new = [after for before, after in edges if before == here and after not in (node, *found)]
        found += new
        waiting += new
    return found


def ends_of(end: Term, start: Term, context: Sequence[Term]) -> Form:
    """The ends of any number of steps."""
    return atom("#visits", (end, start, *context), sign="nonnegative")


def is_law_of_steps(steps: Poly) -> bool:
    """Whether steps are drawn from one law."""
    match steps:
        case ((((Leaf(sign="law", along=()), 1),), 1),):
            return True
    return False
