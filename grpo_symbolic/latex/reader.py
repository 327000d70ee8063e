r"""Reading a statement: its sections, its chain of relations, its definitions and claims.

A text is split at commas and rows into statements, each a chain ``a = b = c`` or an implication of chains; after
"such that" stand laws and constraints, after "where" definitions, after "assuming" assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sympy import Basic, Rational
from sympy.core.symbol import Str

from ..language import (
    ALL,
    NONE,
    Abs,
    App,
    BigO,
    Claim,
    Const,
    Definition,
    Frac,
    Head,
    LanguageError,
    Neg,
    Node,
    Num,
    Parameter,
    Policy,
    Prob,
    Relation,
    Scope,
    Sum,
    Var,
    expand,
    heads,
    moves,
    plus,
    sort_of,
)
from .account import close_account, open_account
from .application import alone
from .bars import Lexeme
from .declaring import Declaration, Undeclarable, agreed, believing, declarations, declared_in
from .defining import (
    Circle,
    Failed,
    Name,
    Target,
    arranged,
    calls,
    circular,
    drawn_from,
    in_order,
    met,
    name_of,
    needs,
    refuse_circles,
    targets,
    targets_in,
    uses,
    uses_of,
)
from .elaborate import Elaborator
from .elaborate_functions import Use
from .elaborate_ground import shape_name
from .environment import Environment, Named
from .evidence import evidence
from .facts import Facts, Usage, facts_of
from .indexed import indexed
from .naming import bare, nucleus, spelled
from .numbering import numbered
from .parameter import THETA, exchange, parameter_of
from .parameter import Parameter as Letter
from .parameter import shown as shown_in
from .parser import parse
from .profiles import PAPER, Profile, profile_named
from .read_as import BOUNDED, NAMED, Place, ReadAs, read_as
from .read_error import Blocked, Fault, Malformed, ReadError, placed, reason_of
from .respell import meant
from .sections import STEPS, Sections, split
from .slope import depends
from .surface import Content, Expr, Item, Piece, unwrap
from .symbols import CONSTANTS, DEFINING, POLICY, RANGES, RELATION_HINTS, SAMPLED, SEQUENCES, SORTS

__all__ = ["Link", "ReadError", "Statement", "read_expression", "read_statement"]

LISTING = frozenset((",", ";", r"\\", "and"))
RELATIONS = frozenset(("=", "≈", "≤", "≥", "<", ">"))
ORDERINGS = frozenset(("≤", "≥", "<", ">"))
UNSORTED = frozenset((r"\theta", r"\pi", r"\infty"))
PROPORTIONAL, IDENTICAL = r"\propto", "≡"
READABLE = "=, ≈, ≤, ≥, < and > can"

Result = TypeVar("Result")
Ranges: TypeAlias = Sequence[tuple[Declaration, Relation]]


@dataclass(frozen=True)
class Link:
    """One link of a chain: a ``definition``, a ``claim`` or an ``expression``, and where it stands (from 1)."""

    kind: str
    content: Definition | Claim | Node
    line: int
    column: int


@dataclass(frozen=True)
class Statement:
    """What a text says. ``kind`` is that of its one link, or ``chain``; ``environment`` has its definitions too,
    ``read_as`` what each symbol is, ``declared`` what was declared, each with whether its symbol occurs, ``parameter``
    the letter that is θ here."""

    kind: str
    links: tuple[Link, ...]
    latex: str = field(compare=False)
    environment: Environment = field(compare=False)
    read_as: tuple[ReadAs, ...] = field(default=(), compare=False)
    declared: tuple[tuple[Declaration, bool], ...] = field(default=(), compare=False)
    parameter: Letter = field(default=Letter(), compare=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in order."""
        return tuple(link.content for link in self.links if isinstance(link.content, Claim))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that the text itself makes, in order."""
        return tuple(link.content for link in self.links if isinstance(link.content, Definition))

    @property
    def expressions(self) -> tuple[Node, ...]:
        """The expressions that stand without a relation."""
        return tuple(link.content for link in self.links if isinstance(link.content, Node))


def read_statement(latex: str, where: Sequence[str] = (), assume: Sequence[str] = (),
                   environment: Environment | None = None, profile: str | Profile = "paper",
                   failed: Sequence[Failed] = (), let: Sequence[str] = ()) -> Statement:
    r"""The statement that a text makes, under the definitions of ``where`` (in any order) and the relations of
    ``assume``.

    ``let`` declares the kinds of symbols, and a text of ``where`` may do so too. ``environment`` holds definitions made
    before, as in a document, ``failed`` those that could not be read. All texts are in the notation ``profile``; what
    is read has the paper's names. Raises ReadError for a text that cannot be read or that rests on a definition that
    cannot, and for a declaration that cannot be used, LanguageError for an unknown notation.

    >>> read_statement(r"\log \pi_\theta(a|s) \leq 0").kind
    'claim'
    """
    environment, profile = environment or Environment(), profile_named(profile)
    known_letters = environment.parameters
    unread: list[tuple[Failed, ReadError]] = []
    surfaces: list[Surface] = []
    declared = [*declarations(let)]
    for number, text in enumerate(where, 1):
        part = f"where {number}"
        try:
            more, text = declared_in(text, part)
        except Undeclarable as fault:
            raise ReadError(fault.reason, fault.line, fault.column, part) from None
        declared += more
        if more and not text.strip():
            continue
        try:
            surfaces.append(surface_of(text, part, profile))
        except ReadError as error:
            unread += lost(error, part, targets_in(text, profile))
    said = [surface_of(text, part, profile)
            for text, part in ((latex, ""), *((text, f"assume {number}") for number, text in enumerate(assume, 1)))]
    contents = [surface.content for surface in (*said, *surfaces)]
    parameter = guarded(latex, "", lambda _: parameter_of(contents, known_letters))
    alone = [[(part, targets(part), tuple(name for piece in part.pieces for name in uses_of(piece)))
              for part in parted(surface.content)] for surface in surfaces]
    names = [uses(surface.content) for surface in said] if failed or unread or where else []
    defines = targets(said[0].content) if names else ()
    exchange(contents, parameter)
    entries = [Entry(Parsed(surface.text, content, facts), surface.part, defines, used)
               for surface, found in zip(surfaces, alone, strict=True)
               for facts in (facts_in(surface, parameter, profile),) for content, defines, used in found]
    main, *given = (Parsed(surface.text, surface.content, facts_in(surface, parameter, profile)) for surface in said)
    usages: list[Usage] = [environment, *(entry.parsed.facts for entry in entries),
                           *(found.facts for found in (main, *given))]
    for entry in in_turn(entries):
        reading = Reading(entry.parsed, environment, usages, (), profile, declared)
        known = [*failed, *(one for one, _ in unread)]
        try:
            environment = guarded(entry.parsed.text, entry.part, lambda _, reading=reading: reading.where())  # type: ignore[misc]
        except ReadError as error:
            unread += lost(error, entry.part, entry.defines)
            continue
        if known and (found := met(entry.used, known)) is not None:
            failed = [*failed, *(found[1].resting(one.name) for one in entry.defines)]
    reading = Reading(main, environment, usages, assume, profile, declared)
    if not (failed or unread):
        return guarded(latex, "", lambda _: reading.statement())
    blocked = [met(found, [*failed, *(one for one, _ in unread)]) for found in names]
    if unread and not any(blocked):
        raise unread[0][1]
    try:
        statement = guarded(latex, "", lambda _: reading.statement())
    except ReadError as error:
        if not (error.malformed and any(blocked)):
            raise
    else:
        renewed = any(met([one.name], failed) for one in defines)
        if not any(blocked) or not (unread or renewed or statement.claims):
            return statement
    name, cause = next(found for found in blocked if found is not None)
    raise placed(Blocked(cause.said(name), name.pos if blocked[0] is not None else 0), latex)


class Entry(NamedTuple):
    """A definition of a "where", the text that it is, or is a part of, and the names that it prints."""

    parsed: Parsed
    part: str
    defines: tuple[Target, ...]
    used: tuple[Name, ...]


def parted(content: Content) -> list[Content]:
    """The definitions of a text, each on its own if the text lists nothing else."""
    alone = all(piece.sides[0] is not None and piece.sides[-1] is not None for piece in content.pieces)
    if not alone or any(sign not in LISTING for sign, _ in content.seps):
        return [content]
    return [Content(piece) for piece in content.pieces]


def in_turn(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Definitions, each after those that it uses. Raises ReadError where some use each other."""
    defined, used = [entry.defines for entry in entries], [entry.used for entry in entries]
    try:
        refuse_circles(needs(used, defined, sure=True), [[one.name for one in found] for found in defined])
    except Circle as fault:
        entry = entries[fault.place]
        raise placed(fault, entry.parsed.text, entry.part) from None
    for part in in_order(len(entries), needs(used, defined)):
        yield from (entries[place] for place in part)


