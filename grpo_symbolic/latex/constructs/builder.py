"""What is bound and drawn at a place, and how nodes are built there: the state that every construct is handed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sympy import Basic

from ...language import App, Const, LanguageError, Node, Relation, Scope, ShapeError, Var
from ...language.formal import Formal
from ..kinds.facts import Facts
from ..names.environment import Environment
from ..names.read_as import BOUND, UNPRINTED, Place
from ..notation.priors import CONSTANTS, TRAJECTORY
from ..parsing.surface import Content, Expr, Item, Piece, content_of
from ..read_error import Fault, Fork, Malformed, reason_of

Draw = tuple[Var, Any]

NUMBERING = frozenset(("index", "token"))
# What texts print of a vector for what they say of its components, or of its norm: (∇ log π)^2, |Δθ|.
OF_COMPONENTS = ("a power needs", "abs needs")

class Builder(ABC):
    """The state of building the terms of one text. ``pos`` is the offset of the construct being built."""

    def __init__(self, environment: Environment, facts: Facts, text: str) -> None:
        self.environment, self.facts, self.text = environment, facts, text
        # Bound variables by name, groups apart; the innermost drawn variable of each sort.
        self.bound: dict[str, Var] = {}
        self.groups: dict[str, Var] = {}
        self.drawn: dict[str, Var] = {}
        # Whether a letter below a symbol is a state or a label, by the symbol.
        self.scripted: dict[str, str] = {}
        # Whether the right side of a definition is read, which claims nothing of what cannot be evaluated in it.
        self.defining = False
        # What the definition that is read here speaks of for all its values, by name.
        self.of: dict[str, Basic] = {}
        # Free variables with the place of their first use; names bound by a sum so far; arity of undefined functions.
        self.free: dict[Var, int] = {}
        self.summed: dict[str, int] = {}
        self.arities: dict[str, int] = {}
        self.domains: dict[tuple[str, int], str] = {}
        # Free indices that name what is drawn where they stand, and those that stand anywhere else.
        self.labels: set[str] = set()
        self.loose: set[str] = set()
        # By what the places of symbols with indices are numbered.
        self.families: dict[tuple[str, int], str] = {}
        # Whether the letter below a symbol names a single draw, or a number.
        self.at_draws: dict[str, bool] = {}
        # The indices that name single draws, and are no arguments of what carries them.
        self.dropped: set[Basic] = set()
        # What was drawn where symbols without arguments stand for their value at a sample.
        self.values: dict[str, tuple[Var, ...]] = {}
        # The range of each index that a sum binds here.
        self.spans: dict[Basic, Basic] = {}
        # By how much the values of an index that a sum binds here are numbered higher than they are printed; whether an
        # exponent is being read, in which an index is a number.
        self.raises: dict[Basic, int] = {}
        # Where the printed values of an index start whose range does not start at a numeral.
        self.starts: dict[Basic, Node] = {}
        self.exponent = False
        self.bare_law: tuple[Basic, Any] | None = None
        # Whether a law without arguments may stand for its value at any sample, and the samples that stand so.
        self.pointwise = True
        self.implicit: set[Var] = set()
        # What expectations draw without printing it, and what is free in the sides of the statement.
        self.unsaid: set[Var] = set()
        self.outside: set[Var] = set()
        # Laws and constraints printed after "such that", by place; those that were used are taken out.
        self.trailing: dict[str, tuple[list[Item], int]] = {}
        self.constraints: list[Piece] = []
        # What this text calls the laws that have one name in a statement, by what kind of law it is.
        self.one_law: dict[str, str] = {}
        # Where each symbol got its meaning.
        self.places: dict[Basic, Place] = {}
        # What braces claim of what they hold, by place; None where nothing may be claimed.
        self.asides: dict[int, Relation] | None = None
        self.pos = self.depth = 0

    @property
    def on_a_path(self) -> bool:
        """Whether a trajectory is drawn around what is read here."""
        return self.facts.trajectory and any(name.startswith(TRAJECTORY) for name in self.bound)

    def built(self, make: Callable[..., Any], *args: Any, pos: int | None = None) -> Any:
        """A node, its refusal placed at ``pos`` or at the current construct."""
        try:
            return make(*args)
        except LanguageError as error:
            raise self.refused(error, args, self.pos if pos is None else pos) from None

    def refused(self, error: LanguageError, terms: Iterable[Any], pos: int) -> Fault:
        """The refusal of terms: shapes of what nothing defines are guessed, so that it may fit in its text."""
        nodes = [term for term in terms if isinstance(term, Node)]
        guessed = isinstance(error, ShapeError) and any(self.undefined(part) for node in nodes for part in node.walk())
        if isinstance(error, ShapeError) and error.reason.startswith(OF_COMPONENTS):
            return Fault(rf"{reason_of(error)}: write \|v\|^2 or v^\top w", pos)
        return (Fault if guessed else Malformed)(reason_of(error), pos)

    def undefined(self, part: Basic) -> bool:
        """Whether a term is a symbol of which no definition and no custom says that it is a number."""
        if isinstance(part, Const):
            return part.name not in CONSTANTS
        return isinstance(part, App) and part.head.layout not in self.environment.names

    def choose(self, reason: str, subject: str, options: Sequence[str], pos: int) -> int:
        """Which option a reading takes wherever its texts leave the subject open. Raises Fork where none is taken."""
        if subject not in self.facts.choices:
            raise Fork(reason, pos, subject, options)
        return self.facts.choices[subject]

    def print_of(self, items: Sequence[Item]) -> str:
        """Items as they are printed."""
        start, last = items[0].pos, items[-1]
        end = max(last.end + last.primes, *(script.end for script in (last.sub, last.sup) if script is not None), 0)
        while "}" in self.text[end:] and self.text.count("{", start, end) > self.text.count("}", start, end):
            end = self.text.index("}", end) + 1  # a script in braces ends where its content does
        return " ".join(self.text[start:end].split())

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Bindings made inside are forgotten after."""
        kept, pos = (self.bound, self.groups, self.drawn, self.bare_law, self.spans), self.pos
        self.bound, self.groups, self.drawn = dict(kept[0]), dict(kept[1]), dict(kept[2])
        yield
        for var in {*self.bound.values(), *self.groups.values()} - {*kept[0].values(), *kept[1].values()}:
            self.places.setdefault(var, Place(pos, BOUND))
        self.bound, self.groups, self.drawn, self.bare_law, self.spans = kept

    def place(self, symbol: Basic, pos: int, how: str = "") -> None:
        """Note where a symbol gets its meaning: the first place that prints it, else the first that needs it."""
        if symbol not in self.places or how != UNPRINTED == self.places[symbol].how:
            self.places[symbol] = Place(pos, how)

    def named(self, name: str, sort: str, pos: int, how: str = "") -> Var:
        """A variable by name: the bound one, else a free one of that sort, whose place is noted."""
        var = (self.groups if sort == "group" else self.bound).get(name)
        if var is None or var.sort in NUMBERING and sort not in NUMBERING:  # the number s is no state s
            var = Var(name, sort)
            self.free.setdefault(var, pos)
            self.place(var, pos, how)
        return var

    def bind(self, var: Var) -> None:
        """Make a drawn variable the one its name and sort stand for."""
        (self.groups if var.sort == "group" else self.bound)[var.name] = var
        self.drawn[var.sort] = var
        if var.sort == "group":
            self.drawn.pop("action", None)
        elif var.sort == "action":
            self.drawn.pop("group", None)

    def formal(self, layout: str, variables: list[Var], body: Basic, *more: Basic, shape: str = "",
               pos: int = 0) -> Any:
        """A formal expression with its variables bound; its shape is that of the body where none is given."""
        shape = shape or shape_name(body)
        for var in reversed(variables):
            body = Scope.close(var, body)
        return self.built(Formal, layout, shape, body, *more, pos=pos)

    def raising(self, sup: Item) -> Node:
        """The node of an exponent, in which an index is the number that it is."""
        kept, self.exponent = self.exponent, True
        node = self.inside(content_of(sup), sup.pos)
        self.exponent = kept
        return node

    @abstractmethod
    def expression(self, expr: Expr | None, pos: int) -> Node:
        """The node of signed terms."""

    @abstractmethod
    def inside(self, content: Content, pos: int) -> Node:
        """The node of a bracket's content, which must be one expression."""

    @abstractmethod
    def arguments(self, content: Content, pos: int) -> list[Node]:
        """Several expressions, separated by commas."""

    @abstractmethod
    def term(self, items: list[Item]) -> Node:
        """The node of a product."""

    @abstractmethod
    def operand(self, items: list[Item], p: int) -> tuple[Node, int]:
        """The factor that starts at ``p``, and the place after it."""

    @abstractmethod
    def raised(self, node: Node, sup: Item | None) -> Node:
        """A power or a transpose."""

    @abstractmethod
    def powered(self, node: Node, operator: Item) -> Node:
        """A value whose operator carries a power."""

    @abstractmethod
    def unlawful(self, items: list[Item], found: list[Draw], body: Content | None, given: bool = False
                 ) -> str:
        """Variables without a law in the subscript of an expectation, and how that is printed."""

    @abstractmethod
    def is_variable(self, item: Item) -> bool:
        """Whether an item names a variable; nothing is noted as used."""

    @abstractmethod
    def function(self, items: list[Item], p: int) -> tuple[Node, int]:
        """log, exp, min, max, ∇."""


def shape_name(node: Any) -> str:
    """The name of a node's shape, as Head has it."""
    return {("1", "1"): "scalar", ("d", "1"): "vector", ("1", "d"): "row", ("d", "d"): "matrix"}.get(node.shape, "any")
