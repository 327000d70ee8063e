"""Definitions from their two sides: what is defined, of which arguments, printed and hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Basic

from ...language import (
    NONE,
    Definition,
    Head,
    LanguageError,
    Law,
    Length,
    Node,
    Policy,
    Prefix,
    Prob,
    Product,
    Relation,
    TokenOf,
    Var,
    heads,
    moves,
)
from ..constructs.builder import shape_name
from ..constructs.maxima import read_maximiser
from ..constructs.policies import read_law, read_policy
from ..constructs.terms import TermBuilder
from ..constructs.uses import Use
from ..names.arguments import generalised
from ..names.defining import circular
from ..names.environment import Environment
from ..notation.priors import POLICY, SAMPLED, SEQUENCES
from ..notation.vocabulary import DEFINING, RELATION_HINTS
from ..parsing.naming import nucleus
from ..parsing.surface import Expr, Item, unwrap
from ..read_error import Fault, Malformed, reason_of

STARS = frozenset(("*", r"\star", r"\ast"))
SIZES = frozenset("nm")  # letters of indices that custom has end ranges: x_n may be the last of x_1, …, x_n
HIDDEN = ("group", "state", "action", "token", "index")


def new_law(left: Expr, rel: str, builder: TermBuilder, speaks_of: Callable[[Policy, Item], bool]) -> Use | None:
    """A constant policy whose probability is defined by a formula: π*(a|s) ≐ …; None for anything else.

    An equation defines one that a text does not speak of before, which ``speaks_of`` tells.
    """
    items = left.terms[0][1]
    symbol = nucleus(items[0])
    if symbol is None:
        return None
    star = symbol.item.sup is not None and unwrap(symbol.item.sup).value in STARS
    alone = len(left.terms) == 1 and not left.terms[0][0] and len(items) == 2 and items[1].value == "("
    if rel not in DEFINING and not (rel == "=" and alone and (symbol.letter == POLICY or star)):
        return None
    node = builder.expression(left, left.pos)
    law = node.law if isinstance(node, Prob) else None
    if not isinstance(node, Prob) or not isinstance(law, Law):
        return None
    if law.policy.point != "constant" or node.hints.get("form") == "sup":
        return None
    if rel == "=" and speaks_of(law.policy, items[0]):
        return None
    context = law.context
    places = ", ".join(f"#{k + 2}" for k in range(len(context)))
    layout = f"{law.policy.name}(#1{'|' if context else ''}{places})"
    return Use(layout, law.policy.name, symbol, (node.action, *context), brackets=True, pos=left.pos)


def compares_policies(left: Expr | None) -> bool:
    r"""Whether a left side is a divergence of bare policies, D(\pi \| \mu), whose state is not printed."""
    items = [] if left is None else left.terms[0][1]
    body = items[1].body if left is not None and len(left.terms) == 1 and len(items) == 2 else None
    if body is None or [sign for sign, _ in body.seps] != ["‖"]:
        return False
    symbols = [None if piece.only is None or piece.only.lone is None else nucleus(unwrap(piece.only.lone))
               for piece in body.pieces]
    return all(symbol is not None and symbol.letter == POLICY for symbol in symbols)


def best_law(left: Expr, right: Expr | None, rel: str, builder: TermBuilder, speaks_of: Callable[[Policy, Item], bool]
             ) -> tuple[Use, Node] | None:
    r"""A policy that is defined as the best, \pi^* = \arg\max_\pi …, and its probability; None for anything else."""
    items = left.terms[0][1]
    symbol = nucleus(items[0])
    if symbol is None or symbol.letter != POLICY or len(left.terms) > 1 or left.terms[0][0] or len(items) > 2 or \
            rel not in (*DEFINING, "=") or right is None or (found := read_maximiser(builder, right)) is None:
        return None
    context, scope = found
    law = read_law(builder, items, left.pos) if len(items) == 2 else Law(read_policy(builder, symbol)[0], *context)
    if law.context != context:
        raise Fault("what is defined here is conditioned on something else than what is on the right", left.pos)
    if law.policy.point != "constant" or rel == "=" and speaks_of(law.policy, items[0]):
        return None
    var, body = scope.open(frozenset(var for part in context for var in part.free))
    places = ", ".join(f"#{k + 2}" for k in range(len(context)))
    layout = f"{law.policy.name}(#1{'|' if context else ''}{places})"
    return Use(layout, law.policy.name, symbol, (var, *context), brackets=True, pos=left.pos), body


def law_of_tokens(relation: Relation) -> bool:
    r"""Whether a relation says what it means to draw a sequence: \pi(o|q) = \prod_{t=1}^{|o|} \pi(o_t|q,o_{<t})."""
    left, right = relation.lhs, relation.rhs
    lawful = isinstance(left, Prob) and isinstance(left.law, Law)
    if relation.op != "=" or not lawful or not isinstance(right, Product):
        return False
    upper, excluded, scope = right.args
    t, body = scope.open(relation.free)
    step = Law(left.law.policy, *left.law.context, Prefix(left.action, t))
    return excluded == NONE and upper == Length(left.action) and body == Prob(step, TokenOf(left.action, t))


def made(use: Use, params: Sequence[Basic], body: Node, builder: TermBuilder, rel: str) -> tuple[Definition, int]:
    """The definition of a use by a body, and how many of its arguments are printed."""
    params, body = generalised(params, body, use.pos)
    extra = hidden_arguments(use, params, body, builder)
    head = Head(use.layout, use.theta or moves(body), shape=shape_name(body))
    try:
        definition = Definition(head(*params, *extra), body)
    except LanguageError as error:
        raise Malformed(reason_of(error), use.pos) from None
    definition.hints = {"op": RELATION_HINTS[rel]}
    return definition, len(params)


def hidden_arguments(use: Use, params: Sequence[Basic], body: Node, builder: TermBuilder) -> list[Var]:
    """What a body depends on without its left side showing it: a group, a state, what is drawn.

    Raises Fault, or Malformed for an index or what has left its sum, where it depends on anything else.
    """
    hidden: dict[str, Var] = {}
    stepped = {param.name for param in params if isinstance(param, Var) and param.sort == "token"}
    loose: frozenset[Var] = getattr(body, "free", frozenset()) | builder.dropped
    for var in sorted(loose - set(params), key=lambda var: builder.free.get(var, 0)):
        step = var.sort == "action" and bool(stepped & {var.name.rpartition("_")[2]} or
                                             stepped and var.name in SEQUENCES)
        sampled = var.sort == "action" and not use.printed and (
            var in builder.implicit or use.theta and use.symbol.letter in SAMPLED)
        named = not use.printed and own_label(use.layout).strip("{}") == var.name
        alone = var.name in builder.labels - builder.loose - builder.summed.keys()
        label = named or alone or var.sort == "action" and \
            not use.printed and own_label(var.name) == own_label(use.layout) != ""
        if var.sort not in ("group", "state") and not step and not sampled and not label or var.sort in hidden:
            escaped = var.name in builder.summed
            sized = var.name in SIZES or (var.name, "limit") in builder.facts.evidence
            kind = Malformed if escaped or var.sort == "index" and not sized else Fault
            advice = f"it is outside its sum over {var.name}" if escaped else \
                "sum or average over it, or name it on the left"
            raise kind(f"the {var.sort} {var.name} is free on the right, but does not stand on the left: {advice}",
                       builder.free.get(var, use.pos))
        hidden[var.sort] = var
    return [hidden[sort] for sort in HIDDEN if sort in hidden]


def own_label(name: str) -> str:
    r"""What stands below a name, the w of y_w and of \hat{r}_w; empty where nothing does."""
    return name.partition("_")[2]


def refuse_used(use: Use, body: Node, environment: Environment) -> None:
    """Refuse a definition of what an earlier one has used. Raises Malformed where they use each other, else Fault."""
    user = environment.user_of(use.layout)
    if user is None:
        return
    late, early = shown(use.layout), shown(user)
    if any(head.layout == user for part in environment.used_by([body]) for head in heads(part.lhs)):
        raise Malformed(circular(early, late), use.pos)
    raise Fault(f"{late} is defined after the definition of {early} has used it: put it first", use.pos)


def shown(layout: str) -> str:
    """The name of a function by its layout."""
    return layout.partition("(")[0].partition("_{#")[0]

