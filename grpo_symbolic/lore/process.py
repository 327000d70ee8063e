r"""Values, advantages, visited states and objectives of a decision process, read as the field reads them.

V^\pi(s) = E_π[Σ_k γ^k r(s_k,a_k) | s_0 = s], Q^π and A^π with it; d^\pi(s) = (1−γ) Σ_k γ^k Pr(s_k = s), or without
the factor; J(π) = E_{s∼ρ_0}[V^π(s)]; P leads from a state and an action to the next state. Each is taken where
nothing defines it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sympy import Basic

from ..language import (
    ALL,
    CONSTANT,
    ENDLESS,
    NONE,
    ActionValue,
    Advantage,
    App,
    Claim,
    Const,
    Definition,
    Expect,
    Frac,
    Head,
    LanguageError,
    Law,
    Length,
    Neg,
    Node,
    Num,
    Ordinal,
    Policy,
    Power,
    Prefix,
    Prob,
    ProcessLaw,
    Product,
    Relation,
    Scope,
    Start,
    StateLaw,
    Sum,
    Term,
    TokenOf,
    Transition,
    Value,
    Var,
    Visited,
    node,
    plus,
    sort_of,
    span,
)
from ..language.formal import Formal
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.reader import read_expression
from ..latex.statement.statement import Link, Statement
from .matching import kin, layout_of
from .table import Entry, Variant
from .told import agrees
from .unfolding import Reading, taken_by

POLICY = r"(?P<policy>\\(?:pi|mu|nu|beta)(?![A-Za-z]).*|\{?\\theta(?:_\{?.*)?)"
BELOW = POLICY.replace("policy", "below")
VALUES = re.compile(rf"(?P<letter>[VQA])(?P<step>_\{{#1\}})?(?:\^\{{{POLICY}\}}|_\{{{BELOW}\}})\((?P<places>[^()]*)\)")
OBJECTIVES = re.compile(rf"(?:J|\\mathcal\{{J\}}|\\eta)\((?:{POLICY})\)")
STARTS = re.compile(r"(?:\\rho|\\mu|d|p)_\{?0\}?")
MOVES = frozenset((r"P", r"p", r"\mathcal{P}", r"\mathbb{P}", r"\mathcal{T}"))
GAMMA = r"\gamma"
REWARDS = ("r(#1, #2)", "R(#1, #2)")
CRITIC = re.compile(r"(?:\\hat\{)?[VQA]\}?(?:_\{#\d\})?(?:\(.*)?")
SPOKEN = Entry("values over time", (), (
    Variant((r"V^\pi(s) = \mathbb{E}_\pi[\sum_k \gamma^k r(s_k,a_k) | s_0 = s]",),),
    Variant((r"d^\pi(s) = \sum_k \gamma^k \Pr(s_k = s)",),)),
    words="discounted visitation occupancy occupancies performance distribution initial starting start visited")


class NotRead(Exception):
    """A statement that speaks of no process, or of more than is read."""


class Said(NamedTuple):
    """What a process is in a statement: its discount, its reward, the ``scale`` of visited states, and how many steps
    its paths have, ENDLESS where they do not end."""

    discount: Node
    reward: Head
    scale: Node
    steps: Basic

    def paid(self, policy: Policy) -> Node:
        """What is paid along a path, on average."""
        if self.steps == ENDLESS:
            first = Var("s_0", "state")
            return Expect(Start(), Scope.close(first, Value(policy, first, self.discount, self.reward)))
        path, t = Var(r"\tau", "action"), Var("t", "token")
        worth = self.reward(Prefix(path, t), TokenOf(path, t))
        weight = Power(self.discount, plus(Ordinal(t), Neg(Num(1))))
        summed = Sum(self.steps, NONE, Scope.close(t, worth if self.discount == node(1) else weight * worth))
        return Expect(Law(policy), Scope.close(path, summed))


@dataclass(frozen=True)
class Reader:
    """Rewrites the terms of a statement into those of a process; ``read`` notes what was read, as it is printed."""

    said: Said
    policies: Mapping[str, Policy]
    read: dict[str, str]

    def __call__(self, term: Any, names: Mapping[Var, Basic]) -> Any:
        """The term with other variables for some; of a sum over next states these are states."""
        method = getattr(self, "on_" + type(term).__name__, None)
        if method is not None and (found := method(term, names)) is not None:
            return found
        if isinstance(term, Var):
            return names.get(term, term)
        if not isinstance(term, Term) or not term.args:
            return term
        return term.with_args(tuple(self(arg, names) for arg in term.args))

    def on_Scope(self, scope: Scope, names: Mapping[Var, Basic]) -> Scope:
        var, body = scope.open(frozenset(names))
        new = Var(var.name, "state") if var in successors(body) else var
        return Scope.close(new, self(body, {**names, var: new}))

    def on_Sum(self, term: Any, names: Mapping[Var, Basic]) -> Any:
        """A sum over next states, of which the variable becomes a state."""
        scope = self.on_Scope(term.scope, names)
        if scope.sort == "state" and term.args[0] != ALL:
            raise NotRead
        return type(term)(self(term.args[0], names), self(term.args[1], names), scope)

    def on_Formal(self, term: Formal, names: Mapping[Var, Basic]) -> Any:
        found = EXPECTED.fullmatch(term.layout)
        if found is None or found["law"] not in MOVES or len(term.args) != 5 or not isinstance(term.args[2], Scope):
            raise NotRead
        scope = term.args[2]
        var, body = scope.open(frozenset(names))
        new = Var(var.name, "state")
        state, action = (self(arg, names) for arg in term.args[3:])
        return Expect(self.moved(state, action), Scope.close(new, self(body, {**names, var: new})))

    def on_Prob(self, term: Prob, names: Mapping[Var, Basic]) -> Any:
        law = term.law
        if isinstance(law, Law) and law.policy.name in MOVES and law.policy.point == CONSTANT:
            outcome = names.get(term.action, term.action) if isinstance(term.action, Var) else term.action
            if sort_of(outcome) != "state" or len(law.context) != 2:
                raise NotRead
            return Prob(self.moved(*(self(arg, names) for arg in law.context)), outcome)
        if isinstance(law, StateLaw):
            return self.scaled(self.states(law), Prob(self.states(law), self(term.action, names)))
        return None

    def on_Expect(self, term: Expect, names: Mapping[Var, Basic]) -> Any:
        if not isinstance(term.law, StateLaw):
            return None
        law = self.states(term.law)
        return self.scaled(law, Expect(law, self.on_Scope(term.scope, names)))

    def on_App(self, term: App, names: Mapping[Var, Basic]) -> Any:
        layout, params = term.head.layout, [self(arg, names) for arg in term.params]
        if (found := VALUES.fullmatch(layout)) is not None:
            policy = self.policy(found["policy"] or found["below"])
            self.read[latex(term)] = f"{found['letter']}^π"
            rest = (self.said.discount, self.said.reward)
            if found["step"]:
                step, *params = params
                if not params or not isinstance(params[0], Prefix) or params[0].args[1] != step:
                    raise NotRead
            if any(sort_of(arg) != sort for arg, sort in zip(params, ("state", "action"), strict=False)):
                raise NotRead
            if found["letter"] == "V" and len(params) == 1:
                return Value(policy, *params, *rest)
            if found["letter"] != "V" and len(params) == 2:
                return (ActionValue if found["letter"] == "Q" else Advantage)(policy, *params, *rest)
            raise NotRead
        if (found := OBJECTIVES.fullmatch(layout)) is not None and not params:
            self.read[latex(term)] = "J"
            return self.said.paid(self.policy(found["policy"]))
        if STARTS.fullmatch(layout.partition("(")[0]) and len(params) == 1 and sort_of(params[0]) == "state":
            return Prob(Start(), params[0])
        return App(term.head, *params)

    def moved(self, state: Basic, action: Basic) -> Transition:
        """Where an action leads."""
        if sort_of(state) != "state" or sort_of(action) != "action":
            raise NotRead
        return Transition(state, action)

    def states(self, law: StateLaw) -> ProcessLaw:
        """The first states, or those that a policy visits."""
        policy = law.policy
        if policy is None:
            raise NotRead
        if STARTS.fullmatch(policy.name):
            self.read[policy.name] = "start"
            return Start()
        if not policy.name.startswith((r"\pi", r"\mu", r"\nu", r"\beta")):
            raise NotRead
        self.read["d^π"] = "d^π"
        return Visited(policy, self.said.discount)

    def scaled(self, law: ProcessLaw, term: Node) -> Node:
        """What is said of visited states, by how they are weighted."""
        return term if isinstance(law, Start) or self.said.scale == node(1) else self.said.scale * term

    def policy(self, text: str) -> Policy:
        """The policy that is printed so. Raises NotRead."""
        printed = rf"\pi_{{{text}}}" if text.lstrip("{").startswith(r"\theta") else text
        for name, policy in self.policies.items():
            if name in (printed, text):
                return policy
        try:
            return read_expression(f"{printed}(a|s)").law.policy
        except (ReadError, LanguageError, AttributeError):
            raise NotRead from None


EXPECTED = re.compile(r"\\mathbb\{E\}_\{@1 \\sim (?P<law>\S+)\(\\cdot\|#2, #3\)\}\\left\[ #1 \\right\]")


def successors(body: Any) -> set[Basic]:
    """The variables to which an action leads: outcomes of P."""
    return {part.action for part in body.walk() if isinstance(part, Prob) and isinstance(part.law, Law)
            and part.law.policy.name in MOVES and part.law.policy.point == CONSTANT and len(part.law.context) == 2}


def read_processes(statement: Statement) -> Iterator[tuple[Statement, tuple[Reading, ...]]]:
    """The statement as one of a decision process, visited states with weights that sum to one, and with others.

    Nothing where it speaks of none, or of more than is read, or where a definition says what its symbols are.
    """
    taken = taken_by(statement)
    if not all(agrees(SPOKEN, taken.told.get(name, frozenset())) for name in "jvqad"):
        return
    own = {kin(layout_of(link.content.lhs)) for link in statement.links if isinstance(link.content, Definition)
           and link.content.head is not None}
    if {"v", "q", "a", "d"} & (taken.defined - own | taken.declared):
        return
    for number in range(len(SPOKEN.variants)):
        try:
            links, read = [], dict[str, str]()
            for link in statement.links:
                found, seen = converted(link, number)
                links.append(found)
                read |= seen
        except (NotRead, LanguageError):
            return
        visits = "d^π" in read
        if number and not visits:
            return
        yield replace(statement, links=tuple(links)), tuple(said(number, read))


def said(number: int, read: Mapping[str, str]) -> Iterator[Reading]:
    """What was read, as a verdict shows it."""
    weight = "" if "undiscounted" in read else r"\gamma^k "
    for printed, kind in read.items():
        if kind == "":
            continue
        if kind == "d^π":
            factor = "" if number else r"(1-\gamma) "
            yield Reading(SPOKEN, number, rf"d^\pi(s) = {factor}\sum_k \gamma^k \Pr(s_k = s)")
        elif kind == "J":
            yield Reading(SPOKEN, number, rf"{printed} = \mathbb{{E}}[\sum_k {weight}r(s_k,a_k)]")
        elif kind == "start":
            yield Reading(SPOKEN, number, rf"s_0 \sim {printed}")
        elif kind == "A^π":
            yield Reading(SPOKEN, number, rf"{printed} = Q^\pi(s,a) - V^\pi(s)")
        else:
            given = "s_0 = s" if kind == "V^π" else "s_0 = s, a_0 = a"
            yield Reading(SPOKEN, number, rf"{printed} = \mathbb{{E}}[\sum_k {weight}r(s_k,a_k) | {given}]")


def converted(link: Link, number: int) -> tuple[Link, dict[str, str]]:
    """A link as one of a process. Raises NotRead."""
    content = link.content
    if isinstance(content, Definition) and content.hints.get("op") == "eq":
        content = Claim(Relation("=", content.lhs, content.rhs))
    if not isinstance(content, Claim):
        raise NotRead
    relation = content.expanded()
    parts = list(relation.walk())
    if any(isinstance(part, Product) for part in parts):
        raise NotRead
    read = dict[str, str]()
    process = said_of(parts, number)
    read |= {"undiscounted": ""} if process.discount == node(1) else {}
    reader = Reader(process, {latex(part): part for part in parts if isinstance(part, Policy)}, read)
    free = {var: Var(var.name, "state") for var in relation.free if var in successors(relation)}
    found = reader(relation, free)
    named = any(kind in ("V^π", "Q^π", "A^π", "J") for kind in read.values())
    if not (named and timed(parts) or read and discounted(parts)):
        raise NotRead
    assume = (*content.assume, *bounds(found, content.assume))
    return replace(link, kind="claim", content=replace(content, relation=found, where=(), assume=assume,
                                                       fixed=frozenset())), read


def timed(parts: Sequence[Basic]) -> bool:
    """Whether a statement shows that it speaks of steps in time: a discount, a next state, visited states, paths."""
    return discounted(parts) or any(isinstance(part, (StateLaw, Formal)) or isinstance(part, Scope)
                                    and part.sort == "token" for part in parts)


def discounted(parts: Sequence[Basic]) -> bool:
    """Whether a statement has a discount, or says where an action leads."""
    return any(isinstance(part, Law) and part.policy.name in MOVES or isinstance(part, Const) and part.name == GAMMA
               for part in parts)


def has_critic(statement: Statement) -> bool:
    r"""Whether a statement has a value or an advantage of no policy, or a quantity of a step, as \hat A_t.

    It may be one of the policy at hand, which nothing says.
    """
    relations = (link.content.relation if isinstance(link.content, Claim) else link.content for link in statement.links)
    return any(isinstance(part, App) and ("(" not in part.head.layout or CRITIC.fullmatch(part.head.layout))
               for one in relations if isinstance(one, Term) for part in one.walk())


def bounds(relation: Relation, given: Sequence[Relation]) -> Iterator[Relation]:
    """That a discount of which nothing is given is one."""
    discount = next((part for part in relation.walk() if isinstance(part, Const) and part.name == GAMMA), None)
    if discount is not None and not any(discount in one.walk() for one in given):
        yield Relation("≥", discount, node(0))
        yield Relation("<", discount, node(1))


def said_of(parts: list[Basic], number: int) -> Said:
    """The discount and the reward that a statement prints, and how it weights visited states."""
    consts = {part.name: part for part in parts if isinstance(part, Const)}
    heads = {part.head.layout: part.head for part in parts if isinstance(part, App)}
    ends = {span(part.args[0])[1] for part in parts if isinstance(part, Sum) and part.scope.sort == "token"}
    if len(ends) > 1 or any(isinstance(part, Length) for end in ends for part in end.walk()):
        raise NotRead
    steps = next(iter(ends), ENDLESS)
    discount = consts.get(GAMMA, Const(GAMMA, "positive") if steps == ENDLESS else node(1))
    reward = next((heads[name] for name in REWARDS if name in heads), Head(REWARDS[0]))
    return Said(discount, reward, Frac(Num(1), node(1) - discount) if number else node(1), steps)
