"""Sequences and decision processes: what is expected over a path is summed over chains of its steps.

A path is a Markov chain on nodes, which are whatever the policy sees: prefixes of a sequence, or states. What stands
between two times of it is one generator, any number of steps. Nothing is said of where a step leads, P, or a path
starts, ρ_0, but that these are laws which do not depend on θ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from .form import (ACT, ACTION, HERE, STATE, Exp, Form, Generator, Hypothesis, Indicator, Leaf, Log, Monomial,
                   Rational, Sort, Sum, leaf, number, of_monomial, single)
from .points import ENDLESS, PLACE, Binders, is_path, path_of, step_law, steps_of, without
from .chains import Chains, ends_of
from .ring import ONE
from .sums import ENDS, Rule
from .terms import Term, mentions, point, replaced

MAX_TIMES = 4


class Timed(NamedTuple):
    """What is expected over a path: ``factors`` at its ``times``, of which some come ``before`` others.

    A pair (t, u, 1) says that t is earlier than u, (t, u, 0) that it is not later. ``weights`` are counted once for
    each step up to a time, that one included.
    """

    times: tuple[Term, ...]
    factors: tuple[Form, ...]
    before: tuple[tuple[Term, Term, int], ...]
    weights: dict[Term, Form]


class Paths(Chains):
    """Builds canonical sums over paths."""

    def rules_of_sums(self) -> tuple[Rule, ...]:
        """The rules of sums, and those for paths."""
        return (self._likelihood, *super().rules_of_sums(), self._along)

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
        for gen, e in m if drawn and self.allows("path") else ():
            for law in drawn:
                if (found := self._product_of_steps(gen, law)) is not None:
                    rest = of_monomial(tuple(factor for factor in m if factor[0] != gen))
                    return self.times(rest, self.power(single(found), e)).linear(partial(self._sum, binders))
        return None

    def _product_of_steps(self, gen: Generator, drawn: Leaf) -> Leaf | None:
        """The probability of a path that is drawn, of which a generator is the product of all steps."""
        match gen:
            case Exp(of=((((Sum(sorts=(Sort(kind="token") as sort,)) as all_steps, 1),), 1),)) if sort.size == steps_of(
                    drawn):
                (t,), body = self.opened(all_steps)
                match body.poly:
                    case ((((Log(of=((((Leaf() as law, 1),), 1),)), 1),), 1),):
                        return path_of(law, drawn, t)
        return None

    def _along(self, binders: Binders, m: Monomial) -> Form | None:
        """An expectation over a path of what stands at its times: a sum of chains, one for each order of the times."""
        for path, sort in binders.items():
            laws = [gen for gen, e in m if e == 1 and is_path(gen) and gen.args[0] == path]
            if sort != ACTION or len(laws) != 1 or not self.allows("markov"):
                continue
            law, = laws
            times = [t for t, other in binders.items() if other == Sort("token", steps_of(law))]
            outside = without(binders, {path, *times})
            timed = self._timed(law, times, tuple(factor for factor in m if factor[0] != law))
            if timed is not None and not any(mentions(tuple(outside.values()), v) for v in (path, *times)):
                chains = [self._chain(law, blocks, timed, outside) for blocks in orders(timed)]
                held = Hypothesis("Discounted") if steps_of(law) == ENDLESS else ENDS
                return sum(chains, number(0)).with_used({held})
        return None

    def _timed(self, law: Leaf, times: Sequence[Term], m: Monomial) -> Timed | None:
        """Factors by the times at which they stand; None where one needs the path as a whole, or there is no time."""
        path, found = law.args[0], Timed(tuple(times), (), (), dict.fromkeys(times, ONE))
        for gen, e in m:
            found = self._sorted(law, found, gen, e)
            if len(found.times) > MAX_TIMES:
                return None
        points = {point(tag, path, t): ("masked",) for t in found.times for tag in ("token", "prefix", "after")}
        masked = replaced(tuple(form.poly for form in (*found.factors, *found.weights.values())), points)
        whole = any(mentions(masked, v) for v in (path, *found.times))
        return None if whole or not found.times else found

    def _sorted(self, law: Leaf, found: Timed, gen: Generator, e: Rational) -> Timed:
        """What a factor says of times, of which it may have some of its own."""
        path, times = law.args[0], found.times
        counts = e.denominator == 1 and 0 < e <= MAX_TIMES
        new = [self.fresh("token") for _ in range(int(e) if counts else 0)]
        match gen:
            case Leaf(name="#length", args=(whole,)) if counts and whole == path and single(gen).poly == steps_of(law):
                return self._later(found, new)
            case Leaf(name="#place", args=(t,)) if counts and t in times:
                found = self._later(found, new)
                return found._replace(before=found.before + tuple((u, t, 0) for u in new))
            case Indicator(of=((((Leaf(name="#place", args=(u,)), 1),), c), (((Leaf(name="#place", args=(v,)), 1),), d))
                           ) if (c, d) in ((1, -1), (-1, 1)) and u in times and v in times:
                pair = (v, u, 1) if c == 1 else (u, v, 1)
                return found._replace(before=(*found.before, pair))
            case Exp(of=((inner, _),)) if (t := placed(inner, times)) is not None:
                rate = of_monomial(tuple(factor for factor in inner if factor[0] != leaf(PLACE, (t,), sign="positive")))
                weights = {**found.weights, t: self.times(found.weights[t], self.exp(rate.scaled(e)))}
                return found._replace(weights=weights)
        return found._replace(factors=(*found.factors, single(gen, e)))

    @staticmethod
    def _later(found: Timed, new: Sequence[Term]) -> Timed:
        """With more times."""
        return found._replace(times=(*found.times, *new), weights=found.weights | dict.fromkeys(new, ONE))

    def _chain(self, law: Leaf, blocks: Sequence[Sequence[Term]], timed: Timed, outside: Binders) -> Form:
        """The sum over chains on which the times of a block are one, and each block is later than that before."""
        path, horizon, *context = law.args
        start = self.fresh("state")
        names: Binders = {start: STATE}
        form = self.times(*timed.factors, self.rho(start, context))
        step = single(step_law(law, ACT, HERE))
        for k, block in enumerate(blocks):
            s, a, x = self.fresh("state"), self.fresh("action"), self.fresh("state")
            weight = self.times(*(timed.weights[t] for later in blocks[k:] for t in later))
            at = {point(tag, path, t): v for t in block for tag, v in (("prefix", s), ("token", a), ("after", x))}
            form = self.times(self.identify(form, at), weight, self.alive(s, horizon, context),
                              self.visits(weight, step, ends_of(s, start, context)),
                              single(step_law(law, a, s)), self.moves(x, s, a, context))
            names |= {s: STATE, a: ACTION, x: STATE}
            start = x
        return form.linear(partial(self._sum, outside | names))


def orders(timed: Timed) -> Iterator[Sequence[Sequence[Term]]]:
    """The ways in which times may come first, together or later, of those that may be."""
    for blocks in weak_orders(timed.times):
        place = {t: k for k, block in enumerate(blocks) for t in block}
        if all(place[t] + least <= place[u] for t, u, least in timed.before):
            yield blocks


def weak_orders(times: Sequence[Term]) -> Iterator[list[list[Term]]]:
    """All ways in which times may come first, together or later."""
    if not times:
        yield []
        return
    first, *others = times
    for blocks in weak_orders(others):
        for k, block in enumerate(blocks):
            yield [*blocks[:k], [first, *block], *blocks[k + 1:]]
        for k in range(len(blocks) + 1):
            yield [*blocks[:k], [first], *blocks[k:]]


def placed(m: Monomial, times: Sequence[Term]) -> Term | None:
    """The only time of which a monomial has the number, once."""
    found = [gen.args[0] for gen, e in m if isinstance(gen, Leaf) and gen.name == PLACE and e == 1]
    one = len(found) == 1 and found[0] in times and not any(
        mentions(gen, t) for gen, _ in m if not (isinstance(gen, Leaf) and gen.name == PLACE) for t in times)
    return found[0] if one else None
