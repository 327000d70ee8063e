"""What a node of the language means in a finite model, by definition and without the kernel or the oracle."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
from exact_jets import Small, Undefined, coefficient, exp, log, power, sign, standard, still
from finite_models import OLD, Point

from grpo_symbolic import language as lang

COMPARISONS = {">": lambda x: x > 0, "<": lambda x: x < 0, "≥": lambda x: x >= 0, "≤": lambda x: x <= 0,
               "=": lambda x: x == 0}


class Unsaid(Exception):
    """A node of which this file has no account."""


class Meaning:
    """Values in one model. ``env`` maps free variables to values, ``stack`` has those of bound ones, innermost last."""

    def __init__(self, model, env):
        self.model, self.env = model, env

    def __call__(self, node, point=None, stack=()):
        point = point or self.model.here
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is None:
            raise Unsaid(type(node).__name__)
        return method(node, point, stack)

    # Points

    def spot(self, term, stack):
        """What a variable, member, token or prefix stands for."""
        match type(term).__name__:
            case "Var":
                return self.env[term]
            case "Bound":
                return stack[-1 - term.depth]
            case "Num":
                return int(term.value)
            case "Sample":
                members, index = (self.spot(arg, stack) for arg in term.args)
                if index > len(members):
                    raise Undefined("member", f"no member {index}")
                return members[index - 1]
            case "TokenOf":
                return self.model.token(*(self.spot(arg, stack) for arg in term.args))
            case "Prefix":
                return self.model.prefix(*(self.spot(arg, stack) for arg in term.args))
        raise Unsaid(type(term).__name__)

    # Arithmetic

    def on_Num(self, node, _point, _stack):
        return Fraction(int(node.value.p), int(node.value.q))

    def on_Const(self, node, _point, _stack):
        return self.model.constant(node.name, node.sign)

    def on_Plus(self, node, point, stack):
        values = [self(arg, point, stack) for arg in node.args if not isinstance(arg, lang.BigO)]
        return sum(values[1:], start=values[0]) if values else Fraction(0)

    def on_Neg(self, node, point, stack):
        return self(node.args[0], point, stack) * Fraction(-1)

    def on_Times(self, node, point, stack):
        result, shape = Fraction(1), lang.SCALAR
        for arg in node.args:
            value = self(arg, point, stack)
            if lang.SCALAR in (shape, arg.shape) or not isinstance(value, np.ndarray):
                result = value * result if isinstance(value, np.ndarray) else result * value
                shape = arg.shape if shape == lang.SCALAR else shape
            else:
                result, shape = result @ value, (shape[0], arg.shape[1])
                result = result[0, 0] if shape == lang.SCALAR else result
        return result

    def on_Frac(self, node, point, stack):
        above, below = (self(arg, point, stack) for arg in node.args)
        return above * power(below, -1)

    def on_Power(self, node, point, stack):
        base, exponent = (self(arg, point, stack) for arg in node.args)
        if isinstance(node.args[1], (lang.Num, lang.Neg, lang.Frac)) and isinstance(exponent, Fraction):
            return power(base, exponent)
        return exp(exponent * log(base))

    def on_Transpose(self, node, point, stack):
        value = self(node.args[0], point, stack)
        return value.T if isinstance(value, np.ndarray) else value

    def on_Log(self, node, point, stack):
        return log(self(node.args[0], point, stack))

    def on_Exp(self, node, point, stack):
        return exp(self(node.args[0], point, stack))

    def on_Root(self, node, point, stack):
        return power(self(node.args[0], point, stack), Fraction(1, 2))

    # Comparison

    def on_Abs(self, node, point, stack):
        x = self(node.args[0], point, stack)
        return x * sign(x)

    def on_Max(self, node, point, stack):
        x, y = (self(arg, point, stack) for arg in node.args)
        return x if sign(x - y) > 0 else y

    def on_Min(self, node, point, stack):
        x, y = (self(arg, point, stack) for arg in node.args)
        return x if sign(x - y) < 0 else y

    def on_Clip(self, node, point, stack):
        value, low, high = node.args
        return self(lang.Min(lang.Max(value, low), high), point, stack)

    def on_Indicator(self, node, point, stack):
        x, y = (self(arg, point, stack) for arg in node.args[1:])
        return Fraction(COMPARISONS[node.args[0].name](sign(x - y)))

    # Laws and functions

    def laws(self, law, point, stack):
        """All probabilities of a law of actions."""
        context = tuple(self.spot(arg, stack) for arg in law.context)
        return self.model.law(law.policy.name, context, located(law.policy, point), self.model.actions)

    def on_Prob(self, node, point, stack):
        return self.laws(node.law, point, stack)[self.spot(node.action, stack)]

    def on_App(self, node, point, stack):
        args = tuple(self.spot(arg, stack) for arg in node.params)
        if node.head(*node.params).shape == lang.VECTOR:
            return column(list(self.model.vector(node.head.layout)))
        if node.head.theta:
            return self.model.moving(node.head.layout, args, node.head.sign, point)
        return self.model.draw(node.head.layout, args, node.head.sign)

    def on_Length(self, node, _point, stack):
        return Fraction(self.model.length(self.spot(node.args[0], stack)))

    # Binders

    def on_Expect(self, node, point, stack):
        law, scope = node.law, node.scope
        if isinstance(law, lang.StateLaw):
            policy = law.policy
            where = Point("constant") if policy is None else located(policy, point)
            weights = self.model.law(f"d {policy and policy.name}", (), where, self.model.states)
        else:
            weights = self.laws(law, point, stack)
        if scope.sort != "group":
            return self.weighted([(w, (*stack, x)) for x, w in enumerate(weights)], scope.body, point)
        return self.weighted([(math.prod((weights[x] for x in members), start=Fraction(1)), (*stack, members))
                              for members in self.model.spots("group")], scope.body, point)

    def weighted(self, cases, body, point):
        """Σ of a weight times the body, over weights that are not zero for good."""
        return sum(self(body, point, stack) * w for w, stack in cases)

    def spread_out(self, node, stack):
        """The stacks over which a sum or product runs."""
        upper, excluded, scope = node.args
        if upper == lang.ALL:
            span = range(self.model.actions)
        else:
            end = standard(self(upper, OLD, stack))
            if end != int(end):
                raise Undefined("upper", str(end))
            span = range(1, int(end) + 1)
        left_out = None if excluded == lang.NONE else self.spot(excluded, stack)
        return [(*stack, x) for x in span if x != left_out], scope.body

    def on_Sum(self, node, point, stack):
        stacks, body = self.spread_out(node, stack)
        return sum((self(body, point, inner) for inner in stacks), start=Fraction(0))

    def on_Product(self, node, point, stack):
        stacks, body = self.spread_out(node, stack)
        return math.prod((self(body, point, inner) for inner in stacks), start=Fraction(1))

    def members(self, scope, point, stack):
        return [self(scope.body, point, (*stack, i)) for i in range(1, self.model.group + 1)]

    def on_GroupMean(self, node, point, stack):
        return sum(self.members(node.args[0], point, stack)) * Fraction(1, self.model.group)

    def on_GroupSpread(self, node, point, stack):
        values, share = self.members(node.args[0], point, stack), Fraction(1, self.model.group)
        centre = sum(values) * share
        return power(sum((x - centre) * (x - centre) for x in values) * share, Fraction(1, 2))

    def on_KL(self, node, point, stack):
        p, q = (self.laws(law, point, stack) for law in node.args)
        return sum(x * (log(x) - log(y)) for x, y in zip(p, q, strict=True))

    def on_Entropy(self, node, point, stack):
        return -sum(x * log(x) for x in self.laws(node.args[0], point, stack))

    def on_CrossEntropy(self, node, point, stack):
        p, q = (self.laws(law, point, stack) for law in node.args)
        return -sum(x * log(y) for x, y in zip(p, q, strict=True))

    # Calculus in θ

    def unit(self, i, bit):
        return tuple(Small({(0, bit): Fraction(1)}) if i == j else Fraction(0) for j in range(self.model.width))

    def slope(self, body, point, stack, directions):
        """An iterated derivative along coordinates."""
        here, bits = point, []
        for i in directions:
            bits.append(1 << here.depth)
            here = here.moved(self.unit(i, bits[-1]))
        value = self(body, here, stack)
        for bit in bits:
            value = coefficient(value, bit)
        return value

    def on_Gradient(self, node, point, stack):
        return column([self.slope(node.args[0], point, stack, (i,)) for i in range(self.model.width)])

    def on_Hessian(self, node, point, stack):
        width = range(self.model.width)
        return table([[self.slope(node.args[0], point, stack, (i, j)) for j in width] for i in width])

    def on_Fisher(self, node, point, stack):
        law = node.args[0]
        where = OLD if law.policy.point == lang.OLD else point
        current = lang.Law(lang.Policy(law.policy.name), *law.context)
        action = lang.Var("any", "action")
        score = lang.grad(lang.Log(lang.Prob(current, action)))
        return self(lang.Expect(current, lang.Scope.close(action, score * score.T)), where, stack)

    def on_Step(self, _node, point, _stack):
        if point.base == "old" and not self.model.contact:
            return column(list(point.offset or (Fraction(0),) * self.model.width))
        offset = point.offset or (Fraction(0),) * self.model.width
        return column([x if point.base == "old" else x + y for x, y in zip(offset, self.model.step, strict=True)])

    def on_AtOld(self, node, _point, stack):
        return self(node.args[0], OLD, stack)

    def on_StopGradient(self, node, point, stack):
        offset = None if point.offset is None else tuple(map(still, point.offset))
        return self(node.args[0], Point(point.base, offset), stack)

    def on_Taylor(self, node, point, stack):
        body, order = node.args[0], int(node.args[1].value)
        step = [x[0] for x in self.on_Step(None, point, stack)]
        result = Fraction(0)
        for n in range(order + 1):
            for directions in product(range(self.model.width), repeat=n):
                term = self.slope(body, OLD, stack, directions) * Fraction(1, math.factorial(n))
                for i in directions:
                    term = term * step[i]
                result = result + term
        return result

    def on_BigO(self, _node, _point, _stack):
        return Fraction(0)


def located(policy, point):
    """The point at which a policy stands."""
    return {"current": point, "old": OLD, "constant": Point("constant")}[policy.point]


def column(values):
    return table([[x] for x in values])


def table(rows):
    found = np.empty((len(rows), len(rows[0])), dtype=object)
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            found[i, j] = x
    return found
