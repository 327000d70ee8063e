"""A term of the language for given sizes and a softmax policy, as ordinary SymPy in the logits, by definition."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import product
from typing import Any

import sympy
from sympy import Add, Basic, Dummy, Function, ImmutableMatrix, Integer, Mul, Symbol, exp, log, sqrt

from ..language import (
    ALL,
    ANY,
    GROUP_SIZE,
    NONE,
    OLD,
    SCALAR,
    ActionCount,
    App,
    BigO,
    Bound,
    Const,
    Definition,
    Expect,
    LanguageError,
    Law,
    Length,
    Maximum,
    Node,
    Num,
    Ordinal,
    Parameter,
    Prefix,
    Prob,
    Relation,
    Sample,
    Scope,
    Shape,
    StateLaw,
    Step,
    Term,
    TokenOf,
    Var,
    expand,
    sort_of,
    span,
    unfold,
)
from .softmax import Softmax

SIGNS = {"positive": {"positive": True}, "nonnegative": {"nonnegative": True}, "real": {"real": True}}
COMPARISONS = {"=": sympy.Eq, "<": sympy.Lt, ">": sympy.Gt, "≤": sympy.Le, "≥": sympy.Ge}

Values = Mapping[Var, int | tuple[int, ...]]
Bindings = tuple[Any, ...]


def instantiate(
    term: Node,
    n_actions: int = 2,
    group_size: int = 2,
    n_states: int = 1,
    definitions: tuple[Definition, ...] = (),
    values: Values | None = None,
) -> Any:
    r"""``term`` for ``n_actions`` actions, groups of ``group_size`` and ``n_states`` states, in ordinary SymPy.

    π_θ(a|s) is the softmax of real logits ``\theta_{s,a}``, π_θold that of ``\theta^{\text{old}}_{s,a}``; a
    constant policy has positive weights of its own, divided by their sum. θ is the vector of all logits of the
    contexts that occur; a vector is a column matrix. A function is one symbol for each tuple of arguments, or,
    where it depends on θ, an undefined function of θ. ``values`` places the free variables: 1, 2, … for an
    action, a state or an index, a tuple of actions for a group; by default the first one, and for a group the
    actions 1, 2, … in turn. Raises LanguageError for what has no such expression: tokens, remainders, maxima
    over θ, sums without a number of terms.

    >>> from grpo_symbolic.language import Policy
    >>> print(instantiate(Policy(r"\pi")(Var("a", "action"), Var("s", "state")), n_actions=2))
    exp(\theta_{1,1})/(exp(\theta_{1,1}) + exp(\theta_{1,2}))
    """
    term = unfold(expand(term, definitions))
    return Instance(Softmax([term], n_actions, group_size, n_states), values or {}).closed(term)


def sides(
    relation: Relation,
    n_actions: int = 2,
    group_size: int = 2,
    n_states: int = 1,
    definitions: tuple[Definition, ...] = (),
    values: Values | None = None,
) -> tuple[Any, Any]:
    """Both sides of a relation over one vector θ, a zero side in the shape of the other; see ``instantiate``."""
    left, right = (unfold(expand(side, definitions)) for side in (relation.lhs, relation.rhs))
    softmax = Softmax([left, right], n_actions, group_size, n_states)
    instance = Instance(softmax, values or {})
    lhs, rhs = instance.closed(left), instance.closed(right)
    if left.shape != right.shape:
        return (softmax.zero(right.shape), rhs) if lhs == 0 else (lhs, softmax.zero(left.shape))
    return lhs, rhs


class Instance:
    """The instance of a term, called with the values of the variables bound around it, innermost first."""

    def __init__(self, softmax: Softmax, values: Values) -> None:
        self.softmax = softmax
        self.values = {var: self.checked(var, value) for var, value in values.items()}

    def closed(self, term: Term) -> Any:
        """The instance of a whole term; stop-gradient marks are erased after every operator has acted."""
        return self(term, ()).xreplace(self.softmax.thaw)

    def __call__(self, term: Basic, bound: Bindings) -> Any:
        method = getattr(self, f"map_{type(term).__name__.lower()}", None)
        if method is None:
            raise LanguageError("has no instance as an expression", type(term).__name__)
        return method(term, bound)

    def all(self, terms: Iterable[Basic], bound: Bindings) -> list[Any]:
        """The instances of several terms."""
        return [self(term, bound) for term in terms]

    def under(self, scope: Scope, value: Any, bound: Bindings) -> Any:
        """The body of ``scope`` at a value of its variable."""
        return self(scope.body, (value, *bound))

    # Variables

    def checked(self, var: Var, value: Any) -> Any:
        """``value`` where it is one of ``var``; else LanguageError."""
        members = value if var.sort == "group" else (value,)
        allowed = self.softmax.ranges.get("action" if var.sort == "group" else var.sort, ())
        if not isinstance(members, tuple) or any(member not in allowed for member in members):
            raise LanguageError(f"{value} is no value of this {var.sort}", var.name)
        if var.sort == "group" and len(members) != len(self.softmax.indices):
            raise LanguageError(f"a group has {len(self.softmax.indices)} members, not {len(members)}", var.name)
        return value

    def place(self, term: Basic, bound: Bindings) -> Any:
        """The number of an action, a state or an index, or the tuple of a group."""
        found = self(term, bound)
        if not isinstance(found, (int, tuple, Integer)):
            raise LanguageError("a function is instantiated at variables, not at expressions", term)
        return found if isinstance(found, tuple) else int(found)

    def map_var(self, var: Var, _bound: Bindings) -> Any:
        if var.sort == "token":
            raise LanguageError("a token has no instance", var.name)
        if var in self.values:
            return self.values[var]
        actions = len(self.softmax.actions)
        return tuple((index - 1) % actions + 1 for index in self.softmax.indices) if var.sort == "group" else 1

    def map_bound(self, var: Bound, bound: Bindings) -> Any:
        return bound[var.depth]

    def map_sample(self, sample: Sample, bound: Bindings) -> Any:
        group, index = (self.place(arg, bound) for arg in sample.args)
        if not 1 <= index <= len(group):
            raise LanguageError(f"the group has no member {index}", sample)
        return group[index - 1]

    def map_tokenof(self, token: TokenOf | Prefix, _bound: Bindings) -> Any:
        raise LanguageError("a sequence of tokens has no instance", token)

    map_prefix = map_tokenof

    # Named things

    def map_num(self, num: Num, _bound: Bindings) -> Any:
        return num.value

    def map_const(self, const: Const, _bound: Bindings) -> Any:
        return Integer(len(self.softmax.indices)) if const == GROUP_SIZE else Symbol(const.name, **SIGNS[const.sign])

    def law(self, law: Law, bound: Bindings) -> dict[int, Any]:
        """The probability of every action under a law."""
        return self.softmax.law(law, tuple(self.place(term, bound) for term in law.context))

    def map_prob(self, prob: Prob, bound: Bindings) -> Any:
        chances = self.softmax.state_law(prob.law) if isinstance(prob.law, StateLaw) else self.law(prob.law, bound)
        return chances[self.place(prob.action, bound)]

    def map_app(self, app: App, bound: Bindings) -> Any:
        name = filled(app.head.layout, [named(sort_of(param), self.place(param, bound)) for param in app.params])
        if app.shape in (SCALAR, ANY):
            return self.unknown(app, name)
        return ImmutableMatrix(*self.softmax.size(app.shape),
                               lambda row, column: self.unknown(app, f"{name}_{{{row + 1},{column + 1}}}"))

    def unknown(self, app: App, name: str) -> Any:
        """What stands for an undefined function: a symbol, or a function of θ."""
        sign = SIGNS[app.head.sign]
        return Function(name, **sign)(*self.softmax.theta) if app.head.theta else Symbol(name, **sign)

    def map_length(self, length: Length, bound: Bindings) -> Any:
        return Symbol(f"|{named('action', self.place(length.args[0], bound))}|", integer=True, positive=True)

    def map_ordinal(self, ordinal: Ordinal, bound: Bindings) -> Any:
        return Integer(self.place(ordinal.args[0], bound))

    def map_actioncount(self, _count: ActionCount, _bound: Bindings) -> Any:
        return Integer(len(self.softmax.actions))

    # Arithmetic

    def total(self, terms: Iterable[Any], shape: Shape) -> Any:
        """The sum of terms of one shape, zero where there are none."""
        return Add(*terms) if shape in (SCALAR, ANY) else reduce(operator.add, terms, self.softmax.zero(shape))

    def map_plus(self, node: Node, bound: Bindings) -> Any:
        return self.total(self.all(node.args, bound), node.shape)

    def map_neg(self, node: Node, bound: Bindings) -> Any:
        return -self(node.args[0], bound)

    def map_times(self, node: Node, bound: Bindings) -> Any:
        shape, result = SCALAR, Integer(1)
        for arg, factor in zip(node.args, self.all(node.args, bound), strict=True):
            result = result * factor
            if arg.shape in (SCALAR, ANY):
                continue
            joined = shape != SCALAR
            shape = (shape[0], arg.shape[1]) if joined else arg.shape
            if joined and shape == SCALAR:
                result = result[0, 0]
        return result

    def map_frac(self, node: Node, bound: Bindings) -> Any:
        numerator, denominator = self.all(node.args, bound)
        return numerator / denominator

    def map_power(self, node: Node, bound: Bindings) -> Any:
        base, exponent = self.all(node.args, bound)
        return base**exponent

    def map_transpose(self, node: Node, bound: Bindings) -> Any:
        body = self(node.args[0], bound)
        return body if node.shape in (SCALAR, ANY) else body.T

    def map_log(self, node: Node, bound: Bindings) -> Any:
        return log(self(node.args[0], bound))

    def map_exp(self, node: Node, bound: Bindings) -> Any:
        return exp(self(node.args[0], bound))

    def map_root(self, node: Node, bound: Bindings) -> Any:
        return sqrt(self(node.args[0], bound))

    def map_min(self, node: Node, bound: Bindings) -> Any:
        return sympy.Min(*self.all(node.args, bound))

    def map_max(self, node: Node, bound: Bindings) -> Any:
        return sympy.Max(*self.all(node.args, bound))

    def map_indicator(self, node: Node, bound: Bindings) -> Any:
        op, *terms = node.args
        if str(op) not in COMPARISONS:
            raise LanguageError(f"no comparison {op}")
        return sympy.Piecewise((1, COMPARISONS[str(op)](*self.all(terms, bound))), (0, True))

    def map_same(self, node: Node, bound: Bindings) -> Any:
        left, right = (self.place(arg, bound) for arg in node.args)
        return Integer(int(left == right))

    def map_apply(self, app: App, bound: Bindings) -> Any:
        if app.head.theta:
            raise LanguageError("a function of numbers that moves with θ has no instance", app.head.layout)
        points = [named(sort_of(arg), self.place(arg, bound)) for arg in app.params if not isinstance(arg, Node)]
        numbers = self.all([arg for arg in app.params if isinstance(arg, Node)], bound)
        return Function(filled(app.head.layout, [*points, *map(str, numbers)]))(*numbers)

    # Expectations and sums

    def draws(self, node: Expect, bound: Bindings) -> Iterator[tuple[Any, Any]]:
        """Every value of the variable of an expectation with its probability; a group is one of A^G."""
        if node.scope.sort == "state":
            yield from self.softmax.state_law(node.law).items()
            return
        chances = self.law(node.law, bound)
        if node.scope.sort == "action":
            yield from chances.items()
            return
        for group in product(chances, repeat=len(self.softmax.indices)):
            yield group, Mul(*(chances[action] for action in group))

    def map_expect(self, node: Expect, bound: Bindings) -> Any:
        terms = (chance * self.under(node.scope, value, bound) for value, chance in self.draws(node, bound))
        return self.total(terms, node.shape)

    def summands(self, node: Node, bound: Bindings) -> list[Any]:
        """The body of a sum or product at every value in its range."""
        upper, excluded, scope = node.args
        start, end = span(upper)
        size = len(self.softmax.ranges[scope.sort]) if end == ALL else self(end, bound)
        if not isinstance(size, (int, Integer)):
            raise LanguageError(f"the range ends at {size}, which is no number here", scope.name)
        left_out = None if excluded == NONE else self.place(excluded, bound)
        return [self.under(scope, value, bound) for value in range(start, int(size) + 1) if value != left_out]

    def map_sum(self, node: Node, bound: Bindings) -> Any:
        return self.total(self.summands(node, bound), node.shape)

    def map_product(self, node: Node, bound: Bindings) -> Any:
        return Mul(*self.summands(node, bound))

    # Calculus in θ

    def map_gradient(self, node: Node, bound: Bindings) -> Any:
        return self.softmax.gradient(self(node.args[0], bound))

    def map_hessian(self, node: Node, bound: Bindings) -> Any:
        return self.softmax.gradient(self(node.args[0], bound)).jacobian(self.softmax.theta)

    def map_parameter(self, node: Parameter, _bound: Bindings) -> Any:
        return ImmutableMatrix(self.softmax.old if str(node.args[0]) == OLD else self.softmax.theta)

    def map_step(self, _node: Step, _bound: Bindings) -> Any:
        return self.softmax.step

    def map_atold(self, node: Node, bound: Bindings) -> Any:
        return self(node.args[0], bound).xreplace(self.softmax.to_old)

    def map_stopgradient(self, node: Node, bound: Bindings) -> Any:
        return self(node.args[0], bound).xreplace(self.softmax.freeze)

    def map_taylor(self, node: Node, bound: Bindings) -> Any:
        body, order = self.all(node.args, bound)
        step = ImmutableMatrix([Dummy() for _ in self.softmax.theta])
        terms = [body]
        for k in range(1, int(order) + 1):
            terms.append((step.T * self.softmax.gradient(terms[-1]))[0, 0] / k)
        return Add(*terms).xreplace({**self.softmax.to_old, **dict(zip(step, self.softmax.step, strict=True))})

    def map_bigo(self, node: BigO, _bound: Bindings) -> Any:
        raise LanguageError("a remainder stands for no one expression", node)

    def map_maximum(self, node: Maximum, _bound: Bindings) -> Any:
        raise LanguageError("a maximum over θ has no expression", node)


def named(sort: str, value: Any) -> str:
    """What an argument is called in the name of a function: s_1, a_2, an index 3, a group (a_1, a_2)."""
    if sort == "group":
        return f"({', '.join(named('action', action) for action in value)})"
    return f"{sort[0]}_{value}" if sort in ("action", "state") else str(value)


def filled(layout: str, names: list[str]) -> str:
    """A layout with names at its places; those without a place are listed after it."""
    shown = {int(place) for place in re.findall(r"#(\d+)", layout)}
    hidden = [name for place, name in enumerate(names, 1) if place not in shown]
    text = re.sub(r"#(\d+)", lambda match: names[int(match[1]) - 1], layout)
    return f"{text}[{', '.join(hidden)}]" if hidden else text
