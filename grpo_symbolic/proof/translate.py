"""From the language to the kernel: each node becomes a canonical form, a vector one along a direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from sympy import Basic

from .. import kernel as k
from .. import language as lang
from . import geometric, processes, triangles
from .extents import SIZES, PathsOf

# A range that starts later is one from 1 without as many terms at most.
MOST_BEFORE = 32


class Untranslatable(Exception):
    """A node that the kernel has no form for; the claim stays undecided."""


@dataclass(slots=True)
class Value:
    """A multilinear function of directions: of none for a scalar, one for a vector, two for a matrix.

    ``step`` marks Δθ itself, which has a form only where something is contracted with it.
    """

    build: Callable[..., k.Form]
    step: bool = False
    built: dict[tuple[k.Term, ...], k.Form] = field(default_factory=dict)

    def at(self, *directions: k.Term) -> k.Form:
        """The form along directions, built once."""
        if directions not in self.built:
            self.built[directions] = self.build(*directions)
        return self.built[directions]


Names = dict[Basic, k.Term]
Apart = Callable[[], frozenset[str]]


class Shifted(NamedTuple):
    """An index and a number that is added to it."""

    index: Basic
    number: int


def index_and_number(node: Basic) -> Shifted | None:
    """The index and the whole number of which a node is the sum; None of any other."""
    index, number = None, 0
    for term in node.args if isinstance(node, lang.Plus) else (node,):
        value = lang.literal(term)
        if value is not None and value.denominator == 1:
            number += int(value)
        elif isinstance(term, lang.Ordinal) and index is None:
            index = term.args[0]
        else:
            return None
    return None if index is None else Shifted(index, number)


class Translator:
    """Maps language nodes to kernel forms, under the rules of one calculus.

    ``names`` gives the kernel term of each free variable met so far; a definition must be unfolded before. ``sizes``
    are the names that stand as upper ends of ranges, and so count something. ``members`` has the end of the range of
    which a free index that is left out of it is presupposed to number a member. ``apart`` tells
    the sorts whose variables may be of several sets. ``paths`` says what is known of those of which
    steps are named. ``reach`` is the largest number by which a member is named, which ranges have. What stands twice is
    translated once.
    """

    def __init__(self, calculus: k.Calculus, sizes: frozenset[str] = frozenset(),
                 members: Mapping[Basic, Basic] = MappingProxyType({}), apart: Apart = frozenset,
                 paths: PathsOf | None = None, reach: int = 0) -> None:
        self.calculus, self.sizes, self.members, self.apart = calculus, sizes, members, apart
        self.paths, self.reach = paths, reach
        self.ends: dict[Basic, Basic] = {}
        self.values: dict[object, Value] = {}

    def __call__(self, node: lang.Term, names: Names | None = None) -> Value:
        names = {} if names is None else names
        met = node, *((var, term) for var, term in names.items() if var in node.free)
        found = self.values.get(met)
        if found is None:
            found = self.values[met] = self.translated(lang.unfold(node), names)
        return found

    def translated(self, node: Basic, names: Names) -> Value:
        """The value of a node that is no abbreviation."""
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is None:
            raise Untranslatable(f"no form for {type(node).__name__}")
        self.calculus.in_time()
        return method(node, names)

    def form(self, node: Basic, names: Names) -> k.Form:
        """The form of a scalar."""
        return self(node, names).at()

    def term(self, term: Basic, names: Names) -> k.Term:
        """The kernel term of a variable, sample, token or prefix."""
        if isinstance(term, lang.Var):
            return names.get(term) or k.variable(term.name, term.sort)
        tag = {lang.Sample: "member", lang.TokenOf: "token", lang.Prefix: "prefix", lang.After: "after"}.get(type(term))
        if tag:
            return k.point(tag, *(self.term(arg, names) for arg in term.args))
        if isinstance(term, lang.Num) and term.value.q == 1:
            return k.numeral(int(term.value))
        raise Untranslatable("a function is applied to a number or to a formula, and only its values at states, "
                             "actions, indices and tokens are known")

    # Arithmetic

    def on_Num(self, node: lang.Num, _names: Names) -> Value:
        value = Fraction(int(node.value.p), int(node.value.q))
        return Value(lambda *_directions: k.number(value))

    def on_Const(self, node: lang.Const, _names: Names) -> Value:
        counts = node.name in self.sizes or node.name in SIZES and node.sign == "positive"
        form = k.atom(node.name, sign="size" if counts else node.sign)
        return Value(lambda: form)

    def on_Plus(self, node: lang.Plus, names: Names) -> Value:
        values = [self(arg, names) for arg in node.args]
        return Value(lambda *directions: k.combine((v.at(*directions), 1) for v in values))

    def on_Neg(self, node: lang.Neg, names: Names) -> Value:
        value = self(node.args[0], names)
        return Value(lambda *directions: -value.at(*directions))

    def on_Times(self, node: lang.Times, names: Names) -> Value:
        scalars = [self.form(arg, names) for arg in node.args if arg.shape in (lang.SCALAR, lang.ANY)]
        rest = [arg for arg in node.args if arg.shape not in (lang.SCALAR, lang.ANY)]
        scale = self.calculus.times(*scalars)
        if not rest:
            return Value(lambda *_directions: scale)
        result, shape = self(rest[0], names), rest[0].shape
        for arg in rest[1:]:
            result, shape = self.product(result, shape, self(arg, names), arg.shape)
        return Value(lambda *directions: self.calculus.times(scale, result.at(*directions)))

    def product(self, left: Value, left_shape: lang.Shape, right: Value, right_shape: lang.Shape
                ) -> tuple[Value, lang.Shape]:
        """The product of two vectors or matrices: contracted where a row meets a column, else the outer product."""
        rows, shape = int(left_shape[0] == "d"), (left_shape[0], right_shape[1])
        times, step = self.calculus.times, k.generated(k.TAU)
        if left_shape[1] != "d":
            return Value(lambda *d: times(left.at(*d[:rows]), right.at(*d[rows:]))), shape
        if right.step:
            return Value(lambda *d: times(step, left.at(*d, k.STEP))), shape
        if left.step:
            return Value(lambda *d: times(step, right.at(k.STEP, *d))), shape

        def contracted(*d: k.Term) -> k.Form:
            along = self.calculus.fresh("coordinate")
            inside = times(left.at(*d[:rows], along), right.at(along, *d[rows:]))
            return self.calculus.total(along, k.COORDINATE, inside)

        return Value(contracted), shape

    def on_Frac(self, node: lang.Frac, names: Names) -> Value:
        above, below = self(node.args[0], names), self.form(node.args[1], names)
        inverse = self.calculus.power(below, Fraction(-1))
        return Value(lambda *directions: self.calculus.times(above.at(*directions), inverse))

    def on_Power(self, node: lang.Power, names: Names) -> Value:
        base, exponent = (self.form(arg, names) for arg in node.args)
        if len(exponent.poly) == 0 or len(exponent.poly) == 1 and not exponent.poly[0][0]:
            value = exponent.poly[0][1] if exponent.poly else Fraction(0)
            form = self.power(base, value)
        else:
            form = self.calculus.exp(self.calculus.times(exponent, self.calculus.log(self.positive(base))))
        return Value(lambda: form)

    def positive(self, base: k.Form) -> k.Form:
        """A base whose logarithm stands for it: a power or product of what may be negative has none."""
        if self.calculus.sign(base).known != "positive":
            raise Untranslatable("a power or product of something that is not known to be positive")
        return base

    def on_Transpose(self, node: lang.Transpose, names: Names) -> Value:
        value = self(node.args[0], names)
        return Value(lambda *directions: value.at(*reversed(directions)), value.step)

    def on_Log(self, node: lang.Log, names: Names) -> Value:
        form = self.calculus.log(self.form(node.args[0], names))
        return Value(lambda: form)

    def on_Exp(self, node: lang.Exp, names: Names) -> Value:
        form = self.calculus.exp(self.form(node.args[0], names))
        return Value(lambda: form)

    def on_Root(self, node: lang.Root, names: Names) -> Value:
        form = self.power(self.form(node.args[0], names), Fraction(1, 2))
        return Value(lambda: form)

    def power(self, base: k.Form, exponent: k.Rational) -> k.Form:
        """A rational power; of a square x² with x of unknown sign it is the power of |x|, of zero it is zero."""
        if not base.poly and exponent > 0:
            return base
        if exponent.denominator == 2 and exponent > 0 and len(base.poly) == 1:
            (m, c), = base.poly
            root = [(gen, e // 2) for gen, e in m if e > 0 and e % 2 == 0 and k.sign_of(gen).known == "real"]
            rest = [(gen, e) for gen, e in m if (gen, e // 2) not in root]
            if root and c > 0 and k.sign_of_monomial(tuple(rest)).known == "positive":
                powers = [self.calculus.power(k.generated(gen), e) for gen, e in root]
                others = [self.calculus.power(k.generated(gen), e) for gen, e in rest]
                size = self.calculus.power(self.absolute(self.calculus.times(*powers)), exponent.numerator)
                other = self.calculus.power(self.calculus.times(k.number(c), *others), exponent)
                return self.calculus.times(size, other).with_used(base.used)
        return self.calculus.power(base, exponent)

    # Comparison

    def on_Max(self, node: lang.Max, names: Names) -> Value:
        form = self.larger(*(self.form(arg, names) for arg in node.args))
        return Value(lambda: form)

    def on_Min(self, node: lang.Min, names: Names) -> Value:
        if isinstance(node.args[0], lang.Max):
            form = self.clipped(*(self.form(arg, names) for arg in (*node.args[0].args, node.args[1])))
        else:
            form = self.smaller(*(self.form(arg, names) for arg in node.args))
        return Value(lambda: form)

    def larger(self, left: k.Form, right: k.Form) -> k.Form:
        """The larger of two forms."""
        return right + self.calculus.positive_part(left - right)

    def smaller(self, left: k.Form, right: k.Form) -> k.Form:
        """The smaller of two forms."""
        return left - self.calculus.positive_part(left - right)

    def clipped(self, value: k.Form, low: k.Form, high: k.Form) -> k.Form:
        """min(max(value, low), high); where low ≤ high is known, one comparison need not stand inside the other."""
        apart = self.calculus.sign(high - low)
        if apart.known == "real":
            return self.smaller(self.larger(value, low), high)
        form = value + self.calculus.positive_part(low - value) - self.calculus.positive_part(value - high)
        return form.with_used(apart.rests)

    def absolute(self, form: k.Form) -> k.Form:
        """The absolute value of a form."""
        return self.calculus.positive_part(form).scaled(2) - form

    def on_Indicator(self, node: lang.Indicator, names: Names) -> Value:
        if (order := self.in_order(node, names)) is not None:
            return Value(lambda: order)
        left, right = (self.form(arg, names) for arg in node.args[1:])
        above, below = self.calculus.step(left - right), self.calculus.step(right - left)
        one = k.number(1)
        form = {">": above, "<": below, "≥": one - below, "≤": one - above, "=": one - above - below}[node.args[0].name]
        return Value(lambda: form)

    def in_order(self, node: lang.Indicator, names: Names) -> k.Form | None:
        """1 where one index stands before another, or is it; None of any other comparison."""
        op, (left, right) = node.args[0].name, map(index_and_number, node.args[1:])
        if op not in ("<", "≤", ">", "≥", "=") or left is None or right is None:
            return None
        (later, earlier), least = ((left, right) if op in (">", "≥") else (right, left)), int(op in (">", "<"))
        one, other = (self.term(found.index, names) for found in (later, earlier))
        apart = least - later.number + earlier.number  # the least of one − other, or the difference that is asked for
        if op == "=":
            return k.same(one, other) if apart == 0 else None
        if apart not in (0, 1):
            return None
        before = self.calculus.step(geometric.ordinal(one) - geometric.ordinal(other))
        return before if apart == 1 else before + k.same(one, other)

    # Laws and functions

    def law(self, law: lang.Law, action: k.Term, names: Names) -> k.Form:
        """The probability π(action|context)."""
        context = tuple(self.term(arg, names) for arg in law.context)
        # a policy printed as a bare π is constant, and another one than the family at θ
        bare = law.policy.point == lang.CONSTANT and law.policy.name == r"\pi"
        name = r"\pi{}" if bare else law.policy.name
        if self.paths is not None and len(context) in self.paths.contexts and not any(
                isinstance(term, k.Point) and term.tag in ("token", "prefix") for term in (action, *context)):
            return self.law_of_path(name, law.policy.point, action, context, self.paths)
        return k.atom(name, (action, *context), law.policy.point, "law")

    def law_of_path(self, name: str, point: str, path: k.Term, context: tuple[k.Term, ...], paths: PathsOf) -> k.Form:
        """The probability of a whole path."""
        if paths.horizon == lang.ALL:
            raise Untranslatable("steps of paths are counted to several ends")
        steps = () if paths.horizon == lang.NONE else self.form(paths.horizon, {}).poly
        known = frozenset({k.Hypothesis("PathEnds", paths.counted)} if paths.counted else ())
        return k.atom(k.PATH + name, (path, k.Value("value", steps), *context), point, "law").with_used(known)

    def on_Prob(self, node: lang.Prob, names: Names) -> Value:
        outcome = self.term(node.action, names)
        form = self.law(node.law, outcome, names) if isinstance(node.law, lang.Law) else \
            self.states(node.law, outcome, names)
        if any(leaf.name.startswith(k.PATH) for leaf in k.leaves(form.poly)):
            form = self.calculus.exp(self.calculus.log(form))  # the product of its steps
        return Value(lambda: form)

    def states(self, law: lang.StateLaw | lang.ProcessLaw, state: k.Term, names: Names) -> k.Form:
        """The probability of a state."""
        if isinstance(law, lang.ProcessLaw):
            discount = self.form(law.args[1], names) if isinstance(law, lang.Visited) else None
            terms = tuple(self.term(arg, names) for arg in law.context)
            return processes.probability(self.calculus, law, state, terms, discount)
        policy = law.policy
        point = "constant" if policy is None else policy.point
        return k.atom("#d" if policy is None else f"#d^{policy.name}", (state,), point, "law")

    def on_Value(self, node: lang.Value, names: Names) -> Value:
        policy, state, discount, reward = node.args
        horizon = None if self.paths is None or self.paths.horizon == lang.ENDLESS else self.paths.horizon
        if horizon in (lang.ALL, lang.NONE):
            raise Untranslatable("a value, beside paths of which the number of steps is not known")
        steps = None if horizon is None else self.form(horizon, {}).poly
        rate = self.form(discount, names)
        form = processes.value(self.calculus, policy, self.term(state, names), rate, reward, steps)
        return Value(lambda: form)

    def on_App(self, node: lang.App, names: Names) -> Value:
        head = node.head
        args = tuple(self.term(arg, names) for arg in node.params)
        point = "current" if head.theta else "constant"
        sign = "size" if head.layout in self.sizes and not head.theta else head.sign
        return Value(lambda *directions: k.atom(head.layout, args + directions, point, sign))

    def on_Same(self, node: lang.Same, names: Names) -> Value:
        form = k.same(*(self.term(arg, names) for arg in node.args))
        return Value(lambda: form)

    def on_Apply(self, node: lang.Apply, names: Names) -> Value:
        if any(isinstance(arg, lang.Node) and arg.shape != lang.SCALAR for arg in node.params):
            raise Untranslatable("a function of vectors")
        forms = [self.form(arg, names) if isinstance(arg, lang.Node) else None for arg in node.params]
        args = tuple(self.term(arg, names) if form is None else k.Value("value", form.poly)
                     for arg, form in zip(node.params, forms, strict=True))
        inner = [x for form in forms if form is not None for x in k.inside(form.poly, k.Leaf)]
        point = "current" if node.head.theta or any(x.point in ("current", "stop") for x in inner) else "constant"
        form = k.atom(node.head.layout, args, point, node.head.sign)
        used = frozenset[k.Hypothesis]().union(*(form.used for form in forms if form is not None))
        return Value(lambda *directions: form.with_used(used))

    def on_Length(self, node: lang.Length, names: Names) -> Value:
        form = k.atom("#length", (self.term(node.args[0], names),), sign="size")
        return Value(lambda: form)

    def on_Ordinal(self, node: lang.Ordinal, names: Names) -> Value:
        term = self.term(node.args[0], names)
        return Value(lambda: geometric.ordinal(term))

    def on_ActionCount(self, _node: lang.ActionCount, _names: Names) -> Value:
        form = self.unsized(k.ACTION, self.calculus.total(self.calculus.fresh("action"), k.ACTION, k.number(1)))
        return Value(lambda: form)

    def unsized(self, sort: k.Sort, form: k.Form) -> k.Form:
        """A sum, in which the size of a set does not stand where there are several sets."""
        if not sort.size:
            sizes = {gen for monomial, _ in self.calculus.size(sort).poly for gen, _ in monomial}
            met = any(gen in sizes for monomial, _ in form.poly for gen, _ in monomial)
            if met and sort.kind in self.apart():
                raise Untranslatable(f"the size of a set of {sort.kind}s stands here, and nothing says that all are of "
                                     "one set")
        return form

    # Binders

    def bound(self, scope: lang.Scope, names: Names, end: Basic | None = None) -> tuple[k.Term, Value]:
        """A fresh kernel variable for the bound one, and the value of the body at it; its range ends at ``end``."""
        var, body = scope.open(frozenset(name for name in names if isinstance(name, lang.Var)))
        fresh = self.calculus.fresh(scope.sort)
        if end is not None:
            self.ends[fresh] = end
        return fresh, self(body, {**names, var: fresh})

    def on_Expect(self, node: lang.Expect, names: Names) -> Value:
        fresh, body = self.bound(node.scope, names)
        calculus, law = self.calculus, node.law
        if not isinstance(law, lang.Law):
            visits = self.states(law, fresh, names)
            return Value(lambda *d: self.unsized(k.STATE, calculus.total(fresh, k.STATE,
                                                                         calculus.times(visits, body.at(*d)))))
        if node.scope.sort == "group":
            draw = self.law(law, k.variable("#", "action"), names)
            size = self.form(lang.GROUP_SIZE, names)
            sort = k.Sort("group", size.poly, draw.poly)
            return Value(lambda *d: calculus.total(fresh, sort, body.at(*d)))
        weight = self.law(law, fresh, names)
        return Value(lambda *d: self.unsized(k.ACTION, calculus.total(fresh, k.ACTION,
                                                                      calculus.times(weight, body.at(*d)))))

    def on_Sum(self, node: lang.Sum, names: Names) -> Value:
        end = lang.span(node.args[0])[1]
        sort = self.sort(node.scope.sort, end, names)
        left_out, reached = self.left_out(node, sort, names)
        fresh, body = self.bound(node.scope, names, end)
        self.within_group(node, sort, names)

        def summed(*directions: k.Term) -> k.Form:
            everything = body.at(*directions)
            result = triangles.settled(self.calculus, geometric.total(self.calculus, fresh, sort, everything))
            result = self.unsized(sort, result)
            for one in left_out:
                result = result - geometric.settled(self.calculus, self.calculus.identify(everything, {fresh: one}))
            return result.with_used(reached)

        return Value(summed)

    def within_group(self, node: lang.Sum, sort: k.Sort, names: Names) -> None:
        """Refuse a sum over members that the group may not have."""
        names_member = any(isinstance(part, lang.Sample) and isinstance(part.args[1], lang.Bound)
                           for part in node.scope.body.walk())
        counted = isinstance(lang.span(node.args[0])[1], lang.Num)  # as many are presupposed
        room = self.form(lang.GROUP_SIZE, names) - k.of(sort.size)
        if sort.kind == "index" and names_member and not counted and self.calculus.sign(room).known == "real":
            raise Untranslatable("a sum over members that the group may not have")

    def left_out(self, node: lang.Sum, sort: k.Sort, names: Names) -> tuple[list[k.Term], frozenset[k.Hypothesis]]:
        """What a sum from 1 to its end has too many: the early terms of a range that starts later, or one excluded.

        With what it rests on that the range has it.
        """
        upper, excluded = node.args[:2]
        start, end = lang.span(upper)
        # an end of which nothing is seen counts something, so it is 0 at least
        least = lang.least(end, count=0) or 0
        before: frozenset[k.Hypothesis] | None = frozenset()
        if start > 1 and start - 1 > least:
            before = k.reaches(sort, start - 1) if start - 1 <= self.reach else None
        if start > MOST_BEFORE or before is None:
            raise Untranslatable(f"a range from {start} that may end before {start - 1}")
        if excluded == lang.NONE:
            return [self.term(lang.Num(early), names) for early in range(1, start)], before
        one = self.term(excluded, names)
        if isinstance(excluded, lang.Num):
            reached = k.reaches(sort, int(excluded.value))
        else:
            inside = end == lang.ALL or self.ends.get(one, lang.GROUP_SIZE) == end
            reached = frozenset() if inside else self.presupposed(excluded, end)
        if reached is None or start > 1:
            raise Untranslatable("a member is left out that may not be in the range")
        return [one], reached

    def presupposed(self, index: Basic, end: Basic) -> frozenset[k.Hypothesis] | None:
        """That a free index which is left out of a range is in it; None where the ranges do not show it."""
        if not isinstance(end, lang.Const) or self.members.get(index) != end:
            return None
        return frozenset({k.Hypothesis("Range", f"{index} ≤ {end.name}")})

    def sort(self, sort: str, upper: Basic, names: Names) -> k.Sort:
        """The range of a sum."""
        return k.Sort(sort) if upper == lang.ALL else k.Sort(sort, self.form(upper, names).poly)

    def on_Product(self, node: lang.Product, names: Names) -> Value:
        self.positive(self.bound(node.args[2], names, lang.span(node.args[0])[1])[1].at())
        logs = self.on_Sum(lang.Sum(*node.args[:2], lang.Scope(node.args[2].sort, lang.Log(node.args[2].body))), names)
        return Value(lambda: self.calculus.exp(logs.at()))

    # Calculus in θ

    def on_Gradient(self, node: lang.Gradient, names: Names) -> Value:
        form = self.form(node.args[0], names)
        return Value(lambda v: self.calculus.derivative(form, v))

    def on_Hessian(self, node: lang.Hessian, names: Names) -> Value:
        form = self.form(node.args[0], names)
        return Value(lambda v, w: self.calculus.derivative(self.calculus.derivative(form, v), w))

    def on_Step(self, _node: lang.Step, _names: Names) -> Value:
        def alone(*_directions: k.Term) -> k.Form:
            raise Untranslatable("Δθ stands alone, contracted with nothing")

        return Value(alone, step=True)

    def on_AtOld(self, node: lang.AtOld, names: Names) -> Value:
        value = self(node.args[0], names)
        return Value(lambda *directions: self.calculus.at_old(value.at(*directions)))

    def on_StopGradient(self, node: lang.StopGradient, names: Names) -> Value:
        inner = node.args[0]
        if isinstance(inner, lang.Prob) and isinstance(inner.law, lang.Law):  # what is drawn may be a path
            law = self.calculus.stopped(self.law(inner.law, self.term(inner.action, names), names))
            return Value(lambda: law)
        value = self(node.args[0], names)
        return Value(lambda *directions: self.calculus.stopped(value.at(*directions)))

    def on_Taylor(self, node: lang.Taylor, names: Names) -> Value:
        jet, total, power = self.form(node.args[0], names), k.number(0), k.number(1)
        for order in range(int(node.args[1].value) + 1):
            if order:
                jet = self.calculus.derivative(jet, k.STEP)
                power = self.calculus.times(power, k.generated(k.TAU)).scaled(Fraction(1, order))
            total = total + self.calculus.times(power, self.calculus.at_old(jet))
        return Value(lambda: total)

    def on_BigO(self, _node: lang.BigO, _names: Names) -> Value:
        raise Untranslatable("a remainder stands inside an expression, not as a term of a side")

