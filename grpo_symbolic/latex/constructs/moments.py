r"""Reading variances and covariances, distances of laws, and functions of a number that have a name."""

from __future__ import annotations

from typing import Any

from ...language import (
    SCALAR,
    Abs,
    ChiSquare,
    Largest,
    Law,
    Neg,
    Node,
    Num,
    Policy,
    Scope,
    Sigmoid,
    TotalVariation,
    Var,
    plus,
    times,
)
from ...language.derived import DISTANCES, FUNCTIONS_BY_WORD, MOMENTS
from ..kinds.anonymous import symbols_in
from ..kinds.evidence import APART
from ..notation import priors as table
from ..parsing.naming import Nucleus, label, nucleus, word
from ..parsing.surface import Item, items_of, listed, unwrap
from ..read_error import Fault
from .builder import Builder
from .dependence import refuse_dependent
from .draws import read_draws
from .formulas import Formula
from .policies import defined_policy, holds_laws, read_law
from .scripts import with_scripts
from .variables import point_of

LOGISTIC = r"\sigma"


def read_moment(builder: Builder, meaning: str, item: Item, group: Item) -> Node:
    r"""\text{Var}_{a \sim \pi}[f], \text{Cov}_{a \sim \pi}[f, g]."""
    make = MOMENTS[meaning]
    if item.sub is None:
        raise Fault(f"a {meaning} needs its law: write it with a ∼ π below", item.pos)
    if group.body is None or item.primes:
        raise Fault(f"a {meaning} is written with its law below, and brackets", item.pos)
    with builder.opened():
        draws, _ = read_draws(builder, listed(item.sub), item.pos, group.body)
        if len(draws) > 1 or isinstance(draws[0][1], Formula):
            raise Fault(f"a {meaning} is over one draw from a law that is named: write the expectations", item.pos)
        bodies = builder.arguments(group.body, group.pos)
    if len(bodies) != make.count or any(body.shape != SCALAR for body in bodies):
        raise Fault(f"a {meaning} is that of {'one number' if make.count == 1 else 'two numbers'}", group.pos)
    refuse_dependent(builder, draws, bodies, item.pos)
    (var, law), = draws
    if not all(var in body.free for body in bodies):
        raise Fault(f"a {meaning} of something that does not show {var.name}, which is drawn", group.pos)
    node = builder.built(make, law, *(Scope.close(var, body) for body in bodies), pos=item.pos)
    return builder.powered(builder.raised(node, group.sup), item)


def read_distance(builder: Builder, symbol: Nucleus, group: Item | None) -> Node | None:
    r"""D_{TV}(P \| Q), \text{JS}(P, Q), \chi^2(P \| Q), D_{\chi^2}(P \| Q); None for anything else."""
    item = symbol.item
    if group is None or group.body is None or group.value != "(" or item.primes:
        return None
    below = "" if item.sub is None else label(item.sub)
    name = word(item.sub) if symbol.name in APART else item.value if item.kind == "text" and not below else ""
    if name in DISTANCES:
        return builder.powered(read_apart(builder, DISTANCES[name], group), item)
    if symbol.name in table.DIVERGENCES and below == r"\chi^2":
        return builder.powered(read_apart(builder, ChiSquare, group), item)
    squared = item.sup is not None and unwrap(item.sup).value == "2" and unwrap(item.sup).plain
    if symbol.name == r"\chi" and not below and squared and [sign for sign, _ in group.body.seps] == ["‖"]:
        return read_apart(builder, ChiSquare, group)
    return None


def read_apart(builder: Builder, make: type[Any], group: Item) -> Node:
    """A distance of the two laws in a bracket."""
    body = group.body
    assert body is not None
    if [sign for sign, _ in body.seps] not in (["‖"], [","]) or not holds_laws(builder, group):
        raise Fault(r"a distance compares two laws, \pi_\theta(\cdot|s) or P", group.pos)
    laws = []
    for piece in body.pieces:
        assert piece.only is not None
        if defined_policy(builder, piece.only.terms[0][1]) is not None:
            raise Fault("a policy that a formula defines stands in a distance: write the sum", piece.pos)
        laws.append(read_law(builder, piece.only.terms[0][1], piece.pos))
    return builder.raised(builder.built(make, *laws, pos=group.pos), group.sup)


