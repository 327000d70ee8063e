r"""Reading moments whose law is not printed: E[X], Var(X), Cov(X, Y), E_t[x_t], E[f(s,a)|s], E_{s,a}[f(s,a)]."""

from __future__ import annotations

import re
from typing import Any

from sympy import Basic

from ...language import (
    SCALAR,
    App,
    Const,
    Expect,
    Head,
    Law,
    Node,
    Num,
    Policy,
    Root,
    Scope,
    StateLaw,
    Var,
)
from ...language.derived import MOMENTS
from ..kinds.anonymous import LAWS, NATURE, below, moment_before, parted, symbols_in
from ..names.read_as import UNPRINTED
from ..notation.priors import POSITIVE
from ..notation.vocabulary import BOLD, words
from ..parsing.naming import Nucleus, bare, spelled
from ..parsing.surface import Content, Item
from ..read_error import Fault
from .builder import Builder, Draw
from .draws import draw_name, drawn_once, read_drawn, unlawful_each, unnamed_law
from .formal import read_given
from .policies import read_contexts

# What is a number by custom, and no name of anything random.
GIVEN_NUMBERS = words(r"\alpha \beta \gamma \epsilon \varepsilon \eta \kappa \lambda c")
COUNTS = {"expectation": 1, "variance": 1, "covariance": 2, "deviation": 1}


def anonymous_moment(builder: Builder, symbol: Nucleus, items: list[Item], p: int) -> tuple[Node, int] | None:
    """A moment whose law is not printed; None for anything else, and where variables are listed below it."""
    plan, item = builder.facts.plan, symbol.item
    group = items[p + 1] if p + 1 < len(items) else None
    meaning = moment_before(items[p], group)
    if not plan.kind or group is None or group.body is None or not meaning or not is_moment(builder, symbol):
        return None
    listed = () if item.sub is None else below(item.sub)
    counted = any(builder.facts.sorts.get(letter) in ("index", "token") for letter in listed or ())
    if listed is None or listed and plan.kind not in ("hidden", "index") and not counted:
        return None
    if plan.why and builder.defining and meaning == "expectation" and not (item.primes or group.primes or group.sub):
        return builder.powered(builder.raised(of_no_law(builder, item, group), group.sup), item), p + 2
    if plan.why:
        raise Fault(f"the law of this {meaning} is not printed: {plan.why}", item.pos)
    if item.primes or group.primes or group.sub is not None:
        raise Fault(f"a prime or a subscript on this {meaning} has no meaning that is known here", item.pos)
    if meaning == "expectation" and group.value == "(" and group.sup is not None:
        raise Fault("whether this power is taken before or after the expectation is not said: write the brackets "
                    "of the expectation as [ ]", group.sup.pos)
    if any(sign not in (",", "|") for sign, _ in group.body.seps) or any(
            piece.only is None for piece in group.body.pieces):
        raise Fault(f"this {meaning} is of one number, or of two for a covariance", group.pos)
    with builder.opened():
        drawn = named_draws if plan.kind == "named" else sampled_draws
        draws, bodies = drawn(builder, group.body, item.pos)
    if len(bodies) != COUNTS[meaning]:
        raise Fault(f"this {meaning} is of one number, or of two for a covariance", group.pos)
    node = moment_of(builder, meaning, draws, bodies, item.pos)
    return builder.powered(builder.raised(node, group.sup), item), p + 2


def of_no_law(builder: Builder, item: Item, group: Item) -> Node:
    """An expectation in a definition that does not say under which law: whatever varies in it may be drawn."""
    assert group.body is not None
    before = dict(builder.free)
    body, given = read_given(builder, group.body, group.pos)
    drawn = sorted((var for var in body.free - set(given) if var not in builder.bound.values()), key=str)
    for var in drawn:
        if var not in before:
            builder.free.pop(var, None)
    sign = spelled(item)
    shown = ", ".join(f"#{k + 2}" for k in range(len(given)))
    found: Node = builder.formal(rf"{sign}\left[ #1{' | ' + shown if shown else ''} \right]", drawn, body, *given,
                                 pos=item.pos)
    return found


