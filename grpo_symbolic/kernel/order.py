"""Decides whether forms are > 0, ≥ 0 or = 0; what is suggested is followed, and believed only where it adds up."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..proposals import matched
from .advice import (Advice, Assumption, Compare, Given, Members, Part, Parts, Rewrite, Split, Squares, Suggest,
                     named, total_of)
from .form import (NOTHING, Form, Generator, Indicator, KernelError, Leaf, NotProved, Ranges, Used,
                   combine, constant, is_same, leaves, number, single)
from .given import contradict, counted, granted, impossible, instances, placed, turns, within
from .points import bound, replaced_args, unused_gap
from .ring import ANY_SIGN
from .sign import inhabited, obligations, of, quantified, sign_of
from .slopes import Calculus
from .terms import holds, inside, mentions, numeral

# signs and assumptions that show a relation
SHOWS = {">": ("positive", ">"), "≥": ("positive", "nonnegative", ">", "≥", "="), "=": ("=",)}
LEMMAS = ("square", "phi", "psi")  # of these the core is not negative, by what it is
MAX_MEMBERS = 6


def is_zero(calculus: Calculus, form: Form) -> bool:
    """Whether the form is zero: it is the empty polynomial once the denominators outside all sums are cleared.

    Where it compares two terms, it is zero where these are one and where they are not.
    """
    form = calculus.cleared(form, ANY_SIGN)
    compared = next((gen for gen in inside(form.poly, Leaf) if is_same(gen) and not bound(gen)), None)
    if compared is None:
        return not form.poly
    apart = calculus.rebuilt(form, lambda gen: number(0) if gen == compared else single(gen))
    return is_zero(calculus, apart) and is_zero(calculus, calculus.identify(form, dict([compared.args])))


class Found(NamedTuple):
    """The hypotheses under which something was shown, and the advice that was followed, outermost first.

    ``vacuous`` where the assumptions leave no case.
    """

    used: Used
    steps: tuple[Advice, ...] = ()
    vacuous: bool = False


class Branch(NamedTuple):
    """One case: what there is to show in it, None where a hypothesis excludes it, and what is given in it.

    ``used`` is what was used to see that the case is excluded.
    """

    form: Form | None
    given: tuple[Assumption, ...]
    used: Used = NOTHING


@dataclass(frozen=True)
class Order:
    """Decides the ``relation`` of forms to 0 along suggestions."""

    calculus: Calculus
    relation: str
    suggest: Suggest

    def shown(self, form: Form, given: Given, depth: int = 0) -> Found:
        """How the relation is shown; or NotProved, also where there is nothing to show."""
        found = self.decide(form, given, depth)
        if found.vacuous:
            raise NotProved("the assumptions leave no case")
        return found

    def decide(self, form: Form, given: Given, depth: int) -> Found:
        """How the relation is shown, perhaps because nothing is left to show; or NotProved."""
        if (rests := self._at_once(form, given)) is not None:
            return Found(form.used | rests)
        for advice in self.suggest(form, self.relation, given, depth):
            with suppress(NotProved, KernelError):
                found = self._follow(advice, form, tuple(given), depth + 1)
                return found._replace(used=found.used | form.used, steps=(advice, *found.steps))
        raise NotProved("the canonical forms of the two sides differ" if self.relation == "=" else
                        "no sum of divergences, squares and positive terms was found")

    def _at_once(self, form: Form, given: Given) -> Used | None:
        """What the relation rests on where the form shows it, or an assumption says it."""
        if self.relation == "=":
            found = NOTHING if is_zero(self.calculus, form) else None
        else:
            known, rests = self.calculus.sign(form)
            found = rests if known in SHOWS[self.relation] else None
        said = (one.label for one in given if one.relation in SHOWS[self.relation] and placed(one)
                and form.poly in [side.poly for side in turns(one)])
        return next(said, None) if found is None else found

    def _follow(self, advice: Advice, form: Form, given: tuple[Assumption, ...], depth: int) -> Found:
        """The relation along one suggestion, with whose variables no new one may be confused."""
        self.calculus.taken |= {v.name for v in named(advice)}
        match advice:
            case Split():
                return self._cases(self._split(advice, form, given), depth)
            case Compare():
                return self._cases(self._compare(advice, form, given), depth)
            case Members():
                return self._cases(self._members(advice, form, given), depth)
            case Rewrite():
                return self._cases([self._rewritten(advice, form, given)], depth)
            case Squares():
                return self.decide(self._squares(advice, form, given), given, depth)
        return self._parts(advice, form, given, depth)

    def _granted(self, form: Form, given: Given) -> Used:
        """What a form from outside rests on, all of which the statement has already; or NotProved."""
        asked = form.used | obligations(form.poly)
        return NOTHING.union(*(granted(self.calculus, held, given) for held in asked))

    # Cases

    def _cases(self, branches: Iterable[Branch], depth: int) -> Found:
        """All cases that nothing excludes."""
        shown = []
        for branch in branches:
            shown.append(Found(branch.used, vacuous=True))
            if branch.form is not None:
                shown.append(self.decide(branch.form, branch.given, depth))
        steps = tuple(step for found in shown for step in found.steps)
        return Found(NOTHING.union(*(found.used for found in shown)), steps, all(found.vacuous for found in shown))

    def _branch(self, form: Form, given: Iterable[Assumption], used: Used = NOTHING) -> Branch:
        """A case, unless what is given cannot hold in it."""
        held = tuple(given)
        dead = [rests for one in held if (rests := impossible(self.calculus, one)) is not None]
        return Branch(None if dead else form, held, used.union(*dead[:1]))

    def _put(self, known: Mapping[Generator, Form], form: Form, given: Given, used: Used) -> Branch:
        """The case that generators have these values; what is given may exclude it, before anything else is asked."""
        branch = self._branch(form, [moved for one in given for moved in self._moved(one, known)], used)
        return branch if branch.form is None else branch._replace(
            form=self.calculus.rebuilt(form, single, dict(known)))

    def _moved(self, one: Assumption, known: Mapping[Generator, Form]) -> list[Assumption]:
        """An assumption in the case that generators have these values; none where it then says nothing."""
        if not any(mentions(one.form.poly, gen) for gen in known) or any(
                mentions(gen, x) for gen in known for x in one.every):
            return [one]  # it says nothing of them, or speaks of all values of a variable, the case of one
        try:
            to = self.calculus.rebuilt(one.form, single, dict(known))
        except KernelError:
            return []  # it has no value there
        # sides that compare in their turn may agree where there is no kink
        silent = one.relation == "≠" and holds(one.form.poly, Indicator) and is_zero(self.calculus, to)
        return [] if silent else [one._replace(form=to)]

    def _split(self, split: Split, form: Form, given: Given) -> Iterator[Branch]:
        """Each of three cases; together they leave out no value of the generator, as the threshold has one."""
        calculus, threshold = self.calculus, split.threshold
        used = self._granted(threshold, given)
        gap = unused_gap(form, threshold, *(one.form for one in given))
        below = threshold - gap
        own, other = sign_of(split.generator), calculus.sign(threshold)
        if own.known == other.known == "positive":
            used = used | own.rests | other.rests
            below = calculus.times(threshold, calculus.power(number(1) + gap, -1))
        for value in (threshold + gap, threshold, below):
            yield self._put({split.generator: value}, form, given, used)

    def _compare(self, compare: Compare, form: Form, given: Given) -> Iterator[Branch]:
        """The form compared is positive, zero or negative: it has a value, as it is granted one."""
        calculus, one = self.calculus, compare.form
        used = self._granted(one, given)
        steps = [calculus.step(side) for side in (one, -one)]
        used = used.union(*(step.used for step in steps))
        for values, fact in (((1, 0), Assumption(one, ">")), ((0, 0), Assumption(one, "=")),
                             ((0, 1), Assumption(-one, ">"))):
            known = {gen: number(value) for step, value in zip(steps, values, strict=True)
                     for gen in inside(step.poly, Indicator)[:1]}
            branch = self._put(known, form, given, used)
            barred = [rests for other in branch.given if (rests := contradict(calculus, fact, other)) is not None]
            live = None if barred else branch.form
            yield Branch(live, (*branch.given, fact), branch.used.union(*barred[:1]))

    def _members(self, members: Members, form: Form, given: Given) -> Iterator[Branch]:
        """An index that numbers one of a few members is each of them in turn."""
        ends = [constant(one.form.poly) or 0 for one in given
                if one.relation == "members" and members.number in one.every]
        few = [int(end) for end in ends if 1 <= end <= MAX_MEMBERS]
        if not few:
            raise NotProved("an index of which it is not known how many values it has")
        for k in range(1, min(few) + 1):
            at = {members.number: numeral(k)}
            moved = (one if members.number in one.every else one._replace(form=self.calculus.identify(one.form, at))
                     for one in given)
            yield self._branch(self.calculus.identify(form, at), moved)

    def _rewritten(self, rewrite: Rewrite, form: Form, given: Given) -> Branch:
        """The form and the assumptions with the value of a leaf in its place, wherever it stands."""
        by = self._equation(rewrite, given)
        varied = {v for v in by.every if mentions(rewrite.leaf, v)}

        def put(into: Form, every: Ranges) -> Form:
            opened = self.calculus.ranges = {}  # what had a range before may be free, and its range have no member
            ranges = ChainMap(dict(every), counted(given), opened)

            def change(found: Leaf) -> Form:
                at = matched(rewrite.leaf, found, varied)
                rests = within(by.every, at, ranges)
                if rests is None or at.keys() != varied or replaced_args(rewrite.leaf, at) != found:
                    return single(found)
                return self.calculus.identify(rewrite.value, at).with_used(rests)

            return self.calculus.rebuilt(into, change)

        rest = [one._replace(form=put(one.form, one.every)) for one in given if one is not by]
        return self._branch(put(form, {}), rest, by.label)

    @staticmethod
    def _equation(rewrite: Rewrite, given: Given) -> Assumption:
        """The assumption that gives a leaf its value, one wherever the leaf is; or NotProved."""
        gap = single(rewrite.leaf) - rewrite.value
        found = [one for one in given if one.relation == "=" and gap.poly in [side.poly for side in turns(one)]]
        if not found or any(x.name == rewrite.leaf.name for x in leaves(rewrite.value.poly)):
            raise NotProved("a value that no assumption gives")
        by, *_ = found
        left = {v: sort for v, sort in by.every.items() if not mentions(rewrite.leaf, v)}
        if not placed(Assumption(rewrite.value, "=", every=left)):
            raise NotProved("a value that differs over a range, or is one on a range that may have no member")
        return by

    def _squares(self, squares: Squares, form: Form, given: Given) -> Form:
        """For x ≥ 0 and any y: where x² − y² is ≥ 0, or > 0, so is x − y."""
        known = self.calculus.sign(squares.greater)
        if known.known == "real" or self.relation == "=":
            raise NotProved("no difference of two sides of which the greater one is not negative")
        squared = self.calculus.times(form, squares.greater.scaled(2) - form)  # (x − y) (x + y)
        return squared.with_used(known.rests | self._granted(squares.greater, given))

    # Parts

    def _parts(self, parts: Parts, form: Form, given: Given, depth: int) -> Found:
        """The form as the sum of its parts and of a rest that is decided in its turn."""
        shown = [self._shown(part, form, given, depth) for part in parts]
        sums = [total_of(self.calculus, part) for part in parts]
        used = NOTHING.union(*(self._granted(one, given) for one in sums), *(one.used for one, _ in shown))
        rest = form - combine((one, 1) for one in sums)
        strict = self.relation == ">" and any(positive for _, positive in shown)
        found = (replace(self, relation="≥") if strict else self).decide(rest, given, depth)
        steps = tuple(step for one, _ in shown for step in one.steps)
        return found._replace(used=found.used | used, steps=steps + found.steps)

    def _shown(self, part: Part, form: Form, given: Given, depth: int) -> tuple[Found, bool]:
        """That a part is zero, for the relation =, else that it is not negative; and whether it is positive."""
        outside = (form.poly, *(one.form.poly for one in given))
        if any(mentions(thing, v) for v in part.binders for thing in outside):
            raise NotProved("a bound variable that is used elsewhere")
        if part.kind not in (*LEMMAS, *SHOWS):
            raise NotProved("a part of which nothing is known")
        # the logarithm in φ and ψ asks for a positive core
        core = Found(NOTHING) if part.kind in LEMMAS else self._decided(part, given, depth)
        if part.kind == "=":
            return core, False
        weight = self.calculus.sign(part.weight)
        if self.relation == "=" or weight.known == "real":
            raise NotProved("a part that is not known to be non-negative")
        strict = part.kind == ">" and weight.known == "positive" and all(map(inhabited, part.binders.values()))
        return Found(core.used | weight.rests, core.steps), strict

    def _decided(self, part: Part, given: Given, depth: int) -> Found:
        """A core decided in its turn, for all values of the variables bound around it."""
        counted = [Assumption(of(sort.size), "members", every={v: sort})
                   for v, sort in part.binders.items() if sort.kind == "index"]
        inner = [*instances(self.calculus, given, part.core, part.binders), *counted]
        found = replace(self, relation=part.kind).shown(part.core, inner, depth)
        return Found(quantified(found.used, part.binders), found.steps)
