r"""Reading expectations: what is drawn, in which order, from which law."""

from __future__ import annotations

from typing import Any

from ...language import (
    Law,
    Node,
    Policy,
    Prob,
    StateLaw,
    Var,
)
from ..kinds.anonymous import conditioned
from ..kinds.evidence import ARGUMENT_OF, Use, evidence
from ..kinds.group_size import listed_as_range
from ..kinds.kinds import TESTED
from ..kinds.parameter import THETA
from ..names.read_as import UNPRINTED
from ..notation import priors as table
from ..parsing.naming import Nucleus, bare, label, nucleus, script, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, listed, unwrap
from ..read_error import Fault, Malformed, Unsayable
from ..spelling.indexed import SIZE, listing
from .builder import Builder, Draw
from .dependence import refuse_dependent
from .formal import listed_names, read_formal_expectation, read_given
from .formulas import Formula, Frozen, averaged, read_formula, read_frozen
from .one_law import JOINT, POPULATION, UNNAMED, VISITED, one_name
from .policies import MOVING, is_law, read_contexts, read_law, read_policy, refuse_defined
from .variables import read_variable

MAX_DRAWS = 12
GROUP = (r"a group is written a_{1:G}, a_1, \ldots, a_G or \{a_i\}_{i=1}^G, all groups of a statement with one letter "
         "for their size")


def read_expectation(builder: Builder, symbol: Nucleus, items: list[Item], p: int) -> tuple[Node, int]:
    """An expectation: its draws, and its body in brackets or up to the next + or −."""
    item = symbol.item
    pos = item.pos
    if item.sub is None:
        raise Fault("an expectation needs its law: write E_{a ∼ π}", pos)
    group = items[p + 1] if p + 1 < len(items) else None
    with builder.opened():
        try:
            draws, style = read_draws(builder, listed(item.sub), pos, None if group is None else group.body)
            if group is not None and group.body is not None:
                check_condition(builder, group.body, draws)
        except Unsayable:
            with builder.opened():
                return read_formal_expectation(builder, listed(item.sub), items, p)
        if group is not None and group.kind == "group" and group.value in ("[", "(", r"\{", "brace") \
                and group.body is not None:
            body, after = read_body(builder, group.body, group.pos, draws), p + 2
        elif p + 1 < len(items):
            body, after, group = builder.term(items[p + 1:]), len(items), None
        else:
            raise Malformed("an expectation of nothing", pos)
    refuse_dependent(builder, draws, [body], pos)
    for place, (var, law) in reversed(list(enumerate(draws))):
        body = averaged(builder, law, var, body, pos)
        if place:
            body.hints = {"joint": "inner"}
    body.hints = {"style": style}
    return builder.powered(builder.raised(body, group.sup if group is not None else None), item), after


def read_body(builder: Builder, content: Content, pos: int, draws: list[Draw]) -> Node:
    """What is averaged; a condition after a bar may only repeat what the laws are conditioned on."""
    check_condition(builder, content, draws)
    return read_given(builder, content, pos)[0]


def check_condition(builder: Builder, content: Content, draws: list[Draw]) -> None:
    """Refuse a condition that is not what the laws of the expectation are conditioned on."""
    if not any(sign == "|" for sign, _ in content.seps):
        return
    given = set(read_contexts(builder, content.pieces[1:]))
    drawn = {var for var, _ in draws}
    if any(set(getattr(law, "context", ())) - drawn != given for _, law in draws):
        raise Unsayable("a condition that the laws do not name", content.seps[0][1])


