"""Bugs for the kernel, one at a time: each wraps what the kernel does, whatever its source looks like."""

import sys

from grpo_symbolic import kernel as k

BUGS = {}


def bug(name):
    """Register a function that puts a bug in, given a MonkeyPatch."""
    def register(function):
        BUGS[name] = function
        return function
    return register


def wrap(patch, method, build):
    """Replace a method of the calculus by ``build(original)``."""
    patch.setattr(k.Calculus, method, build(getattr(k.Calculus, method)))


def everywhere(patch, name, build):
    """Replace a function in every module of the kernel that knows it."""
    modules = [m for path, m in sys.modules.items() if path.startswith("grpo_symbolic.kernel") and hasattr(m, name)]
    assert modules, f"the kernel has no function {name}"
    changed = build(getattr(modules[0], name))
    for module in modules:
        patch.setattr(module, name, changed)


def leaves_changed(thing, change):
    """A polynomial, or a part of one, with its leaves replaced."""
    if not isinstance(thing, tuple):
        return thing
    return change(thing) if thing[:1] == ("atom",) else tuple(leaves_changed(part, change) for part in thing)


def moved(form, where, to, which=lambda leaf: True):
    """The form with its leaves at one point put at another."""
    def change(leaf):
        return (*leaf[:4], to, leaf[5]) if leaf[4] == where and which(leaf) else leaf
    return k.Form(leaves_changed(form.poly, change), form.used)


def terms(form):
    """The terms of a form, each a form."""
    return [k.Form((term,), form.used) for term in form.poly]


def summed(forms):
    return sum(forms, k.number(0))


@bug("a relation dropped: probabilities do not sum to one")
def no_normalisation(patch):
    wrap(patch, "__init__", lambda init: lambda self, rules=k.RULES, deadline=None: init(
        self, rules - {"normalisation"}))


@bug("a relation too many: π² sums to one")
def squares_sum(patch):
    def build(total):
        def bent(self, var, sort, form):
            if len(form.poly) == 1 and len(form.poly[0][0]) == 1:
                ((gen, e),), c = form.poly[0]
                if gen[0] == "atom" and gen[5] == "law" and e == 2 and not gen[3]:
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
    everywhere(patch, "height", lambda height: lambda thing: int(thing[:1] == ("sum",)))


@bug("names captured: one fresh variable for all")
def no_fresh(patch):
    wrap(patch, "fresh", lambda fresh: lambda self: k.variable("%"))


@bug("a wrong jet at θ_old: its derivatives stay at θ")
def jets_stay(patch):
    wrap(patch, "at_old", lambda at_old: lambda self, form: moved(
        at_old(self, form), "old", "current", lambda leaf: leaf[3]))


@bug("a wrong jet at θ_old: the policy stays at θ")
def policies_stay(patch):
    wrap(patch, "at_old", lambda at_old: lambda self, form: moved(
        at_old(self, form), "old", "current", lambda leaf: not leaf[3]))


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
                first, rest = k.Form(((m[:1], c),)), k.Form(((m[1:], 1),))
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
            if sort[0] != "group":
                return total(self, group, sort, form)
            parts = []
            for (m, c), in (part.poly for part in terms(form)):
                factors = [k.single(gen, e) for gen, e in m if e.denominator != 1 or e < 0]
                factors += [k.single(gen) for gen, e in m if e.denominator == 1 for _ in range(int(e))]
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
    everywhere(patch, "sign_of_generator", lambda sign: lambda gen: "positive" if gen[0] == "atom" else sign(gen))


@bug("√(A²) = A")
def naive_root(patch):
    def build(power):
        def bent(self, form, exponent, known="real"):
            if exponent.denominator == 2 and len(form.poly) == 1 and all(e.denominator == 1 and e % 2 == 0
                                                                         for _, e in form.poly[0][0]):
                halved = tuple((gen, e // 2) for gen, e in form.poly[0][0])
                root = power(self, k.number(form.poly[0][1]), exponent)
                return self.times(root, power(self, k.Form(((halved, 1),), form.used), exponent.numerator))
            return power(self, form, exponent, known)
        return bent
    wrap(patch, "power", build)


@bug("0 · 1/0 = 0")
def inverse_of_zero(patch):
    wrap(patch, "power", lambda power: lambda self, form, exponent, known="real": power(
        self, form, exponent, known) if form.poly else form)


@bug("the wrong sign in a minimum")
def wrong_minimum(patch):
    wrap(patch, "positive_part", lambda part: lambda self, form: -part(self, form))


@bug("the wrong side of a comparison")
def wrong_side(patch):
    wrap(patch, "step", lambda step: lambda self, form: k.number(1) - step(self, form))


@bug("an exponential of a sum loses a term")
def short_exponential(patch):
    wrap(patch, "exp", lambda exp: lambda self, form: exp(self, k.Form(form.poly[:1], form.used)))


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
    everywhere(patch, "_defined", lambda defined: lambda form, kinds, images, where: None)


@bug("stop marks never erased")
def marks_kept(patch):
    wrap(patch, "released", lambda released: lambda self, form: form)


@bug("Δθ has no derivative along itself")
def fixed_step(patch):
    wrap(patch, "_derived", lambda derived: lambda self, gen, v: k.number(0) if gen == k.TAU else derived(self, gen, v))


@bug("the derivative of a logarithm not divided")
def undivided_logarithm(patch):
    wrap(patch, "_derived", lambda derived: lambda self, gen, v: (
        self.derivative(k.Form(gen[1]), v) if gen[0] == "log" else derived(self, gen, v)))


@bug("one cell for all comparisons")
def one_cell(patch):
    wrap(patch, "step", lambda step: lambda self, form: (
        k.single(("ind", k.single(k.atom("cell")).poly)) if k.sign(form.poly) == "real" else step(self, form)))


@bug("a member of the group counted among the others")
def member_twice(patch):
    wrap(patch, "_drawn", lambda drawn: lambda self, group, sort, indices, fixed, body, actions, rest: drawn(
        self, group, sort, indices, 0, body, actions, rest))


@bug("a stopped copy that moves")
def moving_copy(patch):
    wrap(patch, "stopped", lambda stopped: lambda self, form: form)


@bug("a law that depends on the action it sums over")
def self_conditioned(patch):
    wrap(patch, "_sum", lambda total: lambda self, binders, m: total(self, binders, tuple(
        ((*gen[:2], gen[2][:1], *gen[3:]), e) if gen[0] == "atom" and gen[5] == "law" else (gen, e) for gen, e in m)))