def lost(error: ReadError, part: str, defined: Sequence[Target]) -> list[tuple[Failed, ReadError]]:
    """What an unread definition would define. Raises its error where the text is wrong, or names no symbol."""
    if error.malformed or not defined:
        raise error
    return [(Failed(one.name, part, error.reason), error) for one in defined]


def read_expression(latex: str, environment: Environment | None = None, profile: str | Profile = "paper") -> Node:
    """The expression that a text in a notation is; raises ReadError."""
    profile = profile_named(profile)

    def read(text: str) -> Node:
        known = environment or Environment()
        found = parsed_text(text, profile, known.parameters)
        node: Node = meant(Elaborator(known, found.facts.beside([known]), text).inside(found.content, 0), profile)
        return node

    return guarded(latex, "", read)


def guarded(text: str, part: str, read: Callable[[str], Result]) -> Result:
    """The result of reading, a refusal placed by line and column."""
    try:
        return read(text)
    except Fault as fault:
        raise placed(fault, text, part) from None
    except LanguageError as error:
        raise placed(Malformed(reason_of(error), 0), text, part) from None
    except RecursionError:
        raise placed(Fault("the formula is nested too deep: split it", 0), text, part) from None


@dataclass(frozen=True)
class Parsed:
    """A text, its surface and its facts."""

    text: str
    content: Content
    facts: Facts


