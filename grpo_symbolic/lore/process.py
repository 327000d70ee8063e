r"""Values, advantages, visited states and objectives of a decision process, read as the field reads them.

V^\pi(s) = E_π[Σ_k γ^k r(s_k,a_k) | s_0 = s], Q^π and A^π with it; d^\pi(s) = (1−γ) Σ_k γ^k Pr(s_k = s), or without
the factor; J(π) = E_{s∼ρ_0}[V^π(s)]; P leads from a state and an action to the next state. Each is taken where
nothing defines it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sympy import Basic

from ..language import (
    ALL,
    CONSTANT,
    ENDLESS,
    NONE,
    OLD,
    ActionValue,
    Advantage,
    After,
    App,
    Claim,
    Const,
    Definition,
    Expect,
    Frac,
    Head,
    Indicator,
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
    times,
)
from ..language.formal import Formal
from ..latex.printing.printer import latex
from ..latex.read_error import ReadError
from ..latex.statement.reader import read_expression
from ..latex.statement.statement import Link, Statement
from .bare_draws import Unsure, conditioned
from .fixed_points import Valued, fixed_point, linear
from .matching import kin, layout_of
from .table import LOSS, Entry, Variant
from .time_told import (
    GAMMA,
    MOVES,
    OBJECTIVES,
    PLACES,
    POLICY,
    STARTS,
    SURROGATES,
    VALUES,
    discounted,
    parts_of,
    rewarded,
    timed,
)
from .told import agrees
from .unfolding import Reading, taken_by

OF_PATH = re.compile(rf"[Pp]\(#1\|(?:{POLICY})\)")
POLICIES = (r"\pi", r"\mu", r"\nu", r"\beta")
# The kin of what a value stands for.
PRIMITIVE = frozenset(("v", "q", "d", "r", "p", *map(kin, (GAMMA, *MOVES))))
UNPRINTED = re.compile(r"[{}\s]")
PATH = r"\tau"
FIRST = re.compile(r"(?<![A-Za-z\\])[a-z]_\{?\s*0(?![0-9])|=\s*[01](?![0-9])")
SECOND = re.compile(r"s_\{?\s*1(?![0-9])")
RETURNS, REWARDS_TO_GO = ("R(#1)", "r(#1)", "G(#1)"), (r"\hat{R}_{#1}", "G_{#1}")
# What is paid from the step after another one on: as the only one of its kind it would be numbered by that other step.
SHIFTED = re.compile(r"(?:(?<![A-Za-z\\])G|\\hat\s*(?:\{\s*R\s*\}|R))\s*_\s*\{\s*[a-z]'*\s*[-+]\s*[0-9]")
SPOKEN = Entry("values over time", (), (
    Variant((r"V^\pi(s) = \mathbb{E}_\pi[\sum_k \gamma^k r(s_k,a_k) | s_0 = s]",),),
    Variant((r"d^\pi(s) = \sum_k \gamma^k \Pr(s_k = s)",),)),
    words="normalised normalized unnormalised unnormalized discounted visitation "
          "occupancy occupancies performance distribution initial starting start visited", unlike=LOSS)


UNNORMALISED = ("unnormalised", "unnormalized")


class NotRead(Exception):
    """A statement that speaks of no process, or of more than is read."""


class Said(NamedTuple):
    """What a process is in a statement: its discount, its reward, the ``scale`` of visited states, and how many steps
    its paths have, ENDLESS where they do not end. Where it is ``bare``, L_π is without J(π)."""

    discount: Node
    reward: Head
    scale: Node
    steps: Basic
    bare: bool = False

    def paid(self, policy: Policy) -> Node:
        """What is paid along a path, on average."""
        if self.steps == ENDLESS:
            first = Var("s_0", "state")
            return Expect(Start(), Scope.close(first, Value(policy, first, self.discount, self.reward)))
        path = Var(r"\tau", "action")
        return Expect(Law(policy), Scope.close(path, self.along(path)))

    def surrogate(self, visiting: Policy, policy: Policy) -> Node:
        """J of one policy, and what another gains on each of the states that it visits, on average."""
        path, k, action = Var(r"\tau", "action"), Var("k", "token"), Var("a", "action")
        state = Prefix(path, k)
        gain = Expect(Law(policy, state), Scope.close(action, Advantage(
            visiting, state, action, self.discount, self.reward)))
        if self.discount != node(1):
            gain = Power(self.discount, plus(Ordinal(k), Neg(Num(1)))) * gain
        gains = Sum(self.steps, NONE, Scope.close(k, gain))
        mean = Expect(Law(visiting), Scope.close(path, gains))
        return mean if self.bare else self.paid(visiting) + mean

    def along(self, path: Basic, first: Basic | None = None) -> Node:
        """What is paid along one path, from its ``first`` step on that counts."""
        k = Var("k", "token")
        places = (Prefix(path, k), TokenOf(path, k), After(path, k))
        worth = self.reward(*places[:PLACES[self.reward.layout]])
        if self.discount != node(1):
            worth = Power(self.discount, plus(Ordinal(k), Neg(Num(1) if first is None else Ordinal(first)))) * worth
        if first is not None:
            worth = times(Indicator("≥", Ordinal(k), Ordinal(first)), worth)
        return Sum(self.steps, NONE, Scope.close(k, worth))

    def chance(self, path: Basic, policy: Policy) -> Node:
        """The probability of a path that ends. Raises NotRead."""
        if self.steps == ENDLESS:
            raise NotRead
        t = Var("t", "token")
        state, action = Prefix(path, t), TokenOf(path, t)
        step = times(Prob(Transition(state, action), After(path, t)), Prob(Law(policy, state), action))
        return times(Prob(Start(), Prefix(path, Num(1))), Product(self.steps, NONE, Scope.close(t, step)))

    def printed(self, first: str = "") -> str:
        """What is paid along a path, perhaps from a step on, as a verdict shows it."""
        letter, places = self.reward.layout[0], ["s_k", "a_k", "s_{k+1}"][:PLACES[self.reward.layout]]
        start, power = (rf"{{k \geq {first}}}", f"{{k-{first}}}") if first else ("k", "k")
        weight = "" if self.discount == node(1) else rf"\gamma^{power} "
        return rf"\sum_{start} {weight}{letter}({','.join(places)})"


@dataclass(frozen=True)
class Reader:
    """Rewrites the terms of a statement into those of a process; ``read`` notes what was read, as it is printed, and
    ``left`` tells by a letter which functions stay what they are."""

    said: Said
    policies: Mapping[str, Policy]
    read: dict[str, str]
    left: Callable[[Head], str]

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
        found, places = EXPECTED.fullmatch(term.layout), term.args[3:]
        moves = found is not None and found["given"] is not None and found["law"] in MOVES
        starts = found is not None and found["given"] is None and STARTS.fullmatch(found["law"]) is not None
        if found is None or len(places) != (2 if moves else 0) or not (moves or starts) or \
                not isinstance(term.args[2], Scope):
            raise NotRead
        scope = term.args[2]
        var, body = scope.open(frozenset(names))
        new = Var(var.name, "state")
        law = self.moved(found["law"], *(self(arg, names) for arg in places)) if moves else self.first(found["law"])
        return Expect(law, Scope.close(new, self(body, {**names, var: new})))

    def on_Prob(self, term: Prob, names: Mapping[Var, Basic]) -> Any:
        law = term.law
        if isinstance(law, Law) and law.policy.name in MOVES and law.policy.point == CONSTANT and len(law.context) != 2:
            raise NotRead
        if isinstance(law, Law) and leads_to_states(law):
            outcome = names.get(term.action, term.action) if isinstance(term.action, Var) else term.action
            if sort_of(outcome) != "state":
                raise NotRead
            places = [self(arg, names) for arg in law.context]
            return Prob(self.moved(law.policy.name, *places) if places else self.first(law.policy.name), outcome)
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
        if self.left(term.head):
            return App(term.head, *params)
        if (found := VALUES.fullmatch(layout)) is not None:
            if found["soft"]:
                raise NotRead
            policy = self.policy(found["policy"] or found["below"])
            self.read[latex(term.with_args((term.head, *places_of(params))))] = f"{found['letter']}^π"
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
        if (found := SURROGATES.fullmatch(layout)) is not None and not params:
            self.read[latex(term)] = "L_π"
            return self.said.surrogate(self.policy(found["visiting"]), self.policy(found["policy"]))
        if (path := OF_PATH.fullmatch(layout)) is not None and len(params) == 1 and isinstance(params[0], Var):
            self.read[latex(term)] = "P(τ)"
            return self.said.chance(params[0], self.policy(path["policy"]))
        if layout in RETURNS and len(params) == 1 and is_path(params[0]):
            return self.returned(latex(term), params[0])
        if layout in REWARDS_TO_GO and len(params) == 2 and sort_of(params[0]) == "token" and is_path(params[1]):
            return self.returned(latex(term), params[1], params[0])
        if STARTS.fullmatch(layout.partition("(")[0]) and len(params) == 1 and sort_of(params[0]) == "state":
            self.once("start", layout.partition("(")[0])
            return Prob(Start(), params[0])
        return App(term.head, *params)

    def returned(self, printed: str, path: Basic, first: Basic | None = None) -> Node:
        """What is paid along a path, from its ``first`` step on that counts. Raises NotRead where nothing bounds it."""
        if self.said.steps == ENDLESS and self.said.discount == node(1):
            raise NotRead
        self.read[printed] = "R" if first is None else "R_t"
        return self.said.along(path, first)

    def once(self, kind: str, name: str) -> None:
        """Note the one law of its kind that a statement has; a second one is not read."""
        if self.read.setdefault(kind, name) != name:
            raise NotRead

    def moved(self, name: str, state: Basic, action: Basic) -> Transition:
        """Where an action leads."""
        self.once("moves", name)
        if sort_of(state) != "state" or sort_of(action) != "action":
            raise NotRead
        return Transition(state, action)

    def first(self, name: str) -> Start:
        """Where paths start."""
        self.once("start", name)
        return Start()

    def states(self, law: StateLaw) -> ProcessLaw:
        """The first states, or those that a policy visits."""
        policy = law.policy
        if policy is None:
            raise NotRead
        if STARTS.fullmatch(policy.name):
            return self.first(policy.name)
        if not policy.name.startswith(POLICIES):
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
            alone: Policy = read_expression(f"{printed}(a|s)").law.policy
        except (ReadError, LanguageError, AttributeError):
            raise NotRead from None
        if alone.point != OLD and latex(alone) not in (printed, text) or "*" in printed:
            raise NotRead  # π_φ by itself would be the policy at its parameter
        return alone


def places_of(params: Sequence[Basic]) -> Iterator[Basic]:
    """The places of a value as a reading of it prints them: any state and any action."""
    return (Var("s", "state") if isinstance(one, Var) and one.sort == "state" else one for one in params)


EXPECTED = re.compile(
    r"\\mathbb\{E\}_\{@1 \\sim (?P<law>[^\s()]+)(?P<given>\(\\cdot\|#2, #3\))?\}\\left\[ #1 \\right\]")


def is_path(term: Basic) -> bool:
    r"""Whether a term is a path, \tau, and no action of a bandit, which is drawn from a policy as well."""
    return isinstance(term, Var) and term.sort == "action" and term.name.rstrip("'") == PATH


def successors(body: Any) -> set[Basic]:
    """The variables that states are drawn for: outcomes of P, and first ones."""
    return {part.action for part in body.walk() if isinstance(part, Prob) and isinstance(part.law, Law)
            and leads_to_states(part.law)}


def leads_to_states(law: Law) -> bool:
    """Whether a law is that of where an action leads, or of where paths start."""
    name, places = law.policy.name, len(law.context)
    return law.policy.point == CONSTANT and (
        name in MOVES and places == 2 or not places and STARTS.fullmatch(name) is not None)


def restatements(statement: Statement) -> tuple[Definition, ...]:
    """What the text of a statement defines elsewhere that has a meaning in a process: a value or an objective."""
    own = {link.content for link in statement.links if isinstance(link.content, Definition)}
    found = (named.definition for named in statement.environment.names.values())
    return tuple(one for one in found if one not in own and one.head is not None and (
        any(form.fullmatch(one.head.layout) for form in (VALUES, OBJECTIVES, SURROGATES))))


def read_processes(statement: Statement, restated: Collection[Definition] = (), discounts: bool = True,
                   bare: bool = False) -> Iterator[tuple[Statement, tuple[Reading, ...]]]:
    """The statement as one of a decision process, visited states with weights that sum to one, and with others.

    Where it ``discounts`` nothing, all steps count the same, and paths end; where it is ``bare``, L_π has no J(π).
    Nothing where it speaks of none, or of more
    than is read, or where a definition says what its symbols are, but for those ``restated``, which say what they mean
    anyway.
    """
    taken = taken_by(statement)
    same = {kin(layout_of(one.lhs)) for one in restated}
    if not all(agrees(SPOKEN, taken.told.get(name, frozenset())) for name in spoken_of(parts_of(statement))):
        return
    own = {kin(layout_of(link.content.lhs)) for link in statement.links if isinstance(link.content, Definition)
           and link.content.head is not None}
    if starts_anywhere(statement.latex) or SHIFTED.search(statement.latex):
        return
    if defines_a_policy(statement) or primitives(statement) - own - same or (PRIMITIVE | {"a"}) & taken.declared:
        return  # what is defined is unfolded in the statement, and not in what a value stands for
    otherwise = written_of([one.lhs for one in restatements(statement) if one not in restated])
    for number in range(len(SPOKEN.variants)):
        try:
            claims = [claimed(link, own, restated) for link in statement.links]
            if otherwise & written_of([part for claim in claims for part in claim.relation.walk()]):
                return  # what is defined of one policy is not read as the field has it of another
            told = beside_of(statement, restated) if restated else None
            links, read, process = converted(statement.links, claims, number, discounts, told, bare)
        except (NotRead, LanguageError):
            return
        visits = "d^π" in read
        if number and not visits or visits and not discounts:
            return
        if visits and not number and not taken.told.get("d", frozenset()).isdisjoint(UNNORMALISED):
            continue
        yield replace(statement, links=tuple(links)), tuple(said(number, read, process))


def starts_anywhere(latex: str) -> bool:
    """Whether a text numbers states and says nowhere whether the first is s_0 or s_1."""
    return SECOND.search(latex) is not None and FIRST.search(latex) is None


def beside_of(statement: Statement, restated: Collection[Definition]) -> list[Basic]:
    """The parts of what the text says the values of a statement are, those of another policy or at another point too:
    the process is theirs, its discount and its number of steps."""
    used, spoken = statement.environment.used_by, spoken_of(parts_of(statement))
    known = {one for claim in statement.claims for one in claim.where} | {link.content for link in statement.links}
    relations = [Claim(Relation("=", one.lhs, one.rhs), used([one.rhs])).expanded() for one in restated
                 if one in known or spoken & spoken_of([one.lhs])]
    return [part for relation in relations for part in relation.walk()]


def primitives(statement: Statement) -> set[str]:
    """The kin of what values stand for that something beside a statement defines; a lone r is a ratio, not a reward."""
    return {kin(name) for name in statement.environment.names
            if kin(name) in PRIMITIVE and ("(" in name or kin(name) != "r")}


def defines_a_policy(statement: Statement) -> bool:
    """Whether something beside a statement defines a policy that it prints, which values do not unfold."""
    printed = UNPRINTED.sub("", statement.latex)
    names = (UNPRINTED.sub("", name.partition("(")[0]) for name in statement.environment.names)
    return any(name.startswith(POLICIES) and re.search(re.escape(name) + r"(?![A-Za-z_^])", printed) for name in names)


def spoken_of(parts: Sequence[Basic]) -> set[str]:
    """The kin of the letters that a statement has for values, objectives and the laws of visited states."""
    layouts = [part.head.layout for part in parts if isinstance(part, App)]
    found = {"j" for layout in layouts if OBJECTIVES.fullmatch(layout)}
    found |= {match["letter"].lower() for layout in layouts if (match := VALUES.fullmatch(layout)) is not None}
    return found | {"d" for part in parts if isinstance(part, StateLaw)}


def written_of(parts: Sequence[Basic]) -> set[tuple[str, bool]]:
    """The letters of values and objectives, each with whether a policy is printed beside it."""
    layouts = [part.head.layout for part in parts if isinstance(part, App)]
    return {("J", r"\pi" in layout) for layout in layouts if OBJECTIVES.fullmatch(layout)} | {
        ("L", True) for layout in layouts if SURROGATES.fullmatch(layout)} | {
        (found["letter"], r"\pi" in layout) for layout in layouts if (found := VALUES.fullmatch(layout)) is not None}


def said(number: int, read: Mapping[str, str], process: Said) -> Iterator[Reading]:
    """What was read, as a verdict shows it."""
    paid = process.printed()
    for printed, kind in read.items():
        if printed == "start":
            yield Reading(SPOKEN, number, rf"s_0 \sim {kind}")
        if printed in ("moves", "start"):
            continue
        if kind == "fixed":
            yield Reading(SPOKEN, number, printed)
        elif kind == "d^π":
            factor = "" if number else r"(1-\gamma) "
            yield Reading(SPOKEN, number, rf"d^\pi(s) = {factor}\sum_k \gamma^k \Pr(s_k = s)")
        elif kind == "P(τ)":
            yield Reading(SPOKEN, number, rf"{printed} = \rho_0(s_0) \prod_k P(s_{{k+1}}|s_k,a_k) \pi(a_k|s_k)")
        elif kind == "R":
            yield Reading(SPOKEN, number, rf"{printed} = {paid}")
        elif kind == "R_t":
            yield Reading(SPOKEN, number, rf"{printed} = {process.printed('t')}")
        elif kind == "J":
            yield Reading(SPOKEN, number, rf"{printed} = \mathbb{{E}}[{paid}]")
        elif kind == "L_π":
            yield Reading(SPOKEN, number, rf"{printed} = J(\pi) + \mathbb{{E}}_\pi[\sum_k \gamma^k "
                          r"\mathbb{E}_{a\sim\pi'}[A^\pi(s_k,a)]]")
        elif kind == "A^π":
            yield Reading(SPOKEN, number, rf"{printed} = Q^\pi(s,a) - V^\pi(s)")
        else:
            given = "s_0 = s" if kind == "V^π" else "s_0 = s, a_0 = a"
            yield Reading(SPOKEN, number, rf"{printed} = \mathbb{{E}}[{paid} | {given}]")


def claimed(link: Link, own: Collection[str], restated: Collection[Definition] = ()) -> Claim:
    """What a link claims, its definitions unfolded but ``own`` links and those ``restated``. Raises NotRead."""
    content = link.content
    if isinstance(content, Definition) and content.hints.get("op") == "eq" and not (
            isinstance(content.lhs, App) and OF_PATH.fullmatch(content.lhs.head.layout)):
        content = Claim(Relation("=", content.lhs, content.rhs))
    if not isinstance(content, Claim):
        raise NotRead
    others = tuple(one for one in content.where if one.head is None or kin(layout_of(one.lhs)) not in own
                   and one not in restated)
    try:
        relation = conditioned(replace(content, where=others).expanded(), MOVES)
    except Unsure:
        raise NotRead from None
    return replace(content, relation=relation, where=(), fixed=frozenset())


def converted(links: Sequence[Link], claims: Sequence[Claim], number: int, discounts: bool,
              told: Sequence[Basic] | None = None, bare: bool = False) -> tuple[list[Link], dict[str, str], Said]:
    """The links as those of one process, what was read, and what the process is: ``told`` are the parts of what the
    text says of its values, None where it says nothing of any. Raises NotRead."""
    parts = [part for claim in claims for part in claim.relation.walk()]
    of_path = any(isinstance(part, App) and OF_PATH.fullmatch(part.head.layout) for part in parts)
    if any(unknown(part) and not (of_path and isinstance(part, Product)) for part in parts):
        raise NotRead
    process, read = said_of([*parts, *(told or ())], number), dict[str, str]()
    process = process._replace(discount=process.discount if discounts else node(1), bare=bare)
    policies = {latex(part): part for part in parts if isinstance(part, Policy)}
    point = fixed_point(parts, process.reward if timed(parts) else None, process.discount, value_of,
                        Reader(process, policies, read, lambda _: "").policy)
    reader = Reader(process, policies, read, point.letter_of if point is not None else lambda _: "")
    found = []
    for link, claim in zip(links, claims, strict=True):
        free = {var: Var(var.name, "state") for var in claim.relation.free if var in successors(claim.relation)}
        relation = reader(claim.relation, free)
        if point is not None:
            relation = linear(point.unfolded(relation), relation.free)
            read.update(point.read)
        assume = (*claim.assume, *bounds(relation, claim.assume))
        found.append(replace(link, kind="claim", content=replace(claim, relation=relation, assume=assume)))
    kinds = set(read.values()) & {"V^π", "Q^π", "A^π", "J", "L_π", "P(τ)", *(("R", "R_t") if rewarded(parts) else ())}
    if not (kinds and (told is not None or timed(parts)) or read and discounted(parts) or point is not None):
        raise NotRead
    return found, read, process


def value_of(head: Head) -> Valued:
    """What a function is worth under a policy."""
    found = VALUES.fullmatch(head.layout)
    if found is None or found["letter"] not in "VQ" or found["step"]:
        return Valued()
    return Valued(found["letter"].lower(), found["policy"] or found["below"], found["soft"] is not None)


def unknown(part: Basic) -> bool:
    """Whether a part may be the law of paths under a policy, or any other, as p_θ(τ) and T(s'|s, a) may."""
    if isinstance(part, Expect) and isinstance(part.law, Law):
        return not part.law.context and not part.law.policy.name.startswith(POLICIES)
    moves = isinstance(part, Law) and [sort_of(arg) for arg in part.context] == ["state", "action"]
    return isinstance(part, Product) and not is_ratio(part) or moves and part.policy.name not in MOVES


def is_ratio(product: Product) -> bool:
    """Whether a product is one of ratios of two laws, which leave out where steps lead on either side."""
    body = product.args[2].body
    return isinstance(body, Frac) and all(isinstance(part, Prob) for part in body.args)


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
    ranges = [part for part in parts if isinstance(part, (Sum, Product)) and part.args[2].sort == "token"]
    ends = {span(part.args[0])[1] for part in ranges}
    if len(ends) > 1 or any(isinstance(part, Length) for end in ends for part in end.walk()):
        raise NotRead
    steps = next(iter(ends), ENDLESS)
    discount = consts.get(GAMMA, Const(GAMMA, "positive") if steps == ENDLESS else node(1))
    found = [heads[name] for name in PLACES if name in heads]
    if len({PLACES[head.layout] for head in found}) > 1:
        raise NotRead
    reward = found[0] if found else Head("r(#1, #2)")
    return Said(discount, reward, Frac(Num(1), node(1) - discount) if number else node(1), steps)