def read_draws(builder: Builder, content: Content, pos: int, body: Content | None) -> tuple[list[Draw], str]:
    """What an expectation draws from what, in order, and how that is printed."""
    found: list[Draw] = []
    pending: list[Item] = []
    style = "sim"
    first = content.pieces[0].only
    if len(content.pieces) == 1 and is_law(builder, first) and first is not None:
        return drawn_silently(builder, first, body), "law"
    content = listed_as_range(content)
    for place, piece in enumerate(content.pieces):
        sign = content.seps[place - 1][0] if place else ","
        if sign == "|" and pending and not piece.rels and piece.only is not None:
            style = "bar"
            if conditioned(content):
                builder.unlawful(pending, found, content, given=True)
            else:
                read_joint(builder, pending, piece.only, found, True)
            pending = []
        elif sign not in (",", ";", r"\\"):
            raise Fault(f"the sign {sign} has no meaning in the subscript of an expectation", pos)
        elif not piece.rels and piece.only is not None and len(piece.only.terms) == 1:
            pending += listed_names(builder, piece.only)
        elif [rel for rel, _ in piece.rels] == ["∼"] and piece.sides[0] is not None and piece.sides[1] is not None:
            names = listed_names(builder, piece.sides[0])
            bracketed = len(names) > 1
            read_joint(builder, [*pending, *names], piece.sides[1], found, False, bracketed)
            pending = []
        else:
            lawless = [rel for rel, _ in piece.rels] == ["∼"] and None not in piece.sides[:1] and piece.sides[1] is None
            raise (Malformed if lawless else Fault)("an expectation draws variables from laws: E_{a ∼ π}",
                                                    piece.pos if piece.pos >= 0 else pos)
    style = builder.unlawful(pending, found, body) or style
    refuse_second_laws(builder, found)
    return found, style


def refuse_second_laws(builder: Builder, found: list[Draw]) -> None:
    names = [var.name for var, _ in found]
    for name in names:
        if name in builder.trailing:
            raise Malformed(f"two laws for {name}: the expectation names one, and this is another",
                        builder.trailing[name][1])


def drawn_silently(builder: Builder, expr: Expr, body: Content | None) -> list[Draw]:
    """E_π[…]: the variable of the law is not printed."""
    law = read_law(builder, expr.terms[0][1], expr.pos)
    if builder.facts.trajectory and law.hints.get("form") == "bare" and law.context:
        raise Fault("whether this expectation draws a trajectory or an action is not said: write which", expr.pos)
    var = Var(law.hints.get("var") or drawn_in(builder, body, law, expr.pos), "action")
    if var.name in builder.bound:
        raise Fault(f"an expectation whose law draws {var.name} stands here where {var.name} is bound already: "
                    f"write what it draws, {var.name}' \\sim …", expr.pos)
    builder.place(var, expr.pos, UNPRINTED)
    builder.bind(var)
    builder.bare_law = var, law
    return [(var, law)]


def drawn_in(builder: Builder, body: Content | None, law: Law, pos: int) -> str:
    """The letter that stands in the body of an expectation for what its law draws; "a" where none does."""
    uses = frozenset[Use]() if body is None else evidence(body)
    placed = {letter for letter, use in uses if use in ("outcome", "argument")}
    inner = {letter for letter, use in uses if use in ("drawn", "ranged", "counted")}
    sorts = builder.facts.sorts
    found = {letter for letter in placed - inner - builder.facts.laws - {THETA, table.POLICY}
             if sorts.get(letter) not in ("index", "token")}
    given = {letter for letter in found if sorts.get(letter) == "state"}
    if law.context and found and found == given:
        raise Fault(f"whether this expectation draws {min(found)} is not said: write what its law draws", pos)
    letters = sorted(found - given if law.context else found)
    if builder.facts.action and (not letters or builder.facts.action in letters):
        return builder.facts.action
    if len(letters) > 1:
        raise Fault(f"this expectation may draw {' or '.join(letters)}: write {letters[0]} \\sim …", pos)
    return letters[0] if letters else "a"


def unlawful_each(builder: Builder, items: list[Item], found: list[Draw]) -> str:
    """Variables without a law in the subscript, each with a law of its own, and how that is printed."""
    return max((unlawful_one(builder, item, found) for item in items), default="")


