r"""Equations that define: the left side is a symbol that is new, and what it stands for is on the right."""

from __future__ import annotations

from ...language import BigO, Const, Head, Node, Policy, Root, Var
from ..constructs.functions import check_arity
from ..constructs.new_symbols import new_operator, new_symbol
from ..constructs.path_laws import new_law_of_path
from ..constructs.terms import TermBuilder
from ..constructs.words import is_euler
from ..kinds.named import is_loss, is_objective, letter_of
from ..names.arguments import parameters, shown_everywhere
from ..names.defining import DEVIATION
from ..notation.priors import EXPECTATIONS
from ..notation.vocabulary import DEFINING
from ..parsing.naming import nucleus
from ..parsing.surface import Expr, Piece
from ..read_error import Ambiguous, Fault, Malformed, Unfinished, Unsayable
from ..spelling.customary_entropies import tells_of_entropies
from ..spelling.operators import operator_applied
from .definition import best_law, new_law, shown
from .so_far import TextSoFar


def chooses(expr: Expr | None) -> bool:
    r"""Whether a side is where something is best, \arg\max_\phi …."""
    first = expr.terms[0][1][0] if expr is not None else None
    return first is not None and first.kind == "fn" and first.value in ("arg", "argmax", "argmin")


def is_mean(expr: Expr | None) -> bool:
    """Whether a side is one expectation and no more."""
    items = expr.terms[0][1] if expr is not None and len(expr.terms) == 1 and not expr.terms[0][0] else []
    symbol = nucleus(items[0]) if len(items) == 2 else None
    return symbol is not None and symbol.name in EXPECTATIONS and items[1].kind == "group"


def as_definition(layout: str, reason: str) -> str:
    """What to say of the definition of a symbol whose right side is not read."""
    return (f"taken as the definition of {shown(layout)}, which nothing defines before: it claims nothing; what it "
            f"stands for is not read: {reason}")


def definition(text: TextSoFar, left: Expr, right: Expr | None, sign: tuple[str, int], builder: TermBuilder
               ) -> Node | None:
    """The left side of a definition whose link is now noted, or None where the chain starts with a claim."""
    if (best := best_law(left, right, sign[0], builder, text.speaks_of)) is not None:
        text.define(best[0], parameters(best[0].printed), best[1], builder, sign[0])
        return best[1]
    if sign[0] == "≈" and left.lone is not None and is_euler(builder, left.lone):
        return None
    if sign[0] not in DEFINING and tells_of_entropies(left, right):
        return None
    applied = operator_applied(left, sign[0] in DEFINING)
    use = new_symbol(builder, left, sign[0] in DEFINING) if applied is None else new_operator(builder, applied)
    rel, pos = sign
    if use is None:
        use = new_law_of_path(builder, left) or new_law(left, rel, builder, text.speaks_of)
    if use is None:
        return None
    params = parameters(use.printed)
    if len(set(params)) != len(use.printed):
        if rel in DEFINING and len(params) < len(use.printed):
            raise Fault("a definition takes distinct variables as arguments: it holds for all their values",
                        use.pos)
        if rel in DEFINING:
            raise Malformed("a definition takes distinct variables as arguments", use.pos)
        builder.free = {}
        return None
    check_arity(builder, use)
    builder.of = {part.name: part for part in params if isinstance(part, (Var, Const))}
    builder.defining = True
    body = text.object(builder, right) or text.side(builder, right, pos)
    builder.of, builder.defining = {}, False
    if rel == "=" and any(isinstance(part, Var) and part.sort == "state" and Var(part.name, "action") in body.free
                          for part in params):
        return None  # a state to which an action leads, on both sides
    if text.sampled and not use.printed:
        builder.implicit |= {var for var in body.free if var.sort == "action"}
    of_every = shown_everywhere(params, body, text.content.pieces, text.premise)
    if rel == "=" and text.premise is not None and not of_every and any(isinstance(part, Const) for part in params):
        raise Ambiguous("this may be said of every number or of this one: define the function with :=", use.pos)
    if rel in ("=", "≈") and (any(isinstance(part, BigO) for part in body.walk())):
        return None
    if any(isinstance(part, Head) and part.layout == use.layout or isinstance(part, (Const, Policy)) and
           part.name in (use.layout, use.stem) for part in body.walk()):
        if rel in DEFINING:
            raise Malformed("a symbol cannot be defined by itself", use.pos)
        return None
    if use.power is not None and any(letter_of(part.layout if isinstance(part, Head) else part.name)[0] == DEVIATION
                                     for part in body.walk() if isinstance(part, (Head, Const))):
        return None  # what one deviation has to do with another is claimed
    if rel == "=" and text.conditional and not of_every:
        return None  # the steps of an implication say something of what they name
    if rel not in DEFINING and (text.environment.user_of(use.layout) is not None or text.assumes(use)):
        return None  # a symbol that a definition or an assumption has used is not new: this claims something of it
    text.define(use, params, body if use.power is None else builder.built(Root, body, pos=pos), builder, rel)
    return body


def not_finished(text: TextSoFar, piece: Piece, fault: Fault) -> Fault:
    """What to say of a fault: a sign that only defines, and the equation of a new loss, or of what is best, define
    a symbol, whatever stands on the right side."""
    alone = len(text.content.pieces) == len(piece.rels) == 1 and not (text.conditional or text.defines)
    if type(fault) not in (Fault, Unsayable) or not alone or piece.sides[0] is None:
        return fault
    try:
        sign, place = piece.rels[0]
        defining = sign in DEFINING and fault.pos > place
        use = new_symbol(text.builder(), piece.sides[0], defining)
    except Fault:
        return fault
    if use is None or text.assumes(use) or not (defining or is_loss(use.layout) or chooses(piece.sides[1])
                                                or is_objective(use.layout) and is_mean(piece.sides[1])):
        return fault
    return Unfinished(as_definition(use.layout, fault.reason), fault.pos)
