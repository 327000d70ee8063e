"""Nodes: immutable, shaped, scoped SymPy expressions that keep the order in which they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Self

from sympy import Basic, Expr, Integer, Rational
from sympy.core.symbol import Str

from .errors import ScopeError, ShapeError

Shape = tuple[str, str]
SCALAR: Shape = ("1", "1")
VECTOR: Shape = ("d", "1")
COVECTOR: Shape = ("1", "d")
MATRIX: Shape = ("d", "d")
ANY: Shape = ("*", "*")

SHAPE_NAMES = {SCALAR: "scalar", VECTOR: "vector", COVECTOR: "row vector", MATRIX: "matrix", ANY: "any shape"}


def text(name: Any) -> str:
    """A name as a string; ``str`` of a Str would start SymPy's printer."""
    return name.name if isinstance(name, Str) else str(name)


def symbol(name: Any) -> Str:
    """A name as a node."""
    return name if isinstance(name, Str) else Str(str(name))


class Term(Basic):
    """Anything with variables in it: expressions, policies, laws, action terms.

    ``free`` holds the free variables, ``loose`` one more than the largest unbound de Bruijn index.
    Hints (the printed name of a bound variable, a notation variant) never take part in equality.
    """

    free: frozenset[Var]
    loose: int
    hints: dict[str, str]

    def __new__(cls, *args: Basic) -> Self:
        self: Self = Basic.__new__(cls, *args)
        self._scan(args)
        return self

    def _scan(self, args: tuple[Basic, ...]) -> None:
        free: frozenset[Var] = frozenset()
        loose = 0
        for arg in args:
            if isinstance(arg, Term):
                free = free | arg.free if free else arg.free
                loose = max(loose, arg.loose)
        self.free, self.loose, self.hints = free, loose, {}

    def with_args(self, args: tuple[Basic, ...]) -> Self:
        """The same node over other children, its hints kept; every check is run again."""
        node = self.func(*args)
        node.hints = self.hints
        return node

    def hinted(self, **hints: str) -> Self:
        """The same node with notation hints added; equal to the node without them."""
        node = self.func(*self.args)
        node.hints = {**self.hints, **hints}
        return node

    @property
    def free_symbols(self) -> set[Basic]:
        return set(self.free)

    def diff(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refused: SymPy's derivative of a node is a silent zero; use ``Gradient``."""
        raise ShapeError("an expression with binders is differentiated by Gradient, not by diff")

    def _eval_derivative(self, _symbol: Basic) -> Basic:
        return self.diff()

    def _eval_subs(self, _old: Basic, _new: Basic) -> Basic:
        raise ScopeError("an expression with binders is substituted by substitute, not by subs")

    def xreplace(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refused: SymPy's replacement knows no binders; use ``substitute``."""
        raise ScopeError("an expression with binders is substituted by substitute, not by xreplace")

    def __repr__(self) -> str:
        if isinstance(self, Scope):
            return f"{self.name}. {self.body}"
        return f"{type(self).__name__}({', '.join(map(str, self.args))})"

    def __str__(self) -> str:
        return repr(self)

    def _sympystr(self, _printer: Any) -> str:
        return repr(self)

    def walk(self) -> Iterator[Basic]:
        """Every subterm, the term itself first."""
        yield self
        for arg in self.args:
            if isinstance(arg, Term):
                yield from arg.walk()


class Var(Term):
    """A variable of a sort: ``action``, ``group`` (an i.i.d. family of actions), ``state``, ``index``, ``token``.

    >>> Var("a", "action") == Var("a", "state")
    False
    """

    SORTS: ClassVar = ("action", "group", "state", "index", "token")

    def __new__(cls, name: str | Str, sort: str | Str) -> Self:
        if text(sort) not in cls.SORTS:
            raise ScopeError(f"no variables of sort {sort}", str(name))
        self: Self = Basic.__new__(cls, symbol(name), symbol(sort))
        self.free, self.loose, self.hints = frozenset([self]), 0, {}
        return self

    @property
    def name(self) -> str:
        return text(self.args[0])

    @property
    def sort(self) -> str:
        return text(self.args[1])

    def __repr__(self) -> str:
        return self.name

    def __getitem__(self, index: Basic | int) -> Sample:
        return Sample(self, Num(index) if isinstance(index, int) else index)


class Bound(Term):
    """A bound variable, by its de Bruijn index; only ever met inside a Scope."""

    def __new__(cls, depth: int | Integer, sort: str | Str) -> Self:
        self: Self = Basic.__new__(cls, Integer(depth), symbol(sort))
        self.free, self.loose, self.hints = frozenset(), int(depth) + 1, {}
        return self

    @property
    def depth(self) -> int:
        return int(self.args[0])

    @property
    def sort(self) -> str:
        return text(self.args[1])

    def __repr__(self) -> str:
        return f"#{self.depth}"


def sort_of(term: Basic) -> str:
    """The sort of a variable, sample, token or prefix; ``index`` for an integer."""
    if isinstance(term, (Var, Bound, Sample, TokenOf, Prefix)):
        return term.sort
    return "index" if isinstance(term, Num) else "expression"


class Sample(Term):
    """a_i: the member ``index`` of the group ``group``; an action."""

    sort = "action"

    def __new__(cls, group: Basic, index: Basic) -> Self:
        if sort_of(group) != "group" or sort_of(index) != "index":
            raise ScopeError("a group sample needs a group and an index", f"{group}[{index}]")
        return super().__new__(cls, group, index)


class TokenOf(Term):
    """o_t: the token ``position`` of the sequence ``sequence`` (an action); itself an action."""

    sort = "action"

    def __new__(cls, sequence: Basic, position: Basic) -> Self:
        if sort_of(sequence) != "action" or sort_of(position) not in ("token", "index"):
            raise ScopeError("a token needs a sequence and a position", f"{sequence}[{position}]")
        return super().__new__(cls, sequence, position)


class Prefix(Term):
    """o_{<t}: the tokens of ``sequence`` before ``position``; a context, like a state."""

    sort = "state"

    def __new__(cls, sequence: Basic, position: Basic) -> Self:
        TokenOf(sequence, position)
        return super().__new__(cls, sequence, position)


class Scope(Term):
    """One bound variable and the term it ranges over; two scopes that differ in the bound name are equal."""

    def __new__(cls, sort: str | Str, body: Basic) -> Self:
        self: Self = Basic.__new__(cls, symbol(sort), body)
        self.free = getattr(body, "free", frozenset())
        self.loose = max(0, getattr(body, "loose", 0) - 1)
        self.hints = {}
        return self

    @property
    def sort(self) -> str:
        return text(self.args[0])

    @property
    def body(self) -> Basic:
        return self.args[1]

    @property
    def name(self) -> str:
        return self.hints.get("name", self.sort[0])

    @staticmethod
    def close(var: Var, body: Basic) -> Scope:
        """Bind ``var`` in ``body``."""
        scope = Scope(var.sort, abstract(body, var))
        scope.hints = {"name": var.name}
        return scope

    def open(self, avoid: frozenset[Var] = frozenset()) -> tuple[Var, Any]:
        """A variable that is free nowhere in the scope (nor in ``avoid``), and the body at it."""
        taken = {var.name for var in self.free | avoid}
        name = self.name
        while name in taken:
            name += "'"
        var = Var(name, self.sort)
        return var, self.at(var)

    def at(self, value: Basic) -> Any:
        """The body with ``value`` for the bound variable; nothing is captured."""
        if sort_of(value) != self.sort:
            raise ScopeError(f"the sort {self.sort} is bound here, not {sort_of(value)}", str(value))
        return _fill(self.body, value, 0)


def abstract(term: Basic, var: Basic, depth: int = 0) -> Basic:
    """``term``, which has no loose index, with the free variable ``var`` turned into the bound index ``depth``."""
    if term == var:
        return Bound(depth, sort_of(var))
    if not isinstance(term, Term) or var not in term.free:
        return term
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(abstract(arg, var, inner) for arg in term.args))


def _fill(term: Basic, value: Basic, depth: int) -> Basic:
    if not isinstance(term, Term) or term.loose <= depth:
        return term
    if isinstance(term, Bound):
        return _shift(value, depth, 0) if term.depth == depth else term
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(_fill(arg, value, inner) for arg in term.args))