def unlawful_one(builder: Builder, item: Item, found: list[Draw]) -> str:
    """A variable without a law in the subscript: a trailing law, or for a state the unnamed one."""
    name = draw_name(builder, item)
    if name in builder.trailing:
        items, place = builder.trailing.pop(name)
        read_joint(builder, [item], Expr("", items, place), found, False)
        return "ni"
    var = read_drawn(builder, item, None)
    if var.sort != "state":
        raise Fault(f"no law is named for {var.name}: write {var.name} \\sim …", item.pos)
    drawn_once(builder, var, unnamed_law(builder, var, item.pos), found, item.pos)
    return ""


def unnamed_law(builder: Builder, var: Var, pos: int) -> StateLaw:
    """The law of a state for which none is printed: two states may have two, or depend on each other."""
    one_name(builder.one_law, UNNAMED, var.name, pos)
    return StateLaw()


def draw_name(builder: Builder, item: Item) -> str:
    """The name of the variable that an item draws."""
    return spelled(item) if item.kind == "sym" else ""


def read_drawn(builder: Builder, item: Item, law: Expr | None) -> Var:
    """The variable that an item draws: a_{1:G} and {o_i}_{i=1}^G are groups."""
    if item.kind == "group" and item.value == r"\{" and item.plain and item.body is not None and \
            listing(item.body.pieces) == len(item.body.pieces):
        item = listed_as_range(item.body).lone or item
    if item.kind == "group" and item.value == r"\{" and item.body is not None and item.body.lone is not None:
        member = unwrap(item.body.lone)
        if member.kind == "sym" and member.sub is not None and counts_samples(builder, item, member):
            return Var(member.value + member.dashes, "group")
        raise Fault(GROUP, item.pos)
    if item.kind != "sym" or item.sup is not None and unwrap(item.sup).value not in ("+", "-"):
        raise Fault("what is drawn must be a variable", item.pos)
    if item.sub is not None:
        ranged = content_of(item.sub)
        if [sign for sign, _ in ranged.seps][-1:] == [":"]:
            if item.value == table.TRAJECTORY:
                raise Unsayable("a part of a trajectory", item.pos)
            if item.sup is not None:
                raise Fault("a group has no script above its range", item.sup.pos)
            ends = [label_of(piece) for piece in ranged.pieces]
            if ends[-2:] != ["1", SIZE] or len(ends) > 3:
                raise Fault(f"the range {spelled(item)} cannot be drawn: {GROUP}", item.pos)
            prefix = "_" + script(ends[0]) if len(ends) == 3 else ""
            return Var(item.value + item.dashes + prefix, "group")
    name = spelled(item)
    if item.value not in builder.facts.sorts and law is None:
        raise Fault(f"{name} is not a variable, or its law is not named", item.pos)
    sort = builder.facts.sorts.get(item.value, "action")
    if sort in ("index", "token"):
        raise Fault(f"{name} is an index elsewhere in this statement, and is drawn here: name one otherwise",
                    item.pos)
    if sort == "state" and law is not None and len(law.terms[0][1]) == 1:
        refuse_outcome(builder, item, law)
    return Var(name, sort)


def refuse_outcome(builder: Builder, item: Item, law: Expr) -> None:
    """Refuse a state that is drawn from a law whose outcomes are no states elsewhere in the statement."""
    symbol = nucleus(law.terms[0][1][0])
    if symbol is None or symbol.name not in builder.facts.laws:
        return
    uses = {use for known, use in builder.facts.evidence if known == symbol.name}
    if uses & TESTED and (item.value, "condition") in builder.facts.evidence:
        raise Fault(f"{item.value} is drawn from {symbol.name} here, and a law is conditioned on it elsewhere: "
                    "name one of them otherwise", item.pos)


def counts_samples(builder: Builder, item: Item, member: Item) -> bool:
    """Whether the scripts of a set say i = 1 … G, for the index of its member."""
    if item.sub is None or item.sup is None or member.sub is None:
        return False
    piece = content_of(item.sub).pieces[0]
    sides = [label_of(Piece(side)) for side in piece.sides]
    return [rel for rel, _ in piece.rels] == ["="] and sides == [label(member.sub), "1"] and label(item.sup) == SIZE


