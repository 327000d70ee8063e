r"""Reading what the language has built in: E, D_KL, clip, mean, sg, O(‖Δθ‖^k), the Fisher information."""

from __future__ import annotations

from sympy import Basic

from ...language import (
    EULER,
    OLD,
    App,
    AtOld,
    BigO,
    Clip,
    Exp,
    Fisher,
    Head,
    Law,
    Node,
    Norm,
    Num,
    Parameter,
    Policy,
    Power,
    Step,
    StopGradient,
    Taylor,
)
from ...language.derived import FUNCTIONS_BY_WORD, MOMENTS
from ..kinds.evidence import EXPONENTIAL, numbers_only
from ..notation import priors as table
from ..notation.vocabulary import OPERATOR_WORDS
from ..parsing.naming import Nucleus, spelled, word
from ..parsing.surface import Item, content_of, unwrap
from ..read_error import Fault, Malformed
from .anonymous_moments import anonymous_moment
from .builder import Builder
from .cases import compares, holds_relation, read_condition, read_indicator, read_statistic
from .draws import read_expectation, state_probability
from .formulas import read_formula_divergence
from .moments import read_distance, read_logistic, read_moment, read_of_number
from .policies import holds_laws, read_context, read_divergence, read_entropy, read_policy_value
from .preferences import prefers
from .variables import point_of, read_elements


def read_special(builder: Builder, symbol: Nucleus, items: list[Item], p: int, group: Item | None
                 ) -> tuple[Node, int] | None:
    """What the language has built in, else None."""
    name, item = symbol.name, symbol.item
    if group is not None and group.body is not None and prefers(group.body):
        return None
    if (moment := anonymous_moment(builder, symbol, items, p)) is not None:
        return moment
    if name in table.EXPECTATIONS or item.kind == "text" and item.value == "E" or \
            name == "E" and item.sub is not None and group is not None:
        bare_but(item, "sub", "sup")
        return read_expectation(builder, symbol, items, p)
    if name == r"\theta":
        if point_of(builder, item):
            builder.place(Parameter(point_of(builder, item)), item.pos)
            return builder.raised(Parameter(point_of(builder, item)), None), p + 1
        if item.sub is not None and len(content_of(unwrap(item.sub)).pieces) > 1:
            raise Fault(rf"a component of \theta, as {spelled(item)}, cannot be said", item.pos)
        if item.sub is not None and item.sup is None:
            return App(Head(spelled(item), shape="vector")), p + 1
    if name == r"\Delta" and p + 1 < len(items) and items[p + 1].value == r"\theta" and items[p + 1].sub is None:
        bare_but(item)
        bare_but(items[p + 1], "sup")
        items[p + 1].taken = True
        return builder.raised(Step(), items[p + 1].sup), p + 2
    if name == "e" and item.sub is None and item.sup is not None and not item.primes and \
            "e" not in builder.environment.names and "e" not in builder.facts.kinds:
        exponent = builder.raising(item.sup)
        return builder.built(Exp, exponent, pos=item.pos).hinted(form="power"), p + 1
    if is_euler(builder, item):
        builder.place(EULER, item.pos)
        return builder.built(Exp, Num(1), pos=item.pos).hinted(form="power"), p + 1
    if (name in table.DIVERGENCES and word(item.sub) in ("KL", "kl") or
            name == r"\text{KL}" and item.sub is None) and group is not None:
        bare_but(item, "sub", "sup")
        divergence = read_formula_divergence(builder, group) or read_divergence(builder, group)
        return builder.powered(divergence, item), p + 2
    if group is not None and name in table.ENTROPIES and holds_laws(builder, group):
        bare_but(item, "sup")
        return builder.powered(read_entropy(builder, group), item), p + 2
    if group is not None and (found := state_probability(builder, symbol, item, group)) is not None:
        return builder.raised(found, group.sup), p + 2
    if (found := read_distance(builder, symbol, group) or read_logistic(builder, symbol, group)) is not None:
        return found, p + 2
    if name in table.VARIANCES and group is not None:
        return read_moment(builder, "variance", item, group), p + 2
    if name in table.INDICATORS and group is not None and holds_relation(builder, group):
        bare_but(item)
        return read_indicator(builder, group), p + 2
    if compares(builder, symbol) and item.sub is not None:
        if group is not None or item.sup is not None or item.primes or len(content_of(item.sub).pieces) > 1:
            raise Fault("an indicator with its comparison below stands alone", item.pos)
        return read_condition(builder, content_of(item.sub).pieces[0], item.sub.pos), p + 1
    if name in table.ONES and group is not None and group.value in ("[", "(", r"\{"):
        raise Fault("an indicator holds a comparison", group.pos)
    if name in ("O", r"\mathcal{O}") and group is not None and group.value == "(" and item.plain:
        return read_remainder(builder, group), p + 2
    if name == r"\mathcal{T}" and group is not None and group.value == "[" and item.sub is not None:
        bare_but(item, "sub")
        order = builder.inside(content_of(item.sub), item.sub.pos)
        assert group.body is not None
        return builder.built(Taylor, builder.inside(group.body, group.pos), order, pos=item.pos), p + 2
    if item.kind == "text" and item.value in OPERATOR_WORDS and (group is not None or name != r"\text{KL}"):
        return read_word(builder, OPERATOR_WORDS[item.value], item, group, p)
    if symbol.letter == table.POLICY or name in builder.facts.laws:
        return read_policy_value(builder, symbol, items, p, group)
    if name == "F" and group is not None and group.value == "(" and (found := read_fisher(builder, item, group)):
        return found, p + 2
    return None


