"""Sequences and decision processes: what is expected over a path is summed over chains of its steps.

A path is a Markov chain on nodes, which are whatever the policy sees: prefixes of a sequence, or states. What stands
between two times of it is one generator, any number of steps. Nothing is said of where a step leads, P, or a path
starts, ρ_0, but that these are laws which do not depend on θ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from .form import (ACT, ACTION, HERE, STATE, Exp, Form, Generator, Hypothesis, Indicator, Leaf, Monomial, Rational,
                   Sort, Sum, atom, combine, leaves, of_monomial, single)
from .points import ENDLESS, PATH, PLACE, Binders, is_path, naming, parted, ranging, step_law, steps_of, without
from .chains import Chains, ends_of
from .sums import ENDS
from .terms import Term, holds, mentions, point, replaced

MAX_TIMES = 4


@dataclass
class Timed:
    """What is expected over a path: ``factors`` at its ``times``, of which some come ``before`` others.

    A triple (t, u, 1) says that t is earlier than u, (t, u, 0) that it is not later. ``weights`` are counted once for
    each step up to a time, that one included.
    """

    times: list[Term]
    factors: list[Form] = field(default_factory=list)
    before: list[tuple[Term, Term, int]] = field(default_factory=list)
    weights: list[tuple[Term, Form]] = field(default_factory=list)


class Paths(Chains):
    """Builds canonical sums over paths."""

    # Whole paths

    def _log_of_factor(self, gen: Generator) -> Form:
        """log π(o|q) = Σ_t log π(o_t|q,o_{<t})."""
        if not is_path(gen) or not self.allows("path"):
            return super()._log_of_factor(gen)
        t, whole = self.fresh("token"), gen.args[0]
        step = step_law(gen, point("token", whole, t), point("prefix", whole, t))
        return self.total(t, Sort("token", steps_of(gen)), self.log(single(step)))

    def _likelihood(self, binders: Binders, m: Monomial) -> Form | None:
        """exp Σ_t log π(o_t|q,o_{<t}) = π(o|q), over all steps of a path that is drawn."""
        drawn = [gen for gen, _ in m if is_path(gen) and gen.args[0] in binders]
        for law, (gen, e) in product(drawn, m) if self.allows("path") else ():
            if (found := self._product_of_steps(gen, law)) is not None:
                rest = tuple(factor for factor in m if factor != (gen, e))
                return self._over(binders, self.times(of_monomial(rest), self.power(single(found), e)))
        return None

    def _product_of_steps(self, gen: Generator, drawn: Leaf) -> Leaf | None:
        """The probability of a path that is drawn, of which a generator is the product of all steps."""
        for law in leaves(gen) if isinstance(gen, Exp) and holds(gen, Sum) else ():
            path = drawn._replace(name=PATH + law.name, args=(*drawn.args[:2], *law.args[1:-1]), point=law.point)
            if law.sign == "law" and self.exp(self.log(single(path))).poly == single(gen).poly:
                return path
        return None

    def _along(self, binders: Binders, m: Monomial) -> Form | None:
        """An expectation over a path of what stands at its times: a sum of chains, one for each order of the times."""
        for law, e in m:
            if e != 1 or not is_path(law) or binders.get(law.args[0]) != ACTION or not self.allows("markov"):
                continue
            path, steps = law.args[0], steps_of(law)
            times = [t for t, other in binders.items() if other == Sort("token", steps)]
            outside = without(binders, {path, *times})
            timed = self._timed(law, times, m)
            if timed is not None and not any(ranging(outside, v) for v in (path, *times)):
                chains = [(self._chain(law, blocks, timed, outside), 1) for blocks in orders(timed)]
                return combine(chains).with_used({Hypothesis("Discounted") if steps == ENDLESS else ENDS})
        return None

    def _timed(self, law: Leaf, times: list[Term], m: Monomial) -> Timed | None:
        """Factors by the times at which they stand; None where one needs the path as a whole, or there is no time."""
        found, path = Timed(times), law.args[0]
        for gen, e in m:
            if gen != law:
                self._sort(law, found, gen, e)
        if not 0 < len(found.times) <= MAX_TIMES:
            return None
        points = {point(tag, path, t): ("masked",) for t in found.times for tag in ("token", "prefix", "after")}
        masked = replaced(tuple(form.poly for form in (*found.factors, *dict(found.weights).values())), points)
        return None if any(mentions(masked, v) for v in (path, *found.times)) else found

    def _sort(self, law: Leaf, found: Timed, gen: Generator, e: Rational) -> None:
        """What a factor says of times, of which it may have some of its own."""
        few = range(int(e) if e.denominator == 1 and 0 < e <= MAX_TIMES else 0)
        match gen:
            case Leaf(name="#length") if few and single(gen).poly == steps_of(law):
                found.times += [self.fresh("token") for _ in few]
            case Leaf(name="#place", args=(t,)) if few and t in found.times:
                new = [self.fresh("token") for _ in few]
                found.times += new
                found.before += [(u, t, 0) for u in new]
            case Indicator() if pairs := [(t, u, 1) for t, u in permutations(found.times, 2)
                                          if self.step(place_of(u) - place_of(t)).poly == single(gen).poly]:
                found.before += pairs
            case Exp(of=((inner, 1),)) if placed := [t for t in found.times if place_of(t).poly == (
                    (naming(inner, found.times), 1),)]:
                _, rate = parted(inner, placed)
                found.weights += [(t, self.exp(of_monomial(rate).scaled(e))) for t in placed]
            case _:
                found.factors.append(single(gen, e))

    def _chain(self, law: Leaf, blocks: Sequence[Sequence[Term]], timed: Timed, outside: Binders) -> Form:
        """The sum over chains on which the times of a block are one, and each block is later than that before."""
        path, horizon, *context = law.args
        start = self.fresh("state")
        names: Binders = {start: STATE}
        form = self.times(*timed.factors, self.rho(start, context))
        step = single(step_law(law, ACT, HERE))
        for k, block in enumerate(blocks):
            s, a, x = self.fresh("state"), self.fresh("action"), self.fresh("state")
            weight = self.times(*(rate for t, rate in timed.weights if any(t in later for later in blocks[k:])))
            at = {point(tag, path, t): v for t in block for tag, v in (("prefix", s), ("token", a), ("after", x))}
            form = self.times(self.identify(form, at), weight, self.alive(s, horizon, context),
                              self.visits(weight, step, ends_of(s, start, context)),
                              single(step_law(law, a, s)), self.moves(x, s, a, context))
            names |= {s: STATE, a: ACTION, x: STATE}
            start = x
        return self._over(outside | names, form)


def orders(timed: Timed) -> Iterator[Sequence[Sequence[Term]]]:
    """The ways in which times may come first, together or later, of those that may be."""
    for places in product(range(len(timed.times)), repeat=len(timed.times)):
        place = dict(zip(timed.times, places, strict=True))
        if {*places} == {*range(1 + max(places))} and all(place[t] + least <= place[u] for t, u, least in timed.before):
            yield [[t for t in timed.times if place[t] == k] for k in sorted({*places})]


def place_of(time: Term) -> Form:
    """The number of a time."""
    return atom(PLACE, (time,), sign="positive")