def read_joint(builder: Builder, items: list[Item], law: Expr, found: list[Draw], bar: bool, bracketed: bool = False
               ) -> None:
    """Several variables from one printed law: states from its state law, actions given them.

    Actions in brackets are drawn together, and need not be independent.
    """
    if not items or len(law.terms) > 1 or law.terms[0][0]:
        raise Fault("a law stands after ∼, a variable before it", law.pos)
    parts = law.terms[0][1]
    symbol = nucleus(parts[0])
    variables = [(read_drawn(builder, item, law), item.pos) for item in items]
    states = [var for var, _ in variables if var.sort == "state"]
    acted = [var.name for var, _ in variables if var.sort != "state"]
    data = symbol is not None and of_data(symbol, parts)
    if bracketed and len(acted) > 1 and not data:
        raise Unsayable("the joint law of several variables in brackets", law.pos)
    if data and acted:
        one_name(builder.one_law, JOINT + spelled(parts[0]), ", ".join(acted) if len(acted) > 1 else "one variable",
                 law.pos)
    policy_like = symbol is not None and (symbol.letter == table.POLICY or symbol.name in builder.facts.laws)
    if len(states) > 1 and policy_like:
        raise Unsayable("the joint law of several states", law.pos)
    for var, pos in variables:
        if var.sort == "state":
            drawn_once(builder, var, read_state_law(builder, parts, law.pos), found, pos)
    for var, pos in variables:
        if var.sort != "state":
            drawn_once(builder, var, read_action_law(builder, var, parts, symbol, found, law.pos), found, pos)


def of_data(symbol: Nucleus, parts: list[Item]) -> bool:
    """Whether a law is that of a data set."""
    return symbol.letter == "D" and len(parts) == 1 and not MOVING.search(spelled(parts[0]))


def read_action_law(builder: Builder, var: Var, parts: list[Item], symbol: Nucleus | None, found: list[Draw], pos: int
                    ) -> Law | Formula | Frozen:
    """The law an action is drawn from; a data set gives it given all that was drawn before."""
    if (formula := read_formula(builder, parts, pos)) is not None:
        return formula
    if (frozen := read_frozen(builder, parts, var.name == table.TRAJECTORY, pos)) is not None:
        if var.sort == "group":
            raise Fault("a group is drawn from a law that moves, or from an old one", pos)
        return frozen
    if symbol is not None and of_data(symbol, parts):
        refuse_defined(builder, spelled(parts[0]), pos)
        return Law(Policy(spelled(parts[0]), "constant"), *(drawn for drawn, _ in found if drawn.sort != "group"))
    if var.name == table.TRAJECTORY and len(parts) == 1 and symbol is not None:
        policy, context = read_policy(builder, symbol)
        return Law(policy, *context).hinted(form="bare")
    if symbol is None or symbol.letter not in (table.POLICY, *table.LAW_LETTERS) and \
            symbol.name not in builder.facts.laws:
        raise Unsayable("the law of something that is no action", pos)
    law = read_law(builder, parts, pos)
    shown = law.hints.get("var")
    if shown and shown not in (var.name, var.name.upper(), builder.facts.anything):
        raise Malformed(f"two names for what is drawn: {var.name} and {shown}", pos)
    return law


def read_state_law(builder: Builder, parts: list[Item], pos: int) -> StateLaw:
    """d^π, the states of a policy, P(Q), or a named law of states."""
    parts = [unwrap(parts[0]), *parts[1:]]
    symbol = nucleus(parts[0])
    if symbol is None:
        raise Fault("a law of states is d^π, or one symbol", pos)
    item = symbol.item
    of = item.sup if item.sub is None else item.sub if item.sup is None else None
    if symbol.name in ("d", r"\rho") and of is not None and len(parts) == 1:
        inner = nucleus(unwrap(of))
        if inner is not None and inner.letter == table.POLICY:
            return states_of(builder, symbol.name, inner, pos)
    if symbol.letter == table.POLICY:
        return StateLaw(read_policy(builder, symbol)[0])
    if len(parts) == 2 and parts[1].kind == "group" and parts[1].body is not None and symbol.name == "P":
        inner_item = parts[1].body.lone
        if inner_item is not None and inner_item.kind == "sym" and inner_item.plain and parts[1].plain and \
                inner_item.value.isupper() and symbol.item.plain:
            inner_item.taken = True
            return read_population(builder, f"P({inner_item.value})", pos)
    if len(parts) > 1:
        raise Unsayable("a law of states that depends on something", pos)
    if symbol.name in ("P", "p"):
        raise Unsayable("a transition law", pos)
    if MOVING.search(spelled(parts[0])):
        raise Unsayable("a law of states that moves with θ", pos)
    refuse_defined(builder, spelled(parts[0]), pos)
    law = StateLaw(Policy(spelled(parts[0]), "constant"))
    law.hints = {"form": "bare"}
    return law


