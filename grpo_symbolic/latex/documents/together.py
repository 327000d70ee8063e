"""The texts of one document read together: the definitions of each serve all, be they printed before or after.

A text is read after those that define what it uses. Of texts that need each other, the last is not waited for: what an
earlier one has used, a later ``=`` claims something of. Two are read as they are printed. What uses a symbol whose
definition could not be read is undecided. A text that defines nothing changes nothing for the others, so that these may
be read without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ...language import LanguageError
from ..kinds.evidence import evidence
from ..kinds.facts import facts_of
from ..kinds.group_size import sizes
from ..kinds.kinds import sorts_of
from ..kinds.parameter import THETA, differentiated, parameter_of
from ..names.defining import (
    Failed,
    Name,
    circular,
    definers,
    equated,
    in_order,
    left_sides,
    may_define,
    met,
    targets_of,
    uses_of,
)
from ..names.environment import Environment
from ..notation.priors import STATES
from ..notation.profiles import Profile
from ..notation.vocabulary import DEFINING
from ..parsing.parser import parse
from ..read_error import Blocked, Fault, Malformed, ReadError, Unfinished, reason_of
from ..spelling.indexed import SIZE, every
from ..statement.parametrised import DEFINITION as QUANTITY
from ..statement.restating import Restated
from ..statement.statement import Statement
from ..statement.written_out import definition_of
from ..statement.written_out import uses as printed_quantities
from .behind import Behind
from .beside import Beside, Result, Serving, names_of, own_definitions, read_under
from .repeated import same_but_for_laws
from .scopes import Item, Scopes

# What a derivative in another letter than θ, or in another font, may start with; told at a glance.
DERIVATIVE = re.compile(r"\\nabla\s*_(?!\s*\{?\s*\\theta\s*(?![A-Za-z\s'_^]))|\\partial(?![A-Za-z])|\\d?frac\s*\{\s*d"
                        r"|\\d?frac\s*\{\s*\\(?:mathrm|operatorname|text)\s*\{\s*d\s*\}")

# What a policy with arguments may be; told at a glance.
APPLIED = re.compile(r"\\pi(?![A-Za-z])[^()]{0,40}\(")

# What a condition of a law, or a state, may be.
CONTEXT = re.compile(r"\||\\(?:mid|[lr]?vert|given)(?![A-Za-z])|(?<![A-Za-z\\])(?:"
                     + "|".join(sorted(STATES)) + r")(?![A-Za-z])")

# What a group of another size than G may show; told at a glance.
GROUPED = re.compile(r"\\}\s*_|1\s*:|dots")

# The ends of a sum over the steps of a path.
STEPS = re.compile(r"\\(?:sum|prod)\s*(?:\\limits)?\s*_\s*\{\s*t\s*=\s*([0-9])\s*\}\s*\^\s*\{?\s*"
                   r"([A-Z](?:\s*-\s*1)?|\\infty)(?![A-Za-z])")

Read = Callable[[int, Environment, Sequence[Failed], Sequence[Item]], Result]


class Together:
    """The texts, where each stands (``eq:loss, line 12``), what reads one of them in an environment, and what the
    document says beside them, by the offsets of the texts in it."""

    def __init__(self, texts: Sequence[str], origins: Sequence[str], profile: Profile, read: Read,
                 scopes: Scopes | None = None, offsets: Sequence[int] = ()) -> None:
        self.texts, self.origins, self.profile, self.read = texts, origins, profile, read
        self.environment = Environment(parameters=parameters_in(texts, profile), sizes=sizes_in(texts, profile),
                                       applied=unconditional_in(texts, profile), steps=steps_in(texts))
        self.failed: dict[str, list[Failed]] = {}
        self.defined_at: dict[str, int] = {}
        self.results: dict[int, Result] = {}
        self.read_yet: set[int] = set()
        self.readable: set[str] = set()
        sides = [left_sides(text, profile) for text in texts]
        self.sides = [list(targets_of(found)) for found in sides]
        self.defining = {place for place, found in enumerate(sides) if may_define(found)}
        self.targets = [[one for one in found if one.sign in DEFINING or not equated(text, one)]
                        for text, found in zip(texts, self.sides, strict=True)]
        self.related: dict[str, list[int]] = {}
        for place, found in enumerate(self.sides):
            for name in {one.name.name for one in found}:
                self.related.setdefault(name, []).append(place)
        self.reached = 0
        self.last = max((place for place, found in enumerate(self.targets) if found), default=-1)
        self.places: dict[str, list[int]] = {}
        for place, found in enumerate(self.targets):
            for name in {one.name.name for one in found}:
                self.places.setdefault(name, []).append(place)
        self.behind = Behind(texts, self.places, profile)
        self.beside = Beside(scopes, offsets, self.targets, profile)
        self.served: dict[int, Serving] = {}
        self.used: dict[int, tuple[Name, ...]] = {}
        self.circles: dict[int, str] = {}
        self.claiming: set[int] = set()
        self.quantities: dict[str, int] = {}
        self.awaited: dict[int, tuple[int, ...]] = {}

    def result(self, place: int) -> Result:
        """What a text says, read after those that define what it uses, and after all before it that define anything.

        Texts are asked for in order, each once; those that are not asked for cost no more than what they define.
        """
        while self.reached <= place:
            self.reach(self.reached, wanted=self.reached == place)
            self.reached += 1
        return self.results.pop(place)

    def reach(self, place: int, wanted: bool) -> None:
        """Read what comes before a text, and the text where it is ``wanted`` or may define something."""
        if place not in self.read_yet:
            for other in self.before(place) if place < self.last else ():
                self.take(other)
            if wanted or place in self.defining:
                self.take(place)

    def take(self, place: int) -> None:
        """Read a text, and note what it says."""
        names = [one.name for one in self.targets[place]]
        self.awaited[place] = self.later(place)
        failed = self.failures([*names, *self.uses(place)], self.serving(place).given) if self.failed else ()
        beside = self.beside.items or self.beside.told
        found = self.read_beside(place, failed) if beside else self.read(place, self.environment, failed, ())
        if isinstance(found, ReadError) and found.malformed and self.beside.anew(place) and any(
                str(name) in self.readable for name in names):
            found = ReadError(found.reason, found.line, found.column)  # it may have another meaning from here on
        if place in self.circles:
            found = ReadError(self.circles[place], status=Malformed.status)
        if isinstance(found, ReadError) and found.status == Blocked.status and (other := self.printed_before(place)):
            found = ReadError(f"prints the definition of {names[0]} once more ({other}): it claims nothing",
                              found.line, found.column, status=Unfinished.status)
        self.results[place] = found
        self.read_yet.add(place)
        if place in self.defining:
            self.serve(place, found, names, failed)

    def serve(self, place: int, found: Result, names: Sequence[Name], failed: Sequence[Failed]) -> None:
        """Note what a text has defined, or has failed to define, for those that are read after it."""
        if isinstance(found, Statement):
            known = self.environment.names
            for layout in found.environment.names.keys() - known.keys():
                self.defined_at.setdefault(layout, place)
            new = {layout: one for layout, one in found.environment.names.items() if layout not in known}
            self.environment = found.environment.with_names({**known, **new})
        cause = met(self.uses(place), failed) if names and failed else None
        quantity = definition_of(self.texts[place]) if self.quantities else None
        if quantity is not None and quantity[0] in self.quantities:
            pass  # it claims something of what another text says it is
        elif cause is not None:
            self.fail(cause[1].resting(name) for name in names)
        elif isinstance(found, (Statement, Restated)):
            self.readable |= set(map(str, names))
        else:
            text = self.quantity(place, found)
            if text and (defined := definition_of(text)) is not None:
                self.quantities.setdefault(defined[0], place)
            self.fail(Failed(one.name, self.origins[place], found.reason, text=text) for one in self.targets[place]
                      if one.sign in DEFINING or str(one.name) not in self.readable)

    def later(self, place: int) -> tuple[int, ...]:
        """The later texts, not read yet, that would define what a text uses: it may be meant of what they say."""
        found = set[int]()
        for name in self.uses(place):
            others = {other for other in self.places.get(name.name, ())
                      if any(name.is_target(one.name) for one in self.targets[other])}
            found |= {other for other in others if other > place} if others.isdisjoint(self.read_yet) else set()
        return tuple(sorted(other for other in found if not self.turns(other)))

    def quantity(self, place: int, found: Result) -> str:
        """A text that defines a quantity of steps; empty for any other."""
        defines = isinstance(found, ReadError) and found.status == QUANTITY
        return self.texts[place] if defines and definition_of(self.texts[place]) is not None else ""

    def steps_behind(self, place: int) -> tuple[int, ...]:
        """The texts that define the quantities of steps that a text uses, and what those use."""
        found, waiting = dict[int, None](), [place]
        while waiting and self.quantities:
            for other in quantities_in(self.texts[waiting.pop()], self.quantities):
                if other not in (place, *found):
                    found[other] = None
                    waiting.append(other)
        return tuple(found)

    def printed_before(self, place: int) -> str:
        """Where the definition stands that could not be read, and that a text prints once more; empty if none does."""
        own = self.targets[place]
        before = (other for other in self.places.get(own[0].name.name, ()) if other < place) if len(own) == 1 else ()
        failed = {one.origin for one in self.failed.get(own[0].name.name, ())} if own else set()
        return next((self.origins[other] for other in before if self.origins[other] in failed
                     and same_but_for_laws(self.texts[place], self.texts[other])), "")

    def serving(self, place: int) -> Serving:
        """What the document says beside a text that bears on it."""
        if not self.beside.items:
            return Serving()
        if place not in self.served:
            names = names_of(self.texts[place], self.profile)
            self.served[place] = self.beside.serving(place, names, self.behind.names(names, self.claiming))
        return self.served[place]

    def read_beside(self, place: int, failed: Sequence[Failed]) -> Result:
        """What a text says under what the document says beside it."""
        serving, known = self.serving(place), self.environment
        try:
            under = self.beside.before(serving.given, known, self.uses(place))
            found, given = read_under(serving.given, lambda items: self.read(place, under if items else known, failed,
                                                                             items))
            doubts = [*serving.doubtful, *(item for item in serving.given if item not in given)]
            under = under if given else known
            read = self.beside.with_taken(found, given, doubts, under)
            return self.noted(place, read, under) if isinstance(read, Statement) else read
        except LanguageError as error:
            return ReadError(reason_of(error), status=Blocked.status)

    def noted(self, place: int, found: Statement, under: Environment) -> Result:
        """A statement, once it is noted what it defines ``under`` what is known, and what it fails to define."""
        given, known, own = self.serving(place).given, self.environment, self.targets[place]
        if (other := self.beside.contradicted(found, given, own)) is not None:
            item, refused = other
            self.beside.end(item, self.beside.offsets[place] + 1)
            self.fail([Failed(self.beside.defined[item], self.origins[place], refused.reason)])
            return refused
        if (lost := self.beside.unread(found, given)) is not None:
            reason = f"what it rests on could not be read ({self.beside.called(lost)})"
            self.fail([Failed(one.name, self.origins[place], reason) for one in own])
            return replace(found, environment=known)
        environment, defined = own_definitions(found, known, under)
        if place in self.defining:
            self.beside.rests.update((layout, self.beside.taken(found, given, under)) for layout in defined)
        return replace(found, environment=environment)

    def fail(self, failed: Iterable[Failed]) -> None:
        """Note definitions that could not be read."""
        for one in failed:
            self.failed.setdefault(one.name.name, []).append(one)

    def failures(self, names: Iterable[Name], given: Sequence[Item] = ()) -> tuple[Failed, ...]:
        """The definitions that could not be read of symbols of these names, whatever their scripts; none of symbols
        that the text ``given`` beside defines."""
        told = [self.beside.defined[item] for item in given if item in self.beside.defined]
        return tuple(one for name in dict.fromkeys(name.name for name in names) for one in self.failed.get(name, ())
                     if not any(one.name.is_target(target) for target in told))

    def before(self, place: int) -> list[int]:
        """The later texts to be read before the one at ``place``, in order, but for those that need that one."""
        parts = self.parts(place)
        while waited := {part[-1] for part in parts if self.claims(part)}:
            self.claiming |= waited
            parts = self.parts(place)
        for part in parts:
            self.refuse_circle(part)
        needed = self.needed(place)
        return [one for part in parts if place not in part for one in part if one in needed]

    def claims(self, part: Sequence[int]) -> bool:
        """Whether the last of texts that need each other claims something of what an earlier one uses. Of two that
        define each other none does."""
        *others, last = part
        return (len(others) > 1 or len(others) == 1 and not set(self.needs(last)) & set(others)) and all(
            one.sign not in DEFINING for one in self.targets[last])

    def parts(self, place: int) -> list[list[int]]:
        """The text at ``place`` and those it needs, in order; those that need each other stand in one list, as do a
        text and an earlier one that it turns round: r = β log π^* after π^* ∝ e^{r/β}."""
        needed = self.needed(place, self.turned)
        if len(needed) == 1:
            return []
        order = sorted(needed)
        number = {one: count for count, one in enumerate(order)}
        return [[order[count] for count in part] for part in in_order(
            len(order), {number[one]: {number[other] for other in others} for one, others in needed.items()})]

    def needed(self, place: int, more: Callable[[int], Sequence[int]] = lambda place: ()) -> dict[int, list[int]]:
        """The text at ``place`` and those it needs, each with those that it needs itself, and ``more``."""
        found: dict[int, list[int]] = {}
        waiting = [place]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = [*self.needs(one), *more(one)]
                waiting += found[one]
        return found

    def turned(self, place: int) -> list[int]:
        """The earlier texts, not read yet, that say what a symbol is equal to that the text at ``place`` uses, be it
        defined so or not."""
        return [other for other in self.equating(place) if other not in self.read_yet]

    def equating(self, place: int) -> list[int]:
        """The earlier texts that say what a symbol is equal to that the text at ``place`` uses."""
        names = self.uses(place)
        others = {other for name in names for other in self.related.get(name.name, ()) if other < place}
        return sorted(other for other in others
                      if any(name.is_target(one.name) for one in self.sides[other] for name in names))

    def turns(self, place: int) -> bool:
        """Whether a text says of a symbol what a definition that uses it says already: it claims that."""
        defining = set(self.defined_at.values())
        return any(other in defining and any(
            name.is_target(one.name) for name in self.uses(other) for one in self.targets[place])
            for other in self.equating(place))

    def refuse_circle(self, part: Sequence[int]) -> None:
        """Texts that need each other and whose signs do nothing but define: what they define has no meaning."""
        defining = [(place, one) for place in part for one in self.targets[place] if one.sign in DEFINING]
        if len({place for place, _ in defining}) > 1:
            (_, first), (place, second) = defining[0], defining[-1]
            reason = self.circles[place] = circular(str(first.name), str(second.name))
            self.fail([Failed(second.name, self.origins[place], reason)])

    def needs(self, place: int) -> list[int]:
        """The texts not read yet that are the first to define what the one at ``place`` uses."""
        found = set()
        for name in self.uses(place):
            places = [other for other in self.places.get(name.name, []) if other not in {place, *self.claiming}]
            found |= {places[one] for one in definers(name, [self.targets[other] for other in places])[:1]}
        return sorted(found - self.read_yet)

    def uses(self, place: int) -> tuple[Name, ...]:
        """What a text, and what the document says beside it, uses; nothing where it cannot be parsed."""
        if place not in self.used:
            try:
                content, _ = parse(self.texts[place], self.profile)
                names = tuple(name for piece in content.pieces for name in uses_of(piece))
                self.used[place] = self.beside.undefined(names, self.serving(place).given)
            except (Fault, RecursionError):
                self.used[place] = ()
        return self.used[place]


def steps_in(texts: Sequence[str]) -> tuple[str, str] | None:
    """The first and the last step of the sums of a document over t; None where there are none, or they differ."""
    found = {(one[1], "".join(one[2].split())) for text in texts for one in STEPS.finditer(text)}
    return found.pop() if len(found) == 1 else None


def quantities_in(text: str, places: Mapping[str, int]) -> list[int]:
    """Where the quantities of steps are defined that a text prints."""
    try:
        return [places[name] for _, name in printed_quantities(text, places)]
    except Fault:
        return []


def parameters_in(texts: Sequence[str], profile: Profile) -> frozenset[str]:
    """The letters by which the texts of a document differentiate, where one of them is not θ."""
    found: set[str] = set()
    for text in texts:
        if DERIVATIVE.search(text):
            try:
                content, _ = parse(text, profile)
                names = {name for name, _ in differentiated(every(content))}
                found |= names if len(names) > 1 or not parameter_of([content]).number else set()
            except (Fault, RecursionError):
                continue
    return frozenset(found) if found - {THETA} else frozenset()


def sizes_in(texts: Sequence[str], profile: Profile) -> frozenset[str]:
    """The letters that the texts of a document have for the size of a group, where one of them is not G."""
    found: set[str] = set()
    for text in texts:
        if GROUPED.search(text):
            try:
                found |= sizes(parse(text, profile)[0])
            except (Fault, RecursionError):
                continue
    return frozenset(found) if found - {SIZE} else frozenset()


def unconditional_in(texts: Sequence[str], profile: Profile) -> bool:
    """Whether the policies of a document have no context: one is printed with arguments, and no text has a condition
    of a law, or a state."""
    applied = False
    for text in texts if any(map(APPLIED.search, texts)) else ():
        if applied and CONTEXT.search(text) is None:
            continue
        try:
            content, lexemes = parse(text, profile)
        except (Fault, RecursionError):
            continue
        uses = evidence(content)
        sorts = sorts_of(uses)
        if any(use == "conditioned" or sorts.get(letter) == "state" for letter, use in uses):
            return False
        applied = applied or facts_of(lexemes, uses).applied
    return applied