def is_moment(builder: Builder, symbol: Nucleus) -> bool:
    """Whether a symbol before brackets is a moment: a plain E is none where E is a number or defined."""
    name, known = symbol.name, builder.environment
    if name in known.names or name in known.stems or name in builder.facts.kinds:
        return False
    return name != "E" or all(one.kind != "number" for one in builder.facts.mentions)


def sampled_draws(builder: Builder, body: Content, pos: int) -> tuple[list[Draw], list[Node]]:
    """What a moment draws, and what it is of, where bare letters are functions of the sample."""
    sample = read_sample(builder)
    if any(var.sort not in ("index", "token") and var not in sample for var in builder.bound.values()):
        raise Fault("an expectation without a law stands where something is drawn: write its law", pos)
    bodies, given = parted(body)
    if given and builder.facts.plan.kind != "hidden":
        raise Fault("a mean over an index with a condition cannot be said", pos)
    draws: list[Draw] = []
    if len(sample) > 1 and not given:
        draws.append((sample[0], unnamed_law(builder, sample[0], pos)))
    draws.append((sample[-1], Law(builder.facts.plan.law, *sample[:-1])))
    for piece in given:
        if piece.lone is None or not piece.lone.plain:
            raise Fault("a condition is one letter, as in E[X|Y]", max(piece.pos, 0))
        if piece.lone.value in GIVEN_NUMBERS:
            raise Fault(f"{piece.lone.value} is read as a number, which tells nothing of what is random: write another "
                        "letter for the condition", max(piece.pos, 0))
        spelled(piece.lone)
    for var, _ in draws:
        builder.bind(var)
        builder.place(var, pos, UNPRINTED)
    found = [builder.expression(piece.only, pos) for piece in bodies]
    refuse_other_variables(builder, found, sample, pos)
    return draws, found


def refuse_other_variables(builder: Builder, bodies: list[Node], sample: tuple[Var, ...], pos: int) -> None:
    """Refuse what depends on a variable that is not drawn here, and yet may be."""
    for body in bodies:
        for var in sorted(body.free - set(sample), key=lambda var: var.name):
            if var.sort not in ("index", "token"):
                raise Fault(f"whether {var.name} is drawn here is not said: write the law below", pos)
        if any(isinstance(part, (Policy, StateLaw)) and part.args and part not in LAWS
               for part in body.walk()):
            raise Fault("an expectation without a law holds other laws: write its law", pos)


def named_draws(builder: Builder, body: Content, pos: int) -> tuple[list[Draw], list[Node]]:
    """What a moment draws, and what it is of, where variables are printed in it: what it is not given."""
    pieces, conditions = parted(body)
    bodies = [builder.expression(piece.only, pos) for piece in pieces]
    given = set(read_contexts(builder, [piece for content in conditions for piece in content.pieces]))
    names = [Var(letter, builder.facts.sorts[letter]) for letter in builder.facts.plan.letters]
    free = frozenset[Any]().union(*(one.free for one in bodies))
    drawn = [var for var in names if var in free and var not in given]
    if not drawn and len(names) > 1 and given == set(names) >= free:
        return [], bodies  # of what is given, nothing is averaged
    if not drawn:
        raise Fault("what this is an average over is not said: write it below", pos)
    if not given:
        builder.unsaid |= set(() if builder.facts.plan.conditional else names)
        if any(var in builder.bound.values() for var in drawn):
            raise Fault("an expectation without a law stands where something is drawn: write its law", pos)
    refuse_other_variables(builder, bodies, (*drawn, *given), pos)
    for one in bodies:
        refuse_values(builder, one, pos)
    return joint_draws(builder, drawn, given, pos), bodies