def substitute(term: Any, values: Mapping[Var, Basic]) -> Any:
    """``term`` with values for free variables, all at once; bound variables are never captured.

    >>> a, b = Var("a", "action"), Var("b", "action")
    >>> substitute(Scope.close(b, a), {a: b}) == Scope.close(Var("c", "action"), b)
    True
    """
    for var, value in values.items():
        if sort_of(value) != var.sort:
            raise ScopeError(f"{var.name} is of sort {var.sort}, and cannot become {sort_of(value)}", str(value))
    return _replace(term, values, 0)


def _replace(term: Basic, values: Mapping[Var, Basic], depth: int) -> Basic:
    if isinstance(term, Var):
        return _shift(values[term], depth, 0) if term in values else term
    if not isinstance(term, Term) or term.free.isdisjoint(values):
        return term
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(_replace(arg, values, inner) for arg in term.args))


def _shift(term: Basic, by: int, depth: int) -> Basic:
    """``term`` moved under ``by`` more binders: its loose indices grow by that much."""
    if by == 0 or not isinstance(term, Term) or term.loose <= depth:
        return term
    if isinstance(term, Bound):
        return Bound(term.depth + by, term.sort)
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(_shift(arg, by, inner) for arg in term.args))


def rewrite(term: Any, rule: Callable[[Basic], Basic | None]) -> Any:
    """Rebuild ``term`` from the leaves up, each subterm replaced by ``rule`` of it where that is not None.

    The rule meets bound variables as de Bruijn indices and must not move a loose index across a Scope.
    """
    if not isinstance(term, Term):
        return term
    args = tuple(rewrite(arg, rule) for arg in term.args)
    node = term if all(new is old for new, old in zip(args, term.args, strict=True)) else term.with_args(args)
    found = rule(node)
    return node if found is None else found


