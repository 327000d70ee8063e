"""Which of the things that a text says beside its displays serve one of them, and what is read under them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from ...language import App, Claim, Definition, Relation, heads
from ..names.defining import Name, Target, uses
from ..names.environment import Environment
from ..notation.priors import EXPECTATIONS, POLICY, SORTS
from ..notation.profiles import Profile
from ..notation.vocabulary import DEFINING
from ..parsing.naming import bare
from ..parsing.parser import parse
from ..read_error import Blocked, Fault, ReadError
from ..statement.definition import shown
from ..statement.readings import Ambiguity, read_text
from ..statement.statement import Statement, Taken, Told
from .prose import ASSUMPTION, CONDITION, DECLARATION, DEFINITION, PROPORTIONAL, defined_in
from .scopes import END, Item, Scopes

Result: TypeAlias = Statement | ReadError
# What a function with a meaning of its own may be; told at a glance.
APPLIED = re.compile(r"\s*\\(?:sigma|operatorname|text|mathrm)[^=]{0,40}\(")
MOST_SAID = 200  # of one symbol, that one display may be under
ORDER = {DEFINITION: 0, DECLARATION: 1, ASSUMPTION: 2}
# What is in nearly every statement says little of which assumption bears on it.
PARAMETER, UNDER = r"\theta", tuple(map(bare, EXPECTATIONS))
EVERYWHERE = (PARAMETER, POLICY + "_")


class Serving(NamedTuple):
    """What a display is under, and what it may be under."""

    given: tuple[Item, ...] = ()
    doubtful: tuple[Item, ...] = ()


class Beside:
    """What the sentences of a document say beside its displays, which stand at ``offsets`` and define ``targets``."""

    def __init__(self, scopes: Scopes | None, offsets: Sequence[int], targets: Sequence[Sequence[Target]],
                 profile: Profile) -> None:
        self.scopes, self.offsets, self.targets, self.profile = scopes, offsets, targets, profile
        self.items: Sequence[Item] = () if scopes is None else [item for item in scopes.items
                                                                 if item.kind != DEFINITION or not idle(item, profile)]
        headings = () if scopes is None else scopes.headings
        self.told = frozenset[Told]() if scopes is None else frozenset(scopes.told)
        self.defined = {item: defined_in(item.text, profile)[0].name for item in self.items if item.kind == DEFINITION}
        self.by_name: dict[str, list[Item]] = {}
        for item, name in self.defined.items():
            self.by_name.setdefault(name.name, []).append(item)
        self.bearing: dict[str, list[Item]] = {}
        for item in self.items:
            for symbol in bears(item):
                self.bearing.setdefault(symbol, []).append(item)
        # What each definition of a display takes from the text, by its layout.
        self.rests: dict[str, tuple[Item, ...]] = {}
        self.ends: dict[Item, int] = {}
        for pos, found in zip(offsets, targets, strict=True) if self.items else ():
            for one in found:
                for item in self.by_name.get(one.name.name, ()):
                    parted = bisect_right(headings, item.pos) < bisect_right(headings, pos)
                    if one.name.is_target(self.defined[item]) and item.pos < pos and (one.sign in DEFINING or parted):
                        self.end(item, pos)

    def undefined(self, names: Sequence[Name], given: Sequence[Item]) -> tuple[Name, ...]:
        """Names, and those that what is given uses, without those that this defines."""
        used = (*names, *(name for item in given for name in names_of(item.text, self.profile)))
        told = [self.defined[item] for item in given if item in self.defined]
        return tuple(name for name in used if not any(name.is_target(one) or name.may_be(one) for one in told))

    def anew(self, place: int) -> bool:
        """Whether the text before a display says that it defines its symbol from there on."""
        return self.scopes is not None and self.offsets[place] in self.scopes.anew

    def end(self, item: Item, pos: int) -> None:
        """A symbol is defined anew at an offset."""
        self.ends[item] = min(pos, self.ends.get(item, END))

    def serving(self, place: int, names: Iterable[Name], behind: Iterable[Name] = ()) -> Serving:
        """What a display that prints some names is under: of a symbol what is said of it last; what is assumed of those
        ``behind``, which the definitions of what it prints use, bears on it too."""
        if not self.items:
            return Serving()
        pos, given, printed, waiting = self.offsets[place], dict[Item, None](), dict[Name, None](), list(names)
        own = [one.name for one in self.targets[place]]
        while waiting:
            name = waiting.pop()
            if name in printed:
                continue
            printed[name] = None
            found = self.definition(name, pos, own)
            if found is not None and found not in given:
                given[found] = None
                waiting += names_of(found.text, self.profile)
        told = {bare(str(self.defined[item])) for item in given}
        spelled = {bare(str(name)) for name in printed}
        spelled |= {bare(str(name)) for name in behind}
        bearing = {item: None for name in spelled for item in near(self.bearing.get(name, ()), pos)}
        for item in sorted(bearing, key=lambda item: -item.pos):
            if item.kind == DEFINITION or not item.holds(pos):
                continue
            if item.kind == DECLARATION:
                symbol = bare(item.names[0])
                if symbol in told:
                    continue
                told.add(symbol)
            given[item] = None
        doubtful = tuple(sorted((item for item in bearing if item.may_hold(pos)), key=lambda item: item.pos))
        return Serving(tuple(sorted(given, key=lambda item: (ORDER[item.kind], item.pos))), doubtful)

    def definition(self, name: Name, pos: int, own: Sequence[Name]) -> Item | None:
        """The last definition of a symbol that a display is under; one that stands after it repeats what it defines."""
        for item in reversed(near(self.by_name.get(name.name, ()), pos)):
            target = self.defined[item]
            if item.holds(pos) and pos < self.ends.get(item, END) and (name.is_target(target) or name.may_be(target)) \
                    and not (item.pos > pos and any(one.is_target(target) for one in own)):
                return item
        return None

    def defines(self, item: Item, layout: str) -> bool:
        """Whether a definition is of the function with a layout."""
        name = self.defined.get(item)
        if name is None:
            return False
        family = not name.subs or all(sub.isalpha() and len(sub) == 1 for sub in name.subs)
        return bare(shown(layout)) in {bare(str(name)), *([bare(str(name._replace(subs=())))] if family else [])}


    def before(self, given: Sequence[Item], known: Environment, names: Sequence[Name]) -> Environment:
        """What is known before what is given: nothing that this defines anew, nor what uses that and is not printed."""
        anew = {layout for layout in known.names if any(self.defines(item, layout) for item in given)}
        printed, gone = {name.name for name in names}, set(anew)
        waiting = [used for used in known.users if any(self.defines(item, used) for item in given)]
        while waiting:
            one = waiting.pop()
            using = {layout for layout, named in known.names.items() if one in named.used} - gone
            if any(letter_in(layout) in printed for layout in using):
                return known.without(anew)
            gone |= using
            waiting += using
        return known.without(gone)

    def contradicted(self, found: Statement, given: Sequence[Item], targets: Sequence[Target]
                     ) -> tuple[Item, ReadError] | None:
        """What the text defines and the display defines otherwise, and what to say of that."""
        own = [item for item in given for one in targets if item in self.defined and
               one.name.is_target(self.defined[item])]
        for link in found.links if own else ():
            claim = link.content
            if isinstance(claim, Claim) and claim.relation.op == "=" and isinstance(claim.relation.lhs, App):
                layout = claim.relation.lhs.head.layout
                item = next((one for one in own if self.defines(one, layout)), None)
                if item is not None and PROPORTIONAL.search(item.text) is None and not same(claim):
                    reason = f"the text defines {self.defined[item]} otherwise ({self.called(item)})"
                    return item, ReadError(f"{reason}: write := for a new definition", link.line, link.column,
                                           status=Blocked.status)
        return None

    def taken(self, statement: Statement, given: Sequence[Item], under: Environment) -> tuple[Item, ...]:
        """What a statement uses of what is given, and what the definitions that it uses ``under`` it rest on."""
        layouts = used_layouts(statement)
        declared = {one.text for one, occurs in statement.declared if occurs}
        told = layouts & set(statement.environment.names) - set(under.names) - defined_by(statement)
        # what comes from the text under a name that none of its definitions shows may be any of them
        all_of_them = statement.by_step or any(not any(self.defines(item, layout) for item in given) for layout in told)
        found = [item for item in given if item.text in declared or item.kind == ASSUMPTION and statement.claims or
                 item.kind == DEFINITION and (all_of_them or any(self.defines(item, layout) for layout in told))]
        found += (item for layout in layouts for item in self.rests.get(layout, ()))
        return tuple(sorted(dict.fromkeys(found), key=lambda item: item.pos))


    def unread(self, found: Statement, given: Sequence[Item]) -> Item | None:
        """The first definition of those that are given that was not read with a statement."""
        return next((item for item in given if item.kind == DEFINITION and not item.case and
                     not any(self.defines(item, layout) for layout in found.environment.names)), None)

    def called(self, item: Item) -> str:
        """What to call something that the text says."""
        return item.text if self.scopes is None else self.scopes.called(item)

    def with_taken(self, found: Result, given: Sequence[Item], doubts: Sequence[Item], under: Environment) -> Result:
        """What was read, with what it takes from the text beside it, in each of its readings."""
        if isinstance(found, Statement):
            told = {item.text for item in given if item.kind == DECLARATION}
            declared = tuple(one for one in found.declared if one[0].text not in told)
            return replace(found, taken=self.placed(self.taken(found, given, under)), doubts=self.placed(doubts),
                           declared=declared, told=self.told)
        if isinstance(found, Ambiguity):
            return Ambiguity(found.plain, [one._replace(found=self.with_taken(one.found, given, doubts, under))
                                           for one in found.readings])
        return found

    def placed(self, items: Iterable[Item]) -> tuple[Taken, ...]:
        """What the text says, each with its place in the document."""
        return () if self.scopes is None else tuple(
            Taken(one.text, one.kind, *self.scopes.place(one.pos)) for one in items)


def letter_in(layout: str) -> str:
    """The letter of a symbol by its layout, with its decorations and without scripts and arguments."""
    return layout.partition("(")[0].partition("_")[0].partition("^")[0]


def idle(item: Item, profile: Profile) -> bool:
    r"""Whether a definition says what its symbol means anyway: \sigma(z) = 1/(1+e^{-z})."""
    if not APPLIED.match(item.text):
        return False
    try:
        found = read_text(item.text, profile=profile)
    except ReadError:
        return False
    return isinstance(found, Statement) and bool(found.claims) and all(map(same, found.claims))


def same(claim: Claim) -> bool:
    """Whether the two sides of an equation mean the same by its definitions alone."""
    from ..names.meaning import DIFFERENT, same_meaning

    return same_meaning(claim.relation.lhs, claim.relation.rhs, claim.where) != DIFFERENT


def defined_by(found: Statement) -> set[str]:
    """The functions that a statement itself defines, by their layouts."""
    return {link.content.lhs.head.layout for link in found.links
            if isinstance(link.content, Definition) and isinstance(link.content.lhs, App)}


def own_definitions(found: Statement, known: Environment, under: Environment) -> tuple[Environment, list[str]]:
    """The environment after a statement: what was ``known``, and what the statement itself defines ``under`` that.

    What the text beside it defines is written out, so that a later definition of the same symbol changes nothing.
    Raises LanguageError where that is too long.
    """
    mine = defined_by(found)
    new = [layout for layout in found.environment.names if layout not in under.names]
    own = [layout for layout in new if layout in mine]
    cleaned = found.environment.without(set(new) - mine)
    if cleaned is found.environment and under is known:
        return found.environment, own
    names = {**known.without(own).names, **{layout: cleaned.names[layout] for layout in own}}
    return cleaned.with_names(names), own


def near(items: Sequence[Item], pos: int) -> Sequence[Item]:
    """The items that stand before an offset or soon after it: not more than a symbol has in any document."""
    place = bisect_right(items, pos, key=lambda item: item.pos)
    return items[max(0, place - MOST_SAID):place + MOST_SAID]


def bears(item: Item) -> set[str]:
    """The symbols of which something is said, of those that are not everywhere if there are any."""
    names = {name for name in map(bare, item.names) if not name.startswith(UNDER)}
    own = {name for name in names if name not in SORTS and name != POLICY and not name.startswith(EVERYWHERE)}
    parameters = {name for name in names if name.startswith(PARAMETER)}
    return own or (item.kind == CONDITION and parameters) or names


def names_of(text: str, profile: Profile) -> tuple[Name, ...]:
    """The names that a text prints; none where it cannot be parsed."""
    try:
        return uses(parse(text, profile)[0])
    except (Fault, RecursionError):
        return ()


def read_under(items: Sequence[Item], read: Callable[[Sequence[Item]], Result]) -> tuple[Result, tuple[Item, ...]]:
    """What a display says under what the text says, and under which of it.

    Where that clashes with the display, its definitions alone are tried. A claim that cannot be read with them is
    undecided, if it can be without them: they are part of what is said.
    """
    found, plain = read(items), None
    if isinstance(found, (Statement, Ambiguity)):
        relations = [(claim.relation, claim.assume) for claim in claims_of(found)]
        if not any(assumed == one or turned(assumed) == one for one, given in relations for assumed in given):
            return found, tuple(items)
    sure = [item for item in items if item.kind == DEFINITION and not item.case]
    if len(sure) < len(items):
        found = read(sure)
        if isinstance(found, (Statement, Ambiguity)):
            return found, tuple(sure)
    if not sure or isinstance(found, Statement) or found.status == Blocked.status:
        return found, tuple(sure)
    plain = read(())
    if isinstance(plain, Statement) and not plain.claims:
        return plain, ()
    if isinstance(plain, ReadError) and (plain.malformed == found.malformed or not found.malformed):
        return (plain if plain.malformed else found), ()
    said = "; ".join(item.text for item in sure)
    return ReadError(f"with what the text says ({said}) this cannot be read: {found.reason}", found.line, found.column,
                     found.part, Blocked.status), tuple(sure)


def turned(relation: Relation) -> Relation | None:
    """An equation the other way round."""
    return Relation("=", relation.rhs, relation.lhs) if relation.op == "=" else None


def statements_in(found: Result) -> Iterator[Statement]:
    """What was read, in each of its readings."""
    if isinstance(found, Statement):
        yield found
    elif isinstance(found, Ambiguity):
        for one in found.readings:
            yield from statements_in(one.found)


def claims_of(found: Result) -> Iterator[Claim]:
    """The claims of what was read, in each of its readings."""
    for statement in statements_in(found):
        yield from statement.claims


def used_layouts(statement: Statement) -> set[str]:
    """The functions that a statement uses, by their layouts, through the definitions that are unfolded."""
    found: set[str] = set()
    for link in statement.links:
        one = link.content
        terms = [one, *one.assume] if isinstance(one, Claim) else [one.rhs] if isinstance(one, Definition) else [one]
        terms = [one.relation, *one.assume] if isinstance(one, Claim) else terms
        used = statement.environment.used_by(terms)
        found |= {head.layout for term in (*terms, *(each.rhs for each in used)) for head in heads(term)}
    return found