class Surface(NamedTuple):
    """A text as it is printed, and which one it is."""

    text: str
    part: str
    content: Content
    lexemes: list[Lexeme]

    def facts(self, parameter: Letter, profile: Profile) -> Facts:
        """What the text says of its letters, once the parameter is called θ."""
        subscripts = indexed(self.content)
        return replace(facts_of(self.lexemes, evidence(self.content)), anything=profile.anything_in_groups,
                       indexed=subscripts.names, sequences=subscripts.sequences, grouped=subscripts.grouped,
                       constraints=numbered(self.text, self.content), alone=alone(self.content), parameter=parameter)


def facts_in(surface: Surface, parameter: Letter, profile: Profile) -> Facts:
    """What a text says of its letters; raises ReadError."""
    return guarded(surface.text, surface.part, lambda _: surface.facts(parameter, profile))


def surface_of(text: str, part: str, profile: Profile) -> Surface:
    """The surface of a text; raises ReadError."""
    return guarded(text, part, lambda text: Surface(text, part, *parse(text, profile)))


def parsed_text(text: str, profile: Profile = PAPER, parameters: frozenset[str] = frozenset()) -> Parsed:
    """The surface and the facts of a text that stands alone, in a notation; raises Fault."""
    surface = Surface(text, "", *parse(text, profile))
    parameter = parameter_of([surface.content], parameters)
    exchange([surface.content], parameter)
    return Parsed(text, surface.content, surface.facts(parameter, profile))


def unit_of(expr: Expr | None) -> Rational | None:
    """One unit of the last digit of a side that is a number other than 0."""
    lone = expr.terms[0][1][0] if expr is not None and len(expr.terms) == 1 and len(expr.terms[0][1]) == 1 else None
    if lone is None or lone.kind != "num" or not lone.plain or not Rational(lone.value):
        return None
    return Rational(1, 10 ** len(lone.value.partition(".")[2]))


def harmless(definition: Definition) -> bool:
    """Whether a definition repeats what the left side means anyway."""
    right = definition.rhs
    return definition.lhs == right or type(definition.lhs).__name__ == "Step" and isinstance(right.args[0], Parameter)


class Said(NamedTuple):
    """A link before it has its context: where it stands, and what the steps of an implication before it give."""

    kind: str
    content: Any
    pos: int
    given: tuple[Relation, ...]


