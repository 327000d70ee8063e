"""What a statement as a whole says about its letters: which are laws, which state and group are the ambient ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from ..notation.priors import POLICY, TRAJECTORY
from ..parsing.bars import Lexeme
from ..parsing.lexemes import has_bar, in_word, index_of, letter, step_of, symbol_before
from ..parsing.naming import Nucleus
from .anonymous import Mention, Plan, planned
from .evidence import STANDS_AT, Use
from .kinds import calculated_only, laws_of, sorts_of
from .numbering import SAMPLED, SAMPLES, Constraint, Numbering, Place, family_of, solved
from .parameter import Parameter
from .tables import Table


@dataclass(frozen=True)
class Facts:
    """``declared`` has the sorts of letters that stand as arguments of defined functions. ``state``, ``group``,
    ``action`` name the ambient variables; ``trajectory`` is set where τ is one, ``shaped`` where a sign of vectors or
    matrices is printed, ``vectors`` are the letters that have one, ``conditioned`` where a policy is printed with a
    context, ``applied`` where one is printed with arguments at all. ``outcomes`` are the letters that a law is
    applied to, ``anything`` is the letter that stands for whatever is drawn. ``indexed`` are the symbols printed with
    a group index in this text, ``members`` those of all texts of the statement, of which one is ``grouped`` where it
    draws a group; ``sequences`` are the letters that have a prefix here; ``constraints`` what all texts say of the
    numbering of families, ``evidence`` what letters are used as, ``alone`` the symbols that stand somewhere without a
    bracket after them, ``outside`` those that do so outside of all expectations, ``mentions`` what is said of moments
    without a law, ``parameter`` the one of the statement, ``said`` the sorts that declarations give to letters,
    ``kinds`` the declared kinds of symbols, ``choices`` which option is taken where the text leaves something open,
    by its subject, ``own`` the letters for all of whose values definitions of this text speak, and which say nothing
    of other texts, ``table`` the table of the parameters by whose cells the statement differentiates."""

    state: str = "s"
    group: str = "a"
    action: str = ""
    trajectory: bool = False
    shaped: bool = False
    vectors: frozenset[str] = field(default_factory=frozenset)
    conditioned: bool = False
    applied: bool = False
    outcomes: frozenset[str] = field(default_factory=frozenset)
    anything: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)
    indexed: frozenset[str] = field(default_factory=frozenset)
    members: frozenset[str] = field(default_factory=frozenset)
    sequences: frozenset[str] = field(default_factory=frozenset)
    grouped: bool = False
    constraints: frozenset[Constraint] = field(default_factory=frozenset)
    evidence: frozenset[Use] = field(default_factory=frozenset)
    alone: frozenset[str] = field(default_factory=frozenset)
    outside: frozenset[str] = field(default_factory=frozenset)
    mentions: frozenset[Mention] = field(default_factory=frozenset)
    parameter: Parameter = Parameter()
    said: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, int] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    table: Table | None = None

    @cached_property
    def sorts(self) -> Mapping[str, str]:
        """The sorts of letters that name a variable where nothing binds them."""
        found = {**sorts_of(self.evidence), **self.said}
        return {letter: sort for letter, sort in found.items() if sort}

    @cached_property
    def laws(self) -> frozenset[str]:
        """The symbols that name laws, policies apart."""
        return laws_of(self.evidence)

    @cached_property
    def numbering(self) -> Numbering:
        """From which number on families and ranges are counted."""
        return solved(self.constraints)

    @cached_property
    def plan(self) -> Plan:
        """What a sample is where the law of a moment is not printed."""
        return planned(self.mentions, self.sorts, self.evidence, self.laws) if self.mentions else Plan()

    def noting(self, **known: Any) -> Facts:
        """The same facts with other choices, members or sorts of arguments, on which nothing that is worked out here
        depends."""
        twin = object.__new__(Facts)
        twin.__dict__.update(self.__dict__, sorts=self.sorts, numbering=self.numbering, plan=self.plan, **known)
        return twin

    def family(self, symbol: Nucleus, number: int) -> Place:
        """The place of a family: that of the samples for what is drawn, unless a text has it as numbers."""
        own = family_of(symbol, number)
        known = own in self.numbering.offsets or own in self.numbering.stuck
        drawn = own[1] in SAMPLED or self.sorts.get(own[1]) == "state"
        return SAMPLES if drawn and not known else own

    @property
    def unconditional(self) -> bool:
        """Whether policies have no context here: every one that is printed with arguments is printed without."""
        return self.applied and not self.conditioned

    def beside(self, others: Iterable[Usage]) -> Facts:
        """The facts of a text among others: a policy that has a context in one of them has one in all."""
        more = [one for one in others if one is not self and (
            isinstance(one, Facts) or one.conditioned or one.applied or one.constraints)]
        if not more:
            return self.noting(members=self.indexed)
        known = (self, *more)
        texts = [facts for facts in known if isinstance(facts, Facts)]
        told = {use for facts in texts if facts is not self for use in facts.evidence
                if use[0] not in facts.own | self.own}
        told |= {(use.removeprefix(STANDS_AT), "calculated") for facts in texts if facts is not self
                 for letter, use in facts.evidence if letter in facts.own and use.startswith(STANDS_AT)}
        bare = self.applied and not self.conditioned  # what a text prints without a condition has none in it
        return replace(self, conditioned=not bare and any(facts.conditioned for facts in known),
                       applied=any(facts.applied for facts in known),
                       members=frozenset().union(*(facts.indexed for facts in texts)),
                       grouped=any(facts.grouped for facts in texts),
                       shaped=any(facts.shaped for facts in texts),
                       vectors=frozenset().union(*(facts.vectors for facts in texts)),
                       constraints=frozenset().union(*(facts.constraints for facts in known)),
                       evidence=self.evidence | told,
                       alone=frozenset().union(*(facts.alone for facts in texts)),
                       outside=frozenset().union(*(facts.outside for facts in texts)),
                       mentions=frozenset().union(*(facts.mentions for facts in texts)))


class Usage(Protocol):
    """What is known of the use of policies, and of the numbering of families."""

    @property
    def conditioned(self) -> bool: ...

    @property
    def applied(self) -> bool: ...

    @property
    def constraints(self) -> frozenset[Constraint]: ...


def facts_of(lexemes: list[Lexeme], uses: frozenset[Use], **more: Any) -> Facts:
    """The facts of one text, in which letters have the given uses; ``more`` are those that its lexemes do not tell."""
    laws, sorts = laws_of(uses), sorts_of(uses)
    states: list[str] = []
    conditions: list[str] = []
    groups: list[str] = []
    actions: list[str] = []
    calls: list[tuple[str, str]] = []
    trajectory = conditioned = applied = False
    last = len(lexemes) - 1
    for index, lexeme in enumerate(lexemes):
        if lexeme.type == "OPEN" and lexeme.value == "(":
            applied_to = symbol_before(lexemes, index)
            if applied_to == POLICY:
                applied = True
                conditioned |= has_bar(lexemes, index)
            if applied_to == POLICY or applied_to in laws:
                calls.append((applied_to, letter(lexemes, index + 1)))
        conditioned |= lexeme.type == "SCRIPT" and lexeme.value[0] == "^" and \
            sorts.get(lexeme.value[1].value) == "state"
        if lexeme.type != "ATOM" or lexeme.value.kind != "sym":
            continue
        name = lexeme.value.value
        sort = "" if name in laws else sorts.get(name)
        if sort == "state" and not in_word(lexemes, index):
            full = name + step_of(lexemes, index)
            before = lexemes[index - 1] if index else None
            (conditions if before is not None and before.value == "|" else states).append(full)
        elif name == TRAJECTORY and index < last:
            before = lexemes[index - 1] if index else None
            lone = before is not None and (before.type == "OPEN" and before.value != "brace" or before.type == "LONG"
                                           and before.value == "_")
            trajectory |= lone and (lexemes[index + 1].type in ("CLOSE", "REL") or lexemes[index + 1].value == "|")
        if sort in ("action", "state") and not in_word(lexemes, index):
            if index_of(lexemes, index):
                groups.append(name)
            elif sort == "action":
                actions.append(name + step_of(lexemes, index))
    ambient = conditions + states
    trajectory = trajectory and (TRAJECTORY, "counted") not in uses and not calculated_only(TRAJECTORY, uses)
    group = next((name for name in groups if sorts.get(name) == "action"), "") or (
        actions[0].partition("_")[0] if actions else "a")
    conditioned, applied = conditioned or (POLICY, "conditioned") in uses, applied or (POLICY, "applied") in uses
    return Facts(ambient[0] if ambient else "s", group, actions[0] if actions else "", trajectory,
                 conditioned=conditioned, applied=applied, outcomes=frozenset(name for _, name in calls), evidence=uses,
                 **more)
