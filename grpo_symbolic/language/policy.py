"""Policies, the laws they give, and named functions."""

from __future__ import annotations

from typing import Any, Self

from sympy import Basic
from sympy.core.symbol import Str

from .arithmetic import Node
from .binders import Var, sort_of
from .errors import LawError, ScopeError
from .shapes import ANY, COVECTOR, MATRIX, SCALAR, VECTOR, Shape
from .terms import Term, symbol, text

SHAPES: dict[str, Shape] = {"scalar": SCALAR, "vector": VECTOR, "row": COVECTOR, "matrix": MATRIX, "any": ANY}

CURRENT, OLD, CONSTANT = "current", "old", "constant"


class Policy(Term):
    """A family of positive distributions over actions.

    ``point`` is ``current`` (at θ), ``old`` (the same family at the constant θ_old) or ``constant``
    (a distribution that does not depend on θ). Calling it gives a probability, ``|`` a law.

    >>> s, a = Var("s", "state"), Var("a", "action")
    >>> Policy("pi", "current")(a, s).law == Policy("pi", "current") | s
    True
    """

    def __new__(cls, name: str | Str, point: str | Str = CURRENT) -> Self:
        if text(point) not in (CURRENT, OLD, CONSTANT):
            raise LawError(f"a policy stands at current, old or constant, not at {point}", str(name))
        return super().__new__(cls, symbol(name), symbol(point))

    @property
    def name(self) -> str:
        return text(self.args[0])

    @property
    def point(self) -> str:
        return text(self.args[1])

    def __call__(self, action: Basic, *context: Basic) -> Prob:
        return Prob(Law(self, *context), action)

    def __or__(self, context: Basic | tuple[Basic, ...]) -> Law:
        return Law(self, *(context if isinstance(context, tuple) else (context,)))

    @property
    def law(self) -> Law:
        """The law without a context: an unconditional distribution."""
        return Law(self)


class Law(Term):
    """π(·|context): the distribution of an action given states and prefixes."""

    def __new__(cls, policy: Basic, *context: Basic) -> Self:
        if not isinstance(policy, Policy):
            raise LawError("a law comes from a policy", policy)
        for term in context:
            if sort_of(term) in ("index", "group", "expression") and not isinstance(term, Term):
                raise LawError("a law is conditioned on states, prefixes or actions", term)
        return super().__new__(cls, policy, *context)

    @property
    def policy(self) -> Policy:
        return self.args[0]

    @property
    def context(self) -> tuple[Basic, ...]:
        return self.args[1:]


class StateLaw(Term):
    """d^π, the law of states under a policy; without a policy a constant, unnamed law of states."""

    def __new__(cls, policy: Basic | None = None) -> Self:
        return super().__new__(cls, *([] if policy is None else [policy]))

    @property
    def policy(self) -> Policy | None:
        return self.args[0] if self.args else None

    @property
    def context(self) -> tuple[Basic, ...]:
        """It is conditioned on nothing."""
        return ()


class ProcessLaw(Term):
    """A law of states that belongs to a decision process."""

    @property
    def context(self) -> tuple[Basic, ...]:
        """It is conditioned on nothing."""
        return ()


class Prob(Node):
    """π(action|context) or d(state), positive and at most 1; as a function of its outcome it sums to one."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        named = isinstance(args[0], ProcessLaw) or isinstance(args[0], StateLaw) and args[0].policy is not None
        if sort_of(args[1]) != ("state" if named else "action") or not (named or isinstance(args[0], Law)):
            raise LawError("a probability is that of an action under a law, or of a state under a named one", args[1])
        return SCALAR

    @property
    def law(self) -> Law | StateLaw | ProcessLaw:
        return self.args[0]

    @property
    def action(self) -> Basic:
        return self.args[1]


class Head(Term):
    r"""The name of a function, with all that its applications share.

    ``layout`` is its LaTeX with ``#1``, ``#2``, … where arguments are printed (``\rho_{#1}(\theta)``);
    arguments without a place are not printed. ``theta`` says whether it depends on θ, ``sign`` is
    ``positive``, ``nonnegative`` or ``real``, ``shape`` one of the names in ``SHAPES``.
    """

    def __new__(cls, layout: str | Str, theta: Any = "", sign: str | Str = "real", shape: str | Str = "scalar") -> Self:
        if text(shape) not in SHAPES:
            raise LawError(f"no shape {shape}", str(layout))
        flag = "θ" if theta and text(theta) else ""
        return super().__new__(cls, symbol(layout), Str(flag), symbol(sign), symbol(shape))

    @property
    def layout(self) -> str:
        return text(self.args[0])

    @property
    def theta(self) -> bool:
        return bool(text(self.args[1]))

    @property
    def sign(self) -> str:
        return text(self.args[2])

    def __call__(self, *args: Basic) -> App:
        return App(self, *args)


class App(Node):
    """A named function at its arguments: action terms, states, groups, indices.

    What a definition names is an App too; its arguments then include the ambient state and group
    on which the definition depends, though they are not printed.
    """

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if not isinstance(args[0], Head):
            raise ScopeError("only a named function can be applied", args[0])
        return SHAPES[text(args[0].args[3])]

    @property
    def head(self) -> Head:
        return self.args[0]

    @property
    def name(self) -> str:
        """The layout of the function with its arguments, for messages."""
        found = self.head.layout
        for position, param in enumerate(self.params, 1):
            found = found.replace(f"#{position}", str(param))
        return found

    @property
    def params(self) -> tuple[Basic, ...]:
        return self.args[1:]


class Apply(App):
    """A function of which nothing is said at arguments that may be numbers, any expressions: f(c + 1), f(s, 2)."""


class Length(Node):
    """|o|, the number of tokens of a sequence: a positive integer."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if sort_of(args[0]) != "action":
            raise ScopeError("only a sequence has a length", args[0])
        return SCALAR


class Ordinal(Node):
    """The number that an index or a token is, as in γ^t: a positive integer."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        if sort_of(args[0]) not in ("index", "token"):
            raise ScopeError("only an index is a number", args[0])
        return SCALAR


class Same(Node):
    """1 where two actions, states or indices are one, else 0."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        left, right = map(sort_of, args)
        if left != right or left not in ("action", "state", "index", "token"):
            raise ScopeError("two actions, two states or two indices are compared", args[0])
        return SCALAR


class ActionCount(Node):
    """|𝒜|, the number of actions: a positive integer."""


def variables(names: str, sort: str) -> tuple[Var, ...]:
    """Several variables of one sort, from names separated by blanks."""
    return tuple(Var(name, sort) for name in names.split())
