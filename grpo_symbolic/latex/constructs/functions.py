r"""Reading symbols: constants, and named functions with printed and hidden arguments.

Hidden arguments are what an application depends on without printing it: the group and the state. A function that no
definition names is a function of its printed arguments; with an index, of the group and the state too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic

from ...language import (
    SCALAR,
    App,
    Apply,
    Argument,
    AtOld,
    Const,
    Head,
    Neg,
    Node,
    Num,
    Ordinal,
    Parameter,
    Policy,
    Sample,
    TokenOf,
    plus,
    sort_of,
)
from ...language.binders import one_of
from ..kinds.named import is_name, may_follow, may_move
from ..names.environment import Named, skeleton
from ..names.read_as import DEFINED, SAMPLED
from ..notation import priors as table
from ..notation.vocabulary import SHAPED
from ..parsing.naming import PLAIN_WORD, Nucleus, bare, label, nucleus, script, spelled
from ..parsing.surface import Content, Item, unwrap
from ..read_error import Ambiguous, Blocked, Fault, Malformed
from ..spelling.labels import label_among
from .anonymous_moments import refuse_fixed, value_at_sample
from .brackets import PLACE, with_arguments
from .builder import Builder
from .dropped import refuse_dropped, refuse_dropped_in, refuse_other_step
from .members import split_subscript
from .ordered import some_step
from .policies import MOVING
from .preferences import SUCCEEDS, in_order, read_preference
from .primed import derivative_at, primed
from .starts import summed
from .unprinted import hidden_variable, note_family, of_one_draw, unprinted_arguments
from .uses import Use, bracket
from .values import at_draw, refuse_two_forms
from .variables import (
    ambient_variable,
    is_index,
    read_elements,
    read_index,
    read_variable,
)
from .words import read_special, read_underset

FROZEN = re.compile(r"\\theta_")
POLICY_NAME = re.compile(r"\\pi(?![A-Za-z])")
CAPITALS = re.compile(r"\\text\{[A-Z]{2}\}")
NAMES = frozenset(("old", "new", "ref", "max", "min", "clip", "base", "mix", "seq", "target"))


def is_word(base: Nucleus, raised: str) -> bool:
    """Whether a superscript of letters is a name: old and max always, others as capitals on a letter of no number."""
    if PLAIN_WORD.fullmatch(raised) is None and CAPITALS.fullmatch(raised) is None:
        return False
    return raised[6:-1] in NAMES or raised[6:-1].isupper() and base.letter not in table.NUMBERS


def read_symbol(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """The node of a symbol with what belongs to it, and the place after it."""
    if items[p].kind == "cmd" and items[p].value == r"\underset":
        items = [*items[:p], read_underset(builder, items[p]), *items[p + 1:]]
    item = items[p]
    symbol = nucleus(item)
    if symbol is None:
        raise Fault("this is no symbol: put its scripts in one place", item.pos)
    if symbol.name == r"\infty":
        raise Fault(r"\infty is not a number: bound a quantity by a number, such as C", item.pos)
    follows = items[p + 1] if p + 1 < len(items) else None
    group = in_order(bracket(follows))
    if builder.facts.table is not None and symbol.name == builder.facts.table.name and not symbol.item.primes:
        if group is None or group.body is None or group.value != "(" or not item.plain:
            raise Fault(f"{symbol.name} is a table of numbers, and no cell of it is named here", item.pos)
        return builder.raised(cell(builder, group.body, item.pos), group.sup), p + 2
    if found := read_special(builder, symbol, items, p, group):
        refuse_dropped(builder, item, found[0])
        if group is not None and group.body is not None:
            refuse_dropped_in(builder, group.body, found[0])
        return found
    bare = item.kind == "sym" and item.sub is None and (item.sup is None or unwrap(item.sup).kind == "num")
    bound = builder.bound.get(item.value + item.dashes) if bare else None
    if bare and bound is None and (group is None or group.value != "("):
        bound = some_step(builder, item.value + item.dashes, item.pos)
    raised = builder.raises.keys() & builder.spans.keys()
    if bound is not None and bound.sort in ("index", "token") and bound in raised:
        return builder.raised(number_of_index(builder, bound), item.sup), p + 1
    if group is None or group.value != "(":
        variable = read_variable(builder, item)
        if variable is not None:
            sort = sort_of(variable)
            article = "an" if sort[0] in "ai" else "a"
            shown = spelled(unwrap(item))
            raise Fault(f"{shown} is {article} {sort} here, not a number: write a value of it, as f({shown}), or "
                        f"declare it with --let '{shown} \\in \\mathbb{{R}}'", item.pos)
    use = read_use(builder, symbol, group)
    if use.power is not None and use.power is symbol.item.sup:
        refuse_power(builder, symbol.item)
    node = read_applied(builder, use)
    place_function(builder, node, use)
    raised = builder.raised(node, use.power)
    refuse_dropped(builder, item, raised)
    if use.brackets and group is not None and group.body is not None:
        refuse_dropped(builder, group, raised)
        refuse_dropped_in(builder, group.body, raised)
    return raised, p + 1 + use.brackets


def number_of_index(builder: Builder, index: Basic) -> Node:
    """The number that an index is printed as."""
    by = builder.raises[index]
    if index in builder.starts:
        return summed([Ordinal(index), builder.starts[index], Neg(Num(1))])
    return plus(Ordinal(index), Num(-by) if by < 0 else Neg(Num(by))) if by else Ordinal(index)


def refuse_power(builder: Builder, item: Item) -> None:
    """Refuse the power of a variable that is bound here: an index, an action or a state is no number."""
    name = item.value + item.dashes
    bound = {**builder.bound, **builder.groups}
    if name in bound or item.sub is not None and f"{name}_{script(label(item.sub))}" in bound:
        raise Fault(f"{name} is bound here, and what it stands for is no number: it has no power", item.pos)


def cell(builder: Builder, body: Content, pos: int) -> App:
    """The cell of the table of parameters that a bracket names."""
    table = builder.facts.table
    lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
    if table is None or len(lone) != len(table.sorts) or any(sign not in (",", "|") for sign, _ in body.seps):
        raise Fault("this names no cell of the table of parameters", pos)
    found = [None if item is None else read_variable(builder, unwrap(item), sort)
             for item, sort in zip(lone, table.sorts, strict=True)]
    for place, sort in zip(found, table.sorts, strict=True):
        if place is None or sort_of(place) != sort or isinstance(place, TokenOf):
            raise Fault(f"a cell of {table.name} is named by {of_sort(sort)} here", pos)
    app = builder.built(App, Head(table.layout), *found, pos=pos)
    builder.place(app.head, pos, "")
    return app


def place_function(builder: Builder, node: Basic, use: Use) -> None:
    """Note where a function or constant gets its meaning, and whether a definition gives it."""
    node = node.args[0] if isinstance(node, AtOld) else node
    head = node.head if isinstance(node, App) else node
    sampled = isinstance(head, Head) and head.layout != use.layout
    builder.place(head, use.pos, SAMPLED if sampled else DEFINED if use.layout in builder.environment.names else "")


def read_use(builder: Builder, symbol: Nucleus, group: Item | None, defining: bool = False, left: bool = False) -> Use:
    """How a symbol is used: which scripts are arguments, labels, powers; whether the bracket is its own.

    ``left`` is set for what stands alone on the left of a relation that may define it.
    """
    item = symbol.item
    if item.kind == "text" and not item.value.replace("-", "").isalnum():
        raise Fault(f"the words “{item.value[:60]}” have no meaning in a formula", item.pos)
    subs: list[str] = []
    sups: list[str] = []
    printed: list[Basic] = []
    power: Item | None = None
    if item.sub is not None:
        subs, printed = split_subscript(builder, symbol, item.sub, group, defining)
    if item.sup is not None:
        kind, found = read_superscript(builder, symbol, item.sup)
        if kind == "indices":
            places = ",".join(f"#{len(printed) + k + 1}" for k in range(len(found)))
            sups, printed = [f"({places})"], [*printed, *found]
        elif kind == "label":
            sups = [label(item.sup)]
        else:
            power = item.sup
    stem = symbol.name + item.dashes
    if subs:
        stem += "_" + (f"{{{','.join(subs)}}}" if len(subs) > 1 or "#" in subs[0] else script(subs[0]))
    if sups:
        stem += "^" + script(sups[0])
    if stem in builder.environment.operators:
        raise Blocked(f"{stem} is defined as an operator on functions: what uses it cannot be checked", item.pos)
    note_family(builder, symbol, printed)
    use = Use(stem, stem, symbol, tuple(printed), bool(MOVING.search(stem)), False, power, False, item.pos)
    if group is None or group.body is None or group.value not in ("(", "[", r"\{"):
        return use
    return with_arguments(builder, use, group, defining, left)


def read_superscript(builder: Builder, base: Nucleus, sup: Item) -> tuple[str, list[Basic]]:
    """Whether a superscript holds indices, is a label, or is a power."""
    inner = unwrap(sup)
    if inner.kind == "group" and inner.value == "(" and inner.body is not None:
        listed = Item("group", "brace", inner.pos, inner.end, inner.body)
        found = [read_index(builder, element) for _, element in read_elements(builder, listed)
                 if is_index(builder, element)]
        if found and len(found) == len(inner.body.pieces):
            return "indices", [index for index in found if index is not None]
    if inner.kind == "mark":
        return ("power", []) if inner.value == "⊤" else ("label", [])
    if inner.kind == "text" or is_word(base, label(sup)):
        return "label", []
    symbol = nucleus(inner)
    if symbol is not None and (symbol.letter == table.POLICY or symbol.name in builder.facts.laws):
        return "label", []
    return "power", []


def read_applied(builder: Builder, use: Use) -> Node:
    """The node of a use: a defined function, an undefined one, or a constant."""
    named, order = builder.environment.names.get(use.layout), 0
    if named is None and "'" in use.layout:
        named, order = primed(use.layout, builder.environment)
    if named is not None:
        refuse_kinds(builder, use, named)
        refuse_fixed(builder, [one.rhs for one in builder.environment.used_by([named.app])], use.pos)
        name = label_among(builder.bound.values(), use.printed)
        if name and "group" in named.hidden:
            raise Fault(f"{spelled(use.symbol.item)} is defined for a group, and {name} names a single draw here",
                        use.pos)
        hidden = tuple(hidden_variable(builder, param, use, named.sequence) for param in named.unprinted)
        refuse_other_step(builder, use, named, hidden)
        # what is made of a value at the sample is one, too
        builder.implicit |= {var for var in hidden if var.sort == "action" and var.name not in builder.bound}
        if order:
            return derivative_at(named, order, (*use.printed, *hidden), builder.environment, use.pos)
        return taken_at_old(builder, builder.built(App, named.head, *use.printed, *hidden, pos=use.pos), use)
    if not use.brackets and (value := value_at_sample(builder, use.layout, use.symbol, use.printed,
                                                               use.theta or use.old, use.pos)) is not None:
        return value
    points = not use.printed and MOVING.search(use.layout) and POLICY_NAME.search(use.layout) is None
    if not points and any(mark in use.layout for mark in ("∼", r"\sim", r"\|", "∥", r"\parallel")):
        raise Fault(f"{use.layout.partition('_')[0].partition('(')[0]} of a law is not known: write it as an "
                    "expectation, or define it", use.pos)
    check_arity(builder, use)
    if use.layout == "r_{#1}" and sort_of(use.printed[0]) == "index" and not of_one_draw(builder, use):
        refuse_two_forms(builder, use, False)
        head = builder.environment.names.get("r(#1, #2)")
        sample = Sample(ambient_variable(builder, "group"), use.printed[0])
        return App(head.head if head else Head("r(#1, #2)"), ambient_variable(builder, "state"), sample)
    declared = builder.facts.kinds.get(bare(use.layout), "")
    if not declared and SHAPED.intersection(use.symbol.decorations):
        raise Fault(f"{use.symbol.name} may be a vector or a matrix: declare what it is, as --let "
                    rf"'{use.symbol.name} \in \mathbb{{R}}'", use.pos)
    if of_numbers(builder, use):
        if use.theta or use.old or may_follow(use.layout):
            raise Fault(f"{PLACE.sub('·', use.layout)} moves with the parameter, and is taken at a number: "
                        "define it", use.pos)
        return builder.built(Apply, Head(use.layout), *use.printed, pos=use.pos)
    hidden = unprinted_arguments(builder, use)
    named_one = is_name(use.layout) and not declared
    summed = [var for var in hidden if sort_of(var) == "state" and var in builder.spans]
    if summed and not named_one:
        raise Fault(f"whether {spelled(use.symbol.item)} depends on {summed[0]}, over which the sum around it "
                    "runs, is not said: write its arguments", use.pos)
    if may_move(use.layout) if named_one else may_follow(use.layout) and not builder.facts.parameter.number:
        use = replace(use, theta=True)
    if named_one and not use.printed:  # what nothing defines may be another thing in each term of a sum
        hidden += tuple(var for var in builder.spans if var not in hidden)
    if not use.printed and not hidden and not use.theta and not use.old and not use.brackets and not named_one:
        shaped = builder.facts.shaped and not declared and (use.symbol.name, "limit") not in builder.facts.evidence
        vector = use.symbol.name in builder.facts.vectors and not declared
        custom = "vector" if vector else table.BARE_SHAPES.get(use.symbol.letter, "") if shaped else ""
        shape = {"vec": "vector", "mat": "matrix"}.get(declared, custom)
        if shape:
            return App(Head(use.layout, shape=shape))
        return Const(use.layout, "positive" if use.layout in table.POSITIVE and not declared else "real")
    layout, args = at_draw(builder, use, hidden)
    app = builder.built(App, Head(layout, use.theta or use.old), *args, pos=use.pos)
    return taken_at_old(builder, read_preference(builder, app, use.pos) if SUCCEEDS in layout else app, use)


def of_numbers(builder: Builder, use: Use) -> bool:
    """Whether an undefined function is taken at a number, which no other use of it forbids."""
    sorts = tuple("number" if isinstance(arg, Node) and not isinstance(arg, Num) else "" if isinstance(arg, Num)
                  else sort_of(arg) for arg in use.printed)
    for place, sort in enumerate(sorts if use.brackets else ()):
        if sort and "number" in {sort, known := builder.domains.setdefault((use.layout, place), sort)} != {known}:
            raise Ambiguous(f"{PLACE.sub('·', use.layout)} is taken at {one_of(sort)} and elsewhere at "
                        f"{one_of(known)}: one function has one kind of argument", use.pos)
    return use.brackets and ("number" in sorts or "" in sorts and not numbered_elsewhere(builder, use))


def numbered_elsewhere(builder: Builder, use: Use) -> bool:
    """Whether an index stands somewhere at a place of a function."""
    return any((letter, f"at {place} {use.symbol.name}") in builder.facts.evidence for place in range(len(use.printed))
               for letter, sort in builder.facts.sorts.items() if sort in ("index", "token"))


def refuse_kinds(builder: Builder, use: Use, named: Named) -> None:
    """Refuse an argument of another kind than the variable for which a function is defined."""
    for arg, param in zip(use.printed, named.app.params, strict=False):
        if isinstance(param, Argument) and isinstance(arg, Node):
            if arg.shape != SCALAR:
                raise Fault(f"{PLACE.sub('·', use.layout)} is defined for a number, and no number stands here",
                            use.pos)
            continue
        here, sort = sort_of(arg), sort_of(param)
        if here != sort and not {here, sort} <= {"index", "token"}:
            raise Fault(f"{PLACE.sub('·', use.layout)} is defined for {of_sort(sort)}, and stands here with "
                        f"{of_sort(here)}", use.pos)


def taken_at_old(builder: Builder, node: Node, use: Use) -> Node:
    return AtOld(node) if use.old else node


def check_arity(builder: Builder, use: Use) -> None:
    """Refuse a function that is used with another number of arguments than it is defined or used with."""
    shape, environment = skeleton(use.layout), builder.environment
    if use.brackets:
        if use.stem in environment.names:
            raise Malformed(f"{use.stem} is defined without arguments in brackets", use.pos)
        defined = environment.shapes.get(shape)
    else:
        defined = environment.stems.get(use.stem)
    if defined is not None:
        # a function is often printed without its arguments, and what a path and what a step pays go by one letter
        kind = Malformed if use.brackets and use.symbol.letter not in ("R", "r", "G") else Fault
        raise kind(f"wrong arguments: this function is defined as {PLACE.sub('·', defined)}", use.pos)
    if not use.brackets or use.symbol.letter in ("P", "p"):
        return
    count = len(use.printed)
    shape += sort_of(use.printed[0]) if use.printed else ""
    if builder.arities.setdefault(shape, count) != count:
        raise Malformed(f"wrong number of arguments: {use.stem} takes {builder.arities[shape]} before and {count} "
                        "here", use.pos)


def is_frozen(builder: Builder, node: Basic) -> bool:
    """Whether a node that is constant in θ speaks of θ_old, or of another point of θ."""
    if isinstance(node, AtOld) or isinstance(node, Policy) and (
            node.point == "old" or bool(FROZEN.search(node.name))) or isinstance(node, Parameter):
        return True
    if isinstance(node, Head):
        named = builder.environment.names.get(node.layout)
        return bool(FROZEN.search(node.layout)) or named is not None and named.old
    return any(is_frozen(builder, arg) for arg in node.args)


def of_sort(sort: str) -> str:
    """A variable of a sort in words, or a number."""
    return "a number" if sort == "expression" else f"a variable of the sort {sort}"
