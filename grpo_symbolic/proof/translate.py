"""From the language to the kernel: each node becomes a canonical form, a vector one along a direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from sympy import Basic

from .. import kernel as k
from .. import language as lang


class Untranslatable(Exception):
    """A node that the kernel has no form for; the claim stays undecided."""


@dataclass(frozen=True)
class Value:
    """A multilinear function of directions: of none for a scalar, one for a vector, two for a matrix.

    ``step`` marks Δθ itself, which has a form only where something is contracted with it.
    """

    at: Callable[..., k.Form]
    step: bool = False


Names = dict[Basic, k.Term]
SIZES = ("G", "T")


class Translator:
    """Maps language nodes to kernel forms, under the rules of one calculus.

    ``names`` gives the kernel term of each free variable met so far; a definition must be unfolded before.
    """

    def __init__(self, calculus: k.Calculus) -> None:
        self.calculus = calculus

    def __call__(self, node: Basic, names: Names | None = None) -> Value:
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is None:
            raise Untranslatable(f"no form for {type(node).__name__}")
        self.calculus.in_time()
        return method(node, names if names is not None else {})

    def form(self, node: Basic, names: Names) -> k.Form:
        """The form of a scalar."""
        return self(node, names).at()

    def term(self, term: Basic, names: Names) -> k.Term:
        """The kernel term of a variable, sample, token or prefix."""
        if isinstance(term, lang.Var):
            return names.get(term) or k.variable(term.name, term.sort)
        tag = {lang.Sample: "member", lang.TokenOf: "token", lang.Prefix: "prefix"}.get(type(term))
        if tag:
            return k.point(tag, *(self.term(arg, names) for arg in term.args))
        if isinstance(term, lang.Num) and term.value.q == 1:
            return k.numeral(int(term.value))
        raise Untranslatable(f"no term for {type(term).__name__}")

    # Arithmetic

    def on_Num(self, node: lang.Num, _names: Names) -> Value:
        value = Fraction(int(node.value.p), int(node.value.q))
        return Value(lambda *_directions: k.number(value))

    def on_Const(self, node: lang.Const, _names: Names) -> Value:
        form = k.atom(node.name, sign="size" if node.name in SIZES else node.sign)
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
        scale = self.calculus.times(k.number(1), *scalars)
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
        times, step = self.calculus.times, k.single(k.TAU)
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
                powers = [self.calculus.power(k.single(gen), e) for gen, e in root]
                others = [self.calculus.power(k.single(gen), e) for gen, e in rest]
                size = self.calculus.power(self.absolute(self.calculus.times(k.number(1), *powers)), exponent.numerator)
                other = self.calculus.power(self.calculus.times(k.number(c), *others), exponent)
                return self.calculus.times(size, other).with_used(base.used)
        return self.calculus.power(base, exponent)

    # Comparison

    def on_Max(self, node: lang.Max, names: Names) -> Value:
        left, right = (self.form(arg, names) for arg in node.args)
        form = right + self.calculus.positive_part(left - right)
        return Value(lambda: form)

    def on_Min(self, node: lang.Min, names: Names) -> Value:
        left, right = (self.form(arg, names) for arg in node.args)
        form = left - self.calculus.positive_part(left - right)
        return Value(lambda: form)

    def on_Clip(self, node: lang.Clip, names: Names) -> Value:
        value, low, high = (self.form(arg, names) for arg in node.args)
        if self.calculus.sign(high - low).known == "real":
            return self(lang.Min(lang.Max(node.args[0], node.args[1]), node.args[2]), names)
        # where low ≤ high one comparison need not stand inside the other
        parts = self.calculus.positive_part(low - value), self.calculus.positive_part(value - high)
        form = value + parts[0] - parts[1]
        return Value(lambda: form)

    def on_Abs(self, node: lang.Abs, names: Names) -> Value:
        form = self.absolute(self.form(node.args[0], names))
        return Value(lambda: form)

    def absolute(self, form: k.Form) -> k.Form:
        """The absolute value of a form."""
        return self.calculus.positive_part(form).scaled(2) - form

    def on_Indicator(self, node: lang.Indicator, names: Names) -> Value:
        left, right = (self.form(arg, names) for arg in node.args[1:])
        above, below = self.calculus.step(left - right), self.calculus.step(right - left)
        one = k.number(1)
        form = {">": above, "<": below, "≥": one - below, "≤": one - above, "=": one - above - below}[node.args[0].name]
        return Value(lambda: form)

    # Laws and functions

    def law(self, law: lang.Law, action: k.Term, names: Names) -> k.Form:
        """The probability π(action|context)."""
        context = tuple(self.term(arg, names) for arg in law.context)
        # a policy printed as a bare π is constant, and another one than the family at θ
        bare = law.policy.point == lang.CONSTANT and law.policy.name == r"\pi"
        return k.atom(r"\pi{}" if bare else law.policy.name, (action, *context), law.policy.point, "law")

    def on_Prob(self, node: lang.Prob, names: Names) -> Value:
        form = self.law(node.law, self.term(node.action, names), names)
        return Value(lambda: form)

    def on_App(self, node: lang.App, names: Names) -> Value:
        head = node.head
        args = tuple(self.term(arg, names) for arg in node.params)
        point = "current" if head.theta else "constant"
        return Value(lambda *directions: k.atom(head.layout, args + directions, point, head.sign))

    def on_Length(self, node: lang.Length, names: Names) -> Value:
        form = k.atom("#length", (self.term(node.args[0], names),), sign="size")
        return Value(lambda: form)

    # Binders

    def bound(self, scope: lang.Scope, names: Names) -> tuple[k.Term, Value]:
        """A fresh kernel variable for the bound one, and the value of the body at it."""
        var, body = scope.open(frozenset(name for name in names if isinstance(name, lang.Var)))
        fresh = self.calculus.fresh(scope.sort)
        return fresh, self(body, {**names, var: fresh})

    def on_Expect(self, node: lang.Expect, names: Names) -> Value:
        fresh, body = self.bound(node.scope, names)
        calculus, law = self.calculus, node.law
        if isinstance(law, lang.StateLaw):
            policy = law.policy
            point = "constant" if policy is None else policy.point
            visits = k.atom("#d" if policy is None else f"#d^{policy.name}", (fresh,), point, "law")
            return Value(lambda *d: calculus.total(fresh, k.STATE, calculus.times(visits, body.at(*d))))
        if node.scope.sort == "group":
            draw = self.law(law, k.variable("·", "action"), names)
            size = self.form(lang.GROUP_SIZE, names)
            sort = k.Sort("group", size.poly, draw.poly)
            return Value(lambda *d: calculus.total(fresh, sort, body.at(*d)))
        weight = self.law(law, fresh, names)
        return Value(lambda *d: calculus.total(fresh, k.ACTION, calculus.times(weight, body.at(*d))))

    def on_Sum(self, node: lang.Sum, names: Names) -> Value:
        upper, excluded = node.args[:2]
        fresh, body = self.bound(node.scope, names)
        sort = self.sort(node.scope.sort, upper, names)

        def summed(*directions: k.Term) -> k.Form:
            everything = body.at(*directions)
            result = self.calculus.total(fresh, sort, everything)
            if excluded != lang.NONE:
                result = result - self.calculus.identify(everything, {fresh: self.term(excluded, names)})
            return result

        return Value(summed)

    def sort(self, sort: str, upper: Basic, names: Names) -> k.Sort:
        """The range of a sum."""
        return k.ACTION if sort == "action" else k.Sort(sort, self.form(upper, names).poly)

    def on_Product(self, node: lang.Product, names: Names) -> Value:
        self.positive(self.bound(node.args[2], names)[1].at())
        logs = self.on_Sum(lang.Sum(*node.args[:2], lang.Scope(node.args[2].sort, lang.Log(node.args[2].body))), names)
        return Value(lambda: self.calculus.exp(logs.at()))

    def group_average(self, scope: lang.Scope, names: Names, spread: bool) -> k.Form:
        """The mean over the group, or the mean of the squared deviations from it."""
        calculus, size = self.calculus, self.form(lang.GROUP_SIZE, names)
        index, body = self.bound(scope, names)
        share = calculus.power(size, Fraction(-1))

        def mean(form: k.Form) -> k.Form:
            return calculus.times(share, calculus.total(index, k.Sort("index", size.poly), form))

        centre = mean(body.at())
        return mean(calculus.power(body.at() - centre, Fraction(2))) if spread else centre

    def on_GroupMean(self, node: lang.GroupMean, names: Names) -> Value:
        form = self.group_average(node.args[0], names, spread=False)
        return Value(lambda: form)

    def on_GroupSpread(self, node: lang.GroupSpread, names: Names) -> Value:
        variance = self.group_average(node.args[0], names, spread=True)
        form = self.power(variance, Fraction(1, 2))
        return Value(lambda: form)

    def divergence(self, over: lang.Law, value: Callable[[Callable[[lang.Law], k.Form]], k.Form],
                   names: Names) -> Value:
        """E over a law of a function of log-probabilities."""
        fresh = self.calculus.fresh("action")

        def log_probability(law: lang.Law) -> k.Form:
            return self.calculus.log(self.law(law, fresh, names))

        weight = self.law(over, fresh, names)
        form = self.calculus.total(fresh, k.ACTION, self.calculus.times(weight, value(log_probability)))
        return Value(lambda: form)

    def on_KL(self, node: lang.KL, names: Names) -> Value:
        p, q = node.args
        return self.divergence(p, lambda log: log(p) - log(q), names)

    def on_Entropy(self, node: lang.Entropy, names: Names) -> Value:
        return self.divergence(node.args[0], lambda log: -log(node.args[0]), names)

    def on_CrossEntropy(self, node: lang.CrossEntropy, names: Names) -> Value:
        return self.divergence(node.args[0], lambda log: -log(node.args[1]), names)

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

    def on_Fisher(self, node: lang.Fisher, names: Names) -> Value:
        law = node.args[0]
        if law.policy.point == lang.OLD:
            # F(θ_old) is the information of the family, taken at θ_old: the law there is constant and has none
            current = lang.Law(lang.Policy(law.policy.name), *law.context)
            return self.on_AtOld(lang.AtOld(lang.Fisher(current)), names)

        def information(v: k.Term, w: k.Term) -> k.Form:
            def outer(log: Callable[[lang.Law], k.Form]) -> k.Form:
                return self.calculus.times(*(self.calculus.derivative(log(law), d) for d in (v, w)))

            return self.divergence(law, outer, names).at()

        return Value(information)

    def on_AtOld(self, node: lang.AtOld, names: Names) -> Value:
        value = self(node.args[0], names)
        return Value(lambda *directions: self.calculus.at_old(value.at(*directions)))

    def on_StopGradient(self, node: lang.StopGradient, names: Names) -> Value:
        value = self(node.args[0], names)
        return Value(lambda *directions: self.calculus.stopped(value.at(*directions)))

    def on_Taylor(self, node: lang.Taylor, names: Names) -> Value:
        jet, total, power = self.form(node.args[0], names), k.number(0), k.number(1)
        for order in range(int(node.args[1].value) + 1):
            if order:
                jet = self.calculus.derivative(jet, k.STEP)
                power = self.calculus.times(power, k.single(k.TAU)).scaled(Fraction(1, order))
            total = total + self.calculus.times(power, self.calculus.at_old(jet))
        return Value(lambda: total)

    def on_Norm(self, node: lang.Norm, names: Names) -> Value:
        inner = self(node.args[0], names)
        row = Value(lambda v: inner.at(v), inner.step)
        square, _ = self.product(row, lang.COVECTOR, inner, lang.VECTOR)
        form = square.at()
        root = self.power(form, Fraction(1, 2))
        return Value(lambda: root)

    def on_BigO(self, _node: lang.BigO, _names: Names) -> Value:
        raise Untranslatable("a remainder stands inside an expression, not as a term of a side")