class Node(Term, Expr):
    """An expression with a shape. Arithmetic keeps the order in which it was written and cancels nothing."""

    _op_priority = 100.0
    is_commutative = True
    shape: Shape = SCALAR

    def __new__(cls, *args: Any) -> Self:
        args = tuple(node(arg) if isinstance(arg, int) else arg for arg in args)
        self: Self = Expr.__new__(cls, *args)
        self._scan(args)
        self.shape = cls.shape_of(*args)
        return self

    @classmethod
    def shape_of(cls, *_args: Any) -> Shape:
        """The shape of the node over these children; raises ShapeError where they do not fit."""
        return SCALAR

    def __add__(self, other: Any) -> Node:
        return plus(self, node(other))

    def __radd__(self, other: Any) -> Node:
        return plus(node(other), self)

    def __sub__(self, other: Any) -> Node:
        return plus(self, Neg(node(other)))

    def __rsub__(self, other: Any) -> Node:
        return plus(node(other), Neg(self))

    def __mul__(self, other: Any) -> Node:
        return times(self, node(other))

    def __rmul__(self, other: Any) -> Node:
        return times(node(other), self)

    def __truediv__(self, other: Any) -> Node:
        return Frac(self, node(other))

    def __rtruediv__(self, other: Any) -> Node:
        return Frac(node(other), self)

    def __pow__(self, other: Any, _mod: Any = None) -> Node:
        return Power(self, node(other))

    def __neg__(self) -> Node:
        return Neg(self)

    def instantiate(self, n_actions: int = 2, group_size: int = 2, **more: Any) -> Any:
        """The expression for given sizes and a softmax policy, in ordinary SymPy; see ``language.instantiate``."""
        from .instantiate import instantiate

        return instantiate(self, n_actions=n_actions, group_size=group_size, **more)

    @property
    def T(self) -> Node:
        """The transpose."""
        return Transpose(self)


class Num(Node):
    """A non-negative rational literal."""

    def __new__(cls, value: Any) -> Self:
        value = Rational(value)
        if value < 0:
            raise ShapeError("a literal is not negative; write Neg", str(value))
        return super().__new__(cls, value)

    @property
    def value(self) -> Rational:
        return self.args[0]