def read_norm(builder: Builder, item: Item) -> Node | None:
    r"""\|P - Q\|_1 of two laws, which is 2 D_{TV}(P \| Q); None for the norm of anything else."""
    if item.value == "‖" and item.sub is not None and unwrap(item.sub).value == r"\infty":
        return read_largest_norm(builder, item)
    only = None if item.value != "‖" or item.body is None else item.body.only
    lawful = [] if only is None else [unvalued(builder, items) for _, items, _ in only.terms]
    if only is None or not any(lawful):
        return None
    apart = all(lawful) and [sign for sign, _, _ in only.terms] == ["", "-"]
    if not apart or item.sub is None or not unwrap(item.sub).plain or unwrap(item.sub).value != "1":
        raise Fault(r"which norm of laws this is is not said: write \|P - Q\|_1", item.pos)
    bare = item.copy()
    bare.sub = None
    laws = [read_law(builder, items, pos) for _, items, pos in only.terms]
    return with_scripts(builder, times(Num(2), builder.built(TotalVariation, *laws, pos=item.pos)), bare)


def read_largest_norm(builder: Builder, item: Item) -> Node:
    r"""\|f\|_\infty of a function without arguments: the largest of its absolute values."""
    assert item.body is not None
    var = Var(builder.facts.action or "a", "action")
    with builder.opened():
        builder.bind(var)
        builder.bare_law = var, Law(Policy(table.POLICY, "constant"))
        body = builder.inside(item.body, item.pos)
    if var not in body.free or body.shape != SCALAR:
        raise Fault("this norm is that of a function without arguments: write \\max_a |f(a)|", item.pos)
    bare = item.copy()
    bare.sub = None
    node = builder.built(Largest, Scope.close(var, builder.built(Abs, body, pos=item.pos)), pos=item.pos)
    return with_scripts(builder, node, bare)


def unvalued(builder: Builder, items: list[Item]) -> bool:
    """Whether items spell a law, by custom at least, that is taken at no outcome."""
    symbol, group = nucleus(items[0]), items[1].body if len(items) == 2 else None
    if symbol is None or len(items) > 2 or group is not None and (
            unwrap(next(items_of(group))).kind != "any"):
        return False
    known = symbol.letter == table.POLICY or symbol.name in builder.facts.laws
    if not known and symbol.letter in table.LAW_LETTERS and items[0].plain:
        raise Fault(f"whether {symbol.name} is a law is not said: declare it, as "
                    rf"{symbol.name} \in \Delta(\mathcal{{Y}})", items[0].pos)
    return known


def read_of_number(builder: Builder, meaning: str, item: Item, group: Item) -> Node:
    r"""\text{sigmoid}(x), \text{softplus}(x)."""
    assert group.body is not None
    if not item.plain:
        raise Fault(f"scripts on {item.value} have no meaning here: write the power after the brackets", item.pos)
    argument = builder.inside(group.body, group.pos)
    return builder.raised(builder.built(FUNCTIONS_BY_WORD[meaning], argument, pos=item.pos), group.sup)


def read_logistic(builder: Builder, symbol: Nucleus, group: Item | None) -> Node | None:
    r"""\sigma(x) or \sigma'(x) of a number, where the text has no other \sigma; None for any other use."""
    item, environment = symbol.item, builder.environment
    if symbol.name != LOGISTIC or group is None or group.body is None or group.value != "(":
        return None
    if LOGISTIC in environment.names or LOGISTIC in environment.stems or item.sub is not None \
            or item.sup is not None or group.body.only is None:
        return None
    lone = group.body.lone
    if lone is not None and (builder.is_variable(unwrap(lone)) or point_of(builder, lone)):
        return None
    order = len(item.dashes)
    if LOGISTIC in builder.facts.alone or order > 1:
        raise Fault(r"\sigma is a function here and stands elsewhere without an argument: define it, or give one "
                    "of the two another name", item.pos)
    of = set(symbols_in([group.body]))
    kinds = {one.kind for one in builder.facts.mentions if of & one.letters}
    if of and {"moment", "outside"} <= kinds:
        raise Fault(r"\sigma of what is random beside a moment of it may be its standard deviation: define it",
                    item.pos)
    node = builder.built(Sigmoid, builder.inside(group.body, group.pos), pos=item.pos).hinted(form="letter")
    if order:
        node = times(node, plus(Num(1), Neg(node)))
    return builder.raised(node, group.sup)
