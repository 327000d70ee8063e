r"""Maxima over finite sets as names: of max_x f(x) is known that it is no f(x) smaller, and that it is one of them.

A maximum is put as f(z) at a free z that is anything at which f is largest, and one that depends on what is bound
around it as the value M(y) of a new function; what is said of both is assumed. Trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import islice, product
from typing import Any, NamedTuple

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from ..language.signs import REAL
from .extents import NUMBERING, ends_of, may_be_outside, ranged
from .translate import Untranslatable

# Where a name also stands at another θ, or is differentiated, which the place of a maximum may not follow.
MOVED = (lang.Gradient, lang.Hessian, lang.AtOld, lang.Taylor, lang.Step, lang.BigO)

MAXIMA = (lang.Largest, lang.AtLargest)

MOST_INSTANCES = 16
LESSER = frozenset("<≤≥>")


def attained(claim: lang.Claim) -> Iterator[lang.Claim]:
    """Claims without maxima, of which the claim follows: the first says all that is known of them, the second less of
    those that stand on the greater side only. Raises Untranslatable or LanguageError."""
    relation, given = lang.unfold(claim.expanded()), tuple(map(lang.unfold, claim.given()))
    parts = [part for term in (relation, *given) for part in term.parts]
    if not any(isinstance(part, MAXIMA) for part in parts):
        yield claim
        return
    if any(isinstance(part, MOVED) for part in parts) or claim.at_old:
        raise Untranslatable("a maximum beside a derivative, or at θ_old: where it is attained may move with θ")
    for everywhere in (True, False) if relation.op in LESSER else (True,):
        names = Names({part.name for part in parts if isinstance(part, lang.Var)}, claim.free)
        places = numbered(parts, claim.free, given)
        found = [names.without(side, ()) for side in sides(relation)[:1]]
        assumed = [names.without(one, ()) for one in given]
        names.placing = everywhere
        found += [names.without(side, ()) for side in sides(relation)[1:]]
        known = claim.free | frozenset(names.chosen)
        places |= dict.fromkeys(known - places.keys()) | {var: names.ends.get(var) for var in names.chosen}
        more = dict.fromkeys(here for one in names.said for here in instances(one, known, places, names.ends))
        stated = lang.Relation(relation.op, *(found if relation.op in ("<", "≤") else reversed(found)))
        yield lang.Claim(stated, (), (*assumed, *names.said, *more), claim.at_old, claim.note, claim.fixed | known,
                         tuple(names.ends.items()))


def presumed(claim: lang.Claim) -> frozenset[k.Hypothesis]:
    """What a claim on maxima takes for granted of the indices and numbers of members that it names: that they are in
    the range. Raises LanguageError."""
    terms = (lang.unfold(claim.expanded()), *map(lang.unfold, claim.given()))
    parts = [part for term in terms for part in term.parts]
    if not any(isinstance(part, MAXIMA) and ranged(part) for part in parts):
        return frozenset()
    places = numbered(parts, claim.free, terms[1:]).items()
    said = [f"{end.name} ≥ {place.value}" if isinstance(place, lang.Num) else f"{place} ≤ {end.name}"
            for place, end in places if isinstance(end, lang.Const) and place != lang.Num(1)]
    said += [f"{part.args[1].name} ≥ 2" for part in parts if isinstance(part, lang.Largest) and len(part.args) > 2
             and isinstance(part.args[1], lang.Const)]  # beside the one that is left out there is another
    return frozenset(k.Hypothesis("Range", one) for one in said)


def sides(relation: lang.Relation) -> tuple[lang.Node, lang.Node]:
    """The sides of a relation, the lesser first, if there is one."""
    return (relation.lhs, relation.rhs) if relation.op in ("<", "≤") else (relation.rhs, relation.lhs)


def numbered(parts: list[Basic], free: frozenset[lang.Var], given: tuple[lang.Relation, ...]
             ) -> dict[Basic, Basic | None]:
    """The free indices of a claim, and the numbers of members that it names, with the end of the one range that it has:
    they are in that, unless something else is given of them. None are where it has several, or where it ends at a
    number, but for numbers that each of them is seen to reach."""
    ends = ends_of(parts)
    numbers = {arg for part in parts if isinstance(part, (lang.App, lang.Sample)) for arg in part.args
               if isinstance(arg, lang.Num)}
    indices = {var for var in free if var.sort in NUMBERING}
    if len(ends) != 1:
        return dict.fromkeys(indices, lang.NONE)
    end, = ends
    seen = None if isinstance(end, lang.Const) else lang.least(end, 1)
    inside = {var: lang.NONE if lang.literal(end) is not None or may_be_outside(var, given, ends) else end
              for var in indices}
    return inside | {
        number: end for number in numbers if isinstance(end, lang.Const) or seen is not None and number.value <= seen}


def instances(one: lang.Relation, known: frozenset[lang.Var], places: Mapping[Basic, Basic | None],
              ends: Mapping[lang.Var, Basic]) -> Iterator[lang.Relation]:
    """What is said for all values of variables, at the ``places`` of a claim that have their ranges: each follows, and
    saves a search."""
    every = sorted(one.free - known, key=str)
    found = [[place for place, end in sorted(places.items(), key=str) if end == ends.get(mine) and (
        lang.sort_of(place) == mine.sort)] for mine in every]
    for values in islice(product(*found), MOST_INSTANCES):
        here = lang.substitute(one, dict(zip(every, values, strict=True)))
        if here.lhs != here.rhs:
            yield here


def parted(body: Any, var: lang.Var) -> tuple[list[Any], Any]:
    """The factors of a product that a variable does not move, and that are not negative, and the other ones."""
    factors = body.args if isinstance(body, lang.Times) else (body,)
    before = [one for one in factors if var not in one.free and never_negative(one)]
    after = [one for one in factors if one not in before]
    return (before, lang.times(*after)) if after else ([], body)


def never_negative(term: Any) -> bool:
    """Whether a term is not negative, whatever the signs that custom gives to names."""
    customary = any(isinstance(part, (lang.Const, lang.Head)) and part.sign != REAL for part in term.walk())
    return not customary and lang.known_sign(term) != REAL


class Over(NamedTuple):
    """What a maximum is of, up to an end where it runs over indices, of which one may be left out."""

    scope: lang.Scope
    end: Basic = lang.ALL
    excluded: Basic = lang.NONE

    def counts(self, var: lang.Var) -> lang.Node:
        """1 where a variable is not the one that is left out."""
        return lang.plus(lang.Num(1), lang.Neg(lang.Same(var, self.excluded)))

    def key(self, var: lang.Var) -> lang.Scope:
        """The scope, in which the one that is left out stands, too."""
        if self.excluded == lang.NONE:
            return self.scope
        return lang.Scope.close(var, lang.times(self.counts(var), self.scope.at(var)))

    def no_smaller(self, value: Any, var: lang.Var) -> lang.Relation:
        """That a value is no smaller than what stands at a variable, if that is not left out."""
        here = self.scope.at(var)
        if self.excluded == lang.NONE:
            return lang.Relation("≥", value, here)
        return lang.Relation("≥", lang.times(self.counts(var), lang.plus(value, lang.Neg(here))), lang.Num(0))


class Names:
    """What stands for maxima, by what they are of: ``said`` is assumed of the places ``chosen`` and of new functions.

    ``free`` are the variables of the claim, for each of whose values it is made. What is met while this is not
    ``placing`` is a new number or function, of which is only said that no value is larger.
    """

    def __init__(self, taken: set[str], free: frozenset[lang.Var]) -> None:
        self.taken, self.free, self.placing = taken, free, True
        self.known: dict[tuple[Basic, ...], Any] = {}
        self.places: dict[Over, lang.Var] = {}
        self.chosen: list[lang.Var] = []
        self.said: list[lang.Relation] = []
        self.ends: dict[lang.Var, Basic] = {}  # of the ranges of indices, from 1 on

    def without(self, term: Any, bound: tuple[lang.Var, ...]) -> Any:
        """A term without maxima, which stands where variables are ``bound``."""
        if not isinstance(term, lang.Term) or not any(isinstance(part, MAXIMA) for part in term.walk()):
            return term
        if isinstance(term, lang.Scope):
            var = self.fresh(term.name, term.sort)
            return lang.Scope.close(var, self.without(term.at(var), (*bound, var))).hinted(name=term.name)
        if isinstance(term, (lang.Sum, lang.Product)) and ranged(term):
            var = self.fresh(term.args[2].name, term.args[2].sort, lang.span(term.args[0])[1])
            inner = self.without(term.args[2].at(var), (*bound, var))
            outer = (self.without(arg, bound) for arg in term.args[:2])
            return term.with_args((*outer, lang.Scope.close(var, inner).hinted(name=term.args[2].name)))
        if isinstance(term, lang.Largest):
            return self.named(term.args[0], bound, *term.args[1:])
        if isinstance(term, lang.AtLargest):
            return self.without(term.args[0].at(self.maximiser(term.args[1], bound)), bound)
        return term.with_args(tuple(self.without(arg, bound) for arg in term.args))

    def maximiser(self, scope: lang.Scope, bound: tuple[lang.Var, ...]) -> lang.Var:
        """A place where a scope is largest, one for all that is taken there."""
        inner = self.without(scope, bound)
        if inner.free - self.free - frozenset(self.chosen):
            raise Untranslatable("where a maximum is attained depends on what is bound around it")
        return self.place_of(Over(inner))

    def named(self, scope: lang.Scope, bound: tuple[lang.Var, ...], upper: Basic = lang.ALL,
              excluded: Basic = lang.NONE) -> Any:
        """What stands for the maximum over a scope, up to an end where it runs over indices."""
        start, end = lang.span(upper)
        needed = 1 if excluded == lang.NONE or isinstance(end, lang.Const) else 2
        if upper != lang.ALL and (start > 1 or end.free - self.free or end.loose or (lang.least(end, 1) or 0) < needed):
            raise Untranslatable("a maximum over indices that do not run from 1, or of which there may be none")
        var = self.fresh(scope.name, scope.sort, end)
        before, body = parted(self.without(scope.at(var), (*bound, var)), var)
        return body if var not in body.free else lang.times(
            *before, self.largest(Over(lang.Scope.close(var, body), end, excluded)))

    def largest(self, over: Over) -> Any:
        """What stands for the maximum over a scope in which no maximum stands."""
        scope, end, _ = over
        var = self.fresh(scope.name, scope.sort, end)
        whole = over.key(var)
        others = tuple(sorted(whole.free - self.free - frozenset(self.chosen), key=str))
        closed = reduce(lambda inner, other: lang.Scope.close(other, inner), others, whole)
        key = closed, end, *(self.ends.get(other, lang.ALL) for other in others)
        if key not in self.known and self.placing and not others:
            self.known[key] = scope.at(self.place_of(over))
        elif key not in self.known:
            self.known[key] = self.function(scope, others)
            self.said.append(over.no_smaller(self.value(key, others), var))
        return self.value(key, others)

    def value(self, key: tuple[Basic, ...], others: tuple[lang.Var, ...]) -> Any:
        """What stands for a maximum that is known, which is a function of others."""
        found = self.known[key]
        return found(*others) if isinstance(found, lang.Head) else found

    def place_of(self, over: Over) -> lang.Var:
        """A place where a scope in which no maximum stands is largest."""
        scope, end, excluded = over
        if over not in self.places:
            var, place = (self.fresh(scope.name, scope.sort, end) for _ in range(2))
            self.chosen.append(place)
            self.places[over] = place
            self.said.append(over.no_smaller(scope.at(place), var))
            if excluded != lang.NONE:
                self.said.append(lang.Relation("=", lang.Same(place, excluded), lang.Num(0)))
        return self.places[over]

    def function(self, scope: lang.Scope, others: tuple[lang.Var, ...]) -> lang.Head:
        """A new function of what is bound around the maximum."""
        if any(var.sort not in ("action", "state") and var not in self.ends for var in others):
            raise Untranslatable("a maximum that depends on a group, or on an index of which the range is not known")
        places = ", ".join(f"#{k + 1}" for k in range(len(others)))
        layout = rf"\max_{{{len(self.known) + 1}}}" + f"({places})" * bool(others)
        return lang.Head(layout, lang.moves(scope))

    def fresh(self, name: str, sort: str, end: Basic = lang.ALL) -> lang.Var:
        """A variable of a new name; of an index with the end of its range."""
        while name in self.taken:
            name += "'"
        self.taken.add(name)
        var = lang.Var(name, sort)
        if end != lang.ALL:
            self.ends[var] = end
        return var