def is_euler(builder: Builder, item: Item) -> bool:
    r"""Whether an item is the number e: where nothing but numbers stands beside it, or e^x is the exponential, and
    nothing uses the letter otherwise."""
    uses = {use for name, use in builder.facts.evidence if name == "e"}
    plain = item.kind == "sym" and item.value == "e" and item.plain
    if not plain or not uses <= {"number", "calculated", EXPONENTIAL} or "e" in builder.facts.kinds or \
            "e" in builder.environment.names or "e" in builder.bound:
        return False
    return EXPONENTIAL in uses or numbers_only(builder.facts.evidence) and not builder.facts.mentions


def powered(builder: Builder, node: Node, operator: Item) -> Node:
    r"""A value whose operator carries a number above: D^2 is a square."""
    if operator.sup is not None and unwrap(operator.sup).kind != "num":
        raise Fault(f"the script {spelled(operator.sup)} on an operator has no meaning that is known here",
                    operator.sup.pos)
    return builder.raised(node, operator.sup)


def read_underset(builder: Builder, item: Item) -> Item:
    r"""``\underset{a}{b}`` as b with the subscript a."""
    inner = unwrap(item.args[1])
    if inner.sub is not None:
        raise Malformed("two subscripts on one symbol", item.pos)
    inner = inner.copy()
    inner.sub = item.args[0]
    return inner


def read_word(builder: Builder, meaning: str, item: Item, group: Item | None, p: int) -> tuple[Node, int]:
    """clip, mean, std, sg and the like."""
    if group is None or group.body is None:
        raise Fault(f"{item.value} needs its argument in brackets", item.pos)
    if meaning in MOMENTS:
        return read_moment(builder, meaning, item, group), p + 2
    if meaning in FUNCTIONS_BY_WORD:
        return read_of_number(builder, meaning, item, group), p + 2
    bare_but(item, *(("sub",) if meaning in ("mean", "std") else ()))
    if meaning in ("mean", "std"):
        return builder.raised(read_statistic(builder, meaning, item, group), group.sup), p + 2
    if meaning == "stop":
        return builder.raised(StopGradient(builder.inside(group.body, group.pos)), group.sup), p + 2
    if meaning == "clip":
        args = builder.arguments(group.body, group.pos)
        if len(args) != 3:
            raise Malformed(f"clip takes a value, a lower and an upper end, not {len(args)} arguments", group.pos)
        return builder.raised(builder.built(Clip, *args, pos=item.pos), group.sup), p + 2
    if meaning in ("log", "exp", "min", "max"):
        fn = Item("fn", meaning, item.pos, item.end)
        return builder.function([fn, group], 0)[0], p + 2
    raise Fault(f"{item.value} cannot be said in this language", item.pos)


def read_remainder(builder: Builder, group: Item) -> Node:
    """O(‖Δθ‖^k)."""
    assert group.body is not None
    node = builder.inside(group.body, group.pos)
    base, order = node.args if isinstance(node, Power) else (node, Num(1))
    if not isinstance(base, Norm) or base.args[0] != Step() or not isinstance(order, Num) or order.value.q != 1:
        raise Fault(r"a remainder is written O(\|\Delta\theta\|^k)", group.pos)
    return BigO(order)


def read_fisher(builder: Builder, item: Item, group: Item) -> Node | None:
    """The Fisher information F_s(θ), where nothing else is called F."""
    assert group.body is not None
    point = point_of(builder, group.body.lone)
    layout = r"F_{#1}(\theta)" if item.sub is not None else r"F(\theta)"
    if not point or item.sup is not None or item.primes or layout in builder.environment.names:
        return None
    if item.sub is not None and spelled(unwrap(item.sub)) in builder.facts.laws:
        return None  # that of a law, F_q, is what a text defines it as
    context: tuple[Basic, ...] = ()
    if item.sub is not None:
        context = tuple(read_context(builder, element) for _, element in read_elements(builder, item.sub))
    elif not builder.facts.unconditional:
        anything = App(Head(layout, "θ", shape="matrix"))  # of which law it is is not printed
        return builder.raised(AtOld(anything) if point == OLD else anything, group.sup)
    return builder.raised(Fisher(Law(Policy(table.POLICY, point), *context)), group.sup)


def bare_but(item: Item, *taken: str) -> None:
    """Refuse the scripts and primes of an operator, but for those in the places that it takes."""
    for script in (item.sub if "sub" not in taken else None, item.sup if "sup" not in taken else None):
        if script is not None:
            raise Fault(f"the script {spelled(script)} on {item.value} has no meaning that is known here", script.pos)
    if item.primes:
        raise Fault(f"a prime on {item.value} has no meaning that is known here", item.pos)