class Reading:
    """One text being read."""

    def __init__(self, parsed: Parsed, environment: Environment, usages: Sequence[Usage],
                 assume: Sequence[str] = (), profile: Profile = PAPER, let: Sequence[Declaration] = ()) -> None:
        self.profile = profile
        self.text, self.content, self.environment = parsed.text, parsed.content, environment
        self.facts, self.let = believing(parsed.facts.beside(usages), let), let
        self.links: list[Said] = []
        self.given: list[Relation] = []
        self.assume_texts = assume
        self.conditional = False
        self.assuming: list[Piece] = []
        self.defines = False
        self.calls: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.drawn: frozenset[str] = frozenset()
        self.places: dict[Basic, Place] = {}

    def where(self) -> Environment:
        """The environment with the definitions of the text; raises Fault where it says anything else."""
        self.defines = True
        for link in self.statement().links:
            definition = link.content
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
        refuse_condition(listed, [sign for sign, _ in self.content.seps])
        first, then = arranged(sections.where, strict=True), arranged(listed, strict=self.defines)
        self.calls, self.drawn = calls(self.content), drawn_from(self.content)
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
            raise Malformed("there is nothing to read", 0)
        refuse_loose(self.links)
        refuse_late(self.links)
        self.quantified(sections.for_all, links)
        if sections.conditional and any(said.kind == "definition" for said in self.links):
            raise Fault("what is defined under a condition is written with cases", sections.assuming[0].pos)
        close_account(self.content)
        return Statement(links[0].kind if len(links) == 1 else "chain", links, self.text, self.environment,
                         self.symbols(), self.occurring(ranges), self.facts.parameter)

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
        content, pos = said.content, said.pos
        if isinstance(content, Relation):
            given = [relation for relation in said.given if not stands_at_old(relation)]
            at_old = at_old or len(given) < len(said.given)
            bounds = list(customary([content], [*assumed, *given], self.facts.kinds))
            for bound in bounds:
                self.places[bound.lhs] = self.places.get(bound.lhs, Place(pos))._replace(how=BOUNDED)
            assumed = [*assumed, *bounds]
            named = frozenset[Var]().union(*(relation.free for relation in given))
            used = self.environment.used_by([content, *assumed, *given])
            known = symbols_of((content, *used, *assumed, *given))
            declared = (relation for _, relation in ranges if symbols_of([relation]) & known)
            content = Claim(content, used, (*assumed, *given, *declared), at_old, fixed=named)
            self.agreed(content.relation, *content.assume)
        line = self.text.count("\n", 0, pos) + 1
        return Link(said.kind, meant(content, self.profile), line, pos - self.text.rfind("\n", 0, pos))

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
                self.chain(piece, sections)
            if number == len(steps):
                break
            self.given += premises(self.links[start:])
            if number == 1:
                self.links[start:] = [said for said in self.links[start:] if said.kind == "definition"]
        self.given = []

    def elaborator(self, sections: Sections | None = None) -> Elaborator:
        """A fresh elaborator for one chain, with the laws and constraints that the text prints at its end."""
        elaborator = Elaborator(self.environment, replace(self.facts, declared=self.declared()), self.text)
        elaborator.places = self.places
        for piece in sections.such_that if sections is not None else ():
            if [rel for rel, _ in piece.rels] == ["∼"]:
                name, law = piece.sides[0], piece.sides[1]
                if name is None or name.lone is None or law is None:
                    raise Fault("a law is written x ∼ P", piece.pos)
                elaborator.trailing[spelled(unwrap(name.lone))] = law.terms[0][1], piece.pos
            else:
                elaborator.constraints.append(piece)
        return elaborator

    def declared(self) -> dict[str, str]:
        """The sorts of letters that stand as arguments of defined and declared functions, where nothing else does."""
        found: dict[str, str] = {}
        names = self.environment.names
        domains = {bare(one.symbol): one.of for one in self.let}
        for stem, letters in self.calls if domains else ():
            of = domains.get(bare(stem), ())
            found |= {letter: sort for letter, sort in zip(letters, of, strict=False) if sort in ("state", "action")
                      and letter and letter not in names and letter.rstrip("'") not in (*SORTS, *UNSORTED)}
        for stem, letters in self.calls if names else ():
            named = names.get(self.environment.stems.get(stem, ""))
            if named is None or len(letters) != named.printed:
                continue
            for letter, param in zip(letters, named.app.params, strict=False):
                if letter and letter not in names and letter.rstrip("'") not in (*SORTS, *UNSORTED, *CONSTANTS):
                    found.setdefault(letter, sort_of(param))
        return found

    def chain(self, piece: Piece, sections: Sections | None = None) -> None:
        """The links of ``a = b = c``."""
        elaborator = self.elaborator(sections)
        start = len(self.links)
        if not piece.rels:
            node = elaborator.expression(piece.sides[0], piece.pos)
            refuse_escaped(elaborator.free, elaborator.summed, None)
            self.note("expression", node, piece.pos)
        else:
            self.related(piece, elaborator)
            concluded = sections is not None and any(piece is one for one in sections.concluded)
            if concluded and self.links[start].kind == "definition":
                raise Fault("this is concluded of a symbol that nothing defines before: define it", piece.pos)
        if sections is not None and sections.such_that:
            self.settle(elaborator, sections, start)

    def settle(self, elaborator: Elaborator, sections: Sections, start: int) -> None:
        """Take note of the conditions that the chain has used."""
        left = set(map(id, elaborator.constraints)) | {pos for _, pos in elaborator.trailing.values()}
        sections.such_that = [piece for piece in sections.such_that if id(piece) in left or piece.pos in left]
        if len(self.links) == start:
            raise Fault("there is nothing before this condition", sections.such_that[0].pos)

    def related(self, piece: Piece, elaborator: Elaborator) -> None:
        """The links of a chain with relations: perhaps a definition first, then claims."""
        for place, (rel, pos) in enumerate(piece.rels):
            if rel not in RELATIONS and (rel not in DEFINING or place) and (rel != PROPORTIONAL or len(piece.rels) > 1):
                raise Fault(f"the sign {rel} cannot relate two sides of a statement: {READABLE}" if rel not in DEFINING
                            else "only the first sign of a chain can define", pos)
        if piece.rels[0][0] == PROPORTIONAL and len(piece.rels) == 1:
            self.proportional(piece, elaborator)
            return
        first, sides = piece.rels[0], piece.sides
        if sides[0] is None:
            raise Fault("what this sign relates to is printed elsewhere: write it before the sign", first[1])
        left: Node | None = None
        begin = 0
        if first[0] in ("=", "≈") or first[0] in DEFINING:
            left = self.definition(sides[0], sides[1], first, elaborator)
            begin = left is not None
        if left is None:
            left = self.side(elaborator, sides[0], first[1])
        known = left if not begin else self.last_body()
        for place in range(int(begin), len(piece.rels)):
            rel, pos = piece.rels[place]
            rel = "=" if rel == IDENTICAL and not begin else rel
            known = self.claim(known, rel, (sides[place], sides[place + 1]), pos, elaborator)

    def proportional(self, piece: Piece, elaborator: Elaborator) -> None:
        """p(a) ∝ f(a), where p is a law: p(a) = f(a)/Σ_b f(b). It defines a law of which nothing is said."""
        (left, right), pos = piece.sides, piece.rels[0][1]
        assert left is not None
        law = self.side(elaborator, left, pos)
        if not isinstance(law, Prob) or not isinstance(law.action, Var):
            raise Fault("∝ stands after the probability of an action: of anything else, name the factor", pos)
        use = None if self.conditional else self.new_law(left, "=", elaborator)
        known = self.conditional or law.law.policy.point != "constant" or self.speaks_of(law.law.policy,
                                                                                          left.terms[0][1][0])
        if use is None and not known:
            raise Fault("this law is defined nowhere: write what it is", pos)
        body = self.side(elaborator, right, pos)
        try:
            whole = Frac(body, Sum(ALL, NONE, Scope.close(law.action, body)))
            relation = Relation("=", law, whole)
        except LanguageError as error:
            raise Malformed(reason_of(error), pos) from None
        if use is not None:
            self.define(use, [part for part in use.printed if isinstance(part, Var)], whole, elaborator, "=")
        else:
            self.note("claim", relation, pos)

    def last_body(self) -> Node:
        node: Node = self.links[-1].content.rhs
        return node

    def side(self, elaborator: Elaborator, expr: Expr | None, pos: int) -> Node:
        """One side of a relation; an index that has left its sum is noted by ``claim``."""
        elaborator.free, elaborator.summed = {}, set()
        return elaborator.expression(expr, pos)

    def claim(self, left: Node, rel: str, printed: tuple[Expr | None, Expr | None], pos: int, elaborator: Elaborator
              ) -> Node:
        """One claim of a chain, whose left side is read already; the right side is returned."""
        mine, summed = elaborator.free, elaborator.summed
        node = self.side(elaborator, printed[1], pos)
        refuse_escaped(mine, summed, node)
        refuse_escaped(elaborator.free, elaborator.summed, left)
        known = self.environment.names.get(left.head.layout) if isinstance(left, App) else None
        defining = rel in DEFINING or self.defines and rel == "=" and known is not None
        try:
            relation = Definition(left, node) if defining else self.rounded(rel, left, node, printed) or \
                Relation(rel, left, node)
        except LanguageError as error:
            raise elaborator.refused(error, (left, node), pos) from None
        if defining and known is not None and not self.same(known.definition.expand(left), node):
            raise Malformed(f"{shown(known.head.layout)} is defined twice, and what it stands for is not the same", pos)
        as_printed = defining or relation.args[0] == Str(rel)
        relation.hints = {"op": RELATION_HINTS[rel]} if rel in RELATION_HINTS and as_printed else {}
        self.note("definition" if defining else "claim", relation, pos)
        return node

    def rounded(self, rel: str, left: Node, right: Node, printed: tuple[Expr | None, ...]) -> Relation | None:
        """x ≈ 2.6 as |x − 2.6| ≤ 0.1, one unit of the last digit; None where ≈ does not speak of a rounded number.

        Of two numbers that are printed, the one with fewer digits rounds the other.

        An integer rounds a number only: that π(a) ≈ 1 says more than |π(a) − 1| ≤ 1.
        """
        units = [unit for side in printed if (unit := unit_of(side)) is not None]
        if rel != "≈" or not units:
            return None
        lone = [None if side is None else side.lone for side in printed]
        if all(item is not None and item.kind == "num" and item.plain for item in lone):
            return Relation("≤", Abs(plus(left, Neg(right))), Num(max(units) / 2))
        sides = [expand(side, self.environment.definitions) for side in (left, right)]
        if max(units) == 1 and any(isinstance(part, (Const, App, Prob)) for side in sides for part in side.walk()):
            return None
        return Relation("≤", Abs(plus(left, Neg(right))), Num(max(units)))

    def same(self, one: Node, other: Node) -> bool:
        """Whether a second definition says the same as the first."""
        if one == other:
            return True
        from .meaning import DIFFERENT, same_meaning

        return same_meaning(one, other, self.environment.definitions) != DIFFERENT

    # Definitions.

    def definition(self, left: Expr, right: Expr | None, sign: tuple[str, int], elaborator: Elaborator) -> Node | None:
        """The left side of a definition whose link is now noted, or None where the chain starts with a claim."""
        use = elaborator.new_symbol(left, sign[0] in DEFINING)
        rel, pos = sign
        if use is None:
            use = self.new_law(left, rel, elaborator)
        if use is None:
            return None
        params = [part for part in use.printed if isinstance(part, Var)]
        if len(set(params)) != len(use.printed):
            if rel in DEFINING:
                raise Malformed("a definition takes distinct variables as arguments", use.pos)
            elaborator.free = {}
            return None
        elaborator.check_arity(use)
        body = self.side(elaborator, right, pos)
        if rel in ("=", "≈") and (any(isinstance(part, BigO) for part in body.walk())):
            return None
        if any(isinstance(part, Head) and part.layout == use.layout or isinstance(part, (Const, Policy)) and
               part.name in (use.layout, use.stem) for part in body.walk()):
            if rel in DEFINING:
                raise Malformed("a symbol cannot be defined by itself", use.pos)
            return None
        if rel == "=" and self.conditional:
            return None  # the steps of an implication say something of what they name
        if rel not in DEFINING and (self.environment.user_of(use.layout) is not None or self.assumes(use)):
            return None  # a symbol that a definition or an assumption has used is not new: this claims something of it
        self.define(use, params, body, elaborator, rel)
        return body

    def new_law(self, left: Expr, rel: str, elaborator: Elaborator) -> Use | None:
        """A constant policy whose probability is defined by a formula: π*(a|s) ≐ …."""
        items = left.terms[0][1]
        symbol = nucleus(items[0])
        if symbol is None or rel not in DEFINING and (rel != "=" or symbol.letter != POLICY or len(left.terms) > 1 or
                                                      left.terms[0][0] or len(items) != 2 or items[1].value != "("):
            return None
        node = elaborator.expression(left, left.pos)
        if rel == "=" and isinstance(node, Prob) and self.speaks_of(node.law.policy, items[0]):
            return None
        if not isinstance(node, Prob) or node.law.policy.point != "constant" or node.hints.get("form") == "sup":
            return None
        context = node.law.context
        places = ", ".join(f"#{k + 2}" for k in range(len(context)))
        layout = f"{node.law.policy.name}(#1{'|' if context else ''}{places})"
        return Use(layout, node.law.policy.name, symbol, (node.action, *context), brackets=True, pos=left.pos)

    def speaks_of(self, policy: Policy, item: Item) -> bool:
        """Whether a definition, an assumption or an earlier statement speaks of a policy, or the text draws from it."""
        before = [said.content for said in self.links]
        assumed = [*self.assumptions()[0], *self.given]
        bodies = [definition.rhs for definition in self.environment.definitions]
        return str(name_of(item)) in self.drawn or any(
            isinstance(part, Policy) and part.name == policy.name for term in (*before, *assumed, *bodies)
            for part in term.walk())

    def define(self, use: Use, params: list[Var], body: Node, elaborator: Elaborator, rel: str) -> None:
        """Note a definition: hidden arguments are the group and the state on which the body depends."""
        hidden: dict[str, Var] = {}
        stepped = {param.name for param in params if param.sort == "token"}
        loose: frozenset[Var] = getattr(body, "free", frozenset())
        for var in sorted(loose - set(params), key=lambda var: elaborator.free.get(var, 0)):
            step = var.sort == "action" and bool(stepped & {var.name.rpartition("_")[2]} or
                                                 stepped and var.name in SEQUENCES)
            sampled = var.sort == "action" and not use.printed and (
                var in elaborator.implicit or use.theta and use.symbol.letter in SAMPLED)
            if var.sort not in ("group", "state") and not step and not sampled or var.sort in hidden:
                escaped = var.name in elaborator.summed
                kind = Malformed if escaped or var.sort == "index" else Fault
                advice = f"it is outside its sum over {var.name}" if escaped else \
                    "sum or average over it, or name it on the left"
                raise kind(f"the {var.sort} {var.name} is free on the right, but does not stand on the left: {advice}",
                           elaborator.free.get(var, use.pos))
            hidden[var.sort] = var
        extra = [hidden[sort] for sort in ("group", "state", "action") if sort in hidden]
        head = Head(use.layout, use.theta or moves(body), shape=shape_name(body))
        try:
            definition = Definition(head(*params, *extra), body)
        except LanguageError as error:
            raise Malformed(reason_of(error), use.pos) from None
        definition.hints = {"op": RELATION_HINTS[rel]}
        user = self.environment.user_of(use.layout)
        if user is not None:
            late, early = shown(use.layout), shown(user)
            if any(head.layout == user for part in self.environment.used_by([body]) for head in heads(part.lhs)):
                raise Malformed(circular(early, late), use.pos)
            raise Fault(f"{late} is defined after the definition of {early} has used it: put it first", use.pos)
        old = not moves(body) and elaborator.frozen(body)
        self.environment = self.environment.with_definition(
            Named(definition, len(params), old, self.agreed(body), head.theta or old, self.letters()), self.facts)
        self.places[head] = Place(use.pos, NAMED)
        self.note("definition", definition, use.pos)

    # The parameter.

    def letters(self) -> frozenset[str]:
        """The letters that the text prints."""
        own = self.facts.parameter
        return frozenset(map(own.spoken, shown_in(self.content))) | {own.old} - {""}

    def agreed(self, *terms: Basic) -> str:
        """The parameter of this text and of all definitions that it uses, empty where there is none.

        Raises Blocked for a definition that is read with another parameter: whether it depends on the one of this text
        is not known.
        """
        own = self.facts.parameter
        mine = own.name if own.stated else ""
        if own.number and any(isinstance(term, Relation) and term.op in ("=", "≈") and depends(term, own.name)
                              for term in terms[1:]):
            raise Fault(f"this takes a derivative in {own.name}, and assumes an equation of it", 0)
        used = self.used(terms)
        others = {named.parameter: named for named in used if named.moving and named.parameter != mine}
        if own.number:
            others = {name: named for name, named in others.items() if name == mine or len(others) > 1}
        others |= {named.parameter: named for named in used
                   if mine in named.shown and named.parameter != mine and not own.number}
        if len(others) > (not mine):
            name, named = next(reversed(others.items()))
            raise Blocked(f"{named.stem} is read with {name or THETA} as the parameter, so that how it depends on "
                          f"{mine or next(iter(others))} is not known", 0)
        return mine or next(iter(others), "")

    def used(self, terms: Sequence[Basic]) -> list[Named]:
        """The definitions that terms use, and those that they print but that are read with another parameter."""
        own, names = self.facts.parameter, self.environment.names
        found = [names[head.layout] for one in self.environment.used_by(terms) if (head := one.head) is not None]
        if own.exchanged or own.number or self.environment.foreign:
            printed = {own.spoken(part.layout if isinstance(part, Head) else part.name).partition("(")[0]
                       for term in terms for part in term.walk() if isinstance(part, (Head, Const, Policy))}
            found += [named for stem, named in self.environment.named.items() if stem in printed and named not in found]
        return found

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
        found: list[Relation] = []
        for piece in pieces:
            if not piece.rels or any(rel not in RELATIONS for rel, _ in piece.rels):
                rel, pos = next((found for found in piece.rels if found[0] not in RELATIONS), ("", max(piece.pos, 0)))
                raise Fault(f"the sign {rel} cannot relate two sides of an assumption: {READABLE}" if rel else
                            "an assumption is a relation", pos)
            elaborator = Elaborator(self.environment, replace(self.facts, declared=self.declared()), text)
            elaborator.pointwise = False
            sides = [elaborator.expression(side, max(piece.pos, 0)) for side in piece.sides]
            for place, (rel, pos) in enumerate(piece.rels):
                left, right = sides[place], sides[place + 1]
                try:
                    found.append(Relation(rel, left, right))
                except LanguageError as error:
                    raise elaborator.refused(error, (left, right), pos) from None
        kept = [relation for relation in found if not stands_at_old(relation)]
        return kept, len(kept) < len(found)


