r"""Reading policies, the laws they give, divergences and entropies."""

from __future__ import annotations

import re

from sympy import Basic

from ...language import (
    CONSTANT,
    KL,
    After,
    App,
    CrossEntropy,
    Entropy,
    Expect,
    Law,
    Log,
    Neg,
    Node,
    Policy,
    Prefix,
    Prob,
    Scope,
    Var,
    plus,
    sort_of,
)
from ..kinds.evidence import numbers_only
from ..names.environment import Named
from ..names.read_as import UNPRINTED
from ..notation import priors as table
from ..notation.vocabulary import OLD_WORDS
from ..parsing.naming import PLAIN_WORD, Nucleus, label, nucleus, script, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..read_error import Fault, Malformed
from .builder import Builder
from .dropped import refuse_dropped
from .path_laws import law_of_path, next_state, probability_of_path
from .variables import ambient_variable, point_of, read_variable

MOVING = re.compile(r"\\theta(?![_A-Za-z])")


def refuse_moving(text: str, pos: int) -> None:
    """Refuse the name of a set that shows the parameter: it may move with it, and its size is a number here."""
    if MOVING.search(text):
        raise Fault(f"whether {text} moves with \\theta is not said, and sets that do cannot be said", pos)


def read_policy(builder: Builder, symbol: Nucleus) -> tuple[Policy, tuple[Basic, ...]]:
    r"""The policy that a symbol names, and the states in its superscript (π^s)."""
    item, name, point = symbol.item, symbol.name, "constant"
    name += item.dashes
    context: tuple[Basic, ...] = ()
    suffix = ""
    if item.sub is not None:
        point = point_of(builder, item.sub) or ("old" if label(item.sub) in OLD_WORDS else "constant")
        if point == "constant" and not names_point(item.sub) and MOVING.search(label(item.sub)):
            raise Fault(f"{name} at {label(item.sub)} cannot be said: a policy stands at \\theta or "
                        r"\theta_{old}", item.sub.pos)
        if point == "constant":
            suffix = "_" + script(label(item.sub))
    if item.sup is not None:
        inner = unwrap(item.sup)
        state = read_variable(builder, inner) if inner.kind == "sym" else None
        if state is not None and sort_of(state) == "state":
            context = (state,)
        elif inner.kind in ("text", "mark") and inner.value != "⊤" or PLAIN_WORD.fullmatch(label(item.sup)):
            suffix += "^" + script(label(item.sup))
        else:
            raise Fault(f"the superscript {label(item.sup)} on a policy is neither a state nor a name",
                        item.sup.pos)
    policy = Policy(name + suffix, point)
    builder.place(policy, item.pos)
    refuse_dropped(builder, item, Law(policy, *context))
    return policy, context


def read_policy_value(builder: Builder, symbol: Nucleus, items: list[Item], p: int, group: Item | None
                      ) -> tuple[Node, int]:
    """π_θ(a|s), π_θ^s(a), or bare π_θ where the expectation says of what."""
    pos = symbol.item.pos
    if group is not None and group.value == "(" and group.body is not None:
        found = read_probability(builder, symbol, group.body, pos)
        return builder.raised(found, group.sup), p + 2
    policy, context = read_policy(builder, symbol)
    name = spelled(unwrap(symbol.item))
    if context:
        raise Fault(f"{name} is a policy, not a number: write what it is the probability of", pos)
    var, given = sample_of(builder, symbol, name)
    found = builder.built(Prob, Law(policy, *given), var, pos=pos)
    found.hints = {"form": "bare"}
    return found, p + 1


def sample_of(builder: Builder, symbol: Nucleus, name: str) -> tuple[Basic, tuple[Basic, ...]]:
    """Where a law that is printed without arguments is evaluated: at what is drawn here, else at any sample."""
    pos = symbol.item.pos
    if symbol.letter == table.POLICY and numbers_only(builder.facts.evidence):
        raise Fault(rf"{name} may be a policy, or the number 3.14…, of which nothing is known here: write what it is "
                    "the probability of", pos)
    uses = {use for known, use in builder.facts.evidence if known == symbol.name}
    valued = symbol.letter == table.POLICY or bool(uses & {"ratio", "moving"})
    if not valued and builder.bare_law is None and (symbol.letter not in table.LAW_LETTERS or builder.bound):
        kind = Malformed if uses & {"source", "compared"} else Fault
        raise kind(f"{name} is a law that something is drawn from or compared with, and stands here for a number",
                   pos)
    if builder.bare_law is not None:
        var, law = builder.bare_law
        return var, law.context if symbol.letter == table.POLICY and law.context else context_of(builder, symbol)
    write = f"{name} is a policy, not a number: write what it is the probability of"
    drawn = [var for var in builder.bound.values() if var.sort == "action"]
    if builder.groups or len(drawn) > 1 or builder.bound and not drawn or not builder.pointwise:
        raise Fault(write, pos)
    if not drawn and builder.facts.action:
        raise Fault(write, pos)
    var = drawn[0] if drawn else builder.named("a", "action", pos, UNPRINTED)
    if not drawn:
        builder.implicit.add(var)
    return var, context_of(builder, symbol)


