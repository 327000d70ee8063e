"""Bugs for the kernel, one at a time: each wraps what the kernel does, whatever its source looks like."""

import sys
from fractions import Fraction

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel.form import made
from grpo_symbolic.kernel.order import Order

BUGS = {}


def bug(name):
    """Register a function that puts a bug in, given a MonkeyPatch."""
    def register(function):
        BUGS[name] = function
        return function
    return register


def wrap(patch, method, build):
    """Replace a method of the calculus by ``build(original)``, in the class that has it."""
    owner = next(one for one in k.Calculus.__mro__ if method in vars(one))
    patch.setattr(owner, method, build(getattr(owner, method)))


def wrap_order(patch, method, build):
    """Replace a method of what decides along suggestions by ``build(original)``."""
    patch.setattr(Order, method, build(getattr(Order, method)))


def everywhere(patch, name, build):
    """Replace a function in every module of the kernel that knows it."""
    modules = [m for path, m in sys.modules.items() if path.startswith("grpo_symbolic.kernel") and hasattr(m, name)]
    assert modules, f"the kernel has no function {name}"
    changed = build(getattr(modules[0], name))
    for module in modules:
        patch.setattr(module, name, changed)


def leaves_changed(thing, change):
    """A polynomial, or a part of one, with its leaves replaced."""
    if isinstance(thing, k.Leaf):
        return change(thing)
    if not isinstance(thing, tuple):
        return thing
    return tuple.__new__(type(thing), [leaves_changed(part, change) for part in thing])


def moved(form, where, to, which=lambda leaf: True):
    """The form with its leaves at one point put at another."""
    def change(leaf):
        return leaf._replace(point=to) if leaf.point == where and which(leaf) else leaf
    return made(leaves_changed(form.poly, change), form.used)


def terms(form):
    """The terms of a form, each a form."""
    return [made((term,), form.used) for term in form.poly]


def summed(forms):
    return sum(forms, k.number(0))


@bug("a relation dropped: probabilities do not sum to one")
def no_normalisation(patch):
    wrap(patch, "__init__", lambda init: lambda self, rules=k.RULES, deadline=None, mark="%": init(
        self, rules - {"normalisation"}, deadline, mark))


@bug("a relation too many: π² sums to one")
def squares_sum(patch):
    def build(total):
        def bent(self, var, sort, form):
            if len(form.poly) == 1 and len(form.poly[0][0]) == 1:
                ((gen, e),), c = form.poly[0]
                if isinstance(gen, k.Leaf) and gen.sign == "law" and e == 2 and not gen.along:
                    return k.number(c)
            return total(self, var, sort, form)
        return bent
    wrap(patch, "total", build)


@bug("the size of a range forgotten")
def no_size(patch):
    def build(total):
        def bent(self, var, sort, form):
            return total(self, var, sort, form) if repr(var) in repr(form.poly) else form
        return bent
    wrap(patch, "total", build)


@bug("a half lost")
def no_half(patch):
    scaled = k.Form.scaled
    patch.setattr(k.Form, "scaled", lambda form, factor: scaled(form, factor * (1 + (factor.denominator == 2))))


@bug("a factor lost")
def no_third_factor(patch):
    wrap(patch, "times", lambda times: lambda self, *forms: times(self, *forms[:2]))


@bug("names captured: binders without heights")
def no_heights(patch):
    everywhere(patch, "height", lambda height: lambda thing: int(isinstance(thing, k.Sum)))


@bug("names captured: one fresh variable for all")
def no_fresh(patch):
    wrap(patch, "fresh", lambda fresh: lambda self, sort="": k.variable("%", sort))


@bug("a wrong jet at θ_old: its derivatives stay at θ")
def jets_stay(patch):
    wrap(patch, "at_old", lambda at_old: lambda self, form: moved(
        at_old(self, form), "old", "current", lambda leaf: leaf.along))


@bug("a wrong jet at θ_old: the policy stays at θ")
def policies_stay(patch):
    wrap(patch, "at_old", lambda at_old: lambda self, form: moved(
        at_old(self, form), "old", "current", lambda leaf: not leaf.along))


@bug("θ_old moves with θ")
def old_moves(patch):
    wrap(patch, "derivative", lambda derivative: lambda self, form, v: derivative(
        self, moved(form, "old", "current"), v))


@bug("an exponent off by one in the power rule")
def power_rule(patch):
    def build(derivative):
        def bent(self, form, v):
            parts = [derivative(self, part, v).scaled(part.poly[0][0][0][1] + 1 if len(part.poly[0][0]) == 1 and
                     part.poly[0][0][0][1] > 1 else 1) for part in terms(form)]
            return summed(parts)
        return bent
    wrap(patch, "derivative", build)


@bug("a term missing in the product rule")
def product_rule(patch):
    def build(derivative):
        def bent(self, form, v):
            parts = []
            for (m, c), in (part.poly for part in terms(form)):
                first, rest = made(((m[:1], c),)), made(((m[1:], 1),))
                parts.append(self.times(derivative(self, first, v), rest))
            return summed(parts)
        return bent
    wrap(patch, "derivative", build)


@bug("the score forgotten where the law of a group depends on θ")
def no_score(patch):
    wrap(patch, "_score", lambda score: lambda self, group, sort, v: k.number(0))


