"""What to try, the likeliest first. Nothing here is trusted; the kernel checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ... import kernel as k
from ...kernel import Assumption, Form
from .assumed import assumed, averaged, cleared, few_members, rewrites
from .bounds import roots, suggestions
from .cases import comparisons, positive_parts, split
from .summands import by_pair, by_summand, over_coordinates
from .total_variation import pinsker

MAX_DEPTH = 12
MAX_FORMS = 600
PATIENCE = 10  # what is true and simple has been shown by then


def never() -> bool:
    """That nothing speaks against a claim."""
    return False


@dataclass
class Search:
    """Suggestions for one claim: the calculus they are built with, and for how many more forms they are made.

    Once PATIENCE forms are ``spent``, here and in searches before, ``doubted`` is asked whether the claim is false, and
    all is given up if so.
    """

    calculus: k.Calculus
    fuel: int = MAX_FORMS
    doubted: Callable[[], bool] = never
    spent: int = 0
    vain: bool = False
    failed: set[object] = field(default_factory=set)
    planned: dict[k.Poly, tuple[k.Part, ...]] = field(default_factory=dict)

    def __call__(self, form: Form, relation: str, given: Sequence[Assumption], depth: int
                 ) -> Iterator[k.Advice]:
        """Ways to show that ``form`` is > 0, ≥ 0 or = 0, the likeliest first; none once the time is up."""
        self.fuel, self.spent = self.fuel - 1, self.spent + 1
        if self.spent == PATIENCE and self.doubted():
            self.fuel, self.vain = -1, True
        key = form.poly, relation, tuple(one.form.poly for one in given)
        if self.fuel < 0 or depth > MAX_DEPTH or key in self.failed:
            raise k.NotProved("the search was given up")
        for advice in self.advice(form, relation, given):
            yield advice
            # it failed: where that was for want of time, so would the next
            self.calculus.in_time()
        # whoever comes this far has followed all of it in vain
        self.failed.add(key)

    def advice(self, form: Form, relation: str, given: Sequence[Assumption]) -> Iterator[k.Advice]:
        """Ways to show a relation of a form, whatever time they take."""
        calculus = self.calculus
        if form.poly in self.planned:
            yield self.planned[form.poly]
        if relation == "≥":
            for part, inner in pinsker(calculus, form):
                self.planned[part.core.poly] = inner
                yield (part,)
        yield from rewrites(form, given)
        yield from few_members(form, given)
        if relation == "≥":
            yield from averaged(calculus, form, given)
        if relation != "=":
            yield from positive_parts(calculus, form)
            yield from roots(calculus, form)
        choice = split(calculus, form, relation, given)
        compared = next(iter(comparisons(form.poly)), None)
        if choice and compared:
            # what holds holds in each case, and there it is simpler: nothing else is worth a try, but that a sum with a
            # value of its own no longer combines with others, nor does one that another has the value of
            if k.holds(compared, k.Sum):
                yield from by_summand(calculus, form, relation, given)
                yield k.Compare(k.of(compared))
            yield choice
            return
        if compared:
            yield k.Compare(k.of(compared))
        yield from assumed(calculus, form, relation, given)
        above = filter(None, suggestions(calculus, form)) if relation != "=" else iter(())
        under = by_summand(calculus, form, relation, given)
        # the square of a norm is one of each coordinate
        yield from chain(under, above) if over_coordinates(form) else chain(above, under)
        if relation != "=":
            yield from by_pair(calculus, form)
            yield from cleared(calculus, form)
        if choice:
            yield choice