def context_of(builder: Builder, symbol: Nucleus) -> tuple[Basic, ...]:
    """What a law without arguments is conditioned on: the state at hand, if policies have a context here."""
    if symbol.letter == table.POLICY:
        return () if builder.facts.unconditional else (state_at_hand(builder, symbol),)
    if (symbol.name, "conditioned") in builder.facts.evidence:
        raise Fault(f"{symbol.name} is conditioned elsewhere in this statement: say on what here", symbol.item.pos)
    return ()


def state_at_hand(builder: Builder, symbol: Nucleus) -> Basic:
    """The state that a policy without arguments is conditioned on, which is that of others in the statement."""
    found = ambient_variable(builder, "state")
    given = {letter for letter, use in builder.facts.evidence if use == "condition" and letter in builder.facts.sorts}
    if given and isinstance(found, Var) and found.name.partition("_")[0].rstrip("'") not in given:
        raise Fault(f"{symbol.name} may be conditioned on {min(given)} here, as elsewhere: say on what",
                    symbol.item.pos)
    return found


def read_probability(builder: Builder, symbol: Nucleus, body: Content, pos: int) -> Node:
    """π(a|context), or the function that a definition makes of it."""
    if (whole := law_of_path(builder, symbol, body)) is not None:
        return probability_of_path(builder, whole)
    policy, raised = read_policy(builder, symbol)
    action, rest, point = read_conditioned(builder, body)
    if action is None or action.kind == "any":
        raise Fault("a law stands here where a number is needed: write π(a|s)", pos)
    if point:
        policy = Policy(policy.name, point)
    still = symbol.letter in table.LAW_LETTERS and policy.point == "constant"
    after = read_variable(builder, action) if still else None
    context = (*raised, *read_contexts(builder, rest))
    if isinstance(after, After):
        return next_state(builder, policy.name, after, context, pos)
    variable = read_action(builder, action)
    layout = f"{policy.name}(#1{'|' if context else ''}{', '.join(f'#{k + 2}' for k in range(len(context)))})"
    if policy.point == "constant" and (named := builder.environment.names.get(layout)):
        hidden = [ambient_variable(builder, sort) for sort in named.hidden]
        return builder.built(App, named.head, variable, *context, *hidden, pos=pos)
    if not context and symbol.letter == table.POLICY and not builder.facts.unconditional and not point \
            and variable != builder.bound.get(table.TRAJECTORY):
        alone = builder.drawn.get("action") == variable and "state" not in builder.drawn
        context_free = builder.facts.trajectory or alone
        if not context_free:
            raise Fault(f"{policy.name} is conditioned elsewhere in this statement: say on what here, π(a|s)", pos)
    found = builder.built(Prob, builder.built(Law, policy, *context, pos=pos), variable, pos=pos)
    if raised:
        found.hints = {"form": "sup"}
    return found


def read_conditioned(builder: Builder, body: Content) -> tuple[Item | None, list[Piece], str]:
    """What stands before the bar, what stands after it without θ, and the point that θ or θ_old names."""
    pieces, bars = list(body.pieces), [k for k, (sign, _) in enumerate(body.seps) if sign == "|"]
    for sign, pos in body.seps:
        if sign not in ("|", ",", ";"):
            raise Fault(f"the sign {sign} has no meaning inside a probability", pos)
    if len(bars) > 1 or bars and bars[0]:
        raise Fault("a probability is written π(a|s), with one action before one bar", body.pos)
    first = pieces[0].only
    lone = None if first is None else first.lone
    if lone is None or lone.kind == "any" and not lone.plain:
        raise Fault("one action stands before the bar of a probability", pieces[0].pos if pieces[0].pos >= 0 else
                    max(body.pos, 0))
    point, rest = "", []
    for piece in pieces[1:]:
        mine = point_of(builder, piece.only.lone) if piece.only is not None else ""
        if mine and point:
            raise Malformed("two parameters for one policy", piece.pos)
        point = point or mine
        if not mine:
            rest.append(piece)
    if rest and not bars:
        raise Fault("a probability of one action needs a bar before its context: π(a|s)", rest[0].pos)
    return unwrap(lone), rest, point


