r"""Reading a statement: its sections, its chain of relations, its definitions and claims.

A text is split at commas and rows into statements, each a chain ``a = b = c`` or an implication of chains; after
"such that" stand laws and constraints, after "where" definitions, after "assuming" assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import TypeAlias

from sympy.core.symbol import Str

from ...language import App, Claim, Definition, Expect, LanguageError, Node, Parameter, Relation, StateLaw, expand
from ..constructs.counting import refuse_used_sets
from ..constructs.one_law import one_name_each
from ..constructs.series import refuse_divergent
from ..constructs.starts import constants, given_with
from ..constructs.terms import TermBuilder
from ..kinds.anonymous import meant_by_custom, of_every_sample, refuse_mixed
from ..names.arguments import generalised_sides
from ..names.declaring import Declaration, Undeclarable, agreed
from ..names.defining import arranged
from ..names.environment import Environment
from ..names.read_as import BOUNDED, GIVEN, Place, ReadAs, read_as
from ..notation.vocabulary import DEFINING, RELATION_HINTS
from ..parsing.naming import bare, spelled
from ..parsing.parser import parse
from ..parsing.respell import meant
from ..parsing.surface import Expr, Piece, unwrap
from ..read_error import Blocked, Fault, Malformed, ReadError, Unfinished
from ..spelling.account import close_account, open_account
from ..spelling.misplaced import refuse_stray_index
from ..spelling.rounding import rounded
from ..spelling.sections import SECTIONS, Sections, split
from .assuming import READABLE, RELATIONS
from .defined import definition, not_finished
from .definition import compares_policies, law_of_tokens, shown
from .lengths import Lengths, of_lengths
from .links import (
    ORDERINGS,
    Said,
    customary,
    numbers_of_indices,
    premises,
    refuse_condition,
    refuse_escaped,
    refuse_integrals,
    refuse_late,
    refuse_loose,
    stands_at_old,
    symbols_of,
)
from .one_parameter import one_parameter, one_size
from .parsed import guarded
from .premises import of_every, of_every_draw
from .proportional import proportional
from .so_far import TextSoFar
from .statement import Link, Statement
from .steps import names_no_policy, refuse_law_of_paths, rewards_of_steps, with_laws_of_steps

PROPORTIONAL, IDENTICAL = r"\propto", "≡"
Ranges: TypeAlias = Sequence[tuple[Declaration, Relation]]


def harmless(definition: Definition) -> bool:
    """Whether a definition repeats what the left side means anyway."""
    right = definition.rhs
    return definition.lhs == right or type(definition.lhs).__name__ == "Step" and isinstance(right.args[0], Parameter)


class Reading(TextSoFar):
    """One text being read."""

    def where(self) -> Environment:
        """The environment with the definitions of the text; raises Fault where it says anything else."""
        self.defines = True
        for link in self.statement().links:
            definition = link.content
            if isinstance(definition, Claim) and law_of_tokens(definition.relation):
                continue  # it says what a law of sequences is
            if not isinstance(definition, Definition):
                raise Fault("this defines nothing new: a new symbol stands alone on the left of a definition", 0)
            if not isinstance(definition.lhs, App) and not harmless(definition):
                raise Fault("the left side has a meaning already, which a definition cannot change", 0)
        return self.environment

    def statement(self) -> Statement:
        """The statement; raises Fault, in the letters that are printed, or ReadError for an assumption."""
        try:
            return self.meant()
        except Fault as fault:
            if not isinstance(fault, Blocked):
                fault.reason = self.facts.parameter.spoken(fault.reason)
            if self.facts.parameter.number and isinstance(fault, Malformed):
                raise Fault(fault.reason, fault.pos) from None  # what is read as a number may be a vector
            raise

    def meant(self) -> Statement:
        """The statement, with the parameter called θ; raises Fault, or ReadError for an assumption."""
        sections = split(self.content)
        limits = [piece for piece in sections.where if piece.rels and {rel for rel, _ in piece.rels} <= ORDERINGS]
        sections.where = [piece for piece in sections.where if piece not in limits]
        conditional = bool(sections.such_that) or any(len(steps) > 1 for steps in sections.statements)
        listed = [] if conditional else [piece for step, in sections.statements for piece in step]
        signs = (sign for sign, _ in self.content.seps)
        refuse_condition(listed, list(takewhile(lambda sign: sign not in SECTIONS, signs)))
        first, then = arranged(sections.where, strict=True), arranged(listed, strict=self.defines)
        refuse_stray_index(self.content)
        open_account(self.content)
        self.assuming = [*sections.assuming, *limits]
        self.in_print(first, lambda place: self.defined(sections.where[place]))
        self.in_print(then, lambda place: self.implication([[listed[place]]], sections))
        for steps in sections.statements if conditional else ():
            self.implication(steps, sections)
        if sections.such_that:
            raise Fault("this condition belongs to no expectation and no maximum", sections.such_that[0].pos)
        assumed, at_old = self.assumptions()
        ranges = self.ranges()
        links = tuple(self.link(said, assumed, at_old, ranges) for said in self.links)
        if not links:
            if sections.for_all:
                raise Fault("write a colon between what this is said for all of, and what is said", 0)
            raise Malformed("there is nothing to read", 0)
        refuse_loose(self.links)
        refuse_late(self.links)
        self.quantified(sections.for_all, links)
        if (sections.conditional or self.bounded) and any(said.kind == "definition" for said in self.links):
            raise Fault("what is defined under a condition is written with cases",
                        sections.assuming[0].pos if sections.assuming else 0)
        close_account(self.content)
        return Statement(links[0].kind if len(links) == 1 else "chain", links, self.text, self.environment,
                         self.symbols(), self.occurring(ranges), self.facts.parameter, self.profile)

    def symbols(self) -> Callable[[], tuple[ReadAs, ...]]:
        """What tells how each symbol was read; raises ReadError for one that is declared to be something else."""
        built = [(said.content, said.pos) for said in self.links]
        found = partial(read_as, built, self.places, self.facts.evidence, self.text, self.facts.parameter.spoken)
        if not self.let:
            return found
        declared = agreed(self.let, found(), [shown(layout) for layout in self.environment.names])
        return lambda: declared

    def quantified(self, pieces: Sequence[Piece], links: Sequence[Link]) -> None:
        """Take note of what a statement is said for all of: variables that are free in it, and nothing of them."""
        free = {str(var) for link in links for var in getattr(link.content, "free", frozenset())} if pieces else set()
        for piece in pieces:
            lone = None if piece.only is None else piece.only.lone
            if lone is None or spelled(unwrap(lone)) not in free:
                raise Fault("“for all” stands before variables that are free in the statement: write a condition on "
                            "them after “assuming”", max(piece.pos, 0))

    def in_print(self, order: Sequence[int], read: Callable[[int], None]) -> None:
        """Read what stands at each place in the given order; the links are listed as they are printed."""
        start, found = len(self.links), dict[int, list[Said]]()
        for place in order:
            before = len(self.links)
            read(place)
            found[place] = self.links[before:]
        self.links[start:] = [link for place in sorted(found) for link in found[place]]

    def defined(self, piece: Piece) -> None:
        """A chain after "where", which must define."""
        kept, self.defines = self.defines, True
        self.chain(piece)
        self.defines = kept
        if self.links[-1].kind != "definition":
            raise Fault("what stands after “where” must define a new symbol", piece.pos)

    def link(self, said: Said, assumed: list[Relation], at_old: bool, ranges: Ranges) -> Link:
        """A link with its context and place."""
        content, pos, lengths = with_laws_of_steps(rewards_of_steps(said.content)), said.pos, Lengths()
        presumed: tuple[Relation, ...] = ()
        if isinstance(content, Relation):
            taken = {var.name for one in (content, *assumed, *said.given) for var in one.free}
            every = {one: of_every(one, {var}, taken) for one, var in self.common.items()}
            given = [every.get(relation, relation) for relation in said.given if not stands_at_old(relation)]
            at_old = at_old or len(given) < len(said.given)
            given, assumed = ([of_every_draw(relation, content) for relation in of_every_sample(one, self.facts.plan)]
                              for one in (given, assumed))
            bounds = list(customary([content], [*assumed, *given], self.facts.kinds))
            for bound in bounds:
                self.places[bound.lhs] = self.places.get(bound.lhs, Place(pos))._replace(how=BOUNDED)
            assumed = [*assumed, *bounds]
            samples = {name + "'" for name, _ in self.facts.plan.sample}
            common = {var for one, wide in every.items() for var in wide.free - one.free}
            named = frozenset(var for relation in given for var in relation.free if var.name not in samples) - common
            named |= {var for one in assumed for var in one.free & content.free if var.sort == "index"}
            used = self.environment.used_by([content, *assumed, *given])
            one_name_each(self.one_law, self.environment.laws_of(used), pos)
            refuse_integrals(content, [*(one.content for one in self.links), *(one.rhs for one in used)], pos)
            refuse_used_sets(self.facts.evidence, self.environment.laws_of(used), pos)
            ends = list(self.of_ranges((content, *assumed, *given, *(one.rhs for one in used)), pos))
            refuse_divergent(self.one_law, [*assumed, *given, *(relation for _, relation in ranges)], pos)
            refuse_mixed(content, used, pos)
            known = symbols_of((content, *used, *assumed, *given) if ranges else ())
            known |= numbers_of_indices([relation for _, relation in ranges], (content, *assumed, *given))
            declared = (relation for _, relation in ranges if symbols_of([relation]) & known)
            told = (*assumed, *given, *of_every_sample(declared, self.facts.plan))
            lengths = of_lengths([expand(one.lhs, used) for one in ends if one.op == "≥"], told)
            presumed = (*bounds, *ends)
            content = Claim(content, used, (*told, *ends), at_old, fixed=named)
            refuse_law_of_paths(content, pos, alone=len(self.links) == 1 and names_no_policy(said.content.lhs))
            one_parameter(self.facts.parameter, self.environment, (content.relation, *content.assume))
            one_size(self.facts.parameter, self.environment, (content.relation, *content.assume))
        line = self.text.count("\n", 0, pos) + 1
        column = pos - self.text.rfind("\n", 0, pos)
        anonymous = isinstance(content, Claim) and self.facts.plan.kind
        by_custom = tuple(meant_by_custom(content, self.facts.kinds)) if anonymous else ()
        return Link(said.kind, meant(content, self.profile), line, column, by_custom, lengths=lengths,
                    presumed=presumed)

    def of_ranges(self, terms: Sequence[Node | Relation], pos: int) -> Iterator[Relation]:
        """What is given with ranges of the statement that start at a letter, which is told of the first number that
        they name."""
        contents = [one.content for one in self.links]
        beside = [*contents, *(one.rhs for one in self.environment.used_by(contents))]
        for relation, said in given_with(terms, beside):
            yield relation
            if said and (numbers := list(constants(relation))):
                first = min(numbers, key=lambda one: self.places.get(one, Place(pos)).pos)
                self.places[first] = self.places.get(first, Place(pos))._replace(how=GIVEN + said)

    def ranges(self) -> Ranges:
        """The relations that declarations give, each with its declaration. Raises Undeclarable for what is none."""
        found: list[tuple[Declaration, Relation]] = []
        if self.let:
            self.symbols()  # a symbol of another kind has no range
        for one in self.let:
            for text in one.given:
                try:
                    relations, _ = guarded(text, "", lambda text: self.assumption_text(parse(text)[0], text))
                except ReadError as error:
                    raise Undeclarable(f"{one.text[:60]} cannot be taken as given: {error.reason}", 1, one.pos + 1,
                                       one.part) from None
                found += ((one, relation) for relation in relations)
        return found

    def occurring(self, ranges: Ranges) -> tuple[tuple[Declaration, bool], ...]:
        """What is declared, each with whether the statement or a definition that it uses has its symbol."""
        if not self.let:
            return ()
        contents = [said.content for said in self.links]
        contents += self.environment.used_by(contents)
        symbols = read_as([(one, 0) for one in contents], {}, (), "", self.facts.parameter.spoken)
        names = {bare(symbol.symbol) for symbol in symbols}
        given = {one for one, relation in ranges if symbols_of([relation]) & symbols_of(contents)}
        return tuple((one, one in given or bare(one.symbol) in names) for one in self.let)

    def implication(self, steps: list[list[Piece]], sections: Sections) -> None:
        """The links of an implication: what a step says is given in the next ones, and what the first says no claim."""
        self.conditional = len(steps) > 1
        for number, step in enumerate(steps, 1):
            start = len(self.links)
            for piece in step:
                self.premise = piece if number < len(steps) else None
                self.chain(piece, sections)
            if number == len(steps):
                break
            self.given += premises(self.links[start:])
            if number == 1:
                self.links[start:] = [said for said in self.links[start:] if said.kind == "definition"]
        self.given = []

    def chain(self, piece: Piece, sections: Sections | None = None) -> None:
        """The links of ``a = b = c``."""
        builder = self.builder(sections)
        builder.asides = None if self.conditional or self.defines else {}
        start = len(self.links)
        if not piece.rels:
            node = builder.expression(piece.sides[0], piece.pos)
            refuse_escaped(builder.free, builder.summed, None)
            self.note("expression", node, piece.pos)
        else:
            self.related(piece, builder)
            concluded = sections is not None and any(piece is one for one in sections.concluded)
            if concluded and self.links[start].kind == "definition":
                raise Fault("this is concluded of a symbol that nothing defines before: define it", piece.pos)
        for pos, relation in (builder.asides or {}).items():
            self.note("claim", relation, pos)
        if sections is not None and sections.such_that:
            self.settle(builder, sections, start)

    def settle(self, builder: TermBuilder, sections: Sections, start: int) -> None:
        """Take note of the conditions that the chain has used."""
        left = set(map(id, builder.constraints)) | {pos for _, pos in builder.trailing.values()}
        sections.such_that = [piece for piece in sections.such_that if id(piece) in left or piece.pos in left]
        if len(self.links) == start:
            raise Fault("there is nothing before this condition", sections.such_that[0].pos)

    def related(self, piece: Piece, builder: TermBuilder) -> None:
        """The links of a chain with relations: perhaps a definition first, then claims."""
        for place, (rel, pos) in enumerate(piece.rels):
            if rel not in RELATIONS and (rel not in DEFINING or place) and (rel != PROPORTIONAL or len(piece.rels) > 1):
                raise Fault(f"the sign {rel} cannot relate two sides of a statement: {READABLE}" if rel not in DEFINING
                            else "only the first sign of a chain can define", pos)
        if piece.rels[0][0] == PROPORTIONAL and len(piece.rels) == 1:
            proportional(self, piece, builder)
            return
        first, sides = piece.rels[0], piece.sides
        if sides[0] is None:
            raise Fault("what this sign relates to is printed elsewhere: write it before the sign", first[1])
        left: Node | None = None
        begin = 0
        if first[0] in ("=", "≈") or first[0] in DEFINING:
            try:
                left = definition(self, sides[0], sides[1], first, builder)
            except Fault as fault:
                raise not_finished(self, piece, fault) from None
            begin = left is not None
        if left is None:
            left = self.side(builder, sides[0], first[1])
        known = left
        for place in range(int(begin), len(piece.rels)):
            rel, pos = piece.rels[place]
            rel = "=" if rel == IDENTICAL and not begin else rel
            known = self.claim(known, rel, (sides[place], sides[place + 1]), pos, builder)

    def claim(self, left: Node, rel: str, printed: tuple[Expr | None, Expr | None], pos: int, builder: TermBuilder
              ) -> Node:
        """One claim of a chain, whose left side is read already; the right side is returned."""
        mine, summed = builder.free, builder.summed
        node = self.side(builder, printed[1], pos)
        refuse_escaped(mine, summed, node)
        refuse_escaped(builder.free, builder.summed, left)
        known = self.environment.names.get(left.head.layout) if isinstance(left, App) else None
        defining = rel in DEFINING or self.defines and rel == "=" and known is not None
        if rel in DEFINING and compares_policies(printed[0]) and any(
                isinstance(part, Expect) and isinstance(part.law, StateLaw) for part in node.walk()):
            raise Unfinished("taken for what it means here to compare policies in the mean over states: it claims "
                             "nothing", pos)
        try:
            relation = Definition(*generalised_sides(left, node, pos)) if defining else \
                rounded(rel, left, node, printed, self.environment.definitions) or Relation(rel, left, node)
        except LanguageError as error:
            raise builder.refused(error, (left, node), pos) from None
        if defining and known is not None and not self.same(known.definition.expand(left), node):
            raise Malformed(f"{shown(known.head.layout)} is defined twice, and what it stands for is not the same", pos)
        as_printed = defining or relation.args[0] == Str(rel)
        relation.hints = {"op": RELATION_HINTS[rel]} if rel in RELATION_HINTS and as_printed else {}
        self.note("definition" if defining else "claim", relation, pos)
        return node
