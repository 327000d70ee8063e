"""How a claim is read as a sequent of the kernel: its sides, its relation, what it takes as given. Trusted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from .extents import NUMBERING, PathsOf, ends_of, may_be_outside, may_be_some, members_left_out, paths_in, sizes_of
from .measure import under_other_laws
from .positive import signed
from .processes import at_each_step, from_starts
from .several_sets import several
from .translate import Apart, Translator, Untranslatable

DIRECTIONS = (k.variable("∂1", "coordinate"), k.variable("∂2", "coordinate"))
UNIT_RANGE = (r"\epsilon", r"\varepsilon")
TURNED = {"≤": "≥", "<": ">"}
NONE_LEFT_OUT: Mapping[Basic, Basic] = MappingProxyType({})


class Sequent(NamedTuple):
    """``given ⊢ left op right``, where ``op`` is =, ≈, ≥ or >, up to O(‖Δθ‖^order) where there is an order.

    ``kind`` says how the sides are compared: as functions of θ (``identity``), ``at_old``, or as ``value``.
    """

    left: k.Form
    op: str
    right: k.Form
    kind: str
    order: int | None
    given: tuple[k.Assumption, ...]


def read(calculus: k.Calculus, claim: lang.Claim) -> Sequent:
    """The sequent of a claim. Raises Untranslatable, KernelError or LanguageError where it has none."""
    relation = claim.expanded()
    kind = kind_of(relation, claim.at_old)
    approximate = relation.op == "≈" or claim.order is not None
    if kind == "value" and approximate:
        raise Untranslatable("a remainder beside a stop-gradient: its order depends on what is held fixed")
    if claim.order is not None and relation.op not in ("=", "≈"):
        raise Untranslatable("an inequality with a remainder")
    relation, stated = signed(relation, claim.given(), claim.free, claim.at_old)
    ends = ends_of(part for term in (relation, *stated) for part in term.parts) | {end for _, end in claim.ranges}
    refuse_some(claim, stated, ends)
    sizes = sizes_of(relation, *stated) | frozenset(
        part.name for _, end in claim.ranges for part in end.walk() if isinstance(part, lang.Const))
    apart = cache(lambda: several((relation, *stated)))  # asked for where the size of a set stands
    relation = at_each_step(from_starts(under_other_laws(relation)))
    paths = paths_in(*map(lang.unfold, (relation, *stated)))
    left, right, op = oriented(calculus, relation, sizes, members_left_out(relation), apart, paths)
    refuse_undiscounted(paths, left, right)
    given = assumptions(calculus, claim, stated, sizes, apart, paths) + counted(
        calculus, frozenset(var for var in claim.free if not may_be_outside(var, stated, ends)), relation)
    return Sequent(left, op, right, kind, claim.order, tuple(given))


def refuse_undiscounted(paths: PathsOf | None, *sides: k.Form) -> None:
    """Refuse a sum over all steps of a path that does not end, where none weighs less than the one before."""
    found = (k.number(1).poly == gen.weight for side in sides for gen in k.inside(side.poly, k.Visits))
    if paths is not None and paths.horizon == lang.ENDLESS and any(found):
        raise Untranslatable("an undiscounted sum over a path that does not end")


def refuse_some(claim: lang.Claim, stated: tuple[lang.Relation, ...], ends: Collection[Basic]) -> None:
    """Refuse what is given of some members only, by the number of one that the claim does not name."""
    others = {var for one in stated for var in one.free - claim.free if var.sort in NUMBERING}
    if any(may_be_some(var, stated, ends) for var in others):
        raise Untranslatable("what is given of members is given of some of them only")


def kind_of(relation: lang.Relation, at_old: bool) -> str:
    """How the two sides are compared: as functions of θ, at θ_old, or with stop marks erased."""
    if at_old:
        return "at_old"
    return "value" if lang.stops(relation) else "identity"


# Sides


def oriented(calculus: k.Calculus, relation: lang.Relation, sizes: frozenset[str],
             members: Mapping[Basic, Basic] = NONE_LEFT_OUT, apart: Apart = frozenset, paths: PathsOf | None = None
             ) -> tuple[k.Form, k.Form, str]:
    """The sides of a relation, the greater first."""
    left, right = sides(calculus, relation, sizes, members, apart, paths)
    if relation.op in TURNED:
        return right, left, TURNED[relation.op]
    return left, right, relation.op


def sides(calculus: k.Calculus, relation: lang.Relation, sizes: frozenset[str] | None = None,
          members: Mapping[Basic, Basic] = NONE_LEFT_OUT, apart: Apart | None = None, paths: PathsOf | None = None
          ) -> tuple[k.Form, k.Form]:
    """The two sides along fixed directions: one for a vector, two for a matrix."""
    shapes = [side.shape for side in (relation.lhs, relation.rhs) if not lang.is_zero(side)]
    shape = next((shape for shape in shapes if shape != lang.ANY), lang.SCALAR)
    directions = DIRECTIONS[: shape.count("d")]
    sizes = sizes_of(relation) if sizes is None else sizes
    translate = Translator(calculus, sizes, members, apart or (lambda: several((relation,))), paths,
                           max(member_numbers(relation.parts), default=0))
    left, right = (translate(without_remainder(side)).at(*directions) for side in (relation.lhs, relation.rhs))
    return left, right


def without_remainder(side: lang.Node) -> lang.Node:
    """A side without the remainders among its terms."""
    terms = side.args if isinstance(side, lang.Plus) else (side,)
    kept = [term for term in terms if not isinstance(term, lang.BigO)]
    return lang.plus(*kept) if kept else lang.node(0)


# What is given


def assumptions(calculus: k.Calculus, claim: lang.Claim, given: tuple[lang.Relation, ...],
                sizes: frozenset[str], apart: Apart, paths: PathsOf | None) -> list[k.Assumption]:
    """What is given, as forms compared with zero, for all values of what is not ``free`` in the claim."""
    found = []
    for stated in given:
        left, right, op = oriented(calculus, stated, sizes, apart=apart, paths=paths)
        one = k.Assumption(left - right, op, every=ranges(
            Translator(calculus, sizes), stated, stated.free - claim.free, dict(claim.ranges)))
        if op == "=":
            one = squared(calculus, one)
        elif op == ">" and k.whole(one.form.poly):
            one = one._replace(form=one.form - k.number(1), relation="≥")
        found.append(one)
    return found


def ranges(translate: Translator, stated: lang.Relation, variables: frozenset[lang.Var],
           ends: Mapping[lang.Var, Basic]) -> Mapping[k.Term, k.Sort]:
    """The ranges of the variables that an assumption names and the claim does not: it holds for all their values."""
    lengths = {part.args[1]: part.args[0] for part in stated.walk()
               if isinstance(part, (lang.TokenOf, lang.Prefix)) and isinstance(part.args[1], lang.Var)}
    found: dict[k.Term, k.Sort] = {}
    for var in sorted(variables, key=str):
        if var.sort in ("action", "state"):
            found[translate.term(var, {})] = k.Sort(var.sort)
        elif var in ends:
            found[translate.term(var, {})] = k.Sort(var.sort, translate.form(ends[var], {}).poly)
        elif var.sort == "index":
            found[translate.term(var, {})] = k.Sort("index", translate.form(lang.GROUP_SIZE, {}).poly)
        elif var in lengths:
            found[translate.term(var, {})] = k.Sort("token", translate.form(lang.Length(lengths[var]), {}).poly)
    return found


def squared(calculus: k.Calculus, one: k.Assumption) -> k.Assumption:
    """For √u·x − y = 0 with a monomial x > 0 and y ≥ 0: u − (y/x)² = 0, which follows; others as they are."""
    for m, c in one.form.poly:
        roots = [gen for gen, e in m if isinstance(gen, k.Power) and e == Fraction(1, 2)]
        scale = k.of(((tuple(f for f in m if f[0] not in roots), c),))
        other = k.of(((m, c),)) - one.form
        signs = calculus.sign(scale), calculus.sign(other)
        if len(roots) == 1 and signs[0].known == "positive" and signs[1].known != "real":
            other = calculus.times(other, calculus.power(scale, -1))
            # u stays one generator, which a case distinction can give a value
            form = k.generated(roots[0]) - calculus.times(other, other)
            return one._replace(form=form, label=signs[0].rests | signs[1].rests)
    return one


def counted(calculus: k.Calculus, free: frozenset[lang.Var], relation: lang.Relation) -> list[k.Assumption]:
    """That a free index, and each number by which a member is named, numbers a member of the group."""
    indices = sorted((var for var in free if var.sort == "index"), key=str)
    named = [lang.Num(number) for number in sorted(set(member_numbers(relation.parts)))]
    if not indices and not named:
        return []
    translate = Translator(calculus)
    members = k.Sort("index", translate.form(lang.GROUP_SIZE, {}).poly)
    return [k.Assumption(k.of(members.size), "members", every={translate.term(one, {}): members})
            for one in (*indices, *named)]


def member_numbers(parts: Iterable[Basic]) -> Iterator[int]:
    """The numbers by which members of a group, or their values, are named."""
    for part in parts:
        if isinstance(part, (lang.Sample, lang.App)) and not isinstance(part, lang.Apply):
            yield from (int(arg.value) for arg in part.args if isinstance(arg, lang.Num))


def conventions(difference: k.Form, given: k.Given) -> list[k.Assumption]:
    """The default ranges of the constants that a statement mentions: ε < 1, sizes of at least one."""
    found, one = [], k.number(1)
    leaves = set(k.leaves(difference.poly))
    for assumed in given:
        leaves |= {leaf for leaf in k.leaves(assumed.form.poly) if not any(k.mentions(leaf, x) for x in assumed.every)}
    for leaf in sorted(leaves):
        form = k.generated(leaf)
        if not leaf.args and leaf.name in UNIT_RANGE and leaf.sign == "positive":
            found.append(k.Assumption(one - form, ">", frozenset({k.Hypothesis("Range", f"{leaf.name} < 1")})))
        elif leaf.sign == "size" and not any(v.name.startswith("#") for v in k.inside(leaf, k.Variable)):
            found.append(k.Assumption(form - one, "≥", frozenset({k.Hypothesis("Range", f"{leaf.name} ≥ 1")})))
    return found


def grounded(theorem: k.Theorem, *terms: Basic) -> frozenset[k.Hypothesis]:
    """All that a theorem on these terms rests on, with what they presuppose.

    Raises NotProved where the end of a range may be negative, and so is not its size.
    """
    if any(held.kind == "Size" for held in theorem.hypotheses):
        raise k.NotProved("a range may have an end below zero, where its size is not its end")
    return theorem.hypotheses | presupposed(*terms)


def presupposed(*terms: Basic) -> frozenset[k.Hypothesis]:
    """What naming a member of a group, or summing over the first few, takes for granted: that the group has as many."""
    parts = [part for term in terms for part in term.parts]
    named = [1, *member_numbers(parts)]
    for part in parts:
        if isinstance(part, (lang.Sum, lang.Product)) and part.args[-1].sort == "index" and names_members(part):
            named += [int(arg.value) for arg in part.args[:2] if isinstance(arg, lang.Num)]
    return frozenset({k.Hypothesis("Range", f"G ≥ {max(named)}")} if max(named) > 1 else ())


def names_members(total: lang.Sum | lang.Product) -> bool:
    """Whether something under a sum is a member, or a function of its number."""
    return any(isinstance(part, (lang.Sample, lang.App)) and any(isinstance(arg, lang.Bound) for arg in part.args)
               for part in total.args[-1].body.walk())