def state_probability(builder: Builder, symbol: Nucleus, item: Item, group: Item) -> Node | None:
    """d(s) where d is a law of states, from which the text draws or over whose argument it sums; else None."""
    lone = None if group.body is None or group.value != "(" else group.body.lone
    known = symbol.name in builder.environment.names or symbol.name in builder.environment.stems or \
        bare(symbol.name) in builder.facts.kinds or symbol.name in builder.facts.laws
    if lone is None or known or not (is_state_law(symbol.name, builder.facts.evidence) or counts_visits(
            symbol, builder.facts.evidence)):
        return None
    state = read_variable(builder, unwrap(lone)) if builder.is_variable(unwrap(lone)) else None
    if not isinstance(state, Var) or state.sort != "state":
        return None
    if (symbol.name, "number") in builder.facts.evidence:
        raise Fault(f"{symbol.name} is a law of states here, and a number elsewhere: name one of them otherwise",
                    item.pos)
    return builder.built(Prob, read_state_law(builder, [item], item.pos), state, pos=item.pos)


def read_population(builder: Builder, name: str, pos: int) -> StateLaw:
    """The unnamed law of states, which is P(S) or P(Q): one text names it once."""
    one_name(builder.one_law, POPULATION, name, pos)
    return StateLaw()


def states_of(builder: Builder, name: str, policy: Nucleus, pos: int) -> StateLaw:
    r"""The law of the states that a policy visits, whatever its name; two names may be two laws."""
    one_name(builder.one_law, VISITED, name, pos)
    return StateLaw(read_policy(builder, policy)[0])


def drawn_once(builder: Builder, var: Var, law: Any, found: list[Draw], pos: int) -> None:
    """Note a draw; a second one of the same variable is refused."""
    if any(var == other for other, _ in found):
        raise Malformed(f"two laws are named for {var.name}", pos)
    if len(found) == MAX_DRAWS:
        raise Fault(f"more than {MAX_DRAWS} draws in one expectation", pos)
    found.append((var, law))
    builder.bind(var)


def is_state_law(name: str, uses: frozenset[Use]) -> bool:
    """Whether a symbol is a law of states: what states are drawn from, or a d whose argument is summed over."""
    return (name, "states") in uses or name == table.VISITS and summed_over(name, uses)


def summed_over(name: str, uses: frozenset[Use]) -> bool:
    """Whether a text sums over an argument of a symbol."""
    ranged = {letter for letter, use in uses if use == "ranged"}
    return any(letter in ranged for letter, use in uses if use == ARGUMENT_OF + name)


def counts_visits(symbol: Nucleus, uses: frozenset[Use]) -> bool:
    r"""Whether a symbol is the law of what a policy visits by its script, \rho^\pi, and its argument is summed over."""
    scripts = [script for script in (symbol.item.sub, symbol.item.sup) if script is not None]
    inner = nucleus(unwrap(scripts[0])) if len(scripts) == 1 else None
    policy = inner is not None and inner.letter == table.POLICY
    return symbol.name == r"\rho" and policy and summed_over(symbol.name, uses)


def label_of(piece: Piece) -> str:
    """Canonical LaTeX of a piece of one expression."""
    only = piece.only
    return "" if only is None or only.lone is None else spelled(only.lone)
