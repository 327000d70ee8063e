r"""A text that is being read: what it has said so far, what it takes as given, and how its parts are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sympy import Basic

from ...language import Const, Head, Node, Policy, Relation, Var, moves
from ..constructs.anonymous_moments import refuse_unsaid
from ..constructs.functions import is_frozen
from ..constructs.terms import TermBuilder
from ..constructs.uses import Use
from ..kinds.facts import Facts, Usage
from ..kinds.parameter import exchange
from ..names.argument_sorts import argument_sorts
from ..names.declaring import Declaration, believing
from ..names.defining import calls, drawn_from, name_of
from ..names.environment import Environment, Named
from ..names.read_as import NAMED, Place
from ..notation.profiles import PAPER, Profile
from ..parsing.naming import spelled
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, Piece, unwrap
from ..read_error import Fault
from ..spelling.account import close_account, open_account
from ..spelling.indexed import only_seen
from ..spelling.sections import Sections
from .assuming import listed, relations_of
from .definition import made, refuse_used
from .links import Said, stands_at_old
from .one_parameter import letters_of, one_parameter, one_size
from .parsed import Parsed, guarded
from .sets import set_by_condition
from .steps import along_path, rewards_of_steps, with_laws_of_steps

NO_CHOICE: Mapping[str, int] = MappingProxyType({})


class TextSoFar:
    """What a text has said so far, and what is given in it."""

    def __init__(self, parsed: Parsed, environment: Environment, usages: Sequence[Usage],
                 assume: Sequence[str] = (), profile: Profile = PAPER, let: Sequence[Declaration] = (),
                 choices: Mapping[str, int] = NO_CHOICE) -> None:
        self.profile = profile
        self.text, self.content, self.environment = parsed.text, parsed.content, environment
        self.facts, self.let = believing(parsed.facts.beside(usages), let).noting(choices=choices), let
        self.links: list[Said] = []
        self.given: list[Relation] = []
        # What is proportional has one factor for all values of a variable, of each of which it is said.
        self.common: dict[Relation, Var] = {}
        self.assume_texts = assume
        # Whether an implication is read here, and whether the text ends with a range of something.
        self.conditional = self.bounded = False
        self.premise: Piece | None = None
        self.assuming: list[Piece] = []
        # Whether what is defined without arguments is a value at the sample, where it depends on that.
        self.defines = self.sampled = False
        self.places: dict[Basic, Place] = {}
        self.one_law: dict[str, str] = {}

    @cached_property
    def calls(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names in the text that a bracket follows, and the letters that stand there."""
        with only_seen(self.content):
            return calls(self.content)

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The laws from which the text draws."""
        with only_seen(self.content):
            return drawn_from(self.content)

    def note(self, kind: str, content: Any, pos: int) -> None:
        """One more link, under what is given here."""
        self.links.append(Said(kind, content, pos, tuple(self.given)))

    def facts_here(self) -> Facts:
        """The facts of the text, with the sorts of arguments by what is defined so far."""
        sorts = argument_sorts(self.calls, self.environment, self.let, self.facts.evidence) \
            if self.environment.names or self.let else {}
        return self.facts.noting(declared=sorts)

    def builder(self, sections: Sections | None = None) -> TermBuilder:
        """A fresh builder for one chain, with the laws and constraints that the text prints at its end."""
        builder = TermBuilder(self.environment, self.facts_here(), self.text)
        builder.places, builder.one_law = self.places, self.one_law
        for piece in sections.such_that if sections is not None else ():
            if [rel for rel, _ in piece.rels] == ["∼"]:
                name, law = piece.sides[0], piece.sides[1]
                if name is None or name.lone is None or law is None:
                    raise Fault("a law is written x ∼ P", piece.pos)
                builder.trailing[spelled(unwrap(name.lone))] = law.terms[0][1], piece.pos
            else:
                builder.constraints.append(piece)
        return builder

    def side(self, builder: TermBuilder, expr: Expr | None, pos: int) -> Node:
        """One side of a relation; an index that has left its sum is noted by ``claim``."""
        builder.free, builder.summed = {}, {}
        node = builder.expression(expr, pos)
        refuse_unsaid(builder, node)
        return node

    def object(self, builder: TermBuilder, expr: Expr | None) -> Node | None:
        """The set that a right side defines, if it is one."""
        builder.free, builder.summed = {}, {}
        return set_by_condition(builder, expr)

    def same(self, one: Node, other: Node) -> bool:
        """Whether a second definition says the same as the first."""
        if one == other:
            return True
        from ..names.meaning import DIFFERENT, same_meaning

        return same_meaning(one, other, self.environment.definitions) != DIFFERENT

    def speaks_of(self, policy: Policy, item: Item) -> bool:
        """Whether a definition, an assumption or an earlier statement speaks of a policy, or the text draws from it."""
        before = [said.content for said in self.links]
        assumed = [*self.assumptions()[0], *self.given]
        bodies = [definition.rhs for definition in self.environment.definitions]
        return str(name_of(item)) in self.drawn or any(
            isinstance(part, Policy) and part.name == policy.name for term in (*before, *assumed, *bodies)
            for part in term.walk())

    def define(self, use: Use, params: Sequence[Basic], body: Node, builder: TermBuilder, rel: str) -> None:
        """Note a definition; what the text says after it may use it."""
        definition, printed = made(use, params, along_path(body, params), builder, rel)
        definition = with_laws_of_steps(rewards_of_steps(definition))
        body, own, head = definition.rhs, self.facts.parameter, definition.lhs.head
        refuse_used(use, body, self.environment)
        one_size(own, self.environment, (body,))
        old = not moves(body) and is_frozen(builder, body)
        named = Named(definition, printed, old, one_parameter(own, self.environment, (body,)), head.theta or old,
                      letters_of(self.content, own), own.size, use.operator, tuple(self.one_law.items()))
        self.environment = self.environment.with_definition(named, self.facts)
        self.places[head] = Place(use.pos, NAMED)
        self.note("definition", definition, use.pos)

    # Assumptions.

    def assumes(self, use: Use) -> bool:
        """Whether an assumption, or what an implication gives here, speaks of a symbol."""
        layouts = {use.layout, "r(#1, #2)"} if use.layout == "r_{#1}" else {use.layout}
        return any(isinstance(part, Head) and part.layout in layouts or isinstance(part, Const) and part.name in layouts
                   for relation in (*self.assumptions()[0], *self.given) for part in relation.walk())

    def assumptions(self) -> tuple[list[Relation], bool]:
        """All relations that are taken as given, and whether θ = θ_old is among them."""
        found: list[Relation] = []
        at_old = False
        for number, text in enumerate(self.assume_texts, 1):
            more, old = guarded(text, f"assume {number}",
                                lambda text: self.assumption_text(parse(text, self.profile)[0], text))
            found, at_old = found + more, at_old or old
        more, old = self.assumption(self.assuming, self.text)
        return found + more, at_old or old

    def assumption_text(self, content: Content, text: str) -> tuple[list[Relation], bool]:
        """Relations of a text of its own, all of which must be used."""
        exchange([content], self.facts.parameter)
        open_account(content)
        found = self.assumption(listed(content), text)
        close_account(content)
        return found

    def assumption(self, pieces: Sequence[Piece], text: str) -> tuple[list[Relation], bool]:
        """Relations that are taken as given, and whether θ = θ_old is among them."""
        facts = self.facts_here() if pieces else self.facts
        found: list[Relation] = []
        for piece in pieces:
            builder = TermBuilder(self.environment, facts, text)
            builder.one_law = self.one_law
            found += relations_of(piece, builder)
        kept = [relation for relation in found if not stands_at_old(relation)]
        return kept, len(kept) < len(found)
