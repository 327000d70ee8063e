"""Bugs by which something false was proved once, or would be: each takes away one thing that is asked."""

import sys

from grpo_symbolic import kernel as k
from grpo_symbolic import language as lang
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


@bug("a kink that appears at θ_old goes unnoticed")
def kink_at_old(patch):
    everywhere(patch, "bearable", lambda bearable: lambda held, image: None)


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
    everywhere(patch, "ranges", lambda ranges: lambda calculus, stated, variables: ranges(
        calculus, stated, stated.free))


@bug("a part of any weight taken as non-negative")
def any_weight(patch):
    """w·x² ≥ 0 for every w."""
    shown = Order._shown

    def bent(self, part, form, given, depth):
        return shown(self, part._replace(weight=k.number(1)), form, given, depth)

    patch.setattr(Order, "_shown", bent)