def read_action(builder: Builder, item: Item) -> Basic:
    """The action of a probability."""
    letter = item.value
    free_state = builder.facts.sorts.get(letter) == "state" and item.sub is None and letter not in builder.bound
    found = read_variable(builder, item, "action")
    if found is not None and free_state and sort_of(found) == "state" and (letter, "condition") in \
            builder.facts.evidence:
        raise Fault(f"{letter} is what a law gives a probability of here, and a condition elsewhere: name one of "
                    "them otherwise", item.pos)
    if found is not None and free_state and sort_of(found) == "state":
        builder.free.pop(found, None)
        found = builder.named(letter + item.dashes, "action", item.pos)
    if found is None or sort_of(found) != "action":
        raise Fault(f"{spelled(item)} is not an action", item.pos)
    return found


def read_contexts(builder: Builder, pieces: list[Piece]) -> tuple[Basic, ...]:
    """What a law is conditioned on: variables first, then prefixes."""
    found = []
    for piece in pieces:
        lone = None if piece.only is None else piece.only.lone
        if lone is None:
            raise Fault("a law is conditioned on states, prefixes o_{<t} and actions",
                        piece.pos if piece.pos >= 0 else builder.pos)
        found.append(read_context(builder, unwrap(lone)))
    return tuple(sorted(found, key=lambda term: isinstance(term, Prefix)))


def read_context(builder: Builder, item: Item) -> Basic:
    """A state, prefix or action that a law is conditioned on."""
    found = read_variable(builder, item)
    if found is None or sort_of(found) not in ("state", "action"):
        raise Fault(f"{spelled(item)} is neither a state, a prefix nor an action", item.pos)
    return found


def read_law(builder: Builder, items: list[Item], pos: int) -> Law:
    """The law of actions that items spell: π(·|s), π(a|s), π^s, or bare π."""
    symbol = nucleus(items[0]) if items else None
    group = items[1] if len(items) == 2 else None
    if symbol is None or len(items) > 2 or group is not None and (group.value != "(" or not group.plain):
        raise Fault("a law is written π(·|s) or π", pos)
    policy, context = read_policy(builder, symbol)
    refuse_defined(builder, policy.name, pos)
    hints = {"form": "sup"} if context else {}
    if group is not None and group.body is not None:
        action, rest, point = read_conditioned(builder, group.body)
        if action is not None and point_of(builder, action) and not rest:
            policy, action = Policy(policy.name, point_of(builder, action)), None
        elif point:
            policy = Policy(policy.name, point)
        context = (*context, *read_contexts(builder, rest))
        if action is not None and action.kind != "any":
            refuse_no_name(action)
            hints = {"form": "var", "var": spelled(action)}
            if not context and symbol.letter == table.POLICY and not builder.facts.unconditional:
                raise Fault(f"{policy.name} is conditioned elsewhere in this statement: say on what here, π(·|s)",
                            pos)
    else:
        action = None
    if not context and group is None and (context := context_of(builder, symbol)) or \
            not context and symbol.letter == table.POLICY and (context := context_of(builder, symbol)):
        hints = {"form": "bare"}
    law: Law = builder.built(Law, policy, *context, pos=pos)
    law.hints = hints
    return law


def refuse_no_name(action: Item) -> None:
    """Refuse π(2|s) and π(a^2|s) as a law: before the bar stands a dot, or the name of what is drawn. Raises Fault."""
    symbol = nucleus(action)
    raised = symbol is not None and symbol.item.sup is not None and unwrap(symbol.item.sup).kind == "num"
    if symbol is None or symbol.item.kind == "num" or raised:
        raise Fault("before the bar of a law stands a dot, or the name of what is drawn: π(·|s) or π(a|s)", action.pos)


def refuse_defined(builder: Builder, name: str, pos: int) -> None:
    """Refuse to draw from what a formula defines, a law or a set."""
    if any(layout == name or layout.startswith(name + "(") for layout in builder.environment.names):
        raise Fault(f"{name} is defined by a formula: it can be evaluated, but not drawn from", pos)


def is_law(builder: Builder, expr: Expr | None) -> bool:
    """Whether an expression spells a law of actions, π or π(·|s)."""
    if expr is None or len(expr.terms) > 1 or expr.terms[0][0] or len(expr.terms[0][1]) > 2:
        return False
    symbol = nucleus(expr.terms[0][1][0])
    return symbol is not None and (symbol.letter == table.POLICY or symbol.name in builder.facts.laws or
                                   symbol.letter in table.LAW_LETTERS and bool(symbol.decorations))


def holds_laws(builder: Builder, group: Item) -> bool:
    """Whether a bracket holds laws only: an entropy, not a function."""
    return group.body is not None and all(is_law(builder, piece.only) for piece in group.body.pieces)