@bug("the diagonal of a group forgotten")
def no_diagonal(patch):
    def build(total):
        def bent(self, group, sort, form):
            if sort.kind != "group":
                return total(self, group, sort, form)
            parts = []
            for (m, c), in (part.poly for part in terms(form)):
                factors = [k.generated(gen, e) for gen, e in m if e.denominator != 1 or e < 0]
                factors += [k.generated(gen) for gen, e in m if e.denominator == 1 for _ in range(int(e))]
                parts.append(self.times(k.number(c), *(total(self, group, sort, f) for f in factors)))
            return summed(parts)
        return bent
    wrap(patch, "total", build)


@bug("a stop mark ignored")
def no_stop(patch):
    wrap(patch, "stopped", lambda stopped: lambda self, form: form)


@bug("stop marks erased at each gradient")
def early_release(patch):
    wrap(patch, "derivative", lambda derivative: lambda self, form, v: derivative(self, self.released(form), v))


@bug("logarithms and roots of negative numbers split")
def everything_positive(patch):
    everywhere(patch, "sign_of", lambda sign_of: lambda gen: (
        sign_of(gen)._replace(known="positive") if isinstance(gen, k.Leaf) else sign_of(gen)))


@bug("√(A²) = A")
def naive_root(patch):
    def build(power):
        def bent(self, form, exponent):
            if exponent.denominator == 2 and len(form.poly) == 1 and all(e.denominator == 1 and e % 2 == 0
                                                                         for _, e in form.poly[0][0]):
                halved = tuple((gen, e // 2) for gen, e in form.poly[0][0])
                root = power(self, k.number(form.poly[0][1]), exponent)
                return self.times(root, power(self, made(((halved, 1),), form.used), exponent.numerator))
            return power(self, form, exponent)
        return bent
    wrap(patch, "power", build)


@bug("0 · 1/0 = 0")
def inverse_of_zero(patch):
    wrap(patch, "power", lambda power: lambda self, form, exponent: power(self, form, exponent) if form.poly else form)


@bug("the wrong sign in a minimum")
def wrong_minimum(patch):
    wrap(patch, "positive_part", lambda part: lambda self, form: -part(self, form))


@bug("the wrong side of a comparison")
def wrong_side(patch):
    wrap(patch, "step", lambda step: lambda self, form: k.number(1) - step(self, form))


@bug("an exponential of a sum loses a term")
def short_exponential(patch):
    wrap(patch, "exp", lambda exp: lambda self, form: exp(self, made(form.poly[:1], form.used)))


@bug("hypotheses not recorded")
def no_hypotheses(patch):
    patch.setattr(k.Form, "with_used", lambda form, used: form)


@bug("contact one order short")
def short_contact(patch):
    everywhere(patch, "contact", lambda contact: lambda calculus, left, right, order: contact(
        calculus, left, right, max(order - 1, 1)))


@bug("a zero test that believes a single term")
def credulous(patch):
    everywhere(patch, "is_zero", lambda is_zero: lambda calculus, form: len(form.poly) < 2 or is_zero(calculus, form))


@bug("what vanishes under a denominator, or a kink, goes unnoticed")
def undefined_unnoticed(patch):
    everywhere(patch, "bearable", lambda bearable: lambda held, image: None)


@bug("stop marks never erased")
def marks_kept(patch):
    wrap(patch, "released", lambda released: lambda self, form: form)


@bug("Δθ has no derivative along itself")
def fixed_step(patch):
    wrap(patch, "_derived", lambda derived: lambda self, gen, v: k.number(0) if gen == k.TAU else derived(self, gen, v))


@bug("the derivative of a logarithm not divided")
def undivided_logarithm(patch):
    wrap(patch, "_derived", lambda derived: lambda self, gen, v: (
        self.derivative(made(gen.of), v) if isinstance(gen, k.Log) else derived(self, gen, v)))


@bug("one cell for all comparisons")
def one_cell(patch):
    cell = k.Indicator("indicator", k.atom("cell").poly)
    wrap(patch, "step", lambda step: lambda self, form: (
        k.generated(cell) if k.sign(form.poly).known == "real" else step(self, form)))


@bug("a member of the group counted among the others")
def member_twice(patch):
    wrap(patch, "_drawn", lambda drawn: lambda self, sort, members, fixed, body, rest: drawn(
        self, sort, members, [], body, rest))


@bug("a term that is picked and not put in its place")
def lost_pick(patch):
    wrap(patch, "_picked", lambda picked: lambda self, binders, m: (
        None if picked(self, binders, m) is None else k.number(1)))


@bug("two terms that are compared are always one")
def always_one(patch):
    everywhere(patch, "same", lambda same: lambda left, right: k.number(1))


@bug("a stopped copy that moves")
def moving_copy(patch):
    wrap(patch, "stopped", lambda stopped: lambda self, form: form)


@bug("a law that depends on the action it sums over")
def self_conditioned(patch):
    everywhere(patch, "is_law", lambda is_law: lambda gen, var: (
        isinstance(gen, k.Leaf) and gen.sign == "law" and gen.args[0] == var))


@bug("ψ with another number")
def other_psi(patch):
    def build(core_of):
        return lambda calculus, part: core_of(calculus, part) + (
            part.core.scaled(Fraction(1, 10)) if part.kind == "psi" else k.number(0))
    everywhere(patch, "core_of", build)
