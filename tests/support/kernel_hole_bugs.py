"""Bugs by which something false was proved once, or would be: each takes away one thing that is asked."""

import sys

from grpo_symbolic import kernel as k
from grpo_symbolic import language as lang
from grpo_symbolic.kernel import order
from grpo_symbolic.kernel.form import single
from grpo_symbolic.kernel.order import Order

NOTHING = frozenset()
HOLE_BUGS = {}


def bug(name):
    """Register a function that puts a bug in, given a MonkeyPatch."""
    def register(function):
        HOLE_BUGS[name] = function
        return function
    return register


def everywhere(patch, name, build):
    """Replace a function in every module of the kernel and of the proof that knows it."""
    modules = [m for path, m in sys.modules.items() if hasattr(m, name) and path.startswith((
        "grpo_symbolic.kernel", "grpo_symbolic.proof"))]
    assert modules, f"there is no function {name}"
    changed = build(getattr(modules[0], name))
    for module in modules:
        patch.setattr(module, name, changed)


@bug("obligations of a threshold not asked")
def threshold(patch):
    """A split at c·v/(v − 1) leaves out v = 1."""
    patch.setattr(Order, "_granted", lambda self, form, given: NOTHING)


@bug("the upper end of a range taken as its size")
def end_as_size(patch):
    """Σ to G − 2 of 1 is G − 2, at G = 1 too."""
    size = k.Calculus.size
    patch.setattr(k.Calculus, "size", staticmethod(
        lambda sort: k.of(sort.size) if sort.kind in ("index", "token") else size(sort)))


@bug("every range taken to have a member")
def inhabited_always(patch):
    """A sum to G − 1 of what is positive is positive, at G = 1 too."""
    everywhere(patch, "inhabited", lambda inhabited: lambda sort: True)


@bug("kinks and denominators not checked where variables coincide")
def coinciding(patch):
    """|π(x) − π_old(a)| has no slope at θ_old where x is a."""
    patch.setattr(k.Calculus, "tenable", lambda self, held: None)
    everywhere(patch, "apart", lambda apart: lambda calculus, used: None)


@bug("a kink that appears at θ_old goes unnoticed")
def kink_at_old(patch):
    everywhere(patch, "bearable", lambda bearable: lambda held, image: None)
    everywhere(patch, "obliged", lambda obliged: lambda used: [])
    everywhere(patch, "apart", lambda apart: lambda calculus, used: None)


@bug("what is obliged at θ taken to be obliged at θ_old")
def unmoved(patch):
    """max(ρ, c) has a kink at θ_old where c = 1, and 1/k(a) at θ_old divides by what k is there."""
    patch.setattr(k.Calculus, "_obliged_there", lambda self, held, there: held)


@bug("a comparison at two points taken for a kink where they are one")
def one_point(patch):
    """max(k(a), k(b)) has the slope of k(a) where b is a."""
    everywhere(patch, "apart", lambda apart: lambda calculus, used: None)


@bug("a member left out of a range that may not have it")
def not_in_range(patch):
    everywhere(patch, "reaches", lambda reaches: lambda sort, last: NOTHING)


@bug("contact of order 0 without OffKink")
def contact_without_kinks(patch):
    """1[π > c] jumps where π_old = c."""
    everywhere(patch, "kinks", lambda kinks: lambda poly: NOTHING)


@bug("a sign used without what it rests on")
def bare_sign(patch):
    """1[π > 0] = 1 without Positive(π)."""
    everywhere(patch, "_declared", lambda declared: lambda name, sign: k.Sign(declared(name, sign).known, NOTHING))


@bug("a convention used without its hypothesis")
def bare_convention(patch):
    """ε − A > 0 where A = 1 and ε ≥ A exclude each other, without Range(ε < 1)."""
    everywhere(patch, "conventions", lambda conventions: lambda *forms: [
        one._replace(label=NOTHING) for one in conventions(*forms)])


@bug("members of a group that it need not have, without Range")
def members_unlisted(patch):
    everywhere(patch, "presupposed", lambda presupposed: lambda claim: NOTHING)