class Const(Node):
    """A scalar constant named by its LaTeX. ``sign`` is ``positive``, ``nonnegative`` or ``real``."""

    def __new__(cls, name: str | Str, sign: str | Str = "real") -> Self:
        return super().__new__(cls, symbol(name), symbol(sign))

    @property
    def name(self) -> str:
        return text(self.args[0])

    @property
    def sign(self) -> str:
        return text(self.args[1])


def node(value: Any) -> Node:
    """A Node from a Node, an int or a rational; anything else is refused."""
    if isinstance(value, Node):
        return value
    if isinstance(value, (int, Rational)):
        value = Rational(value)
        if value < 0:
            return Neg(node(-value))
        return Num(value) if value.q == 1 else Frac(Num(value.p), Num(value.q))
    raise ShapeError("not an expression of the language", str(value))


def scalar(value: Basic, place: str) -> None:
    """Refuse what is not a scalar."""
    if not isinstance(value, Node) or value.shape not in (SCALAR, ANY):
        found = SHAPE_NAMES[value.shape] if isinstance(value, Node) else "term"
        raise ShapeError(f"{place} needs a scalar, not a {found}", str(value))


def agree(shapes: list[Shape], place: str) -> Shape:
    """The common shape of summands or of two sides; ``ANY`` (a remainder, zero) fits everywhere."""
    known = [shape for shape in shapes if shape != ANY]
    if any(shape != known[0] for shape in known):
        raise ShapeError(f"{place} joins a {SHAPE_NAMES[known[0]]} and a "
                         + next(SHAPE_NAMES[shape] for shape in known if shape != known[0]))
    return known[0] if known else ANY


class Plus(Node):
    """A sum of two or more terms, in the written order."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return agree([arg.shape for arg in args], "a sum")


def plus(*terms: Node) -> Node:
    """The sum, nested sums flattened."""
    flat = [part for term in terms for part in (term.args if isinstance(term, Plus) else (term,))]
    return Plus(*flat) if len(flat) != 1 else flat[0]


class Neg(Node):
    """Minus the argument."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return args[0].shape


class Times(Node):
    """A product in the written order; shapes must chain, scalars commute."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        shape: Shape = SCALAR
        for arg in args:
            if arg.shape in (SCALAR, ANY):
                continue
            if shape == SCALAR:
                shape = arg.shape
            elif shape[1] == arg.shape[0]:
                shape = (shape[0], arg.shape[1])
            else:
                raise ShapeError(f"a {SHAPE_NAMES[shape]} times a {SHAPE_NAMES[arg.shape]} has no meaning; "
                                 "transpose one of them", str(arg))
        return shape


def times(*factors: Node) -> Node:
    """The product, nested products flattened; a sign of the first factor goes in front."""
    first = factors[0]
    if isinstance(first, Neg):
        return Neg(times(first.args[0], *factors[1:]))
    flat = [part for factor in factors for part in (factor.args if isinstance(factor, Times) else (factor,))]
    return Times(*flat) if len(flat) != 1 else flat[0]


class Frac(Node):
    """A quotient; the denominator is a scalar that must not vanish."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        scalar(args[1], "a denominator")
        return args[0].shape


class Power(Node):
    """base ** exponent, scalars both."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        for arg in args:
            scalar(arg, "a power")
        return SCALAR


class Transpose(Node):
    """The transpose."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        rows, columns = args[0].shape
        return (columns, rows)


class _Function(Node):
    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        for arg in args:
            scalar(arg, cls.__name__.lower())
        return SCALAR


class Log(_Function):
    """The natural logarithm."""


class Exp(_Function):
    """The exponential."""


class Root(_Function):
    """The square root."""


class Abs(_Function):
    """The absolute value."""


class Min(_Function):
    """The smaller of two scalars."""


class Max(_Function):
    """The larger of two scalars."""


class Clip(_Function):
    """Clip(x, low, high) = min(max(x, low), high)."""


class Indicator(_Function):
    """Indicator(op, left, right): 1 where the comparison holds, else 0."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return super().shape_of(*args[1:])

    def __new__(cls, op: str | Str, left: Basic, right: Basic) -> Self:
        return super().__new__(cls, symbol(op), left, right)
