"""Expectations over groups of independent draws, by the members that are named."""

from __future__ import annotations

from functools import partial

from .form import ACTION, Form, Hypothesis, Monomial, Sort, combine, made, number, of_monomial, single
from .points import Binders, bound, hidden, law_of, members_of, symmetric, without
from .sums import Rule, Sums
from .terms import Numeral, Term, mentions, point, replaced

MAX_MEMBERS = 6


class Groups(Sums):
    """Builds canonical expectations over groups."""

    def rules_of_sums(self) -> tuple[Rule, ...]:
        """The rules of sums, and that for groups after them."""
        return (*super().rules_of_sums(), self._expect)

    def _expect(self, binders: Binders, m: Monomial) -> Form | None:
        """The expectation of a monomial by the members that it names; None where it needs the group as a whole."""
        for group, sort in binders.items():
            others = without(binders, {group})
            ranges = tuple(others.values())  # these may end with a member, as tokens do
            if sort.kind == "group" and self.allows("group") and not mentions(hidden(ranges, group), group):
                return self._by_member(group, sort, others, m)
        return None

    def _by_member(self, group: Term, sort: Sort, others: Binders, m: Monomial) -> Form | None:
        """An index that also stands elsewhere than in its member is held fixed, and summed over at the end."""
        ranges = tuple(others.values())
        members = sorted(members_of((m, ranges), group))
        masked = hidden((m, ranges), group)
        drawn = [i for _, _, i in members if others.get(i) == Sort("index", sort.size) and not mentions(masked, i)]
        fixed = [i for _, _, i in members if i not in drawn]
        if mentions(masked, group) or any(bound(i) for i in fixed):
            return self._exchanged(group, sort, fixed, others, m)
        if len(fixed) > 1 and not all(isinstance(i, Numeral) for i in fixed) or len(drawn) > MAX_MEMBERS:
            return None
        rest = without(others, drawn)
        return self._drawn(group, sort, tuple(fixed + drawn), len(fixed), of_monomial(m), (), rest)

    def _exchanged(self, group: Term, sort: Sort, fixed: list[Term], others: Binders, m: Monomial) -> Form | None:
        """Members are exchangeable: what names one, and else only sums over the whole group, is its mean over them."""
        named = [i for i in fixed if not bound(i)]
        if len(named) != 1 or others:
            return None
        member, index = point("member", group, named[0]), self.fresh("index")
        if not symmetric(replaced(m, {member: ("masked",)}), group, Sort("index", sort.size)):
            return None
        summand = self.identify(of_monomial(m), {member: point("member", group, index)})
        mean = self.times(self.power(made(sort.size), -1), self.total(index, Sort("index", sort.size), summand))
        drawn = {Hypothesis("IndependentSamples"), Hypothesis("Normalised", law_of(sort).name)}
        return mean.linear(partial(self._sum, {group: sort})).with_used(drawn)

    def _drawn(self, group: Term, sort: Sort, indices: tuple[Term, ...], fixed: int, body: Form,
               actions: tuple[Term, ...], rest: Binders) -> Form:
        """Index by index: each is a member met before, or one of the others; those that are ``fixed`` all differ."""
        law = law_of(sort)
        if not indices:
            weights = [single(law._replace(args=(action, *law.args[1:]))) for action in actions]
            drawn = self.times(body, *weights).linear(partial(self._sum, rest | dict.fromkeys(actions, ACTION)))
            return drawn.with_used({Hypothesis("IndependentSamples"), Hypothesis("Normalised", law.name)})
        new, parts = self.fresh("action"), []
        for action in (*actions, new) if len(actions) >= fixed else (new,):
            table = {point("member", group, indices[0]): action}
            here = self.identify(body, table)
            ranges = {v: self.range_at(other, partial(self.identify, table=table)) for v, other in rest.items()}
            if action == new and len(actions) >= fixed:
                here = self.times(here, made(sort.size) - number(len(actions)))
            met = (*actions, new) if action == new else actions
            parts.append((self._drawn(group, sort, indices[1:], fixed, here, met, ranges), 1))
        return combine(parts)
