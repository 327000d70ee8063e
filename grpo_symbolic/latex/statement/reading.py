r"""Reading a statement: its sections, its chain of relations, its definitions and claims.

A text is split at commas and rows into statements, each a chain ``a = b = c`` or an implication of chains; after
"such that" stand laws and constraints, after "where" definitions, after "assuming" assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy import Basic
from sympy.core.symbol import Str

from ...language import (
    ALL,
    CONSTANT,
    NONE,
    App,
    BigO,
    Claim,
    Const,
    Definition,
    Expect,
    Frac,
    Head,
    LanguageError,
    Node,
    Parameter,
    Policy,
    Prob,
    Relation,
    Root,
    Scope,
    StateLaw,
    Sum,
    Var,
    moves,
)
from ..constructs.anonymous_moments import refuse_unsaid
from ..constructs.counting import refuse_used_sets
from ..constructs.functions import check_arity, is_frozen
from ..constructs.new_symbols import new_operator, new_symbol
from ..constructs.one_law import one_name_each
from ..constructs.path_laws import new_law_of_path
from ..constructs.series import refuse_divergent
from ..constructs.terms import TermBuilder
from ..constructs.uses import Use
from ..constructs.words import is_euler
from ..kinds.anonymous import meant_by_custom, of_every_sample, refuse_mixed
from ..kinds.facts import Facts, Usage
from ..kinds.named import is_loss, is_objective, letter_of
from ..kinds.parameter import exchange
from ..names.argument_sorts import argument_sorts
from ..names.arguments import generalised_sides, parameters, shown_everywhere
from ..names.declaring import Declaration, Undeclarable, agreed, believing
from ..names.defining import (
    DEVIATION,
    arranged,
    calls,
    drawn_from,
    name_of,
)
from ..names.environment import Environment, Named
from ..names.read_as import BOUNDED, NAMED, Place, ReadAs, read_as
from ..notation.priors import EXPECTATIONS, POLICY
from ..notation.profiles import PAPER, Profile
from ..notation.vocabulary import DEFINING, RELATION_HINTS
from ..parsing.naming import bare, nucleus, spelled
from ..parsing.parser import parse
from ..parsing.respell import meant
from ..parsing.surface import Content, Expr, Item, Piece, unwrap
from ..read_error import Ambiguous, Blocked, Fault, Malformed, ReadError, Unfinished, Unsayable, reason_of
from ..spelling.account import close_account, open_account
from ..spelling.misplaced import refuse_stray_index
from ..spelling.operators import operator_applied
from ..spelling.rounding import rounded
from ..spelling.sections import SECTIONS, Sections, split
from .assuming import READABLE, RELATIONS, listed, relations_of
from .definition import best_law, compares_policies, law_of_tokens, made, new_law, refuse_used, shown
from .links import (
    ORDERINGS,
    Said,
    customary,
    premises,
    refuse_condition,
    refuse_escaped,
    refuse_integrals,
    refuse_late,
    refuse_loose,
    stands_at_old,
    symbols_of,
)
from .one_parameter import letters_of, one_parameter, one_size
from .parsed import Parsed, guarded
from .premises import of_every, of_every_draw
from .proportional import PROPORTION, crossed
from .sets import set_by_condition
from .statement import Link, Statement
from .steps import along_path, names_no_policy, refuse_law_of_paths, rewards_of_steps, with_laws_of_steps

NO_CHOICE: Mapping[str, int] = MappingProxyType({})
PROPORTIONAL, IDENTICAL = r"\propto", "≡"
Ranges: TypeAlias = Sequence[tuple[Declaration, Relation]]


def chooses(expr: Expr | None) -> bool:
    r"""Whether a side is where something is best, \arg\max_\phi …."""
    first = expr.terms[0][1][0] if expr is not None else None
    return first is not None and first.kind == "fn" and first.value in ("arg", "argmax", "argmin")


def is_mean(expr: Expr | None) -> bool:
    """Whether a side is one expectation and no more."""
    items = expr.terms[0][1] if expr is not None and len(expr.terms) == 1 and not expr.terms[0][0] else []
    symbol = nucleus(items[0]) if len(items) == 2 else None
    return symbol is not None and symbol.name in EXPECTATIONS and items[1].kind == "group"


def harmless(definition: Definition) -> bool:
    """Whether a definition repeats what the left side means anyway."""
    right = definition.rhs
    return definition.lhs == right or type(definition.lhs).__name__ == "Step" and isinstance(right.args[0], Parameter)


def unfinished(layout: str, reason: str) -> str:
    """What to say of the definition of a symbol whose right side is not read."""
    return (f"taken as the definition of {shown(layout)}, which nothing defines before: it claims nothing; what it "
            f"stands for is not read: {reason}")


class Reading:
    """One text being read."""

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
        self.calls: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.drawn: frozenset[str] = frozenset()
        self.places: dict[Basic, Place] = {}
        self.one_law: dict[str, str] = {}

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
        self.calls, self.drawn = calls(self.content), drawn_from(self.content)
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

    def symbols(self) -> tuple[ReadAs, ...]:
        """What each symbol was read as; raises ReadError for one that is declared to be something else."""
        built = [(said.content, said.pos) for said in self.links]
        found = read_as(built, self.places, self.facts.evidence, self.text, self.facts.parameter.spoken)
        return agreed(self.let, found, [shown(layout) for layout in self.environment.names]) if self.let else found

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
        content, pos = with_laws_of_steps(rewards_of_steps(said.content)), said.pos
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
            used = self.environment.used_by([content, *assumed, *given])
            one_name_each(self.one_law, self.environment.laws_of(used), pos)
            refuse_integrals(content, [*(one.content for one in self.links), *(one.rhs for one in used)], pos)
            refuse_used_sets(self.facts.evidence, self.environment.laws_of(used), pos)
            refuse_divergent(self.one_law, [*assumed, *given, *(relation for _, relation in ranges)], pos)
            refuse_mixed(content, used, pos)
            known = symbols_of((content, *used, *assumed, *given))
            declared = (relation for _, relation in ranges if symbols_of([relation]) & known)
            ranged = of_every_sample(declared, self.facts.plan)
            content = Claim(content, used, (*assumed, *given, *ranged), at_old, fixed=named)
            refuse_law_of_paths(content, pos, alone=len(self.links) == 1 and names_no_policy(said.content.lhs))
            one_parameter(self.facts.parameter, self.environment, (content.relation, *content.assume))
            one_size(self.facts.parameter, self.environment, (content.relation, *content.assume))
        line = self.text.count("\n", 0, pos) + 1
        column = pos - self.text.rfind("\n", 0, pos)
        anonymous = isinstance(content, Claim) and self.facts.plan.kind
        by_custom = tuple(meant_by_custom(content, self.facts.kinds)) if anonymous else ()
        return Link(said.kind, meant(content, self.profile), line, column, by_custom)

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

    def note(self, kind: str, content: Any, pos: int) -> None:
        """One more link, under what is given here."""
        self.links.append(Said(kind, content, pos, tuple(self.given)))

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

    def facts_here(self) -> Facts:
        """The facts of the text, with the sorts of arguments by what is defined so far."""
        return self.facts.noting(declared=argument_sorts(self.calls, self.environment, self.let, self.facts.evidence))

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
            self.proportional(piece, builder)
            return
        first, sides = piece.rels[0], piece.sides
        if sides[0] is None:
            raise Fault("what this sign relates to is printed elsewhere: write it before the sign", first[1])
        left: Node | None = None
        begin = 0
        if first[0] in ("=", "≈") or first[0] in DEFINING:
            try:
                left = self.definition(sides[0], sides[1], first, builder)
            except Fault as fault:
                raise self.unfinished(piece, fault) from None
            begin = left is not None
        if left is None:
            left = self.side(builder, sides[0], first[1])
        known = left
        for place in range(int(begin), len(piece.rels)):
            rel, pos = piece.rels[place]
            rel = "=" if rel == IDENTICAL and not begin else rel
            known = self.claim(known, rel, (sides[place], sides[place + 1]), pos, builder)

    def proportional(self, piece: Piece, builder: TermBuilder) -> None:
        """p(a) ∝ f(a), where p is a law: p(a) = f(a)/Σ_b f(b). It defines a law of which nothing is said."""
        (left, right), pos = piece.sides, piece.rels[0][1]
        assert left is not None
        law = self.side(builder, left, pos)
        if not isinstance(law, Prob) or not isinstance(law.action, Var):
            self.in_proportion(law, right, pos, builder)
            return
        if isinstance(law.law, StateLaw):
            raise Fault("∝ after the probability of a state cannot be said: name the factor", pos)
        use = None if self.conditional else new_law(left, "=", builder, self.speaks_of)
        known = self.conditional or law.law.policy.point != "constant" or self.speaks_of(law.law.policy,
                                                                                          left.terms[0][1][0])
        if use is None and not known:
            raise Fault("this law is defined nowhere: write what it is", pos)
        body = self.side(builder, right, pos)
        if use is None and known and self.names_a_policy(law.law.policy):
            raise Unfinished(f"taken for what {shown(law.law.policy.name)} is here, of which other places say nothing: "
                             "it claims nothing", pos)
        try:
            whole = Frac(body, Sum(ALL, NONE, Scope.close(law.action, body)))
            relation = Relation("=", law, whole)
        except LanguageError as error:
            raise Malformed(reason_of(error), pos) from None
        if use is not None:
            self.define(use, [part for part in use.printed if isinstance(part, Var)], whole, builder, "=")
        else:
            self.common[relation] = law.action
            self.note("claim", relation, pos)

    def names_a_policy(self, policy: Policy) -> bool:
        """Whether a text that is one proportion gives a policy of which nothing else says what it is."""
        said = any(layout.startswith(f"{policy.name}(") for layout in self.environment.names) or any(
            part == policy for relation in (*self.assumptions()[0], *self.given) for part in relation.walk())
        return policy.name == POLICY and policy.point == CONSTANT and len(self.content.pieces) == 1 and not (
            said or self.conditional or self.defines)

    def in_proportion(self, value: Node, right: Expr | None, pos: int, builder: TermBuilder) -> None:
        """F ∝ G for two values of the policy that moves."""
        mine, summed = builder.free, builder.summed
        other = self.side(builder, right, pos)
        refuse_escaped(mine, summed, other)
        refuse_escaped(builder.free, builder.summed, value)
        if self.conditional or self.defines:
            raise Fault("∝ between values cannot be said of a step or in a definition: name the factor", pos)
        self.note(PROPORTION, crossed(value, other, self.environment.definitions, pos), pos)

    def side(self, builder: TermBuilder, expr: Expr | None, pos: int) -> Node:
        """One side of a relation; an index that has left its sum is noted by ``claim``."""
        builder.free, builder.summed = {}, set()
        node = builder.expression(expr, pos)
        refuse_unsaid(builder, node)
        return node

    def object(self, builder: TermBuilder, expr: Expr | None) -> Node | None:
        """The set that a right side defines, if it is one."""
        builder.free, builder.summed = {}, set()
        return set_by_condition(builder, expr)

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

    def same(self, one: Node, other: Node) -> bool:
        """Whether a second definition says the same as the first."""
        if one == other:
            return True
        from ..names.meaning import DIFFERENT, same_meaning

        return same_meaning(one, other, self.environment.definitions) != DIFFERENT

    # Definitions.

    def definition(self, left: Expr, right: Expr | None, sign: tuple[str, int], builder: TermBuilder) -> Node | None:
        """The left side of a definition whose link is now noted, or None where the chain starts with a claim."""
        if (best := best_law(left, right, sign[0], builder, self.speaks_of)) is not None:
            self.define(best[0], parameters(best[0].printed), best[1], builder, sign[0])
            return best[1]
        if sign[0] == "≈" and left.lone is not None and is_euler(builder, left.lone):
            return None
        applied = operator_applied(left, sign[0] in DEFINING)
        use = new_symbol(builder, left, sign[0] in DEFINING) if applied is None else new_operator(builder, applied)
        rel, pos = sign
        if use is None:
            use = new_law_of_path(builder, left) or new_law(left, rel, builder, self.speaks_of)
        if use is None:
            return None
        params = parameters(use.printed)
        if len(set(params)) != len(use.printed):
            if rel in DEFINING and len(params) < len(use.printed):
                raise Fault("a definition takes distinct variables as arguments: it holds for all their values",
                            use.pos)
            if rel in DEFINING:
                raise Malformed("a definition takes distinct variables as arguments", use.pos)
            builder.free = {}
            return None
        check_arity(builder, use)
        builder.of = {part.name: part for part in params if isinstance(part, (Var, Const))}
        builder.defining = True
        body = self.object(builder, right) or self.side(builder, right, pos)
        builder.of, builder.defining = {}, False
        if rel == "=" and any(isinstance(part, Var) and part.sort == "state" and Var(part.name, "action") in body.free
                              for part in params):
            return None  # a state to which an action leads, on both sides
        if self.sampled and not use.printed:
            builder.implicit |= {var for var in body.free if var.sort == "action"}
        of_every = shown_everywhere(params, body, self.content.pieces, self.premise)
        if rel == "=" and self.premise is not None and not of_every and any(isinstance(part, Const) for part in params):
            raise Ambiguous("this may be said of every number or of this one: define the function with :=", use.pos)
        if rel in ("=", "≈") and (any(isinstance(part, BigO) for part in body.walk())):
            return None
        if any(isinstance(part, Head) and part.layout == use.layout or isinstance(part, (Const, Policy)) and
               part.name in (use.layout, use.stem) for part in body.walk()):
            if rel in DEFINING:
                raise Malformed("a symbol cannot be defined by itself", use.pos)
            return None
        if use.power is not None and any(letter_of(part.layout if isinstance(part, Head) else part.name)[0] == DEVIATION
                                         for part in body.walk() if isinstance(part, (Head, Const))):
            return None  # what one deviation has to do with another is claimed
        if rel == "=" and self.conditional and not of_every:
            return None  # the steps of an implication say something of what they name
        if rel not in DEFINING and (self.environment.user_of(use.layout) is not None or self.assumes(use)):
            return None  # a symbol that a definition or an assumption has used is not new: this claims something of it
        self.define(use, params, body if use.power is None else builder.built(Root, body, pos=pos), builder, rel)
        return body

    def unfinished(self, piece: Piece, fault: Fault) -> Fault:
        """What to say of a fault: a sign that only defines, and the equation of a new loss, or of what is best, define
        a symbol, whatever stands on the right side."""
        alone = len(self.content.pieces) == len(piece.rels) == 1 and not (self.conditional or self.defines)
        if type(fault) not in (Fault, Unsayable) or not alone or piece.sides[0] is None:
            return fault
        try:
            sign, place = piece.rels[0]
            defining = sign in DEFINING and fault.pos > place
            use = new_symbol(self.builder(), piece.sides[0], defining)
        except Fault:
            return fault
        if use is None or self.assumes(use) or not (defining or is_loss(use.layout) or chooses(piece.sides[1])
                                                    or is_objective(use.layout) and is_mean(piece.sides[1])):
            return fault
        return Unfinished(unfinished(use.layout, fault.reason), fault.pos)

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

    def assumption(self, pieces: Iterable[Piece], text: str) -> tuple[list[Relation], bool]:
        """Relations that are taken as given, and whether θ = θ_old is among them."""
        facts = self.facts_here()
        found: list[Relation] = []
        for piece in pieces:
            builder = TermBuilder(self.environment, facts, text)
            builder.one_law = self.one_law
            found += relations_of(piece, builder)
        kept = [relation for relation in found if not stands_at_old(relation)]
        return kept, len(kept) < len(found)