@bug("an approximation taken for an equation")
def approximation(patch):
    patch.setattr(lang.Claim, "given", lambda claim: tuple(
        lang.Relation("=" if one.op == "≈" else one.op, one.lhs, one.rhs) for one in claim.assume))


@bug("what is assumed of one action taken of all")
def one_for_all(patch):
    everywhere(patch, "ranges", lambda ranges: lambda calculus, stated, variables, *known: ranges(
        calculus, stated, stated.free, *known))


@bug("a part of any weight taken as non-negative")
def any_weight(patch):
    """w·x² ≥ 0 for every w."""
    shown = Order._shown

    def bent(self, part, form, given, depth):
        return shown(self, part._replace(weight=k.number(1)), form, given, depth)

    patch.setattr(Order, "_shown", bent)


@bug("no points taken to coincide")
def never_one(patch):
    everywhere(patch, "coincidences", lambda coincidences: lambda held, free=False: ())


@bug("what is assumed of all actions moved with the case of one")
def case_of_one(patch):
    """f·h > 0 everywhere says no more than c·h > 0 everywhere once f(b) = c."""
    def bent(self, one, known):
        return [one._replace(form=self.calculus.rebuilt(one.form, single, dict(known)))]

    patch.setattr(Order, "_moved", bent)


@bug("names of bound variables not told from those in use")
def captured(patch):
    """f(a) ≥ 0 for one a makes Σ_a f(a) ≥ 0."""
    patch.setattr(order, "mentions", lambda thing, term: False)


@bug("a value put for a leaf that no assumption gives")
def any_value(patch):
    rewritten = Order._rewritten

    def bent(self, rewrite, form, given):
        return rewritten(self, rewrite, form, (*given, k.Assumption(k.generated(rewrite.leaf) - rewrite.value, "=")))

    patch.setattr(Order, "_rewritten", bent)


@bug("what is said of one range put for another")
def other_range(patch):
    """f_i = 1 for the members does not sum to K over K others."""
    everywhere(patch, "within", lambda within: lambda every, at, ranges: NOTHING)


@bug("roots compared by their squares whatever their signs")
def any_square(patch):
    """x > y does not follow from x² > y²."""
    def bent(self, squares, form, given):
        return self.calculus.times(form, squares.greater.scaled(2) - form)

    patch.setattr(Order, "_squares", bent)


@bug("any form taken for a lemma")
def any_lemma(patch):
    patch.setattr(order, "LEMMAS", (*order.LEMMAS, "≥"))


@bug("assumptions that exclude each other found everywhere")
def any_contradiction(patch):
    absurd = k.Assumption(k.number(-1), ">")
    everywhere(patch, "contradict", lambda contradict: lambda calculus, *_: contradict(calculus, absurd, absurd))


@bug("cases left out of a split")
def two_cases(patch):
    """x > t and x < t leave out x = t."""
    split = Order._split
    patch.setattr(Order, "_split", lambda self, *at: (branch for n, branch in enumerate(split(self, *at)) if n != 1))


@bug("a comparison taken to have no tie")
def no_tie(patch):
    compare = Order._compare
    patch.setattr(Order, "_compare", lambda self, *at: (one for n, one in enumerate(compare(self, *at)) if n != 1))


@bug("an index taken for the first few members")
def few_members(patch):
    members = Order._members

    def bent(self, advice, form, given):
        few = k.Assumption(k.number(2), "members", every={advice.number: k.Sort("index", k.number(2).poly)})
        return members(self, advice, form, (few, *given))

    patch.setattr(Order, "_members", bent)


@bug("a new variable given a name that advice has")
def names_shared(patch):
    """Σ_a g(a, x) is Σ_a g(a, a) where the sum is opened with the name x."""
    patch.setattr(order, "named", lambda advice: ())


@bug("a name taken to be in a range that it had once")
def range_of_before(patch):
    """A range may be empty, and then what holds on it says nothing of the name."""
    names, opened, within = {}, k.Calculus.opened, order.within

    def noted(self, gen):
        found, body = opened(self, gen)
        names.update(found)
        return found, body

    patch.setattr(k.Calculus, "opened", noted)
    patch.setattr(order, "within", lambda every, at, ranges: within(every, at, {**names, **ranges}))