def unlawful(builder: Builder, items: list[Item], found: list[Draw], body: Content | None, given: bool = False) -> str:
    """Variables without a law in the subscript of what has this body, and how that is printed.

    They have the joint law of the statement. Where they are ``given`` something, that is the subscript, and ends in
    a condition.
    """
    plan = builder.facts.plan
    variables = [] if found else [read_drawn(builder, item, None) for item in items
                                  if draw_name(builder, item) not in builder.trailing]
    if not items or not given and (len(variables) < len(items) or
                                       all(var.sort == "state" for var in variables)):
        return unlawful_each(builder, items, found)
    pos = items[0].pos
    if len(variables) < len(items):
        raise Fault("what this draws, and given what, is not said: write its laws", pos)
    if plan.kind != "named" or not {var.name for var in variables} <= set(plan.letters):
        raise Fault(f"the law of {variables[-1].name} is not printed: {plan.why or 'write it below'}", pos)
    bodies, conditions = ([], []) if body is None else parted(body)
    known = set(read_contexts(builder, [piece for content in conditions for piece in content.pieces]))
    drawn = sorted(set(variables), key=lambda var: plan.letters.index(var.name))
    draws = joint_draws(builder, drawn, known, pos)
    silent = {var.name for var, _ in draws} - {var.name for var in drawn}
    if len(drawn) < len(variables) or silent & set(symbols_in(bodies)):
        raise Fault(f"whether {min(silent, default=drawn[0].name)} is drawn here is not said: write its law", pos)
    for var, law in draws:
        drawn_once(builder, var, law, found, pos)
    return ""


def refuse_values(builder: Builder, body: Node, pos: int) -> None:
    """Refuse a letter that may be a value at what is drawn, beside functions of it."""
    for part in body.walk():
        value = isinstance(part, App) and not part.params or isinstance(part, Const) and \
            not is_evident(builder, part.name)
        if value:
            raise Fault(f"{part.name} may be a number or a value at what is drawn here: write its arguments, or "
                        rf"declare a number as {part.name} \in \mathbb{{R}}", pos)


def joint_draws(builder: Builder, drawn: list[Var], given: set[Basic], pos: int) -> list[Draw]:
    """Variables with their laws, by the joint law in the order of the plan: the second one given the first."""
    letters = builder.facts.plan.letters
    first = Var(letters[0], builder.facts.sorts[letters[0]])
    start = unnamed_law(builder, first, pos) if first.sort == "state" else Law(builder.facts.plan.law)
    second = Var(letters[1], builder.facts.sorts[letters[1]]) if len(letters) > 1 else None
    rest = Law(builder.facts.plan.law, first)
    if given == {first} and drawn == [second]:
        return [(drawn[0], rest)]
    if given or second in drawn and first in builder.bound.values():
        raise Fault(f"whether {drawn[0].name} is drawn given the other variable is not said: write its law", pos)
    if second is None or second not in drawn:
        return [(first, start)]
    return [(first, start), (second, rest)]


def read_sample(builder: Builder) -> tuple[Var, ...]:
    """What bare letters are functions of, where the law of a moment is not printed."""
    return tuple(Var(*one) for one in builder.facts.plan.sample)