def customary(claimed: Sequence[Basic], assumed: Sequence[Relation], declared: Container[str]) -> Iterator[Relation]:
    """The bounds that custom gives to numbers of a claim of which neither an assumption nor a declaration speaks."""
    said = {part for relation in assumed for part in relation.walk() if isinstance(part, Const)}
    numbers = {part: None for term in claimed for part in term.walk() if isinstance(part, Const)}
    for number in numbers:
        if number in said or number.name not in RANGES or bare(number.name) in declared:
            continue
        least, sign, greatest = RANGES[number.name]
        yield Relation("≥", number, Num(least))
        yield Relation(sign, number, Num(greatest))


def symbols_of(terms: Iterable[Any]) -> set[Basic]:
    """The functions and constants of terms."""
    return {part for term in terms for part in term.walk() if isinstance(part, (Head, Const))}


def refuse_late(links: Sequence[Said]) -> None:
    """Refuse a definition of what a claim beside it has used as a number of its own."""
    defined = {link.content.head.layout: link.pos for link in links
               if isinstance(link.content, Definition) and link.content.head is not None}
    for link in links if defined else ():
        if isinstance(link.content, Relation) and not isinstance(link.content, Definition):
            used = (part.name for part in link.content.walk() if isinstance(part, Const))
            if late := next((name for name in used if name in defined), ""):
                raise Fault(f"{late} is defined beside a claim that has used it: put the definition first",
                            defined[late])