def read_divergence(builder: Builder, group: Item) -> Node:
    """D_KL(P‖Q)."""
    body = group.body
    if body is None or [sign for sign, _ in body.seps] != ["‖"]:
        raise Fault(r"a divergence compares two laws: D_{\text{KL}}(P \| Q)", group.pos)
    laws: list[Law] = []
    for piece in body.pieces:
        if not is_law(builder, piece.only):
            raise Fault(r"a divergence compares laws: P, \pi_\theta or \pi_\theta(\cdot|s)",
                        piece.pos if piece.pos >= 0 else group.pos)
        assert piece.only is not None
        if laws and (named := defined_policy(builder, piece.only.terms[0][1])) is not None:
            refuse_other_condition(builder, piece.only.terms[0][1], laws[0])
            return builder.raised(divergence_to(builder, named, laws[0], group.pos), group.sup)
        laws.append(read_law(builder, piece.only.terms[0][1], piece.pos))
    one_name(laws, group.pos)
    if builder.facts.trajectory and any(law.hints.get("form") == "bare" and law.context for law in laws):
        raise Fault("whether this divergence compares trajectories or actions is not said: write what the laws are "
                    "conditioned on", group.pos)
    node = builder.built(KL, *laws, pos=group.pos)
    start = body.seps[0][1]
    node.hints = {"sep": {r"\p": "parallel", "||": "bars"}.get(builder.text[start:start + 2], "norm")}
    return builder.raised(node, group.sup)


def defined_policy(builder: Builder, items: list[Item]) -> Named | None:
    """The definition of the policy that items spell, π^* or π^*(·|s), if a formula defines it."""
    symbol = nucleus(items[0])
    if symbol is None:
        return None
    policy = read_policy(builder, symbol)[0]
    if policy.point != CONSTANT and symbol.item.sub is not None:
        return None  # π_θ is not the π that a formula defines
    start = policy.name + "(#1"
    return next((named for layout, named in builder.environment.names.items() if layout.startswith(start)), None)


def refuse_other_condition(builder: Builder, items: list[Item], law: Law) -> None:
    """Refuse a policy that is conditioned on something else than the law with which it is compared."""
    if len(items) < 2:
        return
    body = items[1].body
    if len(items) > 2 or body is None or not items[1].plain:
        raise Fault("a law is written π(·|s) or π", items[1].pos)
    action, given, _ = read_conditioned(builder, body)
    if action is not None and action.kind != "any":
        read_action(builder, action)
    if read_contexts(builder, given) != law.context:
        raise Fault("two laws that are conditioned on different things", items[1].pos)


def divergence_to(builder: Builder, named: Named, law: Law, pos: int) -> Node:
    """D_KL(P‖Q) where a formula defines Q: the mean under P of log P − log Q, at the context of P."""
    if len(law.context) != named.printed - 1:
        raise Fault(f"{named.head.layout.partition('(')[0]} is defined with another context than the law before it",
                    pos)
    var = Var(builder.facts.action or "a", "action")
    hidden = [ambient_variable(builder, sort) for sort in named.hidden]
    formula = builder.built(App, named.head, var, *law.context, *hidden, pos=pos)
    body = builder.built(plus, Log(Prob(law, var)), Neg(builder.built(Log, formula, pos=pos)), pos=pos)
    return builder.built(Expect, law, Scope.close(var, body), pos=pos)


def read_entropy(builder: Builder, group: Item) -> Node:
    """H(P) or the cross-entropy H(P, Q)."""
    body = group.body
    assert body is not None
    laws = [read_law(builder, piece.only.terms[0][1], piece.pos) for piece in body.pieces if piece.only is not None]
    if len(laws) > 2 or any(sign != "," for sign, _ in body.seps):
        raise Fault("an entropy is that of one law, a cross-entropy that of two", group.pos)
    one_name(laws, group.pos)
    if laws and not laws[0].context and (name := laws[0].hints.get("var")):
        raise Fault(f"{name} may be what is drawn, or on what that depends: write π(·) or π(·|{name})", group.pos)
    return builder.raised(builder.built(Entropy if len(laws) == 1 else CrossEntropy, *laws, pos=group.pos), group.sup)


def names_point(sub: Item) -> bool:
    r"""Whether a subscript is one symbol, as \theta' and \hat\theta are, and no function of θ, as \theta^2 is."""
    lone = content_of(sub).lone
    symbol = None if lone is None else nucleus(unwrap(lone))
    return symbol is not None and symbol.letter != table.POLICY and (
        symbol.item.sup is None or unwrap(symbol.item.sup).kind == "mark")


def one_name(laws: list[Law], pos: int) -> None:
    """Refuse laws that are compared and do not name what is drawn alike. Raises Fault."""
    names = sorted({law.hints.get("var", "") for law in laws})
    if len(names) > 1:
        raise Fault(f"what is drawn is called {names[-1]} in one of these laws, and {names[0] or 'nothing'} in the "
                    "other: write both alike", pos)