def value_at_sample(builder: Builder, layout: str, symbol: Nucleus, printed: tuple[Basic, ...], moving: bool, pos: int
                    ) -> Node | None:
    """The value of a bare symbol at the sample; None for what stands in no moment, and where every law is printed.

    Outside of moments the sample is any, as the variable of an equation between functions is.
    """
    plan = builder.facts.plan
    if plan.kind == "index" and re.search(rf"[_^].*(?<![A-Za-z\\]){re.escape(plan.letters[0])}(?![A-Za-z])",
                                          layout):
        raise Fault(f"{layout} cannot be said beside a mean over {plan.letters[0]}", pos)
    if not plan.sample:
        return None
    sample = read_sample(builder)
    if set(printed) & set(sample):
        return App(Head(layout, moving), *printed)
    if symbol.name not in plan.random:
        return App(Head(layout, moving), *printed) if printed else None
    declared = builder.facts.kinds.get(bare(layout), "")
    if declared in ("vec", "mat") or BOLD.intersection(symbol.decorations):
        raise Fault(f"{layout} may be a vector, and moments of vectors are not known here", pos)
    if nature(builder, layout, symbol, declared, pos) == "number":
        sign = "positive" if layout in POSITIVE and not declared else "real"
        return App(Head(layout, moving), *printed) if printed else Const(layout, sign)
    if moving and plan.kind == "hidden":
        raise Fault(rf"whether the law of an expectation moves with \theta, as {layout} does, is not said: write "
                    "it below", pos)
    values = [builder.named(var.name, var.sort, pos, UNPRINTED)
              for var in (sample[:1] if symbol.name in plan.letters else sample)]
    builder.implicit |= set(values)
    return App(Head(layout, moving), *printed, *values)


def nature(builder: Builder, layout: str, symbol: Nucleus, declared: str, pos: int) -> str:
    """Whether a symbol that stands in a moment is a number or random, which its text may leave open."""
    found, name = builder.facts.plan.nature(layout), symbol.name
    if declared == "num":  # which a random quantity may be, too
        return found if symbol.letter.isupper() and found == "random" else "number"
    if found != "either":
        return found
    reason = rf"{name} may be a number or random here: declare a number as {name} \in \mathbb{{R}}"
    options = f"{name} is a number", f"{name} is random"
    return ("number", "random")[builder.choose(reason, NATURE + name, options, pos)]


def refuse_unsaid(builder: Builder, side: Node) -> None:
    """Refuse a side in which a variable is free that an expectation draws without saying so."""
    builder.outside |= side.free
    for var in builder.unsaid & builder.outside:
        raise Fault(f"whether the expectation draws {var.name} is not said, which is free beside it: write its law",
                    builder.free.get(var, builder.pos))


def refuse_fixed(builder: Builder, bodies: list[Node], pos: int) -> None:
    """Refuse what is defined by letters that may be random, of which its definition knows nothing."""
    if not any(var in builder.bound.values() for var in read_sample(builder)):
        return
    for body in bodies:
        refuse_values(builder, body, pos)
        if any(isinstance(part, (Policy, StateLaw)) and part not in LAWS and part.args for part in body.walk()):
            raise Fault("an expectation without a law holds other laws: write its law", pos)


def is_evident(builder: Builder, name: str) -> bool:
    """Whether a constant is a number beside what is random."""
    chosen = builder.facts.choices.get(NATURE + name.partition("_")[0]) == 0
    return chosen or bare(name) in builder.facts.kinds or builder.facts.plan.nature(name) == "number"


def moment_of(builder: Builder, meaning: str, draws: list[Draw], bodies: list[Node], pos: int) -> Node:
    """The node of a moment: one over several draws is an expectation of products of deviations."""
    if meaning == "deviation":
        return builder.built(Root, moment_of(builder, "variance", draws, bodies, pos), pos=pos)
    if meaning != "expectation" and any(body.shape != SCALAR for body in bodies):
        raise Fault(f"a {meaning} is that of numbers", pos)
    if meaning == "expectation" or len(draws) > 1:
        body = bodies[0]
        if meaning != "expectation":
            one, other = [part - moment_of(builder, "expectation", draws, [part], pos) for part in (bodies * 2)[:2]]
            body = one * other
        for place, (var, law) in reversed(list(enumerate(draws))):
            body = builder.built(Expect, law, Scope.close(var, body), pos=pos)
            if place:
                body.hints = {"joint": "inner"}
        return body
    if not draws:
        return Num(0)
    (var, law), = draws
    node: Node = builder.built(MOMENTS[meaning], law, *(Scope.close(var, body) for body in bodies), pos=pos)
    return node