def refuse_condition(pieces: Sequence[Piece], signs: Sequence[str]) -> None:
    """Refuse a bound of one symbol after other claims: it may be a condition, or one more claim."""
    last = pieces[-1] if len(pieces) > 1 else None
    if last is None or set(signs) != {","} or len(last.rels) != 1 or last.rels[0][0] not in ORDERINGS:
        return
    kinds = [side.lone.kind if side is not None and side.lone is not None else "" for side in last.sides]
    if "num" in kinds and any(any(rel not in ORDERINGS for rel, _ in piece.rels) for piece in pieces[:-1]):
        raise Fault("this bound may be a condition or one more claim: write it after “if”, or on its own",
                    max(last.pos, 0))


def shown(layout: str) -> str:
    """The name of a function by its layout."""
    return layout.partition("(")[0].partition("_{#")[0]


def stands_at_old(relation: Relation) -> bool:
    """Whether a relation says θ = θ_old."""
    return relation.op == "=" and {relation.lhs, relation.rhs} == {Parameter(), Parameter("old")}


def listed(content: Content) -> list[Piece]:
    """The relations of an assumption, which commas may part; an implication is none."""
    for sign, pos in content.seps:
        if sign in STEPS:
            raise Fault("an assumption is a relation, not an implication", pos)
    return content.pieces


def premises(links: Iterable[Said]) -> Iterator[Relation]:
    """What is given after links of an implication: their relations, and of a definition that it only approximates."""
    for said in links:
        if isinstance(said.content, Relation):
            yield said.content
        elif said.kind == "expression":
            raise Fault("what stands before an implication is a relation or a definition", said.pos)
        elif said.content.hints.get("op") == "approx":
            yield Relation("≈", said.content.lhs, said.content.rhs)


def refuse_loose(links: Iterable[Said]) -> None:
    """Refuse an expression beside a claim, of which it may be a part."""
    places = {said.kind: said.pos for said in links}
    if "claim" in places and "expression" in places:
        raise Fault("this relates nothing, and may be a part of what is claimed beside it: write it on its own",
                    max(places["expression"], 0))


def refuse_escaped(free: dict[Var, int], summed: set[str], other: Basic | None) -> None:
    """Refuse an index that is free beside a sum over it, and nowhere on the other side: it has left its sum."""
    for var, pos in free.items():
        if var.name in summed and var.sort in ("index", "token") and var not in getattr(other, "free", ()):
            raise Malformed(f"the {var.sort} {var.name} stands outside its sum: the sum over {var.name} ends at the "
                            "+ or − before; bracket what belongs to it", pos)
