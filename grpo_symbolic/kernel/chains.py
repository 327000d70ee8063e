"""Chains of steps: what any number of steps, each with a weight, adds to one step before or after them.

Nothing is said of where a step leads, P, or a path starts, ρ_0, but that these are laws which do not depend on θ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from .form import (ACT, HERE, Form, Generator, Hypothesis, Indicator, Leaf, Monomial, Poly, Used, Value, Visits, atom,
                   constant, leaf, leaf_of, leaves, made, number, same, single)
from .groups import Groups
from .points import ENDLESS, Binders, alone
from .sign import sign
from .terms import Term


class Chains(Groups):
    """Builds canonical sums over chains."""

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
            later = {found._replace(args=(node, horizon, *context)) for node in reached(here, m, context)}
            if (leaf("#ρ_0", (here, *context), sign="law"), 1) in m or any(other in later for _, other in living):
                rest = self._sum(binders, tuple(factor for factor in m if factor[0] != gen))
                return rest.with_used(sign(horizon.of).rests)  # it has a step
        return None

    def _shorter(self, binders: Binders, m: Monomial) -> Form | None:
        """What any number of steps comes to beside what else names its ends, by the first rule that applies."""
        rules = self._fewer, self._visited, self._counted, self._mass
        for rule, visits in product(rules, [gen for gen, e in m if isinstance(gen, Visits) and e == 1]):
            if (found := rule(binders, m, visits)) is not None:
                return found
        return None

    def _fewer(self, binders: Binders, m: Monomial, visits: Visits) -> Form | None:
        """One step after, or before, any number of steps: w U K = w K U = U − 1, where a node stands in these alone."""
        (end, start, *context), weight, steps = visits.places, made(visits.weight), made(visits.steps)
        moves = [gen for gen, e in m if e == 1 and isinstance(gen, Leaf) and gen.name == "#P" and not gen.along]
        for move in moves if self.allows("recursion") else ():
            after, node, action, *more = move.args
            both = self.times(single(visits), single(move), self.identify(steps, {HERE: node, ACT: action}))
            for met, gone, ends in ((end, node, (after, start)), (start, after, (end, node))):
                if met == gone not in ends and context == more and alone(binders, m, both, gone, action):
                    fewer = self.visits(weight, steps, ends_of(*ends, context)) - same(*ends)
                    return self._cut(binders, m, [gone, action], self.times(self.power(weight, -1), fewer))
        return None

    def _visited(self, binders: Binders, m: Monomial, visits: Visits) -> Form | None:
        """Any number of steps and then any number of others of the same kind: U_v U_w = (v U_v − w U_w)/(v − w)."""
        end, start, *context = visits.places
        others = [gen for gen, e in m if isinstance(gen, Visits) and e == 1 and gen.steps == visits.steps]
        for other in others if self.allows("recursion") else ():
            last, between, *more = other.places
            both, v, w = self.times(single(visits), single(other)), made(visits.weight), made(other.weight)
            if end == between not in (start, last) and context == more and v.poly != w.poly and alone(
                    binders, m, both, end):
                ends = ends_of(last, start, context)
                parts = [self.times(weight, self.visits(weight, made(visits.steps), ends)) for weight in (v, w)]
                return self._cut(binders, m, [end], self.times(parts[0] - parts[1], self.power(v - w, -1)))
        return None

    def _counted(self, binders: Binders, m: Monomial, visits: Visits) -> Form | None:
        """All nodes at which a path has not ended, where all paths have one length: Σ ρ_0(s) U(x|s) 1[alive x] = T."""
        end, start, *context = visits.places
        lawful = constant(visits.weight) == 1 and is_law_of_steps(visits.steps) and self.allows("mass")
        for gen, _ in m if lawful else ():
            if (living := living_at(gen)) is not None:
                node, horizon, *_ = living.args
                nodes = self.times(self.rho(start, context), single(visits), single(gen))
                if node == end and horizon.of and alone(binders, m, nodes, end, start):
                    return self._cut(binders, m, [end, start], made(horizon.of)).with_used(normalised(visits))
        return None

    def _mass(self, binders: Binders, m: Monomial, visits: Visits) -> Form | None:
        """All nodes after any number of steps: Σ_x U_w(x|s) = 1/(1 − w), for a weight below 1."""
        end, start, *_ = visits.places
        if end == start or not is_law_of_steps(visits.steps) or not alone(binders, m, single(visits), end) or \
                not self.allows("mass"):
            return None
        mass = self.power(number(1) - made(visits.weight), -1)
        return self._cut(binders, m, [end], mass).with_used(normalised(visits) | {Hypothesis("Discounted")})


def normalised(visits: Visits) -> Used:
    """That the law of steps is one."""
    return frozenset(Hypothesis("Normalised", law.name) for law in leaves(visits.steps))


def living_at(gen: Generator) -> Leaf | None:
    """Of what says that a path has not ended at a node, the leaf."""
    found = leaf_of(gen.of) if isinstance(gen, Indicator) else None
    return None if found is None or found.name != "#alive" else found


def reached(node: Term, m: Monomial, context: Sequence[Term]) -> set[Term]:
    """The nodes to which factors lead from one, but itself, on paths of a process."""
    found, edges = {node}, [edge_of(gen) for gen, e in m if e > 0]
    while more := {end for end, start, *own in edges if start in found and own == context} - found:
        found |= more
    return found - {node}


def edge_of(gen: Generator) -> Sequence[Term | None]:
    """To which node a generator leads, from which, and on paths of which process."""
    match gen:
        case Visits():
            return gen.places
        case Leaf(name="#P", args=(after, node, _, *context)):
            return after, node, *context
    return None, None


def ends_of(end: Term, start: Term, context: Sequence[Term]) -> Form:
    """The ends of any number of steps."""
    return atom("#visits", (end, start, *context), sign="nonnegative")


def is_law_of_steps(steps: Poly) -> bool:
    """Whether steps are drawn from one law."""
    law = leaf_of(steps)
    return law is not None and law.sign == "law" and not law.along
