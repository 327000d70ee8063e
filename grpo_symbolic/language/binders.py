"""Variables and what binds them: scopes are locally nameless, so that nothing is ever captured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Self

from sympy import Basic, Integer
from sympy.core.symbol import Str

from .arithmetic import Node, Num, scalar
from .errors import ScopeError
from .terms import Term, symbol, text


class Point(Term):
    """What a variable may stand for: it has a sort, and a name by which messages speak of it."""

    @property
    def name(self) -> str:
        """The name as it is written."""
        return text(self.args[0])

    def __repr__(self) -> str:
        return self.name


class Var(Point):
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
    def sort(self) -> str:
        return self.args[1].name

    def __getitem__(self, index: Basic | int) -> Sample:
        return Sample(self, Num(index) if isinstance(index, int) else index)


class Bound(Term):
    """A bound variable, by its de Bruijn index; only ever met inside a Scope."""

    def __new__(cls, depth: int | Integer, sort: str | Str) -> Self:
        return cls._made(int(depth), text(sort))

    @classmethod
    @lru_cache(maxsize=256)
    def _made(cls, depth: int, sort: str) -> Bound:
        """One node for an index and a sort: it is as immutable as its name."""
        self = Basic.__new__(cls, Integer(depth), symbol(sort))
        self.free, self.loose, self.hints = frozenset(), depth + 1, {}
        return self

    @property
    def depth(self) -> int:
        return int(self.args[0])

    @property
    def sort(self) -> str:
        return self.args[1].name

    def __repr__(self) -> str:
        return f"#{self.depth}"


def sort_of(term: Basic) -> str:
    """The sort of a variable, sample, token or prefix; ``index`` for an integer."""
    if isinstance(term, (Var, Bound, Sample, TokenOf, Prefix, After)):
        return term.sort
    return "index" if isinstance(term, Num) else "expression"


class Sample(Point):
    """a_i: the member ``index`` of the group ``group``; an action."""

    sort = "action"

    def __new__(cls, group: Basic, index: Basic) -> Self:
        if sort_of(group) != "group" or sort_of(index) != "index":
            raise ScopeError("a group sample needs a group and an index", index if sort_of(group) == "group" else group)
        if isinstance(index, Num) and (index.value < 1 or index.value.q != 1):
            raise ScopeError(f"a group has no member {index}: they are numbered from 1 on", group)
        return super().__new__(cls, group, index)

    @property
    def name(self) -> str:
        return subscripted(self.args[0], str(self.args[1]))


class TokenOf(Point):
    """o_t: the token ``position`` of the sequence ``sequence`` (an action); itself an action."""

    sort = "action"

    def __new__(cls, sequence: Basic, position: Basic) -> Self:
        if sort_of(sequence) != "action" or sort_of(position) not in ("token", "index"):
            wrong = position if sort_of(sequence) == "action" else sequence
            raise ScopeError("a token needs a sequence and a position", wrong)
        return super().__new__(cls, sequence, position)

    @property
    def name(self) -> str:
        return subscripted(self.args[0], str(self.args[1]))


class Prefix(Point):
    """o_{<t}: the tokens of ``sequence`` before ``position``; a context, like a state."""

    sort = "state"

    def __new__(cls, sequence: Basic, position: Basic) -> Self:
        TokenOf(sequence, position)
        return super().__new__(cls, sequence, position)

    @property
    def name(self) -> str:
        return subscripted(self.args[0], f"<{self.args[1]}")


class After(Point):
    """s_{t+1}: the state after step ``position`` of the path ``sequence``."""

    sort = "state"

    def __new__(cls, sequence: Basic, position: Basic) -> Self:
        TokenOf(sequence, position)
        return super().__new__(cls, sequence, position)

    @property
    def name(self) -> str:
        return subscripted(self.args[0], f"<{self.args[1]}+1")


def one_of(sort: str) -> str:
    """What is of a sort, in words."""
    return f"{'an' if sort[0] in 'aei' else 'a'} {sort}"


def subscripted(term: Basic, below: str) -> str:
    """A term with a subscript, that of a sample joined to its own: o_{i,t}."""
    own = f"{term.args[1]}," if isinstance(term, Sample) else ""
    return f"{term.args[0] if own else term}_{{{own}{below}}}"


class Scope(Term):
    """One bound variable and the term it ranges over; two scopes that differ in the bound name are equal."""

    def __new__(cls, sort: str | Str, body: Basic) -> Self:
        self: Self = super().__new__(cls, symbol(sort), body)
        self.loose = max(0, self.loose - 1)
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

    @cached_property
    def bodies(self) -> dict[Var, Any]:
        """The body at each variable for which the scope has been opened."""
        return {}

    def __repr__(self) -> str:
        return f"{self.name}. {self.body}"

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
        if var not in self.bodies:
            self.bodies[var] = self.at(var)
        return var, self.bodies[var]

    def at(self, value: Basic) -> Any:
        """The body with ``value`` for the bound variable; nothing is captured."""
        if sort_of(value) != self.sort:
            raise ScopeError(f"the sort {self.sort} is bound here, not {sort_of(value)}", value)
        return _fill(self.body, value, 0)


def abstract(term: Basic, var: Basic, depth: int = 0) -> Basic:
    """``term``, which has no loose index, with the free variable ``var`` turned into the bound index ``depth``."""
    return _abstracted(term, var, depth, {}) if isinstance(term, Term) and var in term.free else term


def _abstracted(term: Term, var: Basic, depth: int, rests: dict[frozenset[Any], frozenset[Any]]) -> Term:
    """``abstract`` of a term in which the variable is free; ``rests`` has free variables without it, where known."""
    if isinstance(term, Var):
        return Bound(depth, term.args[1])
    free, inner = term.free, depth + isinstance(term, Scope)
    args = tuple([_abstracted(arg, var, inner, rests) if isinstance(arg, Term) and (
        arg.free is free or var in arg.free) else arg for arg in term.args])
    rest = rests.get(free)
    if rest is None:
        rest = rests[free] = free - {var}
    return term.bound(args, rest, max(term.loose, depth + 1))


def _fill(term: Basic, value: Basic, depth: int) -> Basic:
    if not isinstance(term, Term) or term.loose <= depth:
        return term
    if isinstance(term, Bound):
        return _shift(value, depth, 0) if term.depth == depth else term
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple([_fill(arg, value, inner) if isinstance(arg, Term) and arg.loose > inner else arg
                                 for arg in term.args]))


class Argument(Node):
    """The number that a definition speaks of for all its values, as u in f(u) = u²: no constant, whatever its name."""

    def __new__(cls, name: str | Str) -> Self:
        return super().__new__(cls, symbol(name))

    @property
    def name(self) -> str:
        return text(self.args[0])


def substitute(term: Any, values: Mapping[Any, Basic]) -> Any:
    """``term`` with values for free variables and for arguments, all at once; bound variables are never captured.

    >>> a, b = Var("a", "action"), Var("b", "action")
    >>> substitute(Scope.close(b, a), {a: b}) == Scope.close(Var("c", "action"), b)
    True
    """
    for var, value in values.items():
        if isinstance(var, Argument):
            scalar(value, f"the argument {var.name}")
        elif sort_of(value) != var.sort:
            there = one_of(sort_of(value))
            raise ScopeError(f"{var.name} stands for {one_of(var.sort)}, and {there} cannot stand there", value)
    return _replace(term, values, 0, any(isinstance(var, Argument) for var in values))


def _replace(term: Basic, values: Mapping[Any, Basic], depth: int, numbers: bool) -> Basic:
    """``numbers`` is set where values are for arguments, too, which terms do not count among their free variables."""
    if isinstance(term, (Var, Argument)):
        return _shift(values[term], depth, 0) if term in values else term
    if not isinstance(term, Term) or not numbers and term.free.isdisjoint(values):
        return term
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(_replace(arg, values, inner, numbers) for arg in term.args))


def lift(term: Any) -> Any:
    """``term`` moved under one more binder, which binds nothing in it.

    >>> lift(Bound(0, "action")), lift(Scope("action", Bound(0, "action"))).body
    (#1, #0)
    """
    return _shift(term, 1, 0)


def lower(term: Any) -> Any:
    """``term`` moved out from under a binder; None where that binds something in it.

    >>> lower(Bound(1, "action")), lower(Bound(0, "action"))
    (#0, None)
    """
    return None if _bound_at(term, 0) else _shift(term, -1, 0)


def _bound_at(term: Basic, depth: int) -> bool:
    """Whether the binder that many levels out binds something in a term."""
    if not isinstance(term, Term) or term.loose <= depth:
        return False
    if isinstance(term, Bound):
        return term.depth == depth
    inner = depth + isinstance(term, Scope)
    return any(_bound_at(arg, inner) for arg in term.args)


def _shift(term: Basic, by: int, depth: int) -> Basic:
    """``term`` moved under ``by`` more binders: its loose indices grow by that much."""
    if by == 0 or not isinstance(term, Term) or term.loose <= depth:
        return term
    if isinstance(term, Bound):
        return Bound(term.depth + by, term.sort)
    inner = depth + isinstance(term, Scope)
    return term.with_args(tuple(_shift(arg, by, inner) for arg in term.args))
