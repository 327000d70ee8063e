"""The changes at one place that may make a claim true, the likeliest and smallest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from .. import language as lang
from ..language import Bound, Claim, Frac, Neg, Plus, Scope, Times
from ..language.derived import Divergence
from . import bends, repairs
from .bends import Letters, Path, Rule, attempts, put

MOST_FACTORS = 10
LARGEST = 600  # how many nodes a relation may have: of a longer one there are too many changes to make
LEFT: Path = (1,)
NAMES = (lang.Const, lang.App, lang.Policy)  # of numbers alone there is nothing to say
DERIVATIVES = (lang.Gradient, lang.Hessian)
LINEAR = (Times, Neg, Scope, lang.Expect, lang.Sum, lang.Gradient, lang.Hessian, lang.Transpose, lang.AtOld,
          lang.GroupMean, lang.StopGradient)
SIGNS = (bends.sign, repairs.opposite)
# Of an inequality what these put in makes something that holds of itself, and so does the sign of a side.
TRIVIAL_OF_ORDER = (repairs.squared, bends.power, repairs.multiplied, repairs.divided, repairs.added)
RANKS: tuple[tuple[Rule, ...], ...] = (
    (bends.sign, repairs.opposite, repairs.turned, repairs.ordering),
    (bends.law, bends.policy, repairs.unscaled, repairs.scaled, repairs.reciprocal, bends.point),
    (bends.fraction, bends.power, repairs.logged, bends.logarithm, repairs.stopped, bends.mean_for_sum,
     repairs.excluded, bends.factor),
    (bends.index_range, bends.variable, bends.divergence, bends.region, repairs.squared, repairs.rooted,
     repairs.averaged, repairs.constant, repairs.coarser, repairs.numeral),
    (bends.dropped_term, repairs.multiplied, repairs.divided),
    (repairs.added,),
    (repairs.bound,),
)


class Place(NamedTuple):
    """A node of a relation: its path, what it is a part of, the sorts bound around it, outermost first."""

    path: Path
    at: Any
    above: Any
    sorts: tuple[str, ...]
    differentiated: bool


@dataclass(frozen=True)
class Candidate:
    """A claim that differs from another at one place, and the name of the rule by which it does."""

    rule: str
    claim: Claim


def ranked(claim: Claim) -> Iterator[list[Candidate]]:
    """The changes of a claim, rank by rank; within one the simplest statements first, and none twice."""
    relation, around, seen = claim.relation, surroundings(claim), {claim.relation}
    apt = relation.size <= LARGEST and any(isinstance(part, NAMES) for part in relation.walk())
    places = list(walked(relation)) if apt else []
    for rank, rules in enumerate(RANKS):
        group = [Candidate("at_old", replace(claim, at_old=True))] if rank == rank_at_old(claim) else []
        weighed: list[tuple[Weight, Candidate]] = []
        for rule, place, new in changed(relation, places, around, rules):
            if new not in seen and essential(rule, relation, new):
                seen.add(new)
                weighed.append((weight(place, relation, new), Candidate(rule.__name__, replace(claim, relation=new))))
        yield group + [candidate for _, candidate in sorted(weighed, key=lambda one: one[0])]


def turns(claim: Claim) -> Iterator[Candidate]:
    """A claim with one sign or one difference turned, also where its sides are one then."""
    relation = claim.relation
    places = list(walked(relation)) if relation.size <= LARGEST else []
    for rule, _, new in changed(relation, places, surroundings(claim), (*SIGNS, repairs.turned)):
        yield Candidate(rule.__name__, replace(claim, relation=new))


def changed(relation: lang.Relation, places: list[Place], around: Surroundings, rules: tuple[Rule, ...]
            ) -> Iterator[tuple[Rule, Place, lang.Relation]]:
    """What the rules make of a relation, place by place, where that can be said."""
    for place in places:
        letters = around.at(place)
        for rule in rules:
            if fits(rule, place, relation):
                for part in attempts(rule, place.at, letters):
                    with suppress(lang.LanguageError):
                        yield rule, place, put(relation, place.path, alike(place.at, part))


def alike(old: Any, new: Any) -> Any:
    """A node that is printed as the one in whose place it stands."""
    same = type(new) is type(old) and not isinstance(new, lang.Relation)
    return new.hinted(**old.hints) if same and old.hints else new


Weight = tuple[bool, bool, int, int]


def weight(place: Place, old: lang.Relation, new: lang.Relation) -> Weight:
    """What comes first is less: what shortens, the right side, what is small, what lies at the surface."""
    growth = new.size - old.size
    return growth > 0, place.path[:1] == LEFT, growth, len(place.path)


def rank_at_old(claim: Claim) -> int | None:
    """The rank of θ = θ_old: of an equation with derivatives, and of another one; None where it holds there already or
    up to an order, or where both sides are then one."""
    if claim.relation.op not in "=≈" or claim.at_old or claim.order is not None or same(lang.rewrite(
            claim.relation, aged)):
        return None
    return 1 if any(isinstance(part, DERIVATIVES) for part in claim.relation.walk()) else 4


def aged(part: Any) -> Any:
    """The old policy for the current one."""
    current = isinstance(part, lang.Policy) and part.point == lang.CURRENT
    return lang.Policy(part.name, lang.OLD) if current else None


def same(relation: lang.Relation) -> bool:
    """Whether both sides are one, remainders apart."""
    left, right = ([term for term in (side.args if isinstance(side, Plus) else (side,))
                    if not isinstance(term, lang.BigO)] for side in (relation.lhs, relation.rhs))
    return left == right


def fits(rule: Rule, place: Place, relation: lang.Relation) -> bool:
    """Whether a rule has something to do in a place that it does nowhere else."""
    if relation.op not in "=≈" and len(place.path) == 1 and rule in SIGNS:
        return False
    if rule in repairs.TERMS:
        return not isinstance(place.above, LINEAR) and not (isinstance(place.above, Frac) and place.path[-1] == 0)
    return rule not in repairs.SLOTS or not isinstance(place.above, (Times, Neg, Plus))


def walked(term: Any) -> Iterator[Place]:
    """The places of a relation, the right side before the left."""
    waiting = [Place((), term, None, (), False)]
    while waiting:
        place = waiting.pop()
        yield place
        at = place.at
        inside = place.differentiated or isinstance(place.above, DERIVATIVES)
        sorts = (*place.sorts, at.sort) if isinstance(at, Scope) else place.sorts
        for k, part in enumerate(at.args):
            if isinstance(part, lang.Term) and not (isinstance(at, (lang.Sum, lang.Product)) and k < 2):
                waiting.append(Place((*place.path, k), part, at, sorts, inside))


class Surroundings(NamedTuple):
    """What a claim has for all its places; its factors each with the sorts that are bound around it."""

    policies: tuple[lang.Policy, ...]
    variables: tuple[lang.Var, ...]
    laws: tuple[lang.Law, ...]
    constants: tuple[lang.Const, ...]
    sizes: tuple[lang.Const, ...]
    factors: tuple[tuple[lang.Node, tuple[str, ...]], ...]

    def at(self, place: Place) -> Letters:
        """What of it can be said in a place, with the variables bound there."""
        here = tuple(Bound(k, sort) for k, sort in enumerate(reversed(place.sorts)))
        factors = tuple(one for one, sorts in self.factors
                        if sorts[len(sorts) - one.loose:] == place.sorts[len(place.sorts) - one.loose:])
        return Letters(self.policies, (*here, *self.variables), self.laws, self.constants, self.sizes,
                       factors, place.differentiated)


def surroundings(claim: Claim) -> Surroundings:
    """What a claim speaks of, in the order in which it stands there; variables by name."""
    parts = [part for one in (claim.relation, *claim.where, *claim.assume) for part in one.walk()]
    constants = dict.fromkeys(part for part in parts if isinstance(part, lang.Const))
    sizes = dict.fromkeys(part.args[0] for part in parts
                          if isinstance(part, (lang.Sum, lang.Product)) and isinstance(part.args[0], lang.Const))
    if any(isinstance(part, Scope) and part.sort == "group" or isinstance(part, lang.GroupMean) for part in parts):
        sizes[lang.GROUP_SIZE] = None
    return Surroundings(
        tuple(dict.fromkeys(part for part in parts if isinstance(part, lang.Policy))),
        tuple(sorted(claim.relation.free, key=lambda var: (var.sort, var.name))),
        tuple(dict.fromkeys(part for part in parts if isinstance(part, lang.Law) and not part.loose)),
        tuple(constants), tuple(sizes),
        tuple(dict.fromkeys(factors(claim.relation)))[:MOST_FACTORS])


def factors(relation: lang.Relation) -> Iterator[tuple[lang.Node, tuple[str, ...]]]:
    """The scalars that stand as factors, no literals; then probabilities, values of functions, and terms of sums."""
    found = [place for place in walked(relation)
             if isinstance(place.at, lang.Node) and place.at.shape == lang.SCALAR and lang.literal(place.at) is None
             and place.at not in (relation.lhs, relation.rhs)]  # a side put into the other makes any claim true
    yield from ((place.at, place.sorts) for place in found if isinstance(place.above, (Times, Frac)))
    yield from ((place.at, place.sorts) for place in found
                if isinstance(place.at, (lang.Prob, lang.App)) or isinstance(place.above, (Plus, Neg)))


def essential(rule: Rule, old: lang.Relation, new: lang.Relation) -> bool:
    """Whether a relation says something still: no side is the other, nothing is compared with or taken from itself."""
    if old.op not in "=≈" and rule in TRIVIAL_OF_ORDER and new.size >= old.size:
        return False
    if same(new) or all(lang.literal(side) is not None for side in (new.lhs, new.rhs)):
        return False
    return hollow(new) <= hollow(old)


@lru_cache(maxsize=16)
def hollow(relation: lang.Relation) -> Counter[str]:
    """How often each kind of emptiness stands in a relation: x/x, x/1, x − x, a law beside itself, ∇ of a constant."""
    return Counter(type(part).__name__ for part in relation.walk() if is_hollow(part))


def is_hollow(part: Any) -> bool:
    """Whether a node is another way to write a simpler one, or a constant."""
    if isinstance(part, (Divergence, lang.Min, lang.Max)):
        return len(part.args) == 2 and part.args[0] == part.args[1]
    if isinstance(part, Plus):
        return any(Neg(term) in part.args for term in part.args)
    if isinstance(part, Frac) and (number := lang.literal(part.args[1])) is not None and number <= 1:
        return True
    if isinstance(part, (Times, Frac)):
        above, below = quotient(part)
        return not above.isdisjoint(below) or isinstance(part, Times) and repairs.ONE in part.args
    if isinstance(part, (lang.Power, lang.Root, lang.Log, lang.Exp)):
        return type(part.args[0]) in INVERSE.get(type(part), ())
    return isinstance(part, DERIVATIVES) and not alive(part.args[0])


INVERSE: dict[type, tuple[type, ...]] = {
    lang.Power: (lang.Root, lang.Power), lang.Root: (lang.Power,), lang.Log: (lang.Exp, lang.Log),
    lang.Exp: (lang.Log,)}


def quotient(term: Any) -> tuple[set[Any], set[Any]]:
    """The factors above and below the line of a product or a quotient."""
    if isinstance(term, Times):
        found = [quotient(one) for one in term.args]
        return set[Any]().union(*(above for above, _ in found)), set[Any]().union(*(below for _, below in found))
    if isinstance(term, Frac):
        (above, over), (under, below) = map(quotient, term.args)
        return above | below, over | under
    return {term.args[0] if isinstance(term, lang.Power) else term}, set()


def alive(term: Any) -> bool:
    """Whether a derivative sees a term: it moves with θ, and not all of it is stopped."""
    if isinstance(term, lang.StopGradient) or not isinstance(term, lang.Term):
        return False
    if isinstance(term, (lang.Policy, lang.Head, lang.Step, lang.Parameter, lang.AtOld)):
        return lang.moves(term)
    return any(map(alive, term.args))


def narrowed(old: Any, new: Any) -> tuple[Any, Any]:
    """The smallest expressions in which two relations differ, what is bound around them by its name."""
    best = old, new
    while type(old) is type(new) and len(old.args) == len(new.args):
        apart = [k for k, pair in enumerate(zip(old.args, new.args, strict=True)) if pair[0] != pair[1]]
        if len(apart) != 1 or not isinstance(old.args[apart[0]], lang.Term):
            break
        if isinstance(old, Scope):
            var, old = old.open(new.free)
            new = new.at(var)
        else:
            old, new = old.args[apart[0]], new.args[apart[0]]
        if all(isinstance(one, lang.Node) and lang.literal(one) is None for one in (old, new)):
            best = old, new
    return best
