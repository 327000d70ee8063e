"""Expectations over groups of independent draws, by the members that are named."""

from __future__ import annotations

from .form import ACTION, Form, Hypothesis, Monomial, Sort, Used, combine, made, number, of_monomial, single
from .points import Binders, bound, hidden, identifications, law_of, members_of, symmetric, without
from .sums import Sums
from .terms import Numeral, Point, Term, mentions, point, replaced

MAX_MEMBERS = 6


class Groups(Sums):
    """Builds canonical expectations over groups."""

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
        return self._drawn(sort, members, fixed, of_monomial(m), without(others, drawn)).with_used(independent(sort))

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
        return self._over({group: sort}, mean).with_used(independent(sort))

    def _drawn(self, sort: Sort, members: list[Point], fixed: list[Term], body: Form, rest: Binders) -> Form:
        """Over all ways in which members may be the same ones: those that are ``fixed`` are not, the others draw."""
        law, parts = law_of(sort), []
        for table in identifications(members, lambda member: member.at in fixed):
            actions = {head: self.fresh("action") for head in dict.fromkeys(table.values())}
            choices = [made(sort.size) - number(met) for met in range(len(fixed), len(actions))]
            laws = [single(law._replace(args=(action, *law.args[1:]))) for action in actions.values()]
            at = {member: actions[head] for member, head in table.items()}
            binders = rest | dict.fromkeys(actions.values(), ACTION)
            parts.append((self.times(*choices, self._put(binders, self.times(body, *laws), at)), 1))
        return combine(parts)


def independent(sort: Sort) -> Used:
    """That the members of a group are independent draws from a law."""
    return frozenset({Hypothesis("IndependentSamples"), Hypothesis("Normalised", law_of(sort).name)})
